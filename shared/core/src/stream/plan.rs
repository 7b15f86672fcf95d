//! What to fetch next: onward from the cursor, and beside it the history, newest first.
//!
//! A stream begins at the present. What lies before is its history, fetched backwards in pieces that grow
//! where little is found and shrink where much is, or where Amazon fails over them. Onward windows come first
//! whenever they are due, so that a long history never makes the present late.

use super::{Stream, Walk, Way, Window};
use crate::domains::{Domain, Sweep};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

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

/// The next piece is made as long as so many pages seem to need: at a page in three minutes they take an hour,
/// far less than a page token lives.
const PAGES_WANTED: i64 = 20;
/// It grows at most so many times.
const GROWTH_MAX: i64 = 8;

/// How much the latest window weighs in the changes expected.
const LATEST_WEIGHS: f64 = 0.25;

impl Stream {
    /// Takes in which stores there are. One that is new has a history; one that was left out begins anew
    /// should it come back. Nothing changes in the middle of an onward pass, which knows only its own stores.
    pub fn begin(&mut self, domain: &Domain, stores: &[&str], now: Timestamp) {
        if self.walk.is_some() {
            return;
        }
        let present = present(domain, now);
        let reached = self.cursor.unwrap_or(present);
        let used = |store: &String| stores.contains(&store.as_str());
        let before = self.covered.clone();
        self.covered.retain(used);
        self.history.iter_mut().for_each(|part| part.stores.retain(used));
        self.history.retain(|part| !part.stores.is_empty());
        let known = |store: &&&str| self.covered.iter().any(|covered| covered == **store);
        let joined: Vec<_> =
            stores.iter().filter(|store| !known(store)).map(|store| (*store).to_owned()).collect();
        if !joined.is_empty() {
            self.covered.extend(joined.iter().cloned());
            self.reach_back(domain, joined, reached, present);
        }
        if let Some(quiet) = self.quiet.as_mut().filter(|_| self.covered != before) {
            quiet.stores.get_or_insert(before);
        }
        if self.cursor.is_none() {
            // A picture of the present is due at once.
            self.cursor = Some(if domain.is_picture() { present - domain.cadence_quiet } else { present });
            self.swept_at = Some(now).filter(|_| !matches!(domain.sweep, Sweep::Whole(_)));
        }
        let again = matches!(domain.sweep, Sweep::Again) && self.history.is_empty();
        if again && self.swept_at.is_none_or(|at| now >= at + domain.sweep_every) {
            self.swept_at = Some(now);
            self.reach_back(domain, self.covered.clone(), reached, present);
        }
    }

    fn reach_back(&mut self, domain: &Domain, stores: Vec<String>, reached: Timestamp, present: Timestamp) {
        if !domain.is_picture() {
            let piece_s = domain.source.first_piece(domain).as_secs();
            let floor = present - domain.lookback;
            self.history.push(History { stores, floor, reached, piece_s, walk: None });
        }
    }

    /// The pass to work on, or nothing where all there is has landed. See [`Stream::begin`].
    ///
    /// An onward window ends before `now` by the domain's lag, because Amazon accepts no later end. It begins
    /// before the cursor by the domain's overlap; once in a while by its sweep and the time since the last one,
    /// because Amazon shows some items late.
    pub fn next_walk(&self, domain: &Domain, now: Timestamp) -> Option<Walk> {
        // A few calls from a bucket of their own: nothing else waits for them.
        if let Some(named) = self.named_walk(now).filter(|_| domain.single().is_some()) {
            return Some(named);
        }
        if let Some(walk) = &self.walk {
            return Some(self.carried(domain, walk.clone()));
        }
        let (history, check) = (self.history.first(), self.next_check(domain, now));
        // A run that reads names need not be one for anything else.
        let free = history.is_none() && check.is_none() && !self.names.read_since(now);
        let onward_due = free || now >= self.due_onward(domain);
        let onward = self.onward(domain, now).filter(|_| onward_due);
        onward.or(check).or_else(|| history.map(|part| self.carried(domain, part.next(domain, now))))
    }

    /// A pass by pages where pages carry what changes; otherwise the same one by the other source.
    fn carried(&self, domain: &Domain, walk: Walk) -> Walk {
        let Some(bulk) = domain.bulk.as_ref().filter(|_| !walk.bulk && self.is_bulk(domain)) else {
            return walk;
        };
        let Window { after, before } = walk.window;
        let window = match walk.way {
            Way::History => Window { after: after.max(before - bulk.longest), before },
            Way::Onward | Way::Sweep | Way::Named | Way::Check => {
                Window { after, before: before.min(after + bulk.longest) }
            }
        };
        Walk { bulk: true, window, ..walk.restarted() }
    }

    /// Whether more changes than the domain's pages carry.
    pub fn is_bulk(&self, domain: &Domain) -> bool {
        domain.bulk.as_ref().is_some_and(|bulk| self.changes_an_hour > Some(bulk.above))
    }

    /// Notices that a pass by pages finds more than pages can carry: it will not be finished that way.
    pub(crate) fn overflows(&mut self, domain: &Domain, walk: &Walk) {
        let hours = walk.window.length().as_secs_f64() / 3600.0;
        let rate = walk.found as f64 / hours.max(1e-3);
        if domain.bulk.as_ref().is_some_and(|bulk| !walk.bulk && rate > bulk.above) {
            self.changes_an_hour = Some(rate);
        }
    }

    fn onward(&self, domain: &Domain, now: Timestamp) -> Option<Walk> {
        let cursor = self.cursor?;
        let due = self.swept_at.is_none_or(|at| now >= at + self.sweep_every(domain));
        let (after, way) = match domain.sweep {
            // What becomes visible between two sweeps may be older than the first by its lateness, however long ago that
            // was: trouble may have held this one up.
            Sweep::Back(back) if due => {
                let usual = cursor - domain.sweep_every;
                (self.swept_at.map_or(usual, |at| at.min(usual)) - back, Way::Sweep)
            }
            Sweep::Whole(_) if due => (cursor - domain.overlap, Way::Sweep),
            _ => (cursor - domain.overlap, Way::Onward),
        };
        let stride = self.stride_s.map_or(domain.longest, SignedDuration::from_secs).min(domain.longest);
        let before = present(domain, now).min(whole(domain, cursor + stride));
        let walk = || Walk::new(Window { after, before }, self.covered.clone(), way, now);
        (before > cursor).then(|| self.carried(domain, walk()))
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
        let wanted = self.changes_an_hour.map_or(0.0, |changes| domain.changes_wanted / changes.max(1e-6));
        let wanted = SignedDuration::from_secs((wanted * 3600.0).min(1e9) as i64);
        wanted.clamp(domain.cadence, domain.cadence_quiet)
    }

    /// How often everything is passed through at present: rarely where little changes, and soon where the last one did not
    /// agree with what Amazon counts.
    pub fn sweep_every(&self, domain: &Domain) -> SignedDuration {
        let quiet = self.cadence(domain) == domain.cadence_quiet && self.check.says.is_none();
        if quiet { domain.sweep_quiet } else { domain.sweep_every }
    }

    /// Moves a pass's place on.
    pub fn walk_on(&mut self, walk: Walk) {
        match walk.way {
            Way::Onward | Way::Sweep => self.walk = Some(walk),
            Way::Check => self.check.walk = Some(walk),
            Way::History => {
                if let Some(part) = self.history.first_mut() {
                    part.walk = Some(walk);
                }
            }
            // The names themselves say how far it is.
            Way::Named => {}
        }
    }

    /// Ends a pass: everything in its window has landed.
    pub fn arrive(&mut self, domain: &Domain, walk: &Walk, now: Timestamp) {
        // One thing is not all that there is up to its time, and what is counted does not land.
        match walk.way {
            Way::Named => return,
            Way::Check => return self.check.leave(),
            Way::Onward | Way::Sweep | Way::History => {}
        }
        if let Some(check) = &domain.check {
            self.list(check, walk, now);
        }
        if walk.way == Way::History {
            if let Some(part) = self.history.first_mut() {
                part.arrive(domain, walk);
            }
            self.history.retain(|part| part.reached > part.floor);
        } else {
            // What another source finds need not be all that is new: the cursor waits for the pass that follows.
            if !(walk.way == Way::Sweep && matches!(domain.sweep, Sweep::Whole(_))) {
                self.cursor = self.cursor.max(Some(walk.window.before));
            }
            self.fulfil();
            self.walk = None;
            self.stride_s = None;
        }
        match walk.way {
            // What appeared meanwhile on a page that was read already is for the next one.
            Way::Sweep => self.swept_at = Some(walk.begun),
            Way::Onward | Way::History => self.expect(walk),
            Way::Named | Way::Check => {}
        }
    }

    /// Learns how much changes in an hour. The history's first piece is the first that is known of it.
    fn expect(&mut self, walk: &Walk) {
        let hours = walk.window.length().as_secs_f64() / 3600.0;
        let latest = walk.found as f64 / hours.max(1e-3);
        let thousandths = |rate: f64| (rate * 1e3).round() / 1e3;
        match (self.changes_an_hour, walk.way) {
            (None, _) => self.changes_an_hour = Some(thousandths(latest)),
            (Some(before), Way::Onward) => {
                self.changes_an_hour = Some(thousandths(before + (latest - before) * LATEST_WEIGHS));
            }
            (Some(_), _) => {}
        }
    }

    /// Gives a pass up whose pages cannot be had. It begins again at its first page, with half the window
    /// where `shorter` and there is more than [`Domain::shortest`] to halve. The cursor stays where it is.
    pub fn give_up(&mut self, domain: &Domain, walk: Walk, shorter: bool) {
        let half = (walk.window.length() / 2).max(domain.shortest).as_secs();
        let halved = shorter && walk.can_be_halved(domain);
        match (walk.way, halved) {
            (Way::Onward | Way::Sweep, true) => (self.walk, self.stride_s) = (None, Some(half)),
            (Way::Onward | Way::Sweep, false) => self.walk = Some(walk.restarted()),
            (Way::Check, _) => self.check.leave(),
            (Way::History, _) => {
                if let Some(part) = self.history.first_mut() {
                    part.piece_s = if halved { half } else { part.piece_s };
                    part.walk = (!halved).then(|| walk.restarted());
                }
            }
            (Way::Named, _) => {}
        }
    }
}

impl History {
    fn next(&self, domain: &Domain, now: Timestamp) -> Walk {
        if let Some(walk) = &self.walk {
            return walk.clone();
        }
        let piece = SignedDuration::from_secs(self.piece_s).min(domain.longest);
        let after = self.floor.max(whole(domain, self.reached - piece));
        // The same overlap as between onward windows.
        let before = (self.reached + domain.overlap).min(present(domain, now));
        Walk::new(Window { after, before }, self.stores.clone(), Way::History, now)
    }

    fn arrive(&mut self, domain: &Domain, walk: &Walk) {
        self.reached = self.reached.min(walk.window.after);
        self.walk = None;
        let longest = self.piece_s.saturating_mul(GROWTH_MAX);
        let wanted = self.piece_s.saturating_mul(PAGES_WANTED) / i64::from(walk.page.max(1));
        let shortest = domain.shortest.as_secs();
        self.piece_s = wanted.clamp(shortest, longest.max(shortest)).min(domain.longest.as_secs());
    }
}

/// The end of a window that reaches the present.
pub(super) fn present(domain: &Domain, now: Timestamp) -> Timestamp {
    whole(domain, now - domain.lag)
}

/// The midnight before, in a domain whose windows are whole days: half of three days, or a piece that grew by what was
/// found, would otherwise end at noon (L47).
fn whole(domain: &Domain, at: Timestamp) -> Timestamp {
    if domain.by_day { midnight(at) } else { at }
}

/// The midnight at a moment or before it, in UTC.
pub(super) fn midnight(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(DAY_S) * DAY_S).unwrap_or(at)
}

/// Seconds of a day in UTC.
const DAY_S: i64 = 24 * 60 * 60;

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
