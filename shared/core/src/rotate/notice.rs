//! Amazon's two messages about a client secret, as they come into their own queue. They carry a live secret, so
//! nothing of them is ever kept, logged or repeated.

use crate::lwa::ApplicationCredentials;
use crate::secret::ClientSecret;
use crate::task::BadMessage;
use jiff::Timestamp;
use serde::Deserialize;

/// What Amazon says.
#[derive(Debug)]
pub(super) enum Notice {
    /// Here is a new secret.
    New {
        /// The pair.
        credentials: ApplicationCredentials,
        /// When the new secret ends.
        expires_at: Timestamp,
        /// When the message was sent.
        sent_at: Timestamp,
    },
    /// The present one ends then.
    Ending {
        /// Whose.
        client_id: String,
        /// When.
        expires_at: Timestamp,
    },
    /// Something else.
    Other,
}

// Amazon's schemas write some messages in camel case and some in Pascal case: both are read.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "notificationType", alias = "NotificationType")]
    kind: String,
    #[serde(rename = "payload", alias = "Payload", default)]
    payload: Payload,
    #[serde(rename = "eventTime", alias = "EventTime")]
    event_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
struct Payload {
    #[serde(rename = "applicationOAuthClientNewSecret", alias = "ApplicationOAuthClientNewSecret")]
    new: Option<New>,
    #[serde(rename = "applicationOAuthClientSecretExpiry", alias = "ApplicationOAuthClientSecretExpiry")]
    expiry: Option<Expiry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct New {
    client_id: String,
    new_client_secret: String,
    new_client_secret_expiry_time: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expiry {
    client_id: String,
    client_secret_expiry_time: Timestamp,
}

/// Reads a message.
pub(super) fn read(body: &str, now: Timestamp) -> Result<Notice, BadMessage> {
    let envelope: Envelope = serde_json::from_str(body).map_err(|_| BadMessage::Json)?;
    let field = |name: &str| BadMessage::Field(name.to_owned());
    match envelope.kind.as_str() {
        "APPLICATION_OAUTH_CLIENT_NEW_SECRET" => {
            let new = envelope.payload.new.ok_or_else(|| field("applicationOAuthClientNewSecret"))?;
            if new.client_id.is_empty() || new.new_client_secret.is_empty() {
                return Err(field("newClientSecret"));
            }
            let client_secret = ClientSecret::new(new.new_client_secret);
            Ok(Notice::New {
                credentials: ApplicationCredentials { client_id: new.client_id, client_secret },
                expires_at: new.new_client_secret_expiry_time,
                sent_at: envelope.event_time.unwrap_or(now),
            })
        }
        "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY" => {
            let expiry =
                envelope.payload.expiry.ok_or_else(|| field("applicationOAuthClientSecretExpiry"))?;
            let Expiry { client_id, client_secret_expiry_time: expires_at } = expiry;
            Ok(Notice::Ending { client_id, expires_at })
        }
        _ => Ok(Notice::Other),
    }
}
