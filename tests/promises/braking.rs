//! Incidents at Amazon: many accounts fail at once, nobody storms, nobody is asked to reconnect, and all are caught
//! up soon after (R7; I12, I13; F16, F21, F49).

use jiff::{SignedDuration, Timestamp};
use sellerport_core::brake::Brake;
use sellerport_core::connection::Status;
use sellerport_core::domains::ORDERS;
use sellerport_core::ports::Clock as _;
use sellerport_core::stream::Stream;
use sellerport_tests::hut::Hut;
use sellerport_tests::quick::Orders;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Connections that came in one after the other within an hour, fetched until each has found its pace.
async fn fleet(many: usize, well: Orders) -> Hut {
    let hut = Hut::build().await;
    hut.fetching.set(true);
    hut.amazon.orders.set(well);
    for n in 0..many {
        hut.connect(&format!("A2SELLER{n:04}")).await;
        if n % (many / 60 + 1) == 0 {
            hut.pass(MINUTE).await;
        }
    }
    hut.pass(HOUR * 8).await;
    hut
}

fn searches(hut: &Hut, from: Timestamp, to: Timestamp) -> usize {
    hut.amazon.searches.borrow().iter().filter(|at| **at >= from && **at < to).count()
}

/// The most searches in any five minutes between two moments.
fn busiest(hut: &Hut, from: Timestamp, to: Timestamp) -> usize {
    let searches = hut.amazon.searches.borrow();
    let until = |end: Timestamp| searches.partition_point(|at| *at < end);
    let within = |at: usize| until(searches[at] + MINUTE * 5) - at;
    (until(from)..until(to)).map(within).max().unwrap_or(0)
}

fn told(hut: &Hut, name: &str) -> usize {
    hut.cloud.event_names().into_iter().filter(|event| *event == name).count()
}

async fn shut(hut: &Hut) -> bool {
    let brakes = Brake::of(&hut.cloud, &hut.application.slug).await.unwrap();
    brakes.iter().any(|brake| brake.shut_since.is_some())
}

/// Streams that are as far as their cadence promises.
fn caught_up(hut: &Hut) -> usize {
    let connections = hut.connections();
    let fresh = |stream: Stream| {
        stream.cursor.unwrap() + ORDERS.lag + stream.cadence(&ORDERS) + MINUTE * 2 > hut.cloud.now()
    };
    connections.iter().filter(|one| fresh(hut.stream(one))).count()
}

/// An incident of some minutes among so many accounts; minutes until the brake shut and until it opened.
async fn incident(hut: &Hut, how: Orders, lasts: SignedDuration) -> (i64, i64) {
    let (many, well) = (hut.connections().len(), hut.amazon.orders.get());
    let quiet = well == Orders::Empty;
    let steady = hut.cloud.now() - HOUR * 2;
    let (rate, usual) = (searches(hut, steady, hut.cloud.now()) / 2, busiest(hut, steady, hut.cloud.now()));
    let begun = hut.cloud.now();
    hut.amazon.orders.set(how);
    let mut shut_after = 0;
    while !shut(hut).await {
        assert!(shut_after < 60, "the brake never shut");
        hut.pass(MINUTE).await;
        shut_after += 1;
    }
    hut.pass(lasts - MINUTE * i32::try_from(shut_after).unwrap()).await;
    let during = searches(hut, begun, hut.cloud.now());
    let healthy = rate as f64 * lasts.as_secs_f64() / 3600.0;
    assert!(during as f64 <= healthy * 1.1, "I12: {during} calls during it, {healthy:.0} when all is well");

    let ended = hut.cloud.now();
    hut.amazon.orders.set(well);
    let mut open_after = 0;
    while shut(hut).await {
        assert!(open_after < 30, "the brake never opened");
        hut.pass(MINUTE).await;
        open_after += 1;
    }
    // Those of every quarter of an hour in a quarter of an hour, those of every four hours in four hours.
    let recovery = if quiet { HOUR * 4 } else { MINUTE * 15 };
    hut.pass(recovery - MINUTE * i32::try_from(open_after).unwrap()).await;
    let behind = many - caught_up(hut);
    let peak = busiest(hut, ended, hut.cloud.now());
    println!(
        "{how:?} for {lasts:#}: shut after {shut_after} min, open {open_after} min after it, {during} calls during \
         it ({healthy:.0} when all is well), {behind} of {many} behind {recovery:#} later, busiest 5 min {peak} (usual {usual})"
    );
    assert_eq!(behind, 0, "I13: caught up");
    assert!(peak <= usual * 2, "I13: {peak} calls in the busiest 5 minutes, usually {usual}");
    assert!(hut.cloud.dead.borrow().is_empty(), "nothing is given up");
    assert!(hut.connections().iter().all(|one| one.status == Status::Active), "no connection changes");
    assert_eq!(told(hut, "connection.needs_reconnect") + told(hut, "connection.suspect"), 0);
    (shut_after, open_after)
}

#[tokio::test]
async fn f16_the_25_minutes_of_403_for_everybody_of_2023_05_27_change_no_connection() {
    let hut = fleet(1000, Orders::Busy).await;
    let (shut_after, open_after) = incident(&hut, Orders::Forbidden, MINUTE * 25).await;
    assert!(shut_after <= 5 && open_after <= 5, "shut after {shut_after}, open after {open_after} minutes");
    assert_eq!((told(&hut, "application.calls_failing"), told(&hut, "application.calls_recovered")), (1, 1));
    hut.pass(HOUR).await;
    assert!(
        hut.connections().iter().all(|one| hut.stream(one).trouble.is_none()),
        "and no page speaks of it"
    );
}

#[tokio::test]
async fn f21_f49_six_hours_of_errors_or_silence_for_everybody_are_outlived_without_a_storm() {
    for (how, well) in [(Orders::Failing, Orders::Busy), (Orders::Silent, Orders::Empty)] {
        let hut = fleet(200, well).await;
        incident(&hut, how, HOUR * 6).await;
    }
}
