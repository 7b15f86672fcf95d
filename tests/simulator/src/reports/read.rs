//! `getReport`, `cancelReport`, and `getReportDocument`, which hands out an address for five minutes.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::kinds::Kind;
use super::make::tell_withdrawn;
use super::report::Report;
use crate::desk::{Fate, Status};
use crate::documents::{self, Source};
use crate::gate::Caller;
use crate::problem::Problem;
use crate::sellers::Seller;
use crate::world::Inside;

/// The report with this identifier.
fn find<'a>(inside: &'a Inside, seller: &Seller, number: Option<u64>) -> Result<&'a Report, Problem> {
    let reports = inside.book.desk.reports.get(&seller.id);
    reports.zip(number).and_then(|(list, number)| list.get(&number)).ok_or_else(Problem::not_found)
}

/// A report as it stands now.
pub(crate) fn get(inside: &Inside, seller: &Seller, id: &str, now: Timestamp) -> Result<Value, Problem> {
    let report = find(inside, seller, Report::number_of(id))?;
    Ok(report.written(inside.book.key, seller.region, now))
}

/// Takes a report back that is still in the queue.
pub(crate) fn cancel(inside: &mut Inside, seller: &Seller, id: &str, now: Timestamp) -> Result<(), Problem> {
    let mut report = find(inside, seller, Report::number_of(id))?.clone();
    let status = report.status(now);
    if status != Status::InQueue {
        let text = format!("Report {id} has the status {} and can no longer be cancelled.", status.word());
        return Err(Problem::input(text));
    }
    report.course.fate = Fate::Withdrawn;
    inside.book.desk.reports.entry(seller.id.clone()).or_default().insert(report.number, report.clone());
    tell_withdrawn(inside, seller, &report, now);
    Ok(())
}

/// The address of a document, and how it is packed.
pub(crate) fn document(
    inside: &mut Inside,
    seller: &Seller,
    caller: &Caller,
    id: &str,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<Value, Problem> {
    let report = find(inside, seller, Report::number_of_document(id))?.clone();
    if report.document_id(inside.book.key, seller.region, now).as_deref() != Some(id) {
        return Err(Problem::not_found());
    }
    let restricted = Kind::named(&report.kind).is_some_and(|kind| kind.restricted);
    if restricted && caller.opens.is_none() {
        return Err(Problem::denied(""));
    }
    let unpack =
        query.iter().any(|(name, value)| name == "enableContentEncodingUrlHeader" && value == "true");
    let url = documents::address(inside, seller, Source::Report(report.number), id, unpack, now);
    let mut told = json!({ "reportDocumentId": id, "url": url });
    if documents::is_packed(report.number) {
        told["compressionAlgorithm"] = json!("GZIP");
    }
    Ok(told)
}
