//! Asking for a renewal: as a message, again after a pause, and by the schedule for every token that is due.

use super::RefreshError;
use super::hold::{RefreshLease, release};
use crate::ports::{Clock, MAX_DELAY, Outgoing, Queue, QueueName, Table};
use crate::store::{Held, TableName, Write, WriteError, decode, shards};
use crate::task::{Outcome, RefreshTask, VERSION};
use crate::token::Access;
use jiff::{SignedDuration, Timestamp};

/// A message for the second look waits a little longer than [`super::SECOND_LOOK`].
pub(super) const SECOND_LOOK_DELAY: SignedDuration = SignedDuration::from_secs(65);

/// First pause after Login with Amazon failed, doubled each time. Nobody asks for this connection meanwhile.
pub(super) const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// No pause is longer, whatever `Retry-After` says.
pub(super) const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// Tries of one message; after that the schedule asks again, so that an outage does not pile up messages.
const TRIES: u32 = 3;

/// The schedule asks again for a token that is still not renewed after this long.
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
        tries: 0,
    }
}

/// Sends a task for every token whose time to be renewed has come; how many were sent.
pub async fn send_due(
    cloud: &(impl Table + Queue + Clock),
    until: Timestamp,
    deadline: Timestamp,
) -> Result<usize, RefreshError> {
    let mut sent = 0;
    for shard in shards() {
        if cloud.now() >= deadline {
            break; // the rest is still due at the next run
        }
        let rows = cloud.due(TableName::Tokens, &shard, until, DUE_AT_ONCE).await?;
        let due = rows.into_iter().map(decode::<Access>).collect::<Result<Vec<_>, _>>()?;
        let messages: Vec<_> =
            due.iter().map(|held| message(&ask(&held.value), SignedDuration::ZERO)).collect();
        if !messages.is_empty() {
            cloud.send(QueueName::Refresh, &messages).await?;
        }
        sent += messages.len();
        for mut held in due {
            held.value.refresh_at = Some(cloud.now() + ASK_AGAIN);
            match cloud.write(&[Write::replace(&held)?]).await {
                // It is being renewed already.
                Ok(()) | Err(WriteError::Conflict) => {}
                Err(WriteError::Store(error)) => return Err(error.into()),
            }
        }
    }
    Ok(sent)
}

/// Login with Amazon cannot answer: the message comes again, a few times; then the schedule asks.
pub(super) async fn again_later(
    cloud: &(impl Table + Queue + Clock),
    task: RefreshTask,
    lease: Held<RefreshLease>,
    asked: Option<SignedDuration>,
) -> Result<Outcome, RefreshError> {
    let own = FIRST_PAUSE * (1_i32 << task.tries.min(5));
    let pause = own.max(asked.unwrap_or_default()).min(LONGEST_PAUSE);
    release(cloud, &lease, Some(cloud.now() + pause)).await?;
    if task.tries + 1 >= TRIES {
        return Ok(Outcome::Dropped("Login with Amazon cannot answer now; the schedule asks again"));
    }
    let again = RefreshTask { tries: task.tries + 1, saw: None, ..task };
    postpone(cloud, &again, pause, "Login with Amazon cannot answer now").await
}

pub(super) async fn postpone(
    cloud: &impl Queue,
    task: &RefreshTask,
    delay: SignedDuration,
    why: &'static str,
) -> Result<Outcome, RefreshError> {
    cloud.send(QueueName::Refresh, &[message(task, delay)]).await?;
    Ok(Outcome::Postponed(why))
}
