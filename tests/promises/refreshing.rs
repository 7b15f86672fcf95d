//! Renewing access tokens: single flight, the fence, the generation, and what each answer of Amazon's means
//! (R4 to R8; L1 to L6; F01 to F15).

use jiff::SignedDuration;
use sellerport_core::connection::Status;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lease::LEASE;
use sellerport_core::ports::{Clock as _, CredentialStore as _, Credentials as _, QueueName};
use sellerport_core::refresh::{ask, refresh, send_due};
use sellerport_core::store::TableName;
use sellerport_core::task::{Outcome, RefreshTask};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};
use sellerport_tests::memory::credentials;
use sellerport_tests::together::together;
use serde_json::json;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn refreshes(house: &House) -> u64 {
    house
        .world()
        .token_calls()
        .iter()
        .filter(|(name, _)| name.starts_with("refresh_token"))
        .map(|(_, n)| n)
        .sum()
}

fn slug() -> ApplicationSlug {
    ApplicationSlug::parse("main").unwrap()
}

fn task(house: &House, seller: &str) -> String {
    serde_json::to_string(&ask(&house.access(seller))).unwrap()
}

async fn renew(house: &House, message: &str, body: &str) -> Outcome {
    let deadline = house.cloud.now() + MINUTE;
    refresh(&house.cloud, &house.amazon(), message, body, deadline).await.unwrap()
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends_and_once() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let ends = house.access(NORTHWIND).expires_at;
    house.pass(SignedDuration::from_mins(58)).await;
    assert!(house.cloud.now() < ends);
    let access = house.access(NORTHWIND);
    assert!(access.expires_at > ends && access.refreshes == 1, "{access:?}");
    assert_eq!(refreshes(&house), 1);
}

#[tokio::test]
async fn a_renewal_writes_the_tokens_row_twice_and_no_other() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.advance(SignedDuration::from_mins(50));
    let before = house.cloud.rows.borrow().clone();
    assert_eq!(renew(&house, "m", &task(&house, NORTHWIND)).await, Outcome::Done("renewed"));
    let after = house.cloud.rows.borrow();
    let changed =
        after.values().filter(|row| before.get(&row.key).map(|was| was.revision) != Some(row.revision));
    let changed: Vec<_> =
        changed.map(|row| (row.key.sort.as_str(), row.revision - before[&row.key].revision)).collect();
    assert_eq!(changed, [("ACCESS", 2)]);
}

#[tokio::test]
async fn the_schedule_marks_nothing_and_a_task_that_comes_twice_renews_once() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE).await;
    house.advance(SignedDuration::from_mins(50));
    let before = house.cloud.table(TableName::Tokens);
    for _ in 0..2 {
        let now = house.cloud.now();
        assert_eq!(send_due(&house.cloud, now, now + MINUTE).await.unwrap().sent, 1);
    }
    assert_eq!(house.cloud.table(TableName::Tokens), before);
    let outcomes = house.deliver().await;
    assert_eq!(outcomes, [Outcome::Done("renewed"), Outcome::Dropped("the token is fresh already")]);
    assert_eq!(refreshes(&house), 1);
}

#[tokio::test]
async fn of_100_contenders_one_asks_amazon() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.advance(SignedDuration::from_mins(50));
    let body = task(&house, NORTHWIND);
    let amazon = house.amazon();
    let all = (0..100).map(|n| {
        let (body, amazon, cloud) = (&body, &amazon, &house.cloud);
        async move { refresh(cloud, amazon, &format!("m{n}"), body, cloud.now() + MINUTE).await.unwrap() }
    });
    let outcomes = together(all.collect(), 1).await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Done("renewed")).count(), 1);
    // Those put back find the token renewed when they come again.
    house.advance(LEASE);
    for outcome in house.deliver().await {
        assert!(matches!(outcome, Outcome::Dropped(_)), "{outcome:?}");
    }
    assert_eq!(refreshes(&house), 1);
}

#[tokio::test]
async fn l12_a_worker_that_died_with_the_lease_is_replaced_after_a_lease_and_not_before() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.advance(SignedDuration::from_mins(50));
    let body = task(&house, NORTHWIND);
    // The worker stops for ever at the moment it would ask Amazon: Lambda took its time away.
    house.world().set_fault(Fault::always("lwa", FaultKind::Delay { milliseconds: 60_000 }));
    {
        let amazon = house.amazon();
        let mut dying = Box::pin(refresh(&house.cloud, &amazon, "dying", &body, house.cloud.now() + MINUTE));
        for _ in 0..200 {
            let step = std::future::poll_fn(|context| {
                std::task::Poll::Ready(dying.as_mut().poll(context).is_ready())
            });
            assert!(!step.await);
            tokio::task::yield_now().await;
        }
    }
    house.world().clear_faults();
    assert_eq!(renew(&house, "next", &body).await, Outcome::Postponed("another worker renews it"));
    house.advance(LEASE - SignedDuration::from_secs(1));
    assert!(house.deliver().await.is_empty(), "not before a lease has passed");
    house.advance(SignedDuration::from_secs(1));
    assert_eq!(house.deliver().await, [Outcome::Done("renewed")]);
}

#[tokio::test]
async fn l13_f09_one_refusal_makes_a_connection_suspect_and_a_success_heals_it() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::InvalidGrant));
    let first = renew(&house, "m", &task(&house, NORTHWIND)).await;
    assert_eq!(first, Outcome::Postponed("refused once; a second look follows"));
    assert_eq!(house.status(NORTHWIND), Status::Suspect);
    assert!(house.access(NORTHWIND).sealed.is_none(), "calls stop at once");
    house.pass(MINUTE * 3).await;
    assert_eq!(house.status(NORTHWIND), Status::Active);
    assert!(!house.cloud.event_names().contains(&"connection.needs_reconnect"));
    let recovered = house.cloud.event_names().into_iter().filter(|name| *name == "connection.recovered");
    assert_eq!(recovered.count(), 1, "once for each return to health");
}

#[tokio::test]
async fn two_refusals_at_least_a_minute_apart_ask_the_seller_and_nobody_else() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.connected(RHEINHAUS, "DE").await;
    house.world().revoke(NORTHWIND);
    let body = task(&house, NORTHWIND);
    renew(&house, "m1", &body).await;
    // A second message within the minute does not count.
    house.advance(SignedDuration::from_secs(59));
    assert_eq!(renew(&house, "m2", &body).await, Outcome::Postponed("a second look follows"));
    assert_eq!(house.status(NORTHWIND), Status::Suspect);
    house.pass(MINUTE * 3).await;
    assert_eq!(house.status(NORTHWIND), Status::NeedsReconnect);
    assert_eq!(house.status(RHEINHAUS), Status::Active);
    let asked = refreshes(&house);
    house.pass(MINUTE * 30).await;
    assert_eq!(house.world().token_calls().get("refresh_token invalid_grant"), Some(&2), "{asked}");
}

#[tokio::test]
async fn f08_what_amazon_says_of_an_old_grant_does_not_touch_the_new_one() {
    // The regression worth keeping: the worker reads g1, the seller reconnects, g1 is refused, the worker saves.
    let house = House::start().await;
    let old = house.connected(NORTHWIND, "US").await;
    house.advance(SignedDuration::from_mins(50));
    let body = task(&house, NORTHWIND);
    let amazon = house.amazon();
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::Delay { milliseconds: 50 }));
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::InvalidGrant));
    let mut slow = Box::pin(refresh(&house.cloud, &amazon, "slow", &body, house.cloud.now() + MINUTE));
    // Until the lease is taken and Amazon is being asked.
    for _ in 0..20 {
        let step =
            std::future::poll_fn(|context| std::task::Poll::Ready(slow.as_mut().poll(context).is_ready()));
        assert!(!step.await);
    }
    house.world().clear_faults();
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(old.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    let fresh = house.access(NORTHWIND).serial;
    let outcome = slow.await.unwrap();
    assert!(matches!(outcome, Outcome::Dropped(_) | Outcome::Postponed(_)), "{outcome:?}");
    let now = house.connection(NORTHWIND);
    assert_eq!((now.status, now.generation, house.access(NORTHWIND).serial), (Status::Active, 2, fresh));
    // And a message made for the old grant is dropped.
    assert_eq!(renew(&house, "late", &body).await, Outcome::Dropped("E_MSG_STALE_GEN"));
}

#[tokio::test]
async fn f08_an_answer_that_outlived_disconnect_and_reconnect_is_not_stored() {
    let house = House::start().await;
    let old = house.connected(NORTHWIND, "US").await;
    house.advance(SignedDuration::from_mins(50));
    let body = task(&house, NORTHWIND);
    let amazon = house.amazon();
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::Delay { milliseconds: 50 }));
    let mut slow = Box::pin(refresh(&house.cloud, &amazon, "slow", &body, house.cloud.now() + MINUTE));
    for _ in 0..20 {
        let step =
            std::future::poll_fn(|context| std::task::Poll::Ready(slow.as_mut().poll(context).is_ready()));
        assert!(!step.await);
    }
    let mut browser = house.signed_in("owner", "main").await;
    assert_eq!(browser.press(&format!("/connections/{}/disconnect", old.id), &[]).await.status, 303);
    let consent = browser.restart(old.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    let fresh = house.access(NORTHWIND);
    let outcome = slow.await.unwrap();
    assert!(matches!(outcome, Outcome::Dropped(_)), "{outcome:?}");
    let now = house.access(NORTHWIND);
    assert_eq!((now.generation, now.serial, now.sealed), (2, fresh.serial, fresh.sealed));
    assert_eq!(now.lease.holder, None, "the lease is free for the new grant");
}

#[tokio::test]
async fn l04_f11_refused_application_credentials_change_no_connection_and_recover_by_themselves() {
    let house = House::start().await;
    for (seller, country) in [(NORTHWIND, "US"), (RHEINHAUS, "DE")] {
        house.connected(seller, country).await;
    }
    let (main, good) = (house.application.slug.clone(), house.cloud.current(&slug()).await.unwrap());
    house.cloud.replace(&main, &credentials(&good.client_id, "expired")).await.unwrap();
    // The function still holds the good ones; a new process would not.
    house.cloud.refused(&main);
    // However little changes, each is renewed once in two hours.
    let told_of_it = |house: &House| house.cloud.event_names().contains(&"application.credentials_refused");
    for _ in 0..130 {
        if told_of_it(&house) {
            break;
        }
        house.pass(MINUTE).await;
    }
    house.pass(MINUTE * 30).await;
    assert_eq!((house.status(NORTHWIND), house.status(RHEINHAUS)), (Status::Active, Status::Active));
    assert!(house.cloud.event_names().contains(&"application.credentials_refused"));
    let refused = house.world().token_calls()["refresh_token invalid_client"];
    assert!(
        (2..=32).contains(&refused),
        "asked {refused} times in half an hour: not more than once a minute"
    );
    let told = |house: &House| {
        house.cloud.event_names().into_iter().filter(|name| name.starts_with("application.")).count()
    };
    assert_eq!(told(&house), 1, "the operator is told once");
    house.cloud.replace(&main, &good).await.unwrap();
    house.pass(MINUTE * 16).await;
    assert!(house.cloud.event_names().contains(&"application.credentials_recovered"));
    house.pass(MINUTE * 125).await;
    assert_eq!(house.cloud.event_names().last(), Some(&"records.landed"));
    assert!(house.access(NORTHWIND).refreshes >= 1 && house.access(RHEINHAUS).refreshes >= 1);
}

#[tokio::test]
async fn a_secret_rotated_while_a_function_runs_troubles_nobody() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let good = house.cloud.current(&slug()).await.unwrap();
    house.cloud.replace(&slug(), &credentials(&good.client_id, "the old one")).await.unwrap();
    house.cloud.refused(&slug());
    house.cloud.current(&slug()).await.unwrap();
    house.cloud.replace(&slug(), &good).await.unwrap();
    assert_eq!(renew(&house, "m", &task(&house, NORTHWIND)).await, Outcome::Done("renewed"));
    assert!(!house.cloud.event_names().contains(&"application.credentials_refused"));
}

#[tokio::test]
async fn f02_f03_an_outage_of_amazons_sign_in_flips_nobody_and_asks_at_most_once_a_minute() {
    for kind in [FaultKind::Status { status: 503 }, FaultKind::Status { status: 429 }, FaultKind::Html] {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        house.world().set_fault(Fault::always("lwa", kind.clone()));
        house.pass(MINUTE * 180).await;
        assert_eq!(house.status(NORTHWIND), Status::Active, "{kind:?}");
        let asked = refreshes(&house);
        assert!((5..=156).contains(&asked), "{asked} calls in two hours and a half of trouble at most");
        assert!(house.cloud.dead.borrow().is_empty());
        house.world().clear_faults();
        house.pass(MINUTE * 15).await;
        assert!(house.access(NORTHWIND).usable(1, house.cloud.now()), "recovered within 15 minutes");
        house.assert_complete(NORTHWIND);
    }
}

#[tokio::test]
async fn f12_a_refresh_token_that_amazon_replaced_is_the_one_used_next() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::NewRefreshToken { old_dies: true }));
    assert_eq!(renew(&house, "m1", &task(&house, NORTHWIND)).await, Outcome::Done("renewed"));
    assert_ne!(house.connection(NORTHWIND).sealed_refresh, before.sealed_refresh);
    assert_eq!(renew(&house, "m2", &task(&house, NORTHWIND)).await, Outcome::Done("renewed"));
}

#[tokio::test]
async fn l06_f07_lifetimes_that_make_no_sense_store_nothing() {
    for expires_in in [json!(null), json!(0), json!(-5), json!("3600"), json!(1e30), json!(99_999_999)] {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        let before = house.access(NORTHWIND).serial;
        house.world().set_fault(Fault::next(1, "lwa", FaultKind::Expiry { expires_in: expires_in.clone() }));
        renew(&house, "m", &task(&house, NORTHWIND)).await;
        assert_eq!(house.access(NORTHWIND).serial, before, "{expires_in}");
    }
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::Expiry { expires_in: json!(2) }));
    renew(&house, "m", &task(&house, NORTHWIND)).await;
    let access = house.access(NORTHWIND);
    assert!(!access.usable(1, house.cloud.now()), "two seconds are too few for a call");
}

#[tokio::test]
async fn f35_a_key_service_that_is_down_changes_no_connection() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE).await;
    house.cloud.down.borrow_mut().insert("vault");
    house.pass(MINUTE * 20).await;
    assert_eq!(house.status(NORTHWIND), Status::Active);
    house.cloud.down.borrow_mut().clear();
    house.pass(MINUTE * 30).await;
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn t22_t23_a_sealed_token_opens_in_its_own_row_and_nowhere_else() {
    use sellerport_core::ports::Vault as _;
    use sellerport_core::token::VaultError;
    let house = House::start().await;
    for (seller, country) in [(NORTHWIND, "US"), (RHEINHAUS, "DE")] {
        let connection = house.connected(seller, country).await;
        let mut browser = house.signed_in("owner", "main").await;
        let consent = browser.restart(connection.id.as_str()).await;
        browser.approve(&consent, seller).await;
    }
    // 2 connections x 2 generations x 2 purposes: all 56 ordered swaps.
    let sealed = house.cloud.ciphertexts();
    assert_eq!(sealed.len(), 8);
    let mut refused = 0;
    for (context, _) in &sealed {
        for (other, token) in &sealed {
            let opened = house.cloud.open(context, token).await;
            if context == other {
                assert!(opened.is_ok());
            } else {
                assert!(matches!(opened, Err(VaultError::Foreign)));
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 56);
}

#[tokio::test]
async fn t24_an_altered_ciphertext_is_never_sent_and_asks_nobody_to_reconnect() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let sealed = connection.sealed_refresh.unwrap().0;
    let (key, body) =
        (sellerport_core::connection::Connection::key_of(&connection.tenant, &connection.id), {
            house.advance(SignedDuration::from_mins(40));
            task(&house, NORTHWIND)
        });
    let bits = (0..sealed.len()).flat_map(|place| (0..7).map(move |bit| (place, bit)));
    for (place, bit) in bits {
        let mut bytes = sealed.clone().into_bytes();
        bytes[place] ^= 1 << bit;
        let altered = String::from_utf8(bytes).unwrap();
        house.cloud.rows.borrow_mut().get_mut(&key).unwrap().document["sealed_refresh"] = json!(altered);
        let deadline = house.cloud.now() + MINUTE;
        let end = refresh(&house.cloud, &house.amazon(), &format!("m{place}-{bit}"), &body, deadline).await;
        assert!(!matches!(end, Ok(Outcome::Done(_))), "bit {bit} of {place}: {end:?}");
        house.advance(LEASE);
    }
    assert_eq!((refreshes(&house), house.connection(NORTHWIND).status), (0, Status::Active));
    house.cloud.rows.borrow_mut().get_mut(&key).unwrap().document["sealed_refresh"] = json!(sealed);
    house.pass(MINUTE * 10).await;
    assert_eq!(refreshes(&house), 1, "the untouched one works as before");
}

#[test]
fn t30_a_proxy_of_the_environment_is_never_asked() {
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        child.env(name, &address).env(name.to_lowercase(), &address);
    }
    let flow = "refreshing::a_token_is_renewed_before_it_ends_and_once";
    let done = child.env_remove("NO_PROXY").env_remove("no_proxy").args(["--exact", flow]).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
    let asked = proxy.accept().map(|(_, from)| from).unwrap_err();
    assert_eq!(asked.kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn malformed_refresh_messages_are_kept_with_their_reason() {
    let house = House::start().await;
    for (n, body) in ["", "{}", "[1]", r#"{"v":1,"tenant":"t"}"#].into_iter().enumerate() {
        assert!(matches!(renew(&house, &format!("m{n}"), body).await, Outcome::Parked(_)));
    }
    assert_eq!(house.cloud.table(TableName::Parked).len(), 4);
    let unknown = RefreshTask {
        v: 1,
        tenant: "t".to_owned().try_into().unwrap(),
        connection: "c".to_owned().try_into().unwrap(),
        generation: 1,
        serial: 1,
        saw: None,
    };
    let body = serde_json::to_string(&unknown).unwrap();
    assert_eq!(renew(&house, "m", &body).await, Outcome::Dropped("E_MSG_CONNECTION(unknown)"));
    assert!(house.cloud.messages.borrow().iter().all(|message| message.queue != QueueName::Refresh));
}
