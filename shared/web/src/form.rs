//! Forms: only from our own pages, only from this session, only as forms.

use crate::cookies;
use form_urlencoded::parse;
use sellerport_core::http::Request;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Table};
use sellerport_core::secret::{Digest, Ticket};
use sellerport_core::session::{self, Role, Session};
use serde::de::DeserializeOwned;

/// Largest form that is read.
pub const BODY_MAX: usize = 64 * 1024;

/// The hidden field that holds the session's form token.
pub const TOKEN_FIELD: &str = "csrf";

/// A signed-in request.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub session: Session,
    /// The cookie, from which form tokens follow.
    pub cookie: Ticket,
}

impl SignedIn {
    /// The token that this session's forms carry.
    pub fn form_token(&self) -> Digest {
        session::form_token(&self.cookie)
    }
}

/// The session of a request.
pub async fn signed_in(cloud: &(impl Table + Clock), request: &Request) -> Result<Option<SignedIn>, Refusal> {
    let Some(cookie) = cookies::read(request, cookies::SESSION) else { return Ok(None) };
    let session = session::resume(cloud, &cookie).await?;
    Ok(session.map(|session| SignedIn { session, cookie }))
}

/// Refuses what was not sent from one of our pages.
pub fn from_our_page(request: &Request, origin: &str) -> Result<(), Refusal> {
    let same_site = request.header("sec-fetch-site").is_none_or(|site| site == "same-origin");
    if request.header("origin") == Some(origin) && same_site { Ok(()) } else { Err(Refusal::FormOrigin) }
}

/// The fields of a form that a signed-in person sent from one of our pages.
#[derive(Debug)]
pub struct Form {
    /// Who sent it.
    pub by: SignedIn,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads the form of somebody who wants to change something: an operator. Every form is read here, so no
    /// page can forget to ask.
    pub async fn read(
        cloud: &(impl Table + Clock),
        request: &Request,
        origin: &str,
    ) -> Result<Self, Refusal> {
        Self::read_large(cloud, request, origin, BODY_MAX).await
    }

    /// The same for a form that may be larger.
    pub async fn read_large(
        cloud: &(impl Table + Clock),
        request: &Request,
        origin: &str,
        bytes: usize,
    ) -> Result<Self, Refusal> {
        let form = Self::read_any(cloud, request, origin, bytes).await?;
        match form.by.session.role {
            Role::Operator => Ok(form),
            Role::Viewer => Err(Refusal::Role),
        }
    }

    /// Reads the form of anybody signed in: for signing out, which changes nothing of the tenant's. Anything
    /// that did not come from our own page is refused before it is read.
    pub async fn read_of_anybody(
        cloud: &(impl Table + Clock),
        request: &Request,
        origin: &str,
    ) -> Result<Self, Refusal> {
        Self::read_any(cloud, request, origin, BODY_MAX).await
    }

    async fn read_any(
        cloud: &(impl Table + Clock),
        request: &Request,
        origin: &str,
        bytes: usize,
    ) -> Result<Self, Refusal> {
        from_our_page(request, origin)?;
        let by = signed_in(cloud, request).await?.ok_or(Refusal::SignIn)?;
        let kind = request.header("content-type").unwrap_or_default();
        if kind.split(';').next().map(str::trim) != Some("application/x-www-form-urlencoded") {
            return Err(Refusal::FormType);
        }
        if request.body.len() > bytes {
            return Err(Refusal::FormSize);
        }
        let fields: Vec<_> =
            parse(&request.body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let form = Self { by, fields };
        // Digests of equal length: comparing them tells nothing about the cookie.
        if form.field(TOKEN_FIELD) != Some(form.by.form_token().as_str()) {
            return Err(Refusal::FormExpired);
        }
        Ok(form)
    }

    /// The form, if it has no other fields than these. A field of another form is a mistake somewhere.
    pub fn knowing(self, names: &[&str]) -> Result<Self, Refusal> {
        let known = |name: &str| name == TOKEN_FIELD || names.contains(&name);
        match self.fields.iter().find(|(name, _)| !known(name)) {
            None => Ok(self),
            Some((name, _)) => Err(Refusal::FormUnknown(harmless(name))),
        }
    }

    /// All values of a field, in their order.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// All fields in their order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a field that came exactly once.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let value = values.next()?;
        values.next().is_none().then_some(value)
    }
}

/// A field's name as far as it can be shown.
fn harmless(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).take(32).collect()
}

/// A JSON body as its type. Names fields, never values.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        let text = error.to_string();
        match text.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')) {
            Some((name, _)) => Refusal::FormUnknown(harmless(name)),
            None => Refusal::FormParse { line: error.line(), column: error.column() },
        }
    })
}
