//! Requests to the identity provider, over the SDK's own HTTP client: TLS by ring, no redirects, no proxy, a
//! limit on size. The time is limited by the caller.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use sellerport_core::oidc::IssuerError;
use std::time::Duration;

/// Largest answer that is read. A description has 3 KiB, a set of keys 2, an answer with tokens 8.
const BODY_MAX: usize = 64 * 1024;
/// A connection unused for this long may have died while Lambda had us frozen.
const IDLE: Duration = Duration::from_secs(5);

/// Builds the client. Nothing is sent yet.
pub(super) fn client() -> Connector {
    let builder: ConnectorBuilder = Connector::builder();
    builder
        .pool_idle_timeout(IDLE)
        .proxy_config(ProxyConfig::disabled())
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build()
}

fn unavailable(why: &str) -> IssuerError {
    IssuerError::Unavailable(why.to_owned())
}

/// Gets a document.
pub(super) async fn get(client: &Connector, url: &str) -> Result<Vec<u8>, IssuerError> {
    let request = HttpRequest::get(url).map_err(|_| unavailable("an address that cannot be used"))?;
    match send(client, request).await? {
        (200, body) => Ok(body),
        (status, _) => Err(unavailable(&format!("status {status}"))),
    }
}

/// Sends a form; the status and body of its answer.
pub(super) async fn post(client: &Connector, url: &str, form: String) -> Result<(u16, Vec<u8>), IssuerError> {
    let mut request = HttpRequest::new(SdkBody::from(form));
    let addressed = request.set_method("POST").is_ok() && request.set_uri(url.to_owned()).is_ok();
    if !addressed {
        return Err(unavailable("an address that cannot be used"));
    }
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded");
    send(client, request).await
}

/// What failed is said in a word: the client's own message may hold the address, and that a code.
async fn send(client: &Connector, mut request: HttpRequest) -> Result<(u16, Vec<u8>), IssuerError> {
    request.headers_mut().insert("accept", "application/json");
    let answer = client.call(request).await.map_err(|error| match error.is_timeout() {
        true => unavailable("timeout"),
        false => unavailable("no connection"),
    })?;
    let status = answer.status().as_u16();
    let mut stream = ByteStream::new(answer.into_body());
    let mut body = Vec::new();
    while let Some(chunk) = stream.try_next().await.map_err(|_| unavailable("cut off"))? {
        if body.len() + chunk.len() > BODY_MAX {
            return Err(unavailable("an answer that is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}
