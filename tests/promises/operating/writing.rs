//! Writes: closed until an operator opens them, never repeated, always in the trail.

use super::{Program, US, asked, trail};
use sellerport_core::application::Application;
use sellerport_core::ports::Table as _;
use sellerport_core::store::{Write, load};
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, models};
use serde_json::{Value, json};

const NAME: &str = "patchListingsItem?2021-08-01";

fn wanted() -> Value {
    let patch = json!({"op": "replace", "path": "/attributes/item_name", "value": [{"value": "A \"B\"", "marketplace_id": US}]});
    json!({"parameters": {"sellerId": NORTHWIND, "sku": "SKU 1/ä", "marketplaceIds": [US]},
        "body": {"productType": "HOME", "patches": [patch]}})
}

#[tokio::test]
async fn writes_are_closed_until_an_operator_opens_them() {
    let house = House::with(|options| options.models = models()).await;
    let through = house.connected(NORTHWIND, "US").await;
    let (operator, viewer) = (Program::operator(&house), Program::viewer(&house));
    operator.refused(&through, NAME, wanted(), 403, "E_OP_WRITES_CLOSED").await;
    viewer.refused(&through, NAME, wanted(), 403, "E_ROLE").await;
    assert_eq!(viewer.turn(&through, "writes", true).await.status, 403, "a viewer opens nothing");
    operator.refused(&through, NAME, wanted(), 403, "E_OP_WRITES_CLOSED").await;
    assert_eq!(operator.turn(&through, "writes", true).await.status, 200);
    let answer = operator.answered(&through, NAME, wanted()).await;
    assert_eq!((&answer["status"], &answer["body"]["status"]), (&json!(200), &json!("ACCEPTED")));
    assert_eq!(answer["body"]["sku"], "SKU%201%2F%C3%A4", "the simulator shows the path as it came");
    viewer.refused(&through, NAME, wanted(), 403, "E_ROLE").await;
    assert_eq!(operator.turn(&through, "writes", false).await.status, 200);
    operator.refused(&through, NAME, wanted(), 403, "E_OP_WRITES_CLOSED").await;
    assert_eq!(asked(&house, "patchListingsItem"), 1);
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn each_write_and_each_refused_one_is_in_the_trail_with_its_request_id() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    house.advance(jiff::SignedDuration::from_secs(1));
    let before = trail(&house).len();
    operator.refused(&through, NAME, wanted(), 403, "E_OP_WRITES_CLOSED").await;
    house.advance(jiff::SignedDuration::from_secs(1));
    operator.turn(&through, "writes", true).await;
    operator.turn(&through, "writes", true).await;
    house.advance(jiff::SignedDuration::from_secs(1));
    let answer = operator.answered(&through, NAME, wanted()).await;
    let what = format!("{} patchListingsItem listings-items/2021-08-01", through.id);
    let id = answer["request_id"].as_str().unwrap();
    let mut entries = trail(&house).split_off(before);
    entries[2..].sort();
    let expected = [
        ("E_OP_WRITES_CLOSED", what.clone()),
        ("connection.writes_opened", through.id.to_string()),
        ("operation.called", format!("{what} 200 {id}")),
        ("operation.calling", what),
    ];
    assert_eq!(entries, expected.map(|(what, subject)| (what.to_owned(), subject)));
}

#[tokio::test]
async fn a_write_that_cannot_be_written_down_first_is_not_made() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "writes", true).await;
    // Everything down is the nearest that memory knows to an audit table that does not answer.
    house.cloud.down.borrow_mut().insert("tables");
    let response = operator.call(through.id.as_str(), NAME, wanted()).await;
    assert_eq!(response.status, 503, "{}", response.body);
    assert_eq!(asked(&house, "patchListingsItem"), 0);
}

#[tokio::test]
async fn a_write_is_never_repeated() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "writes", true).await;
    house.world().set_fault(Fault::always("patchListingsItem", FaultKind::Status { status: 500 }));
    let answer = operator.answered(&through, NAME, wanted()).await;
    assert_eq!((&answer["verdict"], asked(&house, "patchListingsItem")), (&json!("failing"), 1));
    assert!(answer["says"].as_str().unwrap().contains("Look before you repeat it"), "{answer}");
    for (times, kind) in [FaultKind::Truncated, FaultKind::Html].into_iter().enumerate() {
        house.world().clear_faults();
        house.world().set_fault(Fault::always("patchListingsItem", kind));
        let says = operator.refused(&through, NAME, wanted(), 502, "E_OP_UNCERTAIN").await;
        assert!(says.contains("Look before you repeat it"), "{says}");
        assert_eq!(asked(&house, "patchListingsItem"), times as u64 + 2);
    }
    let uncertain = trail(&house).iter().filter(|(what, _)| what == "E_OP_UNCERTAIN").count();
    assert_eq!(uncertain, 2);
}

#[tokio::test]
async fn a_reconnect_keeps_what_was_opened_and_a_disconnect_closes_it() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "writes", true).await;
    operator.turn(&through, "restricted", true).await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(through.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
    let doors = |house: &House| {
        let connection = house.connection(NORTHWIND);
        (connection.writes_open, connection.restricted_open)
    };
    assert_eq!(doors(&house), (true, true));
    assert_eq!(browser.press(&format!("/connections/{}/disconnect", through.id), &[]).await.status, 303);
    assert_eq!(doors(&house), (false, false));
    let response = operator.turn(&through, "writes", true).await;
    assert_eq!(response.status, 409, "{}", response.body);
}

#[tokio::test]
async fn the_door_opens_by_its_button_for_an_operator_only() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let address = format!("/connections/{}/writes", through.id);
    let mut viewer = house.signed_in_as("reader", "main", sellerport_core::session::Role::Viewer).await;
    assert_eq!(viewer.press(&address, &[("open", "true")]).await.status, 403);
    let mut operator = house.signed_in("owner", "main").await;
    for wrong in [&[][..], &[("open", "perhaps")], &[("open", "true"), ("open", "false")]] {
        assert_eq!(operator.press(&address, wrong).await.status, 422, "{wrong:?}");
    }
    assert_eq!(operator.get(&address).await.status, 405);
    assert!(!house.connection(NORTHWIND).writes_open);
    assert_eq!(operator.press(&address, &[("open", "true")]).await.status, 303);
    assert!(house.connection(NORTHWIND).writes_open);
}

#[tokio::test]
async fn the_applications_own_operations_are_for_the_installations_operators_and_get_their_token_by_message()
{
    let house = House::with(|options| options.models = models()).await;
    let through = house.connected(NORTHWIND, "US").await;
    let (operator, viewer) = (Program::operator(&house), Program::viewer(&house));
    viewer.refused(&through, "getDestinations", json!({}), 403, "E_OP_HOME").await;
    operator.refused(&through, "getDestinations", json!({}), 503, "E_OP_TOKEN").await;
    house.deliver().await;
    let answer = operator.answered(&through, "getDestinations", json!({})).await;
    assert_eq!((&answer["status"], &answer["body"]["payload"]), (&json!(200), &json!([])));
    let made = json!({"body": {"name": "n", "resourceSpecification": {"sqs": {"arn": "arn:aws:sqs:eu-west-1:000000000000:queue"}}}});
    operator.refused(&through, "createDestination", made.clone(), 403, "E_OP_WRITES_CLOSED").await;
    operator.turn(&through, "writes", true).await;
    let answer = operator.answered(&through, "createDestination", made).await;
    assert_eq!(answer["body"]["payload"]["name"], "n");
    let tokens = || house.world().token_calls()["client_credentials ok"];
    assert_eq!(tokens(), 1, "one token serves both");
    house.world().set_fault(Fault::next(1, "getDestinations", FaultKind::Status { status: 403 }));
    operator.refused(&through, "getDestinations", json!({}), 503, "E_OP_TOKEN").await;
    house.deliver().await;
    assert_eq!(
        (operator.answered(&through, "getDestinations", json!({})).await["status"].as_u64(), tokens()),
        (Some(200), 2)
    );
    // Another tenant's connection to the same application opens nothing of it.
    let mut other = house.signed_in("stranger", "other").await;
    assert_eq!(other.connect("A1MAPLELEAF02CA", "CA").await.status, 303);
    let theirs = house.connection("A1MAPLELEAF02CA");
    let stranger = Program { house: &house, tenant: "other", role: "operator" };
    stranger.refused(&theirs, "getDestinations", json!({}), 403, "E_OP_HOME").await;
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn a_client_secret_is_rotated_only_where_a_queue_would_get_it() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    let name = "rotateApplicationClientSecret";
    operator.refused(&through, name, json!({}), 403, "E_OP_WRITES_CLOSED").await;
    operator.turn(&through, "writes", true).await;
    let key = Application::key_of(&house.application.slug);
    let mut held = load::<Application>(&house.cloud, &key).await.unwrap().unwrap();
    held.value.rotates = false;
    house.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
    operator.refused(&through, name, json!({}), 409, "E_OP_ROTATION").await;
    let mut held = load::<Application>(&house.cloud, &key).await.unwrap().unwrap();
    held.value.rotates = true;
    house.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
    operator.refused(&through, name, json!({}), 503, "E_OP_TOKEN").await;
    house.deliver().await;
    let answer = operator.answered(&through, name, json!({})).await;
    assert_eq!((&answer["status"], &answer["body"]), (&json!(204), &json!(null)));
}
