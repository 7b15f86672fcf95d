//! What was ordered, shipped, refunded and looked at, day by day in a store's own time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::compose::{self, Line};
use crate::generate::{Generated, OrderStatus};
use crate::goods::{ARTICLES, Article};
use crate::marketplaces::Marketplace;
use crate::truth::zones::zone_of;
use crate::truth::{Account, within};

/// Orders of businesses, in percent: the same question as the order's program.
const BUSINESS_PERCENT: u64 = 12;
/// Visits for each piece that is ordered, and the room for visits that lead to nothing.
const VISITS_PER_PIECE: i64 = 7;
const IDLE_VISITS: u64 = 25;

/// An order that was not cancelled, with its lines.
#[derive(Debug)]
pub(crate) struct Ordered {
    pub(crate) order: Generated,
    pub(crate) lines: Vec<Line>,
    pub(crate) business: bool,
}

/// Some orders added up; money in minor units without tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) orders: i64,
    pub(crate) items: i64,
    pub(crate) units: i64,
    pub(crate) minor: i64,
}

impl Tally {
    pub(crate) fn add(&mut self, order: &Generated, line: &Line) {
        self.items += 1;
        self.units += line.quantity;
        self.minor += compose::net(order, line);
    }
}

/// Who looked at an article on a day.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) browser_sessions: i64,
    pub(crate) app_sessions: i64,
    pub(crate) browser_views: i64,
    pub(crate) app_views: i64,
}

impl Traffic {
    pub(crate) fn sessions(&self) -> i64 {
        self.browser_sessions + self.app_sessions
    }

    pub(crate) fn views(&self) -> i64 {
        self.browser_views + self.app_views
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.browser_sessions += other.browser_sessions;
        self.app_sessions += other.app_sessions;
        self.browser_views += other.browser_views;
        self.app_views += other.app_views;
    }
}

/// One article on one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ArticleDay {
    pub(crate) article: &'static Article,
    pub(crate) all: Tally,
    pub(crate) business: Tally,
    pub(crate) traffic: Traffic,
}

/// One day in one store.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) all: Tally,
    pub(crate) business: Tally,
    pub(crate) shipped: Tally,
    pub(crate) refunded_units: i64,
    pub(crate) articles: Vec<ArticleDay>,
}

/// A day in a zone.
pub(crate) fn span_of(date: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let start = |date: Date| date.to_zoned(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp());
    (start(date), date.checked_add(1.day()).map_or(Timestamp::MAX, start))
}

impl<'a> Account<'a> {
    /// Every order placed in `[from, until)` in a store that is not cancelled at `now`.
    pub(crate) fn ordered(
        self,
        store: &'static Marketplace,
        window: (Timestamp, Timestamp),
        now: Timestamp,
    ) -> impl Iterator<Item = Ordered> + use<'a> {
        let orders = self.orders.at(Some(window.0), now).filter(move |_| self.sells());
        orders
            .take_while(move |order| order.created < window.1)
            .filter(move |order| order.store.id == store.id && within(order.created, window))
            .filter(|order| order.status != OrderStatus::Cancelled)
            .map(|order| Ordered {
                lines: compose::lines(&order),
                business: order.chance.in_percent("business", BUSINESS_PERCENT),
                order,
            })
    }

    /// A day in a store as it stands at `now`.
    pub(crate) fn day(self, store: &'static Marketplace, date: Date, now: Timestamp) -> Day {
        let window = span_of(date, &zone_of(store));
        let article = |article| ArticleDay {
            article,
            all: Tally::default(),
            business: Tally::default(),
            traffic: Traffic::default(),
        };
        let mut day = Day {
            date,
            all: Tally::default(),
            business: Tally::default(),
            shipped: Tally::default(),
            refunded_units: 0,
            articles: ARTICLES.iter().map(article).collect(),
        };
        for Ordered { order, lines, business } in self.ordered(store, window, now) {
            day.all.orders += 1;
            day.business.orders += i64::from(business);
            for line in &lines {
                day.all.add(&order, line);
                let sold = day.articles.iter_mut().find(|one| one.article.sku == line.article.sku);
                if let Some(sold) = sold {
                    sold.all.add(&order, line);
                    if business {
                        day.business.add(&order, line);
                        sold.business.add(&order, line);
                    }
                }
            }
        }
        let until = window.1.min(now);
        for shipped in self.shipped((window.0, until)).filter(|one| one.order.store.id == store.id) {
            day.shipped.orders += 1;
            shipped.lines.iter().for_each(|line| day.shipped.add(&shipped.order, line));
        }
        let refunded = self.refunded((window.0, until)).filter(|one| one.store.id == store.id);
        day.refunded_units = refunded.map(|one| one.quantity).sum();
        for one in &mut day.articles {
            one.traffic = self.traffic(store, date, one.article, one.all.units);
        }
        day
    }

    /// Every day from the first to the last.
    pub(crate) fn days(
        self,
        store: &'static Marketplace,
        (first, last): (Date, Date),
        now: Timestamp,
    ) -> Vec<Day> {
        if !self.sells() {
            return Vec::new();
        }
        let days = first.series(1.day()).take_while(|date| *date <= last);
        days.map(|date| self.day(store, date, now)).collect()
    }

    fn traffic(self, store: &Marketplace, date: Date, article: &Article, units: i64) -> Traffic {
        let chance = self.chance(&format!("traffic {} {} {date}", store.id, article.sku), 0);
        let split = |whole: i64, question: &str| {
            let part = i64::try_from(chance.below(question, 60)).unwrap_or(0);
            (whole - whole * part / 100, whole * part / 100)
        };
        let sessions =
            units * VISITS_PER_PIECE + i64::try_from(chance.below("idle", IDLE_VISITS)).unwrap_or(0);
        let (browser_sessions, app_sessions) = split(sessions, "app");
        let again = 100 + i64::try_from(chance.below("again", 70)).unwrap_or(0);
        Traffic {
            browser_sessions,
            app_sessions,
            browser_views: browser_sessions * again / 100,
            app_views: app_sessions * again / 100,
        }
    }
}
