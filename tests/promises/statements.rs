//! Settlements held against their own rows and against the transactions that name them.

use super::landed::{json, page};
use jiff::SignedDuration;
use sellerport_core::stream::Checking;
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};
use serde_json::Value;
use std::collections::BTreeMap;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A seller's newest records of a domain by their keys.
fn newest(house: &House, seller: &str, domain: &str) -> BTreeMap<String, Value> {
    let mut newest: BTreeMap<String, (String, Value)> = BTreeMap::new();
    let records = house.records().into_iter();
    for record in records.filter(|one| one["seller"] == seller && one["domain"] == domain) {
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let (key, at) = (text("key"), text("fetched_at"));
        if newest.get(&key).is_none_or(|(known, _)| *known <= at) {
            newest.insert(key, (at, record["payload"].clone()));
        }
    }
    newest.into_iter().map(|(key, (_, payload))| (key, payload)).collect()
}

/// An amount in hundredths, whatever stands between whole and part.
fn cents(text: &str) -> i64 {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
    let parts = text.rsplit_once(['.', ',']).map_or(0, |(_, part)| part.len());
    digits.parse::<i64>().unwrap() * 10_i64.pow(2 - u32::try_from(parts).unwrap())
}

/// Each settlement's own total and the sum of the transactions that name it, in hundredths.
fn compared(house: &House, seller: &str) -> BTreeMap<String, (i64, i64)> {
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in newest(house, seller, "settlements").values() {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        if !text("total-amount").is_empty() {
            sums.entry(text("settlement-id")).or_default().0 = cents(&text("total-amount"));
        }
    }
    for one in newest(house, seller, "finances").values().filter(|one| one["transactionType"] != "Transfer") {
        let related = one["relatedIdentifiers"].as_array().into_iter().flatten();
        let mut named = related.filter(|id| id["relatedIdentifierName"] == "SETTLEMENT_ID");
        let settlement = named.next().and_then(|id| id["relatedIdentifierValue"].as_str());
        if let Some(sum) = settlement.and_then(|id| sums.get_mut(id)) {
            sum.1 += (one["totalAmount"]["currencyAmount"].as_f64().unwrap() * 100.0).round() as i64;
        }
    }
    sums
}

#[tokio::test]
async fn each_settlement_agrees_with_its_rows_and_with_the_transactions_that_name_it() {
    for (seller, country) in [(NORTHWIND, "US"), (RHEINHAUS, "DE")] {
        let house = House::with(|options| options.orders_per_day = Some(10.0)).await;
        house.fetching(&["settlements", "finances"]).await;
        let id = house.connected(seller, country).await.id;
        house.pass(DAY * 4).await;
        let mut owner = house.signed_in("owner", "main").await;
        let view = json(&mut owner, &format!("/api/connections/{id}/landed/settlements")).await;
        let windows = view["windows"].as_array().unwrap().iter();
        let told: BTreeMap<String, Value> = windows
            .flat_map(|window| window["sums"].as_array().unwrap())
            .map(|sum| (sum["of"].as_str().unwrap().to_owned(), sum.clone()))
            .collect();
        let sums = compared(&house, seller);
        assert!(sums.len() >= 5, "{seller}: {}", sums.len());
        assert_eq!(
            told.keys().collect::<Vec<_>>(),
            sums.keys().collect::<Vec<_>>(),
            "each statement is told"
        );
        for (settlement, (total, transactions)) in &sums {
            let sum = &told[settlement];
            assert_eq!((&sum["agrees"], &sum["difference"]), (&true.into(), &"0.00".into()), "{sum}");
            assert_eq!(cents(sum["total"].as_str().unwrap()), *total, "{sum}");
            assert_eq!(total, transactions, "{seller} {settlement}: transactions");
            assert_eq!(sum["transactions_agree"], true, "{sum}");
            assert_eq!(cents(sum["transactions"].as_str().unwrap()), *transactions, "{sum}");
            assert!(*transactions == 0 || sum["transactions_counted"].as_u64() > Some(0), "{sum}");
        }
        assert!(sums.values().any(|(total, _)| *total != 0));
        let shown = page(&mut owner, &format!("/connections/{id}/landed/settlements")).await;
        assert_eq!(shown.matches("data-sum=").count(), sums.len(), "each once");
        assert!(!shown.contains(">differs<") && shown.contains("Against transactions"), "{shown}");
        // Counted, and not landed a second time.
        let landed = house.records().into_iter().filter(|one| one["domain"] == "settlements");
        assert!(landed.map(|one| one["payload"]["settlement-id"].clone()).all(|id| id.is_string()));
        assert_eq!(
            house.stream_of(seller, "settlements").check,
            Checking::default(),
            "nothing is left to count"
        );
    }
}

#[tokio::test]
async fn a_settlement_that_differs_from_its_transactions_is_told_and_counted_again_a_few_times() {
    let house = House::with(|options| options.orders_per_day = Some(10.0)).await;
    house.fetching(&["settlements"]).await;
    let id = house.connected(NORTHWIND, "US").await.id;
    let statements = |house: &House| house.stream_of(NORTHWIND, "settlements").check.statements;
    while statements(&house).is_empty() {
        house.pass(MINUTE).await;
    }
    // As if a cent more had been paid out than Amazon tells of.
    for row in house.cloud.rows.borrow_mut().values_mut().filter(|row| row.key.partition.starts_with("W#")) {
        for sum in row.document.get_mut("sums").and_then(Value::as_array_mut).into_iter().flatten() {
            let total = sum["total"].as_i64().unwrap();
            sum["total"] = Value::from(total + 100);
        }
    }
    house.pass(DAY * 5).await;
    let mut owner = house.signed_in("owner", "main").await;
    let shown = page(&mut owner, &format!("/connections/{id}/landed/settlements")).await;
    assert!(shown.contains("</span> by 0.01 USD"), "{shown}");
    let view = json(&mut owner, &format!("/api/connections/{id}")).await;
    assert!(
        view["streams"][0]["differs"].as_str().unwrap().contains("transactions that name it to"),
        "{view}"
    );
    let told = |house: &House| {
        house.cloud.event_names().into_iter().filter(|name| *name == "records.differ").count()
    };
    let windows = told(&house);
    assert!(windows > 0);
    house.pass(DAY * 20).await;
    assert!(statements(&house).is_empty(), "it is left in the end");
    assert!(told(&house) > windows && told(&house) <= windows * 3, "{} of {windows}", told(&house));
}
