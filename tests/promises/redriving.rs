//! Messages that were given up, and their way back: dead letters (F40), also of an older grant and of long ago
//! (F38), and parked ones. Everything may be pressed twice.

use jiff::SignedDuration;
use sellerport_core::domains::DOMAINS;
use sellerport_core::http::{Request, Response};
use sellerport_core::invocation::ApiCall;
use sellerport_core::park::{BODY_MAX, Parked, park};
use sellerport_core::ports::{Clock as _, DeadLetters as _, QueueName};
use sellerport_core::redrive::{REDRIVE_MAX, redrive};
use sellerport_core::schedule::{dispatch, task_of};
use sellerport_core::session::Role;
use sellerport_core::store::TableName;
use sellerport_core::task::{BadMessage, Outcome};
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, identity};
use sellerport_tests::memory::Message;
use sellerport_tests::stops::{How, Plan};
use sellerport_web::caller::invoked;
use serde_json::Value;
use std::collections::BTreeSet;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// A failed message's visibility timeout, and a little more.
const HIDDEN: SignedDuration = SignedDuration::from_secs(401);
const ORDERS: QueueName = QueueName::Fetch("orders");
const REDRIVE: &str = "/queues/orders/redrive";

/// A fetch task fails until it is given up, because the tables are down; then they are well again.
async fn given_up(house: &House) {
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    house.cloud.down.borrow_mut().insert("tables");
    for failures in 0..5 {
        assert_eq!(house.cloud.dead.borrow().len(), 0, "after {failures} failures");
        house.deliver().await;
        house.advance(HIDDEN);
    }
    house.cloud.down.borrow_mut().clear();
    assert_eq!((house.cloud.dead.borrow().len(), house.cloud.messages.borrow().len()), (1, 0));
}

async fn owner(house: &House) -> Browser<'_> {
    house.signed_in("owner", "main").await
}

fn letter(queue: QueueName, n: usize, body: &str) -> Message {
    let visible_at = jiff::Timestamp::UNIX_EPOCH;
    Message { id: format!("letter-{n}"), queue, body: body.to_owned(), visible_at, receives: 5 }
}

async fn program(house: &House, role: Role, tenant: &str, method: &str, path: &str) -> Response {
    let by = identity("program", tenant, role);
    let (method, path) = (method.to_owned(), path.to_owned());
    let call = ApiCall { by, method, path, query: String::new(), body: String::new() };
    house.answer(&invoked(call, house.cloud.now())).await
}

fn json(response: &Response) -> Value {
    assert_eq!(response.status, 200, "{}", response.body);
    serde_json::from_str(&response.body).unwrap()
}

fn refused(response: &Response, status: u16, code: &str) {
    assert_eq!(response.status, status, "{}", response.body);
    assert!(response.body.contains(code), "{} lacks {code}", response.body);
}

/// How often each audit entry of one of these kinds was written.
fn audited(house: &House, what: &str) -> usize {
    house.cloud.table(TableName::Audit).iter().filter(|row| row.document["what"] == what).count()
}

#[tokio::test]
async fn f40_a_message_that_failed_five_times_is_a_dead_letter_and_worked_off_once_the_cause_is_gone() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    given_up(&house).await;
    assert_eq!(house.world().calls_to("searchOrders"), 0);

    let mut browser = owner(&house).await;
    let page = browser.get("/queues").await;
    assert!(page.body.contains(REDRIVE) && page.body.contains("Send them again"), "{}", page.body);
    assert!(!page.body.contains("/queues/refresh/redrive"), "nothing to send again there");
    let answer = browser.press(REDRIVE, &[]).await;
    assert!(answer.body.contains("1 dead letter was sent to orders again."), "{}", answer.body);
    assert_eq!(house.cloud.depth(ORDERS).await.unwrap().dead, Some(0));
    assert_eq!(house.deliver().await, [Outcome::Done("everything there is has landed")]);
    house.assert_complete(RHEINHAUS);
    assert_eq!(audited(&house, "queue.redriven"), 1);
}

#[tokio::test]
async fn f40_a_second_redrive_changes_nothing() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    given_up(&house).await;
    let mut browser = owner(&house).await;
    browser.press(REDRIVE, &[]).await;
    // Before the message is worked off, and after it.
    for _ in 0..2 {
        let answer = browser.press(REDRIVE, &[]).await;
        assert!(answer.body.contains("no dead letter of orders to send again. Nothing changed."));
        let answer = program(&house, Role::Operator, "main", "POST", "/api/queues/orders/redrive").await;
        assert_eq!(json(&answer), serde_json::json!({"queue": "orders", "moved": 0, "more": false}));
        assert!(house.cloud.messages.borrow().len() <= 1);
        house.deliver().await;
    }
    assert_eq!(house.world().calls_to("searchOrders"), 8, "the pages of one pass");
    house.assert_complete(RHEINHAUS);
}

#[tokio::test]
async fn f40_two_who_redrive_at_once_send_each_dead_letter_once() {
    let house = House::start().await;
    let letters = (0..30).map(|n| letter(ORDERS, n, &format!("{{\"n\":{n}}}")));
    house.cloud.dead.borrow_mut().extend(letters);
    let by = identity("owner", "main", Role::Operator);
    let one = async || redrive(&house.cloud, &by, ORDERS).await.unwrap().moved;
    let (first, second) = tokio::join!(one(), one());
    assert_eq!(first + second, 30);
    let messages = house.cloud.messages.borrow();
    let bodies: BTreeSet<_> = messages.iter().map(|message| message.body.clone()).collect();
    assert_eq!((messages.len(), bodies.len()), (30, 30));
}

#[tokio::test]
async fn f38_a_dead_letter_of_an_older_grant_is_dropped_when_it_comes_back_after_a_reconnect() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    given_up(&house).await;
    let mut browser = owner(&house).await;
    let consent = browser.restart(connection.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    browser.press(REDRIVE, &[]).await;
    let before = format!("{:?}", house.stream(NORTHWIND));
    assert_eq!(house.deliver().await, [Outcome::Dropped("E_MSG_STALE_GEN")]);
    assert_eq!(format!("{:?}", house.stream(NORTHWIND)), before, "the new grant's stream is as it was");
    assert_eq!(house.world().calls_to("searchOrders"), 0);
}

#[tokio::test]
async fn f38_a_task_of_fifteen_days_ago_fetches_from_the_cursor_to_now() {
    let house = House::with(|options| options.orders_per_day = Some(5.0)).await;
    house.connected(RHEINHAUS, "DE").await;
    house.pass(MINUTE * 10).await;
    let old = house.stream(RHEINHAUS).cursor.unwrap();
    house.advance(MINUTE * 255);
    given_up(&house).await;
    // Nothing runs all that time. SQS would have deleted it after 14 days; even if it had not, no harm is done.
    house.advance(SignedDuration::from_hours(24 * 15));
    let landed = house.landed(RHEINHAUS).len();
    owner(&house).await.press(REDRIVE, &[]).await;
    // The access token has ended long since: the task asks for a new one and comes again.
    for _ in 0..5 {
        house.deliver().await;
        house.advance(MINUTE);
    }
    let stream = house.stream(RHEINHAUS);
    let new = stream.cursor.unwrap();
    assert!(new > old + SignedDuration::from_hours(24 * 15), "{new}");
    let asked = house.world().asked();
    let last = asked.iter().rfind(|asked| asked.query.contains("lastUpdatedAfter")).unwrap();
    let from = last.query.split("lastUpdatedAfter=").nth(1).unwrap();
    let from: jiff::Timestamp = from.split('&').next().unwrap().parse().unwrap();
    assert!(from < old && from > old - SignedDuration::from_hours(49), "from {from}, the cursor was {old}");
    house.assert_complete(RHEINHAUS);
    assert!(house.landed(RHEINHAUS).len() > landed, "the orders of fifteen days");
}

#[tokio::test]
async fn f40_a_redrive_that_dies_at_any_step_loses_no_message_and_doubles_no_fetch() {
    let mut twice = 0;
    for step in 0.. {
        let house = House::start().await;
        house.connected(RHEINHAUS, "DE").await;
        given_up(&house).await;
        let by = identity("owner", "main", Role::Operator);
        house.cloud.stops.follow(Plan { at: vec![step], how: How::Killed });
        let ended = house.cloud.stops.run(redrive(&house.cloud, &by, ORDERS)).await.is_some();
        let both = house.cloud.messages.borrow().len() + house.cloud.dead.borrow().len();
        assert!(both >= 1, "lost at {:?}", house.cloud.stops.hit());
        twice += usize::from(both > 1);
        // What was received and not deleted appears again, and somebody presses the button again.
        house.advance(MINUTE);
        redrive(&house.cloud, &by, ORDERS).await.unwrap();
        assert_eq!(house.cloud.dead.borrow().len(), 0);
        house.deliver().await;
        house.advance(MINUTE * 2);
        house.deliver().await;
        assert_eq!(house.world().calls_to("searchOrders"), 8, "{:?}", house.cloud.stops.hit());
        assert_eq!(house.records().len(), house.landed(RHEINHAUS).len(), "each order once");
        house.assert_complete(RHEINHAUS);
        if ended {
            assert!(step > 5 && twice > 0, "{step} steps, {twice} times between sending and deleting");
            return;
        }
    }
}

#[tokio::test]
async fn f40_more_dead_letters_than_one_redrive_moves_are_told_and_the_next_one_moves_them() {
    let house = House::start().await;
    let task = r#"{"v":1,"tenant":"main","import":"i1","part":0}"#;
    let letters = (0..REDRIVE_MAX + 5).map(|n| letter(QueueName::Import, n, task));
    house.cloud.dead.borrow_mut().extend(letters);
    let mut browser = owner(&house).await;
    let answer = browser.press("/queues/import/redrive", &[]).await;
    assert!(answer.body.contains("100 dead letters were sent to import again. There may be more"));
    let answer = program(&house, Role::Operator, "main", "POST", "/api/queues/import/redrive").await;
    assert_eq!(json(&answer), serde_json::json!({"queue": "import", "moved": 5, "more": false}));
    house.deliver().await;
    assert!(house.cloud.messages.borrow().is_empty() && house.cloud.dead.borrow().is_empty());
}

#[tokio::test]
async fn f40_a_redrive_while_the_queues_are_down_says_so_and_loses_nothing() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    given_up(&house).await;
    for service in ["queue", "dead letters"] {
        house.cloud.down.borrow_mut().insert(service);
        let answer = program(&house, Role::Operator, "main", "POST", "/api/queues/orders/redrive").await;
        refused(&answer, 503, "E_UNAVAILABLE");
        house.cloud.down.borrow_mut().clear();
        assert_eq!((house.cloud.dead.borrow().len(), house.cloud.messages.borrow().len()), (1, 0));
        house.advance(MINUTE);
    }
    owner(&house).await.press(REDRIVE, &[]).await;
    house.deliver().await;
    house.assert_complete(RHEINHAUS);
}

#[tokio::test]
async fn only_operators_of_the_home_tenant_send_again_and_nobody_of_another_tenant_looks() {
    let house = House::start().await;
    house.cloud.dead.borrow_mut().push(letter(ORDERS, 1, "{}"));
    park(&house.cloud, "orders", "m-1", "{}", &BadMessage::Version).await.unwrap();
    let mut viewer = house.signed_in_as("viewer", "main", Role::Viewer).await;
    let page = viewer.get("/queues").await;
    assert!(page.status == 200 && !page.body.contains("/queues/orders/"), "{}", page.body);
    let mut stranger = house.signed_in("stranger", "other").await;
    refused(&stranger.get("/queues").await, 403, "E_ROLE");
    let retry = "/queues/orders/parked/m-1/retry";
    for address in [REDRIVE, retry] {
        refused(&viewer.press(address, &[]).await, 403, "E_ROLE");
        refused(&stranger.press(address, &[]).await, 403, "E_ROLE");
        let api = format!("/api{address}");
        refused(&program(&house, Role::Viewer, "main", "POST", &api).await, 403, "E_ROLE");
        refused(&program(&house, Role::Operator, "other", "POST", &api).await, 403, "E_ROLE");
        let mut browser = owner(&house).await;
        refused(&browser.get(address).await, 405, "E_METHOD");
        let form = browser.form(address, &[]);
        let elsewhere = Request { headers: Vec::new(), ..form.clone() };
        refused(&house.answer(&elsewhere).await, 403, "E_FORM_ORIGIN");
        let token = Request { body: b"csrf=none".to_vec(), ..form };
        refused(&house.answer(&token).await, 403, "E_FORM_CSRF");
        refused(&browser.press(&address.replace("orders", "shoes"), &[]).await, 404, "E_NOT_FOUND");
    }
    refused(&program(&house, Role::Viewer, "other", "GET", "/api/queues").await, 403, "E_ROLE");
    let listed = json(&program(&house, Role::Viewer, "main", "GET", "/api/queues").await);
    let orders = listed["queues"].as_array().unwrap().iter().find(|queue| queue["name"] == "orders");
    assert_eq!(orders.unwrap()["dead"], 1);
    assert_eq!(house.cloud.table(TableName::Parked).len(), 1);
    assert!(house.cloud.messages.borrow().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn no_page_answer_or_audit_entry_shows_a_body() {
    let house = House::start().await;
    house.cloud.dead.borrow_mut().push(letter(ORDERS, 1, "CANARY dead"));
    let bodies =
        ["CANARY no json", r#"{"v":"CANARY"}"#, r#"{"v":1,"CANARY":1}"#, r#"{"v":1,"tenant":"CANARY/"}"#];
    for (n, body) in bodies.into_iter().enumerate() {
        house.work(&Message { id: format!("m-{n}"), ..letter(ORDERS, n, body) }).await.unwrap();
    }
    let mut browser = owner(&house).await;
    let mut answers = vec![browser.get("/queues").await];
    for reason in ["E_MSG_JSON", "E_MSG_FIELD(v)", "E_MSG_FIELD(unknown field)", "E_MSG_FIELD(tenant)"] {
        assert!(answers[0].body.contains(reason), "{reason}");
    }
    answers.push(browser.press(REDRIVE, &[]).await);
    answers.push(browser.press("/queues/orders/parked/m-0/retry", &[]).await);
    answers.push(browser.get("/audit").await);
    for (method, path) in
        [("GET", "/api/queues"), ("POST", "/api/queues/orders/parked/m-1/retry"), ("GET", "/api/audit")]
    {
        answers.push(program(&house, Role::Operator, "main", method, path).await);
    }
    for answer in answers {
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("CANARY"), "{}", answer.body);
    }
    let sent = house.cloud.messages.borrow().iter().filter(|one| one.body.contains("CANARY")).count();
    assert_eq!(sent, 3, "the control: the bodies went their way");
}

#[tokio::test]
async fn a_parked_message_goes_back_once_and_is_worked_off() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    // As an older version would park what a newer one sent.
    let stream = house.stream(RHEINHAUS);
    let task = serde_json::to_string(&task_of(&stream, stream.slot + 1)).unwrap();
    park(&house.cloud, "orders", "m-1", &task, &BadMessage::Field("v".into())).await.unwrap();
    let mut browser = owner(&house).await;
    let retry = "/queues/orders/parked/m-1/retry";
    let page = browser.get("/queues").await;
    assert!(page.body.contains(retry) && page.body.contains("Another version of Sellerport wrote it."));
    assert!(browser.press(retry, &[]).await.body.contains("The message was sent to orders again."));
    assert_eq!(house.cloud.table(TableName::Parked).len(), 0);
    assert_eq!(house.deliver().await, [Outcome::Done("everything there is has landed")]);
    house.assert_complete(RHEINHAUS);

    assert!(browser.press(retry, &[]).await.body.contains("is not parked any more. Nothing changed."));
    let answer = json(&program(&house, Role::Operator, "main", "POST", &format!("/api{retry}")).await);
    assert_eq!(answer, serde_json::json!({"queue": "orders", "message_id": "m-1", "sent": false}));
    assert!(house.cloud.messages.borrow().is_empty());
    assert_eq!(audited(&house, "message.retried"), 1);
}

#[tokio::test]
async fn a_retry_that_dies_at_any_step_loses_no_message_and_doubles_no_fetch() {
    for step in 0.. {
        let house = House::start().await;
        house.connected(RHEINHAUS, "DE").await;
        let stream = house.stream(RHEINHAUS);
        let task = serde_json::to_string(&task_of(&stream, stream.slot + 1)).unwrap();
        park(&house.cloud, "orders", "m-1", &task, &BadMessage::Field("v".into())).await.unwrap();
        let by = identity("owner", "main", Role::Operator);
        let retry = async || sellerport_core::redrive::retry(&house.cloud, &by, ORDERS, "m-1").await;
        house.cloud.stops.follow(Plan { at: vec![step], how: How::Killed });
        let ended = house.cloud.stops.run(retry()).await.is_some();
        retry().await.unwrap();
        assert_eq!(house.cloud.table(TableName::Parked).len(), 0);
        house.deliver().await;
        assert_eq!(house.world().calls_to("searchOrders"), 8, "{:?}", house.cloud.stops.hit());
        assert_eq!((house.records().len(), audited(&house, "message.retried")), (430, 1));
        if ended {
            assert!(step > 3, "{step} steps");
            return;
        }
    }
}

#[tokio::test]
async fn a_message_that_was_cut_or_that_still_cannot_be_read_stays_parked() {
    let house = House::start().await;
    let long = "x".repeat(BODY_MAX + 1);
    for (id, body) in [("m-long", long.as_str()), ("m-whole", &long[1..]), ("m-empty", "")] {
        park(&house.cloud, "orders", id, body, &BadMessage::Json).await.unwrap();
    }
    let mut browser = owner(&house).await;
    let page = browser.get("/queues").await;
    for id in ["m-long", "m-empty"] {
        let retry = format!("/queues/orders/parked/{id}/retry");
        assert!(!page.body.contains(&retry), "no button");
        let answer = browser.press(&retry, &[]).await;
        refused(&answer, 409, "E_PARKED_CUT");
        assert!(
            answer.body.contains("only its beginning was kept") && answer.body.contains("Nothing changed.")
        );
    }
    browser.press("/queues/orders/parked/m-whole/retry", &[]).await;
    assert!(matches!(house.deliver().await.as_slice(), [Outcome::Parked(BadMessage::Json)]));
    let parked: Vec<_> = house.cloud.table(TableName::Parked).into_iter().map(|row| row.key.sort).collect();
    assert_eq!(parked, ["m-empty", "m-long", "message-1"], "parked anew under its new id");
    // Rows of an installation that did not note yet whether it cut.
    let row = serde_json::json!({"queue": "orders", "message_id": "m", "reason": "E_MSG_JSON", "body": "x",
                                 "parked_at": house.cloud.now()});
    assert!(serde_json::from_value::<Parked>(row).unwrap().is_whole());
    refused(&browser.press("/queues/orders/parked/a%2Fb/retry", &[]).await, 404, "E_NOT_FOUND");
}

#[tokio::test]
async fn messages_about_client_secrets_are_neither_read_nor_sent_again() {
    let house = House::start().await;
    let secret = Message { id: "s".into(), ..letter(QueueName::Secret, 1, "amzn1.oa2-cs.v1.CANARY") };
    house.work(&secret).await.unwrap();
    // Should a dead-letter queue ever be made for them: it is not asked.
    house.cloud.dead.borrow_mut().push(secret);
    let mut browser = owner(&house).await;
    let page = browser.get("/queues").await.body;
    assert!(
        page.contains("None are kept, for they would hold secrets.")
            && page.contains("Parked messages of secret")
    );
    assert!(!page.contains("/queues/secret/") && !page.contains("CANARY"), "{page}");
    for address in ["/queues/secret/redrive", "/queues/secret/parked/s/retry"] {
        let answer = browser.press(address, &[]).await;
        refused(&answer, 409, "E_QUEUE_SECRET");
        assert!(answer.body.contains("Amazon sends a new one when it is asked"), "{}", answer.body);
    }
    assert_eq!((house.cloud.dead.borrow().len(), house.cloud.messages.borrow().len()), (1, 0));
    let listed = json(&program(&house, Role::Viewer, "main", "GET", "/api/queues").await);
    let names: Vec<_> = listed["queues"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    let domains = DOMAINS.map(|domain| domain.name);
    assert_eq!(names, [&["refresh", "import", "secret", "notifications"][..], &domains].concat());
    assert_eq!(listed["queues"][2]["dead"], Value::Null);
}
