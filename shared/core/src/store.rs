//! Rows, and the one rule for changing them: a write names the revision it was decided on.
//!
//! Every protocol here is read, decide, write if nobody else did meanwhile. The decisions are plain
//! functions in the other modules; the condition is always the same and lives here, so that memory and
//! DynamoDB cannot disagree about it.

use crate::ports::{Cause, Table};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The tables. Each function's role names those it may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableName {
    /// Connections and the claims on sellers.
    Connections,
    /// Access tokens and the leases on refreshing them.
    Tokens,
    /// Consents under way and sign-in tickets: taken once.
    Pending,
    /// Signed-in browsers.
    Sessions,
    /// Streams and the stores of each connection.
    Streams,
    /// Amazon's token buckets as we keep them.
    Quotas,
    /// Who did what, and what was refused.
    Audit,
    /// Messages that no retry can help, kept with their reason.
    Parked,
    /// What is to be done later: events to publish, data to erase.
    Agenda,
}

impl TableName {
    /// All tables.
    pub const ALL: [Self; 9] = [
        Self::Connections,
        Self::Tokens,
        Self::Pending,
        Self::Sessions,
        Self::Streams,
        Self::Quotas,
        Self::Audit,
        Self::Parked,
        Self::Agenda,
    ];

    /// The name's last part in AWS; the stack's name stands before it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connections => "connections",
            Self::Tokens => "tokens",
            Self::Pending => "pending",
            Self::Sessions => "sessions",
            Self::Streams => "streams",
            Self::Quotas => "quotas",
            Self::Audit => "audit",
            Self::Parked => "parked",
            Self::Agenda => "agenda",
        }
    }
}

/// Where a row is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The table.
    pub table: TableName,
    /// The partition: rows that are listed together.
    pub partition: String,
    /// The place within the partition.
    pub sort: String,
}

impl Key {
    /// A key.
    pub fn new(table: TableName, partition: impl Into<String>, sort: impl Into<String>) -> Self {
        Self { table, partition: partition.into(), sort: sort.into() }
    }
}

/// When a row wants attention: the entry of the `due` index, split into shards so that no partition runs hot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The shard, see [`shard_of`].
    pub shard: String,
    /// Not before this moment.
    pub at: Timestamp,
}

/// Shards of each `due` index. Ten spread 100,000 connections far below the 1,000 writes a second of one
/// DynamoDB partition (docs.aws.amazon.com, "Burst and adaptive capacity").
pub const DUE_SHARDS: u32 = 10;

/// The shard of a partition key; the same for ever.
pub fn shard_of(partition: &str) -> String {
    // FNV-1a: tiny, stable between builds, and nobody gains by choosing his shard.
    let hash = partition.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    format!("d{}", hash % DUE_SHARDS)
}

/// All shards, beginning with another one each minute, so that a run that ends early starves none.
pub fn shards(now: Timestamp) -> impl Iterator<Item = String> {
    let first = u32::try_from(now.as_second().div_euclid(60).rem_euclid(i64::from(DUE_SHARDS))).unwrap_or(0);
    (0..DUE_SHARDS).map(move |n| format!("d{}", (first + n) % DUE_SHARDS))
}

/// One row as the tables hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it is.
    pub key: Key,
    /// Counts its writes, from 1.
    pub revision: u64,
    /// Its content.
    pub document: Map<String, Value>,
    /// Its entry in the `due` index, if any.
    pub due: Option<Due>,
    /// When it may be swept away. Housekeeping only: the code never relies on it.
    pub expires: Option<Timestamp>,
}

impl Row {
    /// Whether it is due in this shard by `until`.
    pub fn is_due(&self, shard: &str, until: Timestamp) -> bool {
        self.due.as_ref().is_some_and(|due| due.shard == shard && due.at <= until)
    }
}

/// Which rows of a partition to list.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// Go on behind this sort key; from the beginning where there is none.
    pub after: Option<&'a str>,
    /// From the last row backwards.
    pub backwards: bool,
    /// At most so many.
    pub limit: usize,
}

impl Span<'_> {
    /// The first rows.
    pub fn first(limit: usize) -> Self {
        Self { after: None, backwards: false, limit }
    }
}

/// What must be true for a write to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// No such row yet.
    Absent,
    /// The row still has the revision that was read.
    Revision(u64),
}

/// One part of a write.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// Store this row.
    Put(Row, Expect),
    /// Only check that a row is still as it was read.
    Check(Key, u64),
    /// Remove a row that is still as it was read.
    Delete(Key, u64),
}

impl Write {
    /// The row it is about.
    pub fn key(&self) -> &Key {
        match self {
            Self::Put(row, _) => &row.key,
            Self::Check(key, _) | Self::Delete(key, _) => key,
        }
    }
}

/// A table failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It did not answer; whether it acted is unknown.
    #[error("the tables did not answer")]
    Unavailable(#[source] Cause),
    /// A row cannot be read as what it should be.
    #[error("a row of `{table}` cannot be read: {why}")]
    Corrupt {
        /// Which table.
        table: &'static str,
        /// The fault; names fields, never values.
        why: String,
    },
}

/// A write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody else changed a row meanwhile. Read again and decide anew.
    #[error("somebody else changed the row first")]
    Conflict,
    /// The table failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A type that is stored as one row.
pub trait Stored: Serialize + DeserializeOwned {
    /// Where it is stored.
    fn key(&self) -> Key;
    /// When it wants attention.
    fn due(&self) -> Option<Due> {
        None
    }
    /// When it may be swept away.
    fn expires(&self) -> Option<Timestamp> {
        None
    }
}

/// A value with the revision it was read at.
#[derive(Debug, Clone)]
pub struct Held<T> {
    /// The value; change it and write it back.
    pub value: T,
    /// What [`Write::replace`] will insist on.
    pub revision: u64,
}

/// Reads a row back into its type.
pub fn decode<T: Stored>(row: Row) -> Result<Held<T>, StoreError> {
    let table = row.key.table.as_str();
    match serde_json::from_value(Value::Object(row.document)) {
        Ok(value) => Ok(Held { value, revision: row.revision }),
        Err(error) => Err(StoreError::Corrupt { table, why: shape_of(&error) }),
    }
}

/// Says where JSON went wrong without repeating what stood there.
fn shape_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // Any other fault's text may quote the value: a wrong type, a word that is none of an enum's, a date.
    match text.starts_with("missing field") {
        true => text,
        false => "a field has another type or value".to_owned(),
    }
}

/// Loads the row at a key.
pub async fn load<T: Stored>(table: &impl Table, key: &Key) -> Result<Option<Held<T>>, StoreError> {
    table.get(key).await?.map(decode).transpose()
}

fn row_of<T: Stored>(value: &T, revision: u64) -> Result<Row, StoreError> {
    let key = value.key();
    let table = key.table.as_str();
    match serde_json::to_value(value) {
        Ok(Value::Object(document)) => {
            Ok(Row { due: value.due(), expires: value.expires(), key, revision, document })
        }
        Ok(_) => Err(StoreError::Corrupt { table, why: "a row must be an object".to_owned() }),
        Err(error) => Err(StoreError::Corrupt { table, why: shape_of(&error) }),
    }
}

impl Write {
    /// Stores a value that must not exist yet.
    pub fn insert<T: Stored>(value: &T) -> Result<Self, StoreError> {
        Ok(Self::Put(row_of(value, 1)?, Expect::Absent))
    }

    /// Stores a changed value, if it is still as it was read.
    pub fn replace<T: Stored>(held: &Held<T>) -> Result<Self, StoreError> {
        Ok(Self::Put(row_of(&held.value, held.revision + 1)?, Expect::Revision(held.revision)))
    }

    /// Stores `value` over what was found there, or as new where nothing was.
    pub fn upsert<T: Stored>(value: &T, found: Option<u64>) -> Result<Self, StoreError> {
        match found {
            None => Self::insert(value),
            Some(revision) => Ok(Self::Put(row_of(value, revision + 1)?, Expect::Revision(revision))),
        }
    }

    /// Removes a value, if it is still as it was read.
    pub fn delete<T: Stored>(held: &Held<T>) -> Self {
        Self::Delete(held.value.key(), held.revision)
    }

    /// Insists that a value is still as it was read, and leaves it so.
    pub fn unchanged<T: Stored>(held: &Held<T>) -> Self {
        Self::Check(held.value.key(), held.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partition_keeps_its_shard_for_ever_and_all_shards_are_used() {
        assert_eq!(shard_of("T#main|C#c1"), "d5");
        let used: std::collections::HashSet<_> =
            (0..1000).map(|n| shard_of(&format!("T#t|C#c{n}"))).collect();
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(used, shards(now).collect());
        assert_ne!(shards(now).next(), shards(now + jiff::SignedDuration::from_mins(1)).next());
    }

    #[test]
    fn a_corrupt_row_is_reported_without_its_content() {
        #[derive(Debug, Serialize, serde::Deserialize)]
        struct Counter {
            n: u64,
            kind: Kind,
            at: Timestamp,
        }
        #[derive(Debug, Serialize, serde::Deserialize)]
        enum Kind {
            Plain,
        }
        impl Stored for Counter {
            fn key(&self) -> Key {
                Key::new(TableName::Audit, "p", "s")
            }
        }
        let good = row_of(&Counter { n: 1, kind: Kind::Plain, at: Timestamp::UNIX_EPOCH }, 1).unwrap();
        for field in ["n", "kind", "at"] {
            let mut row = good.clone();
            row.document.insert(field.into(), Value::String("CANARY".into()));
            let error = decode::<Counter>(row).unwrap_err();
            assert!(!error.to_string().contains("CANARY"), "{error}");
        }
        let mut row = good;
        row.document.remove("n");
        assert!(decode::<Counter>(row).unwrap_err().to_string().contains("missing field `n`"));
    }
}
