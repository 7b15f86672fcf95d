//! Moments and days, as Amazon's APIs and reports write them. What could be read in two ways is not read at all.

use super::read::Cell;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, civil};

/// Names of zones in Amazon's reports and the hours by which they are ahead of UTC. `IST` and others that two
/// countries use are missing on purpose.
const ZONES: [(&str, i8); 9] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("PST", -8),
    ("PDT", -7),
    ("CET", 1),
    ("CEST", 2),
    ("MEZ", 1),
    ("JST", 9),
];

/// A moment with its zone: ISO 8601, or a day and a time of day with a zone's name behind. Without a zone nobody
/// knows the moment.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let (day_and_time, zone) = text.rsplit_once(' ')?;
    let (_, hours) = ZONES.iter().find(|(name, _)| *name == zone)?;
    let (day, time) = day_and_time.split_once([' ', 'T'])?;
    let time: civil::Time = time.parse().ok()?;
    Offset::constant(*hours).to_timestamp(date(day)?.to_datetime(time)).ok()
}

/// A day: `2026-01-31`, `2026/01/31`, `31.01.2026`, `31-Jan-2026`, each also before a time of day. `01/02/2026` could
/// mean two.
pub(super) fn date(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next()?;
    let dotted: Vec<_> = day.split('.').collect();
    let (year, month, day) = match dotted[..] {
        [day, month, year] => (year, month, day),
        _ => {
            let mut parts = day.split(['-', '/']);
            let parts = (parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?);
            let named = MONTHS.iter().find(|(name, _)| name.eq_ignore_ascii_case(parts.1));
            named.map_or(parts, |(_, month)| (parts.2, *month, parts.0))
        }
    };
    civil(year, month, day)
}

const MONTHS: [(&str, &str); 12] = [
    ("Jan", "1"),
    ("Feb", "2"),
    ("Mar", "3"),
    ("Apr", "4"),
    ("May", "5"),
    ("Jun", "6"),
    ("Jul", "7"),
    ("Aug", "8"),
    ("Sep", "9"),
    ("Oct", "10"),
    ("Nov", "11"),
    ("Dec", "12"),
];

pub(super) fn month_first(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    civil(year, month, day)
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let four_digits = year.len() == 4;
    Date::new(year.parse().ok().filter(|_| four_digits)?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Days since 1970.
pub(super) fn days(date: Date) -> Cell {
    let first = Date::constant(1970, 1, 1);
    Cell::Date((date - first).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::column::Kind;
    use crate::tables::read::{Misfit, read as one};

    #[test]
    fn a_moment_needs_its_zone() {
        let noon = Cell::Instant("2026-01-31T12:00:00Z".parse::<Timestamp>().unwrap().as_microsecond());
        for text in [
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.000+00:00",
            "2026-01-31T13:00:00+01:00",
            "2026-01-31 12:00:00 UTC",
            "31.01.2026 12:00:00 UTC",
            "2026/01/31 21:00:00 JST",
            "2026-01-31 04:00:00 PST",
        ] {
            assert_eq!(one(Kind::Instant, &format!("\"{text}\"")), Ok(Some(noon.clone())), "{text}");
        }
        for text in
            ["2026-01-31 12:00:00", "2026-01-31", "01/02/2026 12:00:00 UTC", "2026-01-31 12:00:00 IST", "x"]
        {
            assert_eq!(one(Kind::Instant, &format!("\"{text}\"")), Err(Misfit), "{text}");
        }
    }

    #[test]
    fn a_day_that_could_be_two_days_is_neither() {
        let day = Ok(Some(days(Date::constant(2026, 2, 1))));
        for text in ["2026-02-01", "2026/02/01", "01.02.2026", "01-Feb-2026", "2026-02-01T00:00:00-08:00"] {
            assert_eq!(one(Kind::Date, &format!("\"{text}\"")), day, "{text}");
        }
        assert_eq!(one(Kind::Date, r#""02/01/2026""#), Err(Misfit));
        assert_eq!(one(Kind::MonthFirst, r#""02/01/2026""#), day);
        assert_eq!(one(Kind::MonthFirst, r#""2026-02-01""#), day);
        assert_eq!(one(Kind::MonthFirst, r#""13/01/2026""#), Err(Misfit));
    }
}
