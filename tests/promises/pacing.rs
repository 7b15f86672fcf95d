//! When calls are made: what the quota ledger promises whoever uses it (L16 to L23; F20).

use jiff::SignedDuration;
use sellerport_core::catalogue::{
    GET_CATALOG_ITEM_CATALOG_ITEMS_2022_04_01, GET_MY_FEES_ESTIMATES, Operation, SEARCH_ORDERS,
};
use sellerport_core::fetch::PAGES_MAX;
use sellerport_core::ids::{ApplicationSlug, SellerId};
use sellerport_core::marketplaces::Region;
use sellerport_core::measure::Measure;
use sellerport_core::ports::{Clock as _, QueueName, Vault as _};
use sellerport_core::quota::{self, BLOCK_MAX, IN_PLACE, Payer, Slots, UNEVEN};
use sellerport_core::task::Outcome;
use sellerport_simulator::{Fault, FaultKind, Region as At, Request, Seller, SimClock};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::memory::{Memory, Message};
use std::task::Poll;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn memory() -> Memory {
    Memory::new(SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()))
}

fn payer(seller: &str) -> Payer {
    Payer {
        application: ApplicationSlug::parse("main").unwrap(),
        seller: SellerId::parse(seller).unwrap(),
        region: Region::Na,
    }
}

async fn reserve(cloud: &Memory, operation: &Operation, calls: u32) -> Slots {
    quota::reserve(cloud, &payer("A1"), operation, calls).await.unwrap()
}

#[tokio::test]
async fn l17_f20_a_header_that_is_absent_or_absurd_leaves_the_rate_as_it_is_and_a_true_one_is_learned() {
    let cloud = memory();
    let before = reserve(&cloud, &SEARCH_ORDERS, 1).await.rate;
    for heard in [None, Some(0.0), Some(-1.0), Some(f64::NAN), Some(1e9), Some(1e-9)] {
        quota::learn(&cloud, &payer("A1"), &SEARCH_ORDERS, before, heard).await.unwrap();
        assert!((reserve(&cloud, &SEARCH_ORDERS, 1).await.rate - before).abs() < 1e-12, "{heard:?}");
    }
    quota::learn(&cloud, &payer("A1"), &SEARCH_ORDERS, before, Some(0.0112)).await.unwrap();
    assert!((reserve(&cloud, &SEARCH_ORDERS, 1).await.rate - 0.0112).abs() < 1e-12);
}

#[tokio::test]
async fn one_write_reserves_a_block_and_what_is_not_used_goes_back() {
    let cloud = memory();
    let slots = reserve(&cloud, &SEARCH_ORDERS, BLOCK_MAX).await;
    assert_eq!(slots.at.len(), 16);
    quota::give_back(&cloud, &payer("A1"), &SEARCH_ORDERS, 10).await.unwrap();
    assert_eq!(reserve(&cloud, &SEARCH_ORDERS, BLOCK_MAX).await.at.len(), 11);
}

#[tokio::test]
async fn a_person_is_served_beside_a_backfill_and_told_when_the_next_call_fits() {
    let cloud = memory();
    for _ in 0..3 {
        reserve(&cloud, &SEARCH_ORDERS, BLOCK_MAX).await;
    }
    for _ in 0..2 {
        let slot = quota::reserve_soon(&cloud, &payer("A1"), &SEARCH_ORDERS, IN_PLACE).await.unwrap();
        assert_eq!(slot.unwrap().at[0], cloud.now());
    }
    let refused = quota::reserve_soon(&cloud, &payer("A1"), &SEARCH_ORDERS, IN_PLACE).await.unwrap();
    assert!(refused.unwrap_err() > cloud.now() + MINUTE);
    let other = quota::reserve_soon(&cloud, &payer("A2"), &SEARCH_ORDERS, IN_PLACE).await.unwrap();
    assert!(other.is_ok(), "another account has a bucket of its own");
}

#[tokio::test]
async fn l20_calls_of_all_accounts_pass_the_applications_own_bucket_where_amazon_has_one() {
    // 250 a second for all accounts; 300 of them ask for their burst at once.
    let cloud = memory();
    let (mut at_once, mut later) = (0, 0);
    for n in 0..300 {
        let payer = payer(&format!("A{n}"));
        let slots =
            quota::reserve(&cloud, &payer, &GET_CATALOG_ITEM_CATALOG_ITEMS_2022_04_01, 1).await.unwrap();
        assert!(slots.cleared);
        match slots.at[0] <= cloud.now() {
            true => at_once += 1,
            false => later += 1,
        }
    }
    assert!(at_once < 250 && at_once > 240 && at_once + later == 300, "{at_once} at once, {later} later");
}

#[tokio::test]
async fn l23_nobody_is_paid_for_waiting_a_long_wait_goes_back_to_the_queue() {
    let house = House::start().await;
    house.world().add_seller(Seller::new("A2LARGE", "Large", &["US"], 4_000));
    house.connected("A2LARGE", "US").await;
    let begun = house.cloud.now();
    house.pass(MINUTE * 60).await;
    let measures = house.cloud.measures.borrow();
    let waits = measures.iter().filter_map(|measure| match measure {
        Measure::Call(call) => Some(call.waited),
        Measure::Stream(_) | Measure::Queues(_) => None,
    });
    let waits: Vec<_> = waits.collect();
    let waited: SignedDuration = waits.iter().sum();
    let part = waited.as_secs_f64() / house.cloud.now().duration_since(begun).as_secs_f64();
    println!("{} calls, {waited:#} waited in place: {:.3} % of the time", waits.len(), part * 100.0);
    assert!(waits.len() > PAGES_MAX as usize / 2 && waits.iter().all(|wait| *wait <= IN_PLACE));
    assert!(part <= 0.01);
}

/// Calls of a bucket of one, each reserved when the one before has arrived, and every second one [`UNEVEN`] longer on
/// its way. How many the simulator refuses; without the `margin` they are made a refill apart.
async fn refused_of_one(margin: bool) -> usize {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let access = house.access(NORTHWIND);
    let token = house.cloud.open(&access.context(), access.sealed.as_ref().unwrap()).await.unwrap().secret;
    let (begun, refill) = (house.cloud.now(), 1.0 / GET_MY_FEES_ESTIMATES.rate);
    for n in 0..40_i32 {
        let ours = reserve(&house.cloud, &GET_MY_FEES_ESTIMATES, 1).await.at[0];
        let at = if margin { ours } else { begun + SignedDuration::from_secs_f64(refill) * n };
        let arrives = at + UNEVEN * ((n + 1) % 2);
        house.advance(arrives.duration_since(house.cloud.now()));
        house.world().call(Request {
            region: At::Na,
            sandbox: false,
            method: "POST".to_owned(),
            path: GET_MY_FEES_ESTIMATES.path.to_owned(),
            query: Vec::new(),
            token: Some(token.clone()),
            body: None,
        });
    }
    let asked = house.world().asked();
    let calls: Vec<_> = asked.iter().filter(|asked| asked.operation == GET_MY_FEES_ESTIMATES.name).collect();
    assert_eq!(calls.len(), 40);
    calls.iter().filter(|asked| asked.status == 429).count()
}

#[tokio::test]
async fn l20_calls_that_arrive_unevenly_at_a_bucket_of_one_meet_no_429() {
    assert_eq!(refused_of_one(true).await, 0);
    // The negative control: a refill apart and no more, every second one arrives too early.
    assert!(refused_of_one(false).await >= 10);
}

/// Takes the next task for orders, when it is visible.
fn next_task(house: &House) -> Message {
    let mut messages = house.cloud.messages.borrow_mut();
    let at = messages.iter().position(|message| message.queue == QueueName::Fetch("orders")).unwrap();
    let message = messages.remove(at).unwrap();
    house.advance(message.visible_at.duration_since(house.cloud.now()).max(SignedDuration::ZERO));
    message
}

#[tokio::test]
async fn f44_workers_that_die_after_their_call_never_make_it_again_with_the_same_reservation() {
    let house = House::start().await;
    house.world().add_seller(Seller::new("A2LARGE", "Large", &["US"], 6_000));
    house.connected("A2LARGE", "US").await;
    house.pass(MINUTE * 2).await;
    assert!(house.stream("A2LARGE").reserved.is_some(), "the burst is spent, and a call reserved for later");
    let calls = || house.world().calls_to("searchOrders");
    let mut died = 0;
    for _ in 0..12 {
        let (message, before) = (next_task(&house), calls());
        {
            let mut dying = Box::pin(house.work(&message));
            let mut ended = false;
            while calls() == before && !ended {
                ended = std::future::poll_fn(|context| Poll::Ready(dying.as_mut().poll(context).is_ready()))
                    .await;
                tokio::task::yield_now().await;
            }
            if ended {
                continue;
            }
        }
        died += 1;
        // Its message comes again, finds the lease held, and takes it over later.
        assert_eq!(house.work(&message).await, Ok(Outcome::Postponed("another worker has the stream")));
    }
    house.pass(MINUTE * 60).await;
    let throttled = house.world().asked().iter().filter(|asked| asked.status == 429).count();
    println!("{died} workers died after their call; {throttled} calls were throttled");
    assert!(died >= 3 && throttled == 0, "{died} died, {throttled} throttled");
    assert_eq!(house.stream("A2LARGE").counters.throttled, 0);
}

#[tokio::test]
async fn l16_calls_that_amazon_throttles_are_made_again_later_and_none_is_lost() {
    for header in [None, Some("0"), Some("abc")] {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        let kind = match header {
            None => FaultKind::Status { status: 429 },
            Some(text) => FaultKind::Throttled { retry_after: text.to_owned() },
        };
        house.world().set_fault(Fault::next(2, "searchOrders", kind));
        house.pass(MINUTE * 90).await;
        house.assert_complete(NORTHWIND);
        let asked = house.world().asked();
        let throttled = asked.iter().filter(|asked| asked.status == 429).count();
        assert_eq!(throttled, 2, "only those that were planted");
    }
}
