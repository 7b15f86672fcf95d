//! Finances v0, `listFinancialEventGroups`: the settlement periods, the running ones among them.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::{after, text};
use crate::data::payouts::status;
use crate::data::{listed, number, whole};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::search::LAG;
use crate::truth::settlements::Period;

/// Groups on a page, when nothing is said and at most (model).
const USUAL_PAGE: usize = 10;
const LARGEST_PAGE: usize = 100;
const STYLE: Style = Style::repeated("NextToken", &["MaxResultsPerPage"]);
/// A longer range is answered with nothing at all, and not with an error (model).
const LONGEST_RANGE: SignedDuration = SignedDuration::from_hours(24 * 180);

/// One page of the groups that opened in a time, the newest first.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let (from, until) =
        (ask.time("FinancialEventGroupStartedAfter")?, ask.time("FinancialEventGroupStartedBefore")?);
    ask.in_order(from, until)?;
    let latest = after(ask.now, -LAG);
    if from.is_some_and(|from| from > latest) || until.is_some_and(|until| until > latest) {
        return Err(Problem::input("Both times must be more than two minutes past."));
    }
    let size = ask.number("MaxResultsPerPage", USUAL_PAGE, 1..=LARGEST_PAGE)?;
    let page = Page::open(ask, &STYLE)?;
    let (account, now) = (ask.account(), page.as_of());
    let until = until.unwrap_or_else(|| after(now, -LAG));
    let too_long = from.is_some_and(|from| until.duration_since(from) > LONGEST_RANGE);
    let first = from.map_or(0, |from| account.cycle(from).max(0));
    let cycles = (first..=account.cycle(until)).rev().filter(|_| !too_long);
    let mut found: Vec<Period> = cycles.flat_map(|cycle| account.settled(cycle)).collect();
    found.retain(|one| from.is_none_or(|from| from <= one.start) && one.start < until);
    let (shown, next) = page.cut(found, size);
    let shown: Vec<Value> = shown.iter().map(|one| written(one, now)).collect();
    let mut payload = listed("FinancialEventGroupList", shown);
    if let Some(next) = next {
        payload["NextToken"] = json!(next);
    }
    Ok(whole(payload))
}

/// A group as the operation writes it; a running one with what has counted so far.
fn written(period: &Period, now: Timestamp) -> Value {
    let currency = period.store.currency;
    let money = |minor| json!({ "CurrencyCode": currency, "CurrencyAmount": number(minor, currency) });
    let so_far = period.transactions.iter().filter(|one| one.counts() <= now);
    let mut group = json!({
        "FinancialEventGroupId": period.group,
        "ProcessingStatus": "Open",
        "OriginalTotal": money(so_far.map(|one| one.total()).sum()),
        "BeginningBalance": money(0),
        "FinancialEventGroupStart": text(period.start),
    });
    if period.end <= now {
        let (reached, _) = status(period, now);
        group["ProcessingStatus"] = json!("Closed");
        group["FundTransferStatus"] = json!(if reached == "PAID" { "Succeeded" } else { "Processing" });
        group["FinancialEventGroupEnd"] = json!(text(period.end));
        if period.total() > 0 {
            group["FundTransferDate"] = json!(text(period.deposited()));
            group["AccountTail"] = json!("042");
            group["TraceId"] = json!(format!("TR{}", period.id));
        }
    }
    group
}
