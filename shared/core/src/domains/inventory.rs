//! FBA inventory: what changed by `getInventorySummaries`, everything once a day.
//!
//! Source: Amazon's model fbaInventory.json. `startDateTime` finds what changed since, except for units on their way
//! in ("changes in inboundWorkingQuantity, inboundShippedQuantity and inboundReceivingQuantity are not detected"): hence
//! the daily pass through everything. A page token lives 30 seconds.

use super::{Ask, DAY, Domain, Heads, Key, PLAIN, Pages, Parameters, STORE, Source, Stores, Sweep, pages};
use crate::catalogue::{GET_INVENTORY_SUMMARIES, Role};
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
    stores: Stores::Each,
    cadence: SignedDuration::from_mins(30),
    cadence_quiet: SignedDuration::from_hours(12),
    // Summaries lag behind what happened by minutes; what comes twice has the same key.
    overlap: SignedDuration::from_mins(30),
    // "No earlier than 18 months prior"; a window is never that long.
    longest: super::days(500),
    ..PLAIN
};

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
