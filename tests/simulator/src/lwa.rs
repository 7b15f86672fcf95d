//! Login with Amazon's token endpoint: `POST /auth/o2/token`, its three grants and every error that was seen
//! (the texts are Amazon's where they are known).

use std::collections::BTreeMap;

use serde_json::json;

use crate::asked::Asked;
use crate::book::Book;
use crate::exchange::exchange;
use crate::faults::FaultKind;
use crate::reply::Reply;
use crate::world::World;

/// The name under which calls of the token endpoint are written down and faults are set.
pub(crate) const LWA: &str = "lwa";
/// What LWA says of its bodies.
const CONTENT_TYPE: &str = "application/json;charset=UTF-8";

/// The fields of a token request.
pub(crate) type Fields = BTreeMap<String, String>;

/// A refusal: status, error word, description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) u16, pub(crate) &'static str, pub(crate) String);

/// Answers a token request; the fault, if any, is still to be done to the answer on its way out.
pub(crate) fn answer(world: &World, content_type: &str, body: &[u8]) -> (Reply, Option<FaultKind>) {
    let now = world.now();
    let fields = fields(content_type, body);
    let mut inside = world.hold();
    let inside = &mut *inside;
    let grant_type =
        fields.as_ref().ok().and_then(|f| f.get("grant_type")).map_or("none", |name| known_grant(name));
    let seller = fields.as_ref().ok().and_then(|fields| seller_of(&inside.book, fields));
    let fault = inside.dial.take(LWA, seller.as_deref());
    let request_id = inside.request_id();
    let outcome = match fault.as_ref().and_then(refusal_of_fault) {
        Some(refusal) => Err(refusal),
        None => fields.and_then(|fields| exchange(&mut inside.book, &fields, fault.as_ref(), now)),
    };
    let word = outcome.as_ref().map_or_else(|refusal| refusal.1, |_| "ok");
    *inside.book.token_calls.entry(format!("{grant_type} {word}")).or_default() += 1;
    inside.save();
    let reply = match outcome {
        Ok(tokens) => Reply::json(200, CONTENT_TYPE, &tokens),
        Err(Refusal(status, error, description)) => {
            let body = json!({
                "error": error,
                "error_description": description,
                "error_index": request_id,
                "request_id": request_id,
            });
            Reply::json(status, CONTENT_TYPE, &body)
        }
    };
    inside.note(Asked {
        time: now,
        region: None,
        operation: LWA.to_owned(),
        seller,
        status: reply.status,
        query: format!("grant_type={grant_type}"),
        left: None,
        fault: fault.as_ref().map(crate::tamper::name),
        request_id: request_id.clone(),
    });
    let reply = reply
        .with("cache-control", "no-cache, no-store, must-revalidate")
        .with("pragma", "no-cache")
        .with("x-amzn-requestid", request_id);
    (reply, fault)
}

/// Reads a form, or JSON as Amazon's own Java and C# clients send it.
fn fields(content_type: &str, body: &[u8]) -> Result<Fields, Refusal> {
    let malformed = || Refusal(400, "invalid_request", "The request is malformed".to_owned());
    match content_type.split(';').next().map(str::trim) {
        Some("application/x-www-form-urlencoded") => Ok(form_urlencoded::parse(body).into_owned().collect()),
        Some("application/json") => serde_json::from_slice(body).map_err(|_| malformed()),
        _ => Err(Refusal(
            400,
            "invalid_request",
            "The Content-Type header has an unsupported value".to_owned(),
        )),
    }
}

/// The grant type as it may be shown: one of the three, or a word for all others.
fn known_grant(name: &str) -> &'static str {
    ["authorization_code", "refresh_token", "client_credentials"]
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("other")
}

/// The account that the request is about, as far as its code or token tells.
fn seller_of(book: &Book, fields: &Fields) -> Option<String> {
    let of_code = || Some(book.find_code(fields.get("code")?)?.1.seller.clone());
    let of_refresh = || Some(book.find_refresh(fields.get("refresh_token")?)?.1.seller.clone());
    of_refresh().or_else(of_code)
}

/// A code or token that is unknown, old, used or revoked.
pub(crate) fn invalid_grant(parameter: &str) -> Refusal {
    let text = format!(
        "The request has an invalid grant parameter : {parameter}. User may have revoked or didn't grant the permission."
    );
    Refusal(400, "invalid_grant", text)
}

/// The refusal that a fault puts in the place of the true answer.
fn refusal_of_fault(fault: &FaultKind) -> Option<Refusal> {
    let refusal = |status, error, text: &str| Some(Refusal(status, error, text.to_owned()));
    match fault {
        FaultKind::InvalidGrant => Some(invalid_grant("refresh_token")),
        FaultKind::InvalidClient => refusal(401, "invalid_client", "Client authentication failed"),
        FaultKind::Status { status: 401 } => refusal(401, "invalid_client", "Client authentication failed"),
        FaultKind::Status { status: 403 } => refusal(403, "access_denied", "Access denied"),
        FaultKind::Status { status: 503 } => refusal(
            503,
            "temporarily_unavailable",
            "The authorization server is temporarily overloaded or under maintenance",
        ),
        FaultKind::Status { status: 429 } | FaultKind::Throttled { .. } => {
            refusal(429, "temporarily_unavailable", "The request was throttled")
        }
        FaultKind::Status { status } => {
            refusal(*status, "server_error", "The authorization server encountered an unexpected condition")
        }
        _ => None,
    }
}
