//! Authorization codes: once, for five minutes, for one address.

use std::time::Duration;

use sellerport_simulator::CLIENT_ID;

use crate::asking::{NORTHWIND, open};

#[tokio::test]
async fn a_code_works_once() {
    let amazon = open().await;
    let code = amazon.code(NORTHWIND);
    assert_eq!(amazon.exchange(&code).await.status, 200);
    let again = amazon.exchange(&code).await;
    assert_eq!((again.status, again.json()["error"].as_str()), (400, Some("invalid_grant")));
}

#[tokio::test]
async fn a_code_lives_for_five_minutes() {
    let amazon = open().await;
    let (early, late) = (amazon.code(NORTHWIND), amazon.code(NORTHWIND));
    amazon.world.advance(Duration::from_secs(299));
    assert_eq!(amazon.exchange(&early).await.status, 200);
    amazon.world.advance(Duration::from_secs(1));
    assert_eq!(amazon.exchange(&late).await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_code_is_bound_to_its_address() {
    let amazon = open().await;
    let code = amazon.code(NORTHWIND);
    let elsewhere = "http://localhost:9/elsewhere";
    let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", elsewhere)];
    assert_eq!(amazon.token(&fields).await.json()["error"], "invalid_grant");
    assert_eq!(amazon.exchange(&code).await.status, 200, "a wrong address does not use the code up");
}

#[tokio::test]
async fn a_public_grant_must_be_renewed_after_a_year() {
    let amazon = open().await;
    let tokens = amazon.exchange(&amazon.code(NORTHWIND)).await.json();
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let own = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    amazon.world.advance(Duration::from_secs(365 * 24 * 3600));
    amazon.world.replace_client_secret(CLIENT_ID).unwrap();
    assert_eq!(amazon.refresh(refresh_token).await.json()["error"], "invalid_grant");
    assert_eq!(amazon.refresh(&own).await.status, 200, "a self-authorization does not age");
}
