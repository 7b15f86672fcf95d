//! What the console function may be invoked with directly. IAM decides who may, so whoever does is believed:
//! he names the person and the tenant himself, for a sign-in link as for a request of a program.

use crate::ids::{TenantId, UserId};
use crate::session::{Identity, Role};
use serde::Deserialize;
use serde_json::Value;

/// An invocation that the gateway did not make.
#[derive(Debug, PartialEq, Eq)]
pub enum Invocation {
    /// `{"v": 1, "kind": "sign_in_link", "user": "…", "tenant": "…"}`, with an optional `role`.
    Link(Identity),
    /// A request of a program.
    Api(ApiCall),
}

/// A request as the API's gateway would bring it, and for whom.
#[derive(Debug, PartialEq, Eq)]
pub struct ApiCall {
    /// On whose behalf the program asks.
    pub by: Identity,
    /// `GET`, `POST`, …
    pub method: String,
    /// Begins with `/api/`.
    pub path: String,
    /// Without the question mark.
    pub query: String,
    /// JSON, or empty.
    pub body: String,
}

/// The invocation cannot be read. Nothing was done.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadInvocation {
    /// It is no sign-in link's.
    #[error(
        "E_LINK: invoke with {{\"v\": 1, \"kind\": \"sign_in_link\", \"user\": \"…\", \"tenant\": \"…\"}}"
    )]
    Link,
    /// It is no program's.
    #[error(
        "E_API: invoke with {{\"v\": 1, \"kind\": \"api\", \"tenant\": \"…\", \"role\": \"operator\", \"user\": \"…\", \
         \"method\": \"GET\", \"path\": \"/api/connections\", \"query\": \"\", \"body\": \"\"}}"
    )]
    Api,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    v: u64,
    #[serde(rename = "kind")]
    _kind: String,
    user: UserId,
    tenant: TenantId,
    #[serde(default = "Role::unnamed")]
    role: Role,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Api {
    v: u64,
    #[serde(rename = "kind")]
    _kind: String,
    user: UserId,
    tenant: TenantId,
    role: Role,
    method: String,
    path: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    body: String,
}

impl Invocation {
    /// Reads an invocation; nothing where it is the gateway's, whose events have no `kind`.
    pub fn parse(event: &Value) -> Result<Option<Self>, BadInvocation> {
        let Some(kind) = event.get("kind") else { return Ok(None) };
        if kind == "api" {
            return Api::deserialize(event).ok().and_then(Api::checked).map(Some).ok_or(BadInvocation::Api);
        }
        let link = Link::deserialize(event).ok().filter(|link| link.v == 1 && kind == "sign_in_link");
        let whom = link.map(|link| Identity { user: link.user, tenant: link.tenant, role: link.role });
        whom.map(|whom| Some(Self::Link(whom))).ok_or(BadInvocation::Link)
    }
}

impl Api {
    fn checked(self) -> Option<Invocation> {
        let by = Identity { user: self.user, tenant: self.tenant, role: self.role };
        let call = ApiCall { by, method: self.method, path: self.path, query: self.query, body: self.body };
        (self.v == 1 && call.path.starts_with("/api/")).then_some(Invocation::Api(call))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_link_makes_an_operator_unless_it_says_viewer() {
        let role = |event: Value| match Invocation::parse(&event) {
            Ok(Some(Invocation::Link(whom))) => Some(whom.role),
            _ => None,
        };
        let link = json!({"v": 1, "kind": "sign_in_link", "user": "u", "tenant": "t"});
        assert_eq!(role(link.clone()), Some(Role::Operator));
        for (word, expected) in
            [("viewer", Some(Role::Viewer)), ("operator", Some(Role::Operator)), ("king", None), ("", None)]
        {
            let mut link = link.clone();
            link["role"] = word.into();
            assert_eq!(role(link), expected, "{word}");
        }
    }

    #[test]
    fn what_is_neither_a_link_nor_a_call_of_the_api_is_refused_and_a_web_request_is_neither() {
        assert_eq!(Invocation::parse(&json!({"rawPath": "/"})), Ok(None));
        for event in
            [json!({"kind": "x"}), json!({"v": 2, "kind": "sign_in_link", "user": "u", "tenant": "t"})]
        {
            assert_eq!(Invocation::parse(&event), Err(BadInvocation::Link), "{event}");
        }
        let good = json!({"v": 1, "kind": "api", "tenant": "t", "role": "viewer", "user": "u",
            "method": "GET", "path": "/api/connections"});
        assert!(matches!(Invocation::parse(&good), Ok(Some(Invocation::Api(_)))));
        for (field, value) in
            [("v", json!(2)), ("path", json!("/connect")), ("tenant", json!("a/b")), ("cookie", json!("x"))]
        {
            let mut bad = good.clone();
            bad[field] = value;
            assert_eq!(Invocation::parse(&bad), Err(BadInvocation::Api), "{field}");
        }
    }
}
