//! The way out, and what changes in a connection's life (A5, A6, B; I9; L3, L10, L13, L59): disconnect, erasure,
//! the yearly renewal, marketplaces that are ticked or join, a new key.

use jiff::SignedDuration;
use sellerport_core::connection::{REMINDERS, Status};
use sellerport_core::deliver::{ASIDE, PERSONAL, RECORDS};
use sellerport_core::erase::{ERASED_AFTER, Erased, LAST_RUNS, erase_due};
use sellerport_core::ports::{Clock as _, CredentialStore as _, Lake as _, Vault as _};
use sellerport_core::store::TableName;
use sellerport_simulator::{CLIENT_ID, Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::memory::credentials;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn disconnected(house: &House) -> String {
    let connection = house.connection(NORTHWIND);
    let mut browser = house.signed_in("owner", "main").await;
    let address = format!("/connections/{}/disconnect", connection.id);
    assert_eq!(browser.press(&address, &[]).await.status, 303);
    connection.id.to_string()
}

#[tokio::test]
async fn i09_disconnect_ends_all_calls_at_once_and_leaves_no_token() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 2).await;
    disconnected(&house).await;
    let after = house.connection(NORTHWIND);
    assert_eq!((after.status, after.sealed_refresh.is_none()), (Status::Disconnected, true));
    let tokens = house.cloud.table(TableName::Tokens);
    assert!(tokens.iter().all(|row| row.document["sealed"].is_null() && row.due.is_none()), "{tokens:?}");
    let calls = house.world().calls_to("searchOrders");
    house.pass(MINUTE * 30).await;
    assert_eq!(house.world().calls_to("searchOrders"), calls, "nothing is called any more");
    assert!(house.cloud.event_names().contains(&"connection.disconnected"));
    assert!(house.cloud.dead.borrow().is_empty());
    // Pressed twice, and by a second tab.
    disconnected(&house).await;
}

#[tokio::test]
async fn a_worker_that_fetches_while_the_connection_ends_stops_at_its_next_page() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    // Between two pages of the first run the connection is ended.
    house.world().set_fault(Fault::next(3, "searchOrders", FaultKind::Delay { milliseconds: 20 }));
    let working = house.pass(MINUTE);
    let ending = async {
        while house.world().calls_to("searchOrders") < 2 {
            tokio::task::yield_now().await;
        }
        disconnected(&house).await;
        house.world().calls_to("searchOrders")
    };
    let ((), calls) = tokio::join!(working, ending);
    assert!(house.world().calls_to("searchOrders") <= calls + 1, "one page under way, no more");
    assert!(house.stream(NORTHWIND).due_at.is_none());
}

#[tokio::test]
async fn what_has_landed_is_erased_on_its_day_and_not_before() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 5).await;
    let objects = house.cloud.objects.borrow().len();
    assert!(objects > 0);
    disconnected(&house).await;
    let until = house.cloud.now() + DAY * 365;
    house.advance(ERASED_AFTER - MINUTE);
    assert_eq!(erase_due(&house.cloud, until).await.unwrap(), Erased::default());
    assert_eq!(house.cloud.objects.borrow().len(), objects);
    house.advance(MINUTE * 2);
    let erased = erase_due(&house.cloud, until).await.unwrap();
    assert_eq!(erased, Erased { connections: 1, objects });
    assert!(house.cloud.objects.borrow().is_empty());
    assert!(house.connection(NORTHWIND).erased_at.is_some());
    assert!(house.cloud.table(TableName::Agenda).is_empty());
    assert_eq!(erase_due(&house.cloud, until).await.unwrap(), Erased::default(), "twice is once");
}

#[tokio::test]
async fn a_seller_who_asks_for_it_is_erased_by_the_next_run_and_nothing_is_known_of_the_data_any_more() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 5).await;
    let id = house.connection(NORTHWIND).id;
    let mut browser = house.signed_in("owner", "main").await;
    let address = format!("/connections/{id}/erase");
    let refused = browser.press(&address, &[]).await;
    assert_eq!(refused.status, 409, "who is connected is not erased");
    assert!(refused.body.contains("Disconnect it first"), "{}", refused.body);
    disconnected(&house).await;
    let until = house.cloud.now() + DAY;
    let page = format!("/connections/{id}");
    assert!(browser.get(&page).await.body.contains("Erase now"));
    for _ in 0..2 {
        assert_eq!(browser.press(&address, &[]).await.status, 303, "twice is once");
    }
    let body = browser.get(&page).await.body;
    assert!(body.contains("Asked for: all that") && !body.contains("Erase now"), "{body}");
    // A run that was under way when the connection ended may still land something.
    house.advance(LAST_RUNS - MINUTE);
    assert_eq!(erase_due(&house.cloud, until).await.unwrap(), Erased::default());
    assert!(windows(&house) > 0);
    house.advance(MINUTE);
    assert_eq!(erase_due(&house.cloud, until).await.unwrap().connections, 1);
    assert!(house.cloud.objects.borrow().is_empty());
    assert_eq!(windows(&house), 0, "nor of what its windows held");
    assert_eq!(browser.press(&address, &[]).await.status, 303, "what is gone is gone");
    let page = browser.get("/audit").await.body;
    assert_eq!(page.matches("connection.erasure_asked").count(), 1, "who asked for it is written down once");
}

fn windows(house: &House) -> usize {
    house.cloud.table(TableName::Streams).iter().filter(|row| row.key.partition.starts_with("W#")).count()
}

#[tokio::test]
async fn the_erasure_takes_what_was_set_aside_and_buyers_data_too_and_nothing_of_others() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let own = format!("tenant={}/connection={}/date=2026-11-21/x.gz", connection.tenant, connection.id);
    let others = format!("tenant=other/connection={}/date=2026-11-21/x.gz", connection.id);
    for place in [RECORDS, ASIDE, PERSONAL] {
        for rest in [&own, &others] {
            house.cloud.put(&format!("{place}/domain=returns/{rest}"), vec![1]).await.unwrap();
        }
    }
    disconnected(&house).await;
    house.advance(ERASED_AFTER + MINUTE);
    let erased = erase_due(&house.cloud, house.cloud.now() + DAY).await.unwrap();
    assert_eq!(erased.connections, 1);
    let objects = house.cloud.objects.borrow();
    let left: Vec<_> = objects.keys().filter(|key| key.contains("domain=returns")).collect();
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(left.iter().all(|key| key.contains("tenant=other/")), "{left:?}");
}

#[tokio::test]
async fn a_reconnect_before_that_day_keeps_everything_and_goes_on_where_it_stopped() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 5).await;
    let before = house.stream(NORTHWIND).cursor;
    let id = disconnected(&house).await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(&id).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    let after = house.connection(NORTHWIND);
    assert_eq!((after.status, after.generation, after.erase_at), (Status::Active, 2, None));
    assert_eq!(house.stream(NORTHWIND).cursor, before);
    house.advance(ERASED_AFTER + DAY);
    assert_eq!(erase_due(&house.cloud, house.cloud.now() + DAY).await.unwrap(), Erased::default());
}

#[tokio::test]
async fn a_disconnected_seller_is_free_for_another_tenant() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    disconnected(&house).await;
    let mut other = house.signed_in("somebody", "other").await;
    assert_eq!(other.connect(NORTHWIND, "US").await.status, 303);
    let all = house.connections_of(NORTHWIND);
    let living: Vec<_> = all.iter().filter(|one| one.status == Status::Active).collect();
    assert_eq!((all.len(), living.len(), living[0].tenant.as_str()), (2, 1, "other"));
}

#[tokio::test]
async fn l10_the_yearly_renewal_is_asked_for_on_its_days_and_once_each() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let mut days = Vec::new();
    for day in 1..=363_i64 {
        if day % 90 == 0 {
            let secret = house.world().replace_client_secret(CLIENT_ID).unwrap();
            let fresh = credentials(CLIENT_ID, &secret);
            house.cloud.replace(&house.application.slug, &fresh).await.unwrap();
        }
        house.advance(DAY);
        house.renew(NORTHWIND).await;
        let told: Vec<_> = house.cloud.events.borrow_mut().drain(..).collect();
        days.extend(told.iter().filter(|event| event.name == "connection.reauthorization_due").map(|_| day));
    }
    assert_eq!(days, REMINDERS);
    // A renewal through either flow starts the year anew.
    let connection = house.connection(NORTHWIND);
    let mut browser = house.signed_in("owner", "main").await;
    let page = browser.get(&format!("/connections/{}", connection.id)).await;
    assert!(page.body.contains("Renew until"), "the page counts down");
    let consent = browser.restart(connection.id.as_str()).await;
    browser.approve(&consent, NORTHWIND).await;
    house.advance(DAY * 10);
    house.renew(NORTHWIND).await;
    assert!(!house.cloud.event_names().contains(&"connection.reauthorization_due"));
}

#[tokio::test]
async fn only_the_ticked_marketplaces_are_called() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let address = format!("/connections/{}/marketplaces", connection.id);
    let tick = |id: &'static str| [("marketplaces", id)];
    assert_eq!(browser.press(&address, &tick("A2EUQ1WTGCTBG2")).await.status, 303);
    house.pass(MINUTE * 2).await;
    let asked = house.world().asked();
    let mut searches = asked.iter().filter(|one| one.operation == "searchOrders").peekable();
    assert!(searches.peek().is_some());
    assert!(searches.all(|one| one.query.contains("A2EUQ1WTGCTBG2") && !one.query.contains("ATVPDKIKX0DER")));
    for (id, why) in [
        ("ATVPDKIKX0DEX", "not a marketplace id"),
        ("A1PA6795UKMFR9", "belongs to region EU; connect that region"),
        ("A2EUQ1\u{200b}TGCTBG2", "unexpected character"),
        ("A1AM78C64UM0Y8", "the account does not sell there"),
    ] {
        let response = browser.press(&address, &[("marketplaces", id)]).await;
        assert_eq!(response.status, 422);
        assert!(response.body.contains(why), "{why}: {}", response.body);
    }
    let twice = [("marketplaces", "ATVPDKIKX0DER"), ("marketplaces", "ATVPDKIKX0DER")];
    assert!(browser.press(&address, &twice).await.body.contains("listed twice"));
    assert!(browser.press(&address, &[]).await.body.contains("tick one at least"));
    let stranger = browser.press(&address, &[("tenant_id", "other")]).await;
    assert!(stranger.body.contains("Unknown field `tenant_id`"), "{}", stranger.body);
}

#[tokio::test]
async fn f36_tokens_move_to_a_new_key_while_everything_runs() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    house.cloud.key.set(2);
    house.pass(MINUTE * 90).await;
    let connection = house.connection(NORTHWIND);
    let sealed = connection.sealed_refresh.clone().unwrap();
    let opened = house.cloud.open(&connection.refresh_context(), &sealed).await.unwrap();
    assert!(!opened.outdated, "sealed under the new key at its renewal");
    let access = house.access(NORTHWIND);
    assert!(!house.cloud.open(&access.context(), &access.sealed.clone().unwrap()).await.unwrap().outdated);
    assert_eq!((connection.status, connection.generation), (Status::Active, 1));
    house.assert_complete(NORTHWIND);
}
