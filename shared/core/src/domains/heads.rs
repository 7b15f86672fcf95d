//! What an envelope needs to know of a record: its key, its time, its store. Read from the payload, which stays as
//! Amazon sent it.

use super::{Ask, Totals};
use crate::secret::Digest;
use crate::stream::Sum;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap};

/// One thing found, with what the envelope needs. A field that Amazon left out stays empty: the payload
/// lands all the same.
pub struct Found {
    /// Names the thing within its seller and entity.
    pub key: Option<String>,
    /// When it last changed, as Amazon wrote it.
    pub updated_at: Option<String>,
    /// The store it belongs to.
    pub marketplace: Option<String>,
    /// What Amazon sent, byte for byte.
    pub payload: Box<RawValue>,
    /// Its fields that Amazon's model does not name; empty where the reader was not told any.
    pub strange: Vec<String>,
}

impl std::fmt::Debug for Found {
    /// Without the payload, which may tell of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Where a record's key, time and store are in its payload. A path is field names, and places in lists, with dots
/// between them; an empty one leads nowhere.
#[derive(Debug)]
pub struct Heads {
    /// What names it.
    pub key: Key,
    /// When it last changed.
    pub updated: &'static str,
    /// Its store.
    pub marketplace: &'static str,
}

/// What names a record.
#[derive(Debug)]
pub enum Key {
    /// These fields.
    Fields(&'static [&'static str]),
    /// These fields, and the record's place in its document, which Amazon never changes.
    Place(&'static [&'static str]),
    /// These fields; records of one document that have them all in common are counted, so that two stay two.
    Counted(&'static [&'static str]),
    /// Everything in it: Amazon gives it no name. Equal ones are counted, so that two stay two.
    Whole,
}

/// In a key: the store that was asked for.
pub const STORE: &str = "@store";

/// In a key: the day on which the window begins, of an answer that does not say for which day it is.
pub const WINDOW_DAY: &str = "@day";

/// Between the parts of a key.
const BETWEEN: &str = "|";

/// Reads the heads of one answer's or document's records, in their order.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    store: Option<String>,
    day: String,
    place: u64,
    equal: HashMap<String, u64>,
    known: &'static [&'static str],
    totals: Option<&'static Totals>,
    sums: Vec<Sum>,
}

impl Reader {
    /// A reader of what was asked for so.
    pub(crate) fn of(ask: Ask<'_>) -> Self {
        let store = match ask.stores {
            [store] => Some(store.clone()),
            _ => None,
        };
        Self { store, day: ask.window.after.strftime("%Y-%m-%d").to_string(), ..Self::default() }
    }

    /// The same, which notices fields that are none of these; with none given it notices nothing.
    pub(crate) fn knowing(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    /// The same, which holds a document's rows against its totals.
    pub(crate) fn summing(self, totals: Option<&'static Totals>) -> Self {
        Self { totals, ..self }
    }

    /// The totals so far, each with the sum of its rows.
    pub(crate) fn into_sums(self) -> Vec<Sum> {
        self.sums
    }

    /// Takes the next record in.
    pub(crate) fn read(&mut self, heads: &Heads, payload: Box<RawValue>) -> Found {
        self.place += 1;
        // Taken apart once: a document has millions of records, and each has several heads.
        let members = members(&payload).unwrap_or_default();
        let field = |path: &str| match path {
            STORE => self.store.clone(),
            WINDOW_DAY => Some(self.day.clone()),
            _ => scalar(lead(&members, path)?),
        };
        let fields = |paths: &[&str]| -> Option<String> {
            let parts: Vec<Option<String>> = paths.iter().map(|path| field(path)).collect();
            parts.first()?.as_ref().filter(|first| !first.is_empty())?;
            Some(parts.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(BETWEEN))
        };
        let updated_at = field(heads.updated).filter(|text| !text.is_empty());
        let marketplace = field(heads.marketplace).filter(|text| !text.is_empty());
        let start = match heads.key {
            Key::Fields(paths) | Key::Place(paths) | Key::Counted(paths) => fields(paths),
            Key::Whole => Some(Digest::of(payload.get()).as_str().chars().take(WHOLE).collect()),
        };
        let key = start.map(|start| match heads.key {
            Key::Fields(_) => start,
            Key::Place(_) => format!("{start}{BETWEEN}{}", self.place),
            Key::Counted(_) | Key::Whole => self.counted(start),
        });
        let strange = match self.known {
            [] => Vec::new(),
            known => members.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect(),
        };
        if let Some(totals) = self.totals {
            totals.take(|column| scalar(lead(&members, column)?), &mut self.sums);
        }
        Found { key, updated_at, marketplace: marketplace.or_else(|| self.store.clone()), payload, strange }
    }
}

impl Reader {
    /// The start of a key, and how often it was met in this document.
    fn counted(&mut self, start: String) -> String {
        if let Some(count) = self.equal.get_mut(&start) {
            *count += 1;
            return format!("{start}{BETWEEN}{count}");
        }
        if self.equal.len() < COUNTED_MAX {
            self.equal.insert(start.clone(), 1);
            return format!("{start}{BETWEEN}1");
        }
        // Too many to remember: the place tells them apart, and a record may come twice, never get lost.
        format!("{start}{BETWEEN}@{}", self.place)
    }
}

/// Keys of one document that are remembered while it is read, about 20 MB of them.
const COUNTED_MAX: usize = 150_000;

/// Characters of a digest that name a record: 128 bits in hexadecimal.
const WHOLE: usize = 32;

/// What a field holds as text; nothing where it is missing.
pub(crate) fn field(payload: &RawValue, path: &str) -> Option<String> {
    scalar(at(payload, path)?)
}

/// What a path leads to.
pub(crate) fn at<'a>(payload: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    lead(&members(payload)?, path)
}

/// An object's members by their names; nothing where it is none.
pub(crate) fn members(payload: &RawValue) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(payload.get()).ok()
}

/// What a path leads to from an object's members.
pub(crate) fn lead<'a>(members: &BTreeMap<String, &'a RawValue>, path: &str) -> Option<&'a RawValue> {
    if path.is_empty() {
        return None;
    }
    let there = |value: &&RawValue| value.get() != "null";
    let mut names = path.split('.');
    let first = members.get(names.next()?).copied().filter(there)?;
    names.try_fold(first, |here, name| {
        let value = match name.parse::<usize>() {
            Ok(place) => serde_json::from_str::<Vec<&'a RawValue>>(here.get()).ok()?.get(place).copied(),
            Err(_) => self::members(here)?.get(name).copied(),
        };
        value.filter(there)
    })
}

/// A text without its quotes; a number or a truth value as Amazon wrote it.
pub(crate) fn scalar(value: &RawValue) -> Option<String> {
    let text = value.get();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok(),
        b'{' | b'[' => None,
        _ => Some(text.to_owned()),
    }
}

#[cfg(test)]
#[path = "heads_tests.rs"]
mod tests;
