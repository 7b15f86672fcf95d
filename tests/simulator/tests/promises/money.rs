//! Transactions, settlement periods and payouts: three views of the same money.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use crate::asking::{NORTHWIND, RHEINHAUS, open};
use crate::walking::{GROUPS, PAYOUTS, TRANSACTIONS};

const POSTED: (&str, &str) = ("postedAfter", "2026-06-10T00:00:00Z");

/// Amounts in hundredths, so that they can be added exactly.
fn cents(money: &Value) -> i64 {
    (money["currencyAmount"].as_f64().unwrap() * 100.0).round() as i64
}

fn related<'a>(transaction: &'a Value, name: &str) -> Option<&'a str> {
    let all = transaction["relatedIdentifiers"].as_array()?;
    all.iter().find(|one| one["relatedIdentifierName"] == name)?["relatedIdentifierValue"].as_str()
}

#[tokio::test]
async fn a_payout_is_the_sum_of_its_settlements_transactions() {
    let amazon = open().await;
    // What is told late has been told by then.
    amazon.world.advance(Duration::from_secs(3 * 86_400));
    for (seller, region) in [(NORTHWIND, "na"), (RHEINHAUS, "eu")] {
        let token = amazon.access(seller).await;
        let transactions = TRANSACTIONS.all(&amazon, region, &[POSTED], &token).await;
        let mut earned: BTreeMap<&str, i64> = BTreeMap::new();
        let mut transferred: BTreeMap<&str, i64> = BTreeMap::new();
        for one in &transactions {
            let Some(settlement) = related(one, "SETTLEMENT_ID") else {
                assert_eq!(one["transactionStatus"], "DEFERRED", "{one}");
                continue;
            };
            let sums = if one["transactionType"] == "Transfer" { &mut transferred } else { &mut earned };
            *sums.entry(settlement).or_default() += cents(&one["totalAmount"]);
        }
        let payouts = PAYOUTS.all(&amazon, region, &[], &token).await;
        assert!(payouts.len() >= 8, "{}", payouts.len());
        for payout in &payouts {
            let id = payout["id"].as_str().unwrap();
            assert_eq!(earned[id].max(0), cents(&payout["amount"]), "{payout}");
            assert_eq!(transferred.get(id).copied().unwrap_or(0), -earned[id], "{payout}");
        }
    }
}

#[tokio::test]
async fn a_transaction_is_the_sum_of_its_items_and_of_its_breakdowns() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let all = TRANSACTIONS.all(&amazon, "na", &[POSTED], &token).await;
    let sum = |list: &Value, name: &str| -> i64 {
        list.as_array().unwrap().iter().map(|one| cents(&one[name])).sum()
    };
    for one in &all {
        assert_eq!(cents(&one["totalAmount"]), sum(&one["breakdowns"], "breakdownAmount"), "{one}");
        if one["items"].is_array() {
            assert_eq!(cents(&one["totalAmount"]), sum(&one["items"], "totalAmount"), "{one}");
        }
    }
    for kind in ["Shipment", "Refund", "ServiceFee", "Adjustment", "Transfer"] {
        assert!(all.iter().any(|one| one["transactionType"] == kind), "{kind}");
    }
}

#[tokio::test]
async fn deferred_money_is_released_after_a_week_under_the_same_name() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let deferred = [POSTED, ("transactionStatus", "DEFERRED")];
    let before = TRANSACTIONS.all(&amazon, "na", &deferred, &token).await;
    assert!(!before.is_empty() && before.iter().all(|one| related(one, "SETTLEMENT_ID").is_none()));
    amazon.world.advance(Duration::from_secs(8 * 86_400));
    let token = amazon.access(NORTHWIND).await;
    let all = TRANSACTIONS.all(&amazon, "na", &[POSTED], &token).await;
    for one in &before {
        let now = all.iter().find(|now| now["transactionId"] == one["transactionId"]).unwrap();
        assert_eq!(now["transactionStatus"], "DEFERRED_RELEASED");
        assert_eq!(now["totalAmount"], one["totalAmount"]);
        assert!(related(now, "SETTLEMENT_ID").is_some());
    }
}

#[tokio::test]
async fn some_of_the_last_two_days_are_told_late_with_their_true_time() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let window = [("postedAfter", "2026-11-18T10:00:00Z"), ("postedBefore", "2026-11-20T09:50:00Z")];
    let first = TRANSACTIONS.all(&amazon, "na", &window, &token).await;
    amazon.world.advance(Duration::from_secs(48 * 3_600));
    let token = amazon.access(NORTHWIND).await;
    let later = TRANSACTIONS.all(&amazon, "na", &window, &token).await;
    assert!(later.len() > first.len(), "{} and {}", first.len(), later.len());
    amazon.world.advance(Duration::from_secs(48 * 3_600));
    let token = amazon.access(NORTHWIND).await;
    assert_eq!(TRANSACTIONS.all(&amazon, "na", &window, &token).await.len(), later.len());
}

#[tokio::test]
async fn a_group_of_financial_events_can_be_asked_for_by_itself() {
    let amazon = open().await;
    amazon.world.advance(Duration::from_secs(3 * 86_400));
    let token = amazon.access(RHEINHAUS).await;
    let all = TRANSACTIONS.all(&amazon, "eu", &[POSTED], &token).await;
    let transfer = all.iter().find(|one| one["transactionType"] == "Transfer").unwrap();
    let group = related(transfer, "FINANCIAL_EVENT_GROUP_ID").unwrap();
    let query = [("relatedIdentifierName", "FINANCIAL_EVENT_GROUP_ID"), ("relatedIdentifierValue", group)];
    let of_group = TRANSACTIONS.all(&amazon, "eu", &query, &token).await;
    let expected = all.iter().filter(|one| related(one, "FINANCIAL_EVENT_GROUP_ID") == Some(group)).count();
    assert_eq!(of_group.len(), expected);
    assert_eq!(of_group.iter().map(|one| cents(&one["totalAmount"])).sum::<i64>(), 0, "it is paid out");
}

#[tokio::test]
async fn groups_of_financial_events_are_the_periods_and_the_running_ones_are_open() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let groups = GROUPS.all(&amazon, "na", &[("MaxResultsPerPage", "3")], &token).await;
    let payouts = PAYOUTS.all(&amazon, "na", &[], &token).await;
    let totals = |status: &str| -> Vec<i64> {
        let these = groups.iter().filter(|one| one["ProcessingStatus"] == status);
        these
            .map(|one| (one["OriginalTotal"]["CurrencyAmount"].as_f64().unwrap() * 100.0).round() as i64)
            .collect()
    };
    let paid: Vec<i64> = payouts.iter().map(|one| cents(&one["amount"])).collect();
    assert_eq!(totals("Closed").into_iter().map(|total| total.max(0)).collect::<Vec<_>>(), paid);
    assert_eq!(totals("Open").len(), 2, "one of each store");
    let expected =
        amazon.call("na", "/finances/transfers/2024-06-01/payouts/expected", &[], &token).await.json();
    let expected = expected["expectedPayouts"].as_array().unwrap().iter();
    assert_eq!(expected.map(|one| cents(&one["amount"])).collect::<Vec<_>>(), totals("Open"));
}

#[tokio::test]
async fn a_filter_may_leave_a_page_empty_that_is_not_the_last() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let query = [POSTED, ("transactionStatus", "DEFERRED")];
    let first = amazon.call("na", TRANSACTIONS.path, &query, &token).await.json();
    assert_eq!(first["payload"]["transactions"].as_array().unwrap().len(), 0);
    assert!(first["payload"]["nextToken"].is_string());
}
