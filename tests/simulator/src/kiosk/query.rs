//! One query, and how Amazon writes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::chance::{mix, of_text, uuid};
use crate::clock::text;
use crate::desk::{Course, Fate, Status};
use crate::marketplaces::Region;
use crate::reports::account_id;
use crate::sealed;
use crate::sellers::Seller;

/// What an identifier is more than the query's number: Amazon's have eleven digits.
const FIRST_ID: u64 = 54_000_000_000;

/// One query of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Query {
    pub(crate) number: u64,
    /// The GraphQL text as it was sent.
    pub(crate) text: String,
    /// Rows on the pages before.
    pub(crate) from: usize,
    /// Rows on this page, at most.
    pub(crate) page: usize,
    /// The moment of the first page: later pages show the world as it was then.
    pub(crate) as_of: Timestamp,
    /// More rows are left.
    pub(crate) more: bool,
    pub(crate) course: Course,
}

/// What the token of a next page says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Onward {
    pub(crate) seller: String,
    /// Sum of the query's text, which must come with the token.
    pub(crate) text: u64,
    pub(crate) from: usize,
    pub(crate) as_of: Timestamp,
}

/// The truth about one query, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryTruth {
    /// Amazon's identifier; another account's query may have the same.
    pub query_id: String,
    /// The GraphQL text.
    pub query: String,
    /// When it was asked.
    pub created_time: String,
    /// `IN_QUEUE`, `IN_PROGRESS`, `DONE`, `CANCELLED`, `FATAL`.
    pub processing_status: String,
    /// Rows on the pages before this one.
    pub rows_before: usize,
}

impl Query {
    /// The number behind an identifier.
    pub(crate) fn number_of(id: &str) -> Option<u64> {
        id.parse::<u64>().ok()?.checked_sub(FIRST_ID)
    }

    /// Amazon's identifier.
    pub(crate) fn id(&self) -> String {
        (FIRST_ID + self.number).to_string()
    }

    /// How far it is now. A query without rows is done all the same.
    pub(crate) fn status(&self, now: Timestamp) -> Status {
        self.course.status(now, Status::Done)
    }

    /// The identifier of its rows' document, once it has one.
    pub(crate) fn data_id(&self, key: u64, region: Region, now: Timestamp) -> Option<String> {
        let has = self.status(now) == Status::Done && self.course.fate == Fate::Done;
        has.then(|| self.document_id(key, region, 'D'))
    }

    /// The identifier of the document that says why it failed.
    pub(crate) fn error_id(&self, key: u64, region: Region, now: Timestamp) -> Option<String> {
        let has = self.status(now) == Status::Fatal && matches!(self.course.fate, Fate::Fatal(Some(_)));
        has.then(|| self.document_id(key, region, 'E'))
    }

    fn document_id(&self, key: u64, region: Region, letter: char) -> String {
        let own = uuid(key ^ mix(of_text("query document") ^ self.number));
        format!("amzn1.tortuga.4.{}.{own}.{letter}{}", region.word(), self.number)
    }

    /// The number of the query whose document may have this identifier.
    pub(crate) fn number_of_document(id: &str) -> Option<u64> {
        id.rsplit_once('.')?.1.get(1..)?.parse().ok()
    }

    /// What it has besides its course: documents and the next page.
    fn outcome(&self, key: u64, seller: &Seller, now: Timestamp) -> Value {
        let mut told = json!({
            "queryId": self.id(),
            "query": self.text,
            "processingStatus": self.status(now).word(),
        });
        if let Some(id) = self.data_id(key, seller.region, now) {
            told["dataDocumentId"] = json!(id);
            if self.more {
                let onward = Onward {
                    seller: seller.id.clone(),
                    text: of_text(&self.text),
                    from: self.from + self.page,
                    as_of: self.as_of,
                };
                told["pagination"] = json!({ "nextToken": sealed::seal(&onward, self.number, key) });
            }
        }
        if let Some(id) = self.error_id(key, seller.region, now) {
            told["errorDocumentId"] = json!(id);
        }
        told
    }

    /// As the API writes it.
    pub(crate) fn written(&self, key: u64, seller: &Seller, now: Timestamp) -> Value {
        let status = self.status(now);
        let mut written = self.outcome(key, seller, now);
        written["createdTime"] = json!(text(self.course.created));
        let began = status != Status::InQueue && self.course.fate != Fate::Withdrawn;
        if began {
            written["processingStartTime"] = json!(text(self.course.starts));
        }
        if began && status != Status::InProgress {
            written["processingEndTime"] = json!(text(self.course.ends));
        }
        written
    }

    /// What `DATA_KIOSK_QUERY_PROCESSING_FINISHED` tells of it
    /// (schemas/notifications/DataKioskQueryProcessingFinishedNotification).
    pub(crate) fn told(&self, seller: &Seller, key: u64, now: Timestamp) -> Value {
        let mut told = self.outcome(key, seller, now);
        told["accountId"] = json!(account_id(seller));
        told
    }

    /// The whole truth.
    pub(crate) fn truth(&self, now: Timestamp) -> QueryTruth {
        QueryTruth {
            query_id: self.id(),
            query: self.text.clone(),
            created_time: text(self.course.created),
            processing_status: self.status(now).word().to_owned(),
            rows_before: self.from,
        }
    }
}
