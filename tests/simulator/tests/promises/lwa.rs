//! The token endpoint's three grants and its errors.

use sellerport_simulator::{CLIENT_ID, Fault, FaultKind};
use serde_json::json;

use crate::asking::{CALLBACK, NORTHWIND, open};

#[tokio::test]
async fn a_code_becomes_tokens_that_look_like_amazons() {
    let amazon = open().await;
    let answer = amazon.exchange(&amazon.code(NORTHWIND)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json;charset=UTF-8"));
    let tokens = answer.json();
    let access = tokens["access_token"].as_str().unwrap();
    assert!(access.starts_with("Atza|CANARY-access-") && access.len() == 353, "{access}");
    assert!(tokens["refresh_token"].as_str().unwrap().starts_with("Atzr|CANARY-refresh-"));
    assert_eq!(tokens["token_type"], "bearer");
    assert_eq!(tokens["expires_in"], 3600);
}

#[tokio::test]
async fn a_refresh_gives_a_new_access_token_and_the_same_refresh_token() {
    let amazon = open().await;
    let first = amazon.exchange(&amazon.code(NORTHWIND)).await.json();
    let refresh_token = first["refresh_token"].as_str().unwrap();
    let second = amazon.refresh(refresh_token).await.json();
    assert_eq!(second["refresh_token"], first["refresh_token"]);
    assert_ne!(second["access_token"], first["access_token"]);
}

#[tokio::test]
async fn a_json_body_is_understood_as_well_as_a_form() {
    let amazon = open().await;
    let body = json!({
        "grant_type": "client_credentials", "scope": "sellingpartnerapi::notifications",
        "client_id": CLIENT_ID, "client_secret": amazon.world.client_secret(CLIENT_ID),
    });
    let answer = amazon.post_json("/auth/o2/token", &body.to_string()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["scope"], "sellingpartnerapi::notifications");
    assert!(answer.json().get("refresh_token").is_none());
}

#[tokio::test]
async fn every_error_has_its_status_and_word() {
    let amazon = open().await;
    let secret = amazon.world.client_secret(CLIENT_ID).unwrap();
    let id = ("client_id", CLIENT_ID);
    let good = ("client_secret", secret.as_str());
    let cases = [
        (vec![id, good], 400, "invalid_request"),
        (vec![("grant_type", "refresh_token"), good], 400, "invalid_request"),
        (vec![("grant_type", "refresh_token"), id, good], 400, "invalid_request"),
        (vec![("grant_type", "password"), id, good], 400, "unsupported_grant_type"),
        (
            vec![("grant_type", "refresh_token"), id, ("client_secret", "wrong"), ("refresh_token", "x")],
            401,
            "invalid_client",
        ),
        (
            vec![("grant_type", "refresh_token"), ("client_id", "nobody"), good, ("refresh_token", "x")],
            401,
            "invalid_client",
        ),
        (
            vec![("grant_type", "refresh_token"), id, good, ("refresh_token", "Atzr|made-up")],
            400,
            "invalid_grant",
        ),
        (
            vec![
                ("grant_type", "authorization_code"),
                id,
                good,
                ("code", "made-up"),
                ("redirect_uri", CALLBACK),
            ],
            400,
            "invalid_grant",
        ),
        (vec![("grant_type", "client_credentials"), id, good, ("scope", "orders")], 400, "invalid_scope"),
    ];
    for (fields, status, error) in cases {
        let answer = amazon.post_form("/auth/o2/token", &fields).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (status, Some(error)), "{fields:?}");
    }
    let text = amazon.send("POST", "/auth/o2/token", &[("content-type", "text/plain")], "x").await;
    assert_eq!(text.json()["error"], "invalid_request");
    let broken = amazon.post_json("/auth/o2/token", "{").await;
    assert_eq!(broken.json()["error"], "invalid_request");
}

#[tokio::test]
async fn amazons_own_texts_are_used() {
    let amazon = open().await;
    let refused = amazon.refresh("Atzr|made-up").await.json();
    assert_eq!(
        refused["error_description"],
        "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission."
    );
    amazon.world.replace_client_secret(CLIENT_ID).unwrap();
    let old = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "x"),
        ("client_id", CLIENT_ID),
        ("client_secret", "old"),
    ];
    let refused = amazon.post_form("/auth/o2/token", &old).await;
    assert_eq!(
        (refused.status, refused.json()["error_description"].as_str()),
        (401, Some("Client authentication failed"))
    );
}

#[tokio::test]
async fn the_transient_errors_come_from_the_dial() {
    let amazon = open().await;
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    for (status, error) in
        [(500, "server_error"), (503, "temporarily_unavailable"), (429, "temporarily_unavailable")]
    {
        amazon.world.set_fault(Fault::next(1, "lwa", FaultKind::Status { status }));
        let answer = amazon.refresh(&refresh_token).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (status, Some(error)));
    }
    assert_eq!(amazon.refresh(&refresh_token).await.status, 200);
}

#[tokio::test]
async fn an_application_without_an_address_may_not_use_codes() {
    let amazon = crate::asking::open_with(sellerport_simulator::Options {
        redirect_uris: Vec::new(),
        ..crate::asking::options()
    })
    .await;
    let answer = amazon.exchange(&amazon.code(NORTHWIND)).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("unauthorized_client")));
}

#[tokio::test]
async fn token_calls_are_counted_by_grant_and_outcome() {
    let amazon = open().await;
    amazon.exchange(&amazon.code(NORTHWIND)).await;
    amazon.refresh("Atzr|made-up").await;
    amazon.refresh("Atzr|made-up").await;
    let calls = amazon.world.token_calls();
    assert_eq!(calls.get("authorization_code ok"), Some(&1));
    assert_eq!(calls.get("refresh_token invalid_grant"), Some(&2));
    assert_eq!(amazon.world.calls_to("lwa"), 3);
}

#[tokio::test]
async fn every_secret_is_told_to_a_canary_test() {
    let amazon = open().await;
    let code = amazon.code(NORTHWIND);
    let tokens = amazon.exchange(&code).await.json();
    let issued = amazon.world.secrets_issued();
    for secret in [&code, &amazon.world.client_secret(CLIENT_ID).unwrap()] {
        assert!(issued.contains(secret));
    }
    for name in ["access_token", "refresh_token"] {
        assert!(issued.iter().any(|secret| tokens[name] == secret.as_str()), "{name}");
    }
    assert!(issued.iter().all(|secret| secret.contains("CANARY-")));
}
