//! What landed of the stock adds up to what Amazon's own report counts (L30).

use jiff::SignedDuration;
use sellerport_core::ports::Clock as _;
use sellerport_core::store::Stored as _;
use sellerport_core::stream::{Checking, Landed, Stream, Tally, Way};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, models};
use serde_json::{Value, json};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn stock(house: &House) -> Stream {
    house.stream_of(NORTHWIND, "inventory")
}

/// The checks of the stock, the newest first.
async fn checks(house: &House) -> Vec<Landed> {
    let rows = Landed::latest(&house.cloud, &stock(house), None, 100).await.unwrap();
    rows.into_iter().filter(|row| row.way == Way::Check).collect()
}

/// What Amazon has.
fn truth(house: &House) -> Tally {
    let mut tally = Tally::default();
    for one in house.world().truth(NORTHWIND, "inventory").unwrap() {
        tally.count(Some(&one.item["totalQuantity"].to_string()));
    }
    tally
}

async fn with_stock() -> House {
    let house = House::with(|options| {
        options.models = models();
        options.orders_per_day = Some(10.0);
    })
    .await;
    house.fetching(&["inventory"]).await;
    house.connected(NORTHWIND, "US").await;
    house
}

/// The complete list as if Amazon had left two things out of it.
fn lack(house: &House) {
    let key = stock(house).key();
    let mut rows = house.cloud.rows.borrow_mut();
    let listed = &mut rows.get_mut(&key).unwrap().document["check"]["listed"][0];
    for (name, less) in [("n", 2), ("u", 90)] {
        listed[name] = Value::from(listed[name].as_u64().unwrap() - less);
    }
}

#[tokio::test]
async fn l30_the_stock_that_landed_adds_up_to_amazons_own_report() {
    let house = with_stock().await;
    house.pass(HOUR).await;
    let found = checks(&house).await;
    let (listed, differ) = found[0].against.unwrap();
    println!("listed {listed:?}, reported {:?}, there {:?}", found[0].tally, truth(&house));
    assert!(found.len() == 1 && !differ);
    assert_eq!((listed.things, found[0].tally.things), (truth(&house).things, truth(&house).things));
    assert!(listed.things > 10 && listed.units > 100);
    // Counted, and not landed a second time.
    assert_eq!(found[0].records, 0);
    assert!(house.records().iter().all(|one| one["payload"]["sellerSku"].is_string()));
    assert_eq!((stock(&house).check.says, stock(&house).trouble.map(|trouble| trouble.says)), (None, None));
    // Once a week, as long as the two agree.
    house.pass(HOUR * 24 * 6).await;
    assert_eq!(checks(&house).await.len(), 1);
    // With the first complete list after it: every few days where little changes.
    house.pass(HOUR * 24 * 5).await;
    assert_eq!(checks(&house).await.len(), 2);
}

#[tokio::test]
async fn l30_a_list_that_lacks_stock_is_told_until_it_is_whole_again() {
    let house = with_stock().await;
    while stock(&house).check == Checking::default() {
        house.pass(HOUR / 60).await;
    }
    lack(&house);
    house.pass(HOUR).await;
    let found = checks(&house).await;
    let (listed, differ) = found[0].against.unwrap();
    assert!(differ && listed.things < found[0].tally.things, "{listed:?} {:?}", found[0].tally);
    assert_eq!(house.cloud.event_names().iter().filter(|name| **name == "records.differ").count(), 1);
    let mut browser = house.signed_in("owner", "main").await;
    let id = house.connection(NORTHWIND).id;
    let view = browser.get(&format!("/api/connections/{id}")).await.body;
    let view: Value = serde_json::from_str(&view).unwrap();
    let says = view["streams"][0]["differs"].as_str().unwrap().to_owned();
    assert!(says.contains(&format!("counts {} with {} units", found[0].tally.things, found[0].tally.units)));
    assert!(browser.get(&format!("/connections/{id}")).await.body.contains(&says));
    let landed = browser.get(&format!("/api/connections/{id}/landed/inventory")).await.body;
    let landed: Value = serde_json::from_str(&landed).unwrap();
    let check = landed["windows"].as_array().unwrap().iter().find(|window| window["way"] == "check").unwrap();
    assert_eq!(
        (&check["counted"]["differs"], &check["counted"]["listed"]["units"]),
        (&json!(true), &json!(listed.units))
    );
    let page = browser.get(&format!("/connections/{id}/landed/inventory")).await.body;
    assert!(page.contains("<strong>Differs</strong>: the complete list held"), "{page}");
    // The next whole pass follows within a day and a half.
    house.pass(HOUR * 38).await;
    assert_eq!(checks(&house).await[0].against.map(|(_, differ)| differ), Some(false));
    assert_eq!(stock(&house).check.says, None);
}

#[tokio::test]
async fn l30_a_report_that_cannot_be_had_holds_nothing_up() {
    for fault in [FaultKind::Fatal { explained: true }, FaultKind::Status { status: 403 }] {
        let house = House::with(|options| options.models = models()).await;
        house.world().set_fault(Fault::always("createReport", fault));
        house.fetching(&["inventory"]).await;
        house.connected(NORTHWIND, "US").await;
        house.pass(HOUR * 24 * 4).await;
        let stock = stock(&house);
        assert!(checks(&house).await.is_empty());
        assert!(stock.cursor.unwrap() > house.cloud.now() - HOUR * 13, "{:?}", stock.cursor);
        let sweeps = Landed::latest(&house.cloud, &stock, None, 100).await.unwrap();
        assert_eq!(sweeps.iter().filter(|row| row.way == Way::Sweep).count(), 2);
        assert!(house.world().calls_to("createReport") <= 8);
    }
}
