//! What is looked at every few minutes: connections whose subscriptions are to be made, looked at again or removed.
//!
//! Amazon is asked first and our row is written then. Whoever dies in between leaves a subscription that nobody
//! knows; the next look finds it, because each is looked for before it is made.

use super::ask::{Asker, Stuck};
use super::destination::destination;
use super::kinds::wanted;
use super::leave::{forget, remove};
use super::rows::{Held as One, SHARD, Subscribed, Subscriptions};
use super::subscribe::subscribe;
use crate::application::Application;
use crate::connection::{Connection, Status};
use crate::gate::place_of;
use crate::ports::{Clock, Meter, Queue, SellingPartner, Table, Vault};
use crate::store::{Held, TableName, Write, WriteError, decode, load};
use crate::task::Failure;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

/// Subscriptions are looked at again this often, and up to a day later, so that those of an import spread.
pub const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What did not come to an end is tried again after this long, doubled each time up to a day.
pub const RETRY: SignedDuration = SignedDuration::from_mins(4);

/// The longest pause.
const RETRY_MAX: SignedDuration = SignedDuration::from_hours(24);

/// Somebody else may write the row this often in a row.
const ATTEMPTS: u32 = 4;

/// Connections looked at in one run.
pub const TENDED_MAX: usize = 200;

/// Connections looked at at the same time. Each makes its calls one after the other.
pub const AT_ONCE: usize = 10;

/// A connection's calls take about this long; none is begun with less time left.
const TIME: SignedDuration = SignedDuration::from_secs(30);

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tended {
    /// Connections that were looked at.
    pub connections: usize,
    /// Of these, those that could not be ended and are tried again.
    pub later: usize,
    /// Of these, those at which our own services failed.
    pub failed: usize,
    /// Rows that could not be read.
    pub unreadable: usize,
}

/// Looks at the connections that are due. `queue` is the queue that Amazon sends to, as an ARN; nothing where
/// notifications are switched off, and subscriptions are then removed.
pub async fn tend<C, A>(
    cloud: &C,
    amazon: &A,
    queue: Option<&str>,
    deadline: Timestamp,
) -> Result<Tended, Failure>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let rows = cloud.due(TableName::Streams, SHARD, cloud.now(), TENDED_MAX).await?;
    let found = rows.len();
    let due: Vec<Held<Subscriptions>> = rows.into_iter().filter_map(|row| decode(row).ok()).collect();
    let mut done = Tended { unreadable: found - due.len(), ..Tended::default() };
    let mut due = due.into_iter();
    loop {
        let together: Vec<_> = due.by_ref().take(AT_ONCE).collect();
        if together.is_empty() || cloud.now() + TIME > deadline {
            return Ok(done);
        }
        done.connections += together.len();
        for looked in join_all(together.into_iter().map(|held| look(cloud, amazon, queue, held))).await {
            match looked {
                Ok(ended) => done.later += usize::from(!ended),
                // It is still due: the next run tries again. The others are not held up by it.
                Err(_) => done.failed += 1,
            }
        }
    }
}

/// Looks at one connection; whether that came to an end.
async fn look<C, A>(
    cloud: &C,
    amazon: &A,
    queue: Option<&str>,
    mut held: Held<Subscriptions>,
) -> Result<bool, Failure>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let row = &held.value;
    let key = Connection::key_of(&row.tenant, &row.connection);
    let connection = load::<Connection>(cloud, &key).await?.map(|held| held.value);
    let application = match &connection {
        Some(connection) => Application::find(cloud, &connection.application).await?,
        None => None,
    };
    let (Some(connection), Some(application)) = (connection, application) else {
        // Nobody is left who could ask Amazon.
        return clear(cloud, held).await;
    };
    let asker = Asker { cloud, amazon, connection: &connection };
    let before = held.value.held.clone();
    let ended = match (connection.status, queue) {
        (Status::Disconnected, _) | (_, None) => leave(&asker, &mut held.value).await,
        (Status::Active, Some(queue)) => make(&asker, queue, &mut held.value).await,
        // There is no token to ask with; a new grant has it looked at at once.
        (Status::Pending | Status::Suspect | Status::NeedsReconnect, Some(_)) => Ok(()),
    };
    let ended = match ended {
        Ok(()) => true,
        Err(Stuck::NoToken) => {
            // Nothing has failed yet.
            held.value.due_at = cloud.now() + RETRY;
            return keep(cloud, held, &before, &application).await.map(|()| false);
        }
        Err(Stuck::Later) => false,
        Err(Stuck::Failed(failure)) => return Err(failure),
    };
    if ended && connection.status == Status::Disconnected {
        held.value.held = before;
        return clear(cloud, held).await;
    }
    held.value.next(cloud.now(), ended);
    keep(cloud, held, &before, &application).await.map(|()| ended)
}

/// Writes down what was reached. Where a disconnect or a new grant came between, the row stays due at once as they
/// left it; what Amazon has is written all the same, or nobody would ever remove it.
async fn keep(
    cloud: &impl Table,
    mut held: Held<Subscriptions>,
    before: &[One],
    application: &Application,
) -> Result<(), Failure> {
    for _ in 0..ATTEMPTS {
        let row = &held.value;
        let mut writes = vec![Write::replace(&held)?];
        for one in before.iter().filter(|one| row.held.iter().all(|held| held.id != one.id)) {
            writes.extend(forget(cloud, one).await?);
        }
        for one in &row.held {
            writes.extend(Subscribed::of(one, row, application).keep(cloud).await?);
        }
        match cloud.write(&writes).await {
            Ok(()) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
        let found: Option<Held<Subscriptions>> =
            load(cloud, &Subscriptions::key_of(&row.tenant, &row.connection)).await?;
        // Another run cleared it: it had ended.
        let Some(mut theirs) = found else { return Ok(()) };
        theirs.value.held.clone_from(&row.held);
        theirs.value.refused.clone_from(&row.refused);
        held = theirs;
    }
    Err(Failure::Lost)
}

/// Every wanted type has its subscription, or the reason why not.
async fn make<C, A>(asker: &Asker<'_, C, A>, queue: &str, row: &mut Subscriptions) -> Result<(), Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let mut kinds = wanted(asker.connection.kind).peekable();
    if kinds.peek().is_none() {
        return Ok(());
    }
    let Some(destination) = destination(asker, queue).await? else { return Err(Stuck::Later) };
    for kind in kinds {
        let said = subscribe(asker, kind, &destination).await?;
        let heard_at = row.held.iter().find(|held| held.kind == kind.name).and_then(|held| held.heard_at);
        row.held.retain(|held| held.kind != kind.name);
        row.refused.retain(|refused| refused.kind != kind.name);
        match said {
            Ok(id) => row.held.push(One { kind: kind.name.to_owned(), id, heard_at }),
            Err(refused) => row.refused.push(refused),
        }
    }
    Ok(())
}

/// Every subscription is removed.
async fn leave<C, A>(asker: &Asker<'_, C, A>, row: &mut Subscriptions) -> Result<(), Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    row.refused.clear();
    while let Some(one) = row.held.last() {
        remove(asker, one).await?;
        row.held.pop();
    }
    Ok(())
}

/// Forgets the row and where its subscriptions led.
async fn clear(cloud: &impl Table, held: Held<Subscriptions>) -> Result<bool, Failure> {
    let mut writes = vec![Write::delete(&held)];
    for one in &held.value.held {
        writes.extend(forget(cloud, one).await?);
    }
    match cloud.write(&writes).await {
        Ok(()) => Ok(true),
        // A new grant came between: it is still due, and looked at anew.
        Err(WriteError::Conflict) => Ok(false),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

impl Subscriptions {
    /// When it is looked at next.
    fn next(&mut self, now: Timestamp, ended: bool) {
        if ended {
            (self.looked_at, self.failures) = (Some(now), 0);
            let later = SignedDuration::from_secs_f64(place_of(&self.connection) * 24.0 * 3600.0);
            self.due_at = now + LOOK_EVERY + later;
        } else {
            let pause = RETRY * 2_i32.saturating_pow(self.failures.min(16));
            self.failures = self.failures.saturating_add(1);
            self.due_at = now + pause.min(RETRY_MAX);
        }
    }
}
