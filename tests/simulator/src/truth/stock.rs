//! What is on the shelf: a closed sum, because each cycle brings back what the one before took out.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::compose;
use crate::generate::OrderStatus;
use crate::goods::ARTICLES;
use crate::marketplaces::Marketplace;
use crate::truth::Account;
use crate::truth::movements::SELLABLE;
use crate::truth::offers::{Offer, Thing};

/// The stock of one thing in one store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stock {
    /// By disposition; those with nothing may be absent.
    pub(crate) by_disposition: BTreeMap<&'static str, i64>,
    /// Of the sellable: kept for orders that are placed and not shipped.
    pub(crate) reserved: i64,
    /// Announced, on the way, and at a warehouse but not on the shelf.
    pub(crate) working: i64,
    pub(crate) shipped: i64,
    pub(crate) receiving: i64,
    /// When any of it but the last three last changed.
    pub(crate) changed: Option<Timestamp>,
}

impl Stock {
    pub(crate) fn of(&self, disposition: &str) -> i64 {
        self.by_disposition.get(disposition).copied().unwrap_or(0)
    }

    pub(crate) fn sellable(&self) -> i64 {
        self.of(SELLABLE)
    }

    pub(crate) fn unsellable(&self) -> i64 {
        self.by_disposition.values().sum::<i64>() - self.sellable()
    }

    fn move_by(&mut self, disposition: &'static str, units: i64) {
        *self.by_disposition.entry(disposition).or_default() += units;
    }

    fn touch(&mut self, at: Timestamp) {
        self.changed = self.changed.max(Some(at));
    }
}

impl Account<'_> {
    /// Everything that it has in a store at `now`, what happened at that very moment included.
    pub(crate) fn stock(self, store: &'static Marketplace, now: Timestamp) -> Vec<(Thing, Stock)> {
        let cycle = self.cycle(now);
        if !self.sells() || cycle < 0 {
            return Vec::new();
        }
        let until = after(now, SignedDuration::from_nanos(1));
        let first =
            self.supplied(0, &BTreeMap::new()).into_iter().find(|inbound| inbound.store.id == store.id);
        let filled = first.and_then(|first| first.receipts().map(|one| one.at).max());
        let mut found: BTreeMap<&'static str, Stock> = BTreeMap::new();
        let before = self.flows(cycle - 1);
        for article in &ARTICLES {
            let stock = found.entry(article.sku).or_default();
            stock.changed = filled;
            stock.move_by(SELLABLE, self.level());
            for (disposition, units) in before.get(&(store.id, article.sku)).into_iter().flatten() {
                stock.move_by(disposition, *units);
            }
        }
        let (start, ago) = (self.starts(cycle), self.starts((cycle - 1).max(0)));
        for one in self.movements((ago, until)).into_iter().filter(|one| one.store.id == store.id) {
            let Thing::Article(article) = one.thing else { continue };
            let stock = found.entry(article.sku).or_default();
            stock.touch(one.at);
            if one.at >= start {
                stock.move_by(one.disposition, one.units);
            }
        }
        self.reserve(store, now, &mut found);
        for inbound in self.supplied(cycle, &before).iter().filter(|inbound| inbound.store.id == store.id) {
            let status = inbound.status(now).map(|(status, _)| status);
            for (thing, units) in inbound.items.iter().filter(|_| cycle > 0) {
                let Thing::Article(article) = thing else { continue };
                let stock = found.entry(article.sku).or_default();
                let left = units - inbound.received(*units, now);
                match status {
                    Some("WORKING") => stock.working += left,
                    Some("SHIPPED" | "IN_TRANSIT") => stock.shipped += left,
                    Some("RECEIVING") => stock.receiving += left,
                    _ => {}
                }
            }
        }
        let articles =
            ARTICLES.iter().filter_map(|article| Some((Thing::Article(article), found.remove(article.sku)?)));
        let tail = (0..self.seller.tail).map(|number| {
            let units = BTreeMap::from([(SELLABLE, self.tail_units(number))]);
            (Thing::Tail(number), Stock { by_disposition: units, changed: filled, ..Stock::default() })
        });
        articles.chain(tail).collect()
    }

    /// The same with what each is offered as.
    pub(crate) fn held(self, store: &'static Marketplace, now: Timestamp) -> Vec<(Offer, Stock)> {
        // Both list the articles first and then the tail.
        self.offers(store, now)
            .into_iter()
            .zip(self.stock(store, now).into_iter().map(|(_, stock)| stock))
            .collect()
    }

    /// What open orders keep.
    fn reserve(self, store: &Marketplace, now: Timestamp, found: &mut BTreeMap<&'static str, Stock>) {
        let orders = self.orders.at(Some(self.starts(self.cycle(now) - 1)), now);
        for order in orders.filter(|order| order.by_amazon && order.store.id == store.id) {
            let open = matches!(order.status, OrderStatus::Pending | OrderStatus::Unshipped);
            for line in compose::lines(&order) {
                let stock = found.entry(line.article.sku).or_default();
                stock.touch(order.created);
                if open {
                    stock.reserved += line.quantity;
                } else {
                    stock.touch(order.updated);
                }
            }
        }
        // An order that was paid changed nothing here; one that was shipped or cancelled did.
        for one in self.fulfilments(now, now).filter(|one| one.store.id == store.id) {
            let (status, since) = one.status(now);
            let stock = found.entry(one.article.sku).or_default();
            stock.touch(since);
            if matches!(status, "Received" | "Processing") {
                stock.reserved += one.units;
            }
        }
    }
}
