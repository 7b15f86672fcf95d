//! Amazon without HTTP, for tests with thousands of runs: it answers at once, counts, has a switch, and knows
//! which refresh tokens it gave and which of them work.

use crate::subscribed::Subscribed;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::catalogue::{GET_MARKETPLACE_PARTICIPATIONS, SEARCH_ORDERS};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Documents, Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use sellerport_simulator::SimClock;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// What Login with Amazon answers to a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// A token.
    Well,
    /// 503.
    Down,
    /// 429 with this `Retry-After`, in seconds.
    Throttling {
        /// How many.
        seconds: i64,
    },
    /// `invalid_client`.
    Refusing,
    /// A token, and another refresh token with it.
    Replacing {
        /// The one that was sent stops working.
        old_dies: bool,
    },
    /// A token; but each so-many-th renewal is refused though the grant lives, and of one grant at
    /// most one in [`DOUBTED_ONCE`].
    Doubting {
        /// How many.
        every: usize,
    },
}

/// How the Selling Partner API answers a search for orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orders {
    /// With an empty page.
    Empty,
    /// With eighty changes for each hour of the window.
    Busy,
    /// 403, to everybody.
    Forbidden,
    /// 503, to everybody.
    Failing,
    /// Not at all.
    Silent,
}

/// Renewals, of whatever grant, after which a grant may be refused by mistake once more.
const DOUBTED_ONCE: usize = 1000;

/// Amazon, quickly.
#[derive(Debug)]
pub struct Quick {
    clock: SimClock,
    /// What a renewal is answered with.
    pub mood: Cell<Mood>,
    /// Exchanges so far.
    pub exchanges: Cell<u32>,
    /// When renewals were asked for.
    pub renewals: RefCell<Vec<Timestamp>>,
    /// When a renewal was refused (`invalid_grant`).
    pub refusals: RefCell<Vec<Timestamp>>,
    /// Every refresh token it gave, in their order.
    pub given: RefCell<Vec<String>>,
    /// Those that work.
    pub alive: RefCell<BTreeSet<String>>,
    /// What a search for orders is answered with.
    pub orders: Cell<Orders>,
    /// When orders were searched for.
    pub searches: RefCell<Vec<Timestamp>>,
    /// Its notifications.
    pub notifications: Subscribed,
    doubted: RefCell<BTreeMap<String, usize>>,
}

impl Quick {
    /// In a good mood.
    pub fn new(clock: SimClock) -> Self {
        Self {
            clock,
            mood: Cell::new(Mood::Well),
            exchanges: Cell::new(0),
            renewals: RefCell::default(),
            refusals: RefCell::default(),
            given: RefCell::default(),
            alive: RefCell::default(),
            orders: Cell::new(Orders::Empty),
            searches: RefCell::default(),
            notifications: Subscribed::default(),
            doubted: RefCell::default(),
        }
    }

    /// A new refresh token.
    pub fn give(&self) -> String {
        let token = format!("Atzr|quick-{}", self.given.borrow().len());
        self.given.borrow_mut().push(token.clone());
        self.alive.borrow_mut().insert(token.clone());
        token
    }

    fn doubts(&self, token: &RefreshToken, asked: usize) -> bool {
        let mut doubted = self.doubted.borrow_mut();
        let long_ago = doubted.get(token.expose()).is_none_or(|last| asked > last + DOUBTED_ONCE);
        if long_ago {
            doubted.insert(token.expose().to_owned(), asked);
        }
        long_ago
    }

    fn refuse(&self) -> Result<AccessGrant, LwaError> {
        self.refusals.borrow_mut().push(self.clock.now());
        Err(LwaError::GrantRefused)
    }
}

fn access(replaced: Option<String>) -> AccessGrant {
    AccessGrant {
        token: AccessToken::new("Atza|quick".to_owned()),
        expires_in: SignedDuration::from_hours(1),
        replaced: replaced.map(RefreshToken::new),
    }
}

impl Lwa for Quick {
    async fn exchange(&self, _: &ApplicationSlug, _: &AuthorizationCode, _: &str) -> Result<Grant, LwaError> {
        self.exchanges.set(self.exchanges.get() + 1);
        tokio::task::yield_now().await;
        Ok(Grant { refresh: RefreshToken::new(self.give()), access: access(None), scope: None })
    }

    async fn refresh(&self, _: &ApplicationSlug, token: &RefreshToken) -> Result<AccessGrant, LwaError> {
        self.renewals.borrow_mut().push(self.clock.now());
        tokio::task::yield_now().await;
        let asked = self.renewals.borrow().len();
        match self.mood.get() {
            Mood::Down => Err(LwaError::Busy { why: "it is down", retry_after: None, granted: false }),
            Mood::Throttling { seconds } => {
                let retry_after = Some(SignedDuration::from_secs(seconds));
                Err(LwaError::Busy { why: "it is throttled", retry_after, granted: false })
            }
            Mood::Refusing => Err(LwaError::ApplicationRefused { code: "invalid_client" }),
            _ if !self.alive.borrow().contains(token.expose()) => self.refuse(),
            Mood::Doubting { every } if asked.is_multiple_of(every) && self.doubts(token, asked) => {
                self.refuse()
            }
            Mood::Well | Mood::Doubting { .. } => Ok(access(None)),
            Mood::Replacing { old_dies } => {
                let replaced = self.give();
                if old_dies {
                    self.alive.borrow_mut().remove(token.expose());
                }
                Ok(access(Some(replaced)))
            }
        }
    }

    async fn grantless(&self, _: &ApplicationSlug, _: Scope) -> Result<AccessToken, LwaError> {
        Ok(AccessToken::new("Atza|quick".to_owned()))
    }

    async fn try_out(&self, _: &ApplicationCredentials) -> Result<(), LwaError> {
        Ok(())
    }
}

/// Every account sells in one American store.
const STORES: &str = r#"{"payload":[{"marketplace":{"id":"ATVPDKIKX0DER","countryCode":"US","name":"Amazon.com"},
    "participation":{"isParticipating":true}}]}"#;

const DENIED: &str = r#"{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]}"#;

/// One page whatever the window.
fn busy(call: &Call) -> String {
    let moment =
        |name| call.query.iter().find(|(key, _)| *key == name).unwrap().1.parse::<Timestamp>().unwrap();
    let hours = moment("lastUpdatedBefore").duration_since(moment("lastUpdatedAfter")).as_secs_f64() / 3600.0;
    let orders: Vec<_> =
        (0..((hours * 80.0) as usize).min(100)).map(|n| format!("{{\"orderId\":\"{n}\"}}")).collect();
    format!("{{\"orders\":[{}]}}", orders.join(","))
}

impl SellingPartner for Quick {
    async fn call(&self, _: Endpoint, _: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let nothing = |why| Unreachable { why, cause: "there is no such operation here".into() };
        let (status, body) = if call.path == GET_MARKETPLACE_PARTICIPATIONS.path {
            (200, STORES.to_owned())
        } else if call.path == SEARCH_ORDERS.path {
            self.searches.borrow_mut().push(self.clock.now());
            match self.orders.get() {
                Orders::Empty => (200, r#"{"orders":[]}"#.to_owned()),
                Orders::Busy => (200, busy(call)),
                Orders::Forbidden => (403, DENIED.to_owned()),
                Orders::Failing => (503, String::new()),
                Orders::Silent => return Err(nothing("timeout")),
            }
        } else if let Some(id) = call.path.strip_prefix(&format!("{}/", SEARCH_ORDERS.path)) {
            (200, format!("{{\"order\":{{\"orderId\":\"{id}\"}}}}"))
        } else if let Some(answer) = self.notifications.answer(call) {
            answer
        } else {
            return Err(nothing("connect"));
        };
        let (body, request_id, duration) =
            (body.into_bytes(), "quick".to_owned(), SignedDuration::from_millis(1));
        Ok(Reply { status, request_id, rate_limit: None, body, duration })
    }
}

crate::without_documents!(impl Documents for Quick);
