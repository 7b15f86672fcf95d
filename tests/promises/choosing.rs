//! The domains of a connection are chosen: what is ticked is fetched, what is not rests and goes on where it stopped.

use jiff::SignedDuration;
use sellerport_core::connection::Connection;
use sellerport_core::domains::{DOMAINS, by_name};
use sellerport_core::http::Request;
use sellerport_core::marketplaces::Kind;
use sellerport_core::ports::Clock as _;
use sellerport_core::session::Role;
use sellerport_core::store::{TableName, decode};
use sellerport_core::stream::Stream;
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND};
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The streams that are due at some time, by their domains.
fn going(house: &House) -> Vec<String> {
    let rows = house.cloud.table(TableName::Streams).into_iter();
    let streams = rows.filter(|row| row.key.sort.starts_with("S#"));
    let streams = streams.map(|row| decode::<Stream>(row).unwrap().value);
    let mut names: Vec<_> = streams.filter(|one| one.due_at.is_some()).map(|one| one.domain).collect();
    names.sort();
    names
}

fn address(of: &Connection) -> String {
    format!("/connections/{}/domains", of.id)
}

/// The same by JSON, with the session of this browser.
fn put(browser: &Browser<'_>, of: &Connection, body: &Value) -> Request {
    let mut request = browser.request("PUT", &format!("/api/connections/{}/domains", of.id));
    for (name, value) in [
        ("origin", sellerport_tests::house::ORIGIN.to_owned()),
        ("content-type", "application/json".to_owned()),
        ("x-csrf-token", browser.form_token()),
    ] {
        request.headers.retain(|(known, _)| known != name);
        request.headers.push((name.to_owned(), value));
    }
    Request { body: body.to_string().into_bytes(), ..request }
}

#[tokio::test]
async fn a_domain_that_is_ticked_begins_at_once_and_is_in_the_audit_trail() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    assert_eq!(going(&house), ["orders"]);
    let mut browser = house.signed_in("owner", "main").await;
    let ticked = [("domains", "orders"), ("domains", "inventory")];
    assert_eq!(browser.press(&address(&connection), &ticked).await.status, 303);
    assert_eq!(house.connection(NORTHWIND).fetches, ["inventory", "orders"]);
    assert_eq!(going(&house), ["inventory", "orders"]);
    let trail: Vec<_> =
        house.cloud.table(TableName::Audit).into_iter().map(|row| format!("{row:?}")).collect();
    let entries = trail.iter().filter(|row| row.contains("connection.domains_chosen"));
    assert_eq!(entries.count(), 1);
    // Once more changes nothing, and is told nowhere.
    assert_eq!(browser.press(&address(&connection), &ticked).await.status, 303);
    assert_eq!(house.cloud.table(TableName::Audit).len(), trail.len());
}

#[tokio::test]
async fn a_domain_that_is_unticked_rests_and_goes_on_where_it_stopped() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 5).await;
    let before = house.stream(NORTHWIND).cursor;
    assert!(before.is_some());
    let mut browser = house.signed_in("owner", "main").await;
    assert_eq!(browser.press(&address(&connection), &[("domains", "inventory")]).await.status, 303);
    // A task that was under way already is dropped.
    house.pass(MINUTE).await;
    let calls = house.world().calls_to("searchOrders");
    house.pass(MINUTE * 60).await;
    assert_eq!(house.world().calls_to("searchOrders"), calls, "nothing of it is called any more");
    assert!(house.stream(NORTHWIND).due_at.is_none());
    let at_rest = house.stream(NORTHWIND).cursor;
    // An hour is longer than a session lives unused.
    let mut browser = house.signed_in("owner", "main").await;
    assert_eq!(browser.press(&address(&connection), &[("domains", "orders")]).await.status, 303);
    assert_eq!(house.stream(NORTHWIND).cursor, at_rest, "it goes on where it stopped");
    assert_eq!(house.stream(NORTHWIND).due_at, Some(house.cloud.now()));
    house.pass(MINUTE * 5).await;
    assert!(house.stream(NORTHWIND).cursor > before);
}

#[tokio::test]
async fn with_all_ticked_a_later_versions_domains_are_fetched_too() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let browser = house.signed_in("owner", "main").await;
    // Buyers' data is no choice before an operator opens it (personal.rs).
    let open = DOMAINS.iter().filter(|domain| domain.kind == Kind::Seller && !domain.personal);
    let all: Vec<_> = open.map(|domain| domain.name).collect();
    let answer = house.answer(&put(&browser, &connection, &json!({ "domains": all }))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(house.connection(NORTHWIND).fetches.is_empty(), "no list that a new domain would be missing in");
    assert_eq!(going(&house), all);
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    assert!(answer["domains"].as_array().unwrap().iter().all(|domain| domain["fetched"] == true));
}

#[tokio::test]
async fn what_cannot_be_ticked_is_named_and_nothing_changes() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    for (ticked, why) in [
        (&[("domains", "shoes")][..], "names of domains"),
        (&[("domains", "orders"), ("domains", "orders")], "listed twice"),
        (&[("domains", "orders"), ("domains", "vendororders")], "belongs to the other kind of account"),
        (&[], "tick one at least, or disconnect"),
    ] {
        let response = browser.press(&address(&connection), ticked).await;
        assert_eq!(response.status, 422, "{why}");
        assert!(response.body.contains(why), "{why}: {}", response.body);
    }
    let wrong = house.answer(&put(&browser, &connection, &json!({"domains": ["orders"], "all": true}))).await;
    assert_eq!(wrong.status, 400, "{}", wrong.body);
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    assert_eq!(viewer.press(&address(&connection), &[("domains", "inventory")]).await.status, 403);
    let mut stranger = house.signed_in("stranger", "other").await;
    assert_eq!(stranger.press(&address(&connection), &[("domains", "inventory")]).await.status, 404);
    assert_eq!(house.connection(NORTHWIND).fetches, ["orders"]);
    assert_eq!(going(&house), ["orders"]);
}

#[tokio::test]
async fn the_page_says_of_each_domain_what_is_read_and_which_role_it_needs() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let page = format!("/connections/{}", connection.id);
    let mut owner = house.signed_in("owner", "main").await;
    let shown = owner.get(&page).await.body;
    let tick = |name: &str, rest: &str| shown.contains(&format!("id=\"domain-{name}\"{rest}"));
    for domain in DOMAINS {
        let shown = domain.kind == Kind::Seller && !domain.personal;
        assert_eq!(tick(domain.name, ""), shown, "{}", domain.name);
    }
    assert!(tick("orders", " checked") && !tick("inventory", " checked"));
    let orders = by_name("orders").unwrap();
    assert!(shown.contains(orders.reads) && shown.contains(&orders.role()));
    assert!(shown.contains("Fetch the ticked ones"));
    let viewed = house.signed_in_as("reader", "main", Role::Viewer).await.get(&page).await.body;
    assert!(!viewed.contains("Fetch the ticked ones"), "a viewer chooses nothing");
}

#[tokio::test]
async fn a_choice_made_while_the_grant_is_gone_holds_from_the_next_grant_on() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    browser.press(&format!("/connections/{}/disconnect", connection.id), &[]).await;
    let ticked = [("domains", "inventory")];
    assert_eq!(browser.press(&address(&connection), &ticked).await.status, 303);
    assert!(going(&house).is_empty(), "there is nobody to fetch from");
    let consent = browser.restart(connection.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    assert_eq!(going(&house), ["inventory"]);
}
