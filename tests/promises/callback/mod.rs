//! Coming back from Amazon.

mod answers;
mod binding;

use jiff::SignedDuration;
use sellerport_core::connection::Status;
use sellerport_core::http::Response;
use sellerport_core::store::TableName;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::browser::{Consent, callback};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};
use sellerport_web::cookies::{NONCE, SESSION};

/// The page that a refusal makes: its status, its code and its text.
pub(crate) fn assert_refused(response: &Response, status: u16, code: &str, text: &str) {
    assert_eq!(response.status, status, "{}", response.body);
    assert!(response.body.contains(&format!("<code>{code}</code>")), "{code} in {}", response.body);
    // The page escapes quotation marks only; the catalogue has none.
    assert!(response.body.contains(text), "{text:?} in {}", response.body);
}

fn exchanges(house: &House) -> u64 {
    house
        .world()
        .token_calls()
        .iter()
        .filter(|(name, _)| name.starts_with("authorization_code"))
        .map(|(_, n)| n)
        .sum()
}

fn code(house: &House, consent: &Consent, seller: &str) -> String {
    house.world().grant_code(seller, &house.application.amazon_id, &consent.redirect_uri).unwrap()
}

fn pending(house: &House) -> usize {
    house.cloud.table(TableName::Pending).len()
}

fn audited(house: &House, what: &str) -> usize {
    house.cloud.table(TableName::Audit).iter().filter(|row| row.document["what"] == what).count()
}

/// The Log-in URI as Amazon's Appstore opens it.
fn login(house: &House, host: &str, seller: &str) -> String {
    let uri = format!("https://{host}/apps/authorize/confirm/{}", house.application.amazon_id);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("amazon_callback_uri", &uri).append_pair("amazon_state", "as+1");
    query.append_pair("selling_partner_id", seller);
    format!("/oauth/main/login?{}", query.finish())
}

#[tokio::test]
async fn a_seller_who_approves_is_connected_with_his_stores_and_a_stream_that_is_due() {
    let house = House::with(|options| options.models = models()).await;
    let connection = house.connected(NORTHWIND, "US").await;
    assert_eq!((connection.status, connection.generation), (Status::Active, 1));
    assert_eq!(house.stream(NORTHWIND).due_at, connection.authorized_at);
    let mut browser = house.signed_in("owner", "main").await;
    let page = browser.get(&format!("/connections/{}", connection.id)).await;
    assert!(page.body.contains("Amazon.com") && page.body.contains("Amazon.ca"), "{}", page.body);
    assert!(house.cloud.event_names().contains(&"connection.connected"));
    assert_eq!(audited(&house, "connection.connected"), 1);
    assert_eq!(house.world().violations(), [""; 0]);
}
