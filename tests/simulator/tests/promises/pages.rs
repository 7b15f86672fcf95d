//! The simulator's own page and what programs may ask of it.

use crate::asking::{NORTHWIND, VENDOR, open};

#[tokio::test]
async fn the_page_shows_what_was_asked_and_no_secret() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = [("lastUpdatedAfter", "2026-11-01T00:00:00Z"), ("maxResultsPerPage", "3")];
    let first = amazon.search(&query, &token).await.json();
    let next = first["pagination"]["nextToken"].as_str().unwrap();
    amazon.search(&[query.as_slice(), &[("paginationToken", next)]].concat(), &token).await;
    let page = amazon.get("/").await;
    let text = page.text();
    assert_eq!(page.status, 200);
    assert!(text.contains("searchOrders") && text.contains(NORTHWIND) && text.contains("Revoke"));
    assert!(!text.contains("CANARY") && !text.contains(next) && !text.contains("<script"));
    let asked = amazon.get("/_sim/asked").await;
    assert!(!asked.text().contains("CANARY") && !asked.text().contains(next));
    let last = asked.json()["asked"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["operation"].as_str(), last["left"].as_u64()), (Some("searchOrders"), Some(18)));
}

#[tokio::test]
async fn programs_find_the_application_the_sellers_and_the_truth() {
    let amazon = open().await;
    let application = amazon.get("/_sim/application").await.json();
    assert_eq!(application["client_id"], "amzn1.application-oa2-client.simulator");
    assert!(application["client_secret"].as_str().unwrap().contains("CANARY-clientsecret-1-"));
    let sellers = amazon.get("/_sim/sellers").await.json();
    let ids: Vec<&str> =
        sellers["sellers"].as_array().unwrap().iter().map(|seller| seller["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&NORTHWIND) && ids.contains(&VENDOR));
    let orders = amazon.get(&format!("/_sim/orders/{NORTHWIND}")).await.json();
    assert_eq!(orders["orders"].as_array().unwrap().len(), 1_240);
    let minted = amazon.post_json(&format!("/_sim/sellers/{NORTHWIND}/self-authorization"), "").await.json();
    assert_eq!(amazon.refresh(minted["refresh_token"].as_str().unwrap()).await.status, 200);
    let calls = amazon.get("/_sim/token-calls").await.json();
    assert_eq!(calls["token_calls"]["refresh_token ok"], 1);
    assert_eq!(amazon.get("/_sim/health").await.json()["ok"], true);
    let secrets = amazon.get("/_sim/secrets").await.json();
    assert_eq!(secrets["secrets"].as_array().unwrap().len(), 4 + 2, "four client secrets, two tokens");
}

#[tokio::test]
async fn redirect_uris_roles_and_the_clock_can_be_set() {
    let amazon = open().await;
    assert_eq!(
        amazon.post_json("/_sim/redirect-uris", r#"{"uri":"http://127.0.0.1:1/cb"}"#).await.status,
        200
    );
    assert_eq!(
        amazon.post_json("/_sim/redirect-uris", r#"{"uri":"http://example.com/cb"}"#).await.status,
        400
    );
    assert_eq!(
        amazon.post_json("/_sim/roles", r#"{"operation":"getOrder","withheld":true}"#).await.status,
        200
    );
    let moved = amazon.post_json("/_sim/clock", r#"{"advance_seconds":60}"#).await.json();
    assert_eq!(moved["now"], "2026-11-20T10:01:00Z");
    let set = amazon.post_json("/_sim/clock", r#"{"set":"2027-01-01T00:00:00Z"}"#).await.json();
    assert_eq!(set["now"], "2027-01-01T00:00:00Z");
    assert_eq!(amazon.get("/_sim/nothing").await.status, 404);
}
