//! Notifications: a destination, subscriptions, and what is delivered to whom.

use std::time::Duration;

use sellerport_simulator::{CLIENT_ID, Fault, FaultKind, Options};
use serde_json::{Value, json};

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, models_folder, open_with, options};

const SCOPE: &str = "sellingpartnerapi::notifications";
const QUEUE: &str = "arn:aws:sqs:eu-central-1:123456789012:told";

/// With the official models, where they are at hand: whatever breaks them is a violation.
async fn amazon() -> Amazon {
    open_with(Options { models: models_folder(), ..options() }).await
}

async fn ask(amazon: &Amazon, method: &str, path: &str, token: &str, body: &Value) -> Answer {
    let headers = [("x-amz-access-token", token), ("content-type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    amazon.send(method, &format!("/sp-api/na/notifications/v1/{path}"), &headers, &body).await
}

async fn destination(amazon: &Amazon, own: &str, queue: &str) -> Answer {
    let body = json!({ "name": "told", "resourceSpecification": { "sqs": { "arn": queue } } });
    ask(amazon, "POST", "destinations", own, &body).await
}

async fn subscribe(amazon: &Amazon, kind: &str, version: &str) -> Answer {
    let own = amazon.grantless(CLIENT_ID, SCOPE).await;
    destination(amazon, &own, QUEUE).await;
    let all = ask(amazon, "GET", "destinations", &own, &Value::Null).await.json();
    let body = json!({ "payloadVersion": version, "destinationId": all["payload"][0]["destinationId"] });
    let token = amazon.access(NORTHWIND).await;
    ask(amazon, "POST", &format!("subscriptions/{kind}"), &token, &body).await
}

#[tokio::test]
async fn a_queue_is_a_destination_once_and_a_fifo_queue_never() {
    let amazon = amazon().await;
    let own = amazon.grantless(CLIENT_ID, SCOPE).await;
    let made = destination(&amazon, &own, QUEUE).await;
    assert_eq!(made.status, 200);
    assert_eq!(destination(&amazon, &own, QUEUE).await.status, 409);
    assert_eq!(destination(&amazon, &own, &format!("{QUEUE}.fifo")).await.status, 400);
    let id = made.json()["payload"]["destinationId"].as_str().unwrap().to_owned();
    let path = format!("destinations/{id}");
    assert_eq!(ask(&amazon, "GET", &path, &own, &Value::Null).await.json(), made.json());
    let sellers = amazon.access(NORTHWIND).await;
    assert_eq!(ask(&amazon, "GET", &path, &sellers, &Value::Null).await.status, 403, "grantless only");
    assert_eq!(ask(&amazon, "DELETE", &path, &own, &Value::Null).await.status, 200);
    assert_eq!(amazon.world.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_seller_subscribes_once_to_a_type_and_the_application_removes_it() {
    let amazon = amazon().await;
    let made = subscribe(&amazon, "ORDER_CHANGE", "1.0").await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(subscribe(&amazon, "ORDER_CHANGE", "1.0").await.status, 409);
    assert_eq!(
        subscribe(&amazon, "LISTINGS_ITEM_STATUS_CHANGE", "1.0").await.status,
        400,
        "by EventBridge only"
    );
    amazon.world.advance(Duration::from_secs(10));
    let token = amazon.access(NORTHWIND).await;
    let found = ask(&amazon, "GET", "subscriptions/ORDER_CHANGE", &token, &Value::Null).await;
    assert_eq!(found.json(), made.json());
    let all = ask(&amazon, "GET", "subscriptions?notificationTypes=ORDER_CHANGE", &token, &Value::Null).await;
    assert_eq!(all.json()["payload"]["subscriptions"], json!([made.json()["payload"]]));
    assert_eq!(ask(&amazon, "GET", "subscriptions/FEE_PROMOTION", &token, &Value::Null).await.status, 404);
    let id = made.json()["payload"]["subscriptionId"].as_str().unwrap().to_owned();
    let path = format!("subscriptions/ORDER_CHANGE/{id}");
    let own = amazon.grantless(CLIENT_ID, SCOPE).await;
    assert_eq!(ask(&amazon, "GET", &path, &own, &Value::Null).await.json(), made.json());
    assert_eq!(
        ask(&amazon, "DELETE", &path, &token, &Value::Null).await.status,
        403,
        "not with a seller's token"
    );
    assert_eq!(ask(&amazon, "DELETE", &path, &own, &Value::Null).await.status, 200);
    assert_eq!(ask(&amazon, "DELETE", &path, &own, &Value::Null).await.status, 404);
    assert_eq!(amazon.world.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_happens_is_told_to_who_subscribed_and_in_the_types_own_spelling() {
    let amazon = amazon().await;
    assert_eq!(subscribe(&amazon, "TRANSACTION_UPDATE", "1.0").await.status, 200);
    assert_eq!(subscribe(&amazon, "REPORT_PROCESSING_FINISHED", "2020-09-04").await.status, 200);
    let payload = json!({ "reportProcessingFinishedNotification": { "reportId": "1" } });
    amazon.world.notify(RHEINHAUS, "REPORT_PROCESSING_FINISHED", &payload);
    assert_eq!(amazon.world.take_deliveries(), [], "somebody else's");
    amazon.world.notify(NORTHWIND, "REPORT_PROCESSING_FINISHED", &payload);
    amazon.world.notify(NORTHWIND, "TRANSACTION_UPDATE", &json!({ "TransactionUpdateNotification": {} }));
    let told = amazon.post_json("/_sim/notifications/deliver", "").await.json();
    let [report, money] = told["deliveries"].as_array().unwrap().as_slice() else { panic!("{told}") };
    assert_eq!((&report["queue"], &money["queue"]), (&json!(QUEUE), &json!(QUEUE)));
    assert_eq!(report["message"]["payload"], payload);
    assert_eq!(report["message"]["notificationMetadata"]["subscriptionId"].as_str().unwrap().len(), 36);
    assert_eq!(money["message"]["NotificationType"], "TRANSACTION_UPDATE");
    assert!(money["message"]["NotificationMetadata"]["NotificationId"].is_string());
    assert_eq!(amazon.world.take_deliveries(), [], "what was taken is gone");
}

#[tokio::test]
async fn faults_repeat_delay_and_lose_notifications() {
    let amazon = amazon().await;
    assert_eq!(subscribe(&amazon, "TRANSACTION_UPDATE", "1.0").await.status, 200);
    let happens = || amazon.world.notify(NORTHWIND, "TRANSACTION_UPDATE", &json!({}));
    amazon.world.set_fault(Fault::next(1, "notification", FaultKind::Copies { more: 4 }));
    happens();
    let five = amazon.world.take_deliveries();
    assert_eq!(five.len(), 5);
    assert!(five.iter().all(|one| one == &five[0]), "the same one");
    amazon.world.set_fault(Fault::next(1, "notification", FaultKind::Delay { milliseconds: 60_000 }));
    happens();
    assert_eq!(amazon.world.take_deliveries(), []);
    amazon.world.advance(Duration::from_secs(60));
    assert_eq!(amazon.world.take_deliveries().len(), 1);
    amazon.world.set_fault(Fault::next(1, "notification", FaultKind::Silence));
    happens();
    assert_eq!(amazon.world.take_deliveries(), []);
}

#[tokio::test]
async fn every_change_of_an_order_is_told_once_when_it_has_happened() {
    let amazon = amazon().await;
    assert_eq!(subscribe(&amazon, "ORDER_CHANGE", "1.0").await.status, 200);
    let from = amazon.world.now();
    let mut told = Vec::new();
    for _ in 0..24 {
        amazon.world.advance(Duration::from_secs(3600));
        told.extend(amazon.world.take_deliveries());
    }
    let changed: std::collections::BTreeSet<String> = {
        let all = amazon.world.orders_of(NORTHWIND).into_iter();
        all.filter(|order| order.last_updated_time.as_str() > from.to_string().as_str())
            .map(|one| one.order_id)
    }
    .collect();
    let order = |one: &sellerport_simulator::Delivered| {
        one.message["Payload"]["OrderChangeNotification"]["AmazonOrderId"].as_str().unwrap().to_owned()
    };
    let heard: std::collections::BTreeSet<String> = told.iter().map(order).collect();
    assert!(!heard.is_empty() && heard.is_superset(&changed), "{} of {}", heard.len(), changed.len());
    let each: std::collections::BTreeSet<String> =
        told.iter().map(|one| format!("{} {}", order(one), one.message["EventTime"])).collect();
    assert_eq!(each.len(), told.len(), "each change once");
    amazon.world.revoke(NORTHWIND);
    amazon.world.advance(Duration::from_secs(24 * 3600));
    assert_eq!(amazon.world.take_deliveries(), [], "a seller who withdrew is not told about");
}
