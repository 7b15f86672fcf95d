//! How reports end: made, failed, withdrawn, and those that nobody asks for (L37, L39, L40, L41, L44).

use super::*;
use sellerport_core::connection::Status;
use sellerport_simulator::{DOWNLOAD, Fault, FaultKind};

/// The simulator's words in the document of a report that failed.
const WHY: &str = "could not be generated because of an internal error";

#[tokio::test]
async fn l37_what_amazon_cannot_make_is_asked_for_once_more_and_then_told_in_its_own_words() {
    for explained in [true, false] {
        // A report of this domain is one day of one store: there is nothing to halve.
        let house = fetching("traffic").await;
        house.world().set_fault(Fault::always("createReport", FaultKind::Fatal { explained }));
        until(&house, |house| tells(house, "Amazon could not make the report")).await;
        let told = trouble(&house).unwrap();
        assert_eq!(told.contains(WHY), explained, "{told}");
        assert!(told.ends_with("It is asked for once more."), "{told}");
        until(&house, |house| tells(house, "Please report it")).await;
        assert_eq!(house.world().calls_to("createReport"), 2, "once more, and no more");
        // From then on the text stands until something is made, and Amazon is asked once an hour.
        for _ in 0..240 {
            house.pass(MINUTE).await;
            let told = trouble(&house).unwrap();
            assert_eq!(told.contains(WHY), explained, "{told}");
        }
        assert!(house.world().calls_to("createReport") <= 6, "once an hour");
        assert_eq!(house.status(NORTHWIND), Status::Active);
        let (mut browser, id) = (house.signed_in("owner", "main").await, house.connection(NORTHWIND).id);
        let page = browser.get(&format!("/connections/{id}")).await.body;
        assert!(page.contains("Amazon could not make the report"), "the page says it");
        house.world().clear_faults();
        house.pass(HOUR * 2).await;
        assert_eq!(trouble(&house), None);
        let [first, ..] = &windows(&house)[..] else { panic!("nothing was asked for") };
        assert_eq!(first.last().unwrap().processing_status, "DONE", "nothing is lost");
    }
}

#[tokio::test]
async fn l37_one_failure_costs_one_more_report_and_leaves_no_trouble() {
    let house = fetching("traffic").await;
    house.world().set_fault(Fault::next(1, "createReport", FaultKind::Fatal { explained: true }));
    house.pass(HOUR).await;
    let windows = windows(&house);
    let ends =
        |reports: &[ReportTruth]| reports.iter().map(|one| one.processing_status.clone()).collect::<Vec<_>>();
    assert_eq!(ends(&windows[0]), ["FATAL", "DONE"]);
    assert!(windows[1..].iter().all(|reports| reports.len() == 1));
    assert_eq!(trouble(&house), None);
}

#[tokio::test]
async fn l37_a_report_over_too_long_a_time_is_halved_until_amazon_makes_it() {
    let house = fetching("reimbursements").await;
    // The first window fails twice, and its first half twice.
    house.world().set_fault(Fault::next(4, "createReport", FaultKind::Fatal { explained: true }));
    until(&house, |house| stream(house).counters.pages > 0).await;
    let days = |report: &ReportTruth| {
        let at = |text: &Option<String>| text.as_deref().unwrap().parse::<Timestamp>().unwrap();
        at(&report.data_end_time).duration_since(at(&report.data_start_time)).as_hours() / 24 + 1
    };
    let asked: Vec<i64> = windows(&house).iter().flatten().map(days).collect();
    assert_eq!(asked[..5], [28, 28, 14, 14, 7], "days");
}

#[tokio::test]
async fn l39_a_cancelled_report_says_that_there_is_nothing_unless_it_was_asked_for_too_soon() {
    let house = fetching("reimbursements").await;
    house.world().set_fault(Fault::next(1, "createReport", FaultKind::Cancelled));
    until(&house, |house| windows(house).iter().any(|reports| reports[0].processing_status == "DONE")).await;
    let told = windows(&house);
    assert_eq!(told[0][0].cancelled_for.as_deref(), Some("no data"));
    assert_eq!(told[0].len(), 1, "nothing to report is an answer");
    // The next was made, and the one after it comes too soon for Amazon: it is asked for again, not passed over.
    until(&house, |house| windows(house).len() > 3).await;
    let told = windows(&house);
    let soon = told.iter().find(|reports| reports[0].cancelled_for.as_deref() == Some("too soon")).unwrap();
    assert_ne!(soon.last().unwrap().cancelled_for.as_deref(), Some("too soon"), "{soon:?}");
    assert_eq!(trouble(&house), None, "nobody needs to know");
}

#[tokio::test]
async fn l40_how_long_amazon_wants_between_two_reports_is_learned_for_each_seller_and_type_and_kept() {
    let house = House::start().await;
    house.fetching(&["reimbursements", "returns"]).await;
    house.connected(NORTHWIND, "US").await;
    house.pass(HOUR * 48).await;
    let learned: BTreeMap<String, i64> = house
        .streams(NORTHWIND)
        .into_iter()
        .map(|stream| (stream.domain.clone(), stream.cooldown.map_or(0, |(_, seconds)| seconds / 60)))
        .collect();
    // Both types want four hours in the simulator; a guess doubles from half an hour.
    assert_eq!(learned["reimbursements"], 240);
    assert_eq!(learned["returns"], 240);
    for kind in ["GET_FBA_REIMBURSEMENTS_DATA", "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA"] {
        let asked = house.world().reports_of(NORTHWIND).into_iter().filter(|one| one.report_type == kind);
        let asked: Vec<_> = asked.collect();
        let soon = asked.iter().filter(|one| one.cancelled_for.as_deref() == Some("too soon")).count();
        assert!((1..=4).contains(&soon), "{kind}: {soon} in two days");
        let at: Vec<Timestamp> = asked.iter().map(|one| one.created_time.parse().unwrap()).collect();
        let last = at.len() - 4;
        assert!(gaps(&at[last..]).iter().all(|minutes| *minutes >= 240), "{kind}: {:?}", gaps(&at));
    }
    // Another seller has learned nothing yet.
    house.connected("A1LUMIERE0004FR", "FR").await;
    house.pass(MINUTE).await;
    assert!(house.streams("A1LUMIERE0004FR").iter().all(|stream| stream.cooldown.is_none()));
}

#[tokio::test]
async fn l41_settlements_are_only_listed() {
    let house = fetching("settlements").await;
    house.pass(HOUR * 24).await;
    assert_eq!(house.world().calls_to("createReport"), 0);
    assert!(house.world().calls_to("getReports") >= 2, "again and again");
    let listed = house.world().asked().into_iter().filter(|asked| asked.operation == "getReports");
    assert!(listed.map(|asked| asked.status).all(|status| status == 200));
    assert!(!keys(&house).is_empty());
    assert_eq!(trouble(&house), None);
}

#[tokio::test]
async fn l44_a_document_with_many_records_takes_no_more_calls_and_no_more_waiting_than_one_with_few() {
    let mut runs = Vec::new();
    for orders in [4.0, 80.0] {
        let house = with_orders("returns", Some(orders)).await;
        until(&house, |house| stream(house).counters.pages > 0).await;
        let calls: Vec<(String, Timestamp)> =
            house.world().asked().into_iter().map(|asked| (asked.operation, asked.time)).collect();
        runs.push((calls, house.cloud.now(), keys(&house).len()));
    }
    let (few, many) = (&runs[0], &runs[1]);
    println!("{} records and {} records, {} calls", few.2, many.2, few.0.len());
    assert!(many.2 > few.2 * 5, "{} and {}", few.2, many.2);
    assert_eq!(few.0, many.0, "the same calls at the same moments");
    assert_eq!(few.1, many.1, "landed at the same moment");
}

#[tokio::test]
async fn a_document_that_cannot_be_used_lands_nothing_and_moves_nothing() {
    let undisturbed = fetching("returns").await;
    until(&undisturbed, |house| stream(house).counters.pages > 0).await;
    let whole = keys(&undisturbed);
    assert!(!whole.is_empty());
    // A bad moment is over with the next address; the report is not asked for again.
    for kind in [FaultKind::ExpiredAddress, FaultKind::Truncated, FaultKind::Status { status: 503 }] {
        let house = fetching("returns").await;
        house.world().set_fault(Fault::next(1, DOWNLOAD, kind.clone()));
        until(&house, |house| tells(house, "E_DOC_")).await;
        assert_eq!((keys(&house).len(), stream(&house).counters.records), (0, 0), "{kind:?}");
        until(&house, |house| stream(house).counters.pages > 0).await;
        assert_eq!(keys(&house), whole, "{kind:?}");
        assert_eq!((windows(&house)[0].len(), trouble(&house)), (1, None), "{kind:?}");
    }
    // What Amazon made wrong is a person's affair: it is told by its code and looked at less and less often.
    for (kind, code) in
        [(FaultKind::BadChecksum, "E_DOC_CHECKSUM"), (FaultKind::TrailingGarbage, "E_DOC_GZIP")]
    {
        let house = fetching("returns").await;
        house.world().set_fault(Fault::always(DOWNLOAD, kind.clone()));
        until(&house, |house| tells(house, code)).await;
        house.pass(HOUR * 3).await;
        assert!(tells(&house, code), "{kind:?}: {:?}", trouble(&house));
        let stream = stream(&house);
        assert!(stream.history.iter().all(|part| Some(part.reached) == stream.cursor), "{kind:?}");
        assert_eq!((keys(&house).len(), windows(&house).len()), (0, 1), "{kind:?}");
        house.world().clear_faults();
        until(&house, |house| keys(house).len() == whole.len()).await;
    }
}
