//! Fetching: complete, in order, paced, and each job once (R9; I5 to I7).

use jiff::SignedDuration;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::connection::Status;
use sellerport_core::domains::{INVENTORY, ORDERS};
use sellerport_core::fetch::{BATCH_PAGES, PAGE_TIME, fetch};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Clock as _, Documents, QueueName, SellingPartner};
use sellerport_core::schedule::{HORIZON, dispatch};
use sellerport_core::secret::AccessToken;
use sellerport_core::task::Outcome;
use sellerport_simulator::{Fault, FaultKind, Seller};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};
use sellerport_tests::memory::Memory;
use std::collections::{BTreeMap, BTreeSet};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn throttled(house: &House) -> usize {
    house.world().asked().iter().filter(|asked| asked.status == 429).count()
}

sellerport_tests::without_documents!(impl Documents for Slow<'_>);

#[tokio::test]
async fn l22_l24_all_orders_land_with_all_their_items_a_hundred_a_call_and_without_a_429() {
    let house = House::with(|options| options.models = models()).await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 2).await;
    house.assert_complete(NORTHWIND);
    let stream = house.stream(NORTHWIND);
    assert_eq!((stream.counters.records, stream.counters.pages, stream.counters.throttled), (1240, 16, 0));
    assert_eq!(stream.counters.objects as usize, house.cloud.objects.borrow().len());
    let landed = house.cloud.events.borrow().iter().filter(|event| event.name == "records.landed").count();
    assert_eq!(landed, house.cloud.objects.borrow().len(), "an event for each object");
    for record in house.records() {
        assert_eq!(record["operation"], "searchOrders");
        assert!(record["payload"]["orderItems"].as_array().is_some_and(|items| !items.is_empty()));
        assert!(record["payload"].get("buyer").is_none() && record["payload"].get("recipient").is_none());
        assert!(record["request_id"].as_str().is_some_and(|id| !id.is_empty()));
    }
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn pages_of_one_run_land_together_ten_at_most_and_each_record_names_its_own_call() {
    let house = House::start().await;
    house.fetching(&["inventory"]).await;
    house.world().set_fault(Fault::always("getInventorySummaries", FaultKind::ShortPages { orders: 5 }));
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 10).await;
    let mut pages_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for (key, body) in house.cloud.objects.borrow().iter() {
        let records = Memory::records_in(body);
        let calls: BTreeSet<_> = records.iter().map(|record| record["request_id"].to_string()).collect();
        pages_of.insert(key.clone(), calls.len());
        all.extend(calls);
    }
    let (pages, objects) = (all.len(), pages_of.len());
    assert!(
        pages >= 25 && pages_of.values().sum::<usize>() == pages,
        "each page is in one object: {pages_of:?}"
    );
    assert!(pages_of.values().all(|of| *of <= BATCH_PAGES as usize), "{pages_of:?}");
    assert!(objects * 5 <= pages, "{objects} objects of {pages} pages: {pages_of:?}");
    let asked = house.world().asked();
    assert!(asked.iter().filter(|asked| asked.operation == "getInventorySummaries").count() >= pages);
}

/// Amazon as it is: while it answers, time passes.
struct Slow<'h>(&'h House);

impl SellingPartner for Slow<'_> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let reply = self.0.amazon().call(to, token, call).await;
        self.0.advance(SignedDuration::from_millis(200));
        reply
    }
}

#[tokio::test]
async fn l31_a_list_whose_token_grew_old_on_the_way_through_the_queue_begins_again_and_is_complete() {
    let house = House::start().await;
    house.fetching(&["inventory"]).await;
    house.world().set_fault(Fault::always("getInventorySummaries", FaultKind::ShortPages { orders: 20 }));
    house.connected(NORTHWIND, "US").await;
    house.advance(MINUTE);
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
    let cut_short = house.cloud.now() + PAGE_TIME + SignedDuration::from_millis(300);
    let ended = fetch(&house.cloud, &Slow(&house), &INVENTORY, &message.id, &message.body, cut_short).await;
    assert_eq!(ended.unwrap(), Outcome::Postponed("more pages follow"));
    let asked = |house: &House| {
        let asked = house.world().asked().into_iter();
        asked.filter(|one| one.operation == "getInventorySummaries").collect::<Vec<_>>()
    };
    let before = asked(&house).len();
    assert!(before > 1, "it was on its way: {before}");
    house.advance(SignedDuration::from_secs(26));
    house.pass(MINUTE * 3).await;
    let (all, truth) = (asked(&house), house.world().truth(NORTHWIND, "inventory").unwrap());
    assert!(all.iter().all(|one| one.status == 200), "no token was too old for Amazon: {all:?}");
    let first = |query: &str| !query.contains("nextToken");
    assert!(!first(&all[before - 1].query) && first(&all[before].query), "{all:?}");
    let landed: BTreeSet<_> = house.records().iter().map(|record| record["key"].to_string()).collect();
    assert_eq!(landed.len(), truth.len(), "and nothing is missing");
}

#[tokio::test]
async fn the_time_that_calls_take_is_no_new_window_of_its_own() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
    let (begun, deadline) = (house.cloud.now(), house.cloud.now() + MINUTE);
    let ended = fetch(&house.cloud, &Slow(&house), &ORDERS, &message.id, &message.body, deadline).await;
    assert_eq!(ended.unwrap(), Outcome::Done("everything there is has landed"));
    let stream = house.stream(NORTHWIND);
    assert_eq!((stream.counters.records, stream.counters.pages), (1240, 16), "as many as without a clock");
    assert!(house.cloud.now() > begun && stream.reserved.is_none(), "no call waits for a refill");
    assert!(stream.due_at.unwrap() >= begun + ORDERS.cadence, "it rests until it is due");
}

#[tokio::test]
async fn l28_changes_of_old_orders_and_new_orders_follow_by_the_time_of_update() {
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
async fn l16_l21_a_seller_larger_than_the_bucket_is_paged_at_its_pace_and_no_call_is_lost() {
    let house = House::start().await;
    house.world().add_seller(Seller::new("A2LARGE", "Large", &["US"], 3_000));
    house.connected("A2LARGE", "US").await;
    house.pass(MINUTE * 2).await;
    assert!(!house.stream("A2LARGE").history.is_empty(), "30 pages and more, 17 calls at once");
    // A refill is 179 s.
    house.pass(MINUTE * 60).await;
    house.assert_complete("A2LARGE");
    assert_eq!(throttled(&house), 0);
}

#[tokio::test]
async fn a_second_message_of_the_same_job_does_nothing() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow()[0].clone();
    assert_eq!(house.deliver().await, [Outcome::Done("everything there is has landed")]);
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
    assert_eq!(outcomes[0], Outcome::Done("everything there is has landed"));
    assert!(matches!(outcomes[1], Outcome::Dropped("E_MSG_DUP") | Outcome::Postponed(_)), "{outcomes:?}");
    assert_eq!(house.stream(NORTHWIND).counters.records, 1240);
}

#[tokio::test]
async fn l57_l59_f17_a_missing_role_rests_the_domain_and_the_page_asks_to_reconnect_after_it_is_added() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().withhold_role("searchOrders", true);
    house.pass(MINUTE * 10).await;
    let trouble = house.stream(NORTHWIND).trouble.unwrap();
    assert!(trouble.says.contains("Inventory and Order Tracking"), "{}", trouble.says);
    assert_eq!(house.status(NORTHWIND), Status::Active);
    // An older grant does not open what a new role allows: the seller has to approve once more.
    let (mut browser, id) = (house.signed_in("owner", "main").await, house.connection(NORTHWIND).id);
    let page = browser.get(&format!("/connections/{id}")).await.body;
    assert!(page.contains("to the application, then reconnect the seller."), "the next step is on the page");
    assert!(page.contains(&format!("action=\"/connections/{id}/reconnect\"")), "and the button beside it");
    let calls = house.world().calls_to("searchOrders");
    assert!(calls <= 6, "{calls} calls in ten minutes: the pause grows");
    house.world().withhold_role("searchOrders", false);
    house.pass(MINUTE * 30).await;
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn l03_f10_a_revoked_seller_is_not_called_any_more_and_goes_on_where_he_stopped() {
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
async fn table_4d_31_a_dispatcher_without_connections_has_nothing_to_do_and_one_without_time_sends_nothing_and_says_so()
 {
    let house = House::start().await;
    let idle = dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    assert_eq!((idle.sent, idle.cut_short), (0, false), "no connection is no error");
    house.connected(NORTHWIND, "US").await;
    let hurried = dispatch(&house.cloud, house.cloud.now()).await.unwrap();
    assert_eq!((hurried.sent, hurried.cut_short), (0, true));
}

#[tokio::test]
async fn the_history_is_read_newest_first_as_far_back_as_amazon_keeps_anything() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let begun = house.cloud.now();
    house.pass(MINUTE).await;
    let asked = house.world().asked();
    let queries: Vec<_> = asked.iter().filter(|asked| asked.operation == "searchOrders").collect();
    let (newest, oldest) = (begun - ORDERS.lag, begun - ORDERS.lag - ORDERS.lookback);
    assert!(queries[0].query.contains(&format!("lastUpdatedBefore={newest}")), "{}", queries[0].query);
    let last = &queries.last().unwrap().query;
    assert!(last.contains(&format!("lastUpdatedAfter={oldest}")), "{last}");
}
