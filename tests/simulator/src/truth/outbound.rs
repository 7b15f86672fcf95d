//! Multi-channel fulfilment: orders of a seller's other channels that Amazon ships from his stock.

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::goods::{ARTICLES, Article};
use crate::marketplaces::Marketplace;
use crate::truth::{Account, later};

/// Time between two of them.
const EVERY: SignedDuration = SignedDuration::from_hours(60);
/// Those that are cancelled, in percent.
const CANCELLED_PERCENT: u64 = 6;
/// An order changes no more this long after it was received.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 4);

/// One fulfilment order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fulfilment {
    number: i64,
    pub(crate) store: &'static Marketplace,
    pub(crate) article: &'static Article,
    pub(crate) units: i64,
    pub(crate) received: Timestamp,
    pub(crate) planned: Timestamp,
    pub(crate) ships: Timestamp,
    pub(crate) cancelled: bool,
    pub(crate) place: u64,
}

impl Fulfilment {
    /// The seller's name for it.
    pub(crate) fn id(&self) -> String {
        format!("MCF-{:06}", self.number)
    }

    pub(crate) fn shipment(&self) -> String {
        format!("FBM{:09}", self.place % 1_000_000_000)
    }

    /// Its status then, and since when.
    pub(crate) fn status(&self, now: Timestamp) -> (&'static str, Timestamp) {
        match () {
            () if now < self.planned => ("Received", self.received),
            () if self.cancelled => ("Cancelled", self.planned),
            () if now < self.ships => ("Processing", self.planned),
            () => ("Complete", self.ships),
        }
    }
}

impl<'a> Account<'a> {
    fn fulfilment(self, number: i64) -> Option<Fulfilment> {
        let chance = self.chance("mcf", number);
        let slot = after(self.origin(), EVERY.saturating_mul(i32::try_from(number).ok()?));
        let received = later(slot, 0, chance.below("received", 86_400));
        let planned = later(received, 0, 3_600 + chance.below("planned", 36_000));
        Some(Fulfilment {
            number,
            store: self.stores().next()?,
            article: chance.pick("article", &ARTICLES),
            units: 1 + i64::try_from(chance.below("units", 2)).unwrap_or(0),
            received,
            planned,
            ships: later(planned, 0, 7_200 + chance.below("ships", 172_800)),
            cancelled: chance.in_percent("cancelled", CANCELLED_PERCENT),
            place: chance.number("place"),
        })
    }

    /// Every fulfilment order received by `now` that may have changed since then.
    pub(crate) fn fulfilments(
        self,
        since: Timestamp,
        now: Timestamp,
    ) -> impl Iterator<Item = Fulfilment> + use<'a> {
        let slot = move |at: Timestamp| {
            let passed = at.duration_since(self.origin()).as_nanos();
            i64::try_from(passed.div_euclid(EVERY.as_nanos())).unwrap_or(0)
        };
        let numbers = slot(after(since, -LONGEST)).max(0)..slot(now) + 1;
        let some = self.sells();
        numbers
            .filter(move |_| some)
            .filter_map(move |number| self.fulfilment(number))
            .filter(move |one| one.received <= now)
    }
}
