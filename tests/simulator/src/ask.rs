//! One call of an operation that reads data, and its parameters, read and checked in Amazon's words.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use serde_json::Value;

use crate::faults::FaultKind;
use crate::marketplaces::{self, Marketplace};
use crate::problem::Problem;
use crate::sellers::Seller;
use crate::truth::Account;
use crate::world::Inside;

/// What an operation is asked, by whom and when.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) operation: &'static str,
    pub(crate) inside: &'a Inside,
    pub(crate) seller: &'a Seller,
    pub(crate) query: &'a [(String, String)],
    /// What stands in the path's braces, decoded.
    pub(crate) variables: &'a [String],
    pub(crate) body: Option<&'a Value>,
    pub(crate) fault: Option<&'a FaultKind>,
    pub(crate) now: Timestamp,
}

impl<'a> Ask<'a> {
    /// The account as everything about it is worked out.
    pub(crate) fn account(&self) -> Account<'a> {
        Account::of(self.inside, self.seller)
    }

    /// What stands in the path's braces.
    pub(crate) fn variable(&self, place: usize) -> &'a str {
        self.variables.get(place).map_or("", String::as_str)
    }

    /// A parameter, unless it is absent or empty.
    pub(crate) fn value(&self, name: &str) -> Option<&'a str> {
        let found = self.query.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A parameter that must be there.
    pub(crate) fn needed(&self, name: &str) -> Result<&'a str, Problem> {
        self.value(name).ok_or_else(|| Problem::input(format!("{name} is missing.")))
    }

    /// A list, with commas between or the parameter repeated.
    pub(crate) fn list(&self, name: &str) -> Vec<&'a str> {
        let values = self.query.iter().filter(|(known, _)| known == name);
        values.flat_map(|(_, value)| value.split(',')).filter(|value| !value.is_empty()).collect()
    }

    /// A list of at most so many of these words.
    pub(crate) fn words(&self, name: &str, words: &[&str]) -> Result<Vec<&'a str>, Problem> {
        let values = self.list(name);
        match values.iter().find(|value| !words.contains(value)) {
            Some(unknown) => Err(Problem::input(format!("{name} has an unknown value: {unknown}."))),
            None => Ok(values),
        }
    }

    /// One of these words.
    pub(crate) fn word(&self, name: &str, words: &[&str]) -> Result<Option<&'a str>, Problem> {
        match self.value(name) {
            Some(value) if !words.contains(&value) => {
                Err(Problem::input(format!("{name} has an unknown value: {value}.")))
            }
            value => Ok(value),
        }
    }

    /// A moment.
    pub(crate) fn time(&self, name: &str) -> Result<Option<Timestamp>, Problem> {
        let wrong = || Problem::input(format!("{name} must be a date-time in ISO 8601 format."));
        self.value(name).map(|value| value.parse::<Timestamp>().map_err(|_| wrong())).transpose()
    }

    /// A number within these bounds.
    pub(crate) fn number(
        &self,
        name: &str,
        usual: usize,
        bounds: RangeInclusive<usize>,
    ) -> Result<usize, Problem> {
        let (least, most) = (*bounds.start(), *bounds.end());
        let wrong = || Problem::input(format!("{name} must be between {least} and {most}."));
        let Some(value) = self.value(name) else { return Ok(usual) };
        value.parse().ok().filter(|number| bounds.contains(number)).ok_or_else(wrong)
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        let wrong = || Problem::input(format!("{name} must be true or false."));
        self.value(name).map(|value| value.parse::<bool>().map_err(|_| wrong())).transpose()
    }

    /// Stores by their identifiers; each must be of the account's region.
    pub(crate) fn stores(&self, name: &str) -> Result<Vec<&'static Marketplace>, Problem> {
        let region = self.seller.region;
        let read = |id: &str| match marketplaces::by_id(id) {
            None => Err(Problem::input(format!("{name} has an unknown value: {id}."))),
            Some(store) if store.region != region => {
                Err(Problem::denied("The marketplaces you provided are not valid for region."))
            }
            Some(store) => Ok(store),
        };
        self.list(name).into_iter().map(read).collect()
    }

    /// The one store that must be named.
    pub(crate) fn store(&self, name: &str) -> Result<&'static Marketplace, Problem> {
        match self.stores(name)?.as_slice() {
            [store] => Ok(store),
            [] => Err(Problem::input(format!("{name} is missing."))),
            _ => Err(Problem::input(format!("{name} may have at most 1 value."))),
        }
    }

    /// Refuses a range whose end comes before its start.
    pub(crate) fn in_order(&self, start: Option<Timestamp>, end: Option<Timestamp>) -> Result<(), Problem> {
        match (start, end) {
            (Some(start), Some(end)) if end < start => {
                Err(Problem::input("The end of the time range must not be before its start."))
            }
            _ => Ok(()),
        }
    }
}

/// A segment of a path without its percent signs. What is not two hexadecimal digits stays as it is.
pub(crate) fn decoded(segment: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), segment.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        let digits = more.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &more[2..] } else { more };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
