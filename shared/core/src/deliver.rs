//! Landing pages: one object of gzipped NDJSON under a key that a second run would use again, then an
//! event. The cursor moves after both, so a crash in between repeats and never skips.

use crate::connection::Connection;
use crate::document::Unfit;
use crate::domains::{Domain, Found};
use crate::ports::{Bus, Event, Lake, Unavailable};
use crate::secret::Digest;
use crate::stream::{Walk, Way};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::Write as _;

/// Where records lie.
pub const RECORDS: &str = "records";

/// Where lines of documents lie that could not be made records of.
pub const ASIDE: &str = "aside";

/// Where records with buyers' personal data lie: a key and a life of their own.
pub const PERSONAL: &str = "pii";

/// Characters that stand for a name in a key: 64 bits in hexadecimal.
const NAME_CHARS: usize = 16;

/// One line of an object: where a record comes from, and what Amazon sent, untouched but for line breaks
/// between its parts.
#[derive(Serialize)]
struct Record<'a> {
    tenant: &'a str,
    connection: &'a str,
    seller: &'a str,
    marketplace: Option<&'a str>,
    domain: &'a str,
    entity: &'a str,
    key: Option<&'a str>,
    updated_at: Option<&'a str>,
    fetched_at: Timestamp,
    operation: &'a str,
    request_id: &'a str,
    payload: &'a RawValue,
}

/// Pages of one pass that land together.
#[derive(Debug)]
pub struct Delivery<'a> {
    /// Whose they are.
    pub connection: &'a Connection,
    /// Their domain.
    pub domain: &'a Domain,
    /// The pass at the first of them.
    pub walk: &'a Walk,
    /// How many workers of the stream were put out: one of them may still land what he had, and less than who follows him.
    pub put_out: u32,
}

/// What one answer of Amazon's brought.
#[derive(Debug)]
pub struct Answered {
    /// The operation, or the report type, that it comes from.
    pub operation: &'static str,
    /// Amazon's id of the call.
    pub request_id: String,
    /// When it came.
    pub fetched_at: Timestamp,
    /// Its records.
    pub found: Vec<Found>,
}

impl Delivery<'_> {
    /// The object's key. It depends on the pass and its first page alone: a run that dies before its checkpoint is followed
    /// by one that begins at the same page, and takes its place. The day is the one on which the pass began, so that a day
    /// is complete soon after its end.
    pub fn object_key(&self) -> String {
        self.key_under(if self.domain.personal { PERSONAL } else { RECORDS })
    }

    fn key_under(&self, place: &str) -> String {
        let (after, before) = (self.walk.window.after, self.walk.window.before);
        format!(
            "{}/domain={}/tenant={}/connection={}/date={}/{}-{}-{}{}{:05}.ndjson.gz",
            place,
            self.domain.name,
            self.connection.tenant,
            self.connection.id,
            self.walk.begun.strftime("%Y-%m-%d"),
            after.strftime("%Y%m%dT%H%M%S%3fZ"),
            before.strftime("%Y%m%dT%H%M%S%3fZ"),
            // Two passes of one window by different sources do not overwrite each other.
            self.pass(),
            if self.put_out > 0 { format!("after-{}-", self.put_out) } else { String::new() },
            self.walk.page,
        )
    }

    fn pass(&self) -> String {
        let short = |name: &str| Digest::of(name).as_str().chars().take(NAME_CHARS).collect::<String>();
        match self.walk.way {
            Way::Onward | Way::History | Way::Check => String::new(),
            Way::Sweep => "sweep-".to_owned(),
            // Things that were told of at the same moment lie side by side.
            Way::Named => format!("named-{}-", short(self.walk.name.as_deref().unwrap_or_default())),
        }
    }

    /// Lands the records. No records leave no object.
    pub async fn land(&self, cloud: &(impl Lake + Bus), answers: &[Answered]) -> Result<(), Unavailable> {
        let records = answers.iter().map(|answer| answer.found.len()).sum::<usize>();
        if records == 0 {
            return Ok(());
        }
        let key = self.object_key();
        let body =
            self.lines(answers).map_err(|cause| Unavailable { what: "gzip", cause: Box::new(cause) })?;
        let bytes = body.len();
        cloud.put(&key, body).await?;
        let detail = serde_json::json!({
            "id": key,
            "tenant": self.connection.tenant,
            "connection": self.connection.id,
            "domain": self.domain.name,
            "object": key,
            "records": records,
            "bytes": bytes,
            "after": self.walk.window.after,
            "before": self.walk.window.before,
        });
        cloud.publish(Event { name: "records.landed", detail }).await
    }

    /// Keeps lines that are no rows, each with its number and what is wrong with it. None leave no object.
    pub async fn set_aside(&self, lake: &impl Lake, unfit: &[Unfit]) -> Result<(), Unavailable> {
        if unfit.is_empty() {
            return Ok(());
        }
        let cause = |cause: std::io::Error| Unavailable { what: "gzip", cause: Box::new(cause) };
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        for one in unfit {
            let line = serde_json::json!({ "line": one.number, "what": one.what, "raw": one.raw });
            writeln!(gzip, "{line}").map_err(cause)?;
        }
        let place = if self.domain.personal { PERSONAL } else { ASIDE };
        let key = self.key_under(place).replace(".ndjson.gz", "-aside.ndjson.gz");
        lake.put(&key, gzip.finish().map_err(cause)?).await
    }

    fn lines(&self, answers: &[Answered]) -> std::io::Result<Vec<u8>> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        for (answer, one) in
            answers.iter().flat_map(|answer| answer.found.iter().map(move |one| (answer, one)))
        {
            let line = serde_json::to_vec(&self.record(answer, one))?;
            // A line break in JSON can only stand between its parts; a space there means the same.
            let mut line: Vec<u8> =
                line.into_iter().map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { b }).collect();
            line.push(b'\n');
            gzip.write_all(&line)?;
        }
        gzip.finish()
    }

    fn record<'a>(&'a self, answer: &'a Answered, found: &'a Found) -> Record<'a> {
        Record {
            tenant: self.connection.tenant.as_str(),
            connection: self.connection.id.as_str(),
            seller: self.connection.seller.as_str(),
            marketplace: found.marketplace.as_deref(),
            domain: self.domain.name,
            entity: self.domain.entity,
            key: found.key.as_deref(),
            updated_at: found.updated_at.as_deref(),
            fetched_at: answer.fetched_at,
            operation: answer.operation,
            request_id: &answer.request_id,
            payload: &found.payload,
        }
    }
}
