//! Secrets that look like Amazon's and are tagged, so that a test can search a whole system for them.
//! Each is a pure function of the world's key, its kind and its number: nothing else needs to be kept.

use std::hash::{BuildHasher, RandomState};

use crate::chance::{Chance, mix};

/// Letters that may follow the tag (the URL-safe base64 alphabet, as in real tokens).
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Length of an access or refresh token, in characters (353 were observed on a live access token).
const TOKEN_LENGTH: usize = 353;
/// Length of an authorization code, in characters (an assumption, long enough for the tag).
const CODE_LENGTH: usize = 44;
/// Length of the signature of an address, in characters: a SHA-256 in hexadecimal digits.
const SIGNATURE_LENGTH: usize = 64;
/// Length of a client secret, in characters.
const CLIENT_SECRET_LENGTH: usize = 96;

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// An application's client secret.
    ClientSecret,
    /// An authorization code of the consent page.
    Code,
    /// A refresh token.
    Refresh,
    /// An access token.
    Access,
    /// The signature in the address of a document.
    Document,
}

impl SecretKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::ClientSecret, Self::Code, Self::Refresh, Self::Access, Self::Document];

    /// The word in the tag `CANARY-<word>-<number>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::ClientSecret => "clientsecret",
            Self::Code => "code",
            Self::Refresh => "refresh",
            Self::Access => "access",
            Self::Document => "document",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::ClientSecret => "amzn1.oa2-cs.v1.",
            Self::Code | Self::Document => "",
            Self::Refresh => "Atzr|",
            Self::Access => "Atza|",
        }
    }

    fn length(self) -> usize {
        match self {
            Self::ClientSecret => CLIENT_SECRET_LENGTH,
            Self::Code => CODE_LENGTH,
            Self::Refresh | Self::Access => TOKEN_LENGTH,
            Self::Document => SIGNATURE_LENGTH,
        }
    }
}

/// A key that no other world has (the standard library's per-process random hashing keys).
pub(crate) fn fresh_key() -> u64 {
    RandomState::new().hash_one("sellerport-simulator")
}

/// The secret of this kind and number in the world with this key. Numbers start at 1.
pub(crate) fn write(key: u64, kind: SecretKind, number: u64) -> String {
    let mut secret = format!("{}CANARY-{}-{number}-", kind.prefix(), kind.word());
    let letters = Chance::of(key, number).number(kind.word());
    let missing = kind.length().saturating_sub(secret.len());
    secret.extend((0..missing).map(|place| {
        let letter = mix(letters ^ place as u64) % LETTERS.len() as u64;
        char::from(LETTERS[usize::try_from(letter).unwrap_or(0)])
    }));
    secret
}

/// The number of a presented secret, if this world could have written it.
pub(crate) fn read(key: u64, kind: SecretKind, presented: &str) -> Option<u64> {
    let tagged = presented.strip_prefix(kind.prefix())?;
    let rest = tagged.strip_prefix("CANARY-")?.strip_prefix(kind.word())?.strip_prefix('-')?;
    let number = rest.split('-').next()?.parse().ok()?;
    (write(key, kind, number) == presented).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_tagged_and_found_again() {
        for kind in SecretKind::ALL {
            let secret = write(99, kind, 12);
            assert!(secret.contains(&format!("CANARY-{}-12-", kind.word())), "{secret}");
            assert_eq!(secret.len(), kind.length());
            assert_eq!(read(99, kind, &secret), Some(12));
            assert_eq!(read(98, kind, &secret), None, "another world's secret is unknown");
            assert_eq!(read(99, kind, &format!("{secret}x")), None);
        }
    }
}
