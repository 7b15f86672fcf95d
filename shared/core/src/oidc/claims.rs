//! Claims: whom a token is about, whom it is meant for, and until when.

use super::Settings;
use crate::ids::{TenantId, UserId};
use crate::message::Refusal;
use crate::secret::Digest;
use crate::session::{Identity, Role};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use std::fmt;

/// How far the issuer's clock may be from ours.
pub const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// What stands before the role in a program's scope, as Cognito's resource servers write it.
const SCOPE_PREFIX: &str = "sellerport/";

/// What a token says. Its signature was verified before; nothing else was.
#[derive(Clone)]
pub struct Claims(Map<String, Value>);

/// A token may hold names and addresses of people: none of it is printed.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims([redacted])")
    }
}

impl From<Map<String, Value>> for Claims {
    fn from(claims: Map<String, Value>) -> Self {
        Self(claims)
    }
}

impl Claims {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A claim that may be one text or a list of them.
    fn texts(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Seconds since 1970, which RFC 7519 lets be a fraction.
    fn moment(&self, name: &str) -> Option<f64> {
        self.0.get(name).and_then(Value::as_f64)
    }

    /// Made by this issuer, and in force at this moment. The reason why not holds no value.
    fn in_force(&self, settings: &Settings, now: Timestamp) -> Result<(), &'static str> {
        let (now, skew) = (now.as_duration().as_secs_f64(), SKEW.as_secs_f64());
        if self.text("iss") != Some(settings.issuer.as_str()) {
            return Err("iss");
        }
        if self.moment("exp").is_none_or(|end| now >= end + skew) {
            return Err("exp");
        }
        // Absent is fine; present and not a number is not.
        let begun = |name| !self.0.contains_key(name) || self.moment(name).is_some_and(|at| at <= now + skew);
        if !begun("nbf") || !begun("iat") {
            return Err("nbf or iat");
        }
        Ok(())
    }

    /// Whom it is about, by an id that fits ours.
    fn user(&self) -> Option<UserId> {
        let subject = self.text("sub").filter(|subject| !subject.is_empty())?;
        // Some issuers put `|` or `@` into it; its digest is as unique and as lasting.
        let digest: String = Digest::of(subject).as_str().chars().take(32).collect();
        UserId::parse(subject).or_else(|_| UserId::parse(&format!("u{digest}"))).ok()
    }

    fn role(&self, settings: &Settings) -> Role {
        let scopes = self.text("scope").unwrap_or_default().split(' ');
        let scopes = scopes.filter_map(|scope| scope.strip_prefix(SCOPE_PREFIX));
        let named = self.texts(&settings.role_claim).into_iter().flat_map(|text| text.split([' ', ',']));
        match named.chain(scopes).any(|word| word == Role::Operator.as_str()) {
            true => Role::Operator,
            // Whoever has no role may read: the issuer let him in, and nothing can be changed by it.
            false => Role::Viewer,
        }
    }

    fn identity(&self, settings: &Settings) -> Option<Identity> {
        let named = || self.text(&settings.tenant_claim).and_then(|text| TenantId::parse(text).ok());
        let tenant = settings.tenant.clone().or_else(named)?;
        Some(Identity { user: self.user()?, tenant, role: self.role(settings) })
    }
}

/// Whom an ID token signs in: made for us and for this very sign-in (OpenID Connect Core, 3.1.3.7).
pub fn of_sign_in(
    claims: &Claims,
    settings: &Settings,
    nonce: &str,
    now: Timestamp,
) -> Result<Identity, Refusal> {
    let wrong = |what: &str| Refusal::OidcClaims(what.to_owned());
    claims.in_force(settings, now).map_err(wrong)?;
    let (audience, client) = (claims.texts("aud"), settings.client_id.as_str());
    if !audience.contains(&client) {
        return Err(wrong("aud"));
    }
    if claims.0.contains_key("azp") || audience.len() > 1 {
        claims.text("azp").filter(|party| *party == client).ok_or_else(|| wrong("azp"))?;
    }
    // Only Cognito says what a token is for; its access token is none for signing in.
    if claims.text("token_use").is_some_and(|usage| usage != "id") {
        return Err(wrong("token_use"));
    }
    if claims.text("nonce") != Some(nonce) {
        return Err(wrong("nonce"));
    }
    claims.user().ok_or_else(|| wrong("sub"))?;
    claims.identity(settings).ok_or(Refusal::OidcTenant)
}

/// For whom a program asks. `client_id` stands for the audience only where a token names none, as Cognito's
/// access tokens do: a token that names another audience is meant for another API.
pub fn of_program(claims: &Claims, settings: &Settings, now: Timestamp) -> Result<Identity, Refusal> {
    let wrong = |what: &str| Refusal::Bearer(what.to_owned());
    claims.in_force(settings, now).map_err(wrong)?;
    let named = if claims.0.contains_key("aud") { "aud" } else { "client_id" };
    if !claims.texts(named).iter().any(|one| settings.audiences.iter().any(|ours| ours == one)) {
        return Err(wrong("aud or client_id"));
    }
    // An ID token tells a browser who signed in. It is not for calling an API.
    if claims.text("token_use") == Some("id") || claims.0.contains_key("nonce") {
        return Err(wrong("an ID token"));
    }
    claims.identity(settings).ok_or_else(|| wrong("no tenant or no sub"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oidc::IssuerUrl;
    use serde_json::json;

    fn settings() -> Settings {
        Settings {
            issuer: IssuerUrl::parse("https://issuer.example").unwrap(),
            client_id: "console".into(),
            tenant_claim: "custom:tenant".into(),
            role_claim: "cognito:groups".into(),
            tenant: None,
            audiences: vec!["api".into(), "machine".into()],
        }
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn claims(change: Value, base: Value) -> Claims {
        let mut all = base.as_object().unwrap().clone();
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => all.remove(name),
                value => all.insert(name.clone(), value.clone()),
            };
        }
        Claims::from(all)
    }

    fn person(change: Value) -> Result<Identity, Refusal> {
        let good = json!({"iss": "https://issuer.example", "sub": "5b-c", "aud": "console", "nonce": "n",
            "exp": 1_800_000_300, "iat": 1_800_000_000, "custom:tenant": "main", "cognito:groups": ["operator"]});
        of_sign_in(&claims(change, good), &settings(), "n", now())
    }

    fn program(change: Value) -> Result<Identity, Refusal> {
        let good = json!({"iss": "https://issuer.example", "sub": "m", "aud": "api", "exp": 1_800_000_300,
            "custom:tenant": "main", "scope": "sellerport/operator"});
        of_program(&claims(change, good), &settings(), now())
    }

    fn why(result: Result<Identity, Refusal>) -> String {
        result.unwrap_err().reason().to_owned()
    }

    #[test]
    fn an_id_token_signs_in_whom_it_names() {
        let whom = person(json!({})).unwrap();
        assert_eq!((whom.user.as_str(), whom.tenant.as_str(), whom.role), ("5b-c", "main", Role::Operator));
        let odd = person(json!({"sub": "auth0|5b"})).unwrap().user;
        assert!(odd.as_str().starts_with('u') && odd.as_str().len() == 33, "{odd}");
        for (aud, azp) in [(json!(["console"]), json!(null)), (json!(["console", "x"]), json!("console"))] {
            assert!(person(json!({"aud": aud, "azp": azp})).is_ok());
        }
    }

    #[test]
    fn an_id_token_for_anything_else_signs_nobody_in() {
        for (change, reason) in [
            (json!({"iss": "https://issuer.example/"}), "iss"),
            (json!({"iss": null}), "iss"),
            (json!({"exp": null}), "exp"),
            (json!({"exp": "1800000300"}), "exp"),
            (json!({"exp": 1_799_999_940}), "exp"),
            (json!({"nbf": 1_800_000_061}), "nbf or iat"),
            (json!({"iat": 1_800_000_061}), "nbf or iat"),
            (json!({"iat": "then"}), "nbf or iat"),
            (json!({"aud": "other"}), "aud"),
            (json!({"aud": null}), "aud"),
            (json!({"aud": ["console", "other"]}), "azp"),
            (json!({"azp": "other"}), "azp"),
            (json!({"token_use": "access"}), "token_use"),
            (json!({"nonce": "other"}), "nonce"),
            (json!({"nonce": null}), "nonce"),
            (json!({"sub": null}), "sub"),
        ] {
            assert_eq!(why(person(change.clone())), reason, "{change}");
        }
        // The control: a minute of difference between the clocks is allowed for.
        for change in [json!({"exp": 1_799_999_941}), json!({"nbf": 1_800_000_060})] {
            assert!(person(change.clone()).is_ok(), "{change}");
        }
    }

    #[test]
    fn a_tenant_must_be_named_and_a_role_may_be_missing() {
        for tenant in [json!(null), json!(""), json!("a/b"), json!(["main"])] {
            assert_eq!(person(json!({"custom:tenant": tenant})), Err(Refusal::OidcTenant));
        }
        let role = |groups: Value| person(json!({"cognito:groups": groups})).unwrap().role;
        for groups in [json!(null), json!([]), json!("viewer"), json!(["operators"]), json!({"operator": 1})]
        {
            assert_eq!(role(groups.clone()), Role::Viewer, "{groups}");
        }
        for groups in [json!("operator"), json!("viewer operator"), json!(["viewer", "operator"])] {
            assert_eq!(role(groups.clone()), Role::Operator, "{groups}");
        }
        let single = Settings { tenant: Some(TenantId::parse("shop").unwrap()), ..settings() };
        let token = claims(
            json!({"custom:tenant": "other"}),
            json!({"iss": "https://issuer.example", "sub": "s", "aud": "console", "nonce": "n", "exp": 1_800_000_300}),
        );
        assert_eq!(of_sign_in(&token, &single, "n", now()).unwrap().tenant.as_str(), "shop");
    }

    #[test]
    fn a_program_needs_a_token_for_this_api() {
        assert_eq!(program(json!({})).unwrap().role, Role::Operator);
        assert_eq!(program(json!({"scope": "sellerport/viewer"})).unwrap().role, Role::Viewer);
        assert_eq!(program(json!({"scope": "operator"})).unwrap().role, Role::Viewer);
        assert!(program(json!({"aud": null, "client_id": "machine"})).is_ok());
        for (change, reason) in [
            (json!({"iss": "https://evil.example"}), "iss"),
            (json!({"exp": 1_799_999_940}), "exp"),
            (json!({"aud": "console"}), "aud or client_id"),
            (json!({"aud": "other", "client_id": "machine"}), "aud or client_id"),
            (json!({"aud": null}), "aud or client_id"),
            (json!({"token_use": "id"}), "an ID token"),
            (json!({"nonce": "n"}), "an ID token"),
            (json!({"custom:tenant": null}), "no tenant or no sub"),
        ] {
            assert_eq!(why(program(change.clone())), reason, "{change}");
        }
        let none = Settings { audiences: Vec::new(), ..settings() };
        let token = json!({"iss": "https://issuer.example", "sub": "m", "exp": 1_800_000_300, "aud": ""});
        assert!(of_program(&claims(json!({}), token), &none, now()).is_err());
    }

    #[test]
    fn claims_are_not_printed() {
        let claims = Claims::from(json!({"email": "CANARY"}).as_object().unwrap().clone());
        assert_eq!(format!("{claims:?}"), "Claims([redacted])");
    }
}
