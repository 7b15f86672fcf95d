//! HTTP API events, payload format 2.0, in and out
//! (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use sellerport_core::http::{Request, Response};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An HTTP API event; only the fields in use.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    raw_path: String,
    #[serde(default)]
    raw_query_string: String,
    #[serde(default)]
    cookies: Vec<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    request_context: Context,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    http: Http,
    time_epoch: i64,
}

#[derive(Debug, Deserialize)]
struct Http {
    method: String,
}

impl From<Event> for Request {
    fn from(event: Event) -> Self {
        let cookies = cookies(&event);
        let body = event.body.unwrap_or_default();
        let body = match event.is_base64_encoded {
            // A body that is not what it says is no body: every form then says what it misses.
            true => STANDARD.decode(body).unwrap_or_default(),
            false => body.into_bytes(),
        };
        Self {
            method: event.request_context.http.method,
            path: event.raw_path,
            query: event.raw_query_string,
            headers: event.headers.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect(),
            cookies,
            body,
            received_at: Timestamp::from_millisecond(event.request_context.time_epoch)
                .unwrap_or(Timestamp::MIN),
            invoker: None,
        }
    }
}

/// AWS lists the cookies apart from the headers; an emulator may leave them in theirs.
fn cookies(event: &Event) -> Vec<(String, String)> {
    let header = event.headers.get("cookie").map(String::as_str).unwrap_or_default();
    let all = event.cookies.iter().map(String::as_str).chain(header.split(';'));
    let pairs = all.filter_map(|cookie| cookie.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The answer as the gateway wants it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    status_code: u16,
    headers: BTreeMap<&'static str, String>,
    cookies: Vec<String>,
    body: String,
    is_base64_encoded: bool,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self {
            status_code: response.status,
            headers: response.headers.into_iter().collect(),
            cookies: response.cookies,
            body: response.body,
            is_base64_encoded: false,
        }
    }
}
