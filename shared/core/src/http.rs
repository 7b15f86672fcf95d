//! A web request and its response as plain values, so that pages are functions and the gateway's events
//! stay in the crate that owns them.

use crate::session::Identity;
use jiff::Timestamp;

/// What a browser or program asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path as it came, still encoded.
    pub path: String,
    /// The query as it came, still encoded, without the question mark.
    pub query: String,
    /// Header names in lower case.
    pub headers: Vec<(String, String)>,
    /// The cookies, by name.
    pub cookies: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// When the gateway received it.
    pub received_at: Timestamp,
    /// Whom IAM vouched for, where the function was invoked directly. Nothing that comes over the web sets it.
    pub invoker: Option<Identity>,
}

impl Request {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value of a cookie. One that came twice counts as none: somebody tossed one in.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let mut values = self.cookies.iter().filter(|(key, _)| key == name);
        let value = values.next()?;
        values.next().is_none().then_some(value.1.as_str())
    }
}

/// What is answered.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// `Set-Cookie` values.
    pub cookies: Vec<String>,
    /// The body.
    pub body: String,
}
