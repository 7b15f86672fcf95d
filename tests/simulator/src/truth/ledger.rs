//! The inventory ledger: balances before and after a time, and what happened in between.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::marketplaces::Marketplace;
use crate::truth::Account;
use crate::truth::movements::{Kind, Movement};
use crate::truth::offers::Thing;

/// One SKU in one store and state over one time.
#[derive(Clone, Debug)]
pub(crate) struct Balance {
    pub(crate) thing: Thing,
    pub(crate) store: &'static Marketplace,
    pub(crate) disposition: &'static str,
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) moved: Vec<Movement>,
}

impl Balance {
    /// Pieces moved by this kind of event.
    pub(crate) fn by(&self, kind: Kind) -> i64 {
        self.moved.iter().filter(|one| one.kind == kind).map(|one| one.units).sum()
    }

    /// Pieces adjusted with this code.
    pub(crate) fn adjusted(&self, reason: &str) -> i64 {
        self.moved.iter().filter(|one| one.reason == reason).map(|one| one.units).sum()
    }
}

impl Account<'_> {
    /// Balances over `[from, until)`, by store, SKU and state; what was and is nothing is left out.
    pub(crate) fn balances(self, (from, until): (Timestamp, Timestamp)) -> Vec<Balance> {
        let mut found: BTreeMap<(&str, String, &str), Balance> = BTreeMap::new();
        let before = after(from, -SignedDuration::from_nanos(1));
        for store in self.stores() {
            for (thing, stock) in self.stock(store, before) {
                for (disposition, units) in stock.by_disposition {
                    let balance =
                        Balance { thing, store, disposition, start: units, end: units, moved: Vec::new() };
                    found.insert((store.id, thing.sku(), disposition), balance);
                }
            }
        }
        for one in self.movements((from, until)) {
            let key = (one.store.id, one.thing.sku(), one.disposition);
            let balance = found.entry(key).or_insert_with(|| Balance {
                thing: one.thing,
                store: one.store,
                disposition: one.disposition,
                start: 0,
                end: 0,
                moved: Vec::new(),
            });
            balance.end += one.units;
            balance.moved.push(one);
        }
        found.into_values().filter(|one| one.start != 0 || one.end != 0 || !one.moved.is_empty()).collect()
    }
}
