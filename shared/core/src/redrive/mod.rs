//! The way back for messages that were given up: dead letters, which failed five times, and parked ones, which
//! cannot be read. Both are safe to repeat, because every task may be delivered twice (R10) and says nothing
//! but which row to look at: an old one is dropped, and a window is computed anew from its stream's cursor.
//!
//! SQS can move dead letters by itself (`StartMessageMoveTask`), but the emulator cannot, and what was never
//! tried is not offered. So a body passes through here, unread.

mod explain;
mod retry;
mod survey;
mod watch;

pub use explain::{Meaning, explain};
pub use retry::retry;
pub use survey::{PARKED_LISTED, ParkedView, Standing, survey};
pub use watch::{COUNTED_EVERY, watch};

use crate::audit;
use crate::domains::DOMAINS;
use crate::message::Refusal;
use crate::ports::{Clock, DeadLetter, DeadLetters, Entropy, Outgoing, Queue, QueueName, Table, Unavailable};
use crate::session::{Identity, Role};
use futures_util::future::join_all;
use jiff::SignedDuration;
use serde::Serialize;

/// Dead letters that one redrive moves at most: ten receptions of ten, far within [`REDRIVE_TIME`].
pub const REDRIVE_MAX: usize = 100;

/// No further reception is begun after this long: the console has 15 seconds, and an effect may take some.
pub const REDRIVE_TIME: SignedDuration = SignedDuration::from_secs(6);

/// What a redrive did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Redriven {
    /// Dead letters sent to their queue again.
    pub moved: usize,
    /// Whether it ended at its limit, so that more may be left: redrive again.
    pub more: bool,
}

/// All queues, those of the domains last.
pub fn queues() -> impl Iterator<Item = QueueName> {
    let fetch = DOMAINS.into_iter().map(|domain| QueueName::Fetch(domain.name));
    [QueueName::Refresh, QueueName::Import, QueueName::Secret, QueueName::Notifications]
        .into_iter()
        .chain(fetch)
}

/// The queue of this name.
pub fn by_name(name: &str) -> Option<QueueName> {
    queues().find(|queue| queue.as_str() == name)
}

/// Sends a queue's dead letters to it again, each before it is deleted: whoever is stopped in between leaves one
/// in both places, and the next redrive sends it twice, which harms nobody.
pub async fn redrive<C>(cloud: &C, by: &Identity, queue: QueueName) -> Result<Redriven, Refusal>
where
    C: Table + Queue + DeadLetters + Clock + Entropy,
{
    let name = offered(by, queue)?;
    audit::note(cloud, &by.tenant, Some(&by.user), "queue.redriven", name).await?;
    let until = cloud.now() + REDRIVE_TIME;
    let mut moved = 0;
    while moved < REDRIVE_MAX && cloud.now() < until {
        let letters = cloud.receive(queue).await?;
        if letters.is_empty() {
            return Ok(Redriven { moved, more: false });
        }
        // One by one: together, ten large ones could be more than a batch may hold, and no redrive would end.
        let sent = join_all(letters.iter().map(|letter| put_back(cloud, queue, letter))).await;
        moved += letters.len();
        sent.into_iter().collect::<Result<(), _>>()?;
    }
    Ok(Redriven { moved, more: true })
}

async fn put_back<C: Queue + DeadLetters>(
    cloud: &C,
    queue: QueueName,
    letter: &DeadLetter,
) -> Result<(), Unavailable> {
    let again = Outgoing { body: letter.body.clone(), delay: SignedDuration::ZERO };
    cloud.send(queue, &[again]).await?;
    cloud.delete(queue, letter).await
}

/// Only an operator, and never the messages about client secrets: they are kept nowhere but in their queue.
fn offered(by: &Identity, queue: QueueName) -> Result<&'static str, Refusal> {
    match (by.role, queue) {
        (Role::Viewer, _) => Err(Refusal::Role),
        (Role::Operator, QueueName::Secret) => Err(Refusal::SecretQueue),
        (Role::Operator, queue) => Ok(queue.as_str()),
    }
}
