//! The forms of applications and imports, as a person fills them in and a program sends them (E of the mission;
//! 4.B, 4.F; L66).

use sellerport_core::application::Application;
use sellerport_core::http::Response;
use sellerport_simulator::{PRIVATE_APPLICATION_ID, PRIVATE_CLIENT_ID};
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND};
use serde_json::{Value, json};

const MINUTE: jiff::SignedDuration = jiff::SignedDuration::from_mins(1);

/// The fields of the application form.
fn fields(secret: &str) -> Vec<(&'static str, String)> {
    vec![
        ("name", "own".to_owned()),
        ("amazon_id", PRIVATE_APPLICATION_ID.to_owned()),
        ("client_id", PRIVATE_CLIENT_ID.to_owned()),
        ("client_secret", secret.to_owned()),
        ("stage", "private".to_owned()),
        ("realm", "production".to_owned()),
        ("fetches", "orders".to_owned()),
    ]
}

async fn send(browser: &mut Browser<'_>, address: &str, fields: &[(&'static str, String)]) -> Response {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.press(address, &fields).await
}

fn location(response: &Response) -> String {
    assert_eq!(response.status, 303, "{}", response.body);
    response.headers.iter().find(|(name, _)| *name == "location").unwrap().1.clone()
}

#[tokio::test]
async fn l66_application_secret_and_refresh_token_are_all_it_takes_to_first_data() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let secret = house.world().client_secret(PRIVATE_CLIENT_ID).unwrap();
    assert_eq!(location(&send(&mut browser, "/applications", &fields(&secret)).await), "/applications");
    let token = house.world().mint_self_authorization_of(NORTHWIND, PRIVATE_CLIENT_ID).unwrap();
    let line = [
        ("application", "own"),
        ("seller_id", NORTHWIND),
        ("region", "NA"),
        ("kind", "seller"),
        ("refresh_token", &token),
        ("file", ""),
    ];
    let place = location(&browser.press("/imports", &line).await);
    assert!(browser.get(&place).await.body.contains("Checking"));
    house.pass(MINUTE * 5).await;
    let page = browser.get(&place).await.body;
    assert!(page.contains("1 accounts are connected; 0 were so already."), "{page}");
    assert!(!page.contains(&token));
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn the_applications_page_shows_what_to_register_and_never_a_secret() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let secret = house.world().client_secret(PRIVATE_CLIENT_ID).unwrap();
    send(&mut browser, "/applications", &fields(&secret)).await;
    let page = browser.get("/applications").await.body;
    for uri in house.site.redirect_uris(&house.application.slug) {
        assert!(page.contains(&uri), "L63: {uri}");
    }
    assert!(page.contains(&house.site.login_uri(&house.application.slug)));
    assert!(page.contains("in 180 days"), "the countdown");
    let json = browser.get("/api/applications").await.body;
    for text in [&page, &json] {
        assert!(!text.contains("CANARY"), "a secret is shown");
    }
    let parsed: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parsed["applications"].as_array().unwrap().len(), 2);
    let mut other = house.signed_in("somebody", "other").await;
    assert_eq!(other.get("/applications").await.status, 403, "the applications are the home tenant's");
    assert_eq!(send(&mut other, "/applications", &fields(&secret)).await.status, 403);
}

#[tokio::test]
async fn each_field_of_the_application_form_says_what_is_wrong_and_saves_nothing() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    for (field, value, says) in [
        ("client_secret", "amzn1.oa2-cs.v1.wrong", "Amazon refuses this pair of client id and secret"),
        ("client_secret", "Atzr|x", "this is a refresh token"),
        ("client_secret", "", "is missing"),
        ("client_id", "amzn1.sellerapps.app.1", "a client id begins with"),
        ("amazon_id", "", "is missing"),
        ("stage", "live", "draft, published or private"),
        ("realm", "moon", "production or sandbox"),
        ("name", "../x", "up to 32 letters"),
    ] {
        let mut changed = fields("amzn1.oa2-cs.v1.x");
        changed.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, kept)| value.clone_into(kept));
        let response = send(&mut browser, "/applications", &changed).await;
        assert_eq!(response.status, 422, "{field}={value}");
        assert!(response.body.contains(says), "{field}={value}: {}", response.body);
    }
    let mut more = fields("x");
    more.push(("tenant_id", "other".to_owned()));
    assert!(send(&mut browser, "/applications", &more).await.body.contains("Unknown field `tenant_id`"));
    for (days, says) in [("-5", "0 to 180"), ("1e9", "a number from 0 to 180"), ("181", "0 to 180")] {
        let secret = house.world().client_secret(PRIVATE_CLIENT_ID).unwrap();
        let mut changed = fields(&secret);
        changed.push(("days_left", days.to_owned()));
        assert!(send(&mut browser, "/applications", &changed).await.body.contains(says), "{days}");
    }
    assert_eq!(Application::all(&house.cloud).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_import_that_cannot_be_read_lists_its_faults_line_by_line() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let file = "seller_id,region,refresh_token\nA2EXAMPLE7XYZ,US,Atzr|CANARY-a\nA2,NA,Atza|CANARY-b\n";
    // A browser sends what stands in a field with CRLF.
    let response = browser.press("/imports", &[("file", &file.replace('\n', "\r\n"))]).await;
    assert_eq!(response.status, 422);
    let lines = ["2</td><td>region: NA, EU or FE", "3</td><td>refresh_token: this is an access token"];
    for says in lines {
        assert!(response.body.contains(says), "{}", response.body);
    }
    assert!(!response.body.contains("CANARY"), "a token is shown");
    let mut request = browser.form("/api/imports", &[]);
    request.body = file.as_bytes().to_vec();
    request.headers.retain(|(name, _)| name != "content-type");
    request.headers.push(("content-type".into(), "text/csv".into()));
    request.headers.push(("x-csrf-token".into(), browser.form_token()));
    let answer: Value = serde_json::from_str(&house.answer(&request).await.body).unwrap();
    assert_eq!(answer["error"]["code"], "E_IMP_FIELD");
    assert_eq!(answer["error"]["lines"][0]["line"], 2);
    assert_eq!(answer["error"]["lines"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn imports_are_their_tenants_own() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let token = house.world().mint_self_authorization(NORTHWIND).unwrap();
    let file = format!("seller_id,region,refresh_token\n{NORTHWIND},NA,{token}\n");
    let place = location(&browser.press("/imports", &[("file", &file)]).await);
    let mut other = house.signed_in("somebody", "other").await;
    assert_eq!(other.get(&place).await.status, 404);
    assert_eq!(other.get(&format!("/api{place}")).await.status, 404);
    let listed: Value = serde_json::from_str(&other.get("/api/imports").await.body).unwrap();
    assert_eq!(listed, json!({"imports": []}));
}

#[tokio::test]
async fn the_audit_trail_tells_who_did_what_newest_first() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let id = house.connection(NORTHWIND).id;
    house.advance(MINUTE);
    browser.press(&format!("/connections/{id}/disconnect"), &[]).await;
    let trail: Value = serde_json::from_str(&browser.get("/api/audit").await.body).unwrap();
    let whats: Vec<_> =
        trail["entries"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(whats[0], "connection.disconnected");
    assert!(whats.contains(&"connection.connected") && whats.contains(&"session.signed_in"));
    assert_eq!(trail["entries"][0]["user"], "owner");
    let page = browser.get("/audit").await.body;
    assert!(page.contains("connection.disconnected"));
    let mut other = house.signed_in("somebody", "other").await;
    assert!(!other.get("/audit").await.body.contains("connection.disconnected"));
}

#[tokio::test]
async fn t34_names_from_amazon_are_shown_as_text() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let key = sellerport_core::stores::Stores::key_of(&connection.tenant, &connection.id);
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "</td></tr></table><h1>x",
        "javascript:alert(1)",
        "&lt;b&gt;",
        "{{7*7}}",
        "\u{202e}evil",
    ] {
        if let Some(row) = house.cloud.rows.borrow_mut().get_mut(&key) {
            row.document["stores"][0]["name"] = hostile.into();
        }
        let mut browser = house.signed_in("owner", "main").await;
        let page = browser.get(&format!("/connections/{}", connection.id)).await.body;
        for live in ["<script>alert", "<img src=x", "<svg onload", "</table><h1>x"] {
            assert!(!page.contains(live), "{hostile}");
        }
    }
}
