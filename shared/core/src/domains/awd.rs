//! Stock in Amazon Warehousing and Distribution: a picture of it, by `listInventory`.
//!
//! Source: Amazon's model awd_2024-05-09.json. There is no filter by time; a page holds up to 200 SKUs.

use super::{DAY, Domain, Heads, Key, PLAIN, Pages, Source, Stores, days, pages};
use crate::catalogue::{LIST_INVENTORY, Role};

/// Stock in Amazon Warehousing and Distribution.
pub const AWD: Domain = Domain {
    name: "awd",
    entity: "awd_stock",
    roles: &[Role::AmazonWarehousingAndDistribution],
    reads: "Units of each SKU in Amazon Warehousing and Distribution, and on their way there.",
    source: Source::Pages(Pages {
        operation: &LIST_INVENTORY,
        filters: |_| vec![("details", "SHOW".to_owned()), ("maxResults", "200".to_owned())],
        records: "inventory",
        heads: Heads { key: Key::Fields(&["sku"]), updated: "", marketplace: "" },
        ..pages::PLAIN
    }),
    stores: Stores::One,
    cadence: DAY,
    cadence_quiet: days(4),
    ..PLAIN
};
