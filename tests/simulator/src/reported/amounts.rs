//! How reports write amounts and times.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::data::number;

/// An amount of a JSON report.
pub(super) fn money(minor: i64, currency: &str) -> Value {
    json!({ "amount": number(minor, currency), "currencyCode": currency })
}

/// A time as the FBA reports write it.
pub(super) fn fba_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// So many of so many, in percent with two decimals; nothing of nothing is 0.
#[allow(clippy::cast_precision_loss)] // counts here are far below 2^53
pub(super) fn percent(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 * 10_000.0 / whole as f64).round() / 100.0 }
}

/// A quotient with two decimals; of nothing it is 0.
#[allow(clippy::cast_precision_loss)]
pub(super) fn ratio(part: i64, whole: i64) -> f64 {
    percent(part, whole * 100)
}
