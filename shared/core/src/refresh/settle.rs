//! What Amazon's answer does to the connection: one write that insists on the lease and the grant. Nearly always it is
//! one row, the token's; where the connection changes too, both.

use super::ask::{ASK_AGAIN, SECOND_LOOK_DELAY, postpone};
use super::hold::{Note, release};
use crate::announce::{self, Announcement};
use crate::audit;
use crate::connection::{Connection, Status};
use crate::grant::about;
use crate::lease::Lease;
use crate::lwa::AccessGrant;
use crate::ports::{Bus, Clock, Entropy, Queue, Table, Vault};
use crate::secret::Digest;
use crate::store::{Held, Write, WriteError, load};
use crate::stream::open::{at_rest, known_domains, missing};
use crate::task::{Failure, Outcome, RefreshTask};
use crate::token::Access;
use jiff::SignedDuration;

/// Somebody else may write the connection's row (a consent that begins, a setting) this often.
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

/// The two rows that Amazon was asked with.
pub(super) struct Rows {
    pub(super) access: Held<Access>,
    pub(super) connection: Held<Connection>,
    /// The lease as it was taken.
    lease: Lease,
    /// A write failed: they may be others now.
    doubtful: bool,
}

impl Rows {
    /// Under a lease that was just taken.
    pub(super) fn read(access: Held<Access>, connection: Held<Connection>) -> Self {
        let lease = access.value.lease.clone();
        Self { access, connection, lease, doubtful: false }
    }

    /// Reads both again; or why the answer is not to be written any more. The token's row first, as always.
    async fn again(
        &mut self,
        table: &impl Table,
        task: &RefreshTask,
    ) -> Result<Option<&'static str>, Failure> {
        let key = Access::key_of(&task.tenant, &task.connection);
        let access: Option<Held<Access>> = load(table, &key).await?;
        let Some(access) = access.filter(|held| held.value.lease == self.lease) else {
            return Ok(Some("another worker took the lease over"));
        };
        let key = Connection::key_of(&task.tenant, &task.connection);
        let connection: Option<Held<Connection>> = load(table, &key).await?;
        let same_grant = |held: &Held<Connection>| {
            held.value.generation == task.generation
                && matches!(held.value.status, Status::Active | Status::Suspect)
        };
        let Some(connection) = connection.filter(same_grant) else {
            // What Amazon says of an old grant does not touch the new one.
            release(table, &access, Note::default()).await?;
            return Ok(Some("E_MSG_STALE_GEN"));
        };
        (self.access, self.connection) = (access, connection);
        Ok(None)
    }
}

/// The rows as they are to be written, and what that means.
struct Change {
    access: Access,
    connection: Connection,
    /// Whether the connection's row changes.
    touched: bool,
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
    mut rows: Rows,
    said: &Said,
) -> Result<Outcome, Failure> {
    let replaced = matches!(said, Said::Fresh(AccessGrant { replaced: Some(_), .. }));
    let mut failed = None;
    for _ in 0..if replaced { ATTEMPTS_TO_KEEP } else { ATTEMPTS } {
        match once(cloud, &task, &mut rows, said).await {
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
    release(cloud, &rows.access, Note::default()).await?;
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
    rows: &mut Rows,
    said: &Said,
) -> Result<Tried, Failure> {
    if rows.doubtful
        && let Some(why) = rows.again(cloud, task).await?
    {
        return Ok(Tried::Moot(why));
    }
    rows.doubtful = true;
    let mut change = match said {
        Said::Fresh(grant) => fresh(cloud, rows, grant).await?,
        Said::Refused => refused(cloud, rows),
    };
    change.access.lease = rows.lease.released();
    let (writes, event) = writes(cloud, rows, &change)?;
    match cloud.write(&writes).await {
        Ok(()) => Ok(Tried::Stored(change.outcome, event)),
        Err(WriteError::Conflict) => Ok(Tried::Outrun),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// A fresh token, and the connection's return to health if it was in doubt.
async fn fresh<C: Table + Vault + Clock + Entropy>(
    cloud: &C,
    rows: &Rows,
    grant: &AccessGrant,
) -> Result<Change, Failure> {
    let now = cloud.now();
    let mut connection = rows.connection.value.clone();
    let recovered = connection.status == Status::Suspect;
    connection.set(Status::Active, now);
    if let Some(replaced) = &grant.replaced {
        let context = connection.refresh_context();
        connection.sealed_refresh = Some(cloud.seal(&context, replaced.expose()).await?);
        connection.token_digest = Some(Digest::of(replaced.expose()));
    }
    // A renewal comes by once a day at least: the occasion to count the days of the seller's consent.
    let reminder = connection.reminder(now).filter(|_| !recovered);
    connection.reminded_day = reminder.unwrap_or(connection.reminded_day);
    let domains = known_domains(&connection);
    let renamed = connection.domains != domains;
    let mut streams = Vec::new();
    if renamed {
        streams = missing(cloud, &connection).await?;
        connection.domains = domains;
    }
    // Where little changes a token would be renewed twice for each run that needs it.
    let rest = at_rest(cloud, &connection).await?;
    let mut access = rows.access.value.next(cloud, &connection, Some(grant), &rest).await?;
    access.refreshes += 1;
    let reminded = reminder.map(|_| "connection.reauthorization_due");
    Ok(Change {
        touched: recovered || grant.replaced.is_some() || reminder.is_some() || renamed,
        connection,
        access,
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
fn refused(clock: &impl Clock, rows: &Rows) -> Change {
    let now = clock.now();
    let (mut access, mut connection) = (rows.access.value.clone(), rows.connection.value.clone());
    let second = connection.status == Status::Suspect;
    connection.set(if second { Status::NeedsReconnect } else { Status::Suspect }, now);
    // Calls stop at once. Should the message for the second look be lost, the schedule takes it.
    access.sealed = None;
    access.refresh_at = (!second).then(|| now + ASK_AGAIN);
    let (event, outcome) = match second {
        true => ("connection.needs_reconnect", Outcome::Done("the seller has to reconnect")),
        false => ("connection.suspect", Outcome::Postponed("refused once; a second look follows")),
    };
    Change { access, connection, touched: true, streams: Vec::new(), event: Some(event), outcome }
}

fn writes(
    cloud: &(impl Clock + Entropy),
    rows: &Rows,
    change: &Change,
) -> Result<(Vec<Write>, Option<Announcement>), Failure> {
    let connection = &change.connection;
    let mut writes = vec![Write::upsert(&change.access, Some(rows.access.revision))?];
    if change.touched {
        writes.push(Write::upsert(connection, Some(rows.connection.revision))?);
    }
    writes.extend(change.streams.iter().cloned());
    let Some(name) = change.event else { return Ok((writes, None)) };
    let Connection { tenant, id, .. } = connection;
    writes.push(Write::insert(&audit::entry(cloud, tenant, None, name, id.as_str())?)?);
    let mut event = about(name, connection);
    if let Some(until) = connection.renew_until().filter(|_| name == "connection.reauthorization_due") {
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
