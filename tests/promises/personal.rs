//! Buyers' data: closed by default, opened for one connection, apart from everything else, gone with it (I14, T20).

use jiff::SignedDuration;
use sellerport_core::connection::{Connection, Status};
use sellerport_core::deliver::PERSONAL;
use sellerport_core::domains::BUYERS;
use sellerport_core::erase::{ERASED_AFTER, erase_due};
use sellerport_core::ports::Clock as _;
use sellerport_core::session::Role;
use sellerport_core::stream::Stream;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read as _;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A connection with these domains ticked, and buyers' data closed.
async fn connected(domains: &[&str]) -> (House, Connection) {
    let house = House::start().await;
    house.fetching(domains).await;
    let connection = house.connected(NORTHWIND, "US").await;
    (house, connection)
}

/// Turns the door of buyers' data by its button.
async fn turn(house: &House, of: &Connection, open: bool) {
    let mut browser = house.signed_in("owner", "main").await;
    let address = format!("/connections/{}/restricted", of.id);
    let response = browser.press(&address, &[("open", &open.to_string())]).await;
    assert_eq!(response.status, 303, "{}", response.body);
}

/// Calls that asked for buyers or recipients.
fn asked(house: &House) -> usize {
    let tells = |query: &str| query.contains("BUYER") || query.contains("RECIPIENT");
    house.world().asked().iter().filter(|one| tells(&one.query)).count()
}

/// The stream of buyers, where there is one.
fn stream(house: &House) -> Option<Stream> {
    house.streams(NORTHWIND).into_iter().find(|stream| stream.domain == BUYERS.name)
}

/// The records under one place, or under all but it.
fn records(house: &House, personal: bool) -> Vec<Value> {
    let mut records = Vec::new();
    for (key, body) in house.cloud.objects.borrow().iter() {
        if key.starts_with(&format!("{PERSONAL}/")) == personal {
            let mut text = String::new();
            flate2::read::GzDecoder::new(body.as_slice()).read_to_string(&mut text).unwrap();
            records.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
        }
    }
    records
}

/// What tells who somebody is, of everything that landed in its place.
fn canaries(house: &House) -> BTreeSet<String> {
    let mut canaries = BTreeSet::new();
    for record in records(house, true) {
        let (buyer, address) =
            (&record["payload"]["buyer"], &record["payload"]["recipient"]["deliveryAddress"]);
        for text in [&buyer["buyerName"], &buyer["buyerEmail"], &address["name"], &address["addressLine1"]] {
            canaries.insert(text.as_str().unwrap().to_owned());
        }
    }
    canaries
}

/// Everything that is written or answered, but for the objects in the place of buyers' data.
async fn everything_else(house: &House, of: &Connection) -> String {
    let mut hay = String::new();
    hay.extend(house.cloud.rows.borrow().values().map(|row| format!("{row:?}\n")));
    hay.extend(house.cloud.messages.borrow().iter().map(|message| format!("{message:?}\n")));
    hay.extend(house.cloud.dead.borrow().iter().map(|message| format!("{message:?}\n")));
    hay.extend(house.cloud.events.borrow().iter().map(|event| format!("{event:?}\n")));
    hay.extend(house.cloud.measures.borrow().iter().map(|measure| format!("{measure:?}\n")));
    hay.extend(house.cloud.objects.borrow().keys().map(|key| format!("{key}\n")));
    hay.extend(records(house, false).iter().map(|record| format!("{record}\n")));
    let mut browser = house.signed_in("owner", "main").await;
    let id = &of.id;
    for address in [
        "/",
        &format!("/connections/{id}"),
        "/api/connections",
        &format!("/api/connections/{id}"),
        "/queues",
        "/audit",
        "/doctor",
        "/reads",
    ] {
        hay.push_str(&format!("{:?}\n", browser.get(address).await));
    }
    hay
}

fn hits(canaries: &BTreeSet<String>, hay: &str) -> Vec<String> {
    canaries.iter().filter(|canary| hay.contains(canary.as_str())).cloned().collect()
}

#[tokio::test]
async fn closed_by_default_nobody_is_asked_for_and_nothing_lands() {
    let (house, connection) = connected(&["orders", BUYERS.name]).await;
    house.pass(MINUTE * 90).await;
    house.assert_complete(NORTHWIND);
    assert!(!connection.restricted_open);
    assert_eq!((asked(&house), stream(&house).is_none()), (0, true));
    assert!(records(&house, true).is_empty());
    for record in records(&house, false) {
        let payload = &record["payload"];
        assert!(payload.get("buyer").is_none() && payload.get("recipient").is_none(), "{payload}");
    }
    // Nor can it be ticked for the present: the door comes first.
    let mut browser = house.signed_in("owner", "main").await;
    let page = browser.get(&format!("/connections/{}", connection.id)).await.body;
    assert!(!page.contains("id=\"domain-buyers\"") && page.contains("no name or address fetched"));
    let ticked = [("domains", "orders"), ("domains", BUYERS.name)];
    let refused = browser.press(&format!("/connections/{}/domains", connection.id), &ticked).await;
    assert!(refused.body.contains("open that for the connection first"), "{}", refused.body);
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let door = format!("/connections/{}/restricted", connection.id);
    assert_eq!(viewer.press(&door, &[("open", "true")]).await.status, 403);
    assert!(!house.connection(NORTHWIND).restricted_open);
}

#[tokio::test]
async fn opened_it_lands_in_its_own_place_and_is_nowhere_else() {
    let (house, connection) = connected(&["orders", BUYERS.name]).await;
    turn(&house, &connection, true).await;
    house.pass(MINUTE * 30).await;
    // What Amazon garbles is told of, without what it said.
    house.world().set_fault(Fault::next(3, "searchOrders", FaultKind::Truncated));
    house.world().set_fault(Fault::next(2, "searchOrders", FaultKind::Status { status: 400 }));
    house.pass(DAY).await;
    assert!(asked(&house) > 0);
    let landed = records(&house, true);
    assert!(landed.len() >= 5, "{} records", landed.len());
    let place = format!("{PERSONAL}/domain=buyers/tenant=main/connection={}/date=", connection.id);
    for key in house.cloud.objects.borrow().keys() {
        let own = key.starts_with(&place);
        assert_eq!(key.contains("buyers") || key.starts_with(PERSONAL), own, "{key}");
    }
    for record in records(&house, false) {
        assert_eq!(record["domain"], "orders");
    }
    let canaries = canaries(&house);
    assert!(canaries.len() >= 10, "{canaries:?}");
    let hay = everything_else(&house, &connection).await;
    assert_eq!(hits(&canaries, &hay), [""; 0], "in {} bytes", hay.len());
    // The control: one that did slip out is found.
    for canary in &canaries {
        assert!(hits(&canaries, &format!("{hay}{canary}")).contains(canary));
    }
}

#[tokio::test]
async fn only_orders_that_the_seller_still_has_to_ship_are_read_and_all_of_them() {
    let (house, connection) = connected(&[BUYERS.name]).await;
    turn(&house, &connection, true).await;
    house.pass(MINUTE * 60).await;
    let stream = stream(&house).unwrap();
    assert!(stream.history.is_empty(), "{:?}", stream.history);
    let landed: BTreeSet<_> =
        records(&house, true).iter().map(|record| record["key"].as_str().unwrap().to_owned()).collect();
    assert!(!landed.is_empty());
    for one in house.world().asked().iter().filter(|one| one.operation == "searchOrders") {
        let shipped = one.query.contains("fulfillmentStatuses=UNSHIPPED,PARTIALLY_SHIPPED")
            && one.query.contains("fulfilledBy=MERCHANT");
        assert!(shipped, "{}", one.query);
    }
    // Whatever was unshipped all the time and is not in the lake is shipped by Amazon: it was never ours to read.
    let truth = house.world().orders_of(NORTHWIND);
    let cursor = stream.cursor.unwrap();
    let open = truth.iter().filter(|order| {
        let updated: jiff::Timestamp = order.last_updated_time.parse().unwrap();
        order.status.as_deref() == Some("UNSHIPPED") && updated < cursor
    });
    let (ours, others): (Vec<_>, Vec<_>) = open.partition(|order| landed.contains(&order.order_id));
    assert!(!ours.is_empty());
    house.fetching(&["orders"]).await;
    let mut browser = house.signed_in("owner", "main").await;
    let both = [("domains", "orders"), ("domains", BUYERS.name)];
    assert_eq!(browser.press(&format!("/connections/{}/domains", connection.id), &both).await.status, 303);
    house.pass(MINUTE * 60).await;
    let orders = house.landed(NORTHWIND);
    for order in others {
        let by = &orders[&order.order_id]["fulfillment"]["fulfilledBy"];
        assert_eq!(by, "AMAZON", "{} is lost", order.order_id);
    }
}

#[tokio::test]
async fn closed_again_it_rests_at_once_and_opened_again_it_goes_on() {
    let (house, connection) = connected(&["orders", BUYERS.name]).await;
    turn(&house, &connection, true).await;
    assert_eq!(stream(&house).unwrap().due_at, Some(house.cloud.now()), "it begins at once");
    house.pass(MINUTE * 30).await;
    turn(&house, &connection, false).await;
    let (calls, landed) = (asked(&house), records(&house, true).len());
    let rests = stream(&house).unwrap();
    assert!(calls > 0 && rests.cursor.is_some() && rests.due_at.is_none());
    house.pass(DAY).await;
    assert_eq!((asked(&house), records(&house, true).len()), (calls, landed), "nothing is called any more");
    let still = stream(&house).unwrap();
    assert_eq!((still.due_at, still.cursor), (None, rests.cursor), "no renewal sets it going");
    house.assert_complete(NORTHWIND);
    turn(&house, &connection, true).await;
    house.pass(MINUTE * 30).await;
    assert!(asked(&house) > calls && stream(&house).unwrap().cursor > rests.cursor);
}

#[tokio::test]
async fn a_worker_that_reads_while_the_door_closes_stops_at_its_next_page() {
    let (house, connection) = connected(&[BUYERS.name]).await;
    turn(&house, &connection, true).await;
    house.world().set_fault(Fault::next(4, "searchOrders", FaultKind::Delay { milliseconds: 20 }));
    let working = house.pass(MINUTE);
    let closing = async {
        while asked(&house) < 2 {
            tokio::task::yield_now().await;
        }
        turn(&house, &connection, false).await;
        asked(&house)
    };
    let ((), calls) = tokio::join!(working, closing);
    house.pass(MINUTE * 60).await;
    assert!(asked(&house) <= calls + 1, "one page under way, no more");
    let stream = stream(&house).unwrap();
    assert!(stream.due_at.is_none() && stream.lease.holder.is_none());
    assert!(house.cloud.dead.borrow().is_empty());
}

#[tokio::test]
async fn buyers_data_goes_with_its_connection_and_a_reconnect_finds_the_door_closed() {
    let (house, connection) = connected(&["orders", BUYERS.name]).await;
    turn(&house, &connection, true).await;
    house.pass(MINUTE * 30).await;
    assert!(!records(&house, true).is_empty());
    let mut browser = house.signed_in("owner", "main").await;
    let address = format!("/connections/{}/disconnect", connection.id);
    assert_eq!(browser.press(&address, &[]).await.status, 303);
    let calls = asked(&house);
    house.advance(ERASED_AFTER + MINUTE);
    let erased = erase_due(&house.cloud, house.cloud.now() + DAY).await.unwrap();
    assert_eq!(erased.connections, 1);
    assert!(house.cloud.objects.borrow().is_empty());
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(connection.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    house.pass(MINUTE * 30).await;
    let again = house.connection(NORTHWIND);
    assert_eq!((again.status, again.restricted_open), (Status::Active, false));
    assert_eq!((asked(&house), stream(&house).is_none()), (calls, true));
    assert!(records(&house, true).is_empty());
}

#[tokio::test]
async fn with_all_domains_ticked_buyers_wait_for_the_door_too() {
    let (house, connection) = connected(&[]).await;
    assert!(house.streams(NORTHWIND).len() > 10 && stream(&house).is_none());
    turn(&house, &connection, true).await;
    assert!(stream(&house).unwrap().due_at.is_some());
    turn(&house, &connection, false).await;
    assert!(stream(&house).unwrap().due_at.is_none());
    let others = house.streams(NORTHWIND).into_iter().filter(|one| one.domain != BUYERS.name);
    assert!(others.into_iter().all(|one| one.due_at.is_some()), "the others go on");
    let page = house.signed_in("owner", "main").await.get("/reads").await.body;
    assert!(page.contains("unless an operator opens buyers' data"), "{page}");
}
