//! Messages: what a task says, and what is wrong with one that cannot be read.
//!
//! A task names a row and nothing else. It carries no window, cursor, address or token, so that a forged,
//! old or redelivered one can at worst make us look at a stream of ours once more.

use crate::ids::{ConnectionId, ImportId, TenantId};
use crate::lwa::LwaError;
use crate::ports::Unavailable;
use crate::store::StoreError;
use crate::token::VaultError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The version of all messages.
pub const VERSION: u64 = 1;

/// Why a message cannot be used. The codes are those operators see; no part of the message is repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMessage {
    /// Not a JSON object.
    #[error("E_MSG_JSON: not a JSON object")]
    Json,
    /// No version.
    #[error("E_MSG_VERSION: no `v`")]
    Version,
    /// Not from whom it says it is.
    #[error("E_MSG_SOURCE: not about an application or a subscription of ours, or not Amazon's")]
    Source,
    /// A field is missing, has another type, or is not ours.
    #[error("E_MSG_FIELD({0})")]
    Field(String),
}

impl BadMessage {
    fn field(what: impl Into<String>) -> Self {
        Self::Field(what.into())
    }
}

/// "Move this stream on."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchTask {
    /// [`VERSION`].
    pub v: u64,
    /// Whose stream.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// The domain.
    pub domain: String,
    /// The part of the account: `account`, or a marketplace id.
    pub scope: String,
    /// The grant it was made for.
    pub generation: u64,
    /// The dispatch it belongs to: two messages with one slot are the same job.
    pub slot: u64,
    /// The lease's fence that an earlier delivery found held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saw: Option<u64>,
}

/// "Renew this connection's access token."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshTask {
    /// [`VERSION`].
    pub v: u64,
    /// Whose connection.
    pub tenant: TenantId,
    /// Which.
    pub connection: ConnectionId,
    /// The grant it was made for.
    pub generation: u64,
    /// The serial of the token that is not wanted any more: a newer one is left alone.
    pub serial: u64,
    /// The lease's fence that an earlier delivery found held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saw: Option<u64>,
}

/// "Move this part of an import on."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTask {
    /// [`VERSION`].
    pub v: u64,
    /// Whose import.
    pub tenant: TenantId,
    /// Which.
    pub import: ImportId,
    /// The part, from 0.
    pub part: u32,
}

impl FetchTask {
    /// Reads a message body.
    pub fn parse(body: &str) -> Result<Self, BadMessage> {
        let fields = object(body)?;
        known(&fields, &["v", "tenant", "connection", "domain", "scope", "generation", "slot", "saw"])?;
        Ok(Self {
            v: VERSION,
            tenant: tenant(&fields)?,
            connection: connection(&fields)?,
            domain: text(&fields, "domain")?,
            scope: text(&fields, "scope")?,
            generation: number(&fields, "generation")?,
            slot: number(&fields, "slot")?,
            saw: optional_number(&fields, "saw")?,
        })
    }
}

impl RefreshTask {
    /// Reads a message body.
    pub fn parse(body: &str) -> Result<Self, BadMessage> {
        let fields = object(body)?;
        known(&fields, &["v", "tenant", "connection", "generation", "serial", "saw"])?;
        Ok(Self {
            v: VERSION,
            tenant: tenant(&fields)?,
            connection: connection(&fields)?,
            generation: number(&fields, "generation")?,
            serial: number(&fields, "serial")?,
            saw: optional_number(&fields, "saw")?,
        })
    }
}

impl ImportTask {
    /// Reads a message body.
    pub fn parse(body: &str) -> Result<Self, BadMessage> {
        let fields = object(body)?;
        known(&fields, &["v", "tenant", "import", "part"])?;
        let import = ImportId::parse(&text(&fields, "import")?).map_err(|_| BadMessage::field("import"))?;
        let part = u32::try_from(number(&fields, "part")?).map_err(|_| BadMessage::field("part"))?;
        Ok(Self { v: VERSION, tenant: tenant(&fields)?, import, part })
    }
}

fn object(body: &str) -> Result<Map<String, Value>, BadMessage> {
    let fields: Map<String, Value> = serde_json::from_str(body).map_err(|_| BadMessage::Json)?;
    match fields.get("v") {
        None => Err(BadMessage::Version),
        Some(v) if v.as_u64() == Some(VERSION) => Ok(fields),
        Some(_) => Err(BadMessage::field("v")),
    }
}

fn known(fields: &Map<String, Value>, names: &[&str]) -> Result<(), BadMessage> {
    match fields.keys().find(|name| !names.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) if name.len() <= 32 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
            Err(BadMessage::Field(format!("unknown field {name}")))
        }
        Some(_) => Err(BadMessage::field("unknown field")),
    }
}

fn text(fields: &Map<String, Value>, name: &str) -> Result<String, BadMessage> {
    match fields.get(name).and_then(Value::as_str) {
        Some(text) if (1..=64).contains(&text.len()) => Ok(text.to_owned()),
        _ => Err(BadMessage::field(name)),
    }
}

fn tenant(fields: &Map<String, Value>) -> Result<TenantId, BadMessage> {
    TenantId::parse(&text(fields, "tenant")?).map_err(|_| BadMessage::field("tenant"))
}

fn connection(fields: &Map<String, Value>) -> Result<ConnectionId, BadMessage> {
    ConnectionId::parse(&text(fields, "connection")?).map_err(|_| BadMessage::field("connection"))
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<u64, BadMessage> {
    fields.get(name).and_then(Value::as_u64).ok_or_else(|| BadMessage::field(name))
}

fn optional_number(fields: &Map<String, Value>, name: &str) -> Result<Option<u64>, BadMessage> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => number(fields, name).map(Some),
    }
}

/// What becomes of a message. `Parked` and `Dropped` are acknowledged: no retry could help them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Worked on; the text says how far.
    Done(&'static str),
    /// Sent again with a delay, with what it learned.
    Postponed(&'static str),
    /// Not needed any more; the text says why, with a code.
    Dropped(&'static str),
    /// Kept aside with its reason.
    Parked(BadMessage),
}

/// A task could not be carried through. What was checkpointed stands, and its message comes again.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A queue, the lake, the bus or randomness.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The key service. No connection changes because of it.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// An imported grant could not be stored; why, without a secret.
    #[error("the grant could not be stored: {0}")]
    NotStored(String),
    /// A new secret could not be tried yet. The one in force stays.
    #[error("the new secret could not be tried")]
    Untried(#[source] LwaError),
    /// Somebody else took the stream over, or a reconnect came between. Nothing was overwritten.
    #[error("the stream was taken over")]
    Lost,
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"v":1,"tenant":"t","connection":"c1","domain":"orders","scope":"account","generation":2,"slot":7}"#;

    fn without(name: &str) -> String {
        let mut fields: Map<String, Value> = serde_json::from_str(GOOD).unwrap();
        fields.remove(name);
        Value::Object(fields).to_string()
    }

    #[test]
    fn a_task_survives_its_journey() {
        let task = FetchTask::parse(GOOD).unwrap();
        assert_eq!(FetchTask::parse(&serde_json::to_string(&task).unwrap()).unwrap(), task);
    }

    #[test]
    fn each_malformed_task_has_its_code() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for (body, code) in [
            (String::new(), "E_MSG_JSON: not a JSON object"),
            ("{".to_owned(), "E_MSG_JSON: not a JSON object"),
            ("[]".to_owned(), "E_MSG_JSON: not a JSON object"),
            (GOOD.replace("\"t\"", &deep), "E_MSG_JSON: not a JSON object"),
            (without("v"), "E_MSG_VERSION: no `v`"),
            (GOOD.replace("\"v\":1", "\"v\":\"1\""), "E_MSG_FIELD(v)"),
            (GOOD.replace("\"v\":1", "\"v\":9"), "E_MSG_FIELD(v)"),
            (without("tenant"), "E_MSG_FIELD(tenant)"),
            (GOOD.replace("\"t\"", "\"../t\""), "E_MSG_FIELD(tenant)"),
            (GOOD.replace("\"slot\":7", "\"slot\":-7"), "E_MSG_FIELD(slot)"),
            (GOOD.replace("{", "{\"url\":\"http://169.254.169.254\","), "E_MSG_FIELD(unknown field url)"),
            (GOOD.replace("{", "{\"window\":{},"), "E_MSG_FIELD(unknown field window)"),
            (GOOD.replace("{", "{\"<script>\":1,"), "E_MSG_FIELD(unknown field)"),
        ] {
            assert_eq!(FetchTask::parse(&body).unwrap_err().to_string(), code, "{body}");
        }
    }

    #[test]
    fn a_malformed_refresh_task_has_the_same_codes() {
        assert_eq!(RefreshTask::parse("{}").unwrap_err().to_string(), "E_MSG_VERSION: no `v`");
        let body = r#"{"v":1,"tenant":"t","connection":"c1","generation":1}"#;
        assert_eq!(RefreshTask::parse(body).unwrap_err().to_string(), "E_MSG_FIELD(serial)");
    }
}
