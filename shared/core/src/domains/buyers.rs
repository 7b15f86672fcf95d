//! Buyers and recipients of orders that still have to be shipped: only where an operator opened buyers' data.
//!
//! Source: Amazon's model orders_2026-01-01.json (`BUYER`, `RECIPIENT`; no restricted data token since 2026, only the
//! role). Amazon's Data Protection Policy allows 30 days after delivery. What is not shipped yet is not delivered yet:
//! what landed and ends 28 days later has ended in time, whenever the order is delivered.

use super::{Ask, Domain, Heads, Key, PLAIN, Pages, Parameters, Source, days, pages};
use crate::catalogue::{Role, SEARCH_ORDERS};
use jiff::SignedDuration;

/// Buyers and recipients.
pub const BUYERS: Domain = Domain {
    name: "buyers",
    entity: "buyer",
    roles: &[Role::DirectToConsumerShipping],
    reads: "Names, addresses and telephone numbers of the recipients of orders that still have to be shipped. Closed until an operator opens buyers' data for the connection; kept for 28 days under a key of its own.",
    source: Source::Pages(Pages {
        operation: &SEARCH_ORDERS,
        filters,
        records: "orders",
        heads: Heads {
            key: Key::Fields(&["orderId"]),
            updated: "lastUpdatedTime",
            marketplace: "salesChannel.marketplaceId",
        },
        ..pages::PLAIN
    }),
    personal: true,
    cadence: SignedDuration::from_mins(30),
    cadence_quiet: SignedDuration::from_hours(2),
    longest: days(29),
    // What has waited longer will hardly be shipped.
    lookback: days(14),
    ..PLAIN
};

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("lastUpdatedAfter", ask.window.after.to_string()),
        ("lastUpdatedBefore", ask.window.before.to_string()),
        ("marketplaceIds", ask.stores.join(",")),
        ("maxResultsPerPage", "100".to_owned()),
        ("fulfillmentStatuses", "UNSHIPPED,PARTIALLY_SHIPPED".to_owned()),
        // Amazon ships its own.
        ("fulfilledBy", "MERCHANT".to_owned()),
        ("includedData", "BUYER,RECIPIENT".to_owned()),
    ]
}
