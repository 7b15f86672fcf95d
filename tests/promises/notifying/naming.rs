//! Orders that notifications name are read one by one; a name that somebody made up does no harm (T28).

use super::*;
use sellerport_core::stream::NAMES_MAX;
use sellerport_simulator::OrderTruth;

/// Well formed, and nobody's.
const FORGED: &str = "111-1111111-1111111";

/// A notification of an order of this name.
fn of(house: &House, order: &str) -> Value {
    let mut message = genuine(house);
    message["Payload"]["OrderChangeNotification"]["AmazonOrderId"] = json!(order);
    message
}

fn some_order(house: &House) -> OrderTruth {
    house.world().orders_of(SELLER).pop().unwrap()
}

fn reads(house: &House) -> u64 {
    house.world().calls_to("getOrder")
}

/// The records of an order by `getOrder`.
fn read_singly(house: &House, order: &str) -> Vec<Value> {
    let records = house.records().into_iter();
    records.filter(|record| record["key"] == order && record["operation"] == "getOrder").collect()
}

#[tokio::test]
async fn an_order_that_is_named_lands_within_two_minutes_by_one_call_as_a_page_would_land_it() {
    let house = resting().await;
    let order = some_order(&house).order_id;
    let (cursor, due, searched) =
        (house.stream(SELLER).cursor, house.stream(SELLER).due_at.unwrap(), searches(&house));
    assert_eq!(told(&house, &of(&house, &order)).await, Outcome::Done("a stream is due sooner"));
    house.pass(MINUTE * 2).await;
    let singly = read_singly(&house, &order);
    assert_eq!((singly.len(), reads(&house)), (1, 1));
    let stream = house.stream(SELLER);
    assert_eq!((stream.cursor, searches(&house)), (cursor, searched), "the pages are none of its business");
    assert!(stream.due_at.unwrap() >= due - MINUTE * 30, "polling goes on at its own pace");
    assert_eq!(stream.names.read_today(house.cloud.now()), 1);
    let paged = house.records().into_iter();
    let mut paged = paged.filter(|record| record["key"] == *order && record["operation"] == "searchOrders");
    let paged = paged.next_back().unwrap();
    for field in ["payload", "updated_at", "marketplace", "entity", "domain", "seller"] {
        assert_eq!(singly[0][field], paged[field], "{field}");
    }
    // The same once more, as SQS may hand it out.
    assert_eq!(
        told(&house, &of(&house, &order)).await,
        Outcome::Done("a stream is due sooner"),
        "a later change of it is another"
    );
    house.pass(MINUTE * 2).await;
    assert_eq!(reads(&house), 2);
}

#[tokio::test]
async fn t28_a_forged_order_troubles_no_stream_stops_no_other_and_is_asked_for_once() {
    let denied = FaultKind::Status { status: 403 };
    for fault in
        [None, Some(denied), Some(FaultKind::Status { status: 400 }), Some(FaultKind::Status { status: 500 })]
    {
        let house = resting().await;
        let order = some_order(&house).order_id;
        let forged = of(&house, FORGED);
        if let Some(kind) = fault.clone() {
            house.world().set_fault(Fault::next(1, "getOrder", kind));
        }
        told(&house, &forged).await;
        house.pass(MINUTE * 2).await;
        assert_eq!(reads(&house), 1, "{fault:?}");
        assert!(house.stream(SELLER).trouble.is_none(), "{fault:?}: {:?}", house.stream(SELLER).trouble);
        // Again and again.
        for _ in 0..5 {
            assert_eq!(told(&house, &forged).await, Outcome::Dropped("nothing is due sooner by it"));
        }
        house.pass(MINUTE * 2).await;
        assert_eq!(reads(&house), 1, "{fault:?}");
        // The control: a true one beside it lands.
        told(&house, &of(&house, &order)).await;
        house.pass(MINUTE * 2).await;
        assert_eq!(read_singly(&house, &order).len(), 1, "{fault:?}");
        assert!(read_singly(&house, FORGED).is_empty());
        house.pass(SignedDuration::from_hours(3)).await;
        house.assert_complete(SELLER);
        assert!(house.cloud.dead.borrow().is_empty());
    }
}

#[tokio::test]
async fn t28_a_flood_of_forged_orders_makes_few_calls_and_what_truly_changes_lands() {
    let house = resting().await;
    let (searched, from) = (searches(&house), house.cloud.now());
    for n in 0..600 {
        told(&house, &of(&house, &format!("111-1111111-{n:07}"))).await;
        house.pass(SignedDuration::from_secs(3)).await;
    }
    let gaps = house.cloud.now().duration_since(from).as_secs() / gap(&ORDERS).as_secs() + 1;
    let (reads, pages) = (reads(&house) as i64, (searches(&house) - searched) as i64);
    println!("600 forged names in 30 minutes: {reads} reads, {pages} pages");
    assert!(reads <= NAMES_MAX as i64 * gaps && pages <= gaps, "{reads} reads, {pages} pages, {gaps} gaps");
    assert!(reads >= NAMES_MAX as i64 && pages > 0, "and they do something");
    house.pass(SignedDuration::from_hours(3)).await;
    assert!(house.stream(SELLER).trouble.is_none());
    house.assert_complete(SELLER);
    let throttled = house.world().asked().iter().filter(|asked| asked.status == 429).count();
    assert_eq!(throttled, 0);
}
