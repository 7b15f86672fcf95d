//! Tokens at rest: always sealed, always bound to the row they belong to.

use crate::connection::Connection;
use crate::ids::{ConnectionId, TenantId};
use crate::lease::Lease;
use crate::lwa::AccessGrant;
use crate::ports::{Cause, Clock, Entropy, Vault};
use crate::store::{Due, Key, Stored, TableName, shard_of};
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A ciphertext of the key service, base64. Useless without the key and the exact context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed(pub String);

/// What a sealed token is for. Roles are granted by it: fetchers open `access` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A refresh token.
    Refresh,
    /// An access token.
    Access,
    /// Refresh tokens of an import that is still being checked.
    Import,
}

/// What a ciphertext is bound to. It opens under the same four values and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealingContext {
    /// Whose it is.
    pub tenant: TenantId,
    /// The connection whose row holds it, or the import.
    pub connection: ConnectionId,
    /// The grant it came from, or the part of the import: an older ciphertext put back does not open.
    pub generation: u64,
    /// What it is for.
    pub purpose: Purpose,
}

impl SealingContext {
    /// The KMS encryption context. It shows in CloudTrail, so it holds ids and nothing else.
    pub fn pairs(&self) -> [(&'static str, String); 4] {
        let purpose = match self.purpose {
            Purpose::Refresh => "refresh",
            Purpose::Access => "access",
            Purpose::Import => "import",
        };
        [
            ("tenant", self.tenant.to_string()),
            ("connection", self.connection.to_string()),
            ("generation", self.generation.to_string()),
            ("purpose", purpose.to_owned()),
        ]
    }
}

/// What was sealed.
#[derive(Clone)]
pub struct Opened {
    /// The text.
    pub secret: String,
    /// Whether another key than the present one sealed it: seal it again when there is an occasion.
    pub outdated: bool,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened([redacted], outdated: {})", self.outdated)
    }
}

/// The key service did not do it.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The ciphertext does not belong here: another context, another key, or altered bytes.
    #[error("E_VAULT_CONTEXT: the sealed token does not belong to this row")]
    Foreign,
    /// No answer, no permission, or a disabled key. Nothing is wrong with the token: try again later.
    #[error("the key service did not answer")]
    Unavailable(#[source] Cause),
}

/// How long before its end a token is renewed. Spread over [`REFRESH_SPREAD`] before that, so that grants
/// made together are not renewed together. With an hour's life a token is renewed after 25 to 30 minutes:
/// nobody notices an outage of half an hour, and after a longer one all tokens can be renewed within a
/// quarter of an hour at twice the usual rate ([`crate::refresh::RECOVERY`]).
pub const REFRESH_AHEAD: SignedDuration = SignedDuration::from_mins(30);

/// See [`REFRESH_AHEAD`].
pub const REFRESH_SPREAD: SignedDuration = SignedDuration::from_mins(5);

/// Where nothing is fetched for longer, a token is renewed only so long before it is: the schedule comes twice within
/// that time. What it is called for in between asks for one itself.
pub const QUIET_AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// However quiet a connection is, it is renewed once within this time: somebody has to notice that a grant has ended,
/// and to count the days of the seller's year.
pub const QUIET_MAX: SignedDuration = SignedDuration::from_hours(24);

/// A token with less life than this is not used for a call any more.
pub const USABLE_MARGIN: SignedDuration = SignedDuration::from_secs(60);

/// The access token of one connection, and who renews it: one row, so that one conditional write takes the lease,
/// and one stores the token and gives it back.
///
/// Whatever changes a connection's generation, status or refresh token writes this row in the same transaction, and
/// no row of a connection is ever removed. So its revision speaks for the grant as well.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Access {
    /// Whose it is.
    pub tenant: TenantId,
    /// The connection.
    pub connection: ConnectionId,
    /// The grant it came from.
    pub generation: u64,
    /// Counts the tokens of this connection: names one without showing it.
    pub serial: u64,
    /// The token, or nothing while the grant is in doubt.
    pub sealed: Option<Sealed>,
    /// Its end as Amazon gave it.
    pub expires_at: Timestamp,
    /// When it wants renewing; nothing while nobody should try.
    pub refresh_at: Option<Timestamp>,
    /// How often a token was renewed for this connection.
    pub refreshes: u64,
    /// The lease on renewing it.
    #[serde(default)]
    pub lease: Lease,
    /// Amazon could not answer: nobody asks before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
}

impl Access {
    /// The row of a connection that never had a token.
    pub(crate) fn none(connection: &Connection) -> Self {
        Self {
            tenant: connection.tenant.clone(),
            connection: connection.id.clone(),
            generation: connection.generation,
            serial: 0,
            sealed: None,
            expires_at: Timestamp::UNIX_EPOCH,
            refresh_at: None,
            refreshes: 0,
            lease: Lease::default(),
            not_before: None,
        }
    }

    /// Where the token of a connection is.
    pub fn key_of(tenant: &TenantId, connection: &ConnectionId) -> Key {
        Key::new(TableName::Tokens, partition_of(tenant, connection), "ACCESS")
    }

    /// Whether a call may still carry it.
    pub fn usable(&self, generation: u64, now: Timestamp) -> bool {
        self.sealed.is_some() && self.generation == generation && now + USABLE_MARGIN < self.expires_at
    }

    /// A token that Amazon just gave for a connection in the place of this one, as the next serial; or, where none was
    /// given, one that wants a token at once. The lease stays with its holder. `rest` is when it will be needed and
    /// how often after that, where nothing else goes on.
    pub(crate) async fn next(
        &self,
        cloud: &(impl Vault + Clock + Entropy),
        connection: &Connection,
        grant: Option<&AccessGrant>,
        rest: &[(Timestamp, SignedDuration)],
    ) -> Result<Self, Failure> {
        let now = cloud.now();
        let life = grant.map_or(SignedDuration::ZERO, |grant| grant.expires_in);
        let usual = refresh_time(now, life, cloud.random()?[0]);
        let mut next = Self {
            generation: connection.generation,
            serial: self.serial + 1,
            sealed: None,
            expires_at: now + life,
            refresh_at: Some(when_needed(now + life - USABLE_MARGIN, usual, rest)),
            ..self.clone()
        };
        if let Some(grant) = grant {
            next.sealed = Some(cloud.seal(&next.context(), grant.token.expose()).await?);
        }
        Ok(next)
    }

    /// Without a token, and not to be renewed; the row stays, so that no later one is taken for it.
    pub(crate) fn ended(self) -> Self {
        Self { sealed: None, refresh_at: None, ..self }
    }

    /// What its ciphertext is bound to.
    pub fn context(&self) -> SealingContext {
        SealingContext {
            tenant: self.tenant.clone(),
            connection: self.connection.clone(),
            generation: self.generation,
            purpose: Purpose::Access,
        }
    }
}

impl Stored for Access {
    fn key(&self) -> Key {
        Self::key_of(&self.tenant, &self.connection)
    }

    fn due(&self) -> Option<Due> {
        let shard = shard_of(&partition_of(&self.tenant, &self.connection));
        self.refresh_at.map(|at| Due { shard, at })
    }
}

/// The partition of everything that belongs to one connection.
pub fn partition_of(tenant: &TenantId, connection: &ConnectionId) -> String {
    format!("T#{tenant}|C#{connection}")
}

/// When a token should be renewed; `jitter` is one random byte.
pub fn refresh_time(issued: Timestamp, lifetime: SignedDuration, jitter: u8) -> Timestamp {
    let early = REFRESH_AHEAD + REFRESH_SPREAD * i32::from(jitter) / 255;
    if lifetime > early * 3 / 2 { issued + lifetime - early } else { issued + lifetime / 2 }
}

/// When a token that would be renewed at `usual` and can be used until `end` is renewed, if nothing needs it but what
/// is due at some moments and again after some time each. Where that needs it between the two, as usual.
fn when_needed(end: Timestamp, usual: Timestamp, rest: &[(Timestamp, SignedDuration)]) -> Timestamp {
    let needed = rest.iter().map(|(due, every)| {
        let passed = usual.duration_since(*due).as_secs().max(-1);
        let turns = passed.div_euclid(every.as_secs().max(1)) + 1;
        *due + SignedDuration::from_secs(every.as_secs().saturating_mul(turns.max(0)))
    });
    match needed.min() {
        Some(needed) if needed > end => usual.max((needed - QUIET_AHEAD).min(usual + QUIET_MAX)),
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_an_hour_is_renewed_after_25_to_30_minutes() {
        let issued: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let hour = SignedDuration::from_hours(1);
        assert_eq!(refresh_time(issued, hour, 0).to_string(), "2026-11-21T10:30:00Z");
        assert_eq!(refresh_time(issued, hour, 255).to_string(), "2026-11-21T10:25:00Z");
    }

    #[test]
    fn a_token_that_nothing_needs_is_renewed_shortly_before_something_does_and_once_a_day() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let minutes = |minutes| now + SignedDuration::from_mins(minutes);
        let (usual, end) = (minutes(30), minutes(59));
        let at = |rest: &[(i64, i64)]| {
            let rest: Vec<_> =
                rest.iter().map(|(due, every)| (minutes(*due), SignedDuration::from_mins(*every))).collect();
            when_needed(end, usual, &rest).duration_since(now).as_mins()
        };
        assert_eq!(at(&[]), 30, "nobody knows");
        assert_eq!(at(&[(10, 60)]), 60, "needed after 10 minutes and after 70");
        assert_eq!(at(&[(72, 60)]), 62);
        assert_eq!(at(&[(40, 60)]), 30, "needed in the last half of its life");
        assert_eq!([at(&[(10, 15)]), at(&[(72, 60), (20, 15)])], [30, 30], "needed often");
        assert_eq!(at(&[(7 * 24 * 60, 24 * 60)]), 30 + 24 * 60);
    }

    #[test]
    fn a_token_of_seconds_is_renewed_at_half_its_life_and_never_before_it_was_issued() {
        let issued: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        for seconds in [1, 2, 60, 1800] {
            let at = refresh_time(issued, SignedDuration::from_secs(seconds), 255);
            assert!(at >= issued && at <= issued + SignedDuration::from_secs(seconds), "{seconds}");
        }
    }
}
