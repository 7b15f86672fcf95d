//! Orders page by page.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::asking::{Amazon, NORTHWIND, error_of, open};

const ALL: (&str, &str) = ("lastUpdatedAfter", "2026-01-01T00:00:00Z");

/// Walks every page; waits out the bucket by moving the clock.
async fn walk(
    amazon: &Amazon,
    region: &str,
    filters: &[(&str, &str)],
    token: &str,
) -> Vec<serde_json::Value> {
    let mut orders = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let mut query = filters.to_vec();
        if let Some(next) = &next {
            query.push(("paginationToken", next));
        }
        let answer = amazon.call(region, "/orders/2026-01-01/orders", &query, token).await;
        if answer.status == 429 {
            amazon.world.advance(Duration::from_secs(179));
            continue;
        }
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.json();
        orders.extend(page["orders"].as_array().unwrap().clone());
        match page["pagination"]["nextToken"].as_str() {
            Some(token) => next = Some(token.to_owned()),
            None => {
                assert!(page.get("pagination").is_none());
                return orders;
            }
        }
    }
}

#[tokio::test]
async fn the_pages_together_are_the_truth() {
    let amazon = open().await;
    let truth = amazon.world.orders_of(NORTHWIND);
    assert_eq!(truth.len(), 1_240);
    let token = amazon.access(NORTHWIND).await;
    let end = ("lastUpdatedBefore", "2026-11-20T09:58:00Z");
    let orders = walk(&amazon, "na", &[ALL, end], &token).await;
    let found: BTreeSet<(String, String)> = orders
        .iter()
        .map(|order| {
            (
                order["orderId"].as_str().unwrap().to_owned(),
                order["lastUpdatedTime"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    let expected: BTreeSet<(String, String)> = truth
        .into_iter()
        .filter(|o| o.last_updated_time.as_str() <= end.1)
        .map(|o| (o.order_id, o.last_updated_time))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(orders.len(), found.len(), "no order comes twice");
}

#[tokio::test]
async fn the_result_is_fixed_by_the_first_page() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let size = ("maxResultsPerPage", "100");
    let first = amazon.search(&[ALL, size], &token).await.json();
    let as_of = first["lastUpdatedBefore"].as_str().unwrap().to_owned();
    assert_eq!(as_of, "2026-11-20T09:58:00Z");
    amazon.world.advance(Duration::from_secs(12 * 3600));
    let token = amazon.access(NORTHWIND).await;
    let next = first["pagination"]["nextToken"].as_str().unwrap();
    let second = amazon.search(&[ALL, size, ("paginationToken", next)], &token).await.json();
    assert_eq!(second["lastUpdatedBefore"].as_str(), Some(as_of.as_str()));
    for order in second["orders"].as_array().unwrap() {
        assert!(order["lastUpdatedTime"].as_str().unwrap() <= as_of.as_str());
    }
}

#[tokio::test]
async fn a_page_token_dies_after_a_day_and_allows_no_other_search() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let first = amazon.search(&[ALL, ("maxResultsPerPage", "10")], &token).await.json();
    let next = first["pagination"]["nextToken"].as_str().unwrap().to_owned();
    assert!(["+", "/", "="].iter().all(|c| next.contains(c)));
    let page = ("paginationToken", next.as_str());
    let other = amazon.search(&[("lastUpdatedAfter", "2026-01-02T00:00:00Z"), page], &token).await;
    assert_eq!((other.status, error_of(&other).0.as_str()), (400, "InvalidInput"));
    let added = amazon.search(&[ALL, ("fulfillmentStatuses", "SHIPPED"), page], &token).await;
    assert_eq!(added.status, 400);
    let free =
        amazon.search(&[ALL, ("maxResultsPerPage", "5"), ("includedData", "BUYER"), page], &token).await;
    assert_eq!(free.json()["orders"].as_array().unwrap().len(), 5, "the page's size and datasets may change");
    let unencoded = amazon.search(&[ALL, ("paginationToken", &next.replace('+', " "))], &token).await;
    assert_eq!(unencoded.status, 400, "a plus sign sent unencoded is a space");
    amazon.world.advance(Duration::from_secs(24 * 3600));
    let token = amazon.access(NORTHWIND).await;
    assert_eq!(amazon.search(&[ALL, page], &token).await.status, 400);
}
