//! Multi-channel fulfilment orders: `listAllFulfillmentOrders` by time of last update.
//!
//! Source: Amazon's model fulfillmentOutbound_2020-07-01.json. The answer holds the recipient's name and address: they
//! are left out before anything is kept.

use super::{Ask, Domain, Heads, Key, PLAIN, Pages, Source, Stores, days, pages};
use crate::catalogue::{LIST_ALL_FULFILLMENT_ORDERS, Role};
use jiff::SignedDuration;

/// Multi-channel fulfilment orders.
pub const OUTBOUND: Domain = Domain {
    name: "outbound",
    entity: "fulfillment_order",
    roles: &[Role::AmazonFulfillment],
    reads: "Orders of other shops that Amazon ships: status, speed and dates. No recipient.",
    source: Source::Pages(Pages {
        operation: &LIST_ALL_FULFILLMENT_ORDERS,
        filters: |ask: Ask<'_>| vec![("queryStartDate", ask.window.after.to_string())],
        records: "payload.fulfillmentOrders?",
        heads: Heads {
            key: Key::Fields(&["sellerFulfillmentOrderId"]),
            updated: "statusUpdatedDate",
            marketplace: "marketplaceId",
        },
        ..pages::PLAIN
    }),
    without: &["destinationAddress", "notificationEmails", "displayableOrderComment"],
    stores: Stores::One,
    cadence: SignedDuration::from_hours(2),
    cadence_quiet: days(2),
    overlap: SignedDuration::from_hours(1),
    // There is no end to give: a history is one piece.
    longest: days(541),
    shortest: days(540),
    lookback: days(540),
    ..PLAIN
};
