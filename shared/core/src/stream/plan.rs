//! What to fetch next: onward from the cursor, and beside it the history, newest first.
//!
//! A stream begins at the present. What lies before is its history, fetched backwards in pieces that grow
//! where little is found and shrink where much is, or where Amazon fails over them. Onward windows come first
//! whenever they are due, so that a long history never makes the present late.

use super::Stream;
use crate::domains::Domain;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The stretch of time one pass covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From this moment on.
    pub after: Timestamp,
    /// Up to this moment.
    pub before: Timestamp,
}

impl Window {
    fn length(&self) -> SignedDuration {
        self.before.duration_since(self.after)
    }
}

/// Which way a pass goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From the cursor to the present.
    Onward,
    /// The same, and further back, for what Amazon showed late.
    Sweep,
    /// Before the stream's beginning.
    History,
}

/// How far a pass has come. Each delivered page moves it on, so that a crash repeats one page at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// The window.
    pub window: Window,
    /// The stores asked for: the same for all pages of a walk, whatever is learned meanwhile.
    pub stores: Vec<String>,
    /// Which way it goes.
    pub way: Way,
    /// The number of the next page, from 1.
    pub page: u32,
    /// Amazon's token for it; none for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// When Amazon gave the token: it lives for [`Domain::token_life`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_at: Option<Timestamp>,
    /// Digests of the last tokens and pages, to notice a walk in circles.
    pub seen: Vec<String>,
    /// Records found so far.
    pub found: u64,
}

impl Walk {
    fn new(window: Window, stores: Vec<String>, way: Way) -> Self {
        Self { window, stores, way, page: 1, token: None, token_at: None, seen: Vec::new(), found: 0 }
    }

    /// The same window from its first page.
    pub fn restarted(self) -> Self {
        Self::new(self.window, self.stores, self.way)
    }

    /// Whether half of its window is still worth asking for.
    pub fn can_be_halved(&self) -> bool {
        self.window.length() > SHORTEST
    }

    /// Whether Amazon no longer takes its page token.
    pub fn stale(&self, domain: &Domain, now: Timestamp) -> bool {
        self.token_at.is_some_and(|at| now >= at + domain.token_life)
    }
}

/// What lay before a stream's beginning, for the stores that began then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The stores.
    pub stores: Vec<String>,
    /// As far back as Amazon keeps anything.
    pub floor: Timestamp,
    /// Everything from here to the cursor has landed.
    pub reached: Timestamp,
    /// The length of the next piece, seconds.
    pub piece_s: i64,
    /// The piece under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walk: Option<Walk>,
}

/// The first piece of a history, and the shortest that a window is cut to where Amazon fails over it.
pub const SHORTEST: SignedDuration = SignedDuration::from_hours(24);

/// The next piece is made as long as so many pages seem to need: at a page in three minutes they take an hour,
/// far less than a page token lives.
const PAGES_WANTED: i64 = 20;
/// It grows at most so many times.
const GROWTH_MAX: i64 = 8;

/// A window is fetched when about so many changes are expected in it.
pub const CHANGES_WANTED: f64 = 4.0;

/// How much the latest window weighs in the changes expected.
const LATEST_WEIGHS: f64 = 0.25;

impl Stream {
    /// Takes in which stores there are. One that is new has a history; one that was left out begins anew
    /// should it come back. Nothing changes in the middle of an onward pass, which knows only its own stores.
    pub fn begin(&mut self, domain: &Domain, stores: &[&str], now: Timestamp) {
        if self.walk.is_some() {
            return;
        }
        let present = now - domain.lag;
        let reached = self.cursor.unwrap_or(present);
        let used = |store: &String| stores.contains(&store.as_str());
        self.covered.retain(used);
        self.history.iter_mut().for_each(|part| part.stores.retain(used));
        self.history.retain(|part| !part.stores.is_empty());
        let known = |store: &&&str| self.covered.iter().any(|covered| covered == **store);
        let joined: Vec<_> =
            stores.iter().filter(|store| !known(store)).map(|store| (*store).to_owned()).collect();
        if !joined.is_empty() {
            self.covered.extend(joined.iter().cloned());
            let floor = present - domain.lookback;
            let piece_s = SHORTEST.as_secs();
            self.history.push(History { stores: joined, floor, reached, piece_s, walk: None });
        }
        if self.cursor.is_none() {
            self.cursor = Some(present);
            self.swept_at = Some(now);
        }
    }

    /// The pass to work on, or nothing where all there is has landed. See [`Stream::begin`].
    ///
    /// An onward window ends before `now` by the domain's lag, because Amazon accepts no later end. It begins
    /// before the cursor by the domain's overlap; once in a while by its sweep and the time since the last one,
    /// because Amazon shows some items late.
    pub fn next_walk(&self, domain: &Domain, now: Timestamp) -> Option<Walk> {
        if let Some(walk) = &self.walk {
            return Some(walk.clone());
        }
        let history = self.history.first();
        let onward_due = history.is_none() || now >= self.due_onward(domain);
        let onward = self.onward(domain, now).filter(|_| onward_due);
        onward.or_else(|| history.map(|part| part.next(domain, now)))
    }

    fn onward(&self, domain: &Domain, now: Timestamp) -> Option<Walk> {
        let cursor = self.cursor?;
        let present = now - domain.lag;
        let sweep = self.swept_at.is_none_or(|at| now >= at + domain.sweep_every);
        let (after, way) = match sweep {
            // What becomes visible between two sweeps may be older than the first by its lateness.
            true => (cursor - domain.sweep - domain.sweep_every, Way::Sweep),
            false => (cursor - domain.overlap, Way::Onward),
        };
        let stride = self.stride_s.map(SignedDuration::from_secs);
        let before = stride.map_or(present, |stride| present.min(cursor + stride));
        (before > cursor).then(|| Walk::new(Window { after, before }, self.covered.clone(), way))
    }

    /// When the next onward window is due: soon where much changes or Amazon says so, later where
    /// little does.
    pub fn due_onward(&self, domain: &Domain) -> Timestamp {
        let Some(cursor) = self.cursor else { return Timestamp::UNIX_EPOCH };
        match self.stride_s {
            // Far behind: go on at once.
            Some(_) => cursor,
            None => {
                let usual = cursor + domain.lag + self.cadence(domain);
                self.due_hinted(domain).map_or(usual, |hinted| hinted.min(usual))
            }
        }
    }

    /// How often it is fetched at present.
    pub fn cadence(&self, domain: &Domain) -> SignedDuration {
        let wanted = self.changes_an_hour.map_or(0.0, |changes| CHANGES_WANTED / changes.max(1e-6));
        let wanted = SignedDuration::from_secs((wanted * 3600.0).min(1e9) as i64);
        wanted.clamp(domain.cadence, domain.cadence_quiet)
    }

    /// Moves a pass's place on.
    pub fn walk_on(&mut self, walk: Walk) {
        match walk.way {
            Way::Onward | Way::Sweep => self.walk = Some(walk),
            Way::History => {
                if let Some(part) = self.history.first_mut() {
                    part.walk = Some(walk);
                }
            }
        }
    }

    /// Ends a pass: everything in its window has landed.
    pub fn arrive(&mut self, walk: &Walk, now: Timestamp) {
        if walk.way == Way::History {
            if let Some(part) = self.history.first_mut() {
                part.arrive(walk);
            }
            self.history.retain(|part| part.reached > part.floor);
        } else {
            self.cursor = self.cursor.max(Some(walk.window.before));
            self.fulfil();
            self.walk = None;
            self.stride_s = None;
        }
        match walk.way {
            Way::Sweep => self.swept_at = Some(now),
            Way::Onward | Way::History => self.expect(walk),
        }
    }

    /// Learns how much changes in an hour. The history's first piece is the first that is known of it.
    fn expect(&mut self, walk: &Walk) {
        let hours = walk.window.length().as_secs_f64() / 3600.0;
        let latest = walk.found as f64 / hours.max(1e-3);
        match (self.changes_an_hour, walk.way) {
            (None, _) => self.changes_an_hour = Some(latest),
            (Some(before), Way::Onward) => {
                self.changes_an_hour = Some(before + (latest - before) * LATEST_WEIGHS);
            }
            (Some(_), _) => {}
        }
    }

    /// Gives a pass up whose pages cannot be had. It begins again at its first page, with half the window
    /// where `shorter` and there is more than a day to halve. The cursor stays where it is.
    pub fn give_up(&mut self, walk: Walk, shorter: bool) {
        let half = (walk.window.length() / 2).max(SHORTEST).as_secs();
        let halved = shorter && walk.can_be_halved();
        match (walk.way, halved) {
            (Way::Onward | Way::Sweep, true) => (self.walk, self.stride_s) = (None, Some(half)),
            (Way::Onward | Way::Sweep, false) => self.walk = Some(walk.restarted()),
            (Way::History, _) => {
                if let Some(part) = self.history.first_mut() {
                    part.piece_s = if halved { half } else { part.piece_s };
                    part.walk = (!halved).then(|| walk.restarted());
                }
            }
        }
    }
}

impl History {
    fn next(&self, domain: &Domain, now: Timestamp) -> Walk {
        if let Some(walk) = &self.walk {
            return walk.clone();
        }
        let after = self.floor.max(self.reached - SignedDuration::from_secs(self.piece_s));
        // The same overlap as between onward windows.
        let before = (self.reached + domain.overlap).min(now - domain.lag);
        Walk::new(Window { after, before }, self.stores.clone(), Way::History)
    }

    fn arrive(&mut self, walk: &Walk) {
        self.reached = self.reached.min(walk.window.after);
        self.walk = None;
        let longest = self.piece_s.saturating_mul(GROWTH_MAX);
        let wanted = self.piece_s.saturating_mul(PAGES_WANTED) / i64::from(walk.page.max(1));
        self.piece_s = wanted.clamp(SHORTEST.as_secs(), longest);
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
