//! The lease on renewing one connection's token, as a row.

use crate::lease::Lease;
use crate::ports::Table;
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The lease on renewing one connection's token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RefreshLease {
    pub(super) partition: String,
    #[serde(flatten)]
    pub(super) lease: Lease,
    /// Amazon could not answer: nobody asks before this moment.
    pub(super) not_before: Option<Timestamp>,
}

impl RefreshLease {
    /// Where the lease of a connection is.
    pub(super) fn key_of(partition: &str) -> Key {
        Key::new(TableName::Tokens, partition, "LEASE")
    }
}

impl Stored for RefreshLease {
    fn key(&self) -> Key {
        Self::key_of(&self.partition)
    }
}

/// The write that gives the lease back.
pub(super) fn freed(lease: &Held<RefreshLease>, not_before: Option<Timestamp>) -> Result<Write, StoreError> {
    let RefreshLease { partition, lease: held, .. } = &lease.value;
    let value = RefreshLease { partition: partition.clone(), lease: held.released(), not_before };
    Write::replace(&Held { value, revision: lease.revision })
}

/// Gives the lease back, alone.
pub(super) async fn release(
    table: &impl Table,
    lease: &Held<RefreshLease>,
    not_before: Option<Timestamp>,
) -> Result<(), StoreError> {
    match table.write(&[freed(lease, not_before)?]).await {
        // Somebody took it over: it is his now.
        Ok(()) | Err(WriteError::Conflict) => Ok(()),
        Err(WriteError::Store(error)) => Err(error),
    }
}
