//! Amazon's own examples, fetched and landed: each payload equal, field for field.

use crate::catalogue::examples::all_examples;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains::{Ask, DOMAINS, Source};
use sellerport_core::stream::{Way, Window};
use sellerport_simulator::EXAMPLES_SELLER;
use sellerport_tests::house::{House, models};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Every order in the static examples of the official model.
fn examples(model: &Value) -> BTreeMap<String, Value> {
    let mut orders = BTreeMap::new();
    let mut collect = |order: &Value| {
        orders.insert(order["orderId"].as_str().unwrap().to_owned(), order.clone());
    };
    for operation in model["paths"].as_object().unwrap().values().filter_map(|path| path.get("get")) {
        for response in operation["responses"].as_object().unwrap().values() {
            for example in response["x-amzn-api-sandbox"]["static"].as_array().into_iter().flatten() {
                let body = &example["response"];
                body["orders"].as_array().into_iter().flatten().for_each(&mut collect);
                body.get("order").into_iter().for_each(&mut collect);
            }
        }
    }
    orders
}

#[tokio::test]
async fn every_order_of_amazons_examples_lands_equal_field_for_field() {
    let Some(folder) = models() else {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    };
    let text = std::fs::read_to_string(folder.join("orders_2026-01-01.json")).unwrap();
    let expected = examples(&serde_json::from_str(&text).unwrap());
    assert_eq!(expected.len(), 6);
    let house = House::with(|options| {
        options.examples = Some(folder.clone());
        options.models = Some(folder);
    })
    .await;
    house.connected(EXAMPLES_SELLER, "US").await;
    house.pass(SignedDuration::from_mins(3)).await;
    assert_eq!(house.landed(EXAMPLES_SELLER), expected);
    assert_eq!(house.world().violations(), [""; 0], "every request was valid against the official models");
}

#[test]
fn l36_two_records_of_amazons_examples_never_have_the_same_key() {
    let Some(folder) = models() else {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    };
    let examples = all_examples(&folder).into_iter().filter(|one| one.status < 300).collect::<Vec<_>>();
    let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
    let stores = ["ATVPDKIKX0DER".to_owned()];
    let ask = Ask { window, way: Way::Onward, stores: &stores, seller: "A1SELLER" };
    let (mut records, mut keyless) = (0, BTreeSet::new());
    for source in DOMAINS.into_iter().flat_map(|domain| domain.sources()) {
        let operation = match source {
            Source::Pages(pages) => pages.operation,
            Source::Lookup(lookup) => lookup.operation,
            Source::Single(single) => single.operation,
            Source::Report(_) => continue,
        };
        for example in examples.iter().filter(|one| one.operation == operation) {
            let body = example.answer.to_string();
            let found = match source {
                Source::Pages(pages) => pages.read(ask, body.as_bytes()).map(|page| page.found),
                Source::Lookup(lookup) => lookup.read(ask, body.as_bytes()),
                Source::Single(single) => single.read(ask, body.as_bytes()).map(|one| vec![one]),
                Source::Report(_) => continue,
            };
            let mut payloads: BTreeMap<String, Value> = BTreeMap::new();
            for one in found.unwrap_or_else(|_| panic!("{}: {body}", operation.name)) {
                let payload: Value = serde_json::from_str(one.payload.get()).unwrap();
                let Some(key) = one.key else {
                    keyless.insert(operation.name);
                    continue;
                };
                let known = payloads.entry(key.clone()).or_insert_with(|| payload.clone());
                assert_eq!(known, &payload, "{}: {key} stands for two", operation.name);
                assert_eq!(one.strange, [""; 0], "{}: {key}", operation.name);
                records += 1;
            }
        }
    }
    assert!(records >= 20, "{records} records");
    // What Amazon leaves out of an example it may leave out anywhere: such records stand for themselves, and are counted.
    assert_eq!(keyless, BTreeSet::from(["listTransactions"]));
}
