//! Sellers v1, `getMarketplaceParticipations`: the stores that an account sells in.

use serde_json::{Value, json};

use crate::marketplaces;
use crate::sellers::Seller;

/// The answer for this account.
pub(crate) fn of(seller: &Seller) -> Value {
    let stores = seller.marketplaces.iter().filter_map(|id| marketplaces::by_id(id));
    let payload: Vec<Value> = stores
        .map(|store| {
            json!({
                "marketplace": {
                    "id": store.id,
                    "name": store.name(),
                    "countryCode": store.country,
                    "defaultCurrencyCode": store.currency,
                    "defaultLanguageCode": store.language,
                    "domainName": format!("www.amazon.{}", store.domain),
                },
                "storeName": seller.name,
                "participation": { "isParticipating": true, "hasSuspendedListings": false },
            })
        })
        .collect();
    json!({ "payload": payload })
}

/// The answer in a region where the account has no store.
pub(crate) fn none() -> Value {
    json!({ "payload": [] })
}
