//! The HTTP client: TLS 1.2 or newer against Mozilla's roots, no redirects, no proxy, no cookies, and a
//! limit on time and size.

use crate::public::{Lookup, Public};
use jiff::SignedDuration;
use reqwest::redirect::Policy;
use sellerport_core::ports::Cause;
use std::sync::Arc;
use std::time::Duration;

/// A connection is made within this.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// A connection unused for this long is not used again: it may have died while Lambda had us frozen.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(5);
/// A whole exchange with Login with Amazon, body included, takes at most this (L14).
pub const LWA_TIMEOUT: Duration = Duration::from_secs(10);
/// A whole SP-API call, body included, takes at most this.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(12);
/// Largest answer of Login with Amazon that is read; real ones are below 4 KiB.
pub const LWA_BODY_MAX: usize = 64 * 1024;
/// Largest SP-API answer that is read; a page of 100 orders is about 400 KB.
pub const CALL_BODY_MAX: usize = 16 * 1024 * 1024;

/// A download of which no byte comes for this long is given up. The whole of it may take as long as the caller has.
pub const CHUNK_TIMEOUT: Duration = Duration::from_secs(15);

/// The client could not be built.
#[derive(Debug)]
pub struct Unbuildable(Cause);

impl std::fmt::Display for Unbuildable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the HTTP client could not be built")
    }
}

impl std::error::Error for Unbuildable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// Builds the client for Amazon's APIs. Built once for the life of a function.
pub fn client() -> Result<reqwest::Client, Unbuildable> {
    builder()?.build().map_err(|error| Unbuildable(Box::new(error)))
}

/// Builds the client for documents; with a way to look names up it goes to public addresses only.
pub(crate) fn downloads(lookup: Option<Lookup>) -> Result<reqwest::Client, Unbuildable> {
    let builder = builder()?.read_timeout(CHUNK_TIMEOUT);
    let builder = match lookup {
        Some(lookup) => builder.dns_resolver(Public(lookup)),
        None => builder,
    };
    builder.build().map_err(|error| Unbuildable(Box::new(error)))
}

fn builder() -> Result<reqwest::ClientBuilder, Unbuildable> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Unbuildable(Box::new(error)))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .user_agent(USER_AGENT))
}

/// As Amazon asks for it: `AppId/AppVersion (Language=…)`, at most 500 characters
/// (developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api).
const USER_AGENT: &str =
    concat!("Sellerport/", env!("CARGO_PKG_VERSION"), " (Language=Rust; Platform=AWS Lambda)");

/// A complete answer.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// No complete answer.
#[derive(Debug)]
pub(crate) struct Incomplete {
    pub(crate) why: &'static str,
    /// Whether the request cannot have reached Amazon.
    pub(crate) unsent: bool,
    pub(crate) cause: Cause,
}

/// Sends a request and reads its whole answer, at most `limit` bytes of it.
pub(crate) async fn send(request: reqwest::RequestBuilder, limit: usize) -> Result<Received, Incomplete> {
    let mut response = request.send().await.map_err(incomplete)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(incomplete)? {
        if body.len() + chunk.len() > limit {
            return Err(Incomplete {
                why: "too large",
                unsent: false,
                cause: "more bytes than a limit".into(),
            });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Received { status, headers, body })
}

/// Says what failed. The address is left out: its query may hold what nobody should read in a log.
pub(crate) fn incomplete(error: reqwest::Error) -> Incomplete {
    let error = error.without_url();
    let why = match &error {
        error if error.is_timeout() => "timeout",
        error if error.is_connect() => "connect",
        _ => "cut off",
    };
    Incomplete { why, unsent: error.is_connect(), cause: Box::new(error) }
}

/// The seconds of a `Retry-After`, where it holds a plain number.
pub(crate) fn retry_after(headers: &reqwest::header::HeaderMap) -> Option<SignedDuration> {
    let seconds: u32 = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(SignedDuration::from_secs(i64::from(seconds)))
}
