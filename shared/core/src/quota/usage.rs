//! What was called in a month: for each bucket, and summed for each application.
//!
//! In November 2025 Amazon announced fees by the number of GET calls of an application and month, and in 2026
//! withdrew them "at this time". The count costs nothing, so it is kept: whoever runs an application sees what
//! such a tariff would mean.

use crate::catalogue::{Method, Operation};
use crate::ids::ApplicationSlug;
use crate::ports::Table;
use crate::store::{Held, Key, Span, StoreError, Stored, TableName, Write, decode, load, shard_of};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The tariff as announced on 2025-11-03 (developer.amazonservices.com; withdrawn in 2026): its name, GET
/// calls a month that it includes, and dollars a month.
pub const ANNOUNCED_TARIFF: [(&str, u64, u64); 3] =
    [("Basic", 2_500_000, 0), ("Pro", 25_000_000, 1_000), ("Plus", 250_000_000, 10_000)];

/// The tier of [`ANNOUNCED_TARIFF`] that so many GET calls a month would have needed; nothing where even the
/// largest includes fewer.
pub fn tier_of(gets: u64) -> Option<(&'static str, u64, u64)> {
    ANNOUNCED_TARIFF.into_iter().find(|(_, included, _)| gets <= *included)
}

/// GET calls of a bucket wait for so many, and for a day's end, before they are added to the application's month: adding
/// them costs as much as noting four calls. With the month they are added all the same, however few.
pub const FEW: u64 = 50;

/// A month's sums are kept for a year.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 400);

/// Rows of an application and month at most: one a shard.
const SHARDS_MAX: usize = 100;

/// What one bucket was used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Usage {
    /// The month of the counts, `2026-11`.
    month: String,
    /// Calls reserved in it.
    pub(super) calls: u64,
    /// Of these, refused with 429.
    pub(super) throttled: u64,
    /// The day of the first GET calls that are not in the application's sum yet, and how many they are.
    day: String,
    gets: u64,
}

/// `2026-11-21`.
fn day_of(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d").to_string()
}

/// `2026-11`.
pub fn month_of(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string()
}

impl Usage {
    pub(super) fn from(now: Timestamp) -> Self {
        Self { month: month_of(now), calls: 0, throttled: 0, day: day_of(now), gets: 0 }
    }

    /// Begins a new month or day. The GET calls of days that are over, and their month, where they are not few.
    pub(super) fn turn(&mut self, now: Timestamp) -> Option<(String, u64)> {
        let (month, day) = (month_of(now), day_of(now));
        let waits = self.gets < FEW && self.day.starts_with(&month);
        if self.month != month {
            (self.month, self.calls, self.throttled) = (month, 0, 0);
        }
        if self.day == day || waits {
            return None;
        }
        let over = std::mem::replace(&mut self.day, day);
        let gets = std::mem::take(&mut self.gets);
        (gets > 0).then(|| (over.chars().take(7).collect(), gets))
    }

    pub(super) fn count(&mut self, operation: &Operation, calls: u32) {
        self.calls += u64::from(calls);
        if operation.method == Method::Get {
            self.gets += u64::from(calls);
        }
    }

    pub(super) fn uncount(&mut self, operation: &Operation, calls: u32) {
        self.calls = self.calls.saturating_sub(u64::from(calls));
        if operation.method == Method::Get {
            self.gets = self.gets.saturating_sub(u64::from(calls));
        }
    }

    /// Calls of this month and those of them that were refused.
    pub(super) fn of_month(&self, month: &str) -> (u64, u64) {
        if self.month == month { (self.calls, self.throttled) } else { (0, 0) }
    }
}

/// A part of an application's month: several rows, so that none runs hot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    application: ApplicationSlug,
    month: String,
    shard: String,
    gets: u64,
    ends: Timestamp,
}

impl Stored for Part {
    fn key(&self) -> Key {
        Key::new(TableName::Quotas, format!("USAGE#{}#{}", self.application, self.month), self.shard.clone())
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.ends)
    }
}

/// Adds GET calls of a bucket to the application's month.
pub(super) async fn add(
    table: &impl Table,
    application: &ApplicationSlug,
    payer: &str,
    (month, gets): (String, u64),
    now: Timestamp,
) -> Result<Write, StoreError> {
    let shard = shard_of(payer);
    let mut part = Part { application: application.clone(), month, shard, gets, ends: now + KEPT };
    let found: Option<Held<Part>> = load(table, &part.key()).await?;
    part.gets += found.as_ref().map_or(0, |held| held.value.gets);
    Write::upsert(&part, found.map(|held| held.revision))
}

/// GET calls of an application in a month (`2026-11`). Of a month that is not over those of the present day are not yet
/// among them, nor those of buckets that had less than [`FEW`] since the last time.
pub async fn gets_of(
    table: &impl Table,
    application: &ApplicationSlug,
    month: &str,
) -> Result<u64, StoreError> {
    let partition = format!("USAGE#{application}#{month}");
    let rows = table.list(TableName::Quotas, &partition, Span::first(SHARDS_MAX)).await?;
    rows.into_iter().map(|row| decode::<Part>(row).map(|held| held.value.gets)).sum()
}
