//! Vendor Orders v1, `getPurchaseOrdersStatus`: how far Amazon and the vendor have come with each order.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::data::vendor_orders::{cases, range, warehouse};
use crate::data::{listed, whole};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::vendor::{Item, Purchase};

/// Orders on a page, at most and when nothing is said (model).
const LARGEST_PAGE: usize = 100;
const STYLE: Style = Style::repeated("nextToken", &["limit"]);

/// One page of statuses of the orders placed, or updated, in a time; or of one order.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let created = range(ask, "createdAfter", "createdBefore")?;
    let updated = range(ask, "updatedAfter", "updatedBefore")?;
    let number = ask.value("purchaseOrderNumber");
    if created.is_none() && updated.is_none() && number.is_none() {
        return Err(Problem::input("createdAfter, updatedAfter or purchaseOrderNumber is missing."));
    }
    let size = ask.number("limit", LARGEST_PAGE, 1..=LARGEST_PAGE)?;
    let ascending = ask.word("sortOrder", &["ASC", "DESC"])? != Some("DESC");
    let status = ask.word("purchaseOrderStatus", &["OPEN", "CLOSED"])?;
    let confirmations = ["ACCEPTED", "PARTIALLY_ACCEPTED", "REJECTED", "UNCONFIRMED"];
    let confirmed = ask.word("itemConfirmationStatus", &confirmations)?;
    let receipts = ["NOT_RECEIVED", "PARTIALLY_RECEIVED", "RECEIVED"];
    let received = ask.word("itemReceiveStatus", &receipts)?;
    let page = Page::open(ask, &STYLE)?;
    let now = page.as_of();
    let since = created.or(updated).map_or(Timestamp::MIN, |(from, _)| from);
    let mut found: Vec<Purchase> = ask.account().purchases(since, now).collect();
    found.retain(|one| {
        let within = |at: Timestamp, range: Option<(Timestamp, Timestamp)>| {
            range.is_none_or(|(from, until)| from <= at && at <= until)
        };
        within(one.placed, created)
            && within(one.updated(now), updated)
            && number.is_none_or(|number| number == one.id())
            && status.is_none_or(|wanted| wanted == status_of(one, now))
            && confirmed
                .is_none_or(|wanted| one.items.iter().any(|item| wanted == confirmation(one, item, now)))
            && received.is_none_or(|wanted| wanted == receipt(one, now))
            && ask.value("orderingVendorCode").is_none_or(|code| code == ask.seller.id)
            && ask.value("shipToPartyId").is_none_or(|code| code == warehouse(one))
            && page.shows(&one.id(), one.updated(now))
    });
    if !ascending {
        found.reverse();
    }
    let (shown, next) = page.cut(found, size);
    let shown: Vec<Value> = shown.iter().map(|one| written(&ask.seller.id, one, now)).collect();
    let mut payload = listed("ordersStatus", shown);
    if let Some(next) = next {
        payload["pagination"] = json!({ "nextToken": next });
    }
    Ok(whole(payload))
}

fn status_of(one: &Purchase, now: Timestamp) -> &'static str {
    if one.state(now).0 == "Closed" { "CLOSED" } else { "OPEN" }
}

fn confirmation(one: &Purchase, item: &Item, now: Timestamp) -> &'static str {
    match () {
        () if now < one.acknowledged => "UNCONFIRMED",
        () if item.dropped => "REJECTED",
        () => "ACCEPTED",
    }
}

fn receipt(one: &Purchase, now: Timestamp) -> &'static str {
    if now < one.received { "NOT_RECEIVED" } else { "RECEIVED" }
}

/// A status as the operation writes it.
pub(crate) fn written(vendor: &str, one: &Purchase, now: Timestamp) -> Value {
    let item = |(place, item): (usize, &Item)| {
        let accepted = if now < one.acknowledged || item.dropped { 0 } else { item.cases };
        let arrived = if now < one.received || item.dropped { 0 } else { item.cases };
        let mut receiving = json!({
            "receiveStatus": if item.dropped { "NOT_RECEIVED" } else { receipt(one, now) },
            "receivedQuantity": cases(arrived),
        });
        if arrived > 0 {
            receiving["lastReceiveDate"] = json!(text(one.received));
        }
        json!({
            "itemSequenceNumber": (place + 1).to_string(),
            "buyerProductIdentifier": item.article.asin,
            "vendorProductIdentifier": item.article.sku,
            "orderedQuantity": { "orderedQuantity": cases(one.wanted(item, now)), "orderedQuantityDetails": [] },
            "acknowledgementStatus": {
                "confirmationStatus": confirmation(one, item, now),
                "acceptedQuantity": cases(accepted),
                "rejectedQuantity": cases(if now < one.acknowledged { 0 } else { item.cases - accepted }),
                "acknowledgementStatusDetails": [],
            },
            "receivingStatus": receiving,
        })
    };
    json!({
        "purchaseOrderNumber": one.id(),
        "purchaseOrderStatus": status_of(one, now),
        "purchaseOrderDate": text(one.placed),
        "lastUpdatedDate": text(one.updated(now)),
        "sellingParty": { "partyId": vendor },
        "shipToParty": { "partyId": warehouse(one) },
        "itemStatus": one.items.iter().enumerate().map(item).collect::<Vec<_>>(),
    })
}
