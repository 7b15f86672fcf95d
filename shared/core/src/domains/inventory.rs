//! FBA inventory: what changed by `getInventorySummaries`, everything once a day.
//!
//! Source: Amazon's model fbaInventory.json. `startDateTime` finds what changed since, except for units on their way
//! in ("changes in inboundWorkingQuantity, inboundShippedQuantity and inboundReceivingQuantity are not detected"): hence
//! the daily pass through everything. A page token lives 30 seconds.
//!
//! Sellers find that summaries lack SKUs (selling-partner-api-docs issues 2312 and 3130, selling-partner-api-models issue
//! 2583): once a week the daily pass's sums are held against the report of the same stock.

use super::{
    Ask, Check, DAY, Domain, Heads, Key, Made, PLAIN, Pages, Parameters, Report, STORE, Source, Stores,
    Sweep, days, pages,
};
use crate::catalogue::{GET_INVENTORY_SUMMARIES, Role};
use crate::document::{Format, Layout};
use crate::stream::Way;
use jiff::SignedDuration;

/// FBA inventory.
pub const INVENTORY: Domain = Domain {
    name: "inventory",
    entity: "stock",
    roles: &[Role::AmazonFulfillment],
    reads: "Units of each SKU in Amazon's warehouses: sellable, reserved, unsellable, under research and on their way in.",
    source: Source::Pages(SUMMARIES),
    sweep: Sweep::Whole(&Source::Pages(SUMMARIES)),
    sweep_every: DAY,
    sweep_quiet: days(3),
    check: Some(Check {
        source: Source::Report(Report {
            kind: "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA",
            made: Made::Asked,
            options: &[],
            dated: false,
            layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["sku", COUNTED] },
            heads: Heads { key: Key::Fields(&["sku", STORE]), updated: "", marketplace: "" },
        }),
        counted: COUNTED,
        units: "totalQuantity",
        every: days(7),
    }),
    stores: Stores::Each,
    cadence: SignedDuration::from_mins(30),
    cadence_quiet: SignedDuration::from_hours(12),
    changes_wanted: 30.0,
    // Summaries lag behind what happened by minutes; what comes twice has the same key.
    overlap: SignedDuration::from_mins(30),
    // "No earlier than 18 months prior"; a window is never that long.
    longest: days(500),
    ..PLAIN
};

/// All units of a SKU at Amazon and on their way there.
const COUNTED: &str = "afn-total-quantity";

/// The report's columns (developer-docs.amazon.com/sp-api, FBA inventory reports).
const COLUMNS: &[&str] = &[
    "sku",
    "fnsku",
    "asin",
    "product-name",
    "condition",
    "your-price",
    "mfn-listing-exists",
    "mfn-fulfillable-quantity",
    "afn-listing-exists",
    "afn-warehouse-quantity",
    "afn-fulfillable-quantity",
    "afn-unsellable-quantity",
    "afn-reserved-quantity",
    COUNTED,
    "per-unit-volume",
    "afn-inbound-working-quantity",
    "afn-inbound-shipped-quantity",
    "afn-inbound-receiving-quantity",
    "afn-researching-quantity",
    "afn-reserved-future-supply",
    "afn-future-supply-buyable",
];

const SUMMARIES: Pages = Pages {
    operation: &GET_INVENTORY_SUMMARIES,
    filters,
    records: "payload.inventorySummaries",
    heads: Heads {
        key: Key::Fields(&["sellerSku", "fnSku", "condition", STORE]),
        updated: "lastUpdatedTime",
        marketplace: "",
    },
    // "The token expires after 30 seconds": five less, for the way there.
    token_life: SignedDuration::from_secs(25),
    ..pages::PLAIN
};

fn filters(ask: Ask<'_>) -> Parameters {
    let store = ask.stores.first().cloned().unwrap_or_default();
    let mut filters = vec![
        ("details", "true".to_owned()),
        ("granularityType", "Marketplace".to_owned()),
        ("granularityId", store.clone()),
        ("marketplaceIds", store),
    ];
    if ask.way != Way::Sweep {
        filters.push(("startDateTime", ask.window.after.to_string()));
    }
    filters
}
