//! One report, and how Amazon writes it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::chance::{mix, of_text, uuid};
use crate::clock::text;
use crate::desk::{Course, Fate, Status};
use crate::marketplaces::Region;
use crate::sellers::{Seller, SellerKind};

/// What an identifier is more than the report's number: Amazon's have eleven digits.
const FIRST_ID: u64 = 50_000_000_000;

/// One report of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) number: u64,
    /// The report type's name.
    pub(crate) kind: String,
    pub(crate) stores: Vec<String>,
    pub(crate) start: Option<Timestamp>,
    pub(crate) end: Option<Timestamp>,
    pub(crate) options: BTreeMap<String, String>,
    pub(crate) course: Course,
}

/// The truth about one report, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportTruth {
    /// Amazon's identifier; another account's report may have the same.
    pub report_id: String,
    /// The report type.
    pub report_type: String,
    /// The stores that it is about.
    pub marketplace_ids: Vec<String>,
    /// The beginning of its time, if one was asked for.
    pub data_start_time: Option<String>,
    /// The end of its time, if one was asked for.
    pub data_end_time: Option<String>,
    /// When it was asked for.
    pub created_time: String,
    /// `IN_QUEUE`, `IN_PROGRESS`, `DONE`, `CANCELLED`, `FATAL`.
    pub processing_status: String,
    /// Why it was cancelled, which Amazon does not tell: `no data`, `too soon`, `withdrawn`.
    pub cancelled_for: Option<String>,
}

impl Report {
    /// The number behind an identifier.
    pub(crate) fn number_of(id: &str) -> Option<u64> {
        id.parse::<u64>().ok()?.checked_sub(FIRST_ID)
    }

    /// Amazon's identifier.
    pub(crate) fn id(&self) -> String {
        (FIRST_ID + self.number).to_string()
    }

    /// How far it is now.
    pub(crate) fn status(&self, now: Timestamp) -> Status {
        self.course.status(now, Status::Cancelled)
    }

    /// The identifier of its document, once it has one.
    pub(crate) fn document_id(&self, key: u64, region: Region, now: Timestamp) -> Option<String> {
        let has = match self.status(now) {
            Status::Done => true,
            Status::Fatal => matches!(&self.course.fate, Fate::Fatal(Some(_))),
            _ => false,
        };
        let own = uuid(key ^ mix(of_text("report document") ^ self.number));
        has.then(|| {
            format!("amzn1.spdoc.1.4.{}.{own}.T{:013}.R{}", region.word(), self.number * 7_919, self.number)
        })
    }

    /// The number of the report whose document may have this identifier.
    pub(crate) fn number_of_document(id: &str) -> Option<u64> {
        id.rsplit_once(".R")?.1.parse().ok()
    }

    /// As the API writes it.
    pub(crate) fn written(&self, key: u64, region: Region, now: Timestamp) -> Value {
        let status = self.status(now);
        let mut written = json!({
            "reportId": self.id(),
            "reportType": self.kind,
            "marketplaceIds": self.stores,
            "createdTime": text(self.course.created),
            "processingStatus": status.word(),
        });
        let began = status != Status::InQueue && self.course.fate != Fate::Withdrawn;
        let ended = began && status != Status::InProgress;
        for (name, time) in [
            ("dataStartTime", self.start),
            ("dataEndTime", self.end),
            ("processingStartTime", began.then_some(self.course.starts)),
            ("processingEndTime", ended.then_some(self.course.ends)),
        ] {
            if let Some(time) = time {
                written[name] = json!(text(time));
            }
        }
        if let Some(id) = self.document_id(key, region, now) {
            written["reportDocumentId"] = json!(id);
        }
        written
    }

    /// What `REPORT_PROCESSING_FINISHED` tells of it (schemas/notifications/ReportProcessingFinishedNotification).
    pub(crate) fn told(&self, seller: &Seller, key: u64, now: Timestamp) -> Value {
        let mut told = json!({
            "accountId": account_id(seller),
            "reportId": self.id(),
            "reportType": self.kind,
            "processingStatus": self.status(now).word(),
        });
        if seller.kind == SellerKind::Seller {
            told["sellerId"] = json!(seller.id);
        }
        if let Some(id) = self.document_id(key, seller.region, now) {
            told["reportDocumentId"] = json!(id);
        }
        json!({ "reportProcessingFinishedNotification": told })
    }

    /// The whole truth.
    pub(crate) fn truth(&self, now: Timestamp) -> ReportTruth {
        let cancelled_for = match (&self.course.fate, self.status(now)) {
            (Fate::Empty, Status::Cancelled) => Some("no data"),
            (Fate::TooSoon, Status::Cancelled) => Some("too soon"),
            (Fate::Withdrawn, _) => Some("withdrawn"),
            _ => None,
        };
        ReportTruth {
            report_id: self.id(),
            report_type: self.kind.clone(),
            marketplace_ids: self.stores.clone(),
            data_start_time: self.start.map(text),
            data_end_time: self.end.map(text),
            created_time: text(self.course.created),
            processing_status: self.status(now).word().to_owned(),
            cancelled_for: cancelled_for.map(str::to_owned),
        }
    }
}

/// The account's identifier in notifications: a merchant's, or a vendor group's.
pub(crate) fn account_id(seller: &Seller) -> String {
    match seller.kind {
        SellerKind::Seller => format!("amzn1.merchant.o.{}", seller.id),
        SellerKind::Vendor => format!("amzn1.vg.{}", of_text(&seller.id) % 10_000_000),
    }
}
