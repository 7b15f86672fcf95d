//! What landed of each window: the proof that nothing is missing between two of them.

use super::{Oddities, Stream, Sum, Tally, Walk, Way, Window};
use crate::deliver::{ASIDE, PERSONAL};
use crate::domains::Domain;
use crate::ids::{ConnectionId, TenantId};
use crate::ports::Table;
use crate::store::{Key, Span, StoreError, Stored, TableName, Write, WriteError, decode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// As long as the data itself may be kept: Amazon's Data Protection Policy, 18 months.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 548);

/// Windows that are removed in one turn.
const FORGOTTEN_AT_ONCE: usize = 500;

/// A window that has landed whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Landed {
    /// Whose.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// The domain.
    pub domain: String,
    /// The part of the account.
    pub scope: String,
    /// The window.
    #[serde(flatten)]
    pub window: Window,
    /// Which way the pass went.
    pub way: Way,
    /// The stores it was about.
    pub stores: Vec<String>,
    /// When it began: its records lie under this day.
    pub begun: Timestamp,
    /// When it had landed.
    pub at: Timestamp,
    /// Pages, or parts of documents.
    pub pages: u32,
    /// Records.
    pub records: u64,
    /// What was odd.
    #[serde(default)]
    pub odd: Oddities,
    /// Windows without a record that it speaks for as well: they lie before its own, or are all there is.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub quiet: u32,
    /// What was counted, where a domain has a [`Check`](crate::domains::Check): of a sweep what it found, of a check what
    /// Amazon's report holds.
    #[serde(default, skip_serializing_if = "Tally::is_none")]
    pub tally: Tally,
    /// Of a check: what the sweep before had counted, and whether the two differ by more than changes explain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<(Tally, bool)>,
    /// Its documents' own totals beside the sums of their rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Sum>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Onward windows in a row in which nothing was found. They are known from the stream's own row alone until something
/// is found, and then told with that: a row of its own for each of them would cost more than the look itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// Where the first of them begins. The last one ends at the stream's cursor.
    #[serde(rename = "f")]
    after: Timestamp,
    /// When the last one had landed, to the millisecond.
    #[serde(rename = "t", with = "jiff::fmt::serde::timestamp::millisecond::required")]
    at: Timestamp,
    /// How many they are.
    #[serde(rename = "n")]
    windows: u32,
    /// Their pages.
    #[serde(rename = "p")]
    pages: u32,
    /// The stores they were about, where the stream covers others by now.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub(super) stores: Option<Vec<String>>,
}

impl Stream {
    /// What is to be written down now that a pass has come to its end. Whatever is left for later is in this row, so
    /// that from the rows and from it every moment up to the cursor is accounted for.
    pub(crate) fn account_for(&mut self, walk: &Walk, now: Timestamp) -> Vec<Landed> {
        let reaches = |quiet: &Quiet| match walk.way {
            Way::Onward => quiet.stores.is_none(),
            Way::Sweep => quiet.stores.is_none() && walk.window.after <= quiet.after,
            Way::History | Way::Named | Way::Check => false,
        };
        let before = match walk.way {
            Way::Onward | Way::Sweep => self.quiet.take(),
            Way::History | Way::Named | Way::Check => None,
        };
        let (told, apart) = before.map_or((None, None), |quiet| match reaches(&quiet) {
            true => (Some(quiet), None),
            false => (None, self.row_of(&quiet)),
        });
        let mut rows = Vec::from_iter(apart);
        let (after, windows, pages) =
            told.map_or((walk.window.after, 0, 0), |quiet| (quiet.after, quiet.windows, quiet.pages));
        if walk.way == Way::Onward && walk.found == 0 && walk.odd.is_none() {
            let (windows, pages) = (windows + 1, pages + walk.page);
            self.quiet = Some(Quiet { after, at: now, windows, pages, stores: None });
            return rows;
        }
        let mut row = Landed::of(self, walk, now);
        row.window.after = row.window.after.min(after);
        (row.pages, row.quiet) = (row.pages + pages, windows);
        rows.push(row);
        rows
    }

    /// The windows that nothing is written down of yet, as they would be.
    fn unwritten(&self) -> Option<Landed> {
        self.row_of(self.quiet.as_ref()?)
    }

    fn row_of(&self, quiet: &Quiet) -> Option<Landed> {
        Some(Landed {
            tenant: self.tenant.clone(),
            connection: self.connection.clone(),
            domain: self.domain.clone(),
            scope: self.scope.clone(),
            window: Window { after: quiet.after, before: self.cursor? },
            way: Way::Onward,
            stores: quiet.stores.clone().unwrap_or_else(|| self.covered.clone()),
            begun: quiet.at,
            at: quiet.at,
            pages: quiet.pages,
            records: 0,
            odd: Oddities::default(),
            quiet: quiet.windows,
            tally: Tally::default(),
            against: None,
            sums: Vec::new(),
        })
    }
}

impl Landed {
    /// A pass that has come to its end.
    pub(crate) fn of(stream: &Stream, walk: &Walk, now: Timestamp) -> Self {
        Self {
            tenant: stream.tenant.clone(),
            connection: stream.connection.clone(),
            domain: stream.domain.clone(),
            scope: stream.scope.clone(),
            window: walk.window,
            way: walk.way,
            stores: walk.stores.clone(),
            begun: walk.begun,
            at: now,
            pages: walk.page,
            records: walk.found,
            odd: walk.odd.clone(),
            quiet: 0,
            tally: walk.tally,
            against: None,
            sums: walk.sums.clone(),
        }
    }

    fn partition(tenant: &TenantId, connection: &ConnectionId, domain: &str, scope: &str) -> String {
        format!("W#{tenant}#{connection}#{domain}#{scope}")
    }

    /// The key of a stream's window at a place.
    pub(crate) fn key_at(stream: &Stream, place: &str) -> Key {
        let partition = Self::partition(&stream.tenant, &stream.connection, &stream.domain, &stream.scope);
        Key::new(TableName::Streams, partition, place)
    }

    /// Writes it down. Once more changes nothing.
    pub(crate) async fn note(&self, table: &impl Table) -> Result<(), StoreError> {
        match table.write(&[Write::insert(self)?]).await {
            Ok(()) | Err(WriteError::Conflict) => Ok(()),
            Err(WriteError::Store(error)) => Err(error),
        }
    }

    /// The latest windows of a stream, the newest first; those before a place where one is given. The first may be one
    /// that is not written down yet, of windows in which nothing was found.
    pub async fn latest(
        table: &impl Table,
        stream: &Stream,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let partition = Self::partition(&stream.tenant, &stream.connection, &stream.domain, &stream.scope);
        let unwritten =
            stream.unwritten().filter(|row| limit > 0 && after.is_none_or(|after| *row.place() < *after));
        let limit = limit - usize::from(unwritten.is_some());
        let rows = table.list(TableName::Streams, &partition, Span { after, backwards: true, limit }).await?;
        let rows = rows.into_iter().map(|row| decode::<Self>(row).map(|held| held.value));
        unwritten.map(Ok).into_iter().chain(rows).collect()
    }

    /// Removes the windows of a stream, [`FORGOTTEN_AT_ONCE`] at most; whether none is left. They tell sums of money,
    /// and go with the data.
    pub(crate) async fn forget(
        table: &impl Table,
        (tenant, connection, domain, scope): (&TenantId, &ConnectionId, &str, &str),
    ) -> Result<bool, StoreError> {
        let partition = Self::partition(tenant, connection, domain, scope);
        let rows = table.list(TableName::Streams, &partition, Span::first(FORGOTTEN_AT_ONCE)).await?;
        for row in &rows {
            table.take(&row.key).await?;
        }
        Ok(rows.len() < FORGOTTEN_AT_ONCE)
    }

    /// Where its lines lie in the bucket that could not be made records of; `*` stands for anything.
    pub fn aside(&self, domain: &Domain) -> String {
        format!(
            "{}/domain={}/tenant={}/connection={}/date={}/*-{}-*-aside.ndjson.gz",
            if domain.personal { PERSONAL } else { ASIDE },
            self.domain,
            self.tenant,
            self.connection,
            self.begun.strftime("%Y-%m-%d"),
            self.window.before.strftime("%Y%m%dT%H%M%S%3fZ"),
        )
    }

    /// Its place among the windows: text sorts as the end of the window does.
    pub fn place(&self) -> String {
        let text = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
        let way = match self.way {
            Way::Sweep => "#sweep",
            Way::Check => "#check",
            Way::Onward | Way::History | Way::Named => "",
        };
        format!("{}#{}{way}", text(self.window.before), text(self.window.after))
    }
}

impl Stored for Landed {
    fn key(&self) -> Key {
        let partition = Self::partition(&self.tenant, &self.connection, &self.domain, &self.scope);
        Key::new(TableName::Streams, partition, self.place())
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.at + KEPT)
    }
}

#[cfg(test)]
#[path = "landed_tests.rs"]
mod tests;
