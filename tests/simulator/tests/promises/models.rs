//! Requests and answers are held against Amazon's official models.

use std::io::Read;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use sellerport_simulator::models::OfficialModels;
use sellerport_simulator::{CLIENT_ID, Fault, FaultKind, Options, SANDBOX_CLIENT_ID, SellerKind};
use serde_json::json;

use crate::asking::{Amazon, NORTHWIND, VENDOR, models_folder, open_with, options};
use crate::kiosk::QUERIES;
use crate::reports::{LISTINGS, LONG_ENOUGH, REPORTS};

const EVERYTHING: &str = "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS";

async fn everything(amazon: &Amazon, seller: &str, region: &str) {
    let token = amazon.access(seller).await;
    amazon.call(region, "/sellers/v1/marketplaceParticipations", &[], &token).await;
    let filters = [("lastUpdatedAfter", "2026-01-01T00:00:00Z"), ("includedData", EVERYTHING)];
    let mut next = String::new();
    for _ in 0..20 {
        let mut query = filters.to_vec();
        if !next.is_empty() {
            query.push(("paginationToken", &next));
        }
        let page = amazon.call(region, "/orders/2026-01-01/orders", &query, &token).await.json();
        let Some(token) = page["pagination"]["nextToken"].as_str() else {
            break;
        };
        next = token.to_owned();
    }
    let posted = [("postedAfter", "2026-06-01T00:00:00Z")];
    amazon.call(region, "/finances/2024-06-19/transactions", &posted, &token).await;
    let Some(one) = amazon.world.orders_of(seller).pop() else { return };
    let one = one.order_id;
    let path = format!("/orders/2026-01-01/orders/{one}");
    assert_eq!(amazon.call(region, &path, &[("includedData", EVERYTHING)], &token).await.status, 200);
}

#[tokio::test]
async fn every_generated_order_and_every_answer_conforms() {
    let Some(folder) = models_folder() else {
        return;
    };
    let amazon =
        open_with(Options { models: Some(folder.clone()), examples: Some(folder), ..options() }).await;
    for seller in amazon.world.sellers().into_iter().filter(|seller| seller.kind == SellerKind::Seller) {
        everything(&amazon, &seller.id, seller.region.word()).await;
    }
    for (seller, store) in [(NORTHWIND, "ATVPDKIKX0DER"), (VENDOR, "ATVPDKIKX0DER")] {
        let token = amazon.access(seller).await;
        let path = format!("/listings/2021-08-01/items/{seller}");
        assert_eq!(amazon.call("na", &path, &[("marketplaceIds", store)], &token).await.status, 200);
    }
    let token = amazon.access(NORTHWIND).await;
    amazon.call("na", "/finances/2024-06-19/transactions", &[], &token).await;
    amazon.call("eu", "/sellers/v1/marketplaceParticipations", &[], &token).await;
    let rotation = amazon.grantless(CLIENT_ID, "sellingpartnerapi::client_credential:rotation").await;
    assert_eq!(amazon.rotate(&rotation).await.status, 204);
    assert_eq!(amazon.rotate(&rotation).await.status, 429);
    let sandbox = amazon.access_of(NORTHWIND, SANDBOX_CLIENT_ID).await;
    assert_eq!(
        amazon.call("sandbox-eu", "/sellers/v1/marketplaceParticipations", &[], &sandbox).await.status,
        200
    );
    amazon.search(&[("createdAfter", "TEST_CASE_400")], &token).await;
    for _ in 0..30 {
        amazon.search(&[("createdAfter", "2026-11-01T00:00:00Z")], &token).await;
    }
    amazon.call("na", "/orders/2026-01-01/orders/none", &[], &token).await;
    amazon.world.advance(Duration::from_secs(4_000));
    amazon.search(&[("createdAfter", "2026-11-01T00:00:00Z")], &token).await;
    let statuses: std::collections::BTreeSet<u16> =
        amazon.world.asked().iter().map(|asked| asked.status).collect();
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), [200, 204, 400, 403, 404, 429]);
    assert_eq!(amazon.world.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn reports_and_queries_conform_and_so_do_their_documents() {
    let Some(folder) = models_folder() else {
        return;
    };
    let amazon = open_with(Options { models: Some(folder.clone()), ..options() }).await;
    let ends =
        [("createReport", FaultKind::Fatal { explained: true }), ("createReport", FaultKind::Cancelled)];
    for (region, seller, store, kind, schema) in [
        ("na", NORTHWIND, "ATVPDKIKX0DER", "GET_SALES_AND_TRAFFIC_REPORT", "sellerSalesAndTrafficReport"),
        ("na", VENDOR, "ATVPDKIKX0DER", "GET_VENDOR_SALES_REPORT", "vendorSalesReport"),
    ] {
        let token = amazon.access(seller).await;
        let body = json!({
            "reportType": kind, "marketplaceIds": [store],
            "dataStartTime": "2026-11-01T00:00:00Z", "dataEndTime": "2026-11-07T00:00:00Z",
        });
        for end in &ends {
            amazon.world.set_fault(Fault::next(1, end.0, end.1.clone()));
            amazon.finished(region, body.clone(), &token).await;
        }
        amazon.ask_for(region, body.clone(), &token).await;
        let report = amazon.finished(region, body, &token).await;
        assert_eq!(amazon.call(region, REPORTS, &[("reportTypes", kind)], &token).await.status, 200);
        let id = report["reportDocumentId"].as_str().unwrap();
        let path = format!("/reports/2021-06-30/documents/{id}");
        let told =
            amazon.call(region, &path, &[("enableContentEncodingUrlHeader", "true")], &token).await.json();
        let answer = amazon.download(told["url"].as_str().unwrap(), &[]).await;
        let mut text = String::new();
        match answer.header("content-encoding") {
            Some(_) => {
                MultiGzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).map(|_| ()).unwrap()
            }
            None => text = answer.text(),
        }
        let told: serde_json::Value = serde_json::from_str(&text).unwrap();
        let schemas = folder.parent().unwrap().join("spapi-schemas/reports");
        if let Ok(schema) = std::fs::read(schemas.join(format!("{schema}.json"))) {
            let schema = serde_json::from_slice(&schema).unwrap();
            let wrong: Vec<_> = jsonschema::draft7::new(&schema)
                .unwrap()
                .iter_errors(&told)
                .map(|error| error.to_string())
                .collect();
            assert_eq!(wrong, Vec::<String>::new());
        }
    }
    let token = amazon.access(NORTHWIND).await;
    let text = r#"{ analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByDate(aggregateBy: DAY startDate: "2026-11-01" endDate: "2026-11-07" marketplaceIds: ["ATVPDKIKX0DER"]) { startDate } } }"#;
    amazon.world.set_fault(Fault::always("createQuery", FaultKind::ShortPages { orders: 3 }));
    let asked = amazon.give("na", QUERIES, &json!({ "query": text }), &token).await.json();
    let path = format!("{QUERIES}/{}", asked["queryId"].as_str().unwrap());
    amazon.call("na", &path, &[], &token).await;
    amazon.world.advance(LONG_ENOUGH);
    let query = amazon.call("na", &path, &[], &token).await.json();
    assert!(query["pagination"]["nextToken"].is_string());
    let document = format!("/dataKiosk/2023-11-15/documents/{}", query["dataDocumentId"].as_str().unwrap());
    assert_eq!(amazon.call("na", &document, &[], &token).await.status, 200);
    let asked = amazon.give("na", QUERIES, &json!({ "query": text }), &token).await.json();
    let withdrawn = format!("/sp-api/na{QUERIES}/{}", asked["queryId"].as_str().unwrap());
    assert_eq!(amazon.send("DELETE", &withdrawn, &[("x-amz-access-token", &token)], "").await.status, 204);
    assert_eq!(amazon.call("na", QUERIES, &[("pageSize", "1")], &token).await.status, 200);
    assert_eq!(amazon.call("na", &format!("{QUERIES}/1"), &[], &token).await.status, 404);
    let report = json!({ "reportType": LISTINGS, "marketplaceIds": ["ATVPDKIKX0DER"] });
    let id = amazon.ask_for("na", report, &token).await;
    let withdrawn = format!("/sp-api/na{REPORTS}/{id}");
    assert_eq!(amazon.send("DELETE", &withdrawn, &[("x-amz-access-token", &token)], "").await.status, 200);
    let settled = [("reportTypes", "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"), ("pageSize", "3")];
    let listed = amazon.call("na", REPORTS, &settled, &token).await.json();
    let next = listed["nextToken"].as_str().unwrap();
    assert_eq!(amazon.call("na", REPORTS, &[("nextToken", next)], &token).await.status, 200);
    assert_eq!(amazon.world.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_request_that_breaks_the_model_is_written_down() {
    let Some(folder) = models_folder() else {
        return;
    };
    let amazon = open_with(Options { models: Some(folder), ..options() }).await;
    let token = amazon.access(NORTHWIND).await;
    amazon
        .search(
            &[("createdAfter", "2026-11-01T00:00:00Z"), ("CreatedAfter", "x"), ("maxResultsPerPage", "ten")],
            &token,
        )
        .await;
    let found = amazon.get("/_sim/violations").await.json()["violations"].to_string();
    assert!(found.contains("the query parameter CreatedAfter is unknown"), "{found}");
    assert!(found.contains("the parameter maxResultsPerPage"), "{found}");
}

#[test]
fn the_models_name_operations_and_complain_in_detail() {
    let Some(folder) = models_folder() else {
        return;
    };
    let models = OfficialModels::load(&folder).unwrap();
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>()
    };
    let search = "/orders/2026-01-01/orders";
    let good = pairs(&[
        ("createdAfter", "2026-11-01T00:00:00Z"),
        ("includedData", "BUYER,TAX"),
        ("maxResultsPerPage", "5"),
    ]);
    assert_eq!(models.check_request("GET", search, &good, None), Ok("searchOrders".to_owned()));
    assert_eq!(
        models.check_request("GET", "/orders/2026-01-01/orders/1-2-3", &[], None),
        Ok("getOrder".to_owned())
    );
    let stores = vec!["ATVPDKIKX0DER"; 51].join(",");
    for (query, part) in [
        (pairs(&[("createdAfter", "yesterday")]), "createdAfter"),
        (pairs(&[("includedData", "BUYERS")]), "includedData"),
        (pairs(&[("marketplaceIds", &stores)]), "marketplaceIds"),
        (pairs(&[("maxResultsPerPage", "many")]), "maxResultsPerPage"),
        (pairs(&[("nextToken", "x")]), "nextToken"),
    ] {
        let broken = models.check_request("GET", search, &query, None).unwrap_err();
        assert!(broken.len() == 1 && broken[0].contains(part), "{broken:?}");
    }
    assert!(models.check_request("GET", "/nothing/here", &[], None).is_err());
    assert_eq!(models.check_response("searchOrders", 200, &json!({ "orders": [] })), Ok(()));
    for body in [
        json!({}),
        json!({ "orders": [{}] }),
        json!({ "orders": [], "surprise": 1 }),
        json!({ "orders": [], "createdBefore": "x" }),
    ] {
        assert!(models.check_response("searchOrders", 200, &body).is_err(), "{body}");
    }
    assert!(models.check_response("searchOrders", 418, &json!({})).is_err());
}
