//! Connect sessions: a host product sends its user to connect an account and gets him back with a result.

use sellerport_core::http::Response;
use sellerport_core::session::Role;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::browser::{Browser, callback, consent};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_web::cookies;
use serde_json::{Value, json};

/// The host's program asks.
async fn ask(house: &House, tenant: &str, method: &str, path: &str, body: &Value) -> Response {
    use sellerport_core::ports::Clock as _;
    let call = sellerport_core::invocation::ApiCall {
        by: sellerport_tests::house::identity("host", tenant, Role::Operator),
        method: method.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        body: body.to_string(),
    };
    house.answer(&sellerport_web::caller::invoked(call, house.cloud.now())).await
}

async fn made(house: &House, body: &Value) -> Value {
    let response = ask(house, "shop-7", "POST", "/api/connect-sessions", body).await;
    assert_eq!(response.status, 201, "{}", response.body);
    serde_json::from_str(&response.body).unwrap()
}

fn wanted() -> Value {
    json!({"return_to": "https://host.example/amazon?step=2", "marketplaces": ["US", "CA"], "locale": "de-DE"})
}

fn path(session: &Value) -> String {
    session["url"].as_str().unwrap().strip_prefix("https://sellerport.example").unwrap().to_owned()
}

fn location(response: &Response) -> String {
    assert_eq!(response.status, 303, "{}", response.body);
    response.headers.iter().find(|(name, _)| *name == "location").unwrap().1.clone()
}

#[tokio::test]
async fn a_hosts_user_connects_without_a_sign_in_and_comes_back_with_the_result() {
    let house = House::start().await;
    let session = made(&house, &wanted()).await;
    let mut guest = Browser::new(&house);
    let page = guest.get(&path(&session)).await;
    assert!(page.status == 200 && page.body.contains("host.example"), "{}", page.body);
    assert!(!page.body.contains("Germany") && page.body.contains("Canada"), "only the stores offered");
    assert!(page.cookies.is_empty(), "looking starts nothing");
    let away = guest.press(&path(&session), &[("store", "US")]).await;
    let back = guest.approve(&consent(&away), NORTHWIND).await;
    let location = location(&back);
    let id = session["id"].as_str().unwrap();
    let expected =
        format!("https://host.example/amazon?step=2&connect_session={id}&result=connected&connection=");
    assert!(location.starts_with(&expected), "{location}");
    let connection = house.connection(NORTHWIND);
    assert_eq!(connection.tenant.as_str(), "shop-7");
    let read = ask(&house, "shop-7", "GET", &format!("/api/connect-sessions/{id}"), &Value::Null).await;
    let read: Value = serde_json::from_str(&read.body).unwrap();
    assert_eq!((read["state"].as_str(), read["url"].is_null()), (Some("connected"), true));
    assert_eq!(read["connection"], connection.id.as_str());
    // The link is spent, and the guest sees nothing of the console.
    assert_eq!(guest.get(&path(&session)).await.status, 400);
    assert_eq!(guest.get("/api/connections").await.status, 401);
    let other = ask(&house, "shop-8", "GET", &format!("/api/connect-sessions/{id}"), &Value::Null).await;
    assert_eq!(other.status, 404, "another tenant's");
}

#[tokio::test]
async fn a_refusal_goes_back_to_the_host_as_a_code_and_the_link_can_be_used_again() {
    let house = House::start().await;
    let session = made(&house, &wanted()).await;
    let mut guest = Browser::new(&house);
    let away = guest.press(&path(&session), &[("store", "US")]).await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::InvalidGrant));
    let back = guest.approve(&consent(&away), NORTHWIND).await;
    assert!(location(&back).ends_with("&result=failed&code=E_CB_CODE_REJECTED"));
    let away = guest.press(&path(&session), &[("store", "US")]).await;
    let back = guest.approve(&consent(&away), NORTHWIND).await;
    assert!(location(&back).contains("&result=connected&"));
}

#[tokio::test]
async fn a_link_belongs_to_the_browser_that_went_on_with_it() {
    let house = House::start().await;
    let session = made(&house, &wanted()).await;
    let mut guest = Browser::new(&house);
    let away = consent(&guest.press(&path(&session), &[("store", "US")]).await);
    let mut other = Browser::new(&house);
    let response = other.press(&path(&session), &[("store", "US")]).await;
    assert_eq!(response.status, 403, "{}", response.body);
    // Nor does another browser bring the answer, even with the nonce.
    let code = house.world().grant_code(NORTHWIND, &house.application.amazon_id, &away.redirect_uri).unwrap();
    let nonce = guest.cookies[cookies::NONCE].clone();
    other.cookies.insert(cookies::NONCE.to_owned(), nonce);
    assert_eq!(other.get(&callback(&away, &code, NORTHWIND)).await.status, 403);
    assert!(house.cloud.connections().is_empty());
}

#[tokio::test]
async fn a_link_ends_after_an_hour_and_only_from_our_own_page() {
    let house = House::start().await;
    let session = made(&house, &wanted()).await;
    let mut guest = Browser::new(&house);
    let mut forged = guest.form(&path(&session), &[("store", "US")]);
    forged.headers.retain(|(name, _)| name != "origin");
    assert_eq!(house.answer(&forged).await.status, 403);
    let outside = guest.press(&path(&session), &[("store", "DE")]).await;
    assert_eq!(outside.status, 422, "a store that was not offered");
    house.advance(sellerport_core::connect_session::LIFE);
    assert_eq!(guest.get(&path(&session)).await.status, 400);
    assert_eq!(guest.press(&path(&session), &[("store", "US")]).await.status, 400);
    assert_eq!(guest.get("/connect/none").await.status, 400);
}

#[tokio::test]
async fn a_session_leads_back_to_registered_origins_only() {
    let house = House::start().await;
    for (body, code) in [
        (json!({"return_to": "https://evil.example/"}), "E_FORM_FIELD"),
        (json!({"return_to": "https://host.example@evil.example/"}), "E_FORM_FIELD"),
        (json!({"return_to": "javascript:alert(1)"}), "E_FORM_FIELD"),
        (json!({"return_to": "https://host.example/", "marketplaces": ["XX"]}), "E_FORM_FIELD"),
        (json!({"return_to": "https://host.example/", "application": "none"}), "E_FORM_FIELD"),
        (json!({"return_to": "https://host.example/", "tenant": "other"}), "E_FORM_UNKNOWN"),
        (json!({}), "E_FORM_PARSE"),
        (json!([]), "E_FORM_PARSE"),
    ] {
        let response = ask(&house, "shop-7", "POST", "/api/connect-sessions", &body).await;
        let answer: Value = serde_json::from_str(&response.body).unwrap();
        assert_eq!(answer["error"]["code"], code, "{body}");
    }
}
