//! The application's own tokens, for operations that belong to no seller.
//!
//! Getting one takes the client secret, which whoever calls operations must not read: his code handles what
//! strangers send. So he asks by a message, and the function that renews tokens, which reads that secret and
//! seals access tokens already, puts one here. No role gains a permission by it, and the first call of an hour
//! is answered with "try again in some seconds".

use crate::health;
use crate::ids::{ApplicationSlug, ConnectionId, TenantId};
use crate::lwa::{LwaError, Scope};
use crate::message::Refusal;
use crate::ports::{Bus, Clock, Entropy, Lwa, Outgoing, Queue, QueueName, Table, Vault};
use crate::secret::AccessToken;
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, load};
use crate::task::{Failure, Outcome, VERSION};
use crate::token::{Purpose, Sealed, SealingContext, USABLE_MARGIN};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A token is used this long. Amazon's live an hour; its answer is not asked, so a share of that is left.
const LIFE: SignedDuration = SignedDuration::from_mins(50);

/// What stands for the tenant where a token belongs to an application.
const NO_TENANT: &str = "installation";

/// The token of one application for one scope.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Grantless {
    application: ApplicationSlug,
    scope: String,
    /// Counts its tokens: names one without showing it.
    serial: u64,
    sealed: Option<Sealed>,
    expires_at: Timestamp,
}

impl Stored for Grantless {
    fn key(&self) -> Key {
        Self::key_of(&self.application, &self.scope)
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}

impl Grantless {
    fn key_of(application: &ApplicationSlug, scope: &str) -> Key {
        Key::new(TableName::Tokens, format!("A#{application}"), format!("GRANTLESS#{scope}"))
    }

    /// The row, or an empty one.
    pub(super) async fn find(
        table: &impl Table,
        application: &ApplicationSlug,
        scope: Scope,
    ) -> Result<Self, StoreError> {
        Ok(load::<Self>(table, &Self::key_of(application, scope.as_str()))
            .await?
            .map_or_else(|| Self::none(application, scope), |held| held.value))
    }

    fn none(application: &ApplicationSlug, scope: Scope) -> Self {
        let (application, scope) = (application.clone(), scope.as_str().to_owned());
        Self { application, scope, serial: 0, sealed: None, expires_at: Timestamp::UNIX_EPOCH }
    }

    /// The token, if it can still be used.
    pub(super) async fn open(&self, cloud: &(impl Vault + Clock)) -> Result<Option<AccessToken>, Refusal> {
        let usable = cloud.now() + USABLE_MARGIN < self.expires_at;
        let Some(sealed) = self.sealed.as_ref().filter(|_| usable) else { return Ok(None) };
        Ok(Some(AccessToken::new(cloud.open(&self.context()?, sealed).await?.secret)))
    }

    /// Bound to the application and the scope, whose place among all takes the generation's.
    fn context(&self) -> Result<SealingContext, StoreError> {
        let bad = |error: crate::ids::BadId| StoreError::Corrupt { table: "tokens", why: error.to_string() };
        let place =
            Scope::ALL.iter().position(|scope| scope.as_str() == self.scope).unwrap_or(Scope::ALL.len());
        Ok(SealingContext {
            tenant: TenantId::parse(NO_TENANT).map_err(bad)?,
            connection: ConnectionId::parse(self.application.as_str()).map_err(bad)?,
            generation: place as u64,
            purpose: Purpose::Access,
        })
    }
}

/// The application's token for a scope, if one can still be used; otherwise one is asked for.
pub(crate) async fn at_hand(
    cloud: &(impl Table + Vault + Queue + Clock),
    application: &ApplicationSlug,
    scope: Scope,
) -> Result<Option<AccessToken>, Failure> {
    let row = Grantless::find(cloud, application, scope).await?;
    let usable = cloud.now() + USABLE_MARGIN < row.expires_at;
    if let Some(sealed) = row.sealed.as_ref().filter(|_| usable) {
        return Ok(Some(AccessToken::new(cloud.open(&row.context()?, sealed).await?.secret)));
    }
    cloud.send(QueueName::Refresh, &[message(&row)]).await?;
    Ok(None)
}

/// "Get this application a token for this scope." On the queue of renewals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    v: u64,
    kind: String,
    application: ApplicationSlug,
    scope: String,
    /// The serial of the token that is not wanted any more.
    serial: u64,
}

/// The word that tells such a task from a renewal, which has no kind.
const KIND: &str = "grantless";

pub(super) fn message(row: &Grantless) -> Outgoing {
    let (application, scope) = (row.application.clone(), row.scope.clone());
    let task = Task { v: VERSION, kind: KIND.to_owned(), application, scope, serial: row.serial };
    // A struct of ids and numbers always serializes.
    let body = serde_json::to_string(&task).unwrap_or_default();
    Outgoing { body, delay: SignedDuration::ZERO }
}

impl Task {
    /// Reads a message body; nothing where it is no such task.
    pub fn parse(body: &str) -> Option<Self> {
        let task: Self = serde_json::from_str(body).ok()?;
        (task.v == VERSION && task.kind == KIND).then_some(task)
    }
}

/// Gets a token and keeps it sealed. Asked twice it does so once, or harmlessly twice.
pub async fn obtain<C, A>(cloud: &C, amazon: &A, task: &Task) -> Result<Outcome, Failure>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa,
{
    let Some(scope) = Scope::parse(&task.scope) else {
        return Ok(Outcome::Dropped("E_MSG_FIELD(scope)"));
    };
    let found: Option<Held<Grantless>> =
        load(cloud, &Grantless::key_of(&task.application, &task.scope)).await?;
    if found.as_ref().is_some_and(|held| held.value.serial > task.serial) {
        return Ok(Outcome::Dropped("the token is fresh already"));
    }
    let token = match amazon.grantless(&task.application, scope).await {
        Ok(token) => token,
        Err(LwaError::ApplicationRefused { code }) => {
            health::refused(cloud, &task.application, code).await?;
            return Ok(Outcome::Dropped("Login with Amazon refuses the application"));
        }
        // Whoever wants it asks again.
        Err(_) => return Ok(Outcome::Dropped("Login with Amazon gave no token")),
    };
    let revision = found.as_ref().map(|held| held.revision);
    let mut row = found.map_or_else(|| Grantless::none(&task.application, scope), |held| held.value);
    row.serial += 1;
    row.expires_at = cloud.now() + LIFE;
    row.sealed = Some(cloud.seal(&row.context()?, token.expose()).await?);
    match cloud.write(&[Write::upsert(&row, revision)?]).await {
        // Somebody else was first: his works as well.
        Ok(()) | Err(WriteError::Conflict) => Ok(Outcome::Done("the application has a token")),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}
