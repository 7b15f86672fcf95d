//! Who may come in and what he may do: sessions and their ends, roles, programs, and sign-in at an identity
//! provider.

mod issuer;
mod programs;

use jiff::SignedDuration;
use sellerport_core::http::Response;
use sellerport_core::session::Role;
use sellerport_tests::browser::Browser;
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_web::cookies::SESSION;
use sellerport_web::routes::{ROUTES, Who};

/// The code of a refusal, as its page or its JSON shows it.
fn refused_with(response: &Response, status: u16, code: &str) {
    assert_eq!(response.status, status, "{code}: {}", response.body);
    let shown = [format!("<code>{code}</code>"), format!("\"code\":\"{code}\"")];
    assert!(shown.iter().any(|shown| response.body.contains(shown)), "{code}: {}", response.body);
}

#[tokio::test]
async fn t17_a_session_ends_after_half_an_hour_of_rest_and_after_twelve_hours_of_use() {
    let house = House::start().await;
    let mut rests = house.signed_in("owner", "main").await;
    house.advance(SignedDuration::from_mins(29));
    assert_eq!(rests.get("/api/connections").await.status, 200);
    house.advance(SignedDuration::from_mins(30));
    refused_with(&rests.get("/api/connections").await, 401, "E_AUTH");

    let mut works = house.signed_in("owner", "main").await;
    for minutes in (20..12 * 60).step_by(20) {
        house.advance(SignedDuration::from_mins(20));
        assert_eq!(works.get("/api/connections").await.status, 200, "after {minutes} minutes");
    }
    house.advance(SignedDuration::from_mins(20));
    refused_with(&works.get("/api/connections").await, 401, "E_AUTH");
}

#[tokio::test]
async fn t18_a_new_sign_in_has_a_new_id_and_ends_the_old_session() {
    let house = House::start().await;
    let mut old = house.signed_in("reader", "main").await;
    let link = house.link("owner", "main", Role::Operator).await;
    let mut browser = old.clone();
    assert_eq!(browser.press(&link, &[]).await.status, 303);
    assert_ne!(browser.cookies[SESSION], old.cookies[SESSION]);
    refused_with(&old.get("/api/connections").await, 401, "E_AUTH");
    assert_eq!(browser.get("/api/connections").await.status, 200, "the control");
}

/// A genuine return address of the Appstore, but for the application's id, which the simulator knows.
const CONFIRM: &str = "https%3A%2F%2Fsellercentral.amazon.com%2Fapps%2Fauthorize%2Fconfirm%2FAPPLICATION";

#[tokio::test]
async fn a_viewer_reads_everything_and_changes_nothing() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let mut operator = house.signed_in("owner", "main").await;
    let page = format!("/connections/{}", connection.id);
    for address in
        ["/", &page, "/imports", "/audit", "/applications", "/api/connections", &format!("/api{page}")]
    {
        assert_eq!(viewer.get(address).await.status, 200, "{address}");
    }
    let before = format!("{:?} {:?}", house.cloud.rows.borrow(), house.cloud.event_names());
    let login = format!(
        "/oauth/main/login?amazon_callback_uri={}&amazon_state=a&selling_partner_id={NORTHWIND}",
        CONFIRM.replace("APPLICATION", &house.application.amazon_id)
    );
    let changing = ROUTES.iter().filter(|route| route.who == Who::Operator);
    let mut refused = 0;
    for route in changing {
        let path = match route.path {
            "/oauth/{application}/login" => login.clone(),
            path => path.replace("{id}", connection.id.as_str()).replace("{name}", "main"),
        };
        let mut request = viewer.form(&path, &[]);
        if path.starts_with("/api/") {
            request.method = route.method.to_owned();
            request.headers.retain(|(name, _)| name != "content-type");
            request.headers.push(("content-type".into(), "application/json".into()));
            let token = viewer.form_token();
            request.headers.push(("x-csrf-token".into(), token));
        }
        refused_with(&house.answer(&request).await, 403, "E_ROLE");
        refused += 1;
    }
    assert!(refused >= 14, "{refused} routes");
    let after = format!("{:?} {:?}", house.cloud.rows.borrow(), house.cloud.event_names());
    assert_eq!(before, after, "nothing changed");
    assert_eq!(operator.press("/connect", &[("store", "US"), ("kind", "seller")]).await.status, 303);
    assert_eq!(operator.press(&login, &[]).await.status, 303, "the controls");
    assert_eq!(viewer.press("/sign-out", &[]).await.status, 303, "signing out is his own affair");
}

#[tokio::test]
async fn a_viewers_pages_have_no_button_that_he_may_not_press() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let mut viewer = house.signed_in_as("reader", "main", Role::Viewer).await;
    let mut operator = house.signed_in("owner", "main").await;
    let page = format!("/connections/{}", connection.id);
    for (address, buttons) in [("/", &["Connect Amazon"][..]), (&page, &["Reconnect", "Fetch now"])] {
        let (his, hers) = (viewer.get(address).await.body, operator.get(address).await.body);
        assert_eq!(his.matches("<form").count(), 1, "only Sign out: {his}");
        for button in buttons {
            assert!(!his.contains(button) && hers.contains(button), "{button} on {address}");
        }
    }
}

#[tokio::test]
async fn a_link_for_a_viewer_says_so_and_makes_one() {
    let house = House::start().await;
    let link = house.link("reader", "main", Role::Viewer).await;
    let mut browser = Browser::new(&house);
    assert!(browser.get(&link).await.body.contains("You may read what belongs to <strong>main"));
    assert_eq!(browser.press(&link, &[]).await.status, 303);
    refused_with(&browser.press("/connect", &[("store", "US")]).await, 403, "E_ROLE");
}
