//! Who asks: a person in a browser, or a program. Resolved here and nowhere else.

use crate::form::{BODY_MAX, SignedIn, from_our_page, signed_in};
use jiff::Timestamp;
use sellerport_core::application::Site;
use sellerport_core::http::Request;
use sellerport_core::ids::{TenantId, UserId};
use sellerport_core::invocation::ApiCall;
use sellerport_core::message::Refusal;
use sellerport_core::oidc::{self, IssuerError};
use sellerport_core::ports::{Clock, Issuer, Table};
use sellerport_core::secret::BearerToken;
use sellerport_core::session::{Identity, Role};

/// The header in which a script of our own pages sends its session's form token.
pub const TOKEN_HEADER: &str = "x-csrf-token";

/// Somebody who has proved who he is.
#[derive(Debug)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// On whose behalf.
    pub tenant: TenantId,
    /// What he may do.
    pub role: Role,
    /// How he proved it.
    pub via: Via,
}

/// How a caller proved who he is.
#[derive(Debug)]
pub enum Via {
    /// A browser's session.
    Session(SignedIn),
    /// A token of the identity provider.
    Bearer,
    /// AWS let him invoke the function.
    Iam,
}

impl Caller {
    fn new(whom: Identity, via: Via) -> Self {
        Self { user: whom.user, tenant: whom.tenant, role: whom.role, via }
    }

    /// Whether his role lets him change anything. The one owner of that rule.
    pub fn may_change(&self) -> Result<(), Refusal> {
        match self.role {
            Role::Operator => Ok(()),
            Role::Viewer => Err(Refusal::Role),
        }
    }

    /// Whether he is of the home tenant: what belongs to the whole installation is for its people only.
    pub fn at_home(&self, site: &Site) -> Result<(), Refusal> {
        if self.tenant == site.home { Ok(()) } else { Err(Refusal::Role) }
    }

    /// He as the core knows him.
    pub fn identity(&self) -> Identity {
        Identity { user: self.user.clone(), tenant: self.tenant.clone(), role: self.role }
    }

    /// The token of his session's forms; empty for a program, which fills in none.
    pub fn form_token(&self) -> String {
        match &self.via {
            Via::Session(session) => session.form_token().as_str().to_owned(),
            Via::Bearer | Via::Iam => String::new(),
        }
    }

    /// Lets a change by JSON through: an operator's, sent as it should be.
    pub fn change(&self, request: &Request, origin: &str) -> Result<(), Refusal> {
        self.change_with(request, origin, &["application/json"], BODY_MAX)
    }

    /// The same for a body of one of these types and at most so many bytes.
    pub fn change_with(
        &self,
        request: &Request,
        origin: &str,
        types: &[&str],
        bytes: usize,
    ) -> Result<(), Refusal> {
        self.sent(request, origin, types, bytes)?;
        self.may_change()
    }

    /// Checks how a body came, whoever sent it: of one of these types, and at most so many bytes. A browser
    /// sends its cookie by itself, so a session must also show that one of our own pages asked.
    pub fn sent(&self, request: &Request, origin: &str, types: &[&str], bytes: usize) -> Result<(), Refusal> {
        if let Via::Session(_) = self.via {
            from_our_page(request, origin)?;
        }
        let kind = request.header("content-type").unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| types.contains(&kind.trim())) {
            return Err(Refusal::FormType);
        }
        if request.body.len() > bytes {
            return Err(Refusal::FormSize);
        }
        // Digests of equal length: comparing them tells nothing about the cookie.
        let shown = request.header(TOKEN_HEADER);
        if matches!(self.via, Via::Session(_)) && shown != Some(self.form_token().as_str()) {
            return Err(Refusal::FormExpired);
        }
        Ok(())
    }
}

impl From<SignedIn> for Caller {
    fn from(by: SignedIn) -> Self {
        let session = &by.session;
        let whom =
            Identity { user: session.user.clone(), tenant: session.tenant.clone(), role: session.role };
        Self::new(whom, Via::Session(by))
    }
}

/// The request of a program that was let in by IAM, as the gateway would bring it.
pub fn invoked(call: ApiCall, now: Timestamp) -> Request {
    Request {
        method: call.method,
        path: call.path,
        query: call.query,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        cookies: Vec::new(),
        body: call.body.into_bytes(),
        received_at: now,
        invoker: Some(call.by),
    }
}

/// Who asks; nobody where nothing proves it. A token counts on the API only, and there before any cookie: a
/// browser adds cookies by itself, but never a token.
pub async fn resolve(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
) -> Result<Option<Caller>, Refusal> {
    if let Some(invoker) = &request.invoker {
        return Ok(Some(Caller::new(invoker.clone(), Via::Iam)));
    }
    if let Some(text) = request.header("authorization").filter(|_| request.path.starts_with("/api/")) {
        return bearer(cloud, text).await.map(|whom| Some(Caller::new(whom, Via::Bearer)));
    }
    Ok(signed_in(cloud, request).await?.map(Caller::from))
}

/// Who asks, or a refusal.
pub async fn require(cloud: &(impl Table + Clock + Issuer), request: &Request) -> Result<Caller, Refusal> {
    resolve(cloud, request).await?.ok_or(Refusal::SignIn)
}

async fn bearer(cloud: &(impl Clock + Issuer), header: &str) -> Result<Identity, Refusal> {
    let refused = |why: &str| Refusal::Bearer(why.to_owned());
    let (scheme, token) = header.split_once(' ').ok_or_else(|| refused("no scheme"))?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused("another scheme"));
    }
    let settings = cloud.settings().filter(|settings| !settings.audiences.is_empty());
    let settings = settings.ok_or_else(|| refused("no tokens are accepted here"))?;
    let claims = cloud.verify(&BearerToken::new(token.trim().to_owned())).await;
    let claims = claims.map_err(|error| match error {
        IssuerError::Unavailable(why) => Refusal::Unavailable(why),
        IssuerError::Refused(_) | IssuerError::Token(_) => refused(&error.to_string()),
    })?;
    oidc::of_program(&claims, settings, cloud.now())
}
