//! When a call may be made.
//!
//! Amazon keeps a token bucket for each (application, seller, region, operation), and for some operations one
//! more for the whole application. We keep the same buckets as rows and use them as a *scheduler*: a
//! reservation is never refused, it is given the moment at which the call fits (the "slot ledger"). Whoever
//! reserves later gets a later moment, in every process, so nobody retries and nobody is throttled.

mod bucket;
mod usage;

pub use bucket::{BELIEVED, KEPT_MAX, KEPT_SHARE, SPARE, UNEVEN};
pub use usage::{ANNOUNCED_TARIFF, FEW, gets_of, month_of, tier_of};

use crate::catalogue::Operation;
use crate::ids::{ApplicationSlug, SellerId};
use crate::marketplaces::Region;
use crate::ports::{Clock, Table};
use crate::secret::Digest;
use crate::store::{Span, StoreError, Stored as _, TableName, Write, WriteError, decode, load};
use bucket::Bucket;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Waits up to this long happen in place: longer ones cost more than a message that comes back. It is the time
/// between two calls of a bucket of one that refills every two seconds, such as fees' estimates.
pub const IN_PLACE: SignedDuration = SignedDuration::from_secs(2).saturating_add(UNEVEN);

/// Calls that one reservation takes at most: what a run that dies can waste.
pub const BLOCK_MAX: u32 = 16;

/// Somebody else reserved at the same moment this often: the table is reported as busy.
const ATTEMPTS: u32 = 12;

/// With so many of these tries the day's sum is added too.
const SUM_ATTEMPTS: u32 = 2;

/// The pause between two such tries is less than this, doubled each time up to [`ATTEMPT_PAUSE_MAX`]. Each
/// account has its own part of it, so that hundreds that share an application's bucket do not meet again.
const ATTEMPT_PAUSE: SignedDuration = SignedDuration::from_millis(10);

/// See [`ATTEMPT_PAUSE`].
const ATTEMPT_PAUSE_MAX: SignedDuration = SignedDuration::from_secs(2);

/// Two rates closer than this part of them are the same: the header is rounded.
const SAME_RATE: f64 = 0.02;

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

impl Payer {
    fn partition(&self) -> String {
        format!("Q#{}#{}#{}", self.application, self.region, self.seller)
    }

    /// Where the buckets are that all accounts of the application share.
    fn shared(&self) -> String {
        format!("Q#{}#{}", self.application, self.region)
    }
}

/// A call reserved for later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// When it may be made.
    pub at: Timestamp,
    /// Whether the application's own bucket, where there is one, gave its call too.
    #[serde(default)]
    pub cleared: bool,
    /// The operation, where it is not the usual one of whoever reserved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

impl Reserved {
    /// Whether it is for this operation; `usual` is that of whoever reserved.
    pub fn is_for(&self, operation: &Operation, usual: &Operation) -> bool {
        self.of.as_deref().unwrap_or(usual.name) == operation.name
    }
}

/// Calls that may be made, the first now or later, the others soon after each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Slots {
    /// When each may be made, in their order; at least one.
    pub at: std::collections::VecDeque<Timestamp>,
    /// Whether the application's own bucket gave its calls too.
    pub cleared: bool,
    /// Calls per second that refill the bucket.
    pub rate: f64,
    /// Calls beside these that could be made at once.
    unreserved: u32,
    /// Calls that fit in the bucket.
    pub burst: u32,
}

impl Slots {
    /// Nothing reserved.
    pub fn none(operation: &Operation) -> Self {
        let (rate, burst) = (operation.rate, operation.burst);
        Self { at: [].into(), cleared: true, rate, unreserved: 0, burst }
    }

    /// Calls that could be made at once after the one that is under way.
    pub fn left(&self) -> u32 {
        self.unreserved + u32::try_from(self.at.len()).unwrap_or_default()
    }
}

/// The pause after a try, see [`ATTEMPT_PAUSE`].
fn pause(payer: &Payer, attempt: u32) -> SignedDuration {
    let longest = (ATTEMPT_PAUSE * (1 << attempt.min(16))).min(ATTEMPT_PAUSE_MAX);
    // Another part each time: two accounts that meet once do not meet each time.
    let place = Digest::of(&format!("{}#{attempt}", payer.partition()));
    let place = u16::from_str_radix(place.as_str().get(..4).unwrap_or_default(), 16).unwrap_or_default();
    SignedDuration::from_secs_f64(longest.as_secs_f64() * f64::from(place) / f64::from(u16::MAX))
}

async fn change<R>(
    cloud: &(impl Table + Clock),
    who: &Payer,
    fresh: &Bucket,
    change: impl Fn(&mut Bucket, Timestamp) -> R,
) -> Result<R, StoreError> {
    for attempt in 0..ATTEMPTS {
        let now = cloud.now();
        let found = load::<Bucket>(cloud, &fresh.key()).await?;
        let revision = found.as_ref().map(|held| held.revision);
        let mut bucket = found.map_or_else(|| fresh.clone(), |held| held.value);
        let before = bucket.clone();
        // At midnight many add to the sums of the application: whoever is outrun leaves his for his next call.
        let over = if attempt < SUM_ATTEMPTS { bucket.usage.turn(now) } else { None };
        let result = change(&mut bucket, now);
        if bucket == before {
            return Ok(result);
        }
        let mut writes = vec![Write::upsert(&bucket, revision)?];
        if let Some(day) = over {
            writes.push(usage::add(cloud, &who.application, &bucket.payer, day, now).await?);
        }
        match cloud.write(&writes).await {
            Ok(()) => return Ok(result),
            Err(WriteError::Conflict) => {
                cloud.wait(pause(who, attempt)).await;
            }
            Err(WriteError::Store(error)) => return Err(error),
        }
    }
    Err(StoreError::Unavailable("the quota's row is changed too often".into()))
}

/// Reserves a call and says when it may be made, now or later; and of `calls` as many more, at most
/// [`BLOCK_MAX`], as follow without a longer wait than [`IN_PLACE`].
pub async fn reserve(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    calls: u32,
) -> Result<Slots, StoreError> {
    let fresh = Bucket::new(payer, operation, cloud.now());
    let slots = change(cloud, payer, &fresh, |bucket, now| {
        let at = bucket.reserve(operation, now, calls.min(BLOCK_MAX), IN_PLACE);
        bucket.usage.count(operation, at.len() as u32);
        let (rate, left, burst) = (bucket.rate, bucket.left(now), bucket.burst());
        Slots { at: at.into(), cleared: operation.ceiling.is_none(), rate, unreserved: left, burst }
    })
    .await?;
    clear(cloud, payer, operation, slots).await
}

/// Takes up a call that was reserved earlier.
pub async fn take_up(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    reserved: Reserved,
) -> Result<Slots, StoreError> {
    let (rate, burst) = (operation.rate, operation.burst);
    let slots = Slots { at: [reserved.at].into(), cleared: reserved.cleared, rate, unreserved: 0, burst };
    clear(cloud, payer, operation, slots).await
}

/// Lets calls that are about to be made through the application's own bucket. Those of later have their turn
/// there when their moment has come: a moment far ahead would make everybody else wait.
async fn clear(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    mut slots: Slots,
) -> Result<Slots, StoreError> {
    let Some(ceiling) = operation.ceiling.map(f64::from).filter(|_| !slots.cleared) else { return Ok(slots) };
    let soon = cloud.now() + IN_PLACE;
    if slots.at.front().is_none_or(|first| *first > soon) {
        return Ok(slots);
    }
    let fresh = Bucket::of(payer.shared(), operation, ceiling, ceiling as u32, cloud.now());
    let given = change(cloud, payer, &fresh, |bucket, now| {
        bucket.reserve(operation, now, slots.at.len() as u32, IN_PLACE)
    })
    .await?;
    let unmade = slots.at.len() - given.len();
    if unmade > 0 {
        give_back(cloud, payer, operation, unmade).await?;
    }
    // In a crowd the application's bucket keeps us waiting. A call that comes later moves all that follow it, which
    // would otherwise be made at once, faster than the account's own bucket refills.
    let first = slots.at.front().copied().unwrap_or(soon);
    let mut late = cloud.now().duration_since(first).max(SignedDuration::ZERO);
    for (own, shared) in slots.at.iter_mut().zip(&given) {
        late = late.max(shared.duration_since(*own));
        *own += late;
    }
    slots.at.truncate(given.len());
    slots.cleared = true;
    Ok(slots)
}

/// Reserves one call for somebody who waits, if it may be made within `patience`; a few are kept for people
/// while tasks use up the others. Otherwise says when one could be, and reserves nothing.
pub async fn reserve_soon(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    patience: SignedDuration,
) -> Result<Result<Slots, Timestamp>, StoreError> {
    let fresh = Bucket::new(payer, operation, cloud.now());
    let lent = change(cloud, payer, &fresh, |bucket, now| {
        let at = bucket.lend(operation, now, patience)?;
        bucket.usage.count(operation, 1);
        let (rate, left, burst) = (bucket.rate, bucket.left(now), bucket.burst());
        Ok(Slots { at: [at].into(), cleared: operation.ceiling.is_none(), rate, unreserved: left, burst })
    })
    .await?;
    let Ok(slots) = lent else { return Ok(lent) };
    let slots = clear(cloud, payer, operation, slots).await?;
    match slots.at.front() {
        Some(at) if *at > cloud.now() + patience => {
            let at = *at;
            give_back(cloud, payer, operation, 1).await?;
            Ok(Err(at))
        }
        _ => Ok(Ok(slots)),
    }
}

/// Puts calls back that were reserved and will not be made.
pub async fn give_back(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    calls: usize,
) -> Result<(), StoreError> {
    let calls = u32::try_from(calls).unwrap_or(u32::MAX);
    let fresh = Bucket::new(payer, operation, cloud.now());
    change(cloud, payer, &fresh, |bucket, now| {
        bucket.give_back(now, calls);
        bucket.usage.uncount(operation, calls);
    })
    .await
}

/// Learns from a 429: somebody else draws on the bucket, or it is smaller or slower than published. `unmade`
/// calls that were reserved beside it go back.
pub async fn throttled(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    unmade: usize,
) -> Result<(), StoreError> {
    let unmade = u32::try_from(unmade).unwrap_or(u32::MAX);
    let fresh = Bucket::new(payer, operation, cloud.now());
    change(cloud, payer, &fresh, |bucket, now| {
        bucket.give_back(now, unmade);
        bucket.usage.uncount(operation, unmade);
        bucket.refused(now);
    })
    .await
}

/// Learns a rate that differs from the `known` one; costs nothing where it does not.
pub async fn learn(
    cloud: &(impl Table + Clock),
    payer: &Payer,
    operation: &Operation,
    known: f64,
    heard: Option<f64>,
) -> Result<(), StoreError> {
    match heard {
        Some(rate) if (rate - known).abs() > known * SAME_RATE => {
            let fresh = Bucket::new(payer, operation, cloud.now());
            change(cloud, payer, &fresh, |bucket, now| bucket.hear(operation, rate, now)).await
        }
        _ => Ok(()),
    }
}

/// How one of an account's buckets stands, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Budget {
    /// The operation and its API, as in `searchOrders@orders/2026-01-01`.
    pub operation: String,
    /// Calls that could be made now.
    pub left: u32,
    /// Calls that fit in the bucket.
    pub burst: u32,
    /// Calls per second that refill it, at present.
    pub rate: f64,
    /// Whether Amazon refused calls so that we use less of it than is published.
    pub learned: bool,
    /// Calls of this month.
    pub calls: u64,
    /// Of these, refused with 429.
    pub throttled: u64,
}

/// Buckets of one account that are shown.
const BUDGETS_SHOWN: usize = 50;

/// The buckets of an account that were used lately.
pub async fn budgets(table: &impl Table, payer: &Payer, now: Timestamp) -> Result<Vec<Budget>, StoreError> {
    let rows = table.list(TableName::Quotas, &payer.partition(), Span::first(BUDGETS_SHOWN)).await?;
    let month = month_of(now);
    let budget = |bucket: Bucket| {
        let (calls, throttled) = bucket.usage.of_month(&month);
        let (left, burst, rate) = (bucket.left(now), bucket.burst(), bucket.pace(now));
        Budget {
            learned: bucket.learned(now),
            operation: bucket.operation,
            left,
            burst,
            rate,
            calls,
            throttled,
        }
    };
    rows.into_iter().map(|row| decode::<Bucket>(row).map(|held| budget(held.value))).collect()
}
