//! Every domain lands whole: what the simulator knows of an account is what lies in the lake.

use jiff::SignedDuration;
use sellerport_tests::harvest::{Found, Harvest, name_of};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

/// A report of a type may be asked for every four hours, and a history has some twenty: days go by.
const LONG: SignedDuration = SignedDuration::from_hours(24 * 5);

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
    let since = house.connected(seller, country).await.created_at;
    house.pass(LONG).await;
    for stream in house.streams(seller) {
        let (domain, trouble) = (&stream.domain, stream.trouble.as_ref().map(|trouble| &trouble.says));
        assert_eq!(trouble, None, "{domain}");
        assert_eq!(stream.counters.throttled, 0, "{domain}: a 429");
        println!("{domain}: {} records, {} calls", stream.counters.records, stream.counters.calls);
    }
    let (records, world) = (house.records(), house.world());
    for stream in house.streams(seller) {
        let harvest = Harvest { world: &world, seller, since, stream: &stream, records: &records };
        let Found { landed, due, wrong } = harvest.weigh();
        println!("{}: {due} are due, {landed} landed", stream.domain);
        assert!(wrong.is_empty(), "{} are wrong: {}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
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
    let mut things: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut keys: BTreeMap<(String, String, String), String> = BTreeMap::new();
    for one in records {
        let Some(thing) = name_of(one) else { continue };
        let (domain, key, source) = (text(one, "domain"), text(one, "key"), text(one, "operation"));
        let known = things.entry((domain.clone(), key.clone())).or_insert_with(|| thing.clone());
        assert_eq!(known, &thing, "{domain}: {key}");
        let known = keys.entry((domain.clone(), thing.clone(), source)).or_insert_with(|| key.clone());
        assert_eq!(known, &key, "{domain}: {thing} under two keys");
    }
    let looked_at: BTreeSet<_> = things.keys().map(|(domain, _)| domain.as_str()).collect();
    assert!(looked_at.len() >= 15, "{looked_at:?}");
}
