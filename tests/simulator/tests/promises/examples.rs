//! Amazon's own examples are served as they are written.

use std::collections::BTreeMap;

use sellerport_simulator::{EXAMPLES_SELLER, Options};
use serde_json::Value;

use crate::asking::{models_folder, open_with, options};

/// Every order of the model's static examples, by id.
fn written(model: &Value) -> BTreeMap<String, Value> {
    let answers = model["paths"].as_object().unwrap().values().map(|path| &path["get"]["responses"]["200"]);
    let examples = answers.flat_map(|answer| answer["x-amzn-api-sandbox"]["static"].as_array().unwrap());
    let orders = examples.flat_map(|example| {
        let response = &example["response"];
        response["orders"]
            .as_array()
            .into_iter()
            .flatten()
            .chain(response.get("order"))
            .cloned()
            .collect::<Vec<_>>()
    });
    orders.map(|order| (order["orderId"].as_str().unwrap().to_owned(), order)).collect()
}

#[tokio::test]
async fn every_example_order_comes_field_for_field() {
    let Some(folder) = models_folder() else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("orders_2026-01-01.json")).unwrap();
    let expected = written(&serde_json::from_str(&text).unwrap());
    assert_eq!(expected.len(), 6);
    let amazon = open_with(Options { examples: Some(folder), ..options() }).await;
    let token = amazon.access(EXAMPLES_SELLER).await;
    let found = amazon.search(&[("lastUpdatedAfter", "2000-01-01T00:00:00Z")], &token).await;
    let found: BTreeMap<String, Value> = found.json()["orders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| (order["orderId"].as_str().unwrap().to_owned(), order.clone()))
        .collect();
    assert_eq!(found, expected);
    for (id, order) in &expected {
        let one = amazon.call("na", &format!("/orders/2026-01-01/orders/{id}"), &[], &token).await;
        assert_eq!(&one.json()["order"], order);
    }
}

#[tokio::test]
async fn the_examples_account_sees_all_its_orders_in_any_store_of_its_region() {
    let Some(folder) = models_folder() else {
        return;
    };
    let amazon = open_with(Options { examples: Some(folder), ..options() }).await;
    let token = amazon.access(EXAMPLES_SELLER).await;
    let query = [("createdAfter", "2000-01-01T00:00:00Z"), ("marketplaceIds", "ATVPDKIKX0DER")];
    assert_eq!(amazon.search(&query, &token).await.json()["orders"].as_array().unwrap().len(), 6);
}
