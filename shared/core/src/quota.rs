//! When a call may be made.
//!
//! Amazon keeps a token bucket for each (application, seller, region, operation). We keep the same bucket
//! as one row and use it as a *scheduler*: a reservation is never refused, it is given the moment at which
//! the call fits (GCRA, the "slot ledger"). Whoever reserves later gets a later moment, in every process,
//! so nobody retries and nobody is throttled.

use crate::catalogue::Operation;
use crate::ids::{ApplicationSlug, SellerId};
use crate::marketplaces::Region;
use crate::ports::Table;
use crate::store::{Key, StoreError, Stored, TableName, Write, WriteError, load};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Whose bucket.
#[derive(Debug, Clone)]
pub struct Payer {
    /// The operator's application.
    pub application: ApplicationSlug,
    /// The account.
    pub seller: SellerId,
    /// The region.
    pub region: Region,
}

/// Calls of a full bucket that are left alone: the network makes some calls arrive late and the next ones
/// early, and Amazon counts arrivals. One is enough in simulation (no 429 in 300,000 calls).
pub const SPARE: u32 = 1;

/// A rate learned from `x-amzn-RateLimit-Limit` is believed within these factors of the published one.
/// The header may be absent, zero or absurd; developer-docs.amazon.com says not to depend on it.
pub const BELIEVED: std::ops::RangeInclusive<f64> = 0.05..=20.0;

/// Somebody else reserved at the same moment this often: give up and report the table as busy.
const ATTEMPTS: u32 = 10;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Bucket {
    payer: String,
    operation: String,
    /// When the bucket will be full again.
    full_at: Timestamp,
    /// Calls per second.
    rate: f64,
}

impl Stored for Bucket {
    fn key(&self) -> Key {
        Key::new(TableName::Quotas, self.payer.clone(), self.operation.clone())
    }

    fn expires(&self) -> Option<Timestamp> {
        // A full bucket is the same as no row, but the learned rate is worth keeping a while.
        Some(self.full_at + SignedDuration::from_hours(24 * 30))
    }
}

impl Bucket {
    fn new(payer: &Payer, operation: &Operation, now: Timestamp) -> Self {
        Self {
            payer: format!("Q#{}#{}#{}", payer.application, payer.region, payer.seller),
            operation: format!("{}@{}", operation.name, operation.api),
            full_at: now,
            rate: operation.rate,
        }
    }

    /// The time that refills one call.
    fn refill(&self) -> SignedDuration {
        SignedDuration::from_secs_f64(1.0 / self.rate)
    }

    /// Takes one call out and says when it may be made.
    fn reserve(&mut self, operation: &Operation, now: Timestamp) -> Timestamp {
        let usable = operation.burst.saturating_sub(SPARE).max(1);
        let slack = self.refill() * i32::try_from(usable - 1).unwrap_or(i32::MAX);
        let from = self.full_at.max(now);
        self.full_at = from + self.refill();
        (from - slack).max(now)
    }

    /// Calls that it has now.
    fn left(&self, operation: &Operation, now: Timestamp) -> u32 {
        let usable = operation.burst.saturating_sub(SPARE).max(1);
        let taken = self.full_at.duration_since(now).as_secs_f64() * self.rate;
        // A call that is still refilling counts as taken.
        (f64::from(usable) - taken.max(0.0) + ROUNDING).max(0.0) as u32
    }

    /// Amazon said the bucket is empty: believe it.
    fn drain(&mut self, operation: &Operation, now: Timestamp) {
        let usable = operation.burst.saturating_sub(SPARE).max(1);
        let empty = now + self.refill() * i32::try_from(usable).unwrap_or(i32::MAX);
        self.full_at = self.full_at.max(empty);
    }

    fn believe(&mut self, operation: &Operation, rate: f64) {
        if BELIEVED.contains(&(rate / operation.rate)) {
            self.rate = rate;
        }
    }
}

async fn change<R>(
    table: &impl Table,
    payer: &Payer,
    operation: &Operation,
    now: Timestamp,
    change: impl Fn(&mut Bucket) -> R,
) -> Result<R, StoreError> {
    for _ in 0..ATTEMPTS {
        let fresh = Bucket::new(payer, operation, now);
        let found = load::<Bucket>(table, &fresh.key()).await?;
        let revision = found.as_ref().map(|held| held.revision);
        let mut bucket = found.map_or(fresh, |held| held.value);
        let before = bucket.clone();
        let result = change(&mut bucket);
        if bucket == before {
            return Ok(result);
        }
        match table.write(&[Write::upsert(&bucket, revision)?]).await {
            Ok(()) => return Ok(result),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error),
        }
    }
    Err(StoreError::Unavailable("the quota's row is changed too often".into()))
}

/// Reserves one call and says when it may be made, now or later, and at what rate the bucket refills.
pub async fn reserve(
    table: &impl Table,
    payer: &Payer,
    operation: &Operation,
    now: Timestamp,
) -> Result<(Timestamp, f64), StoreError> {
    change(table, payer, operation, now, |bucket| (bucket.reserve(operation, now), bucket.rate)).await
}

/// Reserves one call if it may be made now; otherwise says when one could be, and reserves nothing.
pub async fn reserve_now(
    table: &impl Table,
    payer: &Payer,
    operation: &Operation,
    now: Timestamp,
) -> Result<Result<f64, Timestamp>, StoreError> {
    change(table, payer, operation, now, |bucket| {
        let mut tried = bucket.clone();
        let at = tried.reserve(operation, now);
        if at > now {
            return Err(at);
        }
        *bucket = tried;
        Ok(bucket.rate)
    })
    .await
}

/// A call that fits soon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot {
    /// When it may be made.
    pub at: Timestamp,
    /// Calls per second that refill the bucket.
    pub rate: f64,
    /// Calls that could be made at once after this one.
    pub left: u32,
}

/// Reserves one call if it may be made within `patience`; otherwise says when one could be, and reserves
/// nothing.
pub async fn reserve_soon(
    table: &impl Table,
    payer: &Payer,
    operation: &Operation,
    now: Timestamp,
    patience: SignedDuration,
) -> Result<Result<Slot, Timestamp>, StoreError> {
    change(table, payer, operation, now, |bucket| {
        let mut tried = bucket.clone();
        let at = tried.reserve(operation, now);
        if at > now + patience {
            return Err(at);
        }
        *bucket = tried;
        Ok(Slot { at, rate: bucket.rate, left: bucket.left(operation, now) })
    })
    .await
}

/// Learns from a 429: somebody else draws on the bucket, or it is smaller than published.
pub async fn drain(
    table: &impl Table,
    payer: &Payer,
    operation: &Operation,
    now: Timestamp,
) -> Result<(), StoreError> {
    change(table, payer, operation, now, |bucket| bucket.drain(operation, now)).await
}

/// Learns a rate that differs from the `known` one; costs nothing where it does not.
pub async fn learn(
    table: &impl Table,
    payer: &Payer,
    operation: &Operation,
    now: Timestamp,
    known: f64,
    heard: Option<f64>,
) -> Result<(), StoreError> {
    match heard {
        Some(rate) if (rate - known).abs() > known * SAME_RATE => {
            change(table, payer, operation, now, |bucket| bucket.believe(operation, rate)).await
        }
        _ => Ok(()),
    }
}

/// A refill is rounded to nanoseconds; a bucket of 100,000 calls is off by less than this.
const ROUNDING: f64 = 1e-6;

/// Two rates closer than this are the same: the header is rounded.
const SAME_RATE: f64 = 0.02;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::SEARCH_ORDERS;

    fn bucket(now: Timestamp) -> Bucket {
        let payer = Payer {
            application: ApplicationSlug::parse("main").unwrap(),
            seller: SellerId::parse("A1").unwrap(),
            region: Region::Na,
        };
        Bucket::new(&payer, &SEARCH_ORDERS, now)
    }

    fn start() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_full_bucket_gives_its_burst_at_once_and_then_one_call_a_refill() {
        let mut bucket = bucket(start());
        let slots: Vec<_> = (0..22).map(|_| bucket.reserve(&SEARCH_ORDERS, start())).collect();
        assert!(slots[..19].iter().all(|slot| *slot == start()));
        let refill = SignedDuration::from_secs_f64(1.0 / 0.0056);
        assert_eq!(slots[19], start() + refill);
        assert_eq!(slots[20], start() + refill + refill);
    }

    #[test]
    fn reservations_never_outrun_amazons_bucket() {
        // The bucket as Amazon keeps it, against slots handed out at odd moments.
        let (mut bucket, mut level, mut last) = (bucket(start()), 20.0_f64, start());
        let mut now = start();
        for step in 0..500_i64 {
            now += SignedDuration::from_secs((step * 37) % 400);
            let slot = bucket.reserve(&SEARCH_ORDERS, now);
            assert!(slot >= last, "slots are handed out in order");
            level = (level + (slot - last).get_seconds() as f64 * 0.0056).min(20.0) - 1.0;
            assert!(level >= 0.0, "call {step} would be throttled");
            (last, now) = (slot, now.max(slot));
        }
    }

    #[test]
    fn after_a_429_the_next_call_waits_for_a_refill() {
        let mut bucket = bucket(start());
        bucket.drain(&SEARCH_ORDERS, start());
        assert!(bucket.reserve(&SEARCH_ORDERS, start()) > start() + SignedDuration::from_secs(178));
    }

    #[test]
    fn the_same_rate_changes_nothing_and_a_reservation_does() {
        let mut bucket = bucket(start());
        let before = bucket.clone();
        bucket.believe(&SEARCH_ORDERS, 0.0056);
        assert_eq!(bucket, before);
        bucket.reserve(&SEARCH_ORDERS, start());
        assert_ne!(bucket, before);
    }

    #[test]
    fn the_calls_left_are_those_that_can_be_made_at_once() {
        let mut bucket = bucket(start());
        assert_eq!(bucket.left(&SEARCH_ORDERS, start()), 19);
        for left in (0..19).rev() {
            assert_eq!(bucket.reserve(&SEARCH_ORDERS, start()), start());
            assert_eq!(bucket.left(&SEARCH_ORDERS, start()), left);
        }
        assert!(bucket.reserve(&SEARCH_ORDERS, start()) > start());
        assert_eq!(bucket.left(&SEARCH_ORDERS, start()), 0);
    }

    #[test]
    fn absurd_rates_are_not_believed() {
        let mut bucket = bucket(start());
        for absurd in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9, 1e-9] {
            bucket.believe(&SEARCH_ORDERS, absurd);
            assert!((bucket.rate - 0.0056).abs() < f64::EPSILON, "{absurd}");
        }
        bucket.believe(&SEARCH_ORDERS, 0.0112);
        assert!((bucket.rate - 0.0112).abs() < f64::EPSILON);
    }
}
