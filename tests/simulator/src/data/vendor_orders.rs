//! Vendor Orders v1, `getPurchaseOrders`.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::{after, text};
use crate::data::{listed, whole};
use crate::goods::decimal;
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::later;
use crate::truth::vendor::{CASE, Item, Purchase};

/// Orders on a page, at most and when nothing is said (model).
const LARGEST_PAGE: usize = 100;
const STYLE: Style = Style::repeated("nextToken", &["limit", "includeDetails"]);
/// "The date range must not exceed 7 days" (model).
pub(crate) const LONGEST_RANGE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// One page of the purchase orders placed, or changed, in a time.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let created = range(ask, "createdAfter", "createdBefore")?;
    let changed = range(ask, "changedAfter", "changedBefore")?;
    if created.is_none() && changed.is_none() {
        return Err(Problem::input("createdAfter or changedAfter is missing."));
    }
    let size = ask.number("limit", LARGEST_PAGE, 1..=LARGEST_PAGE)?;
    let ascending = ask.word("sortOrder", &["ASC", "DESC"])? != Some("DESC");
    let state = ask.word("purchaseOrderState", &["New", "Acknowledged", "Closed"])?;
    let cancelled = ask.word("poItemState", &["Cancelled"])?.is_some();
    let only_changed = ask.flag("isPOChanged")?.unwrap_or(false);
    let details = ask.flag("includeDetails")?.unwrap_or(true);
    let page = Page::open(ask, &STYLE)?;
    let (account, now) = (ask.account(), page.as_of());
    let since = created.or(changed).map_or(Timestamp::MIN, |(from, _)| from);
    let mut found: Vec<Purchase> = account.purchases(since, now).collect();
    found.retain(|one| {
        let updated = one.updated(now);
        let within = |at: Timestamp, range: Option<(Timestamp, Timestamp)>| {
            range.is_none_or(|(from, until)| from <= at && at <= until)
        };
        within(one.placed, created)
            && within(updated, changed)
            && state.is_none_or(|wanted| wanted == one.state(now).0)
            && (!(cancelled || only_changed) || one.change(now).is_some())
            && ask.value("orderingVendorCode").is_none_or(|code| code == ask.seller.id)
            && page.shows(&one.id(), updated)
    });
    if !ascending {
        found.reverse();
    }
    let (shown, next) = page.cut(found, size);
    let shown: Vec<Value> = shown.iter().map(|one| written(&ask.seller.id, one, details, now)).collect();
    let mut payload = listed("orders", shown);
    if let Some(next) = next {
        payload["pagination"] = json!({ "nextToken": next });
    }
    Ok(whole(payload))
}

/// A range of at most seven days; its end is now when nothing is said.
pub(crate) fn range(
    ask: &Ask<'_>,
    start: &str,
    end: &str,
) -> Result<Option<(Timestamp, Timestamp)>, Problem> {
    let (from, until) = (ask.time(start)?, ask.time(end)?);
    ask.in_order(from, until)?;
    let Some(from) = from.or_else(|| until.map(|until| after(until, -LONGEST_RANGE))) else {
        return Ok(None);
    };
    // Without an end the range is as long as it may be: the first page's moment must not move it.
    let until = until.unwrap_or_else(|| after(from, LONGEST_RANGE));
    if until.duration_since(from) > LONGEST_RANGE {
        return Err(Problem::input("The date range must not exceed 7 days."));
    }
    Ok(Some((from, until)))
}

/// The code of Amazon's warehouse that orders.
pub(crate) fn warehouse(one: &Purchase) -> String {
    format!("{}V1", one.store.country)
}

/// A purchase order as the operation writes it.
pub(crate) fn written(vendor: &str, one: &Purchase, details: bool, now: Timestamp) -> Value {
    let (state, since) = one.state(now);
    let mut written = json!({ "purchaseOrderNumber": one.id(), "purchaseOrderState": state });
    if !details {
        return written;
    }
    let party = |id: &str| json!({ "partyId": id });
    let window = |from: i64, to: i64| {
        format!("{}--{}", text(later(one.placed, from, 0)), text(later(one.placed, to, 0)))
    };
    written["orderDetails"] = json!({
        "purchaseOrderDate": text(one.placed),
        "purchaseOrderStateChangedDate": text(since),
        "purchaseOrderType": "RegularOrder",
        "paymentMethod": "Invoice",
        "buyingParty": party(&warehouse(one)),
        "sellingParty": party(vendor),
        "shipToParty": party(&warehouse(one)),
        "billToParty": party(&format!("{}BILL", one.store.country)),
        "shipWindow": window(2, 7),
        "deliveryWindow": window(4, 12),
        "items": items(one, now),
    });
    if let Some(changed) = one.change(now) {
        written["orderDetails"]["purchaseOrderChangedDate"] = json!(text(changed));
    }
    written
}

fn items(one: &Purchase, now: Timestamp) -> Vec<Value> {
    let item = |(place, item): (usize, &Item)| {
        let currency = one.store.currency;
        let money = |minor| json!({ "currencyCode": currency, "amount": decimal(minor, currency) });
        json!({
            "itemSequenceNumber": (place + 1).to_string(),
            "amazonProductIdentifier": item.article.asin,
            "vendorProductIdentifier": item.article.sku,
            "orderedQuantity": cases(one.wanted(item, now)),
            "isBackOrderAllowed": false,
            "netCost": money(one.cost(item.article)),
            "listPrice": money(crate::goods::convert(item.article.euro_cents, currency)),
        })
    };
    one.items.iter().enumerate().map(item).collect()
}

/// A quantity in cases.
pub(crate) fn cases(amount: i64) -> Value {
    json!({ "amount": amount, "unitOfMeasure": "Cases", "unitSize": CASE })
}
