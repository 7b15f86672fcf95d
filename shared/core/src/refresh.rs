//! Renewing an access token: one worker per connection, in every process (R4 to R6, R8).
//!
//! Read the grant, take the lease, read the grant *again*, ask Amazon, and store the answer in one write
//! that fails if the lease or the connection changed meanwhile. What Amazon says about one grant never
//! touches a newer one.

use crate::audit;
use crate::connection::{Connection, Status};
use crate::lease::{Grip, LEASE, Lease};
use crate::lwa::{AccessGrant, LwaError};
use crate::park::park;
use crate::ports::{
    Bus, Clock, Entropy, Event, Lwa, MAX_DELAY, Outgoing, Queue, QueueName, Table, Unavailable, Vault,
};
use crate::secret::RefreshToken;
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, decode, load, shards};
use crate::task::{Outcome, RefreshTask};
use crate::token::{Access, VaultError, partition_of, refresh_time};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Between the first and the second refusal of a grant lies at least this (R6): one wrong answer of
/// Amazon's troubles nobody.
pub const SECOND_LOOK: SignedDuration = SignedDuration::from_secs(60);

/// A message for the second look waits a little longer than [`SECOND_LOOK`].
const SECOND_LOOK_DELAY: SignedDuration = SignedDuration::from_secs(65);

/// First pause after Login with Amazon failed, doubled each time. Nobody asks for this connection meanwhile.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// No pause is longer, whatever `Retry-After` says.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// Tries of one message; after that the schedule asks again, so that an outage does not pile up messages.
const TRIES: u32 = 3;

/// The schedule asks again for a token that is still not renewed after this long.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// The lease on renewing one connection's token.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct RefreshLease {
    partition: String,
    #[serde(flatten)]
    lease: Lease,
    /// Amazon could not answer: nobody asks before this moment.
    not_before: Option<Timestamp>,
}

impl Stored for RefreshLease {
    fn key(&self) -> Key {
        Key::new(TableName::Tokens, self.partition.clone(), "LEASE")
    }
}

/// A service failed before anything was decided. The message comes again.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another service.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The key service. No connection changes because of it.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Works one message off.
pub async fn refresh<C, A>(
    cloud: &C,
    amazon: &A,
    message_id: &str,
    body: &str,
) -> Result<Outcome, RefreshError>
where
    C: Table + Vault + Queue + Bus + Clock + Entropy,
    A: Lwa,
{
    let task = match RefreshTask::parse(body) {
        Ok(task) => task,
        Err(bad) => {
            park(cloud, "refresh", message_id, body, &bad).await?;
            return Ok(Outcome::Parked(bad));
        }
    };
    let connection = match admit(cloud, &task).await? {
        Ok(connection) => connection,
        Err(outcome) => return Ok(outcome),
    };
    if !wanted(cloud, &task, &connection.value).await? {
        return Ok(Outcome::Dropped("the token is fresh already"));
    }
    let partition = partition_of(&task.tenant, &task.connection);
    let key = Key::new(TableName::Tokens, partition.clone(), "LEASE");
    let found: Option<Held<RefreshLease>> = load(cloud, &key).await?;
    let revision = found.as_ref().map(|held| held.revision);
    let quiet = found.as_ref().and_then(|held| held.value.not_before);
    if quiet.is_some_and(|until| cloud.now() < until) {
        return Ok(Outcome::Dropped("Amazon was asked a moment ago"));
    }
    let lease = found.map(|held| held.value.lease).unwrap_or_default();
    let lease = match lease.ask(message_id, task.saw) {
        Grip::Take(lease) => lease,
        Grip::Held(fence) => {
            let again = RefreshTask { saw: Some(fence), ..task };
            return postpone(cloud, &again, LEASE, "another worker renews it").await;
        }
    };
    let mine = RefreshLease { partition, lease, not_before: None };
    match cloud.write(&[Write::upsert(&mine, revision)?]).await {
        Ok(()) => {}
        Err(WriteError::Conflict) => {
            return postpone(cloud, &task, FIRST_PAUSE, "another worker took the lease").await;
        }
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    let mine = Held { value: mine, revision: revision.map_or(1, |revision| revision + 1) };
    under_lease(cloud, amazon, task, mine).await
}

/// Finds out whether there is a grant to renew.
async fn admit<C: Table + Queue + Clock>(
    cloud: &C,
    task: &RefreshTask,
) -> Result<Result<Held<Connection>, Outcome>, RefreshError> {
    let key = Connection::key_of(&task.tenant, &task.connection);
    let Some(held) = load::<Connection>(cloud, &key).await? else {
        return Ok(Err(Outcome::Dropped("E_MSG_CONNECTION(unknown)")));
    };
    let connection = &held.value;
    Ok(match connection.status {
        _ if task.generation != connection.generation => Err(Outcome::Dropped("E_MSG_STALE_GEN")),
        Status::Pending | Status::NeedsReconnect | Status::Disconnected => {
            Err(Outcome::Dropped("E_MSG_CONNECTION(no grant)"))
        }
        Status::Suspect if cloud.now() < connection.since + SECOND_LOOK => {
            Err(postpone(cloud, task, SECOND_LOOK_DELAY, "a second look follows").await?)
        }
        Status::Suspect | Status::Active => Ok(held),
    })
}

/// Whether the token that the task complains about is still the one in use.
async fn wanted(
    cloud: &impl Table,
    task: &RefreshTask,
    connection: &Connection,
) -> Result<bool, RefreshError> {
    let key = Access::key_of(&task.tenant, &task.connection);
    let access: Option<Held<Access>> = load(cloud, &key).await?;
    Ok(access.is_none_or(|held| {
        held.value.serial <= task.serial
            || held.value.sealed.is_none()
            || held.value.generation != connection.generation
    }))
}

async fn under_lease<C, A>(
    cloud: &C,
    amazon: &A,
    task: RefreshTask,
    lease: Held<RefreshLease>,
) -> Result<Outcome, RefreshError>
where
    C: Table + Vault + Queue + Bus + Clock + Entropy,
    A: Lwa,
{
    // Again, now that nobody else works on it: a reconnect may have come between.
    let connection = match admit(cloud, &task).await? {
        Ok(connection) => connection,
        Err(outcome) => {
            release(cloud, &lease, None).await?;
            return Ok(outcome);
        }
    };
    let Some(sealed) = &connection.value.sealed_refresh else {
        release(cloud, &lease, None).await?;
        return Ok(Outcome::Dropped("E_MSG_CONNECTION(no grant)"));
    };
    let opened = match cloud.open(&connection.value.refresh_context(), sealed).await {
        Ok(opened) => RefreshToken::new(opened),
        Err(error) => {
            release(cloud, &lease, None).await?;
            return Err(error.into());
        }
    };
    match amazon.refresh(&opened).await {
        Ok(grant) => keep(cloud, connection, lease, &grant).await,
        Err(LwaError::GrantRefused) => doubt(cloud, task, connection, lease).await,
        Err(LwaError::ApplicationRefused { code }) => {
            // Our own fault: no connection changes (R8).
            release(cloud, &lease, Some(cloud.now() + LONGEST_PAUSE)).await?;
            let detail = serde_json::json!({ "application": connection.value.application, "code": code });
            cloud.publish(Event { name: "application.credentials_refused", detail }).await?;
            Ok(Outcome::Dropped("Amazon refused the application's credentials; the schedule asks again"))
        }
        Err(LwaError::Busy { retry_after, .. }) => again_later(cloud, task, lease, retry_after).await,
        Err(LwaError::Unanswered(_)) => again_later(cloud, task, lease, None).await,
    }
}

/// Stores a fresh token, and the connection's return to health if it was in doubt.
async fn keep<C: Table + Vault + Bus + Clock + Entropy>(
    cloud: &C,
    mut connection: Held<Connection>,
    lease: Held<RefreshLease>,
    grant: &AccessGrant,
) -> Result<Outcome, RefreshError> {
    let now = cloud.now();
    let recovered = connection.value.status == Status::Suspect;
    connection.value.set(Status::Active, now);
    if let Some(replaced) = &grant.replaced {
        let context = connection.value.refresh_context();
        connection.value.sealed_refresh = Some(cloud.seal(&context, replaced.expose()).await?);
    }
    let key = Access::key_of(&connection.value.tenant, &connection.value.id);
    let found: Option<Held<Access>> = load(cloud, &key).await?;
    let (serial, refreshes) = found.as_ref().map_or((0, 0), |held| (held.value.serial, held.value.refreshes));
    let jitter = cloud.random()?[0];
    let mut access = Access {
        tenant: connection.value.tenant.clone(),
        connection: connection.value.id.clone(),
        generation: connection.value.generation,
        serial: serial + 1,
        sealed: None,
        expires_at: now + grant.expires_in,
        refresh_at: Some(refresh_time(now, grant.expires_in, jitter)),
        refreshes: refreshes + 1,
    };
    access.sealed = Some(cloud.seal(&access.context(), grant.token.expose()).await?);
    let connection_write = if recovered || grant.replaced.is_some() {
        Write::replace(&connection)?
    } else {
        Write::unchanged(&connection)
    };
    let writes =
        [freed(&lease, None)?, connection_write, Write::upsert(&access, found.map(|held| held.revision))?];
    match cloud.write(&writes).await {
        Ok(()) if recovered => {
            announce(cloud, &connection.value, "connection.recovered").await?;
            Ok(Outcome::Done("renewed, and the connection has recovered"))
        }
        Ok(()) => Ok(Outcome::Done("renewed")),
        // A reconnect or a newer worker won: its token is the one to use, ours is forgotten.
        Err(WriteError::Conflict) => Ok(Outcome::Dropped("E_MSG_STALE_GEN")),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// Amazon refused the grant: once makes it suspect, twice asks the seller (R6).
async fn doubt<C: Table + Queue + Bus + Clock + Entropy>(
    cloud: &C,
    task: RefreshTask,
    mut connection: Held<Connection>,
    lease: Held<RefreshLease>,
) -> Result<Outcome, RefreshError> {
    let now = cloud.now();
    let second = connection.value.status == Status::Suspect;
    connection.value.set(if second { Status::NeedsReconnect } else { Status::Suspect }, now);
    let mut writes = vec![freed(&lease, None)?, Write::replace(&connection)?];
    let key = Access::key_of(&connection.value.tenant, &connection.value.id);
    if let Some(mut access) = load::<Access>(cloud, &key).await? {
        // Calls stop at once. Should the message for the second look be lost, the schedule takes it.
        access.value.sealed = None;
        access.value.refresh_at = (!second).then(|| now + ASK_AGAIN);
        writes.push(Write::replace(&access)?);
    }
    match cloud.write(&writes).await {
        Ok(()) => {}
        Err(WriteError::Conflict) => return Ok(Outcome::Dropped("E_MSG_STALE_GEN")),
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    let name = if second { "connection.needs_reconnect" } else { "connection.suspect" };
    announce(cloud, &connection.value, name).await?;
    if second {
        return Ok(Outcome::Done("the seller has to reconnect"));
    }
    let again = RefreshTask { tries: 0, saw: None, ..task };
    postpone(cloud, &again, SECOND_LOOK_DELAY, "refused once; a second look follows").await
}

async fn announce<C: Table + Bus + Clock + Entropy>(
    cloud: &C,
    connection: &Connection,
    name: &'static str,
) -> Result<(), RefreshError> {
    let detail = serde_json::json!({
        "tenant": connection.tenant,
        "connection": connection.id,
        "region": connection.region,
        "generation": connection.generation,
        "since": connection.since,
    });
    cloud.publish(Event { name, detail }).await?;
    audit::note(cloud, &connection.tenant, None, name, connection.id.as_str()).await?;
    Ok(())
}

fn freed(lease: &Held<RefreshLease>, not_before: Option<Timestamp>) -> Result<Write, StoreError> {
    let RefreshLease { partition, lease: held, .. } = &lease.value;
    let value = RefreshLease { partition: partition.clone(), lease: held.released(), not_before };
    Write::replace(&Held { value, revision: lease.revision })
}

async fn release(
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

async fn again_later(
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

async fn postpone(
    cloud: &impl Queue,
    task: &RefreshTask,
    delay: SignedDuration,
    why: &'static str,
) -> Result<Outcome, RefreshError> {
    cloud.send(QueueName::Refresh, &[message(task, delay)]).await?;
    Ok(Outcome::Postponed(why))
}

/// A refresh task as a message.
pub fn message(task: &RefreshTask, delay: SignedDuration) -> Outgoing {
    // A struct of ids and numbers always serializes.
    let body = serde_json::to_string(task).unwrap_or_default();
    Outgoing { body, delay: delay.min(MAX_DELAY) }
}

/// The task that asks for a new token in place of this one.
pub fn ask(access: &Access) -> RefreshTask {
    RefreshTask {
        v: crate::task::VERSION,
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

/// Tokens renewed per shard and run: ten shards, twelve runs an hour, 120,000 connections.
pub const DUE_AT_ONCE: usize = 1000;
