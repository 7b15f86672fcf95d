//! Makes what is due: reports that ended by now get their fate, and whoever wants to know is told.

use jiff::Timestamp;

use super::kinds::SETTLEMENT;
use super::report::Report;
use crate::desk::{Fate, Work};
use crate::reported::{self, Content, Wanted};
use crate::sellers::Seller;
use crate::world::Inside;

/// The notification of a report that ended.
const FINISHED: &str = "REPORT_PROCESSING_FINISHED";

/// What a report tells: the world as it was when its making began. Nothing of it is kept, since it can be told again.
/// A settlement is told even where nothing was settled; any other report that is empty is none.
pub(crate) fn content(inside: &Inside, seller: &Seller, report: &Report) -> Option<Content> {
    let wanted = Wanted {
        seller,
        kind: &report.kind,
        stores: &report.stores,
        start: report.start.unwrap_or(report.course.created),
        end: report.end.unwrap_or(report.course.created),
        options: &report.options,
        as_of: report.course.starts,
    };
    let settlement = report.kind == SETTLEMENT;
    reported::content(inside, &wanted).filter(|content| settlement || !content.is_empty())
}

/// Ends one report.
pub(crate) fn make(inside: &mut Inside, seller: &Seller, number: u64, now: Timestamp) {
    let find = |inside: &Inside| inside.book.desk.reports.get(&seller.id)?.get(&number).cloned();
    let Some(mut report) = find(inside) else { return };
    if report.course.fate == Fate::Withdrawn {
        return; // told when it was withdrawn
    }
    if report.course.fate == Fate::Open {
        let some = content(inside, seller, &report).is_some();
        report.course.fate = if some { Fate::Done } else { Fate::Empty };
        let list = inside.book.desk.reports.entry(seller.id.clone()).or_default();
        list.insert(number, report.clone());
    }
    // What was before the world opened is nobody's news.
    if report.course.ends >= inside.book.opened {
        let told = report.told(seller, inside.book.key, now);
        inside.notify(&seller.id, FINISHED, &told, report.course.ends);
    }
}

/// Tells that a report was withdrawn.
pub(crate) fn tell_withdrawn(inside: &mut Inside, seller: &Seller, report: &Report, now: Timestamp) {
    inside.book.desk.due.remove(&(report.course.ends, seller.id.clone(), Work::Report, report.number));
    let told = report.told(seller, inside.book.key, now);
    inside.notify(&seller.id, FINISHED, &told, now);
}
