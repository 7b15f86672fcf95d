//! A pagination token: which search it continues, as of which moment, from which place. It is opaque to the caller,
//! needs no memory here, and always has the characters `+`, `/` and `=`, which a careless client sends unencoded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::chance::{mix, of_text};
use crate::clock::after;
use crate::faults::Lateness;

/// Life of a token (model, `SearchOrdersResponse.pagination`).
pub(crate) const LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Bytes in front of the hidden text: the number that it is hidden with, then its check sum.
const HEAD: usize = 16;

/// What a token says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PageToken {
    pub(crate) seller: String,
    /// Sum of every parameter that must not change between pages.
    pub(crate) search: u64,
    /// The moment of the first page: the result is what it was then.
    pub(crate) as_of: Timestamp,
    pub(crate) issued: Timestamp,
    /// Orders on the pages before.
    pub(crate) from: usize,
    pub(crate) late: Option<Lateness>,
    /// The first page's parameters, where the token stands for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) carried: Vec<(String, String)>,
}

impl PageToken {
    /// Writes the token with this world's key.
    pub(crate) fn write(&self, key: u64) -> String {
        let mut text = serde_json::to_vec(self).unwrap_or_default();
        // JSON bears trailing spaces; they bring the padding character about.
        while (HEAD + text.len()) % 3 != 1 {
            text.push(b' ');
        }
        let start = mix(self.search ^ self.from as u64 ^ of_text(&self.issued.to_string()));
        // A few numbers are tried: a token of this length lacks one of the characters once in about ten times.
        let tries = (0..1_000).map(|more| hide(&text, start.wrapping_add(more), key));
        let mut written = tries.map(|bytes| STANDARD.encode(bytes));
        written.find(|token| token.contains('+') && token.contains('/')).unwrap_or_default()
    }

    /// Reads a token of this world, if it is one and not too old.
    pub(crate) fn read(token: &str, key: u64, now: Timestamp, life: SignedDuration) -> Option<Self> {
        let bytes = STANDARD.decode(token).ok()?;
        let (head, hidden) = bytes.split_at_checked(HEAD)?;
        let number = u64::from_be_bytes(head[..8].try_into().ok()?);
        let text = veil(hidden, number, key);
        if sum(&text, key).to_be_bytes() != head[8..] {
            return None;
        }
        let token: Self = serde_json::from_slice(&text).ok()?;
        (now < after(token.issued, life)).then_some(token)
    }
}

pub(crate) fn hide(text: &[u8], number: u64, key: u64) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    bytes.extend(sum(text, key).to_be_bytes());
    bytes.extend(veil(text, number, key));
    bytes
}

/// Hides a text, or shows a hidden one. This keeps nobody out; it keeps callers from reading meaning into tokens.
pub(crate) fn veil(text: &[u8], number: u64, key: u64) -> Vec<u8> {
    let stream = (0u64..).flat_map(|block| mix(number ^ mix(key ^ block)).to_be_bytes());
    text.iter().zip(stream).map(|(byte, cover)| byte ^ cover).collect()
}

pub(crate) fn sum(text: &[u8], key: u64) -> u64 {
    text.iter().fold(key, |sum, byte| mix(sum ^ u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(from: usize) -> PageToken {
        let at: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        PageToken {
            seller: "A2NORTHWIND".to_owned(),
            search: 5,
            as_of: at,
            issued: at,
            from,
            late: None,
            carried: Vec::new(),
        }
    }

    #[test]
    fn a_token_is_opaque_and_has_the_difficult_characters() {
        for from in 0..200 {
            let written = token(from).write(9);
            assert!(["+", "/", "="].iter().all(|c| written.contains(c)), "{written}");
            assert!(!written.contains("NORTHWIND"));
            assert_eq!(PageToken::read(&written, 9, token(0).issued, LIFE), Some(token(from)));
        }
    }

    #[test]
    fn a_token_lives_for_twenty_four_hours() {
        let written = token(1).write(9);
        let end = after(token(1).issued, LIFE);
        assert!(PageToken::read(&written, 9, after(end, SignedDuration::from_secs(-1)), LIFE).is_some());
        assert!(PageToken::read(&written, 9, end, LIFE).is_none());
    }

    #[test]
    fn a_changed_token_is_refused() {
        let written = token(1).write(9);
        assert!(PageToken::read(&written.replace('+', " "), 9, token(1).issued, LIFE).is_none());
        assert!(PageToken::read(&written, 8, token(1).issued, LIFE).is_none());
        assert!(PageToken::read("2YgYW55IGNhcm5hbCBwbGVhc3VyZS4", 9, token(1).issued, LIFE).is_none());
    }
}
