//! Shipments to Amazon, `getShipments`, and what they hold, `getShipmentItems`, by time of last update.
//!
//! Source: Amazon's model fulfillmentInboundV0.json. The newer API has no filter by time.

use super::{Ask, Domain, Heads, Key, PLAIN, Pages, Parameters, Source, Stores, days, pages};
use crate::catalogue::{GET_SHIPMENT_ITEMS, GET_SHIPMENTS_FULFILLMENT_INBOUND_V0, Role};
use jiff::SignedDuration;

/// Shipments to Amazon.
pub const INBOUND: Domain = Domain {
    name: "inbound",
    entity: "inbound_shipment",
    roles: &[Role::AmazonFulfillment],
    reads: "Shipments on their way to Amazon's warehouses, with their status.",
    source: Source::Pages(Pages {
        operation: &GET_SHIPMENTS_FULFILLMENT_INBOUND_V0,
        filters,
        records: "payload.ShipmentData?",
        heads: Heads { key: Key::Fields(&["ShipmentId"]), updated: "", marketplace: "" },
        ..pages::PLAIN
    }),
    stores: Stores::Each,
    cadence: SignedDuration::from_hours(2),
    cadence_quiet: days(2),
    overlap: SignedDuration::from_hours(1),
    lookback: days(540),
    ..PLAIN
};

/// What shipments to Amazon hold.
pub const INBOUNDITEMS: Domain = Domain {
    name: "inbounditems",
    entity: "inbound_item",
    reads: "What shipments to Amazon's warehouses hold: units shipped and received of each SKU.",
    source: Source::Pages(Pages {
        operation: &GET_SHIPMENT_ITEMS,
        filters,
        records: "payload.ItemData?",
        heads: Heads { key: Key::Fields(&["ShipmentId", "SellerSKU"]), updated: "", marketplace: "" },
        ..pages::PLAIN
    }),
    ..INBOUND
};

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("QueryType", "DATE_RANGE".to_owned()),
        ("LastUpdatedAfter", ask.window.after.to_string()),
        ("LastUpdatedBefore", ask.window.before.to_string()),
        ("MarketplaceId", ask.stores.first().cloned().unwrap_or_default()),
    ]
}
