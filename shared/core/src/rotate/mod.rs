//! The applications' credentials: entered by hand, or rotated through Amazon's Application Management API.
//!
//! A secret is tried at Login with Amazon before it replaces another one, and the one before stays readable
//! beside it, because Amazon accepts both for seven days. The row of an application names the secret in force
//! by its digest and says when it ends.
//!
//! Source: developer-docs.amazon.com/sp-api/docs/application-management-api-v2023-11-30-use-case-guide and
//! …/lwa-credentials-faq: a secret lasts 180 days; after a rotation the old one works 7 more days.

mod enter;
mod notice;
mod receive;
mod turn;

pub use enter::{Entry, enter};
pub use receive::receive;
pub use turn::{Turned, turn};

use crate::announce;
use crate::application::Application;
use crate::audit;
use crate::ids::{TenantId, UserId};
use crate::lwa::ApplicationCredentials;
use crate::ports::{Bus, Clock, CredentialStore, Entropy, Event, Table};
use crate::secret::Digest;
use crate::store::{Held, Write, WriteError};
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};

/// A client secret lasts this long.
pub const SECRET_LIFE: SignedDuration = SignedDuration::from_hours(24 * 180);

/// After a rotation the old secret works this much longer.
pub const OVERLAP: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A new secret is asked for this long before the end of the old one.
pub const ASK_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 30);

/// It is asked for at most this often.
const ASK_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Days before the end on which the operator is told.
pub const COUNTDOWN: [i64; 8] = [90, 60, 30, 14, 7, 3, 1, 0];

/// Names a secret without showing it. Both parts: a new client id with an old secret is another pair.
pub fn digest_of(credentials: &ApplicationCredentials) -> Digest {
    Digest::of(&format!("{}:{}", credentials.client_id, credentials.client_secret.expose()))
}

/// Puts credentials in force that Amazon has accepted: first the secret, then the row that says so. A crash in
/// between is repaired by doing it again.
async fn promote<C>(
    cloud: &C,
    mut held: Held<Application>,
    credentials: &ApplicationCredentials,
    expires_at: Timestamp,
    by: (&TenantId, Option<&UserId>),
) -> Result<(), Failure>
where
    C: Table + CredentialStore + Bus + Clock + Entropy,
{
    cloud.replace(&held.value.slug, credentials).await?;
    let application = &mut held.value;
    // The same pair once more is no rotation: nobody needs to hear of it.
    let news = application.secret_digest != digest_of(credentials);
    application.client_id = credentials.client_id.clone();
    application.secret_digest = digest_of(credentials);
    application.secret_expires_at = expires_at;
    application.rotation_asked_at = None;
    application.announced_days = None;
    let detail = serde_json::json!({ "application": application.slug, "expires_at": expires_at });
    let name = "application.secret_rotated";
    let event = announce::prepare(cloud, Event { name, detail })?;
    let (tenant, user) = by;
    let entry = audit::entry(cloud, tenant, user, name, application.slug.as_str())?;
    let mut writes = vec![Write::replace(&held)?];
    if news {
        writes.extend([Write::insert(&event)?, Write::insert(&entry)?]);
    }
    match cloud.write(&writes).await {
        Ok(()) if !news => Ok(()),
        Ok(()) => {
            drop(announce::publish(cloud, event).await);
            Ok(())
        }
        Err(WriteError::Conflict) => Err(Failure::Lost),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}
