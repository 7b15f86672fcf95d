//! Login with Amazon's token endpoint: the forms we post, and what an answer means.
//!
//! Source: developer-docs.amazon.com/sp-api/docs/website-authorization-workflow (step 4); the error words
//! are those of Amazon's own clients (`LWAExceptionErrorCode`).

use form_urlencoded::Serializer;
use jiff::SignedDuration;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LONGEST_LIFE, LwaError, Scope};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use serde::Deserialize;

/// Amazon's token endpoint, one for all regions. A constant, so that no setting can send a secret elsewhere.
pub const ENDPOINT: &str = "https://api.amazon.com/auth/o2/token";

/// The path of [`ENDPOINT`], for the simulator on this machine.
pub const PATH: &str = "/auth/o2/token";

/// The form that trades a code.
pub fn exchange_form(app: &ApplicationCredentials, code: &AuthorizationCode, redirect_uri: &str) -> String {
    form(
        app,
        &[("grant_type", "authorization_code"), ("code", code.expose()), ("redirect_uri", redirect_uri)],
    )
}

/// The form that renews an access token.
pub fn refresh_form(app: &ApplicationCredentials, token: &RefreshToken) -> String {
    form(app, &[("grant_type", "refresh_token"), ("refresh_token", token.expose())])
}

/// The form that gets a token for operations that belong to no seller.
pub fn grantless_form(app: &ApplicationCredentials, scope: Scope) -> String {
    form(app, &[("grant_type", "client_credentials"), ("scope", scope.as_str())])
}

fn form(app: &ApplicationCredentials, fields: &[(&str, &str)]) -> String {
    let mut form = Serializer::new(String::new());
    form.extend_pairs(fields);
    form.append_pair("client_id", &app.client_id);
    form.append_pair("client_secret", app.client_secret.expose());
    form.finish()
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    token_type: String,
    expires_in: u32,
    refresh_token: Option<String>,
    scope: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Reads the answer to an exchange. Without a refresh token there is no grant, and the old one stays (L8).
pub fn read_exchange(status: u16, body: &[u8], after: Option<SignedDuration>) -> Result<Grant, LwaError> {
    let answer = read(status, body, after)?;
    let scope = answer.scope.clone();
    let refresh = answer.refresh_token.clone().filter(|token| !token.is_empty());
    let refresh = RefreshToken::new(refresh.ok_or(NONSENSE)?);
    Ok(Grant { refresh, access: access(answer, None)?, scope })
}

/// Reads the answer to a renewal with the token that was sent: a different one in the answer replaces it.
pub fn read_refresh(
    status: u16,
    body: &[u8],
    after: Option<SignedDuration>,
    sent: &RefreshToken,
) -> Result<AccessGrant, LwaError> {
    access(read(status, body, after)?, Some(sent))
}

/// Reads the answer to a grantless request.
pub fn read_grantless(
    status: u16,
    body: &[u8],
    after: Option<SignedDuration>,
) -> Result<AccessToken, LwaError> {
    Ok(access(read(status, body, after)?, None)?.token)
}

/// The application may not have this grantless scope. Its credentials were taken.
pub const WRONG_SCOPE: &str = "the application may not have this scope";

const NONSENSE: LwaError =
    LwaError::Busy { why: "the answer makes no sense", retry_after: None, granted: true };

fn read(status: u16, body: &[u8], retry_after: Option<SignedDuration>) -> Result<Answer, LwaError> {
    if status == 200 {
        return serde_json::from_slice(body).map_err(|_| NONSENSE);
    }
    let word = serde_json::from_slice::<Refusal>(body).map(|refusal| refusal.error).unwrap_or_default();
    Err(match (status, word.as_str()) {
        (400 | 401, "invalid_grant") => LwaError::GrantRefused,
        (400 | 401, "invalid_client") => LwaError::ApplicationRefused { code: "invalid_client" },
        (400 | 401, "unauthorized_client") => LwaError::ApplicationRefused { code: "unauthorized_client" },
        (400, "invalid_scope") => LwaError::Busy { why: WRONG_SCOPE, retry_after, granted: false },
        (429, _) => LwaError::Busy { why: "too many requests", retry_after, granted: false },
        (500..=599, _) => LwaError::Busy { why: "an error of its own", retry_after, granted: true },
        _ => LwaError::Busy { why: "an answer nobody expects", retry_after, granted: false },
    })
}

fn access(answer: Answer, sent: Option<&RefreshToken>) -> Result<AccessGrant, LwaError> {
    let expires_in = SignedDuration::from_secs(i64::from(answer.expires_in));
    let sound = !answer.access_token.is_empty()
        && answer.token_type.eq_ignore_ascii_case("bearer")
        && expires_in > SignedDuration::ZERO
        && expires_in <= LONGEST_LIFE;
    if !sound {
        return Err(NONSENSE);
    }
    let replaced = match (sent, answer.refresh_token) {
        (Some(sent), Some(token)) if !token.is_empty() && token != sent.expose() => {
            Some(RefreshToken::new(token))
        }
        _ => None,
    };
    Ok(AccessGrant { token: AccessToken::new(answer.access_token), expires_in, replaced })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sellerport_core::secret::ClientSecret;

    fn app() -> ApplicationCredentials {
        ApplicationCredentials { client_id: "id+1".into(), client_secret: ClientSecret::new("s&t=u".into()) }
    }

    fn sent() -> RefreshToken {
        RefreshToken::new("Atzr|old".into())
    }

    fn refreshed(body: &str) -> Result<AccessGrant, LwaError> {
        read_refresh(200, body.as_bytes(), None, &sent())
    }

    #[test]
    fn a_form_carries_what_amazon_asks_for_encoded() {
        assert_eq!(
            refresh_form(&app(), &sent()),
            "grant_type=refresh_token&refresh_token=Atzr%7Cold&client_id=id%2B1&client_secret=s%26t%3Du"
        );
        let code = AuthorizationCode::new("AN x".into());
        assert!(
            exchange_form(&app(), &code, "https://a/b?c")
                .contains("code=AN+x&redirect_uri=https%3A%2F%2Fa%2Fb%3Fc")
        );
    }

    #[test]
    fn the_same_refresh_token_is_no_replacement_and_another_one_is() {
        let body = |token: &str| {
            format!(
                r#"{{"access_token":"Atza|1","token_type":"bearer","expires_in":3600,"refresh_token":"{token}"}}"#
            )
        };
        assert!(refreshed(&body("Atzr|old")).unwrap().replaced.is_none());
        assert_eq!(refreshed(&body("Atzr|new")).unwrap().replaced.unwrap().expose(), "Atzr|new");
    }

    #[test]
    fn an_answer_that_makes_no_sense_is_never_stored() {
        let whole = r#"{"access_token":"Atza|1","token_type":"bearer","expires_in":3600}"#;
        assert!(refreshed(whole).is_ok());
        for body in [
            "",
            "null",
            "[]",
            "{}",
            "<html>",
            "\u{feff}{}",
            r#"{"access_token":"","token_type":"bearer","expires_in":3600}"#,
            r#"{"access_token":"a","token_type":"mac","expires_in":3600}"#,
            r#"{"access_token":"a","token_type":"bearer"}"#,
            r#"{"access_token":"a","token_type":"bearer","expires_in":0}"#,
            r#"{"access_token":"a","token_type":"bearer","expires_in":-1}"#,
            r#"{"access_token":"a","token_type":"bearer","expires_in":"3600"}"#,
            r#"{"access_token":"a","token_type":"bearer","expires_in":86401}"#,
            r#"{"access_token":"a","token_type":"bearer","expires_in":1e30}"#,
            r#"{"access_token":"a","access_token":"b","token_type":"bearer","expires_in":3600}"#,
        ] {
            assert!(matches!(refreshed(body), Err(LwaError::Busy { .. })), "{body}");
        }
    }

    #[test]
    fn a_grant_without_a_refresh_token_is_no_grant() {
        let body = br#"{"access_token":"Atza|1","token_type":"bearer","expires_in":3600}"#;
        assert!(matches!(read_exchange(200, body, None), Err(LwaError::Busy { .. })));
    }

    #[test]
    fn each_error_of_amazons_leads_to_its_own_action() {
        let judge = |status, word: &str| {
            let body = format!(r#"{{"error":"{word}","error_description":"x"}}"#);
            read_exchange(status, body.as_bytes(), None).unwrap_err()
        };
        assert!(matches!(judge(400, "invalid_grant"), LwaError::GrantRefused));
        assert!(matches!(judge(401, "invalid_client"), LwaError::ApplicationRefused { .. }));
        assert!(matches!(judge(400, "unauthorized_client"), LwaError::ApplicationRefused { .. }));
        for (status, word) in [
            (400, "invalid_request"),
            (400, "unsupported_grant_type"),
            (400, "invalid_scope"),
            (500, "server_error"),
            (503, "temporarily_unavailable"),
            (429, "x"),
            (403, "access_denied"),
            (302, ""),
            // A word under the wrong status proves nothing about the grant.
            (500, "invalid_grant"),
        ] {
            assert!(matches!(judge(status, word), LwaError::Busy { .. }), "{status} {word}");
        }
    }
}
