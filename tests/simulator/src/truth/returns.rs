//! What buyers send back: of each shipped line at most once, some days after it was shipped.

use jiff::Timestamp;

use crate::clock::after;
use crate::compose::Line;
use crate::goods;
use crate::marketplaces::Marketplace;
use crate::truth::shipped::Shipped;
use crate::truth::{Account, DAY, later, within};

/// Lines that come back, in percent.
const RETURNED_PERCENT: u64 = 8;
/// Days from shipment to the soonest return, and the room after that.
const SOONEST_DAYS: i64 = 5;
const DAYS_OF_ROOM: u64 = 20;
/// The longest time from a shipment to its return.
pub(crate) const LONGEST: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 26);
/// A buyer asks this many days before what he sends back to a merchant arrives there.
const MFN_DAYS_ON_THE_WAY: i64 = 4;
/// Seconds from a return's arrival to its refund: an hour at least, less than a day and an hour.
const REFUND_SECONDS: (u64, u64) = (3_600, 86_400);
/// The longest time from a shipment to its refund.
pub(crate) const LONGEST_TO_REFUND: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 28);
/// Why things come back, in the words of the FBA returns report and of the merchant's.
const REASONS: [(&str, &str); 5] = [
    ("UNWANTED_ITEM", "CR-UNWANTED_ITEM"),
    ("NOT_AS_DESCRIBED", "CR-NOT_AS_DESCRIBED"),
    ("DEFECTIVE", "CR-DEFECTIVE"),
    ("ORDERED_WRONG_ITEM", "CR-ORDERED_WRONG_ITEM"),
    ("MISSED_ESTIMATED_DELIVERY", "CR-MISSED_ESTIMATED_DELIVERY"),
];
/// In what state they come back, with how many of a hundred.
const DISPOSITIONS: [(&str, u64); 3] = [("SELLABLE", 70), ("CUSTOMER_DAMAGED", 20), ("DEFECTIVE", 10)];

/// One line that came back.
#[derive(Debug)]
pub(crate) struct Return {
    pub(crate) order_id: String,
    pub(crate) ordered: Timestamp,
    pub(crate) store: &'static Marketplace,
    pub(crate) by_amazon: bool,
    pub(crate) line: Line,
    pub(crate) quantity: i64,
    /// When the buyer asked for it; of FBA returns it is not told.
    pub(crate) asked: Timestamp,
    /// When it arrived.
    pub(crate) at: Timestamp,
    /// When the money went back.
    pub(crate) refunded: Timestamp,
    pub(crate) disposition: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) merchant_reason: &'static str,
    /// Minor units of one piece without tax.
    pub(crate) unit_price: i64,
}

impl Return {
    /// The label on the returned piece.
    pub(crate) fn plate(&self) -> String {
        format!("LPN{}{:09}", self.store.country, self.line.chance.below("plate", 1_000_000_000))
    }

    /// Amazon's authorization of a return to a merchant.
    pub(crate) fn authorization(&self) -> String {
        format!("DR{:08}RRMA", self.line.chance.below("rma", 100_000_000))
    }

    /// The identifier of the refund.
    pub(crate) fn refund(&self) -> String {
        format!("R{:013}", self.line.chance.below("refund", 10_000_000_000_000))
    }
}

impl<'a> Account<'a> {
    /// Every return of something shipped in this time.
    fn returns_of(self, shipped: (Timestamp, Timestamp)) -> impl Iterator<Item = Return> + use<'a> {
        self.shipped(shipped).flat_map(|Shipped { id, order, lines }| {
            lines.into_iter().filter(|line| line.chance.in_percent("returned", RETURNED_PERCENT)).map(
                move |line| {
                    let chance = line.chance;
                    let days = SOONEST_DAYS + i64::try_from(chance.below("days", DAYS_OF_ROOM)).unwrap_or(0);
                    let at = later(order.ships, days, chance.below("second", 86_400));
                    let (least, room) = REFUND_SECONDS;
                    let pieces = line.quantity.unsigned_abs();
                    let (reason, merchant_reason) = *chance.pick("reason", &REASONS);
                    Return {
                        order_id: id.clone(),
                        ordered: order.created,
                        store: order.store,
                        by_amazon: order.by_amazon,
                        quantity: 1 + i64::try_from(chance.below("pieces back", pieces)).unwrap_or(0),
                        asked: after(at, -(DAY * i32::try_from(MFN_DAYS_ON_THE_WAY).unwrap_or(1))),
                        at,
                        refunded: later(at, 0, least + chance.below("refund second", room)),
                        disposition: disposition(chance.below("disposition", 100)),
                        reason,
                        merchant_reason,
                        unit_price: goods::convert(line.article.euro_cents, order.store.currency),
                        line,
                    }
                },
            )
        })
    }

    /// Every return that arrived in `[from, until)`.
    pub(crate) fn returns(self, window: (Timestamp, Timestamp)) -> impl Iterator<Item = Return> + use<'a> {
        let (from, until) = window;
        self.returns_of((after(from, -LONGEST), until)).filter(move |one| within(one.at, window))
    }

    /// Every return whose money went back in `[from, until)`.
    pub(crate) fn refunded(self, window: (Timestamp, Timestamp)) -> impl Iterator<Item = Return> + use<'a> {
        let (from, until) = window;
        self.returns_of((after(from, -LONGEST_TO_REFUND), until))
            .filter(move |one| within(one.refunded, window))
    }

    /// Every return to a merchant that was asked for in `[from, until)`.
    pub(crate) fn merchant_returns(
        self,
        window: (Timestamp, Timestamp),
    ) -> impl Iterator<Item = Return> + use<'a> {
        let (from, until) = window;
        self.returns_of((after(from, -LONGEST), until))
            .filter(move |one| !one.by_amazon && within(one.asked, window))
    }
}

fn disposition(mut percent: u64) -> &'static str {
    for (word, share) in DISPOSITIONS {
        if percent < share {
            return word;
        }
        percent -= share;
    }
    DISPOSITIONS[0].0
}
