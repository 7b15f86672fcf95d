//! What people and programs see of the doctor, and who may ask it.

use super::{found, found_by};
use sellerport_core::doctor::known::{self, Family};
use sellerport_core::invocation::Invocation;
use sellerport_core::ports::{Clock as _, Table as _};
use sellerport_core::session::Role;
use sellerport_core::store::{Held, TableName, Write, decode};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};
use sellerport_web::caller::invoked;
use sellerport_web::oauth;
use serde_json::{Value, json};

/// What `make doctor` sends, and what comes back.
async fn asked(house: &House, role: &str) -> (u16, Value) {
    let event = json!({"v": 1, "kind": "api", "tenant": "main", "role": role, "user": "doctor",
        "method": "POST", "path": "/api/doctor", "body": ""});
    let Ok(Some(Invocation::Api(call))) = Invocation::parse(&event) else { panic!("{event}") };
    let request = invoked(call, house.cloud.now());
    let response = oauth::handle(&house.cloud, &house.amazon(), &house.site, &request).await;
    (response.status, serde_json::from_str(&response.body).unwrap())
}

#[tokio::test]
async fn l63_the_addresses_to_register_are_those_that_consents_use() {
    let house = House::start().await;
    let mut owner = house.signed_in("owner", "main").await;
    let page = owner.get("/doctor").await;
    assert_eq!(page.status, 200);
    let login = house.site.login_uri(&house.application.slug);
    for uri in house.site.redirect_uris(&house.application.slug).iter().chain([&login]) {
        assert!(page.body.contains(&format!("<code>{uri}</code>")), "{uri} is not to be copied");
    }
    for country in ["US", "DE", "JP"] {
        let uri = owner.start(country).await.redirect_uri;
        assert!(page.body.contains(&format!("<code>{uri}</code>")), "{uri} is used and not shown");
    }
    let says = found(&house).await.into_iter().find(|one| one.check == "application.addresses").unwrap().says;
    assert!(says.contains(&login), "{says}");
}

#[tokio::test]
async fn l62_every_code_of_amazons_is_on_the_page_under_its_anchor_with_its_remedy() {
    let house = House::start().await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let page = viewer.get("/doctor").await.body;
    for code in [
        "MD1000",
        "MD5100",
        "MD5101",
        "MD5110",
        "MD9100",
        "SPDC8143",
        "SPSA0404",
        "SPSA2043",
        "CONSENT_LIMIT_REACHED",
        "invalid_client",
        "unauthorized_client",
        "invalid_grant",
        "invalid_scope",
        "TOKEN_EXPIRED",
        "ROLE_MISSING",
        "WRONG_REGION",
        "UNKNOWN_PATH",
        "SECRET_EXPIRED",
    ] {
        assert!(page.contains(&format!("<article id=\"{code}\">")), "{code}");
        assert_eq!(sellerport_web::doctor::address_of(code), Some(format!("/doctor#{code}")));
        let known = known::KNOWN.into_iter().find(|known| known.code == code).unwrap();
        assert_ne!(known.family, Family::Setup);
    }
    assert!(known::MD1000.fix.contains("version=beta"));
    assert_eq!(sellerport_web::doctor::address_of("MD0000"), None);
    let one = viewer.get("/doctor?code=md5101").await.body;
    assert!(one.contains("id=\"MD5101\"") && !one.contains("id=\"MD1000\""), "{one}");
    assert!(viewer.get("/doctor?code=nonsense").await.body.contains("Nothing is known here about"));
}

#[tokio::test]
async fn another_tenant_sees_his_connections_and_nothing_of_the_installation() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let mut other = house.signed_in("stranger", "other").await;
    other.connect(RHEINHAUS, "DE").await;
    let findings = found_by(&house, "other", None, false).await;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(findings[0].about.contains(&RHEINHAUS[RHEINHAUS.len() - 4..]));
    for page in [other.get("/doctor").await, other.press("/doctor", &[]).await] {
        assert_eq!(page.status, 200);
        assert!(!page.body.contains(&house.application.amazon_id), "{}", page.body);
        assert!(!page.body.contains("data-check=\"application."), "{}", page.body);
        assert!(!page.body.contains("/oauth/main/"), "{}", page.body);
    }
}

#[tokio::test]
async fn the_page_wants_somebody_signed_in_and_the_checks_an_operator() {
    let house = House::start().await;
    let mut nobody = Browser::new(&house);
    assert_eq!(nobody.get("/doctor").await.status, 401);
    assert_eq!(nobody.press("/doctor", &[]).await.status, 401);
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let page = viewer.get("/doctor").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("Run the checks") && page.body.contains("/oauth/main/login"));
    assert_eq!(viewer.press("/doctor", &[]).await.status, 403);
    let mut owner = house.signed_in("owner", "main").await;
    assert!(owner.get("/doctor").await.body.contains("Run the checks"));
    let mut elsewhere = owner.form("/doctor", &[]);
    elsewhere.headers.retain(|(name, _)| name != "origin");
    assert_eq!(owner.send(elsewhere).await.status, 403);
    assert!(!house.cloud.event_names().contains(&"doctor.checked"), "nothing was run");
    let checked = owner.press("/doctor", &[]).await;
    assert_eq!(checked.status, 200);
    assert!(checked.body.contains("0 failed, 0 to watch"), "{}", checked.body);
    assert!(house.cloud.event_names().contains(&"doctor.checked"), "the control");
}

#[tokio::test]
async fn what_somebody_types_or_amazon_says_is_escaped() {
    let house = House::start().await;
    let mut owner = house.signed_in("owner", "main").await;
    let page = owner.get("/doctor?code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await.body;
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), "{page}");
    house.connected(NORTHWIND, "US").await;
    let mut held: Held<sellerport_core::stream::Stream> = {
        let row =
            house.cloud.table(TableName::Streams).into_iter().find(|row| row.key.sort.starts_with("S#"));
        decode(row.unwrap()).unwrap()
    };
    held.value.suffer(house.cloud.now(), "<img src=x onerror=y>".to_owned(), None);
    house.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
    let page = owner.press("/doctor", &[]).await.body;
    assert!(page.contains("&lt;img src=x") && !page.contains("<img"), "{page}");
}

#[tokio::test]
async fn a_program_that_iam_lets_in_gets_the_findings_as_json() {
    let house = House::start().await;
    let (status, body) = asked(&house, "operator").await;
    assert_eq!((status, &body["ok"]), (200, &json!(true)), "{body}");
    let first = &body["findings"][0];
    assert_eq!(
        (&first["check"], &first["state"], &first["fix"]),
        (&json!("origin"), &json!("ok"), &json!(""))
    );
    house.cloud.down.borrow_mut().insert("vault");
    let (_, body) = asked(&house, "operator").await;
    assert_eq!(body["ok"], json!(false));
    let findings = body["findings"].as_array().unwrap();
    let vault = findings.iter().find(|one| one["check"] == "vault").unwrap();
    assert_eq!((&vault["state"], &vault["code"]), (&json!("failed"), &json!("E_SETUP_VAULT")));
    assert_eq!(asked(&house, "viewer").await.0, 403);
}

#[tokio::test]
async fn no_secret_is_in_any_finding_page_row_or_event() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::InvalidClient));
    let mut owner = house.signed_in("owner", "main").await;
    let page = owner.press("/doctor", &[]).await.body;
    let (_, body) = asked(&house, "operator").await;
    let events = format!("{:?}", house.cloud.events.borrow());
    let messages = format!("{:?}", house.cloud.messages.borrow());
    let secrets = house.world().secrets_issued();
    assert!(secrets.len() > 2, "the search is worth its while");
    for secret in secrets {
        for text in [&page, &body.to_string(), &events, &messages] {
            assert!(!text.contains(&secret), "a secret is shown");
        }
    }
}
