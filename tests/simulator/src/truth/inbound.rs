//! Inbound shipments: each cycle brings back to every store what the one before took out.

use jiff::Timestamp;

use crate::chance::{self, Chance};
use crate::goods::ARTICLES;
use crate::marketplaces::Marketplace;
use crate::truth::movements::{Flows, Kind, Movement, SELLABLE};
use crate::truth::offers::Thing;
use crate::truth::{Account, later};

/// Days from a shipment's first day to each of its stages, and what it is called from then on.
const STAGES: [(i64, &str); 6] =
    [(0, "WORKING"), (1, "SHIPPED"), (2, "IN_TRANSIT"), (4, "RECEIVING"), (5, "RECEIVING"), (7, "CLOSED")];
/// The stage with which it leaves the seller.
const LEFT: usize = 1;
/// The stage with which the first half is on the shelf, and that with which everything is.
const HALF: usize = 3;
const WHOLE: usize = 4;
/// The very first shipment begins this long before the history, so that there is something to sell.
const FIRST_BEGINS: i64 = -8;
/// Pieces of one of the tail: at least, and the room above.
const TAIL_UNITS: (i64, u64) = (3, 60);

/// One inbound shipment to one store.
#[derive(Clone, Debug)]
pub(crate) struct Inbound {
    pub(crate) store: &'static Marketplace,
    pub(crate) items: Vec<(Thing, i64)>,
    begins: Timestamp,
    cycle: i64,
    chance: Chance,
}

impl Inbound {
    pub(crate) fn id(&self) -> String {
        format!("FBA{:09}", self.chance.below("id", 1_000_000_000))
    }

    /// The plan that it was made from.
    pub(crate) fn plan(&self) -> String {
        format!("wf{}", chance::uuid(self.chance.number("plan")))
    }

    pub(crate) fn name(&self) -> String {
        format!("FBA {} {:03}", self.store.country, self.cycle)
    }

    /// The warehouse that it goes to.
    pub(crate) fn warehouse(&self) -> String {
        warehouse(self.store)
    }

    fn stage(&self, stage: usize) -> Timestamp {
        let spread = 3_600 + self.chance.below("spread", 36_000);
        later(self.begins, STAGES[stage].0, spread)
    }

    pub(crate) fn created(&self) -> Timestamp {
        self.stage(0)
    }

    /// When it leaves the seller.
    pub(crate) fn left(&self) -> Timestamp {
        self.stage(LEFT)
    }

    /// How far it has come by then; nothing when it does not exist yet.
    fn reached(&self, now: Timestamp) -> Option<usize> {
        (0..STAGES.len()).rev().find(|stage| self.stage(*stage) <= now)
    }

    /// Its status then, and since when; nothing when it does not exist yet.
    pub(crate) fn status(&self, now: Timestamp) -> Option<(&'static str, Timestamp)> {
        let stage = self.reached(now)?;
        Some((STAGES[stage].1, self.stage(stage)))
    }

    /// How many of so many pieces are on the shelf then.
    pub(crate) fn received(&self, units: i64, now: Timestamp) -> i64 {
        match self.reached(now) {
            Some(WHOLE..) => units,
            Some(HALF) => units / 2,
            _ => 0,
        }
    }

    /// Both deliveries to the shelf.
    pub(crate) fn receipts(&self) -> impl Iterator<Item = Movement> + '_ {
        self.items.iter().flat_map(|(thing, units)| {
            let made = |stage, units| Movement {
                at: self.stage(stage),
                store: self.store,
                thing: *thing,
                kind: Kind::Receipts,
                units,
                disposition: SELLABLE,
                reason: "",
                reference: self.id(),
            };
            [made(HALF, units / 2), made(WHOLE, units - units / 2)].into_iter().filter(|one| one.units > 0)
        })
    }
}

/// The one warehouse of a store.
pub(crate) fn warehouse(store: &Marketplace) -> String {
    format!("{}S1", store.country)
}

impl<'a> Account<'a> {
    /// The shipments of a cycle, given what the one before took out.
    pub(crate) fn supplied(self, cycle: i64, flows: &Flows) -> Vec<Inbound> {
        if !self.sells() {
            return Vec::new();
        }
        let shipment = |store: &'static Marketplace| {
            let chance = self.chance(&format!("inbound {}", store.id), cycle);
            let items: Vec<_> = match cycle {
                0 => self.first_items(),
                _ => {
                    let missing = |sku| {
                        -flows.get(&(store.id, sku)).and_then(|flow| flow.get(SELLABLE)).copied().unwrap_or(0)
                    };
                    let articles =
                        ARTICLES.iter().map(|article| (Thing::Article(article), missing(article.sku)));
                    articles.filter(|(_, units)| *units > 0).collect()
                }
            };
            let begins = later(self.starts(cycle), if cycle == 0 { FIRST_BEGINS } else { 0 }, 0);
            Inbound { store, items, begins, cycle, chance }
        };
        self.stores().map(shipment).filter(|inbound| !inbound.items.is_empty()).collect()
    }

    fn first_items(self) -> Vec<(Thing, i64)> {
        let articles = ARTICLES.iter().map(|article| (Thing::Article(article), self.level()));
        articles
            .chain((0..self.seller.tail).map(|number| (Thing::Tail(number), self.tail_units(number))))
            .collect()
    }

    /// Pieces of one of the tail in each store, for ever.
    pub(crate) fn tail_units(self, number: u32) -> i64 {
        let (least, room) = TAIL_UNITS;
        let more = self.chance("tail units", i64::from(number)).below("units", room);
        least + i64::try_from(more).unwrap_or(0)
    }

    /// Every inbound shipment that exists at `now` and may have changed since then, oldest first.
    pub(crate) fn inbounds(self, since: Timestamp, now: Timestamp) -> Vec<Inbound> {
        let cycles = (self.cycle(since) - 1).max(0)..=self.cycle(now).max(0);
        let all = cycles.flat_map(|cycle| self.supplied(cycle, &self.flows(cycle - 1)));
        all.filter(|inbound| inbound.created() <= now).collect()
    }
}
