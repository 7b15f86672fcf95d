//! Estimated fees of each offer: listings with a price are looked up, all of them once a month.
//!
//! Source: Amazon's models listingsItems_2021-08-01.json and productFeesV0.json: 20 estimates in one call.

use super::listings::CHANGED;
use super::{Ask, Domain, Heads, Key, Lookup, PLAIN, Pages, Parameters, Source, Stores, Sweep, days};
use crate::catalogue::{GET_MY_FEES_ESTIMATES, Role};
use serde_json::json;

/// Estimated fees.
pub const FEES: Domain = Domain {
    name: "fees",
    entity: "fee_estimate",
    roles: &[Role::ProductListing, Role::Pricing],
    reads: "What Amazon would charge for a sale of each SKU at its present price.",
    source: Source::Lookup(Lookup {
        list: Pages {
            heads: Heads {
                key: Key::Fields(&[
                    "sku",
                    "offers.0.price.amount",
                    "offers.0.price.currencyCode",
                    "fulfillmentAvailability.0.fulfillmentChannelCode",
                ]),
                updated: "",
                marketplace: "",
            },
            ..CHANGED
        },
        operation: &GET_MY_FEES_ESTIMATES,
        about,
        records: "",
        heads: Heads {
            key: Key::Fields(&["FeesEstimateIdentifier.IdValue", "FeesEstimateIdentifier.MarketplaceId"]),
            updated: "FeesEstimate.TimeOfFeesEstimation",
            marketplace: "FeesEstimateIdentifier.MarketplaceId",
        },
        at_once: 20,
    }),
    sweep: Sweep::Again,
    sweep_every: days(30),
    sweep_quiet: days(30),
    stores: Stores::Each,
    cadence: days(1),
    cadence_quiet: days(28),
    longest: days(400),
    shortest: jiff::SignedDuration::from_mins(1),
    lookback: days(365 * 5),
    ..PLAIN
};

fn about(ask: Ask<'_>, offers: &[String]) -> (Parameters, Option<String>) {
    let store = ask.stores.first().cloned().unwrap_or_default();
    let wanted = offers.iter().filter_map(|offer| {
        let mut parts = offer.rsplitn(4, '|');
        let (channel, currency, amount, sku) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // A number as Amazon wrote it: no cent is lost on the way.
        let amount: serde_json::Number = amount.parse().ok()?;
        Some(json!({
            "IdType": "SellerSKU",
            "IdValue": sku,
            "FeesEstimateRequest": {
                "MarketplaceId": store,
                "IsAmazonFulfilled": channel.starts_with("AMAZON"),
                "Identifier": sku,
                "PriceToEstimateFees": { "ListingPrice": { "CurrencyCode": currency, "Amount": amount } },
            },
        }))
    });
    (Vec::new(), Some(serde_json::Value::Array(wanted.collect()).to_string()))
}
