//! The days to shape: written down before the first record of a day lands, due when the day is over. So a day that
//! received nothing costs nothing, and none that received something is passed over.

use super::day::Day;
use super::of_domain;
use crate::gate::place_of;
use crate::ports::{Clock, Table};
use crate::store::{
    DUE_SHARDS, Due, Held, Key, StoreError, Stored, TableName, Write, WriteError, load, shard_of,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// All days of the world end at once: their shaping is spread over this long.
const SPREAD: SignedDuration = SignedDuration::from_hours(4);

/// A record that lands after its day was over has the day shaped again so much later, with what follows it.
const LATE: SignedDuration = SignedDuration::from_mins(30);

/// A day's row is kept this long after its shaping, so that a second one knows how many parts the first made.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// How far the shaping of a day has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shaping {
    /// The day.
    #[serde(flatten)]
    pub day: Day,
    /// When it is to be shaped; nothing once it is.
    pub due_at: Option<Timestamp>,
    /// Parts written by the shaping under way.
    pub parts: u32,
    /// Parts that an earlier one left.
    pub before: u32,
    /// The last object that is in them: when it landed, and its key. The next follows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<(Timestamp, String)>,
    /// How often it failed in a row.
    #[serde(default)]
    pub failures: u32,
    /// When the row may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<Timestamp>,
}

impl Shaping {
    /// Where the row of a day is.
    pub fn key_of(day: &Day) -> Key {
        let Day { connection, domain, date, .. } = day;
        Key::new(TableName::Agenda, format!("SHAPE#{connection}#{domain}#{date}"), "SHAPE")
    }

    fn new(day: Day, due_at: Timestamp) -> Self {
        Self { day, due_at: Some(due_at), parts: 0, before: 0, place: None, failures: 0, kept_until: None }
    }

    /// It is shaped.
    pub fn done(&mut self, now: Timestamp) {
        self.before = self.before.max(self.parts);
        (self.parts, self.place, self.due_at, self.failures) = (0, None, None, 0);
        self.kept_until = Some(now + KEPT);
    }
}

impl Stored for Shaping {
    fn key(&self) -> Key {
        Self::key_of(&self.day)
    }

    fn due(&self) -> Option<Due> {
        Some(Due { shard: format!("shape-{}", shard_of(&self.key().partition)), at: self.due_at? })
    }

    fn expires(&self) -> Option<Timestamp> {
        self.kept_until
    }
}

/// The agenda's shards of days to shape.
pub fn shards() -> impl Iterator<Item = String> {
    (0..DUE_SHARDS).map(|n| format!("shape-d{n}"))
}

/// Writes down that a record is about to land as this object. `marked` is the last day written down for its stream;
/// the day comes back, to be remembered.
pub async fn mark(
    cloud: &(impl Table + Clock),
    marked: Option<Date>,
    object: &str,
) -> Result<Option<Date>, StoreError> {
    let Some(day) = Day::of_object(object).filter(|day| of_domain(&day.domain).next().is_some()) else {
        return Ok(marked);
    };
    let (date, now) = (day.date, cloud.now());
    let late = now >= day.closes();
    if marked == Some(date) && !late {
        return Ok(marked);
    }
    let spread = SPREAD.as_secs_f64() * place_of(&day.connection);
    let due = if late { now + LATE } else { day.closes() + SignedDuration::from_secs(spread as i64) };
    match cloud.write(&[Write::insert(&Shaping::new(day.clone(), due))?]).await {
        Ok(()) => Ok(Some(date)),
        Err(WriteError::Conflict) if !late => Ok(Some(date)),
        Err(WriteError::Conflict) => again(cloud, &day, due).await.map(|()| Some(date)),
        Err(WriteError::Store(error)) => Err(error),
    }
}

/// Has a day shaped again, from its beginning.
async fn again(cloud: &impl Table, day: &Day, due: Timestamp) -> Result<(), StoreError> {
    let Some(mut held): Option<Held<Shaping>> = load(cloud, &Shaping::key_of(day)).await? else {
        return Ok(());
    };
    // A shaping that is under way finds the row changed at its end, and leaves it due.
    held.value.due_at = Some(due);
    held.value.kept_until = None;
    match cloud.write(&[Write::replace(&held)?]).await {
        // Somebody else saw to it.
        Ok(()) | Err(WriteError::Conflict) => Ok(()),
        Err(WriteError::Store(error)) => Err(error),
    }
}
