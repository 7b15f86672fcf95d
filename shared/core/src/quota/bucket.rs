//! One of Amazon's token buckets as we keep it, and the arithmetic of it. No effects.
//!
//! The bucket is one moment, `full_at` (GCRA, "virtual scheduling"): each call moves it on by the time that
//! refills one, and a call may be made when the bucket would not be overdrawn. A reservation is never refused,
//! it is given a moment.

use super::Payer;
use super::usage::Usage;
use crate::catalogue::Operation;
use crate::store::{Key, Stored, TableName};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Calls of a full bucket that are left alone: the network makes some calls arrive late and the next ones
/// early, and Amazon counts arrivals. One is enough in simulation (no 429 in 300,000 calls).
pub const SPARE: u32 = 1;

/// A bucket that has no call to leave alone takes so much more than a refill from one call to the next: as much as a
/// call may be later on its way than the one after it. Without it 6 of 56 calls of a bucket of one met a 429 over a
/// loopback, with half of it 2 of 22 in `make cost`, where half of all calls take more than 350 ms; with it half a call a
/// second becomes a call every 2.5 seconds.
pub const UNEVEN: SignedDuration = SignedDuration::from_millis(500);

/// Of a bucket's calls, one in so many is kept for people, so that a page stays quick beside a backfill.
pub const KEPT_SHARE: u32 = 10;

/// At most so many are kept for people.
pub const KEPT_MAX: u32 = 2;

/// A rate learned from `x-amzn-RateLimit-Limit` is believed within these factors of the published one.
/// The header may be absent, zero or absurd; developer-docs.amazon.com says not to depend on it.
pub const BELIEVED: std::ops::RangeInclusive<f64> = 0.05..=20.0;

/// A 429 in the steady flow slows the bucket to this part of its rate.
const SLOWED: f64 = 0.9;

/// It never gets slower than this part.
const SLOWEST: f64 = 0.1;

/// Each hour without a 429 gives this part of the rate back.
const RECOVERED_AN_HOUR: f64 = 0.01;

/// One 429 within the burst may be anybody's mistake; a second one within this time is believed.
const DOUBT: SignedDuration = SignedDuration::from_hours(24);

/// A burst that 429s showed to be smaller than published is believed for this long.
const BURST_REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 7);

/// No call is reserved further ahead than this; a bucket that says otherwise met a wrong clock.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(24);

/// What a bucket learned is kept so long after its last call.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 40);

/// A refill is rounded to nanoseconds; a bucket of 100,000 calls is off by less than this.
const ROUNDING: f64 = 1e-6;

/// One bucket as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Bucket {
    pub(super) payer: String,
    pub(super) operation: String,
    /// When the bucket will be full again.
    pub(super) full_at: Timestamp,
    /// Calls per second, as published or as Amazon's header says.
    pub(super) rate: f64,
    /// Calls that fit in it, as published or less.
    burst: u32,
    /// When the burst was found to be smaller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    burst_learned_at: Option<Timestamp>,
    /// When a call was last refused that should have found one of the burst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubted_at: Option<Timestamp>,
    /// Calls reserved since it was last full.
    spent: u32,
    /// The part of the rate that is used since a 429, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slowed: Option<(f64, Timestamp)>,
    /// Calls lent to people, each by the moment at which it is paid back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lent: Vec<Timestamp>,
    /// What was called.
    #[serde(flatten)]
    pub(super) usage: Usage,
}

impl Stored for Bucket {
    fn key(&self) -> Key {
        Key::new(TableName::Quotas, self.payer.clone(), self.operation.clone())
    }

    fn expires(&self) -> Option<Timestamp> {
        // A full bucket is the same as no row, but what it learned and counted is worth keeping a while.
        Some(self.full_at + REMEMBERED)
    }
}

impl Bucket {
    /// Full, as published.
    pub(super) fn new(payer: &Payer, operation: &Operation, now: Timestamp) -> Self {
        Self::of(payer.partition(), operation, operation.rate, operation.burst, now)
    }

    /// A bucket of this size, full.
    pub(super) fn of(payer: String, operation: &Operation, rate: f64, burst: u32, now: Timestamp) -> Self {
        Self {
            payer,
            operation: format!("{}@{}", operation.name, operation.api),
            full_at: now,
            rate,
            burst,
            burst_learned_at: None,
            doubted_at: None,
            spent: 0,
            slowed: None,
            lent: Vec::new(),
            usage: Usage::from(now),
        }
    }

    /// Calls per second at present.
    pub(super) fn pace(&self, now: Timestamp) -> f64 {
        let Some((part, since)) = self.slowed else { return self.rate };
        let hours = now.duration_since(since).as_secs_f64().max(0.0) / 3600.0;
        self.rate * (part + hours * RECOVERED_AN_HOUR).min(1.0)
    }

    /// Calls that fit in it at present.
    pub(super) fn burst(&self) -> u32 {
        self.burst
    }

    /// Whether it is slower or smaller than published because Amazon refused calls.
    pub(super) fn learned(&self, now: Timestamp) -> bool {
        self.burst_learned_at.is_some() || self.pace(now) < self.rate * (1.0 - ROUNDING)
    }

    /// The time that one call takes up: its refill, and [`UNEVEN`] where no call is left alone.
    pub(super) fn turn(&self, now: Timestamp) -> SignedDuration {
        let margin = if self.burst > SPARE { SignedDuration::ZERO } else { UNEVEN };
        SignedDuration::from_secs_f64(1.0 / self.pace(now)) + margin
    }

    fn kept(&self) -> u32 {
        (self.burst / KEPT_SHARE).min(KEPT_MAX)
    }

    fn usable(&self) -> u32 {
        self.burst.saturating_sub(SPARE + self.kept()).max(1)
    }

    fn slack(&self, now: Timestamp) -> SignedDuration {
        self.turn(now) * i32::try_from(self.usable() - 1).unwrap_or(i32::MAX)
    }

    /// What time and a wrong clock did to it.
    fn settle(&mut self, operation: &Operation, now: Timestamp) {
        if self.burst_learned_at.is_some_and(|at| now >= at + BURST_REMEMBERED) {
            self.burst = operation.burst;
            self.burst_learned_at = None;
        }
        let whole = self.turn(now) * i32::try_from(self.burst).unwrap_or(i32::MAX);
        if self.full_at > now + whole + AHEAD_MAX {
            self.full_at = now + whole;
        }
        if self.full_at <= now {
            self.spent = 0;
        }
        self.lent.retain(|paid_back| *paid_back > now);
    }

    fn take(&mut self, now: Timestamp) -> Timestamp {
        let from = self.full_at.max(now);
        let slot = (from - self.slack(now)).max(now);
        self.full_at = from + self.turn(now);
        self.spent += 1;
        slot
    }

    /// Takes one call out, and of `calls` as many more as may be made without a longer wait than `in_place`
    /// between two of them. Says when each may be made.
    pub(super) fn reserve(
        &mut self,
        operation: &Operation,
        now: Timestamp,
        calls: u32,
        in_place: SignedDuration,
    ) -> Vec<Timestamp> {
        self.settle(operation, now);
        let first = self.take(now);
        let mut slots = vec![first];
        let paced = self.turn(now) <= in_place;
        while slots.len() < calls as usize {
            let next = (self.full_at.max(now) - self.slack(now)).max(now);
            if first > now + in_place || (next > now && !paced) {
                break;
            }
            slots.push(self.take(now));
        }
        slots
    }

    /// Takes a call out for a person who waits: one of those kept for people where the others are spent.
    /// Otherwise says when there is one, and takes none.
    pub(super) fn lend(
        &mut self,
        operation: &Operation,
        now: Timestamp,
        patience: SignedDuration,
    ) -> Result<Timestamp, Timestamp> {
        self.settle(operation, now);
        let plain = (self.full_at.max(now) - self.slack(now)).max(now);
        if plain <= now {
            return Ok(self.take(now));
        }
        if (self.lent.len() as u32) < self.kept() {
            // It is paid back when the next call in the queue would have had its turn; that one comes later.
            self.lent.push(plain);
            self.take(now);
            return Ok(now);
        }
        if plain <= now + patience {
            return Ok(self.take(now));
        }
        Err(self.lent.iter().copied().fold(plain, Timestamp::min))
    }

    /// Puts calls back that were reserved and not made.
    pub(super) fn give_back(&mut self, now: Timestamp, calls: u32) {
        let spared = self.turn(now) * i32::try_from(calls).unwrap_or(i32::MAX);
        self.full_at = (self.full_at - spared).max(now);
        self.spent = self.spent.saturating_sub(calls);
    }

    /// Calls that a person could make now.
    pub(super) fn left(&self, now: Timestamp) -> u32 {
        // A call that is still refilling counts as taken.
        let plain = (f64::from(self.usable()) - self.owed(now) + ROUNDING).max(0.0) as u32;
        let lent = self.lent.iter().filter(|paid_back| **paid_back > now).count() as u32;
        plain + self.kept().saturating_sub(lent)
    }

    /// Amazon refused a call: the bucket is empty. Where calls should have been left, and that twice, it holds
    /// fewer than published, or somebody else draws on it; in the steady flow it refills more slowly.
    pub(super) fn refused(&mut self, now: Timestamp) {
        if self.spent <= self.burst && self.burst > 1 {
            let again = self.doubted_at.replace(now).is_some_and(|at| now < at + DOUBT);
            if again {
                self.burst = self.spent.saturating_sub(1).max(1);
                self.burst_learned_at = Some(now);
                // What it owes beyond its size was reckoned with the larger one.
                self.full_at = now;
            }
        } else {
            let part = self.pace(now) / self.rate * SLOWED;
            self.at_another_pace(now, |bucket| bucket.slowed = Some((part.max(SLOWEST), now)));
        }
        let empty = self.turn(now) * i32::try_from(self.usable()).unwrap_or(i32::MAX);
        self.full_at = self.full_at.max(now + empty);
        // What is kept for people is gone as well.
        self.lent = vec![self.full_at; self.kept() as usize];
        self.usage.throttled += 1;
    }

    /// Amazon named a rate.
    pub(super) fn hear(&mut self, operation: &Operation, rate: f64, now: Timestamp) {
        if BELIEVED.contains(&(rate / operation.rate)) {
            self.at_another_pace(now, |bucket| bucket.rate = rate);
        }
    }

    /// Changes the pace; the calls that are owed stay as many as they were.
    fn at_another_pace(&mut self, now: Timestamp, change: impl FnOnce(&mut Self)) {
        let owed = self.owed(now);
        change(self);
        if owed > 0.0 {
            self.full_at = now + SignedDuration::from_secs_f64(owed * self.turn(now).as_secs_f64());
        }
    }

    /// Calls until it is full again.
    fn owed(&self, now: Timestamp) -> f64 {
        self.full_at.duration_since(now).as_secs_f64().max(0.0) / self.turn(now).as_secs_f64()
    }
}

#[cfg(test)]
#[path = "bucket_tests.rs"]
mod tests;
