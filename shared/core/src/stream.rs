//! A stream: one domain of one connection, with its cursor, its place in the present window, its lease and
//! the time it is next due.

use crate::call::{Denial, Reply};
use crate::domains::Domain;
use crate::ids::{ConnectionId, TenantId};
use crate::lease::Lease;
use crate::store::{Due, Key, Stored, TableName, shard_of};
use crate::token::partition_of;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The scope of a stream that covers all stores of its connection in one call.
pub const ACCOUNT: &str = "account";

/// The stretch of time one pass covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From this moment on.
    pub after: Timestamp,
    /// Up to this moment.
    pub before: Timestamp,
}

/// How far a pass has come. Each delivered page moves it on, so that a crash repeats one page at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// The window.
    pub window: Window,
    /// The stores asked for: the same for all pages of a walk, whatever is learned meanwhile.
    pub stores: Vec<String>,
    /// Whether it looks back further, for what Amazon showed late.
    pub sweep: bool,
    /// The number of the next page, from 1.
    pub page: u32,
    /// Amazon's token for it; none for the first page.
    pub token: Option<String>,
    /// Digests of the last tokens, to notice a walk in circles.
    pub tokens_seen: Vec<String>,
}

/// What keeps a stream from moving, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Since when.
    pub since: Timestamp,
    /// In plain words: what it is and what to do.
    pub says: String,
    /// Set when Amazon closed the operation to this connection.
    pub denied: Option<Denial>,
    /// How often in a row it was met; the pause grows with it.
    pub times: u32,
}

/// Sums since the stream began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Records landed, repetitions counted.
    pub records: u64,
    /// Pages landed, empty ones included.
    pub pages: u64,
    /// Objects written.
    pub objects: u64,
    /// Calls made.
    pub calls: u64,
    /// Of these, answered with 429. Each is a defect to explain.
    pub throttled: u64,
}

/// Calls that a stream's row remembers: enough to see what is going on, too few to weigh on the row.
pub const CALLS_KEPT: usize = 8;

/// One call, for the page: nothing of what was asked or answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNote {
    /// When it was made.
    pub at: Timestamp,
    /// The operation, as Amazon spells it.
    pub operation: String,
    /// HTTP status; nothing where no complete answer came.
    pub status: Option<u16>,
    /// Amazon's id of the call: its support asks for it.
    pub request_id: String,
    /// From the first byte sent to the last received, milliseconds.
    pub duration_ms: i64,
}

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
    /// Everything up to here has landed. Only ever grows.
    pub cursor: Option<Timestamp>,
    /// The stores whose history has landed. One that is not among them is fetched from its beginning.
    #[serde(default)]
    pub covered: Vec<String>,
    /// When a pass last looked back for late items.
    pub swept_at: Option<Timestamp>,
    /// The pass under way.
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
    /// A call already reserved with the quota for this moment.
    pub reserved: Option<Timestamp>,
    /// The serial of the access token that Amazon refused first, until a call works again: one renewal is
    /// asked for, and no more (R7).
    #[serde(default)]
    pub refused_serial: Option<u64>,
    /// What keeps it from moving.
    pub trouble: Option<Trouble>,
    /// When records last landed.
    pub last_landed: Option<Timestamp>,
    /// The last calls, the newest last.
    #[serde(default)]
    pub recent: VecDeque<CallNote>,
    /// Sums.
    #[serde(flatten)]
    pub counters: Counters,
}

/// Tokens remembered to notice a walk in circles: cycles up to this length are found.
pub const TOKENS_SEEN: usize = 8;

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
            swept_at: None,
            walk: None,
            lease: Lease::default(),
            lease_slot: 0,
            slot: 0,
            finished: 0,
            due_at: Some(now),
            reserved: None,
            refused_serial: None,
            trouble: None,
            last_landed: None,
            recent: VecDeque::new(),
            counters: Counters::default(),
        }
    }

    /// Notes a call.
    pub fn note(&mut self, operation: &str, at: Timestamp, reply: Option<&Reply>) {
        self.recent.push_back(CallNote {
            at,
            operation: operation.to_owned(),
            status: reply.map(|reply| reply.status),
            request_id: reply.map(|reply| reply.request_id.clone()).unwrap_or_default(),
            duration_ms: reply
                .map_or(0, |reply| i64::try_from(reply.duration.as_millis()).unwrap_or(i64::MAX)),
        });
        while self.recent.len() > CALLS_KEPT {
            self.recent.pop_front();
        }
    }

    /// Where a stream is.
    pub fn key_of(tenant: &TenantId, connection: &ConnectionId, domain: &str, scope: &str) -> Key {
        Key::new(TableName::Streams, partition_of(tenant, connection), format!("S#{domain}#{scope}"))
    }

    /// The pass to work on: the one under way, or the next one, or nothing where no time has passed.
    ///
    /// It ends before `now` by the domain's lag, because Amazon accepts no later end. It begins before the
    /// cursor by the domain's overlap; once a day by its sweep, because Amazon shows some items late; and as
    /// far back as Amazon keeps anything where a store is new.
    pub fn next_walk(&self, domain: &Domain, stores: &[&str], now: Timestamp) -> Option<Walk> {
        if let Some(walk) = &self.walk {
            return Some(walk.clone());
        }
        let before = now - domain.lag;
        let known = stores.iter().all(|store| self.covered.iter().any(|covered| covered == store));
        let cursor = self.cursor.filter(|_| known);
        let sweep = self.swept_at.is_none_or(|at| now >= at + domain.sweep_every);
        let after = match cursor {
            None => before - domain.lookback,
            Some(cursor) if sweep => cursor - domain.sweep,
            Some(cursor) => cursor - domain.overlap,
        };
        let moves_on = self.cursor.is_none_or(|cursor| before > cursor);
        moves_on.then(|| Walk {
            window: Window { after, before },
            stores: stores.iter().map(|store| (*store).to_owned()).collect(),
            sweep,
            page: 1,
            token: None,
            tokens_seen: Vec::new(),
        })
    }

    /// Ends a pass: everything up to its end has landed.
    pub fn arrive(&mut self, walk: Walk, now: Timestamp) {
        self.cursor = self.cursor.max(Some(walk.window.before));
        self.covered = walk.stores;
        if walk.sweep {
            self.swept_at = Some(now);
        }
        self.walk = None;
    }

    /// Notes a trouble; the same one again keeps its beginning and counts on.
    pub fn suffer(&mut self, now: Timestamp, says: String, denied: Option<Denial>) {
        let (since, times) = match &self.trouble {
            Some(old) if old.says == says => (old.since, old.times.saturating_add(1)),
            _ => (now, 1),
        };
        self.trouble = Some(Trouble { since, says, denied, times });
    }
}

/// Longest pause while Amazon has trouble: everything is caught up a quarter of an hour after it ends (I13).
pub const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(8);

/// Longest pause while an operation is closed to a connection: only a person can change that.
pub const LONGEST_DENIED_PAUSE: SignedDuration = SignedDuration::from_mins(60);

impl Trouble {
    /// The pause after it: a minute, doubled each time.
    pub fn pause(&self) -> SignedDuration {
        let doubled = SignedDuration::from_secs(60_i64 << self.times.saturating_sub(1).min(6));
        doubled.min(if self.denied.is_some() { LONGEST_DENIED_PAUSE } else { LONGEST_PAUSE })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::ORDERS;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn stream() -> Stream {
        let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
        Stream::new(&tenant, &connection, &ORDERS, 1, at("2026-11-21T10:00:00Z"))
    }

    const US: [&str; 1] = ["ATVPDKIKX0DER"];

    /// A stream that has come to 09:00 today, swept an hour before.
    fn arrived() -> Stream {
        let cursor = Some(at("2026-11-21T09:00:00Z"));
        let covered = vec![US[0].to_owned()];
        Stream { cursor, covered, swept_at: Some(at("2026-11-21T08:00:00Z")), ..stream() }
    }

    fn window(stream: &Stream, stores: &[&str], now: &str) -> Window {
        stream.next_walk(&ORDERS, stores, at(now)).unwrap().window
    }

    #[test]
    fn the_first_window_reaches_back_as_far_as_amazon_keeps_and_ends_two_minutes_ago() {
        let window = window(&stream(), &US, "2026-11-21T10:00:00Z");
        assert_eq!(window.before, at("2026-11-21T09:58:00Z"));
        assert_eq!(window.after, window.before - ORDERS.lookback);
    }

    #[test]
    fn the_next_window_overlaps_the_cursor() {
        let window = window(&arrived(), &US, "2026-11-21T10:00:00Z");
        assert_eq!(window.after, at("2026-11-21T09:00:00Z") - ORDERS.overlap);
    }

    #[test]
    fn once_a_day_a_window_looks_back_for_late_items() {
        let mut stream = arrived();
        stream.swept_at = Some(at("2026-11-20T09:59:00Z"));
        let walk = stream.next_walk(&ORDERS, &US, at("2026-11-21T10:00:00Z")).unwrap();
        assert_eq!(walk.window.after, at("2026-11-21T09:00:00Z") - ORDERS.sweep);
        stream.arrive(walk, at("2026-11-21T10:00:00Z"));
        let next = window(&stream, &US, "2026-11-21T10:15:00Z");
        assert_eq!(next.after, at("2026-11-21T09:58:00Z") - ORDERS.overlap);
    }

    #[test]
    fn a_store_that_joins_is_fetched_from_its_beginning() {
        let stores = [US[0], "A2EUQ1WTGCTBG2"];
        let window = window(&arrived(), &stores, "2026-11-21T10:00:00Z");
        assert_eq!(window.after, window.before - ORDERS.lookback);
    }

    #[test]
    fn a_clock_behind_the_cursor_opens_no_window() {
        let mut stream = arrived();
        stream.cursor = Some(at("2026-11-21T09:58:00Z"));
        assert_eq!(stream.next_walk(&ORDERS, &US, at("2026-11-21T10:00:00Z")), None);
        assert_eq!(stream.next_walk(&ORDERS, &US, at("2026-11-21T08:00:00Z")), None);
    }

    #[test]
    fn a_pass_under_way_is_finished_before_the_next() {
        let mut stream = stream();
        let walk = stream.next_walk(&ORDERS, &US, at("2026-11-21T10:00:00Z")).unwrap();
        stream.walk = Some(Walk { page: 3, token: Some("t".into()), ..walk });
        assert_eq!(stream.next_walk(&ORDERS, &[], at("2026-11-21T12:00:00Z")), stream.walk);
    }

    #[test]
    fn the_pause_after_troubles_grows_and_longer_where_only_a_person_can_help() {
        let pause = |times, denied| {
            let trouble = Trouble { since: Timestamp::UNIX_EPOCH, says: String::new(), denied, times };
            trouble.pause().as_secs() / 60
        };
        assert_eq!((1..=6).map(|times| pause(times, None)).collect::<Vec<_>>(), [1, 2, 4, 8, 8, 8]);
        assert_eq!([1, 5, 7, 9].map(|times| pause(times, Some(Denial::Role))), [1, 16, 60, 60]);
        assert_eq!(pause(u32::MAX, None), 8);
    }
}
