//! Secrets are types. They cannot be printed, serialized or compared by accident, and they are wiped when
//! dropped. The one way to the text is [`RefreshToken::expose`] and its siblings: search for `.expose()`
//! to review every place where a secret leaves its wrapper.
//!
//! ```compile_fail
//! let token = sellerport_core::secret::RefreshToken::new("Atzr|x".into());
//! format!("{token}"); // no Display
//! ```
//! ```compile_fail
//! let token = sellerport_core::secret::RefreshToken::new("Atzr|x".into());
//! serde_json::to_string(&token).unwrap(); // no Serialize
//! ```
//! ```compile_fail
//! use sellerport_core::secret::ClientSecret;
//! ClientSecret::new("a".into()) == ClientSecret::new("a".into()); // no PartialEq
//! ```
//! The control, so that the three above fail for the right reason:
//! ```
//! let token = sellerport_core::secret::RefreshToken::new("Atzr|x".into());
//! assert_eq!(format!("{token:?}"), "RefreshToken([redacted])");
//! assert_eq!(token.expose(), "Atzr|x");
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use std::fmt;

macro_rules! secret {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Takes the text in; from here on it is wiped when dropped.
            pub fn new(text: String) -> Self {
                Self(SecretString::from(text))
            }

            /// The secret itself. Only for the call that needs it: never for a log, an error, a page or a message.
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    )+

        /// The names of all secret types, for the test that prints each.
        #[cfg(test)]
        fn every_secret_printed(text: &str) -> Vec<String> {
            vec![$(format!("{:?}", $name::new(text.to_owned()))),+]
        }
    };
}

secret!(
    /// The long-lived proof of a grant (`Atzr|…`). Sealed by `oauth` and `refresh`, opened by `refresh` only.
    RefreshToken,
    /// The hour-long token a call carries (`Atza|…`).
    AccessToken,
    /// The application's own secret at Login with Amazon.
    ClientSecret,
    /// The one-time code of a consent; Amazon lets it live five minutes.
    AuthorizationCode,
    /// Proves that a code is redeemed by whoever asked for it (PKCE, RFC 7636).
    CodeVerifier,
    /// A token with which a program calls our own API.
    BearerToken,
    /// A random text that a browser holds: a consent's state, a session, a nonce, a sign-in ticket.
    Ticket,
);

/// Length of a [`Ticket`] in characters: 32 random bytes in URL-safe base64 without padding.
pub const TICKET_CHARS: usize = 43;

impl Ticket {
    /// A fresh ticket from 256 random bits.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self::new(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Takes a text that claims to be a ticket; `None` where its form alone shows that it is not.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        (text.len() == TICKET_CHARS && plain).then(|| Self::new(text.to_owned()))
    }

    /// What the tables hold in its place: nobody who reads them can replay it.
    pub fn digest(&self) -> Digest {
        Digest::of(self.expose())
    }
}

/// The SHA-256 of a secret, in hex. Safe to store; comparing two of them tells nothing about the secret.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Digest(String);

impl Digest {
    /// Digests a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Takes a text for a digest; nothing where it is not 64 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (text.len() == 64 && hex).then(|| Self(text.to_owned()))
    }

    /// 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_prints_itself() {
        for printed in every_secret_printed("CANARY-secret") {
            assert!(printed.ends_with("([redacted])"), "{printed}");
            assert!(!printed.contains("CANARY"), "{printed}");
        }
    }

    #[test]
    fn a_ticket_is_43_plain_characters_and_nothing_else() {
        let ticket = Ticket::from_random(&[7; 32]);
        assert!(Ticket::parse(ticket.expose()).is_some());
        for bad in ["", "short", &"a".repeat(42), &"a".repeat(44), &format!("{}=", "a".repeat(42))] {
            assert!(Ticket::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_digest_is_sha256_in_hex() {
        assert_eq!(
            Digest::of("abc").as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
