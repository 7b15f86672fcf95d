//! Amazon without HTTP, for tests with thousands of connections: it answers at once, counts, and has a switch.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Clock, Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use std::cell::{Cell, RefCell};

/// What Login with Amazon answers to a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// A token.
    Well,
    /// 503.
    Down,
    /// `invalid_client`.
    Refusing,
}

/// Amazon, quickly.
#[derive(Debug)]
pub struct Quick<'c, C> {
    clock: &'c C,
    /// What a renewal is answered with.
    pub mood: Cell<Mood>,
    /// Exchanges so far.
    pub exchanges: Cell<u32>,
    /// When renewals were asked for.
    pub renewals: RefCell<Vec<Timestamp>>,
}

impl<'c, C: Clock> Quick<'c, C> {
    /// In a good mood.
    pub fn new(clock: &'c C) -> Self {
        Self { clock, mood: Cell::new(Mood::Well), exchanges: Cell::new(0), renewals: RefCell::default() }
    }
}

fn access() -> AccessGrant {
    AccessGrant {
        token: AccessToken::new("Atza|quick".to_owned()),
        expires_in: SignedDuration::from_hours(1),
        replaced: None,
    }
}

impl<C: Clock> Lwa for Quick<'_, C> {
    async fn exchange(&self, _: &ApplicationSlug, _: &AuthorizationCode, _: &str) -> Result<Grant, LwaError> {
        self.exchanges.set(self.exchanges.get() + 1);
        tokio::task::yield_now().await;
        Ok(Grant { refresh: RefreshToken::new("Atzr|quick".to_owned()), access: access(), scope: None })
    }

    async fn refresh(&self, _: &ApplicationSlug, _: &RefreshToken) -> Result<AccessGrant, LwaError> {
        self.renewals.borrow_mut().push(self.clock.now());
        tokio::task::yield_now().await;
        match self.mood.get() {
            Mood::Well => Ok(access()),
            Mood::Down => Err(LwaError::Busy { why: "it is down", retry_after: None, granted: false }),
            Mood::Refusing => Err(LwaError::ApplicationRefused { code: "invalid_client" }),
        }
    }

    async fn grantless(&self, _: &ApplicationSlug, _: Scope) -> Result<AccessToken, LwaError> {
        Ok(AccessToken::new("Atza|quick".to_owned()))
    }

    async fn try_out(&self, _: &ApplicationCredentials) -> Result<(), LwaError> {
        Ok(())
    }
}

impl<C: Clock> SellingPartner for Quick<'_, C> {
    async fn call(&self, _: Endpoint, _: &AccessToken, _: &Call) -> Result<Reply, Unreachable> {
        Err(Unreachable { why: "connect", cause: "there is no Selling Partner API here".into() })
    }
}
