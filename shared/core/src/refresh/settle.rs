//! What Amazon's answer does to the connection: one write that insists on the lease and the grant.

use super::RefreshError;
use super::ask::{ASK_AGAIN, SECOND_LOOK_DELAY, postpone};
use super::hold::{RefreshLease, freed};
use crate::audit;
use crate::connection::{Connection, Status};
use crate::lwa::AccessGrant;
use crate::ports::{Bus, Clock, Entropy, Event, Queue, Table, Vault};
use crate::store::{Held, Write, WriteError, load};
use crate::task::{Outcome, RefreshTask};
use crate::token::{Access, refresh_time};

/// Stores a fresh token, and the connection's return to health if it was in doubt.
pub(super) async fn keep<C: Table + Vault + Bus + Clock + Entropy>(
    cloud: &C,
    mut connection: Held<Connection>,
    lease: Held<RefreshLease>,
    grant: &AccessGrant,
) -> Result<Outcome, RefreshError> {
    let now = cloud.now();
    let recovered = connection.value.status == Status::Suspect;
    connection.value.set(Status::Active, now);
    if let Some(replaced) = &grant.replaced {
        let context = connection.value.refresh_context();
        connection.value.sealed_refresh = Some(cloud.seal(&context, replaced.expose()).await?);
    }
    let key = Access::key_of(&connection.value.tenant, &connection.value.id);
    let found: Option<Held<Access>> = load(cloud, &key).await?;
    let (serial, refreshes) = found.as_ref().map_or((0, 0), |held| (held.value.serial, held.value.refreshes));
    let jitter = cloud.random()?[0];
    let mut access = Access {
        tenant: connection.value.tenant.clone(),
        connection: connection.value.id.clone(),
        generation: connection.value.generation,
        serial: serial + 1,
        sealed: None,
        expires_at: now + grant.expires_in,
        refresh_at: Some(refresh_time(now, grant.expires_in, jitter)),
        refreshes: refreshes + 1,
    };
    access.sealed = Some(cloud.seal(&access.context(), grant.token.expose()).await?);
    let connection_write = if recovered || grant.replaced.is_some() {
        Write::replace(&connection)?
    } else {
        Write::unchanged(&connection)
    };
    let writes =
        [freed(&lease, None)?, connection_write, Write::upsert(&access, found.map(|held| held.revision))?];
    match cloud.write(&writes).await {
        Ok(()) if recovered => {
            announce(cloud, &connection.value, "connection.recovered").await?;
            Ok(Outcome::Done("renewed, and the connection has recovered"))
        }
        Ok(()) => Ok(Outcome::Done("renewed")),
        // A reconnect or a newer worker won: its token is the one to use, ours is forgotten.
        Err(WriteError::Conflict) => Ok(Outcome::Dropped("E_MSG_STALE_GEN")),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// Amazon refused the grant: once makes it suspect, twice asks the seller (R6).
pub(super) async fn doubt<C: Table + Queue + Bus + Clock + Entropy>(
    cloud: &C,
    task: RefreshTask,
    mut connection: Held<Connection>,
    lease: Held<RefreshLease>,
) -> Result<Outcome, RefreshError> {
    let now = cloud.now();
    let second = connection.value.status == Status::Suspect;
    connection.value.set(if second { Status::NeedsReconnect } else { Status::Suspect }, now);
    let mut writes = vec![freed(&lease, None)?, Write::replace(&connection)?];
    let key = Access::key_of(&connection.value.tenant, &connection.value.id);
    if let Some(mut access) = load::<Access>(cloud, &key).await? {
        // Calls stop at once. Should the message for the second look be lost, the schedule takes it.
        access.value.sealed = None;
        access.value.refresh_at = (!second).then(|| now + ASK_AGAIN);
        writes.push(Write::replace(&access)?);
    }
    match cloud.write(&writes).await {
        Ok(()) => {}
        Err(WriteError::Conflict) => return Ok(Outcome::Dropped("E_MSG_STALE_GEN")),
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    let name = if second { "connection.needs_reconnect" } else { "connection.suspect" };
    announce(cloud, &connection.value, name).await?;
    if second {
        return Ok(Outcome::Done("the seller has to reconnect"));
    }
    let again = RefreshTask { tries: 0, saw: None, ..task };
    postpone(cloud, &again, SECOND_LOOK_DELAY, "refused once; a second look follows").await
}

async fn announce<C: Table + Bus + Clock + Entropy>(
    cloud: &C,
    connection: &Connection,
    name: &'static str,
) -> Result<(), RefreshError> {
    let detail = serde_json::json!({
        "tenant": connection.tenant,
        "connection": connection.id,
        "region": connection.region,
        "generation": connection.generation,
        "since": connection.since,
    });
    cloud.publish(Event { name, detail }).await?;
    audit::note(cloud, &connection.tenant, None, name, connection.id.as_str()).await?;
    Ok(())
}
