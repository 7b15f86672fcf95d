//! The queues: messages are handed out when they are visible, twice, late and while their first reader is still at
//! work; what fails comes again, what failed five times is given up, and some of it is sent again by hand.

use super::crew::{Crew, Done, Ended, Order};
use super::deck::Deck;
use super::sea::Sea;
use crate::memory::Message;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains;
use sellerport_core::fetch::fetch;
use sellerport_core::ports::QueueName;
use sellerport_core::refresh::refresh;
use sellerport_core::stream::NAMES_MAX;
use sellerport_core::task::Failure;
use serde_json::Value;
use std::collections::BTreeMap;

/// One queue and its reader, as the template has them.
struct Line {
    what: &'static str,
    holds: fn(QueueName) -> bool,
    batch: usize,
    functions: usize,
    timeout: SignedDuration,
    hidden: SignedDuration,
    /// More messages than this about one stream or token: they multiply (I12).
    crowd: usize,
}

const LINES: [Line; 3] = [
    Line {
        what: "refresh",
        holds: |queue| queue == QueueName::Refresh,
        batch: 10,
        functions: 2,
        timeout: SignedDuration::from_secs(30),
        hidden: SignedDuration::from_secs(180),
        // Where a service of ours fails, the queue keeps what the streams ask each minute for a quarter of an hour.
        crowd: 30,
    },
    Line {
        what: "fetch",
        holds: |queue| matches!(queue, QueueName::Fetch(name) if !is_long(name)),
        batch: 5,
        functions: 5,
        timeout: SignedDuration::from_secs(60),
        hidden: SignedDuration::from_secs(360),
        // A schedule, a button, a walk that goes on, a lease waited for and a killed function leave one each; so does
        // each name that a notification tells.
        crowd: 12 + NAMES_MAX,
    },
    Line {
        what: "documents",
        holds: |queue| matches!(queue, QueueName::Fetch(name) if is_long(name)),
        batch: 1,
        functions: 9,
        timeout: SignedDuration::from_mins(10),
        hidden: SignedDuration::from_mins(60),
        // What a killed function held stays hidden for an hour, in which the stream is dispatched four times more.
        crowd: 20,
    },
];

/// Whether a domain's function has the time that documents need.
fn is_long(domain: &str) -> bool {
    domains::by_name(domain).is_some_and(|domain| domain.run_time() > SignedDuration::from_mins(1))
}

/// Deliveries until a message is given up (`maxReceiveCount`).
const RECEIVES: u32 = 5;
/// The time a function keeps for itself before Lambda ends it.
const KEPT: SignedDuration = SignedDuration::from_secs(3);
/// What was given up is sent again by hand after this long (F38).
const REDRIVEN: SignedDuration = SignedDuration::from_hours(2);

/// How the queues and functions misbehave at present, each in ten thousand times.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rough {
    /// A message comes up to five times (F37).
    pub doubled: u64,
    /// It comes again while it is worked on (F41).
    pub overlapping: u64,
    /// Its function is killed between two steps (F44).
    pub killed: u64,
    /// Its function has hardly any time left (F45).
    pub hurried: u64,
}

struct Flight {
    message: Message,
    back_at: Timestamp,
    open: bool,
}

/// The queues' own memory of what is handed out.
#[derive(Default)]
pub(super) struct Post {
    flights: BTreeMap<u64, Flight>,
    receipts: u64,
    functions: u64,
    echoes: Vec<(Timestamp, Message)>,
    returned: Vec<(Timestamp, Message)>,
    unexplained: BTreeMap<String, String>,
    /// Messages handed out.
    pub(super) deliveries: u64,
    /// Messages given up.
    pub(super) dead: u64,
}

/// Works one message off as its function would.
async fn work(deck: &Deck, sea: &Sea<'_>, message: Message, deadline: Timestamp) -> Ended {
    let (id, body) = (&message.id, &message.body);
    let outcome = match message.queue {
        QueueName::Refresh => refresh(deck, sea, id, body, deadline).await,
        QueueName::Fetch(name) => fetch(deck, sea, domains::by_name(name).unwrap(), id, body, deadline).await,
        QueueName::Import | QueueName::Secret | QueueName::Notifications => return Ended::Well,
    };
    match outcome {
        Ok(outcome) => {
            deck.note("outcome", &format!("{id} {outcome:?}"));
            Ended::Well
        }
        // Somebody else has the stream: the message comes again and finds it moved on.
        Err(Failure::Lost) => Ended::Killed,
        Err(failure) => Ended::Failed(failure.to_string()),
    }
}

impl Post {
    /// A number for a function of its own.
    pub(super) fn function(&mut self) -> u64 {
        self.functions += 1;
        self.functions
    }

    /// Hands out what is visible, as far as there are functions to take it.
    pub(super) fn deliver<'a>(
        &mut self,
        crew: &mut Crew<'a>,
        deck: &'a Deck,
        sea: &'a Sea<'a>,
        rough: Rough,
    ) {
        let now = deck.time();
        self.bring_back(deck);
        for line in &LINES {
            while crew.functions(line.what) < line.functions {
                let batch = self.batch(line, deck);
                if batch.is_empty() {
                    break;
                }
                let function = self.function();
                let hurried = deck.dice.happens(rough.hurried);
                let time = match hurried {
                    true => deck.dice.span(KEPT, SignedDuration::from_secs(22)),
                    false => line.timeout,
                };
                if hurried {
                    deck.watch.befell("F45 a function has little time left");
                }
                let steps = deck.dice.happens(rough.killed).then(|| deck.dice.below(150));
                for (message, receipt) in batch {
                    self.deliveries += 1;
                    let work = Box::pin(work(deck, sea, message, now + time - KEPT));
                    let until = now + time;
                    crew.hire(Order {
                        what: line.what,
                        receipt,
                        function,
                        from: now,
                        until,
                        steps,
                        spared: false,
                        work,
                    });
                }
            }
        }
    }

    /// Takes visible messages of a queue, in no order, and echoes of earlier ones.
    fn batch(&mut self, line: &Line, deck: &Deck) -> Vec<(Message, Option<u64>)> {
        let now = deck.time();
        let mut taken = Vec::new();
        while taken.len() < line.batch {
            if let Some(at) =
                self.echoes.iter().position(|(at, message)| *at <= now && (line.holds)(message.queue))
            {
                taken.push((self.echoes.swap_remove(at).1, None));
                continue;
            }
            let mut waiting = deck.memory.messages.borrow_mut();
            let visible: Vec<usize> = (0..waiting.len())
                .filter(|at| waiting[*at].visible_at <= now && (line.holds)(waiting[*at].queue))
                .take(20)
                .collect();
            if visible.is_empty() {
                break;
            }
            let message = waiting.remove(deck.dice.pick(&visible)).unwrap();
            drop(waiting);
            deck.trace.note(now, 0, "delivered", &message.id);
            self.receipts += 1;
            let flight = Flight { message: message.clone(), back_at: now + line.hidden, open: true };
            self.flights.insert(self.receipts, flight);
            taken.push((message, Some(self.receipts)));
        }
        taken
    }

    /// Lets a message that was just handed out come again, beside or during its work.
    pub(super) fn roughen(&mut self, deck: &Deck, rough: Rough) {
        let now = deck.time();
        for flight in self.flights.values_mut().filter(|flight| flight.open) {
            // Each flight is looked at once: when it has just begun.
            if flight.message.visible_at == Timestamp::MAX {
                continue;
            }
            flight.message.visible_at = Timestamp::MAX;
            if deck.dice.happens(rough.doubled) {
                for _ in 0..=deck.dice.below(4) {
                    deck.watch.befell("F37 a message comes twice");
                    let at = now + deck.dice.span(SignedDuration::ZERO, SignedDuration::from_mins(10));
                    let at = if deck.dice.happens(5_000) { now } else { at };
                    self.echoes.push((at, flight.message.clone()));
                }
            }
            if deck.dice.happens(rough.overlapping) {
                deck.watch.befell("F41 a message comes again during its work");
                flight.back_at = now + deck.dice.span(SignedDuration::ZERO, SignedDuration::from_secs(50));
            }
        }
    }

    /// What became of a message.
    pub(super) fn settle(&mut self, done: Done) {
        let Some(receipt) = done.receipt else { return };
        let Some(flight) = self.flights.get_mut(&receipt) else { return };
        flight.open = false;
        match done.how {
            Ended::Well => drop(self.flights.remove(&receipt)),
            Ended::Killed => {}
            Ended::Failed(why) if done.hits == 0 => {
                self.unexplained.insert(flight.message.id.clone(), why);
            }
            Ended::Failed(_) => {}
        }
    }

    fn bring_back(&mut self, deck: &Deck) {
        let now = deck.time();
        let back: Vec<u64> = self
            .flights
            .iter()
            .filter(|(_, flight)| flight.back_at <= now)
            .map(|(receipt, _)| *receipt)
            .collect();
        for receipt in back {
            let Flight { mut message, .. } = self.flights.remove(&receipt).unwrap();
            message.receives += 1;
            message.visible_at = now;
            if message.receives < RECEIVES {
                deck.memory.messages.borrow_mut().push_back(message);
                continue;
            }
            self.dead += 1;
            deck.trace.note(now, 0, "given up", &message.id);
            if let Some(why) = self.unexplained.get(&message.id) {
                deck.watch.broken("I12", now, &format!("{} is given up: {why}", message.body));
            }
            self.returned.push((now + REDRIVEN, message));
        }
        for at in (0..self.returned.len()).rev() {
            if self.returned[at].0 <= now {
                let (_, mut message) = self.returned.swap_remove(at);
                deck.watch.befell("F38 a message that was given up is sent again");
                message.receives = 0;
                deck.memory.messages.borrow_mut().push_back(message);
            }
        }
    }

    /// For each queue the most messages about one stream, or about one connection's token, that wait or are handed
    /// out, how many there may be, and about which. A message that a queue delivers twice counts once.
    pub(super) fn crowds(&self, deck: &Deck) -> Vec<(usize, usize, String)> {
        let waiting = deck.memory.messages.borrow();
        let all = || waiting.iter().chain(self.flights.values().map(|flight| &flight.message));
        let crowd = |line: &Line| {
            let mut about = BTreeMap::<String, usize>::new();
            for message in all().filter(|message| (line.holds)(message.queue)) {
                let task: Value = serde_json::from_str(&message.body).unwrap_or_default();
                let whom = [&task["connection"], &task["domain"], &task["scope"]].map(Value::as_str);
                *about.entry(format!("{} {whom:?}", line.what)).or_default() += 1;
            }
            let (whom, many) = about.into_iter().max_by_key(|(_, many)| *many).unwrap_or_default();
            (many, line.crowd, whom)
        };
        LINES.iter().map(crowd).collect()
    }

    /// When there is something to hand out next.
    pub(super) fn next(&self, crew: &Crew<'_>, deck: &Deck) -> Option<Timestamp> {
        let free = |queue: QueueName| {
            LINES.iter().any(|line| (line.holds)(queue) && crew.functions(line.what) < line.functions)
        };
        let messages = deck.memory.messages.borrow();
        let visible = messages.iter().filter(|message| free(message.queue)).map(|message| message.visible_at);
        let back = self.flights.values().map(|flight| flight.back_at);
        let echoes = self.echoes.iter().filter(|(_, message)| free(message.queue)).map(|(at, _)| *at);
        visible.chain(back).chain(echoes).chain(self.returned.iter().map(|(at, _)| *at)).min()
    }
}
