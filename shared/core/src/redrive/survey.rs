//! How the queues stand: what waits, what was given up and why.

use super::{Meaning, explain, queues};
use crate::message::Refusal;
use crate::park::Parked;
use crate::ports::{DeadLetters, Depth, QueueName, Table};
use crate::store::{Span, TableName, decode};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use serde::Serialize;

/// Parked messages of one queue that are listed at once.
pub const PARKED_LISTED: usize = 100;

/// A queue.
#[derive(Debug, Serialize)]
pub struct Standing {
    /// Its name.
    pub name: &'static str,
    /// What its messages ask for, in plain words.
    pub holds: &'static str,
    /// What it holds.
    #[serde(flatten)]
    pub depth: Depth,
    /// Its parked messages, the newest first.
    pub parked: Vec<ParkedView>,
    /// Whether there are more than are listed.
    pub more_parked: bool,
}

/// A parked message without its body.
#[derive(Debug, Serialize)]
pub struct ParkedView {
    /// Its id.
    pub message_id: String,
    /// Its reason, which begins with a stable code.
    pub reason: String,
    /// When it was set aside.
    pub parked_at: Timestamp,
    /// What the reason means and what to do.
    #[serde(flatten)]
    pub meaning: Meaning,
    /// Whether it can be sent again.
    pub retriable: bool,
}

/// All queues.
pub async fn survey(cloud: &(impl Table + DeadLetters)) -> Result<Vec<Standing>, Refusal> {
    try_join_all(queues().map(|queue| stand(cloud, queue))).await
}

async fn stand(cloud: &(impl Table + DeadLetters), queue: QueueName) -> Result<Standing, Refusal> {
    let depth = cloud.depth(queue).await?;
    let partition = Parked::partition_of(queue.as_str());
    // One more than is shown tells whether there are more.
    let rows = cloud.list(TableName::Parked, &partition, Span::first(PARKED_LISTED + 1)).await?;
    let more_parked = rows.len() > PARKED_LISTED;
    // One that cannot be read hides no other.
    let parked = rows.into_iter().take(PARKED_LISTED).filter_map(|row| decode::<Parked>(row).ok());
    let mut parked: Vec<_> = parked.map(|held| held.value).collect();
    parked.sort_by_key(|one| std::cmp::Reverse(one.parked_at));
    let parked = parked.into_iter().map(|one| view(queue, one)).collect();
    Ok(Standing { name: queue.as_str(), holds: holds(queue), depth, parked, more_parked })
}

fn view(queue: QueueName, parked: Parked) -> ParkedView {
    ParkedView {
        retriable: queue != QueueName::Secret && parked.is_whole(),
        meaning: explain(&parked.reason),
        message_id: parked.message_id,
        reason: parked.reason,
        parked_at: parked.parked_at,
    }
}

fn holds(queue: QueueName) -> &'static str {
    match queue {
        QueueName::Refresh => "Renew this connection's access token.",
        QueueName::Import => "Check this part of an import, or store it.",
        QueueName::Secret => "Amazon's messages about client secrets.",
        QueueName::Notifications => "Amazon's notifications: something changed, look sooner.",
        QueueName::Fetch(_) => "Move this stream on.",
    }
}
