//! Every movement of money: of each shipment, refund, fee and reimbursement, and the payouts.

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::compose;
use crate::truth::money::{About, Entry, Kind, Transaction, fulfilment, referral};
use crate::truth::shipped::Shipped;
use crate::truth::{Account, later};

/// Shipments whose money is held back, in percent, and for how long ("DD7": seven days after delivery).
const DEFERRED_PERCENT: u64 = 30;
pub(crate) const DEFERRED: SignedDuration = SignedDuration::from_hours(24 * 7);
/// "Financial events might not include orders from the last 48 hours" (model): so many percent are late, by hours
/// below that.
const LATE_PERCENT: u64 = 10;
const LATE_HOURS: u64 = 47;
/// Stores whose tax Amazon keeps and passes on itself (marketplace facilitator).
const TAX_WITHHELD: [&str; 2] = ["US", "CA"];

impl Account<'_> {
    /// Every transaction but payouts posted in `[from, until)`, oldest first.
    pub(crate) fn earnings(self, window: (Timestamp, Timestamp)) -> Vec<Transaction> {
        let mut all: Vec<_> = self.shipped(window).map(shipment).collect();
        all.extend(self.refunds(window));
        all.extend(self.service_fees(window));
        sort(&mut all);
        all
    }

    /// Every transaction posted in `[from, until)`, oldest first.
    pub(crate) fn transactions(self, window: (Timestamp, Timestamp)) -> Vec<Transaction> {
        let mut all = self.earnings(window);
        let periods = self.cycle(window.0).max(0)..=self.cycle(window.1);
        let periods = periods.filter(|cycle| super::within(self.starts(*cycle), window));
        let closed = periods.flat_map(|cycle| self.settled(cycle - 1));
        let transfers = closed.filter_map(|period| period.transfer());
        all.extend(transfers.filter(|one| super::within(one.posted, window)));
        sort(&mut all);
        all
    }

    /// The transaction of one shipped order.
    pub(crate) fn of_order(self, shipped: Shipped) -> Transaction {
        shipment(shipped)
    }
}

fn sort(all: &mut [Transaction]) {
    all.sort_by(|a, b| a.posted.cmp(&b.posted).then_with(|| a.id.cmp(&b.id)));
}

fn shipment(shipped: Shipped) -> Transaction {
    let Shipped { id, order, lines } = &shipped;
    let mut entries = Vec::new();
    for line in lines {
        let about = About {
            item: line.id.clone(),
            sku: line.article.sku.to_owned(),
            asin: line.article.asin.to_owned(),
            title: line.article.title(order.store.language),
            quantity: line.quantity,
        };
        let (net, tax) = (compose::net(order, line), compose::tax(order, line));
        let mut add = |sort, what, minor| {
            entries.push(Entry { about: Some(about.clone()), sort, what, minor });
        };
        add("ItemPrice", "Principal", net);
        add("ItemPrice", "Tax", tax);
        if TAX_WITHHELD.contains(&order.store.country) {
            add("ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", -tax);
        }
        add("ItemFees", "Commission", -referral(net));
        if order.by_amazon {
            let fee = fulfilment(line.article, order.store.currency) * line.quantity;
            add("ItemFees", "FBAPerUnitFulfillmentFee", -fee);
        }
    }
    let late = order.chance.in_percent("late", LATE_PERCENT);
    let hours = if late { 1 + order.chance.below("late hours", LATE_HOURS) } else { 0 };
    let deferred = order.chance.in_percent("deferred", DEFERRED_PERCENT);
    Transaction {
        id: format!("SHIP-{id}"),
        kind: Kind::Shipment,
        description: "Order Payment".to_owned(),
        posted: order.ships,
        matures: deferred.then(|| after(order.ships, DEFERRED)),
        unseen: later(order.ships, 0, hours * 3_600).duration_since(order.ships),
        store: order.store,
        by_amazon: order.by_amazon,
        order: Some(id.clone()),
        related: vec![("SHIPMENT_ID", shipped.shipment())],
        entries,
    }
}
