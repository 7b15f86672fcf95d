//! Records from a document: asked for, waited for, downloaded.
//!
//! Source: Amazon's models reports_2021-06-30.json and dataKiosk_2023-11-15.json. Reports and Data Kiosk's queries live
//! the same life under different names.

use super::heads::{self, Heads};
use super::{Ask, Unreadable};
use crate::call::Call;
use crate::catalogue::request::{BadParameter, build};
use crate::catalogue::{
    CREATE_QUERY, CREATE_REPORT, GET_DOCUMENT, GET_QUERIES, GET_QUERY, GET_REPORT, GET_REPORT_DOCUMENT,
    GET_REPORTS, Operation,
};
use crate::document::Layout;
use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// One kind of document.
#[derive(Debug)]
pub struct Report {
    /// Amazon's report type; of a query, the data set.
    pub kind: &'static str,
    /// How it comes to be.
    pub made: Made,
    /// Report options, as the type wants them.
    pub options: &'static [(&'static str, &'static str)],
    /// Whether it is asked for a stretch of time; otherwise it is a picture of the present.
    pub dated: bool,
    /// How it is written, and its columns.
    pub layout: Layout,
    /// What names a record.
    pub heads: Heads,
}

/// How a document comes to be.
#[derive(Debug, Clone, Copy)]
pub enum Made {
    /// We ask for it.
    Asked,
    /// Amazon makes it when it sees fit: it can be listed only.
    ByAmazon,
    /// We ask Data Kiosk, with this query in GraphQL.
    Query(fn(Ask<'_>) -> String),
}

/// What Amazon says about a document that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The report's or query's id.
    pub id: String,
    /// How far it is.
    pub status: Status,
    /// When it was asked for.
    pub created: Option<Timestamp>,
    /// Its document; nothing where a query found nothing.
    pub document: Option<String>,
    /// The document that explains why it failed.
    pub explanation: Option<String>,
    /// The token of a query's next part.
    pub next: Option<String>,
}

/// How far a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Queued or in progress.
    UnderWay,
    /// Ready.
    Done,
    /// Withdrawn: by us, because there is nothing to report, or because it was asked for too soon.
    Cancelled,
    /// Amazon could not make it.
    Fatal,
}

/// The address of a document, a secret for five minutes, and how it is compressed.
pub struct Located {
    /// The address.
    pub url: String,
    /// `GZIP`, or nothing.
    pub compression: Option<String>,
}

/// A report of a day ends a second before midnight: Amazon counts the day of its end in.
const END_OF_DAY: SignedDuration = SignedDuration::from_secs(1);

/// Types that Amazon never withdraws for being asked too soon: the reports of all orders are exempt from how often
/// reports may be asked for (developer-docs.amazon.com/sp-api, fba-sales-reports-attributes).
const AT_ANY_TIME: &str = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_";

/// Reports on one page of the list, the most Amazon gives.
const LISTED: &str = "100";

/// Amazon lists reports of the last 90 days (getReports, `createdSince`); an hour less.
pub(crate) const LISTED_SINCE: SignedDuration = SignedDuration::from_hours(24 * 90 - 1);

impl Report {
    /// Whether one that was withdrawn may have been asked for too soon; otherwise there is nothing to report.
    pub fn may_come_too_soon(&self) -> bool {
        !self.kind.starts_with(AT_ANY_TIME)
    }

    /// The operation of its first call.
    pub fn first(&self) -> &'static Operation {
        match self.made {
            Made::Asked => &CREATE_REPORT,
            Made::ByAmazon => &GET_REPORTS,
            Made::Query(_) => &CREATE_QUERY,
        }
    }

    /// Every operation that it calls.
    pub fn operations(&self) -> Vec<&'static Operation> {
        match self.made {
            Made::Asked => vec![&CREATE_REPORT, &GET_REPORTS, &GET_REPORT, &GET_REPORT_DOCUMENT],
            Made::ByAmazon => vec![&GET_REPORTS, &GET_REPORT_DOCUMENT],
            Made::Query(_) => vec![&CREATE_QUERY, &GET_QUERIES, &GET_QUERY, &GET_DOCUMENT],
        }
    }

    /// What a document is asked for with.
    fn wanted(&self, ask: Ask<'_>, next: Option<&str>) -> Value {
        if let Made::Query(query) = self.made {
            let mut body = json!({ "query": query(ask) });
            if let Some(token) = next {
                body["paginationToken"] = token.into();
            }
            return body;
        }
        let mut body = json!({ "reportType": self.kind, "marketplaceIds": ask.stores });
        if self.dated {
            body["dataStartTime"] = ask.window.after.to_string().into();
            body["dataEndTime"] = (ask.window.before - END_OF_DAY).to_string().into();
        }
        if !self.options.is_empty() {
            body["reportOptions"] = self.options.iter().map(|(name, value)| (*name, *value)).collect();
        }
        body
    }

    /// The call that asks for it.
    pub fn ask(&self, ask: Ask<'_>, next: Option<&str>) -> Result<(&'static Operation, Call), BadParameter> {
        let operation = self.first();
        Ok((operation, build(operation, &[], Some(&self.wanted(ask, next).to_string()))?))
    }

    /// The call that lists what was asked for, or what Amazon made, since `since`.
    pub fn list(
        &self,
        ask: Ask<'_>,
        since: Timestamp,
        until: Option<Timestamp>,
        token: Option<&str>,
    ) -> Result<(&'static Operation, Call), BadParameter> {
        let query = self.is_query();
        let operation = if query { &GET_QUERIES } else { &GET_REPORTS };
        let (since, until) = (since.to_string(), until.map(|until| until.to_string()));
        let given = match (token, query) {
            // The token goes alone: anything beside it makes Amazon refuse the call.
            (Some(token), false) => vec![("nextToken", token)],
            (Some(token), true) => vec![("paginationToken", token)],
            (None, query) => {
                let mut given = vec![("createdSince", since.as_str()), ("pageSize", LISTED)];
                given.extend(until.as_deref().map(|until| ("createdUntil", until)));
                if !query {
                    given.push(("reportTypes", self.kind));
                    if matches!(self.made, Made::ByAmazon) {
                        given.push(("processingStatuses", "DONE"));
                    }
                    given.extend(ask.stores.iter().map(|store| ("marketplaceIds", store.as_str())));
                }
                given
            }
        };
        Ok((operation, build(operation, &given, None)?))
    }

    /// The call that asks how far it is.
    pub fn look(&self, id: &str) -> Result<(&'static Operation, Call), BadParameter> {
        let (operation, name) = match self.made {
            Made::Query(_) => (&GET_QUERY, "queryId"),
            Made::Asked | Made::ByAmazon => (&GET_REPORT, "reportId"),
        };
        Ok((operation, build(operation, &[(name, id)], None)?))
    }

    /// The call that asks where its document is.
    pub fn locate(&self, document: &str) -> Result<(&'static Operation, Call), BadParameter> {
        let (operation, name) = match self.made {
            Made::Query(_) => (&GET_DOCUMENT, "documentId"),
            Made::Asked | Made::ByAmazon => (&GET_REPORT_DOCUMENT, "reportDocumentId"),
        };
        Ok((operation, build(operation, &[(name, document)], None)?))
    }

    /// Reads the id of what was asked for.
    pub fn asked(&self, body: &[u8]) -> Result<String, Unreadable> {
        field(parse(body)?, self.id()).ok_or(Unreadable)
    }

    /// Reads how far it is.
    pub fn progress(&self, body: &[u8]) -> Result<Progress, Unreadable> {
        self.one(parse(body)?)
    }

    /// Reads a page of the list, and the token of the next.
    pub fn listed(&self, body: &[u8]) -> Result<(Vec<Progress>, Option<String>), Unreadable> {
        let answer = parse(body)?;
        let token = if self.is_query() { "pagination.nextToken" } else { "nextToken" };
        let read = self.all(answer)?.into_iter().map(|one| self.one(one)).collect::<Result<_, _>>()?;
        Ok((read, field(answer, token).filter(|token| !token.is_empty())))
    }

    /// Those of a list that were asked for with the same words.
    pub fn equal(&self, ask: Ask<'_>, body: &[u8]) -> Result<Vec<Progress>, Unreadable> {
        let wanted = self.wanted(ask, None);
        let same = |one: &&RawValue| match wanted.get("query").and_then(Value::as_str) {
            Some(query) => field(one, "query").as_deref() == Some(query),
            None => {
                let moment = |name| field(one, name).and_then(|text| text.parse::<Timestamp>().ok());
                let asked = |name: &str| wanted.get(name)?.as_str()?.parse::<Timestamp>().ok();
                let stores = heads::at(one, "marketplaceIds")
                    .and_then(|list| serde_json::from_str::<Vec<String>>(list.get()).ok())
                    .unwrap_or_default();
                field(one, "reportType").as_deref() == Some(self.kind)
                    && stores == ask.stores
                    && (!self.dated
                        || ["dataStartTime", "dataEndTime"].iter().all(|name| moment(name) == asked(name)))
            }
        };
        self.all(parse(body)?)?.into_iter().filter(same).map(|one| self.one(one)).collect()
    }

    /// Reads where its document is.
    pub fn located(&self, body: &[u8]) -> Result<Located, Unreadable> {
        let answer = parse(body)?;
        let url = if self.is_query() { "documentUrl" } else { "url" };
        let url = field(answer, url).ok_or(Unreadable)?;
        Ok(Located { url, compression: field(answer, "compressionAlgorithm") })
    }

    fn is_query(&self) -> bool {
        matches!(self.made, Made::Query(_))
    }

    /// What a list's answer lists.
    fn all<'a>(&self, answer: &'a RawValue) -> Result<Vec<&'a RawValue>, Unreadable> {
        let list = heads::at(answer, if self.is_query() { "queries" } else { "reports" });
        serde_json::from_str(list.ok_or(Unreadable)?.get()).map_err(|_| Unreadable)
    }

    fn id(&self) -> &'static str {
        if self.is_query() { "queryId" } else { "reportId" }
    }

    fn one(&self, one: &RawValue) -> Result<Progress, Unreadable> {
        let status = match field(one, "processingStatus").ok_or(Unreadable)?.as_str() {
            "DONE" => Status::Done,
            "CANCELLED" => Status::Cancelled,
            "FATAL" => Status::Fatal,
            // IN_QUEUE, IN_PROGRESS, and whatever Amazon may add on the way there.
            _ => Status::UnderWay,
        };
        let query = self.is_query();
        let document = field(one, if query { "dataDocumentId" } else { "reportDocumentId" });
        let failed = status == Status::Fatal;
        Ok(Progress {
            id: field(one, self.id()).ok_or(Unreadable)?,
            status,
            created: field(one, "createdTime").and_then(|text| text.parse().ok()),
            explanation: if query {
                field(one, "errorDocumentId")
            } else {
                document.clone().filter(|_| failed)
            },
            document: document.filter(|_| !failed),
            next: field(one, "pagination.nextToken"),
        })
    }
}

fn parse(body: &[u8]) -> Result<&RawValue, Unreadable> {
    serde_json::from_slice(body).map_err(|_| Unreadable)
}

fn field(answer: &RawValue, path: &str) -> Option<String> {
    heads::at(answer, path).and_then(heads::scalar)
}
