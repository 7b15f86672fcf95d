//! What happens when a seller withdraws his authorization.

use std::time::Duration;

use sellerport_simulator::{Options, Revocation};

use crate::asking::{NORTHWIND, RHEINHAUS, error_of, open, open_with, options};

const PARTICIPATIONS: &str = "/sellers/v1/marketplaceParticipations";

#[tokio::test]
async fn revocation_ends_refresh_and_access_at_once() {
    let amazon = open().await;
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    let access = amazon.refresh(&refresh_token).await.json()["access_token"].as_str().unwrap().to_owned();
    let other = amazon.access(RHEINHAUS).await;
    assert_eq!(amazon.world.revoke(NORTHWIND), 1);
    let refused = amazon.refresh(&refresh_token).await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (400, Some("invalid_grant")));
    assert!(refused.text().contains("User may have revoked"));
    let denied = amazon.call("na", PARTICIPATIONS, &[], &access).await;
    assert_eq!(denied.status, 403);
    assert_eq!(error_of(&denied).2, "The access token you provided is revoked, malformed or invalid.");
    assert_eq!(amazon.call("eu", PARTICIPATIONS, &[], &other).await.status, 200, "other sellers go on");
}

#[tokio::test]
async fn an_access_token_may_live_out_its_hour_if_that_is_chosen() {
    let amazon = open_with(Options { revocation: Revocation::AtExpiry, ..options() }).await;
    let access = amazon.access(NORTHWIND).await;
    amazon.world.revoke(NORTHWIND);
    assert_eq!(amazon.call("na", PARTICIPATIONS, &[], &access).await.status, 200);
    amazon.world.advance(Duration::from_secs(3600));
    let denied = amazon.call("na", PARTICIPATIONS, &[], &access).await;
    assert_eq!(error_of(&denied).2, "The access token you provided has expired.");
}

#[tokio::test]
async fn the_page_can_revoke_too() {
    let amazon = open().await;
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    let answer = amazon.post_json(&format!("/_sim/sellers/{NORTHWIND}/revoke"), "").await;
    assert_eq!(answer.json()["revoked"], 1);
    assert_eq!(amazon.refresh(&refresh_token).await.status, 400);
}
