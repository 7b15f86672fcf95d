//! Records from the pages of one operation.

use super::fields::known_fields;
use super::heads::{self, Found, Heads, Key, Reader};
use super::{Ask, Parameters, Unreadable};
use crate::call::Call;
use crate::catalogue::request::{BadParameter, build};
use crate::catalogue::{Operation, SEARCH_ORDERS, pages};
use jiff::SignedDuration;
use serde_json::value::RawValue;

/// The pages of one operation. The catalogue knows how they are walked.
#[derive(Debug)]
pub struct Pages {
    /// The call that fetches a page.
    pub operation: &'static Operation,
    /// The parameters of the first page's call.
    pub filters: fn(Ask<'_>) -> Parameters,
    /// Where the answer holds its records, field by field. A `?` at the end: Amazon leaves an empty list out.
    pub records: &'static str,
    /// What names a record.
    pub heads: Heads,
    /// How long a page token can be used.
    pub token_life: SignedDuration,
    /// Where the answer counts what it found in all, and how many of these Amazon shows at most.
    pub reach: Option<(&'static str, u64)>,
}

/// What most have in common.
pub(super) const PLAIN: Pages = Pages {
    operation: &SEARCH_ORDERS,
    filters: |_| Vec::new(),
    records: "",
    heads: Heads { key: Key::Fields(&[]), updated: "", marketplace: "" },
    // Amazon says nothing about most tokens; a day is what it says about orders'.
    token_life: SignedDuration::from_hours(23),
    reach: None,
};

/// A page as read.
#[derive(Debug)]
pub struct Page {
    /// What was found, in Amazon's order.
    pub found: Vec<Found>,
    /// The token of the next page. The end is a missing token, never an empty page.
    pub next: Option<String>,
    /// Whether Amazon found more than it shows.
    pub too_many: bool,
}

impl Pages {
    /// The call of a page: the first, or the one of this token.
    pub fn call(&self, ask: Ask<'_>, token: Option<&str>) -> Result<Call, BadParameter> {
        let filters = (self.filters)(ask);
        let given: Vec<_> = filters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let first = build(self.operation, &given, None)?;
        Ok(token.and_then(|token| pages::follow(self.operation, &first, token)).unwrap_or(first))
    }

    /// Reads a page.
    pub fn read(&self, ask: Ask<'_>, body: &[u8]) -> Result<Page, Unreadable> {
        let found = records(self.records, &self.heads, known_fields(self.operation), ask, body)?;
        let next = pages::next(self.operation, body).map_err(|_| Unreadable)?;
        let too_many = self.reach.is_some_and(|(count, most)| counted(body, count) > most);
        Ok(Page { found, next, too_many })
    }
}

/// The records of an answer. An answer that carries errors is none.
pub(super) fn records(
    path: &str,
    heads: &Heads,
    known: &'static [&'static str],
    ask: Ask<'_>,
    body: &[u8],
) -> Result<Vec<Found>, Unreadable> {
    let answer: &RawValue = serde_json::from_slice(body).map_err(|_| Unreadable)?;
    // Nothing where the answer is the list itself.
    let members = heads::members(answer).unwrap_or_default();
    if heads::lead(&members, "errors").is_some_and(|errors| errors.get() != "[]") {
        return Err(Unreadable);
    }
    let (path, may_lack) = path.strip_suffix('?').map_or((path, false), |path| (path, true));
    let whole = path.is_empty().then_some(answer);
    let list: Vec<Box<RawValue>> = match whole.or_else(|| heads::lead(&members, path)) {
        Some(list) => serde_json::from_str(list.get()).map_err(|_| Unreadable)?,
        // The one thing that holds it must be there at least.
        None if may_lack && holder(answer, path) => Vec::new(),
        None => return Err(Unreadable),
    };
    let mut reader = Reader::of(ask).knowing(known);
    // One odd record never loses the page: its payload lands without a key.
    Ok(list.into_iter().map(|payload| reader.read(heads, payload)).collect())
}

fn holder(answer: &RawValue, path: &str) -> bool {
    let object = match path.rsplit_once('.') {
        Some((above, _)) => heads::at(answer, above),
        None => Some(answer),
    };
    object.is_some_and(|object| heads::members(object).is_some())
}

fn counted(body: &[u8], path: &str) -> u64 {
    let answer: Option<&RawValue> = serde_json::from_slice(body).ok();
    answer.and_then(|answer| heads::at(answer, path)?.get().parse().ok()).unwrap_or_default()
}
