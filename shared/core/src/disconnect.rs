//! The way out: calls stop, tokens are gone at once, what has landed is erased on a stated day.

use crate::announce;
use crate::audit;
use crate::connection::{Claim, Connection, Status};
use crate::domains::DOMAINS;
use crate::erase;
use crate::grant::about;
use crate::ids::{ConnectionId, TenantId, UserId};
use crate::message::Refusal;
use crate::notify;
use crate::operate;
use crate::ports::{Bus, Clock, Entropy, Table};
use crate::store::{Held, StoreError, Write, WriteError, load};
use crate::stream::{ACCOUNT, Stream};
use crate::token::Access;

/// Somebody else changed one of the rows this often in a row: the button says so.
const ATTEMPTS: u32 = 5;

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
    let (erasure, erase_at) = erase::plan(cloud, &held.value).await?;
    held.value.end(now, Some(erase_at));
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
    writes.push(erasure);
    Ok((held.value, writes))
}
