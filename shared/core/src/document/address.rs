//! Where a document is: an address that Amazon signed. Whoever holds it can read the document, so it is a secret;
//! and whoever made it up could send us anywhere, so only Amazon's storage is gone to (T31, L43).

use super::DocumentError;
use crate::application::Loopback;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;

/// Longest address that is read, bytes. Signed ones with a session token are below 3 KiB.
pub const ADDRESS_MAX: usize = 16 * 1024;
/// Longest host name (RFC 1035, 2.3.4) and label, characters.
const HOST_MAX: usize = 253;
const LABEL_MAX: usize = 63;

/// A document's address, its form and host checked. It lives five minutes
/// (developer-docs.amazon.com/sp-api/docs/reports-api-v2021-06-30-reference, `url`), is asked for just before the
/// download, and is neither stored nor logged (L42).
#[derive(Clone)]
pub struct Address {
    text: SecretString,
    /// The port of a simulator; none for Amazon's storage.
    loopback: Option<u16>,
}

impl Address {
    /// Takes Amazon's `url` or `documentUrl`. Anything but `https` to Amazon's storage on its usual port is
    /// [`DocumentError::Url`], and so is a simulator's `http://127.0.0.1:<port>/…` as soon as somebody wants to go
    /// there without that simulator ([`Address::expose`]).
    pub fn parse(url: &str) -> Result<Self, DocumentError> {
        if url.len() > ADDRESS_MAX {
            return Err(DocumentError::Url("too long"));
        }
        // What clients disagree about is not there at all, so that what is checked is what is gone to.
        if !url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'#')) {
            return Err(DocumentError::Url("form"));
        }
        let address = |loopback| Self { text: SecretString::from(url.to_owned()), loopback };
        if let Some(rest) = url.strip_prefix("http://") {
            let origin = &url[..url.len() - rest.len() + authority(rest).len()];
            let port = Loopback::parse(origin).ok().and_then(|_| port_of(authority(rest)));
            return port.map(|port| address(Some(port))).ok_or(DocumentError::Url("https only"));
        }
        let rest = url.strip_prefix("https://").ok_or(DocumentError::Url("https only"))?;
        let authority = authority(rest);
        if authority.contains('@') {
            return Err(DocumentError::Url("user info"));
        }
        let (host, port) = match authority.strip_prefix('[') {
            // An address of IPv6 is no name of Amazon's.
            Some(_) => (authority, None),
            None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
        };
        match () {
            () if !is_storage(&host.to_ascii_lowercase()) => Err(DocumentError::Url("host")),
            () if port.is_some_and(|port| port != "443") => Err(DocumentError::Url("port")),
            () => Ok(address(None)),
        }
    }

    /// The address itself, for the one request that fetches the document: of Amazon's storage where no simulator
    /// stands in for Amazon, of that simulator where one does. Never for a log, an error, a page or a message.
    pub fn expose(&self, simulator: Option<&Loopback>) -> Result<&str, DocumentError> {
        let simulator = simulator.map(|simulator| port_of(simulator.as_str()));
        match (simulator, self.loopback) {
            (None, None) => Ok(self.text.expose_secret()),
            (Some(expected), Some(port)) if expected == Some(port) => Ok(self.text.expose_secret()),
            (None, Some(_)) => Err(DocumentError::Url("https only")),
            (Some(_), _) => Err(DocumentError::Url("host")),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address([redacted])")
    }
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn port_of(authority: &str) -> Option<u16> {
    authority.rsplit_once(':')?.1.parse().ok()
}

/// Whether a host is Amazon's storage: S3 in any of its forms, whatever the bucket's name
/// (docs.aws.amazon.com/general/latest/gr/s3.html), or CloudFront, as in the examples of Amazon's models
/// (reports_2021-06-30, dataKiosk_2023-11-15). Amazon has moved documents between buckets and regions, so names of
/// buckets are not looked at (L43).
fn is_storage(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    if host.len() > HOST_MAX || !labels.iter().all(|label| is_label(label)) {
        return false;
    }
    match labels.as_slice() {
        [_, "cloudfront", "net"] => true,
        [.., "s3", region, "amazonaws", "com"] if is_region(region) => true,
        [.., "s3", "dualstack", region, "amazonaws", "com"] => is_region(region),
        [.., "s3", "amazonaws", "com"] => true,
        [.., endpoint, "amazonaws", "com"] => {
            endpoint.strip_prefix("s3-").is_some_and(|of| of == "external-1" || is_region(of))
        }
        _ => false,
    }
}

fn is_label(label: &str) -> bool {
    let plain = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain && !label.is_empty() && label.len() <= LABEL_MAX && !label.starts_with('-') && !label.ends_with('-')
}

/// `eu-west-1`, `ap-northeast-1`: two letters, a direction, one digit.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase());
    match parts.as_slice() {
        [part, middle @ .., number] => {
            part.len() == 2
                && letters(part)
                && matches!(middle.len(), 1 | 2)
                && middle.iter().all(|part| part.len() >= 3 && letters(part))
                && matches!(number.as_bytes(), [b'1'..=b'9'])
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
