//! How FBA stock moves: what the inventory ledger tells one by one.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::goods::Article;
use crate::marketplaces::Marketplace;
use crate::truth::offers::Thing;
use crate::truth::{Account, later, within};

/// The state of a piece that can be sold.
pub(crate) const SELLABLE: &str = "SELLABLE";
/// The state of a piece that a warehouse damaged.
pub(crate) const WAREHOUSE_DAMAGED: &str = "WAREHOUSE_DAMAGED";
/// Days into a cycle on which what cannot be sold, or is too much, goes back to the seller.
const REMOVED_AFTER_DAYS: i64 = 3;

/// The ledger's word for what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Receipts,
    Shipments,
    CustomerReturns,
    VendorReturns,
    Adjustments,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Receipts => "Receipts",
            Self::Shipments => "Shipments",
            Self::CustomerReturns => "CustomerReturns",
            Self::VendorReturns => "VendorReturns",
            Self::Adjustments => "Adjustments",
        }
    }
}

/// Some pieces in or out.
#[derive(Clone, Debug)]
pub(crate) struct Movement {
    pub(crate) at: Timestamp,
    pub(crate) store: &'static Marketplace,
    pub(crate) thing: Thing,
    pub(crate) kind: Kind,
    /// Below zero: out.
    pub(crate) units: i64,
    pub(crate) disposition: &'static str,
    /// The ledger's code of an adjustment: M lost, F found, E damaged; otherwise nothing.
    pub(crate) reason: &'static str,
    pub(crate) reference: String,
}

/// What a cycle's own events come to, by store and SKU, then by disposition.
pub(crate) type Flows = BTreeMap<(&'static str, &'static str), BTreeMap<&'static str, i64>>;

impl<'a> Account<'a> {
    /// Pieces of each article in each store at the start of each cycle's deliveries: more than two cycles can sell.
    pub(crate) fn level(self) -> i64 {
        let fortnight = i64::from(self.seller.history) * 14 / i64::from(crate::sellers::HISTORY_DAYS);
        2 * fortnight + 40
    }

    /// What happens by itself: sold, sent back, lost, found and damaged in `[from, until)`.
    fn happenings(self, window: (Timestamp, Timestamp)) -> Vec<Movement> {
        let made =
            |at, store, article: &'static Article, kind, units, disposition, reason, reference| Movement {
                at,
                store,
                thing: Thing::Article(article),
                kind,
                units,
                disposition,
                reason,
                reference,
            };
        let mut all = Vec::new();
        for shipped in self.shipped(window).filter(|shipped| shipped.order.by_amazon) {
            let (at, store, id) = (shipped.order.ships, shipped.order.store, shipped.shipment());
            all.extend(shipped.lines.iter().map(|line| {
                let units = -line.quantity;
                made(at, store, line.article, Kind::Shipments, units, SELLABLE, "", id.clone())
            }));
        }
        let mcf = self.fulfilments(window.0, window.1);
        for one in mcf.filter(|one| !one.cancelled && within(one.ships, window)) {
            let units = -one.units;
            all.push(made(
                one.ships,
                one.store,
                one.article,
                Kind::Shipments,
                units,
                SELLABLE,
                "",
                one.shipment(),
            ));
        }
        for one in self.returns(window).filter(|one| one.by_amazon) {
            let (article, id) = (one.line.article, one.order_id);
            let kind = Kind::CustomerReturns;
            all.push(made(one.at, one.store, article, kind, one.quantity, one.disposition, "", id));
        }
        for loss in self.losses(window) {
            let kind = Kind::Adjustments;
            let mut adjust = |at, units, disposition, reason| {
                if within(at, window) {
                    let id = format!("{:012}", loss.number % 1_000_000_000_000);
                    all.push(made(at, loss.store, loss.article, kind, units, disposition, reason, id));
                }
            };
            adjust(loss.at, -loss.units, SELLABLE, if loss.damaged { "E" } else { "M" });
            if loss.damaged {
                adjust(loss.at, loss.units, WAREHOUSE_DAMAGED, "E");
            }
            if let Some(found) = loss.found {
                adjust(found, loss.units, SELLABLE, "F");
            }
        }
        all
    }

    /// The same, added up over a cycle. Before the first one nothing happens.
    pub(crate) fn flows(self, cycle: i64) -> Flows {
        let mut flows = Flows::new();
        if cycle < 0 {
            return flows;
        }
        for one in self.happenings(self.span(cycle)) {
            if let Thing::Article(article) = one.thing {
                let flow = flows.entry((one.store.id, article.sku)).or_default();
                *flow.entry(one.disposition).or_default() += one.units;
            }
        }
        flows
    }

    /// What goes back to the seller in a cycle: what the one before left unsellable, and what came back in excess.
    fn removals(self, cycle: i64, flows: &Flows) -> Vec<Movement> {
        let at = later(self.starts(cycle), REMOVED_AFTER_DAYS, 36_000);
        let mut all = Vec::new();
        for ((store, sku), flow) in flows {
            let known = crate::marketplaces::by_id(store).zip(crate::goods::article(sku));
            let Some((store, article)) = known else { continue };
            for (disposition, units) in flow.iter().filter(|(_, units)| **units > 0) {
                all.push(Movement {
                    at,
                    store,
                    thing: Thing::Article(article),
                    kind: Kind::VendorReturns,
                    units: -units,
                    disposition,
                    reason: "",
                    reference: format!("REMOVAL-{}-{cycle:04}", store.country),
                });
            }
        }
        all
    }

    /// Every movement in `[from, until)`, oldest first.
    pub(crate) fn movements(self, window: (Timestamp, Timestamp)) -> Vec<Movement> {
        if !self.sells() {
            return Vec::new();
        }
        let (from, until) = window;
        let mut all = self.happenings(window);
        for cycle in self.cycle(from).max(0)..=self.cycle(until) {
            let flows = self.flows(cycle - 1);
            let supplied = self.supplied(cycle, &flows);
            let receipts = supplied.iter().flat_map(|inbound| inbound.receipts());
            let more = receipts.chain(self.removals(cycle, &flows));
            all.extend(more.filter(|one| within(one.at, window)));
        }
        all.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.reference.cmp(&b.reference)));
        all
    }
}
