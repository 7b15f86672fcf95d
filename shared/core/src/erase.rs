//! The end of a connection's data: on its day after Disconnect, or as soon as a person asks for it.

use crate::announce;
use crate::audit;
use crate::connection::{Connection, Status};
use crate::deliver::{ASIDE, PERSONAL, RECORDS};
use crate::domains::DOMAINS;
use crate::grant::about;
use crate::ids::{ConnectionId, TenantId, UserId};
use crate::message::Refusal;
use crate::ports::{Bus, Clock, Entropy, Shredder, Table};
use crate::store::{Due, Held, Key, StoreError, Stored, TableName, Write, WriteError, decode, load};
use crate::stream::{ACCOUNT, Landed, Stream};
use crate::tables;
use crate::tables::agenda::Shaping;
use crate::tables::day::Day;
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What has landed is erased this long after Disconnect. Amazon's Data Protection Policy asks for deletion
/// within 30 days of a revocation; a day is kept for the erasure itself.
pub const ERASED_AFTER: SignedDuration = SignedDuration::from_hours(24 * 29);

/// Nothing is erased sooner than this after Disconnect: a run that was under way then may still land a part, and
/// no function runs longer (AWS Lambda, `Timeout` at most 900 s).
pub const LAST_RUNS: SignedDuration = SignedDuration::from_secs(900);

/// Objects removed in one turn of one connection.
const SHREDDED_AT_ONCE: usize = 10_000;

/// Connections whose data is erased in one run.
const ERASED_AT_ONCE: usize = 100;

/// The agenda's shard of erasures.
const SHARD: &str = "erasures";

/// The erasure of a connection's data, on the agenda.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Erasure {
    tenant: TenantId,
    connection: ConnectionId,
    at: Timestamp,
}

impl Erasure {
    fn key_of(connection: &ConnectionId) -> Key {
        Key::new(TableName::Agenda, format!("ERASE#{connection}"), "ERASE")
    }
}

impl Stored for Erasure {
    fn key(&self) -> Key {
        Self::key_of(&self.connection)
    }

    fn due(&self) -> Option<Due> {
        Some(Due { shard: SHARD.to_owned(), at: self.at })
    }
}

/// Puts the erasure of a connection on the agenda for its day; the write, and the day.
pub(crate) async fn plan(
    cloud: &(impl Table + Clock),
    of: &Connection,
) -> Result<(Write, Timestamp), StoreError> {
    let at = cloud.now() + ERASED_AFTER;
    let erasure = Erasure { tenant: of.tenant.clone(), connection: of.id.clone(), at };
    let found: Option<Held<Erasure>> = load(cloud, &Erasure::key_of(&of.id)).await?;
    Ok((Write::upsert(&erasure, found.map(|found| found.revision))?, at))
}

/// Has the data of an ended connection erased by the next run instead of on its day. Doing it twice changes nothing.
/// Returns the moment from which it is; the past where nothing is left.
pub async fn erase_soon(
    cloud: &(impl Table + Clock + Entropy),
    tenant: &TenantId,
    id: &ConnectionId,
    user: &UserId,
) -> Result<Timestamp, Refusal> {
    let mut connection: Held<Connection> =
        load(cloud, &Connection::key_of(tenant, id)).await?.ok_or(Refusal::NotFound)?;
    if connection.value.status != Status::Disconnected {
        return Err(Refusal::NotEnded);
    }
    if let Some(erased) = connection.value.erased_at.filter(|_| connection.value.erase_at.is_none()) {
        return Ok(erased);
    }
    let at = cloud.now().max(connection.value.since + LAST_RUNS);
    let erasure: Option<Held<Erasure>> = load(cloud, &Erasure::key_of(id)).await?;
    let mut erasure = erasure.ok_or(Refusal::Conflict)?;
    if erasure.value.at <= at {
        return Ok(erasure.value.at);
    }
    erasure.value.at = at;
    connection.value.erase_at = Some(at);
    let entry = audit::entry(cloud, tenant, Some(user), "connection.erasure_asked", id.as_str())?;
    let writes = [Write::replace(&connection)?, Write::replace(&erasure)?, Write::insert(&entry)?];
    match cloud.write(&writes).await {
        Ok(()) => Ok(at),
        Err(WriteError::Conflict) => Err(Refusal::Conflict),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// The write that takes an erasure off the agenda again: the connection has a new grant.
pub(crate) async fn keep(table: &impl Table, connection: &ConnectionId) -> Result<Option<Write>, StoreError> {
    Ok(load::<Erasure>(table, &Erasure::key_of(connection)).await?.as_ref().map(Write::delete))
}

/// What a run of the erasure did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// Connections of which nothing is left.
    pub connections: usize,
    /// Objects removed.
    pub objects: usize,
}

/// Erases the data of every connection whose day has come. What a run does not finish, the next one does.
pub async fn erase_due(
    cloud: &(impl Table + Shredder + Clock + Entropy + Bus),
    deadline: Timestamp,
) -> Result<Erased, Failure> {
    let mut done = Erased::default();
    for row in cloud.due(TableName::Agenda, SHARD, cloud.now(), ERASED_AT_ONCE).await? {
        let erasure: Held<Erasure> = decode(row)?;
        if cloud.now() >= deadline {
            break;
        }
        let key = Connection::key_of(&erasure.value.tenant, &erasure.value.connection);
        let mut connection: Held<Connection> = match load(cloud, &key).await? {
            Some(held) => held,
            None => continue,
        };
        // A reconnect takes the erasure off the agenda; it may have come since that was read.
        if connection.value.status != Status::Disconnected {
            continue;
        }
        let mut left = false;
        for domain in DOMAINS {
            left |= !shred(cloud, &erasure.value, domain.name, deadline, &mut done.objects).await?;
            left |= !forget_windows(cloud, &erasure.value, domain.name, deadline).await?;
        }
        if left {
            continue;
        }
        let now = cloud.now();
        connection.value.erased_at = Some(now);
        connection.value.erase_at = None;
        let mut writes = vec![Write::replace(&connection)?, Write::delete(&erasure)];
        writes.extend(forget(cloud, &connection.value).await?);
        let (what, tenant) = ("connection.erased", &connection.value.tenant);
        writes.push(Write::insert(&audit::entry(cloud, tenant, None, what, connection.value.id.as_str())?)?);
        let event = announce::prepare(cloud, about(what, &connection.value))?;
        writes.push(Write::insert(&event)?);
        match cloud.write(&writes).await {
            Ok(()) => {
                drop(announce::publish(cloud, event).await);
                done.connections += 1;
            }
            // A reconnect came between: its data begins anew.
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(done)
}

/// Removes a domain's records and the tables made of them; whether nothing is left. A day's rows go before its
/// records, whose folders name the days: so a run that ends in between is finished by the next.
async fn shred(
    cloud: &(impl Table + Shredder + Clock),
    erasure: &Erasure,
    domain: &str,
    deadline: Timestamp,
    removed: &mut usize,
) -> Result<bool, Failure> {
    let Erasure { tenant, connection, .. } = erasure;
    let below = format!("domain={domain}/tenant={tenant}/connection={connection}/");
    let records = format!("{RECORDS}/{below}");
    for folder in cloud.folders(&records).await? {
        let Some(day) = Day::of_object(&folder) else { continue };
        for table in tables::of_domain(domain) {
            if cloud.now() >= deadline {
                return Ok(false);
            }
            *removed += cloud.shred(&day.rows(table.name), SHREDDED_AT_ONCE).await?;
        }
        cloud.take(&Shaping::key_of(&day)).await?;
    }
    let mut whole = true;
    for prefix in [records, format!("{ASIDE}/{below}"), format!("{PERSONAL}/{below}")] {
        let found = cloud.shred(&prefix, SHREDDED_AT_ONCE).await?;
        *removed += found;
        whole &= found < SHREDDED_AT_ONCE;
    }
    Ok(whole)
}

/// Removes what is known of a domain's windows: the ledger of data that is no more; whether nothing is left.
async fn forget_windows(
    cloud: &(impl Table + Clock),
    erasure: &Erasure,
    domain: &str,
    deadline: Timestamp,
) -> Result<bool, Failure> {
    while !Landed::forget(cloud, (&erasure.tenant, &erasure.connection, domain, ACCOUNT)).await? {
        if cloud.now() >= deadline {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where the data ends, the places in it end too: a later reconnect fetches from the beginning.
async fn forget(table: &impl Table, connection: &Connection) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::new();
    for domain in DOMAINS {
        let key = Stream::key_of(&connection.tenant, &connection.id, domain.name, ACCOUNT);
        writes.extend(load::<Stream>(table, &key).await?.as_ref().map(Write::delete));
    }
    Ok(writes)
}
