//! Every address there is, walked: answered, guarded, protected and described (T16, T19, T20).

use sellerport_core::http::{Request, Response};
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_web::routes::{ROUTES, Route, Who};
use serde_json::Value;
use std::collections::BTreeSet;

/// A path of a route, its parts filled in.
fn path(route: &Route, id: &str) -> String {
    let known = [
        ("{id}", id),
        ("{name}", "main"),
        ("{ticket}", "none"),
        ("{application}", "main"),
        ("{flow}", "website"),
        ("{region}", "na"),
        ("{operation}", "getMarketplaceParticipations"),
        ("{queue}", "orders"),
        ("{domain}", "orders"),
        ("{message_id}", "none"),
    ];
    known.iter().fold(route.path.to_owned(), |path, (part, value)| path.replace(part, value))
}

/// A request as our pages or a program of a session would send it.
fn request(browser: &Browser<'_>, route: &Route, id: &str) -> Request {
    let path = path(route, id);
    let door = path.ends_with("/writes") || path.ends_with("/restricted");
    let fields: &[_] = if door { &[("open", "true")] } else { &[] };
    let mut request = match route.method {
        "GET" => browser.request("GET", &path),
        _ => browser.form(&path, fields),
    };
    request.method = route.method.to_owned();
    if path.starts_with("/api/") {
        request.headers.retain(|(name, _)| name != "content-type");
        request.headers.push(("content-type".into(), "application/json".into()));
        request.headers.push(("x-csrf-token".into(), browser.form_token()));
        if door || path.contains("/operations/") {
            request.body = if door { b"{\"open\":true}".into() } else { b"{}".into() };
        }
    }
    request
}

fn code(response: &Response) -> String {
    let text = &response.body;
    let found = text.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
    found
        .map_or_else(
            || {
                serde_json::from_str::<Value>(text)
                    .map(|json| json["error"]["code"].as_str().unwrap_or("").to_owned())
            },
            |code| Ok(code.to_owned()),
        )
        .unwrap_or_default()
}

#[tokio::test]
async fn t16_every_answer_of_every_address_has_its_protective_headers() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let signed_in = house.signed_in("owner", "main").await;
    let nobody = Browser::new(&house);
    let mut walked = BTreeSet::new();
    for route in ROUTES {
        for browser in [&nobody, &signed_in] {
            for method in ["GET", "POST", "PUT", "DELETE", "HEAD"] {
                let mut request = request(browser, route, connection.id.as_str());
                request.method = method.to_owned();
                let response = house.answer(&request).await;
                let header =
                    |name: &str| response.headers.iter().find(|(key, _)| *key == name).map(|(_, v)| v);
                let policy = header("content-security-policy").unwrap();
                assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
                assert!(!policy.contains("unsafe"), "{policy}");
                for name in [
                    "x-frame-options",
                    "x-content-type-options",
                    "referrer-policy",
                    "strict-transport-security",
                ] {
                    assert!(header(name).is_some(), "{name} of {method} {} {}", route.path, response.status);
                }
                assert!(!response.body.contains("<script>") && !response.body.contains("onclick="));
                walked.insert((route.path, response.status));
            }
        }
    }
    let statuses: BTreeSet<_> = walked.iter().map(|(_, status)| *status).collect();
    assert!(walked.len() > 70 && statuses.len() >= 7, "{} pairs, {statuses:?}", walked.len());
}

#[tokio::test]
async fn nobody_gets_in_where_a_sign_in_is_asked_for() {
    let house = House::start().await;
    let nobody = Browser::new(&house);
    for route in ROUTES.iter().filter(|route| matches!(route.who, Who::Reader | Who::Operator)) {
        let response = house.answer(&request(&nobody, route, "c1")).await;
        let expected = if route.path == "/oauth/{application}/login" { 400 } else { 401 };
        assert_eq!(response.status, expected, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn t20_anothers_things_are_answered_exactly_as_things_that_do_not_exist() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let stranger = house.signed_in("stranger", "other").await;
    let without_reference = |response: &Response| {
        let cut = |text: &str| text.split("reference").next().unwrap_or_default().to_owned();
        (response.status, cut(&response.body), response.headers.clone(), response.cookies.clone())
    };
    let mut walked = 0;
    for route in ROUTES.iter().filter(|route| route.path.contains("{id}")) {
        let foreign = house.answer(&request(&stranger, route, connection.id.as_str())).await;
        let unknown = house.answer(&request(&stranger, route, "cAAAAAAAAAAAAAAAAAAAAAA")).await;
        assert_eq!(
            without_reference(&foreign),
            without_reference(&unknown),
            "{} {}",
            route.method,
            route.path
        );
        let needs_body =
            ["/api/connections/{id}/marketplaces", "/api/connections/{id}/domains"].contains(&route.path);
        assert_eq!(foreign.status, if needs_body { 400 } else { 404 }, "{} {}", route.method, route.path);
        walked += 1;
    }
    assert!(walked >= 10, "{walked}");
    assert_eq!(house.connection(NORTHWIND).status, sellerport_core::connection::Status::Active);
}

#[tokio::test]
async fn t19_a_change_by_json_from_a_browser_needs_our_page_and_its_token() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let browser = house.signed_in("owner", "main").await;
    let route = ROUTES.iter().find(|route| route.path == "/api/connections/{id}/disconnect").unwrap();
    let good = request(&browser, route, connection.id.as_str());
    let without = |name: &str| {
        let mut request = good.clone();
        request.headers.retain(|(key, _)| key != name);
        request
    };
    let with = |name: &str, value: &str| {
        let mut request = without(name);
        request.headers.push((name.to_owned(), value.to_owned()));
        request
    };
    for (request, status, expected) in [
        (without("origin"), 403, "E_FORM_ORIGIN"),
        (with("origin", "null"), 403, "E_FORM_ORIGIN"),
        (with("origin", "https://x.sellerport.example"), 403, "E_FORM_ORIGIN"),
        (with("sec-fetch-site", "cross-site"), 403, "E_FORM_ORIGIN"),
        (with("content-type", "text/plain"), 415, "E_FORM_TYPE"),
        (without("x-csrf-token"), 403, "E_FORM_CSRF"),
        (with("x-csrf-token", &"0".repeat(64)), 403, "E_FORM_CSRF"),
        (Request { method: "GET".into(), ..good.clone() }, 405, "E_METHOD"),
    ] {
        let response = house.answer(&request).await;
        assert_eq!((response.status, code(&response).as_str()), (status, expected));
    }
    assert_eq!(house.connection(NORTHWIND).generation, 1);
    assert_eq!(house.answer(&good).await.status, 200, "the control");
}

#[tokio::test]
async fn the_description_of_the_api_is_that_of_its_addresses() {
    let house = House::start().await;
    let answer = house.answer(&Browser::new(&house).request("GET", "/api/openapi.json")).await;
    let openapi: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(openapi["openapi"], "3.1.0");
    let mut described = BTreeSet::new();
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            described.insert((method.to_uppercase(), path.clone()));
            assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 10), "{method} {path}");
            assert!(
                operation["responses"]["200"].is_object()
                    || operation["responses"]["201"].is_object()
                    || operation["responses"]["202"].is_object(),
                "{method} {path}"
            );
            let parts = path.matches('{').count();
            let named = operation["parameters"]
                .as_array()
                .map_or(0, |all| all.iter().filter(|one| one["in"] == "path").count());
            assert_eq!(parts, named, "the parts of {path}");
        }
    }
    let there: BTreeSet<_> = ROUTES
        .iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(described, there);
    // Every reference leads somewhere.
    let text = answer.body.clone();
    for reference in text.split("\"#/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let found = openapi.pointer(&format!("/{reference}"));
        assert!(found.is_some(), "{reference}");
    }
}
