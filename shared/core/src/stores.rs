//! The stores a grant covers: read from the Sellers API when a seller connects and once a day.

use crate::call::{Call, Verdict, judge};
use crate::catalogue::GET_MARKETPLACE_PARTICIPATIONS;
use crate::connection::Connection;
use crate::ids::{ConnectionId, TenantId};
use crate::marketplaces;
use crate::ports::{SellingPartner, Table};
use crate::quota::{self, Payer};
use crate::secret::AccessToken;
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, load};
use crate::token::partition_of;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Read again after this long.
pub const READ_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// One store of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Store {
    /// Amazon's marketplace id.
    pub id: String,
    /// Country code.
    pub country: String,
    /// For people.
    pub name: String,
    /// Whether the seller sells there.
    pub participating: bool,
    /// Whether we call it. A store of another region or unknown to us never is.
    pub used: bool,
}

/// The stores of a connection, as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stores {
    /// Whose they are.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// The stores.
    pub stores: Vec<Store>,
    /// When they were read.
    pub read_at: Timestamp,
}

impl Stores {
    /// Where the stores of a connection are.
    pub fn key_of(tenant: &TenantId, connection: &ConnectionId) -> Key {
        Key::new(TableName::Streams, partition_of(tenant, connection), "STORES")
    }

    /// The ids to call.
    pub fn in_use(&self) -> Vec<&str> {
        self.stores.iter().filter(|store| store.used).map(|store| store.id.as_str()).collect()
    }

    /// Whether it is time to read them again.
    pub fn stale(&self, now: Timestamp) -> bool {
        now > self.read_at + READ_EVERY
    }
}

impl Stored for Stores {
    fn key(&self) -> Key {
        Self::key_of(&self.tenant, &self.connection)
    }
}

/// The stores could not be read. Earlier ones, if any, stay in use.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Amazon's bucket has no call left before this moment.
    #[error("no call is left before {0}")]
    Later(Timestamp),
    /// Amazon answered otherwise, or not at all.
    #[error("Amazon did not tell the stores ({0:?})")]
    Answer(Option<Verdict>),
    /// Amazon named no store that the grant's region has.
    #[error("the account has no store in this region")]
    NoStore,
}

/// The call.
pub fn call() -> Call {
    Call::get(&GET_MARKETPLACE_PARTICIPATIONS, Vec::new())
}

/// Asks Amazon which stores the grant covers and stores the answer.
pub async fn survey(
    table: &impl Table,
    amazon: &impl SellingPartner,
    connection: &Connection,
    token: &AccessToken,
    now: Timestamp,
) -> Result<Stores, SurveyError> {
    let payer = Payer {
        application: connection.application.clone(),
        seller: connection.seller.clone(),
        region: connection.region,
    };
    // Only if a call is left now: a reservation for later would be forgotten.
    let rate = match quota::reserve_now(table, &payer, &GET_MARKETPLACE_PARTICIPATIONS, now).await? {
        Ok(rate) => rate,
        Err(at) => return Err(SurveyError::Later(at)),
    };
    let Ok(reply) = amazon.call(connection.region, token, &call()).await else {
        return Err(SurveyError::Answer(None));
    };
    quota::learn(table, &payer, &GET_MARKETPLACE_PARTICIPATIONS, now, rate, reply.rate_limit).await?;
    let verdict = judge(&reply);
    if verdict == Verdict::Throttled {
        quota::drain(table, &payer, &GET_MARKETPLACE_PARTICIPATIONS, now).await?;
    }
    let read = read(&reply.body).filter(|_| verdict == Verdict::Answered);
    let Some(answer) = read else { return Err(SurveyError::Answer(Some(verdict))) };
    keep(table, connection, answer, now).await
}

async fn keep(
    table: &impl Table,
    connection: &Connection,
    answer: Vec<Participation>,
    now: Timestamp,
) -> Result<Stores, SurveyError> {
    let key = Stores::key_of(&connection.tenant, &connection.id);
    let found: Option<Held<Stores>> = load(table, &key).await?;
    let stores = Stores {
        tenant: connection.tenant.clone(),
        connection: connection.id.clone(),
        stores: answer.into_iter().map(|one| one.into_store(connection)).collect(),
        read_at: now,
    };
    match table.write(&[Write::upsert(&stores, found.map(|held| held.revision))?]).await {
        // Somebody read them at the same moment: both read the truth.
        Ok(()) | Err(WriteError::Conflict) => Ok(stores),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct Answer {
    payload: Vec<Participation>,
}

#[derive(Deserialize)]
struct Participation {
    marketplace: AnswerMarketplace,
    #[serde(default)]
    participation: AnswerState,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnswerMarketplace {
    id: String,
    #[serde(default)]
    country_code: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct AnswerState {
    #[serde(default)]
    is_participating: bool,
}

fn read(body: &[u8]) -> Option<Vec<Participation>> {
    serde_json::from_slice::<Answer>(body).ok().map(|answer| answer.payload)
}

impl Participation {
    fn into_store(self, connection: &Connection) -> Store {
        let known = marketplaces::by_id(&self.marketplace.id)
            .is_some_and(|marketplace| marketplace.region == connection.region);
        let participating = self.participation.is_participating;
        Store {
            used: known && participating,
            id: self.marketplace.id,
            country: self.marketplace.country_code,
            name: self.marketplace.name,
            participating,
        }
    }
}
