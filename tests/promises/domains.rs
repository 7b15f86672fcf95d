//! Every domain lands whole: what the simulator knows of an account is what lies in the lake.

use jiff::SignedDuration;
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

/// A report of a type may be asked for every four hours, and a history has some twenty: days go by.
const LONG: SignedDuration = SignedDuration::from_hours(24 * 5);

/// A domain, and how the simulator's truth names a record of it.
type Named = (&'static str, fn(&Value) -> Option<String>);

/// The payload's fields, with bars between them.
fn fields(record: &Value, names: &[&str]) -> Option<String> {
    let parts = names.iter().map(|name| record["payload"][*name].as_str());
    Some(parts.collect::<Option<Vec<_>>>()?.join("|"))
}

/// The store, and a field.
fn in_store(record: &Value, name: &str) -> Option<String> {
    Some(format!("{}|{}", record["marketplace"].as_str()?, record["payload"][name].as_str()?))
}

const NAMED: [Named; 13] = [
    ("orders", |one| fields(one, &["orderId"])),
    ("inventory", |one| in_store(one, "sellerSku")),
    ("awd", |one| fields(one, &["sku"])),
    // The weekly report of all listings has other names for them.
    ("listings", |one| in_store(one, "sku").or_else(|| in_store(one, "seller-sku"))),
    ("catalog", |one| in_store(one, "asin")),
    ("finances", |one| fields(one, &["transactionId"])),
    ("reimbursements", |one| fields(one, &["reimbursement-id", "sku"])),
    ("returns", |one| fields(one, &["order-id", "sku", "license-plate-number"])),
    ("mfnreturns", |one| fields(one, &["Order ID", "Merchant SKU", "Amazon RMA ID"])),
    ("inbound", |one| fields(one, &["ShipmentId"])),
    ("outbound", |one| fields(one, &["sellerFulfillmentOrderId"])),
    ("payouts", |one| fields(one, &["id"])),
    ("settlements", |one| {
        // The truth counts a statement's rows from 0.
        let (statement, place) = one["key"].as_str()?.rsplit_once('|')?;
        Some(format!("{statement}|{}", place.parse::<u64>().ok()? - 1))
    }),
];

/// What Windows-1252 has no sign for Amazon itself writes as a question mark, in documents that are in it (L50).
fn as_written(key: &str) -> String {
    key.chars().map(|sign| if u32::from(sign) > 0xff { '?' } else { sign }).collect()
}

#[tokio::test]
async fn what_is_true_of_an_american_account_is_what_landed_in_every_domain() {
    all_lands(NORTHWIND, "US").await;
}

/// Windows-1252, German column names, commas in amounts, several stores.
#[tokio::test]
async fn what_is_true_of_a_european_account_is_what_landed_in_every_domain() {
    all_lands(RHEINHAUS, "DE").await;
}

async fn all_lands(seller: &str, country: &str) {
    let house = House::with(|options| {
        options.models = models();
        options.orders_per_day = Some(10.0);
    })
    .await;
    house.fetching(&[]).await;
    house.connected(seller, country).await;
    house.pass(LONG).await;
    for stream in house.streams(seller) {
        let (domain, trouble) = (&stream.domain, stream.trouble.as_ref().map(|trouble| &trouble.says));
        assert_eq!(trouble, None, "{domain}");
        assert_eq!(stream.counters.throttled, 0, "{domain}: a 429");
        println!("{domain}: {} records, {} calls", stream.counters.records, stream.counters.calls);
    }
    let records = house.records();
    for (domain, name) in NAMED {
        let landed: BTreeSet<String> = records
            .iter()
            .filter(|one| one["domain"] == domain)
            .filter_map(name)
            .map(|key| as_written(&key))
            .collect();
        let truth = house.world().truth(seller, domain).unwrap();
        // What changed since the last pass is the next one's.
        let old = house.world().clock().now() - SignedDuration::from_hours(24 * 4);
        let settled = truth.iter().filter(|one| one.shown && one.updated.as_str() < old.to_string().as_str());
        let missing: Vec<_> =
            settled.map(|one| as_written(&one.key)).filter(|key| !landed.contains(key)).collect();
        assert!(
            missing.is_empty(),
            "{domain}: {} of {} are missing: {missing:?}",
            missing.len(),
            truth.len()
        );
        let known: BTreeSet<_> = truth.iter().map(|one| as_written(&one.key)).collect();
        let strange: Vec<_> = landed.difference(&known).collect();
        assert!(strange.is_empty(), "{domain}: Amazon knows nothing of {strange:?}");
        assert!(!landed.is_empty() || truth.is_empty(), "{domain}: nothing landed");
    }
    keys_name_one_thing_each(&house, &records);
    assert_eq!(house.world().violations(), [""; 0], "against Amazon's official models");
    for record in &records {
        let text = record["payload"].to_string();
        for never in ["destinationAddress", "customer-comments", "accountTail"] {
            assert!(!text.contains(never), "{never} is kept in {}", record["domain"]);
        }
    }
}

/// L36: no page and no part of a document has a key twice, no record is without one, and a key never stands for two things
/// of the simulator's truth, nor a thing under two keys of one source.
fn keys_name_one_thing_each(house: &House, records: &[Value]) {
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    for (object, body) in house.cloud.objects.borrow().iter().filter(|(key, _)| key.starts_with("records/")) {
        let mut lines = String::new();
        flate2::read::GzDecoder::new(body.as_slice()).read_to_string(&mut lines).unwrap();
        let mut keys = BTreeSet::new();
        for line in lines.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let key = record["key"].as_str().unwrap_or_else(|| panic!("{object}: no key in {line}"));
            assert!(keys.insert(key.to_owned()), "{object}: {key} stands there twice");
        }
    }
    for (domain, name) in NAMED {
        let (mut things, mut keys) = (BTreeMap::new(), BTreeMap::new());
        for one in records.iter().filter(|one| one["domain"] == domain) {
            let (key, source, thing) = (text(one, "key"), text(one, "operation"), name(one).unwrap());
            assert_eq!(things.entry(key.clone()).or_insert_with(|| thing.clone()), &thing, "{domain}: {key}");
            let known = keys.entry((thing.clone(), source)).or_insert_with(|| key.clone());
            assert_eq!(known, &key, "{domain}: {thing} under two keys");
        }
        assert!(!things.is_empty() || domain == "awd", "{domain}: nothing was looked at");
    }
}
