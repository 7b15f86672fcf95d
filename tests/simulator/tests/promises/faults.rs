//! The fault dial: each fault looks as it should on the wire.

use std::time::Duration;

use sellerport_simulator::{Fault, FaultKind};
use serde_json::json;

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, open};

const SEARCH: &str = "searchOrders";
const QUERY: [(&str, &str); 2] = [("lastUpdatedAfter", "2026-01-01T00:00:00Z"), ("maxResultsPerPage", "10")];

async fn once(amazon: &Amazon, token: &str, kind: FaultKind) -> Answer {
    amazon.world.set_fault(Fault::next(1, SEARCH, kind));
    amazon.search(&QUERY, token).await
}

#[tokio::test]
async fn statuses_have_amazons_bodies_and_then_pass() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    for (status, code) in [
        (429, "QuotaExceeded"),
        (500, "InternalFailure"),
        (503, "ServiceUnavailable"),
        (403, "Unauthorized"),
        (401, "Unauthorized"),
    ] {
        let answer = once(&amazon, &token, FaultKind::Status { status }).await;
        assert_eq!((answer.status, answer.json()["errors"][0]["code"].as_str()), (status, Some(code)));
    }
    assert_eq!(amazon.search(&QUERY, &token).await.status, 200);
}

#[tokio::test]
async fn a_body_can_be_cut_or_its_length_false() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let whole = amazon.search(&QUERY, &token).await.body.len();
    let cut = once(&amazon, &token, FaultKind::Truncated).await;
    assert!(cut.is_cut() && !cut.body.is_empty() && cut.body.len() < whole, "{}", cut.body.len());
    let long = once(&amazon, &token, FaultKind::LengthTooLong).await;
    assert!(long.is_cut());
    let short = once(&amazon, &token, FaultKind::LengthTooShort).await;
    assert!(!short.is_cut() && serde_json::from_slice::<serde_json::Value>(&short.body).is_err());
}

#[tokio::test]
async fn a_success_can_be_something_else() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let html = once(&amazon, &token, FaultKind::Html).await;
    assert_eq!((html.status, html.header("content-type")), (200, Some("text/html")));
    let empty = once(&amazon, &token, FaultKind::Empty).await;
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    let broken = once(&amazon, &token, FaultKind::InvalidJson).await;
    assert_eq!(broken.status, 200);
    assert!(serde_json::from_slice::<serde_json::Value>(&broken.body).is_err());
    let redirect =
        once(&amazon, &token, FaultKind::Redirect { to: "http://127.0.0.1:1/elsewhere".into() }).await;
    assert_eq!((redirect.status, redirect.header("location")), (307, Some("http://127.0.0.1:1/elsewhere")));
}

#[tokio::test]
async fn a_late_or_dripping_answer_is_whole_in_the_end() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    for kind in [FaultKind::Delay { milliseconds: 1 }, FaultKind::SlowDrip { milliseconds: 1 }] {
        let answer = once(&amazon, &token, kind).await;
        assert_eq!(answer.json()["orders"].as_array().unwrap().len(), 10);
    }
}

#[tokio::test]
async fn lwa_can_be_strange() {
    let amazon = open().await;
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    let ask = async |kind: FaultKind| {
        amazon.world.set_fault(Fault::next(1, "lwa", kind));
        amazon.refresh(&refresh_token).await
    };
    assert_eq!(ask(FaultKind::InvalidGrant).await.json()["error"], "invalid_grant");
    assert_eq!(ask(FaultKind::InvalidClient).await.status, 401);
    for value in [json!(-1), json!("3600"), json!(1e300), json!(u64::MAX)] {
        assert_eq!(ask(FaultKind::Expiry { expires_in: value.clone() }).await.json()["expires_in"], value);
    }
    assert!(ask(FaultKind::Expiry { expires_in: json!(null) }).await.json().get("expires_in").is_none());
    assert!(ask(FaultKind::NoRefreshToken).await.json().get("refresh_token").is_none());
    let kept = ask(FaultKind::NewRefreshToken { old_dies: false }).await.json();
    assert_ne!(kept["refresh_token"], refresh_token.as_str());
    assert_eq!(amazon.refresh(&refresh_token).await.status, 200);
    let rotated = ask(FaultKind::NewRefreshToken { old_dies: true }).await.json();
    assert_eq!(amazon.refresh(&refresh_token).await.status, 400);
    assert_eq!(amazon.refresh(rotated["refresh_token"].as_str().unwrap()).await.status, 200);
}

#[tokio::test]
async fn a_repeated_page_token_leads_in_a_circle() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let first = amazon.search(&QUERY, &token).await.json();
    let next = first["pagination"]["nextToken"].as_str().unwrap().to_owned();
    amazon.world.set_fault(Fault::next(2, SEARCH, FaultKind::RepeatedToken));
    let with_token = [QUERY.as_slice(), &[("paginationToken", next.as_str())]].concat();
    for _ in 0..2 {
        assert_eq!(amazon.search(&with_token, &token).await.json()["pagination"]["nextToken"], next.as_str());
    }
    assert_ne!(amazon.search(&with_token, &token).await.json()["pagination"]["nextToken"], next.as_str());
}

#[tokio::test]
async fn a_late_order_shows_up_with_its_old_time() {
    let amazon = open().await;
    amazon.world.set_fault(Fault::always(SEARCH, FaultKind::LateItems { minutes: 180, every: 1 }));
    amazon.world.advance(Duration::from_secs(24 * 3600));
    let token = amazon.access(NORTHWIND).await;
    let newest = async || {
        let found = amazon.search(&[("createdAfter", "2026-11-20T20:00:00Z")], &token).await.json();
        found["orders"].as_array().unwrap().last().unwrap()["createdTime"].as_str().unwrap().to_owned()
    };
    let three_hours_ago = "2026-11-21T07:00:00Z";
    assert!(newest().await.as_str() <= three_hours_ago);
    amazon.world.clear_faults();
    assert!(newest().await.as_str() > three_hours_ago);
}

#[tokio::test]
async fn a_fault_of_one_seller_leaves_the_others_alone() {
    let amazon = open().await;
    amazon.world.set_fault(Fault::always("*", FaultKind::Status { status: 503 }).of_seller(NORTHWIND));
    let other = amazon.access(RHEINHAUS).await;
    let path = "/sellers/v1/marketplaceParticipations";
    assert_eq!(amazon.call("eu", path, &[], &other).await.status, 200);
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    assert_eq!(amazon.refresh(&refresh_token).await.status, 503);
}

#[tokio::test]
async fn the_dial_turns_over_http_too() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let set = amazon
        .post_json("/_sim/faults", r#"{"operation":"searchOrders","fault":"status","status":500,"times":1}"#)
        .await;
    assert_eq!(set.json()["faults"][0]["fault"], "status");
    assert_eq!(amazon.search(&QUERY, &token).await.status, 500);
    assert_eq!(amazon.search(&QUERY, &token).await.status, 200);
    assert_eq!(
        amazon.post_json("/_sim/faults", r#"{"operation":"lwa","fault":"nonsense"}"#).await.status,
        400
    );
    let form = [("operation", "*"), ("kind", r#"{"fault":"html"}"#), ("times", "")];
    assert_eq!(amazon.post_form("/_sim/faults", &form).await.status, 303);
    assert_eq!(amazon.world.faults(), [Fault::always("*", FaultKind::Html)]);
    assert_eq!(amazon.send("DELETE", "/_sim/faults", &[], "").await.status, 200);
    assert!(amazon.world.faults().is_empty());
}
