//! A parked message goes back into its queue.

use super::offered;
use crate::audit;
use crate::message::Refusal;
use crate::park::Parked;
use crate::ports::{Clock, Entropy, Outgoing, Queue, QueueName, Table};
use crate::session::Identity;
use crate::store::{Write, WriteError, load};
use jiff::SignedDuration;

/// Sends a parked message to its queue again and removes its row, in this order; whether it was still parked.
/// If it still cannot be read, it is parked anew under the id of its new delivery.
pub async fn retry<C>(cloud: &C, by: &Identity, queue: QueueName, message_id: &str) -> Result<bool, Refusal>
where
    C: Table + Queue + Clock + Entropy,
{
    let name = offered(by, queue)?;
    if !is_message_id(message_id) {
        return Err(Refusal::NotFound);
    }
    let Some(held) = load::<Parked>(cloud, &Parked::key_of(name, message_id)).await? else {
        return Ok(false);
    };
    if !held.value.is_whole() {
        return Err(Refusal::ParkedInPart);
    }
    let again = Outgoing { body: held.value.body.clone(), delay: SignedDuration::ZERO };
    cloud.send(queue, &[again]).await?;
    let subject = format!("{name} {message_id}");
    let entry = audit::entry(cloud, &by.tenant, Some(&by.user), "message.retried", &subject)?;
    match cloud.write(&[Write::delete(&held), Write::insert(&entry)?]).await {
        // Somebody else pressed the button too: the queue has it twice, and the second is dropped.
        Ok(()) | Err(WriteError::Conflict) => Ok(true),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// Longest message id (docs.aws.amazon.com/AWSSimpleQueueService, "Queue and message identifiers").
const MESSAGE_ID_MAX: usize = 100;

fn is_message_id(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain && (1..=MESSAGE_ID_MAX).contains(&text.len())
}
