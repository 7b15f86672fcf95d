//! Settlement periods: what counts in a fortnight, store by store, and the payout that it comes to.

use jiff::{SignedDuration, Timestamp};

use crate::chance::uuid;
use crate::clock::after;
use crate::marketplaces::Marketplace;
use crate::truth::money::{Entry, Kind, Transaction};
use crate::truth::transactions::DEFERRED;
use crate::truth::{Account, later, within};

/// Days from a period's end to the money's arrival.
const DEPOSIT_DAYS: i64 = 2;

/// One period of one store.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) store: &'static Marketplace,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// The settlement's number: eleven digits.
    pub(crate) id: String,
    /// The financial event group.
    pub(crate) group: String,
    /// What counts in it, by when it counts; without the payout.
    pub(crate) transactions: Vec<Transaction>,
}

impl Period {
    /// The sum of what counts in it, in minor units.
    pub(crate) fn total(&self) -> i64 {
        self.transactions.iter().map(Transaction::total).sum()
    }

    /// When the money arrives.
    pub(crate) fn deposited(&self) -> Timestamp {
        later(self.end, DEPOSIT_DAYS, 0)
    }

    /// The payout, or the charge where the seller owes; nothing when there is nothing to pay.
    pub(crate) fn transfer(&self) -> Option<Transaction> {
        let total = self.total();
        let what = if total > 0 { "Payable to Amazon seller" } else { "Charge to credit card" };
        (total != 0).then(|| Transaction {
            id: format!("TRANSFER-{}", self.id),
            kind: Kind::Transfer,
            description: what.to_owned(),
            posted: self.end,
            matures: None,
            unseen: SignedDuration::ZERO,
            store: self.store,
            by_amazon: false,
            order: None,
            related: vec![("DISBURSEMENT_ID", self.id.clone())],
            entries: vec![Entry { about: None, sort: "Transfer", what, minor: -total }],
        })
    }
}

impl Account<'_> {
    /// The numbers of one store's period: of the settlement, and of the financial event group.
    pub(crate) fn period_ids(self, store: &Marketplace, cycle: i64) -> (String, String) {
        let chance = self.chance(&format!("settlement {}", store.id), cycle);
        let id = format!("{:011}", 10_000_000_000 + chance.below("id", 89_000_000_000));
        (id, uuid(chance.number("group")).replace('-', ""))
    }

    /// The periods of every store that end with this cycle; before the beginning there are none.
    pub(crate) fn settled(self, cycle: i64) -> Vec<Period> {
        if cycle < 0 || !self.sells() {
            return Vec::new();
        }
        let (start, end) = self.span(cycle);
        let mut counted = self.earnings((after(start, -DEFERRED), end));
        counted.retain(|one| within(one.counts(), (start, end)));
        counted.sort_by(|a, b| a.counts().cmp(&b.counts()).then_with(|| a.id.cmp(&b.id)));
        let period = |store: &'static Marketplace| {
            let (id, group) = self.period_ids(store, cycle);
            let here = counted.iter().filter(|one| one.store.id == store.id);
            Period { store, start, end, id, group, transactions: here.cloned().collect() }
        };
        self.stores().map(period).collect()
    }

    /// The financial event group of a transaction: that of the period in which its money counts, or which it pays.
    /// While money is held back there is none.
    pub(crate) fn group_of(self, one: &Transaction, now: Timestamp) -> Option<(String, String)> {
        if one.counts() > now {
            return None;
        }
        let cycle = self.cycle(one.counts()) - i64::from(one.kind == Kind::Transfer);
        Some(self.period_ids(one.store, cycle))
    }

    /// The store and cycle of a financial event group, if it has begun by then.
    pub(crate) fn period_of_group(self, group: &str, now: Timestamp) -> Option<(&'static Marketplace, i64)> {
        let cycles = 0..=self.cycle(now);
        let found = cycles.flat_map(|cycle| self.stores().map(move |store| (store, cycle)));
        found.into_iter().find(|(store, cycle)| self.period_ids(store, *cycle).1 == group)
    }
}
