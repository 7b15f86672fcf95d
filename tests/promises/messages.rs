//! What becomes of messages that are malformed, foreign, stale or doubled (table 4.C).

use jiff::{SignedDuration, Timestamp};
use sellerport_core::connection::Status;
use sellerport_core::domains::ORDERS;
use sellerport_core::ports::{Clock as _, QueueName};
use sellerport_core::refresh::refresh;
use sellerport_core::schedule::{HORIZON, dispatch};
use sellerport_core::store::TableName;
use sellerport_core::task::{FetchTask, Outcome};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::memory::Message;
use sellerport_tests::together::together;
use serde_json::json;

async fn deliver(house: &House, id: &str, body: &str) -> Outcome {
    let message = Message {
        id: id.to_owned(),
        queue: QueueName::Fetch("orders"),
        body: body.to_owned(),
        visible_at: house.cloud.now(),
        receives: 0,
    };
    house.work(&message).await.unwrap()
}

fn task(house: &House) -> FetchTask {
    let stream = house.stream(NORTHWIND);
    sellerport_core::schedule::task_of(&stream, stream.slot + 1)
}

fn text(task: &FetchTask) -> String {
    serde_json::to_string(task).unwrap()
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_its_reason_and_not_tried_again() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let good = text(&task(&house));
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let cases = [
        (String::new(), "E_MSG_JSON: not a JSON object"),
        ("\u{fffd}\u{fffd}".to_owned(), "E_MSG_JSON: not a JSON object"),
        (deep, "E_MSG_JSON: not a JSON object"),
        (good.replace("\"v\":1,", ""), "E_MSG_VERSION: no `v`"),
        (good.replace("\"v\":1", "\"v\":\"1\""), "E_MSG_FIELD(v)"),
        (good.replace("\"tenant\":\"main\",", ""), "E_MSG_FIELD(tenant)"),
        (good.replace("orders", "shoes"), "E_MSG_FIELD(domain)"),
        (good.replace('{', "{\"url\":\"http://169.254.169.254/\","), "E_MSG_FIELD(unknown field url)"),
        (
            good.replace('{', "{\"window\":{\"after\":\"2016-11-21T00:00:00Z\"},"),
            "E_MSG_FIELD(unknown field window)",
        ),
        // A task has no place to say where to begin: that is in the stream's row alone.
        (good.replace('{', "{\"cursor\":\"2016-11-21T00:00:00Z\","), "E_MSG_FIELD(unknown field cursor)"),
    ];
    for (n, (body, reason)) in cases.iter().enumerate() {
        let outcome = deliver(&house, &format!("bad-{n}"), body).await;
        assert!(
            matches!(&outcome, Outcome::Parked(bad) if bad.to_string() == *reason),
            "{outcome:?} for {body}"
        );
    }
    let parked = house.cloud.table(TableName::Parked);
    assert_eq!(parked.len(), cases.len());
    // Delivered again, it is the same entry.
    deliver(&house, "bad-0", "").await;
    assert_eq!(house.cloud.table(TableName::Parked).len(), cases.len());
    assert_eq!(house.world().calls_to("searchOrders"), 0);
}

#[tokio::test]
async fn what_is_not_needed_any_more_is_dropped_with_its_reason() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let task = task(&house);
    let unknown = FetchTask { connection: "nobody".to_owned().try_into().unwrap(), ..task.clone() };
    assert_eq!(deliver(&house, "1", &text(&unknown)).await, Outcome::Dropped("E_MSG_CONNECTION(unknown)"));
    let foreign = FetchTask { tenant: "other".to_owned().try_into().unwrap(), ..task.clone() };
    assert_eq!(deliver(&house, "2", &text(&foreign)).await, Outcome::Dropped("E_MSG_CONNECTION(unknown)"));
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(connection.id.as_str()).await;
    browser.approve(&consent, NORTHWIND).await;
    assert_eq!(deliver(&house, "3", &text(&task)).await, Outcome::Dropped("E_MSG_STALE_GEN"));
    // A redriven message of weeks ago: its slot was worked off long since.
    let now = self::task(&house);
    assert_eq!(deliver(&house, "4", &text(&now)).await, Outcome::Done("everything there is has landed"));
    assert_eq!(deliver(&house, "5", &text(&now)).await, Outcome::Dropped("E_MSG_DUP"));
}

#[tokio::test]
async fn a_forged_slot_is_kept_aside_and_blocks_nobody() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    for slot in [u64::MAX, 1_000] {
        let forged = FetchTask { slot, ..task(&house) };
        let outcome = deliver(&house, &format!("{slot}"), &text(&forged)).await;
        assert!(
            matches!(&outcome, Outcome::Parked(bad) if bad.to_string() == "E_MSG_FIELD(slot)"),
            "{outcome:?}"
        );
    }
    assert_eq!(
        deliver(&house, "real", &text(&task(&house))).await,
        Outcome::Done("everything there is has landed")
    );
}

/// Amazon's notifications as a stranger would forge them: of another application, another seller, without a
/// part, with addresses and windows of his own; and tasks of ours about what is not there.
fn forged(house: &House) -> Vec<String> {
    let notice = |kind: &str, application: &str, payload: serde_json::Value| {
        json!({"notificationVersion": "1.0", "notificationType": kind, "payloadVersion": "1.0",
               "eventTime": "2099-01-01T00:00:00Z", "payload": payload,
               "notificationMetadata": {"applicationId": application, "subscriptionId": "forged"}})
    };
    let ours = house.application.amazon_id.as_str();
    let order = json!({"orderChangeNotification": {"sellerId": NORTHWIND, "amazonOrderId": "1-2-3"}});
    let stranger = json!({"orderChangeNotification": {"sellerId": "A0STRANGER", "amazonOrderId": "1-2-3"}});
    let report = json!({"reportProcessingFinishedNotification": {"sellerId": NORTHWIND, "reportId": "1",
                        "reportDocumentId": "x", "processingStatus": "DONE"}});
    let mut all = vec![
        notice("ORDER_CHANGE", "amzn1.sellerapps.app.other", order.clone()),
        notice("ORDER_CHANGE", ours, order),
        notice("ORDER_CHANGE", ours, stranger),
        notice("REPORT_PROCESSING_FINISHED", ours, report),
        notice("APPLICATION_OAUTH_CLIENT_NEW_SECRET", ours, json!({})),
        notice("APPLICATION_OAUTH_CLIENT_NEW_SECRET", ours, json!(null)),
        notice(
            "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY",
            ours,
            json!({"applicationOAuthClientSecretExpiry":
            {"clientId": "amzn1.application-oa2-client.other", "clientSecretExpiryTime": "2026-01-01T00:00:00Z"}}),
        ),
    ];
    let renewal = serde_json::to_value(sellerport_core::refresh::ask(&house.access(NORTHWIND))).unwrap();
    let fetch = serde_json::to_value(task(house)).unwrap();
    for (of, field, value) in [
        (&renewal, "tenant", json!("other")),
        (&renewal, "connection", json!("nobody")),
        (&renewal, "generation", json!(u64::MAX)),
        (&fetch, "connection", json!("nobody")),
        (&fetch, "window", json!({"after": "1970-01-01T00:00:00Z"})),
        (&fetch, "url", json!("https://attacker.example/")),
    ] {
        let mut forged = of.clone();
        forged[field] = value;
        all.push(forged);
    }
    all.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn t28_forged_messages_in_any_queue_change_nothing_and_call_nobody() {
    use sellerport_core::ports::{Outgoing, Queue as _};
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.deliver().await;
    let state = || {
        let rows = house.cloud.rows.borrow();
        let kept = rows.values().filter(|row| row.key.table != TableName::Parked);
        (kept.cloned().collect::<Vec<_>>(), house.world().asked().len(), house.world().token_calls())
    };
    let before = state();
    let forged = forged(&house);
    assert!(forged.len() >= 12);
    for queue in [QueueName::Refresh, QueueName::Import, QueueName::Secret, QueueName::Fetch("orders")] {
        let messages: Vec<_> =
            forged.iter().map(|body| Outgoing { body: body.clone(), delay: SignedDuration::ZERO }).collect();
        house.cloud.send(queue, &messages).await.unwrap();
        house.deliver().await;
        assert_eq!(state(), before, "{queue:?}");
    }
    assert!(house.cloud.dead.borrow().is_empty(), "none is tried for ever");
    deliver(&house, "real", &text(&task(&house))).await;
    assert_ne!(state(), before, "a true task does change something");
}

/// Makes a connection suspect: its first refusal.
async fn doubted(house: &House) {
    house.world().set_fault(Fault::always("lwa", FaultKind::InvalidGrant));
    let ask = serde_json::to_string(&sellerport_core::refresh::ask(&house.access(NORTHWIND))).unwrap();
    let done = refresh(&house.cloud, &house.amazon(), "r", &ask, Timestamp::MAX).await.unwrap();
    assert_eq!(done, Outcome::Postponed("refused once; a second look follows"));
}

const IN_DOUBT: Outcome = Outcome::Postponed("the grant is being checked");

#[tokio::test]
async fn table_4c_15_a_task_of_a_connection_in_doubt_waits_and_one_without_a_grant_is_dropped() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let task = text(&task(&house));
    doubted(&house).await;
    assert_eq!(deliver(&house, "1", &task).await, IN_DOUBT);
    house.pass(SignedDuration::from_mins(4)).await;
    assert_eq!(deliver(&house, "2", &task).await, Outcome::Dropped("E_MSG_CONNECTION(no grant)"));
    assert_eq!(house.stream(NORTHWIND).due_at, None, "nobody asks until he reconnects");
    assert_eq!(house.world().calls_to("searchOrders"), 0);
}

#[tokio::test]
async fn f37_of_many_copies_of_a_task_in_doubt_one_goes_on_however_long_the_doubt_lasts() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    doubted(&house).await;
    // Nobody can tell for two hours whether the grant is good.
    house.world().clear_faults();
    house.world().set_fault(Fault::always("lwa", FaultKind::Status { status: 503 }));
    let waiting = || -> Vec<Message> {
        let messages = house.cloud.messages.borrow();
        messages.iter().filter(|one| one.queue == QueueName::Fetch("orders")).cloned().collect()
    };
    for turn in 0..80 {
        dispatch(&house.cloud, house.cloud.now() + SignedDuration::from_mins(1)).await.unwrap();
        // The queue delivers each message three times, and all of them at once.
        let now = waiting();
        assert!((1..=3).contains(&now.len()), "turn {turn}: {now:?}");
        house.cloud.messages.borrow_mut().retain(|one| one.queue == QueueName::Refresh);
        let copies = now.iter().flat_map(|message| [message; 3]);
        let done = together(copies.map(|message| house.work(message)).collect(), turn).await;
        let minute = house.cloud.now() + SignedDuration::from_mins(1);
        let went_on = waiting().iter().filter(|message| message.visible_at > minute).count();
        assert_eq!(went_on, 1, "turn {turn}: {done:?}; who lost a race looks again soon, and is dropped");
        house.advance(SignedDuration::from_secs(90));
    }
    house.world().clear_faults();
    house.pass(SignedDuration::from_mins(30)).await;
    assert_eq!(house.status(NORTHWIND), Status::Active);
    house.assert_complete(NORTHWIND);
    assert_eq!(waiting().len(), 0);
}

#[tokio::test]
async fn in_doubt_too_an_old_task_is_dropped_and_a_forged_one_kept_aside() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let first = task(&house);
    deliver(&house, "1", &text(&first)).await;
    doubted(&house).await;
    assert_eq!(deliver(&house, "2", &text(&first)).await, Outcome::Dropped("E_MSG_DUP"));
    let forged = FetchTask { slot: 1_000, ..first };
    assert!(matches!(deliver(&house, "3", &text(&forged)).await, Outcome::Parked(_)));
    // One ahead of its mark is the newest; its copy is not, once the first of them went on.
    let next = text(&task(&house));
    assert_eq!(deliver(&house, "4", &next).await, IN_DOUBT);
    assert_eq!(deliver(&house, "4", &next).await, Outcome::Dropped("E_MSG_DUP"));
    let mark = house.stream(NORTHWIND);
    assert!(
        mark.due_at.unwrap() > house.cloud.now() + HORIZON,
        "the schedule does not send another meanwhile"
    );
}

#[tokio::test]
async fn table_4c_19_of_one_job_twice_at_once_one_works_and_the_other_is_dropped() {
    for seed in 0..4 {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        let body = text(&task(&house));
        let both = (0..2).map(|n| deliver(&house, if n == 0 { "one" } else { "two" }, &body)).collect();
        let mut outcomes = together(both, seed).await;
        // Where both took the lease at the same moment, the one that was outrun looks again five seconds later.
        if let Some(outrun) = outcomes.iter().position(|done| matches!(done, Outcome::Postponed(_))) {
            house.advance(SignedDuration::from_secs(5));
            outcomes[outrun] = house.deliver().await.remove(0);
        }
        outcomes.sort_by_key(|done| format!("{done:?}"));
        let expected = [Outcome::Done("everything there is has landed"), Outcome::Dropped("E_MSG_DUP")];
        assert_eq!(outcomes, expected, "seed {seed}");
        assert_eq!(house.world().calls_to("searchOrders"), 16, "the pages of one job");
    }
}

#[tokio::test]
async fn table_4c_23_25_a_task_of_two_weeks_ago_begins_where_the_stream_is_and_ends_now() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    house.connected(NORTHWIND, "US").await;
    deliver(&house, "first", &text(&task(&house))).await;
    let old = text(&task(&house));
    let cursor = house.stream(NORTHWIND).cursor.unwrap();
    house.advance(SignedDuration::from_hours(24 * 15));
    let asked = house.world().asked().len();
    deliver(&house, "old", &old).await;
    // Its token ended meanwhile: it comes back with a fresh one.
    house.pass(SignedDuration::from_mins(2)).await;
    let queries: Vec<_> =
        house.world().asked().split_off(asked).into_iter().map(|asked| asked.query).collect();
    let first = queries.iter().find(|query| query.contains("lastUpdatedAfter")).unwrap();
    let end = house.cloud.now() - ORDERS.lag - SignedDuration::from_mins(3);
    let param = |name: &str| -> Timestamp {
        let value = first.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap();
        value.replace("%3A", ":").parse().unwrap()
    };
    assert!(
        param("lastUpdatedAfter") <= cursor && param("lastUpdatedBefore") > end,
        "{first}, from {cursor}"
    );
    house.pass(SignedDuration::from_mins(60)).await;
    house.assert_complete(NORTHWIND);
}
