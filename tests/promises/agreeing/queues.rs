//! Queues: what was sent lies there once, with its delay, and what is visible is received once.
//!
//! Not compared: the order of messages, which SQS does not promise, and what follows a failed delivery, which is
//! Lambda's work (`tests/src/queues.rs` has it for memory).

use super::{Random, emulator, memory, noticed, play};
use jiff::SignedDuration;
use sellerport_core::ports::{Outgoing, Queue, QueueName, Unavailable};
use sellerport_tests::emulator::{Emulator, Lying};
use sellerport_tests::memory::Memory;

const STEPS: usize = 200;

/// Queues that no other test uses, each with the variable that names it.
const QUEUES: [(QueueName, &str); 2] =
    [(QueueName::Refresh, "QUEUE_REFRESH"), (QueueName::Fetch("agreeing"), "QUEUE_agreeing")];

#[derive(Debug)]
enum Operation {
    Send(usize, Vec<Outgoing>),
    Look(usize),
    Receive(usize),
}

#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Sent,
    Lying(Vec<Lying>),
    Received(Vec<String>),
    Failed(String),
}

fn draw(random: &mut Random) -> Operation {
    let queue = random.below(QUEUES.len());
    let mut outgoing = || {
        // None that is delayed appears while the test runs.
        let delay = SignedDuration::from_millis(random.pick(&[0, 0, 300_000, 600_900, 899_000, 900_000]));
        Outgoing { body: serde_json::json!({"text": random.text(40)}).to_string(), delay }
    };
    let messages: Vec<_> = (0..23).map(|_| outgoing()).collect();
    match random.below(5) {
        0 | 1 => Operation::Send(queue, messages[..random.pick(&[0, 1, 1, 2, 9, 10, 11, 23])].to_vec()),
        2 | 3 => Operation::Look(queue),
        _ => Operation::Receive(queue),
    }
}

/// A queue that can be looked into.
trait Open: Queue {
    fn lying(&self, queue: usize) -> Vec<Lying>;
    fn receive_all(&self, queue: usize) -> Vec<String>;
}

async fn apply(queues: &impl Open, operation: &Operation) -> Answer {
    match operation {
        Operation::Send(queue, messages) => match queues.send(QUEUES[*queue].0, messages).await {
            Ok(()) => Answer::Sent,
            Err(error) => Answer::Failed(format!("{error:?}")),
        },
        Operation::Look(queue) => Answer::Lying(queues.lying(*queue)),
        Operation::Receive(queue) => Answer::Received(queues.receive_all(*queue)),
    }
}

/// Memory, and what could be wrong with it.
struct Faulty {
    memory: Memory,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    DelayForgotten,
    DelayRounded,
    LastOfElevenLost,
    SentTwice,
}

impl Queue for Faulty {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        let mut messages = messages.to_vec();
        match self.fault {
            Fault::None => {}
            Fault::DelayForgotten => messages.iter_mut().for_each(|one| one.delay = SignedDuration::ZERO),
            Fault::DelayRounded => messages.iter_mut().for_each(|one| {
                one.delay = SignedDuration::from_secs(one.delay.as_secs());
            }),
            Fault::LastOfElevenLost => messages.truncate(10),
            Fault::SentTwice => messages.extend(messages.first().cloned()),
        }
        self.memory.send(queue, &messages).await
    }
}

impl Open for Faulty {
    fn lying(&self, queue: usize) -> Vec<Lying> {
        use sellerport_core::ports::Clock as _;
        let (messages, now) = (self.memory.messages.borrow(), self.memory.now());
        let mine = messages.iter().filter(|message| message.queue == QUEUES[queue].0);
        // Time stands still: the delay is what is left of it.
        let left =
            |message: &sellerport_tests::memory::Message| message.visible_at.duration_since(now).as_secs();
        let mut lying: Vec<_> =
            mine.map(|message| Lying { body: message.body.clone(), delay: left(message) }).collect();
        lying.sort();
        lying
    }

    fn receive_all(&self, queue: usize) -> Vec<String> {
        let visible = self.lying(queue).into_iter().filter(|message| message.delay == 0);
        let bodies = visible.map(|message| message.body).collect();
        use sellerport_core::ports::Clock as _;
        let now = self.memory.now();
        let stays = |message: &sellerport_tests::memory::Message| {
            message.queue != QUEUES[queue].0 || message.visible_at > now
        };
        self.memory.messages.borrow_mut().retain(stays);
        bodies
    }
}

/// The emulator through our adapter, looked into past it.
struct Emulated {
    aws: sellerport_aws::Aws,
    emulator: Emulator,
}

impl Queue for Emulated {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        self.aws.send(queue, messages).await
    }
}

impl Open for Emulated {
    fn lying(&self, queue: usize) -> Vec<Lying> {
        self.emulator.lying(QUEUES[queue].1)
    }

    fn receive_all(&self, queue: usize) -> Vec<String> {
        self.emulator.receive_all(QUEUES[queue].1)
    }
}

async fn compare(other: &impl Open) -> Result<(), String> {
    let memory = Faulty { memory: memory(), fault: Fault::None };
    let (here, there) =
        (async |o: &Operation| apply(&memory, o).await, async |o: &Operation| apply(other, o).await);
    play("queues", STEPS, &[], draw, here, there).await
}

#[tokio::test]
async fn memory_and_sqs_agree_on_every_one_of_200_random_operations() {
    let Some((emulator, _)) = emulator() else { return };
    QUEUES.iter().for_each(|(_, name)| emulator.purge(name));
    compare(&Emulated { aws: emulator.aws(), emulator }).await.unwrap();
}

#[tokio::test]
async fn a_queue_that_forgets_a_delay_or_a_message_would_be_noticed() {
    compare(&Faulty { memory: memory(), fault: Fault::None }).await.unwrap();
    for fault in [Fault::DelayForgotten, Fault::DelayRounded, Fault::LastOfElevenLost, Fault::SentTwice] {
        noticed(&fault, compare(&Faulty { memory: memory(), fault }).await);
    }
}
