//! Time passing: the schedules run, messages are delivered when they appear, failed ones come again and are
//! given up after five times, as SQS does it.

use crate::house::House;
use crate::memory::{Memory, Message};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::announce;
use sellerport_core::domains;
use sellerport_core::fetch::fetch;
use sellerport_core::imports;
use sellerport_core::notify;
use sellerport_core::operate::grantless;
use sellerport_core::ports::{Clock as _, QueueName};
use sellerport_core::refresh::{refresh, send_due};
use sellerport_core::rotate::receive;
use sellerport_core::schedule::dispatch;
use sellerport_core::task::Outcome;

/// A failed message is hidden this long (the queues' visibility timeout in the template).
const HIDDEN: SignedDuration = SignedDuration::from_secs(400);
/// Deliveries until a message is given up (`maxReceiveCount`).
const RECEIVES: u32 = 5;
/// What Amazon tells waits in the queue no longer than this.
const HEARD_EVERY: SignedDuration = SignedDuration::from_secs(20);
/// What a fetch function has between its start and its deadline.
pub(crate) const RUN: SignedDuration = SignedDuration::from_secs(57);

/// The queue that Amazon sends to.
pub const NOTIFICATIONS: &str = "arn:aws:sqs:eu-central-1:123456789012:sellerport-notifications";

impl House {
    /// Amazon puts what it has to tell into the queue, as it does by itself.
    pub fn hear(&self) {
        for (n, one) in self.world().take_deliveries().into_iter().enumerate() {
            assert_eq!(one.queue, NOTIFICATIONS, "Amazon sends elsewhere");
            let now = self.cloud.now();
            self.cloud.messages.borrow_mut().push_back(Message {
                id: format!("told-{now}-{n}"),
                queue: QueueName::Notifications,
                body: one.message.to_string(),
                visible_at: now,
                receives: 0,
            });
        }
    }

    /// Lets this much time pass with everything running, from one moment at which something happens to the next.
    pub async fn pass(&self, duration: SignedDuration) {
        let end = self.cloud.now() + duration;
        let mut minute: Option<Timestamp> = None;
        let mut five: Option<Timestamp> = None;
        while self.cloud.now() < end {
            let now = self.cloud.now();
            if minute.is_none_or(|at| now >= at + SignedDuration::from_mins(1)) {
                minute = Some(now);
                drop(dispatch(&self.cloud, now + RUN).await);
                drop(announce::catch_up(&self.cloud).await);
                drop(imports::take_up(&self.cloud).await);
            }
            if five.is_none_or(|at| now >= at + SignedDuration::from_mins(5)) {
                five = Some(now);
                drop(send_due(&self.cloud, now, now + RUN).await);
                if self.listening.get() {
                    drop(notify::tend(&self.cloud, &self.amazon(), Some(NOTIFICATIONS), now + RUN).await);
                }
            }
            if self.listening.get() {
                self.hear();
            }
            self.deliver().await;
            let soon = self.cloud.now() + SignedDuration::from_secs(1);
            let next = minute.map_or(end, |at| at + SignedDuration::from_mins(1)).min(end);
            // Amazon tells at any moment, not when our schedule runs.
            let next = if self.listening.get() { next.min(now + HEARD_EVERY) } else { next };
            let messages = self.cloud.messages.borrow();
            let next = messages.iter().map(|message| message.visible_at).fold(next, Timestamp::min).max(soon);
            self.advance(next.duration_since(self.cloud.now()));
        }
    }

    /// Delivers every message that is visible now, once; what became of them.
    pub async fn deliver(&self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for message in visible(&self.cloud) {
            match self.work(&message).await {
                Ok(outcome) => outcomes.push(outcome),
                Err(()) => again(&self.cloud, message),
            }
        }
        outcomes
    }

    /// Works one message off as its function would.
    pub async fn work(&self, message: &Message) -> Result<Outcome, ()> {
        let amazon = self.amazon();
        let deadline = self.cloud.now() + RUN;
        match message.queue {
            QueueName::Refresh => match grantless::Task::parse(&message.body) {
                Some(task) => grantless::obtain(&self.cloud, &amazon, &task).await.map_err(drop),
                None => {
                    refresh(&self.cloud, &amazon, &message.id, &message.body, deadline).await.map_err(drop)
                }
            },
            QueueName::Import => {
                imports::work(&self.cloud, &amazon, &message.id, &message.body, deadline).await.map_err(drop)
            }
            QueueName::Secret => {
                receive(&self.cloud, &amazon, &self.site.home, &message.id, &message.body).await.map_err(drop)
            }
            QueueName::Notifications => {
                notify::receive(&self.cloud, &message.id, &message.body).await.map_err(drop)
            }
            QueueName::Fetch(name) => {
                let domain = domains::by_name(name).unwrap();
                fetch(&self.cloud, &amazon, domain, &message.id, &message.body, deadline).await.map_err(drop)
            }
        }
    }
}

/// Takes the messages that are visible now out of the queues.
pub(crate) fn visible(cloud: &Memory) -> Vec<Message> {
    let now = cloud.now();
    let mut visible = Vec::new();
    cloud.messages.borrow_mut().retain(|message| {
        let waits = message.visible_at > now;
        if !waits {
            visible.push(message.clone());
        }
        waits
    });
    visible
}

/// Puts a message back that failed; after five times it is given up.
pub(crate) fn again(cloud: &Memory, mut message: Message) {
    message.receives += 1;
    message.visible_at = cloud.now() + HIDDEN;
    match message.receives >= RECEIVES {
        true => cloud.dead.borrow_mut().push(message),
        false => cloud.messages.borrow_mut().push_back(message),
    }
}
