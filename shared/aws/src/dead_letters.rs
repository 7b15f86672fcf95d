//! Dead-letter queues on SQS.

use crate::clients::{Aws, unavailable};
use aws_sdk_sqs::types::QueueAttributeName::{
    self, ApproximateNumberOfMessages as Waiting, ApproximateNumberOfMessagesDelayed as Delayed,
    ApproximateNumberOfMessagesNotVisible as InFlight,
};
use sellerport_core::ports::{DeadLetter, DeadLetters, Depth, QueueName, Unavailable};
use std::collections::HashMap;

/// Messages in one reception (SQS maximum).
const RECEPTION: i32 = 10;

/// Seconds a reception waits for a message. With any wait SQS asks all of its servers, so that "none" means none
/// (docs.aws.amazon.com/AWSSimpleQueueService, "Short and long polling").
const WAIT_SECONDS: i32 = 1;

/// Seconds a received dead letter is hidden: twice what the console has to send and delete it.
const HIDDEN_SECONDS: i32 = 30;

const WHAT: &str = "the dead-letter queue";

impl DeadLetters for Aws {
    async fn depth(&self, queue: QueueName) -> Result<Depth, Unavailable> {
        let own = self.counts(&self.queue_url(queue)?).await?;
        Ok(Depth { dead: self.given_up(queue).await?, ..own })
    }

    async fn given_up(&self, queue: QueueName) -> Result<Option<u64>, Unavailable> {
        let Some(url) = self.dead_url(queue)? else { return Ok(None) };
        let counts = self.counts(&url).await?;
        // Hidden ones are counted too: they are still there.
        Ok(Some(counts.waiting + counts.in_flight))
    }

    async fn receive(&self, queue: QueueName) -> Result<Vec<DeadLetter>, Unavailable> {
        let Some(url) = self.dead_url(queue)? else { return Ok(Vec::new()) };
        let request = self.sqs().receive_message().queue_url(url).max_number_of_messages(RECEPTION);
        let request = request.wait_time_seconds(WAIT_SECONDS).visibility_timeout(HIDDEN_SECONDS);
        let answer = request.send().await.map_err(unavailable(WHAT))?;
        let letters = answer.messages.unwrap_or_default().into_iter();
        // SQS gives every message both; without a receipt it could not be deleted, and would be sent for ever.
        Ok(letters
            .filter_map(|one| Some(DeadLetter { body: one.body?, receipt: one.receipt_handle? }))
            .collect())
    }

    async fn delete(&self, queue: QueueName, letter: &DeadLetter) -> Result<(), Unavailable> {
        let Some(url) = self.dead_url(queue)? else { return Ok(()) };
        let request = self.sqs().delete_message().queue_url(url).receipt_handle(&letter.receipt);
        request.send().await.map(drop).map_err(unavailable(WHAT))
    }
}

impl Aws {
    /// The address of a queue's dead-letter queue: the variable `QUEUE_<NAME>_DEAD`, and a domain's queue's with
    /// `-dead` behind it. Messages about client secrets have none.
    fn dead_url(&self, queue: QueueName) -> Result<Option<String>, Unavailable> {
        match queue {
            QueueName::Secret => Ok(None),
            QueueName::Fetch(_) => Ok(Some(self.queue_url(queue)? + "-dead")),
            QueueName::Refresh | QueueName::Import | QueueName::Notifications => {
                self.variable(&format!("QUEUE_{}_DEAD", queue.as_str().to_uppercase()), WHAT).map(Some)
            }
        }
    }

    async fn counts(&self, url: &str) -> Result<Depth, Unavailable> {
        let request = self.sqs().get_queue_attributes().queue_url(url);
        let request = request.set_attribute_names(Some(vec![Waiting, InFlight, Delayed]));
        let answer = request.send().await.map_err(unavailable("the queue"))?;
        let counts = answer.attributes.unwrap_or_default();
        Ok(Depth {
            waiting: count(&counts, &Waiting)?,
            in_flight: count(&counts, &InFlight)?,
            delayed: count(&counts, &Delayed)?,
            dead: None,
        })
    }
}

/// A count that is missing is told: shown as nothing it would say that all is well.
fn count(
    counts: &HashMap<QueueAttributeName, String>,
    name: &QueueAttributeName,
) -> Result<u64, Unavailable> {
    let count = counts.get(name).and_then(|text| text.parse().ok());
    count.ok_or_else(|| Unavailable { what: "the queue", cause: format!("it tells no {name}").into() })
}
