//! Fetching: complete, in order, bounded, and undisturbed by whatever happens in between (R9; I5 to I9).

use jiff::SignedDuration;
use sellerport_core::connection::Status;
use sellerport_core::domains::ORDERS;
use sellerport_core::ports::{Clock as _, QueueName};
use sellerport_core::schedule::{HORIZON, dispatch};
use sellerport_core::task::Outcome;
use sellerport_simulator::{Fault, FaultKind, Seller};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn throttled(house: &House) -> usize {
    house.world().asked().iter().filter(|asked| asked.status == 429).count()
}

#[tokio::test]
async fn all_orders_land_with_their_items_and_without_a_429() {
    let house = House::with(|options| options.models = models()).await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 2).await;
    house.assert_complete(NORTHWIND);
    let stream = house.stream(NORTHWIND);
    assert_eq!((stream.counters.records, stream.counters.pages, stream.counters.throttled), (1240, 13, 0));
    assert_eq!(stream.counters.objects as usize, house.cloud.objects.borrow().len());
    let landed = house.cloud.events.borrow().iter().filter(|event| event.name == "records.landed").count();
    assert_eq!(landed, 13, "an event for each page");
    for record in house.records() {
        assert_eq!(record["operation"], "searchOrders");
        assert!(record["payload"]["orderItems"].as_array().is_some_and(|items| !items.is_empty()));
        assert!(record["payload"].get("buyer").is_none() && record["payload"].get("recipient").is_none());
        assert!(record["request_id"].as_str().is_some_and(|id| !id.is_empty()));
    }
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn changes_and_new_orders_follow_by_the_cursor() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 5).await;
    let first = house.landed(NORTHWIND).len();
    house.pass(MINUTE * 300).await;
    house.assert_complete(NORTHWIND);
    assert!(house.landed(NORTHWIND).len() > first, "new orders came");
    let calls = house.world().calls_to("searchOrders");
    let updates =
        house.world().asked().iter().filter(|asked| asked.query.contains("lastUpdatedAfter")).count();
    assert_eq!(calls as usize, updates, "always by time of update");
    assert_eq!(throttled(&house), 0);
}

#[tokio::test]
async fn a_seller_larger_than_the_bucket_is_paged_at_its_pace_without_a_429() {
    let house = House::start().await;
    house.world().add_seller(Seller::new("A2LARGE", "Large", &["US"], 3_000));
    house.connected("A2LARGE", "US").await;
    house.pass(MINUTE * 2).await;
    assert!(house.stream("A2LARGE").walk.is_some(), "30 pages, 20 calls in the bucket");
    // Ten more refills of 179 s each.
    house.pass(MINUTE * 40).await;
    house.assert_complete("A2LARGE");
    assert_eq!(throttled(&house), 0);
}

#[tokio::test]
async fn a_second_message_of_the_same_job_does_nothing() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow()[0].clone();
    assert_eq!(house.deliver().await, [Outcome::Done("the window is done")]);
    let calls = house.world().calls_to("searchOrders");
    assert_eq!(house.work(&message).await, Ok(Outcome::Dropped("E_MSG_DUP")));
    assert_eq!(house.world().calls_to("searchOrders"), calls);
}

#[tokio::test]
async fn two_messages_at_once_land_every_page_once() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let first = house.cloud.messages.borrow_mut().pop_front().unwrap();
    let second = sellerport_tests::memory::Message { id: "again".into(), ..first.clone() };
    let (one, two) = tokio::join!(house.work(&first), house.work(&second));
    let mut outcomes = [one.unwrap(), two.unwrap()];
    outcomes.sort_by_key(|outcome| format!("{outcome:?}"));
    assert_eq!(outcomes[0], Outcome::Done("the window is done"));
    assert!(matches!(outcomes[1], Outcome::Dropped("E_MSG_DUP") | Outcome::Postponed(_)), "{outcomes:?}");
    assert_eq!(house.stream(NORTHWIND).counters.records, 1240);
}

#[tokio::test]
async fn a_worker_that_dies_at_any_step_loses_nothing_and_the_next_one_goes_on() {
    let mut steps = 10;
    loop {
        let house = House::start().await;
        house.connected(RHEINHAUS, "DE").await;
        dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
        let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
        let mut finished = false;
        {
            let mut dying = Box::pin(house.work(&message));
            for _ in 0..steps {
                let ready = std::future::poll_fn(|context| {
                    std::task::Poll::Ready(dying.as_mut().poll(context).is_ready())
                });
                finished = ready.await;
                if finished {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        // The queue delivers it again after its visibility timeout; the schedule has its own net.
        let again = sellerport_tests::memory::Message {
            visible_at: house.cloud.now() + MINUTE * 7,
            receives: 1,
            ..message
        };
        house.cloud.messages.borrow_mut().push_back(again);
        house.pass(HORIZON * 2).await;
        house.assert_complete(RHEINHAUS);
        assert_eq!(throttled(&house), 0);
        if finished {
            break;
        }
        steps += 11;
    }
    assert!(steps > 50, "the worker died at several places");
}

/// Advances a worker until it holds the stream, then lets it go for ever.
async fn die_with_the_lease(house: &House, seller: &str) {
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
    let mut dying = Box::pin(house.work(&message));
    while house.stream(seller).lease.holder.is_none() {
        let step =
            std::future::poll_fn(|context| std::task::Poll::Ready(dying.as_mut().poll(context).is_ready()));
        assert!(!step.await);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_lease_whose_worker_and_message_are_gone_is_taken_over_by_the_schedule() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    die_with_the_lease(&house, RHEINHAUS).await;
    house.pass(HORIZON + MINUTE * 3).await;
    house.assert_complete(RHEINHAUS);
}

#[tokio::test]
async fn a_reconnect_frees_the_stream_of_a_worker_that_died_with_the_old_grant() {
    let house = House::start().await;
    let connection = house.connected(RHEINHAUS, "DE").await;
    die_with_the_lease(&house, RHEINHAUS).await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(connection.id.as_str()).await;
    assert_eq!(browser.approve(&consent, RHEINHAUS).await.status, 303);
    house.pass(MINUTE * 2).await;
    house.assert_complete(RHEINHAUS);
}

#[tokio::test]
async fn a_queue_that_stood_still_does_not_multiply_calls() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    for _ in 0..3 {
        dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
        house.advance(HORIZON);
    }
    assert_eq!(house.cloud.messages.borrow().len(), 3);
    house.deliver().await;
    assert_eq!(house.world().calls_to("searchOrders"), 5, "the pages of one pass");
    house.assert_complete(RHEINHAUS);
}

#[tokio::test]
async fn every_kind_of_bad_answer_is_outlived_without_loss() {
    let kinds = [
        FaultKind::Status { status: 500 },
        FaultKind::Status { status: 503 },
        FaultKind::Status { status: 429 },
        FaultKind::Status { status: 401 },
        FaultKind::Status { status: 403 },
        FaultKind::Truncated,
        FaultKind::LengthTooLong,
        FaultKind::LengthTooShort,
        FaultKind::InvalidJson,
        FaultKind::Html,
        FaultKind::Empty,
        FaultKind::RepeatedToken,
        FaultKind::Redirect { to: "http://127.0.0.1:9/".into() },
    ];
    for kind in kinds {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        house.world().set_fault(Fault::next(3, "searchOrders", kind.clone()));
        house.pass(MINUTE * 50).await;
        assert_eq!(house.status(NORTHWIND), Status::Active, "{kind:?} never changes the connection");
        house.assert_complete(NORTHWIND);
        assert!(house.cloud.dead.borrow().is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn a_token_refused_on_one_call_is_renewed_once_and_the_call_made_again() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::next(1, "searchOrders", FaultKind::Status { status: 401 }));
    house.pass(MINUTE * 3).await;
    house.assert_complete(NORTHWIND);
    assert_eq!(house.access(NORTHWIND).refreshes, 1);
}

#[tokio::test]
async fn a_missing_role_rests_the_domain_and_names_the_role() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().withhold_role("searchOrders", true);
    house.pass(MINUTE * 10).await;
    let trouble = house.stream(NORTHWIND).trouble.unwrap();
    assert!(trouble.says.contains("Inventory and Order Tracking"), "{}", trouble.says);
    assert_eq!(house.status(NORTHWIND), Status::Active);
    let calls = house.world().calls_to("searchOrders");
    assert!(calls <= 6, "{calls} calls in ten minutes: the pause grows");
    house.world().withhold_role("searchOrders", false);
    house.pass(MINUTE * 30).await;
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn a_revoked_seller_is_not_called_any_more_and_goes_on_where_he_stopped() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    let before = house.connected(NORTHWIND, "US").await;
    house.connected(RHEINHAUS, "DE").await;
    house.pass(MINUTE * 3).await;
    let cursor = house.stream(NORTHWIND).cursor;
    house.world().revoke(NORTHWIND);
    house.pass(MINUTE * 25).await;
    assert_eq!(house.status(NORTHWIND), Status::NeedsReconnect);
    let calls = |seller: &str| {
        house.world().asked().iter().filter(|asked| asked.seller.as_deref() == Some(seller)).count()
    };
    let (mine, theirs) = (calls(NORTHWIND), calls(RHEINHAUS));
    house.pass(MINUTE * 60).await;
    assert_eq!(calls(NORTHWIND), mine, "not one call more");
    assert!(calls(RHEINHAUS) > theirs, "the other goes on");
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(before.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    assert_eq!(house.stream(NORTHWIND).cursor, cursor, "the cursor is kept");
    house.pass(MINUTE * 5).await;
    house.assert_complete(NORTHWIND);
    assert_eq!(house.connection(NORTHWIND).id, before.id);
}

#[tokio::test]
async fn a_lake_or_bus_that_is_down_moves_no_cursor_and_loses_nothing() {
    for service in ["lake", "bus", "tables", "queue"] {
        let house = House::start().await;
        house.connected(RHEINHAUS, "DE").await;
        house.cloud.down.borrow_mut().insert(service);
        house.pass(MINUTE * 3).await;
        if service != "tables" {
            assert_eq!(house.stream(RHEINHAUS).cursor, None, "{service}");
        }
        house.cloud.down.borrow_mut().clear();
        house.pass(MINUTE * 40).await;
        house.assert_complete(RHEINHAUS);
    }
}

#[tokio::test]
async fn late_items_within_the_overlap_are_found() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    house.world().set_fault(Fault::always("searchOrders", FaultKind::LateItems { minutes: 3, every: 3 }));
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 300).await;
    house.world().clear_faults();
    house.pass(MINUTE * 17).await;
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn items_an_hour_late_are_found_within_a_day() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    house.world().set_fault(Fault::always("searchOrders", FaultKind::LateItems { minutes: 60, every: 2 }));
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 60 * 6).await;
    house.world().clear_faults();
    house.pass(MINUTE * 60 * 20).await;
    house.assert_complete(NORTHWIND);
    assert_eq!(throttled(&house), 0);
}

#[tokio::test]
async fn the_dispatcher_sends_a_stream_once_until_it_is_worked_off_or_lost() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    for _ in 0..5 {
        dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
        house.advance(MINUTE);
    }
    let waiting = || {
        house
            .cloud
            .messages
            .borrow()
            .iter()
            .filter(|message| message.queue == QueueName::Fetch("orders"))
            .count()
    };
    assert_eq!(waiting(), 1);
    // The message is lost; the schedule sends another.
    house.cloud.messages.borrow_mut().clear();
    house.advance(HORIZON);
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    assert_eq!(waiting(), 1);
    house.deliver().await;
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_neither_the_others_nor_the_page() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.connected(RHEINHAUS, "DE").await;
    let spoiled = house.stream(NORTHWIND);
    let key = sellerport_core::store::Stored::key(&spoiled);
    house.cloud.rows.borrow_mut().get_mut(&key).unwrap().document.insert("slot".into(), "seven".into());
    let done = dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    assert_eq!((done.sent, done.unreadable), (1, 1));
    house.deliver().await;
    house.assert_complete(RHEINHAUS);
    let mut browser = house.signed_in("owner", "main").await;
    let page = browser.get("/").await;
    assert!(page.status == 200 && page.body.contains(NORTHWIND) && page.body.contains(RHEINHAUS));
}

#[tokio::test]
async fn a_dispatcher_without_time_sends_nothing_and_says_so() {
    let house = House::start().await;
    let idle = dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    assert_eq!((idle.sent, idle.cut_short), (0, false), "no connection is no error");
    house.connected(NORTHWIND, "US").await;
    let hurried = dispatch(&house.cloud, house.cloud.now()).await.unwrap();
    assert_eq!((hurried.sent, hurried.cut_short), (0, true));
}

#[tokio::test]
async fn the_first_window_is_the_one_the_domain_names() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let begun = house.cloud.now();
    house.pass(MINUTE).await;
    let asked = house.world().asked();
    let first = asked.iter().find(|asked| asked.operation == "searchOrders").unwrap();
    let after = begun - ORDERS.lag - ORDERS.lookback;
    let encoded: String = form_urlencoded::byte_serialize(after.to_string().as_bytes()).collect();
    assert!(first.query.contains(&encoded) || first.query.contains(&after.to_string()), "{}", first.query);
}
