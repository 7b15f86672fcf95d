//! The fortnight in which an account counts its stock and is paid: both start over every fourteen days from the
//! beginning of its history.

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::truth::Account;

/// Length of a cycle. Amazon pays every fourteen days
/// (sellercentral.amazon.com/help/hub/reference/G19652, "settlement period").
pub(crate) const CYCLE: SignedDuration = SignedDuration::from_hours(24 * 14);

impl Account<'_> {
    /// The cycle that this moment is in; before the beginning they are negative.
    pub(crate) fn cycle(self, at: Timestamp) -> i64 {
        let passed = at.duration_since(self.origin()).as_nanos();
        i64::try_from(passed.div_euclid(CYCLE.as_nanos())).unwrap_or(0)
    }

    /// When a cycle starts.
    pub(crate) fn starts(self, cycle: i64) -> Timestamp {
        after(self.origin(), CYCLE.saturating_mul(i32::try_from(cycle).unwrap_or(i32::MAX)))
    }

    /// The whole of a cycle.
    pub(crate) fn span(self, cycle: i64) -> (Timestamp, Timestamp) {
        (self.starts(cycle), self.starts(cycle + 1))
    }
}
