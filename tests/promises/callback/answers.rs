//! What is made of each answer, Amazon's or a malformed one (table 4.A; F03 to F07; L7, L8).

use super::*;

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
    assert!(house.cloud.connections().is_empty());
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
async fn l07_a_code_older_than_five_minutes_says_start_again() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.start("US").await;
    let address = callback(&consent, &code(&house, &consent, NORTHWIND), NORTHWIND);
    house.advance(SignedDuration::from_secs(301));
    assert_refused(&browser.get(&address).await, 400, "E_CB_CODE_REJECTED", "Start again.");
}

#[tokio::test]
async fn f05_an_exchange_whose_answer_was_lost_shows_within_a_minute_and_reconnect_repairs_it() {
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
