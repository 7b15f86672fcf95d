//! The doctor: a healthy set-up is well, each fault is found with its remedy, no secret is shown, and the page
//! explains every code of Amazon's (L62, L63, L65, L66).

mod pages;

use jiff::SignedDuration;
use sellerport_core::application::{Application, Stage};
use sellerport_core::connection::{Connection, YEAR_DAYS};
use sellerport_core::doctor::known;
use sellerport_core::doctor::{Finding, State, Visit, examine};
use sellerport_core::ids::{ApplicationSlug, TenantId, UserId};
use sellerport_core::imports;
use sellerport_core::marketplaces::Realm;
use sellerport_core::ports::{Clock as _, CredentialStore as _, Credentials as _, QueueName, Table as _};
use sellerport_core::rotate::{Entry, enter};
use sellerport_core::store::{Held, TableName, Write, load};
use sellerport_core::task::Outcome;
use sellerport_simulator::{CLIENT_ID, Fault, FaultKind, PRIVATE_APPLICATION_ID, PRIVATE_CLIENT_ID};
use sellerport_tests::house::{House, NORTHWIND, ORIGIN, RHEINHAUS};
use sellerport_tests::memory::credentials;
use serde_json::json;

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn found_by(house: &House, tenant: &str, host: Option<&str>, opens: bool) -> Vec<Finding> {
    let (tenant, user) = (TenantId::parse(tenant).unwrap(), UserId::parse("owner").unwrap());
    let visit = Visit { site: &house.site, tenant: &tenant, user: &user, host, opens };
    examine(&house.cloud, &house.amazon(), visit).await
}

async fn found(house: &House) -> Vec<Finding> {
    found_by(house, "main", None, false).await
}

/// Asserts that this check found this fault, with what to do about it.
fn assert_found(findings: &[Finding], check: &str, state: State, code: &str) -> String {
    let hit = findings.iter().find(|one| one.check == check && one.code == Some(code));
    let hit = hit.unwrap_or_else(|| panic!("{check} {code} is not in {findings:#?}"));
    assert_eq!(hit.state, state, "{hit:#?}");
    let known = known::KNOWN.into_iter().find(|known| known.code == code).unwrap();
    assert_eq!(hit.fix, known.fix);
    hit.says.clone()
}

/// What is not well.
fn troubles(findings: &[Finding]) -> Vec<(&str, Option<&str>)> {
    findings.iter().filter(|one| one.state != State::Ok).map(|one| (one.check, one.code)).collect()
}

/// Changes the stored application.
async fn change(house: &House, change: impl FnOnce(&mut Application)) {
    let key = Application::key_of(&house.application.slug);
    let mut held: Held<Application> = load(&house.cloud, &key).await.unwrap().unwrap();
    change(&mut held.value);
    house.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
}

#[tokio::test]
async fn a_healthy_set_up_is_well_in_every_check_and_is_left_as_it_was() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(SignedDuration::from_mins(2)).await;
    let before: Vec<_> = house.cloud.rows.borrow().keys().cloned().collect();
    let findings = found_by(&house, "main", Some("sellerport.example"), true).await;
    assert_eq!(troubles(&findings), [], "{findings:#?}");
    for check in [
        "origin",
        "origin.host",
        "application.stage",
        "application.ids",
        "application.addresses",
        "application.days",
        "application.rotation",
        "application.secret",
        "application.lwa",
        "application.health",
        "tables",
        "vault",
        "queue",
        "connection",
        "bus",
    ] {
        assert!(findings.iter().any(|one| one.check == check), "{check} was not looked at");
    }
    let event = house.cloud.events.borrow().last().cloned().unwrap();
    assert_eq!(event.name, "doctor.checked");
    assert_eq!((&event.detail["failed"], &event.detail["warnings"]), (&json!(0), &json!(0)));
    let after: Vec<_> = house.cloud.rows.borrow().keys().cloned().collect();
    let new: Vec<_> = after.iter().filter(|key| !before.contains(key)).collect();
    assert!(new.len() == 1 && new[0].table == TableName::Audit, "only the audit grows: {new:?}");
    assert!(house.cloud.table(TableName::Pending).iter().all(|row| row.key.sort != "TRIAL"));
}

#[tokio::test]
async fn l65_the_tests_reach_the_queues_and_their_readers_pass_over_them() {
    let house = House::start().await;
    found(&house).await;
    let queues: Vec<_> = house.cloud.messages.borrow().iter().map(|message| message.queue).collect();
    assert_eq!(queues, [QueueName::Import, QueueName::Secret]);
    let outcomes = house.deliver().await;
    assert_eq!(outcomes, [Outcome::Dropped("E_MSG_IMPORT(unknown)"), Outcome::Dropped("E_MSG_TYPE")]);
    assert!(house.cloud.table(TableName::Parked).is_empty() && house.cloud.messages.borrow().is_empty());
    house.cloud.down.borrow_mut().insert("queue");
    let findings = found(&house).await;
    assert_found(&findings, "queue", State::Failed, "E_SETUP_QUEUE");
    assert!(known::QUEUE.fix.contains("437568002678") && known::QUEUE.fix.contains("standard"));
}

#[tokio::test]
async fn a_secret_that_is_wrong_ended_missing_or_another_one_is_told_apart() {
    let house = House::start().await;
    let slug = house.application.slug.clone();
    let good = house.cloud.current(&slug).await.unwrap();
    let wrong = credentials(CLIENT_ID, "amzn1.oa2-cs.v1.CANARY-wrong");
    house.cloud.replace(&slug, &wrong).await.unwrap();
    let findings = found(&house).await;
    assert_found(&findings, "application.secret", State::Warning, "E_SETUP_SECRET_OTHER");
    let says = assert_found(&findings, "application.lwa", State::Failed, "invalid_client");
    assert!(!says.contains("CANARY"), "{says}");

    house.cloud.replace(&slug, &good).await.unwrap();
    assert_eq!(troubles(&found(&house).await), [], "the control");
    assert!(house.world().expire_client_secret(CLIENT_ID, house.cloud.now()));
    house.advance(SignedDuration::from_secs(1));
    assert_found(&found(&house).await, "application.lwa", State::Failed, "invalid_client");
    change(&house, |one| one.secret_expires_at = house.cloud.now()).await;
    let findings = found(&house).await;
    assert_found(&findings, "application.lwa", State::Failed, "SECRET_EXPIRED");
    assert_found(&findings, "application.days", State::Failed, "SECRET_EXPIRED");

    house.cloud.down.borrow_mut().insert("secrets");
    assert_found(&found(&house).await, "application.secret", State::Failed, "E_SETUP_SECRET_UNREADABLE");
    house.cloud.down.borrow_mut().clear();
    house.cloud.credentials.borrow_mut().clear();
    assert_found(&found(&house).await, "application.secret", State::Failed, "E_SETUP_SECRET_UNREADABLE");
}

#[tokio::test]
async fn an_outage_of_login_with_amazon_is_told_from_refused_credentials() {
    let house = House::start().await;
    for fault in [FaultKind::Status { status: 503 }, FaultKind::Truncated, FaultKind::Html] {
        house.world().set_fault(Fault::always("lwa", fault));
        let says =
            assert_found(&found(&house).await, "application.lwa", State::Failed, "temporarily_unavailable");
        assert!(says.contains("nothing about the credentials"), "{says}");
        house.world().clear_faults();
    }
    house.world().set_fault(Fault::always("lwa", FaultKind::InvalidClient));
    assert_found(&found(&house).await, "application.lwa", State::Failed, "invalid_client");
}

#[tokio::test]
async fn what_renewals_met_is_told_as_long_as_it_lasts() {
    let house = House::start().await;
    // One connection's failures are its own; those of two are an outage.
    house.connected(NORTHWIND, "US").await;
    house.connected(RHEINHAUS, "DE").await;
    house.world().set_fault(Fault::always("lwa", FaultKind::InvalidClient));
    // Each is renewed once within two hours, however little changes.
    house.pass(SignedDuration::from_hours(2)).await;
    house.world().clear_faults();
    let says = assert_found(&found(&house).await, "application.health", State::Warning, "invalid_client");
    assert!(says.contains("refuses renewals"), "{says}");
    house.pass(SignedDuration::from_mins(30)).await;
    assert_eq!(troubles(&found(&house).await), [], "it is over");
    house.world().set_fault(Fault::always("lwa", FaultKind::Status { status: 503 }));
    house.pass(SignedDuration::from_hours(2)).await;
    assert_found(&found(&house).await, "application.health", State::Warning, "temporarily_unavailable");
}

#[tokio::test]
async fn an_application_that_cannot_do_its_work_for_long_is_told() {
    let house = House::start().await;
    change(&house, |one| {
        one.rotates = false;
        one.secret_expires_at = house.cloud.now() + DAY * 30;
    })
    .await;
    let findings = found(&house).await;
    assert_found(&findings, "application.rotation", State::Warning, "E_SETUP_ROTATION");
    assert_found(&findings, "application.days", State::Warning, "E_SETUP_SECRET_ENDING");
    change(&house, |one| one.secret_expires_at = house.cloud.now() + DAY * 31).await;
    assert_eq!(troubles(&found(&house).await), [("application.rotation", Some("E_SETUP_ROTATION"))]);
    change(&house, |one| {
        one.realm = Realm::Sandbox;
        one.amazon_id = "1234".to_owned();
    })
    .await;
    let findings = found(&house).await;
    assert_found(&findings, "application.stage", State::Warning, "E_SETUP_SANDBOX");
    assert_found(&findings, "application.ids", State::Warning, "E_SETUP_AMAZON_ID");
    house.cloud.rows.borrow_mut().clear();
    assert_found(&found(&house).await, "application", State::Failed, "E_SETUP_NO_APPLICATION");
}

#[tokio::test]
async fn services_that_are_down_are_findings_and_never_errors() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    for (service, checks, code) in [
        ("tables", &["tables", "application", "connection"][..], "E_SETUP_TABLES"),
        ("vault", &["vault"], "E_SETUP_VAULT"),
        ("queue", &["queue"], "E_SETUP_QUEUE"),
        ("bus", &["bus"], "E_SETUP_BUS"),
    ] {
        house.cloud.down.borrow_mut().insert(service);
        let findings = found(&house).await;
        for check in checks {
            assert_found(&findings, check, State::Failed, code);
        }
        assert!(troubles(&findings).iter().all(|(_, known)| *known == Some(code)), "{findings:#?}");
        house.cloud.down.borrow_mut().clear();
    }
    assert_eq!(troubles(&found(&house).await), [], "the control");
}

#[tokio::test]
async fn a_function_that_may_only_seal_says_so_and_does_not_try_to_open() {
    let house = House::start().await;
    let says = |findings: Vec<Finding>| findings.into_iter().find(|one| one.check == "vault").unwrap().says;
    assert!(says(found_by(&house, "main", None, false).await).contains("may not open"));
    assert_eq!(says(found_by(&house, "main", None, true).await), "It seals and opens.");
}

#[tokio::test]
async fn an_address_that_amazon_would_not_take_and_a_browser_from_elsewhere_are_told() {
    let mut house = House::start().await;
    let other = found_by(&house, "main", Some("a1.execute-api.eu-central-1.amazonaws.com"), false).await;
    assert_found(&other, "origin.host", State::Warning, "E_SETUP_HOST");
    // Without a simulator Login with Amazon would be the real one; the address alone is looked at.
    house.site.simulator = None;
    for origin in ["http://sellerport.example", "https://sellerport.example#x", "https://localhost"] {
        house.site.origin = origin.to_owned();
        let finding = sellerport_core::doctor::origin(&house.site);
        assert_found(&[finding], "origin", State::Failed, "E_SETUP_ORIGIN");
    }
    house.site.origin = ORIGIN.to_owned();
    assert_eq!(sellerport_core::doctor::origin(&house.site).state, State::Ok, "the control");
}

#[tokio::test]
async fn l64_a_connection_in_the_wrong_region_is_told() {
    let house = House::start().await;
    house.connected(NORTHWIND, "DE").await;
    assert_found(&found(&house).await, "connection.stores", State::Failed, "WRONG_REGION");
}

#[tokio::test]
async fn a_missing_role_is_named_and_a_call_without_reason_is_told_from_it() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().withhold_role("searchOrders", true);
    house.pass(SignedDuration::from_mins(3)).await;
    let says = assert_found(&found(&house).await, "connection.domain", State::Failed, "ROLE_MISSING");
    assert!(says.contains("Add the role \"Inventory and Order Tracking\""), "{says}");
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Status { status: 503 }));
    house.pass(SignedDuration::from_mins(3)).await;
    assert_found(&found(&house).await, "connection.domain", State::Warning, "E_SETUP_STREAM");
}

#[tokio::test]
async fn a_grant_that_needs_the_seller_a_year_that_ends_and_work_that_nobody_does_are_told() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(SignedDuration::from_mins(2)).await;
    assert_eq!(troubles(&found(&house).await), [], "the control");
    // Time passes and nothing runs.
    house.advance(SignedDuration::from_hours(5));
    assert_found(&found(&house).await, "connection.domain", State::Warning, "E_SETUP_STALLED");
    let mut connection = house.connection(NORTHWIND);
    connection.authorized_at = Some(house.cloud.now() - DAY * i32::try_from(YEAR_DAYS - 10).unwrap());
    restore(&house, connection).await;
    let says = assert_found(&found(&house).await, "connection.grant", State::Warning, "E_SETUP_YEAR");
    assert_eq!(says, "Its year ends in 10 days.");
    house.world().revoke(NORTHWIND);
    house.pass(SignedDuration::from_mins(10)).await;
    assert_found(&found(&house).await, "connection.grant", State::Failed, "invalid_grant");
}

async fn restore(house: &House, connection: Connection) {
    let key = Connection::key_of(&connection.tenant, &connection.id);
    let revision = house.cloud.rows.borrow()[&key].revision;
    house.cloud.write(&[Write::replace(&Held { value: connection, revision }).unwrap()]).await.unwrap();
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_a_finding_and_hides_no_other() {
    let house = House::start().await;
    let broken = house.connected(NORTHWIND, "US").await;
    house.connected(RHEINHAUS, "DE").await;
    let key = Connection::key_of(&broken.tenant, &broken.id);
    house.cloud.rows.borrow_mut().get_mut(&key).unwrap().document.insert("status".into(), "CANARY".into());
    let findings = found(&house).await;
    let says = assert_found(&findings, "connection", State::Failed, "E_SETUP_ROW");
    assert!(!says.contains("CANARY"), "{says}");
    assert!(findings.iter().any(|one| one.check == "connection" && one.state == State::Ok), "{findings:#?}");
}

#[tokio::test]
async fn l66_three_inputs_lead_to_the_first_data_and_the_doctor_says_that_all_is_well() {
    let house = House::start().await;
    house.cloud.rows.borrow_mut().clear();
    house.cloud.credentials.borrow_mut().clear();
    assert_found(&found(&house).await, "application", State::Failed, "E_SETUP_NO_APPLICATION");
    let (tenant, owner) = (TenantId::parse("main").unwrap(), UserId::parse("owner").unwrap());
    // The first: the application's ids. The second: its secret.
    let entry = Entry {
        slug: ApplicationSlug::parse("own").unwrap(),
        amazon_id: PRIVATE_APPLICATION_ID.to_owned(),
        stage: Stage::Private,
        realm: Realm::Production,
        client_id: PRIVATE_CLIENT_ID.to_owned(),
        client_secret: house.world().client_secret(PRIVATE_CLIENT_ID),
        days_left: None,
        rotates: true,
        fetches: vec!["orders".to_owned()],
    };
    enter(&house.cloud, &house.amazon(), entry, (&tenant, &owner)).await.unwrap();
    // The third: a refresh token.
    let token = house.world().mint_self_authorization_of(NORTHWIND, PRIVATE_CLIENT_ID).unwrap();
    let file = format!("seller_id,region,refresh_token\n{NORTHWIND},NA,{token}\n");
    let applications = Application::all(&house.cloud).await.unwrap();
    let lines = imports::read(file.as_bytes(), &applications).unwrap();
    imports::begin(&house.cloud, &tenant, &owner, lines).await.unwrap();
    house.pass(SignedDuration::from_mins(3)).await;
    house.assert_complete(NORTHWIND);
    assert_eq!(troubles(&found(&house).await), []);
}
