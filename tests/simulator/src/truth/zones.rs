//! The time zones of the stores, by their names and rules; no database of them is needed for these.

use jiff::tz::TimeZone;

use crate::marketplaces::Marketplace;

/// IANA's names and the rules in the words of POSIX (which are as of 2026).
const ZONES: [(&str, &str); 26] = [
    ("UTC", "UTC0"),
    ("GMT", "GMT0"),
    ("Etc/UTC", "UTC0"),
    ("US/Pacific", "PST8PDT,M3.2.0,M11.1.0"),
    ("US/Central", "CST6CDT,M3.2.0,M11.1.0"),
    ("US/Eastern", "EST5EDT,M3.2.0,M11.1.0"),
    ("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"),
    ("America/Denver", "MST7MDT,M3.2.0,M11.1.0"),
    ("America/Chicago", "CST6CDT,M3.2.0,M11.1.0"),
    ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
    ("America/Mexico_City", "CST6"),
    ("America/Sao_Paulo", "<-03>3"),
    ("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("Europe/Dublin", "GMT0IST,M3.5.0/1,M10.5.0"),
    ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Paris", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Istanbul", "<+03>-3"),
    ("Africa/Johannesburg", "SAST-2"),
    ("Africa/Cairo", "EET-2EEST,M4.5.5/0,M10.5.4/24"),
    ("Asia/Riyadh", "<+03>-3"),
    ("Asia/Dubai", "<+04>-4"),
    ("Asia/Kolkata", "IST-5:30"),
    ("Asia/Singapore", "<+08>-8"),
    ("Asia/Tokyo", "JST-9"),
    ("Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    ("MET", "CET-1CEST,M3.5.0,M10.5.0/3"),
];

/// The zone with this name, if it is one of a store's.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    let (_, rules) = ZONES.iter().find(|(known, _)| *known == name)?;
    TimeZone::posix(rules).ok()
}

/// The zone in which a store counts its days.
pub(crate) fn zone_of(store: &Marketplace) -> TimeZone {
    let name = match store.country {
        "US" | "CA" => "America/Los_Angeles",
        "MX" => "America/Mexico_City",
        "BR" => "America/Sao_Paulo",
        "GB" => "Europe/London",
        "IE" => "Europe/Dublin",
        "TR" => "Europe/Istanbul",
        "ZA" => "Africa/Johannesburg",
        "EG" => "Africa/Cairo",
        "SA" => "Asia/Riyadh",
        "AE" => "Asia/Dubai",
        "IN" => "Asia/Kolkata",
        "SG" => "Asia/Singapore",
        "AU" => "Australia/Sydney",
        "JP" => "Asia/Tokyo",
        _ => "Europe/Paris",
    };
    zone(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_rules_that_can_be_read() {
        assert!(ZONES.iter().all(|(name, _)| zone(name).is_some()));
        let noon: jiff::Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
        let there = noon.to_zoned(zone("America/Los_Angeles").unwrap());
        assert_eq!(there.strftime("%H:%M%:z").to_string(), "05:00-07:00");
    }
}
