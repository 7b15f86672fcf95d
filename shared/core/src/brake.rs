//! The brake for incidents at Amazon: when an operation fails for many accounts of an application at once, it
//! is not asked any more but once a minute, whatever the number of accounts, and no connection changes (R7).
//!
//! On 2023-05-27 the Selling Partner API answered every account with 403 for 25 minutes. One row for each
//! (application, region, operation) holds a sample of who was answered lately and who was not; it exists only
//! once somebody was refused, so in quiet times it costs one read a run and no write.

use crate::announce;
use crate::call::Verdict;
use crate::catalogue::Operation;
use crate::connection::Connection;
use crate::gate::{Gate, PROBE_EVERY, Standing, place_of};
use crate::ids::{ApplicationSlug, ConnectionId};
use crate::marketplaces::Region;
use crate::ports::{Bus, Clock, Entropy, Event, Table};
use crate::secret::Digest;
use crate::store::{Held, Key, Span, StoreError, Stored, TableName, Write, WriteError, decode, load};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// An account that was refused counts this long.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// At least so many accounts are refused within [`WINDOW`] ...
pub const FEWEST: usize = 5;

/// ... and they are more than this part of those that were asked.
pub const PART: f64 = 0.2;

/// Accounts in the sample.
const SAMPLE: usize = 64;

/// A stream that is held looks again after this long.
pub const HOLD: SignedDuration = SignedDuration::from_mins(4);

/// After a day it is no incident any more but something that a person has to mend: streams look less often.
const LASTING: SignedDuration = SignedDuration::from_hours(24);

/// See [`LASTING`].
const HOLD_LASTING: SignedDuration = SignedDuration::from_mins(60);

/// When Amazon answers again, the streams have their turns within this part of the time after which they are
/// fetched anyway: those of every quarter of an hour within ten minutes (I13: all caught up within 15), and in
/// all at one and a half times the usual rate (I13: at most twice).
pub const RECOVERY_PART: f64 = 2.0 / 3.0;

/// Somebody else changed the row at the same moment this often: the sample is good enough without this one.
const ATTEMPTS: u32 = 4;

/// Rows of one application that are shown.
const SHOWN: usize = 100;

/// The brake of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brake {
    application: ApplicationSlug,
    /// The region whose accounts are refused.
    pub region: Region,
    /// The operation, as Amazon spells it.
    pub operation: String,
    /// Since when it is not asked.
    pub shut_since: Option<Timestamp>,
    next_probe: Option<Timestamp>,
    recovered_at: Option<Timestamp>,
    sample: VecDeque<Seen>,
    touched_at: Timestamp,
}

/// One account in the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    #[serde(rename = "c")]
    connection: String,
    #[serde(rename = "t")]
    at: i64,
    #[serde(rename = "f")]
    failed: bool,
}

impl Stored for Brake {
    fn key(&self) -> Key {
        Self::key_of(&self.application, self.region, &self.operation)
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.touched_at + LASTING)
    }
}

/// Whether an answer, or none, speaks of trouble that others may have as well.
pub(crate) fn is_trouble(verdict: Option<&Verdict>) -> bool {
    matches!(verdict, None | Some(Verdict::Failing | Verdict::TokenRefused | Verdict::Denied(_)))
}

/// What a run learns from the brake before it calls.
#[derive(Debug)]
pub(crate) struct Look {
    /// Whether it may.
    pub(crate) gate: Gate,
    /// Whether somebody was refused lately, so that every answer is of interest.
    pub(crate) watched: bool,
    /// How long a stream that may not waits.
    pub(crate) hold: SignedDuration,
}

impl Brake {
    fn key_of(application: &ApplicationSlug, region: Region, operation: &str) -> Key {
        Key::new(TableName::Quotas, format!("BRAKE#{application}"), format!("{region}#{operation}"))
    }

    fn new(application: &ApplicationSlug, region: Region, operation: &Operation, now: Timestamp) -> Self {
        Self {
            application: application.clone(),
            region,
            operation: operation.name.to_owned(),
            shut_since: None,
            next_probe: None,
            recovered_at: None,
            sample: VecDeque::new(),
            touched_at: now,
        }
    }

    /// Every brake of an application that was touched lately.
    pub async fn of(table: &impl Table, application: &ApplicationSlug) -> Result<Vec<Self>, StoreError> {
        let rows = table.list(TableName::Quotas, &format!("BRAKE#{application}"), Span::first(SHOWN)).await?;
        rows.into_iter().map(|row| decode(row).map(|held| held.value)).collect()
    }

    /// Whether it has been shut for so long that a person has to mend something.
    pub fn lasts(&self, now: Timestamp) -> bool {
        self.shut_since.is_some_and(|since| now >= since + LASTING)
    }

    fn standing(&self, cadence: SignedDuration) -> Standing {
        Standing {
            shut: self.shut_since.is_some(),
            next_probe: self.next_probe,
            recovered_at: self.recovered_at,
            recovery: recovery(cadence),
        }
    }

    fn look(&self, connection: &ConnectionId, cadence: SignedDuration, now: Timestamp) -> Look {
        let recent = (now - WINDOW).as_second();
        let watched =
            self.shut_since.is_some() || self.sample.iter().any(|seen| seen.failed && seen.at >= recent);
        let hold = if self.lasts(now) { HOLD_LASTING } else { HOLD };
        Look { gate: self.standing(cadence).turn(place_of(connection), now), watched, hold }
    }

    /// Takes in how one account was answered; the name of the event that is to be told.
    fn see(&mut self, connection: &ConnectionId, failed: bool, now: Timestamp) -> Option<&'static str> {
        self.touched_at = now;
        if !failed && self.shut_since.take().is_some() {
            self.next_probe = None;
            self.recovered_at = Some(now);
            self.sample.clear();
            return Some("application.calls_recovered");
        }
        let recent = (now - WINDOW).as_second();
        let digest: String = Digest::of(connection.as_str()).as_str().chars().take(8).collect();
        self.sample.retain(|seen| seen.at >= recent && seen.connection != digest);
        while self.sample.len() >= SAMPLE {
            self.sample.pop_front();
        }
        self.sample.push_back(Seen { connection: digest, at: now.as_second(), failed });
        let refused = self.sample.iter().filter(|seen| seen.failed).count();
        let many = refused >= FEWEST && refused as f64 > self.sample.len() as f64 * PART;
        if !many || self.shut_since.is_some() {
            return None;
        }
        self.shut_since = Some(now);
        self.next_probe = Some(now + PROBE_EVERY);
        self.recovered_at = None;
        Some("application.calls_failing")
    }
}

/// How long the turns after an incident take for streams that are fetched so often.
pub(crate) fn recovery(cadence: SignedDuration) -> SignedDuration {
    SignedDuration::from_secs_f64(cadence.as_secs_f64() * RECOVERY_PART)
}

/// Whether a stream of a connection that is fetched so often may call an operation now. Who passes as the probe
/// has told the others.
pub(crate) async fn look(
    cloud: &(impl Table + Clock),
    connection: &Connection,
    operation: &Operation,
    cadence: SignedDuration,
) -> Result<Look, StoreError> {
    let key = Brake::key_of(&connection.application, connection.region, operation.name);
    let found: Option<Held<Brake>> = load(cloud, &key).await?;
    let Some(mut held) = found else { return Ok(Look { gate: Gate::Open, watched: false, hold: HOLD }) };
    let now = cloud.now();
    let mut look = held.value.look(&connection.id, cadence, now);
    if look.gate == Gate::Probe {
        held.value.next_probe = Some(now + PROBE_EVERY);
        match cloud.write(&[Write::replace(&held)?]).await {
            Ok(()) => {}
            // Somebody else is the probe.
            Err(WriteError::Conflict) => look.gate = Gate::Shut,
            Err(WriteError::Store(error)) => return Err(error),
        }
    }
    Ok(look)
}

/// Notes how a call was answered.
pub(crate) async fn note(
    cloud: &(impl Table + Bus + Clock + Entropy),
    connection: &Connection,
    operation: &Operation,
    failed: bool,
) -> Result<(), StoreError> {
    let key = Brake::key_of(&connection.application, connection.region, operation.name);
    for _ in 0..ATTEMPTS {
        let now = cloud.now();
        let found: Option<Held<Brake>> = load(cloud, &key).await?;
        let revision = found.as_ref().map(|held| held.revision);
        let mut brake = found.map_or_else(
            || Brake::new(&connection.application, connection.region, operation, now),
            |held| held.value,
        );
        let event = brake.see(&connection.id, failed, now).map(|name| Event { name, detail: brake.detail() });
        match announce::write(cloud, vec![Write::upsert(&brake, revision)?], event).await {
            Ok(()) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}

impl Brake {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({
            "application": self.application,
            "region": self.region,
            "operation": self.operation,
            "since": self.shut_since,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::SEARCH_ORDERS;

    const MINUTE: SignedDuration = SignedDuration::from_mins(1);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    fn brake() -> Brake {
        Brake::new(&ApplicationSlug::parse("main").unwrap(), Region::Na, &SEARCH_ORDERS, at(0))
    }

    fn account(n: i64) -> ConnectionId {
        ConnectionId::parse(&format!("connection-{n}")).unwrap()
    }

    /// Whether it shuts when of so many accounts, asked one each second, every so-many-th is refused.
    fn shuts(accounts: i64, refused_every: i64) -> bool {
        let mut brake = brake();
        (0..accounts).any(|n| brake.see(&account(n), n % refused_every == 0, at(n)).is_some())
    }

    #[test]
    fn it_shuts_when_five_accounts_and_more_than_a_fifth_of_them_are_refused_in_five_minutes() {
        assert!(shuts(5, 1) && shuts(30, 3));
        assert!(!shuts(4, 1), "four accounts are no incident");
        assert!(!shuts(2000, 6), "one in six lacks a role");
        let mut slowly = brake();
        assert!((0..100).all(|n| slowly.see(&account(n), true, at(n * 80)).is_none()), "one in 80 seconds");
    }

    #[test]
    fn one_account_that_is_refused_again_and_again_is_one() {
        let mut brake = brake();
        assert!((0..100).all(|n| brake.see(&account(7), true, at(n)).is_none()));
    }

    #[test]
    fn the_first_answer_opens_it_and_everybody_has_a_turn() {
        let mut brake = brake();
        let told: Vec<_> = (0..8).filter_map(|n| brake.see(&account(n), true, at(n))).collect();
        assert_eq!(told, ["application.calls_failing"], "told once");
        assert_eq!(brake.look(&account(1), MINUTE * 15, at(8)).gate, Gate::Shut);
        assert_eq!(brake.look(&account(1), MINUTE * 15, at(70)).gate, Gate::Probe);
        assert_eq!(brake.see(&account(1), false, at(71)), Some("application.calls_recovered"));
        let turns =
            (0..50).filter(|n| brake.look(&account(*n), MINUTE * 15, at(72)).gate != Gate::Open).count();
        assert!(turns > 40);
        assert!(
            (0..50).all(|n| brake.look(&account(n), MINUTE * 15, at(71) + MINUTE * 10).gate == Gate::Open)
        );
    }

    #[test]
    fn where_nobody_was_refused_lately_no_answer_is_of_interest() {
        let mut brake = brake();
        brake.see(&account(1), true, at(0));
        assert!(brake.look(&account(2), MINUTE * 15, at(299)).watched);
        assert!(!brake.look(&account(2), MINUTE * 15, at(301)).watched);
    }

    #[test]
    fn what_lasts_a_day_is_looked_at_less_often() {
        let mut brake = brake();
        for n in 0..5 {
            brake.see(&account(n), true, at(n));
        }
        assert_eq!(brake.look(&account(1), MINUTE * 15, at(3600)).hold, HOLD);
        assert_eq!(brake.look(&account(1), MINUTE * 15, at(90_000)).hold, HOLD_LASTING);
    }

    #[test]
    fn the_row_stays_small_however_many_accounts_there_are() {
        let mut brake = brake();
        for n in 0..500 {
            brake.see(&account(n), n % 6 == 0, at(n / 10));
        }
        assert_eq!(brake.sample.len(), SAMPLE);
        assert!(serde_json::to_string(&brake).unwrap().len() < 4096);
    }
}
