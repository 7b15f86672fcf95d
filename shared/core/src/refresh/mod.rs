//! Renewing an access token: one worker per connection, in every process (R4 to R6, R8).
//!
//! Read the grant, take the lease, read the grant *again*, ask Amazon, and store the answer in one write
//! that fails if the lease or the connection changed meanwhile. What Amazon says about one grant never
//! touches a newer one.

mod ask;
mod hold;
mod settle;

pub use ask::{DUE_AT_ONCE, ask, message, send_due};

use crate::connection::{Connection, Status};
use crate::gate::{Gate, PROBE_EVERY, ahead, place_of};
use crate::health;
use crate::lease::{Grip, LEASE};
use crate::lwa::{AccessGrant, LwaError};
use crate::park::park;
use crate::ports::{Bus, Clock, Entropy, Lwa, Queue, Table, Vault};
use crate::secret::RefreshToken;
use crate::store::{Held, Write, WriteError, load};
use crate::task::{Failure, Outcome, RefreshTask};
use crate::token::{Access, partition_of};
use ask::{ASK_AGAIN, LONGEST_PAUSE, SECOND_LOOK_DELAY, SHORTEST_PAUSE, postpone};
use hold::{RefreshLease, release};
use jiff::{SignedDuration, Timestamp};
use settle::{Said, settle};

/// A renewal is begun with at least this much time left: Amazon's own limit, and the writes behind it.
pub const WORK_TIME: SignedDuration = SignedDuration::from_secs(18);

/// Somebody else took the lease at the same moment: look again soon.
const RACE_DELAY: SignedDuration = SignedDuration::from_secs(10);

/// Between the first and the second refusal of a grant lies at least this (R6): one wrong answer of
/// Amazon's troubles nobody.
pub const SECOND_LOOK: SignedDuration = SignedDuration::from_secs(60);

/// Works one message off, until `deadline` at the latest.
pub async fn refresh<C, A>(
    cloud: &C,
    amazon: &A,
    message_id: &str,
    body: &str,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
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
    if cloud.now() + WORK_TIME > deadline {
        return postpone(cloud, &task, SignedDuration::ZERO, "too little time is left").await;
    }
    let connection = match admit(cloud, &task).await? {
        Ok(connection) => connection,
        Err(outcome) => return Ok(outcome),
    };
    if !wanted(cloud, &task, &connection.value).await? {
        return Ok(Outcome::Dropped("the token is fresh already"));
    }
    let partition = partition_of(&task.tenant, &task.connection);
    let found: Option<Held<RefreshLease>> = load(cloud, &RefreshLease::key_of(&partition)).await?;
    let revision = found.as_ref().map(|held| held.revision);
    let quiet = found.as_ref().and_then(|held| held.value.not_before);
    if quiet.is_some_and(|until| ahead(until, cloud.now(), LONGEST_PAUSE)) {
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
            return postpone(cloud, &task, RACE_DELAY, "another worker took the lease").await;
        }
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    let mine = Held { value: mine, revision: revision.map_or(1, |revision| revision + 1) };
    under_lease(cloud, amazon, task, mine, deadline).await
}

/// Finds out whether there is a grant to renew.
async fn admit<C: Table + Queue + Clock>(
    cloud: &C,
    task: &RefreshTask,
) -> Result<Result<Held<Connection>, Outcome>, Failure> {
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
        Status::Suspect if ahead(connection.since + SECOND_LOOK, cloud.now(), SECOND_LOOK) => {
            Err(postpone(cloud, task, SECOND_LOOK_DELAY, "a second look follows").await?)
        }
        Status::Suspect | Status::Active => Ok(held),
    })
}

/// Whether the token that the task complains about is still the one in use.
async fn wanted(cloud: &impl Table, task: &RefreshTask, connection: &Connection) -> Result<bool, Failure> {
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
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Bus + Clock + Entropy,
    A: Lwa,
{
    // Again, now that nobody else works on it: a reconnect or another worker may have come between.
    let connection = match admit(cloud, &task).await? {
        Ok(connection) => connection.value,
        Err(outcome) => {
            release(cloud, &lease, None).await?;
            return Ok(outcome);
        }
    };
    let sealed = match &connection.sealed_refresh {
        Some(sealed) if wanted(cloud, &task, &connection).await? => sealed,
        _ => {
            release(cloud, &lease, None).await?;
            return Ok(Outcome::Dropped("the token is fresh already"));
        }
    };
    let application = &connection.application;
    let gate = health::gate(cloud, application, place_of(&connection.id)).await?;
    match gate {
        Gate::Open | Gate::Probe => {}
        Gate::At(turn) => {
            // Every stream that waits for the token asks for it each minute: one message of theirs waits for the
            // turn, not one for each minute.
            release(cloud, &lease, Some(turn.min(cloud.now() + LONGEST_PAUSE))).await?;
            let wait = turn.duration_since(cloud.now());
            return postpone(cloud, &task, wait, "its turn after an outage comes").await;
        }
        Gate::Shut => {
            release(cloud, &lease, None).await?;
            return Ok(Outcome::Dropped(OF_NO_USE));
        }
    }
    let opened = match cloud.open(&connection.refresh_context(), sealed).await {
        Ok(opened) => opened,
        Err(error) => {
            release(cloud, &lease, None).await?;
            return Err(error.into());
        }
    };
    let outdated = opened.outdated;
    let token = RefreshToken::new(opened.secret);
    let said = match amazon.refresh(application, &token).await {
        Ok(grant) => {
            // Sealed under an older key: this is the occasion to seal it under the present one.
            let replaced = grant.replaced.clone().or_else(|| outdated.then_some(token));
            Said::Fresh(AccessGrant { replaced, ..grant })
        }
        Err(LwaError::GrantRefused) => Said::Refused,
        Err(LwaError::ApplicationRefused { code }) => {
            // Our own fault: no connection changes (R8).
            release(cloud, &lease, None).await?;
            health::refused(cloud, application, code).await?;
            return probe_again(cloud, &task, &gate).await;
        }
        Err(LwaError::Busy { retry_after, .. }) => {
            quiet(cloud, &lease, retry_after).await?;
            health::failed(cloud, application, &connection.id).await?;
            return probe_again(cloud, &task, &gate).await;
        }
        Err(LwaError::Unanswered(_)) => {
            quiet(cloud, &lease, None).await?;
            health::failed(cloud, application, &connection.id).await?;
            return probe_again(cloud, &task, &gate).await;
        }
    };
    let settled = settle(cloud, task, &lease, &said).await;
    if settled.is_err() {
        // The next one need not wait for a lease that nobody uses; it may be gone already.
        drop(release(cloud, &lease, None).await);
    }
    health::answered(cloud, application).await?;
    if gate == Gate::Probe {
        // It works again: every token that waits is asked for now, and each has its turn.
        send_due(cloud, cloud.now() + ASK_AGAIN, deadline).await?;
    }
    settled
}

const OF_NO_USE: &str = "Login with Amazon cannot help now; the schedule asks again";

/// A probe that found nothing goes on finding out, so that somebody notices within a minute when Amazon is
/// back. One message an application; should it be lost, the schedule's next one takes its place.
async fn probe_again(cloud: &impl Queue, task: &RefreshTask, gate: &Gate) -> Result<Outcome, Failure> {
    if *gate != Gate::Probe {
        return Ok(Outcome::Dropped(OF_NO_USE));
    }
    postpone(cloud, task, PROBE_EVERY, "Login with Amazon is asked again").await
}

/// Login with Amazon cannot answer: nobody asks for this connection for a while.
async fn quiet(
    cloud: &(impl Table + Clock),
    lease: &Held<RefreshLease>,
    asked: Option<SignedDuration>,
) -> Result<(), Failure> {
    let pause = asked.unwrap_or_default().clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
    Ok(release(cloud, lease, Some(cloud.now() + pause)).await?)
}
