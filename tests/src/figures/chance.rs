//! Chance with a seed: the same run each time.

use std::cell::Cell;

/// A generator (splitmix64).
#[derive(Debug)]
pub struct Chance {
    state: Cell<u64>,
}

/// Half of all calls to Amazon take at most so long, milliseconds. An assumption; the ratios hold for 100 to 1,000.
pub const CALL_MEDIAN_MS: f64 = 350.0;

/// The spread of their logarithm: one in twenty takes more than 800 ms. An assumption.
pub const CALL_SIGMA: f64 = 0.5;

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: Cell::new(seed) }
    }

    /// Any number.
    pub fn bits(&self) -> u64 {
        let state = self.state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.state.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, never 0.
    pub fn part(&self) -> f64 {
        ((self.bits() >> 11) as f64 + 1.0) / (1_u64 << 53) as f64
    }

    /// Exponential with this mean.
    pub fn exponential(&self, mean: f64) -> f64 {
        -mean * self.part().ln()
    }

    /// How long one call to Amazon takes, milliseconds: lognormal.
    pub fn call_ms(&self) -> i64 {
        let normal = (-2.0 * self.part().ln()).sqrt() * (std::f64::consts::TAU * self.part()).cos();
        (CALL_MEDIAN_MS * (CALL_SIGMA * normal).exp()).round().max(1.0) as i64
    }

    /// What a message takes through SQS beyond its delay, milliseconds. An assumption: 10 ms and 30 more on average.
    pub fn message_ms(&self) -> i64 {
        10 + self.exponential(30.0) as i64
    }
}
