//! Restricted data: opened on purpose, with a token made for exactly one resource, and in the trail.

use super::{Program, asked, trail};
use jiff::SignedDuration;
use sellerport_core::store::TableName;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, models};
use serde_json::{Value, json};

const NAME: &str = "getOrderAddress?orders/v0";

fn wanted(house: &House, place: usize) -> Value {
    json!({"parameters": {"orderId": house.world().orders_of(NORTHWIND)[place].order_id}})
}

#[tokio::test]
async fn buyers_data_is_closed_until_an_operator_opens_it_and_each_look_is_in_the_trail() {
    let house = House::with(|options| options.models = models()).await;
    let through = house.connected(NORTHWIND, "US").await;
    let (operator, viewer) = (Program::operator(&house), Program::viewer(&house));
    operator.refused(&through, NAME, wanted(&house, 0), 403, "E_OP_RESTRICTED_CLOSED").await;
    viewer.refused(&through, NAME, wanted(&house, 0), 403, "E_ROLE").await;
    assert_eq!(asked(&house, "createRestrictedDataToken"), 0);
    assert_eq!(operator.turn(&through, "restricted", true).await.status, 200);
    let answer = operator.answered(&through, NAME, wanted(&house, 0)).await;
    assert_eq!(answer["body"]["payload"]["ShippingAddress"]["Name"], "Simulated Buyer", "{answer}");
    viewer.refused(&through, NAME, wanted(&house, 0), 403, "E_ROLE").await;
    let looked = format!("{} getOrderAddress orders/v0", through.id);
    assert!(trail(&house).contains(&("operation.restricted".to_owned(), looked)));
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn a_restricted_token_is_kept_for_its_hour_for_its_resource_and_for_its_grant() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "restricted", true).await;
    let made = || asked(&house, "createRestrictedDataToken");
    for expected in [1, 1, 1] {
        assert_eq!(operator.answered(&through, NAME, wanted(&house, 0)).await["status"], 200);
        assert_eq!(made(), expected);
    }
    operator.answered(&through, NAME, wanted(&house, 1)).await;
    assert_eq!(made(), 2, "another order, another token");
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(through.id.as_str()).await;
    browser.approve(&consent, NORTHWIND).await;
    operator.answered(&through, NAME, wanted(&house, 0)).await;
    assert_eq!(made(), 3, "another grant, another token");
    house.pass(SignedDuration::from_mins(70)).await;
    operator.answered(&through, NAME, wanted(&house, 0)).await;
    assert_eq!(made(), 4, "an hour later");
    // One that Amazon refuses is forgotten.
    house.world().set_fault(Fault::next(1, "getOrderAddress", FaultKind::Status { status: 401 }));
    operator.refused(&through, NAME, wanted(&house, 0), 503, "E_OP_TOKEN").await;
    operator.answered(&through, NAME, wanted(&house, 0)).await;
    assert_eq!(made(), 5);
}

#[tokio::test]
async fn restricted_tokens_go_with_their_door_and_with_their_connection() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    let kept = || {
        let rows = house.cloud.table(TableName::Tokens);
        rows.iter().filter(|row| row.key.partition.starts_with("RDT#")).count()
    };
    operator.turn(&through, "restricted", true).await;
    operator.answered(&through, NAME, wanted(&house, 0)).await;
    operator.answered(&through, NAME, wanted(&house, 1)).await;
    assert_eq!(kept(), 2);
    operator.turn(&through, "restricted", false).await;
    assert_eq!(kept(), 0, "the door is closed");
    operator.turn(&through, "restricted", true).await;
    operator.answered(&through, NAME, wanted(&house, 0)).await;
    assert_eq!(kept(), 1);
    let mut browser = house.signed_in("owner", "main").await;
    assert_eq!(browser.press(&format!("/connections/{}/disconnect", through.id), &[]).await.status, 303);
    assert_eq!(kept(), 0, "the connection is gone");
}

#[tokio::test]
async fn a_ciphertext_of_one_resource_does_not_open_in_the_row_of_another() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "restricted", true).await;
    operator.answered(&through, NAME, wanted(&house, 0)).await;
    operator.answered(&through, NAME, wanted(&house, 1)).await;
    let kept = house.cloud.table(TableName::Tokens);
    let kept: Vec<_> = kept.into_iter().filter(|row| row.key.partition.starts_with("RDT#")).collect();
    assert_eq!(kept.len(), 2);
    for (mine, other) in [(&kept[0], &kept[1]), (&kept[1], &kept[0])] {
        let sealed = other.document["sealed"].clone();
        house.cloud.rows.borrow_mut().get_mut(&mine.key).unwrap().document.insert("sealed".into(), sealed);
    }
    for place in [0, 1] {
        let response = operator.call(through.id.as_str(), NAME, wanted(&house, place)).await;
        assert_eq!(response.status, 503, "{}", response.body);
    }
}

#[tokio::test]
async fn nobody_gets_to_see_a_restricted_token_by_asking_for_one() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "writes", true).await;
    operator.turn(&through, "restricted", true).await;
    let body = json!({"body": {"restrictedResources": [{"method": "GET", "path": "/orders/v0/orders"}]}});
    operator.refused(&through, "createRestrictedDataToken", body, 403, "E_OP_TOKENS").await;
    assert_eq!(asked(&house, "createRestrictedDataToken"), 0);
}

#[tokio::test]
async fn where_a_choice_is_left_buyers_data_comes_only_if_it_is_asked_for() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    let name = "getOrder?orders/v0";
    let with = |element: &str| {
        let mut wanted = wanted(&house, 0);
        wanted["data_elements"] = json!([element]);
        wanted
    };
    operator.answered(&through, name, wanted(&house, 0)).await;
    assert_eq!(asked(&house, "createRestrictedDataToken"), 0);
    let says = operator.refused(&through, name, with("shoeSize"), 422, "E_OP_PARAMETER").await;
    assert!(says.contains("buyerInfo"), "{says}");
    operator.refused(&through, name, with("buyerInfo"), 403, "E_OP_RESTRICTED_CLOSED").await;
    operator.refused(&through, "getOrder?2026-01-01", with("buyerInfo"), 422, "E_OP_PARAMETER").await;
    operator.turn(&through, "restricted", true).await;
    operator.answered(&through, name, with("buyerInfo")).await;
    assert_eq!(asked(&house, "createRestrictedDataToken"), 1);
    house.world().withhold_role("createRestrictedDataToken", true);
    let document = json!({"parameters": {"reportDocumentId": "d"}, "restricted": true});
    operator.refused(&through, "getReportDocument", document, 502, "E_OP_RESTRICTED").await;
}

#[tokio::test]
async fn l57_a_document_that_needs_a_restricted_token_is_told_from_a_missing_role() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let operator = Program::operator(&house);
    operator.turn(&through, "writes", true).await;
    let body =
        json!({"reportType": "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING", "marketplaceIds": [super::US]});
    // Nothing is made up for such a report, but why it failed is told in a document that is just as restricted.
    house.world().set_fault(Fault::next(1, "createReport", FaultKind::Fatal { explained: true }));
    operator.answered(&through, "createReport", json!({ "body": body })).await;
    house.pass(SignedDuration::from_mins(10)).await;
    let list = json!({"parameters": {"reportTypes": "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"}});
    let listed = operator.answered(&through, "getReports", list).await;
    let document = listed["body"]["reports"][0]["reportDocumentId"].as_str().unwrap().to_owned();
    let wanted = json!({"parameters": {"reportDocumentId": document}});
    let answer = operator.answered(&through, "getReportDocument", wanted.clone()).await;
    assert_eq!((&answer["status"], &answer["verdict"]), (&json!(403), &json!("denied")));
    assert!(answer["says"].as_str().unwrap().contains("Ask for it as restricted"), "{answer}");
    operator.turn(&through, "restricted", true).await;
    let mut restricted = wanted;
    restricted["restricted"] = json!(true);
    assert_eq!(operator.answered(&through, "getReportDocument", restricted.clone()).await["status"], 200);
    // The control: with the token, the same words mean the role.
    house.world().withhold_role("getReportDocument", true);
    let answer = operator.answered(&through, "getReportDocument", restricted).await;
    assert!(answer["says"].as_str().unwrap().contains("Add the role"), "{answer}");
}
