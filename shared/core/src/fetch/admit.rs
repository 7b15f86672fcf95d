//! Whether a task may work, and the lease if it may.

use super::hold::Hold;
use crate::connection::{Connection, Status};
use crate::domains::Domain;
use crate::lease::Grip;
use crate::park::park;
use crate::ports::{Clock, Queue, QueueName, Table};
use crate::schedule::{HORIZON, message};
use crate::store::{Held, Write, WriteError, load};
use crate::stream::Stream;
use crate::stream::open::fetches;
use crate::task::{BadMessage, Failure, FetchTask, Outcome};
use futures_util::future::join;
use jiff::SignedDuration;

/// A task of a connection in doubt comes back after this long: its second look takes about a minute.
const SUSPECT_DELAY: SignedDuration = SignedDuration::from_secs(90);

/// Somebody else wrote the row at the same moment: look again soon.
const RACE_DELAY: SignedDuration = SignedDuration::from_secs(5);

pub(super) async fn admit<C: Table + Queue + Clock>(
    cloud: &C,
    domain: &'static Domain,
    message_id: &str,
    task: FetchTask,
) -> Result<Result<Hold, Outcome>, Failure> {
    let whose = Connection::key_of(&task.tenant, &task.connection);
    let which = Stream::key_of(&task.tenant, &task.connection, &task.domain, &task.scope);
    // At the same time: whatever changes one of them under a worker changes the stream's row, and its lease is not had.
    let (connection, stream) = join(load::<Connection>(cloud, &whose), load::<Stream>(cloud, &which)).await;
    let (Some(connection), Some(mut stream)) = (connection?, stream?) else {
        return Ok(Err(Outcome::Dropped("E_MSG_CONNECTION(unknown)")));
    };
    let connection = connection.value;
    // Both: a reconnect may have come between the two reads.
    if task.generation != connection.generation || task.generation != stream.value.generation {
        return Ok(Err(Outcome::Dropped("E_MSG_STALE_GEN")));
    }
    let ended = matches!(connection.status, Status::Pending | Status::NeedsReconnect | Status::Disconnected);
    // Or somebody chose not to fetch it any more.
    if ended || !fetches(&connection, domain) {
        return rest(cloud, stream).await.map(Err);
    }
    // Only the newest dispatch counts; it may be one ahead of its mark. Asked before anything is put off: a message
    // that is not needed must never send itself on.
    if task.slot <= stream.value.finished || task.slot < stream.value.slot {
        return Ok(Err(Outcome::Dropped("E_MSG_DUP")));
    }
    if task.slot > stream.value.slot + 1 {
        let bad = BadMessage::Field("slot".to_owned());
        park(cloud, domain.name, message_id, &serde_json::to_string(&task).unwrap_or_default(), &bad).await?;
        return Ok(Err(Outcome::Parked(bad)));
    }
    if connection.status == Status::Suspect {
        return doubt(cloud, stream, domain, task).await.map(Err);
    }
    let lease = match stream.value.lease.ask(message_id, task.saw) {
        Grip::Take(lease) => lease,
        Grip::Held(_) if same_job(&stream.value, &task, message_id) => {
            return Ok(Err(Outcome::Dropped("E_MSG_DUP")));
        }
        Grip::Held(fence) => {
            let again = FetchTask { saw: Some(fence), ..task };
            let why = "another worker has the stream";
            return postpone(cloud, domain, &again, domain.lease(), why).await.map(Err);
        }
    };
    let until = cloud.now() + domain.lease();
    stream.value.lease = lease;
    stream.value.lease_slot = task.slot;
    stream.value.slot = stream.value.slot.max(task.slot);
    match cloud.write(&[Write::replace(&stream)?]).await {
        Ok(()) => {
            stream.revision += 1;
            Ok(Ok(Hold { connection, stream, domain, task, dirty: false, landed: 0, batch: None, until }))
        }
        Err(WriteError::Conflict) => {
            postpone(cloud, domain, &task, RACE_DELAY, "the stream just changed").await.map(Err)
        }
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// A second message of a job at work. Should the worker die, its own message comes again.
fn same_job(stream: &Stream, task: &FetchTask, message_id: &str) -> bool {
    let own = stream.lease.holder.as_deref() == Some(message_id);
    task.slot == stream.lease_slot && task.saw.is_none() && !own
}

/// The grant is being checked: the task comes back later, in a slot of its own. What else is on its way for this
/// stream does not count any more, so that of all its messages one goes on, however long the check takes.
async fn doubt(
    cloud: &(impl Table + Queue + Clock),
    mut stream: Held<Stream>,
    domain: &Domain,
    task: FetchTask,
) -> Result<Outcome, Failure> {
    let why = "the grant is being checked";
    stream.value.slot = stream.value.slot.max(task.slot) + 1;
    // Should the message be lost, the schedule sends another.
    stream.value.due_at = Some(cloud.now() + SUSPECT_DELAY + HORIZON);
    match cloud.write(&[Write::replace(&stream)?]).await {
        Ok(()) => {
            let again = FetchTask { saw: None, slot: stream.value.slot, ..task };
            postpone(cloud, domain, &again, SUSPECT_DELAY, why).await
        }
        // Looked at again, it is a duplicate now, or may go on.
        Err(WriteError::Conflict) => postpone(cloud, domain, &task, RACE_DELAY, why).await,
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// Nobody to fetch from, or nothing to fetch: the stream is no longer due until a reconnect makes it so. Its cursor stays.
async fn rest(table: &impl Table, mut stream: Held<Stream>) -> Result<Outcome, Failure> {
    if stream.value.due_at.is_some() {
        stream.value.due_at = None;
        match table.write(&[Write::replace(&stream)?]).await {
            // Whoever changed it knows more than we do.
            Ok(()) | Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(Outcome::Dropped("E_MSG_CONNECTION(no grant)"))
}

pub(super) async fn postpone(
    cloud: &impl Queue,
    domain: &Domain,
    task: &FetchTask,
    delay: SignedDuration,
    why: &'static str,
) -> Result<Outcome, Failure> {
    cloud.send(QueueName::Fetch(domain.name), &[message(task, delay)]).await?;
    Ok(Outcome::Postponed(why))
}
