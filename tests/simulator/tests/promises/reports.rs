//! The life of a report: asked for, made by the clock, listed, taken back.

use std::collections::BTreeSet;
use std::time::Duration;

use sellerport_simulator::{Fault, FaultKind, ReportTruth};
use serde_json::{Value, json};

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, VENDOR, error_of, open, open_with, options};

pub(crate) const ORDERS: &str = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL";
pub(crate) const LISTINGS: &str = "GET_MERCHANT_LISTINGS_ALL_DATA";
const RETURNS: &str = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA";
const SETTLEMENTS: &str = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
pub(crate) const REPORTS: &str = "/reports/2021-06-30/reports";
/// Longer than any report takes that is not stuck.
pub(crate) const LONG_ENOUGH: Duration = Duration::from_secs(400);

impl Amazon {
    /// Sends a body to the API.
    pub(crate) async fn give(&self, region: &str, path: &str, body: &Value, token: &str) -> Answer {
        let headers = [("x-amz-access-token", token), ("content-type", "application/json")];
        self.send("POST", &format!("/sp-api/{region}{path}"), &headers, &body.to_string()).await
    }

    /// Asks for a report; the answer is its identifier.
    pub(crate) async fn ask_for(&self, region: &str, body: Value, token: &str) -> String {
        let answer = self.give(region, REPORTS, &body, token).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
        answer.json()["reportId"].as_str().unwrap().to_owned()
    }

    /// A report as the API shows it.
    pub(crate) async fn report(&self, region: &str, id: &str, token: &str) -> Value {
        self.call(region, &format!("{REPORTS}/{id}"), &[], token).await.json()
    }

    /// Asks for a report and waits for its end.
    pub(crate) async fn finished(&self, region: &str, body: Value, token: &str) -> Value {
        let id = self.ask_for(region, body, token).await;
        self.world.advance(LONG_ENOUGH);
        self.report(region, &id, token).await
    }
}

/// What asks for a week of orders in a store.
pub(crate) fn week_of_orders(store: &str) -> Value {
    json!({
        "reportType": ORDERS, "marketplaceIds": [store],
        "dataStartTime": "2026-11-13T00:00:00Z", "dataEndTime": "2026-11-20T00:00:00Z",
    })
}

fn one_of(amazon: &Amazon, seller: &str, id: &str) -> ReportTruth {
    amazon.world.reports_of(seller).into_iter().find(|report| report.report_id == id).unwrap()
}

#[tokio::test]
async fn a_report_is_queued_made_and_done_by_the_clock() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let id = amazon.ask_for("na", week_of_orders("ATVPDKIKX0DER"), &token).await;
    let mut seen = Vec::new();
    for _ in 0..400 {
        let report = amazon.report("na", &id, &token).await;
        let status = report["processingStatus"].as_str().unwrap().to_owned();
        let times = ["processingStartTime", "processingEndTime", "reportDocumentId"]
            .map(|name| report.get(name).is_some());
        if seen.last() != Some(&(status.clone(), times)) {
            seen.push((status, times));
        }
        amazon.world.advance(Duration::from_secs(1));
    }
    let expected = [
        ("IN_QUEUE".to_owned(), [false, false, false]),
        ("IN_PROGRESS".to_owned(), [true, false, false]),
        ("DONE".to_owned(), [true, true, true]),
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn only_a_report_in_the_queue_can_be_taken_back() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let id = amazon.ask_for("na", week_of_orders("ATVPDKIKX0DER"), &token).await;
    let path = format!("/sp-api/na{REPORTS}/{id}");
    let cancelled = amazon.send("DELETE", &path, &[("x-amz-access-token", &token)], "").await;
    assert_eq!((cancelled.status, cancelled.body.len()), (200, 0));
    assert_eq!(amazon.report("na", &id, &token).await["processingStatus"], "CANCELLED");
    assert_eq!(amazon.send("DELETE", &path, &[("x-amz-access-token", &token)], "").await.status, 400);
    let done = amazon.finished("na", week_of_orders("ATVPDKIKX0DER"), &token).await;
    let path = format!("/sp-api/na{REPORTS}/{}", done["reportId"].as_str().unwrap());
    assert_eq!(amazon.send("DELETE", &path, &[("x-amz-access-token", &token)], "").await.status, 400);
    assert_eq!(one_of(&amazon, NORTHWIND, &id).cancelled_for.as_deref(), Some("withdrawn"));
}

#[tokio::test]
async fn no_data_and_too_soon_look_alike_from_outside() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let stock = "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA";
    // A window without orders: before the account's history began.
    let empty = json!({
        "reportType": ORDERS, "marketplaceIds": ["ATVPDKIKX0DER"],
        "dataStartTime": "2026-01-01T00:00:00Z", "dataEndTime": "2026-01-05T00:00:00Z",
    });
    let empty = amazon.finished("na", empty, &token).await;
    assert_eq!((&empty["processingStatus"], empty.get("reportDocumentId")), (&json!("CANCELLED"), None));
    let twice =
        [LISTINGS, stock].map(|kind| json!({ "reportType": kind, "marketplaceIds": ["ATVPDKIKX0DER"] }));
    amazon.world.set_fault(Fault::next(1, "createReport", FaultKind::Stuck { minutes: Some(20) }));
    let first = amazon.ask_for("na", twice[1].clone(), &token).await;
    let second = amazon.finished("na", twice[1].clone(), &token).await;
    assert_eq!(second["processingStatus"], "CANCELLED");
    assert!(second.get("processingEndTime").is_some() && empty.get("processingEndTime").is_some());
    let why = |id: &str| one_of(&amazon, NORTHWIND, id).cancelled_for;
    assert_eq!(why(empty["reportId"].as_str().unwrap()).as_deref(), Some("no data"));
    assert_eq!(why(second["reportId"].as_str().unwrap()).as_deref(), Some("too soon"));
    assert_eq!(one_of(&amazon, NORTHWIND, &first).processing_status, "IN_QUEUE");
    // All orders, and listings, may be asked for at any time.
    for body in [&twice[0], &twice[0], &week_of_orders("ATVPDKIKX0DER"), &week_of_orders("ATVPDKIKX0DER")] {
        assert_eq!(amazon.finished("na", body.clone(), &token).await["processingStatus"], "DONE");
    }
}

#[tokio::test]
async fn a_daily_report_may_be_asked_for_again_after_four_hours_and_no_earlier() {
    let amazon = open().await;
    let body = json!({ "reportType": RETURNS, "marketplaceIds": ["ATVPDKIKX0DER"] });
    let mut reasons = Vec::new();
    for wait in [0, 4 * 3600 - 1, 1] {
        amazon.world.advance(Duration::from_secs(wait));
        // Kept in the queue, so that the first of them counts whatever there is to tell.
        amazon.world.set_fault(Fault::next(1, "createReport", FaultKind::Stuck { minutes: Some(300) }));
        let token = amazon.access(NORTHWIND).await;
        let id = amazon.ask_for("na", body.clone(), &token).await;
        reasons.push(id);
    }
    amazon.world.advance(Duration::from_secs(6 * 3600));
    let reasons: Vec<_> = reasons.iter().map(|id| one_of(&amazon, NORTHWIND, id).cancelled_for).collect();
    assert_ne!(reasons[0].as_deref(), Some("too soon"));
    assert_eq!(reasons[1].as_deref(), Some("too soon"));
    assert_ne!(reasons[2].as_deref(), Some("too soon"));
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_is_refused() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let us = ["ATVPDKIKX0DER"];
    for (body, status) in [
        (json!({}), 400),
        (json!({ "reportType": ORDERS }), 400),
        (json!({ "reportType": ORDERS, "marketplaceIds": [] }), 400),
        (json!({ "reportType": ORDERS, "marketplaceIds": vec![us[0]; 26] }), 400),
        (json!({ "reportType": ORDERS, "marketplaceIds": ["NOWHERE"] }), 400),
        (json!({ "reportType": ORDERS, "marketplaceIds": ["A1PA6795UKMFR9"] }), 403),
        (json!({ "reportType": "GET_NOTHING", "marketplaceIds": us }), 400),
        (json!({ "reportType": "GET_V2_SETTLEMENT_REPORT_DATA_XML", "marketplaceIds": us }), 400),
        (json!({ "reportType": SETTLEMENTS, "marketplaceIds": us }), 400),
        (json!({ "reportType": "GET_ORDER_REPORT_DATA_SHIPPING", "marketplaceIds": us }), 400),
        (json!({ "reportType": "GET_VENDOR_SALES_REPORT", "marketplaceIds": us }), 403),
        (json!({ "reportType": ORDERS, "marketplaceIds": us, "dataStartTime": "2026-11-20T10:00:01Z" }), 400),
        (json!({ "reportType": ORDERS, "marketplaceIds": us, "dataStartTime": "yesterday" }), 400),
        (json!({ "reportType": LISTINGS, "marketplaceIds": us, "reportOptions": { "custom": "true" } }), 202),
    ] {
        let answer = amazon.give("na", REPORTS, &body, &token).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
    }
    assert_eq!(
        amazon.world.reports_of(NORTHWIND).iter().filter(|report| report.report_type != SETTLEMENTS).count(),
        1
    );
}

#[tokio::test]
async fn a_month_is_the_most_that_one_report_of_orders_spans() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let long = json!({
        "reportType": ORDERS, "marketplaceIds": ["ATVPDKIKX0DER"],
        "dataStartTime": "2026-10-01T00:00:00Z", "dataEndTime": "2026-11-15T00:00:00Z",
    });
    let report = amazon.finished("na", long, &token).await;
    assert_eq!(report["processingStatus"], "FATAL");
    assert!(report["reportDocumentId"].is_string(), "a document says why");
}

#[tokio::test]
async fn every_operation_has_a_bucket_of_its_own() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let listings = json!({ "reportType": LISTINGS, "marketplaceIds": ["ATVPDKIKX0DER"] });
    for _ in 0..15 {
        assert_eq!(amazon.give("na", REPORTS, &listings, &token).await.status, 202);
    }
    assert_eq!(amazon.give("na", REPORTS, &listings, &token).await.status, 429);
    for _ in 0..10 {
        let listed = amazon.call("na", REPORTS, &[("reportTypes", LISTINGS)], &token).await;
        assert_eq!((listed.status, listed.header("x-amzn-ratelimit-limit")), (200, Some("0.0222")));
    }
    assert_eq!(amazon.call("na", REPORTS, &[("reportTypes", LISTINGS)], &token).await.status, 429);
    // 1 / 0.0167 per second
    amazon.world.advance(Duration::from_secs(60));
    let again = amazon.give("na", REPORTS, &listings, &token).await;
    assert_eq!((again.status, again.header("x-amzn-ratelimit-limit")), (202, Some("0.0167")));
}

#[tokio::test]
async fn the_list_is_the_newest_first_and_a_token_comes_alone() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let mut made = Vec::new();
    for _ in 0..12 {
        made.push(amazon.ask_for("na", week_of_orders("ATVPDKIKX0DER"), &token).await);
        amazon.world.advance(Duration::from_secs(30));
    }
    made.reverse();
    let first = amazon.call("na", REPORTS, &[("reportTypes", ORDERS)], &token).await.json();
    assert_eq!(first["reports"].as_array().unwrap().len(), 10, "ten where nothing is said");
    let next = first["nextToken"].as_str().unwrap();
    let mixed = amazon.call("na", REPORTS, &[("reportTypes", ORDERS), ("nextToken", next)], &token).await;
    assert_eq!(error_of(&mixed).1, "nextToken must be the only parameter.");
    let second = amazon.call("na", REPORTS, &[("nextToken", next)], &token).await.json();
    assert!(second.get("nextToken").is_none());
    let ids = |page: &Value| -> Vec<String> {
        page["reports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["reportId"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!([ids(&first), ids(&second)].concat(), made);
    let other = amazon.access(RHEINHAUS).await;
    assert_eq!(amazon.call("eu", REPORTS, &[("nextToken", next)], &other).await.status, 400);
    for query in [
        &[][..],
        &[("reportTypes", ORDERS), ("pageSize", "0")],
        &[("reportTypes", ORDERS), ("pageSize", "101")],
        &[("reportTypes", ORDERS), ("createdSince", "2026-08-22T09:59:59Z")],
    ] {
        assert_eq!(amazon.call("na", REPORTS, query, &token).await.status, 400, "{query:?}");
    }
    let done = [("reportTypes", ORDERS), ("processingStatuses", "DONE"), ("pageSize", "100")];
    let done = ids(&amazon.call("na", REPORTS, &done, &token).await.json());
    assert!(!done.is_empty() && done.len() < made.len());
    let elsewhere = [("reportTypes", ORDERS), ("marketplaceIds", "A2EUQ1WTGCTBG2")];
    assert!(ids(&amazon.call("na", REPORTS, &elsewhere, &token).await.json()).is_empty());
}

#[tokio::test]
async fn settlements_are_made_by_amazon_every_fourteen_days() {
    let amazon = open().await;
    let list = async || {
        let token = amazon.access(RHEINHAUS).await;
        let query = [("reportTypes", SETTLEMENTS), ("marketplaceIds", "A1PA6795UKMFR9"), ("pageSize", "100")];
        let listed = amazon.call("eu", REPORTS, &query, &token).await.json();
        listed["reports"].as_array().unwrap().clone()
    };
    let before = list().await;
    assert_eq!(before.len(), 4, "sixty days of history");
    for pair in before.windows(2) {
        assert_eq!(pair[0]["dataStartTime"], pair[1]["dataEndTime"], "one begins where the other ends");
    }
    assert!(before.iter().all(|one| one["processingStatus"] == "DONE"));
    amazon.world.advance(Duration::from_secs(14 * 24 * 3600));
    assert_eq!(list().await.len(), 5);
    let documents: BTreeSet<String> =
        list().await.iter().map(|one| one["reportDocumentId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(documents.len(), 5);
    amazon.world.advance(Duration::from_secs(100 * 24 * 3600));
    let kept = list().await.len();
    assert!((6..=7).contains(&kept), "{kept} of ninety days");
}

#[tokio::test]
async fn a_vendor_has_reports_of_its_own() {
    let amazon = open().await;
    let token = amazon.access(VENDOR).await;
    let body = json!({
        "reportType": "GET_VENDOR_SALES_REPORT", "marketplaceIds": ["ATVPDKIKX0DER"],
        "dataStartTime": "2026-11-01T00:00:00Z", "dataEndTime": "2026-11-07T00:00:00Z",
        "reportOptions": { "reportPeriod": "DAY", "distributorView": "MANUFACTURING", "sellingProgram": "RETAIL" },
    });
    assert_eq!(amazon.finished("na", body, &token).await["processingStatus"], "DONE");
    let orders = amazon.give("na", REPORTS, &week_of_orders("ATVPDKIKX0DER"), &token).await;
    assert_eq!(orders.status, 403);
}

#[tokio::test]
async fn identifiers_are_unique_only_together_with_the_account() {
    let amazon = open().await;
    let (one, other) = ("A9ONE", "A9OTHER");
    for seller in [one, other] {
        // Without a history there is no settlement to be first.
        amazon.world.add_seller(sellerport_simulator::Seller::new(seller, seller, &["US"], 0));
    }
    let mut ids = BTreeSet::new();
    for seller in [one, other] {
        let token = amazon.access(seller).await;
        ids.insert(amazon.ask_for("na", week_of_orders("ATVPDKIKX0DER"), &token).await);
    }
    assert_eq!(ids.len(), 1);
    let token = amazon.access(NORTHWIND).await;
    assert_eq!(amazon.call("na", &format!("{REPORTS}/59999999999"), &[], &token).await.status, 404);
}

#[tokio::test]
async fn the_dial_can_fail_cancel_or_hold_a_report() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let body = || week_of_orders("ATVPDKIKX0DER");
    for (kind, status, document) in [
        (FaultKind::Fatal { explained: true }, "FATAL", true),
        (FaultKind::Fatal { explained: false }, "FATAL", false),
        (FaultKind::Cancelled, "CANCELLED", false),
        (FaultKind::Stuck { minutes: None }, "IN_QUEUE", false),
        (FaultKind::Stuck { minutes: Some(60) }, "IN_QUEUE", false),
    ] {
        amazon.world.set_fault(Fault::next(1, "createReport", kind.clone()));
        let report = amazon.finished("na", body(), &token).await;
        assert_eq!(report["processingStatus"], status, "{kind:?}");
        assert_eq!(report.get("reportDocumentId").is_some(), document, "{kind:?}");
    }
    amazon.world.advance(Duration::from_secs(3600));
    let statuses: Vec<_> =
        amazon.world.reports_of(NORTHWIND).into_iter().filter(|one| one.report_type == ORDERS).collect();
    assert_eq!(statuses[3].processing_status, "IN_QUEUE", "for ever");
    assert_eq!(statuses[4].processing_status, "DONE", "an hour later");
}

#[tokio::test]
async fn a_restart_finds_reports_as_they_were() {
    let state = std::env::temp_dir().join(format!("simulator-reports-{}.json", std::process::id()));
    let with_state = || sellerport_simulator::Options { state: Some(state.clone()), ..options() };
    let before = open_with(with_state()).await;
    let token = before.access(NORTHWIND).await;
    let id = before.ask_for("na", week_of_orders("ATVPDKIKX0DER"), &token).await;
    let truth = before.world.reports_of(NORTHWIND);
    before.running.stop().await;
    let after = open_with(with_state()).await;
    assert_eq!(after.world.reports_of(NORTHWIND), truth);
    after.world.advance(LONG_ENOUGH);
    assert_eq!(after.report("na", &id, &token).await["processingStatus"], "DONE");
    std::fs::remove_file(&state).unwrap();
}
