//! A seller who starts in the Appstore: to the Log-in URI, back to the confirmation address, and home with a code.

use std::collections::BTreeMap;
use std::time::Duration;

use sellerport_simulator::{
    APPLICATION_ID, CLIENT_ID, Obstacle, Options, PUBLISHED_APPLICATION_ID, PUBLISHED_CLIENT_ID,
};

use crate::asking::{
    Amazon, Answer, CALLBACK, NORTHWIND, RHEINHAUS, VENDOR, encoded, open, open_with, options,
};

const LOGIN: &str = "http://localhost:9/oauth/login?from=amazon";

async fn with_login() -> Amazon {
    open_with(Options { login_uri: Some(LOGIN.to_owned()), ..options() }).await
}

async fn start(amazon: &Amazon, application: &str, seller: &str) -> Answer {
    amazon.post_form("/appstore", &[("application_id", application), ("seller", seller)]).await
}

/// The fields of the address that an answer leads to, which begins with this one.
fn led_to(answer: &Answer, address: &str) -> BTreeMap<String, String> {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let location = answer.header("location").unwrap();
    let query = location.strip_prefix(address).unwrap_or_else(|| panic!("{location}"));
    form_urlencoded::parse(&query.as_bytes()[1..]).into_owned().collect()
}

/// The path of the confirmation address, and the `amazon_state`.
async fn begun(amazon: &Amazon, seller: &str) -> (String, String) {
    let fields = led_to(&start(amazon, APPLICATION_ID, seller).await, LOGIN);
    let path = fields["amazon_callback_uri"].strip_prefix(&amazon.running.base_url()).unwrap().to_owned();
    (path, fields["amazon_state"].clone())
}

async fn confirm(amazon: &Amazon, path: &str, query: &[(&str, &str)]) -> Answer {
    amazon.get(&format!("{path}?{}", encoded(query))).await
}

#[tokio::test]
async fn a_seller_goes_from_the_appstore_by_the_log_in_uri_to_the_redirect_uri() {
    let amazon = with_login().await;
    let page = amazon.get("/appstore").await.text();
    assert!(page.contains(APPLICATION_ID) && page.contains(PUBLISHED_APPLICATION_ID));
    assert!(page.contains(NORTHWIND) && page.contains(VENDOR) && !page.contains("simulator-private"));
    for (seller, place) in
        [(NORTHWIND, "sellercentral/us"), (RHEINHAUS, "sellercentral/de"), (VENDOR, "vendorcentral/us")]
    {
        let fields = led_to(&start(&amazon, APPLICATION_ID, seller).await, LOGIN);
        let expected =
            format!("{}/{place}/apps/authorize/confirm/{APPLICATION_ID}", amazon.running.base_url());
        assert_eq!(fields["amazon_callback_uri"], expected);
        assert_eq!((fields["selling_partner_id"].as_str(), fields["version"].as_str()), (seller, "beta"));
        let path = expected.strip_prefix(&amazon.running.base_url()).unwrap();
        let query = [
            ("amazon_state", fields["amazon_state"].as_str()),
            ("state", "our own"),
            ("redirect_uri", CALLBACK),
            ("version", "beta"),
        ];
        let home = led_to(&confirm(&amazon, path, &query).await, CALLBACK);
        assert_eq!((home["state"].as_str(), home["selling_partner_id"].as_str()), ("our own", seller));
        assert_eq!(amazon.exchange(&home["spapi_oauth_code"]).await.status, 200);
    }
    assert_eq!((amazon.world.calls_to("appstore"), amazon.world.calls_to("confirm")), (3, 3));
}

#[tokio::test]
async fn a_listed_application_needs_no_version_and_amazons_host_works_too() {
    let amazon = open().await;
    let login = "https://published.example/login";
    let fields = led_to(&start(&amazon, PUBLISHED_APPLICATION_ID, NORTHWIND).await, login);
    assert!(!fields.contains_key("version"));
    let query = encoded(&[("amazon_state", fields["amazon_state"].as_str()), ("state", "s")]);
    let path = format!("/apps/authorize/confirm/{PUBLISHED_APPLICATION_ID}?{query}");
    let germany = amazon.send("GET", &path, &[("host", "sellercentral-europe.amazon.com")], "").await;
    assert_eq!(germany.status, 400, "an American seller is not at home there");
    let answer = amazon.send("GET", &path, &[("host", "sellercentral.amazon.com")], "").await;
    let callback = "https://published.example/callback";
    let home = led_to(&answer, callback);
    let code = home["spapi_oauth_code"].as_str();
    let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback)];
    assert_eq!(amazon.token_of(CLIENT_ID, &fields).await.json()["error"], "invalid_grant");
    assert_eq!(amazon.token_of(PUBLISHED_CLIENT_ID, &fields).await.status, 200);
}

#[tokio::test]
async fn a_confirmation_that_is_not_in_order_ends_on_a_page_and_uses_nothing_up() {
    let amazon = with_login().await;
    let (path, amazon_state) = begun(&amazon, NORTHWIND).await;
    let own = ("amazon_state", amazon_state.as_str());
    let (state, beta) = (("state", "s"), ("version", "beta"));
    let unencoded = amazon_state.replace('+', " ");
    let cases: [(&[(&str, &str)], &str); 7] = [
        (&[own, state], "MD1000"),
        (&[own, beta], "MD1000"),
        (&[state, beta], "MD1000"),
        (&[("amazon_state", "AMZN+1-made-up"), state, beta], "MD1000"),
        (&[("amazon_state", &unencoded), state, beta], "MD1000"),
        (&[own, state, beta, ("redirect_uri", "https://elsewhere.example/")], "MD5101"),
        (&[own, state, beta, ("redirect_uri", "http://localhost:9/oauth/callback#x")], "MD5110"),
    ];
    for (query, code) in cases {
        let answer = confirm(&amazon, &path, query).await;
        assert_eq!((answer.status, answer.header("location")), (400, None), "{query:?}");
        assert!(answer.text().contains(code), "{query:?}");
    }
    let other = path.replace(APPLICATION_ID, PUBLISHED_APPLICATION_ID);
    assert_eq!(confirm(&amazon, &other, &[own, state]).await.status, 400, "another application's visit");
    assert_eq!(confirm(&amazon, &path, &[own, state, beta]).await.status, 302);
    assert_eq!(confirm(&amazon, &path, &[own, state, beta]).await.status, 400, "once");
}

#[tokio::test]
async fn a_visit_ends_after_ten_minutes() {
    let amazon = with_login().await;
    let (path, early) = begun(&amazon, NORTHWIND).await;
    let (_, late) = begun(&amazon, NORTHWIND).await;
    let query = |state| [("amazon_state", state), ("state", "s"), ("version", "beta")];
    amazon.world.advance(Duration::from_secs(599));
    assert_eq!(confirm(&amazon, &path, &query(early.as_str())).await.status, 302);
    amazon.world.advance(Duration::from_secs(1));
    assert_eq!(confirm(&amazon, &path, &query(late.as_str())).await.status, 400);
}

#[tokio::test]
async fn who_may_not_authorize_does_not_get_as_far_as_the_log_in_uri() {
    let amazon = open().await;
    assert!(start(&amazon, APPLICATION_ID, NORTHWIND).await.text().contains("MD9100"), "no Log-in URI");
    let registered = format!(r#"{{"uri":"{LOGIN}"}}"#);
    assert_eq!(amazon.post_json("/_sim/login-uris", &registered).await.status, 200);
    assert_eq!(start(&amazon, APPLICATION_ID, NORTHWIND).await.status, 302);
    assert_eq!(start(&amazon, "nobody", NORTHWIND).await.status, 400);
    assert_eq!(start(&amazon, APPLICATION_ID, "nobody").await.status, 400);
    amazon.world.set_obstacle(NORTHWIND, Obstacle::NotPrimaryUser, true);
    assert!(start(&amazon, APPLICATION_ID, NORTHWIND).await.text().contains("SPDC8143"));
    let private = r#"{"client_id":"amzn1.application-oa2-client.simulator-private","uri":"https://a/login"}"#;
    assert_eq!(amazon.post_json("/_sim/login-uris", private).await.status, 400);
}
