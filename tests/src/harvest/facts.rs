//! What is true, domain by domain, from what the simulator tells of an account.

use super::Harvest;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sellerport_simulator::Truth;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One thing that is true.
#[derive(Debug)]
pub(super) struct Fact {
    /// The truth's name for it.
    pub(super) key: String,
    /// Since when it is so; of what is counted by days, the end of the day. Nothing where that is not said.
    pub(super) at: Option<Timestamp>,
    /// Whether Amazon shows it yet.
    pub(super) shown: bool,
    /// What it is.
    pub(super) item: Value,
}

/// The ledger's days that are held against what landed, the history of the simulator's accounts included.
const LEDGER_DAYS: SignedDuration = SignedDuration::from_hours(24 * 85);
/// The days of sales: as many as the domain looks back, and those of a voyage.
const SALES_DAYS: i32 = 740;

/// Everything that is true of the stream's account and domain at a moment.
pub(super) fn facts(of: &Harvest<'_>, at: Timestamp) -> Vec<Fact> {
    let told = |domain: &str| of.world.truth_at(of.seller, domain, at).unwrap_or_default();
    let plain = |domain: &str| told(domain).into_iter().map(Fact::from).collect();
    match of.stream.domain.as_str() {
        "inbound" => told("inbound").into_iter().map(without_items).collect(),
        "account" => stores(told("account")),
        "inbounditems" => items(told("inbound")),
        "ledger" => ledger(of, at),
        "sales" => sales(of, &told("orders"), at),
        "vendorsales" => figures(of, told("vendoranalytics"), "sales"),
        "vendorstock" => figures(of, told("vendoranalytics"), "inventory"),
        "vendortraffic" => figures(of, told("vendoranalytics"), "traffic"),
        domain => plain(domain),
    }
}

impl From<Truth> for Fact {
    fn from(told: Truth) -> Self {
        let at = told.updated.parse().ok().or_else(|| end_of(told.updated.parse().ok()?));
        Self { key: told.key, at, shown: told.shown, item: told.item }
    }
}

fn end_of(day: Date) -> Option<Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The stores of the account.
fn stores(told: Vec<Truth>) -> Vec<Fact> {
    let all = told
        .into_iter()
        .flat_map(|one| one.item["marketplaceParticipationList"].as_array().cloned().unwrap_or_default());
    let fact = |item: Value| {
        let key = item["marketplace"]["id"].as_str().unwrap_or_default().to_owned();
        Fact { key, at: None, shown: true, item }
    };
    all.map(fact).collect()
}

/// A shipment to Amazon by itself.
fn without_items(mut told: Truth) -> Fact {
    if let Some(item) = told.item.as_object_mut() {
        item.remove("Items");
    }
    told.into()
}

/// What the shipments to Amazon hold.
fn items(told: Vec<Truth>) -> Vec<Fact> {
    let mut all = Vec::new();
    for one in told.into_iter().map(Fact::from) {
        for item in one.item["Items"].as_array().into_iter().flatten() {
            let sku = item["SellerSKU"].as_str().unwrap_or_default();
            all.push(Fact { key: format!("{}|{sku}", one.key), item: item.clone(), ..one });
        }
    }
    all
}

/// The days of the ledger that are over.
fn ledger(of: &Harvest<'_>, at: Timestamp) -> Vec<Fact> {
    let options = [("aggregateByLocation", "COUNTRY"), ("aggregatedByTimePeriod", "DAILY")];
    let options = options.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    // One store stands for all.
    let stores = of.stream.covered.get(..1).unwrap_or_default();
    let day =
        |at: Timestamp| Timestamp::from_second(at.as_second().div_euclid(86_400) * 86_400).unwrap_or(at);
    let window = (day(at - LEDGER_DAYS), day(at));
    let told = of.world.report_rows(of.seller, "GET_LEDGER_SUMMARY_VIEW_DATA", stores, window, &options);
    let (columns, rows) = told.unwrap_or_default();
    let fact = |row: Vec<String>| {
        let item: BTreeMap<&str, String> = columns.iter().copied().zip(row).collect();
        let named = ["Date", "FNSKU", "MSKU", "Disposition", "Location"].map(|name| item[name].as_str());
        let at = Date::strptime("%m/%d/%Y", &item["Date"]).ok().and_then(end_of);
        Fact { key: named.join("|"), at, shown: true, item: json!(item) }
    };
    rows.into_iter().map(fact).collect()
}

/// How many orders each store had on each day in UTC, counted from the orders themselves.
fn sales(of: &Harvest<'_>, orders: &[Truth], at: Timestamp) -> Vec<Fact> {
    let last = at.to_zoned(TimeZone::UTC).date();
    let first = last.checked_sub(SALES_DAYS.days()).unwrap_or(last);
    let days = first.series(1.day()).take_while(|day| *day <= last);
    let mut counts: BTreeMap<String, (Date, u64)> = BTreeMap::new();
    for day in days {
        for store in &of.stream.covered {
            counts.insert(format!("{store}|{day}"), (day, 0));
        }
    }
    for order in orders {
        let (store, day) = (&order.item["salesChannel"]["marketplaceId"], order.item["createdTime"].as_str());
        let key = format!("{}|{}", store.as_str().unwrap_or_default(), &day.unwrap_or_default()[..10]);
        let cancelled = order.item["fulfillment"]["fulfillmentStatus"] == "CANCELLED";
        if let Some((_, count)) = counts.get_mut(&key).filter(|_| !cancelled) {
            *count += 1;
        }
    }
    let fact = |(key, (day, count)): (String, (Date, u64))| {
        let item = json!({ "orderCount": count });
        Fact { key, at: end_of(day), shown: true, item }
    };
    counts.into_iter().map(fact).collect()
}

/// One kind of the retail analytics' figures, of the stores that are fetched: a vendor's is the one whose Vendor Central he
/// used.
fn figures(of: &Harvest<'_>, told: Vec<Truth>, kind: &str) -> Vec<Fact> {
    let fact = |mut told: Truth| {
        told.item = told.item[kind].take();
        Fact::from(told)
    };
    let store = |key: &str| key.split('|').next().unwrap_or_default().to_owned();
    told.into_iter().filter(|one| of.stream.covered.contains(&store(&one.key))).map(fact).collect()
}
