//! One sign-in: a state is minted and bound to this browser, and taken once when the browser comes back.
//!
//! The table holds digests only. Nonce and code verifier follow from the state and from what the browser's
//! cookie holds, so nobody who reads the table, or the issuer's log, can finish somebody's sign-in.

use super::{IssuerError, Redemption, Settings, claims};
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Issuer, Table};
use crate::secret::{AuthorizationCode, CodeVerifier, Digest, Ticket};
use crate::session::{Identity, stored, ticket};
use crate::store::{Key, Stored, TableName, Write, decode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use form_urlencoded::{Serializer, parse};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Time to sign in at the issuer, as long as for a consent.
pub const SIGN_IN_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Longest code that is passed on; real ones are below 2 KiB.
const CODE_MAX: usize = 4096;

/// A sign-in under way.
#[derive(Debug, Serialize, Deserialize)]
struct SignIn {
    digest: Digest,
    browser: Digest,
    created_at: Timestamp,
}

impl SignIn {
    fn key_of(state: &Digest) -> Key {
        Key::new(TableName::Pending, format!("OIDC#{}", state.as_str()), "OIDC")
    }
}

impl Stored for SignIn {
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + SIGN_IN_LIFE)
    }
}

/// A sign-in ready to be sent to the browser.
#[derive(Debug)]
pub struct Departure {
    /// The issuer's page.
    pub url: String,
    /// What this browser must hold when it comes back.
    pub browser: Ticket,
}

fn bound(what: &str, state: &Ticket, browser: &Ticket) -> Digest {
    Digest::of(&format!("{what}:{}:{}", state.expose(), browser.expose()))
}

/// The proof behind the challenge: 64 hex digits, of the characters RFC 7636 allows.
fn verifier(state: &Ticket, browser: &Ticket) -> CodeVerifier {
    CodeVerifier::new(bound("verifier", state, browser).as_str().to_owned())
}

/// Mints a state and says where to send the browser.
pub async fn begin(
    cloud: &(impl Table + Clock + Entropy + Issuer),
    settings: &Settings,
    redirect_uri: &str,
) -> Result<Departure, Refusal> {
    let endpoint = cloud.authorization_endpoint().await.map_err(refusal)?;
    let (state, browser) = (ticket(cloud)?, ticket(cloud)?);
    let pending = SignIn { digest: state.digest(), browser: browser.digest(), created_at: cloud.now() };
    stored(cloud.write(&[Write::insert(&pending)?]).await)?;
    Ok(Departure { url: url(&endpoint, settings, redirect_uri, &state, &browser), browser })
}

fn url(endpoint: &str, settings: &Settings, redirect_uri: &str, state: &Ticket, browser: &Ticket) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier(state, browser).expose().as_bytes()));
    let mut query = Serializer::new(String::new());
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &settings.client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("scope", "openid")
        .append_pair("state", state.expose())
        .append_pair("nonce", bound("nonce", state, browser).as_str())
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{joint}{}", query.finish())
}

/// What the issuer sent along.
struct Answer {
    state: Ticket,
    outcome: Result<AuthorizationCode, Refusal>,
}

/// Reads the callback's query. Nothing is spent by one that cannot be the issuer's.
fn read(query: &str, settings: &Settings) -> Result<Answer, Refusal> {
    let one = |name: &str| {
        let mut values = parse(query.as_bytes()).filter(|(key, _)| key == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (found, None) => Ok(found),
            _ => Err(Refusal::OidcState),
        }
    };
    let state = one("state")?.as_deref().and_then(Ticket::parse).ok_or(Refusal::OidcState)?;
    // RFC 9207: an answer of another issuer is not for this sign-in.
    if one("iss")?.is_some_and(|issuer| issuer != settings.issuer.as_str()) {
        return Err(Refusal::OidcClaims("iss of the answer".to_owned()));
    }
    let outcome = match (one("error")?.as_deref(), one("code")?) {
        (Some("access_denied"), _) => Err(Refusal::OidcDenied),
        (Some(_), _) => Err(Refusal::OidcIssuer("it answered with an error".to_owned())),
        (None, Some(code)) if !code.is_empty() && code.len() <= CODE_MAX => {
            Ok(AuthorizationCode::new(code.into_owned()))
        }
        (None, _) => Err(Refusal::OidcIssuer("it sent no code".to_owned())),
    };
    Ok(Answer { state, outcome })
}

/// Turns the issuer's answer into somebody. The state is taken first: whatever follows, it works once.
pub async fn complete(
    cloud: &(impl Table + Clock + Issuer),
    settings: &Settings,
    query: &str,
    browser: Option<Ticket>,
    redirect_uri: &str,
) -> Result<Identity, Refusal> {
    let answer = read(query, settings)?;
    let row = cloud.take(&SignIn::key_of(&answer.state.digest())).await?.ok_or(Refusal::OidcState)?;
    let pending = decode::<SignIn>(row)?.value;
    let now = cloud.now();
    if !(pending.created_at <= now && now < pending.created_at + SIGN_IN_LIFE) {
        return Err(Refusal::OidcState);
    }
    let browser = browser.filter(|browser| browser.digest() == pending.browser);
    let browser = browser.ok_or(Refusal::OidcBrowser)?;
    let redemption = Redemption {
        code: answer.outcome?,
        verifier: verifier(&answer.state, &browser),
        redirect_uri: redirect_uri.to_owned(),
    };
    let token = cloud.redeem(&redemption).await.map_err(refusal)?;
    let nonce = bound("nonce", &answer.state, &browser);
    claims::of_sign_in(&token, settings, nonce.as_str(), cloud.now())
}

fn refusal(error: IssuerError) -> Refusal {
    match error {
        IssuerError::Unavailable(_) | IssuerError::Refused(_) => Refusal::OidcIssuer(error.to_string()),
        IssuerError::Token(_) => Refusal::OidcClaims(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oidc::IssuerUrl;

    fn settings() -> Settings {
        Settings {
            issuer: IssuerUrl::parse("https://issuer.example").unwrap(),
            client_id: "console".into(),
            tenant_claim: "t".into(),
            role_claim: "r".into(),
            tenant: None,
            audiences: Vec::new(),
        }
    }

    #[test]
    fn the_issuers_page_gets_what_the_standard_asks_for_and_nothing_else() {
        let (state, browser) = (Ticket::from_random(&[1; 32]), Ticket::from_random(&[2; 32]));
        let url = url("https://i.example/a", &settings(), "https://x.example/cb", &state, &browser);
        let (page, query) = url.split_once('?').unwrap();
        assert_eq!(page, "https://i.example/a");
        let pairs: Vec<(String, String)> = parse(query.as_bytes()).into_owned().collect();
        let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
        ];
        assert_eq!(names, expected);
        assert!(!url.contains(browser.expose()) && !url.contains(verifier(&state, &browser).expose()));
        let other = Ticket::from_random(&[3; 32]);
        assert_ne!(verifier(&state, &browser).expose(), verifier(&state, &other).expose());
        assert_ne!(verifier(&state, &browser).expose(), bound("nonce", &state, &browser).as_str());
    }

    #[test]
    fn an_answer_that_cannot_be_the_issuers_spends_nothing() {
        let state = Ticket::from_random(&[1; 32]);
        let s = state.expose();
        let read = |query: &str| read(query, &settings());
        for query in ["", "code=c", "state=short&code=c", &format!("state={s}&state={s}&code=c")] {
            assert_eq!(read(query).err(), Some(Refusal::OidcState), "{query}");
        }
        let stranger = read(&format!("state={s}&code=c&iss=https%3A%2F%2Fevil.example")).err();
        assert!(matches!(stranger, Some(Refusal::OidcClaims(_))));
        let outcome = |query: &str| read(&format!("state={s}&{query}")).unwrap().outcome.map(|_| ());
        assert_eq!(outcome("error=access_denied&code=c"), Err(Refusal::OidcDenied));
        for query in ["error=server_error", "code=", "x=1", &format!("code={}", "c".repeat(5000))] {
            assert!(matches!(outcome(query), Err(Refusal::OidcIssuer(_))), "{query}");
        }
        assert_eq!(outcome("code=c&iss=https%3A%2F%2Fissuer.example"), Ok(()), "the control");
    }
}
