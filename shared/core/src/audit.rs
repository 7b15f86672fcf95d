//! Who did what, and what was refused: one row each, by tenant and time.

use crate::ids::{TenantId, UserId};
use crate::ports::{Clock, Entropy, Table};
use crate::secret::Digest;
use crate::store::{Key, Span, StoreError, Stored, TableName, Write, WriteError, decode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Security logs are kept at least 12 months (Amazon's Data Protection Policy, update of 2025-11-11).
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 400);

/// One entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// Whose affair it is.
    pub tenant: TenantId,
    /// When.
    pub at: Timestamp,
    /// Makes entries of one moment distinct.
    pub id: String,
    /// Who; nobody where the system acted by itself.
    pub user: Option<UserId>,
    /// For example `connection.connected`, or the code of a refusal.
    pub what: String,
    /// What it was done to.
    pub subject: String,
}

impl Entry {
    /// Its place in the trail: ask for what is older than it.
    pub fn place(&self) -> String {
        // Fixed width, so that text sorts as time does.
        format!("{}#{}", self.at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ"), self.id)
    }
}

/// Entries of a tenant, the newest first; those older than a place where one is given.
pub async fn trail(
    table: &impl Table,
    tenant: &TenantId,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Entry>, StoreError> {
    let span = Span { after, backwards: true, limit };
    let rows = table.list(TableName::Audit, &format!("T#{tenant}"), span).await?;
    rows.into_iter().map(|row| decode::<Entry>(row).map(|held| held.value)).collect()
}

impl Stored for Entry {
    fn key(&self) -> Key {
        Key::new(TableName::Audit, format!("T#{}", self.tenant), self.place())
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.at + KEPT)
    }
}

/// An entry of this moment, to be written together with what it tells.
pub fn entry(
    cloud: &(impl Clock + Entropy),
    tenant: &TenantId,
    user: Option<&UserId>,
    what: &str,
    subject: &str,
) -> Result<Entry, StoreError> {
    let random = cloud.random().map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(Entry {
        tenant: tenant.clone(),
        at: cloud.now(),
        id: Digest::of(&format!("{random:?}")).as_str().chars().take(12).collect(),
        user: user.cloned(),
        what: what.to_owned(),
        subject: subject.to_owned(),
    })
}

/// Writes an entry down by itself.
pub async fn note(
    cloud: &(impl Table + Clock + Entropy),
    tenant: &TenantId,
    user: Option<&UserId>,
    what: &str,
    subject: &str,
) -> Result<(), StoreError> {
    let entry = entry(cloud, tenant, user, what, subject)?;
    match cloud.write(&[Write::insert(&entry)?]).await {
        // The same entry is there already: a retry after a lost answer.
        Ok(()) | Err(WriteError::Conflict) => Ok(()),
        Err(WriteError::Store(error)) => Err(error),
    }
}
