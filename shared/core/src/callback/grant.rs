//! Storing a grant: announced before the code is traded, then written whole or not at all.

use crate::audit;
use crate::authorize::Consent;
use crate::connection::{Claim, Connection, Status};
use crate::domains::DOMAINS;
use crate::ids::SellerId;
use crate::lwa::Grant;
use crate::message::{Refusal, chain};
use crate::ports::{Clock, Entropy, Table, Vault};
use crate::store::{Held, Write, WriteError, load};
use crate::stream::{ACCOUNT, Stream};
use crate::token::Access;

/// Somebody else changed one of the rows this often in a row: give up, the grant's mark stays visible.
const ATTEMPTS: u32 = 5;

/// Checks who may be connected where, and marks that an exchange has begun: should it be interrupted, the
/// page can say so.
pub(super) async fn announce(
    cloud: &(impl Table + Clock),
    consent: &Consent,
    seller: &SellerId,
) -> Result<(), Refusal> {
    let key = Connection::key_of(&consent.tenant, &consent.connection);
    let found: Option<Held<Connection>> = load(cloud, &key).await?;
    // Only a connection that had a grant is tied to a seller.
    let tied = found.as_ref().filter(|held| held.value.generation > 0);
    if let Some(other) = tied.filter(|held| held.value.seller != *seller) {
        return Err(Refusal::SellerMismatch {
            came: seller.last4().to_owned(),
            expected: other.value.seller.last4().to_owned(),
        });
    }
    let claim: Option<Held<Claim>> = load(cloud, &Claim::key_of(consent.region, seller)).await?;
    if claim.is_some_and(|held| !held.value.held_by(&consent.tenant, &consent.connection)) {
        return Err(Refusal::SellerTaken);
    }
    let now = cloud.now();
    let write = match found {
        None => {
            Write::insert(&Connection { exchange_started_at: Some(now), ..fresh(consent, seller, cloud) })
        }
        Some(mut held) => {
            held.value.exchange_started_at = Some(now);
            Write::replace(&held)
        }
    };
    Ok(cloud.write(&[write?]).await?)
}

fn fresh(consent: &Consent, seller: &SellerId, clock: &impl Clock) -> Connection {
    Connection {
        id: consent.connection.clone(),
        tenant: consent.tenant.clone(),
        application: consent.application.clone(),
        region: consent.region,
        kind: consent.kind,
        country: consent.country.clone(),
        seller: seller.clone(),
        status: Status::Pending,
        since: clock.now(),
        generation: 0,
        sealed_refresh: None,
        authorized_at: None,
        scope: None,
        exchange_started_at: None,
        created_at: clock.now(),
    }
}

/// Takes the mark back: Amazon gave no grant, so none was lost.
pub(super) async fn withdraw(table: &impl Table, consent: &Consent) -> Result<(), WriteError> {
    let key = Connection::key_of(&consent.tenant, &consent.connection);
    let Some(mut held) = load::<Connection>(table, &key).await? else { return Ok(()) };
    held.value.exchange_started_at = None;
    table.write(&[Write::replace(&held)?]).await
}

/// Stores the grant: connection, claim, access token, streams and audit in one write (R3). A refresh of the old
/// grant that is under way cannot undo it, because the connection's row has moved on.
pub(super) async fn store(
    cloud: &(impl Table + Vault + Clock + Entropy),
    consent: &Consent,
    seller: &SellerId,
    grant: &Grant,
) -> Result<Connection, Refusal> {
    for _ in 0..ATTEMPTS {
        let (connection, writes) = prepare(cloud, consent, seller, grant).await?;
        match cloud.write(&writes).await {
            Ok(()) => return Ok(connection),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(not_stored(error)),
        }
    }
    Err(Refusal::NotStored("somebody else keeps changing the rows".to_owned()))
}

async fn prepare(
    cloud: &(impl Table + Vault + Clock + Entropy),
    consent: &Consent,
    seller: &SellerId,
    grant: &Grant,
) -> Result<(Connection, Vec<Write>), Refusal> {
    let now = cloud.now();
    let key = Connection::key_of(&consent.tenant, &consent.connection);
    let mut held: Held<Connection> = load(cloud, &key).await.map_err(not_stored)?.ok_or_else(gone)?;
    let connection = &mut held.value;
    connection.generation += 1;
    connection.seller = seller.clone();
    connection.scope = grant.scope.clone();
    connection.authorized_at = Some(now);
    connection.exchange_started_at = None;
    connection.set(Status::Active, now);
    let context = connection.refresh_context();
    connection.sealed_refresh = Some(cloud.seal(&context, grant.refresh.expose()).await.map_err(not_stored)?);

    let mut writes = vec![Write::replace(&held).map_err(not_stored)?];
    let connection = held.value;
    writes.push(claim(cloud, &connection).await?);
    writes.push(Access::issue(cloud, &connection, &grant.access, 0).await.map_err(not_stored)?);
    let (what, subject) = ("connection.connected", connection.id.as_str());
    let entry = audit::entry(cloud, &connection.tenant, Some(&consent.user), what, subject);
    writes.push(Write::insert(&entry.map_err(not_stored)?).map_err(not_stored)?);
    for domain in DOMAINS {
        let key = Stream::key_of(&connection.tenant, &connection.id, domain.name, ACCOUNT);
        let found: Option<Held<Stream>> = load(cloud, &key).await.map_err(not_stored)?;
        let write = match found {
            None => Write::insert(&Stream::new(
                &connection.tenant,
                &connection.id,
                domain,
                connection.generation,
                now,
            )),
            // Reconnect keeps the cursor and goes on where it stopped.
            Some(mut held) => {
                held.value.generation = connection.generation;
                held.value.due_at = Some(now);
                held.value.trouble = None;
                // Whoever worked with the old grant is out.
                held.value.lease = held.value.lease.revoked();
                Write::replace(&held)
            }
        };
        writes.push(write.map_err(not_stored)?);
    }
    Ok((connection, writes))
}

async fn claim(table: &impl Table, connection: &Connection) -> Result<Write, Refusal> {
    let claim = Claim::of(connection);
    match load::<Claim>(table, &Claim::key_of(claim.region, &claim.seller)).await.map_err(not_stored)? {
        None => Write::insert(&claim).map_err(not_stored),
        Some(held) if held.value.held_by(&claim.tenant, &claim.connection) => Ok(Write::unchanged(&held)),
        Some(_) => Err(Refusal::SellerTaken),
    }
}

/// Amazon granted, and we could not keep it: the announced exchange shows as interrupted.
fn not_stored(error: impl std::error::Error + 'static) -> Refusal {
    Refusal::NotStored(chain(&error))
}

fn gone() -> Refusal {
    Refusal::NotStored("the connection's row is gone".to_owned())
}
