//! Pages: as many as were asked for and fit, and the token where it stopped.

use super::{Program, US, asked};
use jiff::SignedDuration;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::message::Refusal;
use sellerport_core::operate::{self, ANSWER_BYTES_MAX, Answer, Ask, PAGES_MAX, carried};
use sellerport_core::ports::{Clock as _, SellingPartner};
use sellerport_core::secret::AccessToken;
use sellerport_core::session::Role;
use sellerport_simulator::{Fault, FaultKind, Seller};
use sellerport_tests::house::{CALL_TIME, House, NORTHWIND, identity};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeSet;

fn orders(bodies: &Value) -> Vec<String> {
    let bodies = bodies.as_array().unwrap().iter();
    let orders = bodies.flat_map(|body| body["orders"].as_array().unwrap());
    orders.map(|order| order["orderId"].as_str().unwrap().to_owned()).collect()
}

fn wanted(size: u32, pages: u32) -> Value {
    json!({"pages": pages, "parameters":
        {"marketplaceIds": US, "createdAfter": "2024-12-01T00:00:00Z", "maxResultsPerPage": size}})
}

#[tokio::test]
async fn pages_are_followed_as_far_as_asked_for_and_go_on_at_their_token() {
    let house = House::start().await;
    house.world().add_seller(Seller::new("A2PAGES", "Pages", &["US"], 45));
    let through = house.connected("A2PAGES", "US").await;
    let program = Program::viewer(&house);
    let first = program.answered(&through, "searchOrders", wanted(10, 3)).await;
    assert_eq!(first["bodies"].as_array().unwrap().len(), 3);
    let mut again = wanted(10, 9);
    again["page"] = first["next"].clone();
    let second = program.answered(&through, "searchOrders", again).await;
    assert_eq!((second["bodies"].as_array().unwrap().len(), &second["next"]), (2, &json!(null)));
    let all: Vec<String> = [orders(&first["bodies"]), orders(&second["bodies"])].concat();
    let distinct: BTreeSet<_> = all.iter().cloned().collect();
    let truth: BTreeSet<_> = house.world().orders_of("A2PAGES").into_iter().map(|one| one.order_id).collect();
    assert_eq!((all.len(), distinct), (45, truth));
    assert_eq!(asked(&house, "searchOrders"), 5);
}

#[tokio::test]
async fn no_answer_has_more_pages_than_the_quota_allows() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let answer = Program::viewer(&house).answered(&through, "searchOrders", wanted(10, 1000)).await;
    // Nineteen calls fit at once: the rest is left to whoever goes on at the token.
    assert_eq!(answer["bodies"].as_array().unwrap().len(), 19);
    assert!(answer["next"].is_string());
}

#[tokio::test]
async fn pages_that_go_in_circles_are_left() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    house.world().set_fault(Fault::always("searchOrders", FaultKind::RepeatedToken));
    let answer = Program::viewer(&house).answered(&through, "searchOrders", wanted(10, 15)).await;
    let read = answer["bodies"].as_array().unwrap().len();
    assert!(read <= 3, "{read} pages of a circle");
    assert!(answer["next"].is_string(), "where it stopped is told");
}

#[tokio::test]
async fn a_page_that_cannot_be_had_leaves_those_before_it() {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let program = Program::viewer(&house);
    let first = program.answered(&through, "searchOrders", wanted(10, 1)).await;
    assert!(first["body"]["orders"].is_array(), "one page comes by itself: {first}");
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Truncated));
    let mut second = wanted(10, 3);
    second["page"] = first["next"].clone();
    program.refused(&through, "searchOrders", second.clone(), 502, "E_OP_NO_ANSWER").await;
    house.world().clear_faults();
    assert_eq!(
        program.answered(&through, "searchOrders", second).await["bodies"].as_array().unwrap().len(),
        3
    );
}

/// Amazon, answering pages of this size without end, each after this long.
struct Bulky<'h> {
    house: &'h House,
    bytes: usize,
    takes: SignedDuration,
    page: Cell<usize>,
}

impl SellingPartner for Bulky<'_> {
    async fn call(&self, _: Endpoint, _: &AccessToken, _: &Call) -> Result<Reply, Unreachable> {
        self.page.set(self.page.get() + 1);
        self.house.cloud.wait(self.takes).await;
        let token = self.page.get().to_string();
        let body = json!({"orders": ["x".repeat(self.bytes)], "pagination": {"nextToken": token}});
        let body = body.to_string().into_bytes();
        Ok(Reply { status: 200, request_id: "r".into(), rate_limit: None, body, duration: self.takes })
    }
}

async fn bulk(bytes: usize, takes: SignedDuration) -> Result<Answer, Refusal> {
    let house = House::start().await;
    let through = house.connected(NORTHWIND, "US").await;
    let amazon = Bulky { house: &house, bytes, takes, page: Cell::new(0) };
    let ask = Ask {
        by: &identity("reader", "main", Role::Viewer),
        home: &house.site.home,
        connection: &through.id,
        operation: "listOrders",
        version: None,
        parameters: &[],
        body: None,
        page: None,
        pages: u32::MAX,
        data_elements: &[],
        restricted: false,
    };
    operate::call(&house.cloud, &amazon, &ask, house.cloud.now() + CALL_TIME).await
}

#[tokio::test]
async fn an_answer_never_outgrows_what_a_function_can_hand_on() {
    let answer = bulk(900_000, SignedDuration::ZERO).await.unwrap();
    assert_eq!(answer.bodies.len(), 5);
    assert!(answer.bodies.iter().map(|body| carried(body)).sum::<usize>() <= ANSWER_BYTES_MAX);
    assert_eq!(answer.next.as_deref(), Some("5"), "the page that did not fit is asked for again");
    let refused = bulk(ANSWER_BYTES_MAX, SignedDuration::ZERO).await.unwrap_err();
    assert_eq!(refused.code(), "E_OP_TOO_LARGE");
    let quotes = br#"{"a":"b\\ \""} "#;
    let as_text = serde_json::to_string(std::str::from_utf8(quotes).unwrap()).unwrap();
    assert_eq!(carried(quotes), as_text.len() - 2, "counted as a text within JSON");
}

#[tokio::test]
async fn no_page_is_begun_that_could_outlast_the_function() {
    let answer = bulk(10, SignedDuration::from_secs(4)).await.unwrap();
    assert_eq!((answer.bodies.len(), answer.next.as_deref()), (3, Some("3")), "26 seconds, 15 kept back");
}

#[tokio::test]
async fn no_answer_has_more_pages_than_the_limit() {
    let answer = bulk(10, SignedDuration::ZERO).await.unwrap();
    assert_eq!(answer.bodies.len(), PAGES_MAX as usize);
    assert_eq!(answer.next, Some(PAGES_MAX.to_string()));
    assert_eq!(answer.quota_left, 9, "thirty in the bucket, one kept, twenty taken");
}
