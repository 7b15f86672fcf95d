//! A grant becomes a connection: announced before a code is traded, then written whole or not at all (R3).
//!
//! Every way in ends here: a consent on our page, one that began in the Appstore or in a host product, and
//! an imported refresh token.

use crate::announce;
use crate::application::Application;
use crate::audit;
use crate::connection::{Claim, Connection, Identity, Source, Status};
use crate::disconnect;
use crate::erase;
use crate::ids::{ApplicationSlug, ConnectionId, SellerId, TenantId, UserId};
use crate::lwa::AccessGrant;
use crate::marketplaces::{Kind, Realm, Region};
use crate::message::{Refusal, chain};
use crate::ports::{Bus, Clock, Entropy, Event, Table, Vault};
use crate::secret::{Digest, RefreshToken};
use crate::store::{Held, StoreError, Write, WriteError, load};
use crate::stream::open;
use crate::task::Failure;
use crate::token::Access;

/// Somebody else changed one of the rows this often in a row: give up, the grant's mark stays visible.
const ATTEMPTS: u32 = 5;

/// What is to be connected, and as what.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Whose it will be.
    pub tenant: TenantId,
    /// Who does it.
    pub user: UserId,
    /// Granted to this application.
    pub application: ApplicationSlug,
    /// Real or sandbox.
    pub realm: Realm,
    /// The region.
    pub region: Region,
    /// Seller or vendor.
    pub kind: Kind,
    /// The store whose consent page Reconnect opens.
    pub country: String,
    /// The connection to make or renew.
    pub connection: ConnectionId,
    /// The account.
    pub seller: SellerId,
    /// How it comes in.
    pub source: Source,
}

/// What Amazon gave.
#[derive(Debug)]
pub struct Granted<'a> {
    /// The proof of the grant.
    pub refresh: &'a RefreshToken,
    /// A first access token, if there is one.
    pub access: Option<&'a AccessGrant>,
    /// Permissions, where an answer named them.
    pub scope: Option<String>,
    /// What is known about whose it is.
    pub identity: Identity,
}

impl Candidate {
    /// Checks who may be connected where, and marks that an exchange has begun: should it be interrupted, the
    /// page can say so.
    pub(crate) async fn announce(&self, cloud: &(impl Table + Clock)) -> Result<(), Refusal> {
        let found: Option<Held<Connection>> =
            load(cloud, &Connection::key_of(&self.tenant, &self.connection)).await?;
        self.fits(found.as_ref().map(|held| &held.value))?;
        let claim: Option<Held<Claim>> = load(cloud, &Claim::key_of(self.region, &self.seller)).await?;
        // An unproven claim may give way: what the grant proves decides.
        if claim.is_some_and(|held| held.value.verified && !self.holds(&held.value)) {
            return Err(Refusal::SellerTaken);
        }
        let now = cloud.now();
        let write = match found {
            None => Write::insert(&Connection { exchange_started_at: Some(now), ..self.fresh(cloud) }),
            Some(mut held) => {
                let overdue = held.value.exchange_overdue(now);
                if held.value.exchange_started_at.is_some() && !overdue {
                    // Two grants at once: the older one could end as the stored one, and be dead.
                    return Err(Refusal::Busy);
                }
                held.value.interrupted |= overdue;
                held.value.exchange_started_at = Some(now);
                Write::replace(&held)
            }
        };
        match cloud.write(&[write?]).await {
            Ok(()) => Ok(()),
            Err(WriteError::Conflict) => Err(Refusal::Busy),
            Err(WriteError::Store(error)) => Err(error.into()),
        }
    }

    /// Tells the owner of an account that somebody else tried to connect it. Nothing of his changes.
    pub(crate) async fn tell_owner(
        &self,
        cloud: &(impl Table + Bus + Clock + Entropy),
    ) -> Result<(), StoreError> {
        let claim: Option<Held<Claim>> = load(cloud, &Claim::key_of(self.region, &self.seller)).await?;
        let Some(claim) = claim.filter(|held| !self.holds(&held.value)) else { return Ok(()) };
        let key = Connection::key_of(&claim.value.tenant, &claim.value.connection);
        let Some(owner) = load::<Connection>(cloud, &key).await? else { return Ok(()) };
        let (what, owner) = ("connection.seller_contested", owner.value);
        audit::note(cloud, &owner.tenant, None, what, owner.id.as_str()).await?;
        let cause = |error| StoreError::Unavailable(Box::new(error));
        cloud.publish(about(what, &owner)).await.map_err(cause)
    }

    /// Only a connection that had a grant is tied to an account.
    fn fits(&self, found: Option<&Connection>) -> Result<(), Refusal> {
        match found.filter(|connection| connection.generation > 0 && connection.seller != self.seller) {
            None => Ok(()),
            Some(other) => Err(Refusal::SellerMismatch {
                came: self.seller.last4().to_owned(),
                expected: other.seller.last4().to_owned(),
            }),
        }
    }

    fn holds(&self, claim: &Claim) -> bool {
        claim.held_by(&self.tenant, &self.connection)
    }

    fn fresh(&self, clock: &impl Clock) -> Connection {
        Connection {
            id: self.connection.clone(),
            tenant: self.tenant.clone(),
            application: self.application.clone(),
            region: self.region,
            kind: self.kind,
            country: self.country.clone(),
            seller: self.seller.clone(),
            identity: Identity::Unverified,
            source: self.source,
            realm: self.realm,
            status: Status::Pending,
            since: clock.now(),
            generation: 0,
            sealed_refresh: None,
            token_digest: None,
            authorized_at: None,
            scope: None,
            reminded_day: 0,
            exchange_started_at: None,
            interrupted: false,
            erase_at: None,
            erased_at: None,
            writes_open: false,
            restricted_open: false,
            fetches: Vec::new(),
            domains: String::new(),
            created_at: clock.now(),
        }
    }

    /// Takes the mark back: Amazon gave no grant, so none was lost.
    pub(crate) async fn withdraw(&self, table: &impl Table) -> Result<(), WriteError> {
        let key = Connection::key_of(&self.tenant, &self.connection);
        let Some(mut held) = load::<Connection>(table, &key).await? else { return Ok(()) };
        held.value.exchange_started_at = None;
        // What never had a grant leaves nothing behind.
        let nothing = held.value.generation == 0 && !held.value.interrupted;
        let write = if nothing { Write::delete(&held) } else { Write::replace(&held)? };
        table.write(&[write]).await
    }

    /// Stores the grant: connection, claim, access token, streams, event and audit in one write (R3). A
    /// refresh of the old grant that is under way cannot undo it, because the connection's row has moved on.
    pub async fn store(
        &self,
        cloud: &(impl Table + Vault + Bus + Clock + Entropy),
        granted: &Granted<'_>,
    ) -> Result<Connection, Refusal> {
        for _ in 0..ATTEMPTS {
            let (connection, writes, event) = self.prepare(cloud, granted).await?;
            match cloud.write(&writes).await {
                Ok(()) => {
                    // Should the bus fail, the agenda's turn publishes it a minute later.
                    drop(announce::publish(cloud, event).await);
                    return Ok(connection);
                }
                Err(WriteError::Conflict) => {}
                Err(WriteError::Store(error)) => return Err(not_stored(error)),
            }
        }
        Err(Refusal::NotStored("somebody else keeps changing the rows".to_owned()))
    }

    async fn prepare(
        &self,
        cloud: &(impl Table + Vault + Clock + Entropy),
        granted: &Granted<'_>,
    ) -> Result<(Connection, Vec<Write>, announce::Announcement), Refusal> {
        let now = cloud.now();
        let key = Connection::key_of(&self.tenant, &self.connection);
        let found: Option<Held<Connection>> = load(cloud, &key).await.map_err(not_stored)?;
        self.fits(found.as_ref().map(|held| &held.value))?;
        let revision = found.as_ref().map(|held| held.revision);
        let mut connection = found.map_or_else(|| self.fresh(cloud), |held| held.value);
        if connection.generation == 0 {
            let application = Application::find(cloud, &self.application).await.map_err(not_stored)?;
            connection.fetches = application.map(|application| application.fetches).unwrap_or_default();
        }
        connection.generation += 1;
        connection.application = self.application.clone();
        connection.realm = self.realm;
        connection.source = self.source;
        connection.seller = self.seller.clone();
        connection.identity = granted.identity;
        connection.scope = granted.scope.clone();
        connection.authorized_at = Some(now);
        connection.reminded_day = 0;
        connection.exchange_started_at = None;
        connection.interrupted = false;
        connection.erase_at = None;
        connection.set(Status::Active, now);
        connection.domains = open::known_domains(&connection);
        connection.token_digest = Some(Digest::of(granted.refresh.expose()));
        let context = connection.refresh_context();
        let sealed = cloud.seal(&context, granted.refresh.expose()).await.map_err(not_stored)?;
        connection.sealed_refresh = Some(sealed);

        let mut writes = vec![Write::upsert(&connection, revision).map_err(not_stored)?];
        writes.extend(self.claim(cloud, &connection).await?);
        writes.push(first_token(cloud, &connection, granted.access).await.map_err(not_stored)?);
        writes.extend(open::for_grant(cloud, &connection).await.map_err(not_stored)?);
        writes.extend(erase::keep(cloud, &connection.id).await.map_err(not_stored)?);
        let (what, subject) = ("connection.connected", connection.id.as_str());
        let entry = audit::entry(cloud, &connection.tenant, Some(&self.user), what, subject);
        writes.push(Write::insert(&entry.map_err(not_stored)?).map_err(not_stored)?);
        let event = announce::prepare(cloud, about(what, &connection)).map_err(not_stored)?;
        writes.push(Write::insert(&event).map_err(not_stored)?);
        Ok((connection, writes, event))
    }

    /// The claim on the account. An unproven one of somebody else gives way to a proven one, and his
    /// connection ends.
    async fn claim(
        &self,
        cloud: &(impl Table + Clock + Entropy),
        connection: &Connection,
    ) -> Result<Vec<Write>, Refusal> {
        let claim = Claim::of(connection);
        let found = load::<Claim>(cloud, &Claim::key_of(claim.region, &claim.seller)).await;
        let Some(held) = found.map_err(not_stored)? else {
            return Ok(vec![Write::insert(&claim).map_err(not_stored)?]);
        };
        let mut writes = vec![Write::upsert(&claim, Some(held.revision)).map_err(not_stored)?];
        if !self.holds(&held.value) {
            if held.value.verified || !claim.verified {
                return Err(Refusal::SellerTaken);
            }
            writes.extend(disconnect::displace(cloud, &held.value).await.map_err(not_stored)?);
        }
        Ok(writes)
    }
}

/// The grant's own access token, or the wish for one. Whoever renews the old grant's has the lease still, and fails.
async fn first_token(
    cloud: &(impl Table + Vault + Clock + Entropy),
    connection: &Connection,
    grant: Option<&AccessGrant>,
) -> Result<Write, Failure> {
    let found: Option<Held<Access>> =
        load(cloud, &Access::key_of(&connection.tenant, &connection.id)).await?;
    let revision = found.as_ref().map(|held| held.revision);
    let before = found.map_or_else(|| Access::none(connection), |held| held.value);
    Ok(Write::upsert(&before.next(cloud, connection, grant, &[]).await?, revision)?)
}

/// An event about a connection: ids and its state, nothing of the account's data.
pub(crate) fn about(name: &'static str, connection: &Connection) -> Event {
    let detail = serde_json::json!({
        "tenant": connection.tenant,
        "connection": connection.id,
        "region": connection.region,
        "generation": connection.generation,
        "status": connection.status,
        "since": connection.since,
    });
    Event { name, detail }
}

/// Amazon granted, and we could not keep it: the announced exchange shows as interrupted.
fn not_stored(error: impl std::error::Error + 'static) -> Refusal {
    Refusal::NotStored(chain(&error))
}
