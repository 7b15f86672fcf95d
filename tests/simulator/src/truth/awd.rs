//! Amazon Warehousing and Distribution, in the United States only: bulk stock that arrives once in four weeks and is
//! handed on day by day, so that every four weeks begin alike.

use jiff::{SignedDuration, Timestamp};

use crate::chance::Chance;
use crate::clock::after;
use crate::goods::{ARTICLES, Article};
use crate::truth::{Account, later};

/// Time between two shipments.
const EVERY: SignedDuration = SignedDuration::from_hours(24 * 28);
/// What is always there, in pieces of each article.
const BASE: i64 = 500;
/// Pieces of an article in one shipment: a multiple of 28, so that as many are handed on each day.
const PER_DAY: u64 = 6;
const DAYS: i64 = 28;
/// Days from a shipment's start to each of its stages, and what it is called from then on.
const STAGES: [(i64, &str); 6] =
    [(0, "CREATED"), (1, "SHIPPED"), (2, "IN_TRANSIT"), (5, "RECEIVING"), (7, "DELIVERED"), (9, "CLOSED")];
/// The stage with which everything is on the shelf.
const ARRIVED: usize = 4;

/// One shipment to AWD.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bulk {
    chance: Chance,
    begins: Timestamp,
}

impl Bulk {
    pub(crate) fn id(&self) -> String {
        format!("STAR-{:010X}", self.chance.below("id", 1 << 40))
    }

    pub(crate) fn order(&self) -> String {
        format!("{:016}", self.chance.below("order", 1_000_000_000_000_000))
    }

    fn stage(&self, stage: usize) -> Timestamp {
        later(self.begins, STAGES[stage].0, self.chance.below("spread", 36_000))
    }

    pub(crate) fn created(&self) -> Timestamp {
        self.stage(0)
    }

    /// Its status then, and since when.
    pub(crate) fn status(&self, now: Timestamp) -> (&'static str, Timestamp) {
        let reached = (0..STAGES.len()).rev().find(|stage| self.stage(*stage) <= now).unwrap_or(0);
        (STAGES[reached].1, self.stage(reached))
    }

    fn pieces(&self, article: &Article) -> i64 {
        DAYS * i64::try_from(1 + self.chance.below(article.sku, PER_DAY)).unwrap_or(1)
    }
}

/// The bulk stock of one article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BulkStock {
    pub(crate) article: &'static Article,
    pub(crate) onhand: i64,
    pub(crate) inbound: i64,
    /// Of what is on hand: picked to be handed on today.
    pub(crate) reserved: i64,
    /// On its way to a warehouse that ships to buyers.
    pub(crate) replenishing: i64,
}

impl<'a> Account<'a> {
    /// Whether it has any: sellers of the United States do.
    fn has_bulk(self) -> bool {
        self.sells() && self.stores().any(|store| store.country == "US")
    }

    fn bulk(self, number: i64) -> Bulk {
        let begins = after(self.origin(), EVERY.saturating_mul(i32::try_from(number).unwrap_or(i32::MAX)));
        Bulk { chance: self.chance("awd", number), begins }
    }

    /// Every shipment that exists at `now`, oldest first.
    pub(crate) fn bulks(self, now: Timestamp) -> impl Iterator<Item = Bulk> + use<'a> {
        let passed = now.duration_since(self.origin()).as_nanos().div_euclid(EVERY.as_nanos());
        let last = if self.has_bulk() { i64::try_from(passed).unwrap_or(-1) } else { -1 };
        (0..=last).map(move |number| self.bulk(number)).filter(move |bulk| bulk.created() <= now)
    }

    /// The bulk stock of every article.
    pub(crate) fn bulk_stock(self, now: Timestamp) -> Vec<BulkStock> {
        let Some(bulk) = self.bulks(now).last() else { return Vec::new() };
        let days = (now.duration_since(bulk.begins).as_secs() / 86_400).clamp(0, DAYS);
        let stock = |article: &'static Article| {
            let pieces = bulk.pieces(article);
            let daily = pieces / DAYS;
            let arrived = bulk.stage(ARRIVED) <= now;
            BulkStock {
                article,
                onhand: BASE + if arrived { pieces } else { 0 } - daily * days,
                inbound: if arrived { 0 } else { pieces },
                reserved: daily,
                replenishing: daily * days.min(3),
            }
        };
        ARTICLES.iter().map(stock).collect()
    }
}
