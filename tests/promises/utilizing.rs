//! How well Amazon's buckets are used, on virtual time: close to all of them, never more, and hardly billed for the
//! waiting (L16, L20, L23; F19). `make utilization` prints the same for more sellers and beside a real table.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::catalogue::{
    GET_CATALOG_ITEM_CATALOG_ITEMS_2022_04_01 as GET_CATALOG_ITEM, GET_ORDER_ITEMS, Operation, SEARCH_ORDERS,
};
use sellerport_core::ports::{Clock, Table};
use sellerport_core::quota::{self, BLOCK_MAX};
use sellerport_core::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};
use sellerport_tests::figures::chain::start;
use sellerport_tests::figures::exact::Served;
use sellerport_tests::figures::life::Kind;
use sellerport_tests::figures::live;
use sellerport_tests::figures::pollers::{self, Habit};
use sellerport_tests::figures::sellers::Seller;
use sellerport_tests::figures::{Chance, Cloud, Law, Outcome, Shelf, Timeline, blocks, chain};

/// Makespan over the bound of Amazon's bucket.
const AIM: f64 = 1.02;

/// What is billed for an item, as a part of what a poller that sleeps is billed for it.
const BILLED: f64 = 0.05;

fn uses_the_bucket(ours: &Outcome, asleep: &Outcome) {
    println!("{ours:?}\n  asleep: {asleep:?}");
    assert!(ours.worst <= AIM, "{} of the bound", ours.worst);
    assert_eq!(ours.throttled, 0.0, "no 429");
    assert!(ours.calls <= 1.01, "{} calls for an item", ours.calls);
    assert!(ours.billed_ms <= asleep.billed_ms * BILLED, "{} of {} ms", ours.billed_ms, asleep.billed_ms);
}

#[tokio::test]
async fn l23_a_chain_of_pages_uses_the_bucket_without_a_429_and_is_not_billed_for_waiting() {
    let asleep = pollers::run(Habit::Sleep, &SEARCH_ORDERS, 1, 300, true).await;
    uses_the_bucket(&chain::ours(1, 300, None).await, &asleep);
    uses_the_bucket(&chain::ours(100, 200, None).await, &asleep);
}

#[tokio::test]
async fn l23_independent_calls_in_blocks_use_the_bucket_without_a_429_and_are_not_billed_for_waiting() {
    for sellers in [1, 100] {
        let asleep = pollers::run(Habit::Sleep, &GET_ORDER_ITEMS, sellers, 300, false).await;
        let ours = blocks::ours(&GET_ORDER_ITEMS, sellers, 300, None).await;
        uses_the_bucket(&ours, &asleep);
        assert!(ours.writes <= 0.1, "one write reserves a block");
    }
}

/// The negative control: these figures do notice a limiter that is wrong.
#[tokio::test]
async fn a_limiter_that_gives_moments_twice_as_fast_is_refused() {
    // To a limiter that believes the published rate, half of it is the same as a limiter twice as fast.
    let halved = Law { true_rate: 0.5, ..Law::default() };
    let (outcome, ..) = blocks::under(&GET_ORDER_ITEMS, halved, 1, 100, None).await;
    assert!(outcome.throttled > 0.0 && outcome.calls > 1.0, "{outcome:?}");
}

/// Calls that arrived within an hour from a moment on, and those of them that were refused.
fn hour(served: &Served, from: Timestamp) -> (f64, f64) {
    let (from, to) = (from.as_millisecond(), (from + SignedDuration::from_hours(1)).as_millisecond());
    let those: Vec<_> = served.arrivals.iter().filter(|(at, _)| (from..to).contains(at)).collect();
    (those.len() as f64, those.iter().filter(|(_, answered)| !answered).count() as f64)
}

#[tokio::test]
async fn f19_a_rate_a_fifth_below_the_published_is_learned_and_overrun_by_a_twentieth_at_most() {
    let slower = Law { true_rate: 0.8, ..Law::default() };
    let items = 6000;
    let (outcome, served, budgets) = blocks::under(&GET_ORDER_ITEMS, slower, 1, items, None).await;
    let full_hour = GET_ORDER_ITEMS.rate * 0.8 * 3600.0;
    for after in 1..3 {
        let (calls, refused) = hour(&served[0], start() + SignedDuration::from_hours(after));
        println!("hour {after}: {calls} calls of {full_hour}, {refused} refused");
        assert!(calls <= full_hour * 1.05, "hour {after}: {calls} calls");
        assert!(calls >= full_hour * 0.6, "hour {after}: {calls} calls");
        assert!(refused <= calls * 0.02, "hour {after}: {refused} refused");
    }
    println!("{outcome:?} {budgets:?}");
    assert!(budgets[0].learned && budgets[0].rate <= GET_ORDER_ITEMS.rate * 0.85, "{budgets:?}");
}

#[tokio::test]
async fn l19_a_hidden_consumer_of_a_tenth_of_the_bucket_costs_few_429s() {
    let shared = Law { hidden: 0.1, ..Law::default() };
    let (outcome, ..) = blocks::under(&GET_ORDER_ITEMS, shared, 10, 1000, None).await;
    println!("{outcome:?}");
    assert!(outcome.throttled <= 0.02, "{} of the calls are refused", outcome.throttled);
    // What is left of the bucket allows 1.11; each 429 is paid for with a tenth of the pace for hours.
    assert!(outcome.mean <= 1.5, "{} of the bound of an undivided bucket", outcome.mean);
}

#[tokio::test]
async fn l20_200_sellers_share_an_applications_ceiling_and_never_overdraw_it() {
    // Together they may call 400 times a second, and the application 250 times.
    assert_eq!(GET_CATALOG_ITEM.ceiling, Some(250));
    assert_eq!((GET_CATALOG_ITEM.rate, GET_CATALOG_ITEM.burst), (2.0, 2));
    let outcome = blocks::ours(&GET_CATALOG_ITEM, 200, 20, None).await;
    let fastest = 200.0 * 20.0 / 250.0;
    println!("{outcome:?}, {fastest} s at best");
    assert_eq!(outcome.shared, 0.0, "the application's bucket is never overdrawn");
    // An account's bucket of two has one call to spare: a call that is half a second late on its way meets the next.
    let alone = blocks::ours(&GET_CATALOG_ITEM, 1, 2000, None).await;
    println!("alone: {alone:?}");
    assert!(outcome.throttled <= 0.01 && alone.throttled <= 0.01, "no more than alone");
}

/// A function whose clock is off.
struct Skewed<'a> {
    cloud: &'a Cloud<'a>,
    by: SignedDuration,
}

impl Clock for Skewed<'_> {
    fn now(&self) -> Timestamp {
        self.cloud.now() + self.by
    }
    async fn wait(&self, duration: SignedDuration) {
        self.cloud.wait(duration).await;
    }
}

impl Table for Skewed<'_> {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.cloud.get(key).await
    }
    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        self.cloud.write(writes).await
    }
    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.cloud.take(key).await
    }
    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        self.cloud.list(table, partition, span).await
    }
    async fn due(
        &self,
        t: TableName,
        shard: &str,
        until: Timestamp,
        n: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.cloud.due(t, shard, until, n).await
    }
}

/// Moments of calls by eight reservers at once, in true time.
async fn reserved(operation: &'static Operation, seed: u64) -> (Vec<i64>, f64) {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, None);
    let seller = Seller::new(1, start());
    let clouds: Vec<_> = (0..8).map(|n| Cloud::new(&timeline, &shelf, seed + n)).collect();
    let chance = Chance::new(seed);
    let reservers = clouds.iter().map(|cloud| async {
        let by = SignedDuration::from_millis((chance.part() * 100.0) as i64 - 50);
        let skewed = Skewed { cloud, by };
        let mut moments = Vec::new();
        for _ in 0..25 {
            timeline.sleep_ms((chance.part() * 2000.0) as i64).await;
            let want = 1 + (chance.bits() % u64::from(BLOCK_MAX)) as u32;
            let slots = quota::reserve(&skewed, &seller.payer(), operation, want).await.unwrap();
            // A call is made when the reserver's own clock shows its moment, and never before it was reserved.
            let now = timeline.millis();
            moments.extend(slots.at.iter().map(|at| (*at - by).as_millisecond().max(now)));
        }
        moments
    });
    let mut all: Vec<_> = timeline.run(reservers).await.into_iter().flatten().collect();
    all.sort_unstable();
    let (writes, conflicts) = clouds.iter().fold((0.0, 0.0), |(writes, conflicts), cloud| {
        let tally = cloud.tally.borrow();
        (writes + tally.writes, conflicts + tally.conflicts)
    });
    (all, writes / (writes - conflicts))
}

#[tokio::test]
async fn l20_eight_reservers_with_clocks_50_ms_apart_never_overdraw_the_bucket() {
    for (operation, seed) in [(&GET_ORDER_ITEMS, 1), (&GET_ORDER_ITEMS, 42), (&SEARCH_ORDERS, 7)] {
        let (moments, writes) = reserved(operation, seed).await;
        let mut tokens = f64::from(operation.burst);
        let mut lowest = tokens;
        let mut last = moments[0];
        for at in &moments {
            tokens =
                (tokens + (at - last) as f64 / 1000.0 * operation.rate).min(f64::from(operation.burst)) - 1.0;
            (last, lowest) = (*at, lowest.min(tokens));
        }
        let n = moments.len();
        println!(
            "{}: {n} calls, {lowest:.2} left at least, {writes:.2} writes a reservation",
            operation.name
        );
        assert!(lowest >= 0.0, "{}: overdrawn by {}", operation.name, -lowest);
    }
}

#[tokio::test]
async fn a_run_of_a_small_seller_writes_four_rows_of_a_unit_each_and_three_where_it_finds_nothing() {
    for (changes_an_hour, kind, fewest) in [(4.0, Kind::Page, 4.0), (0.0, Kind::Nothing, 3.0)] {
        let day = live::day(changes_an_hour, 3000).await;
        let runs: Vec<_> = day.iter().filter(|ran| ran.kind == kind).map(|ran| ran.tally).collect();
        let plain = runs.iter().filter(|run| run.writes == fewest && run.write_units == fewest).count();
        println!("{plain} of {} runs", runs.len());
        // The others begin a day, or sweep.
        assert!(runs.len() >= 5 && plain + 2 >= runs.len(), "{runs:?}");
    }
}
