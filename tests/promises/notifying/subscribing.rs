//! Subscriptions are made, kept and removed by themselves.

use super::*;

#[tokio::test]
async fn a_connect_is_followed_by_its_subscriptions_and_they_are_made_once() {
    let house = listening(SELLER, "FR").await;
    let made = house.world().subscriptions_of(SELLER);
    let row = row(&house).unwrap();
    assert!(made.iter().all(|(kind, id)| row.id_of(kind) == Some(id)));
    assert!(row.refused.is_empty() && row.looked_at.is_some());
    let creates = |house: &House| {
        let asked = house.world().asked();
        asked.iter().filter(|asked| asked.operation.starts_with("create")).count()
    };
    let calls = 1 + made.len();
    assert_eq!(creates(&house), calls, "a destination and the subscriptions");
    // A week later they are looked at, and found.
    house.pass(SignedDuration::from_hours(24 * 8 + 1)).await;
    assert_eq!((creates(&house), house.world().subscriptions_of(SELLER)), (calls, made));
    let looks =
        |house: &House| house.world().asked().iter().filter(|one| one.operation == "getSubscription").count();
    assert!(looks(&house) >= 2, "{} looks", looks(&house));
}

#[tokio::test]
async fn a_missing_role_disables_its_type_alone_and_says_which_until_the_seller_grants_it() {
    let house = House::start().await;
    house.listening.set(true);
    house.world().withhold_role("ORDER_CHANGE", true);
    house.connected(SELLER, "FR").await;
    house.pass(MINUTE * 12).await;
    let refused = row(&house).unwrap().refused;
    assert_eq!(refused.len(), 1, "its type alone");
    assert_eq!(refused[0].role.as_deref(), Some("Inventory and Order Tracking"));
    assert!(refused[0].says.contains("Inventory and Order Tracking"), "{}", refused[0].says);
    assert!(searches(&house) > 0, "fetching goes on");
    house.world().withhold_role("ORDER_CHANGE", false);
    house.advance(SignedDuration::from_hours(1));
    let mut browser = house.signed_in("owner", "main").await;
    let id = house.connection(SELLER).id;
    let page = browser.get(&format!("/connections/{id}")).await.body;
    assert!(page.contains("Add the role"), "the page says so");
    let consent = browser.restart(id.as_str()).await;
    assert_eq!(browser.approve(&consent, SELLER).await.status, 303);
    house.pass(MINUTE * 12).await;
    assert!(row(&house).unwrap().refused.is_empty());
    assert!(subscription(&house, SELLER).is_some());
}

#[tokio::test]
async fn a_disconnect_removes_the_subscriptions_though_no_token_of_the_seller_is_left() {
    let house = listening(SELLER, "FR").await;
    let connection = house.connection(SELLER);
    let user = UserId::parse("owner").unwrap();
    let ended =
        sellerport_core::disconnect::disconnect(&house.cloud, &connection.tenant, &connection.id, &user);
    ended.await.unwrap();
    let message = genuine(&house);
    house.pass(MINUTE * 15).await;
    assert_eq!(house.world().subscriptions_of(SELLER), []);
    assert!(row(&house).is_none(), "nothing of it is left");
    assert_eq!(told(&house, &message).await, Outcome::Parked(BadMessage::Source));
}

#[tokio::test]
async fn switched_off_they_are_removed() {
    let house = listening(SELLER, "FR").await;
    house.listening.set(false);
    house.advance(SignedDuration::from_hours(24 * 9));
    house.renew(SELLER).await;
    let off = async || {
        let until = house.cloud.now() + MINUTE;
        notify::tend(&house.cloud, &house.amazon(), None, until).await.unwrap();
        house.deliver().await;
        house.advance(MINUTE * 5);
    };
    off().await;
    off().await;
    assert_eq!(house.world().subscriptions_of(SELLER), []);
    assert!(row(&house).unwrap().held.is_empty());
}

#[tokio::test]
async fn while_amazon_has_trouble_with_it_subscribing_is_tried_again_less_and_less_often() {
    let house = House::start().await;
    house.listening.set(true);
    let down = Fault::always("createSubscription", FaultKind::Status { status: 503 });
    house.world().set_fault(down);
    house.connected(SELLER, "FR").await;
    house.pass(SignedDuration::from_hours(6)).await;
    let tries = house.world().asked().iter().filter(|one| one.operation == "createSubscription").count();
    assert!((4..=10).contains(&tries), "{tries} tries in six hours");
    assert!(searches(&house) > 5, "fetching goes on");
    house.world().clear_faults();
    house.pass(SignedDuration::from_hours(7)).await;
    assert!(subscription(&house, SELLER).is_some());
}

#[test]
fn every_type_has_a_version_and_the_scope_is_the_one_that_amazon_names() {
    assert!(KINDS.iter().all(|kind| !kind.version.is_empty()));
    assert_eq!(Scope::Notifications.as_str(), "sellingpartnerapi::notifications");
    assert!(NOTIFICATIONS.starts_with("arn:aws:sqs:"));
}
