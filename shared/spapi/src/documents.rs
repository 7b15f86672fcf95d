//! Downloading a report's or query's document from Amazon's storage.
//!
//! The signed address is all that storage wants to see: none of the API's headers goes there (a token there fails,
//! and would be one more place that has seen it). Nothing is followed, nothing is unpacked, and a name of Amazon's
//! that leads into a private network is not gone to (T31).

use crate::amazon::Amazon;
use crate::http::{self, Incomplete};
use crate::public::NotPublic;
use sellerport_core::document::{Address, DocumentError, Download};
use sellerport_core::ports::{Chunks, Documents};
use std::error::Error;

impl<C> Documents for Amazon<'_, C> {
    type Body = Body;

    async fn open(&self, address: &Address) -> Result<Download<Body>, DocumentError> {
        let url = address.expose(self.simulator())?;
        let unbuildable = |error| DocumentError::Unreachable { why: "client", cause: Box::new(error) };
        let request = self.downloads().map_err(unbuildable)?.get(url);
        open(request).await
    }
}

/// Sends the request for a document and reads the answer's head.
async fn open(request: reqwest::RequestBuilder) -> Result<Download<Body>, DocumentError> {
    let response = request.send().await.map_err(failed)?;
    match response.status().as_u16() {
        200 => {}
        // Past its time an address answers 403; the credentials that signed it may have ended before, which is 400
        // `ExpiredToken` (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
        400 | 403 => return Err(DocumentError::Ended),
        status => return Err(DocumentError::Status(status)),
    }
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (content_type, content_encoding) = (header("content-type"), header("content-encoding"));
    Ok(Download::new(content_type, content_encoding, response.content_length(), Body(response)))
}

/// A document's bytes on the wire.
#[derive(Debug)]
pub struct Body(reqwest::Response);

impl Chunks for Body {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, DocumentError> {
        Ok(self.0.chunk().await.map_err(failed)?.map(Vec::from))
    }
}

fn failed(error: reqwest::Error) -> DocumentError {
    if causes(&error).any(|cause| cause.is::<NotPublic>()) {
        return DocumentError::Address;
    }
    let Incomplete { why, cause, .. } = http::incomplete(error);
    DocumentError::Unreachable { why, cause }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| (*error).source())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::Lookup;
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const URL: &str = "https://tortuga-prod-na.s3.amazonaws.com/x?X-Amz-Signature=CANARY";

    async fn opened(lookup: Lookup) -> DocumentError {
        open(http::downloads(Some(lookup)).unwrap().get(URL)).await.unwrap_err()
    }

    fn at(text: &str) -> std::io::Result<Vec<SocketAddr>> {
        Ok(text.split(' ').map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect())
    }

    #[tokio::test]
    async fn row_11_a_name_of_amazons_that_leads_to_a_private_address_is_not_gone_to() {
        for lookup in [
            (|_| Box::pin(async { at("10.0.0.1") })) as Lookup,
            |_| Box::pin(async { at("127.0.0.1") }),
            |_| Box::pin(async { at("169.254.169.254") }),
            |_| Box::pin(async { at("::ffff:169.254.169.254") }),
            // One bad address among good ones is enough: the client may take any of them.
            |_| Box::pin(async { at("52.216.1.1 192.168.1.1") }),
        ] {
            let error = opened(lookup).await;
            assert_eq!(error.code(), "E_DOC_ADDRESS");
            assert!(!format!("{error} {error:?}").contains("CANARY"));
        }
    }

    #[tokio::test]
    async fn t31_a_name_is_looked_up_once_and_what_was_checked_is_what_is_gone_to() {
        static LOOKUPS: AtomicUsize = AtomicUsize::new(0);
        let error = opened(|_| {
            // Nowhere the first time, to the metadata service from then on.
            let first = LOOKUPS.fetch_add(1, Ordering::Relaxed) == 0;
            Box::pin(async move { if first { Ok(Vec::new()) } else { at("169.254.169.254") } })
        });
        assert_eq!(error.await.code(), "E_DOC_UNREACHABLE");
        assert_eq!(LOOKUPS.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_name_that_nobody_knows_is_a_bad_moment_and_no_hostile_address() {
        let error = opened(|_| Box::pin(async { Err(std::io::ErrorKind::NotFound.into()) })).await;
        assert_eq!(error.code(), "E_DOC_UNREACHABLE");
        let shown = causes(&error).map(|cause| format!("{cause} {cause:?}")).collect::<String>();
        assert!(!shown.contains("CANARY"), "{shown}");
    }
}
