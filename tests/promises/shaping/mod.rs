//! What landed becomes tables (L54, L55, L60): exact, whole, the same when made twice, and within bounds.

mod parquet_files;
mod under_way;

use flate2::{Compression, write::GzEncoder};
use jiff::SignedDuration;
use parquet_files::{Cells, read};
use sellerport_core::ports::{Clock as _, Lake as _};
use sellerport_core::store::{TableName, Write as RowWrite, decode};
use sellerport_core::tables::agenda::{Shaping, mark};
use sellerport_core::tables::day::Day;
use sellerport_simulator::SimClock;
use sellerport_tables::{Done, shape_due};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::memory::Memory;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const FOLDER: &str = "records/domain=orders/tenant=main/connection=c1/date=2026-11-21/";
const TABLE: &str = "tables/orders/date=2026-11-21/tenant=main/connection=c1/";

/// A landed line: an order, its time of update, its status.
fn line(order: &str, minute: u32, status: &str) -> String {
    let at = format!("2026-11-21T09:{minute:02}:00Z");
    format!(
        r#"{{"tenant":"main","connection":"c1","seller":"S","marketplace":"M","domain":"orders","entity":"order","key":"{order}","updated_at":"{at}","fetched_at":"2026-11-21T10:00:00Z","operation":"searchOrders","request_id":"r","payload":{{"orderId":"{order}","lastUpdatedTime":"{at}","fulfillment":{{"fulfillmentStatus":"{status}"}},"proceeds":{{"grandTotal":{{"amount":"19.99","currencyCode":"EUR"}}}},"orderItems":[{{"orderItemId":"{order}-1","quantityOrdered":2}},{{"orderItemId":"{order}-2","quantityOrdered":"two"}}]}}}}"#
    )
}

fn zipped(text: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

/// Lands an object of these lines, as the fetcher does.
async fn land(cloud: &Memory, name: &str, lines: &[String]) {
    let key = format!("{FOLDER}{name}.ndjson.gz");
    mark(cloud, None, &key).await.unwrap();
    cloud.put(&key, zipped(&(lines.join("\n") + "\n"))).await.unwrap();
}

/// Shapes with enough time.
async fn shape(cloud: &Memory) -> Done {
    shape_due(cloud, cloud.now() + HOUR).await.unwrap()
}

/// Goes past the end of the day and of its spread.
fn two_days_later(clock: &SimClock) {
    clock.advance((HOUR * 48).unsigned_abs());
}

/// A lake with its clock.
fn lake() -> (Memory, SimClock) {
    let clock = SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap());
    (Memory::new(clock.clone()), clock)
}

/// All rows of a table.
fn rows(cloud: &Memory, table: &str) -> Vec<Cells> {
    let objects = cloud.objects.borrow();
    let files = objects.iter().filter(|(key, _)| key.starts_with(&format!("tables/{table}/")));
    files.flat_map(|(_, body)| read(body)).collect()
}

fn shapings(cloud: &Memory) -> Vec<Shaping> {
    let rows = cloud.table(TableName::Agenda).into_iter().filter(|row| row.key.sort == "SHAPE");
    rows.map(|row| decode(row).unwrap().value).collect()
}

fn files(cloud: &Memory) -> BTreeMap<String, Vec<u8>> {
    let objects = cloud.objects.borrow();
    let tables = objects.iter().filter(|(key, _)| key.starts_with("tables/"));
    tables.map(|(key, body)| (key.clone(), body.clone())).collect()
}

#[tokio::test]
async fn a_day_becomes_rows_with_exact_amounts_that_a_reader_reads_back() {
    let (cloud, clock) = lake();
    land(&cloud, "a", &[line("1", 1, "PENDING"), line("2", 2, "SHIPPED")]).await;
    two_days_later(&clock);
    let done = shape(&cloud).await;
    assert_eq!((done.days, done.files, done.rows, done.misfits), (1, 2, 6, 2));
    let orders = rows(&cloud, "orders");
    assert_eq!(orders.len(), 2);
    assert_eq!(orders[0]["order_id"], "1");
    assert_eq!(orders[0]["total"], "19.9900");
    assert_eq!(orders[0]["total_currency"], "EUR");
    assert_eq!(orders[1]["status"], "SHIPPED");
    assert_eq!(orders[1]["last_updated_time"], "2026-11-21T09:02:00Z");
    assert_eq!(orders[1]["object"], format!("{}a.ndjson.gz", FOLDER.strip_prefix("records/").unwrap()));
    assert_eq!(orders[1]["line"], "2");
    assert!(!orders[0].contains_key("created_time"), "what Amazon left out is empty");
    let items = rows(&cloud, "order_items");
    let of =
        |name: &str| items.iter().map(|row| row.get(name).map_or("", String::as_str)).collect::<Vec<_>>();
    assert_eq!(of("order_item_id"), ["1-1", "1-2", "2-1", "2-2"]);
    assert_eq!(of("quantity_ordered"), ["2", "", "2", ""], "what does not fit is empty, its row is there");
    assert!(items[1]["payload"].contains(r#""quantityOrdered":"two""#), "and its text is in the payload");
}

#[tokio::test]
async fn a_day_is_shaped_once_it_is_over_and_costs_nothing_where_nothing_landed() {
    let (cloud, clock) = lake();
    assert_eq!(shape(&cloud).await, Done::default());
    land(&cloud, "a", &[line("1", 1, "PENDING")]).await;
    clock.advance((HOUR * 38).unsigned_abs());
    assert_eq!(shape(&cloud).await, Done::default(), "a pass of that day may still land");
    clock.advance((HOUR * 10).unsigned_abs());
    assert_eq!(shape(&cloud).await.days, 1);
    assert_eq!(shape(&cloud).await, Done::default(), "it is done");
    assert!(shapings(&cloud)[0].due_at.is_none());
}

#[tokio::test]
async fn shaping_a_day_again_writes_the_same_bytes_under_the_same_keys() {
    let (cloud, clock) = lake();
    for name in ["b", "a", "c", "e", "d"] {
        land(&cloud, name, &[line(name, 1, "PENDING")]).await;
        clock.advance((HOUR / 60).unsigned_abs());
    }
    two_days_later(&clock);
    shape(&cloud).await;
    let first = files(&cloud);
    assert_eq!(first.len(), 2);
    // A late page comes, and with it the whole day again.
    land(&cloud, "a", &[line("a", 1, "PENDING")]).await;
    two_days_later(&clock);
    shape(&cloud).await;
    let orders = |files: &BTreeMap<String, Vec<u8>>| {
        let rows = files.iter().filter(|(key, _)| key.starts_with(TABLE)).flat_map(|(_, body)| read(body));
        rows.map(|row| row["order_id"].clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(orders(&files(&cloud)), orders(&first));
    // Without a new object not a byte changes.
    let second = files(&cloud);
    mark(&cloud, None, &format!("{FOLDER}a.ndjson.gz")).await.unwrap();
    clock.advance(HOUR.unsigned_abs());
    assert_eq!(shape(&cloud).await.days, 1);
    assert_eq!(files(&cloud), second);
}

#[tokio::test]
async fn what_comes_twice_is_one_row_and_what_comes_back_is_the_newest() {
    let (cloud, clock) = lake();
    for (name, status) in [("3", "PENDING"), ("1", "PENDING"), ("2", "SHIPPED"), ("0", "PENDING")] {
        land(&cloud, name, &[line("1", 1, status), line("2", 1, "PENDING")]).await;
        clock.advance((HOUR / 60).unsigned_abs());
    }
    two_days_later(&clock);
    assert_eq!(shape(&cloud).await.repeated, 4);
    let statuses: Vec<_> = rows(&cloud, "orders")
        .into_iter()
        .map(|row| (row["order_id"].clone(), row["status"].clone()))
        .collect();
    let of = |order: &str, status: &str| (order.to_owned(), status.to_owned());
    // In the order of landing, not of names.
    assert_eq!(statuses, [of("1", "PENDING"), of("2", "PENDING"), of("1", "SHIPPED"), of("1", "PENDING")]);
}

#[tokio::test]
async fn l55_a_bad_line_and_a_bad_object_lose_nothing_beside_them() {
    let (cloud, clock) = lake();
    land(
        &cloud,
        "a",
        &[line("1", 1, "PENDING"), "{\"tenant\":".into(), String::new(), line("2", 1, "PENDING")],
    )
    .await;
    land(&cloud, "c", &[line("4", 1, "PENDING")]).await;
    let whole = zipped(&(line("3", 1, "PENDING") + "\n"));
    cloud.put(&format!("{FOLDER}b.ndjson.gz"), whole[..whole.len() - 4].to_vec()).await.unwrap();
    cloud.put(&format!("{FOLDER}other.txt"), b"somebody's note".to_vec()).await.unwrap();
    two_days_later(&clock);
    let done = shape(&cloud).await;
    assert_eq!((done.days, done.unreadable, done.broken), (1, 1, 1));
    let mut orders: Vec<_> = rows(&cloud, "orders").into_iter().map(|row| row["order_id"].clone()).collect();
    orders.sort();
    assert_eq!(orders, ["1", "2", "3", "4"], "a cut-off object gives what can be read of it");
    let second = rows(&cloud, "orders").into_iter().find(|row| row["order_id"] == "2").unwrap();
    assert_eq!(second["line"], "4", "lines are counted as they stand in the object");
}

#[tokio::test]
async fn the_orders_of_a_seller_are_all_in_the_tables_and_are_erased_with_his_records() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(HOUR * 2).await;
    let landed = house.landed(NORTHWIND);
    assert!(landed.len() > 100);
    house.advance(HOUR * 54);
    let done = shape(&house.cloud).await;
    assert!(done.days > 0 && done.failed == 0 && done.misfits == 0, "{done:?}");
    let in_tables: BTreeSet<_> =
        rows(&house.cloud, "orders").into_iter().map(|row| row["order_id"].clone()).collect();
    assert_eq!(in_tables, landed.keys().cloned().collect());
    let items = rows(&house.cloud, "order_items");
    assert!(
        items.iter().all(|row| row.contains_key("sku") && row.contains_key("unit_price")),
        "{:?}",
        items[0]
    );

    let connection = house.connection(NORTHWIND);
    let mut browser = house.signed_in("owner", "main").await;
    browser.press(&format!("/connections/{}/disconnect", connection.id), &[]).await;
    house.advance(HOUR * 24 * 30);
    let until = house.cloud.now() + HOUR;
    sellerport_core::erase::erase_due(&house.cloud, until).await.unwrap();
    let left: Vec<_> = house.cloud.objects.borrow().keys().cloned().collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(house.connection(NORTHWIND).erased_at.is_some());
}

#[test]
fn a_days_row_survives_its_journey() {
    let day = Day::of_object(&format!("{FOLDER}a.ndjson.gz")).unwrap();
    let shaping: Shaping = serde_json::from_value(serde_json::json!({
        "tenant": "main", "connection": "c1", "domain": "orders", "date": "2026-11-21",
        "due_at": null, "parts": 0, "before": 2,
    }))
    .unwrap();
    assert_eq!((&shaping.day, shaping.before), (&day, 2));
    let RowWrite::Put(row, _) = RowWrite::insert(&shaping).unwrap() else { panic!("no row") };
    assert_eq!(decode::<Shaping>(row).unwrap().value, shaping);
}
