//! Reads: an answer as Amazon gave it, and every reason not to call.

use super::{CA, Program, US, asked, trail};
use jiff::SignedDuration;
use sellerport_core::catalogue::{self, Life};
use sellerport_core::stores;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};
use serde_json::json;

const AFTER: &str = "2026-01-01T00:00:00Z";

#[tokio::test]
async fn a_read_is_answered_with_amazons_body_and_what_is_known_about_the_call() {
    let house = House::with(|options| options.models = models()).await;
    let through = house.connected(NORTHWIND, "US").await;
    let order = house.world().orders_of(NORTHWIND).pop().unwrap().order_id;
    let entries = trail(&house).len();
    for program in [Program::operator(&house), Program::viewer(&house)] {
        let wanted = json!({"parameters": {"orderId": order}});
        let answer = program.answered(&through, "getOrder?orders/2026-01-01", wanted).await;
        assert_eq!(answer["body"]["order"]["orderId"], json!(order));
        assert_eq!((&answer["status"], &answer["verdict"]), (&json!(200), &json!("answered")));
        assert_eq!((&answer["version"], &answer["next"]), (&json!("orders/2026-01-01"), &json!(null)));
        assert!(answer["request_id"].as_str().is_some_and(|id| !id.is_empty()));
        assert_eq!(answer["rate"], 0.5);
    }
    let wanted = json!({"parameters": {"orderId": order}});
    let last = Program::viewer(&house).answered(&through, "getOrder?orders/2026-01-01", wanted).await;
    assert_eq!(last["quota_left"], 26, "thirty in the bucket, one kept, three taken");
    assert_eq!(trail(&house).len(), entries, "reads leave no entry");
    assert_eq!(house.world().violations(), [""; 0]);
}

#[tokio::test]
async fn a_name_that_leads_to_no_one_operation_says_what_to_do() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::operator(&house);
    let says = program.refused(&through, "serchOrders", json!({}), 404, "E_OP_UNKNOWN").await;
    assert_eq!(says, "Amazon has no operation serchOrders; did you mean searchOrders? Nothing was called.");
    let says = program.refused(&through, "getOrder", json!({}), 422, "E_OP_AMBIGUOUS").await;
    assert!(says.contains("orders/2026-01-01"), "{says}");
    let gone = catalogue::all().iter().find(|one| matches!(one.life, Life::Removed { .. })).unwrap();
    let version = gone.api.to_string();
    let says =
        program.refused(&through, &format!("{}?{version}", gone.name), json!({}), 410, "E_OP_REMOVED").await;
    assert!(says.contains("use "), "{says}");
    let says = program.refused(
        &through,
        "searchOrders",
        json!({"parameters": {"createdAftr": AFTER}}),
        422,
        "E_OP_PARAMETER",
    );
    assert!(says.await.contains("did you mean createdAfter?"));
    program.refused(&through, "searchOrders", json!({"page": "t", "body": {}}), 422, "E_OP_PARAMETER").await;
    let name = "getMarketplaceParticipations";
    program.refused(&through, name, json!({"page": "t"}), 422, "E_OP_PARAMETER").await;
    program.refused(&through, "createSandboxLocation", json!({}), 409, "E_OP_SANDBOX").await;
    for wrong in ["[]", "{\"parameters\": 1}", "{\"unheard\": 1}", "{", "{\"parameters\": {\"a\": {}}}"] {
        let path = format!("/api/connections/{}/operations/searchOrders", through.id);
        let response = program.send("POST", &path, "", wrong).await;
        assert_eq!(response.status, 422, "{wrong}: {}", response.body);
    }
    assert_eq!(asked(&house, "searchOrders") + asked(&house, "getOrder"), 0);
}

#[tokio::test]
async fn an_operation_that_amazon_removes_soon_is_answered_with_a_warning() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::operator(&house);
    let wanted = || json!({"parameters": {"MarketplaceIds": [US], "CreatedAfter": AFTER}});
    let early = program.answered(&through, "getOrders?orders/v0", wanted()).await;
    assert_eq!(early["warning"], json!(null));
    assert_eq!(
        (&early["status"], &early["verdict"]),
        (&json!(403), &json!("denied")),
        "the simulator lacks it"
    );
    house.advance(SignedDuration::from_hours(24 * 40));
    // The token is old by now: a renewal is asked for, and then it works.
    program.refused(&through, "getOrders?orders/v0", wanted(), 503, "E_OP_TOKEN").await;
    house.deliver().await;
    let late = program.answered(&through, "getOrders?orders/v0", wanted()).await;
    assert!(late["warning"].as_str().unwrap().contains("2027-03-27"), "{late}");
}

#[tokio::test]
async fn a_store_that_is_not_ticked_is_never_called() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::operator(&house);
    let wanted = |stores: &[&str]| json!({"parameters": {"marketplaceIds": stores, "createdAfter": AFTER}});
    assert_eq!(program.answered(&through, "searchOrders", wanted(&[US, CA])).await["status"], 200);
    stores::choose(&house.cloud, &through, &[US.to_owned()]).await.unwrap();
    let calls = asked(&house, "searchOrders");
    for unticked in [&[CA][..], &[US, CA], &["A1PA6795UKMFR9"], &["NOSUCHSTORE"]] {
        let says = program.refused(&through, "searchOrders", wanted(unticked), 403, "E_OP_STORE").await;
        assert!(says.contains(unticked.last().unwrap()), "{says}");
    }
    let joined = json!({"parameters": {"marketplaceIds": format!("{US},{CA}"), "createdAfter": AFTER}});
    program.refused(&through, "searchOrders", joined, 403, "E_OP_STORE").await;
    let in_body = json!({"body": {"reportType": "X", "marketplaceIds": [CA]}});
    program.turn(&through, "writes", true).await;
    program.refused(&through, "createReport", in_body, 403, "E_OP_STORE").await;
    assert_eq!(asked(&house, "searchOrders"), calls);
    assert_eq!(program.answered(&through, "searchOrders", wanted(&[US])).await["status"], 200, "the control");
}

#[tokio::test]
async fn t20_somebody_elses_connection_looks_like_none() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let stranger = Program { house: &house, tenant: "other", role: "operator" };
    for (name, wanted) in [
        ("searchOrders", json!({"parameters": {"marketplaceIds": US, "createdAfter": AFTER}})),
        ("patchListingsItem", json!({})),
        ("noSuchOperation", json!({})),
        ("getDestinations", json!({})),
    ] {
        let theirs = stranger.call(through.id.as_str(), name, wanted.clone()).await;
        let nobodys = stranger.call("cunknown", name, wanted).await;
        assert_eq!((theirs.status, nobodys.status), (404, 404));
        assert_eq!(theirs.headers, nobodys.headers);
        let same = |body: &str| body.split("reference").next().unwrap().to_owned();
        assert_eq!(same(&theirs.body), same(&nobodys.body));
    }
    let (theirs, nobodys) = (stranger.turn(&through, "writes", true).await.status, 404);
    assert_eq!(theirs, nobodys);
    assert!(!house.connection(NORTHWIND).writes_open);
    assert_eq!(asked(&house, "searchOrders"), 0);
}

#[tokio::test]
async fn a_connection_without_a_grant_that_works_says_what_to_do() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    house.world().revoke(NORTHWIND);
    house.pass(SignedDuration::from_mins(40)).await;
    let program = Program::operator(&house);
    let says = program.refused(&through, "searchOrders", json!({}), 409, "E_OP_CONNECTION").await;
    assert!(says.ends_with("The seller presses Reconnect and approves at Amazon."), "{says}");
}

#[tokio::test]
async fn a_read_is_repeated_once_where_amazon_has_trouble_and_no_more() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::operator(&house);
    let wanted = || json!({"parameters": {"marketplaceIds": US, "createdAfter": AFTER}});
    for kind in [
        FaultKind::Status { status: 500 },
        FaultKind::Status { status: 503 },
        FaultKind::Truncated,
        FaultKind::Html,
        FaultKind::InvalidJson,
        FaultKind::Empty,
    ] {
        house.world().set_fault(Fault::next(1, "searchOrders", kind.clone()));
        let before = asked(&house, "searchOrders");
        assert_eq!(
            program.answered(&through, "searchOrders", wanted()).await["verdict"],
            "answered",
            "{kind:?}"
        );
        assert_eq!(asked(&house, "searchOrders"), before + 2, "{kind:?}");
        house.world().clear_faults();
    }
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Status { status: 500 }));
    let before = asked(&house, "searchOrders");
    let answer = program.answered(&through, "searchOrders", wanted()).await;
    assert_eq!((&answer["status"], &answer["verdict"]), (&json!(500), &json!("failing")));
    assert!(answer["body"]["errors"].is_array(), "{answer}");
    house.world().clear_faults();
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Truncated));
    program.refused(&through, "searchOrders", wanted(), 502, "E_OP_NO_ANSWER").await;
    assert_eq!(asked(&house, "searchOrders"), before + 4);
    house.world().clear_faults();
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Status { status: 400 }));
    program.answered(&through, "searchOrders", wanted()).await;
    assert_eq!(asked(&house, "searchOrders"), before + 5, "what Amazon refuses is not repeated");
}

#[tokio::test]
async fn where_the_quota_has_no_call_left_the_moment_of_the_next_one_is_told() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::operator(&house);
    let wanted = || json!({"parameters": {"marketplaceIds": US, "createdAfter": AFTER}});
    for left in (0..19).rev() {
        assert_eq!(program.answered(&through, "searchOrders", wanted()).await["quota_left"], left);
    }
    let says = program.refused(&through, "searchOrders", wanted(), 429, "E_OP_QUOTA").await;
    let at = says.split("before ").nth(1).and_then(|rest| rest.split(". ").next()).unwrap();
    assert_eq!(asked(&house, "searchOrders"), 19, "nothing was called");
    let other = house.connected(RHEINHAUS, "DE").await;
    let theirs = json!({"parameters": {"marketplaceIds": "A1PA6795UKMFR9", "createdAfter": AFTER}});
    assert_eq!(
        program.answered(&other, "searchOrders", theirs).await["status"],
        200,
        "another's quota is his own"
    );
    house.world().set_clock(at.parse().unwrap());
    assert_eq!(program.answered(&through, "searchOrders", wanted()).await["status"], 200, "then it fits");
}

#[tokio::test]
async fn a_429_of_amazons_is_handed_on_and_believed() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::operator(&house);
    house.world().set_fault(Fault::next(1, "searchOrders", FaultKind::Status { status: 429 }));
    let wanted = || json!({"parameters": {"marketplaceIds": US, "createdAfter": AFTER}});
    let answer = program.answered(&through, "searchOrders", wanted()).await;
    assert_eq!((&answer["verdict"], &answer["quota_left"]), (&json!("throttled"), &json!(0)));
    program.refused(&through, "searchOrders", wanted(), 429, "E_OP_QUOTA").await;
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_caller_told_to_come_again() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::viewer(&house);
    let wanted = || json!({"parameters": {"marketplaceIds": US, "createdAfter": AFTER}});
    house.world().set_fault(Fault::next(1, "searchOrders", FaultKind::Status { status: 401 }));
    let serial = house.access(NORTHWIND).serial;
    program.refused(&through, "searchOrders", wanted(), 503, "E_OP_TOKEN").await;
    house.deliver().await;
    assert_eq!(house.access(NORTHWIND).serial, serial + 1);
    assert_eq!(program.answered(&through, "searchOrders", wanted()).await["status"], 200);
}

#[tokio::test]
async fn a_missing_role_is_named() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    house.world().withhold_role("searchOrders", true);
    let wanted = json!({"parameters": {"marketplaceIds": US, "createdAfter": AFTER}});
    let answer = Program::operator(&house).answered(&through, "searchOrders", wanted).await;
    assert_eq!((&answer["status"], &answer["verdict"]), (&json!(403), &json!("denied")));
    assert!(answer["says"].as_str().unwrap().contains("Inventory and Order Tracking"), "{answer}");
}
