//! The simulator as Amazon on virtual time: it answers at once, and the way there and back takes what a call takes.

use super::chance::Chance;
use super::life::cpu_ms;
use super::timeline::Timeline;
use crate::direct::{Direct, read, reply};
use crate::documents::{Pieces, accept};
use jiff::SignedDuration;
use sellerport_core::application::Loopback;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::document::{Address, DocumentError, Download};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Clock as _, Credentials, Documents, Lwa, SellingPartner, Unavailable};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use sellerport_simulator::{Answer, Lost, SimClock, World};
use sellerport_spapi::token;
use std::cell::Cell;

/// Where the simulator's storage is while nothing is served over a wire.
const STORAGE: &str = "http://127.0.0.1:1";
/// Bytes of a chunk of a document.
const CHUNK: usize = 64 * 1024;

/// The one application's credentials.
#[derive(Debug)]
pub(super) struct Pair(pub(super) ApplicationCredentials);

impl Credentials for Pair {
    async fn current(&self, _: &ApplicationSlug) -> Result<ApplicationCredentials, Unavailable> {
        Ok(self.0.clone())
    }

    fn refused(&self, _: &ApplicationSlug) {}
}

/// Amazon.
#[derive(Debug)]
pub(super) struct Shop<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) clock: SimClock,
    pub(super) direct: Direct<'a, Pair>,
    pub(super) chance: Chance,
    /// CPU that it took so far, milliseconds.
    pub(super) theirs: Cell<f64>,
    /// Calls that it refused with 429.
    pub(super) throttled: Cell<u32>,
}

impl Shop<'_> {
    /// Does something at Amazon, half of a call's time before it and half after it.
    async fn there<T>(&self, what: impl FnOnce(&World) -> T) -> (T, SignedDuration) {
        let whole = self.chance.call_ms();
        self.timeline.sleep_ms(whole / 2).await;
        let done = self.at_once(what);
        self.timeline.sleep_ms(whole - whole / 2).await;
        (done, SignedDuration::from_millis(whole))
    }

    /// Does something at Amazon that takes no time.
    pub(super) fn at_once<T>(&self, what: impl FnOnce(&World) -> T) -> T {
        self.clock.set(self.timeline.now());
        let cpu = cpu_ms();
        let done = what(&self.direct.world);
        self.theirs.set(self.theirs.get() + cpu_ms() - cpu);
        done
    }

    async fn login(&self, form: String) -> Result<Answer, Lost> {
        self.there(|world| world.login(form.as_bytes())).await.0.answer
    }
}

impl Lwa for Shop<'_> {
    async fn exchange(
        &self,
        of: &ApplicationSlug,
        code: &AuthorizationCode,
        uri: &str,
    ) -> Result<Grant, LwaError> {
        let form = token::exchange_form(&self.direct.credentials(of).await?, code, uri);
        read(self.login(form).await, token::read_exchange)
    }

    async fn refresh(&self, of: &ApplicationSlug, sent: &RefreshToken) -> Result<AccessGrant, LwaError> {
        let form = token::refresh_form(&self.direct.credentials(of).await?, sent);
        read(self.login(form).await, |status, body, after| token::read_refresh(status, body, after, sent))
    }

    async fn grantless(&self, of: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError> {
        self.direct.grantless(of, scope).await
    }

    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError> {
        self.direct.try_out(credentials).await
    }
}

impl SellingPartner for Shop<'_> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let (answered, whole) = self.there(|_| self.direct.ask(to, token, call)).await;
        let reply = reply(answered.answer, whole)?;
        self.throttled.set(self.throttled.get() + u32::from(reply.status == 429));
        Ok(reply)
    }
}

impl Documents for Shop<'_> {
    type Body = Pieces;

    async fn open(&self, address: &Address) -> Result<Download<Pieces>, DocumentError> {
        let storage = Loopback::parse(STORAGE).map_err(|_| DocumentError::Url("host"))?;
        let url = address.expose(Some(&storage))?;
        let (downloaded, _) = self.there(|world| world.download(url)).await;
        let answer = downloaded.answer.expect("nothing goes wrong here");
        accept(answer.status)?;
        let header = |name| answer.header(name).map(str::to_owned);
        let pieces = Pieces::new(&answer.body, CHUNK, None);
        let (kind, encoding) = (header("content-type"), header("content-encoding"));
        Ok(Download::new(kind, encoding, Some(answer.body.len() as u64), pieces))
    }
}
