//! What pollers usually do, under the same Amazon: try again after a 429, or sleep until there is a call.
//!
//! The backoff is the usual one: a second, doubled with each refusal, half of it at random.

use super::chain::{nth, start};
use super::chance::Chance;
use super::exact::{Exact, Law};
use super::outcome::Outcome;
use super::tally::Tally;
use super::timeline::Timeline;
use super::workers::{ACCOUNT, Workers};
use jiff::SignedDuration;
use sellerport_core::catalogue::Operation;
use sellerport_core::ports::Clock as _;
use std::cell::{Cell, RefCell};

/// What a poller does when there is no call left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Puts the message back with a longer delay each time.
    Queue,
    /// Sleeps a longer time in the function each time.
    Inside,
    /// Knows the bucket, and sleeps in the function until the next call fits: one worker a seller.
    Sleep,
}

/// The longest delay that SQS has, and the longest that a function sleeps between two tries.
const LONGEST_S: [f64; 2] = [900.0, 60.0];

/// A function's longest time, after which it starts anew (AWS Lambda: 900 s).
const FUNCTION_MS: i64 = 900_000;

/// So many sellers with so many items each: one after the other where `chained`, else all at once.
pub async fn run(
    habit: Habit,
    operation: &'static Operation,
    sellers: usize,
    items: u32,
    chained: bool,
) -> Outcome {
    let timeline = Timeline::new(start());
    let amazon = Exact::new(&timeline, Law { pages: items, ..Law::default() }, 1);
    let workers = Workers::new(&timeline, ACCOUNT);
    let sqs = Cell::new(0.0);
    let poller = Poller {
        habit,
        operation,
        timeline: &timeline,
        amazon: &amazon,
        workers: &workers,
        chance: Chance::new(7),
        sqs,
    };
    let names: Vec<_> = (0..sellers).map(|n| format!("A2SELLER{n:06}")).collect();
    if habit == Habit::Sleep || chained {
        timeline.run(names.iter().map(|name| poller.one_by_one(name, items))).await;
    } else {
        let all = names.iter().flat_map(|name| (0..items).map(move |_| name));
        timeline.run(all.map(|name| poller.one_by_one(name, 1))).await;
    }
    let began = start().as_millisecond();
    let spans: Vec<_> = names.iter().map(|name| nth(&amazon, name, items) - began).collect();
    let tally = Tally { polls: poller.sqs.get(), ..Tally::default() };
    Outcome::of(&spans, (operation, items), &amazon, &workers, tally)
}

struct Poller<'a> {
    habit: Habit,
    operation: &'static Operation,
    timeline: &'a Timeline,
    amazon: &'a Exact<'a>,
    workers: &'a Workers<'a>,
    chance: Chance,
    sqs: Cell<f64>,
}

impl Poller<'_> {
    /// Requests to SQS: a message is sent, received and deleted.
    fn message(&self, requests: f64) {
        self.sqs.set(self.sqs.get() + requests);
    }

    async fn one_by_one(&self, seller: &str, items: u32) {
        match self.habit {
            Habit::Queue => self.through_the_queue(seller, items).await,
            Habit::Inside => self.in_the_function(seller, items).await,
            Habit::Sleep => self.asleep(seller, items).await,
        }
    }

    fn backoff_ms(&self, tries: u32, longest_s: f64) -> i64 {
        let whole = f64::from(1_u32 << tries.min(20)).min(longest_s) * 1000.0;
        (whole * (0.5 + self.chance.part() / 2.0)) as i64
    }

    async fn through_the_queue(&self, seller: &str, items: u32) {
        let (mut done, mut tries) = (0, 0);
        self.message(1.0);
        while done < items {
            self.timeline.sleep_ms(self.chance.message_ms()).await;
            let status = self.workers.invoke(self.amazon.ask(seller, self.operation)).await.0;
            // Received, and deleted or hidden for longer; the next item is another message.
            self.message(2.0);
            if status == 200 {
                (done, tries) = (done + 1, 0);
                self.message(f64::from(u8::from(done < items)));
            } else {
                self.timeline.sleep_ms(self.backoff_ms(tries, LONGEST_S[0])).await;
                tries += 1;
            }
        }
    }

    /// Works until the function's time is over, again and again.
    async fn in_the_function(&self, seller: &str, items: u32) {
        let (done, tries) = (Cell::new(0), Cell::new(0));
        while done.get() < items {
            self.message(3.0);
            let work = async {
                let until = self.timeline.millis() + FUNCTION_MS - (LONGEST_S[1] * 1000.0) as i64;
                while done.get() < items && self.timeline.millis() < until {
                    if self.amazon.ask(seller, self.operation).await.0 == 200 {
                        done.set(done.get() + 1);
                        tries.set(0);
                    } else {
                        self.timeline.sleep_ms(self.backoff_ms(tries.get(), LONGEST_S[1])).await;
                        tries.set(tries.get() + 1);
                    }
                }
            };
            self.workers.invoke(work).await;
        }
    }

    /// Keeps the bucket in the function's memory, one call of it spare, and sleeps until the next fits.
    async fn asleep(&self, seller: &str, items: u32) {
        let refill = SignedDuration::from_secs_f64(1.0 / self.operation.rate);
        let slack = refill * (self.operation.burst as i32 - 2);
        let (full_at, done) = (RefCell::new(self.timeline.now()), Cell::new(0));
        while done.get() < items {
            self.message(3.0);
            let work = async {
                let until = self.timeline.millis() + FUNCTION_MS - refill.as_millis() as i64;
                while done.get() < items && self.timeline.millis() < until {
                    let now = self.timeline.now();
                    let from = (*full_at.borrow()).max(now);
                    *full_at.borrow_mut() = from + refill;
                    self.timeline.wait((from - slack).duration_since(now).max(SignedDuration::ZERO)).await;
                    if self.amazon.ask(seller, self.operation).await.0 == 200 {
                        done.set(done.get() + 1);
                    }
                }
            };
            self.workers.invoke(work).await;
        }
    }
}
