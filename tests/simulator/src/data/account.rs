//! Sellers v1, `getAccount`.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::participations;
use crate::problem::Problem;
use crate::sellers::Seller;

/// The account and its stores.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Value, Problem> {
    Ok(json!({ "payload": written(ask.seller) }))
}

/// The account as the operation writes it.
pub(crate) fn written(seller: &Seller) -> Value {
    let stores = participations::of(seller);
    let country = stores["payload"][0]["marketplace"]["countryCode"].clone();
    let address = json!({
        "addressLine1": "1 Simulation Road",
        "countryCode": country,
        "city": "Testville",
        "postalCode": "00001",
    });
    json!({
        "marketplaceParticipationList": stores["payload"],
        "businessType": "PRIVATE_LIMITED",
        "sellingPlan": "PROFESSIONAL",
        "business": { "name": seller.name, "registeredBusinessAddress": address },
        "primaryContact": { "name": "Test-Greta Example", "address": address },
    })
}
