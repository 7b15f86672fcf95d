//! Amazon in this process: the core's ports on the simulator's own answers, limits and faults, without a wire.
//!
//! Forms and answers of Login with Amazon go through the product's own code; of the HTTP client nothing does.

use jiff::SignedDuration;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::{Endpoint, Realm, Region};
use sellerport_core::ports::{Credentials, Documents, Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use sellerport_simulator::{Answer, Answered, Lost, Request, World};
use sellerport_spapi::token;

/// A whole SP-API call takes at most this (the client's own limit).
pub const CALL_TIMEOUT: SignedDuration = SignedDuration::from_secs(12);
/// A whole exchange with Login with Amazon takes at most this (the client's own limit).
pub const LWA_TIMEOUT: SignedDuration = SignedDuration::from_secs(10);

/// Amazon, asked directly. `C` tells the application's credentials.
#[derive(Debug)]
pub struct Direct<'a, C> {
    /// Amazon.
    pub world: World,
    /// Our side.
    pub cloud: &'a C,
}

impl<C> Direct<'_, C> {
    /// What the simulator says to a call.
    pub fn ask(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Answered {
        self.world.call(Request {
            region: region(to.region),
            sandbox: to.realm == Realm::Sandbox,
            method: format!("{:?}", call.method).to_uppercase(),
            path: call.path.clone(),
            query: call.query.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            token: Some(token.expose().to_owned()),
            body: call.body.as_deref().and_then(|body| serde_json::from_str(body).ok()),
        })
    }
}

impl<C: Credentials> Direct<'_, C> {
    /// The form for a request to Login with Amazon, with the credentials at hand.
    pub async fn credentials(&self, of: &ApplicationSlug) -> Result<ApplicationCredentials, LwaError> {
        let busy = LwaError::Busy { why: "no secret", retry_after: None, granted: false };
        self.cloud.current(of).await.map_err(|_| busy)
    }
}

fn region(region: Region) -> sellerport_simulator::Region {
    match region {
        Region::Na => sellerport_simulator::Region::Na,
        Region::Eu => sellerport_simulator::Region::Eu,
        Region::Fe => sellerport_simulator::Region::Fe,
    }
}

/// Why no whole answer came, in the words of our client.
pub fn why(lost: Lost) -> &'static str {
    match lost {
        Lost::Silent => "timeout",
        Lost::Cut => "cut off",
        Lost::Endless => "too large",
    }
}

/// A call's reply as our client would hand it on.
pub fn reply(answer: Result<Answer, Lost>, duration: SignedDuration) -> Result<Reply, Unreachable> {
    let answer =
        answer.map_err(|lost| Unreachable { why: why(lost), cause: "no whole answer came".into() })?;
    let rate = answer.header("x-amzn-ratelimit-limit").and_then(|rate| rate.parse::<f64>().ok());
    Ok(Reply {
        status: answer.status,
        request_id: answer.header("x-amzn-requestid").unwrap_or_default().to_owned(),
        rate_limit: rate.filter(|rate| rate.is_finite() && *rate > 0.0),
        body: answer.body,
        duration,
    })
}

/// What Login with Amazon's answer means, read by the product's code.
pub fn read<T>(
    answer: Result<Answer, Lost>,
    read: impl Fn(u16, &[u8], Option<SignedDuration>) -> Result<T, LwaError>,
) -> Result<T, LwaError> {
    let answer = answer.map_err(|lost| LwaError::Unanswered(why(lost).into()))?;
    let after = answer.header("retry-after").and_then(|seconds| seconds.parse().ok());
    read(answer.status, &answer.body, after.map(SignedDuration::from_secs))
}

impl<C: Credentials> Lwa for Direct<'_, C> {
    async fn exchange(
        &self,
        application: &ApplicationSlug,
        code: &AuthorizationCode,
        redirect_uri: &str,
    ) -> Result<Grant, LwaError> {
        let form = token::exchange_form(&self.credentials(application).await?, code, redirect_uri);
        read(self.world.login(form.as_bytes()).answer, token::read_exchange)
    }

    async fn refresh(
        &self,
        application: &ApplicationSlug,
        sent: &RefreshToken,
    ) -> Result<AccessGrant, LwaError> {
        let form = token::refresh_form(&self.credentials(application).await?, sent);
        let answer = self.world.login(form.as_bytes()).answer;
        read(answer, |status, body, after| token::read_refresh(status, body, after, sent))
    }

    async fn grantless(&self, application: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError> {
        let form = token::grantless_form(&self.credentials(application).await?, scope);
        read(self.world.login(form.as_bytes()).answer, token::read_grantless)
    }

    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError> {
        let form = token::grantless_form(credentials, Scope::Notifications);
        read(self.world.login(form.as_bytes()).answer, token::read_grantless).map(drop)
    }
}

impl<C> SellingPartner for Direct<'_, C> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        reply(self.ask(to, token, call).answer, SignedDuration::from_millis(1))
    }
}

crate::without_documents!(impl<C> Documents for Direct<'_, C>);
