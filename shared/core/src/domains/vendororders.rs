//! Purchase orders of vendors.
//!
//! Source: Amazon's model vendorOrders.json. A window has seven days at most.

use super::{Ask, Domain, Heads, Key, PLAIN, Pages, Parameters, Source, Stores, Sweep, days, pages};
use crate::catalogue::{GET_PURCHASE_ORDERS, Role};
use crate::marketplaces::Kind;
use jiff::SignedDuration;

/// Purchase orders of vendors.
pub const VENDORORDERS: Domain = Domain {
    name: "vendororders",
    kind: Kind::Vendor,
    entity: "purchase_order",
    roles: &[Role::AmazonFulfillment],
    reads: "Amazon's purchase orders to the vendor, with their items and changes.",
    source: Source::Pages(Pages {
        operation: &GET_PURCHASE_ORDERS,
        filters,
        records: "payload.orders?",
        heads: Heads {
            key: Key::Fields(&["purchaseOrderNumber"]),
            updated: "orderDetails.purchaseOrderChangedDate",
            marketplace: "",
        },
        ..pages::PLAIN
    }),
    stores: Stores::One,
    cadence: SignedDuration::from_mins(30),
    cadence_quiet: SignedDuration::from_hours(4),
    overlap: SignedDuration::from_mins(30),
    longest: days(6),
    sweep: Sweep::None,
    sweep_every: days(1),
    sweep_quiet: days(1),
    lookback: days(360),
    ..PLAIN
};

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("changedAfter", ask.window.after.to_string()),
        ("changedBefore", ask.window.before.to_string()),
        ("limit", "100".to_owned()),
        ("sortOrder", "ASC".to_owned()),
        ("includeDetails", "true".to_owned()),
    ]
}
