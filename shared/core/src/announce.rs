//! Events that must not be lost: written down in the same write as what they tell, published after it, and
//! struck off. What was not published is found on the agenda a minute later, so an event comes at least once.

use crate::ports::{Bus, Clock, Entropy, Event, Table};
use crate::secret::Digest;
use crate::store::{Due, Key, StoreError, Stored, TableName, Write, WriteError, decode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The events about connections and applications. An operator's rules name them, so they never change.
pub const EVENTS: [&str; 15] = [
    "connection.connected",
    "connection.suspect",
    "connection.recovered",
    "connection.needs_reconnect",
    "connection.disconnected",
    "connection.erased",
    "connection.reauthorization_due",
    "connection.marketplace_added",
    "connection.seller_contested",
    "application.credentials_refused",
    "application.credentials_recovered",
    "application.calls_failing",
    "application.calls_recovered",
    "application.secret_expiring",
    "application.secret_rotated",
];

/// An event whose publication is left to the agenda after this long.
const LEFT_BEHIND: SignedDuration = SignedDuration::from_mins(1);

/// Events published in one turn.
const AT_ONCE: usize = 500;

/// The agenda's shard of events.
const SHARD: &str = "events";

/// An event under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Announcement {
    id: String,
    name: String,
    detail: serde_json::Value,
    made_at: Timestamp,
}

impl Stored for Announcement {
    fn key(&self) -> Key {
        Key::new(TableName::Agenda, format!("EVENT#{}", self.id), "EVENT")
    }

    fn due(&self) -> Option<Due> {
        Some(Due { shard: SHARD.to_owned(), at: self.made_at + LEFT_BEHIND })
    }
}

/// Writes an event down; insert it together with what it tells.
pub fn prepare(cloud: &(impl Clock + Entropy), event: Event) -> Result<Announcement, StoreError> {
    let random = cloud.random().map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    let id = Digest::of(&format!("{random:?}")).as_str().chars().take(24).collect();
    Ok(Announcement { id, name: event.name.to_owned(), detail: event.detail, made_at: cloud.now() })
}

/// Writes rows and the event that tells of them, all or nothing, and publishes it then. Should the bus fail, the
/// agenda's turn publishes it a minute later.
pub(crate) async fn write(
    cloud: &(impl Table + Bus + Clock + Entropy),
    mut writes: Vec<Write>,
    event: Option<Event>,
) -> Result<(), WriteError> {
    let event = event.map(|event| prepare(cloud, event)).transpose()?;
    if let Some(event) = &event {
        writes.push(Write::insert(event)?);
    }
    cloud.write(&writes).await?;
    if let Some(event) = event {
        drop(publish(cloud, event).await);
    }
    Ok(())
}

/// Publishes an event that was written down, and strikes it off.
pub async fn publish(cloud: &(impl Table + Bus), announcement: Announcement) -> Result<(), StoreError> {
    let key = announcement.key();
    // A name of an earlier build that is no longer in use is struck off all the same.
    if let Some(name) = EVENTS.into_iter().find(|name| *name == announcement.name) {
        let event = Event { name, detail: announcement.detail };
        cloud.publish(event).await.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    }
    cloud.take(&key).await.map(|_| ())
}

/// Publishes what was left behind; how many.
pub async fn catch_up(cloud: &(impl Table + Bus + Clock)) -> Result<usize, StoreError> {
    let rows = cloud.due(TableName::Agenda, SHARD, cloud.now(), AT_ONCE).await?;
    let found = rows.len();
    for row in rows {
        publish(cloud, decode::<Announcement>(row)?.value).await?;
    }
    Ok(found)
}
