use super::*;
use crate::domains::{ECONOMICS, REIMBURSEMENTS};
use crate::stream::{Way, Window};
use serde_json::{Value, json};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const ASKED: &str = "2026-11-21T10:00:00Z";

/// A pass over two days in this stage.
fn walk(stage: Stage) -> Walk {
    let window = Window { after: at("2026-11-18T00:00:00Z"), before: at("2026-11-20T00:00:00Z") };
    let stores = vec!["ATVPDKIKX0DER".to_owned()];
    let walk: Walk = serde_json::from_value(json!({
        "window": window, "stores": stores, "way": Way::Onward, "page": 1, "seen": [], "found": 0,
    }))
    .unwrap();
    Walk { stage: Some(stage), ..walk }
}

fn answer(source: &Source, walk: &Walk, body: &Value, now: &str) -> Answer {
    let ask = Ask { window: walk.window, way: walk.way, stores: &walk.stores, seller: "A1SELLER" };
    read(source, ask, walk, body.to_string().as_bytes(), at(now)).unwrap()
}

/// A query of the pass's own words, as Amazon lists it.
fn query(walk: &Walk, id: &str, status: &str) -> Value {
    let ask = Ask { window: walk.window, way: walk.way, stores: &walk.stores, seller: "A1SELLER" };
    let Source::Report(report) = &ECONOMICS.source else { panic!("by Data Kiosk") };
    let (_, call) = report.ask(ask, None).unwrap();
    let body: Value = serde_json::from_str(call.body.as_deref().unwrap()).unwrap();
    json!({ "queryId": id, "query": body["query"], "processingStatus": status, "createdTime": ASKED,
            "dataDocumentId": "d" })
}

fn report(id: &str, status: &str, created: &str, end: &str) -> Value {
    json!({ "reportId": id, "reportType": "GET_FBA_REIMBURSEMENTS_DATA", "processingStatus": status,
            "marketplaceIds": ["ATVPDKIKX0DER"], "createdTime": created, "reportDocumentId": "d",
            "dataStartTime": "2026-11-18T00:00:00Z", "dataEndTime": end })
}

const END: &str = "2026-11-19T23:59:59Z";

#[test]
fn l38_of_what_was_perhaps_asked_for_an_equal_one_that_lives_is_taken_and_nothing_else() {
    let walk = walk(Stage::Asked(at(ASKED)));
    let asked = |list: Value| answer(&REIMBURSEMENTS.source, &walk, &json!({ "reports": list }), ASKED);
    assert!(matches!(asked(json!([])), Answer::Anew));
    let alive = report("2", "IN_QUEUE", ASKED, END);
    assert!(
        matches!(asked(json!([alive])), Answer::Later(Stage::Waiting { report, .. }, _) if report == "2")
    );
    assert!(matches!(
        asked(json!([report("2", "DONE", ASKED, END)])),
        Answer::Ahead(Stage::Documents { .. }, _)
    ));
    let other_window = report("2", "DONE", ASKED, "2026-11-20T23:59:59Z");
    for useless in [report("2", "FATAL", ASKED, END), report("2", "CANCELLED", ASKED, END), other_window] {
        assert!(matches!(asked(json!([useless])), Answer::Anew), "{useless}");
    }
}

#[test]
fn l38_an_earlier_part_of_a_query_is_not_taken_for_the_next_though_its_words_are_the_same() {
    let fresh = walk(Stage::Asked(at(ASKED)));
    let list = json!({ "queries": [query(&fresh, "1", "DONE")] });
    assert!(matches!(answer(&ECONOMICS.source, &fresh, &list, ASKED), Answer::Ahead(_, id) if id == "1"));
    let second = fresh.making("1".to_owned());
    assert!(matches!(answer(&ECONOMICS.source, &second, &list, ASKED), Answer::Anew));
    let list = json!({ "queries": [query(&second, "1", "DONE"), query(&second, "2", "IN_QUEUE")] });
    let taken = answer(&ECONOMICS.source, &second, &list, ASKED);
    assert!(matches!(taken, Answer::Later(Stage::Waiting { report, .. }, _) if report == "2"));
    // A pass that begins again still knows its parts.
    assert!(matches!(second.restarted().made.as_slice(), [one] if one == "1"));
}

#[test]
fn l39_cancelled_is_nothing_to_report_unless_an_equal_one_is_there_or_another_was_made_just_before() {
    let walk = walk(Stage::Cancelled(at(ASKED)));
    let told = |list: Value| answer(&REIMBURSEMENTS.source, &walk, &json!({ "reports": list }), ASKED);
    let mine = report("9", "CANCELLED", ASKED, END);
    assert!(matches!(told(json!([mine])), Answer::Nothing));
    // Somebody else's program asked for the same: it is as good as ours.
    let equal = report("7", "DONE", "2026-11-21T09:50:00Z", END);
    assert!(matches!(told(json!([mine, equal])), Answer::Ahead(Stage::Documents { .. }, id) if id == "7"));
    // Another window, three hours before: the type's pause.
    let near = report("7", "DONE", "2026-11-21T07:00:00Z", "2026-11-10T23:59:59Z");
    assert!(
        matches!(told(json!([mine, near])), Answer::TooSoon(after) if after == at("2026-11-21T07:00:00Z"))
    );
    let long_ago = report("7", "DONE", "2026-11-21T05:57:00Z", "2026-11-10T23:59:59Z");
    assert!(matches!(told(json!([mine, long_ago])), Answer::Nothing));
}

#[test]
fn l39_a_query_that_was_withdrawn_proves_nothing() {
    let walk = walk(Stage::Waiting { report: "1".to_owned(), since: at(ASKED), looks: 0 });
    let told = |status| answer(&ECONOMICS.source, &walk, &query(&walk, "1", status), ASKED);
    assert!(matches!(told("CANCELLED"), Answer::Withdrawn));
    assert!(matches!(told("FATAL"), Answer::Fatal), "without a document that says why");
    let mut empty = query(&walk, "1", "DONE");
    empty["dataDocumentId"] = Value::Null;
    assert!(matches!(answer(&ECONOMICS.source, &walk, &empty, ASKED), Answer::Nothing));
}

#[test]
fn l45_looks_come_ever_later_up_to_five_minutes_and_end_after_a_day() {
    let look = |looks, now| {
        let walk = walk(Stage::Waiting { report: "1".to_owned(), since: at(ASKED), looks });
        answer(&ECONOMICS.source, &walk, &query(&walk, "1", "IN_PROGRESS"), now)
    };
    let pauses = [0, 1, 2, 3, 4, u32::MAX - 1].map(|looks| match look(looks, ASKED) {
        Answer::Later(_, pause) => pause.as_secs() / 60,
        _ => 0,
    });
    assert_eq!(pauses, [2, 3, 4, 5, 5, 5]);
    assert!(matches!(look(9, "2026-11-22T10:00:00Z"), Answer::Later(..)));
    assert!(matches!(look(9, "2026-11-22T10:00:01Z"), Answer::Stuck));
}
