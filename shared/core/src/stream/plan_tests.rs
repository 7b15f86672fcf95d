use super::super::*;
use super::*;
use crate::domains::{DOMAINS, INVENTORY, ORDERS, Sweep};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const US: [&str; 1] = ["ATVPDKIKX0DER"];
const BOTH: [&str; 2] = ["ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"];
const NOW: &str = "2026-11-21T10:00:00Z";

fn stream() -> Stream {
    let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
    Stream::new(&tenant, &connection, &ORDERS, 1, at(NOW))
}

/// A stream that begins now.
fn begun() -> Stream {
    let mut stream = stream();
    stream.begin(&ORDERS, &US, at(NOW));
    stream
}

/// A stream that has come to 09:00 today, swept an hour before, and has no history left.
fn arrived() -> Stream {
    let cursor = Some(at("2026-11-21T09:00:00Z"));
    let covered = vec![US[0].to_owned()];
    Stream { cursor, covered, swept_at: Some(at("2026-11-21T08:00:00Z")), ..stream() }
}

fn next(stream: &Stream, now: &str) -> Walk {
    stream.next_walk(&ORDERS, at(now)).unwrap()
}

/// Walks until the history has landed; the pieces.
fn all_pieces(stream: &mut Stream, pages: u32) -> Vec<Window> {
    let mut pieces = Vec::new();
    while let Some(walk) = stream.next_walk(&ORDERS, at(NOW)) {
        assert_eq!(walk.way, Way::History);
        pieces.push(walk.window);
        assert!(pieces.len() < 2000);
        stream.arrive(&ORDERS, &Walk { page: pages, ..walk }, at(NOW));
    }
    pieces
}

#[test]
fn a_stream_begins_at_the_present_and_its_history_is_fetched_backwards_without_a_gap() {
    for pages in [1, 10, 100] {
        let mut stream = begun();
        assert_eq!(stream.cursor, Some(at("2026-11-21T09:58:00Z")));
        let pieces = all_pieces(&mut stream, pages);
        assert_eq!(pieces[0].before, at("2026-11-21T09:58:00Z"), "the newest first");
        assert!(pieces.windows(2).all(|pair| pair[1].before >= pair[0].after + ORDERS.overlap));
        assert_eq!(pieces.last().unwrap().after, at("2026-11-21T09:58:00Z") - ORDERS.lookback);
        assert!(stream.history.is_empty());
    }
}

#[test]
fn pieces_grow_where_little_is_found_and_shrink_where_much_is() {
    assert!(all_pieces(&mut begun(), 1).len() <= 5);
    assert_eq!(all_pieces(&mut begun(), 20).len(), 729);
    let mut stream = begun();
    for (pages, days) in [(100, 1), (1, 8), (5, 32), (20, 32), (80, 8), (400, 1)] {
        let walk = next(&stream, NOW);
        stream.arrive(&ORDERS, &Walk { page: pages, ..walk }, at(NOW));
        assert_eq!(stream.history[0].piece_s / ORDERS.shortest.as_secs(), days, "after {pages} pages");
    }
}

#[test]
fn the_present_comes_before_the_history_whenever_it_is_due() {
    let mut stream = begun();
    assert_eq!(next(&stream, "2026-11-21T10:14:59Z").way, Way::History);
    let history = next(&stream, "2026-11-21T10:15:00Z");
    assert_eq!(history.way, Way::Onward, "15 minutes are over");
    let piece = Walk { page: 7, token: Some("t".into()), ..next(&stream, NOW) };
    stream.walk_on(piece.clone());
    assert_eq!(next(&stream, "2026-11-21T10:15:00Z").way, Way::Onward, "even in the middle of a piece");
    assert_eq!(next(&stream, NOW), piece, "which then goes on where it was");
}

#[test]
fn l29_a_window_ends_two_minutes_ago_whatever_the_clock_did() {
    assert_eq!(next(&arrived(), NOW).window.before, at("2026-11-21T09:58:00Z"));
    let mut stream = arrived();
    stream.cursor = Some(at("2026-11-21T09:58:00Z"));
    assert_eq!(stream.next_walk(&ORDERS, at(NOW)), None);
    assert_eq!(stream.next_walk(&ORDERS, at("2026-11-21T08:00:00Z")), None, "a clock behind the cursor");
}

#[test]
fn the_next_window_overlaps_the_cursor() {
    assert_eq!(next(&arrived(), NOW).window.after, at("2026-11-21T09:00:00Z") - ORDERS.overlap);
}

#[test]
fn l27_what_amazon_shows_up_to_a_day_late_is_found_by_some_sweep() {
    // Whatever the moment it was made and the moment it is shown, a later window covers it.
    for (every, takes) in [(15, 0), (240, 0), (15, 360), (240, 360), (660, 600)] {
        let (mut stream, mut windows, mut now) = (arrived(), Vec::new(), at(NOW));
        while now < at("2026-11-28T10:00:00Z") {
            if let Some(walk) = stream.next_walk(&ORDERS, now) {
                windows.push((now, walk.window));
                // A sweep has many pages, and what appears on one that was read is not in it.
                let sweep = walk.way == Way::Sweep;
                now += SignedDuration::from_mins(if sweep { takes } else { 0 });
                stream.arrive(&ORDERS, &walk, now);
            }
            now += SignedDuration::from_mins(every);
        }
        for made in 0..500 {
            for late in [0, 4, 60, 600, 1439] {
                let made = at("2026-11-21T09:00:00Z") + SignedDuration::from_mins(made * 7);
                let shown = made + SignedDuration::from_mins(late);
                let covers = |(now, window): &&(Timestamp, Window)| {
                    *now >= shown && window.after <= made && made < window.before
                };
                assert!(
                    windows.iter().find(covers).is_some(),
                    "{every} {takes}: made {made}, {late} minutes late"
                );
            }
        }
    }
}

#[test]
fn a_store_that_joins_has_a_history_of_its_own_and_one_that_left_begins_anew() {
    let mut stream = arrived();
    stream.begin(&ORDERS, &BOTH, at(NOW));
    assert_eq!(stream.history.len(), 1);
    assert_eq!(stream.history[0].stores, [BOTH[1]]);
    assert_eq!(
        stream.history[0].reached,
        at("2026-11-21T09:00:00Z"),
        "the cursor speaks for both from there"
    );
    assert_eq!(next(&stream, NOW).stores, BOTH);
    stream.begin(&ORDERS, &US, at(NOW));
    assert!(stream.history.is_empty() && stream.covered == US);
    stream.begin(&ORDERS, &BOTH, at(NOW));
    assert_eq!(stream.history.len(), 1);
}

#[test]
fn a_store_that_joins_in_the_middle_of_a_pass_waits_for_its_end() {
    let mut stream = arrived();
    let walk = next(&stream, NOW);
    stream.walk_on(Walk { page: 3, token: Some("t".into()), ..walk.clone() });
    stream.begin(&ORDERS, &BOTH, at(NOW));
    assert!(stream.history.is_empty());
    assert_eq!(next(&stream, "2026-11-21T12:00:00Z").page, 3, "it is finished before the next");
    stream.arrive(&ORDERS, &walk, at(NOW));
    stream.begin(&ORDERS, &BOTH, at(NOW));
    assert_eq!(stream.history[0].reached, at("2026-11-21T09:58:00Z"));
}

#[test]
fn l35_a_window_that_amazon_fails_over_is_halved_down_to_a_day() {
    let mut stream = begun();
    stream.history[0].piece_s = ORDERS.shortest.as_secs() * 8;
    let mut days = Vec::new();
    for _ in 0..5 {
        let walk = next(&stream, NOW);
        days.push(stream.history[0].piece_s / ORDERS.shortest.as_secs());
        stream.give_up(&ORDERS, walk, true);
    }
    assert_eq!(days, [8, 4, 2, 1, 1]);

    let mut behind = arrived();
    behind.cursor = Some(at("2026-11-11T09:58:00Z"));
    let walk = next(&behind, NOW);
    behind.give_up(&ORDERS, walk, true);
    let halved = next(&behind, NOW);
    assert_eq!(halved.window.before, at("2026-11-16T10:00:30Z"));
    assert_eq!(halved.window.after, at("2026-11-11T09:58:00Z") - ORDERS.overlap);
    behind.arrive(&ORDERS, &halved, at(NOW));
    assert_eq!(behind.cursor, Some(halved.window.before), "and the rest follows");
    assert_eq!(next(&behind, NOW).window.before, at("2026-11-21T09:58:00Z"));
}

#[test]
fn a_pass_that_is_given_up_begins_again_and_the_cursor_stays() {
    let mut stream = arrived();
    let walk = Walk { page: 3, token: Some("t".into()), ..next(&stream, NOW) };
    stream.walk_on(walk.clone());
    stream.give_up(&ORDERS, walk.clone(), false);
    let again = next(&stream, NOW);
    assert_eq!((again.page, again.token, again.window), (1, None, walk.window));
    assert_eq!(stream.cursor, arrived().cursor);
}

#[test]
fn where_little_changes_a_stream_is_fetched_less_often() {
    let cadence = |changes| Stream { changes_an_hour: changes, ..arrived() }.cadence(&ORDERS).as_secs() / 60;
    assert_eq!([None, Some(0.0), Some(3.75), Some(8.0), Some(1000.0)].map(cadence), [15, 240, 240, 112, 15]);
    let mut stream = begun();
    let walk = next(&stream, NOW);
    stream.arrive(&ORDERS, &Walk { found: 240, ..walk }, at(NOW));
    assert!((stream.changes_an_hour.unwrap() - 10.0).abs() < 0.01, "a day's history says how much to expect");
}

#[test]
fn where_little_changes_everything_is_passed_through_less_often_unless_the_last_pass_lacked_something() {
    let every = |changes| Stream { changes_an_hour: Some(changes), ..arrived() }.sweep_every(&INVENTORY);
    assert_eq!([0.0, 100.0].map(every), [INVENTORY.sweep_quiet, INVENTORY.sweep_every]);
    let mut stream = Stream { changes_an_hour: Some(0.0), ..arrived() };
    stream.check.says = Some("Amazon counts more".to_owned());
    assert_eq!(stream.sweep_every(&INVENTORY), INVENTORY.sweep_every);
}

#[test]
fn only_a_pass_through_everything_is_made_less_often() {
    for domain in DOMAINS.into_iter().filter(|domain| !matches!(domain.sweep, Sweep::Whole(_))) {
        // One that looks back reaches as far as the last one was ago.
        assert_eq!(domain.sweep_every, domain.sweep_quiet, "{}", domain.name);
    }
}

#[test]
fn l31_f26_a_page_token_lives_as_long_as_amazon_says() {
    let mut walk = next(&arrived(), NOW);
    assert!(!walk.stale(&ORDERS.source, at("2027-01-01T00:00:00Z")), "the first page needs none");
    (walk.page, walk.token, walk.token_at) = (2, Some("t".into()), Some(at(NOW)));
    assert!(!walk.stale(&ORDERS.source, at(NOW) + SignedDuration::from_hours(22)));
    assert!(walk.stale(&ORDERS.source, at(NOW) + SignedDuration::from_hours(23)));
    assert_eq!(walk.clone().restarted().window, walk.window);
}

#[test]
fn the_row_of_a_stream_at_rest_stays_within_one_write_unit() {
    let mut stream = arrived();
    stream.tenant = TenantId::parse("a-tenant-of-some-length").unwrap();
    stream.connection = ConnectionId::parse("0123456789abcdef01234567").unwrap();
    stream.lease.holder = Some("059f36b4-87a3-44ab-83d2-661975830a7d".to_owned());
    stream.changes_an_hour = Some(12.345_678);
    for hour in 0..24 {
        let now = at(NOW) + SignedDuration::from_hours(hour);
        let reply = Reply {
            status: 200,
            request_id: "059f36b4-87a3-44ab-83d2-661975830a7d".into(),
            rate_limit: None,
            body: Vec::new(),
            duration: SignedDuration::from_millis(412),
        };
        stream.note(now, None, Some(&reply), 16);
        stream.hours.count(now, 12, 0, SignedDuration::from_mins(61));
    }
    let bytes = serde_json::to_string(&stream).unwrap().len();
    println!("a stream at rest: {bytes} bytes as JSON");
    assert!(bytes < 1100, "{bytes}");
}

#[test]
fn a_pass_by_another_source_moves_no_cursor_and_the_one_behind_it_brings_what_is_new() {
    let swept = Stream { swept_at: None, ..arrived() };
    let domain = Domain { sweep: Sweep::Whole(&ORDERS.source), ..ORDERS };
    let mut stream = swept;
    let walk = stream.next_walk(&domain, at(NOW)).unwrap();
    assert_eq!(walk.way, Way::Sweep);
    stream.arrive(&domain, &walk, at(NOW));
    assert_eq!(stream.cursor, Some(at("2026-11-21T09:00:00Z")));
    let walk = stream.next_walk(&domain, at(NOW)).unwrap();
    assert_eq!(walk.way, Way::Onward);
    stream.arrive(&domain, &walk, at(NOW));
    assert_eq!(stream.cursor, Some(at("2026-11-21T09:58:00Z")));
}

#[test]
fn l47_windows_of_whole_days_stay_whole_when_they_are_halved_or_grow() {
    let midnight = |at: Timestamp| at.as_second() % DAY_S == 0;
    let domain = &crate::domains::REIMBURSEMENTS;
    let mut stream = stream();
    stream.begin(domain, &US, at(NOW));
    for pages in [1, 33, 7, 90, 1] {
        let walk = stream.next_walk(domain, at(NOW)).unwrap();
        assert!(midnight(walk.window.after) && midnight(walk.window.before), "{:?}", walk.window);
        stream.give_up(domain, walk, true);
        let walk = stream.next_walk(domain, at(NOW)).unwrap();
        assert!(midnight(walk.window.after) && midnight(walk.window.before), "{:?}", walk.window);
        stream.arrive(domain, &Walk { page: pages, ..walk }, at(NOW));
    }
    // Onward, three days behind and halved: a day and a half would end at noon.
    stream.history.clear();
    stream.cursor = stream.cursor.map(|cursor| cursor - SignedDuration::from_hours(72));
    let walk = stream.next_walk(domain, at(NOW)).unwrap();
    stream.give_up(domain, walk, true);
    let walk = stream.next_walk(domain, at(NOW)).unwrap();
    assert!(midnight(walk.window.before) && walk.window.before > stream.cursor.unwrap(), "{:?}", walk.window);
}
