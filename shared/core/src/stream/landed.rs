//! What landed of each window: the proof that nothing is missing between two of them.

use super::{Oddities, Stream, Sum, Walk, Way, Window};
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
    /// Its documents' own totals beside the sums of their rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Sum>,
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
            sums: walk.sums.clone(),
        }
    }

    fn partition(tenant: &TenantId, connection: &ConnectionId, domain: &str, scope: &str) -> String {
        format!("W#{tenant}#{connection}#{domain}#{scope}")
    }

    /// Writes it down. Once more changes nothing.
    pub(crate) async fn note(&self, table: &impl Table) -> Result<(), StoreError> {
        match table.write(&[Write::insert(self)?]).await {
            Ok(()) | Err(WriteError::Conflict) => Ok(()),
            Err(WriteError::Store(error)) => Err(error),
        }
    }

    /// The latest windows of a stream, the newest first; those before a place where one is given.
    pub async fn latest(
        table: &impl Table,
        stream: &Stream,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let partition = Self::partition(&stream.tenant, &stream.connection, &stream.domain, &stream.scope);
        let rows = table.list(TableName::Streams, &partition, Span { after, backwards: true, limit }).await?;
        rows.into_iter().map(|row| decode::<Self>(row).map(|held| held.value)).collect()
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
        let way = if self.way == Way::Sweep { "#sweep" } else { "" };
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
