//! Subscriptions are made, used and removed, and the function dies on the way.

use super::*;
use sellerport_core::disconnect::disconnect;
use sellerport_core::ids::UserId;
use sellerport_core::notify::{Subscriptions, receive, tend};
use sellerport_tests::queues::NOTIFICATIONS;

const FIVE: SignedDuration = SignedDuration::from_mins(5);

/// Runs of the schedule at most: the pauses grow with each that was stopped.
const RUNS: usize = 16;

async fn once(hut: &Hut) {
    let until = hut.cloud.now() + MINUTE;
    let amazon = hut.amazon();
    drop(hut.cloud.stops.run(tend(&hut.cloud, &amazon, Some(NOTIFICATIONS), until)).await);
    hut.pass(FIVE).await;
}

fn row(hut: &Hut, of: &Connection) -> Option<Subscriptions> {
    hut.row(&Subscriptions::key_of(&of.tenant, &of.id))
}

/// Where subscriptions lead.
fn known(hut: &Hut) -> Vec<String> {
    let rows = hut.cloud.table(TableName::Streams).into_iter().filter(|row| row.key.sort == "SUBSCRIPTION");
    rows.map(|row| row.document["id"].as_str().unwrap().to_owned()).collect()
}

async fn subscribed(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    hut.cloud.stops.follow(plan);
    hut.watched.set(true);
    for _ in 0..RUNS {
        if row(&hut, &connection).is_some_and(|row| row.looked_at.is_some()) {
            break;
        }
        once(&hut).await;
    }
    let verdict = made_once(&hut, &connection).and_then(|()| invariants(&hut));
    hut.ran(verdict)
}

fn made_once(hut: &Hut, connection: &Connection) -> Result<(), String> {
    let row = row(hut, connection).ok_or("no row")?;
    that(row.looked_at.is_some() && row.refused.is_empty(), || format!("{row:?}"))?;
    let theirs = hut.amazon.notifications.subscriptions.borrow();
    that(!theirs.is_empty() && theirs.len() == row.held.len(), || format!("{theirs:?}, and {row:?}"))?;
    for (kind, (id, _)) in theirs.iter() {
        that(row.id_of(kind) == Some(id), || format!("{kind} is {id} at Amazon, and {row:?}"))?;
        that(known(hut).contains(id), || format!("{id} leads nowhere"))?;
    }
    // What was made and not written down is found again.
    let wanted = u32::try_from(theirs.len() + 1).unwrap_or(u32::MAX);
    let made = hut.amazon.notifications.made();
    that(made == wanted, || format!("{made} made, {wanted} wanted"))
}

#[tokio::test]
async fn subscribing_that_is_stopped_anywhere_once_or_twice_makes_each_once_and_knows_it() {
    survived("subscribing", 2, subscribed).await;
    outlived("subscribing", subscribed).await;
}

async fn left(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    once(&hut).await;
    once(&hut).await;
    assert!(!hut.amazon.notifications.subscriptions.borrow().is_empty());
    let user = UserId::parse("owner").unwrap();
    disconnect(&hut.cloud, &connection.tenant, &connection.id, &user).await.unwrap();
    hut.cloud.stops.follow(plan);
    hut.watched.set(true);
    for _ in 0..RUNS {
        if row(&hut, &connection).is_none() {
            break;
        }
        once(&hut).await;
    }
    let theirs = hut.amazon.notifications.subscriptions.borrow().len();
    let verdict = that(theirs == 0, || format!("{theirs} are left at Amazon"))
        .and_then(|()| that(row(&hut, &connection).is_none(), || "the row is left".to_owned()))
        .and_then(|()| that(known(&hut).is_empty(), || "one still leads somewhere".to_owned()))
        .and_then(|()| invariants(&hut));
    hut.ran(verdict)
}

#[tokio::test]
async fn a_farewell_that_is_stopped_anywhere_once_or_twice_leaves_no_subscription() {
    survived("a farewell", 2, left).await;
    outlived("a farewell", left).await;
}

async fn told(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    hut.fetching.set(true);
    once(&hut).await;
    once(&hut).await;
    while !hut.stream(&connection).rests() || !hut.cloud.messages.borrow().is_empty() {
        hut.pass(FIVE).await;
    }
    let (id, _) = hut.amazon.notifications.subscriptions.borrow()["ORDER_CHANGE"].clone();
    let now = hut.cloud.now();
    let body = serde_json::json!({
        "NotificationType": "ORDER_CHANGE", "EventTime": now,
        "NotificationMetadata": { "ApplicationId": hut.application.amazon_id, "SubscriptionId": id },
    });
    let body = body.to_string();
    hut.cloud.stops.follow(plan);
    // SQS hands it out again until it was worked off.
    while !matches!(hut.cloud.stops.run(receive(&hut.cloud, "told", &body)).await, Some(Ok(_))) {}
    hut.pass(MINUTE * 9).await;
    let cursor = hut.stream(&connection).cursor;
    let verdict = that(cursor >= Some(now), || format!("complete until {cursor:?}, told at {now}"))
        .and_then(|()| invariants(&hut));
    hut.ran(verdict)
}

async fn named(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    hut.fetching.set(true);
    once(&hut).await;
    once(&hut).await;
    while !hut.stream(&connection).rests() || !hut.cloud.messages.borrow().is_empty() {
        hut.pass(FIVE).await;
    }
    let (id, _) = hut.amazon.notifications.subscriptions.borrow()["ORDER_CHANGE"].clone();
    let now = hut.cloud.now();
    let body = serde_json::json!({
        "NotificationType": "ORDER_CHANGE", "EventTime": now,
        "Payload": { "OrderChangeNotification": { "AmazonOrderId": "903-8868176-2219830" } },
        "NotificationMetadata": { "ApplicationId": hut.application.amazon_id, "SubscriptionId": id },
    });
    let body = body.to_string();
    hut.cloud.stops.follow(plan);
    hut.watched.set(true);
    while !matches!(hut.cloud.stops.run(receive(&hut.cloud, "told", &body)).await, Some(Ok(_))) {}
    let landed = || hut.cloud.objects.borrow().keys().filter(|key| key.contains("named-")).count();
    // A worker that dies is followed by another when its message comes again.
    for _ in 0..RUNS {
        hut.pass(FIVE).await;
        let stream = hut.stream(&connection);
        if stream.rests() && (landed() == 1 || stream.cursor >= Some(now)) {
            break;
        }
    }
    let (landed, stream) = (landed(), hut.stream(&connection));
    // One that Amazon did not answer for is left to a page, which comes soon.
    let paged = stream.cursor >= Some(now);
    let verdict = that(landed == 1 || landed == 0 && paged, || format!("{landed} objects, {stream:?}"))
        .and_then(|()| that(stream.rests(), || format!("it does not rest: {stream:?}")))
        .and_then(|()| invariants(&hut));
    hut.ran(verdict)
}

#[tokio::test]
async fn a_read_of_a_named_order_that_is_stopped_anywhere_once_or_twice_lands_in_one_place() {
    survived("a named order", 2, named).await;
    outlived("a named order", named).await;
}

#[tokio::test]
async fn a_hint_that_is_stopped_anywhere_once_or_twice_is_fetched_in_time() {
    survived("a hint", 2, told).await;
    outlived("a hint", told).await;
}
