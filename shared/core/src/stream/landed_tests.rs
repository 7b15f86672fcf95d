use super::*;
use crate::domains::ORDERS;

fn at(minutes: i64) -> Timestamp {
    "2026-11-21T10:00:00.123456789Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn stream() -> Stream {
    let tenant = TenantId::parse("main").unwrap();
    let connection = ConnectionId::parse(&format!("c{:023}", 1)).unwrap();
    let mut stream = Stream::new(&tenant, &connection, &ORDERS, 1, at(0));
    stream.begin(&ORDERS, &["US"], at(0));
    stream.history.clear();
    stream
}

/// The rows that the windows of some runs leave, each of which found so many; and the stream after them. Where a store is
/// named, it is the one in use from then on.
fn rows(runs: &[(i64, u64, Option<&str>)]) -> (Vec<Landed>, Stream) {
    let (mut stream, mut rows) = (stream(), Vec::new());
    for (minutes, found, store) in runs {
        if let Some(store) = store {
            stream.begin(&ORDERS, &[store], at(*minutes));
            stream.history.clear();
        }
        let walk = Walk { found: *found, ..stream.next_walk(&ORDERS, at(*minutes)).unwrap() };
        rows.extend(stream.account_for(&walk, at(*minutes)));
        stream.arrive(&ORDERS, &walk, at(*minutes));
    }
    (rows, stream)
}

/// Whether every moment from the first row's beginning to the cursor is in some row.
fn without_gap(rows: &[Landed], stream: &Stream) -> bool {
    let mut all: Vec<_> = rows.iter().cloned().chain(stream.unwritten()).collect();
    all.sort_by_key(|row| row.window.after);
    let joined = all.windows(2).all(|pair| pair[1].window.after <= pair[0].window.before);
    joined && all.iter().map(|row| row.window.before).max() == stream.cursor
}

#[test]
fn windows_without_a_record_are_told_with_the_next_one_that_has_some() {
    let (written, stream) = rows(&[(120, 0, None), (240, 0, None), (360, 7, None), (480, 3, None)]);
    let told: Vec<_> = written.iter().map(|row| (row.quiet, row.pages, row.records)).collect();
    assert_eq!(told, [(2, 3, 7), (0, 1, 3)]);
    assert_eq!(written[0].window.after, at(0) - ORDERS.lag - ORDERS.overlap);
    assert!(stream.quiet.is_none() && without_gap(&written, &stream));
}

#[test]
fn what_is_not_written_down_yet_is_known_from_the_streams_own_row() {
    let (written, stream) = rows(&[(120, 7, None), (240, 0, None), (360, 0, None)]);
    assert_eq!(written.len(), 1);
    let stored: Stream = serde_json::from_str(&serde_json::to_string(&stream).unwrap()).unwrap();
    let row = stored.unwritten().unwrap();
    assert_eq!((row.quiet, row.records, Some(row.window.before)), (2, 0, stream.cursor));
    assert!(without_gap(&written, &stored));
}

#[test]
fn a_sweep_that_reaches_back_far_enough_tells_them_too() {
    let day = 24 * 60;
    let (written, stream) = rows(&[(120, 0, None), (day + 60, 0, None), (day + 180, 1, None)]);
    let told: Vec<_> = written.iter().map(|row| (row.way, row.quiet, row.records)).collect();
    assert_eq!(told, [(Way::Sweep, 1, 0), (Way::Onward, 0, 1)], "a sweep is written down whatever it finds");
    assert!(without_gap(&written, &stream));
}

#[test]
fn windows_about_other_stores_stand_alone() {
    let (written, stream) = rows(&[(120, 0, None), (240, 0, Some("CA")), (360, 1, None)]);
    let told: Vec<_> = written.iter().map(|row| (row.stores.join(","), row.quiet, row.records)).collect();
    assert_eq!(told, [("US".to_owned(), 1, 0), ("CA".to_owned(), 1, 1)]);
    assert!(without_gap(&written, &stream));
}

#[test]
fn what_was_odd_is_written_down_at_once() {
    let mut stream = stream();
    let odd = Oddities { rows: 1, ..Oddities::default() };
    let walk = Walk { odd, ..stream.next_walk(&ORDERS, at(120)).unwrap() };
    assert_eq!(stream.account_for(&walk, at(120)).len(), 1);
    assert!(stream.quiet.is_none());
}
