//! The cheaper way is chosen by volume, as figures: sellers of 10 to 200,000 orders a day, each of which changes three
//! times, on virtual time. What is measured is a stretch of the steady state, after the history has landed: days for
//! small sellers, two or three hours for those whose hours are alike. Notifications come at once here; Amazon's own way to the
//! queue is not in the figures, nor is the time of calls.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::Clock as _;
use sellerport_simulator::Seller;
use sellerport_tests::house::House;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const SELLER: &str = "A2VOLUME00001US";

/// He sold for so long before he connects: everything that happens to an order happens by then.
const BEFORE: SignedDuration = SignedDuration::from_mins(75);
/// A smaller one for longer, so that the day before tells how much he sells.
const LONG_BEFORE: SignedDuration = SignedDuration::from_hours(26);

/// A paced seller's order changes no more so long after it was placed.
const LIFE: SignedDuration = SignedDuration::from_mins(70);

/// His history has landed within so much time.
const SETTLED: SignedDuration = SignedDuration::from_hours(12);

/// One measured stretch.
struct Measured {
    by: String,
    because: String,
    /// Calls a day by operation.
    calls: BTreeMap<String, u64>,
    /// From the change to its landing.
    p50: SignedDuration,
    p95: SignedDuration,
    worst: SignedDuration,
}

impl Measured {
    fn calls_a_day(&self) -> u64 {
        self.calls.values().sum()
    }
}

async fn view(house: &House) -> Value {
    let id = house.connection(SELLER).id;
    let mut owner = house.signed_in("owner", "main").await;
    let response = owner.get(&format!("/api/connections/{id}")).await;
    let view: Value = serde_json::from_str(&response.body).unwrap();
    let page = owner.get(&format!("/connections/{id}")).await;
    let because = view["streams"][0]["fetched_because"].as_str().unwrap();
    assert!(page.body.contains(because), "the page says the same");
    view
}

/// When each version of each order first landed.
fn landings(house: &House) -> HashMap<String, Vec<(Timestamp, Timestamp)>> {
    let mut landings: HashMap<String, Vec<(Timestamp, Timestamp)>> = HashMap::new();
    for record in house.records() {
        let payload = &record["payload"];
        let order = payload["orderId"].as_str().or(payload["amazon-order-id"].as_str()).unwrap();
        let moment = |name: &str| record[name].as_str().unwrap().parse::<Timestamp>().unwrap();
        landings.entry(order.to_owned()).or_default().push((moment("updated_at"), moment("fetched_at")));
    }
    landings
}

/// A seller of so many orders a day, with or without notifications, for so long.
async fn measure(orders: u32, told: bool, stretch: SignedDuration) -> Measured {
    let house = House::start().await;
    house.world().add_seller(Seller::paced(SELLER, "Volume", &["US"], orders));
    house.advance(if orders <= 1_000 { LONG_BEFORE } else { BEFORE });
    house.connected(SELLER, "US").await;
    let connected = house.cloud.now();
    while !house.stream(SELLER).history.is_empty() || house.stream(SELLER).cursor.is_none() {
        house.pass(MINUTE * 10).await;
        assert!(house.cloud.now() < connected + SETTLED, "{:?}", house.stream(SELLER));
    }
    house.listening.set(told);
    // Subscriptions are made within five minutes.
    house.pass(MINUTE * 20).await;
    let from = house.cloud.now();
    house.cloud.objects.borrow_mut().clear();
    house.pass(stretch).await;
    let (upto, view) = (house.cloud.now(), view(&house).await);
    // What changed at the end lands a little later.
    while house.stream(SELLER).cursor < Some(upto) {
        house.pass(MINUTE * 10).await;
    }
    let asked = house.world().asked();
    let theirs = asked.iter().filter(|asked| asked.seller.as_deref() == Some(SELLER));
    assert_eq!(theirs.clone().filter(|asked| asked.status == 429).count(), 0, "never above Amazon's limit");
    let days = upto.duration_since(from).as_secs_f64() / 86_400.0;
    let mut calls: BTreeMap<String, u64> = BTreeMap::new();
    for one in theirs.filter(|asked| asked.time >= from && asked.time < upto) {
        *calls.entry(one.operation.clone()).or_default() += 1;
    }
    // Tokens and downloads are not of the API's limits.
    calls.retain(|operation, _| !["lwa", "document"].contains(&operation.as_str()));
    calls.values_mut().for_each(|count| *count = (*count as f64 / days).round() as u64);
    let landings = landings(&house);
    // One that changed once more before it was read lands with that change.
    let changes = house.world().changes_of(SELLER, (from, upto - LIFE));
    assert!(!changes.is_empty());
    let mut waits: Vec<SignedDuration> = Vec::new();
    for change in &changes {
        let known = landings.get(&change.order_id).into_iter().flatten();
        let shown = known.filter(|(updated, _)| *updated >= change.updated).map(|(_, landed)| *landed).min();
        let landed = shown.unwrap_or_else(|| panic!("{} of {} is lost", change.order_id, change.updated));
        waits.push(landed.duration_since(change.updated));
    }
    waits.sort();
    let part = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize];
    let stream = &view["streams"][0];
    let measured = Measured {
        by: stream["fetched_by"].as_str().unwrap().to_owned(),
        because: stream["fetched_because"].as_str().unwrap().to_owned(),
        calls,
        p50: part(0.5),
        p95: part(0.95),
        worst: part(1.0),
    };
    let minutes = |wait: SignedDuration| wait.as_secs_f64() / 60.0;
    println!(
        "| {orders} | {} | {} | {:.1} | {:.1} | {:.1} | {} | {} |",
        if told { "yes" } else { "no" },
        measured.by,
        minutes(measured.p50),
        minutes(measured.p95),
        minutes(measured.worst),
        measured.calls_a_day(),
        measured.calls.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", "),
    );
    println!("  {} changes in {:.1} h; {}", changes.len(), days * 24.0, measured.because);
    measured
}

#[tokio::test]
async fn a_seller_of_10_orders_a_day_is_polled_or_read_singly_within_two_minutes_of_each_notification() {
    let polled = measure(10, false, HOUR * 24 * 4).await;
    assert_eq!(polled.by, "pages");
    assert!(polled.p95 <= HOUR * 4 + MINUTE * 5, "{}", polled.p95);
    // An order that changes again while it is asked for is in the next window.
    assert!(polled.worst <= HOUR * 4 + LIFE, "{}", polled.worst);
    assert!(polled.calls_a_day() <= 15, "{:?}", polled.calls);
    let told = measure(10, true, HOUR * 24 * 4).await;
    assert_eq!(told.by, "pages");
    assert!(told.because.contains("single reads on notification: "), "{}", told.because);
    assert!(told.p95 <= MINUTE * 2, "{}", told.p95);
    assert!(told.calls["getOrder"] >= 20 && told.calls_a_day() <= 50, "{:?}", told.calls);
}

#[tokio::test]
async fn a_seller_of_1_000_orders_a_day_is_fetched_by_pages_and_hints_bring_them_forward() {
    let polled = measure(1_000, false, HOUR * 24).await;
    assert_eq!(polled.by, "pages");
    assert!(polled.p95 <= MINUTE * 20, "{}", polled.p95);
    // The look back once a day takes 20 to 30 of them.
    assert!(polled.calls_a_day() <= 130, "{:?}", polled.calls);
    let told = measure(1_000, true, HOUR * 24).await;
    assert_eq!(told.by, "pages");
    assert!(!told.calls.contains_key("getOrder"), "a page costs less: {:?}", told.calls);
    assert!(told.p95 <= MINUTE * 10 && told.p95 < polled.p95, "{}", told.p95);
    // One in each gap of five minutes, and the look back.
    assert!(told.calls_a_day() <= 330, "{:?}", told.calls);
}

/// Both sides of a large seller.
async fn by_report(orders: u32, stretch: SignedDuration) {
    for told in [false, true] {
        let measured = measure(orders, told, stretch).await;
        assert_eq!(measured.by, "report", "{}", measured.because);
        assert!(measured.because.ends_with("more than 1,400"), "{}", measured.because);
        assert!(!measured.calls.contains_key("searchOrders"), "{:?}", measured.calls);
        assert!(!measured.calls.contains_key("getOrder"), "{:?}", measured.calls);
        // Half of it where Amazon tells of changes, for twice the calls; the buckets of reports give 1,440 of each.
        let (fresh, calls) = if told { (MINUTE * 20, 1_000) } else { (MINUTE * 30, 450) };
        assert!(measured.p95 <= fresh && measured.worst <= HOUR, "{} {}", measured.p95, measured.worst);
        assert!(measured.calls_a_day() <= calls, "{:?}", measured.calls);
    }
}

#[tokio::test]
async fn a_seller_of_50_000_orders_a_day_is_fetched_by_report_here_for_three_hours() {
    by_report(50_000, HOUR * 3).await;
}

#[tokio::test]
async fn a_seller_of_200_000_orders_a_day_is_fetched_by_report_here_for_two_hours() {
    by_report(200_000, HOUR * 2).await;
}
