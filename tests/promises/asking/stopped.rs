//! The function dies anywhere between asking and landing, and Amazon makes each thing once (L38).

use super::*;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::stops::{How, Plan, Ran};

/// Minutes for one window: a stopped run is delivered again after seven.
const LONG: i32 = 60;

/// Rows in a part of a query: the first window has two parts or three.
const PART: usize = 400;

/// What is done for good: to die at any other point is to die at the one of these before it.
const DONE: [&str; 6] = ["a write", "call's answer", "document's answer", "lake", "bus", "queue"];

/// What goes over the wire, and may get lost there.
const SENT: [&str; 4] = ["call", "call's answer", "document", "document's answer"];

/// The function dies once at each point of the flow where something was done, and each call is lost once.
async fn survived(flow: &str, run: impl AsyncFn(Plan) -> (Ran, Vec<&'static str>)) {
    let (undisturbed, names) = run(Plan::default()).await;
    assert_eq!(undisturbed.verdict, Ok(()), "{flow}, undisturbed");
    for (how, points) in [(How::Killed, &DONE[..]), (How::Failed, &SENT[..])] {
        let at = names.iter().enumerate().filter(|(_, name)| points.contains(name));
        let (mut schedules, mut failures) = (0, Vec::new());
        for (at, name) in at {
            let (ran, _) = run(Plan { at: vec![at], how }).await;
            schedules += 1;
            failures.extend(ran.verdict.err().map(|why| format!("{how:?} at {at} ({name}): {why}")));
        }
        println!("{flow}, {how:?}: {schedules} schedules, {} violations", failures.len());
        assert!(failures.is_empty(), "{flow}:\n{}", failures.join("\n"));
        assert!(schedules > 5, "{flow}: {schedules} points");
    }
}

/// Fetches under the plan until the first window of the history has landed.
async fn first_window(house: &House, plan: Plan) -> Result<(), String> {
    house.cloud.stops.follow(plan);
    house.watched.set(true);
    for _ in 0..LONG {
        house.pass(MINUTE).await;
        let stream = stream(house);
        if stream.cursor.is_some_and(|cursor| stream.history.iter().all(|part| part.reached < cursor)) {
            house.watched.set(false);
            return if house.cloud.dead.borrow().is_empty() { Ok(()) } else { Err("given up".to_owned()) };
        }
    }
    Err(format!("nothing landed within {LONG} minutes: {:?}", trouble(house)))
}

fn ran(house: &House, verdict: Result<(), String>) -> (Ran, Vec<&'static str>) {
    let stops = &house.cloud.stops;
    (Ran { passed: stops.passed(), hit: stops.hit(), verdict }, stops.names())
}

async fn report(plan: Plan) -> (Ran, Vec<&'static str>) {
    let house = fetching("reimbursements").await;
    let verdict = first_window(&house, plan).await.and_then(|()| {
        let first = &windows(&house)[0];
        match (first.len(), keys(&house).is_empty()) {
            (1, false) => Ok(()),
            (1, true) => Err("no record".to_owned()),
            (made, _) => Err(format!("{made} reports of one window")),
        }
    });
    ran(&house, verdict)
}

#[tokio::test]
async fn l38_a_report_is_asked_for_exactly_once_wherever_the_function_dies() {
    survived("a report", report).await;
}

async fn query(plan: Plan) -> (Ran, Vec<&'static str>) {
    let house = fetching("economics").await;
    house.world().set_fault(Fault::always("createQuery", FaultKind::ShortPages { orders: PART }));
    let verdict = first_window(&house, plan).await.and_then(|()| {
        let asked = house.world().queries_of(NORTHWIND);
        let first = asked.iter().map(|one| one.query_id.clone()).min();
        let text =
            asked.iter().find(|one| Some(&one.query_id) == first.as_ref()).map(|one| one.query.clone());
        let mut parts: Vec<usize> =
            asked.iter().filter(|one| Some(&one.query) == text.as_ref()).map(|one| one.rows_before).collect();
        parts.sort_unstable();
        let once: Vec<usize> = (0..parts.len()).map(|part| part * PART).collect();
        let mut keys = keys(&house);
        keys.dedup();
        let rows = (parts.len().saturating_sub(1) * PART)..=(parts.len() * PART);
        match parts.len() {
            _ if parts != once => Err(format!("parts asked for: {parts:?}")),
            0 | 1 => Err("one part".to_owned()),
            _ if !rows.contains(&keys.len()) => Err(format!("{} rows of {parts:?}", keys.len())),
            _ => Ok(()),
        }
    });
    ran(&house, verdict)
}

#[tokio::test]
async fn l38_each_part_of_a_query_is_asked_for_exactly_once_wherever_the_function_dies() {
    survived("a query", query).await;
}
