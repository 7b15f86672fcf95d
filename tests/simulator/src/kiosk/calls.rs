//! The five operations of Data Kiosk, and which code answers each.

use jiff::Timestamp;

use super::{create, list, read};
use crate::bucket::Rate;
use crate::faults::FaultKind;
use crate::problem::{CONTENT_TYPE, Problem};
use crate::reply::Reply;
use crate::sellers::Seller;
use crate::sp_api::Call;
use crate::world::Inside;

/// A call about queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KioskCall {
    /// `GET /dataKiosk/2023-11-15/queries`
    List,
    /// `POST /dataKiosk/2023-11-15/queries`
    Create,
    /// `GET /dataKiosk/2023-11-15/queries/{queryId}`
    Get(String),
    /// `DELETE /dataKiosk/2023-11-15/queries/{queryId}`
    Cancel(String),
    /// `GET /dataKiosk/2023-11-15/documents/{documentId}`
    Document(String),
}

impl KioskCall {
    /// Every operation's name.
    pub(crate) const NAMES: [&'static str; 5] =
        ["createQuery", "getQueries", "getQuery", "cancelQuery", "getDocument"];

    /// The operation behind a method and the segments of a path.
    pub(crate) fn of(method: &str, segments: &[&str]) -> Option<Self> {
        let ["dataKiosk", "2023-11-15", rest @ ..] = segments else { return None };
        match (method, rest) {
            ("GET", ["queries"]) => Some(Self::List),
            ("POST", ["queries"]) => Some(Self::Create),
            ("GET", ["queries", id]) if !id.is_empty() => Some(Self::Get((*id).to_owned())),
            ("DELETE", ["queries", id]) if !id.is_empty() => Some(Self::Cancel((*id).to_owned())),
            ("GET", ["documents", id]) if !id.is_empty() => Some(Self::Document((*id).to_owned())),
            _ => None,
        }
    }

    /// Amazon's name of it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::List => "getQueries",
            Self::Create => "createQuery",
            Self::Get(_) => "getQuery",
            Self::Cancel(_) => "cancelQuery",
            Self::Document(_) => "getDocument",
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

/// Answers a call about this account's queries.
pub(crate) fn answer(
    inside: &mut Inside,
    seller: &Seller,
    asked: &KioskCall,
    call: &Call,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Reply, Problem> {
    match asked {
        KioskCall::Create => {
            let made = create::create(inside, seller, call.body.as_ref(), fault, now)?;
            inside.save();
            Ok(Reply::json(202, CONTENT_TYPE, &made))
        }
        KioskCall::List => list::list(inside, seller, &call.query, now).map(ok),
        KioskCall::Get(id) => read::get(inside, seller, id, now).map(ok),
        KioskCall::Cancel(id) => {
            read::cancel(inside, seller, id, now)?;
            inside.save();
            Ok(Reply::nothing())
        }
        KioskCall::Document(id) => {
            let told = read::document(inside, seller, id, now)?;
            inside.save();
            Ok(ok(told))
        }
    }
}

fn ok(body: serde_json::Value) -> Reply {
    Reply::json(200, CONTENT_TYPE, &body)
}
