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
        let claimed = claimed(domain, stream, &own, store);
        let lowest = down(&own, store, claimed.unwrap_or(Timestamp::MIN).max(kept), whole, &mut found.gaps);
        found.checked_from = found.checked_from.max(lowest);
    }
    found.gaps.sort_by_key(|gap| std::cmp::Reverse((gap.window.before, gap.window.after)));
    found
}

/// Whether a pass covers its window: one by another source sees something else.
fn counts(domain: &Domain, way: Way) -> bool {
    way != Way::Sweep || !matches!(domain.sweep, Sweep::Whole(_))
}

/// Goes down through a store's windows and notes what lies between them above `claimed`. How far down they reach
/// without a window missing below.
fn down(
    own: &[&Landed],
    store: &str,
    claimed: Timestamp,
    whole: bool,
    gaps: &mut Vec<Gap>,
) -> Option<Timestamp> {
    let mut reach = own.first()?.window.before;
    let mut miss = |after: Timestamp, before: Timestamp| {
        let window = Window { after: after.max(claimed), before };
        if window.after >= window.before {
            return;
        }
        match gaps.iter_mut().find(|gap| gap.window == window) {
            Some(gap) => gap.stores.push(store.to_owned()),
            None => gaps.push(Gap { window, stores: vec![store.to_owned()] }),
        }
    };
    for one in own {
        if one.window.before < reach {
            miss(one.window.before, reach);
        }
        reach = reach.min(one.window.after);
    }
    if whole && claimed > Timestamp::MIN {
        miss(claimed, reach);
    }
    Some(reach.max(claimed))
}

/// How far back the stream says that a store's windows reach: as far as its history has come, or to its floor, which
/// is as far before the history's beginning as Amazon keeps anything. Nothing where that cannot be told.
fn claimed(domain: &Domain, stream: &Stream, own: &[&Landed], store: &str) -> Option<Timestamp> {
    let of = |part: &&History| part.stores.iter().any(|known| known == store);
    if let Some(part) = stream.history.iter().find(of) {
        return Some(part.reached);
    }
    let begun = own.iter().filter(|one| one.way == Way::History).map(|one| one.begun).min()?;
    Some(present(domain, begun) - domain.lookback)
}

#[cfg(test)]
#[path = "gaps_tests.rs"]
mod tests;
