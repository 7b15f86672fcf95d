//! Who is it really (T08, T10, T11, T12, F54): what Amazon's answers to a grant prove, and what follows.

use crate::callback::assert_refused;
use sellerport_core::connection::{Identity, Status};
use sellerport_core::ids::ConnectionId;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::browser::callback;
use sellerport_tests::house::{House, NORTHWIND};

/// Another seller of North America.
const MAPLELEAF: &str = "A1MAPLELEAF02CA";

const NOT_THAT_SELLER: &str = "Amazon's answers to this grant name another seller than the one it was said to be. \
     Nothing was connected. Sign in at Amazon as the right seller and start again.";

/// Comes back from Amazon with one seller's code under another seller's id.
async fn come_back_as(
    house: &House,
    tenant: &str,
    code_of: &str,
    claimed: &str,
) -> sellerport_core::http::Response {
    let mut browser = house.signed_in("owner", tenant).await;
    let consent = browser.start("US").await;
    let code =
        house.world().grant_code(code_of, &house.application.amazon_id, &consent.redirect_uri).unwrap();
    browser.get(&callback(&consent, &code, claimed)).await
}

/// Takes the roles away that would tell whose grant it is.
fn blind(house: &House) {
    for operation in ["listTransactions", "searchListingsItems"] {
        house.world().withhold_role(operation, true);
    }
}

#[tokio::test]
async fn t12_amazons_answers_prove_who_it_is() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    assert_eq!(connection.identity, Identity::Verified);
    // Without the finance role the listings still prove it, with their control.
    let house = House::start().await;
    house.world().withhold_role("listTransactions", true);
    assert_eq!(house.connected(NORTHWIND, "US").await.identity, Identity::Verified);
    assert_eq!(house.world().calls_to("searchListingsItems"), 2);
}

#[tokio::test]
async fn t12_without_the_roles_a_connection_works_and_says_that_it_is_unverified() {
    let house = House::start().await;
    blind(&house);
    let connection = house.connected(NORTHWIND, "US").await;
    assert_eq!((connection.identity, connection.status), (Identity::Unverified, Status::Active));
    let mut browser = house.signed_in("owner", "main").await;
    let page = browser.get(&format!("/connections/{}", connection.id)).await;
    assert!(page.body.contains("Unverified"), "{}", page.body);
}

#[tokio::test]
async fn t08_a_stolen_code_under_ones_own_sellers_id_stores_nothing() {
    let house = House::start().await;
    let response = come_back_as(&house, "main", MAPLELEAF, NORTHWIND).await;
    assert_refused(&response, 409, "E_CB_SELLER_MISMATCH", NOT_THAT_SELLER);
    assert!(house.cloud.connections().is_empty());
    assert!(!house.cloud.event_names().contains(&"connection.connected"));
}

#[tokio::test]
async fn t09_a_reconnect_with_another_sellers_code_under_the_right_id_keeps_the_old_grant() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(before.id.as_str()).await;
    let code =
        house.world().grant_code(MAPLELEAF, &house.application.amazon_id, &consent.redirect_uri).unwrap();
    let response = browser.get(&callback(&consent, &code, NORTHWIND)).await;
    assert_refused(&response, 409, "E_CB_SELLER_MISMATCH", NOT_THAT_SELLER);
    let after = house.connection(NORTHWIND);
    assert_eq!((after.generation, after.sealed_refresh), (before.generation, before.sealed_refresh));
    assert_eq!(after.exchange_started_at, None);
}

#[tokio::test]
async fn f54_a_token_of_another_seller_from_amazon_itself_is_noticed_before_any_data_lands() {
    let house = House::start().await;
    let instead = MAPLELEAF.to_owned();
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::WrongSeller { instead }));
    let response = come_back_as(&house, "main", NORTHWIND, NORTHWIND).await;
    assert_refused(&response, 409, "E_CB_SELLER_MISMATCH", NOT_THAT_SELLER);
    assert!(house.cloud.objects.borrow().is_empty() && house.cloud.connections().is_empty());
}

#[tokio::test]
async fn t11_an_unproven_claim_gives_way_to_a_proven_one() {
    let house = House::start().await;
    // A squatter connects an account of his own under the victim's id while nothing can be proved.
    blind(&house);
    let response = come_back_as(&house, "squatter", MAPLELEAF, NORTHWIND).await;
    assert_eq!(response.status, 303, "{}", response.body);
    let squatted = house.connection(NORTHWIND);
    house.world().withhold_role("listTransactions", false);
    let response = come_back_as(&house, "main", NORTHWIND, NORTHWIND).await;
    assert_eq!(response.status, 303, "{}", response.body);
    let all: Vec<_> = house.connections_of(NORTHWIND);
    let by = |id: &ConnectionId| all.iter().find(|one| one.id == *id).unwrap().clone();
    let ended = by(&squatted.id);
    assert_eq!((ended.status, ended.sealed_refresh), (Status::Disconnected, None));
    let owner = all.iter().find(|one| one.tenant.as_str() == "main").unwrap();
    assert_eq!((owner.status, owner.identity), (Status::Active, Identity::Verified));
    house.pass(jiff::SignedDuration::from_mins(2)).await;
    assert!(house.cloud.event_names().contains(&"connection.disconnected"));
}

#[tokio::test]
async fn an_unproven_claim_does_not_give_way_to_another_unproven_one_nor_a_proven_one_to_anybody() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let response = come_back_as(&house, "other", NORTHWIND, NORTHWIND).await;
    let text = "This seller account is already connected in this installation. Ask your operator.";
    assert_refused(&response, 409, "E_CB_SELLER_TAKEN", text);
    assert!(house.cloud.event_names().contains(&"connection.seller_contested"), "the owner is told");

    let house = House::start().await;
    blind(&house);
    house.connected(NORTHWIND, "US").await;
    let response = come_back_as(&house, "other", NORTHWIND, NORTHWIND).await;
    assert_refused(&response, 409, "E_CB_SELLER_TAKEN", text);
    assert_eq!(house.connection(NORTHWIND).tenant.as_str(), "main");
}
