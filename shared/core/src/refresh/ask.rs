//! Asking for a renewal: as a message, again after a pause, and by the schedule for every token that is due.

use crate::ports::{Clock, MAX_DELAY, Outgoing, Queue, QueueName, Table};
use crate::store::{TableName, decode, shards};
use crate::task::{Failure, Outcome, RefreshTask, VERSION};
use crate::token::Access;
use jiff::{SignedDuration, Timestamp};

/// A message for the second look waits a little longer than [`super::SECOND_LOOK`].
pub(super) const SECOND_LOOK_DELAY: SignedDuration = SignedDuration::from_secs(65);

/// After Login with Amazon failed, nobody asks for this connection for at least this long (I12: at most one
/// probe a minute).
pub(super) const SHORTEST_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// No pause is longer, whatever `Retry-After` says.
pub(super) const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// The schedule's own period: it asks again for a token that is still not renewed after this long.
pub(super) const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// Tokens renewed per shard and run: ten shards, twelve runs an hour, 120,000 connections.
pub const DUE_AT_ONCE: usize = 1000;

/// A refresh task as a message.
pub fn message(task: &RefreshTask, delay: SignedDuration) -> Outgoing {
    // A struct of ids and numbers always serializes.
    let body = serde_json::to_string(task).unwrap_or_default();
    Outgoing { body, delay: delay.min(MAX_DELAY) }
}

/// The task that asks for a new token in place of this one.
pub fn ask(access: &Access) -> RefreshTask {
    RefreshTask {
        v: VERSION,
        tenant: access.tenant.clone(),
        connection: access.connection.clone(),
        generation: access.generation,
        serial: access.serial,
        saw: None,
    }
}

/// What a run of the schedule did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Tasks sent.
    pub sent: usize,
    /// Rows that could not be read. They are left alone and told, so that one never stops the others.
    pub unreadable: usize,
}

/// Sends a task for every token whose time to be renewed has come.
///
/// Nothing is marked: a token stays due until it is renewed, so a task that is lost costs a period, and one that comes
/// twice finds the lease held or the token fresh.
pub async fn send_due(
    cloud: &(impl Table + Queue + Clock),
    until: Timestamp,
    deadline: Timestamp,
) -> Result<Asked, Failure> {
    let mut asked = Asked::default();
    for shard in shards(cloud.now()) {
        if cloud.now() >= deadline {
            break; // the rest is still due at the next run
        }
        let mut messages = Vec::new();
        for row in cloud.due(TableName::Tokens, &shard, until, DUE_AT_ONCE).await? {
            match decode::<Access>(row) {
                Ok(held) => messages.push(message(&ask(&held.value), SignedDuration::ZERO)),
                Err(_) => asked.unreadable += 1,
            }
        }
        if !messages.is_empty() {
            cloud.send(QueueName::Refresh, &messages).await?;
        }
        asked.sent += messages.len();
    }
    Ok(asked)
}

pub(super) async fn postpone(
    cloud: &impl Queue,
    task: &RefreshTask,
    delay: SignedDuration,
    why: &'static str,
) -> Result<Outcome, Failure> {
    cloud.send(QueueName::Refresh, &[message(task, delay)]).await?;
    Ok(Outcome::Postponed(why))
}
