//! A token that carries more than a page's place: opaque, and needing no memory here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::chance::mix;
use crate::page_token::{hide, sum, veil};

/// Bytes in front of the hidden text: the number that it is hidden with, then its check sum.
const HEAD: usize = 16;

/// Hides something with this world's key. The same thing with the same `start` makes the same token.
pub(crate) fn seal(what: &impl Serialize, start: u64, key: u64) -> String {
    let text = serde_json::to_vec(what).unwrap_or_default();
    STANDARD.encode(hide(&text, mix(start), key))
}

/// What was hidden in a token of this world.
pub(crate) fn open<T: DeserializeOwned>(token: &str, key: u64) -> Option<T> {
    let bytes = STANDARD.decode(token).ok()?;
    let (head, hidden) = bytes.split_at_checked(HEAD)?;
    let number = u64::from_be_bytes(head[..8].try_into().ok()?);
    let text = veil(hidden, number, key);
    if sum(&text, key).to_be_bytes() != head[8..] {
        return None;
    }
    serde_json::from_slice(&text).ok()
}
