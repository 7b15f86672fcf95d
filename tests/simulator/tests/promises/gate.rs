//! The gate of the API: denials, regions and buckets.

use std::time::Duration;

use sellerport_simulator::{MARKETPLACES, Seller};

use crate::asking::{NORTHWIND, RHEINHAUS, VENDOR, error_of, open};

const PARTICIPATIONS: &str = "/sellers/v1/marketplaceParticipations";
const ALL: (&str, &str) = ("lastUpdatedAfter", "2026-01-01T00:00:00Z");

#[tokio::test]
async fn every_denial_has_its_own_details() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let denial = |answer: &crate::asking::Answer| {
        assert_eq!(answer.status, 403);
        assert_eq!(answer.header("x-amzn-ratelimit-limit"), None);
        assert_eq!(answer.header("x-amzn-errortype"), Some("Unauthorized"));
        assert!(answer.header("x-amzn-requestid").is_some());
        let (code, message, details) = error_of(answer);
        assert_eq!(
            (code.as_str(), message.as_str()),
            ("Unauthorized", "Access to requested resource is denied.")
        );
        details
    };
    assert_eq!(
        denial(&amazon.get("/sp-api/na/orders/2026-01-01/orders").await),
        "Access token is missing in the request header."
    );
    let made_up = amazon.search(&[ALL], "Atza|made-up").await;
    assert_eq!(denial(&made_up), "The access token you provided is revoked, malformed or invalid.");
    let region = amazon.call("eu", "/orders/2026-01-01/orders", &[ALL], &token).await;
    assert_eq!(denial(&region), "The marketplaces you provided are not valid for region.");
    let store = amazon.search(&[ALL, ("marketplaceIds", "A1PA6795UKMFR9")], &token).await;
    assert_eq!(denial(&store), "The marketplaces you provided are not valid for region.");
    assert_eq!(denial(&amazon.call("na", "/orders/v0/orders", &[], &token).await), "", "an unknown path");
    amazon.world.withhold_role("getOrder", true);
    assert_eq!(
        denial(&amazon.call("na", "/orders/2026-01-01/orders/1", &[], &token).await),
        "",
        "a missing role"
    );
    let vendor = amazon.access(VENDOR).await;
    assert_eq!(denial(&amazon.call("na", PARTICIPATIONS, &[], &vendor).await), "", "a vendor");
    amazon.world.advance(Duration::from_secs(3600));
    assert_eq!(denial(&amazon.search(&[ALL], &token).await), "The access token you provided has expired.");
}

#[tokio::test]
async fn a_host_name_names_the_region_too() {
    let amazon = open().await;
    let token = amazon.access(RHEINHAUS).await;
    let headers = [("host", "sellingpartnerapi-eu.amazon.com"), ("x-amz-access-token", token.as_str())];
    let answer = amazon.send("GET", PARTICIPATIONS, &headers, "").await;
    assert_eq!(answer.status, 200);
    let stores = answer.json()["payload"].as_array().unwrap().len();
    assert_eq!(stores, 5);
    assert_eq!(answer.json()["payload"][0]["marketplace"]["countryCode"], "DE");
}

#[tokio::test]
async fn all_twenty_three_stores_are_known() {
    let amazon = open().await;
    assert_eq!(MARKETPLACES.len(), 23);
    for store in &MARKETPLACES {
        amazon.world.add_seller(Seller::new("A2ONE", "One", &[store.country], 0));
        let token = amazon.access("A2ONE").await;
        amazon.world.advance(Duration::from_secs(100));
        let answer = amazon.call(store.region.word(), PARTICIPATIONS, &[], &token).await;
        assert_eq!(answer.json()["payload"][0]["marketplace"]["id"], store.id);
    }
}

#[tokio::test]
async fn a_bucket_gives_twenty_and_then_one_more_after_its_interval() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = [ALL, ("maxResultsPerPage", "1")];
    for _ in 0..20 {
        let answer = amazon.search(&query, &token).await;
        assert_eq!((answer.status, answer.header("x-amzn-ratelimit-limit")), (200, Some("0.0056")));
    }
    let refused = amazon.search(&query, &token).await;
    assert_eq!((refused.status, refused.header("x-amzn-ratelimit-limit")), (429, None));
    let (code, message, _) = error_of(&refused);
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("QuotaExceeded", "You exceeded your quota for the requested resource.")
    );
    amazon.world.advance(Duration::from_nanos(178_571_428_571));
    assert_eq!(amazon.search(&query, &token).await.status, 429);
    amazon.world.advance(Duration::from_nanos(1));
    assert_eq!(amazon.search(&query, &token).await.status, 200);
    assert_eq!(amazon.search(&query, &token).await.status, 429);
    let other = amazon.access("A1MAPLELEAF02CA").await;
    assert_eq!(amazon.search(&query, &other).await.status, 200, "another seller has his own bucket");
    assert_eq!(
        amazon.call("na", PARTICIPATIONS, &[], &token).await.status,
        200,
        "and so has another operation"
    );
}

#[tokio::test]
async fn the_other_buckets_hold_fifteen_and_thirty() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    for (path, burst) in [(PARTICIPATIONS, 15), ("/orders/2026-01-01/orders/none", 30)] {
        let mut served = 0;
        while amazon.call("na", path, &[], &token).await.status != 429 {
            served += 1;
        }
        assert_eq!(served, burst, "{path}");
    }
}
