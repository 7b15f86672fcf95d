//! Figures in plain words.

use crate::view::StreamView;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How far what has landed is behind the present.
pub(super) fn behind(stream: &StreamView) -> String {
    match stream.complete_until {
        None => "nothing has landed yet".to_owned(),
        Some(_) => length(stream.lag_s),
    }
}

/// A length of time in one unit, rounded down.
pub(super) fn length(seconds: i64) -> String {
    match seconds {
        ..MINUTE => "less than a minute".to_owned(),
        MINUTE..HOUR => count(seconds / MINUTE, "minute"),
        HOUR..DAY => count(seconds / HOUR, "hour"),
        _ => count(seconds / DAY, "day"),
    }
}

pub(super) fn count(number: i64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// How often it is fetched, and why not more often.
pub(super) fn every(stream: &StreamView) -> String {
    let often = match stream.cadence_minutes {
        ..1 => "all the time".to_owned(),
        1 => "every minute".to_owned(),
        60 => "every hour".to_owned(),
        minutes if minutes % 60 == 0 => format!("every {} hours", minutes / 60),
        minutes => format!("every {minutes} minutes"),
    };
    if stream.quiet { format!("{often}: little changes") } else { often }
}

/// How far back what has landed reaches.
pub(super) fn history(stream: &StreamView) -> String {
    match (stream.complete_from, stream.complete_until) {
        (Some(from), _) => format!("back to {}, {} %", from.strftime("%Y-%m-%d"), stream.history_percent),
        (None, Some(_)) => "all that Amazon keeps".to_owned(),
        (None, None) => "not begun".to_owned(),
    }
}

/// How fast a bucket refills: `2 a second`, or `one every 179 s`.
pub(super) fn refill(rate: f64) -> String {
    // A rate is Amazon's or a part of it, never nothing; the division only has to be safe.
    let rate = rate.max(1e-9);
    if rate >= 1.0 {
        format!("{} a second", rounded(rate))
    } else {
        format!("one every {} s", rounded(1.0 / rate))
    }
}

/// At most one decimal, and that only for small numbers.
fn rounded(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    if tenths >= 10.0 || tenths.fract() == 0.0 { format!("{number:.0}") } else { format!("{tenths:.1}") }
}

/// A large number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    groups.map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_rates_and_numbers_read_as_a_person_says_them() {
        let lengths = [0, 59, 60, 61 * 60, 2 * HOUR, DAY, 9 * DAY].map(length);
        let said =
            ["less than a minute", "less than a minute", "1 minute", "1 hour", "2 hours", "1 day", "9 days"];
        assert_eq!(lengths, said);
        // searchOrders, a slowed one, getOrders' items, feeds by the dozen.
        assert_eq!(
            [0.0056, 0.5, 0.4, 1.0, 2.0, 2.5, 15.0, 0.0].map(refill),
            [
                "one every 179 s",
                "one every 2 s",
                "one every 2.5 s",
                "1 a second",
                "2 a second",
                "2.5 a second",
                "15 a second",
                "one every 1000000000 s"
            ]
        );
        assert_eq!([0, 999, 1_000, 25_000_000].map(grouped), ["0", "999", "1,000", "25,000,000"]);
    }
}
