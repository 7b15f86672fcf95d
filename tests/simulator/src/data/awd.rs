//! AWD 2024-05-09: `listInventory` and `listInboundShipments`.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::awd::{Bulk, BulkStock};

/// Results on a page, when nothing is said and at most (model).
const USUAL_PAGE: usize = 25;
const LARGEST_PAGE: usize = 200;
const STYLE: Style = Style::repeated("nextToken", &["maxResults"]);
const ORDERS: [&str; 2] = ["ASCENDING", "DESCENDING"];
const STATUSES: [&str; 7] =
    ["CREATED", "SHIPPED", "IN_TRANSIT", "RECEIVING", "DELIVERED", "CLOSED", "CANCELLED"];

/// One page of the bulk stock, by SKU.
pub(crate) fn inventory(ask: &Ask<'_>) -> Result<Value, Problem> {
    let size = ask.number("maxResults", USUAL_PAGE, 1..=LARGEST_PAGE)?;
    let details = ask.word("details", &["SHOW", "HIDE"])? == Some("SHOW");
    let descending = ask.word("sortOrder", &ORDERS)? == Some("DESCENDING");
    let page = Page::open(ask, &STYLE)?;
    let mut found = ask.account().bulk_stock(page.as_of());
    found.retain(|one| ask.value("sku").is_none_or(|sku| sku == one.article.sku));
    found.sort_by_key(|one| one.article.sku);
    if descending {
        found.reverse();
    }
    let (shown, next) = page.cut(found, size);
    let mut answer =
        json!({ "inventory": shown.iter().map(|one| stocked(one, details)).collect::<Vec<_>>() });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

/// One SKU as the operation writes it.
pub(crate) fn stocked(one: &BulkStock, details: bool) -> Value {
    let mut written = json!({
        "sku": one.article.sku,
        "totalInboundQuantity": one.inbound,
        "totalOnhandQuantity": one.onhand,
    });
    if details {
        written["inventoryDetails"] = json!({
            "availableDistributableQuantity": one.onhand - one.reserved,
            "reservedDistributableQuantity": one.reserved,
            "replenishmentQuantity": one.replenishing,
        });
        written["expirationDetails"] = json!([]);
    }
    written
}

/// One page of the shipments to AWD, the last changed first unless asked otherwise.
pub(crate) fn shipments(ask: &Ask<'_>) -> Result<Value, Problem> {
    let size = ask.number("maxResults", USUAL_PAGE, 1..=LARGEST_PAGE)?;
    let status = ask.word("shipmentStatus", &STATUSES)?;
    let by_creation = ask.word("sortBy", &["UPDATED_AT", "CREATED_AT"])? == Some("CREATED_AT");
    let ascending = ask.word("sortOrder", &ORDERS)? == Some("ASCENDING");
    let (from, until) = (ask.time("updatedAfter")?, ask.time("updatedBefore")?);
    ask.in_order(from, until)?;
    let page = Page::open(ask, &STYLE)?;
    let now = page.as_of();
    let mut found: Vec<Bulk> = ask.account().bulks(now).collect();
    found.retain(|one| {
        let (is, at) = one.status(now);
        status.is_none_or(|wanted| wanted == is)
            && from.is_none_or(|from| from <= at)
            && until.is_none_or(|until| at <= until)
            && page.shows(&one.id(), at)
    });
    found.sort_by_key(|one| if by_creation { one.created() } else { one.status(now).1 });
    if !ascending {
        found.reverse();
    }
    let (shown, next) = page.cut(found, size);
    let mut answer = json!({ "shipments": shown.iter().map(|one| written(one, now)).collect::<Vec<_>>() });
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

/// A shipment as the operation writes it.
pub(crate) fn written(one: &Bulk, now: Timestamp) -> Value {
    let (status, updated) = one.status(now);
    json!({
        "shipmentId": one.id(),
        "orderId": one.order(),
        "shipmentStatus": status,
        "createdAt": text(one.created()),
        "updatedAt": text(updated),
    })
}
