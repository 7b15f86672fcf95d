//! Listings and the catalogue.

use std::collections::BTreeSet;

use sellerport_simulator::Seller;

use crate::asking::{NORTHWIND, error_of, open};
use crate::walking::{Pages, patiently};

const US: (&str, &str) = ("marketplaceIds", "ATVPDKIKX0DER");
const LISTINGS: Pages = Pages {
    path: "/listings/2021-08-01/items/A2NORTHWIND01US",
    token: "pageToken",
    next: "/pagination/nextToken",
    items: "/items",
};

#[tokio::test]
async fn listings_come_in_pages_of_twenty_in_the_order_asked_for() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = [US, ("pageSize", "20"), ("sortBy", "sku"), ("sortOrder", "ASC")];
    let all = LISTINGS.all(&amazon, "na", &query, &token).await;
    let skus: Vec<&str> = all.iter().map(|item| item["sku"].as_str().unwrap()).collect();
    assert_eq!(skus.len(), 140);
    assert!(skus.is_sorted());
    let since = "2026-11-15T00:00:00Z";
    let query = [US, ("lastUpdatedAfter", since)];
    let changed = LISTINGS.all(&amazon, "na", &query, &token).await;
    let updated =
        |item: &serde_json::Value| item["summaries"][0]["lastUpdatedDate"].as_str().unwrap().to_owned();
    let expected = all.iter().filter(|item| updated(item).as_str() >= since).count();
    assert!(expected > 0 && changed.len() == expected, "{expected}");
}

#[tokio::test]
async fn no_query_reaches_more_than_a_thousand_listings() {
    let amazon = open().await;
    amazon.world.add_seller(Seller::new(NORTHWIND, "Northwind Goods", &["US"], 100).with_tail(1_500));
    let token = amazon.access(NORTHWIND).await;
    let query = [US, ("pageSize", "20")];
    let first = patiently(&amazon, "na", LISTINGS.path, &query, &token).await.json();
    assert_eq!(first["numberOfResults"], 1_510);
    assert_eq!(LISTINGS.all(&amazon, "na", &query, &token).await.len(), 1_000);
}

#[tokio::test]
async fn a_sku_of_odd_characters_is_found_by_its_path_and_its_name() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let path = format!("{}/ODD%2C%20%2B%26%25%20%E6%97%A5%E6%9C%AC%203", LISTINGS.path);
    let one = patiently(&amazon, "na", &path, &[US], &token).await.json();
    assert_eq!(one["sku"], "ODD, +&% 日本 3");
    let missing = patiently(&amazon, "na", &format!("{}/NONE", LISTINGS.path), &[US], &token).await;
    assert_eq!(missing.status, 404);
    let query = [US, ("identifiers", "TWL-COT-70,MUG-BLUE-2"), ("identifiersType", "SKU")];
    assert_eq!(LISTINGS.all(&amazon, "na", &query, &token).await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_search_of_listings_is_refused() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    for wrong in [
        ("pageSize", "21"),
        ("identifiers", "A"),
        ("identifiersType", "SKU"),
        ("sortBy", "price"),
        ("includedData", "everything"),
        ("lastUpdatedAfter", "yesterday"),
        ("pageToken", "x"),
    ] {
        let answer = patiently(&amazon, "na", LISTINGS.path, &[US, wrong], &token).await;
        assert_eq!((answer.status, error_of(&answer).0.as_str()), (400, "InvalidInput"), "{wrong:?}");
    }
}

#[tokio::test]
async fn the_catalogue_knows_every_article_that_is_listed() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let listed = LISTINGS.all(&amazon, "na", &[US, ("pageSize", "20")], &token).await;
    let asins: Vec<&str> = listed.iter().map(|one| one["summaries"][0]["asin"].as_str().unwrap()).collect();
    let mut found = BTreeSet::new();
    for twenty in asins.chunks(20) {
        let list = twenty.join(",");
        let query = [US, ("identifiers", &*list), ("identifiersType", "ASIN"), ("pageSize", "20")];
        let page = patiently(&amazon, "na", "/catalog/2022-04-01/items", &query, &token).await.json();
        for item in page["items"].as_array().unwrap() {
            found.insert(item["asin"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(found.len(), asins.len());
    let both = [US, ("identifiers", "B0SIM00001"), ("identifiersType", "ASIN"), ("keywords", "kettle")];
    let refused = patiently(&amazon, "na", "/catalog/2022-04-01/items", &both, &token).await;
    assert_eq!(refused.status, 400);
}
