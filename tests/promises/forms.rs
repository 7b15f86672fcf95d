//! Forms and pages: only from here, only by whoever is signed in, only one's own (T15 to T20; table 4.B).

use sellerport_core::http::{Request, Response};
use sellerport_core::session::Role;
use sellerport_core::store::TableName;
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND, identity};
use sellerport_web::cookies::SESSION;

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}

fn with(mut request: Request, name: &str, value: Option<&str>) -> Request {
    request.headers.retain(|(key, _)| key != name);
    request.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    request
}

#[tokio::test]
async fn a_form_from_anywhere_else_writes_nothing() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let good = browser.form("/connect", &[("store", "US"), ("kind", "seller")]);
    let another = house.signed_in("owner", "main").await;
    let cases = [
        (with(good.clone(), "origin", None), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "origin", Some("null")), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "origin", Some("https://evil.example")), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "origin", Some("https://a.sellerport.example")), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "sec-fetch-site", Some("cross-site")), 403, "E_FORM_ORIGIN"),
        (with(good.clone(), "content-type", Some("text/plain")), 415, "E_FORM_TYPE"),
        (Request { body: b"store=US".to_vec(), ..good.clone() }, 403, "E_FORM_CSRF"),
        (Request { body: another.form("/connect", &[]).body, ..good.clone() }, 403, "E_FORM_CSRF"),
        (Request { body: vec![b'a'; 70_000], ..good.clone() }, 413, "E_FORM_SIZE"),
        (Request { method: "GET".into(), ..good.clone() }, 405, "E_METHOD"),
        (Request { cookies: Vec::new(), ..good.clone() }, 401, "E_AUTH"),
    ];
    for (request, status, code) in cases {
        let response = browser.send(request).await;
        assert_eq!(response.status, status, "{code}: {}", response.body);
        assert!(response.body.contains(&format!("<code>{code}</code>")), "{code} in {}", response.body);
    }
    assert!(house.cloud.table(TableName::Pending).is_empty(), "no state was minted");
    assert_eq!(browser.send(good).await.status, 303, "the control");
}

#[tokio::test]
async fn a_field_that_cannot_be_used_is_named() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    for (fields, text) in [
        (
            &[("store", "XX"), ("kind", "seller")][..],
            "`store`: choose a store from the list. Nothing was saved.",
        ),
        (&[("store", "US"), ("store", "DE")], "`store`: choose a store from the list. Nothing was saved."),
        (&[("store", "US"), ("kind", "king")], "`kind`: choose seller or vendor. Nothing was saved."),
        (&[("store", "ZA"), ("kind", "vendor")], "`store`: Amazon has no Vendor Central for this store"),
    ] {
        let response = browser.press("/connect", fields).await;
        assert_eq!(response.status, 422, "{}", response.body);
        assert!(response.body.contains(text), "{}", response.body);
    }
}

#[tokio::test]
async fn somebody_elses_connection_looks_like_none() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut stranger = house.signed_in("stranger", "other").await;
    for (foreign, unknown) in [
        (format!("/connections/{}", connection.id), "/connections/cunknown".to_owned()),
        (format!("/api/connections/{}", connection.id), "/api/connections/cunknown".to_owned()),
    ] {
        let (theirs, nobodys) = (stranger.get(&foreign).await, stranger.get(&unknown).await);
        assert_eq!((theirs.status, nobodys.status), (404, 404));
        assert_eq!(theirs.headers, nobodys.headers);
        let same = |body: &str| body.split("eference").next().unwrap_or_default().to_owned();
        assert_eq!(same(&theirs.body), same(&nobodys.body));
    }
    for action in ["reconnect", "fetch"] {
        assert_eq!(
            stranger.press(&format!("/connections/{}/{action}", connection.id), &[]).await.status,
            404
        );
    }
    assert!(!stranger.get("/").await.body.contains(NORTHWIND));
    assert!(!stranger.get("/api/connections").await.body.contains(NORTHWIND));
}

#[tokio::test]
async fn t15_t16_every_answer_carries_the_protective_headers() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut owner = house.signed_in("owner", "main").await;
    let mut nobody = Browser::new(&house);
    let mut answers = Vec::new();
    for address in [
        "/",
        "/health",
        "/nowhere",
        "/sign-in?ticket=x",
        "/assets/style.css",
        "/oauth/main/website/na/callback?",
        "/connect",
        "/api/connections",
        "/%00",
    ] {
        answers.push(owner.get(address).await);
        answers.push(nobody.get(address).await);
    }
    answers.push(owner.get(&format!("/connections/{}", connection.id)).await);
    answers.push(owner.press("/connect", &[("store", "US")]).await);
    let callback = owner.get("/oauth/main/website/na/callback?state=x&spapi_oauth_code=secret").await;
    assert_eq!(header(&callback, "referrer-policy"), "no-referrer", "its address holds a code");
    assert_eq!(header(&owner.get("/").await, "referrer-policy"), "same-origin");
    for answer in &answers {
        let policy = header(answer, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none';")
                && policy.contains("frame-ancestors 'none'")
                && policy.contains("base-uri 'none'")
        );
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(header(answer, "x-frame-options"), "DENY");
        // `no-referrer` everywhere would make browsers send our own forms without an origin.
        assert!(matches!(header(answer, "referrer-policy"), "no-referrer" | "same-origin"));
        assert_eq!(header(answer, "x-content-type-options"), "nosniff");
        assert!(!answer.body.contains("<script>") && !answer.body.contains(" onload="), "no inline script");
        assert!(!answer.body.contains("style=\""), "no inline style");
        for cookie in &answer.cookies {
            assert!(
                cookie.starts_with("__Host-")
                    && cookie.contains("; Path=/;")
                    && cookie.contains("; Secure; HttpOnly; SameSite=Lax"),
                "{cookie}"
            );
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
    assert!(answers.iter().map(|answer| answer.status).collect::<std::collections::BTreeSet<_>>().len() >= 5);
}

#[tokio::test]
async fn a_sign_in_link_works_once_and_ten_minutes() {
    let house = House::start().await;
    let link = || async {
        let whom = identity("owner", "main", Role::Operator);
        sellerport_web::console::sign_in_link(&house.cloud, &house.site, whom).await.unwrap()
    };
    let path = |link: &str| link.strip_prefix(&house.site.origin).unwrap().to_owned();
    let first = path(&link().await);
    let mut browser = Browser::new(&house);
    // A cookie that somebody planted before is not adopted.
    browser.cookies.insert(SESSION.into(), "p".repeat(43));
    // Looking at it, as a mail scanner does, signs nobody in and does not use it up.
    for _ in 0..2 {
        let page = browser.get(&first).await;
        assert_eq!((page.status, page.cookies.len()), (200, 0));
        assert!(page.body.contains("Sign in as owner?") && page.body.contains("main"), "{}", page.body);
    }
    let elsewhere = with(browser.form(&first, &[]), "origin", Some("https://evil.example"));
    assert_eq!(browser.send(elsewhere).await.status, 403);
    assert_eq!(browser.press(&first, &[]).await.status, 303);
    assert_ne!(browser.cookies[SESSION], "p".repeat(43));
    let mut other = Browser::new(&house);
    assert_eq!((other.get(&first).await.status, other.press(&first, &[]).await.status), (400, 400), "used");
    let late = path(&link().await);
    house.advance(jiff::SignedDuration::from_mins(10));
    assert_eq!((other.get(&late).await.status, other.press(&late, &[]).await.status), (400, 400), "too old");
    house.advance(jiff::SignedDuration::from_mins(21));
    assert!(browser.get("/").await.body.contains("Open a sign-in link"), "half an hour without use ends it");
}

#[tokio::test]
async fn a_link_to_somebody_elses_tenant_says_so_before_it_replaces_a_session() {
    let house = House::start().await;
    let mut victim = house.signed_in("owner", "main").await;
    let whom = identity("mallory", "evil", Role::Operator);
    let link = sellerport_web::console::sign_in_link(&house.cloud, &house.site, whom).await.unwrap();
    let page = victim.get(link.strip_prefix(&house.site.origin).unwrap()).await;
    assert!(
        page.body.contains("evil") && page.body.contains("You are signed in as <strong>owner of main"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere() {
    let house = House::start().await;
    let mut browser = house.signed_in("owner", "main").await;
    let mut copy = browser.clone();
    assert_eq!(browser.press("/sign-out", &[]).await.status, 303);
    assert_eq!(copy.get("/api/connections").await.status, 401);
}

#[tokio::test]
async fn fetch_now_makes_a_resting_stream_due_and_tells_the_dispatcher() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    house.pass(jiff::SignedDuration::from_mins(2)).await;
    let mut browser = house.signed_in("owner", "main").await;
    let due = house.stream(NORTHWIND).due_at;
    assert_eq!(browser.press(&format!("/connections/{}/fetch", connection.id), &[]).await.status, 303);
    assert!(house.stream(NORTHWIND).due_at < due);
    assert!(house.cloud.event_names().contains(&"fetch.requested"));
}
