//! What an answer is bound to: the state, the browser, the session, the address, the seller (R1, R2; T01 to T10).

use super::*;

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
    assert!(house.cloud.connections().is_empty());
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
async fn t17_a_cookie_without_the_prefix_or_sent_twice_counts_as_none() {
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
async fn t13_t14_a_login_from_elsewhere_than_amazon_is_refused_and_a_genuine_one_only_asks() {
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
