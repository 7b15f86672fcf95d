//! The operations that read an account's data: each writes what is true of it as Amazon's model has it.

pub(crate) mod account;
pub(crate) mod awd;
pub(crate) mod catalog;
pub(crate) mod fees;
pub(crate) mod groups;
pub(crate) mod inbound;
pub(crate) mod inventory;
pub(crate) mod listings;
pub(crate) mod metrics;
pub(crate) mod outbound;
pub(crate) mod payouts;
pub(crate) mod plans;
pub(crate) mod transactions;
pub(crate) mod vendor_orders;
pub(crate) mod vendor_shipments;
pub(crate) mod vendor_status;

use serde_json::{Map, Value};

use crate::goods::minor_units;

/// An amount in the currency's own units, as a number.
#[allow(clippy::cast_precision_loss)] // amounts here are far below 2^53
pub(crate) fn number(minor: i64, currency: &str) -> f64 {
    minor as f64 / minor_units(currency) as f64
}

/// An object with one list: put together, not written out and read again.
pub(crate) fn listed(name: &str, items: Vec<Value>) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), Value::Array(items))]))
}

/// An answer that is wrapped in `payload`.
pub(crate) fn whole(payload: Value) -> Value {
    Value::Object(Map::from_iter([("payload".to_owned(), payload)]))
}
