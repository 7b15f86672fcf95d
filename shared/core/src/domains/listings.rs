//! Listings: what changed by `searchListingsItems`, the complete list by report once a week.
//!
//! Source: Amazon's model listingsItems_2021-08-01.json. A page holds up to 20 items, and a search shows 1,000 of them
//! at most (an engineer of Amazon's, selling-partner-api-models issue 4442): a window with more is halved.

use super::{
    Ask, Domain, Heads, Key, Made, PLAIN, Pages, Parameters, Report, STORE, Source, Stores, Sweep, days,
    pages,
};
use crate::catalogue::{Role, SEARCH_LISTINGS_ITEMS};
use crate::document::{Format, Layout};
use jiff::SignedDuration;

/// Listings.
pub const LISTINGS: Domain = Domain {
    name: "listings",
    entity: "listing",
    roles: &[Role::ProductListing],
    reads: "Listings: titles, status, prices, quantities and what Amazon finds wrong with them.",
    source: Source::Pages(CHANGED),
    sweep: Sweep::Whole(&Source::Report(Report {
        kind: "GET_MERCHANT_LISTINGS_ALL_DATA",
        made: Made::Asked,
        options: &[],
        dated: false,
        layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["seller-sku"] },
        heads: Heads { key: Key::Fields(&["seller-sku", STORE]), updated: "", marketplace: "" },
    })),
    sweep_every: days(7),
    sweep_quiet: days(7),
    stores: Stores::Each,
    cadence: SignedDuration::from_hours(1),
    cadence_quiet: days(2),
    longest: days(400),
    shortest: SignedDuration::from_mins(1),
    ..PLAIN
};

/// Changed listings of a window.
pub(super) const CHANGED: Pages = Pages {
    operation: &SEARCH_LISTINGS_ITEMS,
    filters,
    records: "items",
    heads: Heads {
        key: Key::Fields(&["sku", STORE]),
        updated: "summaries.0.lastUpdatedDate",
        marketplace: "",
    },
    reach: Some(("numberOfResults", 1_000)),
    ..pages::PLAIN
};

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("sellerId", ask.seller.to_owned()),
        ("marketplaceIds", ask.stores.first().cloned().unwrap_or_default()),
        ("includedData", "summaries,offers,fulfillmentAvailability,issues,productTypes".to_owned()),
        ("lastUpdatedAfter", ask.window.after.to_string()),
        ("lastUpdatedBefore", ask.window.before.to_string()),
        ("sortBy", "lastUpdatedDate".to_owned()),
        ("sortOrder", "ASC".to_owned()),
        ("pageSize", "20".to_owned()),
    ]
}

/// The report's columns (developer-docs.amazon.com/sp-api, inventory reports).
const COLUMNS: &[&str] = &[
    "item-name",
    "item-description",
    "listing-id",
    "seller-sku",
    "price",
    "quantity",
    "open-date",
    "image-url",
    "item-is-marketplace",
    "product-id-type",
    "zshop-shipping-fee",
    "item-note",
    "item-condition",
    "zshop-category1",
    "zshop-browse-path",
    "zshop-storefront-feature",
    "asin1",
    "asin2",
    "asin3",
    "will-ship-internationally",
    "expedited-shipping",
    "zshop-boldface",
    "product-id",
    "bid-for-featured-placement",
    "add-delete",
    "pending-quantity",
    "fulfillment-channel",
    "merchant-shipping-group",
    "status",
];
