//! What goes in and out: inbound plans, multi-channel orders and the bulk warehouses.

use std::time::Duration;

use sellerport_simulator::{Fault, FaultKind};

use crate::asking::{NORTHWIND, RHEINHAUS, open};
use crate::telling::truth;
use crate::walking::{Pages, patiently};

const PLANS: Pages = Pages {
    path: "/inbound/fba/2024-03-20/inboundPlans",
    token: "paginationToken",
    next: "/pagination/nextToken",
    items: "/inboundPlans",
};
const FULFILMENTS: Pages = Pages {
    path: "/fba/outbound/2020-07-01/fulfillmentOrders",
    token: "nextToken",
    next: "/payload/nextToken",
    items: "/payload/fulfillmentOrders",
};
const BULK: Pages =
    Pages { path: "/awd/2024-05-09/inventory", token: "nextToken", next: "/nextToken", items: "/inventory" };
const BULK_SHIPMENTS: Pages = Pages {
    path: "/awd/2024-05-09/inboundShipments",
    token: "nextToken",
    next: "/nextToken",
    items: "/shipments",
};

#[tokio::test]
async fn every_inbound_shipment_has_a_plan_and_the_last_changed_comes_first() {
    let amazon = open().await;
    let token = amazon.access(RHEINHAUS).await;
    let query = [("pageSize", "4"), ("sortBy", "LAST_UPDATED_TIME"), ("sortOrder", "DESC")];
    let plans = PLANS.all(&amazon, "eu", &query, &token).await;
    assert_eq!(plans.len(), truth(&amazon, RHEINHAUS, "inbound").len());
    let updated: Vec<&str> = plans.iter().map(|plan| plan["lastUpdatedAt"].as_str().unwrap()).collect();
    assert!(updated.is_sorted_by(|a, b| a >= b));
    assert_eq!(patiently(&amazon, "eu", PLANS.path, &[("pageSize", "31")], &token).await.status, 400);
}

#[tokio::test]
async fn an_inbound_shipment_goes_through_its_stages_and_its_stock_moves_with_it() {
    let amazon = open().await;
    let mut seen = std::collections::BTreeSet::new();
    let mut receiving = 0;
    for _ in 0..28 {
        amazon.world.advance(Duration::from_secs(12 * 3_600));
        for one in truth(&amazon, NORTHWIND, "inbound") {
            seen.insert(one.item["ShipmentStatus"].as_str().unwrap().to_owned());
        }
        for one in truth(&amazon, NORTHWIND, "inventory") {
            receiving += one.item["inventoryDetails"]["inboundReceivingQuantity"].as_i64().unwrap();
        }
    }
    let seen: Vec<String> = seen.into_iter().collect();
    assert_eq!(seen, ["CLOSED", "IN_TRANSIT", "RECEIVING", "SHIPPED", "WORKING"]);
    assert!(receiving > 0);
}

#[tokio::test]
async fn fulfilment_orders_are_those_that_changed_since_and_each_has_its_items() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    amazon.world.set_fault(Fault::always("listAllFulfillmentOrders", FaultKind::ShortPages { orders: 3 }));
    let since = "2026-10-20T00:00:00Z";
    let found = FULFILMENTS.all(&amazon, "na", &[("queryStartDate", since)], &token).await;
    let expected = truth(&amazon, NORTHWIND, "outbound").into_iter();
    let expected = expected.filter(|one| one.updated.as_str() >= since).count();
    assert!(expected > 5 && found.len() == expected, "{expected} and {}", found.len());
    let complete = found.iter().find(|one| one["fulfillmentOrderStatus"] == "Complete").unwrap();
    let path = format!("{}/{}", FULFILMENTS.path, complete["sellerFulfillmentOrderId"].as_str().unwrap());
    let one = patiently(&amazon, "na", &path, &[], &token).await.json();
    assert_eq!(&one["payload"]["fulfillmentOrder"], complete);
    let shipment = &one["payload"]["fulfillmentShipments"][0];
    let ledger = truth(&amazon, NORTHWIND, "ledger");
    let moved =
        ledger.iter().find(|moved| moved.item["Reference ID"] == shipment["amazonShipmentId"]).unwrap();
    let quantity = one["payload"]["fulfillmentOrderItems"][0]["quantity"].as_i64().unwrap();
    assert_eq!(moved.item["Quantity"], (-quantity).to_string());
}

#[tokio::test]
async fn bulk_stock_is_of_the_united_states_and_moves_day_by_day() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = [("details", "SHOW"), ("maxResults", "3")];
    let before = BULK.all(&amazon, "na", &query, &token).await;
    assert_eq!(before.len(), 10);
    for one in &before {
        let details = &one["inventoryDetails"];
        let number = |value: &serde_json::Value| value.as_i64().unwrap();
        let parts = number(&details["availableDistributableQuantity"])
            + number(&details["reservedDistributableQuantity"]);
        assert_eq!(parts, number(&one["totalOnhandQuantity"]));
    }
    amazon.world.advance(Duration::from_secs(86_400));
    let token = amazon.access(NORTHWIND).await;
    assert_ne!(BULK.all(&amazon, "na", &query, &token).await, before);
    let shipments = BULK_SHIPMENTS.all(&amazon, "na", &[("maxResults", "1")], &token).await;
    assert_eq!(shipments.len(), 3);
    let german = amazon.access(RHEINHAUS).await;
    assert_eq!(BULK.all(&amazon, "eu", &[], &german).await.len(), 0);
}
