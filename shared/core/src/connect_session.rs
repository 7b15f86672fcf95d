//! Connect sessions: a host product sends its own user to connect an account, and gets him back with a result.
//!
//! The host creates one by API for a tenant and gives its user the link. Whoever holds the link may connect one
//! account for that tenant and nothing else. The first browser that goes on is bound to it by a cookie; the
//! user needs no sign-in here. What came of it the host reads by API; the words in the address that the user
//! comes back to are only a hint.

use crate::application::Site;
use crate::authorize::{Starter, new_connection};
use crate::ids::{ApplicationSlug, ConnectionId, TenantId, UserId};
use crate::marketplaces::Kind;
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Table};
use crate::secret::{Digest, Ticket};
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, load};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A link works this long.
pub const LIFE: SignedDuration = SignedDuration::from_hours(1);

/// The result can be read this long.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Longest return address.
const RETURN_MAX: usize = 2048;

/// The user that audit rows name where a host product's user acted.
const GUEST: &str = "connect-session";

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody has come back yet.
    Open,
    /// The account is connected.
    Connected,
    /// It was refused, with this code; the link can be used again while it lives.
    Failed {
        /// As in the catalogue of refusals.
        code: String,
    },
}

/// What a host asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Where its user comes back to.
    pub return_to: String,
    /// Seller (the default) or vendor.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Countries of the stores to offer; all of Amazon's where none is named.
    #[serde(default)]
    pub marketplaces: Vec<String>,
    /// The language of the page, a BCP 47 tag. English is spoken; the tag is kept for the return.
    #[serde(default)]
    pub locale: Option<String>,
    /// The application; it need not be named where there is only one.
    #[serde(default)]
    pub application: Option<ApplicationSlug>,
    /// A connection to renew; a new one is made where none is named.
    #[serde(default)]
    pub connection: Option<ConnectionId>,
}

/// One connect session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConnectSession {
    /// The digest of its link's ticket; its id for the host.
    pub id: Digest,
    /// For whom.
    pub tenant: TenantId,
    /// With which application.
    pub application: ApplicationSlug,
    /// Seller or vendor.
    pub kind: Kind,
    /// Countries to offer; all where there is none.
    pub marketplaces: Vec<String>,
    /// The language of the page.
    pub locale: Option<String>,
    /// Where the user comes back to.
    pub return_to: String,
    /// The connection it makes or renews.
    pub connection: ConnectionId,
    /// The cookie of the browser that went on.
    pub guest: Option<Digest>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ConnectSession {
    /// Where a connect session is.
    pub fn key_of(id: &Digest) -> Key {
        Key::new(TableName::Pending, format!("CONNECT#{}", id.as_str()), "CONNECT")
    }

    /// Whether its link still works.
    pub fn live(&self, now: Timestamp) -> bool {
        self.outcome != Outcome::Connected && self.created_at <= now && now < self.created_at + LIFE
    }

    /// When its link ends.
    pub fn expires_at(&self) -> Timestamp {
        self.created_at + LIFE
    }

    /// Who starts the consent.
    pub fn starter(&self, guest: &Ticket) -> Result<Starter, Refusal> {
        Ok(Starter {
            tenant: self.tenant.clone(),
            user: UserId::parse(GUEST).map_err(|error| Refusal::Unavailable(error.to_string()))?,
            session: guest.digest(),
            connect_session: Some(self.id.clone()),
        })
    }

    /// The address that the user comes back to, with what came of it.
    pub fn way_back(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("connect_session", self.id.as_str());
        match &self.outcome {
            Outcome::Open => query.append_pair("result", "open"),
            Outcome::Connected => {
                query.append_pair("result", "connected").append_pair("connection", self.connection.as_str())
            }
            Outcome::Failed { code } => query.append_pair("result", "failed").append_pair("code", code),
        };
        let separator = if self.return_to.contains('?') { '&' } else { '?' };
        format!("{}{separator}{}", self.return_to, query.finish())
    }
}

impl Stored for ConnectSession {
    fn key(&self) -> Key {
        Self::key_of(&self.id)
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + KEPT)
    }
}

/// Makes a connect session and its link's ticket.
pub async fn create(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    tenant: &TenantId,
    application: ApplicationSlug,
    wanted: Wanted,
) -> Result<(Ticket, ConnectSession), Refusal> {
    let bad = |why| Err(Refusal::FormField("return_to", why));
    let Some(origin) = origin_of(&wanted.return_to) else {
        return bad("an address with https, without a user name and without #");
    };
    if !site.return_origins.contains(&origin) {
        return bad("its origin is not among this installation's RETURN_ORIGINS");
    }
    for country in &wanted.marketplaces {
        if crate::marketplaces::by_country(country).is_none() {
            return Err(Refusal::FormField("marketplaces", "not the country of an Amazon store"));
        }
    }
    let ticket = Ticket::from_random(&cloud.random()?);
    let connection = match wanted.connection {
        Some(id) => id,
        None => new_connection(cloud)?,
    };
    let session = ConnectSession {
        id: ticket.digest(),
        tenant: tenant.clone(),
        application,
        kind: wanted.kind.unwrap_or(Kind::Seller),
        marketplaces: wanted.marketplaces,
        locale: wanted.locale,
        return_to: wanted.return_to,
        connection,
        guest: None,
        outcome: Outcome::Open,
        created_at: cloud.now(),
    };
    cloud.write(&[Write::insert(&session)?]).await?;
    Ok((ticket, session))
}

/// The origin of a return address; nothing where a browser might read it otherwise than we do.
fn origin_of(address: &str) -> Option<String> {
    let plain =
        address.is_ascii() && !address.bytes().any(|b| b.is_ascii_control() || b" \\#<>\"".contains(&b));
    if !plain || address.len() > RETURN_MAX {
        return None;
    }
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?']).next()?;
    let local = crate::application::Loopback::parse(&format!("{scheme}://{host}")).is_ok();
    let sound = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:".contains(&b));
    ((scheme == "https" || local) && sound).then(|| format!("{scheme}://{host}"))
}

/// The connect session of a link, if it still works.
pub async fn follow(
    cloud: &(impl Table + Clock),
    link: &Ticket,
) -> Result<Option<Held<ConnectSession>>, StoreError> {
    let held: Option<Held<ConnectSession>> = load(cloud, &ConnectSession::key_of(&link.digest())).await?;
    let now = cloud.now();
    Ok(held.filter(|held| held.value.live(now)))
}

/// Binds a connect session to the browser that goes on. Another browser finds it taken.
pub async fn bind(
    table: &impl Table,
    mut held: Held<ConnectSession>,
    guest: &Ticket,
) -> Result<ConnectSession, Refusal> {
    match &held.value.guest {
        Some(bound) if *bound == guest.digest() => return Ok(held.value),
        Some(_) => return Err(Refusal::OtherBrowser),
        None => held.value.guest = Some(guest.digest()),
    }
    match table.write(&[Write::replace(&held)?]).await {
        Ok(()) => Ok(held.value),
        Err(WriteError::Conflict) => Err(Refusal::OtherBrowser),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// Notes what came of it.
pub async fn conclude(
    table: &impl Table,
    id: &Digest,
    result: &Result<(), Refusal>,
) -> Result<ConnectSession, Refusal> {
    let mut held: Held<ConnectSession> =
        load(table, &ConnectSession::key_of(id)).await?.ok_or(Refusal::NotFound)?;
    held.value.outcome = match result {
        Ok(()) => Outcome::Connected,
        Err(refusal) => Outcome::Failed { code: refusal.code().to_owned() },
    };
    match table.write(&[Write::replace(&held)?]).await {
        Ok(()) | Err(WriteError::Conflict) => Ok(held.value),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_address_is_read_as_a_browser_reads_it_or_not_at_all() {
        assert_eq!(origin_of("https://app.example/done?x=1").as_deref(), Some("https://app.example"));
        assert_eq!(origin_of("https://app.example:8443").as_deref(), Some("https://app.example:8443"));
        assert_eq!(origin_of("http://localhost:3000/x").as_deref(), Some("http://localhost:3000"));
        for bad in [
            "http://app.example/",
            "javascript://app.example/%0aalert(1)",
            "https://app.example@evil.example/",
            "https://app.example\\@evil.example/",
            "https://APP.example/",
            "https://app.example/#x",
            "https:///x",
            "//app.example",
            "https://app.example/\r\nx",
            "https://äpp.example/",
        ] {
            assert_eq!(origin_of(bad), None, "{bad}");
        }
    }
}
