//! Amazon's own examples, fetched and landed: each payload equal, field for field.

use jiff::SignedDuration;
use sellerport_simulator::EXAMPLES_SELLER;
use sellerport_tests::house::{House, models};
use serde_json::Value;
use std::collections::BTreeMap;

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
