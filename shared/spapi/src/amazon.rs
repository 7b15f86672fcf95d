//! Amazon, as the core's ports see it.

use crate::http::{self, CALL_BODY_MAX, CALL_TIMEOUT, Incomplete, LWA_BODY_MAX, LWA_TIMEOUT, Received};
use crate::{public, request, token};
use sellerport_core::application::Loopback;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Clock, Credentials, Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, Digest, RefreshToken};
use std::sync::OnceLock;

/// Both of Amazon's services. `C` tells the application's credentials and the time.
#[derive(Debug)]
pub struct Amazon<'c, C> {
    client: reqwest::Client,
    /// For documents; made when the first one is asked for, since most functions never do.
    downloads: OnceLock<reqwest::Client>,
    simulator: Option<Loopback>,
    cloud: &'c C,
}

impl<'c, C> Amazon<'c, C> {
    /// Built once for the life of a function. `simulator` stands in for Amazon on this machine.
    pub fn new(cloud: &'c C, simulator: Option<Loopback>) -> Result<Self, http::Unbuildable> {
        Ok(Self { client: http::client()?, downloads: OnceLock::new(), simulator, cloud })
    }

    /// Who stands in for Amazon.
    pub(crate) fn simulator(&self) -> Option<&Loopback> {
        self.simulator.as_ref()
    }

    /// The client for documents. A simulator is on this machine, which no public name leads to.
    pub(crate) fn downloads(&self) -> Result<&reqwest::Client, http::Unbuildable> {
        if let Some(client) = self.downloads.get() {
            return Ok(client);
        }
        let client = http::downloads(self.simulator.is_none().then_some(public::system))?;
        Ok(self.downloads.get_or_init(|| client))
    }

    async fn post(&self, form: String) -> Result<Received, LwaError> {
        let address = match &self.simulator {
            Some(simulator) => format!("{}{}", simulator.as_str(), token::PATH),
            None => token::ENDPOINT.to_owned(),
        };
        let request = self
            .client
            .post(address)
            .timeout(LWA_TIMEOUT)
            .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
            .body(form);
        http::send(request, LWA_BODY_MAX).await.map_err(|incomplete| match incomplete {
            Incomplete { unsent: true, why, .. } => LwaError::Busy { why, retry_after: None, granted: false },
            Incomplete { cause, .. } => LwaError::Unanswered(cause),
        })
    }
}

impl<C: Credentials> Amazon<'_, C> {
    async fn credentials(&self, of: &ApplicationSlug) -> Result<ApplicationCredentials, LwaError> {
        let busy = LwaError::Busy {
            why: "the application's secret cannot be read",
            retry_after: None,
            granted: false,
        };
        self.cloud.current(of).await.map_err(|_| busy)
    }

    /// Asks with the credentials at hand, and once more with newer ones where Amazon refuses them: after a
    /// rotation a function that has been running still holds the old secret. A refused application spends
    /// neither a code nor a token.
    async fn ask<T>(
        &self,
        of: &ApplicationSlug,
        form: impl Fn(&ApplicationCredentials) -> String,
        read: impl Fn(Received) -> Result<T, LwaError>,
    ) -> Result<T, LwaError> {
        let used = self.credentials(of).await?;
        let first = read(self.post(form(&used)).await?);
        if !matches!(first, Err(LwaError::ApplicationRefused { .. })) {
            return first;
        }
        self.cloud.refused(of);
        let newer = self.credentials(of).await?;
        let same = Digest::of(used.client_secret.expose()) == Digest::of(newer.client_secret.expose());
        if same && used.client_id == newer.client_id { first } else { read(self.post(form(&newer)).await?) }
    }
}

impl<C: Credentials> Lwa for Amazon<'_, C> {
    async fn exchange(
        &self,
        application: &ApplicationSlug,
        code: &AuthorizationCode,
        redirect_uri: &str,
    ) -> Result<Grant, LwaError> {
        let read =
            |got: Received| token::read_exchange(got.status, &got.body, http::retry_after(&got.headers));
        self.ask(application, |app| token::exchange_form(app, code, redirect_uri), read).await
    }

    async fn refresh(
        &self,
        application: &ApplicationSlug,
        sent: &RefreshToken,
    ) -> Result<AccessGrant, LwaError> {
        let read =
            |got: Received| token::read_refresh(got.status, &got.body, http::retry_after(&got.headers), sent);
        self.ask(application, |app| token::refresh_form(app, sent), read).await
    }

    async fn grantless(&self, application: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError> {
        self.ask(application, |app| token::grantless_form(app, scope), read_grantless).await
    }

    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError> {
        let form = token::grantless_form(credentials, Scope::Notifications);
        match read_grantless(self.post(form).await?) {
            // The pair was taken; that it may not do this is another matter.
            Ok(_) | Err(LwaError::Busy { why: token::WRONG_SCOPE, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn read_grantless(got: Received) -> Result<AccessToken, LwaError> {
    token::read_grantless(got.status, &got.body, http::retry_after(&got.headers))
}

impl<C: Clock> SellingPartner for Amazon<'_, C> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let begun = self.cloud.now();
        let stamp = begun.strftime("%Y%m%dT%H%M%SZ").to_string();
        let address = request::address(self.simulator.as_ref(), to, call);
        let mut request = self
            .client
            .request(request::method(call), address)
            .timeout(CALL_TIMEOUT)
            .header("x-amz-access-token", token.expose())
            .header("x-amz-date", stamp)
            .header("accept", "application/json");
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = &call.body {
            request = request.header("content-type", "application/json").body(body.clone());
        }
        let got = http::send(request, CALL_BODY_MAX)
            .await
            .map_err(|Incomplete { why, cause, .. }| Unreachable { why, cause })?;
        Ok(Reply {
            status: got.status,
            request_id: request::request_id(&got.headers),
            rate_limit: request::rate_limit(&got.headers),
            body: got.body,
            duration: self.cloud.now().duration_since(begun),
        })
    }
}
