//! Amazon's token buckets, exactly: a call that finds no token is a 429, whatever the caller believes.

use super::chance::Chance;
use super::timeline::Timeline;
use jiff::SignedDuration;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::catalogue::{GET_MARKETPLACE_PARTICIPATIONS, Operation, SEARCH_ORDERS};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Documents, Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// How this Amazon differs from what it publishes.
#[derive(Debug, Clone)]
pub struct Law {
    /// The true rate as a part of the published one.
    pub true_rate: f64,
    /// The part of each bucket's refill that somebody else takes, whom we cannot see.
    pub hidden: f64,
    /// Pages of each seller before the last one has no token.
    pub pages: u32,
    /// Orders on each of them.
    pub orders: u32,
    /// Bytes of one order: Amazon's example with one item has about 3 KB.
    pub order_bytes: usize,
    /// Whether a window's orders follow from its length: so many changes an hour.
    pub changes_an_hour: Option<f64>,
}

impl Default for Law {
    fn default() -> Self {
        Self { true_rate: 1.0, hidden: 0.0, pages: 1, orders: 1, order_bytes: 2, changes_an_hour: None }
    }
}

/// One bucket.
#[derive(Debug)]
struct Tokens {
    tokens: f64,
    at_ms: i64,
    next_hidden_ms: f64,
}

/// What one seller got.
#[derive(Debug, Default, Clone)]
pub struct Served {
    /// When each call arrived, and whether it was answered.
    pub arrivals: Vec<(i64, bool)>,
    /// Answered calls.
    pub answered: u64,
    /// When the last of them was on its way back.
    pub last_ms: i64,
}

/// Amazon.
#[derive(Debug)]
pub struct Exact<'a> {
    timeline: &'a Timeline,
    law: Law,
    chance: Chance,
    buckets: RefCell<HashMap<(String, &'static str), Tokens>>,
    served: RefCell<HashMap<String, Served>>,
    /// Calls that arrived.
    pub calls: Cell<u64>,
    /// Of these, refused with 429.
    pub refused: Cell<u64>,
    /// Of these, by the application's bucket alone.
    pub refused_shared: Cell<u64>,
    /// Renewals.
    pub renewals: Cell<u64>,
}

impl<'a> Exact<'a> {
    /// Under this law, with this seed.
    pub fn new(timeline: &'a Timeline, law: Law, seed: u64) -> Self {
        Self {
            timeline,
            law,
            chance: Chance::new(seed),
            buckets: RefCell::default(),
            served: RefCell::default(),
            calls: Cell::new(0),
            refused: Cell::new(0),
            refused_shared: Cell::new(0),
            renewals: Cell::new(0),
        }
    }

    /// What a seller got so far.
    pub fn served(&self, seller: &str) -> Served {
        self.served.borrow().get(seller).cloned().unwrap_or_default()
    }

    /// Calls of a seller that were answered.
    pub fn answered(&self, seller: &str) -> u64 {
        self.served.borrow().get(seller).map_or(0, |served| served.answered)
    }

    /// One call of a seller: there, judged on arrival, and back. Its status and how long it took.
    pub async fn ask(&self, seller: &str, operation: &Operation) -> (u16, i64) {
        let whole = self.chance.call_ms();
        let there = whole / 2;
        self.timeline.sleep_ms(there).await;
        let answered = self.admit(seller, operation);
        let now = self.timeline.millis();
        self.calls.set(self.calls.get() + 1);
        if !answered {
            self.refused.set(self.refused.get() + 1);
        }
        {
            let mut all = self.served.borrow_mut();
            let served = all.entry(seller.to_owned()).or_default();
            served.arrivals.push((now, answered));
            served.answered += u64::from(answered);
        }
        self.timeline.sleep_ms(whole - there).await;
        if answered {
            let mut all = self.served.borrow_mut();
            all.entry(seller.to_owned()).or_default().last_ms = self.timeline.millis();
        }
        (if answered { 200 } else { 429 }, whole)
    }

    fn admit(&self, seller: &str, operation: &Operation) -> bool {
        let rate = operation.rate * self.law.true_rate;
        let own = self.left(seller, operation, rate, f64::from(operation.burst), self.law.hidden);
        let shared = operation.ceiling.map(f64::from);
        let ceiling = shared.is_none_or(|ceiling| self.left("", operation, ceiling, ceiling, 0.0));
        if own && ceiling {
            for owner in [Some(seller), shared.map(|_| "")].into_iter().flatten() {
                let mut buckets = self.buckets.borrow_mut();
                if let Some(bucket) = buckets.get_mut(&(owner.to_owned(), operation.name)) {
                    bucket.tokens -= 1.0;
                }
            }
        }
        self.refused_shared.set(self.refused_shared.get() + u64::from(own && !ceiling));
        own && ceiling
    }

    /// Whether a bucket has a token now.
    fn left(&self, owner: &str, operation: &Operation, rate: f64, burst: f64, hidden: f64) -> bool {
        let now = self.timeline.millis();
        let mut buckets = self.buckets.borrow_mut();
        let bucket = buckets.entry((owner.to_owned(), operation.name)).or_insert_with(|| {
            let next_hidden_ms = now as f64 + self.hidden_gap(rate, hidden);
            Tokens { tokens: burst, at_ms: now, next_hidden_ms }
        });
        let mut at = bucket.at_ms as f64;
        while bucket.next_hidden_ms <= now as f64 {
            bucket.tokens = (bucket.tokens + (bucket.next_hidden_ms - at) * rate / 1000.0).min(burst);
            at = bucket.next_hidden_ms;
            if bucket.tokens >= 1.0 {
                bucket.tokens -= 1.0;
            }
            bucket.next_hidden_ms += self.hidden_gap(rate, hidden);
        }
        bucket.tokens = (bucket.tokens + (now as f64 - at) * rate / 1000.0).min(burst);
        bucket.at_ms = now;
        // Half a millisecond's refill is no difference anybody could measure.
        bucket.tokens >= 1.0 - rate / 2000.0
    }

    fn hidden_gap(&self, rate: f64, hidden: f64) -> f64 {
        if hidden > 0.0 { self.chance.exponential(1000.0 / (rate * hidden)) } else { f64::INFINITY }
    }

    /// A page of orders, and a token where another follows.
    fn page(&self, call: &Call) -> Vec<u8> {
        let value =
            |name: &str| call.query.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        let number: u32 = value("paginationToken").and_then(|token| token.parse().ok()).unwrap_or(0);
        let (found, more) = match self.law.changes_an_hour {
            None => (self.law.orders, number + 1 < self.law.pages),
            Some(changes) => {
                let moment =
                    |name| value(name).and_then(|text| text.parse::<jiff::Timestamp>().ok()).unwrap();
                let hours =
                    moment("lastUpdatedBefore").duration_since(moment("lastUpdatedAfter")).as_secs_f64()
                        / 3600.0;
                let all = changes * hours;
                let all = all as u32 + u32::from(self.chance.part() < all.fract());
                let left = all.saturating_sub(number * PAGE);
                (left.min(PAGE), left > PAGE)
            }
        };
        let now = self.timeline.millis();
        let filler = "x".repeat(self.law.order_bytes);
        let orders: Vec<_> = (0..found)
            .map(|n| format!(r#"{{"orderId":"{now}-{number}-{n}","lastUpdatedTime":"2026-11-21T10:00:00Z","packages":"{filler}"}}"#))
            .collect();
        let pagination =
            if more { format!(r#""pagination":{{"nextToken":"{}"}},"#, number + 1) } else { String::new() };
        format!(r#"{{{pagination}"orders":[{}]}}"#, orders.join(",")).into_bytes()
    }
}

/// Every account sells in one American store.
const STORES: &str = r#"{"payload":[{"marketplace":{"id":"ATVPDKIKX0DER","countryCode":"US","name":"Amazon.com"},
    "participation":{"isParticipating":true}}]}"#;

/// Orders on a page, the most Amazon gives.
const PAGE: u32 = 100;

impl SellingPartner for Exact<'_> {
    async fn call(&self, _: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        if call.path == GET_MARKETPLACE_PARTICIPATIONS.path {
            let (status, ms) = self.ask(token.expose(), &GET_MARKETPLACE_PARTICIPATIONS).await;
            let (body, request_id) = (STORES.as_bytes().to_vec(), "stores".to_owned());
            let duration = SignedDuration::from_millis(ms);
            return Ok(Reply { status, request_id, rate_limit: None, body, duration });
        }
        if call.path != SEARCH_ORDERS.path {
            return Err(Unreachable { why: "connect", cause: "there is no such operation here".into() });
        }
        let (status, ms) = self.ask(token.expose(), &SEARCH_ORDERS).await;
        let body = if status == 200 {
            self.page(call)
        } else {
            br#"{"errors":[{"code":"QuotaExceeded"}]}"#.to_vec()
        };
        let request_id = "12345678-90ab-cdef-1234-567890abcdef".to_owned();
        Ok(Reply { status, request_id, rate_limit: None, body, duration: SignedDuration::from_millis(ms) })
    }
}

/// Login with Amazon beside it: it answers as fast and knows everybody.
impl Lwa for Exact<'_> {
    async fn exchange(&self, _: &ApplicationSlug, _: &AuthorizationCode, _: &str) -> Result<Grant, LwaError> {
        Err(LwaError::GrantRefused)
    }

    async fn refresh(&self, _: &ApplicationSlug, token: &RefreshToken) -> Result<AccessGrant, LwaError> {
        self.timeline.sleep_ms(self.chance.call_ms()).await;
        self.renewals.set(self.renewals.get() + 1);
        let expires_in = SignedDuration::from_hours(1);
        Ok(AccessGrant { token: AccessToken::new(token.expose().to_owned()), expires_in, replaced: None })
    }

    async fn grantless(&self, _: &ApplicationSlug, _: Scope) -> Result<AccessToken, LwaError> {
        Err(LwaError::GrantRefused)
    }

    async fn try_out(&self, _: &ApplicationCredentials) -> Result<(), LwaError> {
        Ok(())
    }
}

crate::without_documents!(impl Documents for Exact<'_>);
