//! A message from Amazon about a client secret (T29, F31).
//!
//! Anybody who finds the queue could send one. So it counts only for a client id of ours, only if its secret
//! lasts longer than the present one, and only after Login with Amazon took it. Duplicates and late ones find
//! the secret in force already, or a newer one.

use super::notice::{Notice, read};
use super::{digest_of, promote};
use crate::application::Application;
use crate::ids::TenantId;
use crate::lwa::LwaError;
use crate::park::park;
use crate::ports::{Bus, Clock, CredentialStore, Entropy, Lwa, Table};
use crate::store::{Held, Write, WriteError, load};
use crate::task::{BadMessage, Failure, Outcome};
use jiff::SignedDuration;

/// Amazon needs time until a new secret works everywhere. A message whose secret is refused comes again for this
/// long, then it is a forgery.
const SPREADING: SignedDuration = SignedDuration::from_hours(2);

/// The queue's name in the quarantine.
const QUEUE: &str = "secret";

/// Works one message off. Its body is never kept.
pub async fn receive<C, A>(
    cloud: &C,
    amazon: &A,
    home: &TenantId,
    message_id: &str,
    body: &str,
) -> Result<Outcome, Failure>
where
    C: Table + CredentialStore + Bus + Clock + Entropy,
    A: Lwa,
{
    let notice = match read(body, cloud.now()) {
        Ok(notice) => notice,
        Err(bad) => return set_aside(cloud, message_id, bad).await,
    };
    let (credentials, expires_at, sent_at) = match notice {
        Notice::Other => return Ok(Outcome::Dropped("E_MSG_TYPE")),
        Notice::Ending { client_id, expires_at } => {
            let Some(mut held) = application(cloud, &client_id).await? else {
                return set_aside(cloud, message_id, BadMessage::Source).await;
            };
            // Only sooner: a forged message with a far date would make every true secret look older than ours.
            if expires_at >= held.value.secret_expires_at {
                return Ok(Outcome::Dropped("the secret ends no later than is known"));
            }
            held.value.secret_expires_at = expires_at;
            return match cloud.write(&[Write::replace(&held)?]).await {
                Ok(()) => Ok(Outcome::Done("the end of the secret is noted")),
                Err(WriteError::Conflict) => Err(Failure::Lost),
                Err(WriteError::Store(error)) => Err(error.into()),
            };
        }
        Notice::New { credentials, expires_at, sent_at } => (credentials, expires_at, sent_at),
    };
    let Some(held) = application(cloud, &credentials.client_id).await? else {
        return set_aside(cloud, message_id, BadMessage::Source).await;
    };
    if held.value.secret_digest == digest_of(&credentials) {
        return Ok(Outcome::Dropped("the secret is in force already"));
    }
    if expires_at <= held.value.secret_expires_at {
        return Ok(Outcome::Dropped("a newer secret is in force"));
    }
    match amazon.try_out(&credentials).await {
        Ok(()) => {}
        Err(LwaError::ApplicationRefused { .. }) if cloud.now() > sent_at + SPREADING => {
            return set_aside(cloud, message_id, BadMessage::Source).await;
        }
        Err(error) => return Err(Failure::Untried(error)),
    }
    promote(cloud, held, &credentials, expires_at, (home, None)).await?;
    Ok(Outcome::Done("the new secret is in force"))
}

async fn application(table: &impl Table, client_id: &str) -> Result<Option<Held<Application>>, Failure> {
    let all = Application::all(table).await?;
    let Some(found) = all.into_iter().find(|application| application.client_id == client_id) else {
        return Ok(None);
    };
    Ok(load(table, &Application::key_of(&found.slug)).await?)
}

/// Keeps the reason, and not the message: it may hold a secret.
async fn set_aside(
    cloud: &(impl Table + Clock),
    message_id: &str,
    bad: BadMessage,
) -> Result<Outcome, Failure> {
    park(cloud, QUEUE, message_id, "", &bad).await?;
    Ok(Outcome::Parked(bad))
}
