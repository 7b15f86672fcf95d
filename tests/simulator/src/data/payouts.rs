//! Transfers 2024-06-01, `listPayouts` and `listExpectedPayouts`: one payout for each settlement period of each store.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::data::{listed, number};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::settlements::Period;
use crate::truth::{Account, later};

/// Payouts on a page (an assumption: the operation has no parameter for it).
const PAGE: usize = 20;
const STYLE: Style = Style::repeated("nextToken", &[]);
/// The only kind of account here (example of the model).
const ACCOUNT_TYPE: &str = "STANDARD_ORDERS";

/// Every payout so far, the newest first.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let stores = ask.stores("marketplaceIds")?;
    let (from, until) = (ask.time("createdAfter")?, ask.time("createdBefore")?);
    ask.in_order(from, until)?;
    let page = Page::open(ask, &STYLE)?;
    let (account, now) = (ask.account(), page.as_of());
    let mut found = paid(account, from, now);
    found.retain(|period| {
        (stores.is_empty() || stores.iter().any(|store| store.id == period.store.id))
            && from.is_none_or(|from| from <= period.end)
            && until.is_none_or(|until| period.end < until)
            && ask.value("payoutId").is_none_or(|id| id == period.id)
            && ask.value("accountType").is_none_or(|wanted| wanted == ACCOUNT_TYPE)
            && page.shows(&period.id, status(period, now).1)
    });
    let (shown, next) = page.cut(found, PAGE);
    let shown: Vec<Value> = shown.iter().map(|period| written(account, period, now)).collect();
    let mut answer = listed("payouts", shown);
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

/// Every period that has ended by now, the newest first; with a `from`, some of the older ones are left out.
pub(crate) fn paid(account: Account<'_>, from: Option<Timestamp>, now: Timestamp) -> Vec<Period> {
    let first = from.map_or(0, |from| (account.cycle(from) - 1).max(0));
    (first..account.cycle(now)).rev().flat_map(|cycle| account.settled(cycle)).collect()
}

/// What has become of a payout, and since when.
pub(crate) fn status(period: &Period, now: Timestamp) -> (&'static str, Timestamp) {
    let sent = later(period.end, 0, 6 * 3_600);
    match () {
        () if period.total() <= 0 => ("NO_PAYOUT", period.end),
        () if now >= period.deposited() => ("PAID", period.deposited()),
        () if now >= sent => ("IN_TRANSIT", sent),
        () => ("STARTED", period.end),
    }
}

/// A payout as the operation writes it.
pub(crate) fn written(account: Account<'_>, period: &Period, now: Timestamp) -> Value {
    let (reached, _) = status(period, now);
    let mut history = vec![("STARTED", period.end)];
    if reached == "NO_PAYOUT" {
        history = vec![("NO_PAYOUT", period.end)];
    }
    if matches!(reached, "IN_TRANSIT" | "PAID") {
        history.push(("IN_TRANSIT", later(period.end, 0, 6 * 3_600)));
    }
    if reached == "PAID" {
        history.push(("PAID", period.deposited()));
    }
    let history =
        history.into_iter().map(|(status, at)| json!({ "status": status, "lastUpdatedDate": text(at) }));
    let currency = period.store.currency;
    json!({
        "id": period.id,
        "partnerMetadata": partner(account, period.store.id),
        "currentStatus": reached,
        "statusHistory": history.collect::<Vec<_>>(),
        "type": "SCHEDULED",
        "amount": { "currencyCode": currency, "currencyAmount": number(period.total().max(0), currency) },
        "accountTail": "042",
        "paymentMethod": "BANK_ACCOUNT",
        "creationDate": text(period.end),
        "traceId": format!("TR{}", period.id),
        "period": { "startDate": text(period.start), "endDate": text(period.end) },
        "relatedIdentifiers": [settlement(&period.id)],
    })
}

/// What the running periods come to so far.
pub(crate) fn expected(ask: &Ask<'_>) -> Result<Value, Problem> {
    let stores = ask.stores("marketplaceIds")?;
    let page = Page::open(ask, &STYLE)?;
    let (account, now) = (ask.account(), page.as_of());
    let mut found = account.settled(account.cycle(now));
    found.retain(|period| stores.is_empty() || stores.iter().any(|store| store.id == period.store.id));
    let (shown, next) = page.cut(found, PAGE);
    let written = |period: &Period| {
        let so_far = period.transactions.iter().filter(|one| one.counts() <= now);
        let total: i64 = so_far.map(|one| one.total()).sum();
        let currency = period.store.currency;
        json!({
            "partnerMetadata": partner(account, period.store.id),
            "amount": { "currencyCode": currency, "currencyAmount": number(total, currency) },
            "status": if total > 0 { "SCHEDULED" } else { "NO_PAYOUT_EXPECTED" },
            "period": { "startDate": text(period.start), "endDate": text(period.end) },
            "scheduledDate": text(period.end),
            "accountTail": "042",
            "paymentMethod": "BANK_ACCOUNT",
            "relatedIdentifiers": [settlement(&period.id)],
        })
    };
    let mut answer = json!({ "expectedPayouts": shown.iter().map(written).collect::<Vec<_>>() });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

fn partner(account: Account<'_>, store: &str) -> Value {
    json!({ "partnerId": account.seller.id, "accountType": ACCOUNT_TYPE, "marketplaceId": store })
}

fn settlement(id: &str) -> Value {
    json!({ "relatedIdentifierName": "SETTLEMENT_ID", "relatedIdentifierValue": id })
}
