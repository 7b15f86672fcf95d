//! What a vendor has: Amazon's purchase orders and their shipments, and what Amazon sells of them to its buyers.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::chance::Chance;
use crate::clock::after;
use crate::goods::{ARTICLES, Article, convert};
use crate::marketplaces::Marketplace;
use crate::sellers::SellerKind;
use crate::truth::{Account, later};

/// Time between two purchase orders.
const EVERY: SignedDuration = SignedDuration::from_hours(15);
/// What Amazon pays of its price, in percent.
const COST_PERCENT: i64 = 55;
/// Purchase orders that Amazon changes after a day, in percent, by cancelling their last item.
const CHANGED_PERCENT: u64 = 10;
/// Most items on one.
const MOST_ITEMS: u64 = 4;
/// Pieces in a case.
pub(crate) const CASE: i64 = 6;
/// Purchase orders change no more after this.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 20);
/// Days from a piece's arrival at Amazon to its sale, and from its sale's order.
const DAYS_TO_SELL: i32 = 10;
/// Pieces of each article that Amazon always has.
const BASE: i64 = 120;
/// One in so many sold pieces comes back.
const RETURNED_ONE_IN: i64 = 20;

/// One item of a purchase order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) article: &'static Article,
    /// As Amazon first ordered.
    pub(crate) cases: i64,
    /// Amazon cancels it with its change.
    pub(crate) dropped: bool,
}

/// One purchase order, with everything that ever happens to it.
#[derive(Clone, Debug)]
pub(crate) struct Purchase {
    number: i64,
    pub(crate) chance: Chance,
    pub(crate) store: &'static Marketplace,
    pub(crate) placed: Timestamp,
    pub(crate) changed: Option<Timestamp>,
    pub(crate) acknowledged: Timestamp,
    /// When the vendor told Amazon of the shipment.
    pub(crate) announced: Timestamp,
    pub(crate) shipped: Timestamp,
    pub(crate) received: Timestamp,
    pub(crate) closed: Timestamp,
    pub(crate) items: Vec<Item>,
}

impl Purchase {
    pub(crate) fn id(&self) -> String {
        format!("{:02X}{:06}", 0xA0 + self.chance.below("prefix", 80), self.number)
    }

    pub(crate) fn shipment(&self) -> String {
        format!("ASN{:09}", self.chance.below("asn", 1_000_000_000))
    }

    /// Its state then, and since when.
    pub(crate) fn state(&self, now: Timestamp) -> (&'static str, Timestamp) {
        match () {
            () if now >= self.closed => ("Closed", self.closed),
            () if now >= self.acknowledged => ("Acknowledged", self.acknowledged),
            () => ("New", self.placed),
        }
    }

    /// When anything about it last changed: its state, its items, or what was received.
    pub(crate) fn updated(&self, now: Timestamp) -> Timestamp {
        let state = self.state(now).1;
        let others = [self.changed, Some(self.received)];
        others.into_iter().flatten().filter(|at| *at <= now).fold(state, Timestamp::max)
    }

    /// When Amazon changed it, if it has.
    pub(crate) fn change(&self, now: Timestamp) -> Option<Timestamp> {
        self.changed.filter(|at| *at <= now)
    }

    /// Cases of an item that are wanted then.
    pub(crate) fn wanted(&self, item: &Item, now: Timestamp) -> i64 {
        if item.dropped && self.change(now).is_some() { 0 } else { item.cases }
    }

    /// Pieces of an item that arrive in the end.
    pub(crate) fn pieces(&self, item: &Item) -> i64 {
        if item.dropped { 0 } else { item.cases * CASE }
    }

    /// What Amazon pays for a piece, in minor units.
    pub(crate) fn cost(&self, article: &Article) -> i64 {
        cost(article, self.store)
    }

    /// The shipment's status then, and since when; nothing before it was announced.
    pub(crate) fn shipping(&self, now: Timestamp) -> Option<(&'static str, Timestamp)> {
        match () {
            () if now < self.announced => None,
            () if now < self.shipped => Some(("Created", self.announced)),
            () => Some(("Shipped", self.shipped)),
        }
    }
}

/// What Amazon pays for a piece, in minor units.
pub(crate) fn cost(article: &Article, store: &Marketplace) -> i64 {
    convert(article.euro_cents, store.currency) * COST_PERCENT / 100
}

/// One article in Amazon's hands over one day or more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Retail {
    pub(crate) ordered: i64,
    pub(crate) shipped: i64,
    pub(crate) returned: i64,
    pub(crate) received: i64,
    /// At the end.
    pub(crate) on_hand: i64,
    /// At the end: on purchase orders that have not arrived.
    pub(crate) open: i64,
    pub(crate) views: i64,
}

impl<'a> Account<'a> {
    /// Whether it is a vendor.
    pub(crate) fn supplies(self) -> bool {
        self.seller.kind == SellerKind::Vendor
    }

    fn purchase(self, number: i64) -> Option<Purchase> {
        let chance = self.chance("purchase", number);
        let slot = after(self.origin(), EVERY.saturating_mul(i32::try_from(number).ok()?));
        let stores: Vec<_> = self.stores().collect();
        let placed = later(slot, 0, chance.below("placed", 36_000));
        let acknowledged = later(placed, 0, 14_400 + chance.below("acknowledged", 129_600));
        let announced = later(acknowledged, 1, chance.below("announced", 36_000));
        let shipped = later(announced, 1, chance.below("shipped", 36_000));
        let received = later(shipped, 4, chance.below("received", 172_800));
        let count = 1 + chance.below("items", MOST_ITEMS);
        let changes = count > 1 && chance.in_percent("changed", CHANGED_PERCENT);
        let changed = changes.then(|| later(placed, 1, 0));
        // A step that shares nothing with ten, so that no article comes twice.
        let (first, step) = (chance.below("first", 10), 3);
        let items = (0..count).map(|place| {
            let article = &ARTICLES[usize::try_from((first + place * step) % 10).unwrap_or(0)];
            let cases = 1 + i64::try_from(chance.below(article.sku, 6)).unwrap_or(0);
            Item { article, cases, dropped: changed.is_some() && place + 1 == count }
        });
        Some(Purchase {
            number,
            chance,
            store: stores.get(usize::try_from(number).ok()? % stores.len().max(1))?,
            placed,
            changed,
            acknowledged,
            announced,
            shipped,
            received,
            closed: later(received, 5, 0),
            items: items.collect(),
        })
    }

    /// Every purchase order placed by `now` that may have changed since then, oldest first.
    pub(crate) fn purchases(
        self,
        since: Timestamp,
        now: Timestamp,
    ) -> impl Iterator<Item = Purchase> + use<'a> {
        let slot = move |at: Timestamp| {
            let passed = at.duration_since(self.origin()).as_nanos();
            i64::try_from(passed.div_euclid(EVERY.as_nanos())).unwrap_or(0)
        };
        let numbers = slot(after(since, -LONGEST)).max(0)..slot(now) + 1;
        let some = self.supplies();
        numbers
            .filter(move |_| some)
            .filter_map(move |number| self.purchase(number))
            .filter(move |one| one.placed <= now)
    }

    /// Pieces of each article that arrived on these days, and that are on their way after the last of them. Days are
    /// counted in UTC.
    fn arrivals(self, store: &Marketplace, first: Date, last: Date) -> Vec<(Date, &'static Article, i64)> {
        let (from, until) = (midnight(first), midnight(last.tomorrow().unwrap_or(last)));
        let mut found = Vec::new();
        for one in self.purchases(from, until).filter(|one| one.store.id == store.id) {
            if from <= one.received && one.received < until {
                let date = one.received.to_zoned(TimeZone::UTC).date();
                found.extend(one.items.iter().map(|item| (date, item.article, one.pieces(item))));
            }
        }
        found
    }

    /// Each article in a store over the days from the first to the last. What arrives is sold ten days later.
    pub(crate) fn retail(
        self,
        store: &'static Marketplace,
        (first, last): (Date, Date),
    ) -> Vec<(&'static Article, Retail)> {
        let shift = |date: Date, days: i32| date.checked_add(days.days()).unwrap_or(date);
        let arrived = self.arrivals(store, shift(first, -DAYS_TO_SELL), last);
        let sum = |article: &Article, from: Date, to: Date| -> i64 {
            let these = arrived
                .iter()
                .filter(|(date, one, _)| from <= *date && *date <= to && one.sku == article.sku);
            these.map(|(.., pieces)| pieces).sum()
        };
        let end = midnight(shift(last, 1));
        let open: Vec<_> = self.purchases(end, end).filter(|one| one.store.id == store.id).collect();
        let retail = |article: &'static Article| {
            let shipped = sum(article, shift(first, -DAYS_TO_SELL), shift(last, -DAYS_TO_SELL));
            let ordered = sum(article, shift(first, 1 - DAYS_TO_SELL), shift(last, 1 - DAYS_TO_SELL));
            let waiting = open.iter().filter(|one| one.placed < end && end <= one.received);
            let open = waiting.flat_map(|one| one.items.iter().map(|item| (item, one.wanted(item, end))));
            let open =
                open.filter(|(item, _)| item.article.sku == article.sku).map(|(_, cases)| cases * CASE);
            let chance = self.chance(&format!("views {} {} {first}", store.id, article.sku), 0);
            let idle = i64::try_from(chance.below("idle", 40)).unwrap_or(0);
            let figures = Retail {
                ordered,
                shipped,
                returned: shipped / RETURNED_ONE_IN,
                received: sum(article, first, last),
                on_hand: BASE + sum(article, shift(last, 1 - DAYS_TO_SELL), last),
                open: open.sum(),
                views: ordered * 9 + idle,
            };
            (article, figures)
        };
        ARTICLES.iter().map(retail).collect()
    }
}

fn midnight(date: Date) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
