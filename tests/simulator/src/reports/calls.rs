//! The five operations on reports, and which code answers each.

use jiff::Timestamp;

use super::{create, list, read};
use crate::bucket::Rate;
use crate::faults::FaultKind;
use crate::gate::Caller;
use crate::problem::{CONTENT_TYPE, Problem};
use crate::reply::Reply;
use crate::sellers::Seller;
use crate::sp_api::Call;
use crate::world::Inside;

/// A call about reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReportCall {
    /// `GET /reports/2021-06-30/reports`
    List,
    /// `POST /reports/2021-06-30/reports`
    Create,
    /// `GET /reports/2021-06-30/reports/{reportId}`
    Get(String),
    /// `DELETE /reports/2021-06-30/reports/{reportId}`
    Cancel(String),
    /// `GET /reports/2021-06-30/documents/{reportDocumentId}`
    Document(String),
}

impl ReportCall {
    /// Every operation's name.
    pub(crate) const NAMES: [&'static str; 5] =
        ["createReport", "getReports", "getReport", "cancelReport", "getReportDocument"];

    /// The operation behind a method and the segments of a path.
    pub(crate) fn of(method: &str, segments: &[&str]) -> Option<Self> {
        let ["reports", "2021-06-30", rest @ ..] = segments else { return None };
        match (method, rest) {
            ("GET", ["reports"]) => Some(Self::List),
            ("POST", ["reports"]) => Some(Self::Create),
            ("GET", ["reports", id]) if !id.is_empty() => Some(Self::Get((*id).to_owned())),
            ("DELETE", ["reports", id]) if !id.is_empty() => Some(Self::Cancel((*id).to_owned())),
            ("GET", ["documents", id]) if !id.is_empty() => Some(Self::Document((*id).to_owned())),
            _ => None,
        }
    }

    /// Amazon's name of it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::List => "getReports",
            Self::Create => "createReport",
            Self::Get(_) => "getReport",
            Self::Cancel(_) => "cancelReport",
            Self::Document(_) => "getReportDocument",
        }
    }

    /// Its usage plan, from the official model.
    pub(crate) fn rate(&self) -> Rate {
        match self {
            Self::List | Self::Cancel(_) => Rate { ten_thousandths: 222, burst: 10 },
            Self::Create | Self::Document(_) => Rate { ten_thousandths: 167, burst: 15 },
            Self::Get(_) => Rate { ten_thousandths: 20_000, burst: 15 },
        }
    }
}

/// Answers a call about this account's reports.
pub(crate) fn answer(
    inside: &mut Inside,
    (seller, caller): (&Seller, &Caller),
    asked: &ReportCall,
    call: &Call,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Reply, Problem> {
    match asked {
        ReportCall::Create => {
            let made = create::create(inside, seller, call.body.as_ref(), fault, now)?;
            inside.save();
            Ok(Reply::json(202, CONTENT_TYPE, &made))
        }
        ReportCall::List => list::list(inside, seller, &call.query, now).map(ok),
        ReportCall::Get(id) => read::get(inside, seller, id, now).map(ok),
        ReportCall::Cancel(id) => {
            read::cancel(inside, seller, id, now)?;
            inside.save();
            Ok(Reply { status: 200, headers: Vec::new(), body: Vec::new() })
        }
        ReportCall::Document(id) => {
            let told = read::document(inside, seller, caller, id, &call.query, now)?;
            inside.save();
            Ok(ok(told))
        }
    }
}

fn ok(body: serde_json::Value) -> Reply {
    Reply::json(200, CONTENT_TYPE, &body)
}
