//! Sales metrics by day: `getOrderMetrics`.
//!
//! Source: Amazon's model sales.json: an interval of two years at most, whole days of UTC.

use super::{Ask, DAY, Domain, Heads, Key, PLAIN, Pages, Parameters, STORE, Source, Stores, days, pages};
use crate::catalogue::{GET_ORDER_METRICS, Role};

/// Sales metrics by day.
pub const SALES: Domain = Domain {
    name: "sales",
    entity: "sales_day",
    roles: &[Role::InventoryAndOrderTracking],
    reads: "Orders, units and sales of each day, as Amazon sums them up.",
    source: Source::Pages(Pages {
        operation: &GET_ORDER_METRICS,
        filters,
        records: "payload",
        heads: Heads { key: Key::Fields(&["interval", STORE]), updated: "", marketplace: "" },
        ..pages::PLAIN
    }),
    stores: Stores::Each,
    by_day: true,
    cadence: DAY,
    cadence_quiet: days(2),
    // Orders that are cancelled change the days before.
    overlap: days(7),
    longest: days(360),
    lookback: days(720),
    ..PLAIN
};

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("marketplaceIds", ask.stores.first().cloned().unwrap_or_default()),
        ("interval", format!("{}--{}", ask.window.after, ask.window.before)),
        ("granularity", "Day".to_owned()),
        ("granularityTimeZone", "UTC".to_owned()),
    ]
}
