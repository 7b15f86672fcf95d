//! The applications' secrets: tried before they replace, counted down, rotated by Amazon, and never stored
//! where a forgery could put them (T29, F31, L11, L4).

use jiff::SignedDuration;
use sellerport_core::application::{Application, Stage};
use sellerport_core::ids::{ApplicationSlug, TenantId, UserId};
use sellerport_core::marketplaces::Realm;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock as _, Credentials as _};
use sellerport_core::rotate::{COUNTDOWN, Entry, Turned, enter, receive, turn};
use sellerport_core::store::TableName;
use sellerport_core::task::{BadMessage, Failure, Outcome};
use sellerport_simulator::{CLIENT_ID, Fault, FaultKind, PRIVATE_APPLICATION_ID, PRIVATE_CLIENT_ID};
use sellerport_tests::house::{House, NORTHWIND};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn home() -> TenantId {
    TenantId::parse("main").unwrap()
}

async fn application(house: &House) -> Application {
    Application::find(&house.cloud, &house.application.slug).await.unwrap().unwrap()
}

async fn in_force(house: &House) -> String {
    house.cloud.refused(&house.application.slug);
    house.cloud.current(&house.application.slug).await.unwrap().client_secret.expose().to_owned()
}

async fn told(house: &House, message: &str, body: &str) -> Result<Outcome, Failure> {
    receive(&house.cloud, &house.amazon(), &home(), message, body).await
}

fn entry(slug: &str, secret: Option<&str>) -> Entry {
    Entry {
        slug: ApplicationSlug::parse(slug).unwrap(),
        amazon_id: PRIVATE_APPLICATION_ID.to_owned(),
        stage: Stage::Private,
        realm: Realm::Production,
        client_id: PRIVATE_CLIENT_ID.to_owned(),
        client_secret: secret.map(str::to_owned),
        days_left: None,
        rotates: false,
        fetches: vec!["orders".to_owned()],
    }
}

async fn entered(house: &House, entry: Entry) -> Result<(), Refusal> {
    let (tenant, user) = (home(), UserId::parse("owner").unwrap());
    enter(&house.cloud, &house.amazon(), entry, (&tenant, &user)).await
}

#[tokio::test]
async fn l11_a_secret_is_asked_for_in_time_tried_and_put_in_force_once_however_often_it_is_told() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let old = in_force(&house).await;
    assert_eq!(turn(&house.cloud, &house.amazon()).await.unwrap(), Turned::default(), "nothing to do yet");
    house.advance(DAY * 151);
    let done = turn(&house.cloud, &house.amazon()).await.unwrap();
    assert_eq!((done.asked, done.refused), (1, 0));
    assert_eq!(
        application(&house).await.secret_days_left(house.cloud.now()),
        7,
        "the old one ends in a week"
    );
    // A day is left alone, even though the end is near.
    house.advance(SignedDuration::from_hours(1));
    assert_eq!(turn(&house.cloud, &house.amazon()).await.unwrap().asked, 0);

    let notices = house.world().take_notifications(CLIENT_ID);
    let body = notices[0].to_string();
    assert_eq!(told(&house, "m1", &body).await.unwrap(), Outcome::Done("the new secret is in force"));
    let new = in_force(&house).await;
    assert_ne!(new, old);
    assert_eq!(house.world().client_secret(CLIENT_ID).as_deref(), Some(new.as_str()));
    assert!(application(&house).await.secret_days_left(house.cloud.now()) >= 179);
    // Told again, and told by a message that somebody kept.
    for again in ["m1", "m2"] {
        let outcome = told(&house, again, &body).await.unwrap();
        assert_eq!(outcome, Outcome::Dropped("the secret is in force already"));
    }
    let rotated = house.cloud.event_names().into_iter().filter(|name| *name == "application.secret_rotated");
    assert_eq!(rotated.count(), 1);
    assert!(house.cloud.table(TableName::Parked).is_empty());
    // The one before is kept beside it for its overlap.
    let kept = house.cloud.credentials.borrow()[&house.application.slug].clone();
    assert_eq!(kept[kept.len() - 2].client_secret.expose(), old);
    let everything = format!("{:?} {:?}", house.cloud.rows.borrow(), house.cloud.events.borrow());
    assert!(!everything.contains(&new) && !everything.contains(&old), "a secret lies open");
}

#[tokio::test]
async fn f31_secrets_told_out_of_order_end_with_the_newest() {
    let house = House::start().await;
    house.advance(DAY * 151);
    turn(&house.cloud, &house.amazon()).await.unwrap();
    house.advance(DAY * 2);
    turn(&house.cloud, &house.amazon()).await.unwrap();
    let notices = house.world().take_notifications(CLIENT_ID);
    let [first, second] = notices.as_slice() else { panic!("{} notices", notices.len()) };
    told(&house, "m2", &second.to_string()).await.unwrap();
    let newest = in_force(&house).await;
    let late = told(&house, "m1", &first.to_string()).await.unwrap();
    assert_eq!(late, Outcome::Dropped("a newer secret is in force"));
    assert_eq!(in_force(&house).await, newest);
}

#[tokio::test]
async fn t29_a_forged_secret_replaces_nothing_and_leaves_no_trace_of_itself() {
    let house = House::start().await;
    let before = in_force(&house).await;
    let notice = |client: &str, expires: &str| {
        serde_json::json!({
            "notificationType": "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
            "eventTime": house.cloud.now(),
            "payload": {"applicationOAuthClientNewSecret": {
                "clientId": client,
                "newClientSecret": "amzn1.oa2-cs.v1.CANARY-forged",
                "newClientSecretExpiryTime": expires,
                "oldClientSecretExpiryTime": expires,
            }},
        })
        .to_string()
    };
    let other =
        told(&house, "m1", &notice("amzn1.application-oa2-client.other", "2028-01-01T00:00:00Z")).await;
    assert_eq!(other.unwrap(), Outcome::Parked(BadMessage::Source), "table 4.C, 39");
    let older = told(&house, "m2", &notice(CLIENT_ID, "2026-12-01T00:00:00Z")).await.unwrap();
    assert_eq!(older, Outcome::Dropped("a newer secret is in force"));
    // A good client id and a good date: Login with Amazon decides. At first it may be a secret that is not known
    // everywhere yet.
    let forged = notice(CLIENT_ID, "2028-01-01T00:00:00Z");
    assert!(matches!(told(&house, "m3", &forged).await, Err(Failure::Untried(_))));
    house.advance(SignedDuration::from_hours(3));
    assert!(matches!(told(&house, "m3", &forged).await.unwrap(), Outcome::Parked(_)));
    for body in ["", "{}", "[]", r#"{"notificationType":"APPLICATION_OAUTH_CLIENT_NEW_SECRET"}"#] {
        assert!(matches!(told(&house, "m4", body).await.unwrap(), Outcome::Parked(_)), "{body}");
    }
    let unknown = told(&house, "m5", r#"{"notificationType":"ORDER_CHANGE"}"#).await.unwrap();
    assert_eq!(unknown, Outcome::Dropped("E_MSG_TYPE"));
    assert_eq!(in_force(&house).await, before);
    let everything = format!("{:?} {:?}", house.cloud.rows.borrow(), house.cloud.events.borrow());
    assert!(!everything.contains("CANARY-forged"), "the forged secret lies open");
}

#[tokio::test]
async fn t29_a_forged_end_cannot_shut_out_amazons_next_secret() {
    let house = House::start().await;
    let ends = application(&house).await.secret_expires_at;
    let ending = |at: &str| {
        serde_json::json!({
            "notificationType": "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY",
            "eventTime": house.cloud.now(),
            "payload": {"applicationOAuthClientSecretExpiry": {
                "clientId": CLIENT_ID,
                "clientSecretExpiryTime": at,
                "clientSecretExpiryReason": "PERIODIC_ROTATION",
            }},
        })
        .to_string()
    };
    let far = told(&house, "m1", &ending("2099-01-01T00:00:00Z")).await.unwrap();
    assert_eq!(far, Outcome::Dropped("the secret ends no later than is known"));
    assert_eq!(application(&house).await.secret_expires_at, ends);
    let sooner = (house.cloud.now() + DAY * 7).to_string();
    told(&house, "m2", &ending(&sooner)).await.unwrap();
    assert_eq!(application(&house).await.secret_expires_at.to_string(), sooner);
    turn(&house.cloud, &house.amazon()).await.unwrap();
    let before = in_force(&house).await;
    let notices = house.world().take_notifications(CLIENT_ID);
    told(&house, "m3", &notices[0].to_string()).await.unwrap();
    assert_ne!(in_force(&house).await, before, "Amazon's own secret is in force");
}

#[tokio::test]
async fn a_secret_that_cannot_be_tried_now_is_tried_again() {
    let house = House::start().await;
    house.advance(DAY * 151);
    turn(&house.cloud, &house.amazon()).await.unwrap();
    let body = house.world().take_notifications(CLIENT_ID)[0].to_string();
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::Status { status: 503 }));
    assert!(matches!(told(&house, "m", &body).await, Err(Failure::Untried(_))));
    house.cloud.down.borrow_mut().insert("secrets");
    assert!(told(&house, "m", &body).await.is_err());
    house.cloud.down.borrow_mut().clear();
    assert_eq!(told(&house, "m", &body).await.unwrap(), Outcome::Done("the new secret is in force"));
}

#[tokio::test]
async fn nothing_is_asked_of_amazon_while_our_queue_is_not_registered_there() {
    let house = House::start().await;
    let mut plain = entry("main", None);
    plain.amazon_id = house.application.amazon_id.clone();
    plain.client_id = CLIENT_ID.to_owned();
    entered(&house, plain).await.unwrap();
    house.advance(DAY * 179);
    let done = turn(&house.cloud, &house.amazon()).await.unwrap();
    assert_eq!((done.announced, done.asked), (1, 0));
    assert!(house.world().take_notifications(CLIENT_ID).is_empty());
}

#[tokio::test]
async fn the_operator_hears_of_a_secrets_end_on_each_of_its_days_and_once() {
    let house = House::start().await;
    let mut days = Vec::new();
    for _ in 0..185 {
        house.world().set_fault(Fault::always("lwa", FaultKind::Status { status: 503 }));
        turn(&house.cloud, &house.amazon()).await.unwrap();
        turn(&house.cloud, &house.amazon()).await.unwrap();
        days.extend(house.cloud.events.borrow_mut().drain(..).map(|event| event.detail["days_left"].clone()));
        house.advance(DAY);
    }
    assert_eq!(days, COUNTDOWN.map(serde_json::Value::from));
}

#[tokio::test]
async fn a_pasted_secret_is_tried_first_and_a_refused_one_changes_nothing() {
    let house = House::start().await;
    let good = house.world().client_secret(PRIVATE_CLIENT_ID).unwrap();
    let refused = entered(&house, entry("second", Some("amzn1.oa2-cs.v1.wrong"))).await.unwrap_err();
    let Refusal::FormField("client_secret", why) = refused else { panic!("{refused:?}") };
    assert_eq!(why, "Amazon refuses this pair of client id and secret; the one in force stays");
    assert_eq!(Application::all(&house.cloud).await.unwrap().len(), 1);
    entered(&house, entry("second", Some(&good))).await.unwrap();
    let all = Application::all(&house.cloud).await.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].secret_days_left(house.cloud.now()), 180);
    // A wrong one later leaves the good one in force.
    assert!(entered(&house, entry("second", Some("amzn1.oa2-cs.v1.wrong"))).await.is_err());
    let kept = house.cloud.current(&all[1].slug).await.unwrap();
    assert_eq!(kept.client_secret.expose(), good);
}

#[tokio::test]
async fn what_is_no_secret_is_named() {
    let house = House::start().await;
    for (secret, why) in [
        ("", "is missing"),
        ("Atzr|IwEB", "this is a refresh token"),
        ("Atza|IwEB", "this is an access token"),
        ("amzn1.application-oa2-client.1", "this is an id, not a secret"),
        ("amzn1.oa2-cs.v1.a b", "unexpected character"),
    ] {
        let refused = entered(&house, entry("second", Some(secret))).await.unwrap_err();
        assert_eq!(refused, Refusal::FormField("client_secret", why), "{secret}");
    }
    for (field, why) in [
        ("amazon_id", "an application id begins with amzn1."),
        ("client_id", "a client id begins with amzn1.application-oa2-client."),
    ] {
        let mut bad = entry("second", Some("x"));
        match field {
            "amazon_id" => bad.amazon_id = "123".to_owned(),
            _ => bad.client_id = "amzn1.sellerapps.app.1".to_owned(),
        }
        assert_eq!(entered(&house, bad).await.unwrap_err(), Refusal::FormField(field, why));
    }
    assert_eq!(house.world().token_calls().values().sum::<u64>(), 0, "Amazon was not asked");
}
