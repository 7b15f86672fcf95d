//! Shipments of vendors.
//!
//! Source: Amazon's model vendorShipments.json. A window has seven days at most.

use super::{Ask, Domain, Heads, Key, PLAIN, Pages, Parameters, Source, Stores, Sweep, days, pages};
use crate::catalogue::{GET_SHIPMENT_DETAILS_VENDOR_SHIPMENTS_V1, Role};
use crate::marketplaces::Kind;
use jiff::SignedDuration;

/// Shipments of vendors.
pub const VENDORSHIPMENTS: Domain = Domain {
    name: "vendorshipments",
    kind: Kind::Vendor,
    entity: "vendor_shipment",
    roles: &[Role::AmazonFulfillment],
    reads: "Shipments of the vendor to Amazon: what they hold and how far they are.",
    source: Source::Pages(Pages {
        operation: &GET_SHIPMENT_DETAILS_VENDOR_SHIPMENTS_V1,
        filters,
        records: "payload.shipments?",
        heads: Heads {
            key: Key::Fields(&["vendorShipmentIdentifier"]),
            updated: "transactionDate",
            marketplace: "",
        },
        ..pages::PLAIN
    }),
    stores: Stores::One,
    cadence: SignedDuration::from_mins(30),
    cadence_quiet: SignedDuration::from_hours(4),
    overlap: SignedDuration::from_mins(30),
    longest: days(6),
    sweep: Sweep::Back(days(3)),
    sweep_every: days(2),
    sweep_quiet: days(2),
    lookback: days(360),
    ..PLAIN
};

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("createdAfter", ask.window.after.to_string()),
        ("createdBefore", ask.window.before.to_string()),
        ("limit", "50".to_owned()),
        ("sortOrder", "ASC".to_owned()),
    ]
}
