//! An answer before it is sent: small enough to compare in a test, and to be spoilt by a fault.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// Status, headers and the whole body.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A JSON answer with this content type.
    pub(crate) fn json(status: u16, content_type: &'static str, body: &impl Serialize) -> Self {
        // Every body here is made of plain maps, lists and texts, which always serialise.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self { status, headers: vec![("content-type", content_type.to_owned())], body }
    }

    /// Status 204: done, and nothing to say.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, headers: Vec::new(), body: Vec::new() }
    }

    /// A page.
    pub(crate) fn html(status: u16, page: maud::Markup) -> Self {
        Self {
            status,
            headers: vec![
                ("content-type", "text/html; charset=utf-8".to_owned()),
                ("cache-control", "no-store".to_owned()),
                ("referrer-policy", "no-referrer".to_owned()),
                ("content-security-policy", PAGE_POLICY.to_owned()),
            ],
            body: page.into_string().into_bytes(),
        }
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        Self {
            status,
            headers: vec![("location", to.to_owned()), ("referrer-policy", "no-referrer".to_owned())],
            body: Vec::new(),
        }
    }

    /// The same with one more header.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Puts another body in the place of this one.
    #[must_use]
    pub(crate) fn carrying(mut self, content_type: &str, body: &[u8]) -> Self {
        self.headers.retain(|(name, _)| *name != "content-type");
        self.headers.push(("content-type", content_type.to_owned()));
        self.body = body.to_vec();
        self
    }

    /// The answer as it goes out, with another body in the place of the whole one when a fault says so.
    pub(crate) fn send(self, body: Option<Body>, length: Option<usize>) -> Response<Body> {
        let length = length.unwrap_or(self.body.len());
        // An answer without content has no length either (RFC 9110, 8.6).
        let measured = self.status != 204;
        let mut response = self.assemble(body);
        if measured {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        response
    }

    /// The answer with this body, whose length nobody knows.
    pub(crate) fn send_unmeasured(self, body: Body) -> Response<Body> {
        self.assemble(Some(body))
    }

    fn assemble(self, body: Option<Body>) -> Response<Body> {
        let mut response = Response::new(body.unwrap_or_else(|| Body::from(self.body)));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            // A value that no header may have can only come from an address or a fault; it is then left out.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().append(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

/// No script, no image, no foreign content; the pages carry their own style.
/// `form-action` is left open: the consent form ends at the application's own address.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
