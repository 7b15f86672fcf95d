//! Fetching undisturbed by dead workers, bad answers and services that are down (I5 to I8; F15 to F25, F41, F44).

use jiff::SignedDuration;
use sellerport_core::connection::Status;
use sellerport_core::ports::Clock as _;
use sellerport_core::schedule::{HORIZON, dispatch};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn throttled(house: &House) -> usize {
    house.world().asked().iter().filter(|asked| asked.status == 429).count()
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
async fn f41_a_worker_whose_lease_was_taken_over_commits_nothing() {
    let house = House::start().await;
    house.connected(RHEINHAUS, "DE").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
    let mut slow = Box::pin(house.work(&message));
    while house.stream(RHEINHAUS).counters.pages < 2 {
        let step =
            std::future::poll_fn(|context| std::task::Poll::Ready(slow.as_mut().poll(context).is_ready()));
        assert!(!step.await);
        tokio::task::yield_now().await;
    }
    // It is frozen; its message comes again, finds the lease held, and the stream changes hands.
    house.cloud.messages.borrow_mut().push_back(message.clone());
    house.pass(HORIZON * 2).await;
    house.assert_complete(RHEINHAUS);
    let before = house.stream(RHEINHAUS);
    assert!(slow.await.is_err(), "it is told that it lost");
    let after = house.stream(RHEINHAUS);
    assert_eq!((after.cursor, after.counters, after.slot), (before.cursor, before.counters, before.slot));
    house.assert_complete(RHEINHAUS);
}

#[tokio::test]
async fn i07_a_page_that_is_fetched_again_takes_its_own_place() {
    let house = House::start().await;
    house.world().set_fault(Fault::always("searchOrders", FaultKind::ShortPages { orders: 20 }));
    house.connected(RHEINHAUS, "DE").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
    {
        let mut work = Box::pin(house.work(&message));
        while house.stream(RHEINHAUS).counters.pages < 3 {
            let step = std::future::poll_fn(|context| {
                std::task::Poll::Ready(work.as_mut().poll(context).is_ready())
            });
            assert!(!step.await);
            tokio::task::yield_now().await;
        }
        // From here on each page is delivered, and the run fails before its checkpoint.
        house.cloud.down.borrow_mut().insert("bus");
        assert!(work.await.is_err());
    }
    house.cloud.messages.borrow_mut().push_back(message);
    house.pass(HORIZON * 2).await;
    house.cloud.down.borrow_mut().clear();
    house.world().clear_faults();
    house.pass(HORIZON * 3).await;
    house.assert_complete(RHEINHAUS);
    let records = house.records();
    let distinct: std::collections::BTreeSet<_> =
        records.iter().map(|record| format!("{}{}", record["key"], record["updated_at"])).collect();
    println!("{} records, {} distinct", records.len(), distinct.len());
    // What lies in the overlap of two windows may come twice, a page of a hundred may not.
    assert!(records.len() < distinct.len() + 20);
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

/// Pages under way when the lease goes to somebody else: of a pass whose first ones are checkpointed.
async fn in_the_middle(house: &House, work: &mut (impl Future + Unpin)) {
    while house.world().calls_to("searchOrders") < 16 {
        let step = std::future::poll_fn(|context| {
            std::task::Poll::Ready(std::pin::Pin::new(&mut *work).poll(context).is_ready())
        });
        assert!(!step.await);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_worker_that_was_put_out_or_stood_still_takes_nothing_from_who_follows_him() {
    for put_out in [true, false] {
        let house = House::start().await;
        let few = Fault::always("searchOrders", FaultKind::ShortPages { orders: 5 });
        house.world().set_fault(few);
        let connection = house.connected(RHEINHAUS, "DE").await;
        dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
        let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
        let mut slow = Box::pin(house.work(&message));
        in_the_middle(&house, &mut slow).await;
        // Who follows has whole pages, so that more of them lie under one name.
        house.world().clear_faults();
        if put_out {
            let mut browser = house.signed_in("owner", "main").await;
            let consent = browser.restart(connection.id.as_str()).await;
            assert_eq!(browser.approve(&consent, RHEINHAUS).await.status, 303);
        } else {
            house.cloud.messages.borrow_mut().push_back(message.clone());
        }
        house.pass(HORIZON * 3).await;
        house.assert_complete(RHEINHAUS);
        assert!(slow.await.is_err(), "it is told that it lost");
        house.assert_complete(RHEINHAUS);
    }
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
    assert_eq!(house.world().calls_to("searchOrders"), 8, "the pages of one pass");
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
        house.pass(MINUTE * 90).await;
        assert_eq!(house.status(NORTHWIND), Status::Active, "{kind:?} never changes the connection");
        house.assert_complete(NORTHWIND);
        assert!(house.cloud.dead.borrow().is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn f18_a_token_refused_on_one_call_is_renewed_once_and_the_call_made_again() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::next(1, "searchOrders", FaultKind::Status { status: 401 }));
    house.pass(MINUTE * 3).await;
    house.assert_complete(NORTHWIND);
    assert_eq!(house.access(NORTHWIND).refreshes, 1);
}

#[tokio::test]
async fn a_lake_or_bus_that_is_down_moves_no_cursor_and_loses_nothing() {
    for service in ["lake", "bus", "tables", "queue"] {
        let house = House::start().await;
        house.connected(RHEINHAUS, "DE").await;
        house.cloud.down.borrow_mut().insert(service);
        house.pass(MINUTE * 3).await;
        if service != "tables" {
            let stream = house.stream(RHEINHAUS);
            let nothing = stream.cursor.is_none() || stream.history[0].reached == stream.cursor.unwrap();
            assert!(nothing, "{service}");
        }
        house.cloud.down.borrow_mut().clear();
        house.pass(MINUTE * 40).await;
        house.assert_complete(RHEINHAUS);
    }
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
async fn l26_f24_pages_that_come_again_are_noticed_told_and_never_followed_for_ever() {
    for kind in [FaultKind::RepeatedToken, FaultKind::CyclingTokens { pages: 2 }] {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        house.world().set_fault(Fault::always("searchOrders", kind.clone()));
        let mut told = false;
        for _ in 0..60 {
            house.pass(MINUTE).await;
            // A window of one page still lands beside those in circles.
            let trouble = house.stream(NORTHWIND).trouble;
            told |= trouble.is_some_and(|trouble| trouble.says.contains("pages go in circles"));
        }
        assert!(told, "{kind:?}");
        let calls = house.world().calls_to("searchOrders");
        println!("{kind:?}: {calls} calls in an hour");
        assert!(calls <= 40, "{kind:?}: {calls} calls in an hour");
        house.world().clear_faults();
        house.pass(MINUTE * 90).await;
        house.assert_complete(NORTHWIND);
        assert_eq!(house.stream(NORTHWIND).trouble, None, "{kind:?}");
    }
}
