//! L46, L48, L53, L54: times and truths beside the text they were read from.

use super::super::moment::{AHEAD_MAX, By, Moment, moment, truth, zone_of};
use crate::marketplaces::MARKETPLACES;
use jiff::{SignedDuration, Timestamp};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Far enough ahead to be in nobody's way.
fn read(text: &str, country: &str) -> Option<Moment> {
    moment(text, country, at("2030-01-01T00:00:00Z"))
}

#[test]
fn every_store_has_a_zone() {
    for store in MARKETPLACES {
        assert!(zone_of(store.country).is_some(), "{}", store.country);
    }
}

#[test]
fn l48_each_way_of_writing_a_time_is_one_instant() {
    for (text, country, instant, by) in [
        ("2026-07-01T10:00:00Z", "JP", "2026-07-01T10:00:00Z", By::Zone),
        ("2026-07-01T10:00:00+09:00", "US", "2026-07-01T01:00:00Z", By::Zone),
        ("2026-07-01T10:00:00.123-07:00", "US", "2026-07-01T17:00:00.123Z", By::Zone),
        ("2026-07-01 10:00:00 UTC", "DE", "2026-07-01T10:00:00Z", By::Zone),
        ("01.07.2026 10:00:00 UTC", "DE", "2026-07-01T10:00:00Z", By::Zone),
        ("2026-07-01 10:00:00 PDT", "US", "2026-07-01T17:00:00Z", By::Zone),
        ("2026/07/01 10:00:00 JST", "JP", "2026-07-01T01:00:00Z", By::Zone),
        ("01/07/2026 10:00:00 MEST", "FR", "", By::Zone),
        ("2026-07-01 10:00:00", "US", "2026-07-01T17:00:00Z", By::Store),
        ("2026-07-01T10:00:00", "JP", "2026-07-01T01:00:00Z", By::Store),
        ("2026/07/01 10:00", "JP", "2026-07-01T01:00:00Z", By::Store),
        ("2026-07-01", "JP", "2026-06-30T15:00:00Z", By::Date),
        ("07/01/2026", "US", "2026-07-01T07:00:00Z", By::Date),
        ("07/31/2026", "GB", "2026-07-30T23:00:00Z", By::Date),
        ("31/07/2026", "GB", "2026-07-30T23:00:00Z", By::Date),
        // Two days, or none.
        ("07/01/2026", "GB", "", By::Date),
        ("", "US", "", By::Date),
        ("soon", "US", "", By::Date),
        ("2026-02-30", "US", "", By::Date),
        ("2026-07-01 10:00:00 XST", "US", "", By::Zone),
        ("2026-07-01 25:00:00", "US", "", By::Zone),
        ("20260701", "US", "", By::Date),
        ("1", "US", "", By::Date),
    ] {
        let expected = (!instant.is_empty()).then(|| Moment { instant: at(instant), by });
        assert_eq!(read(text, country), expected, "{text} in {country}");
    }
}

#[test]
fn l46_a_local_date_carries_its_stores_zone_and_is_never_in_the_future() {
    // In Japan the day is over nine hours before it is in Greenwich: its reports are dated tomorrow.
    let now = at("2026-11-21T16:00:00Z");
    let tomorrow = moment("2026-11-22", "JP", now).unwrap();
    assert_eq!(tomorrow.instant, at("2026-11-21T15:00:00Z"));
    assert!(tomorrow.instant <= now);
    for text in ["2026-11-23", "2026-11-22T06:00:01Z", "2126-01-01 00:00:00 UTC"] {
        assert_eq!(moment(text, "JP", now).is_none(), at("2026-11-22T06:00:00Z") < read_any(text), "{text}");
    }
    let last = moment("2026-11-22T06:00:00Z", "JP", now).unwrap();
    assert_eq!(last.instant.duration_since(now), AHEAD_MAX);
}

fn read_any(text: &str) -> Timestamp {
    moment(text, "JP", at("2200-01-01T00:00:00Z")).unwrap().instant
}

#[test]
fn l53_both_changes_of_summer_time_in_every_store_that_has_it() {
    let europe =
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z");
    let britain =
        ("2026-03-29T01:30:00", "2026-03-29T01:30:00Z", "2026-10-25T01:30:00", "2026-10-25T00:30:00Z");
    let pacific =
        ("2026-03-08T02:30:00", "2026-03-08T10:30:00Z", "2026-11-01T01:30:00", "2026-11-01T08:30:00Z");
    let sydney =
        ("2026-10-04T02:30:00", "2026-10-03T16:30:00Z", "2026-04-05T02:30:00", "2026-04-04T15:30:00Z");
    let cairo =
        ("2026-04-24T00:30:00", "2026-04-23T22:30:00Z", "2026-10-29T23:30:00", "2026-10-29T20:30:00Z");
    let mut stores = 0;
    for (countries, (never, later, twice, earlier)) in [
        (&["DE", "FR", "ES", "IT", "NL", "BE", "SE", "PL"][..], europe),
        (&["GB", "IE"], britain),
        (&["US", "CA", "MX"], pacific),
        (&["AU"], sydney),
        (&["EG"], cairo),
    ] {
        for country in countries {
            assert_eq!(
                read(never, country),
                Some(Moment { instant: at(later), by: By::StoreNever }),
                "{country}"
            );
            assert_eq!(
                read(twice, country),
                Some(Moment { instant: at(earlier), by: By::StoreTwice }),
                "{country}"
            );
            stores += 1;
        }
    }
    // A day with a change has 23 or 25 hours, and no hour of it is lost.
    let day = |date: &str| read(date, "DE").unwrap().instant;
    assert_eq!(day("2026-03-30").duration_since(day("2026-03-29")), SignedDuration::from_hours(23));
    assert_eq!(day("2026-10-26").duration_since(day("2026-10-25")), SignedDuration::from_hours(25));
    // The others never change: every hour of the year is there once.
    for store in MARKETPLACES
        .iter()
        .filter(|store| ["BR", "TR", "SA", "AE", "ZA", "IN", "SG", "JP"].contains(&store.country))
    {
        for day in
            (1..=28).flat_map(|day| (1..=12).map(move |month| format!("2026-{month:02}-{day:02}T02:30:00")))
        {
            assert_eq!(read(&day, store.country).unwrap().by, By::Store);
        }
        stores += 1;
    }
    assert_eq!(stores, 23);
}

#[test]
fn l54_a_truth_is_read_however_it_is_written_and_never_guessed() {
    for (text, expected) in [
        ("true", Some(true)),
        ("True", Some(true)),
        ("TRUE", Some(true)),
        (" y ", Some(true)),
        ("1", Some(true)),
        ("false", Some(false)),
        ("False", Some(false)),
        ("n", Some(false)),
        ("0", Some(false)),
        ("", None),
        ("null", None),
        ("2", None),
        ("falsch", None),
    ] {
        assert_eq!(truth(text), expected, "{text}");
    }
}
