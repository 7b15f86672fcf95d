//! A day of a seller whose orders alone are fetched, from an Amazon of exact buckets; and a moment of nobody's.

use super::chain::start;
use super::cloud::Cloud;
use super::exact::{Exact, Law};
use super::life::{Kind, Life, Ran};
use super::sellers::{PAGED, Seller};
use super::shelf::Shelf;
use super::tally::Tally;
use super::timeline::Timeline;
use jiff::SignedDuration;
use std::cell::Cell;

/// Every invocation of a day: so many changes an hour, the day before being left out.
pub async fn day(changes_an_hour: f64, order_bytes: usize) -> Vec<Ran> {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, None);
    let law = Law { changes_an_hour: Some(changes_an_hour), order_bytes, ..Law::default() };
    let amazon = Exact::new(&timeline, law, 1);
    let cloud = Cloud::new(&timeline, &shelf, 1);
    let seller = Seller::new(1, start());
    let cursor = start() - SignedDuration::from_mins(20);
    seller.move_in(&shelf, start(), Some(cursor), SignedDuration::from_hours(1)).await;
    let theirs = Cell::default();
    let life = life(&cloud, &amazon, &theirs);
    let (warm, end) = (timeline.millis() + DAY_MS, timeline.millis() + 2 * DAY_MS);
    timeline.run([life.until(warm, end)]).await.remove(0)
}

/// What a run of this schedule costs where nobody is connected.
pub async fn idle(kind: Kind) -> Tally {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, None);
    let amazon = Exact::new(&timeline, Law::default(), 1);
    let cloud = Cloud::new(&timeline, &shelf, 1);
    let theirs = Cell::default();
    let life = life(&cloud, &amazon, &theirs);
    timeline.run([life.idle(kind)]).await.remove(0)
}

fn life<'a>(cloud: &'a Cloud<'a>, amazon: &'a Exact<'a>, theirs: &'a Cell<f64>) -> Life<'a, Exact<'a>> {
    Life { cloud, amazon, domain: |_| Some(&PAGED), theirs, told: &Vec::new, listening: false }
}

const DAY_MS: i64 = 24 * 60 * 60_000;
