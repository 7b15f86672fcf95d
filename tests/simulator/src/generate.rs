//! When an account's orders are placed, paid, shipped or cancelled: a pure function of
//! (seed, seller, index, now). Nothing runs in the background; an order is worked out when it is asked for.

use jiff::{SignedDuration, Timestamp};

use crate::chance::{self, Chance};
use crate::clock::after;
use crate::marketplaces::{self, Marketplace};
use crate::sellers::{HISTORY_DAYS, Seller};

/// The newest order of the history is at least this old when the world opens, so that it is outside
/// the two minutes that `searchOrders` keeps back.
const QUIET_BEFORE_OPENING: SignedDuration = SignedDuration::from_mins(5);
/// Orders that are cancelled, in percent.
const CANCELLED_PERCENT: u64 = 3;
/// Orders of the account's first store, in percent, when it has several.
const FIRST_STORE_PERCENT: u64 = 70;
/// How long after it was placed an order is paid, and how long after that shipped: at least and at most.
#[derive(Clone, Copy)]
struct Life {
    paid: (SignedDuration, SignedDuration),
    ships: (SignedDuration, SignedDuration),
}

/// Most accounts' orders.
const USUAL: Life = Life {
    paid: (SignedDuration::from_mins(10), SignedDuration::from_hours(4)),
    ships: (SignedDuration::from_hours(2), SignedDuration::from_hours(48)),
};

/// Those of an account with a [pace](Seller::pace).
const BRISK: Life = Life {
    paid: (SignedDuration::from_mins(1), SignedDuration::from_mins(10)),
    ships: (SignedDuration::from_mins(10), SignedDuration::from_mins(60)),
};

impl Life {
    fn of(seller: &Seller) -> Self {
        if seller.pace > 0 { BRISK } else { USUAL }
    }

    /// An order changes no more this long after it was placed.
    fn longest(self) -> SignedDuration {
        self.paid.1 + self.ships.1
    }
}

/// When what happens to an order.
struct Moments {
    chance: Chance,
    created: Timestamp,
    paid: Timestamp,
    /// When it is shipped; meaningless for a cancelled order.
    ships: Timestamp,
    cancelled: bool,
}
/// Modulus of the running part of an order id (seven digits).
const ID_RANGE: u64 = 10_000_000;
/// Step between two neighbours' running parts: coprime with [`ID_RANGE`], so ids never repeat within it.
const ID_STEP: u64 = 7_368_787;

/// What has happened to an order so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderStatus {
    /// Placed, payment not yet confirmed.
    Pending,
    /// Paid, to be shipped.
    Unshipped,
    /// Shipped.
    Shipped,
    /// Cancelled before it was paid.
    Cancelled,
}

impl OrderStatus {
    /// Amazon's word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Unshipped => "UNSHIPPED",
            Self::Shipped => "SHIPPED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// One generated order as it stands at some moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Generated {
    pub(crate) index: u64,
    pub(crate) chance: Chance,
    pub(crate) store: &'static Marketplace,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) status: OrderStatus,
    /// When it will be or was shipped; meaningless for a cancelled order.
    pub(crate) ships: Timestamp,
    pub(crate) by_amazon: bool,
}

/// The orders of one account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Orders<'a> {
    seller: &'a Seller,
    seed: u64,
    /// The time of order 0's slot.
    origin: Timestamp,
}

impl<'a> Orders<'a> {
    /// The orders of this account in a world with this seed that opened then.
    pub(crate) fn of(seller: &'a Seller, seed: u64, opened: Timestamp) -> Self {
        let history = SignedDuration::from_hours(24 * i64::from(HISTORY_DAYS)) + QUIET_BEFORE_OPENING;
        let origin = if seller.pace > 0 { opened } else { after(opened, -history) };
        Self { seller, seed: chance::mix(seed) ^ chance::of_text(&seller.id), origin }
    }

    /// The number that everything about this account begins with.
    pub(crate) fn seed(self) -> u64 {
        self.seed
    }

    /// The time at which its history begins.
    pub(crate) fn origin(self) -> Timestamp {
        self.origin
    }

    /// How many orders have a slot that has begun by then. The last of them may not be placed yet.
    fn slots(&self, now: Timestamp) -> u64 {
        let Some(spacing) = self.seller.spacing() else {
            return 0;
        };
        let passed = now.duration_since(self.origin).as_nanos().max(0);
        u64::try_from(passed / spacing.as_nanos().max(1) + 1).unwrap_or(0)
    }

    /// Every order placed by `now`, oldest first, as it stands then. With a `since`, some of those that were last
    /// changed before it are left out.
    pub(crate) fn at(self, since: Option<Timestamp>, now: Timestamp) -> impl Iterator<Item = Generated> {
        let first = since
            .map_or(0, |since| self.slots(after(since, -Life::of(self.seller).longest())).saturating_sub(2));
        (first..self.slots(now)).filter_map(move |index| self.order(index, now))
    }

    /// Every change in `[from, upto]`: the order's index and the time.
    pub(crate) fn changes(self, from: Timestamp, upto: Timestamp) -> impl Iterator<Item = (u64, Timestamp)> {
        let first = self.slots(after(from, -Life::of(self.seller).longest())).saturating_sub(2);
        (first..self.slots(upto)).flat_map(move |index| {
            let moments = self.moments(index).into_iter();
            let all = moments.flat_map(|of| {
                [Some(of.created), Some(of.paid), (!of.cancelled).then_some(of.ships)].into_iter().flatten()
            });
            all.filter(move |at| from <= *at && *at <= upto).map(move |at| (index, at))
        })
    }

    /// The order with this index as it stands at `now`, if it has been placed by then.
    pub(crate) fn order(&self, index: u64, now: Timestamp) -> Option<Generated> {
        let Moments { chance, created, paid, ships, cancelled } = self.moments(index)?;
        if created > now {
            return None;
        }
        let (status, updated) = match () {
            () if now < paid => (OrderStatus::Pending, created),
            () if cancelled => (OrderStatus::Cancelled, paid),
            () if now < ships => (OrderStatus::Unshipped, paid),
            () => (OrderStatus::Shipped, ships),
        };
        Some(Generated {
            index,
            chance,
            store: self.store(chance)?,
            created,
            updated,
            status,
            ships,
            by_amazon: chance.in_percent("by amazon", 55),
        })
    }

    fn moments(&self, index: u64) -> Option<Moments> {
        let spacing = self.seller.spacing()?;
        let chance = Chance::of(self.seed, index);
        let slot = after(self.origin, spacing.saturating_mul(i32::try_from(index).ok()?));
        let created = after_up_to(slot, chance, "created", SignedDuration::ZERO, spacing);
        let life = Life::of(self.seller);
        let paid = after_up_to(created, chance, "paid", life.paid.0, life.paid.1);
        let ships = after_up_to(paid, chance, "ships", life.ships.0, life.ships.1);
        let cancelled = chance.in_percent("cancelled", CANCELLED_PERCENT);
        Some(Moments { chance, created, paid, ships, cancelled })
    }

    /// Amazon's identifier of the order with this index: `701-0415926-5358979`.
    pub(crate) fn id(&self, index: u64) -> String {
        let first = 100 + self.seed % 900;
        let middle = (self.seed >> 16) % ID_RANGE;
        let last = (index % ID_RANGE * ID_STEP + (self.seed >> 32) % ID_RANGE) % ID_RANGE;
        format!("{first}-{middle:07}-{last:07}")
    }

    fn store(&self, chance: Chance) -> Option<&'static Marketplace> {
        let (first, others) = self.seller.marketplaces.split_first()?;
        let id = if others.is_empty() || chance.in_percent("first store", FIRST_STORE_PERCENT) {
            first
        } else {
            chance.pick("other store", others)
        };
        marketplaces::by_id(id)
    }
}

/// `from` plus a time between the two, in whole seconds.
fn after_up_to(
    from: Timestamp,
    chance: Chance,
    question: &str,
    least: SignedDuration,
    most: SignedDuration,
) -> Timestamp {
    let room = u64::try_from((most - least).as_secs()).unwrap_or(0);
    let more = i64::try_from(chance.below(question, room)).unwrap_or(0);
    let moved = after(from, least + SignedDuration::from_secs(more));
    Timestamp::from_second(moved.as_second()).unwrap_or(moved)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn seller() -> Seller {
        Seller::new("A2TEST", "Test", &["US", "CA"], 430)
    }

    fn opened() -> Timestamp {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_history_has_exactly_the_promised_number_of_orders() {
        let seller = seller();
        let orders = Orders::of(&seller, 7, opened());
        assert_eq!(orders.at(None, opened() - SignedDuration::from_mins(5)).count(), 430);
    }

    #[test]
    fn orders_go_on_appearing_and_changing_as_time_passes() {
        let seller = seller();
        let orders = Orders::of(&seller, 7, opened());
        let later = opened() + SignedDuration::from_hours(24 * 6);
        let count = orders.at(None, later).count();
        assert!((471..=475).contains(&count), "{count}");
        let first = orders.order(430, later).unwrap();
        assert_eq!(orders.order(430, first.created).unwrap().status, OrderStatus::Pending);
        assert!(first.updated >= first.created);
        assert!(orders.order(430, first.created - SignedDuration::from_secs(1)).is_none());
    }

    #[test]
    fn nothing_that_changed_since_a_moment_is_left_out() {
        let seller = seller();
        let orders = Orders::of(&seller, 7, opened());
        for hours in [0, 1, 30, 100, 2_000] {
            let since = opened() - SignedDuration::from_hours(hours);
            let fits = |order: &Generated| order.updated >= since;
            let all: Vec<_> = orders.at(None, opened()).filter(fits).map(|order| order.index).collect();
            let some: Vec<_> =
                orders.at(Some(since), opened()).filter(fits).map(|order| order.index).collect();
            assert_eq!(all, some, "{hours}");
        }
    }

    #[test]
    fn an_order_never_changes_without_a_newer_time() {
        let seller = seller();
        let orders = Orders::of(&seller, 7, opened());
        for index in 0..50 {
            let mut last = None;
            for hour in 0..120 {
                let now = opened() - SignedDuration::from_hours(24 * 60) + SignedDuration::from_hours(hour);
                let Some(order) = orders.order(index, now) else {
                    continue;
                };
                if let Some((status, updated)) = last {
                    assert_eq!(status == order.status, updated == order.updated);
                }
                last = Some((order.status, order.updated));
            }
        }
    }

    #[test]
    fn a_paced_account_sells_so_many_orders_a_day_from_the_opening_on_and_each_change_is_told() {
        for pace in [10, 1_000, 200_000] {
            let seller = Seller::paced("A2PACED", "Paced", &["US"], pace);
            let orders = Orders::of(&seller, 7, opened());
            assert_eq!(orders.at(None, opened() - SignedDuration::from_secs(1)).count(), 0, "no past");
            let (from, upto) =
                (opened() + SignedDuration::from_hours(2), opened() + SignedDuration::from_hours(26));
            let changes: Vec<_> = orders.changes(from, upto).collect();
            let expected = f64::from(pace) * 2.97;
            assert!((changes.len() as f64 - expected).abs() <= expected * 0.1 + 3.0, "{}", changes.len());
            for (index, at) in changes.iter().take(500) {
                assert_eq!(orders.order(*index, *at).unwrap().updated, *at);
            }
        }
    }

    #[test]
    fn ids_are_unique() {
        let seller = seller();
        let orders = Orders::of(&seller, 7, opened());
        let ids: BTreeSet<String> = (0..20_000).map(|index| orders.id(index)).collect();
        assert_eq!(ids.len(), 20_000);
    }
}
