//! Hands a document out to whoever comes with its address and nothing else.

use jiff::Timestamp;

use super::address::{self, Address, Source};
use super::write::{Written, write_failure, write_lines, write_report};
use super::{DOWNLOAD, storage};
use crate::asked::Asked;
use crate::desk::Fate;
use crate::faults::FaultKind;
use crate::reply::Reply;
use crate::world::{Inside, World};
use crate::{kiosk, reports};

/// One request for a document.
#[derive(Clone, Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    /// The header `Authorization` is there.
    pub(crate) authorized: bool,
    /// A header of AWS's or of the API's that the signature does not cover.
    pub(crate) unsigned: Option<String>,
    /// The header `Range`.
    pub(crate) range: Option<String>,
}

/// Answers a download; the fault, if any, is still to be done to the answer on its way out.
pub(crate) fn answer(world: &World, visit: &Visit<'_>) -> (Reply, Option<FaultKind>) {
    let now = world.now();
    let mut held = world.hold();
    let inside = &mut *held;
    inside.settle(now);
    let address = address::find(inside, visit.path, visit.query).filter(|_| visit.method == "GET");
    let seller = address.as_ref().map(|address| address.seller.clone());
    let fault = inside.dial.take(DOWNLOAD, seller.as_deref());
    let told = address.as_ref().and_then(|address| about(inside, address)).unwrap_or_default();
    let reply = match (&fault, &address) {
        (_, None) => storage::unknown(),
        (Some(FaultKind::Status { status }), _) => storage::trouble(*status),
        (Some(FaultKind::Throttled { .. }), _) => storage::trouble(503),
        (Some(FaultKind::ExpiredAddress), Some(address)) => storage::expired(address, now),
        (_, Some(address)) => serve(inside, address, visit, fault.as_ref(), now),
    };
    let request_id = inside.request_id();
    inside.note(Asked {
        time: now,
        region: None,
        operation: DOWNLOAD.to_owned(),
        seller,
        status: reply.status,
        query: told,
        left: None,
        fault: fault.as_ref().map(crate::tamper::name),
        request_id: request_id.clone(),
    });
    (reply.with("x-amz-request-id", request_id), fault.filter(|fault| *fault != FaultKind::FalseGzip))
}

/// The document, unless the address is too old or something came along with it.
fn serve(
    inside: &Inside,
    address: &Address,
    visit: &Visit<'_>,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Reply {
    if visit.authorized {
        return storage::two_ways();
    }
    if let Some(header) = &visit.unsigned {
        return storage::unsigned(header);
    }
    if now >= address.expires() {
        return storage::expired(address, now);
    }
    let Some(written) = written(inside, address, fault) else { return storage::gone() };
    let mut reply =
        Reply { status: 200, headers: Vec::new(), body: written.body }.with("accept-ranges", "bytes");
    if let Some(content_type) = written.content_type {
        reply = reply.with("content-type", content_type);
    }
    if written.packed && address.unpack || fault == Some(&FaultKind::FalseGzip) && !written.declared {
        reply = reply.with("content-encoding", "gzip");
    }
    part(reply, visit.range.as_deref())
}

/// The bytes as they are written for this address.
fn written(inside: &Inside, address: &Address, fault: Option<&FaultKind>) -> Option<Written> {
    let seller = inside.seller(&address.seller)?;
    match address.source {
        Source::Report(number) => {
            let report = inside.book.desk.reports.get(&seller.id)?.get(&number)?;
            match &report.course.fate {
                Fate::Fatal(Some(why)) => Some(write_failure(why, number, fault)),
                _ => {
                    let content = reports::content(inside, seller, report)?;
                    write_report(content, report, fault)
                }
            }
        }
        Source::Rows(number) => Some(write_lines(&kiosk::rows(inside, seller, number)?, number, fault)),
        Source::Failure(number) => {
            Some(write_failure(&kiosk::failure(inside, seller, number)?, number, fault))
        }
    }
}

/// What the document is about, for the log: a report type, or Data Kiosk.
fn about(inside: &Inside, address: &Address) -> Option<String> {
    match address.source {
        Source::Report(number) => {
            Some(inside.book.desk.reports.get(&address.seller)?.get(&number)?.kind.clone())
        }
        Source::Rows(_) | Source::Failure(_) => Some("Data Kiosk".to_owned()),
    }
}

/// The part of a body that is asked for: `bytes=100-`, `bytes=100-199`. Anything else is answered with the whole.
fn part(reply: Reply, range: Option<&str>) -> Reply {
    let length = reply.body.len();
    let asked = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let Some((from, upto)) = asked.and_then(|(from, upto)| {
        let last = length.checked_sub(1)?;
        let upto = if upto.is_empty() { last } else { upto.parse().ok()? };
        Some((from.parse::<usize>().ok()?, upto.min(last)))
    }) else {
        return reply;
    };
    if from > upto {
        let message = "The requested range is not satisfiable";
        return storage::refusal(416, "InvalidRange", message, &[("ActualObjectSize", length.to_string())]);
    }
    let body = reply.body[from..=upto].to_vec();
    Reply { status: 206, body, ..reply }.with("content-range", format!("bytes {from}-{upto}/{length}"))
}
