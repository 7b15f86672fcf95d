//! The identity provider over HTTPS: its description, its keys, its token endpoint. What it told is kept for ten
//! minutes while the function is warm.

mod http;
mod token;

use crate::clients::Aws;
use aws_smithy_http_client::Connector;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::oidc::{Claims, IssuerError, Redemption, Settings};
use sellerport_core::ports::{Clock, Issuer};
use sellerport_core::secret::BearerToken;
use serde::Deserialize;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;
use token::{Keys, Token};

/// How long a description and its keys are believed.
const KEPT: SignedDuration = SignedDuration::from_mins(10);
/// An unknown key's name makes us look again, but strangers with invented names no more often than this.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(30);
/// All that one sign-in or one token asks of the issuer takes at most this.
const DEADLINE: Duration = Duration::from_secs(10);

/// The issuer's description of itself; only what is used (OpenID Connect Discovery 1.0, section 3).
#[derive(Debug, Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Debug)]
struct Known {
    description: Description,
    keys: Keys,
    read_at: Timestamp,
}

/// An identity provider. One for the life of a function.
pub struct IdentityProvider {
    settings: Settings,
    client: OnceLock<Connector>,
    known: RefCell<Option<Rc<Known>>>,
}

impl fmt::Debug for IdentityProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityProvider").field("issuer", &self.settings.issuer).finish_non_exhaustive()
    }
}

fn unavailable(why: &str) -> IssuerError {
    IssuerError::Unavailable(why.to_owned())
}

/// Everything within one deadline.
async fn in_time<T>(work: impl Future<Output = Result<T, IssuerError>>) -> Result<T, IssuerError> {
    tokio::time::timeout(DEADLINE, work).await.unwrap_or_else(|_| Err(unavailable("timeout")))
}

impl IdentityProvider {
    /// The provider of these settings; nothing is sent yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, client: OnceLock::new(), known: RefCell::new(None) }
    }

    /// How it is set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn client(&self) -> &Connector {
        self.client.get_or_init(http::client)
    }

    /// Where it asks people to sign in.
    pub async fn authorization_endpoint(&self, now: Timestamp) -> Result<String, IssuerError> {
        let known = in_time(self.known(now)).await?;
        Ok(known.description.authorization_endpoint.clone())
    }

    /// Trades a one-time code for the claims of its ID token.
    pub async fn redeem(&self, redemption: &Redemption, now: Timestamp) -> Result<Claims, IssuerError> {
        in_time(async {
            let known = self.known(now).await?;
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("grant_type", "authorization_code")
                .append_pair("client_id", &self.settings.client_id)
                .append_pair("code", redemption.code.expose())
                .append_pair("code_verifier", redemption.verifier.expose())
                .append_pair("redirect_uri", &redemption.redirect_uri);
            let url = &known.description.token_endpoint;
            let (status, body) = http::post(self.client(), url, form.finish()).await?;
            match status {
                200 => {
                    #[derive(Deserialize)]
                    struct Answer {
                        id_token: String,
                    }
                    // The parser's own message could repeat a token.
                    let answer: Answer = serde_json::from_slice(&body)
                        .map_err(|_| unavailable("an answer without ID token"))?;
                    self.claims(&answer.id_token, now).await
                }
                400 | 401 | 403 => Err(IssuerError::Refused(format!("status {status}"))),
                _ => Err(unavailable(&format!("status {status}"))),
            }
        })
        .await
    }

    /// The claims of a token that a program sent.
    pub async fn verify(&self, token: &BearerToken, now: Timestamp) -> Result<Claims, IssuerError> {
        in_time(self.claims(token.expose(), now)).await
    }

    async fn claims(&self, text: &str, now: Timestamp) -> Result<Claims, IssuerError> {
        // Malformed tokens and wrong algorithms end here, before anything is asked of anybody.
        let token = Token::read(text)?;
        let mut known = self.known(now).await?;
        if !token.knows(&known.keys) && now >= known.read_at + LOOK_AGAIN {
            known = self.look(now).await?;
        }
        token.open(&known.keys)
    }

    async fn known(&self, now: Timestamp) -> Result<Rc<Known>, IssuerError> {
        let known = self.known.borrow().clone();
        match known.filter(|known| now < known.read_at + KEPT) {
            Some(known) => Ok(known),
            None => self.look(now).await,
        }
    }

    /// Reads description and keys anew.
    async fn look(&self, now: Timestamp) -> Result<Rc<Known>, IssuerError> {
        let issuer = &self.settings.issuer;
        let body = http::get(self.client(), &issuer.discovery()).await?;
        let description: Description =
            serde_json::from_slice(&body).map_err(|_| unavailable("a description that cannot be read"))?;
        if description.issuer != issuer.as_str() {
            return Err(unavailable("the description of another issuer"));
        }
        let named = [&description.authorization_endpoint, &description.token_endpoint, &description.jwks_uri];
        if !named.into_iter().all(|endpoint| issuer.may_name(endpoint)) {
            return Err(unavailable("an endpoint that is not https"));
        }
        let body = http::get(self.client(), &description.jwks_uri).await?;
        let keys = Keys::read(&body).ok_or_else(|| unavailable("keys that cannot be read"))?;
        let known = Rc::new(Known { description, keys, read_at: now });
        self.known.replace(Some(Rc::clone(&known)));
        Ok(known)
    }
}

impl Aws {
    fn provider(&self) -> Result<&IdentityProvider, IssuerError> {
        self.issuer.as_ref().ok_or_else(|| unavailable("none is set"))
    }
}

impl Issuer for Aws {
    fn settings(&self) -> Option<&Settings> {
        self.issuer.as_ref().map(IdentityProvider::settings)
    }

    async fn authorization_endpoint(&self) -> Result<String, IssuerError> {
        self.provider()?.authorization_endpoint(self.now()).await
    }

    async fn redeem(&self, redemption: &Redemption) -> Result<Claims, IssuerError> {
        self.provider()?.redeem(redemption, self.now()).await
    }

    async fn verify(&self, token: &BearerToken) -> Result<Claims, IssuerError> {
        self.provider()?.verify(token, self.now()).await
    }
}
