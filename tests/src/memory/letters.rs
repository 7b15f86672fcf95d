//! The queues: a message appears when its delay is over, and dead letters are received, hidden and deleted.

use super::Memory;
use jiff::{SignedDuration, Timestamp};
use sellerport_aws::delay_seconds;
use sellerport_core::ports::{
    Clock as _, DeadLetter, DeadLetters, Depth, MAX_DELAY, Outgoing, Queue, QueueName, Unavailable,
};

/// A message waiting in a queue.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its queue.
    pub queue: QueueName,
    /// Its text.
    pub body: String,
    /// Not before this moment.
    pub visible_at: Timestamp,
    /// How often it was handed out.
    pub receives: u32,
}

impl Queue for Memory {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        self.begins("queue").await?;
        for message in messages {
            assert!(message.delay <= MAX_DELAY, "SQS refuses a longer delay");
            self.sent.set(self.sent.get() + 1);
            self.messages.borrow_mut().push_back(Message {
                id: format!("message-{}", self.sent.get()),
                queue,
                body: message.body.clone(),
                // SQS counts whole seconds.
                visible_at: self.now() + SignedDuration::from_secs(i64::from(delay_seconds(message.delay))),
                receives: 0,
            });
        }
        self.ends("queue").await
    }
}

/// A dead letter that was received is hidden this long (`HIDDEN_SECONDS` in the adapter).
const HIDDEN: SignedDuration = SignedDuration::from_secs(30);
/// Messages in one reception (SQS maximum).
const RECEPTION: usize = 10;

impl DeadLetters for Memory {
    async fn depth(&self, queue: QueueName) -> Result<Depth, Unavailable> {
        self.begins("queue").await?;
        let now = self.now();
        let mut depth = Depth::default();
        for message in self.messages.borrow().iter().filter(|message| message.queue == queue) {
            match (message.visible_at <= now, message.receives) {
                (true, _) => depth.waiting += 1,
                (false, 0) => depth.delayed += 1,
                (false, _) => depth.in_flight += 1,
            }
        }
        depth.dead = self.given_up(queue).await?;
        Ok(depth)
    }

    async fn given_up(&self, queue: QueueName) -> Result<Option<u64>, Unavailable> {
        self.begins("dead letters").await?;
        let dead = self.dead.borrow().iter().filter(|letter| letter.queue == queue).count();
        Ok((queue != QueueName::Secret).then_some(dead as u64))
    }

    async fn receive(&self, queue: QueueName) -> Result<Vec<DeadLetter>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("dead letters").await?;
        let now = self.now();
        let mut received = Vec::new();
        for letter in self.dead.borrow_mut().iter_mut() {
            let ready = letter.queue == queue && letter.visible_at <= now && queue != QueueName::Secret;
            if ready && received.len() < RECEPTION {
                letter.visible_at = now + HIDDEN;
                letter.receives += 1;
                // Each reception has a receipt of its own, and the ones before are void.
                let receipt = format!("{} {}", letter.id, letter.receives);
                received.push(DeadLetter { body: letter.body.clone(), receipt });
            }
        }
        self.ends("dead letters").await?;
        Ok(received)
    }

    async fn delete(&self, queue: QueueName, letter: &DeadLetter) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("dead letters").await?;
        self.dead
            .borrow_mut()
            .retain(|dead| dead.queue != queue || format!("{} {}", dead.id, dead.receives) != letter.receipt);
        self.ends("dead letters").await
    }
}
