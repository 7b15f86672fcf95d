//! A report that Amazon withdrew: there is nothing to report, or it was asked for too soon. Taken for the one where it is
//! the other, a month of data would never land.

use super::*;
use crate::domains::RETURNS;
use crate::stream::{Way, Window};
use serde_json::json;

const KIND: &str = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA";
const STORE: &str = "ATVPDKIKX0DER";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Reports of the type as Amazon lists them: created when, how far, and whether they are of the pass's own window.
fn listed(reports: &[(&str, &str, bool)]) -> Vec<u8> {
    let one = |(number, (created, status, own)): (usize, &(&str, &str, bool))| {
        let start = if *own { "2026-10-01T00:00:00Z" } else { "2026-09-01T00:00:00Z" };
        let mut one = json!({
            "reportId": number.to_string(), "reportType": KIND, "marketplaceIds": [STORE], "createdTime": created,
            "dataStartTime": start, "dataEndTime": "2026-10-27T23:59:59Z", "processingStatus": status,
        });
        if *status == "DONE" {
            one["reportDocumentId"] = json!(format!("document-{number}"));
        }
        one
    };
    let all: Vec<_> = reports.iter().enumerate().map(one).collect();
    serde_json::to_vec(&json!({ "reports": all })).unwrap()
}

/// What a list means for a pass whose report was withdrawn; Amazon's answer to its request came at this moment.
fn withdrawn(since: &str, reports: &[(&str, &str, bool)]) -> Answer {
    let stores = [STORE.to_owned()];
    let window = Window { after: at("2026-10-01T00:00:00Z"), before: at("2026-10-28T00:00:00Z") };
    let ask = Ask { window, way: Way::History, stores: &stores, seller: "A1" };
    let mut walk = Walk::new(window, stores.to_vec(), Way::History, window.before);
    walk.stage = Some(Stage::Cancelled(at(since)));
    read(&RETURNS.source, ask, &walk, &listed(reports), at("2026-11-21T15:00:00Z")).unwrap()
}

#[test]
fn a_report_withdrawn_with_none_before_it_has_nothing_to_report() {
    let own = ("2026-11-21T14:52:00Z", "CANCELLED", true);
    assert!(matches!(withdrawn("2026-11-21T14:52:01Z", &[own]), Answer::Nothing));
    let long_ago = ("2026-11-21T10:49:00Z", "DONE", false);
    assert!(matches!(withdrawn("2026-11-21T14:52:01Z", &[own, long_ago]), Answer::Nothing));
    let failed = ("2026-11-21T14:49:00Z", "FATAL", false);
    assert!(matches!(withdrawn("2026-11-21T14:52:01Z", &[own, failed]), Answer::Nothing));
}

/// Amazon tells whole seconds, counts by its own clock, and its answer takes a while: four hours by these figures may be
/// less by its own.
#[test]
fn a_report_asked_for_a_moment_before_the_four_hours_are_over_was_asked_for_too_soon() {
    for since in ["2026-11-21T14:52:00.958Z", "2026-11-21T14:53:30Z"] {
        let reports = [("2026-11-21T14:52:00Z", "CANCELLED", true), ("2026-11-21T10:52:00Z", "DONE", false)];
        let Answer::TooSoon(after) = withdrawn(since, &reports) else { panic!("it counts as empty") };
        assert_eq!(after, at("2026-11-21T10:52:00Z"));
    }
}

#[test]
fn a_report_withdrawn_while_another_of_its_type_is_made_was_asked_for_too_soon() {
    for status in ["IN_QUEUE", "IN_PROGRESS"] {
        let reports = [("2026-11-21T14:52:00Z", "CANCELLED", true), ("2026-11-21T12:10:00Z", status, false)];
        let Answer::TooSoon(after) = withdrawn("2026-11-21T14:52:01Z", &reports) else {
            panic!("{status}: it counts as empty")
        };
        assert_eq!(after, at("2026-11-21T12:10:00Z"));
    }
}

#[test]
fn a_report_withdrawn_because_an_equal_one_is_made_already_is_followed_there() {
    let own = ("2026-11-21T14:52:00Z", "CANCELLED", true);
    let made = withdrawn("2026-11-21T14:52:01Z", &[own, ("2026-11-21T12:10:00Z", "IN_PROGRESS", true)]);
    assert!(matches!(made, Answer::Later(Stage::Waiting { report, .. }, _) if report == "1"));
    let done = withdrawn("2026-11-21T14:52:01Z", &[own, ("2026-11-21T12:10:00Z", "DONE", true)]);
    assert!(matches!(done, Answer::Ahead(Stage::Documents { left, .. }, _) if left == ["document-1"]));
}
