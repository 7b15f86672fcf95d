//! Coming back from Amazon: the state, the browser and the session (R1, R2; T01 to T10; table 4.A).

use jiff::SignedDuration;
use sellerport_core::connection::Status;
use sellerport_core::http::Response;
use sellerport_core::store::TableName;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::browser::{Consent, callback};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};
use sellerport_web::cookies::{NONCE, SESSION};

/// The page that a refusal makes: its status, its code and its text.
fn assert_refused(response: &Response, status: u16, code: &str, text: &str) {
    assert_eq!(response.status, status, "{}", response.body);
    assert!(response.body.contains(&format!("<code>{code}</code>")), "{code} in {}", response.body);
    // The page escapes quotation marks only; the catalogue has none.
    assert!(response.body.contains(text), "{text:?} in {}", response.body);
}

fn exchanges(house: &House) -> u64 {
    house
        .world()
        .token_calls()
        .iter()
        .filter(|(name, _)| name.starts_with("authorization_code"))
        .map(|(_, n)| n)
        .sum()
}

fn code(house: &House, consent: &Consent, seller: &str) -> String {
    house.world().grant_code(seller, &house.application.amazon_id, &consent.redirect_uri).unwrap()
}

fn pending(house: &House) -> usize {
    house.cloud.table(TableName::Pending).len()
}

fn audited(house: &House, what: &str) -> usize {
    house.cloud.table(TableName::Audit).iter().filter(|row| row.document["what"] == what).count()
}

#[tokio::test]
async fn a_seller_who_approves_is_connected_with_his_stores_and_a_stream_that_is_due() {
    let house = House::with(|options| options.models = models()).await;
    let connection = house.connected(NORTHWIND, "US").await;
    assert_eq!((connection.status, connection.generation), (Status::Active, 1));
    assert_eq!(house.stream(NORTHWIND).due_at, connection.authorized_at);
    let mut browser = house.signed_in("owner", "main").await;
    let page = browser.get(&format!("/connections/{}", connection.id)).await;
    assert!(page.body.contains("Amazon.com") && page.body.contains("Amazon.ca"), "{}", page.body);
    assert!(house.cloud.event_names().contains(&"connection.connected"));
    assert_eq!(audited(&house, "connection.connected"), 1);
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn t01_a_victims_browser_cannot_complete_an_attackers_consent() {
    for with_other_nonce in [false, true] {
        let house = House::start().await;
        let mut attacker = house.signed_in("mallory", "evil").await;
        let consent = attacker.start("US").await;
        let mut victim = house.signed_in("owner", "main").await;
        if with_other_nonce {
            victim.start("DE").await;
        }
        let before = pending(&house);
        let response = victim.approve(&consent, NORTHWIND).await;
        let text = "This sign-in was started in another browser or profile. Nothing was connected. Start again in this one.";
        assert_refused(&response, 403, "E_CB_OTHER_BROWSER", text);
        assert_eq!(exchanges(&house), 0);
        assert_eq!(pending(&house), before - 1, "the state is burned");
        assert_eq!(audited(&house, "E_CB_OTHER_BROWSER"), 1);
        assert_refused(
            &attacker.approve(&consent, NORTHWIND).await,
            400,
            "E_CB_STATE_UNKNOWN",
            "unknown, already used",
        );
    }
}

#[tokio::test]
async fn t02_an_attackers_whole_answer_in_a_victims_browser_connects_nobody() {
    let house = House::start().await;
    let mut attacker = house.signed_in("mallory", "evil").await;
    let consent = attacker.start("US").await;
    let address = callback(&consent, &code(&house, &consent, NORTHWIND), NORTHWIND);
    let mut victim = house.signed_in("owner", "main").await;
    assert_eq!(victim.get(&address).await.status, 403);
    assert!(house.cloud.table(TableName::Connections).is_empty());
}

#[tokio::test]
async fn t03_a_session_of_somebody_else_or_of_a_later_sign_in_does_not_fit() {
    let house = House::start().await;
    for (user, tenant, status, code) in [
        ("other", "main", 403, "E_CB_OTHER_BROWSER"),
        ("owner", "elsewhere", 403, "E_CB_OTHER_BROWSER"),
        ("owner", "main", 401, "E_CB_SESSION"),
    ] {
        let mut browser = house.signed_in("owner", "main").await;
        let consent = browser.start("US").await;
        let later = house.signed_in(user, tenant).await;
        browser.cookies.insert(SESSION.into(), later.cookies[SESSION].clone());
        assert_refused(&browser.approve(&consent, NORTHWIND).await, status, code, "Nothing was connected.");
    }
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    browser.cookies.remove(SESSION);
    let text = "Your console session has ended. Sign in and start again. Nothing was connected.";
    assert_refused(&browser.approve(&consent, NORTHWIND).await, 401, "E_CB_SESSION", text);
    assert_eq!(exchanges(&house), 0);
}

#[tokio::test]
async fn t04_a_used_answer_is_unknown() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    let nonce = browser.cookies[NONCE].clone();
    let address = callback(&consent, &code(&house, &consent, NORTHWIND), NORTHWIND);
    assert_eq!(browser.get(&address).await.status, 303);
    browser.cookies.insert(NONCE.into(), nonce);
    let text =
        "This sign-in link is unknown, already used or older than ten minutes. Start again from Connections.";
    assert_refused(&browser.get(&address).await, 400, "E_CB_STATE_UNKNOWN", text);
    assert_eq!(exchanges(&house), 1);
}

#[tokio::test]
async fn t06_a_state_lives_ten_minutes_whatever_the_table_and_the_clock_say() {
    for (age, status) in [(599, 303), (600, 400), (601, 400)] {
        let house = House::start().await;
        let mut browser = house.signed_in("owner", "main").await;
        let consent = browser.start("US").await;
        house.advance(SignedDuration::from_secs(age));
        assert_eq!(browser.approve(&consent, NORTHWIND).await.status, status, "{age} s old");
    }
    // Our clock went back by ten minutes; the gateway's did not.
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    let mut request =
        browser.request("GET", &callback(&consent, &code(&house, &consent, NORTHWIND), NORTHWIND));
    request.received_at += SignedDuration::from_secs(601);
    assert_refused(&browser.send(request).await, 400, "E_CB_STATE_UNKNOWN", "older than ten minutes");
    // And a clock that stands before the state was made does not revive it.
    let consent = browser.start("US").await;
    house.world().set_clock("2026-11-21T09:00:00Z".parse().unwrap());
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 400);
    assert_eq!(exchanges(&house), 0);
}

/// The Log-in URI as Amazon's Appstore opens it.
fn login(house: &House, host: &str, seller: &str) -> String {
    let uri = format!("https://{host}/apps/authorize/confirm/{}", house.application.amazon_id);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("amazon_callback_uri", &uri).append_pair("amazon_state", "as+1");
    query.append_pair("selling_partner_id", seller);
    format!("/oauth/main/login?{}", query.finish())
}

#[tokio::test]
async fn t07_an_answer_fits_the_flow_the_application_and_the_region_it_was_asked_for_only() {
    let house = House::start().await;
    let mut passed = 0;
    let accounts = [
        ("na", "US", "sellercentral.amazon.com", [NORTHWIND, "A1MAPLELEAF02CA"]),
        ("eu", "DE", "sellercentral-europe.amazon.com", [RHEINHAUS, "A1LUMIERE0004FR"]),
        ("fe", "JP", "sellercentral.amazon.co.jp", ["A2SAKURAYA005JP", "A2SAKURA2"]),
    ];
    house.world().add_seller(sellerport_simulator::Seller::new("A2SAKURA2", "Second", &["JP"], 1));
    for (home, country, host, sellers) in accounts {
        for (begun, seller) in ["website", "appstore"].into_iter().zip(sellers) {
            for application in ["main", "other"] {
                for (flow, region) in ["website", "appstore"]
                    .into_iter()
                    .flat_map(|flow| ["na", "eu", "fe"].map(|region| (flow, region)))
                {
                    let mut browser = house.signed_in("owner", "main").await;
                    let consent = match begun {
                        "website" => browser.start(country).await,
                        _ => browser.follow(&login(&house, host, seller)).await,
                    };
                    let own = format!("/main/{begun}/{home}/");
                    let there = format!("/{application}/{flow}/{region}/");
                    assert!(consent.redirect_uri.contains(&own));
                    let elsewhere = Consent {
                        redirect_uri: consent.redirect_uri.replace(&own, &there),
                        ..consent.clone()
                    };
                    let response =
                        browser.get(&callback(&elsewhere, &code(&house, &consent, seller), seller)).await;
                    assert_eq!(response.status == 303, own == there, "{own} at {there}: {}", response.body);
                    passed += u32::from(own == there);
                }
            }
        }
    }
    assert_eq!((passed, exchanges(&house)), (6, 6), "of 72");
}

#[tokio::test]
async fn a_renewal_through_the_appstore_updates_the_same_connection() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.follow(&login(&house, "sellercentral.amazon.com", NORTHWIND)).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    let after = house.connection(NORTHWIND);
    assert_eq!((after.id, after.generation), (before.id, 2));
    // Another tenant's Appstore visit learns nothing and takes nothing.
    let mut stranger = house.signed_in("stranger", "other").await;
    let consent = stranger.follow(&login(&house, "sellercentral.amazon.com", NORTHWIND)).await;
    assert_eq!(stranger.approve(&consent, NORTHWIND).await.status, 409);
}

#[tokio::test]
async fn t09_a_reconnect_answered_by_another_seller_changes_nothing() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(before.id.as_str()).await;
    let response = browser.approve(&consent, "A1MAPLELEAF02CA").await;
    let text = "You signed in to seller ...02CA, but this connection belongs to ...01US. Nothing changed.";
    assert_refused(&response, 409, "E_CB_SELLER_MISMATCH", text);
    let after = house.connection(NORTHWIND);
    assert_eq!((after.generation, after.status), (1, Status::Active));
    assert_eq!(exchanges(&house), 1, "the code was not spent");
}

#[tokio::test]
async fn t10_a_seller_connected_elsewhere_is_refused_in_the_same_words_to_everybody() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let mut bodies = Vec::new();
    for tenant in ["one", "two"] {
        let mut browser = house.signed_in("somebody", tenant).await;
        let response = browser.connect(NORTHWIND, "US").await;
        let text = "This seller account is already connected in this installation. Ask your operator.";
        assert_refused(&response, 409, "E_CB_SELLER_TAKEN", text);
        bodies.push(response.body.split("reference").next().unwrap().to_owned());
    }
    assert_eq!(bodies[0], bodies[1]);
    assert!(!bodies[0].contains("owner"), "nothing of the other tenant");
    assert_eq!(exchanges(&house), 1);
}

#[tokio::test]
async fn each_malformed_answer_has_its_code_and_spends_nothing() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    let (path, state) = (consent.path(), consent.state.as_str());
    let code = code(&house, &consent, NORTHWIND);
    let good = format!("state={state}&selling_partner_id={NORTHWIND}");
    let again = "Nothing changed. Start again.";
    let cases = [
        (
            String::new(),
            400,
            "E_CB_MISSING",
            "Amazon did not send `state`. Nothing changed. Start again from Connections.",
        ),
        (
            format!("state={state}&spapi_oauth_code={code}"),
            400,
            "E_CB_MISSING",
            "Amazon did not send `selling_partner_id`.",
        ),
        (format!("state=&spapi_oauth_code={code}"), 400, "E_CB_MISSING", "Amazon did not send `state`."),
        (
            format!("{good}&spapi_oauth_code=a&spapi_oauth_code=b"),
            400,
            "E_CB_DUPLICATE",
            "`spapi_oauth_code` was sent more than once. Nothing changed. Start again.",
        ),
        (
            format!("state={}&spapi_oauth_code={code}", &state[1..]),
            400,
            "E_CB_FORMAT",
            "`state` does not look like a value Amazon sends.",
        ),
        (
            format!("state={}&spapi_oauth_code={code}&selling_partner_id=A2", "x".repeat(43)),
            400,
            "E_CB_STATE_UNKNOWN",
            "unknown, already used or older than ten minutes",
        ),
        (format!("{good}&spapi_oauth_code=a%0d%0ab"), 400, "E_CB_FORMAT", again),
        (format!("{good}&spapi_oauth_code=%ff%fe"), 400, "E_CB_FORMAT", again),
        (format!("{good}&spapi_oauth_code={}", "c".repeat(4097)), 400, "E_CB_FORMAT", again),
        (
            format!("state={state}&spapi_oauth_code={code}&selling_partner_id=../../x"),
            400,
            "E_CB_FORMAT",
            "`selling_partner_id`",
        ),
        ("x".repeat(9000), 414, "E_CB_TOO_LONG", "The address is too long. Nothing changed."),
    ];
    for (query, status, code, text) in cases {
        assert_refused(&browser.get(&format!("{path}?{query}")).await, status, code, text);
    }
    let post = browser.request("POST", &callback(&consent, &code, NORTHWIND));
    assert_refused(&browser.send(post).await, 405, "E_CB_METHOD", "This address only accepts GET.");
    assert_eq!(exchanges(&house), 0);
    // The state was not spent by any of them; what Amazon adds is ignored.
    let late = format!("{}&version=beta", callback(&consent, &code, NORTHWIND));
    assert_eq!(browser.get(&late).await.status, 303);
}

#[tokio::test]
async fn a_cookie_without_the_prefix_or_sent_twice_counts_as_none() {
    let house = House::start().await;
    for tossed in [true, false] {
        let mut browser = house.signed_in("owner", "main").await;
        let consent = browser.start("US").await;
        let nonce = browser.cookies[NONCE].clone();
        let mut request =
            browser.request("GET", &callback(&consent, &code(&house, &consent, NORTHWIND), NORTHWIND));
        if tossed {
            request.cookies.push((NONCE.into(), nonce));
        } else {
            request.cookies.retain(|(name, _)| name != NONCE);
            request.cookies.push((NONCE.replace("__Host-", ""), nonce));
        }
        assert_refused(&browser.send(request).await, 403, "E_CB_OTHER_BROWSER", "another browser");
    }
}

#[tokio::test]
async fn a_seller_who_declines_changes_nothing_and_the_state_is_spent() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    let address = format!("{}?error=access_denied&state={}", consent.path(), consent.state);
    assert_refused(
        &browser.get(&address).await,
        200,
        "E_CB_DENIED",
        "Access was not granted on Amazon. Nothing changed.",
    );
    assert_refused(&browser.get(&address).await, 400, "E_CB_STATE_UNKNOWN", "already used");
    assert!(house.cloud.table(TableName::Connections).is_empty());
}

#[tokio::test]
async fn what_amazon_answers_to_the_exchange_is_told_in_its_own_words() {
    let cases = [
        (
            FaultKind::InvalidGrant,
            400,
            "E_CB_CODE_REJECTED",
            "Amazon refused the one-time code (it lasts five minutes). Start again.",
        ),
        (
            FaultKind::InvalidClient,
            503,
            "E_CB_APP_CREDENTIALS",
            "Amazon refused this installation's client id or secret.",
        ),
        (
            FaultKind::Status { status: 503 },
            503,
            "E_CB_LWA_DOWN",
            "Your earlier connection, if any, still works. Start again.",
        ),
        (FaultKind::Status { status: 429 }, 503, "E_CB_LWA_DOWN", "did not answer in time"),
        (FaultKind::Html, 503, "E_CB_LWA_DOWN", "did not answer in time"),
        (FaultKind::Empty, 503, "E_CB_LWA_DOWN", "did not answer in time"),
        (FaultKind::Truncated, 503, "E_CB_LWA_DOWN", "did not answer in time"),
        (FaultKind::NoRefreshToken, 503, "E_CB_LWA_DOWN", "did not answer in time"),
        (
            FaultKind::Redirect { to: "http://127.0.0.1:9/steal".into() },
            503,
            "E_CB_LWA_DOWN",
            "did not answer in time",
        ),
    ];
    for (fault, status, code, text) in cases {
        let house = House::start().await;
        house.world().set_fault(Fault::next(1, "lwa", fault));
        let mut browser = house.signed_in("owner", "main").await;
        assert_refused(&browser.connect(NORTHWIND, "US").await, status, code, text);
        assert_eq!(
            house.cloud.event_names().contains(&"application.credentials_refused"),
            code == "E_CB_APP_CREDENTIALS"
        );
        // Nothing is in the way of a second try.
        assert_eq!(browser.connect(NORTHWIND, "US").await.status, 303, "after {code}");
    }
}

#[tokio::test]
async fn a_code_older_than_five_minutes_says_start_again() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    let address = callback(&consent, &code(&house, &consent, NORTHWIND), NORTHWIND);
    house.advance(SignedDuration::from_secs(301));
    assert_refused(&browser.get(&address).await, 400, "E_CB_CODE_REJECTED", "Start again.");
}

#[tokio::test]
async fn an_exchange_whose_answer_was_lost_shows_within_a_minute_and_reconnect_repairs_it() {
    let house = House::start().await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::Truncated));
    let mut browser = house.signed_in("owner", "main").await;
    assert_eq!(browser.connect(NORTHWIND, "US").await.status, 503);
    house.advance(SignedDuration::from_secs(61));
    let connection = house.connection(NORTHWIND);
    let page = browser.get(&format!("/connections/{}", connection.id)).await;
    assert!(page.body.contains("Interrupted") && page.body.contains("presses Reconnect"), "{}", page.body);
    let consent = browser.restart(connection.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    assert_eq!((house.connection(NORTHWIND).generation, house.status(NORTHWIND)), (1, Status::Active));
}

#[tokio::test]
async fn a_grant_that_cannot_be_stored_says_so_and_leaves_the_earlier_one_working() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(before.id.as_str()).await;
    house.cloud.down.borrow_mut().insert("vault");
    let response = browser.approve(&consent, NORTHWIND).await;
    let text = "Access was granted but could not be saved. Start again; the earlier connection still works.";
    assert_refused(&response, 503, "E_CB_STORE", text);
    house.cloud.down.borrow_mut().clear();
    assert_eq!(house.connection(NORTHWIND).sealed_refresh, before.sealed_refresh);
    house.advance(SignedDuration::from_mins(61));
    house.pass(SignedDuration::from_secs(30)).await;
    assert_eq!(house.status(NORTHWIND), Status::Active, "the old grant still refreshes");
}

#[tokio::test]
async fn a_login_from_elsewhere_than_amazon_is_refused_and_a_genuine_one_only_asks() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let evil = browser.get(&login(&house, "amazon.com.evil.io", NORTHWIND)).await;
    assert_refused(&evil, 400, "E_LOGIN_HOST", "The return address is not an Amazon address for this app.");
    let page = browser.get(&login(&house, "sellercentral.amazon.com", NORTHWIND)).await;
    assert_eq!((page.status, pending(&house)), (200, 0), "a page and nothing else");
    assert!(page.cookies.is_empty() && page.body.contains("...01US") && page.body.contains("main"));
    let go = browser.press(&login(&house, "sellercentral.amazon.com", NORTHWIND), &[]).await;
    let location = &go.headers.iter().find(|(name, _)| *name == "location").unwrap().1;
    assert!(location.starts_with("https://sellercentral.amazon.com/apps/authorize/confirm/"), "{location}");
    assert!(location.contains("amazon_state=as%2B1") && location.contains("version=beta"), "{location}");
    assert_eq!(pending(&house), 1);
}
