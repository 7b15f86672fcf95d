use super::*;
use crate::catalogue::{GET_INVENTORY_SUMMARIES, GET_MY_FEES_ESTIMATES, SEARCH_ORDERS};
use crate::ids::{ApplicationSlug, SellerId};
use crate::marketplaces::Region;
use crate::quota::{BLOCK_MAX, IN_PLACE};

fn payer() -> Payer {
    Payer {
        application: ApplicationSlug::parse("main").unwrap(),
        seller: SellerId::parse("A1").unwrap(),
        region: Region::Na,
    }
}

fn orders() -> Bucket {
    Bucket::new(&payer(), &SEARCH_ORDERS, start())
}

fn start() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// 1 / 0.0056.
fn refill() -> SignedDuration {
    SignedDuration::from_secs_f64(1.0 / 0.0056)
}

fn one(bucket: &mut Bucket, now: Timestamp) -> Timestamp {
    bucket.reserve(&SEARCH_ORDERS, now, 1, IN_PLACE)[0]
}

/// The bucket as Amazon keeps it, in calls: whether every one of these moments finds a call.
fn fits(slots: &[Timestamp], rate: f64, burst: f64) -> bool {
    let (mut level, mut last) = (burst, slots[0]);
    slots.iter().all(|slot| {
        level = (level + slot.duration_since(last).as_secs_f64() * rate).min(burst) - 1.0;
        last = *slot;
        level > -1e-6
    })
}

#[test]
fn a_full_bucket_gives_its_burst_at_once_and_then_one_call_a_refill() {
    let mut bucket = orders();
    let slots: Vec<_> = (0..20).map(|_| one(&mut bucket, start())).collect();
    // 20, without one for the network and two for people.
    assert!(slots[..17].iter().all(|slot| *slot == start()));
    assert_eq!(slots[17], start() + refill());
    assert_eq!(slots[18], start() + refill() + refill());
}

#[test]
fn reservations_never_outrun_amazons_bucket() {
    let (mut bucket, mut now, mut slots) = (orders(), start(), Vec::new());
    for step in 0..500_i64 {
        now += SignedDuration::from_secs((step * 37) % 400);
        let slot = one(&mut bucket, now);
        now = now.max(slot);
        slots.push(slot);
    }
    assert!(slots.is_sorted() && fits(&slots, 0.0056, 20.0));
}

#[test]
fn a_block_takes_what_is_there_at_once_and_reserves_nothing_far_ahead() {
    let mut bucket = orders();
    assert_eq!(bucket.reserve(&SEARCH_ORDERS, start(), 8, IN_PLACE), [start(); 8]);
    assert_eq!(bucket.reserve(&SEARCH_ORDERS, start(), BLOCK_MAX, IN_PLACE).len(), 9);
    let later = bucket.reserve(&SEARCH_ORDERS, start(), 8, IN_PLACE);
    assert_eq!(later, [start() + refill()], "one, for later");
}

#[test]
fn where_calls_refill_within_a_short_wait_a_block_is_paced() {
    let mut bucket = Bucket::new(&payer(), &GET_INVENTORY_SUMMARIES, start());
    let slots = bucket.reserve(&GET_INVENTORY_SUMMARIES, start(), 6, IN_PLACE);
    assert_eq!(slots.len(), 6);
    assert!(fits(&slots, 2.0, 2.0));
    assert!(slots.windows(2).all(|pair| pair[1].duration_since(pair[0]) <= IN_PLACE));
}

#[test]
fn a_bucket_of_one_is_paced_with_a_margin_and_in_place() {
    let mut bucket = Bucket::new(&payer(), &GET_MY_FEES_ESTIMATES, start());
    let slots = bucket.reserve(&GET_MY_FEES_ESTIMATES, start(), 4, IN_PLACE);
    let apart = SignedDuration::from_secs(2) + UNEVEN;
    assert_eq!(slots, [0, 1, 2, 3].map(|n| start() + apart * n));
    assert_eq!(bucket.left(start() + apart * 4), 1);
    assert_eq!(bucket.left(start() + apart * 3 + SignedDuration::from_secs(2)), 0, "still refilling");
    bucket.give_back(start() + apart * 3, 1);
    assert_eq!(bucket.full_at, start() + apart * 3);
}

#[test]
fn what_is_put_back_can_be_reserved_again() {
    let mut bucket = orders();
    bucket.reserve(&SEARCH_ORDERS, start(), 10, IN_PLACE);
    bucket.give_back(start(), 9);
    assert_eq!(bucket.reserve(&SEARCH_ORDERS, start(), BLOCK_MAX, IN_PLACE).len(), 16);
    let mut full = orders();
    full.give_back(start(), 50);
    assert_eq!(full.full_at, start(), "never fuller than full");
}

#[test]
fn a_person_finds_a_call_beside_a_backfill_and_a_third_one_waits() {
    let mut bucket = orders();
    for _ in 0..30 {
        one(&mut bucket, start());
    }
    let soon = SignedDuration::from_secs(2);
    assert_eq!(bucket.left(start()), 2);
    assert_eq!(bucket.lend(&SEARCH_ORDERS, start(), soon), Ok(start()));
    assert_eq!(bucket.lend(&SEARCH_ORDERS, start(), soon), Ok(start()));
    assert_eq!(bucket.left(start()), 0);
    let next = bucket.lend(&SEARCH_ORDERS, start(), soon).unwrap_err();
    assert!(next > start() + refill() * 10, "{next}");
    // It is paid back by whoever comes after the queue.
    assert!(bucket.lend(&SEARCH_ORDERS, next, soon).is_ok());
}

#[test]
fn calls_lent_to_people_never_overdraw_amazons_bucket() {
    let (mut bucket, mut now, mut slots) = (orders(), start(), Vec::new());
    for step in 0..800_i64 {
        now += SignedDuration::from_secs((step * 53) % 300);
        if step % 3 == 0 {
            slots.extend(bucket.lend(&SEARCH_ORDERS, now, SignedDuration::ZERO));
        } else {
            slots.push(one(&mut bucket, now));
        }
    }
    slots.sort();
    assert!(fits(&slots, 0.0056, 20.0));
}

#[test]
fn after_a_429_the_next_call_waits_for_a_refill() {
    let mut bucket = orders();
    one(&mut bucket, start());
    bucket.refused(start());
    assert!(one(&mut bucket, start()) >= start() + refill() - SignedDuration::from_secs(1));
}

#[test]
fn l19_a_burst_that_is_smaller_than_published_is_learned_from_429s_and_forgotten_after_a_week() {
    let mut bucket = orders();
    let (hour, week) =
        (start() + SignedDuration::from_hours(2), start() + SignedDuration::from_hours(24 * 8));
    for (now, believed) in [(start(), 20), (hour, 1)] {
        // The second call was refused: only one fits.
        one(&mut bucket, now);
        one(&mut bucket, now);
        bucket.refused(now);
        assert_eq!(bucket.burst(), believed, "once may be a mistake, twice is believed");
    }
    assert!(bucket.learned(hour));
    let hour = hour + SignedDuration::from_hours(1);
    let first = one(&mut bucket, hour);
    assert_eq!(one(&mut bucket, hour).duration_since(first), refill() + UNEVEN, "none of one can be spared");
    one(&mut bucket, week);
    assert_eq!((bucket.burst(), bucket.learned(week)), (20, false));
}

#[test]
fn a_429_in_the_steady_flow_slows_the_bucket_and_hours_without_one_speed_it_up_again() {
    let mut bucket = orders();
    for _ in 0..40 {
        one(&mut bucket, start());
    }
    bucket.refused(start());
    assert!((bucket.pace(start()) - 0.0056 * 0.9).abs() < 1e-9);
    assert!(bucket.learned(start()) && bucket.burst() == 20);
    for _ in 0..50 {
        bucket.refused(start());
    }
    assert!((bucket.pace(start()) - 0.0056 * 0.1).abs() < 1e-9, "there is a slowest");
    let hours = |hours| start() + SignedDuration::from_hours(hours);
    assert!((bucket.pace(hours(10)) - 0.0056 * 0.2).abs() < 1e-9);
    assert!((bucket.pace(hours(1000)) - 0.0056).abs() < 1e-9);
}

#[test]
fn l18_clocks_that_jump_never_make_a_call_wait_for_ever() {
    let mut bucket = orders();
    let day = SignedDuration::from_hours(24);
    for jump in [day * 400, SignedDuration::from_hours(1), -SignedDuration::from_hours(1), -day * 400] {
        let wrong = start() + jump;
        for _ in 0..25 {
            one(&mut bucket, wrong);
        }
        let slot = one(&mut bucket, start());
        assert!(slot <= start() + day + refill() * 22, "{jump}: {slot}");
    }
}

#[test]
fn l18_f20_absurd_rates_are_not_believed() {
    let mut bucket = orders();
    for absurd in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9, 1e-9] {
        bucket.hear(&SEARCH_ORDERS, absurd, start());
        assert!((bucket.rate - 0.0056).abs() < f64::EPSILON, "{absurd}");
    }
    bucket.hear(&SEARCH_ORDERS, 0.0112, start());
    assert!((bucket.rate - 0.0112).abs() < f64::EPSILON);
}

#[test]
fn a_rate_that_amazon_changes_holds_from_now_on_for_what_is_owed_as_well() {
    for (rate, waits) in [(0.0112, refill() / 2), (0.0028, refill() * 2)] {
        let mut bucket = orders();
        for _ in 0..17 {
            one(&mut bucket, start());
        }
        bucket.hear(&SEARCH_ORDERS, rate, start());
        let wait = one(&mut bucket, start()).duration_since(start());
        assert!((wait - waits).abs() < SignedDuration::from_secs(1), "{rate}: {wait}");
    }
}

#[test]
fn the_row_stays_within_one_write_unit() {
    let mut bucket = orders();
    for _ in 0..40 {
        one(&mut bucket, start());
        let lent = bucket.lend(&SEARCH_ORDERS, start(), IN_PLACE);
        assert!(lent.is_ok_and(|at| at == start()) || lent.is_err(), "now or not at all");
    }
    bucket.refused(start());
    assert!(serde_json::to_string(&bucket).unwrap().len() < 700);
}
