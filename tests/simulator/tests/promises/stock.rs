//! Inventory: what is on the shelf is what came, less what went.

use std::time::Duration;

use sellerport_simulator::{Fault, FaultKind};

use crate::asking::{NORTHWIND, RHEINHAUS, error_of, open};
use crate::walking::{SUMMARIES, stock_of};

const US: &str = "ATVPDKIKX0DER";

#[tokio::test]
async fn every_page_of_the_inventory_adds_up_to_one_summary_for_each_sku() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let all = SUMMARIES.all(&amazon, "na", &stock_of(US), &token).await;
    let skus: std::collections::BTreeSet<&str> =
        all.iter().map(|one| one["sellerSku"].as_str().unwrap()).collect();
    assert_eq!((all.len(), skus.len()), (140, 140));
    assert!(skus.iter().any(|sku| sku.contains(", +&% 日本")), "names that a careless client gets lost in");
    for one in &all {
        let details = &one["inventoryDetails"];
        let number = |name: &str| details.pointer(name).and_then(|value| value.as_i64()).unwrap();
        let parts = [
            "/fulfillableQuantity",
            "/inboundWorkingQuantity",
            "/inboundShippedQuantity",
            "/inboundReceivingQuantity",
            "/reservedQuantity/totalReservedQuantity",
            "/unfulfillableQuantity/totalUnfulfillableQuantity",
        ];
        assert!(parts.iter().all(|part| number(part) >= 0), "{one}");
        assert_eq!(parts.iter().map(|part| number(part)).sum::<i64>(), one["totalQuantity"], "{one}");
    }
}

#[tokio::test]
async fn a_start_time_shows_what_changed_since_and_nothing_else() {
    let amazon = open().await;
    let token = amazon.access(RHEINHAUS).await;
    let store = stock_of("A1PA6795UKMFR9");
    let all = SUMMARIES.all(&amazon, "eu", &store, &token).await;
    let since = "2026-11-20T00:00:00Z";
    let query = [store.as_slice(), &[("startDateTime", since)]].concat();
    let changed = SUMMARIES.all(&amazon, "eu", &query, &token).await;
    let expected = all.iter().filter(|one| one["lastUpdatedTime"].as_str().unwrap() >= since);
    assert_eq!(changed, expected.cloned().collect::<Vec<_>>());
    assert!(!changed.is_empty() && changed.len() < all.len());
}

#[tokio::test]
async fn an_inventory_token_dies_after_thirty_seconds_and_wants_its_start_time() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let store = stock_of(US);
    let first = amazon.call("na", SUMMARIES.path, &store, &token).await.json();
    let next = first["pagination"]["nextToken"].as_str().unwrap().to_owned();
    let since = [("startDateTime", "2026-01-01T00:00:00Z"), ("nextToken", next.as_str())];
    let other = amazon.call("na", SUMMARIES.path, &[store.as_slice(), &since].concat(), &token).await;
    assert_eq!((other.status, error_of(&other).0.as_str()), (400, "InvalidInput"));
    let query = [store.as_slice(), &[("nextToken", next.as_str())]].concat();
    amazon.world.advance(Duration::from_secs(29));
    assert_eq!(amazon.call("na", SUMMARIES.path, &query, &token).await.status, 200);
    amazon.world.advance(Duration::from_secs(1));
    assert_eq!(amazon.call("na", SUMMARIES.path, &query, &token).await.status, 400);
}

#[tokio::test]
async fn what_is_wrong_with_an_inventory_query_is_refused() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let many = vec!["A"; 51].join(",");
    let cases: [&[(&str, &str)]; 7] = [
        &[],
        &[("granularityType", "Country"), ("granularityId", US), ("marketplaceIds", US)],
        &[("granularityType", "Marketplace"), ("granularityId", "x"), ("marketplaceIds", US)],
        &[("granularityType", "Marketplace"), ("granularityId", US)],
        &[stock_of(US)[0], stock_of(US)[1], stock_of(US)[2], ("details", "yes")],
        &[stock_of(US)[0], stock_of(US)[1], stock_of(US)[2], ("startDateTime", "2025-05-19T00:00:00Z")],
        &[stock_of(US)[0], stock_of(US)[1], stock_of(US)[2], ("sellerSkus", &many)],
    ];
    for query in cases {
        amazon.world.advance(Duration::from_secs(2));
        let answer = amazon.call("na", SUMMARIES.path, query, &token).await;
        assert_eq!((answer.status, error_of(&answer).0.as_str()), (400, "InvalidInput"), "{query:?}");
    }
}

#[tokio::test]
async fn pages_go_wrong_when_the_dial_says_so() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let operation = "getInventorySummaries";
    let whole = SUMMARIES.all(&amazon, "na", &stock_of(US), &token).await;
    amazon.world.advance(Duration::from_secs(5));
    amazon.world.set_fault(Fault::next(1, operation, FaultKind::EmptyPages));
    let first = amazon.call("na", SUMMARIES.path, &stock_of(US), &token).await.json();
    assert_eq!(first["payload"]["inventorySummaries"].as_array().unwrap().len(), 0);
    assert!(first["pagination"]["nextToken"].is_string());
    amazon.world.advance(Duration::from_secs(5));
    amazon.world.set_fault(Fault::always(operation, FaultKind::ShortPages { orders: 7 }));
    let before = amazon.world.calls_to(operation);
    assert_eq!(SUMMARIES.all(&amazon, "na", &stock_of(US), &token).await.len(), whole.len());
    assert!(amazon.world.calls_to(operation) - before >= 20);
    amazon.world.clear_faults();
    amazon.world.set_fault(Fault::always(operation, FaultKind::LateItems { minutes: 600, every: 1 }));
    amazon.world.advance(Duration::from_secs(9 * 3_600));
    let token = amazon.access(NORTHWIND).await;
    let query = [stock_of(US).as_slice(), &[("startDateTime", "2026-11-20T10:05:00Z")]].concat();
    assert_eq!(SUMMARIES.all(&amazon, "na", &query, &token).await.len(), 0, "not seen yet");
    amazon.world.clear_faults();
    assert!(!SUMMARIES.all(&amazon, "na", &query, &token).await.is_empty());
}
