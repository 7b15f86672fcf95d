//! What a program or a form asks for, and the answer as JSON.

use crate::form::Form;
use sellerport_core::call::Verdict;
use sellerport_core::message::Refusal;
use sellerport_core::operate::Answer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// A call that is wanted.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) connection: String,
    version: Option<String>,
    /// One with several values comes several times.
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    pub(crate) page: Option<String>,
    pub(crate) pages: u32,
    pub(crate) data_elements: Vec<String>,
    pub(crate) restricted: bool,
}

/// The body of a call by JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Document {
    parameters: serde_json::Map<String, Value>,
    body: Option<Box<RawValue>>,
    page: Option<String>,
    pages: u32,
    data_elements: Vec<String>,
    restricted: bool,
}

impl Default for Document {
    fn default() -> Self {
        let parameters = serde_json::Map::new();
        Self { parameters, body: None, page: None, pages: 1, data_elements: Vec::new(), restricted: false }
    }
}

/// The fields of a form that hold parameters begin so.
pub(crate) const PARAMETER: &str = "p.";

impl Wanted {
    /// Reads a body of JSON; nothing at all is a call without parameters.
    pub(crate) fn of_json(body: &[u8]) -> Result<Self, Refusal> {
        let bad = Refusal::FormField(
            "body",
            "is not {\"parameters\": {…}, \"body\": …, \"page\": …, \"pages\": …, \"data_elements\": […], \"restricted\": …}",
        );
        let document: Document = match body.trim_ascii() {
            [] => Document::default(),
            // A list would be read as the fields in their order.
            body if body.starts_with(b"{") => serde_json::from_slice(body).map_err(|_| bad)?,
            _ => return Err(bad),
        };
        let mut parameters = Vec::new();
        for (name, value) in &document.parameters {
            for value in values(value)? {
                parameters.push((name.clone(), value));
            }
        }
        Ok(Self {
            parameters,
            body: document.body.map(|body| body.get().to_owned()),
            page: document.page,
            pages: document.pages,
            data_elements: document.data_elements,
            restricted: document.restricted,
            ..Self::default()
        })
    }

    /// Reads the explorer's form. A field that was left empty was not given; a list has a value on each line.
    pub(crate) fn of_form(form: &Form) -> Self {
        let text =
            |name: &str| form.field(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let mut parameters = Vec::new();
        let mut data_elements = Vec::new();
        for (name, value) in form.fields() {
            if name == "element" {
                data_elements.push(value.to_owned());
            }
            let Some(name) = name.strip_prefix(PARAMETER) else { continue };
            let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
            parameters.extend(lines.map(|line| (name.to_owned(), line.to_owned())));
        }
        Self {
            connection: text("connection").unwrap_or_default(),
            version: text("version"),
            parameters,
            body: text("body"),
            page: text("page"),
            pages: text("pages").and_then(|text| text.parse().ok()).unwrap_or(1),
            data_elements,
            restricted: text("restricted").is_some(),
        }
    }

    /// Through this connection, in this version.
    pub(crate) fn through(self, connection: &str, version: Option<String>) -> Self {
        Self { connection: connection.to_owned(), version, ..self }
    }

    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The values of a parameter, a line each.
    pub(crate) fn values(&self, name: &str) -> String {
        let mine = self.parameters.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        mine.collect::<Vec<_>>().join("\n")
    }

    /// The same call as the body of a request by JSON.
    pub(crate) fn document(&self) -> String {
        let mut parameters = serde_json::Map::new();
        for (name, _) in &self.parameters {
            let all: Vec<_> = self.parameters.iter().filter(|(known, _)| known == name).collect();
            let value = match all.as_slice() {
                [(_, one)] => Value::from(one.as_str()),
                several => several.iter().map(|(_, value)| value.as_str()).collect(),
            };
            parameters.insert(name.clone(), value);
        }
        let mut document = serde_json::json!({ "parameters": parameters });
        if let Some(body) = self.body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok()) {
            document["body"] = body;
        }
        if !self.data_elements.is_empty() {
            document["data_elements"] = self.data_elements.clone().into();
        }
        if self.restricted {
            document["restricted"] = true.into();
        }
        if self.pages > 1 {
            document["pages"] = self.pages.into();
        }
        document.to_string()
    }
}

/// The texts of a parameter's value.
fn values(value: &Value) -> Result<Vec<String>, Refusal> {
    match value {
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Number(_) | Value::Bool(_) => Ok(vec![value.to_string()]),
        Value::Array(items) if items.iter().all(|item| !item.is_array()) => {
            Ok(items.iter().map(values).collect::<Result<Vec<_>, _>>()?.concat())
        }
        _ => Err(Refusal::FormField(
            "parameters",
            "a value is a text, a number, true, false or a list of those",
        )),
    }
}

/// An answer for programs. Amazon's bodies stand in it as they came.
#[derive(Debug, Serialize)]
pub(crate) struct Called {
    pub(crate) operation: &'static str,
    pub(crate) version: String,
    pub(crate) status: u16,
    pub(crate) verdict: &'static str,
    pub(crate) says: Option<String>,
    pub(crate) request_id: String,
    pub(crate) rate: Option<f64>,
    pub(crate) quota_left: u32,
    pub(crate) next: Option<String>,
    pub(crate) warning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bodies: Option<Vec<Part>>,
}

/// One body.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Part {
    /// None came.
    Nothing,
    /// JSON, byte for byte.
    Json(Box<RawValue>),
    /// Something else, as a text.
    Text(String),
}

impl Part {
    fn of(body: Vec<u8>) -> Self {
        if body.is_empty() {
            return Self::Nothing;
        }
        let text = String::from_utf8_lossy(&body).into_owned();
        RawValue::from_string(text.clone()).map_or(Self::Text(text), Self::Json)
    }

    /// The text of it.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Json(raw) => raw.get(),
            Self::Text(text) => text,
        }
    }
}

impl Called {
    /// As a list of bodies, or, where one page was asked for, as one body.
    pub(crate) fn of(answer: Answer, list: bool) -> Self {
        let mut parts: Vec<Part> = answer.bodies.into_iter().map(Part::of).collect();
        let (body, bodies) = match list {
            true => (None, Some(parts)),
            false => (parts.pop(), None),
        };
        Self {
            operation: answer.operation.name,
            version: answer.operation.api.to_string(),
            status: answer.status,
            verdict: match answer.verdict {
                Verdict::Answered => "answered",
                Verdict::Throttled => "throttled",
                Verdict::Denied(_) | Verdict::TokenRefused => "denied",
                Verdict::Refused => "refused",
                Verdict::Failing => "failing",
            },
            says: answer.says,
            request_id: answer.request_id,
            rate: answer.rate,
            quota_left: answer.quota_left,
            next: answer.next,
            warning: answer.warning,
            body,
            bodies,
        }
    }
}
