//! Names of things, checked once where they enter. A value of one of these types is well formed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is not an id of the wanted kind. Never repeats the text: it could be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed {kind}")]
pub struct BadId {
    /// What it should have been, for people.
    pub kind: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $max:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text: 1 to
            #[doc = stringify!($max)]
            /// letters, digits, `-`, `_` or `.`, so that it is safe in a key, a path and a page.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                let fits = (1..=$max).contains(&text.len());
                let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
                if fits && plain && !text.starts_with('.') {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(BadId { kind: $kind })
                }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                Self::parse(&text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Whose data it is: an opaque id given by the operator's product.
    TenantId, "tenant id", 64
);
id!(
    /// One connection. Chosen by us when a consent starts, 128 random bits.
    ConnectionId, "connection id", 64
);
id!(
    /// A signed-in person, as the sign-in names them.
    UserId, "user id", 64
);
id!(
    /// The short name of one of the operator's applications; it stands in redirect URIs.
    ApplicationSlug, "application name", 32
);
id!(
    /// One import. Begins with its time, so that a later one sorts behind an earlier one.
    ImportId, "import id", 64
);
id!(
    /// A seller's merchant token or a vendor's group code, as Amazon's `selling_partner_id` gives it.
    SellerId, "seller id", 64
);

impl SellerId {
    /// The last four characters: enough to recognise an account, too little to disclose it.
    pub fn last4(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or(&self.0)
    }
}

impl ConnectionId {
    /// A fresh id from 16 random bytes.
    pub fn from_random(bytes: &[u8; 16]) -> Self {
        use base64::Engine as _;
        Self(format!("c{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_place_in_a_key_a_path_or_a_page() {
        for bad in ["", "../x", ".hidden", "a/b", "a#b", "a|b", "a b", "ä", "<b>", "a\r\n", &"x".repeat(65)]
        {
            assert!(TenantId::parse(bad).is_err(), "{bad:?}");
        }
        for good in ["main", "A2EUQ1WTGCTBG2", "shop-7_x.eu"] {
            assert_eq!(TenantId::parse(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn a_refused_id_is_not_repeated_in_the_error() {
        let error = SellerId::parse("Atzr|secret").unwrap_err();
        assert_eq!(error.to_string(), "not a well-formed seller id");
    }

    #[test]
    fn a_seller_is_shown_by_its_last_four_characters() {
        assert_eq!(SellerId::parse("A2EXAMPLE7XYZ").unwrap().last4(), "7XYZ");
        assert_eq!(SellerId::parse("AB").unwrap().last4(), "AB");
    }
}
