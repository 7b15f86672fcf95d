//! The way out: calls stop, tokens are gone at once, what has landed is erased on a stated day.

use crate::announce;
use crate::audit;
use crate::connection::{Claim, Connection, Status};
use crate::deliver::{ASIDE, PERSONAL, RECORDS};
use crate::domains::DOMAINS;
use crate::grant::about;
use crate::ids::{ConnectionId, TenantId, UserId};
use crate::message::Refusal;
use crate::notify;
use crate::operate;
use crate::ports::{Bus, Clock, Entropy, Shredder, Table};
use crate::store::{Due, Held, Key, StoreError, Stored, TableName, Write, WriteError, decode, load};
use crate::stream::{ACCOUNT, Landed, Stream};
use crate::tables;
use crate::tables::agenda::Shaping;
use crate::tables::day::Day;
use crate::task::Failure;
use crate::token::Access;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What has landed is erased this long after Disconnect. Amazon's Data Protection Policy asks for deletion
/// within 30 days of a revocation; a day is kept for the erasure itself.
pub const ERASED_AFTER: SignedDuration = SignedDuration::from_hours(24 * 29);

/// Somebody else changed one of the rows this often in a row: the button says so.
const ATTEMPTS: u32 = 5;

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

/// Ends a connection on a person's wish. Doing it twice changes nothing.
pub async fn disconnect(
    cloud: &(impl Table + Bus + Clock + Entropy),
    tenant: &TenantId,
    id: &ConnectionId,
    user: &UserId,
) -> Result<(), Refusal> {
    for _ in 0..ATTEMPTS {
        let held: Held<Connection> =
            load(cloud, &Connection::key_of(tenant, id)).await?.ok_or(Refusal::NotFound)?;
        if held.value.status == Status::Disconnected {
            return Ok(operate::forget(cloud, tenant, id).await?);
        }
        let claim: Option<Held<Claim>> =
            load(cloud, &Claim::key_of(held.value.region, &held.value.seller)).await?;
        let claim = claim.filter(|claim| claim.value.held_by(tenant, id));
        let (connection, mut writes) = end(cloud, held).await?;
        writes.extend(claim.as_ref().map(Write::delete));
        let what = "connection.disconnected";
        writes.push(Write::insert(&audit::entry(cloud, tenant, Some(user), what, id.as_str())?)?);
        let event = announce::prepare(cloud, about(what, &connection))?;
        writes.push(Write::insert(&event)?);
        match cloud.write(&writes).await {
            Ok(()) => {
                drop(announce::publish(cloud, event).await);
                return Ok(operate::forget(cloud, tenant, id).await?);
            }
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Err(Refusal::Conflict)
}

/// The writes that end the connection of a claim that has to give way: somebody proved that the account is
/// his. The claim itself is the caller's to write.
pub(crate) async fn displace(
    cloud: &(impl Table + Clock + Entropy),
    claim: &Claim,
) -> Result<Vec<Write>, StoreError> {
    let key = Connection::key_of(&claim.tenant, &claim.connection);
    let Some(held) = load::<Connection>(cloud, &key).await? else { return Ok(Vec::new()) };
    let (connection, mut writes) = end(cloud, held).await?;
    let (what, subject) = ("connection.disconnected", connection.id.as_str());
    writes.push(Write::insert(&audit::entry(cloud, &connection.tenant, None, what, subject)?)?);
    writes.push(Write::insert(&announce::prepare(cloud, about(what, &connection))?)?);
    Ok(writes)
}

/// The connection after its end, and the writes for it, its tokens and its streams.
async fn end(
    cloud: &(impl Table + Clock),
    mut held: Held<Connection>,
) -> Result<(Connection, Vec<Write>), StoreError> {
    let now = cloud.now();
    let erasure = Erasure {
        tenant: held.value.tenant.clone(),
        connection: held.value.id.clone(),
        at: now + ERASED_AFTER,
    };
    held.value.end(now, Some(erasure.at));
    let mut writes = vec![Write::replace(&held)?];
    let Connection { tenant, id, .. } = &held.value;
    if let Some(Held { value, revision }) = load::<Access>(cloud, &Access::key_of(tenant, id)).await? {
        writes.push(Write::replace(&Held { value: value.ended(), revision })?);
    }
    for domain in DOMAINS {
        let key = Stream::key_of(tenant, id, domain.name, ACCOUNT);
        if let Some(mut stream) = load::<Stream>(cloud, &key).await? {
            stream.value.due_at = None;
            // Whoever fetches now fails at his next write.
            stream.value.lease = stream.value.lease.revoked();
            writes.push(Write::replace(&stream)?);
        }
    }
    writes.extend(notify::due_now(cloud, tenant, id, now).await?);
    let found: Option<Held<Erasure>> = load(cloud, &Erasure::key_of(id)).await?;
    writes.push(Write::upsert(&erasure, found.map(|found| found.revision))?);
    Ok((held.value, writes))
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
            let Erasure { tenant, connection, .. } = &erasure.value;
            left |= !Landed::forget(cloud, (tenant, connection, domain.name, ACCOUNT)).await?;
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

/// Where the data ends, the places in it end too: a later reconnect fetches from the beginning.
async fn forget(table: &impl Table, connection: &Connection) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::new();
    for domain in DOMAINS {
        let key = Stream::key_of(&connection.tenant, &connection.id, domain.name, ACCOUNT);
        writes.extend(load::<Stream>(table, &key).await?.as_ref().map(Write::delete));
    }
    Ok(writes)
}
