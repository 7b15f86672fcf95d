//! Amazon's notifications make streams due sooner, and can do nothing else (table 4.C of the bad inputs, T28).

mod naming;
mod subscribing;

use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains::ORDERS;
use sellerport_core::ids::UserId;
use sellerport_core::lwa::Scope;
use sellerport_core::notify::{self, BODY_MAX, KINDS, Subscriptions, receive};
use sellerport_core::ports::{Clock as _, QueueName};
use sellerport_core::store::{TableName, decode};
use sellerport_core::stream::gap;
use sellerport_core::task::{BadMessage, Outcome};
use sellerport_simulator::{APPLICATION_ID, Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::queues::NOTIFICATIONS;
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A small account: what is not about its orders is quick with it.
const SELLER: &str = "A1LUMIERE0004FR";

/// A seller whose orders have been fetched, with his subscriptions made.
async fn listening(seller: &str, country: &str) -> House {
    let house = House::start().await;
    house.listening.set(true);
    house.connected(seller, country).await;
    house.pass(MINUTE * 11).await;
    assert!(subscription(&house, seller).is_some());
    house
}

/// The same, once its history has landed and nothing goes on.
async fn resting() -> House {
    let house = listening(SELLER, "FR").await;
    settle(&house, SELLER).await;
    house
}

async fn settle(house: &House, seller: &str) {
    house.listening.set(false);
    while !house.stream(seller).rests() || !house.cloud.messages.borrow().is_empty() {
        house.pass(MINUTE * 5).await;
    }
    house.world().take_deliveries();
}

/// Amazon's id of the subscription to changes of orders.
fn subscription(house: &House, seller: &str) -> Option<String> {
    let all = house.world().subscriptions_of(seller);
    all.into_iter().find(|(kind, _)| kind == "ORDER_CHANGE").map(|(_, id)| id)
}

fn row(house: &House) -> Option<Subscriptions> {
    let mut rows = house.cloud.table(TableName::Streams);
    rows.retain(|row| row.key.sort == "NOTIFICATIONS");
    rows.pop().map(|row| decode(row).unwrap().value)
}

/// A notification as Amazon sends it, about what happened now.
fn genuine(house: &House) -> Value {
    let (kind, id) = ("ORDER_CHANGE", subscription(house, SELLER).unwrap());
    let now = house.cloud.now().to_string();
    json!({
        "NotificationVersion": "1.0",
        "NotificationType": kind,
        "PayloadVersion": "1.0",
        "EventTime": now,
        "Payload": {"OrderChangeNotification": {"SellerId": SELLER, "AmazonOrderId": "CANARY-1"}},
        "NotificationMetadata": {
            "ApplicationId": APPLICATION_ID, "SubscriptionId": id, "PublishTime": now, "NotificationId": "n-1",
        },
    })
}

async fn told(house: &House, message: &Value) -> Outcome {
    receive(&house.cloud, "m", &message.to_string()).await.unwrap()
}

fn searches(house: &House) -> usize {
    house.world().asked().iter().filter(|asked| asked.operation == "searchOrders").count()
}

#[tokio::test]
async fn a_change_is_fetched_within_minutes_and_without_notifications_polling_goes_on() {
    let house = resting().await;
    let due = house.stream(SELLER).due_at.unwrap();
    assert_eq!(told(&house, &genuine(&house)).await, Outcome::Done("a stream is due sooner"));
    let (at, stream) = (house.cloud.now(), house.stream(SELLER));
    assert!(stream.due_at.unwrap() < due, "sooner than {due}");
    assert!(stream.due_at.unwrap() <= at + gap(&ORDERS) + ORDERS.lag);
    assert_eq!(row(&house).unwrap().held[0].heard_at, Some(at), "the page says so");
    house.pass(gap(&ORDERS) + ORDERS.lag + MINUTE).await;
    let stream = house.stream(SELLER);
    assert!(stream.cursor.unwrap() >= at, "everything up to the hint has landed");
    assert_eq!(stream.wanted, None);
    // Nobody tells anything for a day.
    let before = searches(&house);
    house.pass(SignedDuration::from_hours(6)).await;
    assert!(searches(&house) > before);
    house.assert_complete(SELLER);
}

#[tokio::test]
async fn orders_that_change_are_told_and_land_sooner_than_by_polling() {
    // An account with an order in an hour or two is polled every hour.
    let late = async |heard: bool| {
        let house = listening(NORTHWIND, "US").await;
        settle(&house, NORTHWIND).await;
        house.listening.set(heard);
        house.pass(SignedDuration::from_hours(2)).await;
        let (mut worst, end) = (SignedDuration::ZERO, house.cloud.now() + SignedDuration::from_hours(6));
        while house.cloud.now() < end {
            house.pass(MINUTE * 5).await;
            let landed = house.landed(NORTHWIND);
            let truth = house.world().orders_of(NORTHWIND);
            let missing = truth.iter().filter(|order| {
                let known =
                    landed.get(&order.order_id).and_then(|payload| payload["lastUpdatedTime"].as_str());
                known.is_none_or(|known| known < order.last_updated_time.as_str())
            });
            let oldest = missing.filter_map(|order| order.last_updated_time.parse::<Timestamp>().ok()).min();
            worst = oldest.map_or(worst, |at| worst.max(house.cloud.now().duration_since(at)));
        }
        house.assert_complete(NORTHWIND);
        worst
    };
    let (polled, heard) = (late(false).await, late(true).await);
    assert!(heard <= gap(&ORDERS) + ORDERS.lag + MINUTE * 2, "{heard:?}");
    assert!(heard < polled, "{heard:?} with, {polled:?} without");
}

#[tokio::test]
async fn c31_an_unknown_type_is_dropped_and_counted() {
    let house = resting().await;
    let mut message = genuine(&house);
    message["NotificationType"] = json!("SOMETHING_NEW");
    assert_eq!(told(&house, &message).await, Outcome::Dropped("E_MSG_TYPE"));
    assert!(house.cloud.table(TableName::Parked).is_empty());
}

#[tokio::test]
async fn c33_an_unknown_subscription_is_parked() {
    let house = resting().await;
    let mut message = genuine(&house);
    message["NotificationMetadata"]["SubscriptionId"] = json!("a-strangers");
    assert_eq!(told(&house, &message).await, Outcome::Parked(BadMessage::Source));
    let parked = house.cloud.table(TableName::Parked);
    assert_eq!(parked.len(), 1);
    assert!(parked[0].document["reason"].as_str().unwrap().starts_with("E_MSG_SOURCE"));
    assert!(!format!("{parked:?}").contains("CANARY"), "somebody else's order is kept");
}

#[tokio::test]
async fn c35_the_same_notification_five_times_has_one_effect() {
    let house = resting().await;
    let message = genuine(&house);
    let mut revisions = Vec::new();
    for n in 0..5 {
        let outcome = told(&house, &message).await;
        let first = Outcome::Done("a stream is due sooner");
        assert_eq!(outcome, if n == 0 { first } else { Outcome::Dropped("nothing is due sooner by it") });
        let row =
            house.cloud.table(TableName::Streams).into_iter().find(|row| row.key.sort.starts_with("S#"));
        revisions.push(row.unwrap().revision);
        house.advance(SignedDuration::from_secs(20));
    }
    assert_eq!(revisions, [revisions[0]; 5], "one write");
    let before = searches(&house);
    house.pass(MINUTE * 14).await;
    assert_eq!(searches(&house) - before, 1, "one run");
    assert_eq!(told(&house, &message).await, Outcome::Dropped("nothing is due sooner by it"), "late, too");
}

#[tokio::test]
async fn c37_an_event_of_tomorrow_is_treated_as_now_and_counted() {
    let house = resting().await;
    let mut message = genuine(&house);
    message["EventTime"] = json!(house.cloud.now() + SignedDuration::from_hours(24));
    assert_eq!(
        told(&house, &message).await,
        Outcome::Done("a stream is due sooner; the time of the event lies ahead")
    );
    assert!(house.stream(SELLER).wanted.unwrap() <= house.cloud.now() + MINUTE, "now, not tomorrow");
}

#[tokio::test]
async fn t28_forged_notifications_change_no_state_and_cause_no_call() {
    let house = resting().await;
    let other = "amzn1.sellerapps.app.somebody-else";
    type Change = Box<dyn Fn(&mut Value)>;
    let forged: [(&str, Change); 12] = [
        (
            "a stranger's subscription",
            Box::new(|m| m["NotificationMetadata"]["SubscriptionId"] = json!("stranger")),
        ),
        (
            "a subscription as a path",
            Box::new(|m| m["NotificationMetadata"]["SubscriptionId"] = json!("../T#main")),
        ),
        ("no subscription", Box::new(|m| m["NotificationMetadata"]["SubscriptionId"] = Value::Null)),
        ("another application", Box::new(move |m| m["NotificationMetadata"]["ApplicationId"] = json!(other))),
        ("no application", Box::new(|m| m["NotificationMetadata"]["ApplicationId"] = json!(""))),
        ("another type", Box::new(|m| m["NotificationType"] = json!("TRANSACTION_UPDATE"))),
        ("a type that is none", Box::new(|m| m["NotificationType"] = json!(["ORDER_CHANGE"]))),
        ("no metadata", Box::new(|m| m["NotificationMetadata"] = json!("x"))),
        ("too large", Box::new(|m| m["Payload"] = json!("x".repeat(BODY_MAX)))),
        ("an array", Box::new(|m| *m = json!([m.clone()]))),
        ("a wrapped one", Box::new(|m| *m = json!({"Message": m.to_string()}))),
        (
            "an object for a subscription",
            Box::new(|m| m["NotificationMetadata"]["SubscriptionId"] = json!({"S": "x"})),
        ),
    ];
    let rows = |house: &House| {
        let mut rows = house.cloud.rows.borrow().clone();
        rows.retain(|key, _| key.table != TableName::Parked);
        rows
    };
    let (before, asked) = (rows(&house), house.world().asked().len());
    for (what, change) in &forged {
        let mut message = genuine(&house);
        change(&mut message);
        let outcome = told(&house, &message).await;
        assert!(matches!(outcome, Outcome::Parked(_)), "{what}: {outcome:?}");
    }
    assert_eq!(rows(&house), before, "a row changed");
    assert_eq!(house.world().asked().len(), asked, "Amazon was called");
    assert!(!format!("{:?}", house.cloud.table(TableName::Parked)).contains("CANARY"));
    // The control: the same message as it is does something.
    assert_eq!(told(&house, &genuine(&house)).await, Outcome::Done("a stream is due sooner"));
    assert_ne!(rows(&house), before);
}

#[tokio::test]
async fn t28_a_flood_of_ten_thousand_causes_no_more_runs_than_the_gap_allows() {
    let house = resting().await;
    let (before, from) = (searches(&house), house.cloud.now());
    let mut written = 0;
    // Over half an hour, each about another order.
    for _ in 0..1_000 {
        let message = genuine(&house);
        for _ in 0..10 {
            written += usize::from(matches!(told(&house, &message).await, Outcome::Done(_)));
        }
        house.pass(SignedDuration::from_millis(1_800)).await;
    }
    let lasted = house.cloud.now().duration_since(from);
    let most = lasted.as_secs() / gap(&ORDERS).as_secs() + 1;
    let runs = searches(&house) - before;
    println!("10,000 hints in {} s: {runs} calls, {written} writes", lasted.as_secs());
    assert!(runs as i64 <= most, "{runs} calls, {most} gaps");
    assert!(written as i64 <= 3 * most, "{written} writes");
    assert!(runs >= 3, "and they do something");
}

#[tokio::test]
async fn late_and_repeated_notifications_harm_nobody() {
    let house = resting().await;
    house.world().set_fault(Fault::always("notification", FaultKind::Copies { more: 4 }));
    house.listening.set(true);
    let (before, hours) = (searches(&house), 3);
    house.pass(SignedDuration::from_hours(hours)).await;
    let most = hours * 3600 / gap(&ORDERS).as_secs();
    assert!((searches(&house) - before) as i64 <= most);
    house.world().clear_faults();
    house.world().set_fault(Fault::always("notification", FaultKind::Delay { milliseconds: 3_600_000 }));
    house.pass(SignedDuration::from_hours(hours)).await;
    house.assert_complete(SELLER);
    assert!(house.cloud.dead.borrow().is_empty());
    let parked = house.cloud.table(TableName::Parked);
    assert!(parked.is_empty(), "{parked:?}");
    let left =
        house.cloud.messages.borrow().iter().filter(|one| one.queue == QueueName::Notifications).count();
    assert_eq!(left, 0);
}
