//! The explorer's pages, the catalogue as JSON, and no token anywhere in them.

use super::{Program, US};
use sellerport_core::session::Role;
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND};
use serde_json::{Value, json};

const AFTER: &str = "2026-01-01T00:00:00Z";

#[tokio::test]
async fn the_catalogue_is_searched_by_words_of_names_apis_and_paths() {
    let house = House::start().await;
    let mut browser = house.signed_in_as("reader", "main", Role::Viewer).await;
    for (words, there, not) in [
        ("searchorders", "/operations/searchOrders?version=orders%2F2026-01-01+GET", "getReports"),
        ("reports 2021 document", "/operations/getReportDocument?", "searchOrders"),
        ("serchOrder", "/operations/searchOrders?", "getReports"),
        ("<script>", "0 operations", "<script>alert"),
    ] {
        let encoded: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let page = browser.get(&format!("/operations?q={encoded}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains(there) && !page.body.contains(not), "{words}: {}", page.body);
    }
    assert!(browser.get("/operations?q=<script>").await.body.contains("&lt;script&gt;"));
    let all: Value = serde_json::from_str(&browser.get("/api/operations").await.body).unwrap();
    assert!(all["operations"].as_array().unwrap().len() > 300);
    let one: Value = serde_json::from_str(&browser.get("/api/operations/searchOrders").await.body).unwrap();
    assert_eq!((&one["api"], &one["reads"]), (&json!("orders/2026-01-01"), &json!(true)));
    assert_eq!(browser.get("/api/operations/serchOrders").await.status, 404);
    assert_eq!(browser.get("/operations/getOrder").await.status, 422);
    for address in ["/operations", "/operations/searchOrders", "/api/operations"] {
        assert_eq!(Browser::new(&house).get(address).await.status, 401, "{address}");
    }
}

#[tokio::test]
async fn every_operation_has_a_page_whose_fields_have_labels() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let mut pages = 0;
    for one in sellerport_core::catalogue::all() {
        let version = format!("{} {}", one.api, one.method.as_str()).replace('/', "%2F").replace(' ', "+");
        let page = browser.get(&format!("/operations/{}?version={version}", one.name)).await;
        if page.status == 410 {
            continue;
        }
        assert_eq!(page.status, 200, "{}", page.body);
        pages += 1;
        let ids = page.body.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for id in ids.filter(|id| id.starts_with("p.") || matches!(*id, "body" | "connection" | "pages")) {
            assert!(page.body.contains(&format!("<label for=\"{id}\"")), "{} {id}", one.name);
        }
        for parameter in one.parameters() {
            assert!(page.body.contains(&format!("name=\"p.{}\"", parameter.name)), "{}", one.name);
        }
        assert!(!page.body.contains("style=") && !page.body.contains(" onclick"), "strict content policy");
    }
    assert!(pages > 300, "{pages}");
}

#[tokio::test]
async fn a_form_calls_shows_the_answer_and_goes_on_to_the_next_page() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let version = ("version", "orders/2026-01-01 GET");
    let connection = ("connection", through.id.as_str());
    let fields = [
        version,
        connection,
        ("p.marketplaceIds", US),
        ("p.createdAfter", AFTER),
        ("p.maxResultsPerPage", "3"),
        ("p.lastUpdatedAfter", " "),
        ("pages", "1"),
    ];
    let page = viewer.press("/operations/searchOrders", &fields).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.body.matches("&quot;orderId&quot;: ").count(), 3, "{}", page.body);
    assert!(page.body.contains("Amazon answered 200"));
    let next = page.body.split("name=\"page\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&quot;", "\"").replace("&amp;", "&");
    let second = viewer.press("/operations/searchOrders", &[&fields[..], &[("page", &next)]].concat()).await;
    let first_of = |body: &str| body.split("orderId&quot;: &quot;").nth(1).unwrap()[..19].to_owned();
    assert_ne!(first_of(&page.body), first_of(&second.body));
    let curl = page.body.split("curl -X POST").nth(1).unwrap();
    assert!(curl.contains("/operations/searchOrders?version=orders%2F2026-01-01+GET"), "{curl}");
    assert!(curl.contains("Bearer $TOKEN") && curl.contains("maxResultsPerPage"), "{curl}");
    let lure = viewer.get("/operations/searchOrders?connection=c%27%3B+rm+-rf+~+%23").await;
    assert!(!lure.body.contains("rm -rf") && !lure.body.contains("curl -X POST"), "{}", lure.body);
    let chosen = viewer.get(&format!("/operations/searchOrders?connection={}", through.id)).await;
    assert!(chosen.body.contains("curl -X POST"), "the control");
    let bad = viewer
        .press("/operations/searchOrders", &[version, connection, ("p.maxResultsPerPage", "many")])
        .await;
    assert_eq!(bad.status, 422, "{}", bad.body);
    let write = [("version", "listings-items/2021-08-01"), connection, ("p.sellerId", NORTHWIND)];
    assert_eq!(viewer.press("/operations/deleteListingsItem", &write).await.status, 403);
    let mut request = viewer.form("/operations/searchOrders", &fields);
    request.headers.retain(|(name, _)| name != "origin");
    assert_eq!(viewer.send(request).await.status, 403, "from elsewhere");
}

#[tokio::test]
async fn no_token_is_in_an_answer_a_page_a_row_or_a_message() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "restricted", true).await;
    let order = house.world().orders_of(NORTHWIND)[0].order_id.clone();
    let mut hay = String::new();
    let wanted = json!({"parameters": {"orderId": order}});
    for (name, wanted) in [
        ("getOrderAddress", wanted.clone()),
        ("getOrder?orders/2026-01-01", wanted),
        ("getDestinations", json!({})),
        ("createRestrictedDataToken", json!({"body": {}})),
    ] {
        hay += &format!("{:?}", operator.call(through.id.as_str(), name, wanted).await);
        house.deliver().await;
    }
    hay += &format!("{:?}", operator.call(through.id.as_str(), "getDestinations", json!({})).await);
    let mut browser = house.signed_in("owner", "main").await;
    let fields = [("connection", through.id.as_str()), ("p.orderId", &order), ("version", "orders/v0")];
    hay += &format!("{:?}", browser.press("/operations/getOrderAddress", &fields).await);
    hay += &format!("{:?}{:?}", house.cloud.rows.borrow(), house.cloud.messages.borrow());
    assert!(hay.contains("Simulated Buyer"), "it was answered");
    let secrets = house.world().secrets_issued();
    assert!(secrets.len() >= 6, "seller's, restricted and grantless tokens among them");
    for secret in &secrets {
        let tail = &secret[secret.len() - 24..];
        assert!(!hay.contains(tail), "a secret slipped out");
        assert!(format!("{hay}{secret}").contains(tail), "the control");
    }
}
