//! Vendor Shipments v1, `GetShipmentDetails`: the one shipment of each purchase order.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::data::vendor_orders::{cases, warehouse};
use crate::data::{listed, whole};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::later;
use crate::truth::vendor::{Item, Purchase};

/// Shipments on a page, at most and when nothing is said (model).
const LARGEST_PAGE: usize = 50;
const STYLE: Style = Style::repeated("nextToken", &["limit"]);

/// The times that can be asked for, and what each is of a shipment.
type Moment = fn(&Purchase) -> Timestamp;
const RANGES: [(&str, Moment); 5] = [
    ("created", |one| one.announced),
    ("shipmentConfirmed", |one| one.announced),
    ("shipped", |one| one.shipped),
    ("estimatedDelivery", |one| later(one.shipped, 5, 0)),
    ("shipmentDelivery", |one| one.received),
];

/// One page of the vendor's shipments.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let mut ranges = Vec::new();
    for (name, moment) in RANGES {
        let (from, until) = (ask.time(&format!("{name}After"))?, ask.time(&format!("{name}Before"))?);
        ask.in_order(from, until)?;
        ranges.push((from, until, moment));
    }
    let size = ask.number("limit", LARGEST_PAGE, 1..=LARGEST_PAGE)?;
    let ascending = ask.word("sortOrder", &["ASC", "DESC"])? != Some("DESC");
    let statuses = ["Created", "TransportationRequested", "CarrierAssigned", "Shipped"];
    let status = ask.word("currentShipmentStatus", &statuses)?;
    let page = Page::open(ask, &STYLE)?;
    let now = page.as_of();
    let since = ranges.iter().filter_map(|(from, ..)| *from).max().unwrap_or(Timestamp::MIN);
    let mut found: Vec<Purchase> = ask.account().purchases(since, now).collect();
    found.retain(|one| {
        let Some((is, at)) = one.shipping(now) else { return false };
        ranges.iter().all(|(from, until, moment)| {
            let at = moment(one);
            from.is_none_or(|from| from <= at && at <= now) && until.is_none_or(|until| at <= until)
        }) && status.is_none_or(|wanted| wanted == is)
            && ask.value("vendorShipmentIdentifier").is_none_or(|id| id == one.shipment())
            && ask.value("buyerReferenceNumber").is_none_or(|id| id == one.id())
            && ask.value("buyerWarehouseCode").is_none_or(|code| code == warehouse(one))
            && ask.value("sellerWarehouseCode").is_none_or(|code| code == ask.seller.id)
            && page.shows(&one.shipment(), at)
    });
    if !ascending {
        found.reverse();
    }
    let (shown, next) = page.cut(found, size);
    let shown: Vec<Value> = shown.iter().map(|one| written(&ask.seller.id, one, now)).collect();
    let mut payload = listed("shipments", shown);
    if let Some(next) = next {
        payload["pagination"] = json!({ "nextToken": next });
    }
    Ok(whole(payload))
}

/// A shipment as the operation writes it; one that does not exist yet as if it had just been announced.
pub(crate) fn written(vendor: &str, one: &Purchase, now: Timestamp) -> Value {
    let (status, since) = one.shipping(now).unwrap_or(("Created", one.announced));
    let kept: Vec<&Item> = one.items.iter().filter(|item| !item.dropped).collect();
    let item = |(place, item): (usize, &&Item)| {
        json!({
            "itemSequenceNumber": (place + 1).to_string(),
            "buyerProductIdentifier": item.article.asin,
            "vendorProductIdentifier": item.article.sku,
            "shippedQuantity": cases(item.cases),
        })
    };
    let mut transport = json!({
        "shipMode": "SmallParcel",
        "transportationMode": "Road",
        "estimatedDeliveryDate": text(later(one.shipped, 5, 0)),
        "carrierDetails": { "name": "Simulated Parcels", "code": "SIMP" },
    });
    if status == "Shipped" {
        transport["shippedDate"] = json!(text(one.shipped));
    }
    if now >= one.received {
        transport["shipmentDeliveryDate"] = json!(text(one.received));
    }
    json!({
        "vendorShipmentIdentifier": one.shipment(),
        "transactionType": "New",
        "buyerReferenceNumber": one.id(),
        "transactionDate": text(since),
        "currentShipmentStatus": status,
        "currentshipmentStatusDate": text(since),
        "shipmentCreateDate": text(one.announced),
        "shipmentConfirmDate": text(one.announced),
        "shipmentFreightTerm": "Prepaid",
        "sellingParty": { "partyId": vendor },
        "shipFromParty": { "partyId": vendor },
        "shipToParty": { "partyId": warehouse(one) },
        "shipmentMeasurements": { "totalCartonCount": kept.iter().map(|item| item.cases).sum::<i64>() },
        "purchaseOrders": [{
            "purchaseOrderNumber": one.id(),
            "purchaseOrderDate": text(one.placed),
            "items": kept.iter().enumerate().map(item).collect::<Vec<_>>(),
        }],
        "transportationDetails": transport,
    })
}
