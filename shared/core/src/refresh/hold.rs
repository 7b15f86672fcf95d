//! Giving the lease on a connection's token back. It lies in the token's own row.

use crate::ports::Table;
use crate::store::{Held, StoreError, Stored as _, Write, WriteError, load};
use crate::token::Access;
use jiff::Timestamp;

/// A new grant or the connection's end may move the row meanwhile this often; then the lease ends by itself.
const ATTEMPTS: u32 = 4;

/// What is left behind with the lease.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Note {
    /// Nobody asks Amazon before this moment.
    pub(super) not_before: Option<Timestamp>,
    /// The token is due then, no longer now.
    pub(super) due: Option<Timestamp>,
}

/// Gives the lease back without a token. Where the row moved and the lease is still ours, it is given back there; what
/// was learned of an older grant does not go with it.
pub(super) async fn release(table: &impl Table, mine: &Held<Access>, note: Note) -> Result<(), StoreError> {
    let mut held = mine.clone();
    for _ in 0..ATTEMPTS {
        let same_grant = held.value.generation == mine.value.generation;
        held.value.lease = mine.value.lease.released();
        if same_grant {
            held.value.not_before = note.not_before;
            held.value.refresh_at = held.value.refresh_at.map(|at| note.due.unwrap_or(at));
        }
        match table.write(&[Write::replace(&held)?]).await {
            Ok(()) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error),
        }
        let now: Option<Held<Access>> = load(table, &mine.value.key()).await?;
        match now.filter(|now| now.value.lease == mine.value.lease) {
            Some(now) => held = now,
            // Somebody took it over: it is his now.
            None => return Ok(()),
        }
    }
    Ok(())
}
