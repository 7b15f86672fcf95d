//! Fulfillment Outbound 2020-07-01: `listAllFulfillmentOrders` and `getFulfillmentOrder`. A token stands for the
//! first page's filters.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::{after, text};
use crate::data::{listed, whole};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::later;
use crate::truth::outbound::Fulfilment;

/// Orders on a page (an assumption: the operation has no parameter for it).
const PAGE: usize = 50;
const STYLE: Style = Style::alone("nextToken");
/// Without a start date the operation goes back so far (an assumption: the model says nothing).
const USUAL_REACH: SignedDuration = SignedDuration::from_hours(24 * 36);

/// One page of the orders that changed since a moment, oldest change first.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let page = Page::open(ask, &STYLE)?;
    let ask = page.filters(ask);
    let now = page.as_of();
    let since = ask.time("queryStartDate")?.unwrap_or_else(|| after(now, -USUAL_REACH));
    let mut found: Vec<Fulfilment> = ask.account().fulfilments(since, now).collect();
    found.retain(|one| {
        let (_, changed) = one.status(now);
        since <= changed && page.shows(&one.id(), changed)
    });
    found.sort_by_key(|one| one.status(now).1);
    let (shown, next) = page.clone().cut(found, PAGE);
    let shown: Vec<Value> = shown.iter().map(|one| written(one, now)).collect();
    let mut payload = listed("fulfillmentOrders", shown);
    if let Some(next) = next {
        payload["nextToken"] = json!(next);
    }
    Ok(whole(payload))
}

/// One order with its items and its shipment.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Value, Problem> {
    let mut all = ask.account().fulfilments(Timestamp::MIN, ask.now);
    let found = all.find(|one| one.id() == ask.variable(0)).ok_or_else(Problem::not_found)?;
    let (status, _) = found.status(ask.now);
    let item = format!("{}-1", found.id());
    let cancelled = if status == "Cancelled" { found.units } else { 0 };
    let arrives = text(later(found.ships, 3, 0));
    let shipments = if status == "Complete" {
        json!([{
            "amazonShipmentId": found.shipment(),
            "fulfillmentCenterId": crate::truth::inbound::warehouse(found.store),
            "fulfillmentShipmentStatus": "SHIPPED",
            "shippingDate": text(found.ships),
            "estimatedArrivalDate": arrives,
            "fulfillmentShipmentItem": [{
                "sellerSku": found.article.sku,
                "sellerFulfillmentOrderItemId": item,
                "quantity": found.units,
                "packageNumber": 1,
            }],
            "fulfillmentShipmentPackage": [{ "packageNumber": 1, "carrierCode": "Simulated Parcels" }],
        }])
    } else {
        json!([])
    };
    Ok(json!({ "payload": {
        "fulfillmentOrder": written(&found, ask.now),
        "fulfillmentOrderItems": [{
            "sellerSku": found.article.sku,
            "sellerFulfillmentOrderItemId": item,
            "quantity": found.units,
            "cancelledQuantity": cancelled,
            "unfulfillableQuantity": 0,
            "estimatedShipDate": text(found.ships),
            "estimatedArrivalDate": arrives,
        }],
        "fulfillmentShipments": shipments,
        "returnItems": [],
        "returnAuthorizations": [],
    } }))
}

/// An order as both operations write it.
pub(crate) fn written(one: &Fulfilment, now: Timestamp) -> Value {
    let (status, changed) = one.status(now);
    json!({
        "sellerFulfillmentOrderId": one.id(),
        "marketplaceId": one.store.id,
        "displayableOrderId": one.id(),
        "displayableOrderDate": text(one.received),
        "displayableOrderComment": "Thank you for your order.",
        "shippingSpeedCategory": "Standard",
        "destinationAddress": {
            "name": "Test-Ada Example",
            "addressLine1": format!("{} Simulation Street", 1 + one.place % 200),
            "city": "Testville",
            "stateOrRegion": "XX",
            "postalCode": "00001",
            "countryCode": one.store.country,
        },
        "fulfillmentAction": "Ship",
        "fulfillmentPolicy": "FillAll",
        "receivedDate": text(one.received),
        "fulfillmentOrderStatus": status,
        "statusUpdatedDate": text(changed),
        "notificationEmails": [],
    })
}
