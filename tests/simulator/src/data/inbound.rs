//! Fulfillment Inbound v0: `getShipments`, `getShipmentItems` and `getShipmentItemsByShipmentId`. A token stands for
//! the first page's filters (`QueryType` is then `NEXT_TOKEN`).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::data::{listed, whole};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::Account;
use crate::truth::inbound::Inbound;
use crate::truth::offers::{Thing, fnsku};

/// Shipments, or items, on a page (an assumption: the operations have no parameter for it).
const PAGE: usize = 50;
const STYLE: Style = Style::alone("NextToken");
const STATUSES: [&str; 11] = [
    "WORKING",
    "READY_TO_SHIP",
    "SHIPPED",
    "RECEIVING",
    "CANCELLED",
    "DELETED",
    "CLOSED",
    "ERROR",
    "IN_TRANSIT",
    "DELIVERED",
    "CHECKED_IN",
];
/// Shipments in one request (model).
const MOST_SHIPMENTS: usize = 999;

/// What a query must have for its type.
fn check(ask: &Ask<'_>, types: &[&str]) -> Result<(), Problem> {
    ask.needed("QueryType")?;
    let lacks = |text: &str| Err(Problem::input(text.to_owned()));
    let range = (ask.time("LastUpdatedAfter")?, ask.time("LastUpdatedBefore")?);
    ask.in_order(range.0, range.1)?;
    match ask.word("QueryType", types)? {
        Some("NEXT_TOKEN") if ask.value("NextToken").is_none() => lacks("NextToken is missing."),
        Some("NEXT_TOKEN") => Ok(()),
        _ if ask.value("NextToken").is_some() => lacks("NextToken needs the QueryType NEXT_TOKEN."),
        Some("DATE_RANGE") if range.0.is_none() || range.1.is_none() => {
            lacks("LastUpdatedAfter and LastUpdatedBefore are needed with the QueryType DATE_RANGE.")
        }
        Some("SHIPMENT")
            if ask.list("ShipmentStatusList").is_empty() && ask.list("ShipmentIdList").is_empty() =>
        {
            lacks("ShipmentStatusList or ShipmentIdList is needed with the QueryType SHIPMENT.")
        }
        _ => Ok(()),
    }
}

/// The shipments of one page.
pub(crate) fn shipments(ask: &Ask<'_>) -> Result<Value, Problem> {
    check(ask, &["SHIPMENT", "DATE_RANGE", "NEXT_TOKEN"])?;
    ask.store("MarketplaceId")?;
    let page = Page::open(ask, &STYLE)?;
    let ask = page.filters(ask);
    let statuses = ask.words("ShipmentStatusList", &STATUSES)?;
    let ids = ask.list("ShipmentIdList");
    if ids.len() > MOST_SHIPMENTS {
        return Err(Problem::input("ShipmentIdList may have at most 999 values."));
    }
    let mut found = changed(&ask, &page)?;
    found.retain(|(one, status)| {
        (statuses.is_empty() || statuses.contains(status))
            && (ids.is_empty() || ids.contains(&one.id().as_str()))
    });
    let account = ask.account();
    let (shown, next) = page.clone().cut(found, PAGE);
    let shown: Vec<Value> = shown.iter().map(|(one, status)| written(account, one, status)).collect();
    let mut payload = listed("ShipmentData", shown);
    if let Some(next) = next {
        payload["NextToken"] = json!(next);
    }
    Ok(whole(payload))
}

/// The items of one page.
pub(crate) fn items(ask: &Ask<'_>) -> Result<Value, Problem> {
    check(ask, &["DATE_RANGE", "NEXT_TOKEN"])?;
    ask.store("MarketplaceId")?;
    let page = Page::open(ask, &STYLE)?;
    let ask = page.filters(ask);
    let now = page.as_of();
    let found = changed(&ask, &page)?.into_iter();
    let found: Vec<Value> = found.flat_map(|(one, _)| items_written(&one, now)).collect();
    let (shown, next) = page.clone().cut(found, PAGE);
    let mut payload = listed("ItemData", shown);
    if let Some(next) = next {
        payload["NextToken"] = json!(next);
    }
    Ok(whole(payload))
}

/// The items of one shipment.
pub(crate) fn items_of(ask: &Ask<'_>) -> Result<Value, Problem> {
    let all = ask.account().inbounds(Timestamp::MIN, ask.now);
    let found = all.into_iter().find(|one| one.id() == ask.variable(0)).ok_or_else(Problem::not_found)?;
    Ok(json!({ "payload": { "ItemData": items_written(&found, ask.now) } }))
}

/// The store's shipments that changed in the range asked for, oldest change first.
fn changed(ask: &Ask<'_>, page: &Page) -> Result<Vec<(Inbound, &'static str)>, Problem> {
    let store = ask.store("MarketplaceId")?;
    let (from, until) = (ask.time("LastUpdatedAfter")?, ask.time("LastUpdatedBefore")?);
    let now = page.as_of();
    let all = ask.account().inbounds(from.unwrap_or(Timestamp::MIN), now).into_iter();
    let mut found: Vec<_> = all
        .filter(|one| one.store.id == store.id)
        .filter_map(|one| one.status(now).map(|(status, at)| (at, one, status)))
        .filter(|(at, one, _)| {
            from.is_none_or(|from| from <= *at)
                && until.is_none_or(|until| *at <= until)
                && page.shows(&one.id(), *at)
        })
        .collect();
    found.sort_by_key(|(at, ..)| *at);
    Ok(found.into_iter().map(|(_, one, status)| (one, status)).collect())
}

/// A shipment as the operation writes it.
pub(crate) fn written(account: Account<'_>, one: &Inbound, status: &str) -> Value {
    json!({
        "ShipmentId": one.id(),
        "ShipmentName": one.name(),
        "ShipFromAddress": {
            "Name": account.seller.name,
            "AddressLine1": "1 Simulation Road",
            "City": "Testville",
            "StateOrProvinceCode": "XX",
            "CountryCode": one.store.country,
            "PostalCode": "00001",
        },
        "DestinationFulfillmentCenterId": one.warehouse(),
        "ShipmentStatus": status,
        "LabelPrepType": "SELLER_LABEL",
        "AreCasesRequired": false,
        "BoxContentsSource": "NONE",
    })
}

/// A shipment's items as the operations write them.
pub(crate) fn items_written(one: &Inbound, now: Timestamp) -> Vec<Value> {
    let written = |thing: Thing, units: i64| {
        json!({
            "ShipmentId": one.id(),
            "SellerSKU": thing.sku(),
            "FulfillmentNetworkSKU": fnsku(&thing.asin()),
            "QuantityShipped": units,
            "QuantityReceived": one.received(units, now),
            "QuantityInCase": 0,
            "PrepDetailsList": [{ "PrepInstruction": "Labeling", "PrepOwner": "SELLER" }],
        })
    };
    one.items.iter().map(|(thing, units)| written(*thing, *units)).collect()
}
