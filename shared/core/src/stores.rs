//! The stores a grant covers: read from the Sellers API when a seller connects and once a day.

use crate::call::{Call, Verdict, judge};
use crate::catalogue::GET_MARKETPLACE_PARTICIPATIONS;
use crate::connection::Connection;
use crate::ids::{ConnectionId, TenantId};
use crate::marketplaces::{self, Kind, Marketplace, Region, by_country};
use crate::message::Refusal;
use crate::ports::{Bus, Clock, Event, SellingPartner, Table};
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
    /// Whether it is one of the grant's region. Others are never called.
    pub in_region: bool,
    /// Whether we call it.
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
    /// The ids a person ticked; until somebody does, all in which the account sells are used.
    pub chosen: Option<Vec<String>>,
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

/// Asks Amazon which stores the grant covers and stores the answer. A store that has joined since the last
/// time is announced.
pub async fn survey(
    cloud: &(impl Table + Bus + Clock),
    amazon: &impl SellingPartner,
    connection: &Connection,
    token: &AccessToken,
) -> Result<Stores, SurveyError> {
    let now = cloud.now();
    let found = match connection.kind {
        Kind::Seller => ask(cloud, amazon, connection, token).await?,
        // No operation tells a vendor's stores: it is the one whose Vendor Central he used.
        Kind::Vendor => by_country(&connection.country).map(Store::of_vendor).into_iter().collect(),
    };
    keep(cloud, connection, found, now).await
}

async fn ask(
    cloud: &(impl Table + Clock),
    amazon: &impl SellingPartner,
    connection: &Connection,
    token: &AccessToken,
) -> Result<Vec<Store>, SurveyError> {
    let operation = &GET_MARKETPLACE_PARTICIPATIONS;
    let payer = Payer {
        application: connection.application.clone(),
        seller: connection.seller.clone(),
        region: connection.region,
    };
    // Only if a call is left now: a reservation for later would be forgotten.
    let slots = match quota::reserve_soon(cloud, &payer, operation, SignedDuration::ZERO).await? {
        Ok(slots) => slots,
        Err(at) => return Err(SurveyError::Later(at)),
    };
    let Ok(reply) = amazon.call(connection.endpoint(), token, &call()).await else {
        return Err(SurveyError::Answer(None));
    };
    quota::learn(cloud, &payer, operation, slots.rate, reply.rate_limit).await?;
    let verdict = judge(&reply);
    if verdict == Verdict::Throttled {
        quota::throttled(cloud, &payer, operation, 0).await?;
    }
    match read(&reply.body, connection.region).filter(|_| verdict == Verdict::Answered) {
        Some(stores) => Ok(stores),
        None => Err(SurveyError::Answer(Some(verdict))),
    }
}

async fn keep(
    cloud: &(impl Table + Bus),
    connection: &Connection,
    mut stores: Vec<Store>,
    now: Timestamp,
) -> Result<Stores, SurveyError> {
    let key = Stores::key_of(&connection.tenant, &connection.id);
    let found: Option<Held<Stores>> = load(cloud, &key).await?;
    let chosen = found.as_ref().and_then(|held| held.value.chosen.clone());
    for store in &mut stores {
        store.used = store.callable() && chosen.as_ref().is_none_or(|chosen| chosen.contains(&store.id));
    }
    if let Some(before) = found.as_ref().map(|held| &held.value.stores) {
        let known = |store: &&Store| before.iter().any(|old| old.id == store.id && old.participating);
        for joined in stores.iter().filter(|store| store.callable() && !known(store)) {
            // Before it is stored: should this fail, tomorrow's look finds it again.
            let detail = serde_json::json!({
                "tenant": connection.tenant,
                "connection": connection.id,
                "marketplace": joined.id,
                "country": joined.country,
                "used": joined.used,
            });
            let event = Event { name: "connection.marketplace_added", detail };
            cloud.publish(event).await.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        }
    }
    let (tenant, connection) = (connection.tenant.clone(), connection.id.clone());
    let stores = Stores { tenant, connection, stores, chosen, read_at: now };
    match cloud.write(&[Write::upsert(&stores, found.map(|held| held.revision))?]).await {
        // Somebody read them at the same moment: both read the truth.
        Ok(()) | Err(WriteError::Conflict) => Ok(stores),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// Ticks the stores to call; all others of the connection are not called from the next task on.
pub async fn choose(table: &impl Table, connection: &Connection, ids: &[String]) -> Result<Stores, Refusal> {
    let key = Stores::key_of(&connection.tenant, &connection.id);
    let found: Option<Held<Stores>> = load(table, &key).await?;
    let mut held = found
        .ok_or(Refusal::FormField("marketplaces", "Amazon has not told the stores of this grant yet"))?;
    for (place, id) in ids.iter().enumerate() {
        let bad = |why| Err(Refusal::FormField("marketplaces", why));
        if !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return bad("unexpected character");
        }
        if ids.get(..place).is_some_and(|before| before.contains(id)) {
            return bad("listed twice");
        }
        match (marketplaces::by_id(id), held.value.stores.iter().find(|store| store.id == *id)) {
            (None, _) => return bad("not a marketplace id"),
            (Some(known), _) if known.region != connection.region => {
                return bad(match known.region {
                    Region::Na => "belongs to region NA; connect that region",
                    Region::Eu => "belongs to region EU; connect that region",
                    Region::Fe => "belongs to region FE; connect that region",
                });
            }
            (_, Some(store)) if store.callable() => {}
            _ => return bad("the account does not sell there"),
        }
    }
    if ids.is_empty() {
        return Err(Refusal::FormField("marketplaces", "tick one at least, or disconnect"));
    }
    for store in &mut held.value.stores {
        store.used = ids.contains(&store.id);
    }
    held.value.chosen = Some(ids.to_vec());
    match table.write(&[Write::replace(&held)?]).await {
        Ok(()) => Ok(held.value),
        Err(WriteError::Conflict) => Err(Refusal::Conflict),
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

/// The stores in an answer, each marked with whether it is of this region.
pub(crate) fn read(body: &[u8], region: Region) -> Option<Vec<Store>> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    Some(answer.payload.into_iter().map(|one| one.into_store(region)).collect())
}

impl Participation {
    fn into_store(self, region: Region) -> Store {
        let known = marketplaces::by_id(&self.marketplace.id);
        Store {
            id: self.marketplace.id,
            country: self.marketplace.country_code,
            name: self.marketplace.name,
            participating: self.participation.is_participating,
            in_region: known.is_some_and(|known| known.region == region),
            used: false,
        }
    }
}

impl Store {
    /// Whether it may be called at all: a store of the grant's region in which the account sells.
    pub fn callable(&self) -> bool {
        self.in_region && self.participating
    }

    fn of_vendor(store: &'static Marketplace) -> Self {
        Self {
            id: store.id.to_owned(),
            country: store.country.to_owned(),
            name: store.name.to_owned(),
            participating: true,
            in_region: true,
            used: false,
        }
    }
}
