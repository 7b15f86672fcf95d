//! FBA Inventory v1, `getInventorySummaries`.

use jiff::{SignedDuration, ToSpan};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::movements::WAREHOUSE_DAMAGED;
use crate::truth::offers::Offer;
use crate::truth::stock::Stock;

/// Summaries on a page (an assumption: the operation has no parameter for it).
const PAGE: usize = 50;
/// "The string token will expire 30 seconds after being created" (model).
const STYLE: Style = Style::repeated("nextToken", &[]).living(SignedDuration::from_secs(30));
/// SKUs in one request (model).
const MOST_SKUS: usize = 50;
/// "No earlier than 18 months prior" (model).
const OLDEST_MONTHS: i64 = 18;

/// The account's stock in one store.
pub(crate) fn summaries(ask: &Ask<'_>) -> Result<Value, Problem> {
    ask.needed("granularityType")?;
    ask.word("granularityType", &["Marketplace"])?;
    let granularity = ask.needed("granularityId")?;
    let store = ask.store("marketplaceIds")?;
    if granularity != store.id {
        return Err(Problem::input("granularityId must be the identifier of the marketplace."));
    }
    let details = ask.flag("details")?.unwrap_or(false);
    let since = ask.time("startDateTime")?;
    let oldest = ask.now.to_zoned(jiff::tz::TimeZone::UTC).checked_sub(OLDEST_MONTHS.months());
    if since.is_some_and(|since| oldest.is_ok_and(|oldest| since < oldest.timestamp())) {
        return Err(Problem::input("startDateTime must be no earlier than 18 months ago."));
    }
    let several = ask.list("sellerSkus");
    if several.len() > MOST_SKUS {
        return Err(Problem::input("sellerSkus may have at most 50 values."));
    }
    let wanted: Vec<&str> = match ask.value("sellerSku") {
        Some(one) if several.is_empty() => vec![one],
        _ => several,
    };
    let page = Page::open(ask, &STYLE)?;
    let (account, now) = (ask.account(), page.as_of());
    let mut found: Vec<(Offer, Stock)> = match ask.seller.marketplaces.iter().any(|id| id == store.id) {
        true => account.held(store, now),
        false => Vec::new(),
    };
    found.retain(|(offer, stock)| {
        let changed = stock.changed.unwrap_or(now);
        let asked_for = match since {
            Some(since) => since <= changed,
            None => wanted.is_empty() || wanted.contains(&offer.sku.as_str()),
        };
        asked_for && page.shows(&offer.sku, changed)
    });
    let (shown, next) = page.cut(found, PAGE);
    let shown: Vec<Value> = shown.iter().map(|(offer, stock)| written(offer, stock, details)).collect();
    let mut answer = json!({ "payload": {
        "granularity": { "granularityType": "Marketplace", "granularityId": store.id },
        "inventorySummaries": shown,
    } });
    if let Some(next) = next {
        answer["pagination"] = json!({ "nextToken": next });
    }
    Ok(answer)
}

/// A summary as the operation writes it.
pub(crate) fn written(offer: &Offer, stock: &Stock, details: bool) -> Value {
    let on_the_way = stock.working + stock.shipped + stock.receiving;
    let mut written = json!({
        "asin": offer.asin,
        "fnSku": offer.fnsku,
        "sellerSku": offer.sku,
        "condition": "NewItem",
        "lastUpdatedTime": stock.changed.map_or(String::new(), text),
        "productName": offer.title,
        "totalQuantity": stock.sellable() + stock.unsellable() + on_the_way,
        "stores": [],
    });
    if details {
        written["inventoryDetails"] = json!({
            "fulfillableQuantity": stock.sellable() - stock.reserved,
            "inboundWorkingQuantity": stock.working,
            "inboundShippedQuantity": stock.shipped,
            "inboundReceivingQuantity": stock.receiving,
            "reservedQuantity": {
                "totalReservedQuantity": stock.reserved,
                "pendingCustomerOrderQuantity": stock.reserved,
                "pendingTransshipmentQuantity": 0,
                "fcProcessingQuantity": 0,
            },
            "researchingQuantity": { "totalResearchingQuantity": 0, "researchingQuantityBreakdown": [] },
            "unfulfillableQuantity": {
                "totalUnfulfillableQuantity": stock.unsellable(),
                "customerDamagedQuantity": stock.of("CUSTOMER_DAMAGED"),
                "warehouseDamagedQuantity": stock.of(WAREHOUSE_DAMAGED),
                "distributorDamagedQuantity": 0,
                "carrierDamagedQuantity": 0,
                "defectiveQuantity": stock.of("DEFECTIVE"),
                "expiredQuantity": 0,
            },
        });
    }
    written
}
