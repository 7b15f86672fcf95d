//! Searches and single orders.

use std::time::Duration;

use crate::asking::{NORTHWIND, error_of, open};

const ALL: (&str, &str) = ("lastUpdatedAfter", "2026-01-01T00:00:00Z");

#[tokio::test]
async fn a_search_that_breaks_a_rule_is_refused_with_the_rate() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let stores = vec!["ATVPDKIKX0DER"; 51].join(",");
    let cases: [&[(&str, &str)]; 11] = [
        &[],
        &[ALL, ("createdAfter", "2026-01-01T00:00:00Z")],
        &[ALL, ("createdBefore", "2026-02-01T00:00:00Z")],
        &[ALL, ("lastUpdatedBefore", "2026-11-20T09:58:01Z")],
        &[ALL, ("lastUpdatedBefore", "2025-01-01T00:00:00Z")],
        &[("lastUpdatedAfter", "yesterday")],
        &[ALL, ("maxResultsPerPage", "101")],
        &[ALL, ("maxResultsPerPage", "0")],
        &[ALL, ("fulfillmentStatuses", "LOST")],
        &[ALL, ("marketplaceIds", &stores)],
        &[ALL, ("includedData", "EVERYTHING")],
    ];
    for query in cases {
        let answer = amazon.search(query, &token).await;
        assert_eq!((answer.status, error_of(&answer).0.as_str()), (400, "InvalidInput"), "{query:?}");
        assert_eq!(answer.header("x-amzn-ratelimit-limit"), Some("0.0056"));
    }
    let sandbox = amazon.search(&[("createdAfter", "TEST_CASE_400")], &token).await;
    assert_eq!(error_of(&sandbox), ("InvalidInput".into(), "Invalid Input".into(), "Invalid Input".into()));
}

#[tokio::test]
async fn filters_choose_and_datasets_come_only_when_asked_for() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = [
        ("createdAfter", "2026-09-01T00:00:00Z"),
        ("marketplaceIds", "A2EUQ1WTGCTBG2"),
        ("fulfillmentStatuses", "SHIPPED,UNSHIPPED"),
        ("fulfilledBy", "MERCHANT"),
    ];
    let plain = amazon.search(&query, &token).await.json();
    let rich =
        [query.as_slice(), &[("includedData", "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES")]].concat();
    let rich = amazon.search(&rich, &token).await.json();
    let (plain, rich) = (plain["orders"].as_array().unwrap(), rich["orders"].as_array().unwrap());
    assert_eq!(plain.len(), rich.len());
    assert!(!plain.is_empty());
    for (plain, rich) in plain.iter().zip(rich) {
        assert_eq!(plain["orderId"], rich["orderId"]);
        for dataset in ["buyer", "recipient", "proceeds", "fulfillment", "packages"] {
            assert!(plain.get(dataset).is_none(), "{dataset}");
        }
        assert_eq!(rich["salesChannel"]["marketplaceId"], "A2EUQ1WTGCTBG2");
        assert_eq!(rich["fulfillment"]["fulfilledBy"], "MERCHANT");
        assert_eq!(rich["proceeds"]["grandTotal"]["currencyCode"], "CAD");
        assert!(rich["buyer"]["buyerName"].as_str().unwrap().starts_with("Test-"));
    }
}

#[tokio::test]
async fn one_order_is_found_by_its_id() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let truth = amazon.world.orders_of(NORTHWIND);
    let one = &truth[77];
    let path = format!("/orders/2026-01-01/orders/{}", one.order_id);
    let answer = amazon.call("na", &path, &[], &token).await;
    assert_eq!(answer.json()["order"]["lastUpdatedTime"], one.last_updated_time.as_str());
    let missing = amazon.call("na", "/orders/2026-01-01/orders/000-0000000-0000000", &[], &token).await;
    assert_eq!((missing.status, missing.header("x-amzn-ratelimit-limit")), (404, Some("0.5")));
}

#[tokio::test]
async fn orders_appear_and_change_as_the_clock_moves() {
    let amazon = open().await;
    let before = amazon.world.orders_of(NORTHWIND);
    amazon.world.advance(Duration::from_secs(24 * 3600));
    let after = amazon.world.orders_of(NORTHWIND);
    let new = after.len() - before.len();
    assert!((19..=23).contains(&new), "{new} new orders in a day");
    assert!(
        before.iter().zip(&after).any(|(old, new)| old.order_id == new.order_id && old.status != new.status)
    );
}
