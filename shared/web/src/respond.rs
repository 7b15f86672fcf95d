//! Responses. Every one of them, whatever its status, carries the same protective headers.

use crate::login::AMAZON_COM;
use crate::pages;
use sellerport_core::application::Site;
use sellerport_core::http::{Request, Response};
use sellerport_core::marketplaces::consent_hosts;
use sellerport_core::message::Refusal;
use sellerport_core::ports::Entropy;
use sellerport_core::secret::Digest;
use serde::Serialize;

/// Where forms may lead: to ourselves, and by redirect to Amazon's consent pages, a closed list.
/// `elsewhere` adds the simulator's origin on a developer's machine.
fn policy(elsewhere: Option<&str>) -> String {
    let amazon = consent_hosts().chain([AMAZON_COM]);
    let mut hosts: Vec<_> = amazon.map(|host| format!("https://{host}")).collect();
    hosts.sort();
    hosts.dedup();
    hosts.extend(elsewhere.map(str::to_owned));
    format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
         form-action 'self' {}; frame-ancestors 'none'; base-uri 'none'",
        hosts.join(" ")
    )
}

/// Ends a request: a refusal becomes a page, or JSON for a program, and is logged under the reference it
/// shows; every response gets its protective headers.
pub fn conclude(
    entropy: &impl Entropy,
    site: &Site,
    request: &Request,
    result: Result<Response, Refusal>,
) -> Response {
    let path = request.path.trim_matches('/');
    let response = result.unwrap_or_else(|refused| {
        let reference = reference(entropy);
        tracing::warn!(code = refused.code(), reason = refused.reason(), reference, "refused");
        match path.starts_with("api/") || path == "api" {
            true => refusal_json(&refused, &reference),
            false => refusal(&refused, &reference),
        }
    });
    let simulator = site.simulator.as_ref().map(|simulator| simulator.as_str());
    protect(response, simulator, path.ends_with("/callback"))
}

/// What a person can quote and an operator can find in the log.
fn reference(entropy: &impl Entropy) -> String {
    let random = entropy.random().unwrap_or_default();
    Digest::of(&format!("{random:?}")).as_str().chars().take(8).collect()
}

/// Puts the protective headers on a response.
///
/// Nobody else ever learns an address of ours. Our own pages must: under `no-referrer` browsers send forms
/// with `Origin: null`, and a form without our origin is refused. Only the callback, whose address holds
/// Amazon's code, tells nobody at all.
fn protect(mut response: Response, simulator: Option<&str>, is_callback: bool) -> Response {
    let referrer = if is_callback { "no-referrer" } else { "same-origin" };
    response.headers.extend([
        ("content-security-policy", policy(simulator)),
        ("x-frame-options", "DENY".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("referrer-policy", referrer.to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("strict-transport-security", "max-age=63072000".to_owned()),
    ]);
    if !response.headers.iter().any(|(name, _)| *name == "cache-control") {
        response.headers.push(("cache-control", "no-store".to_owned()));
    }
    response
}

/// A page.
pub fn html(status: u16, page: maud::Markup) -> Response {
    let headers = vec![("content-type", "text/html; charset=utf-8".to_owned())];
    Response { status, headers, body: page.into_string(), ..Response::default() }
}

/// A JSON answer.
pub fn json(status: u16, value: &impl Serialize) -> Response {
    let headers = vec![("content-type", "application/json".to_owned())];
    // Our views are plain structs; they always serialize.
    let body = serde_json::to_string(value).unwrap_or_default();
    Response { status, headers, body, ..Response::default() }
}

/// "See there", after a form or a callback: the new address has no query that could leak.
pub fn see_other(location: impl Into<String>) -> Response {
    Response { status: 303, headers: vec![("location", location.into())], ..Response::default() }
}

/// A refusal as a page.
fn refusal(refusal: &Refusal, reference: &str) -> Response {
    html(refusal.status(), pages::refusal(refusal, reference))
}

/// A refusal for a program.
fn refusal_json(refusal: &Refusal, reference: &str) -> Response {
    let mut body = serde_json::json!({
        "error": { "code": refusal.code(), "message": refusal.text(), "reference": reference }
    });
    if let Refusal::ImportLines(faults) = refusal {
        body["error"]["lines"] = serde_json::json!(faults);
    }
    json(refusal.status(), &body)
}
