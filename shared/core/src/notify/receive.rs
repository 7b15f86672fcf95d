//! One message of Amazon's, or of whoever pretends to be (T28).
//!
//! Amazon lets any developer name any queue, so strangers' notifications may come here by Amazon's own hand: only a
//! subscription of ours counts. No note is kept of a message's id: to hear the same thing again changes nothing.

use super::kinds::{Kind, Wakes, by_name};
use super::read::{Notification, read};
use super::rows::{Subscribed, Subscriptions};
use crate::domains::{self, Domain};
use crate::park::park;
use crate::ports::{Clock, QueueName, Table};
use crate::secret::Digest;
use crate::store::{Held, Write, WriteError, load};
use crate::stream::{ACCOUNT, Stream};
use crate::task::{BadMessage, Failure, Outcome};
use jiff::{SignedDuration, Timestamp};

/// Bytes of a message at most: what SQS took at most until 2025; Amazon's own have a few thousand.
pub const BODY_MAX: usize = 256 * 1024;

/// How precisely the page says when one was last heard: a write each time would cost as much as the hint itself.
const REMEMBERED_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Somebody else may write a stream's row this often in a row.
const ATTEMPTS: u32 = 4;

/// Works one message off.
pub async fn receive(cloud: &(impl Table + Clock), message_id: &str, body: &str) -> Result<Outcome, Failure> {
    let now = cloud.now();
    let size = if body.len() > BODY_MAX { Err(BadMessage::Field("size".to_owned())) } else { Ok(body) };
    let heard = match size.and_then(|body| read(body, now)) {
        Ok(heard) => heard,
        Err(bad) => return set_aside(cloud, message_id, bad).await,
    };
    let Some(kind) = by_name(&heard.kind) else { return Ok(Outcome::Dropped("E_MSG_TYPE")) };
    let found: Option<Held<Subscribed>> = load(cloud, &Subscribed::key_of(&heard.subscription)).await?;
    let ours = |held: &Held<Subscribed>| {
        held.value.application == heard.application && held.value.kind == heard.kind
    };
    let Some(of) = found.filter(ours).map(|held| held.value) else {
        // One row for each stranger, however much he sends.
        let stranger = Digest::of(&heard.subscription);
        return set_aside(cloud, stranger.as_str(), BadMessage::Source).await;
    };
    let mut moved = false;
    for domain in kind.domains.iter().filter_map(|name| domains::by_name(name)) {
        moved |= wake(cloud, &of, kind, domain, &heard).await?;
    }
    if moved {
        // For the page only: should it fail, the next one is as good.
        drop(remember(cloud, &of, now).await);
    }
    Ok(match (moved, heard.ahead) {
        (true, false) => Outcome::Done("a stream is due sooner"),
        (true, true) => Outcome::Done("a stream is due sooner; the time of the event lies ahead"),
        (false, false) => Outcome::Dropped("nothing is due sooner by it"),
        (false, true) => Outcome::Dropped("nothing is due sooner by it; the time of the event lies ahead"),
    })
}

/// Makes a stream due; whether that changed anything.
async fn wake(
    cloud: &(impl Table + Clock),
    of: &Subscribed,
    kind: &Kind,
    domain: &Domain,
    heard: &Notification,
) -> Result<bool, Failure> {
    let key = Stream::key_of(&of.tenant, &of.connection, domain.name, ACCOUNT);
    for _ in 0..ATTEMPTS {
        let Some(mut held) = load::<Stream>(cloud, &key).await? else { return Ok(false) };
        let now = cloud.now();
        let moved = match kind.wakes {
            Wakes::Changed => {
                let name = heard.name.as_deref();
                let named = name.and_then(|name| held.value.named(domain, name, heard.at, now));
                named.unwrap_or_else(|| held.value.changed(domain, heard.at, now))
            }
            Wakes::Waiting => held.value.ready(now),
        };
        if !moved {
            return Ok(false);
        }
        match cloud.write(&[Write::replace(&held)?]).await {
            Ok(()) => return Ok(true),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Err(Failure::Lost)
}

/// Writes down when a subscription last did something, once an hour at most.
async fn remember(table: &impl Table, of: &Subscribed, now: Timestamp) -> Result<(), WriteError> {
    let key = Subscriptions::key_of(&of.tenant, &of.connection);
    let Some(mut held) = load::<Subscriptions>(table, &key).await? else { return Ok(()) };
    let Some(one) = held.value.held.iter_mut().find(|one| one.id == of.id) else { return Ok(()) };
    if one.heard_at.is_some_and(|at| now < at + REMEMBERED_EVERY) {
        return Ok(());
    }
    one.heard_at = Some(now);
    table.write(&[Write::replace(&held)?]).await
}

/// Keeps the reason, and not the message: it may be about somebody else's buyers.
async fn set_aside(cloud: &(impl Table + Clock), id: &str, bad: BadMessage) -> Result<Outcome, Failure> {
    park(cloud, QueueName::Notifications.as_str(), id, "", &bad).await?;
    Ok(Outcome::Parked(bad))
}
