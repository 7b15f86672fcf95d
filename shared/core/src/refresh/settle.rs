//! What Amazon's answer does to the connection: one write that insists on the lease and the grant.

use super::ask::{ASK_AGAIN, SECOND_LOOK_DELAY, postpone};
use super::hold::{RefreshLease, freed, release};
use crate::announce::{self, Announcement};
use crate::audit;
use crate::connection::{Connection, Status};
use crate::grant::about;
use crate::lwa::AccessGrant;
use crate::ports::{Bus, Clock, Entropy, Queue, Table, Vault};
use crate::secret::Digest;
use crate::store::{Held, Write, WriteError, load};
use crate::stream::open::{at_rest, known_domains, missing};
use crate::task::{Failure, Outcome, RefreshTask};
use crate::token::Access;
use jiff::SignedDuration;

/// Somebody else may write one of the rows (a consent that begins, the schedule's mark) this often.
const ATTEMPTS: u32 = 4;

/// A refresh token that Amazon replaced is nowhere but in our hands: it is tried harder.
const ATTEMPTS_TO_KEEP: u32 = 40;

/// Between two tries to keep it, where the tables or the key service did not answer.
const PAUSE_TO_KEEP: SignedDuration = SignedDuration::from_millis(250);

/// What Amazon said about the grant.
pub(super) enum Said {
    /// It works, and here is a fresh token.
    Fresh(AccessGrant),
    /// It is refused.
    Refused,
}

/// The rows as they are to be written, and what that means.
struct Change {
    connection: Held<Connection>,
    touched: bool,
    access: Option<Write>,
    /// Streams of domains that came with a later build than the grant.
    streams: Vec<Write>,
    event: Option<&'static str>,
    outcome: Outcome,
}

/// Stores what Amazon said, if the lease and the grant are still those it was asked under. A row that moved
/// for another reason is read again.
pub(super) async fn settle<C: Table + Vault + Queue + Bus + Clock + Entropy>(
    cloud: &C,
    task: RefreshTask,
    mine: &Held<RefreshLease>,
    said: &Said,
) -> Result<Outcome, Failure> {
    let replaced = matches!(said, Said::Fresh(AccessGrant { replaced: Some(_), .. }));
    let mut failed = None;
    for _ in 0..if replaced { ATTEMPTS_TO_KEEP } else { ATTEMPTS } {
        match once(cloud, &task, mine, said).await {
            Ok(Tried::Stored(outcome, event)) => return conclude(cloud, task, outcome, event).await,
            Ok(Tried::Moot(why)) => return Ok(Outcome::Dropped(why)),
            Ok(Tried::Outrun) => failed = None,
            // Whichever service it was: the token is gone if this gives up.
            Err(error) if replaced => {
                failed = Some(error);
                cloud.wait(PAUSE_TO_KEEP).await;
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    release(cloud, mine, None).await?;
    Ok(Outcome::Dropped("the rows kept changing; the schedule asks again"))
}

/// What one try came to.
enum Tried {
    /// It is written.
    Stored(Outcome, Option<Announcement>),
    /// It is not to be written any more.
    Moot(&'static str),
    /// A row moved meanwhile.
    Outrun,
}

async fn once<C: Table + Vault + Clock + Entropy>(
    cloud: &C,
    task: &RefreshTask,
    mine: &Held<RefreshLease>,
    said: &Said,
) -> Result<Tried, Failure> {
    let lease: Option<Held<RefreshLease>> = load(cloud, &RefreshLease::key_of(&mine.value.partition)).await?;
    let Some(lease) = lease.filter(|held| held.value.lease.fence == mine.value.lease.fence) else {
        return Ok(Tried::Moot("another worker took the lease over"));
    };
    let key = Connection::key_of(&task.tenant, &task.connection);
    let connection: Option<Held<Connection>> = load(cloud, &key).await?;
    let same_grant = |held: &Held<Connection>| {
        held.value.generation == task.generation
            && matches!(held.value.status, Status::Active | Status::Suspect)
    };
    let Some(connection) = connection.filter(same_grant) else {
        // What Amazon says of an old grant does not touch the new one.
        release(cloud, &lease, None).await?;
        return Ok(Tried::Moot("E_MSG_STALE_GEN"));
    };
    let change = match said {
        Said::Fresh(grant) => fresh(cloud, connection, grant).await?,
        Said::Refused => refused(cloud, connection).await?,
    };
    let (writes, event) = writes(cloud, &lease, &change)?;
    match cloud.write(&writes).await {
        Ok(()) => Ok(Tried::Stored(change.outcome, event)),
        Err(WriteError::Conflict) => Ok(Tried::Outrun),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// A fresh token, and the connection's return to health if it was in doubt.
async fn fresh<C: Table + Vault + Clock + Entropy>(
    cloud: &C,
    mut connection: Held<Connection>,
    grant: &AccessGrant,
) -> Result<Change, Failure> {
    let now = cloud.now();
    let recovered = connection.value.status == Status::Suspect;
    connection.value.set(Status::Active, now);
    if let Some(replaced) = &grant.replaced {
        let context = connection.value.refresh_context();
        connection.value.sealed_refresh = Some(cloud.seal(&context, replaced.expose()).await?);
        connection.value.token_digest = Some(Digest::of(replaced.expose()));
    }
    // A renewal comes by once a day at least: the occasion to count the days of the seller's consent.
    let reminder = connection.value.reminder(now).filter(|_| !recovered);
    connection.value.reminded_day = reminder.unwrap_or(connection.value.reminded_day);
    let domains = known_domains(&connection.value);
    let renamed = connection.value.domains != domains;
    let mut streams = Vec::new();
    if renamed {
        streams = missing(cloud, &connection.value).await?;
        connection.value.domains = domains;
    }
    // Where little changes a token would be renewed twice for each run that needs it.
    let rest = at_rest(cloud, &connection.value).await?;
    let access = Access::issue(cloud, &connection.value, Some(grant), 1, rest).await?;
    let reminded = reminder.map(|_| "connection.reauthorization_due");
    Ok(Change {
        touched: recovered || grant.replaced.is_some() || reminder.is_some() || renamed,
        connection,
        access: Some(access),
        streams,
        event: recovered.then_some("connection.recovered").or(reminded),
        outcome: Outcome::Done(if recovered {
            "renewed, and the connection has recovered"
        } else {
            "renewed"
        }),
    })
}

/// Once refused makes it suspect, twice asks the seller (R6).
async fn refused<C: Table + Clock>(cloud: &C, mut connection: Held<Connection>) -> Result<Change, Failure> {
    let now = cloud.now();
    let second = connection.value.status == Status::Suspect;
    connection.value.set(if second { Status::NeedsReconnect } else { Status::Suspect }, now);
    let found: Option<Held<Access>> =
        load(cloud, &Access::key_of(&connection.value.tenant, &connection.value.id)).await?;
    let access = found.map(|mut held| {
        // Calls stop at once. Should the message for the second look be lost, the schedule takes it.
        held.value.sealed = None;
        held.value.refresh_at = (!second).then(|| now + ASK_AGAIN);
        Write::replace(&held)
    });
    let (event, outcome) = match second {
        true => ("connection.needs_reconnect", Outcome::Done("the seller has to reconnect")),
        false => ("connection.suspect", Outcome::Postponed("refused once; a second look follows")),
    };
    Ok(Change {
        connection,
        touched: true,
        access: access.transpose()?,
        streams: Vec::new(),
        event: Some(event),
        outcome,
    })
}

fn writes(
    cloud: &(impl Clock + Entropy),
    lease: &Held<RefreshLease>,
    change: &Change,
) -> Result<(Vec<Write>, Option<Announcement>), Failure> {
    let connection = &change.connection;
    let mut writes = vec![freed(lease, None)?];
    writes.push(if change.touched { Write::replace(connection)? } else { Write::unchanged(connection) });
    writes.extend(change.access.clone());
    writes.extend(change.streams.iter().cloned());
    let Some(name) = change.event else { return Ok((writes, None)) };
    let Connection { tenant, id, .. } = &connection.value;
    writes.push(Write::insert(&audit::entry(cloud, tenant, None, name, id.as_str())?)?);
    let mut event = about(name, &connection.value);
    if let Some(until) = connection.value.renew_until().filter(|_| name == "connection.reauthorization_due") {
        event.detail["until"] = serde_json::json!(until);
    }
    let event = announce::prepare(cloud, event)?;
    writes.push(Write::insert(&event)?);
    Ok((writes, Some(event)))
}

async fn conclude<C: Table + Queue + Bus>(
    cloud: &C,
    task: RefreshTask,
    outcome: Outcome,
    event: Option<Announcement>,
) -> Result<Outcome, Failure> {
    if let Some(event) = event {
        // Should the bus fail, the agenda's turn publishes it a minute later.
        drop(announce::publish(cloud, event).await);
    }
    match outcome {
        Outcome::Postponed(why) => {
            postpone(cloud, &RefreshTask { saw: None, ..task }, SECOND_LOOK_DELAY, why).await
        }
        outcome => Ok(outcome),
    }
}
