//! Hints: which of them move a due time, which cost a write, and how few runs a flood causes.

use super::*;
use crate::domains::ORDERS;
use crate::ids::{ConnectionId, TenantId};
use crate::stream::Trouble;

fn at(minute: i64) -> Timestamp {
    "2026-11-21T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

/// A stream that landed everything until 10:00 and is due again at 11:02.
fn resting() -> Stream {
    let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
    let mut stream = Stream::new(&tenant, &connection, &ORDERS, 1, at(0));
    (stream.cursor, stream.due_at) = (Some(at(0)), Some(at(62)));
    stream
}

/// A run at this minute, which lands everything there is.
fn run(stream: &mut Stream, minute: i64) {
    stream.cursor = Some(at(minute) - ORDERS.lag);
    stream.fulfil();
    stream.finished = stream.slot;
    stream.due_at = Some(stream.due_onward(&ORDERS).max(at(minute)));
}

#[test]
fn a_change_is_fetched_as_soon_as_amazon_shows_it() {
    let mut stream = resting();
    assert!(stream.changed(&ORDERS, at(20), at(20)));
    assert_eq!(stream.due_at, Some(at(22)), "two minutes later: Amazon takes no later end of a window");
    run(&mut stream, 22);
    assert_eq!(stream.wanted, None, "it is fulfilled");
    assert_eq!(stream.due_at, Some(at(22) + stream.cadence(&ORDERS)));
}

#[test]
fn the_same_change_told_again_costs_nothing_whenever_it_comes() {
    let mut stream = resting();
    assert!(stream.changed(&ORDERS, at(20), at(20)));
    for minute in [20, 21, 22] {
        assert!(!stream.changed(&ORDERS, at(20), at(minute)));
    }
    run(&mut stream, 22);
    assert!(!stream.changed(&ORDERS, at(20), at(23)), "it has landed");
}

#[test]
fn after_a_run_the_next_one_waits_for_the_gap() {
    let mut stream = resting();
    assert!(stream.changed(&ORDERS, at(1), at(1)));
    assert_eq!(stream.due_at, Some(at(2) + gap(&ORDERS)));
    assert!(!stream.changed(&ORDERS, at(4), at(4)), "that run sees this one too");
}

#[test]
fn a_change_while_it_is_fetched_is_fetched_after_it() {
    let mut stream = resting();
    stream.slot = 1;
    let before = stream.due_at;
    assert!(stream.changed(&ORDERS, at(30), at(30)));
    assert_eq!(stream.due_at, before, "the run under way is not disturbed");
    // It began before the change could be seen.
    run(&mut stream, 30);
    assert_eq!(stream.due_at, Some(at(30) + gap(&ORDERS)));
    run(&mut stream, 35);
    assert!(stream.due_hinted(&ORDERS).is_none());
}

#[test]
fn a_change_that_is_written_while_the_worker_gives_the_stream_back_is_not_lost() {
    let (mut ours, mut theirs) = (resting(), resting());
    theirs.slot = 1;
    assert!(theirs.changed(&ORDERS, at(30), at(30)));
    run(&mut ours, 30);
    ours.overhear(&theirs, &ORDERS);
    assert_eq!(ours.due_at, Some(at(30) + gap(&ORDERS)));
    // One in trouble keeps to its pause.
    let mut troubled = resting();
    troubled.trouble = Some(Trouble { since: at(0), says: "x".into(), denied: None, times: 1 });
    troubled.overhear(&theirs, &ORDERS);
    assert_eq!(troubled.due_at, Some(at(62)));
}

#[test]
fn a_stream_in_trouble_or_without_a_grant_is_left_alone() {
    let mut troubled = resting();
    troubled.trouble = Some(Trouble { since: at(0), says: "x".into(), denied: None, times: 1 });
    assert!(!troubled.changed(&ORDERS, at(20), at(20)));
    let mut ended = resting();
    ended.due_at = None;
    assert!(!ended.changed(&ORDERS, at(20), at(20)));
    assert!(!ended.ready(at(20)));
}

#[test]
fn a_flood_causes_one_run_in_each_gap_and_few_writes() {
    let (mut stream, mut runs, mut writes) = (resting(), 0, 0);
    let hour = 3600;
    for second in 0..hour {
        let now = at(0) + SignedDuration::from_secs(second);
        if stream.due_at.is_some_and(|due| due <= now) {
            runs += 1;
            stream.cursor = Some(now - ORDERS.lag);
            stream.due_at = Some(stream.due_onward(&ORDERS).max(now));
        }
        // Three in each second.
        writes += (0..3).filter(|_| stream.changed(&ORDERS, now, now)).count();
    }
    let most = hour / gap(&ORDERS).as_secs() + 1;
    assert!((most - 2..=most).contains(&runs), "{runs} runs");
    assert!(writes as i64 <= 3 * most, "{writes} writes");
}

#[test]
fn what_a_stream_waits_for_overtakes_its_message_and_no_more_often_than_once_a_minute() {
    let mut stream = resting();
    assert!(!stream.ready(at(5)), "it waits for nothing");
    (stream.slot, stream.due_at) = (1, Some(at(40)));
    assert!(stream.ready(at(5)));
    assert_eq!(stream.due_at, Some(at(5)));
    assert!(!stream.ready(at(6)), "it is due already");
    stream.note(at(6), None, None, 0);
    stream.due_at = Some(at(40));
    assert!(stream.ready(at(6)));
    assert_eq!(stream.due_at, Some(at(7)));
    stream.lease.holder = Some("m".into());
    stream.due_at = Some(at(40));
    assert!(!stream.ready(at(9)), "it is at work");
}
