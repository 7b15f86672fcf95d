//! What one operation or report says, another says too.

use std::collections::BTreeMap;
use std::time::Duration;

use sellerport_simulator::{Truth, World};
use serde_json::Value;

use crate::asking::{NORTHWIND, RHEINHAUS, open};
use crate::telling::truth;
use crate::walking::{SHIPMENTS, SUMMARIES, TRANSACTIONS, patiently, stock_of};

/// A row of a report by its columns.
type Row = BTreeMap<&'static str, String>;

/// The rows of a report of every store of an account.
fn report(
    world: &World,
    seller: &str,
    kind: &str,
    (from, until): (&str, &str),
    options: &[(&str, &str)],
) -> Vec<Row> {
    let stores = world.sellers().into_iter().find(|one| one.id == seller).unwrap().marketplaces;
    report_of(world, seller, kind, &stores, (from, until), options)
}

fn report_of(
    world: &World,
    seller: &str,
    kind: &str,
    stores: &[String],
    (from, until): (&str, &str),
    options: &[(&str, &str)],
) -> Vec<Row> {
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let window = (from.parse().unwrap(), until.parse().unwrap());
    let (columns, rows) = world.report_rows(seller, kind, stores, window, &options).unwrap();
    assert!(rows.iter().all(|row| row.len() == columns.len()));
    rows.into_iter().map(|row| columns.iter().copied().zip(row).collect()).collect()
}

/// Hundredths of a decimal amount of a currency that has them.
fn cents(text: &str) -> i64 {
    (text.parse::<f64>().unwrap() * 100.0).round() as i64
}

#[tokio::test]
async fn a_settlement_reports_rows_add_up_to_its_total_and_to_the_payout() {
    let amazon = open().await;
    let kind = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
    let rows = report(&amazon.world, RHEINHAUS, kind, ("2026-09-01T00:00:00Z", "2026-11-20T10:00:00Z"), &[]);
    let mut told: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in &rows {
        let sums = told.entry(row["settlement-id"].clone()).or_default();
        match row["total-amount"].as_str() {
            "" => sums.1 += cents(&row["amount"]),
            total => sums.0 = cents(total),
        }
    }
    let payouts = truth(&amazon, RHEINHAUS, "payouts");
    assert_eq!(told.len(), payouts.len());
    for payout in &payouts {
        let (total, sum) = told[&payout.key];
        assert_eq!(total, sum, "{}", payout.key);
        let paid = payout.item["amount"]["currencyAmount"].as_f64().unwrap();
        assert_eq!((paid * 100.0).round() as i64, total.max(0), "{}", payout.key);
    }
    let units: i64 = rows.iter().filter_map(|row| row["quantity-purchased"].parse::<i64>().ok()).sum();
    assert!(units > 100, "{units}");
}

#[tokio::test]
async fn the_ledger_adds_up_to_what_is_on_the_shelf() {
    let amazon = open().await;
    for seller in [NORTHWIND, RHEINHAUS] {
        for days in [0, 9, 30] {
            amazon.world.advance(Duration::from_secs(days * 86_400));
            let mut sums: BTreeMap<String, i64> = BTreeMap::new();
            for one in truth(&amazon, seller, "ledger") {
                let text = |name: &str| one.item[name].as_str().unwrap().to_owned();
                let store = text("Country");
                let sum = sums.entry(format!("{store}|{}", text("MSKU"))).or_default();
                *sum += text("Quantity").parse::<i64>().unwrap();
            }
            let stock = truth(&amazon, seller, "inventory");
            assert!(stock.len() >= 20);
            for one in &stock {
                let (store, sku) = one.key.split_once('|').unwrap();
                let country = sellerport_simulator::by_id(store).unwrap().country;
                let details = &one.item["inventoryDetails"];
                let number = |name: &str| details.pointer(name).and_then(Value::as_i64).unwrap();
                let on_the_way = number("/inboundWorkingQuantity")
                    + number("/inboundShippedQuantity")
                    + number("/inboundReceivingQuantity");
                let in_house = one.item["totalQuantity"].as_i64().unwrap() - on_the_way;
                assert_eq!(sums[&format!("{country}|{sku}")], in_house, "{}", one.key);
                assert!(number("/fulfillableQuantity") >= 0, "{}", one.item);
            }
        }
    }
}

#[tokio::test]
async fn each_day_of_the_ledgers_summary_begins_where_the_one_before_ended() {
    let amazon = open().await;
    let window = ("2026-10-25T00:00:00Z", "2026-11-15T00:00:00Z");
    let daily = [("aggregatedByTimePeriod", "DAILY")];
    let rows = report(&amazon.world, RHEINHAUS, "GET_LEDGER_SUMMARY_VIEW_DATA", window, &daily);
    let mut ends: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    let parts =
        ["Receipts", "Customer Shipments", "Customer Returns", "Vendor Returns", "Found", "Lost", "Damaged"];
    for row in &rows {
        let number = |name: &str| row[name].parse::<i64>().unwrap();
        let moved: i64 = parts.iter().map(|part| number(part)).sum();
        let (start, end) = (number("Starting Warehouse Balance"), number("Ending Warehouse Balance"));
        assert_eq!(start + moved, end, "{row:?}");
        let key = (row["Location"].clone(), row["MSKU"].clone(), row["Disposition"].clone());
        if let Some(before) = ends.insert(key, end) {
            assert_eq!(before, start, "{row:?}");
        }
    }
    assert!(rows.iter().any(|row| row["Lost"] != "0") && rows.iter().any(|row| row["Receipts"] != "0"));
}

#[tokio::test]
async fn an_inventory_report_says_what_the_operation_says() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let summaries = SUMMARIES.all(&amazon, "na", &stock_of("ATVPDKIKX0DER"), &token).await;
    let kind = "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA";
    let stores = ["ATVPDKIKX0DER".to_owned()];
    let window = ("2026-11-20T00:00:00Z", "2026-11-20T10:00:00Z");
    let rows = report_of(&amazon.world, NORTHWIND, kind, &stores, window, &[]);
    assert_eq!(rows.len(), summaries.len());
    for (row, summary) in rows.iter().zip(&summaries) {
        assert_eq!(row["sku"], summary["sellerSku"].as_str().unwrap());
        assert_eq!(row["afn-total-quantity"], summary["totalQuantity"].to_string());
        let fulfillable = summary["inventoryDetails"]["fulfillableQuantity"].to_string();
        assert_eq!(row["afn-fulfillable-quantity"], fulfillable);
    }
}

#[tokio::test]
async fn each_return_has_a_refund_and_each_refund_a_return() {
    let amazon = open().await;
    // A return of the last day may not be refunded yet.
    amazon.world.advance(Duration::from_secs(5 * 86_400));
    let refunds: BTreeMap<String, i64> = truth(&amazon, NORTHWIND, "finances")
        .into_iter()
        .filter(|one| one.item["transactionType"] == "Refund")
        .map(|one| {
            let order =
                one.item["relatedIdentifiers"][0]["relatedIdentifierValue"].as_str().unwrap().to_owned();
            let context = &one.item["items"][0]["contexts"][0];
            let key = format!("{order}|{}", context["sku"].as_str().unwrap());
            (key, context["quantityShipped"].as_i64().unwrap())
        })
        .collect();
    let returned = |domain: &str, names: [&str; 3], until: &str| -> BTreeMap<String, i64> {
        let all = truth(&amazon, NORTHWIND, domain).into_iter();
        all.filter(|one| until.is_empty() || one.updated.as_str() < until)
            .map(|one| {
                let text = |name: &str| one.item[name].as_str().unwrap().to_owned();
                (format!("{}|{}", text(names[0]), text(names[1])), text(names[2]).parse().unwrap())
            })
            .collect()
    };
    let by_amazon = returned("returns", ["order-id", "sku", "quantity"], "2026-11-23");
    let merchant = returned("mfnreturns", ["Order ID", "Merchant SKU", "Return quantity"], "");
    assert!(by_amazon.len() > 40 && merchant.len() > 30, "{} {}", by_amazon.len(), merchant.len());
    for (key, quantity) in &by_amazon {
        assert_eq!(refunds.get(key), Some(quantity), "{key}");
    }
    for key in refunds.keys() {
        let known = returned("returns", ["order-id", "sku", "quantity"], "").contains_key(key);
        assert!(known || merchant.contains_key(key), "{key}");
    }
}

#[tokio::test]
async fn each_reimbursement_is_an_adjustment_of_the_same_amount() {
    let amazon = open().await;
    let paid = truth(&amazon, NORTHWIND, "reimbursements");
    let adjustments: BTreeMap<String, String> = truth(&amazon, NORTHWIND, "finances")
        .into_iter()
        .filter(|one| one.item["transactionType"] == "Adjustment")
        .map(|one| (one.key, one.item["totalAmount"]["currencyAmount"].to_string()))
        .collect();
    assert!(paid.len() > 3 && paid.len() == adjustments.len(), "{} {}", paid.len(), adjustments.len());
    for one in paid {
        let id = one.item["reimbursement-id"].as_str().unwrap();
        let amount: f64 = one.item["amount-total"].as_str().unwrap().parse().unwrap();
        assert_eq!(adjustments[&format!("ADJ-{id}")].parse::<f64>().unwrap(), amount);
    }
}

#[tokio::test]
async fn order_metrics_are_the_sums_of_the_orders_in_every_granularity() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let orders = amazon.world.orders_of(NORTHWIND);
    let (from, until) = ("2026-11-01T00:00:00-07:00", "2026-11-15T00:00:00-08:00");
    // The clocks went back in between: the seventh hour of the day in UTC, then the eighth.
    let expected = orders
        .iter()
        .filter(|one| one.marketplace_id == "ATVPDKIKX0DER" && one.status.as_deref() != Some("CANCELLED"))
        .filter(|one| {
            let created = one.created_time.as_str();
            ("2026-11-01T07:00:00Z".."2026-11-15T08:00:00Z").contains(&created)
        })
        .count() as i64;
    let interval = format!("{from}--{until}");
    for (granularity, rows) in [("Hour", 337), ("Day", 14), ("Week", 3), ("Month", 1), ("Total", 1)] {
        let query = [
            ("marketplaceIds", "ATVPDKIKX0DER"),
            ("interval", &*interval),
            ("granularityTimeZone", "US/Pacific"),
            ("granularity", granularity),
        ];
        let answer = patiently(&amazon, "na", "/sales/v1/orderMetrics", &query, &token).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let payload = answer.json()["payload"].as_array().unwrap().clone();
        let count: i64 = payload.iter().map(|row| row["orderCount"].as_i64().unwrap()).sum();
        assert_eq!((payload.len(), count), (rows, expected), "{granularity}");
    }
    let wrong = [
        ("marketplaceIds", "ATVPDKIKX0DER"),
        ("interval", "2026-11-01T00:00:00Z--2026-11-15T00:00:00Z"),
        ("granularityTimeZone", "US/Pacific"),
        ("granularity", "Day"),
    ];
    let refused = patiently(&amazon, "na", "/sales/v1/orderMetrics", &wrong, &token).await;
    assert_eq!(refused.status, 400, "the zone must fit the offset");
}

#[tokio::test]
async fn sales_and_traffic_agree_by_date_by_article_and_with_the_metrics() {
    let amazon = open().await;
    let options = BTreeMap::from([
        ("dateGranularity".to_owned(), "DAY".to_owned()),
        ("asinGranularity".to_owned(), "SKU".to_owned()),
    ]);
    let window = ("2026-10-01T00:00:00Z".parse().unwrap(), "2026-10-31T00:00:00Z".parse().unwrap());
    let stores = ["ATVPDKIKX0DER".to_owned()];
    let kind = "GET_SALES_AND_TRAFFIC_REPORT";
    let report = amazon.world.report_json(NORTHWIND, kind, &stores, window, &options).unwrap();
    let sum = |list: &str, pointer: &str| -> i64 {
        let rows = report[list].as_array().unwrap();
        rows.iter().map(|row| row.pointer(pointer).and_then(Value::as_i64).unwrap()).sum()
    };
    let (dates, asins) = ("salesAndTrafficByDate", "salesAndTrafficByAsin");
    assert_eq!(report[dates].as_array().unwrap().len(), 30);
    assert!(sum(dates, "/salesByDate/unitsOrdered") > 100);
    assert_eq!(sum(dates, "/salesByDate/unitsOrdered"), sum(asins, "/salesByAsin/unitsOrdered"));
    assert_eq!(sum(dates, "/trafficByDate/sessions"), sum(asins, "/trafficByAsin/sessions"));
    let metrics: BTreeMap<String, Truth> =
        truth(&amazon, NORTHWIND, "sales").into_iter().map(|one| (one.key.clone(), one)).collect();
    for row in report[dates].as_array().unwrap() {
        let key = format!("ATVPDKIKX0DER|{}", row["date"].as_str().unwrap());
        assert_eq!(metrics[&key].item["unitCount"], row["salesByDate"]["unitsOrdered"], "{key}");
    }
}

#[tokio::test]
async fn an_inbound_shipments_items_are_the_ledgers_receipts() {
    let amazon = open().await;
    let token = amazon.access(RHEINHAUS).await;
    let mut received: BTreeMap<String, i64> = BTreeMap::new();
    for one in truth(&amazon, RHEINHAUS, "ledger").iter().filter(|one| one.item["Event Type"] == "Receipts") {
        let id = one.item["Reference ID"].as_str().unwrap();
        let units: i64 = one.item["Quantity"].as_str().unwrap().parse().unwrap();
        *received.entry(id.to_owned()).or_default() += units;
    }
    let store = "A1PA6795UKMFR9";
    let query = [
        ("QueryType", "DATE_RANGE"),
        ("LastUpdatedAfter", "2026-01-01T00:00:00Z"),
        ("LastUpdatedBefore", "2026-11-20T10:00:00Z"),
        ("MarketplaceId", store),
    ];
    let shipments = SHIPMENTS.all(&amazon, "eu", &query, &token).await;
    assert!(shipments.len() >= 4, "{}", shipments.len());
    for shipment in &shipments {
        let id = shipment["ShipmentId"].as_str().unwrap();
        let path = format!("/fba/inbound/v0/shipments/{id}/items");
        let answer = patiently(&amazon, "eu", &path, &[("MarketplaceId", store)], &token).await.json();
        let items = answer["payload"]["ItemData"].as_array().unwrap();
        let sum: i64 = items.iter().map(|item| item["QuantityReceived"].as_i64().unwrap()).sum();
        assert_eq!(received.get(id).copied().unwrap_or(0), sum, "{id}");
    }
}

#[tokio::test]
async fn a_token_of_inbound_shipments_stands_for_the_filters_and_is_of_no_other_account() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let fault = sellerport_simulator::FaultKind::ShortPages { orders: 1 };
    amazon.world.set_fault(sellerport_simulator::Fault::always("getShipments", fault));
    let store = ("MarketplaceId", "ATVPDKIKX0DER");
    let first = [("QueryType", "SHIPMENT"), ("ShipmentStatusList", "CLOSED"), store];
    let page = patiently(&amazon, "na", SHIPMENTS.path, &first, &token).await.json();
    let next = page["payload"]["NextToken"].as_str().unwrap();
    let more = [("QueryType", "NEXT_TOKEN"), ("NextToken", next), store];
    let second = patiently(&amazon, "na", SHIPMENTS.path, &more, &token).await.json();
    let shown = second["payload"]["ShipmentData"].as_array().unwrap();
    assert!(shown.len() == 1 && shown[0]["ShipmentStatus"] == "CLOSED");
    assert_ne!(shown[0]["ShipmentId"], page["payload"]["ShipmentData"][0]["ShipmentId"]);
    let other = amazon.access("A1MAPLELEAF02CA").await;
    assert_eq!(patiently(&amazon, "na", SHIPMENTS.path, &more, &other).await.status, 400);
    let without = [("QueryType", "NEXT_TOKEN"), store];
    assert_eq!(patiently(&amazon, "na", SHIPMENTS.path, &without, &token).await.status, 400);
}

#[tokio::test]
async fn estimated_fees_are_what_the_transactions_charge() {
    let amazon = open().await;
    let token = amazon.access(RHEINHAUS).await;
    let transactions =
        TRANSACTIONS.all(&amazon, "eu", &[("postedAfter", "2026-11-01T00:00:00Z")], &token).await;
    let fees = truth(&amazon, RHEINHAUS, "fees");
    let mut held = 0;
    for one in transactions.iter().filter(|one| one["transactionType"] == "Shipment") {
        for item in one["items"].as_array().unwrap() {
            let context = &item["contexts"][0];
            let charged = item["breakdowns"].as_array().unwrap().iter();
            let mut charged = charged.flat_map(|sort| sort["breakdowns"].as_array().unwrap());
            let fee = charged.find(|part| part["breakdownType"] == "FBAPerUnitFulfillmentFee");
            let Some(fee) = fee else { continue };
            let store = one["marketplaceDetails"]["marketplaceId"].as_str().unwrap();
            let key = format!("{store}|{}", context["sku"].as_str().unwrap());
            let told = &fees.iter().find(|fee| fee.key == key).unwrap().item["FeeDetailList"][1]["FinalFee"];
            let each = -fee["breakdownAmount"]["currencyAmount"].as_f64().unwrap()
                / context["quantityShipped"].as_f64().unwrap();
            assert!((told["Amount"].as_f64().unwrap() - each).abs() < 0.0201, "{key}: {told} and {each}");
            held += 1;
        }
    }
    assert!(held > 50, "{held}");
}
