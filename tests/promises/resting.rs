//! A quiet connection is left alone: its token is renewed for the runs that need it, and is there when they begin.

use sellerport_tests::figures::life::{Kind, Ran};
use sellerport_tests::figures::live::day;

fn count(day: &[Ran], kinds: &[Kind]) -> usize {
    day.iter().filter(|ran| kinds.contains(&ran.kind)).count()
}

/// Runs of the orders stream that called Amazon.
const CALLED: [Kind; 3] = [Kind::Nothing, Kind::Page, Kind::Pages];

#[tokio::test]
async fn a_seller_who_sells_little_has_his_token_renewed_once_for_each_run_in_four_hours() {
    for changes_an_hour in [0.0, 1.0] {
        let day = day(changes_an_hour, 100).await;
        let runs = count(&day, &CALLED);
        let renewals = count(&day, &[Kind::Renewal]);
        assert!((6..=7).contains(&runs), "a stream of four hours ran {runs} times");
        assert!(renewals <= runs + 1, "{renewals} renewals for {runs} runs");
        assert_eq!(count(&day, &[Kind::NoCall]), 0, "no run waits for a token");
    }
}

#[tokio::test]
async fn a_seller_who_sells_much_has_a_token_at_any_time() {
    let day = day(60.0, 100).await;
    let (runs, renewals) = (count(&day, &CALLED), count(&day, &[Kind::Renewal]));
    assert!(runs >= 80 && (40..=60).contains(&renewals), "{renewals} renewals for {runs} runs");
    assert_eq!(count(&day, &[Kind::NoCall]), 0, "no run waits for a token");
}
