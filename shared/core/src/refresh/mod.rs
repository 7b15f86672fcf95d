//! Renewing an access token: one worker per connection, in every process (R4 to R6, R8).
//!
//! Read the token's row, then the grant; take the lease, which lies in the token's row and is had only if that is
//! still as it was read; ask Amazon; store the answer in one write under the same condition. Whatever changes a grant
//! changes that row too, so between the first read and the last write it is one and the same, and what Amazon says
//! about one grant never touches a newer one.

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
use crate::token::Access;
use ask::{ASK_AGAIN, LONGEST_PAUSE, SECOND_LOOK_DELAY, SHORTEST_PAUSE, postpone};
use hold::{Note, release};
use jiff::{SignedDuration, Timestamp};
use settle::{Rows, Said, settle};

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
    // The token's row first: a grant that is read after it and changed before the lease is taken moves this row.
    let access: Option<Held<Access>> = load(cloud, &Access::key_of(&task.tenant, &task.connection)).await?;
    let connection = match admit(cloud, &task).await? {
        Ok(connection) => connection,
        Err(outcome) => return Ok(outcome),
    };
    let Some(mut access) = access else { return Ok(Outcome::Dropped("E_MSG_CONNECTION(unknown)")) };
    if !wanted(&access.value, &task) {
        return Ok(Outcome::Dropped("the token is fresh already"));
    }
    if access.value.not_before.is_some_and(|until| ahead(until, cloud.now(), LONGEST_PAUSE)) {
        return Ok(Outcome::Dropped("Amazon was asked a moment ago"));
    }
    let lease = &access.value.lease;
    let lease = match lease.ask(message_id, task.saw) {
        Grip::Take(lease) => lease,
        Grip::Held(fence) => {
            let again = RefreshTask { saw: Some(fence), ..task };
            return postpone(cloud, &again, LEASE, "another worker renews it").await;
        }
    };
    (access.value.lease, access.value.not_before) = (lease, None);
    match cloud.write(&[Write::replace(&access)?]).await {
        Ok(()) => access.revision += 1,
        Err(WriteError::Conflict) => {
            return postpone(cloud, &task, RACE_DELAY, "another worker took the lease").await;
        }
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    under_lease(cloud, amazon, task, Rows::read(access, connection), deadline).await
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
fn wanted(access: &Access, task: &RefreshTask) -> bool {
    access.serial <= task.serial || access.sealed.is_none() || access.generation != task.generation
}

async fn under_lease<C, A>(
    cloud: &C,
    amazon: &A,
    task: RefreshTask,
    rows: Rows,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Bus + Clock + Entropy,
    A: Lwa,
{
    let (mine, connection) = (rows.access.clone(), rows.connection.value.clone());
    let Some(sealed) = &connection.sealed_refresh else {
        release(cloud, &mine, Note::default()).await?;
        return Ok(Outcome::Dropped("E_MSG_CONNECTION(no grant)"));
    };
    let application = &connection.application;
    let gate = health::gate(cloud, application, place_of(&connection.id)).await?;
    match gate {
        Gate::Open | Gate::Probe => {}
        Gate::At(turn) => {
            // Every stream that waits for the token asks for it each minute: one message of theirs waits for the
            // turn, not one for each minute.
            let not_before = Some(turn.min(cloud.now() + LONGEST_PAUSE));
            release(cloud, &mine, Note { due: Some(turn + ASK_AGAIN), not_before }).await?;
            let wait = turn.duration_since(cloud.now());
            return postpone(cloud, &task, wait, "its turn after an outage comes").await;
        }
        Gate::Shut => {
            release(cloud, &mine, Note::default()).await?;
            return Ok(Outcome::Dropped(OF_NO_USE));
        }
    }
    let opened = match cloud.open(&connection.refresh_context(), sealed).await {
        Ok(opened) => opened,
        Err(error) => {
            release(cloud, &mine, Note::default()).await?;
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
            release(cloud, &mine, Note::default()).await?;
            health::refused(cloud, application, code).await?;
            return probe_again(cloud, &task, &gate).await;
        }
        Err(LwaError::Busy { retry_after, .. }) => {
            quiet(cloud, &mine, retry_after).await?;
            health::failed(cloud, application, &connection.id).await?;
            return probe_again(cloud, &task, &gate).await;
        }
        Err(LwaError::Unanswered(_)) => {
            quiet(cloud, &mine, None).await?;
            health::failed(cloud, application, &connection.id).await?;
            return probe_again(cloud, &task, &gate).await;
        }
    };
    let settled = settle(cloud, task, rows, &said).await;
    if settled.is_err() {
        // The next one need not wait for a lease that nobody uses; it may be gone already.
        drop(release(cloud, &mine, Note::default()).await);
    }
    health::answered(cloud, application).await?;
    if gate == Gate::Probe {
        // It works again: every token that waits is asked for now, and each has its turn.
        send_due(cloud, cloud.now(), deadline).await?;
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
    mine: &Held<Access>,
    asked: Option<SignedDuration>,
) -> Result<(), Failure> {
    let pause = asked.unwrap_or_default().clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
    let note = Note { not_before: Some(cloud.now() + pause), due: None };
    Ok(release(cloud, mine, note).await?)
}
