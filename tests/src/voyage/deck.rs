//! Our side of the ports on a voyage: memory, with a pause around every effect at which another hand may act or
//! this one be dropped, with failures before an effect and after it, and with somebody who watches.

use super::dice::Dice;
use super::plant::{Planted, blind};
use super::trace::Trace;
use super::watch::Watch;
use crate::memory::Memory;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::Unavailable;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::task::Poll;

/// The services that fail by themselves.
pub(super) const SERVICES: [&str; 6] = ["tables", "queue", "lake", "bus", "vault", "secrets"];

/// So many effects in ten thousand take a while, in which those of others overtake them.
const SLOW: u64 = 700;
/// At least and at most so many milliseconds.
const SLOWNESS: (u64, u64) = (1, 80);

/// The ports.
#[derive(Debug)]
pub(super) struct Deck {
    /// What they keep.
    pub(super) memory: Memory,
    /// Chance.
    pub(super) dice: Dice,
    /// What happened.
    pub(super) trace: Trace,
    /// Who watches.
    pub(super) watch: Watch,
    /// How often a service fails at present, in ten thousand times.
    pub(super) rough: RefCell<BTreeMap<&'static str, u64>>,
    /// How many messages come late at present, in ten thousand, and not after when.
    pub(super) late: Cell<Option<(u64, Timestamp)>>,
    /// The mistake that was planted.
    pub(super) planted: Option<Planted>,
    /// Whose turn it is.
    pub(super) hand: Cell<u64>,
    /// Whether nothing of ours fails under this hand: a person's click.
    pub(super) spared: Cell<bool>,
    /// Failures of ours in this turn.
    pub(super) hits: Cell<u64>,
    /// Until when the hand sleeps.
    pub(super) asleep: Cell<Option<Timestamp>>,
    pub(super) before: RefCell<BTreeMap<sellerport_core::store::Key, sellerport_core::store::Row>>,
}

impl Deck {
    /// Calm ports.
    pub(super) fn new(
        memory: Memory,
        dice: Dice,
        watch: Watch,
        telling: bool,
        planted: Option<Planted>,
    ) -> Self {
        Self {
            memory,
            dice,
            trace: Trace::new(telling),
            watch,
            rough: RefCell::default(),
            late: Cell::default(),
            planted,
            hand: Cell::new(0),
            spared: Cell::new(true),
            hits: Cell::new(0),
            asleep: Cell::default(),
            before: RefCell::default(),
        }
    }

    /// Lets the others act.
    pub(super) async fn pause(&self) {
        let mut paused = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Sleeps on the one clock; the others act meanwhile.
    pub(super) async fn sleep(&self, duration: SignedDuration) {
        let until = self.time() + duration;
        std::future::poll_fn(|_| {
            if self.time() >= until {
                return Poll::Ready(());
            }
            self.asleep.set(Some(until));
            Poll::Pending
        })
        .await;
    }

    /// Now.
    pub(super) fn time(&self) -> Timestamp {
        sellerport_core::ports::Clock::now(&self.memory)
    }

    /// Writes an effect down.
    pub(super) fn note(&self, what: &str, detail: &str) {
        self.trace.note(self.time(), self.hand.get(), what, detail);
    }

    /// Whether this service fails now.
    fn fails(&self, what: &'static str, when: &'static str) -> Result<(), Unavailable> {
        let often = self.rough.borrow().get(what).copied().unwrap_or(0);
        if self.spared.get() || !self.dice.happens(often) {
            return Ok(());
        }
        self.hits.set(self.hits.get() + 1);
        self.watch.befell(&format!("{what} fail {when} the effect"));
        self.note("fails", what);
        Err(Unavailable { what, cause: "the voyage made it fail".into() })
    }

    /// Before an effect.
    pub(super) async fn begins(&self, what: &'static str) -> Result<(), Unavailable> {
        match self.dice.happens(SLOW) {
            true => self.sleep(self.dice.span_ms(SLOWNESS)).await,
            false => self.pause().await,
        }
        self.fails(what, "before")
    }

    /// After an effect: it happened, and whoever asked for it may never learn that.
    pub(super) async fn ends(&self, what: &'static str) -> Result<(), Unavailable> {
        self.pause().await;
        self.fails(what, "after")
    }

    /// Whether the planted mistake is this one, and shows now.
    pub(super) fn errs(&self, planted: Planted, one_in: u64) -> bool {
        self.planted == Some(planted) && !self.spared.get() && self.dice.below(one_in) == 0
    }

    pub(super) fn blinded(
        &self,
        writes: &[sellerport_core::store::Write],
    ) -> Vec<sellerport_core::store::Write> {
        match self.planted {
            Some(Planted::BlindTable) => blind(&self.memory.rows.borrow(), writes),
            _ => writes.to_vec(),
        }
    }
}
