//! Queues on SQS.

use crate::clients::{Aws, unavailable};
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use jiff::SignedDuration;
use sellerport_core::ports::{Outgoing, Queue, QueueName, Unavailable};

/// Messages in one batch (SQS maximum).
const BATCH: usize = 10;

/// A batch's refused entries are sent again this often.
const ATTEMPTS: u32 = 3;

impl Aws {
    /// A queue's address, from the variable `QUEUE_<NAME>`. Those of the domains have one together, `QUEUE_FETCH`, how
    /// all of them begin: a function has 4 KB of variables
    /// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), and two addresses for each of two dozen
    /// domains are more.
    pub(crate) fn queue_url(&self, queue: QueueName) -> Result<String, Unavailable> {
        match queue {
            QueueName::Fetch(domain) => Ok(self.variable("QUEUE_FETCH", WHAT)? + domain),
            QueueName::Refresh | QueueName::Import | QueueName::Secret | QueueName::Notifications => {
                self.variable(&format!("QUEUE_{}", queue.as_str().to_uppercase()), WHAT)
            }
        }
    }
}

const WHAT: &str = "the queue";

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

/// A delay as SQS takes it, in whole seconds: never shorter, since the rest would be waited for in a function.
pub fn delay_seconds(delay: SignedDuration) -> i32 {
    let begun = i64::from(delay.subsec_nanos() > 0);
    i32::try_from(delay.as_secs() + begun).unwrap_or_default()
}

fn entry(n: usize, message: &Outgoing) -> Result<SendMessageBatchRequestEntry, Refused> {
    SendMessageBatchRequestEntry::builder()
        .id(n.to_string())
        .message_body(&message.body)
        .delay_seconds(delay_seconds(message.delay))
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

#[cfg(test)]
mod tests {
    use super::*;
    use sellerport_core::ports::MAX_DELAY;

    #[test]
    fn a_message_never_appears_before_its_time_and_no_delay_is_more_than_sqs_takes() {
        let seconds = |ms| delay_seconds(SignedDuration::from_millis(ms));
        assert_eq!([0, 1, 999, 1000, 1001, 178_571].map(seconds), [0, 1, 1, 1, 2, 179]);
        assert_eq!(delay_seconds(MAX_DELAY), 900);
    }
}
