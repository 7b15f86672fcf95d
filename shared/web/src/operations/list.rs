//! The catalogue as people and programs see it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sellerport_core::catalogue::{self, Access, Body, Kind, Life, Operation, Place, Unfound};
use serde::Serialize;

/// An operation.
#[derive(Debug, Serialize)]
pub struct OperationView {
    /// As Amazon spells it.
    pub name: &'static str,
    /// Its API with its version; what to give as the version where a name is ambiguous.
    pub api: String,
    /// HTTP method.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Whether it only asks.
    pub reads: bool,
    /// Calls per second that refill the bucket.
    pub rate: f64,
    /// Calls that fit in the bucket.
    pub burst: u32,
    /// The role to ask for; `none` where it needs none.
    pub role: &'static str,
    /// `seller`, `restricted` or `grantless`: the token it is called with, which is found by itself.
    pub token: &'static str,
    /// Kinds of buyers' data that can be asked for.
    pub data_elements: &'static [&'static str],
    /// Whether a document may be of a restricted report type.
    pub restricted_reports: bool,
    /// Whether it has a body: `absent`, `optional` or `required`.
    pub body: &'static str,
    /// Whether its answers have pages.
    pub pages: bool,
    /// What to know about its end, where Amazon replaces or ends it.
    pub life: Option<String>,
    /// Its parameters.
    pub parameters: Vec<ParameterView>,
}

/// A parameter.
#[derive(Debug, Serialize)]
pub struct ParameterView {
    /// As Amazon spells it.
    pub name: &'static str,
    /// `path`, `query` or `header`.
    pub place: &'static str,
    /// Whether a call without it is refused.
    pub required: bool,
    /// Whether it takes several values.
    pub list: bool,
    /// `text`, `int`, `number`, `flag`, `time` or `date`.
    pub kind: &'static str,
    /// The values that there are, where they are few.
    pub choices: Vec<&'static str>,
}

impl OperationView {
    /// The view of an operation today.
    pub fn of(operation: &'static Operation, now: Timestamp) -> Self {
        let today = now.to_zoned(TimeZone::UTC).date();
        Self {
            name: operation.name,
            api: operation.api.to_string(),
            method: operation.method.as_str(),
            path: operation.path,
            reads: operation.reads,
            rate: operation.rate,
            burst: operation.burst,
            role: operation.role(),
            token: match operation.access {
                Access::Restricted => "restricted",
                Access::Grantless(_) => "grantless",
                Access::Seller | Access::RestrictedElements(_) | Access::RestrictedReports => "seller",
            },
            data_elements: match operation.access {
                Access::RestrictedElements(elements) => elements,
                _ => &[],
            },
            restricted_reports: operation.access == Access::RestrictedReports,
            body: match operation.body {
                Body::Absent => "absent",
                Body::Optional => "optional",
                Body::Required => "required",
            },
            pages: operation.pages.is_some(),
            life: match operation.life {
                Life::Current => None,
                Life::Superseded { successor } => Some(format!("Something newer exists: {successor}.")),
                Life::Ends { on, successor } => {
                    let near = operation.warning(today).map_or("", |_| " That is soon.");
                    Some(format!("Amazon removes it on {on}; use {successor} instead.{near}"))
                }
                Life::Removed { on, successor } => {
                    Some(format!("Amazon removed it on {on}; use {successor}."))
                }
            },
            parameters: operation.parameters().map(ParameterView::from).collect(),
        }
    }
}

impl From<catalogue::Parameter> for ParameterView {
    fn from(one: catalogue::Parameter) -> Self {
        Self {
            name: one.name,
            place: match one.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            },
            required: one.required,
            list: one.list.is_some(),
            kind: match one.kind {
                Kind::Text => "text",
                Kind::Int => "int",
                Kind::Number => "number",
                Kind::Flag => "flag",
                Kind::Time => "time",
                Kind::Date => "date",
            },
            choices: one.choices.map(|choices| choices.split('|').collect()).unwrap_or_default(),
        }
    }
}

/// The operations in whose name, API or path all these words occur; where there is none, those whose names are
/// spelled nearly so. All of them for no word.
pub(super) fn search(words: &str) -> Vec<&'static Operation> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let fits = |one: &&Operation| {
        let text = format!("{} {} {}", one.name, one.api, one.path).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let found: Vec<_> = catalogue::all().iter().filter(fits).collect();
    if !found.is_empty() {
        return found;
    }
    match catalogue::find(&words.concat(), None) {
        Err(Unfound::NotFound { nearest, .. }) => {
            catalogue::all().iter().filter(|one| nearest.iter().any(|name| name == one.name)).collect()
        }
        _ => Vec::new(),
    }
}
