//! What is being made for the accounts, and was made: reports, queries of Data Kiosk, and the addresses of their
//! documents. It is kept in the book. Everything here moves by the world's clock alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::documents::Address;
use crate::kiosk::Query;
use crate::reports::Report;

/// Reports and queries are kept so long (models, `createdSince`).
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Reports, queries and addresses. Numbers are counted for each account, from 1: two accounts' reports have the same
/// identifiers, since Amazon's are "unique only in combination with a seller ID".
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Desk {
    pub(crate) reports: BTreeMap<String, BTreeMap<u64, Report>>,
    pub(crate) queries: BTreeMap<String, BTreeMap<u64, Query>>,
    /// What comes to its end when.
    pub(crate) due: BTreeSet<(Timestamp, String, Work, u64)>,
    /// Every address that was given out for a document; its number is its place, from 1.
    pub(crate) addresses: Vec<Address>,
    /// Until when the settlements of an account's store are made.
    pub(crate) settled: BTreeMap<String, Timestamp>,
}

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Work {
    /// A report.
    Report,
    /// A query of Data Kiosk.
    Query,
}

/// How far something is, in Amazon's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    InQueue,
    InProgress,
    Done,
    Cancelled,
    Fatal,
}

impl Status {
    /// Every status.
    pub(crate) const ALL: [Self; 5] =
        [Self::InQueue, Self::InProgress, Self::Done, Self::Cancelled, Self::Fatal];

    /// Amazon's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InQueue => "IN_QUEUE",
            Self::InProgress => "IN_PROGRESS",
            Self::Done => "DONE",
            Self::Cancelled => "CANCELLED",
            Self::Fatal => "FATAL",
        }
    }
}

/// How something ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fate {
    /// Nobody has looked yet: it depends on what there is when it is made.
    Open,
    /// Made, with a document.
    Done,
    /// Nothing to tell.
    Empty,
    /// Asked again too soon.
    TooSoon,
    /// The caller took it back while it was in the queue.
    Withdrawn,
    /// Failed, for a reason that a document tells if there is one.
    Fatal(Option<String>),
}

/// When something is made, and how it ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Course {
    pub(crate) created: Timestamp,
    pub(crate) starts: Timestamp,
    pub(crate) ends: Timestamp,
    pub(crate) fate: Fate,
}

impl Course {
    /// How far it is now.
    pub(crate) fn status(&self, now: Timestamp, of_nothing: Status) -> Status {
        match &self.fate {
            Fate::Withdrawn => Status::Cancelled,
            _ if now < self.starts => Status::InQueue,
            _ if now < self.ends => Status::InProgress,
            Fate::Open => Status::InProgress,
            Fate::Done => Status::Done,
            Fate::Empty => of_nothing,
            Fate::TooSoon => Status::Cancelled,
            Fate::Fatal(_) => Status::Fatal,
        }
    }
}

impl Desk {
    /// The number of the next entry of a list.
    pub(crate) fn next_number<T>(list: &BTreeMap<u64, T>) -> u64 {
        list.last_key_value().map_or(1, |(number, _)| number + 1)
    }

    /// Lets go of what is too old; the newest stays, since numbers go on from it.
    pub(crate) fn forget<T>(list: &mut BTreeMap<u64, T>, now: Timestamp, created: impl Fn(&T) -> Timestamp) {
        let oldest = crate::clock::after(now, -KEPT);
        let newest = list.last_key_value().map(|(number, _)| *number);
        list.retain(|number, one| Some(*number) == newest || created(one) >= oldest);
    }
}
