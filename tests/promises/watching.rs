//! Whoever watches sees how the data flows, how far it is behind, and what is left of Amazon's quotas: for his
//! own accounts, and in figures that name nobody.

use jiff::SignedDuration;
use sellerport_core::brake;
use sellerport_core::catalogue::{CREATE_FEED, GET_FEED, Operation, SEARCH_ORDERS};
use sellerport_core::ids::{ApplicationSlug, SellerId};
use sellerport_core::marketplaces::Region;
use sellerport_core::measure::Measure;
use sellerport_core::ports::Clock as _;
use sellerport_core::quota::{self, Budget, FEW, Payer};
use sellerport_core::schedule::dispatch;
use sellerport_core::session::Role;
use sellerport_core::store::TableName;
use sellerport_simulator::{Fault, FaultKind, Seller, SimClock};
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};
use sellerport_tests::memory::Memory;
use serde_json::Value;
use std::collections::BTreeSet;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn page(browser: &mut Browser<'_>, id: &str) -> String {
    let response = browser.get(&format!("/connections/{id}")).await;
    assert_eq!(response.status, 200, "{}", response.body);
    response.body
}

async fn json(browser: &mut Browser<'_>, address: &str) -> Value {
    let response = browser.get(address).await;
    assert_eq!(response.status, 200, "{}", response.body);
    serde_json::from_str(&response.body).unwrap()
}

fn memory(at: &str) -> (Memory, SimClock) {
    let clock = SimClock::fixed(at.parse().unwrap());
    (Memory::new(clock.clone()), clock)
}

fn payer(application: &str, seller: &str) -> Payer {
    Payer {
        application: ApplicationSlug::parse(application).unwrap(),
        seller: SellerId::parse(seller).unwrap(),
        region: Region::Na,
    }
}

#[tokio::test]
async fn a_stream_is_not_up_to_date_before_its_first_run() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    let mut owner = house.signed_in("owner", "main").await;
    dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    let view = json(&mut owner, &format!("/api/connections/{id}")).await;
    assert_eq!((&view["streams"][0]["state"], &view["streams"][0]["records"]), (&"due".into(), &0.into()));
}

#[tokio::test]
async fn the_page_shows_what_landed_how_far_it_is_behind_and_what_the_quota_leaves() {
    let house = House::with(|options| options.orders_per_day = Some(2400.0)).await;
    // More pages than Amazon gives calls at once: the history takes a while.
    house.world().add_seller(Seller::new("A2LARGE", "Large", &["US"], 3_000));
    let id = house.connected("A2LARGE", "US").await.id;
    house.pass(MINUTE * 20).await;
    let mut owner = house.signed_in("owner", "main").await;
    let shown = page(&mut owner, id.as_str()).await;
    let view = json(&mut owner, &format!("/api/connections/{id}")).await;
    let stream = &view["streams"][0];
    let (from, percent) = (stream["complete_from"].as_str().unwrap(), &stream["history_percent"]);
    assert!(shown.contains(&format!("back to {}, {percent} %", &from[..10])), "{shown}");
    assert!(shown.contains(&format!("max=\"100\" value=\"{percent}\"")), "the backlog as a bar");
    let often = match stream["cadence_minutes"].as_i64().unwrap() {
        120 => "every 2 hours".to_owned(),
        minutes => format!("every {minutes} minutes"),
    };
    assert!(shown.contains(&often), "how often: {shown}");
    assert!(shown.contains("Behind: ") && shown.contains(" minute"), "how far behind: {shown}");
    assert!(shown.contains("<h2>Flow</h2>") && shown.contains("<h2>Budget</h2>"));
    assert!(shown.matches("<svg class=\"chart\" role=\"img\" aria-label=\"").count() == 2, "each with words");
    assert!(shown.contains("class=\"bar\"") && shown.contains("class=\"line\""), "both are drawn");
    assert!(!shown.contains("style=") && !shown.contains("<style"), "the browser would ignore it");
    let budget = &view["budget"];
    let orders =
        budget.as_array().unwrap().iter().find(|one| one["operation"] == "searchOrders@orders/2026-01-01");
    let orders = orders.unwrap_or_else(|| panic!("{budget}"));
    assert_eq!(
        (&orders["burst"], &orders["learned"]),
        (&Value::from(SEARCH_ORDERS.burst), &Value::from(false))
    );
    let (reserved, made) = (orders["calls"].as_u64().unwrap(), stream["calls"].as_u64().unwrap());
    assert!((made..=made + 1).contains(&reserved), "none is forgotten, and one may be reserved for later");
    assert!(shown.contains(&format!("{} of {}", orders["left"], orders["burst"])), "{shown}");
    assert!(shown.contains("one every 179 s"), "{shown}");
    assert!(shown.contains("Quota left"));
}

#[tokio::test]
async fn when_all_has_landed_the_page_says_so_and_a_quiet_account_is_asked_less_often() {
    let house = House::with(|options| options.orders_per_day = Some(0.0)).await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 60 * 20).await;
    let mut owner = house.signed_in("owner", "main").await;
    let shown = page(&mut owner, id.as_str()).await;
    assert!(shown.contains("all that Amazon keeps"), "{shown}");
    assert!(shown.contains("every 4 hours: little changes"), "{shown}");
}

#[tokio::test]
async fn a_viewer_sees_flow_and_budget_and_another_tenant_sees_neither() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 2).await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let shown = page(&mut viewer, id.as_str()).await;
    assert!(shown.contains("id=\"flow\"") && shown.contains("data-bucket=\"searchOrders\""), "{shown}");
    let mut stranger = house.signed_in("stranger", "other").await;
    for address in [format!("/connections/{id}"), format!("/api/connections/{id}")] {
        let response = stranger.get(&address).await;
        assert_eq!(response.status, 404);
        assert!(!response.body.contains("searchOrders"), "{}", response.body);
    }
}

#[tokio::test]
async fn whoever_held_an_account_before_does_not_see_what_is_called_for_its_holder_now() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await.id;
    let mut owner = house.signed_in("owner", "main").await;
    house.pass(MINUTE * 2).await;
    owner.press(&format!("/connections/{before}/disconnect"), &[]).await;
    let mut other = house.signed_in("stranger", "other").await;
    assert_eq!(other.connect(NORTHWIND, "US").await.status, 303);
    house.pass(MINUTE * 2).await;
    let view = json(&mut owner, &format!("/api/connections/{before}")).await;
    assert_eq!(view["budget"], Value::Array(Vec::new()));
    assert!(!page(&mut owner, before.as_str()).await.contains("data-bucket"));
    let theirs =
        json(&mut other, "/api/connections").await["connections"][0]["id"].as_str().unwrap().to_owned();
    let theirs = json(&mut other, &format!("/api/connections/{theirs}")).await;
    assert!(!theirs["budget"].as_array().unwrap().is_empty(), "the control: {theirs}");
}

#[tokio::test]
async fn a_list_of_connections_reads_no_budgets() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 2).await;
    let mut owner = house.signed_in("owner", "main").await;
    let list = json(&mut owner, "/api/connections").await;
    assert!(list["connections"][0].get("budget").is_none(), "{list}");
}

#[tokio::test]
async fn after_429s_the_budget_is_learned_and_the_page_says_it_in_words() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 120).await;
    let mut owner = house.signed_in("owner", "main").await;
    let note = "Amazon refused calls, so less is used than it publishes.";
    assert!(!page(&mut owner, id.as_str()).await.contains(note));
    house.world().set_fault(Fault::next(2, "searchOrders", FaultKind::Status { status: 429 }));
    house.pass(MINUTE * 300).await;
    let mut owner = house.signed_in("owner", "main").await;
    let shown = page(&mut owner, id.as_str()).await;
    assert!(shown.contains(note), "{shown}");
    let view = json(&mut owner, &format!("/api/connections/{id}")).await;
    let orders = view["budget"].as_array().unwrap().iter().find(|one| one["throttled"] == 2);
    let orders = orders.unwrap_or_else(|| panic!("{}", view["budget"]));
    assert_eq!(orders["learned"], true);
    assert_eq!(orders["throttled"], view["streams"][0]["throttled"]);
}

async fn call(cloud: &Memory, payer: &Payer, operation: &Operation, times: usize) {
    for _ in 0..times {
        quota::reserve(cloud, payer, operation, 1).await.unwrap();
    }
}

async fn budget(cloud: &Memory, payer: &Payer, operation: &Operation) -> Budget {
    let all = quota::budgets(cloud, payer, cloud.now()).await.unwrap();
    all.into_iter().find(|one| one.operation.starts_with(operation.name)).unwrap()
}

#[tokio::test]
async fn the_usage_of_a_month_sums_over_days_and_buckets_and_ignores_other_months() {
    let (cloud, clock) = memory("2026-10-30T12:00:00Z");
    let (one, two) = (payer("main", "A2ONE"), payer("main", "A2TWO"));
    let elsewhere = payer("beta", "A2ONE");
    let main = &one.application;
    // October: three that must not count for November.
    call(&cloud, &one, &SEARCH_ORDERS, 3).await;
    let many = |times: usize| times * usize::try_from(FEW).unwrap();
    clock.advance((DAY * 3).unsigned_abs());
    // November, the 2nd, 3rd and 4th.
    for _ in 0..3 {
        call(&cloud, &one, &SEARCH_ORDERS, many(2)).await;
        call(&cloud, &one, &GET_FEED, many(1)).await;
        call(&cloud, &two, &SEARCH_ORDERS, many(4)).await;
        call(&cloud, &elsewhere, &SEARCH_ORDERS, many(5)).await;
        clock.advance(DAY.unsigned_abs());
    }
    assert_eq!(
        quota::gets_of(&cloud, main, "2026-11").await.unwrap(),
        2 * 7 * FEW,
        "the last day is not counted yet"
    );
    for payer in [&one, &two, &elsewhere] {
        call(&cloud, payer, &SEARCH_ORDERS, 1).await;
    }
    call(&cloud, &one, &GET_FEED, 1).await;
    assert_eq!(quota::gets_of(&cloud, main, "2026-11").await.unwrap(), 3 * 7 * FEW, "now it is");
    assert_eq!(quota::gets_of(&cloud, main, "2026-10").await.unwrap(), 3);
    assert_eq!(quota::gets_of(&cloud, main, "2026-12").await.unwrap(), 0);
    assert_eq!(quota::gets_of(&cloud, &elsewhere.application, "2026-11").await.unwrap(), 15 * FEW);
    assert_eq!(
        budget(&cloud, &one, &SEARCH_ORDERS).await.calls,
        3 * 2 * FEW + 1,
        "a bucket counts its month, today included"
    );
    clock.advance((DAY * 30).unsigned_abs());
    assert_eq!(budget(&cloud, &one, &SEARCH_ORDERS).await.calls, 0, "another month");
}

#[tokio::test]
async fn the_page_of_applications_sets_get_calls_beside_the_tariff_that_nobody_pays() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 10).await;
    // More than a few, so that the day is counted soon after its end.
    let northwind = payer("main", NORTHWIND);
    call(&house.cloud, &northwind, &GET_FEED, usize::try_from(FEW).unwrap()).await;
    house.advance(DAY);
    house.pass(MINUTE * 30).await;
    call(&house.cloud, &northwind, &GET_FEED, 1).await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let view = json(&mut viewer, "/api/applications").await;
    let usage = &view["applications"][0]["usage"];
    let asked = house.world().asked();
    let yesterday =
        asked.iter().filter(|one| one.time < house.cloud.now() - MINUTE * 60 && one.status == 200);
    assert!(usage["gets"].as_u64().unwrap() >= FEW, "{usage}");
    assert!(usage["gets"].as_u64().unwrap() <= FEW + yesterday.count() as u64, "{usage}");
    assert_eq!((&usage["month"], &usage["announced_tier"]), (&Value::from("2026-11"), &Value::from("Basic")));
    let page = viewer.get("/applications").await.body;
    assert!(page.contains("Amazon charges nothing for calls at present."), "{page}");
    assert!(
        page.contains("the tier Basic so far") && page.contains("the latest of each account not yet counted"),
        "{page}"
    );
    let mut stranger = house.signed_in("stranger", "other").await;
    assert_eq!(stranger.get("/api/applications").await.status, 403);
}

#[test]
fn each_number_of_calls_has_its_tier_and_the_largest_an_end() {
    let tier = |gets| quota::tier_of(gets).map(|(name, ..)| name);
    assert_eq!(
        [0, 2_500_000, 2_500_001, 25_000_000, 250_000_000].map(tier).map(Option::unwrap),
        ["Basic", "Basic", "Pro", "Pro", "Plus"]
    );
    assert_eq!(tier(250_000_001), None);
}

#[tokio::test]
async fn what_is_measured_names_ids_and_nothing_that_a_seller_sold() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    house.connected(NORTHWIND, "US").await;
    house.connected(RHEINHAUS, "DE").await;
    house.pass(MINUTE * 60).await;
    let measures = house.cloud.measures.borrow();
    assert!(measures.iter().any(|one| matches!(one, Measure::Call(_))), "calls are measured");
    assert!(measures.iter().any(|one| matches!(one, Measure::Stream(_))), "streams are measured");
    let orders: BTreeSet<String> =
        [NORTHWIND, RHEINHAUS].iter().flat_map(|seller| house.landed(seller).into_keys()).collect();
    assert!(orders.len() > 1000);
    let tokens = house.cloud.ciphertexts().len();
    assert!(tokens > 0);
    for measure in measures.iter() {
        let line = format!("{measure:?}");
        for hidden in [NORTHWIND, RHEINHAUS, "Atza|", "Atzr|", "http", "?", "createdAfter", "@"] {
            assert!(!line.contains(hidden), "{hidden} in {line}");
        }
        assert!(!orders.iter().any(|order| line.contains(order)), "an order in {line}");
    }
}

#[tokio::test]
async fn the_description_of_the_api_names_each_field_of_connections_streams_budgets_and_applications() {
    let house = House::start().await;
    let id = house.connected(NORTHWIND, "US").await.id;
    house.pass(MINUTE * 2).await;
    let mut owner = house.signed_in("owner", "main").await;
    let openapi = json(&mut owner, "/api/openapi.json").await;
    let connection = json(&mut owner, &format!("/api/connections/{id}")).await;
    let applications = json(&mut owner, "/api/applications").await;
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    for (schema, value) in [
        ("Connection", &connection),
        ("Stream", &connection["streams"][0]),
        ("Call", &connection["streams"][0]["recent_calls"][0]),
        ("Budget", &connection["budget"][0]),
        ("Application", &applications["applications"][0]),
    ] {
        assert_eq!(keys(&openapi["components"]["schemas"][schema]["properties"]), keys(value), "{schema}");
    }
}

#[tokio::test]
async fn an_incident_is_told_once_in_the_doctor_and_on_the_bus_and_ends_by_itself() {
    let house = House::start().await;
    for n in 0..brake::FEWEST + 2 {
        let seller = format!("A2SELLER{n}");
        house.world().add_seller(Seller::new(&seller, "Small", &["US"], 5));
        house.connected(&seller, "US").await;
    }
    house.pass(MINUTE * 2).await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let quiet = "Amazon refuses no operation for many accounts.";
    assert!(viewer.get("/doctor").await.body.contains(quiet));
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Status { status: 503 }));
    // Quiet accounts are asked once in four hours.
    house.pass(MINUTE * 270).await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let page = viewer.get("/doctor").await.body;
    assert!(page.contains("Amazon refuses searchOrders (na) for many accounts since"), "{page}");
    assert!(page.contains("One of them is asked each minute; nothing needs to be done."), "{page}");
    assert!(page.contains("/doctor#E_SETUP_INCIDENT\"") && !page.contains(quiet), "{page}");
    assert!(!page.contains("/doctor#E_SETUP_INCIDENT_LASTING\""), "{page}");
    house.pass(DAY).await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let page = viewer.get("/doctor").await.body;
    assert!(page.contains("/doctor#E_SETUP_INCIDENT_LASTING\""), "{page}");
    assert!(page.contains("It needs the role &quot;Inventory and Order Tracking&quot;."), "{page}");
    house.world().clear_faults();
    house.pass(MINUTE * 20).await;
    assert!(viewer.get("/doctor").await.body.contains(quiet));
    let told = |name: &str| house.cloud.event_names().into_iter().filter(|one| *one == name).count();
    assert_eq!((told("application.calls_failing"), told("application.calls_recovered")), (1, 1));
    let left = house
        .cloud
        .table(TableName::Agenda)
        .into_iter()
        .filter(|row| row.key.partition.starts_with("EVENT#"));
    assert_eq!(left.count(), 0, "what was published is struck off");
}

/// Feeds are no GET calls where they are written, and GET ones where they are read: the tariff counts the latter.
#[tokio::test]
async fn only_get_calls_count_for_the_tariff() {
    let (cloud, clock) = memory("2026-11-02T12:00:00Z");
    let one = payer("main", "A2ONE");
    call(&cloud, &one, &GET_FEED, 2).await;
    call(&cloud, &one, &CREATE_FEED, 3).await;
    clock.advance((DAY * 30).unsigned_abs());
    call(&cloud, &one, &GET_FEED, 1).await;
    call(&cloud, &one, &CREATE_FEED, 1).await;
    assert_eq!(quota::gets_of(&cloud, &one.application, "2026-11").await.unwrap(), 2);
}

#[tokio::test]
async fn few_get_calls_wait_for_others_and_none_is_lost_with_the_month() {
    let (cloud, clock) = memory("2026-11-02T12:00:00Z");
    let one = payer("main", "A2ONE");
    let few = usize::try_from(FEW).unwrap() - 1;
    let mut sums = Vec::new();
    for calls in [few, 1, 1, 7] {
        call(&cloud, &one, &GET_FEED, calls).await;
        clock.advance(DAY.unsigned_abs());
        sums.push(quota::gets_of(&cloud, &one.application, "2026-11").await.unwrap());
    }
    // The third day's first call finds enough of them.
    assert_eq!(sums, [0, 0, FEW, FEW]);
    clock.advance((DAY * 30).unsigned_abs());
    call(&cloud, &one, &GET_FEED, 1).await;
    assert_eq!(quota::gets_of(&cloud, &one.application, "2026-11").await.unwrap(), FEW + 8);
}
