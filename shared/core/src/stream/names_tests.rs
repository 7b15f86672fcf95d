//! Names: which are taken, how few calls a flood of them makes, and that dropping one loses nothing.

use super::*;
use crate::domains::{FINANCES, ORDERS};
use crate::ids::{ConnectionId, TenantId};
use crate::stream::Trouble;
use jiff::SignedDuration;

const ORDER: &str = "903-8868176-2219830";
const OTHER: &str = "903-8868176-2219831";

fn at(minute: i64) -> Timestamp {
    "2026-11-21T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

/// A quiet account that landed everything until 10:00 and is due again at 12:02.
fn resting() -> Stream {
    let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
    let mut stream = Stream::new(&tenant, &connection, &ORDERS, 1, at(0));
    (stream.cursor, stream.due_at, stream.changes_an_hour) = (Some(at(0)), Some(at(122)), Some(1.0));
    stream
}

/// Reads all names that wait; which they were.
fn read(stream: &mut Stream, minute: i64) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(walk) = stream.next_walk(&ORDERS, at(minute)).filter(|walk| walk.way == Way::Named) {
        names.extend(walk.name.clone());
        stream.name_landed(&walk, at(minute));
    }
    names
}

#[test]
fn what_is_named_is_read_at_once_and_the_cursor_stays() {
    let mut stream = resting();
    assert_eq!(stream.named(&ORDERS, ORDER, at(20), at(20)), Some(true));
    assert_eq!(stream.due_at, Some(at(20)), "no gap, and no two minutes");
    let walk = stream.next_walk(&ORDERS, at(21)).unwrap();
    assert_eq!((walk.way, walk.name.as_deref()), (Way::Named, Some(ORDER)));
    stream.arrive(&ORDERS, &walk, at(21));
    assert_eq!(stream.cursor, Some(at(0)), "even if somebody took it for a window");
    assert_eq!(read(&mut stream, 21), [ORDER]);
    assert_eq!((stream.cursor, stream.wanted), (Some(at(0)), None));
    assert!(stream.next_walk(&ORDERS, at(21)).is_none(), "the run is for nothing else");
    assert!(stream.next_walk(&ORDERS, at(22)).is_some(), "another one is");
    assert_eq!(stream.due_onward(&ORDERS), at(242), "polling goes on at its own pace");
    assert_eq!((stream.names.read_today(at(21)), stream.names.read_today(at(24 * 60))), (1, 0));
}

#[test]
fn a_second_worker_reads_the_same_name_to_the_same_place() {
    let mut stream = resting();
    stream.named(&ORDERS, ORDER, at(20), at(20));
    // The first died before it wrote the row.
    let (first, second) = (stream.named_walk(at(21)).unwrap(), stream.named_walk(at(23)).unwrap());
    assert_eq!((first.window, first.page, first.name), (second.window, second.page, second.name));
}

#[test]
fn the_same_change_told_again_costs_no_write_and_no_call_and_a_later_one_does() {
    let mut stream = resting();
    stream.named(&ORDERS, ORDER, at(20), at(20));
    assert_eq!(stream.named(&ORDERS, ORDER, at(20), at(20)), Some(false), "it waits");
    assert_eq!(read(&mut stream, 21).len(), 1);
    assert_eq!(stream.named(&ORDERS, ORDER, at(20), at(22)), Some(false), "it was read since");
    assert_eq!(stream.named(&ORDERS, ORDER, at(23), at(23)), Some(true));
    assert_eq!(read(&mut stream, 24), [ORDER]);
    stream.cursor = Some(at(120));
    stream.fulfil();
    assert_eq!(stream.named(&ORDERS, ORDER, at(23), at(121)), Some(false), "a run by pages landed it");
    assert!(stream.names.told.is_empty(), "the row of a stream at rest stays small");
}

#[test]
fn where_much_changes_or_nobody_knows_yet_a_name_is_a_hint_like_any_other() {
    for (changes, taken) in [
        (None, None),
        (Some(0.0), Some(true)),
        (Some(NAMED_UP_TO), Some(true)),
        (Some(12.5), None),
        (Some(9e3), None),
    ] {
        let mut stream = resting();
        stream.changes_an_hour = changes;
        assert_eq!(stream.named(&ORDERS, ORDER, at(20), at(20)), taken, "{changes:?}");
        assert_eq!(
            stream.next_walk(&ORDERS, at(20)).is_some_and(|walk| walk.way == Way::Named),
            taken.is_some()
        );
    }
    assert_eq!(resting().named(&FINANCES, ORDER, at(20), at(20)), None, "nothing of it is read singly");
}

#[test]
fn t28_what_has_no_orders_form_is_not_kept_and_a_stream_in_trouble_or_without_a_grant_is_left_alone() {
    let mut stream = resting();
    assert_eq!(stream.named(&ORDERS, "../../orders/v0/orders", at(20), at(20)), None);
    assert!(stream.names.is_none());
    let mut troubled = resting();
    troubled.trouble = Some(Trouble { since: at(0), says: "x".into(), denied: None, times: 1 });
    let mut ended = resting();
    ended.due_at = None;
    for mut one in [troubled, ended] {
        assert_eq!(one.named(&ORDERS, ORDER, at(20), at(20)), None);
        assert!(one.names.is_none());
    }
}

#[test]
fn t28_a_flood_of_names_makes_ten_calls_between_two_runs_and_then_asks_for_a_page() {
    let (mut stream, mut reads, mut runs) = (resting(), 0, 0);
    let hours = 2;
    for minute in 1..=60 * hours {
        for n in 0..50 {
            let name = format!("903-8868176-{:07}", minute * 50 + n);
            let named = stream.named(&ORDERS, &name, at(minute), at(minute));
            named.unwrap_or_else(|| stream.changed(&ORDERS, at(minute), at(minute)));
            // And the same one again and again.
            stream.named(&ORDERS, ORDER, at(minute), at(minute));
        }
        if stream.due_at.is_some_and(|due| due <= at(minute)) {
            reads += read(&mut stream, minute).len();
            if let Some(walk) = stream.next_walk(&ORDERS, at(minute)) {
                runs += 1;
                stream.arrive(&ORDERS, &walk, at(minute));
            }
            stream.due_at = Some(stream.due_onward(&ORDERS).max(at(minute)));
        }
    }
    let gaps = (hours * 60 / MIN_GAP.as_mins()) as usize + 1;
    assert!((gaps / 2..=gaps).contains(&runs), "{runs} runs by pages");
    assert!((NAMES_MAX..=NAMES_MAX * gaps).contains(&reads), "{reads} reads");
    assert!(serde_json::to_string(&stream.names).unwrap().len() < 1_500, "the row stays small");
}

#[test]
fn names_that_cannot_be_read_are_left_to_the_pages_and_a_wrong_one_to_nobody() {
    let mut stream = resting();
    stream.named(&ORDERS, ORDER, at(20), at(20));
    stream.named(&ORDERS, OTHER, at(21), at(21));
    let wrong = stream.named_walk(at(22)).unwrap();
    stream.give_name_up(&wrong, at(22));
    assert_eq!(stream.wanted, None);
    stream.leave_names(at(22));
    assert_eq!((stream.wanted, stream.named_walk(at(22))), (Some(at(21)), None));
    assert_eq!(stream.due_onward(&ORDERS), at(23), "a page, as soon as Amazon shows it");
    assert_eq!(stream.named(&ORDERS, ORDER, at(20), at(23)), Some(false), "it is not asked for again");
    assert_eq!(stream.names.read_today(at(22)), 0);
}

#[test]
fn a_name_that_is_written_while_the_worker_reads_others_waits_and_what_he_read_does_not_come_back() {
    let mut ours = resting();
    ours.named(&ORDERS, ORDER, at(20), at(20));
    (ours.slot, ours.lease.holder) = (1, Some("m".into()));
    let mut theirs = ours.clone();
    assert_eq!(read(&mut ours, 21), [ORDER]);
    let before = theirs.due_at;
    assert_eq!(theirs.named(&ORDERS, OTHER, at(21), at(21)), Some(true));
    assert_eq!(theirs.due_at, before, "whoever is at work is not disturbed");
    // He gives the stream back and meets the other's write.
    (ours.lease.holder, ours.finished, ours.due_at) = (None, 1, Some(at(122)));
    ours.overhear(&theirs, &ORDERS);
    assert_eq!(ours.due_at, Some(at(21)), "due at once");
    assert_eq!(read(&mut ours, 22), [OTHER]);
    assert_eq!(ours.names.read_today(at(22)), 2);
}

#[test]
fn a_change_right_after_the_read_that_the_row_does_not_know_of_yet_is_read_again() {
    let mut ours = resting();
    ours.named(&ORDERS, ORDER, at(20), at(20));
    (ours.slot, ours.lease.holder) = (1, Some("m".into()));
    let mut theirs = ours.clone();
    read(&mut ours, 21);
    assert_eq!(theirs.named(&ORDERS, ORDER, at(22), at(22)), Some(true));
    ours.overhear(&theirs, &ORDERS);
    assert_eq!(read(&mut ours, 23), [ORDER]);
}

#[test]
fn a_row_of_before_there_were_names_is_read() {
    let mut row = serde_json::to_value(resting()).unwrap();
    assert!(row.get("names").is_none(), "and costs nothing where there are none");
    row.as_object_mut().unwrap().remove("names");
    assert!(serde_json::from_value::<Stream>(row).unwrap().names.is_none());
}
