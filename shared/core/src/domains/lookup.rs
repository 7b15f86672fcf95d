//! Records about things that another operation names.

use super::fields::known_fields;
use super::pages::{Page, Pages, records};
use super::{Ask, Found, Heads, Parameters, Unreadable};
use crate::call::Call;
use crate::catalogue::Operation;
use crate::catalogue::request::{BadParameter, build};

/// A list of things, and an operation that tells about some of them at a time.
#[derive(Debug)]
pub struct Lookup {
    /// The pages that name them: the key of a record there is what is looked up.
    pub list: Pages,
    /// The call that tells about them.
    pub operation: &'static Operation,
    /// Its parameters and its body.
    pub about: fn(Ask<'_>, &[String]) -> (Parameters, Option<String>),
    /// Where its answer holds the records.
    pub records: &'static str,
    /// What names a record.
    pub heads: Heads,
    /// Things in one call, at most.
    pub at_once: usize,
}

impl Lookup {
    /// The things that a page of the list names, each once, in its order.
    pub fn names(page: &Page) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in page.found.iter().filter_map(|found| found.key.clone()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The call about the first of these things.
    pub fn call(&self, ask: Ask<'_>, names: &[String]) -> Result<Call, BadParameter> {
        let (parameters, body) = (self.about)(ask, names.get(..self.at_once).unwrap_or(names));
        let given: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        build(self.operation, &given, body.as_deref())
    }

    /// Reads its answer.
    pub fn read(&self, ask: Ask<'_>, body: &[u8]) -> Result<Vec<Found>, Unreadable> {
        records(self.records, &self.heads, known_fields(self.operation), ask, body)
    }
}
