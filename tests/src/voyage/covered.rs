//! What a stream claims to have landed. The one place that knows how its row says so.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains;
use sellerport_core::stream::Stream;

/// A stretch of time of which everything has landed, as a stream claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Covered {
    /// From here.
    pub(super) from: Timestamp,
    /// Up to here.
    pub(super) to: Timestamp,
}

/// What a stream claims; nothing before its first pass.
pub(super) fn covered(stream: &Stream) -> Option<Covered> {
    // Without a history left, everything that Amazon keeps has landed.
    let from = stream.history.iter().map(|part| part.reached).max();
    stream.cursor.map(|to| Covered { from: from.unwrap_or(Timestamp::UNIX_EPOCH), to })
}

/// What a stream may need beyond its own pause: a minute until the schedule sees it, a queue, and a few pages.
const ALLOWED: SignedDuration = SignedDuration::from_mins(5);

/// How long a stream means to rest, and how far it may be behind at most: as long, and a little more.
pub(super) fn pace(stream: &Stream) -> (SignedDuration, SignedDuration) {
    let domain = domains::by_name(&stream.domain);
    domain.map_or((ALLOWED, ALLOWED), |domain| {
        let rests = stream.cadence(domain);
        (rests, domain.lag + rests + ALLOWED)
    })
}

impl Covered {
    /// The stretches that are claimed now and were not before.
    pub(super) fn beyond(&self, before: Option<Self>) -> Vec<(Timestamp, Timestamp)> {
        let Some(before) = before else { return vec![(self.from, self.to)] };
        let mut new = Vec::new();
        if self.to > before.to {
            new.push((before.to, self.to));
        }
        if self.from < before.from {
            new.push((self.from, before.from));
        }
        new
    }

    /// Whether everything that was claimed before is claimed still.
    pub(super) fn holds(&self, before: Self) -> bool {
        self.from <= before.from && self.to >= before.to
    }
}

/// The fields of a stream's row that only the holder of its lease may change.
pub(super) const PROGRESS: [&str; 5] = ["cursor", "walk", "history", "pages", "records"];
