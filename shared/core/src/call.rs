//! One SP-API call and what its reply means. Both are values; `sellerport-spapi` does the sending.

use crate::catalogue::{Access, Method, Operation};
use crate::ports::Cause;
use jiff::SignedDuration;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// A call, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path, encoded.
    pub path: String,
    /// The query's parameters, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// Headers that are parameters of the operation.
    pub headers: Vec<(&'static str, String)>,
    /// The body, JSON.
    pub body: Option<String>,
}

impl Call {
    /// A call that has a query or nothing, of an operation without parameters in its path.
    pub fn get(operation: &Operation, query: Vec<(&'static str, String)>) -> Self {
        Self {
            method: operation.method,
            path: operation.path.to_owned(),
            query,
            headers: Vec::new(),
            body: None,
        }
    }

    /// Path and query as they stand in the request line.
    pub fn target(&self) -> String {
        let pairs = self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

/// All but the characters that RFC 3986 calls unreserved. A space is `%20`: not every operation of Amazon's
/// reads `+` as one.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it stands in a path or a query.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// A complete reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `x-amzn-RequestId`: Amazon's support asks for it.
    pub request_id: String,
    /// `x-amzn-RateLimit-Limit`, calls per second, where it is a positive number.
    pub rate_limit: Option<f64>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// From the first byte sent to the last received.
    pub duration: SignedDuration,
}

/// No complete reply. Reads may be sent again.
#[derive(Debug, thiserror::Error)]
#[error("no complete reply from the Selling Partner API ({why})")]
pub struct Unreachable {
    /// What went wrong, in a word: `connect`, `timeout`, `cut off`, `too large`.
    pub why: &'static str,
    /// The transport's error.
    #[source]
    pub cause: Cause,
}

/// What a reply means for whoever made the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The body is the answer.
    Answered,
    /// Our bucket and Amazon's disagree: wait at the tail.
    Throttled,
    /// The access token ended or was refused. One renewal, one retry; never proof of a revocation.
    TokenRefused,
    /// This operation is closed to this connection, whatever the token.
    Denied(Denial),
    /// Amazon refuses the request itself; sending it again cannot help.
    Refused,
    /// Amazon has trouble; the same request may work later.
    Failing,
}

/// Why an operation is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// The application or the grant lacks the role.
    Role,
    /// Amazon wants a restricted data token (RDT), and the call had none.
    Restricted,
    /// The call names stores of another region.
    Region,
    /// Amazon did not say.
    Unknown,
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    errors: Vec<ErrorEntry>,
}

#[derive(Deserialize, Default)]
struct ErrorEntry {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: serde_json::Value,
}

/// Reads a reply's meaning. One code, `Unauthorized`, stands for many causes; only its text tells them
/// apart (developer-docs.amazon.com/sp-api/docs/authorization-errors).
pub fn judge(reply: &Reply) -> Verdict {
    match reply.status {
        // All that Amazon's models know: a write answers 201, 202 or 204, one batch of inventory 207. Anything
        // else below 300 would be a part of an answer, or none.
        200 | 201 | 202 | 204 | 207 => Verdict::Answered,
        401 => Verdict::TokenRefused,
        403 => judge_forbidden(&reply.body),
        429 => Verdict::Throttled,
        400..=499 => Verdict::Refused,
        _ => Verdict::Failing,
    }
}

/// Reads the meaning of a reply to a call of this operation, made with an RDT or without. Amazon says the same of a role
/// that is missing and of an RDT that is: where a document may need one and none was sent, that is the reason, since
/// whoever asked for the document has the role.
pub fn judge_call(reply: &Reply, operation: &Operation, restricted: bool) -> Verdict {
    match judge(reply) {
        Verdict::Denied(Denial::Role) if operation.access == Access::RestrictedReports && !restricted => {
            Verdict::Denied(Denial::Restricted)
        }
        verdict => verdict,
    }
}

fn judge_forbidden(body: &[u8]) -> Verdict {
    let entry = serde_json::from_slice::<ErrorBody>(body)
        .ok()
        .and_then(|body| body.errors.into_iter().next())
        .unwrap_or_default();
    let text = format!("{} {}", entry.message, entry.details).to_lowercase();
    if text.contains("access token") || text.contains("security token") {
        Verdict::TokenRefused
    } else if text.contains("not valid for region") {
        Verdict::Denied(Denial::Region)
    } else if text.contains("access to requested resource is denied") {
        Verdict::Denied(Denial::Role)
    } else {
        Verdict::Denied(Denial::Unknown)
    }
}

/// Amazon's own words for a refusal, short enough for a page: the first error's code and message.
pub fn amazon_says(body: &[u8]) -> String {
    let entry =
        serde_json::from_slice::<ErrorBody>(body).ok().and_then(|body| body.errors.into_iter().next());
    match entry {
        Some(entry) => format!("{}: {}", entry.code, entry.message).chars().take(AMAZON_SAYS_CHARS).collect(),
        None => "no readable error".to_owned(),
    }
}

/// Longest text of Amazon's that we keep.
const AMAZON_SAYS_CHARS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{GET_REPORT_DOCUMENT, SEARCH_ORDERS};

    fn forbidden(message: &str, details: &str) -> Reply {
        let body =
            serde_json::json!({"errors": [{"code": "Unauthorized", "message": message, "details": details}]});
        Reply {
            status: 403,
            request_id: "r".into(),
            rate_limit: None,
            body: body.to_string().into_bytes(),
            duration: SignedDuration::ZERO,
        }
    }

    #[test]
    fn l57_a_403_is_told_apart_by_its_text_and_its_operation_and_never_means_revoked() {
        let denied = "Access to requested resource is denied.";
        for (details, verdict) in [
            ("The access token you provided has expired.", Verdict::TokenRefused),
            ("The access token you provided is revoked, malformed or invalid.", Verdict::TokenRefused),
            ("Access token is missing in the request header.", Verdict::TokenRefused),
            ("The marketplaces you provided are not valid for region.", Verdict::Denied(Denial::Region)),
            ("", Verdict::Denied(Denial::Role)),
        ] {
            assert_eq!(judge(&forbidden(denied, details)), verdict, "{details}");
        }
        assert_eq!(judge(&forbidden("Unauthorized", "")), Verdict::Denied(Denial::Unknown));
        // The same words for a role that is missing and for a restricted data token that is.
        let told = |operation, restricted| judge_call(&forbidden(denied, ""), operation, restricted);
        assert_eq!(told(&GET_REPORT_DOCUMENT, false), Verdict::Denied(Denial::Restricted));
        assert_eq!(told(&GET_REPORT_DOCUMENT, true), Verdict::Denied(Denial::Role));
        assert_eq!(told(&SEARCH_ORDERS, false), Verdict::Denied(Denial::Role));
        let expired = forbidden(denied, "The access token you provided has expired.");
        assert_eq!(judge_call(&expired, &GET_REPORT_DOCUMENT, false), Verdict::TokenRefused);
    }

    #[test]
    fn a_403_without_a_readable_body_is_a_denial_of_unknown_cause() {
        for body in [&b""[..], b"<html>", b"[]", b"{\"errors\":[]}"] {
            let reply = Reply { body: body.to_vec(), ..forbidden("", "") };
            assert_eq!(judge(&reply), Verdict::Denied(Denial::Unknown));
        }
    }

    #[test]
    fn every_status_has_a_meaning() {
        for (status, verdict) in [
            (200, Verdict::Answered),
            (201, Verdict::Answered),
            (202, Verdict::Answered),
            (203, Verdict::Failing),
            (206, Verdict::Failing),
            (307, Verdict::Failing),
            (400, Verdict::Refused),
            (404, Verdict::Refused),
            (429, Verdict::Throttled),
            (500, Verdict::Failing),
            (503, Verdict::Failing),
        ] {
            assert_eq!(judge(&Reply { status, ..forbidden("", "") }), verdict, "{status}");
        }
    }
}
