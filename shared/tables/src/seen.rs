//! The same version of a record twice in a day: windows overlap, so this is common. The second is dropped.

use sellerport_core::tables::Envelope;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Records remembered, about 32 bytes each. Of a day with more, some versions stay twice; the views take one.
const MOST: usize = 500_000;

/// The last version of each record of a day, in the order of landing.
#[derive(Debug, Default)]
pub struct Seen {
    last: HashMap<u64, u128>,
}

impl Seen {
    /// Whether the record's last version was the same. A version that comes again after another one is new: what
    /// Amazon showed last counts. A record without a key is always new.
    pub fn again(&mut self, record: &Envelope<'_>) -> bool {
        let Some(identity) = record.identity() else { return false };
        let [high, low] = digest(&identity);
        let [first, second] = digest(&record.version());
        // The record's other half goes into the version's: two records with one half in common do not meet.
        let version = u128::from(first ^ low) << 64 | u128::from(second);
        if self.last.get(&high) == Some(&version) {
            return true;
        }
        if self.last.len() < MOST || self.last.contains_key(&high) {
            self.last.insert(high, version);
        }
        false
    }
}

fn digest(parts: &[&str]) -> [u64; 2] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part.as_bytes());
    }
    let bytes = digest.finalize();
    let half =
        |from: usize| bytes[from..from + 8].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    [half(0), half(8)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(key: &str, payload: &str) -> String {
        format!(
            r#"{{"tenant":"t","connection":"c","seller":"s","entity":"order","key":{key},"updated_at":"x",
            "fetched_at":"2026-11-21T10:00:00Z","request_id":"r","payload":{payload}}}"#
        )
    }

    #[test]
    fn only_what_was_there_a_moment_ago_is_dropped() {
        let mut seen = Seen::default();
        let mut again = |key: &str, payload: &str| seen.again(&Envelope::read(&line(key, payload)).unwrap());
        assert!(!again(r#""a""#, r#"{"n":5}"#));
        assert!(again(r#""a""#, r#"{"n":5}"#));
        assert!(!again(r#""b""#, r#"{"n":5}"#), "another record");
        assert!(!again(r#""a""#, r#"{"n":4}"#));
        assert!(!again(r#""a""#, r#"{"n":5}"#), "it came back to what it was: that is the newest");
        assert!(!again("null", "{}") && !again("null", "{}"), "without a key nothing is the same");
    }
}
