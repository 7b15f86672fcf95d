//! Amazon on a voyage: the simulator asked directly, with the time a call takes, and with somebody who watches.

use super::deck::Deck;
use crate::direct::{CALL_TIMEOUT, Direct, LWA_TIMEOUT, read, reply};
use jiff::SignedDuration;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::catalogue::SEARCH_ORDERS;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use sellerport_simulator::{Answer, Answered, Lost, World};
use sellerport_spapi::token;

/// A healthy call is under way in one direction at least and at most so many milliseconds.
const WAY: (u64, u64) = (20, 700);

/// What `x-amzn-RateLimit-Limit` may say with a 429, where it says anything (F19, F20).
const RATES: [Option<f64>; 6] = [None, None, Some(0.0056), Some(0.0028), Some(1e-9), Some(1e9)];

/// Amazon.
#[derive(Debug)]
pub(super) struct Sea<'a> {
    pub(super) direct: Direct<'a, Deck>,
}

impl<'a> Sea<'a> {
    /// Around these shores.
    pub(super) fn new(world: World, deck: &'a Deck) -> Self {
        Self { direct: Direct { world, cloud: deck } }
    }

    pub(super) fn deck(&self) -> &'a Deck {
        self.direct.cloud
    }

    pub(super) async fn way(&self) {
        self.deck().sleep(self.deck().dice.span_ms(WAY)).await;
    }

    /// The way back, until the answer is there or the client gives up.
    async fn back(&self, answered: Answered, patience: SignedDuration) -> Result<Answer, Lost> {
        if let Some(fault) = &answered.fault {
            self.deck().watch.befell(fault);
        }
        let after = match &answered.answer {
            Ok(answer) => SignedDuration::try_from(answer.after).unwrap_or(SignedDuration::MAX),
            Err(Lost::Silent) => SignedDuration::MAX,
            Err(_) => SignedDuration::ZERO,
        };
        if after >= patience {
            self.deck().sleep(patience).await;
            return Err(Lost::Silent);
        }
        self.deck().sleep(after).await;
        self.way().await;
        answered.answer
    }

    async fn login(&self, form: String) -> Result<Answer, Lost> {
        self.way().await;
        let answered = self.direct.world.login(form.as_bytes());
        self.deck()
            .note("lwa", &format!("{:?} {:?}", answered.seller, answered.answer.as_ref().map(|a| a.status)));
        self.back(answered, LWA_TIMEOUT).await
    }
}

impl Lwa for Sea<'_> {
    async fn exchange(
        &self,
        application: &ApplicationSlug,
        code: &AuthorizationCode,
        redirect_uri: &str,
    ) -> Result<Grant, LwaError> {
        let form = token::exchange_form(&self.direct.credentials(application).await?, code, redirect_uri);
        read(self.login(form).await, token::read_exchange)
    }

    async fn refresh(
        &self,
        application: &ApplicationSlug,
        sent: &RefreshToken,
    ) -> Result<AccessGrant, LwaError> {
        let form = token::refresh_form(&self.direct.credentials(application).await?, sent);
        read(self.login(form).await, |status, body, after| token::read_refresh(status, body, after, sent))
    }

    async fn grantless(&self, application: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError> {
        self.direct.grantless(application, scope).await
    }

    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError> {
        self.direct.try_out(credentials).await
    }
}

impl SellingPartner for Sea<'_> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let (deck, begun) = (self.deck(), self.deck().time());
        let orders = call.path == SEARCH_ORDERS.path;
        self.way().await;
        let sent = deck.time();
        let answered = self.direct.ask(to, token, call);
        let seller = answered.seller.clone().unwrap_or_default();
        let status = answered.answer.as_ref().map_or(0, |answer| answer.status);
        deck.note("call", &format!("{seller} {} {status} {:?}", call.path, answered.fault));
        if orders {
            deck.watch.called(&seller, call.query.iter().all(|(name, _)| *name != "paginationToken"), sent);
        }
        let planned = answered.fault.is_some();
        if status == 429 && !planned {
            deck.watch.throttled.borrow_mut().push(format!("{sent} {seller} {}", call.path));
        }
        let arrived = self.back(answered, CALL_TIMEOUT).await;
        let mut replied = reply(arrived, deck.time().duration_since(begun));
        if orders && replied.as_ref().map_or(true, |reply| reply.status >= 500) {
            deck.watch.failed(&seller, sent);
        }
        if let Ok(reply) = &mut replied
            && reply.status == 429
        {
            reply.rate_limit = deck.dice.pick(&RATES);
        }
        replied
    }
}
