//! What Login with Amazon says, in the terms the protocol decides by.
//!
//! Source: developer-docs.amazon.com/sp-api/docs/website-authorization-workflow and the error list of
//! Amazon's own client (`LWAExceptionErrorCode`).

use crate::ports::Cause;
use crate::secret::{AccessToken, ClientSecret, RefreshToken};
use jiff::SignedDuration;

/// The application's identity at Login with Amazon.
#[derive(Debug, Clone)]
pub struct ApplicationCredentials {
    /// Public.
    pub client_id: String,
    /// Secret; Amazon asks for a new one every 180 days.
    pub client_secret: ClientSecret,
}

/// What a grantless token is for (developer-docs.amazon.com/sp-api/docs/grantless-operations).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Destinations of notifications.
    Notifications,
    /// A new client secret.
    Rotation,
    /// Where a shipment is.
    Tracking,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 3] = [Self::Notifications, Self::Rotation, Self::Tracking];

    /// Amazon's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notifications => "sellingpartnerapi::notifications",
            Self::Rotation => "sellingpartnerapi::client_credential:rotation",
            Self::Tracking => "sellingpartnerapi::shipments:track",
        }
    }

    /// Reads Amazon's word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// What a consent's code was traded for.
#[derive(Debug)]
pub struct Grant {
    /// The proof of the grant.
    pub refresh: RefreshToken,
    /// The first access token.
    pub access: AccessGrant,
    /// Permissions, where an answer names them. Amazon's real answers do not; access is set by roles.
    pub scope: Option<String>,
}

/// A fresh access token.
#[derive(Debug)]
pub struct AccessGrant {
    /// The token.
    pub token: AccessToken,
    /// Its life from now, more than nothing and at most [`LONGEST_LIFE`].
    pub expires_in: SignedDuration,
    /// A refresh token that differs from the one sent, if Amazon gave one. Store it before anything else.
    pub replaced: Option<RefreshToken>,
}

/// An `expires_in` beyond this is nonsense. Amazon's documented life is one hour.
pub const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Login with Amazon did not give a token. Never holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum LwaError {
    /// `invalid_grant`: the code or refresh token is used, expired or revoked.
    #[error("Amazon refused the grant")]
    GrantRefused,
    /// `invalid_client`, `unauthorized_client`: our own credentials. No seller is at fault.
    #[error("Amazon refused this application's credentials ({code})")]
    ApplicationRefused {
        /// Amazon's word for it.
        code: &'static str,
    },
    /// Busy, failing, or an answer that makes no sense. Nothing was stored; try again.
    #[error("Login with Amazon cannot answer now ({why})")]
    Busy {
        /// What was wrong, without the body.
        why: &'static str,
        /// What its `Retry-After` asked for.
        retry_after: Option<SignedDuration>,
        /// Whether the request may have been carried out all the same.
        granted: bool,
    },
    /// No complete answer. The request may have been carried out.
    #[error("no complete answer from Login with Amazon")]
    Unanswered(#[source] Cause),
}
