//! Credentials entered by hand: tried, then stored.

use super::{SECRET_LIFE, digest_of, promote};
use crate::application::{Application, Stage};
use crate::audit;
use crate::domains;
use crate::health;
use crate::ids::{ApplicationSlug, TenantId, UserId};
use crate::imports::is_client_secret;
use crate::lwa::{ApplicationCredentials, LwaError};
use crate::marketplaces::Realm;
use crate::message::{Refusal, chain};
use crate::ports::{Bus, Clock, CredentialStore, Entropy, Lwa, Table};
use crate::secret::{ClientSecret, Digest};
use crate::store::{Held, Write, WriteError, load};
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};

/// Longest id or secret that is taken for one.
const TEXT_MAX: usize = 512;

/// An application as its form or the API describes it.
#[derive(Debug)]
pub struct Entry {
    /// Its short name.
    pub slug: ApplicationSlug,
    /// Amazon's application id.
    pub amazon_id: String,
    /// How far it has come at Amazon.
    pub stage: Stage,
    /// Real or sandbox.
    pub realm: Realm,
    /// Its client id.
    pub client_id: String,
    /// A secret to put in force; without one only the rest changes.
    pub client_secret: Option<String>,
    /// Days until the secret's end; a fresh one has 180.
    pub days_left: Option<i64>,
    /// Whether Amazon knows our queue for new secrets.
    pub rotates: bool,
    /// The domains that are fetched for its new connections; empty: all.
    pub fetches: Vec<String>,
}

/// Stores an application, new or changed. A secret is tried at Login with Amazon first; one that is refused
/// changes nothing.
pub async fn enter<C, A>(cloud: &C, amazon: &A, entry: Entry, by: (&TenantId, &UserId)) -> Result<(), Refusal>
where
    C: Table + CredentialStore + Bus + Clock + Entropy,
    A: Lwa,
{
    let (tenant, user) = by;
    plain("amazon_id", &entry.amazon_id, "amzn1.")?;
    plain("client_id", &entry.client_id, "amzn1.application-oa2-client.")?;
    let secret = entry.client_secret.as_deref().map(secret).transpose()?;
    if entry.fetches.iter().any(|name| domains::by_name(name).is_none()) {
        return Err(Refusal::FormField("fetches", "names of domains, as \"What is read\" lists them"));
    }
    let found: Option<Held<Application>> = load(cloud, &Application::key_of(&entry.slug)).await?;
    if found.as_ref().is_some_and(|held| held.value.client_id != entry.client_id) && secret.is_none() {
        return Err(Refusal::FormField("client_secret", "another client id needs its own secret"));
    }
    let credentials = secret
        .map(|client_secret| ApplicationCredentials { client_id: entry.client_id.clone(), client_secret });
    if let Some(credentials) = &credentials {
        try_out(amazon, credentials).await?;
    }
    let now = cloud.now();
    let life = match entry.days_left {
        None => SECRET_LIFE,
        Some(days @ 0..=180) => SignedDuration::from_hours(days * 24),
        Some(_) => return Err(Refusal::FormField("days_left", "0 to 180")),
    };
    let held = match (found, &credentials) {
        (None, None) => return Err(Refusal::FormField("client_secret", "is missing")),
        (None, Some(_)) => insert(cloud, &entry, now).await?,
        (Some(mut held), _) => {
            held.value.amazon_id = entry.amazon_id;
            held.value.stage = entry.stage;
            held.value.realm = entry.realm;
            held.value.rotates = entry.rotates;
            held.value.fetches.clone_from(&entry.fetches);
            if credentials.is_none() && entry.days_left.is_some() {
                held.value.secret_expires_at = now + life;
            }
            replace(cloud, held, by).await?
        }
    };
    let Some(credentials) = credentials else { return Ok(()) };
    let slug = held.value.slug.clone();
    // The pair that is in force already keeps its end, unless another one was given.
    let same = held.value.secret_digest == digest_of(&credentials) && entry.days_left.is_none();
    let ends = if same { held.value.secret_expires_at } else { now + life };
    promote(cloud, held, &credentials, ends, (tenant, Some(user))).await.map_err(not_stored)?;
    // What was refused before works now.
    drop(health::answered(cloud, &slug).await);
    Ok(())
}

async fn insert(cloud: &impl Table, entry: &Entry, now: Timestamp) -> Result<Held<Application>, Refusal> {
    let value = Application {
        slug: entry.slug.clone(),
        amazon_id: entry.amazon_id.clone(),
        stage: entry.stage,
        realm: entry.realm,
        client_id: entry.client_id.clone(),
        secret_expires_at: now,
        // None is in force until it is stored.
        secret_digest: Digest::of(""),
        rotates: entry.rotates,
        rotation_asked_at: None,
        announced_days: None,
        fetches: entry.fetches.clone(),
        created_at: now,
    };
    written(cloud.write(&[Write::insert(&value)?]).await)?;
    Ok(Held { value, revision: 1 })
}

async fn replace(
    cloud: &(impl Table + Clock + Entropy),
    mut held: Held<Application>,
    (tenant, user): (&TenantId, &UserId),
) -> Result<Held<Application>, Refusal> {
    let entry = audit::entry(cloud, tenant, Some(user), "application.changed", held.value.slug.as_str())?;
    written(cloud.write(&[Write::replace(&held)?, Write::insert(&entry)?]).await)?;
    held.revision += 1;
    Ok(held)
}

fn written(result: Result<(), WriteError>) -> Result<(), Refusal> {
    match result {
        Ok(()) => Ok(()),
        Err(WriteError::Conflict) => Err(Refusal::Conflict),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

fn not_stored(error: Failure) -> Refusal {
    match error {
        Failure::Lost => Refusal::Conflict,
        error => Refusal::Unavailable(chain(&error)),
    }
}

async fn try_out(amazon: &impl Lwa, credentials: &ApplicationCredentials) -> Result<(), Refusal> {
    match amazon.try_out(credentials).await {
        Ok(()) => Ok(()),
        Err(LwaError::ApplicationRefused { .. }) => Err(Refusal::FormField(
            "client_secret",
            "Amazon refuses this pair of client id and secret; the one in force stays",
        )),
        Err(error) => Err(Refusal::LwaDown(chain(&error))),
    }
}

fn plain(name: &'static str, text: &str, begins: &'static str) -> Result<(), Refusal> {
    let graphic = text.bytes().all(|b| b.is_ascii_graphic());
    match text.starts_with(begins) && graphic && text.len() <= TEXT_MAX {
        true => Ok(()),
        false if text.is_empty() => Err(Refusal::FormField(name, "is missing")),
        false if name == "client_id" => {
            Err(Refusal::FormField(name, "a client id begins with amzn1.application-oa2-client."))
        }
        false => Err(Refusal::FormField(name, "an application id begins with amzn1.")),
    }
}

fn secret(text: &str) -> Result<ClientSecret, Refusal> {
    let text = text.trim();
    let says = |why| Err(Refusal::FormField("client_secret", why));
    match text {
        "" => says("is missing"),
        _ if text.starts_with("Atzr|") => says("this is a refresh token"),
        _ if text.starts_with("Atza|") => says("this is an access token"),
        _ if text.starts_with("amzn1.") && !is_client_secret(text) => says("this is an id, not a secret"),
        _ if !text.bytes().all(|b| b.is_ascii_graphic()) => says("unexpected character"),
        _ if text.len() > TEXT_MAX => says("longer than any of Amazon's"),
        _ => Ok(ClientSecret::new(text.to_owned())),
    }
}
