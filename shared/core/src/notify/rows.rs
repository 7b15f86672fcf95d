//! What is kept about subscriptions: a row for each connection, one for each subscription that leads back to its
//! connection, and one for each destination.

use crate::application::Application;
use crate::connection::Connection;
use crate::ids::{ApplicationSlug, ConnectionId, TenantId};
use crate::marketplaces::{Realm, Region};
use crate::ports::Table;
use crate::store::{self, Due, Key, StoreError, Stored, TableName, Write, load};
use crate::token::partition_of;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The shard of everything that is to be looked at. One is enough: a connection is written once a week.
pub(super) const SHARD: &str = "notifications";

/// The subscriptions of a connection, and when they are to be looked at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subscriptions {
    /// Whose.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// Those that Amazon has.
    pub held: Vec<Held>,
    /// Types that Amazon does not send, each with why.
    pub refused: Vec<Refused>,
    /// When they were last looked at with success.
    pub looked_at: Option<Timestamp>,
    /// Looks in a row that did not come to an end.
    pub failures: u32,
    /// When to look at them next.
    pub due_at: Timestamp,
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Amazon's word for what it tells.
    pub kind: String,
    /// Amazon's id.
    pub id: String,
    /// When it last made something due sooner, to the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_at: Option<Timestamp>,
}

/// A type that Amazon does not send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Amazon's word for it.
    pub kind: String,
    /// Why, and what to do, for people.
    pub says: String,
    /// The role that is missing.
    pub role: Option<String>,
}

impl Subscriptions {
    /// Where those of a connection are: beside its streams, which are shown with them.
    pub fn key_of(tenant: &TenantId, connection: &ConnectionId) -> Key {
        Key::new(TableName::Streams, partition_of(tenant, connection), SORT)
    }

    /// None yet, to be made now.
    fn none(of: &Connection, now: Timestamp) -> Self {
        let (tenant, connection) = (of.tenant.clone(), of.id.clone());
        let (held, refused) = (Vec::new(), Vec::new());
        Self { tenant, connection, held, refused, looked_at: None, failures: 0, due_at: now }
    }

    /// The id of the one of this type.
    pub fn id_of(&self, kind: &str) -> Option<&str> {
        self.held.iter().find(|held| held.kind == kind).map(|held| held.id.as_str())
    }
}

const SORT: &str = "NOTIFICATIONS";

impl Stored for Subscriptions {
    fn key(&self) -> Key {
        Self::key_of(&self.tenant, &self.connection)
    }

    fn due(&self) -> Option<Due> {
        Some(Due { shard: SHARD.to_owned(), at: self.due_at })
    }
}

/// The write that has a new grant's subscriptions looked at: the seller may have granted more.
pub(crate) async fn for_grant(
    table: &impl Table,
    of: &Connection,
    now: Timestamp,
) -> Result<Option<Write>, StoreError> {
    // The sandbox sends tests only, and only when asked for one.
    if of.realm != Realm::Production {
        return Ok(None);
    }
    match due_now(table, &of.tenant, &of.id, now).await? {
        Some(write) => Ok(Some(write)),
        None => Write::insert(&Subscriptions::none(of, now)).map(Some),
    }
}

/// The write that has a connection's subscriptions looked at now, if it has any row of them.
pub(crate) async fn due_now(
    table: &impl Table,
    tenant: &TenantId,
    connection: &ConnectionId,
    now: Timestamp,
) -> Result<Option<Write>, StoreError> {
    let found = load::<Subscriptions>(table, &Subscriptions::key_of(tenant, connection)).await?;
    let Some(mut held) = found else { return Ok(None) };
    held.value.due_at = now;
    held.value.failures = 0;
    Write::replace(&held).map(Some)
}

/// Where a subscription leads: the only thing that is believed of a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Subscribed {
    pub(super) id: String,
    /// Amazon's id of the application that it was made by.
    pub(super) application: String,
    pub(super) kind: String,
    pub(super) tenant: TenantId,
    pub(super) connection: ConnectionId,
}

impl Subscribed {
    pub(super) fn key_of(id: &str) -> Key {
        Key::new(TableName::Streams, format!("SUBSCRIPTION#{id}"), "SUBSCRIPTION")
    }

    pub(super) fn of(held: &Held, row: &Subscriptions, application: &Application) -> Self {
        Self {
            id: held.id.clone(),
            application: application.amazon_id.clone(),
            kind: held.kind.clone(),
            tenant: row.tenant.clone(),
            connection: row.connection.clone(),
        }
    }

    /// The write that keeps it; nothing where it is kept already.
    pub(super) async fn keep(&self, table: &impl Table) -> Result<Option<Write>, StoreError> {
        let found: Option<store::Held<Self>> = load(table, &self.key()).await?;
        match found {
            Some(held) if held.value.connection == self.connection && held.value.kind == self.kind => {
                Ok(None)
            }
            found => Write::upsert(self, found.map(|held| held.revision)).map(Some),
        }
    }
}

impl Stored for Subscribed {
    fn key(&self) -> Key {
        Self::key_of(&self.id)
    }
}

/// Our queue as Amazon knows it, for one application in one region.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Destination {
    pub(super) application: ApplicationSlug,
    pub(super) region: Region,
    /// The queue that it was made for.
    pub(super) queue: String,
    /// Amazon's id.
    pub(super) id: String,
}

impl Destination {
    pub(super) fn key_of(application: &ApplicationSlug, region: Region) -> Key {
        Key::new(TableName::Streams, format!("NOTIFICATIONS#{application}"), format!("DESTINATION#{region}"))
    }
}

impl Stored for Destination {
    fn key(&self) -> Key {
        Self::key_of(&self.application, self.region)
    }
}
