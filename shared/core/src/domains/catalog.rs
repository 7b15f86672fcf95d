//! Catalog items of the seller's own ASINs: new and changed listings are looked up, all of them once a month.
//!
//! Source: Amazon's models listingsItems_2021-08-01.json and catalogItems_2022-04-01.json: 20 identifiers in one call.

use super::listings::CHANGED;
use super::{Ask, Domain, Heads, Key, Lookup, PLAIN, Pages, Parameters, STORE, Source, Stores, Sweep, days};
use crate::catalogue::{Role, SEARCH_CATALOG_ITEMS_CATALOG_ITEMS_2022_04_01};
use jiff::SignedDuration;

/// Catalog items of the seller's own ASINs.
pub const CATALOG: Domain = Domain {
    name: "catalog",
    entity: "catalog_item",
    roles: &[Role::ProductListing],
    reads: "Amazon's catalog entry of each ASIN that the seller lists: names, brand, classification, dimensions, images, sales ranks.",
    source: Source::Lookup(Lookup {
        list: Pages {
            heads: Heads { key: Key::Fields(&["summaries.0.asin"]), updated: "", marketplace: "" },
            ..CHANGED
        },
        operation: &SEARCH_CATALOG_ITEMS_CATALOG_ITEMS_2022_04_01,
        about,
        records: "items",
        heads: Heads { key: Key::Fields(&["asin", STORE]), updated: "", marketplace: "" },
        at_once: 20,
    }),
    // An entry's age is at most this.
    sweep: Sweep::Again,
    sweep_every: days(30),
    sweep_quiet: days(30),
    stores: Stores::Each,
    cadence: SignedDuration::from_hours(6),
    cadence_quiet: days(28),
    longest: days(400),
    shortest: SignedDuration::from_mins(1),
    // As far back as listings change at all.
    lookback: days(365 * 5),
    ..PLAIN
};

fn about(ask: Ask<'_>, asins: &[String]) -> (Parameters, Option<String>) {
    let parameters = vec![
        ("identifiers", asins.join(",")),
        ("identifiersType", "ASIN".to_owned()),
        ("marketplaceIds", ask.stores.first().cloned().unwrap_or_default()),
        (
            "includedData",
            "summaries,classifications,dimensions,identifiers,images,productTypes,relationships,salesRanks"
                .to_owned(),
        ),
        ("pageSize", "20".to_owned()),
    ];
    (parameters, None)
}
