//! What Amazon puts into a developer's notification queue about the client secret. The secret itself is not kept here:
//! it is worked out from its number when the notice is taken.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::book::Book;
use crate::chance;
use crate::secrets::SecretKind;

/// Version of the envelope, and of these payloads.
const VERSION: &str = "1.0";

/// One notice that waits to be collected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Notice {
    pub(crate) client_id: String,
    number: u64,
    made: Timestamp,
    about: About,
}

/// What happened to the secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum About {
    /// There is a new one.
    New { secret: u64, until: Timestamp, old_until: Timestamp },
    /// It will end.
    Expiry { until: Timestamp },
}

impl Book {
    /// Queues a notice for an application.
    pub(crate) fn notify(&mut self, client_id: &str, about: About, now: Timestamp) {
        self.notices_made += 1;
        let number = self.notices_made;
        self.notices.push(Notice { client_id: client_id.to_owned(), number, made: now, about });
    }

    /// Removes and returns what waits: for one application, or for all.
    pub(crate) fn take_notices(&mut self, client_id: Option<&str>) -> Vec<Value> {
        let wanted = |notice: &Notice| client_id.is_none_or(|client_id| notice.client_id == client_id);
        let (taken, left) = std::mem::take(&mut self.notices).into_iter().partition(wanted);
        self.notices = left;
        let taken: Vec<Notice> = taken;
        taken.iter().map(|notice| self.written(notice)).collect()
    }

    fn written(&self, notice: &Notice) -> Value {
        let (kind, payload) = match &notice.about {
            About::New { secret, until, old_until } => (
                "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
                json!({ "applicationOAuthClientNewSecret": {
                    "clientId": notice.client_id,
                    "newClientSecret": self.secret(SecretKind::ClientSecret, *secret),
                    "newClientSecretExpiryTime": precise(*until),
                    "oldClientSecretExpiryTime": precise(*old_until),
                } }),
            ),
            About::Expiry { until } => (
                "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY",
                json!({ "applicationOAuthClientSecretExpiry": {
                    "clientId": notice.client_id,
                    "clientSecretExpiryTime": precise(*until),
                    "clientSecretExpiryReason": "PERIODIC_ROTATION",
                } }),
            ),
        };
        let application = self.client(&notice.client_id).map(|a| a.application_id.as_str());
        json!({
            "notificationVersion": VERSION,
            "notificationType": kind,
            "payloadVersion": VERSION,
            "eventTime": precise(notice.made),
            "payload": payload,
            "notificationMetadata": {
                "applicationId": application,
                "subscriptionId": chance::uuid(self.key ^ chance::of_text(&notice.client_id)),
                "publishTime": precise(notice.made),
                "notificationId": chance::uuid(self.key ^ chance::mix(notice.number)),
            },
        })
    }
}

/// A time as notifications write it, with milliseconds: `2026-11-20T10:15:30.000Z`.
pub(crate) fn precise(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
