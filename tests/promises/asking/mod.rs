//! What is asked for, waited for and downloaded: reports, and the answers of Data Kiosk (L37 to L45).

mod queries;
mod reports;
mod stopped;
mod waiting;

use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::Clock as _;
use sellerport_core::stream::Stream;
use sellerport_simulator::ReportTruth;
use sellerport_tests::house::{House, NORTHWIND};
use serde_json::Value;
use std::collections::BTreeMap;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// An American seller of whom one domain is fetched.
async fn fetching(domain: &str) -> House {
    with_orders(domain, None).await
}

/// The same with so many orders a day.
async fn with_orders(domain: &str, a_day: Option<f64>) -> House {
    let house = House::with(|options| options.orders_per_day = a_day).await;
    house.fetching(&[domain]).await;
    house.connected(NORTHWIND, "US").await;
    house
}

/// The one stream.
fn stream(house: &House) -> Stream {
    house.streams(NORTHWIND).pop().expect("one domain is fetched")
}

/// What troubles it.
fn trouble(house: &House) -> Option<String> {
    stream(house).trouble.map(|trouble| trouble.says)
}

/// When an operation was called.
fn times(house: &House, operation: &str) -> Vec<Timestamp> {
    let asked = house.world().asked().into_iter().filter(|asked| asked.operation == operation);
    asked.map(|asked| asked.time).collect()
}

/// From each moment to the next, in whole minutes.
fn gaps(times: &[Timestamp]) -> Vec<i64> {
    times.windows(2).map(|pair| pair[1].duration_since(pair[0]).as_secs() / 60).collect()
}

/// Whether it is troubled by this.
fn tells(house: &House, what: &str) -> bool {
    trouble(house).is_some_and(|says| says.contains(what))
}

/// Time passes until something is so; three days at most.
async fn until(house: &House, holds: impl Fn(&House) -> bool) {
    let end = house.cloud.now() + HOUR * 72;
    while !holds(house) {
        assert!(house.cloud.now() < end, "it never came to pass: {:?}", trouble(house));
        house.pass(MINUTE).await;
    }
}

/// The reports that Amazon was asked for, those of one type, window and stores together, in the order of the first.
/// Settlements are its own.
fn windows(house: &House) -> Vec<Vec<ReportTruth>> {
    let mut windows: BTreeMap<String, Vec<ReportTruth>> = BTreeMap::new();
    let mut reports = house.world().reports_of(NORTHWIND);
    reports.retain(|report| !report.report_type.contains("SETTLEMENT"));
    reports.sort_by_key(|report| report.report_id.clone());
    for report in reports {
        let name =
            format!("{} {:?} {:?}", report.report_type, report.data_start_time, report.marketplace_ids);
        windows.entry(name).or_default().push(report);
    }
    let mut windows: Vec<_> = windows.into_values().collect();
    windows.sort_by_key(|reports| reports[0].report_id.clone());
    windows
}

/// The keys of what landed, each as often as it did.
fn keys(house: &House) -> Vec<String> {
    let mut keys: Vec<String> = house.records().iter().filter_map(named).collect();
    keys.sort();
    keys
}

fn named(record: &Value) -> Option<String> {
    record["key"].as_str().map(str::to_owned)
}
