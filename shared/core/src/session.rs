//! Signing in. The operator's AWS credentials are the root of trust: whoever may invoke the console
//! function gets a one-time link, and the browser that opens it gets a session kept on our side.

use crate::ids::{TenantId, UserId};
use crate::ports::{Clock, Entropy, Table};
use crate::secret::{Digest, Ticket};
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, decode, load};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A sign-in link works this long, once.
pub const LINK_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// A session nobody uses ends.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session ends, used or not.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// A used session is written at most this often.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read and change.
    Operator,
    /// Read.
    Viewer,
}

impl Role {
    /// The role of a link or session that names none: each was an operator's before there were roles.
    pub(crate) fn unnamed() -> Self {
        Self::Operator
    }

    /// The word for it, in claims and on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Viewer => "viewer",
        }
    }
}

/// Who somebody is, once that is proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who.
    pub user: UserId,
    /// On whose behalf.
    pub tenant: TenantId,
    /// What he may do.
    pub role: Role,
}

/// An unused sign-in link.
#[derive(Debug, Serialize, Deserialize)]
struct Invitation {
    digest: Digest,
    user: UserId,
    tenant: TenantId,
    #[serde(default = "Role::unnamed")]
    role: Role,
    created_at: Timestamp,
}

impl Invitation {
    fn identity(self) -> Identity {
        Identity { user: self.user, tenant: self.tenant, role: self.role }
    }

    fn key_of(digest: &Digest) -> Key {
        Key::new(TableName::Pending, format!("LINK#{}", digest.as_str()), "LINK")
    }
}

impl Stored for Invitation {
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + LINK_LIFE)
    }
}

/// A signed-in browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// The digest of what its cookie holds.
    pub digest: Digest,
    /// Who.
    pub user: UserId,
    /// On whose behalf.
    pub tenant: TenantId,
    /// What he may do.
    #[serde(default = "Role::unnamed")]
    pub role: Role,
    /// Since when.
    pub created_at: Timestamp,
    /// Last used, give or take five minutes.
    pub seen_at: Timestamp,
}

impl Session {
    fn key_of(digest: &Digest) -> Key {
        Key::new(TableName::Sessions, format!("SESSION#{}", digest.as_str()), "SESSION")
    }

    fn live(&self, now: Timestamp) -> bool {
        now < self.created_at + LONGEST && now < self.seen_at + IDLE
    }
}

impl Stored for Session {
    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }
    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + LONGEST)
    }
}

/// The token that a form of this session must carry. It follows from the cookie, so nothing is stored.
pub fn form_token(cookie: &Ticket) -> Digest {
    Digest::of(&format!("form:{}", cookie.expose()))
}

/// A fresh random ticket.
pub(crate) fn ticket(entropy: &impl Entropy) -> Result<Ticket, StoreError> {
    let random = entropy.random().map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(Ticket::from_random(&random))
}

/// A row under a fresh random id was written.
pub(crate) fn stored(result: Result<(), WriteError>) -> Result<(), StoreError> {
    match result {
        Ok(()) => Ok(()),
        Err(WriteError::Conflict) => Err(StoreError::Unavailable("a random id was taken".into())),
        Err(WriteError::Store(error)) => Err(error),
    }
}

/// Makes a sign-in link's ticket.
pub async fn invite(cloud: &(impl Table + Clock + Entropy), whom: Identity) -> Result<Ticket, StoreError> {
    let ticket = ticket(cloud)?;
    let Identity { user, tenant, role } = whom;
    let invitation = Invitation { digest: ticket.digest(), user, tenant, role, created_at: cloud.now() };
    stored(cloud.write(&[Write::insert(&invitation)?]).await)?;
    Ok(ticket)
}

/// Whom a link would sign in; nothing where it is unknown, used or too old. Looking does not use it up.
pub async fn invited(cloud: &(impl Table + Clock), link: &Ticket) -> Result<Option<Identity>, StoreError> {
    let held: Option<Held<Invitation>> = load(cloud, &Invitation::key_of(&link.digest())).await?;
    let now = cloud.now();
    let live = held.map(|held| held.value).filter(|invitation| now < invitation.created_at + LINK_LIFE);
    Ok(live.map(Invitation::identity))
}

/// Trades a link's ticket for a session; nothing where it is unknown, used or too old.
pub async fn sign_in(
    cloud: &(impl Table + Clock + Entropy),
    link: &Ticket,
) -> Result<Option<(Ticket, Session)>, StoreError> {
    let Some(row) = cloud.take(&Invitation::key_of(&link.digest())).await? else { return Ok(None) };
    let invitation = decode::<Invitation>(row)?.value;
    if cloud.now() >= invitation.created_at + LINK_LIFE {
        return Ok(None);
    }
    open(cloud, invitation.identity()).await.map(Some)
}

/// Opens a session under a fresh id; whatever the browser held before is not adopted (T18).
pub async fn open(
    cloud: &(impl Table + Clock + Entropy),
    whom: Identity,
) -> Result<(Ticket, Session), StoreError> {
    let (cookie, now) = (ticket(cloud)?, cloud.now());
    let Identity { user, tenant, role } = whom;
    let session = Session { digest: cookie.digest(), user, tenant, role, created_at: now, seen_at: now };
    stored(cloud.write(&[Write::insert(&session)?]).await)?;
    Ok((cookie, session))
}

/// The session a cookie stands for, if it still lives. An unknown cookie is never adopted.
pub async fn resume(cloud: &(impl Table + Clock), cookie: &Ticket) -> Result<Option<Session>, StoreError> {
    let held: Option<Held<Session>> = load(cloud, &Session::key_of(&cookie.digest())).await?;
    let now = cloud.now();
    let Some(mut held) = held.filter(|held| held.value.live(now)) else { return Ok(None) };
    if now > held.value.seen_at + TOUCH_EVERY {
        held.value.seen_at = now;
        match cloud.write(&[Write::replace(&held)?]).await {
            // Another request of the same browser was first.
            Ok(()) | Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error),
        }
    }
    Ok(Some(held.value))
}

/// Ends a session.
pub async fn sign_out(table: &impl Table, cookie: &Ticket) -> Result<(), StoreError> {
    table.take(&Session::key_of(&cookie.digest())).await.map(|_| ())
}
