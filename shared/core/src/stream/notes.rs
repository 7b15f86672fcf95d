//! What a stream remembers for people: sums, the last calls, the last day by the hour, and its trouble.
//!
//! The row is written with each step, and DynamoDB counts its kilobytes: these are few and short.

use crate::call::Denial;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::VecDeque;

/// Sums since the stream began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Records landed, repetitions counted.
    pub records: u64,
    /// Pages landed, empty ones included.
    pub pages: u64,
    /// Objects written.
    pub objects: u64,
    /// Calls made.
    pub calls: u64,
    /// Of these, answered with 429. Each is a defect to explain.
    pub throttled: u64,
}

/// Calls that a stream's row remembers: enough to see what is going on, too few to weigh on the row.
pub const CALLS_KEPT: usize = 3;

/// One call, for the page: nothing of what was asked or answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNote {
    /// When it was made, to the millisecond.
    #[serde(rename = "t", with = "jiff::fmt::serde::timestamp::millisecond::required")]
    pub at: Timestamp,
    /// Its operation, where it is not the one that its domain begins with.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// HTTP status; nothing where no complete answer came.
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Amazon's id of the call: its support asks for it.
    #[serde(rename = "r")]
    pub request_id: String,
    /// From the first byte sent to the last received, milliseconds.
    #[serde(rename = "d")]
    pub duration_ms: i64,
    /// Calls that could have been made at once after it.
    #[serde(rename = "l")]
    pub quota_left: u32,
}

/// Hours that are remembered.
pub const HOURS_KEPT: usize = 24;

/// One hour of a stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// Records landed.
    pub records: u64,
    /// Calls made.
    pub calls: u64,
    /// The longest that what had landed was behind, minutes.
    pub lag_min: u64,
}

/// The last hours, the newest last. Stored as `489012;3.1.16,,0.1.60`: the newest's number since 1970, then
/// records, calls and minutes of each; nothing where an hour was idle, and not those before the first that was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours {
    newest: i64,
    hours: VecDeque<Hour>,
}

impl Hours {
    /// Counts into the hour of `now`.
    pub fn count(&mut self, now: Timestamp, records: u64, calls: u64, lag: SignedDuration) {
        let hour = now.as_second().div_euclid(3600);
        let passed = if self.hours.is_empty() { 1 } else { hour.saturating_sub(self.newest) };
        for _ in 0..passed.clamp(0, HOURS_KEPT as i64) {
            self.hours.push_back(Hour::default());
        }
        self.newest = self.newest.max(hour);
        while self.hours.len() > HOURS_KEPT {
            self.hours.pop_front();
        }
        if let Some(latest) = self.hours.back_mut() {
            latest.records += records;
            latest.calls += calls;
            latest.lag_min = latest.lag_min.max(lag.as_secs().max(0).unsigned_abs() / 60);
        }
    }

    /// The last [`HOURS_KEPT`] hours up to `now`, the oldest first; an hour without work is all zeros.
    pub fn until(&self, now: Timestamp) -> Vec<Hour> {
        let passed = now.as_second().div_euclid(3600).saturating_sub(self.newest).clamp(0, HOURS_KEPT as i64);
        let idle = std::iter::repeat_n(Hour::default(), passed as usize);
        let known: Vec<_> = self.hours.iter().copied().chain(idle).collect();
        let missing = HOURS_KEPT.saturating_sub(known.len());
        let before = std::iter::repeat_n(Hour::default(), missing);
        before.chain(known).rev().take(HOURS_KEPT).collect::<Vec<_>>().into_iter().rev().collect()
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let idle = |hour: &&Hour| **hour == Hour::default();
        let hour = |hour: &Hour| match idle(&hour) {
            true => String::new(),
            false => format!("{}.{}.{}", hour.records, hour.calls, hour.lag_min),
        };
        let hours = self.hours.iter().skip_while(idle).map(hour).collect::<Vec<_>>().join(",");
        to.serialize_str(&format!("{};{hours}", self.newest))
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        // They are for people: whatever cannot be read begins anew.
        Ok(Self::read(&text).unwrap_or_default())
    }
}

impl Hours {
    fn read(text: &str) -> Option<Self> {
        let (newest, hours) = text.split_once(';')?;
        let hour = |text: &str| {
            if text.is_empty() {
                return Some(Hour::default());
            }
            let mut numbers = text.split('.').map(|number| number.parse().ok());
            let mut next = || numbers.next().flatten();
            Some(Hour { records: next()?, calls: next()?, lag_min: next()? })
        };
        let hours = hours.split(',').filter(|_| !hours.is_empty()).map(hour).collect::<Option<_>>()?;
        Some(Self { newest: newest.parse().ok()?, hours })
    }
}

/// What keeps a stream from moving, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Since when.
    pub since: Timestamp,
    /// In plain words: what it is and what to do.
    pub says: String,
    /// Set when Amazon closed the operation to this connection.
    pub denied: Option<Denial>,
    /// How often in a row it was met; the pause grows with it.
    pub times: u32,
}

/// Longest pause while Amazon has trouble: everything is caught up a quarter of an hour after it ends (I13).
pub const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(8);

/// Longest pause while an operation is closed to a connection: only a person can change that.
pub const LONGEST_DENIED_PAUSE: SignedDuration = SignedDuration::from_mins(60);

impl Trouble {
    /// The pause after it: a minute, doubled each time.
    pub fn pause(&self) -> SignedDuration {
        self.doubled().min(if self.denied.is_some() { LONGEST_DENIED_PAUSE } else { LONGEST_PAUSE })
    }

    /// The pause where only a person can help, though nothing is closed.
    pub fn long_pause(&self) -> SignedDuration {
        self.doubled().min(LONGEST_DENIED_PAUSE)
    }

    fn doubled(&self) -> SignedDuration {
        SignedDuration::from_secs(60_i64 << self.times.saturating_sub(1).min(6))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_after_troubles_grows_and_longer_where_only_a_person_can_help() {
        let pause = |times, denied| {
            let trouble = Trouble { since: Timestamp::UNIX_EPOCH, says: String::new(), denied, times };
            trouble.pause().as_secs() / 60
        };
        assert_eq!((1..=6).map(|times| pause(times, None)).collect::<Vec<_>>(), [1, 2, 4, 8, 8, 8]);
        assert_eq!([1, 5, 7, 9].map(|times| pause(times, Some(Denial::Role))), [1, 16, 60, 60]);
        assert_eq!(pause(u32::MAX, None), 8);
    }

    #[test]
    fn the_last_day_is_kept_by_the_hour_and_survives_the_row() {
        let at = |hour: i64| Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap();
        let mut hours = Hours::default();
        for hour in 0..30 {
            hours.count(at(hour), 2, 1, SignedDuration::from_mins(hour));
            hours.count(at(hour), 1, 1, SignedDuration::ZERO);
        }
        let stored = serde_json::to_string(&hours).unwrap();
        assert!(stored.len() < 250, "{stored}");
        let read: Hours = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, hours);
        let day = read.until(at(31));
        assert_eq!(day.len(), HOURS_KEPT);
        assert_eq!(
            day[HOURS_KEPT - 2],
            Hour { records: 3, calls: 2, lag_min: 29 }.min_of(&day[HOURS_KEPT - 2])
        );
        assert_eq!(day[HOURS_KEPT - 1], Hour::default(), "nothing yet in this hour");
        assert_eq!(hours.until(at(100)), [Hour::default(); HOURS_KEPT]);
        assert_eq!(serde_json::from_str::<Hours>("\"odd\"").unwrap(), Hours::default());
    }

    impl Hour {
        fn min_of(self, other: &Self) -> Self {
            Self { records: self.records.min(other.records), ..*other }
        }
    }
}
