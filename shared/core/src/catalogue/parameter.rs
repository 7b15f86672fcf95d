//! One parameter of an operation: what it may be, and whether given values are that.
//!
//! In the catalogue it is a line: place, name (an exclamation mark after it: required), kind, limits.
//! `query marketplaceIds! list:text n=1..50` is a required list of up to 50 texts. A list is sent as one
//! value with commas (`list:`) or as the name repeated (`multi:`).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// A parameter, read from its line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Where it goes.
    pub place: Place,
    /// As Amazon spells it.
    pub name: &'static str,
    /// Whether a call without it is refused.
    pub required: bool,
    /// How several values are sent, where it takes several.
    pub list: Option<List>,
    /// What a value is.
    pub kind: Kind,
    /// How many values, how many characters in each, how large.
    count: Limits,
    length: Limits,
    size: Limits,
    /// The values that there are, between bars, where they are few.
    pub choices: Option<&'static str>,
    /// The characters that it may have, as in a pattern: `a-z0-9-`.
    chars: Option<&'static str>,
    /// A path parameter that may hold slashes.
    pub(super) slashes: bool,
    /// Amazon decodes it twice.
    twice: bool,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Place {
    Path,
    Query,
    Header,
}

/// How several values are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// In one value, with commas between them.
    Commas,
    /// Each with the name.
    Repeated,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything within its limits.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A time as `2026-01-31T12:00:00Z`.
    Time,
    /// A date as `2026-01-31`.
    Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Limits {
    least: Option<f64>,
    most: Option<f64>,
}

/// A value that Amazon's static sandbox wants in place of a time, a number or a choice.
const SANDBOX_VALUE: &str = "TEST_CASE_";

impl Parameter {
    /// Reads a line. A word that is not known limits nothing.
    pub(super) fn read(line: &'static str) -> Self {
        let mut words = line.split(' ');
        let mut next = || words.next().unwrap_or_default();
        let (place, name, kind) = (next(), next(), next());
        let (list, kind) = match kind.split_once(':') {
            Some(("multi", kind)) => (Some(List::Repeated), kind),
            Some((_, kind)) => (Some(List::Commas), kind),
            None => (None, kind),
        };
        let mut read = Self {
            place: match place {
                "path" => Place::Path,
                "header" => Place::Header,
                _ => Place::Query,
            },
            name: name.trim_end_matches('!'),
            required: name.ends_with('!'),
            list,
            kind: match kind {
                "int" => Kind::Int,
                "number" => Kind::Number,
                "flag" => Kind::Flag,
                "time" => Kind::Time,
                "date" => Kind::Date,
                _ => Kind::Text,
            },
            count: Limits::default(),
            length: Limits::default(),
            size: Limits::default(),
            choices: None,
            chars: None,
            slashes: false,
            twice: false,
        };
        for word in words {
            match word.split_once('=').unwrap_or((word, "")) {
                ("n", limits) => read.count = Limits::read(limits),
                ("len", limits) => read.length = Limits::read(limits),
                ("span", limits) => read.size = Limits::read(limits),
                ("one", choices) => read.choices = Some(choices),
                ("chars", chars) => read.chars = Some(chars),
                ("slashes", _) => read.slashes = true,
                ("twice", _) => read.twice = true,
                _ => {}
            }
        }
        read
    }

    /// What is sent for these values, or why they cannot be. The fault may carry the nearest true choice.
    pub(super) fn send(&self, given: &[&str]) -> Result<Vec<String>, Fault> {
        let Some(list) = self.list else {
            return match given {
                [one] => self.check(one).map(|()| vec![self.escaped(one)]),
                _ => Err(Fault::of(format!("takes one value, not {}", given.len()))),
            };
        };
        let split = list == List::Commas && !self.twice;
        // Amazon cannot tell a comma in a value from one between values
        // (developer-docs.amazon.com/sp-api/docs/url-encoding).
        if split && given.len() > 1 && given.iter().any(|value| value.contains(',')) {
            return Err(Fault::of("a value with a comma must be asked for alone"));
        }
        let values: Vec<&str> = given.iter().flat_map(|value| value.split(|c| split && c == ',')).collect();
        self.count.hold(values.len(), "values").map_err(Fault::of)?;
        values.iter().try_for_each(|value| self.check(value))?;
        let sent = given.iter().map(|value| self.escaped(value));
        match list {
            List::Commas => Ok(vec![sent.collect::<Vec<_>>().join(",")]),
            List::Repeated => Ok(sent.collect()),
        }
    }

    /// Where Amazon decodes twice, what would be mistaken is encoded once before.
    fn escaped(&self, value: &str) -> String {
        if self.twice {
            value.replace('%', "%25").replace('+', "%2B").replace(',', "%2C")
        } else {
            value.to_owned()
        }
    }

    fn check(&self, value: &str) -> Result<(), Fault> {
        if value.starts_with(SANDBOX_VALUE) {
            return Ok(());
        }
        let shown: String = value.chars().take(SHOWN_CHARS).collect();
        if let Some(choices) = self.choices.filter(|choices| !choices.split('|').any(|one| one == value)) {
            let nearest = nearest(value, choices.split('|'));
            return Err(Fault {
                why: format!("`{shown}` is none of {}", choices.replace('|', ", ")),
                nearest,
            });
        }
        let no = |what: &str| Err(format!("`{shown}` is no {what}"));
        match self.kind {
            Kind::Text => self.length.hold(value.chars().count(), "characters"),
            Kind::Int => match value.parse::<i64>() {
                Ok(number) => self.size.hold_number(value, number as f64),
                Err(_) => no("whole number"),
            },
            Kind::Number => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => self.size.hold_number(value, number),
                _ => no("number"),
            },
            Kind::Flag if !matches!(value, "true" | "false") => Err("is true or false".to_owned()),
            Kind::Time if !is_time(value) => no("time as 2026-01-31T12:00:00Z"),
            Kind::Date if value.parse::<Date>().is_err() => no("date as 2026-01-31"),
            Kind::Flag | Kind::Time | Kind::Date => Ok(()),
        }
        .map_err(Fault::of)?;
        let stray = self.chars.and_then(|chars| value.chars().find(|c| !in_class(chars, *c)));
        stray.map_or(Ok(()), |stray| Err(Fault::of(format!("`{stray}` in `{shown}` is not allowed"))))
    }
}

/// So much of a refused value is repeated.
const SHOWN_CHARS: usize = 40;

/// Why values cannot be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) why: String,
    pub(super) nearest: Option<&'static str>,
}

impl Fault {
    pub(super) fn of(why: impl Into<String>) -> Self {
        Self { why: why.into(), nearest: None }
    }
}

impl Limits {
    /// `1..50`, `..50`, `1..`.
    fn read(text: &str) -> Self {
        let (least, most) = text.split_once("..").unwrap_or_default();
        Self { least: least.parse().ok(), most: most.parse().ok() }
    }

    fn hold(&self, count: usize, of: &str) -> Result<(), String> {
        self.outside(count as f64).map_or(Ok(()), |limit| Err(format!("{count} {of}, {limit}")))
    }

    fn hold_number(&self, text: &str, number: f64) -> Result<(), String> {
        self.outside(number).map_or(Ok(()), |limit| Err(format!("{text}, {limit}")))
    }

    fn outside(&self, number: f64) -> Option<String> {
        let over = self.most.filter(|most| number > *most).map(|most| format!("at most {most}"));
        over.or_else(|| self.least.filter(|least| number < *least).map(|least| format!("at least {least}")))
    }
}

/// The nearest of these spellings, if it may be a slip.
pub(super) fn nearest(given: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let near = known.map(|one| (super::find::distance(given, one), one)).min()?;
    (near.0 <= (given.chars().count() / 2).max(2)).then_some(near.1)
}

fn is_time(value: &str) -> bool {
    value.parse::<Timestamp>().is_ok() || value.parse::<DateTime>().is_ok()
}

/// Whether the class of a pattern has this character: single ones, and ranges as `a-z`.
fn in_class(class: &str, wanted: char) -> bool {
    let class: Vec<char> = class.chars().collect();
    let range = |three: &[char]| matches!(three, [from, '-', to] if (*from..=*to).contains(&wanted));
    class.windows(3).any(range) || class.contains(&wanted)
}
