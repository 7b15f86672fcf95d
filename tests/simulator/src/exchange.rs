//! The three grants of the token endpoint: what is checked, and what is issued.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::book::{ACCESS_LIFE_SECONDS, Book, CODE_LIFE, GRANT_LIFE, Grant};
use crate::faults::FaultKind;
use crate::lwa::{Fields, Refusal, invalid_grant};
use crate::rotation;
use crate::secrets::SecretKind;

/// Scopes of the grantless operations.
const GRANTLESS_SCOPES: [&str; 3] =
    ["sellingpartnerapi::notifications", rotation::SCOPE, "sellingpartnerapi::shipments:track"];
/// What an accepted request leads to.
enum Exchange {
    /// A code that becomes a grant.
    Code(u64),
    /// A grant's refresh token.
    Refresh(u64),
    /// The application's own token.
    Grantless(String),
}

/// The tokens for a request, or why there are none.
pub(crate) fn exchange(
    book: &mut Book,
    fields: &Fields,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Map<String, Value>, Refusal> {
    let grant_type = need(fields, "grant_type")?;
    let client_id = need(fields, "client_id")?.clone();
    let secret = need(fields, "client_secret")?;
    let application = book.client(&client_id);
    let Some(application) = application.filter(|a| book.authenticates(a, secret, now)) else {
        return Err(Refusal(401, "invalid_client", "Client authentication failed".to_owned()));
    };
    let private = !application.has_consent();
    let exchange = match grant_type.as_str() {
        "authorization_code" if private => {
            return Err(Refusal(
                400,
                "unauthorized_client",
                "Not authorized for requested operation".to_owned(),
            ));
        }
        "authorization_code" => Exchange::Code(check_code(book, fields, &client_id, now)?),
        "refresh_token" => {
            Exchange::Refresh(check_refresh(book, need(fields, "refresh_token")?, &client_id, now)?)
        }
        "client_credentials" => Exchange::Grantless(check_scope(need(fields, "scope")?)?),
        _ => {
            let text = "The authorization grant type is not supported by the authorization server";
            return Err(Refusal(400, "unsupported_grant_type", text.to_owned()));
        }
    };
    Ok(issue(book, exchange, &client_id, fault, now))
}

fn need<'a>(fields: &'a Fields, name: &str) -> Result<&'a String, Refusal> {
    let missing =
        || Refusal(400, "invalid_request", format!("The request is missing a required parameter : {name}"));
    fields.get(name).filter(|value| !value.is_empty()).ok_or_else(missing)
}

fn check_code(book: &Book, fields: &Fields, client_id: &str, now: Timestamp) -> Result<u64, Refusal> {
    let presented = need(fields, "code")?;
    let redirect_uri = need(fields, "redirect_uri")?;
    let (number, code) = book.find_code(presented).ok_or_else(|| invalid_grant("code"))?;
    let fresh = !code.used && now.duration_since(code.made) < CODE_LIFE;
    if !fresh || code.client_id != client_id {
        return Err(invalid_grant("code"));
    }
    if code.redirect_uri != *redirect_uri {
        return Err(invalid_grant("redirect_uri"));
    }
    Ok(number)
}

fn check_refresh(book: &Book, presented: &str, client_id: &str, now: Timestamp) -> Result<u64, Refusal> {
    let (number, grant) = book.find_refresh(presented).ok_or_else(|| invalid_grant("refresh_token"))?;
    if grant.client_id != client_id {
        return Err(Refusal(400, "unauthorized_client", "Not authorized for requested operation".to_owned()));
    }
    if grant.revoked || is_too_old(grant, now) {
        return Err(invalid_grant("refresh_token"));
    }
    Ok(number)
}

fn is_too_old(grant: &Grant, now: Timestamp) -> bool {
    grant.public && now.duration_since(grant.made) >= GRANT_LIFE
}

fn check_scope(scope: &str) -> Result<String, Refusal> {
    let refusal = || Refusal(400, "invalid_scope", "The request has an invalid parameter : scope".to_owned());
    let known = scope.split(' ').all(|one| GRANTLESS_SCOPES.contains(&one));
    known.then(|| scope.to_owned()).ok_or_else(refusal)
}

/// Writes the tokens, spoilt as the fault says.
fn issue(
    book: &mut Book,
    exchange: Exchange,
    client_id: &str,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Map<String, Value> {
    let mut scope = None;
    let is_refresh = matches!(exchange, Exchange::Refresh(_));
    let mut grant = match exchange {
        Exchange::Code(number) => {
            let seller =
                book.find_code(&book.secret(SecretKind::Code, number)).map(|(_, code)| code.seller.clone());
            book.use_code(number);
            let seller = swapped(fault).or(seller).unwrap_or_default();
            Some(book.grant(client_id, &seller, true, now))
        }
        Exchange::Refresh(number) => Some(number),
        Exchange::Grantless(name) => {
            scope = Some(name);
            None
        }
    };
    if let (Some(FaultKind::NewRefreshToken { old_dies }), Some(old)) = (fault, grant) {
        let seller = book.grant_numbered(old).map(|grant| grant.seller.clone()).unwrap_or_default();
        grant = Some(book.grant(client_id, &seller, true, now));
        if *old_dies {
            book.revoke(|number, _| number == old);
        }
    }
    // Of a refresh, the refresh token stays the true one; only the access token is somebody else's.
    let other = swapped(fault).filter(|_| is_refresh);
    let access_of = other.map(|seller| book.grant(client_id, &seller, true, now)).or(grant);
    let mut tokens = Map::new();
    tokens.insert("access_token".to_owned(), book.access(client_id, access_of, scope.clone(), now).into());
    match fault {
        Some(FaultKind::TokenType { token_type: Value::Null }) => None,
        Some(FaultKind::TokenType { token_type }) => {
            tokens.insert("token_type".to_owned(), token_type.clone())
        }
        _ => tokens.insert("token_type".to_owned(), "bearer".into()),
    };
    match fault {
        Some(FaultKind::Expiry { expires_in: Value::Null }) => None,
        Some(FaultKind::Expiry { expires_in }) => tokens.insert("expires_in".to_owned(), expires_in.clone()),
        _ => tokens.insert("expires_in".to_owned(), ACCESS_LIFE_SECONDS.into()),
    };
    if let Some(number) = grant.filter(|_| fault != Some(&FaultKind::NoRefreshToken)) {
        tokens.insert("refresh_token".to_owned(), book.secret(SecretKind::Refresh, number).into());
    }
    if let Some(scope) = scope {
        tokens.insert("scope".to_owned(), scope.into());
    }
    tokens
}

/// The seller whose token comes instead of the true one's.
fn swapped(fault: Option<&FaultKind>) -> Option<String> {
    match fault {
        Some(FaultKind::WrongSeller { instead }) => Some(instead.clone()),
        _ => None,
    }
}
