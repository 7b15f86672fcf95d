//! One thing that somebody named, by a call of its own.

use super::heads::{self, Found, Heads, Reader};
use super::{Ask, Parameters, Unreadable};
use crate::call::Call;
use crate::catalogue::Operation;
use crate::catalogue::request::{BadParameter, build};
use serde_json::value::RawValue;

/// An operation that tells about one thing. Its records are those of the domain's pages: the same key, the same
/// payload.
#[derive(Debug)]
pub struct Single {
    /// The call that tells about it.
    pub operation: &'static Operation,
    /// Its parameters, from the name.
    pub about: fn(&str) -> Parameters,
    /// Where its answer holds the record.
    pub record: &'static str,
    /// What names the record.
    pub heads: Heads,
    /// Whether a text has the form of a name. Names come from strangers: what has another form is asked of nobody.
    pub form: fn(&str) -> bool,
}

impl Single {
    /// The call about the thing of this name.
    pub fn call(&self, name: &str) -> Result<Call, BadParameter> {
        let parameters = (self.about)(name);
        let given: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        build(self.operation, &given, None)
    }

    /// Reads its answer. One that carries errors, or no record, is none.
    pub fn read(&self, ask: Ask<'_>, body: &[u8]) -> Result<Found, Unreadable> {
        let answer: &RawValue = serde_json::from_slice(body).map_err(|_| Unreadable)?;
        let members = heads::members(answer).ok_or(Unreadable)?;
        if heads::lead(&members, "errors").is_some_and(|errors| errors.get() != "[]") {
            return Err(Unreadable);
        }
        let record = heads::lead(&members, self.record).filter(|record| record.get().starts_with('{'));
        Ok(Reader::of(ask).read(&self.heads, record.ok_or(Unreadable)?.to_owned()))
    }
}
