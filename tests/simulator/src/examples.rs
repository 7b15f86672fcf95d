//! Amazon's own orders: every one in the static sandbox examples of the official model, kept as it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::sellers::{EXAMPLES_SELLER, Seller, SellerKind};

/// The file of the official models that has the examples.
const ORDERS_MODEL: &str = "orders_2026-01-01.json";

/// One of Amazon's orders, with the fields that a search looks at read out.
#[derive(Clone, Debug)]
pub(crate) struct ExampleOrder {
    pub(crate) order_id: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) marketplace_id: String,
    pub(crate) status: Option<String>,
    pub(crate) fulfilled_by: Option<String>,
    /// The order, byte for byte as the model has it.
    pub(crate) written: Box<RawValue>,
}

#[derive(Deserialize)]
struct Model {
    paths: BTreeMap<String, PathItem>,
}

#[derive(Deserialize)]
struct PathItem {
    get: Option<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    responses: BTreeMap<String, Answer>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "x-amzn-api-sandbox")]
    sandbox: Option<Sandbox>,
}

#[derive(Deserialize)]
struct Sandbox {
    #[serde(rename = "static", default)]
    fixed: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    response: Box<RawValue>,
}

#[derive(Deserialize)]
struct Orders {
    #[serde(default)]
    orders: Vec<Box<RawValue>>,
    order: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    order_id: String,
    created_time: Timestamp,
    last_updated_time: Timestamp,
    sales_channel: SalesChannel,
    fulfillment: Option<Fulfillment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SalesChannel {
    marketplace_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fulfillment {
    fulfillment_status: String,
    fulfilled_by: Option<String>,
}

/// Reads the examples from the folder of the official models, oldest order first.
///
/// # Errors
/// When the file is not there or has another shape.
pub(crate) fn load(folder: &Path) -> Result<Vec<ExampleOrder>, Failure> {
    let path = folder.join(ORDERS_MODEL);
    let text =
        std::fs::read_to_string(&path).map_err(|error| Failure::file("read the examples", &path, error))?;
    let mut orders = read(&text).map_err(|error| Failure::text("read the examples", &path, error))?;
    orders.sort_by_key(|order| order.updated);
    Ok(orders)
}

fn read(text: &str) -> serde_json::Result<Vec<ExampleOrder>> {
    let model: Model = serde_json::from_str(text)?;
    let mut found: Vec<ExampleOrder> = Vec::new();
    let answers =
        model.paths.into_values().filter_map(|path| path.get).flat_map(|get| get.responses.into_values());
    for example in answers.filter_map(|answer| answer.sandbox).flat_map(|sandbox| sandbox.fixed) {
        let orders: Orders = serde_json::from_str(example.response.get())?;
        for written in orders.orders.into_iter().chain(orders.order) {
            let order: Order = serde_json::from_str(written.get())?;
            if found.iter().any(|known| known.order_id == order.order_id) {
                continue;
            }
            found.push(ExampleOrder {
                order_id: order.order_id,
                created: order.created_time,
                updated: order.last_updated_time,
                marketplace_id: order.sales_channel.marketplace_id,
                status: order.fulfillment.as_ref().map(|f| f.fulfillment_status.clone()),
                fulfilled_by: order.fulfillment.and_then(|f| f.fulfilled_by),
                written,
            });
        }
    }
    Ok(found)
}

/// The account that sells these. One liberty is taken with the real world: it is an account of North America
/// whose searches show the orders of every region, so that one connection can read them all.
pub(crate) fn seller(orders: &[ExampleOrder]) -> Seller {
    let region = crate::marketplaces::Region::Na;
    let of_region = |id: &&String| crate::marketplaces::by_id(id).is_some_and(|store| store.region == region);
    let stores: BTreeSet<String> =
        orders.iter().map(|order| &order.marketplace_id).filter(of_region).cloned().collect();
    Seller {
        id: EXAMPLES_SELLER.to_owned(),
        name: "Amazon's own examples".to_owned(),
        region,
        kind: SellerKind::Seller,
        marketplaces: stores.into_iter().collect(),
        history: 0,
        pace: 0,
        examples: true,
        tail: 0,
    }
}
