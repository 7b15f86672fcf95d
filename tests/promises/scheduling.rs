//! Dispatch: what is due is found at its own cost, sent once or twice and never skipped, fairly, and after a
//! standstill spread out (table 4.D; F37, F42, F43, F49, F50).

use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains::ORDERS;
use sellerport_core::ids::{ConnectionId, TenantId};
use sellerport_core::ports::{Clock as _, Outgoing, Queue as _, QueueName, Table as _};
use sellerport_core::schedule::{CONNECTION_AT_ONCE, HORIZON, dispatch};
use sellerport_core::store::{TableName, Write, decode};
use sellerport_core::stream::Stream;
use sellerport_core::task::{FetchTask, Outcome};
use sellerport_simulator::SimClock;
use sellerport_tests::house::{House, NORTHWIND};
use sellerport_tests::memory::Memory;
use sellerport_tests::stops::{How, Plan};
use sellerport_tests::stub::aws_answering;
use sellerport_tests::together::together;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn memory() -> Memory {
    Memory::new(SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()))
}

/// So many streams, each of a connection of its own, due at this moment.
async fn streams(cloud: &Memory, first: usize, many: usize, due: Timestamp) {
    for n in first..first + many {
        let connection = ConnectionId::parse(&format!("connection-{n}")).unwrap();
        stream(cloud, &connection, "account", due).await;
    }
}

async fn stream(cloud: &Memory, connection: &ConnectionId, scope: &str, due: Timestamp) {
    let stream = Stream::new(&TenantId::parse("main").unwrap(), connection, &ORDERS, 1, due);
    let stream = Stream { scope: scope.to_owned(), cursor: Some(due), ..stream };
    cloud.write(&[Write::insert(&stream).unwrap()]).await.unwrap();
}

fn sent(cloud: &Memory) -> Vec<FetchTask> {
    cloud.messages.borrow().iter().map(|message| FetchTask::parse(&message.body).unwrap()).collect()
}

#[tokio::test]
async fn table_4d_15_the_same_event_twice_at_once_makes_each_job_once() {
    for seed in 0..20 {
        let house = House::start().await;
        house.connected(NORTHWIND, "US").await;
        let runs = (0..3).map(|_| dispatch(&house.cloud, house.cloud.now() + MINUTE)).collect();
        for run in together(runs, seed).await {
            run.unwrap();
        }
        let worked = house.deliver().await;
        let done = worked.iter().filter(|outcome| matches!(outcome, Outcome::Done(_))).count();
        assert_eq!(done, 1, "{worked:?}");
        assert_eq!(house.world().calls_to("searchOrders"), 16, "one job's");
    }
}

#[tokio::test]
async fn table_4d_33_a_run_costs_what_is_due_and_not_what_there_is() {
    let mut costs = Vec::new();
    for idle in [0, 5_000] {
        let cloud = memory();
        streams(&cloud, 0, 200, cloud.now()).await;
        streams(&cloud, 200, idle, cloud.now() + MINUTE * 10).await;
        cloud.stops.follow(Plan::default());
        let done = cloud.stops.run(dispatch(&cloud, cloud.now() + MINUTE)).await.unwrap().unwrap();
        assert_eq!((done.sent, done.cut_short), (200, false));
        costs.push(cloud.stops.passed());
    }
    println!("effects of a run with 200 due: {} alone, {} beside 5,000 that are not", costs[0], costs[1]);
    assert_eq!(costs[0], costs[1]);
}

#[tokio::test]
async fn table_4d_37_only_what_the_queue_refused_is_sent_again() {
    let mut asked = Vec::new();
    let aws = aws_answering(move |operation, body| {
        assert_eq!(operation, "SendMessageBatch");
        let ids: Vec<_> = body["Entries"].as_array().unwrap().iter().map(|one| one["Id"].clone()).collect();
        asked.push(ids.clone());
        assert!(asked.len() < 3 && (asked.len() == 1 || ids == [json!("1"), json!("3")]), "{asked:?}");
        let (bad, good): (Vec<_>, Vec<_>) =
            ids.into_iter().partition(|id| asked.len() == 1 && (*id == "1" || *id == "3"));
        let good: Vec<_> =
            good.iter().map(|id| json!({"Id": id, "MessageId": "m", "MD5OfMessageBody": ""})).collect();
        let bad: Vec<_> =
            bad.iter().map(|id| json!({"Id": id, "SenderFault": false, "Code": "Throttling"})).collect();
        (200, json!({"Successful": good, "Failed": bad}))
    });
    let message = |n: u32| Outgoing { body: format!("{{\"n\":{n}}}"), delay: SignedDuration::ZERO };
    let messages: Vec<_> = (0..5).map(message).collect();
    aws.send(QueueName::Fetch("orders"), &messages).await.unwrap();
}

#[tokio::test]
async fn table_4d_39_f42_runs_that_come_late_twice_or_not_at_all_skip_nothing() {
    let house = House::with(|options| options.orders_per_day = Some(30.0)).await;
    house.connected(NORTHWIND, "US").await;
    house.pass(MINUTE * 5).await;
    let mut cursor = house.stream(NORTHWIND).cursor;
    for gap in [1, 1, 61, 0, 0, 17, 240, 1] {
        // The schedule stands still, comes twice, or the clock jumps.
        house.advance(MINUTE * gap);
        house.pass(MINUTE * 2).await;
        let now = house.stream(NORTHWIND).cursor;
        assert!(now >= cursor, "a cursor never moves backwards");
        cursor = now;
    }
    house.pass(MINUTE * 90).await;
    house.assert_complete(NORTHWIND);
}

#[tokio::test]
async fn f43_a_dispatcher_that_dies_anywhere_skips_nobody_and_the_next_run_completes_it() {
    let mut stop = 0;
    loop {
        let cloud = memory();
        streams(&cloud, 0, 12, cloud.now()).await;
        cloud.stops.follow(Plan { at: vec![stop], how: How::Killed });
        let whole = cloud.stops.run(dispatch(&cloud, cloud.now() + MINUTE)).await.is_some();
        cloud.stops.follow(Plan::default());
        dispatch(&cloud, cloud.now() + MINUTE).await.unwrap();
        let mut times = BTreeMap::new();
        for task in sent(&cloud) {
            *times.entry(task.connection.clone()).or_insert(0) += 1;
            assert_eq!(task.slot, 1, "what is sent twice is the same job");
        }
        assert_eq!(times.len(), 12, "stopped at {stop}");
        assert!(times.values().all(|times| *times <= 2), "{times:?}");
        if whole {
            break;
        }
        stop += 1;
    }
    println!("a dispatcher stopped at {stop} points");
    assert!(stop > 20);
}

#[tokio::test]
async fn f50_one_connection_with_many_streams_has_its_share_and_all_have_their_turn() {
    let cloud = memory();
    let greedy = ConnectionId::parse("greedy").unwrap();
    for n in 0..10 {
        stream(&cloud, &greedy, &format!("scope-{n}"), cloud.now() - MINUTE).await;
    }
    streams(&cloud, 0, 30, cloud.now()).await;
    let mut runs = Vec::new();
    for _ in 0..3 {
        dispatch(&cloud, cloud.now() + MINUTE).await.unwrap();
        let (own, others): (Vec<_>, Vec<_>) =
            sent(&cloud).into_iter().partition(|task| task.connection == greedy);
        runs.push((own.len(), others.len()));
        cloud.messages.borrow_mut().clear();
        cloud.wait(MINUTE).await;
    }
    let rest = 10 - 2 * CONNECTION_AT_ONCE;
    assert_eq!(runs, [(CONNECTION_AT_ONCE, 30), (CONNECTION_AT_ONCE, 0), (rest, 0)]);
}

#[tokio::test]
async fn f49_after_a_standstill_what_is_overdue_is_spread_and_nobody_waits_long() {
    let cloud = memory();
    streams(&cloud, 0, 1000, cloud.now() - MINUTE * 360).await;
    dispatch(&cloud, cloud.now() + MINUTE).await.unwrap();
    let now = cloud.now();
    let mut minutes = [0; 10];
    for message in cloud.messages.borrow().iter() {
        minutes[usize::try_from(message.visible_at.duration_since(now).as_secs() / 60).unwrap()] += 1;
    }
    println!("1,000 overdue streams, by the minute in which they start: {minutes:?}");
    assert!(minutes.iter().all(|tasks| (60..=140).contains(tasks)), "{minutes:?}");
    let due: BTreeSet<_> = cloud
        .table(TableName::Streams)
        .into_iter()
        .map(|row| decode::<Stream>(row).unwrap().value.due_at.unwrap().duration_since(now) >= HORIZON)
        .collect();
    assert_eq!(due, BTreeSet::from([true]), "none is sent a second time before it could be worked off");

    let few = memory();
    streams(&few, 0, 3, few.now() - MINUTE * 360).await;
    dispatch(&few, few.now() + MINUTE).await.unwrap();
    assert!(
        few.messages.borrow().iter().all(|message| message.visible_at <= few.now()),
        "a few start at once"
    );
}
