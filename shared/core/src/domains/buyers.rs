//! Buyers and recipients of orders that still have to be shipped: only where an operator opened buyers' data.
//!
//! Source: Amazon's model orders_2026-01-01.json (`BUYER`, `RECIPIENT`; no restricted data token since 2026, only the
//! role). Amazon's Data Protection Policy allows 30 days after delivery. What is not shipped yet is not delivered yet:
//! what is gone 30 days after it landed is gone in time, whenever the order is delivered. The template's rules on `pii/`
//! see to that (25 days, 3 more for older versions, a day of S3's rounding for each).

use super::{Ask, Domain, Heads, Key, PLAIN, Pages, Parameters, Source, days, pages};
use crate::catalogue::{Role, SEARCH_ORDERS};
use jiff::SignedDuration;

/// Buyers and recipients.
pub const BUYERS: Domain = Domain {
    name: "buyers",
    entity: "buyer",
    roles: &[Role::DirectToConsumerShipping],
    reads: "Buyers' and recipients' names, addresses, telephone numbers and Amazon's anonymous mail addresses, with the items, of orders that the seller still has to ship. Closed until an operator opens buyers' data for the connection; gone 30 days after it landed, and until then under a key of its own.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::{DOMAINS, Source};
    use crate::stream::{Way, Window};

    fn asked(domain: &Domain) -> String {
        let stores = ["ATVPDKIKX0DER".to_owned()];
        let window = Window {
            after: "2026-01-01T00:00:00Z".parse().unwrap(),
            before: "2026-01-02T00:00:00Z".parse().unwrap(),
        };
        let ask = Ask { window, way: Way::Onward, stores: &stores, seller: "A1SELLER" };
        let calls = domain.sources().filter_map(|source| match source {
            Source::Pages(pages) => Some(pages.call(ask, None).unwrap().target()),
            Source::Lookup(lookup) => Some(lookup.list.call(ask, None).unwrap().target()),
            Source::Report(_) => None,
            Source::Single(single) => Some(single.call("123-1234567-1234567").unwrap().target()),
        });
        calls.collect()
    }

    #[test]
    fn only_orders_that_the_seller_still_has_to_ship_are_asked_for() {
        let asked = asked(&BUYERS);
        assert!(asked.contains("fulfillmentStatuses=UNSHIPPED%2CPARTIALLY_SHIPPED&"), "{asked}");
        assert!(asked.contains("fulfilledBy=MERCHANT&"), "{asked}");
        assert!(asked.contains("includedData=BUYER%2CRECIPIENT"), "{asked}");
    }

    #[test]
    fn whatever_asks_for_buyers_data_is_closed_by_default() {
        for domain in DOMAINS {
            let asked = asked(domain);
            let tells = asked.contains("BUYER") || asked.contains("RECIPIENT");
            assert_eq!(tells, domain.personal, "{}: {asked}", domain.name);
        }
    }
}
