//! Every choice of a voyage, from one seed.

use jiff::SignedDuration;
use std::cell::Cell;

/// Numbers that look random; the same seed gives the same ones (`SplitMix64`).
#[derive(Debug)]
pub(super) struct Dice(Cell<u64>);

impl Dice {
    /// From a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// Dice that roll on their own, so that what uses these does not shift them.
    pub(super) fn apart(&self) -> Self {
        Self::new(self.roll())
    }

    /// The next number.
    pub(super) fn roll(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below the bound, which is not 0.
    pub(super) fn below(&self, bound: u64) -> u64 {
        self.roll() % bound
    }

    /// A place in a list that is not empty.
    pub(super) fn place(&self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    /// One of these.
    pub(super) fn pick<T: Copy>(&self, from: &[T]) -> T {
        from[self.place(from.len())]
    }

    /// Whether something that happens so often in ten thousand times happens now.
    pub(super) fn happens(&self, in_ten_thousand: u64) -> bool {
        in_ten_thousand > 0 && self.below(10_000) < in_ten_thousand
    }

    /// A whole number of seconds between the two.
    pub(super) fn span(&self, least: SignedDuration, most: SignedDuration) -> SignedDuration {
        let room = u64::try_from((most - least).as_secs()).unwrap_or(0);
        least + SignedDuration::from_secs(i64::try_from(self.below(room + 1)).unwrap())
    }

    /// A whole number of milliseconds between the two.
    pub(super) fn span_ms(&self, (least, most): (u64, u64)) -> SignedDuration {
        SignedDuration::from_millis(i64::try_from(least + self.below(most - least + 1)).unwrap())
    }
}
