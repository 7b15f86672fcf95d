//! A thousand connections, ten thousand messages, hours of trouble and clocks that jump, on virtual time (I2, I4,
//! I12, I13; F02, F03, F09, F11, F13, F14, F49).

use jiff::{SignedDuration, Timestamp};
use sellerport_core::connection::Status;
use sellerport_core::gate::PROBE_EVERY;
use sellerport_core::ports::{Clock as _, Queue as _, QueueName};
use sellerport_core::refresh::{ask, message, refresh};
use sellerport_core::task::{Outcome, RefreshTask};
use sellerport_tests::hut::Hut;
use sellerport_tests::quick::Mood;
use sellerport_tests::together::together;
use std::collections::BTreeMap;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Connections of the long runs.
const MANY: usize = 1000;

/// A thousand connections that came in one after the other within an hour, as they do in life: nothing
/// renews their tokens together.
async fn thousand() -> Hut {
    let hut = Hut::build().await;
    for n in 0..MANY {
        hut.connect(&format!("A2SELLER{n:04}")).await;
        if n % 16 == 15 {
            hut.pass(MINUTE).await;
        }
    }
    hut
}

/// Calls to Login with Amazon within some time from a moment on.
fn calls(hut: &Hut, from: Timestamp, within: SignedDuration) -> usize {
    hut.amazon.renewals.borrow().iter().filter(|at| **at >= from && **at < from + within).count()
}

/// The most calls in any five minutes between two moments.
fn busiest(hut: &Hut, from: Timestamp, to: Timestamp) -> usize {
    let renewals = hut.amazon.renewals.borrow();
    let starts = renewals.iter().filter(|at| **at >= from && **at < to);
    starts
        .map(|at| renewals.iter().filter(|other| *other >= at && **other < *at + MINUTE * 5).count())
        .max()
        .unwrap_or(0)
}

/// Connections whose token could be used for a call now.
fn usable(hut: &Hut) -> usize {
    let now = hut.cloud.now();
    let connections = hut.connections();
    let usable = |access: &sellerport_core::token::Access| access.usable(access.generation, now);
    connections.iter().filter(|one| hut.access(one).as_ref().is_some_and(usable)).count()
}

fn all_active(hut: &Hut) -> bool {
    let connections = hut.connections();
    connections.len() == MANY && connections.iter().all(|one| one.status == Status::Active)
}

fn told(hut: &Hut, name: &str) -> usize {
    hut.cloud.event_names().into_iter().filter(|event| *event == name).count()
}

#[tokio::test]
async fn f13_of_10_000_tasks_at_once_one_asks_amazon_and_all_end() {
    for seed in [1, 7, 42] {
        let hut = Hut::build().await;
        let connection = hut.connect("A2SELLER01").await;
        hut.advance(MINUTE * 31);
        let body = serde_json::to_string(&ask(&hut.access(&connection).unwrap())).unwrap();
        let amazon = hut.amazon();
        let deadline = hut.cloud.now() + MINUTE;
        let tasks = (0..10_000).map(|n| {
            let (cloud, amazon, body) = (&hut.cloud, &amazon, &body);
            async move { refresh(cloud, amazon, &format!("m{n}"), body, deadline).await.unwrap() }
        });
        let outcomes = together(tasks.collect(), seed).await;
        let renewed = outcomes.iter().filter(|outcome| **outcome == Outcome::Done("renewed")).count();
        let waiting = hut.cloud.messages.borrow().len();
        hut.pass(MINUTE * 3).await;
        let left = hut.cloud.messages.borrow().len();
        let asked = hut.amazon.renewals.borrow().len();
        println!(
            "10,000 tasks, seed {seed}: {renewed} renewed, {waiting} put back, {left} left, {asked} calls"
        );
        assert_eq!((renewed, asked, left, hut.cloud.dead.borrow().len()), (1, 1, 0, 0));
    }
}

#[tokio::test]
async fn f03_f49_1_000_connections_outlive_six_hours_without_lwa_and_recover_within_a_quarter_of_an_hour() {
    let hut = thousand().await;
    hut.pass(HOUR).await;
    let steady = hut.cloud.now();
    hut.pass(HOUR * 2).await;
    let rate = calls(&hut, steady, HOUR * 2) / 2;
    let usual = busiest(&hut, steady, hut.cloud.now());

    let outage = hut.cloud.now();
    hut.amazon.mood.set(Mood::Down);
    hut.pass(HOUR * 6).await;
    let hourly: Vec<_> = (0..6).map(|hour| calls(&hut, outage + HOUR * hour, HOUR)).collect();
    let worst = busiest(&hut, outage, hut.cloud.now());
    assert!(all_active(&hut), "an outage changes no connection");

    let back = hut.cloud.now();
    hut.amazon.mood.set(Mood::Well);
    let mut minutes = 0;
    while usable(&hut) < MANY {
        assert!(minutes < 30, "{} of {MANY} usable after {minutes} minutes", usable(&hut));
        hut.pass(MINUTE).await;
        minutes += 1;
    }
    hut.pass(HOUR * 2).await;
    let peak = busiest(&hut, back, hut.cloud.now());
    println!(
        "steady: {rate} calls an hour, at most {usual} in 5 minutes; outage: {hourly:?} calls an hour, at most \
         {worst} in 5 minutes; after it: all usable in {minutes} minutes, at most {peak} in 5 minutes"
    );
    assert!(hourly.iter().all(|calls| *calls * 10 <= rate * 11), "I12: at most 1.1 times the steady rate");
    assert!(minutes <= 15, "I13: {minutes} minutes");
    assert!(peak <= usual * 2, "I13: {peak} calls in the busiest 5 minutes, usually {usual}");
    assert!(all_active(&hut) && usable(&hut) == MANY && hut.cloud.dead.borrow().is_empty());
}

#[tokio::test]
async fn f11_refused_credentials_of_1_000_connections_change_none_and_recover_by_themselves() {
    let hut = thousand().await;
    let refused = hut.cloud.now();
    hut.amazon.mood.set(Mood::Refusing);
    hut.pass(HOUR * 6).await;
    let hourly: Vec<_> = (0..6).map(|hour| calls(&hut, refused + HOUR * hour, HOUR)).collect();
    assert!(all_active(&hut), "R8: no connection changes");
    assert_eq!(told(&hut, "application.credentials_refused"), 1, "one alarm");
    hut.amazon.mood.set(Mood::Well);
    let mut minutes = 0;
    while usable(&hut) < MANY && minutes < 30 {
        hut.pass(MINUTE).await;
        minutes += 1;
    }
    println!("refused: {hourly:?} calls an hour; all usable {minutes} minutes after it was mended");
    assert!(
        hourly.iter().skip(1).all(|calls| *calls <= 60) && minutes <= 15,
        "{hourly:?}, {minutes} minutes"
    );
    assert_eq!(told(&hut, "application.credentials_recovered"), 1);
    assert!(all_active(&hut) && hut.cloud.dead.borrow().is_empty());
}

#[tokio::test]
async fn f09_one_wrong_refusal_in_fifty_renewals_troubles_no_seller_in_a_day() {
    let hut = thousand().await;
    hut.amazon.mood.set(Mood::Doubting { every: 50 });
    hut.pass(HOUR * 24).await;
    hut.amazon.mood.set(Mood::Well);
    hut.pass(MINUTE * 10).await;
    let (renewals, refusals) = (hut.amazon.renewals.borrow().len(), hut.amazon.refusals.borrow().len());
    let (suspect, recovered) = (told(&hut, "connection.suspect"), told(&hut, "connection.recovered"));
    println!("{renewals} renewals, {refusals} wrong refusals, {suspect} suspect, {recovered} recovered");
    assert_eq!((suspect, recovered), (refusals, refusals));
    assert!(refusals > 500, "the fault was there");
    assert_eq!(told(&hut, "connection.needs_reconnect"), 0);
    assert!(all_active(&hut) && hut.cloud.dead.borrow().is_empty());
}

#[tokio::test]
async fn f14_clocks_that_jump_between_any_two_steps_renew_once_and_ask_no_seller() {
    let day = HOUR * 24;
    let mut runs = 0;
    for jump in [MINUTE * 10, MINUTE * -10, MINUTE * 5, MINUTE * -5, day, -day] {
        for mood in [Mood::Well, Mood::Doubting { every: 1 }] {
            for step in 0.. {
                let hut = Hut::build().await;
                let connection = hut.connect("A2SELLER01").await;
                hut.advance(MINUTE * 31);
                hut.amazon.mood.set(mood);
                let now = hut.cloud.now();
                let body = serde_json::to_string(&ask(&hut.access(&connection).unwrap())).unwrap();
                let amazon = hut.amazon();
                let mut work = Box::pin(refresh(&hut.cloud, &amazon, "m", &body, now + MINUTE));
                let ended = steps(work.as_mut(), step).await;
                // The function's own clock, or the next function's, is off from here on.
                hut.clock.set(now + jump);
                // The message is delivered a second time beside it, under the changed clock.
                let again = refresh(&hut.cloud, &amazon, "m", &body, hut.cloud.now() + MINUTE).await.unwrap();
                if !ended {
                    drop(work.await.unwrap());
                }
                runs += 1;
                let at = format!("{jump} at step {step}: {again:?}");
                let calls = || (hut.amazon.renewals.borrow().len(), hut.amazon.refusals.borrow().len());
                let asked = calls().0;
                assert!(asked <= 1 || mood != Mood::Well, "{at}: {asked} calls");
                hut.pass(MINUTE * 20).await;
                let after = hut.connections().remove(0);
                let (asked, refused) = calls();
                let committed = hut.access(&after).unwrap().refreshes;
                // What was asked for under the lease was committed once, or not at all.
                assert!(committed <= (asked - refused) as u64, "{at}: {committed} of {asked}");
                assert_eq!((after.status, usable(&hut)), (Status::Active, 1), "{at}");
                assert_eq!(told(&hut, "connection.needs_reconnect"), 0, "{at}");
                if ended {
                    break;
                }
            }
        }
    }
    println!("{runs} jumps of the clock");
}

/// Advances a future by so many steps; whether it ended.
async fn steps<F: Future>(mut future: std::pin::Pin<&mut F>, steps: usize) -> bool {
    for _ in 0..steps {
        let step =
            std::future::poll_fn(|context| std::task::Poll::Ready(future.as_mut().poll(context).is_ready()));
        if step.await {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn f02_during_an_outage_there_is_one_probe_a_minute_and_no_more() {
    let hut = Hut::build().await;
    for n in 0..40 {
        hut.connect(&format!("A2SELLER{n:04}")).await;
    }
    hut.amazon.mood.set(Mood::Down);
    hut.pass(HOUR * 3).await;
    let renewals = hut.amazon.renewals.borrow();
    let gaps = renewals.windows(2).skip(3).map(|pair| pair[1].duration_since(pair[0]));
    let shortest = gaps.min().unwrap();
    println!("{} calls in three hours, the closest {shortest} apart", renewals.len());
    assert!(shortest >= PROBE_EVERY);
}

#[tokio::test]
async fn i12_while_a_token_waits_for_its_turn_after_an_outage_few_messages_wait_with_it() {
    let hut = Hut::build().await;
    for n in 0..40 {
        hut.connect(&format!("A2SELLER{n:04}")).await;
    }
    hut.amazon.mood.set(Mood::Down);
    hut.pass(HOUR * 2).await;
    hut.amazon.mood.set(Mood::Well);
    let mut most = 0;
    for _ in 0..16 {
        // Each connection's streams ask for a token every minute while they have none.
        for connection in hut.connections() {
            let access = hut.access(&connection).unwrap();
            if !access.usable(access.generation, hut.cloud.now()) {
                let task = message(&ask(&access), SignedDuration::ZERO);
                hut.cloud.send(QueueName::Refresh, &[task]).await.unwrap();
            }
        }
        hut.pass(MINUTE).await;
        let mut waiting = BTreeMap::<_, usize>::new();
        for one in hut.cloud.messages.borrow().iter() {
            *waiting.entry(RefreshTask::parse(&one.body).unwrap().connection).or_default() += 1;
        }
        most = most.max(waiting.into_values().max().unwrap_or(0));
    }
    println!("after an outage at most {most} messages wait for one connection's turn");
    assert!(most <= 4, "{most}");
    assert_eq!(usable(&hut), 40);
}
