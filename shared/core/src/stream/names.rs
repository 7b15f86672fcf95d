//! Things that notifications name: a few are read one by one, within about a minute, in place of a page later.
//!
//! A name is a stranger's word (T28). It is taken only in the form of such names, few at a time and only where little
//! changes; it costs one call, whatever that answers, and never moves the cursor. Runs by pages go on as they would
//! without it, so a name that is dropped loses nothing but time.

use super::{MIN_GAP, Stream, TOGETHER, Walk, Way, Window};
use crate::domains::Domain;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Names taken between two runs by pages, at most: somewhat more changes make a run by pages due
/// ([`changes_wanted`](Domain::changes_wanted)). So a flood of them costs so many calls, and one page, in each [`MIN_GAP`].
pub const NAMES_MAX: usize = 10;

/// Names are taken up to so many changes an hour. Where more changes, a page in each [`MIN_GAP`] costs fewer calls
/// than a read of each.
pub const NAMED_UP_TO: f64 = 60.0 / MIN_GAP.as_mins() as f64;

/// What was named since the last run by pages, and how much was read so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    told: Vec<Told>,
    /// The last day (UTC) on which something was read so, and how often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<(Date, u32)>,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    name: String,
    /// When it changed, as was told.
    at: Timestamp,
    /// When it was read, or given up; it waits where there is nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read: Option<Timestamp>,
    /// How often it was taken.
    times: u8,
}

impl Names {
    /// Whether there is nothing to keep.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What was read so on the day (UTC) of `now`.
    pub fn read_today(&self, now: Timestamp) -> u32 {
        self.day.filter(|(day, _)| *day == day_of(now)).map_or(0, |(_, count)| count)
    }

    /// Whether one was read, or given up, since then.
    pub(super) fn read_since(&self, moment: Timestamp) -> bool {
        self.told.iter().any(|one| one.read >= Some(moment))
    }

    fn waiting(&self) -> Option<&Told> {
        self.told.iter().find(|one| one.read.is_none())
    }
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

impl Stream {
    /// Takes in that a named thing changed at a moment, which is never later than `now`. Whether the row changed;
    /// nothing where the name is not taken, and tells no more than that something changed.
    pub fn named(&mut self, domain: &Domain, name: &str, at: Timestamp, now: Timestamp) -> Option<bool> {
        let single = domain.single()?;
        let (cursor, due) = (self.cursor?, self.due_at?);
        if self.trouble.is_some() || !self.reads_names(domain) || !(single.form)(name) {
            return None;
        }
        if at <= cursor {
            return Some(false);
        }
        let at_work = self.lease.holder.is_some();
        let full = self.names.told.iter().map(|one| usize::from(one.times)).sum::<usize>() >= NAMES_MAX;
        match self.names.told.iter_mut().find(|one| one.name == name) {
            // Whoever is at work may just have read it.
            Some(Told { read: None, at: known, .. }) if at_work && at > *known + TOGETHER => *known = at,
            // It is read later than now anyway.
            Some(Told { read: None, .. }) => return Some(false),
            // What was read later than the change shows it.
            Some(Told { read: Some(read), .. }) if at <= *read => return Some(false),
            _ if full => return None,
            Some(again) => (again.at, again.read, again.times) = (at, None, again.times.saturating_add(1)),
            None => self.names.told.push(Told { name: name.to_owned(), at, read: None, times: 1 }),
        }
        if !at_work {
            // A message on its way for later is overtaken by the dispatcher's.
            self.due_at = Some(due.min(now));
        }
        Some(true)
    }

    /// Whether so little changes that names are taken.
    pub fn reads_names(&self, domain: &Domain) -> bool {
        domain.single().is_some() && self.changes_an_hour.is_some_and(|changes| changes <= NAMED_UP_TO)
    }

    /// The pass that reads the first of the names that wait.
    pub(super) fn named_walk(&self, now: Timestamp) -> Option<Walk> {
        let one = self.names.waiting()?;
        // It depends on the name and its time alone, so that a second run lands under the same key.
        let window = Window { after: one.at, before: one.at };
        Some(Walk {
            name: Some(one.name.clone()),
            ..Walk::new(window, self.covered.clone(), Way::Named, now)
        })
    }

    /// The name that a pass was about has landed.
    pub(crate) fn name_landed(&mut self, walk: &Walk, now: Timestamp) {
        self.names.day = Some((day_of(now), self.names.read_today(now) + 1));
        self.give_name_up(walk, now);
    }

    /// The name that a pass was about leads to nothing: it is not asked for again.
    pub(crate) fn give_name_up(&mut self, walk: &Walk, now: Timestamp) {
        let of_pass = |one: &&mut Told| walk.name.as_deref() == Some(&one.name);
        if let Some(one) = self.names.told.iter_mut().find(of_pass) {
            one.read = Some(now);
        }
    }

    /// No name can be read now: what they tell of is left to a run by pages.
    pub(crate) fn leave_names(&mut self, now: Timestamp) {
        for one in self.names.told.iter_mut().filter(|one| one.read.is_none()) {
            one.read = Some(now);
            self.wanted = self.wanted.max(Some(one.at));
        }
    }

    /// Forgets names that a run by pages has landed as well.
    pub(super) fn forget_names(&mut self) {
        let cursor = self.cursor;
        self.names.told.retain(|one| one.read.is_none_or(|read| Some(read) > cursor));
    }

    /// Takes over the names that somebody wrote down while this row was worked on; when the first that waits changed.
    pub(super) fn overhear_names(&mut self, theirs: &Names) -> Option<Timestamp> {
        let ours = std::mem::replace(&mut self.names.told, theirs.told.clone());
        for one in &mut self.names.told {
            let known = ours.iter().find(|known| known.name == one.name);
            // Told of once more after we read it, it waits.
            if let Some(read) = known.and_then(|known| known.read).filter(|read| *read >= one.at) {
                one.read = one.read.max(Some(read));
            }
        }
        self.forget_names();
        self.names.waiting().map(|one| one.at)
    }
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
