//! The hands: every function under way is one, and advances a step at a time in an order that the dice decide.

use super::deck::Deck;
use super::dice::Dice;
use jiff::Timestamp;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// How a hand's work ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    /// Well.
    Well,
    /// It failed, and why.
    Failed(String),
    /// The function was killed, or its time was over.
    Killed,
}

/// A hand whose work is over.
#[derive(Debug)]
pub(super) struct Done {
    /// Which message it worked on.
    pub(super) receipt: Option<u64>,
    /// How it ended.
    pub(super) how: Ended,
    /// Failures of ours that it met.
    pub(super) hits: u64,
}

/// The work of a hand.
pub(super) type Work<'a> = Pin<Box<dyn Future<Output = Ended> + 'a>>;

/// What a hand is to do.
pub(super) struct Order<'a> {
    /// What it is.
    pub(super) what: &'static str,
    /// The message, if it is one.
    pub(super) receipt: Option<u64>,
    /// Hands of one function die together.
    pub(super) function: u64,
    /// It begins then.
    pub(super) from: Timestamp,
    /// The function is killed then.
    pub(super) until: Timestamp,
    /// It is killed after so many steps.
    pub(super) steps: Option<u64>,
    /// Nothing of ours fails under it.
    pub(super) spared: bool,
    /// The work.
    pub(super) work: Work<'a>,
}

struct Hand<'a> {
    number: u64,
    order: Order<'a>,
    wakes: Timestamp,
    hits: u64,
}

/// All hands.
pub(super) struct Crew<'a> {
    deck: &'a Deck,
    hands: Vec<Hand<'a>>,
    dice: Dice,
    hired: u64,
    /// Steps so far.
    pub(super) steps: u64,
}

impl std::fmt::Debug for Crew<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.hands.iter().map(|hand| (hand.number, hand.order.what, hand.wakes)))
            .finish()
    }
}

impl<'a> Crew<'a> {
    /// Nobody.
    pub(super) fn new(deck: &'a Deck, dice: Dice) -> Self {
        Self { deck, hands: Vec::new(), dice, hired: 0, steps: 0 }
    }

    /// A new hand.
    pub(super) fn hire(&mut self, order: Order<'a>) {
        self.hired += 1;
        self.hands.push(Hand { number: self.hired, wakes: order.from, order, hits: 0 });
    }

    /// How many functions are under way for messages of this kind.
    pub(super) fn functions(&self, what: &str) -> usize {
        let mut numbers: Vec<u64> = self
            .hands
            .iter()
            .filter(|hand| hand.order.what == what)
            .map(|hand| hand.order.function)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len()
    }

    /// When the next hand wakes or is killed.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.hands.iter().map(|hand| hand.wakes.min(hand.order.until)).min()
    }

    /// One step of one hand; nothing where all sleep.
    pub(super) fn step(&mut self) -> Option<Vec<Done>> {
        let now = self.deck.time();
        if let Some(over) = self.hands.iter().find(|hand| now >= hand.order.until) {
            let function = over.order.function;
            return Some(self.kill(function));
        }
        let awake: Vec<usize> = (0..self.hands.len()).filter(|at| self.hands[*at].wakes <= now).collect();
        if awake.is_empty() {
            return None;
        }
        let at = awake[self.dice.place(awake.len())];
        let hand = &mut self.hands[at];
        if let Some(steps) = &mut hand.order.steps {
            if *steps == 0 {
                let function = hand.order.function;
                self.deck.watch.befell("F44 a function is killed between two steps");
                return Some(self.kill(function));
            }
            *steps -= 1;
        }
        self.steps += 1;
        self.deck.hand.set(hand.number);
        self.deck.spared.set(hand.order.spared);
        self.deck.hits.set(0);
        self.deck.asleep.set(None);
        let polled = hand.order.work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        hand.hits += self.deck.hits.get();
        match polled {
            Poll::Pending => {
                hand.wakes = self.deck.asleep.get().unwrap_or(now);
                Some(Vec::new())
            }
            Poll::Ready(how) => {
                let Hand { order, hits, .. } = self.hands.swap_remove(at);
                Some(vec![Done { receipt: order.receipt, how, hits }])
            }
        }
    }

    fn kill(&mut self, function: u64) -> Vec<Done> {
        let mut killed = Vec::new();
        self.hands.retain(|hand| {
            let dies = hand.order.function == function;
            if dies {
                self.deck.trace.note(self.deck.time(), hand.number, "killed", hand.order.what);
                let receipt = hand.order.receipt;
                killed.push(Done { receipt, how: Ended::Killed, hits: hand.hits + 1 });
            }
            !dies
        });
        killed
    }
}
