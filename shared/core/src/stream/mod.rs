//! A stream: one domain of one connection, with its cursor, its place in the present window, its lease and
//! the time it is next due.

mod again;
mod check;
mod gaps;
mod hint;
mod landed;
mod meet;
mod names;
mod notes;
mod odd;
pub(crate) mod open;
mod plan;
mod statements;
mod sum;
mod walk;

pub use again::{NotAgain, PARTS_MAX};
pub use check::{Checking, Tally};
pub use gaps::{Coverage, Gap, coverage};
pub use hint::{MIN_GAP, READY_GAP, TOGETHER, gap};
pub use landed::{KEPT, Landed, Quiet};
pub use meet::{MEETING, meeting_before};
pub use names::{NAMED_UP_TO, NAMES_MAX, Names};
pub use notes::{
    CALLS_KEPT, CallNote, Counters, HOURS_KEPT, Hour, Hours, LONGEST_DENIED_PAUSE, LONGEST_PAUSE, Trouble,
};
pub use odd::{Damaged, NAMED_MAX, Oddities};
pub use plan::History;
pub(crate) use statements::named;
pub use statements::{STATEMENT_PAGES_MAX, Statements};
pub use sum::{SUMS_MAX, Sum, Told, Verdict, money};
pub use walk::{Stage, Walk, Way, Window};

use crate::call::{Denial, Reply};
use crate::domains::Domain;
use crate::ids::{ConnectionId, TenantId};
use crate::lease::Lease;
use crate::quota::Reserved;
use crate::store::{Due, Key, Stored, TableName, shard_of};
use crate::token::partition_of;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Amazon's clock may be this much away from ours when it notes that something was asked for.
pub const CLOCKS: SignedDuration = SignedDuration::from_mins(2);

/// The scope of a stream that covers all stores of its connection in one call.
pub const ACCOUNT: &str = "account";

/// One stream as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stream {
    /// Whose it is.
    pub tenant: TenantId,
    /// Its connection.
    pub connection: ConnectionId,
    /// Its domain.
    pub domain: String,
    /// [`ACCOUNT`], or a marketplace id.
    pub scope: String,
    /// The grant the next task is made for.
    pub generation: u64,
    /// Everything up to here has landed, but for what [`Stream::history`] still lacks. Only ever grows.
    pub cursor: Option<Timestamp>,
    /// The stores that the cursor speaks for.
    #[serde(default)]
    pub covered: Vec<String>,
    /// What lies before the stream's beginning and has not landed yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<History>,
    /// Seconds an onward window may have at most, after Amazon failed over a longer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stride_s: Option<i64>,
    /// Changes expected in an hour; nothing while none was ever fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes_an_hour: Option<f64>,
    /// When a pass last looked back for late items. Like other moments that decide nothing to the millisecond it is
    /// stored as a number: the row is written with each step, and its kilobytes are counted.
    #[serde(default, with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    pub swept_at: Option<Timestamp>,
    /// The onward pass under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk: Option<Walk>,
    /// Who works on it.
    pub lease: Lease,
    /// The dispatch that the lease's holder works on.
    #[serde(default)]
    pub lease_slot: u64,
    /// The last dispatch. Only its task counts.
    pub slot: u64,
    /// The last dispatch that was worked off.
    pub finished: u64,
    /// When it is next due; nothing while there is nobody to fetch from.
    pub due_at: Option<Timestamp>,
    /// A call already reserved with the quota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserved: Option<Reserved>,
    /// The serial of the access token that Amazon refused first, until a call works again: one renewal is
    /// asked for, and no more (R7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_serial: Option<u64>,
    /// When a report was last asked for, and how long Amazon wants between two, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooldown: Option<(Timestamp, i64)>,
    /// What keeps it from moving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// The last day that was written down to be shaped into tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape_day: Option<Date>,
    /// Up to here something changed, as Amazon told, that has not landed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Timestamp>,
    /// What whole passes counted, held against Amazon's report.
    #[serde(default, skip_serializing_if = "Checking::is_none")]
    pub check: Checking,
    /// The onward windows up to the cursor in which nothing was found, and nothing is written down of yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// What Amazon named of it.
    #[serde(default, skip_serializing_if = "Names::is_none")]
    pub names: Names,
    /// When records last landed.
    #[serde(default, with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    pub last_landed: Option<Timestamp>,
    /// The last calls, the newest last.
    #[serde(default)]
    pub recent: VecDeque<CallNote>,
    /// The last day.
    #[serde(default)]
    pub hours: Hours,
    /// Sums.
    #[serde(flatten)]
    pub counters: Counters,
}

impl Stream {
    /// A new stream, due now.
    pub fn new(
        tenant: &TenantId,
        connection: &ConnectionId,
        domain: &Domain,
        generation: u64,
        now: Timestamp,
    ) -> Self {
        Self {
            tenant: tenant.clone(),
            connection: connection.clone(),
            domain: domain.name.to_owned(),
            scope: ACCOUNT.to_owned(),
            generation,
            cursor: None,
            covered: Vec::new(),
            history: Vec::new(),
            stride_s: None,
            changes_an_hour: None,
            swept_at: None,
            walk: None,
            lease: Lease::default(),
            lease_slot: 0,
            slot: 0,
            finished: 0,
            due_at: Some(now),
            reserved: None,
            cooldown: None,
            refused_serial: None,
            trouble: None,
            shape_day: None,
            wanted: None,
            check: Checking::default(),
            quiet: None,
            names: Names::default(),
            last_landed: None,
            recent: VecDeque::new(),
            hours: Hours::default(),
            counters: Counters::default(),
        }
    }

    /// Notes a call; its operation where it is not the domain's first.
    pub fn note(&mut self, at: Timestamp, operation: Option<&str>, reply: Option<&Reply>, quota_left: u32) {
        self.recent.push_back(CallNote {
            at,
            operation: operation.map(str::to_owned),
            status: reply.map(|reply| reply.status),
            request_id: reply.map(|reply| reply.request_id.clone()).unwrap_or_default(),
            duration_ms: reply
                .map_or(0, |reply| i64::try_from(reply.duration.as_millis()).unwrap_or(i64::MAX)),
            quota_left,
        });
        while self.recent.len() > CALLS_KEPT {
            self.recent.pop_front();
        }
        let lag = self.cursor.map_or(SignedDuration::ZERO, |cursor| at.duration_since(cursor));
        self.hours.count(at, 0, 1, lag);
        self.counters.calls += 1;
    }

    /// Where a stream is.
    pub fn key_of(tenant: &TenantId, connection: &ConnectionId, domain: &str, scope: &str) -> Key {
        Key::new(TableName::Streams, partition_of(tenant, connection), format!("S#{domain}#{scope}"))
    }

    /// Notes a trouble; the same one again keeps its beginning and counts on.
    pub fn suffer(&mut self, now: Timestamp, says: String, denied: Option<Denial>) {
        let (since, times) = match &self.trouble {
            Some(old) if old.says == says => (old.since, old.times.saturating_add(1)),
            _ => (now, 1),
        };
        self.trouble = Some(Trouble { since, says, denied, times });
    }

    /// Whether there is nothing to do before it is due: all that there was has landed, and nobody works on it.
    pub fn rests(&self) -> bool {
        let under_way = self.walk.is_some() || self.check.is_under_way() || !self.history.is_empty();
        let at_work = under_way || self.lease.holder.is_some();
        self.cursor.is_some() && !at_work && self.trouble.is_none() && self.finished == self.slot
    }

    /// When the report may be asked for again; nothing where it may be now.
    pub fn asks_again(&self, now: Timestamp) -> Option<Timestamp> {
        let (last, wanted) = self.cooldown?;
        Some(last + SignedDuration::from_secs(wanted) + CLOCKS).filter(|at| *at > now)
    }

    /// How often in a row the present trouble was met.
    pub fn troubled(&self) -> u32 {
        self.trouble.as_ref().map_or(0, |trouble| trouble.times)
    }
}

impl Stored for Stream {
    fn key(&self) -> Key {
        Self::key_of(&self.tenant, &self.connection, &self.domain, &self.scope)
    }

    fn due(&self) -> Option<Due> {
        let shard = shard_of(&partition_of(&self.tenant, &self.connection));
        self.due_at.map(|at| Due { shard, at })
    }
}
