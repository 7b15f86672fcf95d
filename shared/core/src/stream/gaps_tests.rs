use super::*;
use crate::domains::{FINANCES, INVENTORY, ORDERS, SALES, VENDORORDERS};
use crate::ids::{ConnectionId, TenantId};
use crate::stream::Walk;

const NOW: &str = "2026-11-21T10:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The connection's whole past, landed window by window by the planner itself, the newest first.
fn landed(domain: &'static Domain, stores: &[&str], runs: i64) -> (Stream, Vec<Landed>) {
    let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
    let mut stream = Stream::new(&tenant, &connection, domain, 1, at(NOW));
    let mut windows = Vec::new();
    for run in 0..runs {
        let now = at(NOW) + domain.cadence * i32::try_from(run).unwrap();
        stream.begin(domain, stores, now);
        while let Some(walk) = stream.next_walk(domain, now) {
            let walk = Walk { page: 1, found: 50, ..walk };
            windows.push(Landed::of(&stream, &walk, now));
            stream.arrive(domain, &walk, now);
        }
    }
    sorted(&mut windows);
    (stream, windows)
}

fn sorted(windows: &mut Vec<Landed>) {
    windows.sort_by_key(|one| std::cmp::Reverse(one.place()));
    windows.dedup_by_key(|one| one.place());
}

fn checked(domain: &Domain, stream: &Stream, windows: &[Landed]) -> Coverage {
    coverage(domain, stream, windows, true, at(NOW) + SignedDuration::from_hours(24 * 30))
}

#[test]
fn what_the_planner_lands_has_no_gap_in_any_domain() {
    for domain in crate::domains::DOMAINS.into_iter().filter(|domain| !domain.is_picture()) {
        let (stream, windows) = landed(domain, &["US", "CA"], 40);
        let found = checked(domain, &stream, &windows);
        assert_eq!(found.gaps, [], "{}", domain.name);
        assert!(found.checked_from.unwrap() <= at(NOW) - domain.lookback, "{}: {found:?}", domain.name);
        assert!(found.checked_until.is_some_and(|until| until <= stream.cursor.unwrap()), "{}", domain.name);
    }
}

#[test]
fn any_window_that_is_missing_is_named_unless_its_neighbours_cover_it() {
    for domain in [&ORDERS, &FINANCES, &SALES, &VENDORORDERS] {
        let (stream, windows) = landed(domain, &["US"], 40);
        for (missing, lost) in windows.iter().enumerate().skip(1) {
            let left: Vec<_> = windows.iter().filter(|one| one.place() != lost.place()).cloned().collect();
            let found = checked(domain, &stream, &left);
            let others = left.iter().filter(|one| counts(domain, one.way));
            // Every hour of it is in some other window, or in a gap that is told.
            let mut hour = lost.window.after.max(at(NOW) - domain.lookback);
            while hour < lost.window.before && counts(domain, lost.way) {
                let within = |window: &Window| window.after <= hour && hour < window.before;
                let covered = others.clone().any(|one| within(&one.window));
                let told = found.gaps.iter().any(|gap| within(&gap.window));
                assert!(covered != told, "{} {missing}: {hour} {covered} {told}", domain.name);
                hour += SignedDuration::from_hours(1);
            }
        }
    }
}

#[test]
fn a_pass_by_another_source_covers_nothing_and_a_sweep_by_the_same_one_does() {
    let (stream, windows) = landed(&FINANCES, &["US"], 40);
    let newest = windows.iter().position(|one| one.way == Way::Onward).unwrap();
    let (mut only_swept, mut swept) = (windows.clone(), windows);
    for one in &mut only_swept {
        one.way = if one.way == Way::Onward { Way::Sweep } else { one.way };
    }
    swept.remove(newest);
    assert!(
        checked(&FINANCES, &stream, &only_swept).checked_until
            < checked(&FINANCES, &stream, &swept).checked_until
    );
    let (stream, mut windows) = landed(&ORDERS, &["US"], 3);
    for one in &mut windows {
        one.way = if one.way == Way::Onward { Way::Sweep } else { one.way };
    }
    assert_eq!(checked(&ORDERS, &stream, &windows).gaps, []);
}

#[test]
fn a_gap_of_one_store_names_that_store_alone() {
    let (stream, mut windows) = landed(&ORDERS, &["US", "CA"], 40);
    let lost = windows.len() / 2;
    windows[lost].stores = vec!["US".to_owned()];
    let found = checked(&ORDERS, &stream, &windows);
    assert_eq!(found.gaps.len(), 1);
    assert_eq!(found.gaps[0].stores, ["CA"]);
}

#[test]
fn a_quiet_stretch_that_the_next_window_begins_with_is_no_gap() {
    let (stream, windows) = landed(&ORDERS, &["US"], 40);
    // Windows that found nothing have no row: the one after them begins where they did.
    let mut merged: Vec<Landed> = Vec::new();
    for (place, one) in windows.iter().enumerate() {
        match merged.last_mut() {
            Some(later) if one.way == Way::Onward && place % 3 != 0 => later.window.after = one.window.after,
            _ => merged.push(one.clone()),
        }
    }
    assert!(merged.len() < windows.len());
    assert_eq!(checked(&ORDERS, &stream, &merged).gaps, []);
    // The newest quiet stretch has none yet: the cursor alone tells of it.
    assert_eq!(checked(&ORDERS, &stream, &merged[2..]).gaps, []);
}

#[test]
fn what_the_history_has_not_reached_yet_is_no_gap_and_what_it_passed_over_is_one() {
    let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
    let mut stream = Stream::new(&tenant, &connection, &ORDERS, 1, at(NOW));
    stream.begin(&ORDERS, &["US"], at(NOW));
    let mut windows = Vec::new();
    for _ in 0..3 {
        let walk = Walk { page: 20, found: 50, ..stream.next_walk(&ORDERS, at(NOW)).unwrap() };
        windows.push(Landed::of(&stream, &walk, at(NOW)));
        stream.arrive(&ORDERS, &walk, at(NOW));
    }
    sorted(&mut windows);
    assert_eq!(checked(&ORDERS, &stream, &windows).gaps, []);
    let last = windows.pop().unwrap();
    let found = checked(&ORDERS, &stream, &windows);
    assert_eq!(found.gaps.len(), 1, "the stream says that it landed");
    assert_eq!(found.gaps[0].window.after, last.window.after);
}

#[test]
fn what_is_older_than_any_row_that_is_kept_is_not_called_missing() {
    let (stream, windows) = landed(&ORDERS, &["US"], 40);
    let later = at(NOW) + KEPT;
    // The first hours are swept away, those of the long history are left.
    let left: Vec<_> =
        windows.into_iter().filter(|one| one.at + KEPT > later + SignedDuration::from_hours(5)).collect();
    assert!(!left.is_empty());
    assert_eq!(coverage(&ORDERS, &stream, &left, true, later).gaps, []);
}

#[test]
fn a_part_of_the_windows_claims_nothing_about_what_is_before_them() {
    let (stream, windows) = landed(&ORDERS, &["US"], 40);
    let part = &windows[..10];
    let found = coverage(&ORDERS, &stream, part, false, at(NOW));
    assert_eq!((found.gaps, found.checked_from), (Vec::new(), part.iter().map(|one| one.window.after).min()));
}

#[test]
fn a_picture_of_the_present_has_no_gaps() {
    let (stream, windows) = landed(&INVENTORY, &["US"], 5);
    assert_eq!(checked(&INVENTORY, &stream, &windows[..1]), Coverage::default());
}
