//! Data Kiosk: a query in GraphQL, made by the clock, read as JSON lines, page after page.

use std::collections::BTreeSet;
use std::io::Read;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use sellerport_simulator::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, VENDOR, open};
use crate::reports::LONG_ENOUGH;

pub(crate) const QUERIES: &str = "/dataKiosk/2023-11-15/queries";
const US: &str = "ATVPDKIKX0DER";

/// Units ordered, a row for each day of these.
fn units(store: &str, first: &str, last: &str) -> String {
    format!(
        r#"query Mine {{ analytics_salesAndTraffic_2024_04_24 {{ salesAndTrafficByDate(aggregateBy: DAY, startDate: "{first}", endDate: "{last}", marketplaceIds: ["{store}"]) {{ startDate marketplaceId sales {{ unitsOrdered orderedProductSales {{ amount currencyCode }} }} traffic {{ pageViews }} }} }} }}"#
    )
}

impl Amazon {
    async fn query(&self, region: &str, body: &Value, token: &str) -> Answer {
        self.give(region, QUERIES, body, token).await
    }

    /// Asks and waits for the end.
    async fn queried(&self, region: &str, body: Value, token: &str) -> Value {
        let answer = self.query(region, &body, token).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
        self.world.advance(LONG_ENOUGH);
        let path = format!("{QUERIES}/{}", answer.json()["queryId"].as_str().unwrap());
        self.call(region, &path, &[], token).await.json()
    }

    /// The lines of a document, each as JSON.
    async fn lines(&self, region: &str, id: &Value, token: &str) -> Vec<Value> {
        let path = format!("/dataKiosk/2023-11-15/documents/{}", id.as_str().unwrap());
        let told = self.call(region, &path, &[], token).await.json();
        let answer = self.download(told["documentUrl"].as_str().unwrap(), &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let mut text = String::new();
        if answer.header("content-encoding") == Some("gzip") {
            MultiGzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).unwrap();
        } else {
            text = answer.text();
        }
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[tokio::test]
async fn a_query_becomes_lines_with_what_it_selects() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let text = units(US, "2026-11-01", "2026-11-07");
    let asked = amazon.query("na", &json!({ "query": text }), &token).await.json();
    let path = format!("{QUERIES}/{}", asked["queryId"].as_str().unwrap());
    assert_eq!(amazon.call("na", &path, &[], &token).await.json()["processingStatus"], "IN_QUEUE");
    amazon.world.advance(LONG_ENOUGH);
    let query = amazon.call("na", &path, &[], &token).await.json();
    assert_eq!((&query["processingStatus"], &query["query"]), (&json!("DONE"), &json!(text)));
    assert!(query.get("pagination").is_none() && query.get("errorDocumentId").is_none());
    let lines = amazon.lines("na", &query["dataDocumentId"], &token).await;
    assert_eq!(lines.len(), 7);
    for line in &lines {
        let names: Vec<_> = line.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["marketplaceId", "sales", "startDate", "traffic"]);
        assert_eq!(line["sales"].as_object().unwrap().len(), 2);
        assert!(line["sales"]["unitsOrdered"].as_i64().unwrap() > 0);
    }
}

#[tokio::test]
async fn a_query_without_rows_is_done_without_a_document() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = amazon.queried("na", json!({ "query": units(US, "2026-01-01", "2026-01-31") }), &token).await;
    assert_eq!(query["processingStatus"], "DONE");
    assert!(query.get("dataDocumentId").is_none() && query.get("errorDocumentId").is_none());
}

#[tokio::test]
async fn a_failed_query_has_a_document_that_says_why() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    amazon.world.set_fault(Fault::next(1, "createQuery", FaultKind::Fatal { explained: true }));
    let query = amazon.queried("na", json!({ "query": units(US, "2026-11-01", "2026-11-07") }), &token).await;
    assert_eq!((&query["processingStatus"], query.get("dataDocumentId")), (&json!("FATAL"), None));
    let lines = amazon.lines("na", &query["errorDocumentId"], &token).await;
    assert!(lines[0]["errorDetails"].is_string());
    for (kind, status) in
        [(FaultKind::Cancelled, "CANCELLED"), (FaultKind::Stuck { minutes: None }, "IN_QUEUE")]
    {
        amazon.world.set_fault(Fault::next(1, "createQuery", kind));
        let query =
            amazon.queried("na", json!({ "query": units(US, "2026-11-01", "2026-11-07") }), &token).await;
        assert_eq!(query["processingStatus"], status);
    }
}

#[tokio::test]
async fn more_rows_than_one_document_holds_come_by_new_queries() {
    let amazon = open().await;
    amazon.world.set_fault(Fault::always("createQuery", FaultKind::ShortPages { orders: 4 }));
    let text = units(US, "2026-11-01", "2026-11-10");
    let mut body = json!({ "query": text });
    let mut days = Vec::new();
    let mut pages = 0;
    loop {
        let token = amazon.access(NORTHWIND).await;
        let query = amazon.queried("na", body, &token).await;
        days.extend(amazon.lines("na", &query["dataDocumentId"], &token).await);
        pages += 1;
        let Some(next) = query["pagination"]["nextToken"].as_str() else { break };
        let other = json!({ "query": units(US, "2026-11-02", "2026-11-10"), "paginationToken": next });
        assert_eq!(amazon.query("na", &other, &token).await.status, 400, "a token belongs to its query");
        body = json!({ "query": text, "paginationToken": next });
    }
    let distinct: BTreeSet<String> = days.iter().map(|day| day["startDate"].to_string()).collect();
    assert_eq!((pages, days.len(), distinct.len()), (3, 10, 10));
}

#[tokio::test]
async fn every_dataset_answers_whom_it_is_for() {
    let amazon = open().await;
    let by_asin = r#"{ analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByAsin(aggregateBy: SKU startDate: "2026-11-01" endDate: "2026-11-07" marketplaceIds: ["A1PA6795UKMFR9" "A13V1IB3VIYZZH"]) { parentAsin sku marketplaceId sales { unitsOrdered unitsOrderedB2B } } } }"#;
    let economics = r#"{ analytics_economics_2024_03_15 { economics(aggregateBy: {date: WEEK, productId: MSKU}, startDate: "2026-11-01", endDate: "2026-11-14", marketplaceIds: ["A1PA6795UKMFR9"]) { startDate endDate msku sales { netProductSales { amount currencyCode } } fees { feeTypeName charges { aggregatedDetail { totalAmount { amount } } } } netProceeds { total { amount } } } } }"#;
    let vendors = r#"{ analytics_vendorAnalytics_2024_09_30 { manufacturingView(aggregateBy: DAY, startDate: "2026-11-01", endDate: "2026-11-03") { startDate marketplaceId totals { traffic { glanceViews } } metrics { groupByKey { asin } metrics { shippedOrders { shippedUnitsWithRevenue { units } } } } } } }"#;
    for (region, seller, text, other) in [
        ("eu", RHEINHAUS, by_asin, vendors),
        ("eu", RHEINHAUS, economics, vendors),
        ("na", VENDOR, vendors, economics),
    ] {
        let token = amazon.access(seller).await;
        let query = amazon.queried(region, json!({ "query": text }), &token).await;
        let lines = amazon.lines(region, &query["dataDocumentId"], &token).await;
        assert!(lines.len() > 2, "{text}: {lines:?}");
        assert_eq!(amazon.query(region, &json!({ "query": other }), &token).await.status, 403);
    }
    let token = amazon.access(RHEINHAUS).await;
    let query = amazon.queried("eu", json!({ "query": economics }), &token).await;
    for line in amazon.lines("eu", &query["dataDocumentId"], &token).await {
        let amount = |pointer: &str| line.pointer(pointer).unwrap().as_f64().unwrap();
        let fees = amount("/fees/0/charges/0/aggregatedDetail/totalAmount/amount");
        let left = amount("/sales/netProductSales/amount") - fees - amount("/netProceeds/total/amount");
        assert!(left.abs() < 0.001, "{line}");
    }
}

#[tokio::test]
async fn a_query_that_breaks_a_rule_is_refused() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let good = units(US, "2026-11-01", "2026-11-07");
    for text in [
        String::new(),
        "{".to_owned(),
        good.replace("2024_04_24", "2023_11_15"),
        good.replace("salesAndTrafficByDate", "salesAndTrafficByMoon"),
        good.replace("unitsOrdered", "unitsDreamt"),
        good.replace("aggregateBy: DAY, ", "aggregateBy: HOUR, "),
        good.replace("2026-11-07", "2026-10-07"),
        good.replace("2026-11-01", "2024-01-01"),
        good.replace("2026-11-01", "then"),
        good.replace(US, "NOWHERE"),
        format!("{good} # {}", "x ".repeat(8_000)),
    ] {
        let answer = amazon.query("na", &json!({ "query": text }), &token).await;
        assert_eq!(answer.status, 400, "{text}");
        amazon.world.advance(Duration::from_secs(60)); // one more in the bucket
    }
    let token = amazon.access(NORTHWIND).await;
    assert_eq!(amazon.query("na", &json!({}), &token).await.status, 400);
    let abroad = json!({ "query": units("A1PA6795UKMFR9", "2026-11-01", "2026-11-07") });
    assert_eq!(amazon.query("na", &abroad, &token).await.status, 403);
    assert!(amazon.world.queries_of(NORTHWIND).is_empty());
}

#[tokio::test]
async fn queries_are_listed_and_only_one_in_the_queue_is_taken_back() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let body = json!({ "query": units(US, "2026-11-01", "2026-11-07") });
    let done = amazon.queried("na", body.clone(), &token).await;
    let mut ids = vec![done["queryId"].as_str().unwrap().to_owned()];
    for _ in 0..2 {
        ids.push(amazon.query("na", &body, &token).await.json()["queryId"].as_str().unwrap().to_owned());
    }
    let delete = async |id: &str| {
        let path = format!("/sp-api/na{QUERIES}/{id}");
        amazon.send("DELETE", &path, &[("x-amz-access-token", &token)], "").await.status
    };
    assert_eq!((delete(&ids[1]).await, delete(&ids[1]).await, delete(&ids[0]).await), (204, 400, 400));
    let first = amazon.call("na", QUERIES, &[("pageSize", "2")], &token).await.json();
    let next = first["pagination"]["nextToken"].as_str().unwrap();
    let second =
        amazon.call("na", QUERIES, &[("pageSize", "10"), ("paginationToken", next)], &token).await.json();
    let shown = |page: &Value| -> Vec<String> {
        page["queries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["queryId"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut all = [shown(&first), shown(&second)].concat();
    all.reverse();
    assert_eq!(all, ids);
    let changed = [("processingStatuses", "DONE"), ("paginationToken", next)];
    assert_eq!(amazon.call("na", QUERIES, &changed, &token).await.status, 400);
    let cancelled = amazon.call("na", QUERIES, &[("processingStatuses", "CANCELLED")], &token).await.json();
    assert_eq!(shown(&cancelled), [ids[1].clone()]);
}
