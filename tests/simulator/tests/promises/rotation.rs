//! The client secret: rotated, told to the queue, overlapping, and expired in the end.

use std::time::Duration;

use sellerport_simulator::{CLIENT_ID, Options, PRIVATE_CLIENT_ID, SANDBOX_CLIENT_ID};
use serde_json::Value;

use crate::asking::{Amazon, Answer, NORTHWIND, error_of, open, open_with, options};

const SCOPE: &str = "sellingpartnerapi::client_credential:rotation";
const PARTICIPATIONS: &str = "/sellers/v1/marketplaceParticipations";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Asks for a grantless token with this very secret.
async fn with_secret(amazon: &Amazon, secret: &str) -> Answer {
    let fields = [
        ("grant_type", "client_credentials"),
        ("scope", SCOPE),
        ("client_id", CLIENT_ID),
        ("client_secret", secret),
    ];
    amazon.post_form("/auth/o2/token", &fields).await
}

async fn rotated(amazon: &Amazon) -> Value {
    let token = amazon.grantless(CLIENT_ID, SCOPE).await;
    assert_eq!(amazon.rotate(&token).await.status, 204);
    amazon.world.take_notifications(CLIENT_ID).pop().unwrap()
}

#[tokio::test]
async fn a_rotation_answers_nothing_and_tells_the_queue_alone() {
    let amazon = open().await;
    let old = amazon.world.client_secret(CLIENT_ID).unwrap();
    let token = amazon.grantless(CLIENT_ID, SCOPE).await;
    let answer = amazon.rotate(&token).await;
    assert_eq!((answer.status, answer.body.len(), answer.header("content-length")), (204, 0, None));
    assert_eq!(answer.header("x-amzn-ratelimit-limit"), Some("0.0167"));
    assert_eq!(amazon.rotate(&token).await.status, 429, "once a minute");
    let taken = amazon.post_json("/_sim/notifications/take", "").await.json();
    let [notice] = taken["notifications"].as_array().unwrap().as_slice() else { panic!("{taken}") };
    assert_eq!(notice["notificationType"], "APPLICATION_OAUTH_CLIENT_NEW_SECRET");
    for name in ["notificationVersion", "payloadVersion", "eventTime"] {
        assert!(notice[name].is_string(), "{name}");
    }
    for name in ["applicationId", "subscriptionId", "publishTime", "notificationId"] {
        assert!(notice["notificationMetadata"][name].is_string(), "{name}");
    }
    let payload = &notice["payload"]["applicationOAuthClientNewSecret"];
    let new = amazon.world.client_secret(CLIENT_ID).unwrap();
    assert_ne!(new, old);
    assert_eq!(
        (payload["clientId"].as_str(), payload["newClientSecret"].as_str()),
        (Some(CLIENT_ID), Some(&*new))
    );
    assert_eq!(payload["newClientSecretExpiryTime"], "2027-05-19T10:00:00.000Z");
    assert_eq!(payload["oldClientSecretExpiryTime"], "2026-11-27T10:00:00.000Z");
    assert!(amazon.world.secrets_issued().contains(&new), "a canary test knows it");
    let again = amazon.post_json("/_sim/notifications/take", "").await.json();
    assert_eq!(again["notifications"].as_array().unwrap().len(), 0, "what was taken is gone");
}

#[tokio::test]
async fn the_old_secret_works_for_seven_more_days() {
    let amazon = open().await;
    let old = amazon.world.client_secret(CLIENT_ID).unwrap();
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    let notice = rotated(&amazon).await;
    let new = notice["payload"]["applicationOAuthClientNewSecret"]["newClientSecret"].as_str().unwrap();
    amazon.world.advance(7 * DAY - Duration::from_secs(1));
    assert_eq!((with_secret(&amazon, &old).await.status, with_secret(&amazon, new).await.status), (200, 200));
    amazon.world.advance(Duration::from_secs(1));
    let refused = with_secret(&amazon, &old).await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (401, Some("invalid_client")));
    assert_eq!(with_secret(&amazon, new).await.status, 200);
    assert_eq!(amazon.refresh(&refresh_token).await.status, 200, "refresh tokens outlive a rotation");
}

#[tokio::test]
async fn a_rotation_needs_its_own_scope_and_an_application_with_a_queue() {
    let amazon = open().await;
    let other = amazon.grantless(CLIENT_ID, "sellingpartnerapi::notifications").await;
    assert_eq!(amazon.rotate(&other).await.status, 403);
    assert_eq!(amazon.rotate(&amazon.access(NORTHWIND).await).await.status, 403, "a seller's token");
    let grantless = amazon.grantless(CLIENT_ID, SCOPE).await;
    assert_eq!(amazon.call("na", PARTICIPATIONS, &[], &grantless).await.status, 403, "the other way round");
    let sandbox = amazon.grantless(SANDBOX_CLIENT_ID, SCOPE).await;
    assert_eq!(error_of(&amazon.rotate(&sandbox).await).0, "InvalidInput");
    let private = amazon.grantless(PRIVATE_CLIENT_ID, SCOPE).await;
    assert_eq!(amazon.rotate(&private).await.status, 204, "another application has its own bucket");
    assert_eq!(amazon.world.take_notifications(CLIENT_ID).len(), 0);
    assert_eq!(amazon.world.take_notifications(PRIVATE_CLIENT_ID).len(), 1);
}

#[tokio::test]
async fn a_secret_ends_after_a_hundred_and_eighty_days() {
    let amazon = open().await;
    let secret = amazon.world.client_secret(CLIENT_ID).unwrap();
    amazon.world.advance(180 * DAY - Duration::from_secs(60));
    let access = amazon.access(NORTHWIND).await;
    assert_eq!(amazon.call("na", PARTICIPATIONS, &[], &access).await.status, 200);
    amazon.world.advance(Duration::from_secs(60));
    assert_eq!(with_secret(&amazon, &secret).await.json()["error"], "invalid_client");
    let refused = amazon.call("na", PARTICIPATIONS, &[], &access).await;
    let (code, _, details) = error_of(&refused);
    assert_eq!(
        (refused.status, code.as_str(), details.as_str()),
        (403, "Unauthorized", "The LWA secret token you provided has expired.")
    );
}

#[tokio::test]
async fn an_expiry_can_be_set_and_is_announced() {
    let amazon = open().await;
    let secret = amazon.world.client_secret(CLIENT_ID).unwrap();
    let path = format!("/_sim/applications/{CLIENT_ID}/secret-expiry");
    assert_eq!(amazon.post_json(&path, r#"{"in_seconds":60}"#).await.status, 200);
    let notice = amazon.world.take_notifications(CLIENT_ID).pop().unwrap();
    assert_eq!(notice["notificationType"], "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY");
    assert_eq!(
        notice["payload"]["applicationOAuthClientSecretExpiry"],
        serde_json::json!({
            "clientId": CLIENT_ID,
            "clientSecretExpiryTime": "2026-11-20T10:01:00.000Z",
            "clientSecretExpiryReason": "PERIODIC_ROTATION",
        })
    );
    assert_eq!(with_secret(&amazon, &secret).await.status, 200);
    amazon.world.advance(Duration::from_secs(60));
    assert_eq!(with_secret(&amazon, &secret).await.status, 401);
    assert_eq!(amazon.post_json(&path, r#"{"expires":"2027-01-01T00:00:00Z"}"#).await.status, 200);
    assert_eq!(with_secret(&amazon, &secret).await.status, 200);
    assert_eq!(amazon.post_json(&path, "{}").await.status, 400);
    let nobody = amazon.post_json("/_sim/applications/nobody/secret-expiry", r#"{"in_seconds":1}"#).await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn secrets_and_waiting_notices_outlive_a_restart() {
    let state = std::env::temp_dir().join(format!("simulator-rotation-{}.json", std::process::id()));
    let with_state = || Options { state: Some(state.clone()), ..options() };
    let before = open_with(with_state()).await;
    let old = before.world.client_secret(CLIENT_ID).unwrap();
    let token = before.grantless(CLIENT_ID, SCOPE).await;
    assert_eq!(before.rotate(&token).await.status, 204);
    let new = before.world.client_secret(CLIENT_ID).unwrap();
    before.running.stop().await;
    assert!(!std::fs::read_to_string(&state).unwrap().contains("CANARY"), "the file holds numbers only");

    let after = open_with(with_state()).await;
    assert_eq!((with_secret(&after, &old).await.status, with_secret(&after, &new).await.status), (200, 200));
    let notice = after.world.take_notifications(CLIENT_ID).pop().unwrap();
    assert_eq!(notice["payload"]["applicationOAuthClientNewSecret"]["newClientSecret"], new.as_str());
    after.world.advance(7 * DAY);
    assert_eq!((with_secret(&after, &old).await.status, with_secret(&after, &new).await.status), (401, 200));
    std::fs::remove_file(&state).unwrap();
}
