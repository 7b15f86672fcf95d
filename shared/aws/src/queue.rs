//! Queues on SQS.

use crate::clients::{Aws, unavailable};
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use sellerport_core::ports::{Outgoing, Queue, QueueName, Unavailable};

/// Messages in one batch (SQS maximum).
const BATCH: usize = 10;

/// A batch's refused entries are sent again this often.
const ATTEMPTS: u32 = 3;

impl Aws {
    /// A queue's address.
    pub(crate) fn queue_url(&self, queue: QueueName) -> Result<String, Unavailable> {
        self.variable(&variable(queue), "the queue")
    }
}

/// The variable with a queue's address: `QUEUE_<NAME>` of our own, and `QUEUE_<name>` of a domain's, because
/// the template can put the domain's name into the variable's, but cannot write it in capitals.
pub(crate) fn variable(queue: QueueName) -> String {
    match queue {
        QueueName::Fetch(domain) => format!("QUEUE_{domain}"),
        QueueName::Refresh | QueueName::Import | QueueName::Secret => {
            format!("QUEUE_{}", queue.as_str().to_uppercase())
        }
    }
}

impl Queue for Aws {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        let url = self.queue_url(queue)?;
        for batch in messages.chunks(BATCH) {
            let mut left: Vec<_> = batch.iter().enumerate().map(|(n, message)| entry(n, message)).collect();
            for _ in 0..ATTEMPTS {
                let entries = left.iter().cloned().collect::<Result<Vec<_>, _>>()?;
                let request = self.sqs().send_message_batch().queue_url(&url).set_entries(Some(entries));
                let answer = request.send().await.map_err(unavailable("the queue"))?;
                // Only what was refused goes again.
                let refused: Vec<_> = answer.failed().iter().map(|entry| entry.id().to_owned()).collect();
                left.retain(|entry| {
                    entry.as_ref().is_ok_and(|entry| refused.iter().any(|id| id == entry.id()))
                });
                if left.is_empty() {
                    break;
                }
            }
            if !left.is_empty() {
                return Err(Unavailable {
                    what: "the queue",
                    cause: "entries of a batch were refused".into(),
                });
            }
        }
        Ok(())
    }
}

fn entry(n: usize, message: &Outgoing) -> Result<SendMessageBatchRequestEntry, Refused> {
    SendMessageBatchRequestEntry::builder()
        .id(n.to_string())
        .message_body(&message.body)
        .delay_seconds(i32::try_from(message.delay.as_secs()).unwrap_or_default())
        .build()
        .map_err(|_| Refused)
}

/// An entry that the SDK would not build.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a message lacks a part")]
struct Refused;

impl From<Refused> for Unavailable {
    fn from(refused: Refused) -> Self {
        Self { what: "the queue", cause: Box::new(refused) }
    }
}
