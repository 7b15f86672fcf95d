//! Data Kiosk from the query to the records: parts, failures, withdrawals, and nothing at all.

use super::*;
use sellerport_core::connection::Status;
use sellerport_core::domains::ECONOMICS;
use sellerport_simulator::{Fault, FaultKind, QueryTruth};
use std::collections::BTreeSet;

/// The queries of the account, oldest first.
fn queries(house: &House) -> Vec<QueryTruth> {
    let mut queries = house.world().queries_of(NORTHWIND);
    queries.sort_by_key(|query| query.query_id.clone());
    queries
}

/// What is true of these days, as keys of records.
fn truth(house: &House, first: &str, last: &str) -> BTreeSet<String> {
    let told = house.world().truth(NORTHWIND, "economics").unwrap();
    let within = told.into_iter().filter(|one| (first..=last).contains(&one.updated.as_str()));
    within.filter_map(|one| named(&serde_json::json!({ "key": key(&one.item) }))).collect()
}

fn key(item: &Value) -> String {
    let part = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
    ["startDate", "marketplaceId", "msku", "childAsin"].map(part).join("|")
}

/// The first and the last day of a query.
fn days(query: &QueryTruth) -> (String, String) {
    let after = |name: &str| {
        let rest = query.query.split_once(&format!("{name}:\"")).unwrap().1;
        rest.split('"').next().unwrap().to_owned()
    };
    (after("startDate"), after("endDate"))
}

#[tokio::test]
async fn a_query_in_several_parts_lands_whole_and_each_part_is_asked_for_once() {
    let house = fetching("economics").await;
    house.world().set_fault(Fault::always("createQuery", FaultKind::ShortPages { orders: 50 }));
    until(&house, |house| {
        !stream(house).history.is_empty() && stream(house).history[0].reached < stream(house).cursor.unwrap()
    })
    .await;
    let asked = queries(&house);
    let first: Vec<_> = asked.iter().filter(|one| one.query == asked[0].query).collect();
    let before: Vec<usize> = first.iter().map(|one| one.rows_before).collect();
    assert!(before.len() >= 3, "{before:?}");
    assert_eq!(before, (0..before.len()).map(|part| part * 50).collect::<Vec<_>>(), "each once, in order");
    let (from, to) = days(first[0]);
    let landed: BTreeSet<String> =
        keys(&house).into_iter().filter(|key| (from.as_str()..).contains(&key.as_str())).collect();
    assert_eq!(landed, truth(&house, &from, &to));
    assert!(landed.len() > 100);
    assert_eq!(keys(&house).len(), keys(&house).iter().collect::<BTreeSet<_>>().len(), "nothing comes twice");
    assert_eq!(trouble(&house), None);
}

#[tokio::test]
async fn a_query_that_finds_nothing_is_an_answer_and_no_record() {
    let house = fetching("economics").await;
    // Before the account began it sold nothing: the oldest windows of the history.
    house.pass(HOUR * 4).await;
    let stream = stream(&house);
    assert!(stream.history.is_empty(), "{:?}", stream.history);
    let empty = queries(&house).iter().filter(|one| one.processing_status == "DONE").count();
    assert!(empty > 20, "{empty} windows");
    assert!(times(&house, "getDocument").len() < empty, "nothing is downloaded where there is nothing");
    assert_eq!(stream.trouble, None);
    assert_eq!(stream.cooldown, None);
}

#[tokio::test]
async fn a_query_that_fails_is_told_in_amazons_words_and_asked_for_once_more() {
    let house = fetching("economics").await;
    house.world().set_fault(Fault::next(1, "createQuery", FaultKind::Fatal { explained: true }));
    until(&house, |house| tells(house, "Amazon could not make")).await;
    let told = trouble(&house).unwrap();
    assert!(told.contains("The query could not be processed because of an internal error."), "{told}");
    until(&house, |house| trouble(house).is_none()).await;
    let asked = queries(&house);
    let first: Vec<_> = asked.iter().filter(|one| one.query == asked[0].query).collect();
    let ends: Vec<_> = first.iter().map(|one| one.processing_status.as_str()).collect();
    assert_eq!(ends[..2], ["FATAL", "DONE"]);
    assert!(!keys(&house).is_empty());
    assert_eq!(house.status(NORTHWIND), Status::Active);
}

#[tokio::test]
async fn a_query_that_somebody_withdrew_says_nothing_about_what_there_is() {
    let house = fetching("economics").await;
    house.world().set_fault(Fault::next(1, "createQuery", FaultKind::Cancelled));
    until(&house, |house| tells(house, "Somebody withdrew the query")).await;
    until(&house, |house| stream(house).counters.records > 0).await;
    let asked = queries(&house);
    assert_eq!(asked[1].query, asked[0].query, "the same is asked for again");
    let (from, to) = days(&asked[0]);
    let landed: BTreeSet<String> =
        keys(&house).into_iter().filter(|key| (from.as_str()..).contains(&key.as_str())).collect();
    assert_eq!(landed, truth(&house, &from, &to));
}

#[tokio::test]
async fn one_query_is_about_all_stores_and_names_where_its_records_come_from() {
    let house = fetching("economics").await;
    until(&house, |house| stream(house).counters.records > 0).await;
    let stores = house.world().sellers().into_iter().find(|one| one.id == NORTHWIND).unwrap().marketplaces;
    assert!(stores.len() > 1 && stores.iter().all(|store| queries(&house)[0].query.contains(store.as_str())));
    let records = house.records();
    let named: BTreeSet<_> = records.iter().map(|one| one["marketplace"].as_str().unwrap()).collect();
    assert!(named.len() > 1, "{named:?}");
    assert!(records.iter().all(|one| one["operation"] == "analytics_economics_2024_03_15"));
    assert!(records.iter().all(|one| one["entity"] == ECONOMICS.entity));
    assert!(
        records.iter().all(|one| one["payload"]["fees"][0]["charges"][0]["aggregatedDetail"].is_object())
    );
}
