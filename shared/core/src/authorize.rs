//! Sending a seller to Amazon: a state is minted, stored and bound to this browser and this session (R1).

use crate::application::{Application, Flow, Site};
use crate::ids::{ApplicationSlug, ConnectionId, TenantId, UserId};
use crate::marketplaces::{Kind, Marketplace, Realm, Region};
use crate::ports::{Clock, Entropy, Table};
use crate::secret::{Digest, Ticket};
use crate::session::Session;
use crate::store::{Key, StoreError, Stored, TableName, Write, WriteError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Amazon gives a whole authorization ten minutes (developer-docs.amazon.com,
/// website-authorization-workflow). The code checks it; the table's sweep is only housekeeping.
pub const STATE_LIFE: SignedDuration = SignedDuration::from_secs(600);

/// A consent under way. Its answer writes to the connection named here and to no other (R2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Consent {
    /// The digest of the state that went to Amazon.
    pub digest: Digest,
    /// Whose connection it will be.
    pub tenant: TenantId,
    /// Who started it.
    pub user: UserId,
    /// In which session; a guest's own cookie where it began in a connect session.
    pub session: Digest,
    /// The connect session of a host product that it began in.
    pub connect_session: Option<Digest>,
    /// In which browser.
    pub nonce: Digest,
    /// With which application.
    pub application: ApplicationSlug,
    /// Real or sandbox.
    pub realm: Realm,
    /// For which region.
    pub region: Region,
    /// The store whose consent page was opened.
    pub country: String,
    /// For a seller or a vendor.
    pub kind: Kind,
    /// The connection it makes or renews.
    pub connection: ConnectionId,
    /// How it began.
    pub flow: Flow,
    /// Where Amazon was told to answer.
    pub redirect_uri: String,
    /// When.
    pub created_at: Timestamp,
}

impl Consent {
    /// Where the consent of a state is.
    pub fn key_of(state: &Digest) -> Key {
        Key::new(TableName::Pending, format!("STATE#{}", state.as_str()), "STATE")
    }

    /// Whether it may still be answered. A clock that went back behind its beginning does not revive it.
    pub fn open(&self, now: Timestamp) -> bool {
        self.created_at <= now && now < self.created_at + STATE_LIFE
    }
}

impl Stored for Consent {
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + STATE_LIFE)
    }
}

/// Who starts a consent.
#[derive(Debug, Clone)]
pub struct Starter {
    /// Whose connection it will be.
    pub tenant: TenantId,
    /// Who.
    pub user: UserId,
    /// The digest of the cookie that must come back.
    pub session: Digest,
    /// The connect session, where a host product's user starts it.
    pub connect_session: Option<Digest>,
}

impl From<&Session> for Starter {
    fn from(session: &Session) -> Self {
        Self {
            tenant: session.tenant.clone(),
            user: session.user.clone(),
            session: session.digest.clone(),
            connect_session: None,
        }
    }
}

/// What is to be connected.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The connection: a fresh id, or the one to reconnect.
    pub connection: ConnectionId,
    /// The store whose consent page opens.
    pub store: &'static Marketplace,
    /// Seller or vendor.
    pub kind: Kind,
    /// How it begins.
    pub flow: Flow,
}

/// A consent ready to be sent to the browser.
#[derive(Debug)]
pub struct Departure {
    /// What Amazon must send back.
    pub state: Ticket,
    /// What this browser must hold.
    pub nonce: Ticket,
    /// Where Amazon answers.
    pub redirect_uri: String,
}

/// Mints a state and remembers what it is for.
pub async fn begin(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    application: &Application,
    starter: &Starter,
    wish: &Wish,
) -> Result<Departure, StoreError> {
    let random = || cloud.random().map_err(|error| StoreError::Unavailable(Box::new(error)));
    let (state, nonce) = (Ticket::from_random(&random()?), Ticket::from_random(&random()?));
    let redirect_uri = site.redirect_uri(&application.slug, wish.flow, wish.store.region);
    let consent = Consent {
        digest: state.digest(),
        tenant: starter.tenant.clone(),
        user: starter.user.clone(),
        session: starter.session.clone(),
        connect_session: starter.connect_session.clone(),
        nonce: nonce.digest(),
        application: application.slug.clone(),
        realm: application.realm,
        region: wish.store.region,
        country: wish.store.country.to_owned(),
        kind: wish.kind,
        connection: wish.connection.clone(),
        flow: wish.flow,
        redirect_uri: redirect_uri.clone(),
        created_at: cloud.now(),
    };
    match cloud.write(&[Write::insert(&consent)?]).await {
        Ok(()) => Ok(Departure { state, nonce, redirect_uri }),
        Err(WriteError::Conflict) => Err(StoreError::Unavailable("a random state was taken".into())),
        Err(WriteError::Store(error)) => Err(error),
    }
}

/// A fresh connection id.
pub fn new_connection(entropy: &impl Entropy) -> Result<ConnectionId, StoreError> {
    let random = entropy.random().map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    let mut half = [0; 16];
    half.copy_from_slice(&random[..16]);
    Ok(ConnectionId::from_random(&half))
}
