//! What a whole pass counted, held against what Amazon counts in a report: neither is kept in memory, two sums are.
//!
//! Things come and go between the two moments. What the stream expects to change in that time is allowed for, and what
//! goes beyond is told, until a later check finds nothing.

use super::{Statements, Stream, Walk, Way, Window};
use crate::domains::{Check, Domain};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Things that there are any units of, and their units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Things with at least one unit.
    #[serde(rename = "n")]
    pub things: u64,
    /// Their units.
    #[serde(rename = "u")]
    pub units: u64,
}

impl Tally {
    /// Whether nothing was counted.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Counts one thing. What is no number, or below one, is no unit.
    pub fn count(&mut self, units: Option<&str>) {
        let units = units.and_then(|text| text.trim().parse::<u64>().ok()).unwrap_or_default();
        self.things = self.things.saturating_add(u64::from(units > 0));
        self.units = self.units.saturating_add(units);
    }

    /// Whether two counts differ by more than so many changes in between explain; `changes` may be a part of one. A
    /// change of a thing may be all of its units, and seldom makes it one more or less.
    fn differ(self, other: Self, changes: f64) -> bool {
        let each = self.units.max(other.units) as f64 / self.things.max(other.things).max(1) as f64;
        let things = self.things.abs_diff(other.things) as f64 > changes.floor();
        things || self.units.abs_diff(other.units) as f64 > changes.ceil().max(1.0) * each.ceil()
    }
}

/// The check of a stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Checking {
    /// What the last whole pass counted, and when it began: not held against the report yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed: Option<(Tally, Timestamp)>,
    /// The pass through the report, under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) walk: Option<Walk>,
    /// When the two last agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agreed_at: Option<Timestamp>,
    /// What differs, in plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// Windows whose statements are still to be held against their transactions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statements>,
}

impl Checking {
    pub(super) fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a report is still to be counted.
    pub(super) fn is_under_way(&self) -> bool {
        self.listed.is_some() || self.walk.is_some()
    }

    /// Leaves it: the next whole pass brings another.
    pub(crate) fn leave(&mut self) {
        if let Some(walk) = self.walk.take() {
            self.put_off(walk.window.before);
        }
        self.listed = None;
    }
}

impl Stream {
    /// Leaves a check that met trouble: it is worth no second try, since what it checks has landed, and the next whole
    /// pass brings another. Whatever else has trouble meets it again.
    pub(crate) fn leave_check(&mut self) {
        if self.check.is_under_way() && self.trouble.take().is_some() {
            self.check.leave();
        }
    }

    /// Takes in what a whole pass counted, where it is time to hold it against the report.
    pub(super) fn list(&mut self, check: &Check, walk: &Walk, now: Timestamp) {
        let due = self.check.agreed_at.is_none_or(|at| now >= at + check.every);
        if due && walk.way == Way::Sweep {
            self.check.leave();
            self.check.listed = Some((walk.tally, walk.begun));
        }
    }

    /// The pass through the report, where one is to be made.
    pub(super) fn next_check(&self, domain: &Domain, now: Timestamp) -> Option<Walk> {
        if let Some(totals) = &domain.totals {
            return self.next_statements(totals, now);
        }
        domain.check.as_ref()?;
        let (_, after) = self.check.listed?;
        let window = Window { after, before: now.max(after) };
        let fresh = || Walk::new(window, self.covered.clone(), Way::Check, now);
        Some(self.check.walk.clone().unwrap_or_else(fresh))
    }

    /// Takes in what the report counted; what the pass before had counted, and whether the two differ.
    pub(crate) fn conclude(&mut self, walk: &Walk, now: Timestamp) -> Option<(Tally, bool)> {
        let (listed, since) = self.check.listed?;
        let hours = now.duration_since(since).max(SignedDuration::ZERO).as_secs_f64() / 3600.0;
        let reported = walk.tally;
        let differ = listed.differ(reported, self.changes_an_hour.unwrap_or_default() * hours);
        self.check.leave();
        self.check.agreed_at = (!differ).then_some(now);
        self.check.says = differ.then(|| {
            format!(
                "Amazon's report counts {} with {} units, the complete list that landed before it {} with {}: more \
                 than changes in between explain. Nothing needs to be done: both are asked for again within a day. If \
                 this stays, the list at Amazon is incomplete; tell Amazon's support the numbers.",
                reported.things, reported.units, listed.things, listed.units
            )
        });
        Some((listed, differ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(things: u64, units: u64) -> Tally {
        Tally { things, units }
    }

    #[test]
    fn things_without_a_unit_are_not_counted() {
        let mut counted = Tally::default();
        for text in [Some("3"), Some(" 4 "), Some("0"), Some(""), Some("-2"), Some("many"), None] {
            counted.count(text);
        }
        assert_eq!(counted, tally(2, 7));
    }

    #[test]
    fn l30_totals_differ_by_what_changes_do_not_explain() {
        let listed = tally(50, 1_000);
        for (reported, changes, differ) in [
            (tally(50, 1_000), 0.0, false),
            (tally(50, 985), 0.1, false),
            (tally(50, 900), 0.1, true),
            (tally(50, 900), 5.0, false),
            (tally(51, 1_000), 0.9, true),
            (tally(52, 1_040), 2.0, false),
            (tally(0, 0), 3.0, true),
        ] {
            assert_eq!(listed.differ(reported, changes), differ, "{reported:?}, {changes}");
            assert_eq!(reported.differ(listed, changes), differ, "either way");
        }
        assert!(!tally(0, 0).differ(tally(0, 0), 0.0), "an account without stock");
    }
}
