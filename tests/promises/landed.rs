//! What landed is told window by window: nothing lost, nothing hidden, and money to the cent.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::domains::ORDERS;
use sellerport_core::fetch::fetch;
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Clock as _, Documents, SellingPartner, Table as _};
use sellerport_core::schedule::dispatch;
use sellerport_core::secret::AccessToken;
use sellerport_core::session::Role;
use sellerport_core::store::{Key, TableName, Write, decode};
use sellerport_core::stream::{Landed, Way};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND};
use serde_json::Value;
use std::collections::BTreeSet;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) async fn json(browser: &mut Browser<'_>, address: &str) -> Value {
    let response = browser.get(address).await;
    assert_eq!(response.status, 200, "{}", response.body);
    serde_json::from_str(&response.body).unwrap()
}

pub(super) async fn page(browser: &mut Browser<'_>, address: &str) -> String {
    let response = browser.get(address).await;
    assert_eq!(response.status, 200, "{}", response.body);
    response.body
}

/// The rows of a domain's windows, as stored.
fn rows(house: &House, domain: &str) -> Vec<Key> {
    let rows = house.cloud.table(TableName::Streams).into_iter().map(|row| row.key);
    rows.filter(|key| key.partition.starts_with("W#") && key.partition.contains(&format!("#{domain}#")))
        .collect()
}

/// One more window in which nothing was found, behind the newest: as if a quarter of an hour had passed.
async fn another(house: &House) {
    let newest = rows(house, "orders").into_iter().next_back().unwrap();
    let row = house.cloud.rows.borrow()[&newest].clone();
    let mut window = decode::<Landed>(row).unwrap().value;
    (window.window.after, window.window.before) = (window.window.before, window.window.before + MINUTE * 15);
    (window.records, window.way) = (0, Way::Onward);
    house.cloud.write(&[Write::insert(&window).unwrap()]).await.unwrap();
}

#[tokio::test]
async fn everything_that_landed_is_told_once_and_without_a_gap_however_many_pages_it_fills() {
    let house = House::with(|options| options.orders_per_day = Some(60.0)).await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 300).await;
    for _ in 0..120 {
        another(&house).await;
    }
    let mut owner = house.signed_in("owner", "main").await;
    let address = format!("/api/connections/{id}/landed/orders");
    let (mut next, mut told, mut records) = (Some(String::new()), Vec::new(), 0);
    while let Some(after) = next.take() {
        let view = json(&mut owner, &format!("{address}?{after}")).await;
        assert_eq!(view["gaps"], Value::Array(Vec::new()), "{view}");
        for window in view["windows"].as_array().unwrap() {
            records += window["records"].as_u64().unwrap();
            let text = |name: &str| window[name].as_str().unwrap().to_owned();
            told.push((text("before"), text("after"), text("way")));
        }
        let place =
            view["next"].as_str().map(|place| form_urlencoded::byte_serialize(place.as_bytes()).collect());
        next = place.map(|place: String| format!("after={place}"));
    }
    assert_eq!(told.len(), rows(&house, "orders").len());
    assert!(told.len() > 100, "several pages: {}", told.len());
    assert!(
        told.is_sorted_by(|newer, older| newer.0 >= older.0)
            && told.iter().collect::<BTreeSet<_>>().len() == told.len()
    );
    let stream = house.stream(NORTHWIND);
    let under_way = stream.walk.iter().chain(stream.history.iter().filter_map(|part| part.walk.as_ref()));
    let landed = records + under_way.map(|walk| walk.found).sum::<u64>();
    assert_eq!(landed, stream.counters.records, "each record that landed is counted once");

    let view = json(&mut owner, &address).await;
    let from: Timestamp = view["checked_from"].as_str().unwrap().parse().unwrap();
    assert!(from <= house.cloud.now() - ORDERS.lookback, "as far back as Amazon keeps anything: {from}");
    let shown = page(&mut owner, &format!("/connections/{id}/landed/orders")).await;
    assert!(shown.contains("No gap since") && shown.contains("Older windows"), "{shown}");
    let connection = page(&mut owner, &format!("/connections/{id}")).await;
    assert!(connection.contains(&format!("/connections/{id}/landed/orders")), "it is linked");
}

#[tokio::test]
async fn a_window_that_is_missing_is_told_with_its_times_and_what_to_do() {
    let house = House::with(|options| options.orders_per_day = Some(60.0)).await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 600).await;
    // The oldest but one: a piece of the history.
    let lost = rows(&house, "orders").into_iter().nth(1).unwrap();
    let row = house.cloud.rows.borrow_mut().remove(&lost).unwrap();
    let mut owner = house.signed_in("owner", "main").await;
    let view = json(&mut owner, &format!("/api/connections/{id}/landed/orders")).await;
    let gaps = view["gaps"].as_array().unwrap();
    assert_eq!(gaps.len(), 1, "{view}");
    let (gap, was) = (&gaps[0], &row.document);
    assert!(
        gap["after"].as_str() >= was["after"].as_str() && gap["before"].as_str() <= was["before"].as_str()
    );
    assert!(view["remedy"].as_str().unwrap().contains("please report it"), "{view}");
    let shown = page(&mut owner, &format!("/connections/{id}/landed/orders")).await;
    assert!(shown.contains("1 gap since") && shown.contains("role=\"alert\""), "{shown}");
    // A button closes it: the stretch is fetched again, and lands as windows of their own.
    let field = |name: &str| gap[name].as_str().unwrap().to_owned();
    let (after, before) = (field("after"), field("before"));
    let fields = [("after", after.as_str()), ("before", before.as_str())];
    let pressed = owner.press(&format!("/connections/{id}/landed/orders/again"), &fields).await;
    assert_eq!(pressed.status, 303, "{}", pressed.body);
    let shown = page(&mut owner, &format!("/connections/{id}/landed/orders")).await;
    assert!(shown.contains("No gap since") && shown.contains("On its way"), "{shown}");
    house.pass(MINUTE * 60).await;
    let mut owner = house.signed_in("owner", "main").await;
    let view = json(&mut owner, &format!("/api/connections/{id}/landed/orders")).await;
    assert_eq!(
        (&view["gaps"], &view["history"]),
        (&Value::Array(Vec::new()), &Value::Array(Vec::new())),
        "{view}"
    );
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn a_stretch_is_fetched_again_by_an_operator_alone_and_what_cannot_be_is_refused_in_words() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 5).await;
    let address = format!("/connections/{id}/landed/orders/again");
    let wanted = [("after", "2026-11-01T00:00:00Z"), ("before", "2026-11-02T00:00:00Z")];
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    assert_eq!(viewer.press(&address, &wanted).await.status, 403);
    let mut stranger = house.signed_in("stranger", "other").await;
    assert_eq!(stranger.press(&address, &wanted).await.status, 404);
    let mut owner = house.signed_in("owner", "main").await;
    let past = [("after", "2001-01-01T00:00:00Z"), ("before", "2001-01-02T00:00:00Z")];
    for wrong in [&past[..], &[("after", "yesterday"), ("before", "today")], &[]] {
        let refused = owner.press(&address, wrong).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("Nothing was saved"), "{}", refused.body);
    }
    assert!(house.stream(NORTHWIND).history.is_empty(), "nobody changed anything");
    assert_eq!(owner.press(&address, &wanted).await.status, 303);
    assert_eq!(house.stream(NORTHWIND).history.len(), 1);
}

#[tokio::test]
async fn a_viewer_may_look_and_another_tenant_finds_nothing() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 2).await;
    let addresses = ["", "/api"].map(|base| format!("{base}/connections/{id}/landed/orders"));
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let mut stranger = house.signed_in("stranger", "other").await;
    for address in &addresses {
        assert_eq!(viewer.get(address).await.status, 200);
        let refused = stranger.get(address).await;
        assert_eq!(refused.status, 404);
        assert!(!refused.body.contains("2026-11-21"), "{}", refused.body);
        assert_eq!(Browser::new(&house).get(address).await.status, 401);
        for unknown in ["settlements", "nothing"] {
            assert_eq!(viewer.get(&address.replace("/orders", &format!("/{unknown}"))).await.status, 404);
        }
    }
}

#[tokio::test]
async fn what_was_told_of_an_account_is_gone_with_its_data() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 5).await;
    assert!(!rows(&house, "orders").is_empty());
    let mut owner = house.signed_in("owner", "main").await;
    owner.press(&format!("/connections/{id}/disconnect"), &[]).await;
    house.advance(DAY * 30);
    let until = house.cloud.now() + MINUTE;
    sellerport_core::erase::erase_due(&house.cloud, until).await.unwrap();
    assert_eq!(rows(&house, "orders"), []);
}

#[tokio::test]
async fn l55_a_row_that_was_set_aside_is_told_with_its_reason_and_place_and_its_money_is_missed() {
    let house = House::with(|options| options.orders_per_day = Some(10.0)).await;
    house.fetching(&["settlements"]).await;
    house.world().set_fault(Fault::next(1, "document", FaultKind::ShortRow));
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(DAY).await;
    let mut owner = house.signed_in("owner", "main").await;
    let view = json(&mut owner, &format!("/api/connections/{id}/landed/settlements")).await;
    let odd = view["windows"].as_array().unwrap().iter().find(|window| window["aside"].is_string());
    let odd = odd.unwrap_or_else(|| panic!("{view}"));
    assert_eq!(
        (&odd["odd"]["rows"], &odd["odd"]["reasons"]["too few fields"]),
        (&1.into(), &1.into()),
        "{odd}"
    );
    // Where it says it lies, it lies.
    let place = odd["aside"].as_str().unwrap();
    let parts: Vec<&str> = place.split('*').collect();
    let lies = |key: &&String| key.starts_with(parts[0]) && key.contains(parts[1]) && key.ends_with(parts[2]);
    assert_eq!(house.cloud.objects.borrow().keys().filter(lies).count(), 1, "{place}");
    let missed: Vec<&Value> =
        odd["sums"].as_array().unwrap().iter().filter(|sum| sum["agrees"] == false).collect();
    assert_eq!(missed.len(), 1, "{odd}");
    assert_ne!(missed[0]["difference"], "0.00");
    let shown = page(&mut owner, &format!("/connections/{id}/landed/settlements")).await;
    assert!(shown.contains("1 line was set aside") && shown.contains("(too few fields: 1)"), "{shown}");
    assert!(shown.contains(">differs<") && shown.contains(missed[0]["says"].as_str().unwrap()), "{shown}");
}

#[tokio::test]
async fn l56_a_column_that_is_new_is_told_by_its_name_and_kept() {
    let house = House::with(|options| options.orders_per_day = Some(10.0)).await;
    house.fetching(&["settlements"]).await;
    house.world().set_fault(Fault::next(1, "document", FaultKind::ExtraColumn));
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(DAY).await;
    let mut owner = house.signed_in("owner", "main").await;
    let shown = page(&mut owner, &format!("/connections/{id}/landed/settlements")).await;
    assert!(shown.contains("New at Amazon: <code>a-new-column</code>"), "{shown}");
    assert!(house.records().iter().any(|record| record["payload"]["a-new-column"] == "new"));
}

/// Amazon with a field that no model names yet, and an order without its number.
struct Drifting<'h>(&'h House);

sellerport_tests::without_documents!(impl Documents for Drifting<'_>);

impl SellingPartner for Drifting<'_> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let mut reply = self.0.amazon().call(to, token, call).await?;
        if let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body)
            && let Some(orders) = body["orders"].as_array_mut()
        {
            orders.iter_mut().for_each(|order| order["carbonFootprint"] = serde_json::json!({ "grams": 7 }));
            if let Some(order) = orders.first_mut() {
                order.as_object_mut().unwrap().remove("orderId");
            }
            reply.body = body.to_string().into_bytes();
        }
        Ok(reply)
    }
}

#[tokio::test]
async fn a_field_that_is_new_lands_with_its_record_and_is_told_once() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let message = house.cloud.messages.borrow_mut().pop_front().unwrap();
    let deadline = house.cloud.now() + MINUTE;
    fetch(&house.cloud, &Drifting(&house), &ORDERS, &message.id, &message.body, deadline).await.unwrap();
    assert!(house.records().iter().all(|record| record["payload"]["carbonFootprint"]["grams"] == 7));
    let mut owner = house.signed_in("owner", "main").await;
    let view = json(&mut owner, &format!("/api/connections/{id}/landed/orders")).await;
    let odd: Vec<&Value> = view["windows"].as_array().unwrap().iter().map(|one| &one["odd"]).collect();
    assert!(odd.iter().any(|odd| odd["columns"] == serde_json::json!(["carbonFootprint"])), "{view}");
    assert!(odd.iter().any(|odd| odd["keyless"].as_u64() > Some(0)), "{view}");
    let shown = page(&mut owner, &format!("/connections/{id}/landed/orders")).await;
    assert!(shown.contains("New at Amazon: <code>carbonFootprint</code>"), "{shown}");
    assert!(shown.contains("without a key"), "{shown}");
}
