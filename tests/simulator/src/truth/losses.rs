//! What Amazon's warehouses lose, find and damage: at most once for each article, store and cycle.

use jiff::Timestamp;

use crate::clock::after;
use crate::goods::{ARTICLES, Article, convert};
use crate::marketplaces::Marketplace;
use crate::truth::cycle::CYCLE;
use crate::truth::{Account, DAY, later, within};

/// Articles that lose a piece in a cycle, in percent; of those, what is found again; and those that are damaged.
const LOST_PERCENT: u64 = 22;
const FOUND_PERCENT: u64 = 45;
const DAMAGED_PERCENT: u64 = 12;
/// Days until the lost is found, at the most.
const DAYS_TO_FIND: u64 = 10;
/// Days after which Amazon pays for what it lost and did not find, and for what it damaged.
const DAYS_TO_PAY_LOST: i64 = 30;
const DAYS_TO_PAY_DAMAGED: i64 = 5;
/// What Amazon pays of the price, in percent.
const PAID_PERCENT: i64 = 60;

/// One misfortune.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loss {
    pub(crate) article: &'static Article,
    pub(crate) store: &'static Marketplace,
    pub(crate) at: Timestamp,
    pub(crate) units: i64,
    /// When it was found again.
    pub(crate) found: Option<Timestamp>,
    /// It was damaged, not lost.
    pub(crate) damaged: bool,
    pub(crate) number: u64,
}

/// What Amazon pays for one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reimbursement {
    pub(crate) loss: Loss,
    pub(crate) at: Timestamp,
    /// Minor units for one piece.
    pub(crate) unit: i64,
}

impl Reimbursement {
    pub(crate) fn id(&self) -> String {
        format!("{:010}", 1_000_000_000 + self.loss.number % 8_000_000_000)
    }

    pub(crate) fn reason(&self) -> &'static str {
        if self.loss.damaged { "Damaged_Warehouse" } else { "Lost_Warehouse" }
    }
}

impl Loss {
    /// When and how much Amazon pays, unless it was found.
    pub(crate) fn paid(self) -> Option<Reimbursement> {
        let days = if self.damaged { DAYS_TO_PAY_DAMAGED } else { DAYS_TO_PAY_LOST };
        let unit = convert(self.article.euro_cents, self.store.currency) * PAID_PERCENT / 100;
        let at = later(self.at, days, self.number % 3_600);
        self.found.is_none().then_some(Reimbursement { loss: self, at, unit })
    }
}

impl<'a> Account<'a> {
    /// Every misfortune that began in a cycle.
    fn losses_of(self, cycle: i64) -> impl Iterator<Item = Loss> + use<'a> {
        let stores: Vec<_> = if cycle >= 0 && self.sells() { self.stores().collect() } else { Vec::new() };
        let start = self.starts(cycle);
        let length = CYCLE.as_secs().unsigned_abs();
        stores.into_iter().flat_map(move |store| {
            ARTICLES.iter().flat_map(move |article| {
                let chance = self.chance(&format!("loss {} {}", store.id, article.sku), cycle);
                let lost = chance.in_percent("lost", LOST_PERCENT).then(|| {
                    let at = later(start, 0, chance.below("at", length));
                    let found = chance.in_percent("found", FOUND_PERCENT);
                    let days = 1 + i64::try_from(chance.below("days", DAYS_TO_FIND)).unwrap_or(0);
                    let units = 1 + i64::try_from(chance.below("units", 2)).unwrap_or(0);
                    let found = found.then(|| later(at, days, 0));
                    Loss {
                        article,
                        store,
                        at,
                        units,
                        found,
                        damaged: false,
                        number: chance.number("lost id"),
                    }
                });
                let damaged = chance.in_percent("damaged", DAMAGED_PERCENT).then(|| {
                    let at = later(start, 0, chance.below("damaged at", length));
                    let number = chance.number("damaged id");
                    Loss { article, store, at, units: 1, found: None, damaged: true, number }
                });
                lost.into_iter().chain(damaged)
            })
        })
    }

    /// Every misfortune that began, or was made good by finding, in `[from, until)`.
    pub(crate) fn losses(self, window: (Timestamp, Timestamp)) -> impl Iterator<Item = Loss> + use<'a> {
        let (from, until) = window;
        let days = i32::try_from(DAYS_TO_FIND).unwrap_or(0) + 1;
        let cycles = self.cycle(after(from, -(DAY * days))).max(0)..=self.cycle(until);
        let touches = move |loss: &Loss| {
            within(loss.at, window) || loss.found.is_some_and(|found| within(found, window))
        };
        cycles.flat_map(move |cycle| self.losses_of(cycle)).filter(touches)
    }

    /// Every payment for one that Amazon approved in `[from, until)`.
    pub(crate) fn reimbursements(
        self,
        window: (Timestamp, Timestamp),
    ) -> impl Iterator<Item = Reimbursement> + use<'a> {
        let (from, until) = window;
        let days = i32::try_from(DAYS_TO_PAY_LOST).unwrap_or(0) + 1;
        let cycles = self.cycle(after(from, -(DAY * days))).max(0)..=self.cycle(until);
        let paid = cycles.flat_map(move |cycle| self.losses_of(cycle)).filter_map(Loss::paid);
        paid.filter(move |paid| within(paid.at, window))
    }
}
