//! Whether anything is missing between what has landed: the windows of a stream, held against each other.
//!
//! Only where windows begin and end counts. A stretch in which nothing was found may have no window of its own and be
//! the beginning of the next one; so the newest may end before the cursor, and that is no gap.

use super::plan::present;
use super::{History, KEPT, Landed, Stream, Way, Window};
use crate::domains::{Domain, Sweep};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// What is known of the time that a stream's windows cover.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// From here on everything was looked at ...
    pub checked_from: Option<Timestamp>,
    /// ... up to here.
    pub checked_until: Option<Timestamp>,
    /// What is missing, the newest first.
    pub gaps: Vec<Gap>,
}

/// A stretch of time that no window covers though the stream is past it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// From when to when.
    #[serde(flatten)]
    pub window: Window,
    /// The stores of which it is missing.
    pub stores: Vec<String>,
}

/// Rows are swept away within a few days of their end (docs.aws.amazon.com, DynamoDB time to live).
const SWEPT_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 3);

/// Holds windows against each other, the newest first as [`Landed::latest`] lists them. `whole` says that there are no
/// older ones. A picture of the present covers no time, so it has no gaps.
pub fn coverage(
    domain: &Domain,
    stream: &Stream,
    windows: &[Landed],
    whole: bool,
    now: Timestamp,
) -> Coverage {
    if domain.is_picture() {
        return Coverage::default();
    }
    let counted: Vec<&Landed> = windows.iter().filter(|one| counts(domain, one.way)).collect();
    let mut found = Coverage {
        checked_from: None,
        checked_until: counted.iter().map(|one| one.window.before).max(),
        gaps: Vec::new(),
    };
    // What landed longer ago than rows are kept has left none.
    let oldest = windows.iter().map(|one| one.begun).min();
    let swept = now - KEPT + SWEPT_WITHIN;
    let kept = if oldest.is_some_and(|oldest| oldest < swept) { swept } else { Timestamp::MIN };
    for store in &stream.covered {
        let own: Vec<&Landed> = counted.iter().copied().filter(|one| one.stores.contains(store)).collect();
        let ahead: Vec<&History> =
            stream.history.iter().filter(|part| part.stores.iter().any(|known| known == store)).collect();
        let floor = floor(domain, &own, &ahead).filter(|_| whole).map(|floor| floor.max(kept));
        let (missing, lowest) = down(&own, floor);
        found.checked_from = found.checked_from.max(lowest.map(|lowest| lowest.max(kept)));
        for window in missing {
            let window = Window { after: window.after.max(kept), ..window };
            for window in ahead.iter().fold(vec![window], |left, part| without(left, part)) {
                match found.gaps.iter_mut().find(|gap| gap.window == window) {
                    Some(gap) => gap.stores.push(store.clone()),
                    None => found.gaps.push(Gap { window, stores: vec![store.clone()] }),
                }
            }
        }
    }
    found.gaps.sort_by_key(|gap| std::cmp::Reverse((gap.window.before, gap.window.after)));
    found
}

/// Whether a pass covers its window: one by another source sees something else, one about a thing nothing but it.
fn counts(domain: &Domain, way: Way) -> bool {
    match way {
        Way::Onward | Way::History => true,
        Way::Sweep => !matches!(domain.sweep, Sweep::Whole(_)),
        Way::Named | Way::Check => false,
    }
}

/// What lies between a store's windows, and below them down to the floor where one is given; and how far down they reach.
fn down(own: &[&Landed], floor: Option<Timestamp>) -> (Vec<Window>, Option<Timestamp>) {
    let mut missing = Vec::new();
    let Some(newest) = own.first() else { return (missing, None) };
    let mut reach = newest.window.before;
    for one in own {
        if one.window.before < reach {
            missing.push(Window { after: one.window.before, before: reach });
        }
        reach = reach.min(one.window.after);
    }
    if let Some(floor) = floor.filter(|floor| *floor < reach) {
        missing.push(Window { after: floor, before: reach });
    }
    (missing, Some(reach))
}

/// What is left of windows without what is on its way.
fn without(windows: Vec<Window>, part: &History) -> Vec<Window> {
    let around = |window: Window| {
        let below = Window { before: window.before.min(part.floor), ..window };
        let above = Window { after: window.after.max(part.reached), ..window };
        [below, above]
    };
    windows.into_iter().flat_map(around).filter(|window| window.after < window.before).collect()
}

/// As far back as a store's windows have to reach in the end: as far as Amazon kept anything when its history began.
/// Nothing where that cannot be told.
fn floor(domain: &Domain, own: &[&Landed], ahead: &[&History]) -> Option<Timestamp> {
    let begun = own.iter().filter(|one| one.way == Way::History).map(|one| one.begun).min();
    let kept = begun.map(|begun| present(domain, begun) - domain.lookback);
    kept.into_iter().chain(ahead.iter().map(|part| part.floor)).min()
}

#[cfg(test)]
#[path = "gaps_tests.rs"]
mod tests;
