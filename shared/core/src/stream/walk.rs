//! One pass over a window, and how far it has come.

use super::{Oddities, Sum, Tally};
use crate::domains::{Ask, Domain, Source, Stores};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The stretch of time one pass covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From this moment on.
    pub after: Timestamp,
    /// Up to this moment.
    pub before: Timestamp,
}

impl Window {
    pub(super) fn length(&self) -> SignedDuration {
        self.before.duration_since(self.after)
    }
}

/// Which way a pass goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From the cursor to the present.
    Onward,
    /// The same, and what onward passes cannot see.
    Sweep,
    /// Before the stream's beginning.
    History,
    /// Through a report that counts what a sweep found: nothing of it lands.
    Check,
    /// To one thing that a notification named.
    Named,
}

/// How far a pass has come. Each delivered page moves it on, so that a crash repeats one page at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// The window.
    pub window: Window,
    /// The stores asked for: the same for all pages of a walk, whatever is learned meanwhile.
    pub stores: Vec<String>,
    /// Which way it goes.
    pub way: Way,
    /// When it began: its records lie under this day.
    #[serde(default, with = "jiff::fmt::serde::timestamp::millisecond::required")]
    pub begun: Timestamp,
    /// The number of the next page, from 1.
    pub page: u32,
    /// Amazon's token for it; none for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// When Amazon gave the token: it lives for [`Source::token_life`].
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "jiff::fmt::serde::timestamp::millisecond::optional"
    )]
    pub token_at: Option<Timestamp>,
    /// Digests of the last tokens and pages, to notice a walk in circles.
    pub seen: Vec<String>,
    /// Records found so far.
    pub found: u64,
    /// Where stores are asked one after the other: which of them it is, from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub turn: usize,
    /// Whether it goes by the domain's source for very much.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bulk: bool,
    /// What it is about, where it is one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where a source needs several calls for one thing: how far it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The ids of what Amazon made for it last. All parts of a query are asked for with the same words, and none of
    /// these is taken for the one that is asked for next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<String>,
    /// How often in a row Amazon could not make what it asked for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unmade: usize,
    /// What was odd about its answers and documents.
    #[serde(default, skip_serializing_if = "Oddities::is_none")]
    pub odd: Oddities,
    /// What was counted so far, where a domain has a [`Check`](crate::domains::Check).
    #[serde(default, skip_serializing_if = "Tally::is_none")]
    pub tally: Tally,
    /// Its documents' own totals beside the sums of their rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Sum>,
}

/// Ids of what was made that are kept: Amazon's list is only looked through some minutes back, and `createQuery` makes
/// one a minute.
const MADE_KEPT: usize = 8;

/// How far the one thing is that a source needs several calls for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// These are looked up.
    Names(Vec<String>),
    /// A document was, perhaps, asked for since then: Amazon's list tells.
    Asked(Timestamp),
    /// Amazon makes it.
    Waiting {
        /// The report's id.
        report: String,
        /// Since when.
        since: Timestamp,
        /// How often we looked.
        looks: u32,
    },
    /// Amazon withdrew it: either there is nothing to report, or it was asked too soon. Its list tells.
    Cancelled(Timestamp),
    /// Documents to download; the first is under way.
    Documents {
        /// Their ids.
        left: Vec<String>,
        /// Rows of the first that have landed.
        #[serde(default)]
        rows: u64,
        /// The token of a query's next part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
    },
    /// Amazon could not make it and says why in this document.
    Explained(String),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Walk {
    pub(crate) fn new(window: Window, stores: Vec<String>, way: Way, begun: Timestamp) -> Self {
        Self {
            window,
            stores,
            way,
            begun,
            page: 1,
            token: None,
            token_at: None,
            seen: Vec::new(),
            found: 0,
            turn: 0,
            bulk: false,
            name: None,
            stage: None,
            made: Vec::new(),
            unmade: 0,
            odd: Oddities::default(),
            tally: Tally::default(),
            sums: Vec::new(),
        }
    }

    /// The same window from its first page.
    pub fn restarted(self) -> Self {
        Self {
            bulk: self.bulk,
            made: self.made,
            unmade: self.unmade,
            ..Self::new(self.window, self.stores, self.way, self.begun)
        }
    }

    /// The same before the page of this token, which Amazon gave at this time.
    pub(crate) fn before(self, token: Option<String>, at: Timestamp) -> Self {
        Self { token_at: token.is_some().then_some(at), token, ..self }
    }

    /// The same with the id of what Amazon makes, or made, for it.
    pub(crate) fn making(mut self, id: String) -> Self {
        if !self.made.contains(&id) {
            self.made.push(id);
        }
        let surplus = self.made.len().saturating_sub(MADE_KEPT);
        self.made.drain(..surplus);
        self
    }

    /// Whether half of its window is still worth asking for.
    pub fn can_be_halved(&self, domain: &Domain) -> bool {
        self.window.length() > domain.shortest
    }

    /// Whether Amazon no longer takes its page token.
    pub fn stale(&self, source: &Source, now: Timestamp) -> bool {
        self.token_at.is_some_and(|at| now >= at + source.token_life())
    }

    /// What its next call is made from.
    pub fn ask<'a>(&'a self, domain: &Domain, seller: &'a str) -> Ask<'a> {
        let stores = match domain.stores {
            Stores::Together => &self.stores[..],
            Stores::One => self.stores.get(..1).unwrap_or_default(),
            Stores::Each => self.stores.get(self.turn..=self.turn).unwrap_or_default(),
        };
        Ask { window: self.window, way: self.way, stores, seller }
    }

    /// Whether another store follows the one that is asked for.
    pub fn next_store(&self, domain: &Domain) -> Option<Self> {
        let follows = domain.stores == Stores::Each && self.turn + 1 < self.stores.len();
        follows.then(|| Self {
            turn: self.turn + 1,
            token: None,
            token_at: None,
            seen: Vec::new(),
            stage: None,
            ..self.clone()
        })
    }
}
