//! What was ordered and shipped, summed up by time or by article. Days are those of UTC (a liberty: Amazon's are the
//! store's).

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Map, Value, json};

use crate::chance::{Chance, of_text};
use crate::compose;
use crate::find::{self, Found};
use crate::generate::OrderStatus;
use crate::goods::minor_units;
use crate::marketplaces::Marketplace;
use crate::reported::day_of;
use crate::sellers::Seller;
use crate::world::Inside;

/// How finely time is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    Day,
    /// From Sunday to Saturday.
    Week,
    Month,
    /// Not at all.
    Whole,
}

/// The sums of some orders' lines.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) items: i64,
    pub(crate) units: i64,
    pub(crate) ordered: i64,
    pub(crate) orders_shipped: i64,
    pub(crate) units_shipped: i64,
    pub(crate) shipped: i64,
}

/// One group of orders' lines.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) store: &'static Marketplace,
    pub(crate) first: Date,
    pub(crate) last: Date,
    /// The article, where it is grouped by articles: its ASIN and its SKU.
    pub(crate) article: Option<(&'static str, &'static str)>,
    pub(crate) sums: Sums,
}

impl Grain {
    /// The grain with this name.
    pub(crate) fn named(word: &str) -> Option<Self> {
        match word {
            "DAY" => Some(Self::Day),
            "WEEK" => Some(Self::Week),
            "MONTH" => Some(Self::Month),
            "RANGE" => Some(Self::Whole),
            _ => None,
        }
    }

    /// The whole periods within these days. What a week or a month lacks at the ends is left out.
    pub(crate) fn periods(self, first: Date, last: Date) -> Vec<(Date, Date)> {
        if self == Self::Whole {
            return if first <= last { vec![(first, last)] } else { Vec::new() };
        }
        let mut periods = Vec::new();
        let mut day = first;
        while day <= last {
            let end = match self {
                Self::Week if day.weekday() == Weekday::Sunday => day.checked_add(Span::new().days(6)).ok(),
                Self::Month if day.day() == 1 => Some(day.last_of_month()),
                Self::Day => Some(day),
                _ => None, // no period begins here
            };
            if let Some(end) = end.filter(|end| *end <= last) {
                periods.push((day, end));
                day = end;
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        periods
    }
}

/// Groups by time, for each store.
pub(crate) fn by_date(
    inside: &Inside,
    (seller, stores): (&Seller, &[&'static Marketplace]),
    (first, last): (Date, Date),
    grain: Grain,
    as_of: Timestamp,
) -> Vec<Group> {
    group(inside, (seller, stores), grain.periods(first, last), false, as_of)
}

/// Groups by time and article, for each store.
pub(crate) fn by_asin(
    inside: &Inside,
    (seller, stores): (&Seller, &[&'static Marketplace]),
    (first, last): (Date, Date),
    grain: Grain,
    as_of: Timestamp,
) -> Vec<Group> {
    group(inside, (seller, stores), grain.periods(first, last), true, as_of)
}

fn group(
    inside: &Inside,
    (seller, stores): (&Seller, &[&'static Marketplace]),
    periods: Vec<(Date, Date)>,
    by_article: bool,
    as_of: Timestamp,
) -> Vec<Group> {
    let (Some((first, _)), Some((_, last))) = (periods.first(), periods.last()) else { return Vec::new() };
    let mut groups: BTreeMap<(&str, Date, &str), Group> = BTreeMap::new();
    let since = start_of(*first);
    for one in find::all(inside, seller, as_of, None, Some(since)) {
        let Found::Generated(order, _) = &one else { continue };
        let day = day_of(order.created);
        let Some(store) = stores.iter().find(|store| store.id == order.store.id) else { continue };
        let Some(period) = periods.iter().find(|(first, last)| (*first..=*last).contains(&day)) else {
            continue;
        };
        if day > *last || order.status == OrderStatus::Cancelled {
            continue;
        }
        let mut counted = Vec::new();
        for line in compose::lines(order) {
            let article = by_article.then_some((line.article.asin, line.article.sku));
            let key = (store.id, period.0, article.map_or("", |(asin, _)| asin));
            let made = || Group { store, first: period.0, last: period.1, article, sums: Sums::default() };
            let sums = &mut groups.entry(key).or_insert_with(made).sums;
            let price = compose::net(order, &line);
            sums.items += 1;
            sums.units += line.quantity;
            sums.ordered += price;
            if order.status == OrderStatus::Shipped {
                sums.units_shipped += line.quantity;
                sums.shipped += price;
                if !counted.contains(&key) {
                    sums.orders_shipped += 1;
                    counted.push(key);
                }
            }
        }
    }
    groups.into_values().collect()
}

fn start_of(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::MIN, |start| start.timestamp())
}

impl Group {
    /// An amount of money.
    #[allow(clippy::cast_precision_loss)] // amounts are far below 2^53
    pub(crate) fn money(&self, minor: i64) -> Value {
        let amount = minor as f64 / minor_units(self.store.currency) as f64;
        json!({ "amount": amount, "currencyCode": self.store.currency })
    }

    /// The sales, with what only a group by date has when it is one.
    #[allow(clippy::cast_precision_loss)] // counts are far below 2^53
    pub(crate) fn sales(&self) -> Map<String, Value> {
        let sums = &self.sums;
        let mut sales = Map::new();
        let mut put = |name: &str, value: Value| sales.insert(name.to_owned(), value);
        put("orderedProductSales", self.money(sums.ordered));
        put("unitsOrdered", json!(sums.units));
        put("totalOrderItems", json!(sums.items));
        put("ordersShipped", json!(sums.orders_shipped));
        put("unitsShipped", json!(sums.units_shipped));
        put("shippedProductSales", self.money(sums.shipped));
        put("unitsRefunded", json!(0));
        put("refundRate", json!(0.0));
        if self.article.is_none() {
            put("averageSalesPerOrderItem", self.money(sums.ordered / sums.items.max(1)));
            put("averageSellingPrice", self.money(sums.ordered / sums.units.max(1)));
            put("averageUnitsPerOrderItem", json!(hundredths(sums.units as f64 / sums.items.max(1) as f64)));
            put("claimsAmount", self.money(0));
            put("claimsGranted", json!(0));
        }
        sales
    }

    /// The traffic: invented, and the same whenever it is asked for.
    #[allow(clippy::cast_precision_loss)] // counts are far below 2^53
    pub(crate) fn traffic(&self, seed: u64) -> Map<String, Value> {
        let asin = self.article.map_or("", |(asin, _)| asin);
        let chance = Chance::of(seed, of_text(&format!("{} {} {asin}", self.store.id, self.first)));
        let sums = &self.sums;
        let units = sums.units.unsigned_abs();
        let (browser, mobile) =
            (units * 9 + chance.below("browser", 40), units * 6 + chance.below("mobile", 30));
        let (browser_visits, mobile_visits) = (browser * 2 / 3 + 1, mobile * 2 / 3 + 1);
        let visits = browser_visits + mobile_visits;
        let percent = |part: i64| json!(hundredths(part as f64 * 100.0 / visits as f64));
        let mut traffic = Map::new();
        let mut put = |name: &str, value: Value| traffic.insert(name.to_owned(), value);
        put("browserPageViews", json!(browser));
        put("mobileAppPageViews", json!(mobile));
        put("pageViews", json!(browser + mobile));
        put("browserSessions", json!(browser_visits));
        put("mobileAppSessions", json!(mobile_visits));
        put("sessions", json!(visits));
        put("buyBoxPercentage", json!(80.0));
        put("unitSessionPercentage", percent(sums.units));
        if self.article.is_none() {
            put("orderItemSessionPercentage", percent(sums.items));
            put("averageOfferCount", json!(10));
            put("averageParentItems", json!(10));
            put("feedbackReceived", json!(0));
            put("negativeFeedbackReceived", json!(0));
            put("receivedNegativeFeedbackRate", json!(0.0));
        } else {
            for name in [
                "browserPageViewsPercentage",
                "mobileAppPageViewsPercentage",
                "pageViewsPercentage",
                "browserSessionPercentage",
                "mobileAppSessionPercentage",
                "sessionPercentage",
            ] {
                put(name, json!(10.0));
            }
        }
        traffic
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
