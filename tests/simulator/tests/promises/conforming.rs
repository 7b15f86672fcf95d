//! Every operation that reads data, and every JSON report, is held against Amazon's models and schemas.

use std::collections::BTreeMap;

use sellerport_simulator::{Options, SellerKind};
use serde_json::Value;

use crate::asking::{Amazon, models_folder, open_with, options};
use crate::walking::patiently;

const MARCH: &str = "2026-03-01T00:00:00Z";

/// A call of each operation for a seller: its path and its query.
#[rustfmt::skip]
fn calls_of_a_seller<'a>(seller: &str, store: &'a str) -> Vec<(String, Vec<(&'a str, &'a str)>)> {
    let stock = vec![("granularityType", "Marketplace"), ("granularityId", store), ("marketplaceIds", store), ("details", "true")];
    let changed = [stock.as_slice(), &[("startDateTime", "2026-11-01T00:00:00Z")]].concat();
    let inbound = vec![("QueryType", "DATE_RANGE"), ("LastUpdatedAfter", MARCH), ("LastUpdatedBefore", "2026-11-20T10:00:00Z"), ("MarketplaceId", store)];
    let everything = "summaries,attributes,issues,offers,fulfillmentAvailability,procurement,relationships,productTypes";
    let facts = "attributes,classifications,dimensions,identifiers,images,productTypes,relationships,salesRanks,summaries";
    let stores = ("marketplaceIds", store);
    vec![
        ("/sellers/v1/account".into(), vec![]),
        ("/finances/2024-06-19/transactions".into(), vec![("postedAfter", "2026-09-01T00:00:00Z")]),
        ("/finances/2024-06-19/transactions".into(), vec![("postedAfter", "2026-11-01T00:00:00Z"), ("marketplaceId", store)]),
        ("/finances/2024-06-19/transactions".into(), vec![]),
        ("/finances/transfers/2024-06-01/payouts".into(), vec![stores, ("createdAfter", MARCH)]),
        ("/finances/transfers/2024-06-01/payouts".into(), vec![("createdAfter", MARCH), ("createdBefore", "2026-02-01T00:00:00Z")]),
        ("/finances/transfers/2024-06-01/payouts/expected".into(), vec![]),
        ("/finances/v0/financialEventGroups".into(), vec![("FinancialEventGroupStartedAfter", "2026-09-01T00:00:00Z"), ("MaxResultsPerPage", "100")]),
        (format!("/listings/2021-08-01/items/{seller}"), vec![stores, ("includedData", everything), ("pageSize", "20")]),
        (format!("/listings/2021-08-01/items/{seller}/TWL-COT-70"), vec![stores, ("includedData", everything)]),
        ("/catalog/2022-04-01/items".into(), vec![stores, ("identifiers", "B0SIM00001,B0SIM00003"), ("identifiersType", "ASIN"), ("includedData", facts)]),
        ("/catalog/2022-04-01/items".into(), vec![stores]),
        ("/fba/inventory/v1/summaries".into(), stock),
        ("/fba/inventory/v1/summaries".into(), changed),
        ("/fba/inbound/v0/shipments".into(), inbound.clone()),
        ("/fba/inbound/v0/shipmentItems".into(), inbound),
        ("/inbound/fba/2024-03-20/inboundPlans".into(), vec![("pageSize", "30"), ("sortBy", "LAST_UPDATED_TIME"), ("sortOrder", "DESC")]),
        ("/fba/outbound/2020-07-01/fulfillmentOrders".into(), vec![("queryStartDate", MARCH)]),
        ("/fba/outbound/2020-07-01/fulfillmentOrders/MCF-000003".into(), vec![]),
        ("/fba/outbound/2020-07-01/fulfillmentOrders/NONE".into(), vec![]),
        ("/sales/v1/orderMetrics".into(), vec![stores, ("interval", "2026-11-01T00:00:00Z--2026-11-10T00:00:00Z"), ("granularity", "Day"), ("granularityTimeZone", "UTC")]),
        ("/awd/2024-05-09/inventory".into(), vec![("details", "SHOW"), ("maxResults", "200")]),
        ("/awd/2024-05-09/inboundShipments".into(), vec![("updatedAfter", MARCH)]),
    ]
}

/// The same for a vendor.
#[rustfmt::skip]
fn calls_of_a_vendor(vendor: &str) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    vec![
        ("/vendor/orders/v1/purchaseOrders".into(), vec![("createdAfter", "2026-11-01T00:00:00Z"), ("createdBefore", "2026-11-08T00:00:00Z")]),
        ("/vendor/orders/v1/purchaseOrders".into(), vec![("changedAfter", "2026-11-13T10:00:00Z"), ("limit", "3")]),
        ("/vendor/orders/v1/purchaseOrders".into(), vec![("createdAfter", "2026-11-01T00:00:00Z"), ("createdBefore", "2026-11-09T00:00:00Z")]),
        ("/vendor/orders/v1/purchaseOrders".into(), vec![("createdAfter", "2026-11-13T10:00:00Z"), ("includeDetails", "false")]),
        ("/vendor/orders/v1/purchaseOrdersStatus".into(), vec![("updatedAfter", "2026-11-13T10:00:00Z")]),
        ("/vendor/shipping/v1/shipments".into(), vec![("createdAfter", "2026-11-01T00:00:00Z"), ("limit", "50")]),
        (format!("/listings/2021-08-01/items/{vendor}"), vec![("marketplaceIds", "ATVPDKIKX0DER"), ("includedData", "summaries,procurement")]),
    ]
}

async fn estimates(amazon: &Amazon, region: &str, store: &str, token: &str) {
    let money = r#"{"CurrencyCode":"EUR","Amount":34.99}"#;
    let product = |value: &str| {
        format!(
            r#"{{"FeesEstimateRequest":{{"MarketplaceId":"{store}","IsAmazonFulfilled":true,"Identifier":"x",
            "PriceToEstimateFees":{{"ListingPrice":{money}}}}},"IdType":"SellerSKU","IdValue":"{value}"}}"#
        )
    };
    let body = format!("[{},{}]", product("KTL-STEEL-17"), product("NONE"));
    let headers = [("x-amz-access-token", token), ("content-type", "application/json")];
    let path = format!("/sp-api/{region}/products/fees/v0/feesEstimate");
    let answer = amazon.send("POST", &path, &headers, &body).await;
    let statuses: Vec<Value> =
        answer.json().as_array().unwrap().iter().map(|one| one["Status"].clone()).collect();
    assert!(
        statuses == ["Success", "ClientError"] || statuses == ["ClientError", "ClientError"],
        "{statuses:?}"
    );
}

#[tokio::test]
async fn every_operation_that_reads_data_conforms_for_every_account() {
    let Some(folder) = models_folder() else { return };
    let amazon = open_with(Options { models: Some(folder), ..options() }).await;
    for seller in amazon.world.sellers() {
        let token = amazon.access(&seller.id).await;
        let region = seller.region.word();
        let store = seller.marketplaces[0].clone();
        let calls = match seller.kind {
            SellerKind::Seller => calls_of_a_seller(&seller.id, &store),
            SellerKind::Vendor => calls_of_a_vendor(&seller.id),
        };
        for (path, query) in calls {
            let answer = patiently(&amazon, region, &path, &query, &token).await;
            assert!([200, 400, 404].contains(&answer.status) || seller.region.word() != "na", "{path}");
        }
        if seller.kind == SellerKind::Seller {
            estimates(&amazon, region, &store, &token).await;
        }
    }
    assert_eq!(amazon.world.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn every_json_report_conforms_to_its_schema() {
    let Some(folder) = models_folder() else { return };
    let schemas = folder.join("../spapi-schemas/reports");
    let amazon = open_with(options()).await;
    for (seller, kind, file) in [
        ("A2NORTHWIND01US", "GET_SALES_AND_TRAFFIC_REPORT", "sellerSalesAndTrafficReport.json"),
        ("HARBR", "GET_VENDOR_SALES_REPORT", "vendorSalesReport.json"),
        ("HARBR", "GET_VENDOR_INVENTORY_REPORT", "vendorInventoryReport.json"),
        ("HARBR", "GET_VENDOR_TRAFFIC_REPORT", "vendorTrafficReport.json"),
    ] {
        let Ok(text) = std::fs::read(schemas.join(file)) else { return };
        let schema: Value = serde_json::from_slice(&text).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let window = ("2026-10-01T00:00:00Z".parse().unwrap(), "2026-10-15T00:00:00Z".parse().unwrap());
        let stores = ["ATVPDKIKX0DER".to_owned()];
        let report = amazon.world.report_json(seller, kind, &stores, window, &BTreeMap::new()).unwrap();
        let broken: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert_eq!(broken, Vec::<String>::new(), "{kind}");
    }
}
