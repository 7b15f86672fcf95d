//! The domains' queues are looked after together: what nobody works off and what was given up become two figures.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::measure::{Measure, QueuesMeasure};
use sellerport_core::ports::{Clock as _, QueueName};
use sellerport_core::redrive::watch;
use sellerport_core::schedule::{HORIZON, dispatch};
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::memory::Message;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// What the dispatcher last told of the domains' queues.
fn told(house: &House) -> QueuesMeasure {
    let measures = house.cloud.measures.borrow();
    let queues = measures.iter().rev().find_map(|one| match one {
        Measure::Queues(queues) => Some(*queues),
        Measure::Call(_) | Measure::Stream(_) => None,
    });
    queues.unwrap()
}

#[tokio::test]
async fn a_task_that_nobody_works_off_is_counted_when_it_is_sent_again() {
    let house = House::start().await;
    house.connected(NORTHWIND, "US").await;
    let now = || house.cloud.now() + MINUTE;
    assert_eq!(dispatch(&house.cloud, now()).await.unwrap().unworked, 0, "a new one");
    house.cloud.messages.borrow_mut().clear();
    house.advance(HORIZON + MINUTE);
    assert_eq!(dispatch(&house.cloud, now()).await.unwrap().unworked, 1, "the first one was lost");
    house.pass(MINUTE * 90).await;
    let done = dispatch(&house.cloud, now()).await.unwrap();
    assert_eq!(done.unworked, 0, "what is worked off and due again is not counted");
}

#[tokio::test]
async fn dead_letters_of_all_domains_are_counted_every_five_minutes_and_others_are_not() {
    let house = House::start().await;
    let letter = |queue: QueueName| Message {
        id: "m".into(),
        queue,
        body: "{}".into(),
        visible_at: house.cloud.now(),
        receives: 5,
    };
    for queue in [QueueName::Fetch("orders"), QueueName::Fetch("returns"), QueueName::Refresh] {
        house.cloud.dead.borrow_mut().push(letter(queue));
    }
    let five: Timestamp = "2026-11-21T10:05:00Z".parse().unwrap();
    watch(&house.cloud, five, 0).await.unwrap();
    assert_eq!(told(&house), QueuesMeasure { unworked: 0, given_up: Some(2) });
    watch(&house.cloud, five + MINUTE, 3).await.unwrap();
    assert_eq!(told(&house), QueuesMeasure { unworked: 3, given_up: None });
}
