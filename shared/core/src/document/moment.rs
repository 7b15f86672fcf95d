//! Times in reports. Each report type writes them in its own way, some with a zone, some without; a time without one
//! is the store's. The text stays in the row as it came (L48): this reads the instant beside it, or says that it
//! cannot.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// No clock on earth is further ahead of UTC than this, so nothing that has happened is dated later (L46).
pub const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(14);

/// Zones of the stores, as rules that need no database: those in force now. Amazon names them for advertising
/// reports (advertising.amazon.com/API/docs, profiles), where the North American stores keep Pacific time; that
/// sellers' reports keep the same is what users see. Ireland is not in that list.
#[rustfmt::skip]
const ZONES: &[(&[&str], &str)] = &[
    (&["US", "CA", "MX"], "PST8PDT,M3.2.0,M11.1.0"),
    (&["BR"], "<-03>3"),
    (&["GB", "IE"], "GMT0BST,M3.5.0/1,M10.5.0"),
    (&["DE", "FR", "ES", "IT", "NL", "BE", "SE", "PL"], "CET-1CEST,M3.5.0,M10.5.0/3"),
    (&["EG"], "EET-2EEST,M4.5.5/0,M10.5.4/24"),
    (&["TR", "SA"], "<+03>-3"),
    (&["AE"], "<+04>-4"),
    (&["ZA"], "SAST-2"),
    (&["IN"], "IST-5:30"),
    (&["SG"], "<+08>-8"),
    (&["JP"], "JST-9"),
    (&["AU"], "AEST-10AEDT,M10.1.0,M4.1.0/3"),
];

/// Abbreviations of zones behind a time, and what they are ahead of UTC in minutes. `IST` is India's.
#[rustfmt::skip]
const ABBREVIATIONS: &[(&str, i32)] = &[
    ("UTC", 0), ("GMT", 0), ("Z", 0), ("WET", 0), ("BST", 60), ("WEST", 60), ("CET", 60), ("MET", 60), ("MEZ", 60),
    ("CEST", 120), ("MEST", 120), ("MESZ", 120), ("EET", 120), ("SAST", 120), ("EEST", 180), ("TRT", 180),
    ("GST", 240), ("IST", 330), ("SGT", 480), ("JST", 540), ("AEST", 600), ("AEDT", 660), ("BRT", -180),
    ("PST", -480), ("PDT", -420), ("MST", -420), ("MDT", -360), ("CST", -360), ("CDT", -300), ("EST", -300),
    ("EDT", -240),
];

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant; of a date alone, its first one in the store's zone.
    pub instant: Timestamp,
    /// How it was found.
    pub by: By,
}

/// How an instant was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The text names its zone.
    Zone,
    /// The text has none, so the store's was taken.
    Store,
    /// So too, in the hour that the end of summer time repeats: the earlier of two instants.
    StoreTwice,
    /// So too, in the hour that the beginning of summer time leaves out: an hour was added.
    StoreNever,
    /// A date without a time.
    Date,
}

/// Reads a time as the store of this country writes it. Nothing where it cannot be read with certainty (`03/04/2026`
/// outside the United States may be two days), where nobody knows the store's zone, and where it lies later than
/// `now` and [`AHEAD_MAX`]: such a time is no time of a change.
pub fn moment(text: &str, country: &str, now: Timestamp) -> Option<Moment> {
    let found = read(text.trim(), country)?;
    (found.instant <= now.checked_add(AHEAD_MAX).ok()?).then_some(found)
}

fn read(text: &str, country: &str) -> Option<Moment> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(Moment { instant, by: By::Zone });
    }
    let (date, rest) = text.split_at(text.find([' ', 'T']).unwrap_or(text.len()));
    let date = read_date(date, country)?;
    let mut rest = rest.trim_start_matches([' ', 'T']).split_whitespace();
    let (time, zone) = (rest.next(), rest.next());
    if rest.next().is_some() {
        return None;
    }
    let Some(time) = time else {
        let zone = zone_of(country)?;
        let instant = date.to_zoned(zone).ok()?.timestamp();
        return Some(Moment { instant, by: By::Date });
    };
    let local = DateTime::from_parts(date, time.parse().ok()?);
    match zone {
        Some(zone) => {
            let minutes = ABBREVIATIONS.iter().find(|(name, _)| *name == zone)?.1;
            let instant = Offset::from_seconds(minutes * 60).ok()?.to_timestamp(local).ok()?;
            Some(Moment { instant, by: By::Zone })
        }
        None => {
            let local = zone_of(country)?.into_ambiguous_zoned(local);
            let by = match local.offset() {
                jiff::tz::AmbiguousOffset::Unambiguous { .. } => By::Store,
                jiff::tz::AmbiguousOffset::Gap { .. } => By::StoreNever,
                jiff::tz::AmbiguousOffset::Fold { .. } => By::StoreTwice,
            };
            Some(Moment { instant: local.compatible().ok()?.timestamp(), by })
        }
    }
}

/// The zone of the store of a country.
pub fn zone_of(country: &str) -> Option<TimeZone> {
    let (_, rule) = ZONES.iter().find(|(countries, _)| countries.contains(&country))?;
    TimeZone::posix(rule).ok()
}

/// `2026-01-31`, `2026/01/31`, `31.01.2026`, and with slashes the order of the country where it is certain.
fn read_date(text: &str, country: &str) -> Option<Date> {
    let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |text: &str| text.parse::<i16>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let (first_number, second_number, third_number) = (number(first)?, number(second)?, number(third)?);
    let (year, month, day) = match (first.len(), third.len(), separator) {
        (4, ..) => (first_number, second_number, third_number),
        (_, 4, '.') => (third_number, second_number, first_number),
        (_, 4, '/') if country == "US" || second_number > 12 => (third_number, first_number, second_number),
        (_, 4, '/') if first_number > 12 => (third_number, second_number, first_number),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads a yes or no, however Amazon writes it: as JSON's own or as text (L54). The original stays in the row.
pub fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}
