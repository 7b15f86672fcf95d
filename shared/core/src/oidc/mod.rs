//! Sign-in at an identity provider by OpenID Connect: authorization code with PKCE and nonce, as a public
//! client without a secret. Here is what can be decided without a network; [`crate::ports::Issuer`] does the
//! rest.
//!
//! Sources: OpenID Connect Core 1.0 (sections 3.1.2 and 3.1.3.7), RFC 7636 (PKCE), RFC 9207 (`iss`), RFC 9700.

mod claims;
mod sign_in;

pub use claims::{Claims, SKEW, of_program, of_sign_in};
pub use sign_in::{Departure, SIGN_IN_LIFE, begin, complete};

use crate::application::Loopback;
use crate::ids::TenantId;
use crate::secret::{AuthorizationCode, CodeVerifier};

/// Where the identity provider sends the browser back to, after our origin.
pub const CALLBACK_PATH: &str = "/sign-in/oidc/callback";

/// The identity provider as the operator set it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Who it is.
    pub issuer: IssuerUrl,
    /// Who we are there.
    pub client_id: String,
    /// The claim that names a person's tenant.
    pub tenant_claim: String,
    /// The claim that names a person's roles.
    pub role_claim: String,
    /// The tenant everybody belongs to, in an installation with one.
    pub tenant: Option<TenantId>,
    /// Whom an access token of a program must be meant for; none: programs cannot come by token.
    pub audiences: Vec<String>,
}

/// An issuer's address, exactly as its tokens carry it in `iss`: https, or a development issuer on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerUrl(String);

/// Not an address of an issuer. Never repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an https address without query, or one of this machine (http://127.0.0.1:<port>/…)")]
pub struct BadIssuer;

impl IssuerUrl {
    /// Reads the address.
    pub fn parse(text: &str) -> Result<Self, BadIssuer> {
        let good = !text.contains('?') && (secure(text) || local(text));
        good.then(|| Self(text.to_owned())).ok_or(BadIssuer)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the issuer describes itself (OpenID Connect Discovery 1.0, section 4).
    pub fn discovery(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.0.trim_end_matches('/'))
    }

    /// Whether the issuer's own description may send us there: https, and this machine only where the issuer
    /// is on it.
    pub fn may_name(&self, endpoint: &str) -> bool {
        secure(endpoint) || (local(&self.0) && local(endpoint))
    }
}

/// Nothing in it that two parsers could read differently.
fn plain(rest: &str) -> bool {
    let odd = |b: u8| !b.is_ascii_graphic() || matches!(b, b'\\' | b'@' | b'#' | b'"' | b'<' | b'>');
    !rest.is_empty() && !rest.bytes().any(odd)
}

fn secure(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| plain(rest) && !rest.starts_with(['/', ':', '?']))
}

fn local(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http://") else { return false };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    plain(rest) && Loopback::parse(&format!("http://{host}")).is_ok()
}

/// A one-time code with what proves that we asked for it.
#[derive(Debug)]
pub struct Redemption {
    /// The code.
    pub code: AuthorizationCode,
    /// What the challenge was made of (RFC 7636).
    pub verifier: CodeVerifier,
    /// Where the code came to.
    pub redirect_uri: String,
}

/// The identity provider gave nothing usable. Holds no token, code or body.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// No answer, or none of the kind that was agreed.
    #[error("the identity provider did not answer as it should: {0}")]
    Unavailable(String),
    /// It refused the code.
    #[error("the identity provider refused the code: {0}")]
    Refused(String),
    /// A token that it did not sign, or not as we accept it.
    #[error("not a token of the identity provider: {0}")]
    Token(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_https_or_on_this_machine_and_nothing_else() {
        for good in [
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf",
            "https://example.eu.auth0.com/",
            "http://127.0.0.1:4567/oidc",
            "http://localhost:80",
        ] {
            assert_eq!(IssuerUrl::parse(good).map(|issuer| issuer.as_str().to_owned()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "https://",
            "https:///path",
            "http://issuer.example",
            "http://127.0.0.1/oidc",
            "http://127.0.0.1:80@evil.example/",
            "http://127.0.0.1.evil.example:80/",
            "http://169.254.169.254:80/latest",
            "https://user@issuer.example",
            "https://issuer.example/?x=1",
            "https://issuer.example/#x",
            "https://issuer.example\\evil",
            "HTTPS://issuer.example",
            "ftp://issuer.example",
        ] {
            assert_eq!(IssuerUrl::parse(bad), Err(BadIssuer), "{bad}");
        }
    }

    #[test]
    fn only_an_issuer_on_this_machine_may_name_endpoints_on_it() {
        let far = IssuerUrl::parse("https://issuer.example").unwrap();
        let near = IssuerUrl::parse("http://127.0.0.1:4567/oidc").unwrap();
        for endpoint in ["http://127.0.0.1:4567/oidc/token", "http://localhost:1/keys"] {
            assert!(near.may_name(endpoint) && !far.may_name(endpoint), "{endpoint}");
        }
        assert!(
            far.may_name("https://other.example/token?x=1") && near.may_name("https://other.example/token")
        );
        assert!(!far.may_name("http://issuer.example/token") && !near.may_name("http://10.0.0.1:80/token"));
    }

    #[test]
    fn a_description_is_looked_for_under_the_issuers_own_address() {
        for issuer in ["https://a.example/x", "https://a.example/x/"] {
            let url = IssuerUrl::parse(issuer).unwrap().discovery();
            assert_eq!(url, "https://a.example/x/.well-known/openid-configuration");
        }
    }
}
