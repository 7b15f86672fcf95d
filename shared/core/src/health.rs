//! How Login with Amazon stands towards one application: whether it answers, and whether it takes our
//! credentials. One row for each application, read before each renewal.
//!
//! While it does not answer, or refuses our credentials, one renewal a minute is let through as a probe,
//! whatever the number of connections (I12). When one succeeds, the others follow spread over [`RECOVERY`], so that nobody storms a
//! service that has just come back (I13). Exchanges of codes never wait here: a person does.

use crate::announce;
use crate::gate::{Gate, PROBE_EVERY, Standing};
use crate::ids::{ApplicationSlug, ConnectionId};
use crate::ports::{Bus, Clock, Entropy, Event, Table};
use crate::secret::Digest;
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, load};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Renewals that failed in a row until the others are held back ...
const FAILURES: u32 = 3;

/// ... and of so many connections at least: a single one's bad luck is not an outage.
const CONNECTIONS: usize = 2;

/// After an outage all renewals are spread over this time: within the quarter of an hour that I13 allows, and
/// at no more than twice the usual rate, since a token is renewed every 25 to 30 minutes.
pub const RECOVERY: SignedDuration = SignedDuration::from_mins(14);

/// Somebody else changed the row at the same moment this often: it is known then anyway.
const ATTEMPTS: u32 = 5;

/// The row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    application: ApplicationSlug,
    /// Since when Amazon refuses our credentials, and with which word.
    pub refused: Option<(Timestamp, String)>,
    /// Renewals that failed in a row.
    failures: u32,
    /// Of which connections: one that fails again and again is that connection's trouble.
    #[serde(default)]
    failing: Vec<String>,
    /// Since when it does not answer.
    pub silent_since: Option<Timestamp>,
    /// When it may be asked next.
    next_probe: Option<Timestamp>,
    /// When it answered again.
    recovered_at: Option<Timestamp>,
}

impl Health {
    fn key_of(application: &ApplicationSlug) -> Key {
        Key::new(TableName::Quotas, format!("LWA#{application}"), "HEALTH")
    }

    /// The row of an application.
    pub async fn find(table: &impl Table, application: &ApplicationSlug) -> Result<Option<Self>, StoreError> {
        Ok(load::<Self>(table, &Self::key_of(application)).await?.map(|held| held.value))
    }

    fn fine(application: &ApplicationSlug) -> Self {
        Self {
            application: application.clone(),
            refused: None,
            failures: 0,
            failing: Vec::new(),
            silent_since: None,
            next_probe: None,
            recovered_at: None,
        }
    }

    fn standing(&self) -> Standing {
        Standing {
            shut: self.silent_since.is_some() || self.refused.is_some(),
            next_probe: self.next_probe,
            recovered_at: self.recovered_at,
            recovery: RECOVERY,
        }
    }
}

impl Stored for Health {
    fn key(&self) -> Key {
        Self::key_of(&self.application)
    }
}

/// Whether a connection's token may be renewed now. `place` says where in the queue after an outage it stands.
pub(crate) async fn gate(
    cloud: &(impl Table + Clock),
    application: &ApplicationSlug,
    place: f64,
) -> Result<Gate, StoreError> {
    let found: Option<Held<Health>> = load(cloud, &Health::key_of(application)).await?;
    let Some(mut held) = found else { return Ok(Gate::Open) };
    let now = cloud.now();
    let gate = held.value.standing().turn(place, now);
    if gate != Gate::Probe {
        return Ok(gate);
    }
    held.value.next_probe = Some(now + PROBE_EVERY);
    match cloud.write(&[Write::replace(&held)?]).await {
        Ok(()) => Ok(Gate::Probe),
        // Somebody else is the probe.
        Err(WriteError::Conflict) => Ok(Gate::Shut),
        Err(WriteError::Store(error)) => Err(error),
    }
}

async fn change<C: Table + Bus + Clock + Entropy>(
    cloud: &C,
    application: &ApplicationSlug,
    change: impl Fn(&mut Health) -> Option<Event>,
) -> Result<(), StoreError> {
    for _ in 0..ATTEMPTS {
        let found: Option<Held<Health>> = load(cloud, &Health::key_of(application)).await?;
        let revision = found.as_ref().map(|held| held.revision);
        let mut health = found.map_or_else(|| Health::fine(application), |held| held.value);
        let before = health.clone();
        let event = change(&mut health);
        if health == before {
            return Ok(());
        }
        match announce::write(cloud, vec![Write::upsert(&health, revision)?], event).await {
            Ok(()) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Amazon refused our credentials: the operator is told once, no connection changes (R8).
pub async fn refused(
    cloud: &(impl Table + Bus + Clock + Entropy),
    application: &ApplicationSlug,
    code: &'static str,
) -> Result<(), StoreError> {
    let now = cloud.now();
    change(cloud, application, |health| {
        let known = health.refused.is_some();
        if !known {
            health.refused = Some((now, code.to_owned()));
            health.next_probe = Some(now + PROBE_EVERY);
        }
        let detail = serde_json::json!({ "application": application, "code": code });
        (!known).then_some(Event { name: "application.credentials_refused", detail })
    })
    .await
}

/// Login with Amazon had trouble with the renewal of this connection.
pub(crate) async fn failed(
    cloud: &(impl Table + Bus + Clock + Entropy),
    application: &ApplicationSlug,
    connection: &ConnectionId,
) -> Result<(), StoreError> {
    let now = cloud.now();
    let digest: String = Digest::of(connection.as_str()).as_str().chars().take(8).collect();
    change(cloud, application, |health| {
        health.failures = (health.failures + 1).min(FAILURES);
        if health.failing.len() < CONNECTIONS && !health.failing.contains(&digest) {
            health.failing.push(digest.clone());
        }
        let outage = health.failures == FAILURES && health.failing.len() == CONNECTIONS;
        if outage && health.silent_since.is_none() {
            health.silent_since = Some(now);
            health.next_probe = Some(now + PROBE_EVERY);
            health.recovered_at = None;
        }
        None
    })
    .await
}

/// Login with Amazon answered, with a token or by refusing a grant: it works, and so do our credentials.
pub async fn answered(
    cloud: &(impl Table + Bus + Clock + Entropy),
    application: &ApplicationSlug,
) -> Result<(), StoreError> {
    let now = cloud.now();
    change(cloud, application, |health| {
        let refused = health.refused.take().is_some();
        health.failures = 0;
        health.failing.clear();
        health.next_probe = None;
        if health.silent_since.take().is_some() || refused {
            health.recovered_at = Some(now);
        } else if health.recovered_at.is_some_and(|at| now >= at + RECOVERY) {
            health.recovered_at = None;
        }
        let detail = serde_json::json!({ "application": application });
        refused.then_some(Event { name: "application.credentials_recovered", detail })
    })
    .await
}
