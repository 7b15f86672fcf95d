//! What others say about a stream: that something changed, or that what it waits for is there.
//!
//! A hint only ever moves a due time forward, and never to less than a gap after the cursor, so that however many
//! come, a stream is fetched at most once in that gap. A run that lands everything up to the moment of a hint
//! fulfils it; whatever a planned run will find anyway costs no write.

use super::Stream;
use crate::domains::Domain;
use jiff::{SignedDuration, Timestamp};

/// A hint brings the next run no nearer than this to the one before. Of `searchOrders`, the slowest operation
/// that is hinted at, that takes three fifths of what the bucket refills (one call each 179 s, Amazon's model
/// orders_2026-01-01).
pub const MIN_GAP: SignedDuration = SignedDuration::from_mins(5);

/// A domain's gap is this part of its usual cadence where that is longer: one whose fetching is expensive is not
/// fetched more than so many times as often.
const PART_OF_CADENCE: i32 = 3;

/// Where the run that is under way may look too early, the next one is asked for everything up to so long after
/// the hint: those that follow within this time need no write of their own.
pub const TOGETHER: SignedDuration = SignedDuration::from_secs(60);

/// What a stream waits for is looked at no sooner than this after its last call.
pub const READY_GAP: SignedDuration = SignedDuration::from_secs(60);

/// The shortest time between two runs of a domain that hints ask for.
pub fn gap(domain: &Domain) -> SignedDuration {
    MIN_GAP.max(domain.cadence / PART_OF_CADENCE)
}

impl Stream {
    /// Takes in that something changed at a moment, which is never later than `now`. Whether the row changed:
    /// one that did not need not be written.
    pub fn changed(&mut self, domain: &Domain, at: Timestamp, now: Timestamp) -> bool {
        let (Some(cursor), Some(due)) = (self.cursor, self.due_at) else { return false };
        // One in trouble keeps to its pauses.
        let known = at <= cursor || self.wanted.is_some_and(|wanted| at <= wanted);
        if known || self.trouble.is_some() {
            return false;
        }
        let under_way = self.lease.holder.is_some() || self.slot > self.finished;
        let enough = at + domain.lag;
        let earliest = enough.max(cursor + domain.lag + gap(domain)).max(now);
        if !under_way && enough <= due && due <= earliest {
            return false;
        }
        // A run before `enough` does not see it yet: another one follows.
        let too_early = under_way || due < enough;
        self.wanted = Some(if too_early { at + TOGETHER } else { at });
        if !under_way {
            self.due_at = Some(due.min(earliest));
        }
        true
    }

    /// Takes in that what the stream waits for is there: a message on its way for later is overtaken by the
    /// dispatcher's. One that is at work, or waits for nothing, is left alone. Whether the row changed.
    pub fn ready(&mut self, now: Timestamp) -> bool {
        let waits = self.lease.holder.is_none() && (self.slot > self.finished || self.walk.is_some());
        let Some(due) = self.due_at.filter(|_| waits && self.trouble.is_none()) else { return false };
        let soon = self.recent.back().map_or(now, |call| now.max(call.at + READY_GAP));
        if due <= soon {
            return false;
        }
        self.due_at = Some(soon);
        true
    }

    /// When a hint that is not fulfilled yet wants an onward run.
    pub(super) fn due_hinted(&self, domain: &Domain) -> Option<Timestamp> {
        let cursor = self.cursor?;
        let wanted = self.wanted.filter(|wanted| *wanted > cursor)?;
        Some(wanted.max(cursor + gap(domain)) + domain.lag)
    }

    /// Forgets hints whose changes have landed: the row of a stream at rest stays small.
    pub(super) fn fulfil(&mut self) {
        self.forget_names();
        self.wanted = self.wanted.filter(|wanted| self.cursor.is_none_or(|cursor| *wanted > cursor));
    }

    /// Takes over the hint that somebody wrote down while this row was worked on. Where the stream was just given
    /// back, it counts at once.
    pub(crate) fn overhear(&mut self, theirs: &Self, domain: &Domain) {
        self.wanted = self.wanted.max(theirs.wanted);
        let named = self.overhear_names(&theirs.names);
        self.fulfil();
        let rests = self.lease.holder.is_none() && self.slot == self.finished && self.trouble.is_none();
        if let (Some(due), Some(soon), true) = (self.due_at, self.due_hinted(domain), rests) {
            self.due_at = Some(due.min(soon));
        }
        let free = self.lease.holder.is_none() && self.trouble.is_none();
        if let (Some(due), Some(named), true) = (self.due_at, named, free) {
            self.due_at = Some(due.min(named));
        }
    }
}

#[cfg(test)]
#[path = "hint_tests.rs"]
mod tests;
