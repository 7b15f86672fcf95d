//! A vendor's purchase orders and shipments.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::asking::{NORTHWIND, VENDOR, error_of, open};
use crate::telling::truth;
use crate::walking::{Pages, patiently};

const ORDERS: Pages = Pages {
    path: "/vendor/orders/v1/purchaseOrders",
    token: "nextToken",
    next: "/payload/pagination/nextToken",
    items: "/payload/orders",
};
const STATUSES: Pages = Pages {
    path: "/vendor/orders/v1/purchaseOrdersStatus",
    token: "nextToken",
    next: "/payload/pagination/nextToken",
    items: "/payload/ordersStatus",
};
const SHIPMENTS: Pages = Pages {
    path: "/vendor/shipping/v1/shipments",
    token: "nextToken",
    next: "/payload/pagination/nextToken",
    items: "/payload/shipments",
};

#[tokio::test]
async fn a_weeks_purchase_orders_come_page_by_page_and_no_range_is_longer() {
    let amazon = open().await;
    let token = amazon.access(VENDOR).await;
    let week = [("createdAfter", "2026-11-01T00:00:00Z"), ("createdBefore", "2026-11-08T00:00:00Z")];
    let query = [week.as_slice(), &[("limit", "2")]].concat();
    let found = ORDERS.all(&amazon, "na", &query, &token).await;
    let expected = truth(&amazon, VENDOR, "vendororders").into_iter().filter(|one| {
        let placed = one.item["orderDetails"]["purchaseOrderDate"].as_str().unwrap();
        week[0].1 <= placed && placed <= week[1].1
    });
    let numbers = |items: &[serde_json::Value]| -> BTreeSet<String> {
        items.iter().map(|one| one["purchaseOrderNumber"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&found), expected.map(|one| one.key).collect());
    assert!(found.len() > 8);
    for query in [
        [("createdAfter", "2026-11-01T00:00:00Z"), ("createdBefore", "2026-11-08T00:00:01Z")],
        [("createdAfter", "2026-11-08T00:00:00Z"), ("createdBefore", "2026-11-01T00:00:00Z")],
        [("createdAfter", "2026-11-08T00:00:00Z"), ("limit", "101")],
        [("limit", "5"), ("sortOrder", "ASC")],
    ] {
        let answer = patiently(&amazon, "na", ORDERS.path, &query, &token).await;
        assert_eq!((answer.status, error_of(&answer).0.as_str()), (400, "InvalidInput"), "{query:?}");
    }
    let seller = amazon.access(NORTHWIND).await;
    assert_eq!(patiently(&amazon, "na", ORDERS.path, &week, &seller).await.status, 403);
}

#[tokio::test]
async fn a_purchase_order_is_acknowledged_shipped_received_and_closed() {
    let amazon = open().await;
    let newest = truth(&amazon, VENDOR, "vendororders").pop().unwrap();
    let mut states = Vec::new();
    let mut updates = Vec::new();
    for _ in 0..24 {
        let all = truth(&amazon, VENDOR, "vendororders");
        let one = all.into_iter().find(|one| one.key == newest.key).unwrap();
        states.push(one.item["purchaseOrderState"].as_str().unwrap().to_owned());
        updates.push(one.updated);
        amazon.world.advance(Duration::from_secs(86_400));
    }
    states.dedup();
    assert_eq!(states, ["New", "Acknowledged", "Closed"]);
    assert!(updates.is_sorted());
    let token = amazon.access(VENDOR).await;
    let query = [("purchaseOrderNumber", newest.key.as_str())];
    let status = STATUSES.all(&amazon, "na", &query, &token).await.pop().unwrap();
    assert_eq!(status["purchaseOrderStatus"], "CLOSED");
    let of_order = [("buyerReferenceNumber", newest.key.as_str())];
    let shipment = SHIPMENTS.all(&amazon, "na", &of_order, &token).await.pop().unwrap();
    let cases = |list: &serde_json::Value, item: &str, amount: &str| -> BTreeMap<String, i64> {
        let all = list.as_array().unwrap().iter();
        let told = all.map(|one| {
            (one[item].as_str().unwrap().to_owned(), one.pointer(amount).unwrap().as_i64().unwrap())
        });
        told.filter(|(_, cases)| *cases > 0).collect()
    };
    let received =
        cases(&status["itemStatus"], "buyerProductIdentifier", "/receivingStatus/receivedQuantity/amount");
    let shipped =
        cases(&shipment["purchaseOrders"][0]["items"], "buyerProductIdentifier", "/shippedQuantity/amount");
    assert_eq!(received, shipped);
}

#[tokio::test]
async fn an_order_that_amazon_changed_is_found_by_its_change() {
    let amazon = open().await;
    let token = amazon.access(VENDOR).await;
    let mut changed = Vec::new();
    for (from, until) in [
        ("2026-10-23T10:00:00Z", "2026-10-30T10:00:00Z"),
        ("2026-10-30T10:00:00Z", "2026-11-06T10:00:00Z"),
        ("2026-11-06T10:00:00Z", "2026-11-13T10:00:00Z"),
        ("2026-11-13T10:00:00Z", "2026-11-20T10:00:00Z"),
    ] {
        let query = [("changedAfter", from), ("changedBefore", until), ("isPOChanged", "true")];
        changed.extend(ORDERS.all(&amazon, "na", &query, &token).await);
    }
    assert!(!changed.is_empty());
    for one in &changed {
        assert!(one["orderDetails"]["purchaseOrderChangedDate"].is_string());
        let items = one["orderDetails"]["items"].as_array().unwrap();
        assert!(items.iter().any(|item| item["orderedQuantity"]["amount"] == 0), "{one}");
    }
}
