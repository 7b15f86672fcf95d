//! What a stream claims to have landed. The one place that knows how its row says so.

use jiff::Timestamp;
use sellerport_core::stream::Stream;

/// A stretch of time of which everything has landed, as a stream claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    /// From here.
    pub from: Timestamp,
    /// Up to here.
    pub to: Timestamp,
}

/// What a stream claims; nothing before its first pass.
pub fn covered(stream: &Stream) -> Option<Covered> {
    // The first pass reaches back as far as Amazon keeps anything.
    stream.cursor.map(|to| Covered { from: Timestamp::UNIX_EPOCH, to })
}

impl Covered {
    /// The stretches that are claimed now and were not before.
    pub fn beyond(&self, before: Option<Self>) -> Vec<(Timestamp, Timestamp)> {
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
    pub fn holds(&self, before: Self) -> bool {
        self.from <= before.from && self.to >= before.to
    }
}

/// The fields of a stream's row that only the holder of its lease may change.
pub const PROGRESS: [&str; 5] = ["cursor", "walk", "history", "pages", "records"];
