//! Sign-in at an identity provider: the real adapter at the development issuer, over HTTP.

use super::refused_with;
use jiff::SignedDuration;
use sellerport_aws::IdentityProvider;
use sellerport_core::http::Response;
use sellerport_core::oidc::{IssuerUrl, Settings};
use sellerport_core::session::Role;
use sellerport_core::store::TableName;
use sellerport_simulator::{OIDC_AUDIENCE, OIDC_CLIENT_ID, OIDC_MACHINE_ID, OIDC_MACHINE_SECRET, OidcSpoil};
use sellerport_spapi::http::client;
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND, ORIGIN};
use sellerport_web::cookies::{SESSION, SIGN_IN};

/// An installation whose people sign in at the development issuer.
async fn house() -> House {
    let mut house = House::start().await;
    house.cloud.issuer = Some(provider(&house));
    house
}

fn provider(house: &House) -> IdentityProvider {
    IdentityProvider::new(Settings {
        issuer: IssuerUrl::parse(&format!("{}/oidc", house.simulator.base_url())).unwrap(),
        client_id: OIDC_CLIENT_ID.into(),
        tenant_claim: "custom:tenant".into(),
        role_claim: "cognito:groups".into(),
        tenant: None,
        audiences: vec![OIDC_AUDIENCE.into()],
    })
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status, 303, "{}", response.body);
    &response.headers.iter().find(|(name, _)| *name == "location").unwrap().1
}

/// Presses the button of a person on the issuer's page; the path and query that the browser is sent back to.
async fn choose(page: &str, person: &str) -> String {
    let (address, query) = page.split_once('?').unwrap();
    let shown = client().unwrap().get(page).send().await.unwrap();
    assert_eq!(shown.status().as_u16(), 200);
    let form = format!("{query}&person={person}");
    let request = client().unwrap().post(address).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 303);
    let back = answer.headers()["location"].to_str().unwrap();
    back.strip_prefix(ORIGIN).unwrap().to_owned()
}

/// Starts a sign-in in this browser and chooses a person; the address of the callback, not yet opened.
async fn leave(browser: &mut Browser<'_>, person: &str) -> String {
    let page = location(&browser.get("/sign-in/oidc").await).to_owned();
    choose(&page, person).await
}

async fn sign_in(browser: &mut Browser<'_>, person: &str) -> Response {
    let callback = leave(browser, person).await;
    browser.get(&callback).await
}

fn nobody_came_in(house: &House) {
    assert!(house.cloud.table(TableName::Sessions).is_empty(), "no session was opened");
}

#[tokio::test]
async fn everybody_becomes_whom_the_issuer_names() {
    let house = house().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut welcome = Browser::new(&house);
    assert!(welcome.get("/").await.body.contains("href=\"/sign-in/oidc\""));
    for (person, sees, reconnects) in [("owner", 200, 303), ("reader", 200, 403), ("stranger", 404, 404)] {
        let mut browser = Browser::new(&house);
        assert_eq!(location(&sign_in(&mut browser, person).await), "/");
        assert!(!browser.cookies.contains_key(SIGN_IN), "its cookie is gone");
        let page = format!("/connections/{}", connection.id);
        assert_eq!(browser.get(&page).await.status, sees, "{person}");
        assert_eq!(browser.press(&format!("{page}/reconnect"), &[]).await.status, reconnects, "{person}");
    }
    let audit: Vec<_> = house.cloud.table(TableName::Audit);
    assert_eq!(audit.iter().filter(|row| row.document["subject"] == "oidc").count(), 3);
}

#[tokio::test]
async fn without_an_issuer_there_is_the_link_and_nothing_else() {
    let house = House::start().await;
    let mut browser = Browser::new(&house);
    assert!(!browser.get("/").await.body.contains("oidc"));
    for address in ["/sign-in/oidc", "/sign-in/oidc/callback?state=x"] {
        refused_with(&browser.get(address).await, 404, "E_NOT_FOUND");
    }
}

#[tokio::test]
async fn t18_a_planted_session_is_neither_adopted_nor_kept() {
    let house = house().await;
    let mut planted = house.signed_in("mallory", "evil").await;
    let mut victim = planted.clone();
    assert_eq!(sign_in(&mut victim, "owner").await.status, 303);
    assert_ne!(victim.cookies[SESSION], planted.cookies[SESSION]);
    refused_with(&planted.get("/api/connections").await, 401, "E_AUTH");
    assert!(victim.get("/").await.body.contains("owner · main"));
    let mut invented = Browser::new(&house);
    invented.cookies.insert(SESSION.into(), "p".repeat(43));
    assert_eq!(sign_in(&mut invented, "owner").await.status, 303);
    assert_ne!(invented.cookies[SESSION], "p".repeat(43));
}

#[tokio::test]
async fn a_sign_in_ends_in_the_browser_that_began_it_and_once() {
    let house = house().await;
    let (mut mallory, mut victim) = (Browser::new(&house), Browser::new(&house));
    let callback = leave(&mut mallory, "stranger").await;
    refused_with(&victim.get(&callback).await, 403, "E_OIDC_BROWSER");
    refused_with(&mallory.get(&callback).await, 400, "E_OIDC_STATE");
    nobody_came_in(&house);

    // A victim who has begun a sign-in himself does not take somebody else's answer either.
    let callback = leave(&mut mallory, "stranger").await;
    let own = leave(&mut victim, "owner").await;
    refused_with(&victim.get(&callback).await, 403, "E_OIDC_BROWSER");
    nobody_came_in(&house);
    assert_eq!(victim.get(&own).await.status, 303, "the control");
    refused_with(&victim.get(&own).await, 400, "E_OIDC_STATE");
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_worth_nothing() {
    let house = house().await;
    let (mut mallory, mut victim) = (Browser::new(&house), Browser::new(&house));
    let (theirs, own) = (leave(&mut mallory, "stranger").await, leave(&mut victim, "owner").await);
    let part = |address: &str, name: &str| {
        let query = address.split_once('?').unwrap().1;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).unwrap().1.to_owned()
    };
    let injected = own.replace(&part(&own, "code"), &part(&theirs, "code"));
    assert_ne!(injected, own);
    refused_with(&victim.get(&injected).await, 503, "E_OIDC_ISSUER");
    nobody_came_in(&house);
}

#[tokio::test]
async fn an_old_sign_in_is_over() {
    let house = house().await;
    let mut browser = Browser::new(&house);
    let callback = leave(&mut browser, "owner").await;
    house.advance(SignedDuration::from_mins(10));
    refused_with(&browser.get(&callback).await, 400, "E_OIDC_STATE");
    for address in ["", "?state=x&code=y", &format!("?state={}&code=y", "s".repeat(43))] {
        let callback = format!("/sign-in/oidc/callback{address}");
        refused_with(&browser.get(&callback).await, 400, "E_OIDC_STATE");
    }
    nobody_came_in(&house);
}

#[tokio::test]
async fn whoever_declines_is_told_so() {
    let house = house().await;
    refused_with(&sign_in(&mut Browser::new(&house), "").await, 403, "E_OIDC_DENIED");
    nobody_came_in(&house);
}

#[tokio::test]
async fn a_token_that_is_not_for_this_sign_in_opens_nothing() {
    for (spoil, status, code) in [
        (OidcSpoil::Nonce, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::Audience, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::Issuer, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::Expired, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::AlgNone, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::AlgHmac, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::Tampered, 403, "E_OIDC_CLAIMS"),
        (OidcSpoil::NoTenant, 403, "E_OIDC_TENANT"),
        (OidcSpoil::Down, 503, "E_OIDC_ISSUER"),
    ] {
        let house = house().await;
        let mut browser = Browser::new(&house);
        let callback = leave(&mut browser, "owner").await;
        house.world().spoil_oidc(Some(spoil));
        refused_with(&browser.get(&callback).await, status, code);
        nobody_came_in(&house);
        house.world().spoil_oidc(None);
        assert_eq!(sign_in(&mut browser, "owner").await.status, 303, "the control after {spoil:?}");
    }
}

#[tokio::test]
async fn whoever_has_no_role_may_read() {
    let house = house().await;
    house.world().spoil_oidc(Some(OidcSpoil::NoRole));
    let mut browser = Browser::new(&house);
    assert_eq!(sign_in(&mut browser, "owner").await.status, 303);
    assert_eq!(browser.get("/api/connections").await.status, 200);
    refused_with(&browser.press("/connect", &[("store", "US")]).await, 403, "E_ROLE");
}

#[tokio::test]
async fn a_description_that_leads_elsewhere_is_not_followed() {
    for spoil in
        [OidcSpoil::Down, OidcSpoil::Description, OidcSpoil::Endpoint, OidcSpoil::Redirect, OidcSpoil::Huge]
    {
        let house = house().await;
        house.world().spoil_oidc(Some(spoil));
        let mut browser = Browser::new(&house);
        refused_with(&browser.get("/sign-in/oidc").await, 503, "E_OIDC_ISSUER");
        assert!(house.cloud.table(TableName::Pending).is_empty() && browser.cookies.is_empty(), "{spoil:?}");
        house.world().spoil_oidc(None);
        assert_eq!(browser.get("/sign-in/oidc").await.status, 303, "the control after {spoil:?}");
    }
}

#[tokio::test]
async fn a_new_key_of_the_issuer_is_learnt_when_it_is_first_seen() {
    let house = house().await;
    let mut browser = Browser::new(&house);
    assert_eq!(sign_in(&mut browser, "owner").await.status, 303);
    house.world().rotate_oidc_key();
    refused_with(&sign_in(&mut browser, "owner").await, 403, "E_OIDC_CLAIMS");
    house.advance(SignedDuration::from_secs(30));
    assert_eq!(sign_in(&mut browser, "owner").await.status, 303, "half a minute later, not ten minutes");
}

/// An access token of the development issuer's machine client.
async fn machine_token(house: &House, scope: &str) -> String {
    let form = format!(
        "grant_type=client_credentials&client_id={OIDC_MACHINE_ID}&client_secret={OIDC_MACHINE_SECRET}&scope={scope}"
    );
    let request = client().unwrap().post(format!("{}/oidc/token", house.simulator.base_url())).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = request.send().await.unwrap().bytes().await.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

async fn call(browser: &mut Browser<'_>, method: &str, address: &str, token: &str) -> Response {
    let mut request = browser.request(method, address);
    request.headers.push(("authorization".into(), format!("Bearer {token}")));
    request.headers.push(("content-type".into(), "application/json".into()));
    browser.send(request).await
}

#[tokio::test]
async fn a_program_with_a_token_reads_and_changes_as_its_scope_says() {
    let house = house().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let one = format!("/api/connections/{}", connection.id);
    let fetch = format!("{one}/fetch");
    let operator = machine_token(&house, "sellerport/operator").await;
    let viewer = machine_token(&house, "sellerport/viewer").await;
    let mut program = Browser::new(&house);
    assert_eq!(call(&mut program, "GET", &one, &viewer).await.status, 200);
    refused_with(&call(&mut program, "POST", &fetch, &viewer).await, 403, "E_ROLE");
    assert!(!house.cloud.event_names().contains(&"fetch.requested"));
    assert_eq!(call(&mut program, "POST", &fetch, &operator).await.status, 202);
    assert!(house.cloud.event_names().contains(&"fetch.requested"));
    assert_eq!(call(&mut program, "GET", "/", &operator).await.body.matches("/sign-in/oidc").count(), 1);
    refused_with(&call(&mut program, "POST", "/connect", &operator).await, 403, "E_FORM_ORIGIN");
    // Both a cookie and a token: the token counts, so the stranger's session opens nothing and spoils nothing.
    let mut stranger = house.signed_in("stranger", "other").await;
    assert_eq!(call(&mut stranger, "GET", &one, &viewer).await.status, 200);
    refused_with(&call(&mut stranger, "POST", &fetch, &viewer).await, 403, "E_ROLE");
    let mut owner = house.signed_in_as("owner", "main", Role::Operator).await;
    refused_with(&call(&mut owner, "GET", &one, "nonsense").await, 401, "E_AUTH_BEARER");
}

#[tokio::test]
async fn a_token_that_is_not_for_this_api_opens_nothing() {
    let mut house = house().await;
    let good = machine_token(&house, "sellerport/operator").await;
    let mut bad = vec![String::new(), "x".into(), format!("{good}x"), good.replace('.', "")];
    for spoil in [
        OidcSpoil::Audience,
        OidcSpoil::Issuer,
        OidcSpoil::Expired,
        OidcSpoil::AlgNone,
        OidcSpoil::AlgHmac,
        OidcSpoil::Tampered,
        OidcSpoil::NoTenant,
        OidcSpoil::Nonce,
    ] {
        house.world().spoil_oidc(Some(spoil));
        bad.push(machine_token(&house, "sellerport/operator").await);
    }
    house.world().spoil_oidc(None);
    let mut program = Browser::new(&house);
    for token in bad {
        refused_with(&call(&mut program, "GET", "/api/connections", &token).await, 401, "E_AUTH_BEARER");
    }
    assert_eq!(call(&mut program, "GET", "/api/connections", &good).await.status, 200, "the control");
    house.advance(SignedDuration::from_mins(11));
    refused_with(&call(&mut program, "GET", "/api/connections", &good).await, 401, "E_AUTH_BEARER");

    let silent = Settings { audiences: Vec::new(), ..provider(&house).settings().clone() };
    house.cloud.issuer = Some(IdentityProvider::new(silent));
    let fresh = machine_token(&house, "sellerport/operator").await;
    let response = call(&mut Browser::new(&house), "GET", "/api/connections", &fresh).await;
    refused_with(&response, 401, "E_AUTH_BEARER");
}
