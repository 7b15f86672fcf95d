//! Programs: a request that IAM lets in, and changes by JSON.

use super::refused_with;
use sellerport_core::http::{Request, Response};
use sellerport_core::invocation::{ApiCall, Invocation};
use sellerport_core::ports::Clock as _;
use sellerport_core::session::Role;
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND, ORIGIN};
use sellerport_web::caller::TOKEN_HEADER;
use sellerport_web::caller::invoked;
use sellerport_web::console;
use serde_json::{Value, json};

async fn invoke(house: &House, event: Value) -> Response {
    let Ok(Some(Invocation::Api(call))) = Invocation::parse(&event) else { panic!("{event}") };
    let call: ApiCall = call;
    console::handle(&house.cloud, &house.site, &invoked(call, house.cloud.now())).await
}

fn call(tenant: &str, role: &str, method: &str, path: &str) -> Value {
    json!({"v": 1, "kind": "api", "tenant": tenant, "role": role, "user": "reports",
        "method": method, "path": path, "query": "", "body": ""})
}

#[tokio::test]
async fn a_program_that_iam_lets_in_reads_and_changes_as_its_role_says() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let one = format!("/api/connections/{}", connection.id);
    let fetch = format!("{one}/fetch");
    let list = invoke(&house, call("main", "viewer", "GET", "/api/connections")).await;
    assert_eq!(list.status, 200);
    assert!(list.body.contains(connection.id.as_str()), "{}", list.body);
    assert!(list.headers.iter().any(|(name, value)| *name == "content-type" && value == "application/json"));
    assert_eq!(invoke(&house, call("main", "viewer", "GET", &one)).await.status, 200);
    refused_with(&invoke(&house, call("main", "viewer", "POST", &fetch)).await, 403, "E_ROLE");
    assert!(!house.cloud.event_names().contains(&"fetch.requested"));
    assert_eq!(invoke(&house, call("main", "operator", "POST", &fetch)).await.status, 202);
    assert!(house.cloud.event_names().contains(&"fetch.requested"));
    refused_with(&invoke(&house, call("other", "operator", "GET", &one)).await, 404, "E_NOT_FOUND");
    refused_with(&invoke(&house, call("other", "operator", "POST", &fetch)).await, 404, "E_NOT_FOUND");
    refused_with(&invoke(&house, call("main", "operator", "DELETE", &one)).await, 405, "E_METHOD");
}

/// A change by JSON as a script of our own page would send it.
fn change(browser: &Browser<'_>, address: &str) -> Request {
    let form = browser.form(address, &[]);
    let token = String::from_utf8(form.body.clone()).unwrap().replace("csrf=", "");
    let mut request = Request { body: b"{}".to_vec(), ..form };
    request.headers.retain(|(name, _)| name != "content-type");
    request.headers.push(("content-type".into(), "application/json".into()));
    request.headers.push((TOKEN_HEADER.into(), token));
    request
}

fn with(mut request: Request, name: &str, value: Option<&str>) -> Request {
    request.headers.retain(|(key, _)| key != name);
    request.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    request
}

#[tokio::test]
async fn a_browsers_change_by_json_needs_our_page_and_its_token() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let fetch = format!("/api/connections/{}/fetch", connection.id);
    let mut operator = house.signed_in("owner", "main").await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let good = change(&operator, &fetch);
    for (request, status, code) in [
        (with(good.clone(), "origin", None), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "origin", Some("https://evil.example")), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "sec-fetch-site", Some("same-site")), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "content-type", Some("text/plain")), 415, "E_FORM_TYPE"),
        (with(good.clone(), "content-type", Some("application/x-www-form-urlencoded")), 415, "E_FORM_TYPE"),
        (with(good.clone(), TOKEN_HEADER, None), 403, "E_FORM_CSRF"),
        (with(good.clone(), TOKEN_HEADER, Some("")), 403, "E_FORM_CSRF"),
        (Request { body: vec![b' '; 70_000], ..good.clone() }, 413, "E_FORM_SIZE"),
        (Request { cookies: Vec::new(), ..good.clone() }, 401, "E_AUTH"),
    ] {
        refused_with(&operator.send(request).await, status, code);
    }
    let his = change(&viewer, &fetch);
    refused_with(&viewer.send(his).await, 403, "E_ROLE");
    assert!(!house.cloud.event_names().contains(&"fetch.requested"), "nothing was asked for");
    assert_eq!(operator.send(good).await.status, 202, "the control, from {ORIGIN}");
}
