//! Amazon's token buckets: a burst at once, then a steady rate
//! (developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits).
//! Kept as the time at which the bucket will be full again, in whole nanoseconds, so that tests can be exact.

use jiff::{SignedDuration, Timestamp};

/// Parts of one request per second in which rates are written (0.0056 is the smallest step in use).
const PARTS_PER_REQUEST: u64 = 10_000;
/// Nanoseconds in a second.
const NANOSECONDS_PER_SECOND: u64 = 1_000_000_000;

/// How often an operation may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    /// Requests per second, in ten-thousandths.
    pub(crate) ten_thousandths: u64,
    /// Requests that may be made at once.
    pub(crate) burst: u64,
}

impl Rate {
    /// Time in which one spent request comes back.
    pub(crate) fn interval(self) -> SignedDuration {
        let parts = PARTS_PER_REQUEST * NANOSECONDS_PER_SECOND;
        let nanoseconds = parts.div_ceil(self.ten_thousandths.max(1));
        SignedDuration::from_nanos(i64::try_from(nanoseconds).unwrap_or(i64::MAX))
    }

    /// The rate as the header `x-amzn-RateLimit-Limit` has it: `0.0056`.
    pub(crate) fn header(self) -> String {
        let whole = self.ten_thousandths / PARTS_PER_REQUEST;
        let part = format!("{:04}", self.ten_thousandths % PARTS_PER_REQUEST);
        match part.trim_end_matches('0') {
            "" => format!("{whole}.0"),
            part => format!("{whole}.{part}"),
        }
    }
}

/// One bucket.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bucket {
    full_at: Option<Timestamp>,
}

impl Bucket {
    /// Takes one request out, or says that none is left (and changes nothing).
    pub(crate) fn take(&mut self, rate: Rate, now: Timestamp) -> bool {
        if self.left(rate, now) == 0 {
            return false;
        }
        let start = self.full_at.map_or(now, |full| full.max(now));
        self.full_at = Some(crate::clock::after(start, rate.interval()));
        true
    }

    /// Whole requests left now.
    pub(crate) fn left(&self, rate: Rate, now: Timestamp) -> u64 {
        let owed = self.full_at.map_or(0, |full| full.duration_since(now).as_nanos().max(0));
        let spent = owed.unsigned_abs().div_ceil(rate.interval().as_nanos().unsigned_abs().max(1));
        rate.burst.saturating_sub(u64::try_from(spent).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEARCH: Rate = Rate { ten_thousandths: 56, burst: 20 };

    #[test]
    fn twenty_at_once_and_the_next_after_exactly_one_interval() {
        let start: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let mut bucket = Bucket::default();
        for _ in 0..20 {
            assert!(bucket.take(SEARCH, start));
        }
        assert!(!bucket.take(SEARCH, start));
        // 1 / 0.0056 per second = 178.571428571… s
        let early = start + SignedDuration::from_nanos(178_571_428_571);
        assert!(!bucket.take(SEARCH, early));
        let due = start + SignedDuration::from_nanos(178_571_428_572);
        assert!(bucket.take(SEARCH, due));
        assert!(!bucket.take(SEARCH, due));
    }

    #[test]
    fn a_rest_fills_the_bucket_and_no_more() {
        let start: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let mut bucket = Bucket::default();
        assert!(bucket.take(SEARCH, start));
        assert_eq!(bucket.left(SEARCH, start + SignedDuration::from_hours(900)), 20);
    }

    #[test]
    fn the_header_has_the_plain_decimal() {
        assert_eq!(SEARCH.header(), "0.0056");
        assert_eq!(Rate { ten_thousandths: 5000, burst: 30 }.header(), "0.5");
        assert_eq!(Rate { ten_thousandths: 20_000, burst: 2 }.header(), "2.0");
    }
}
