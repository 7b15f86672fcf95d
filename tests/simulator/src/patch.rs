//! Listings 2021-08-01, `patchListingsItem`: a change is accepted and forgotten.

use serde_json::{Value, json};

use crate::problem::Problem;
use crate::sellers::Seller;
use crate::sp_api::Call;

/// The answer to a change: accepted, as Amazon says it before it looks closely. An account may change its own only.
pub(crate) fn patch(seller: &Seller, whose: &str, sku: &str, call: &Call) -> Result<Value, Problem> {
    if whose != seller.id {
        return Err(Problem::denied(""));
    }
    let body = call.body.as_ref().ok_or_else(|| Problem::input("The body is missing."))?;
    if !body["productType"].is_string() || body["patches"].as_array().is_none_or(Vec::is_empty) {
        return Err(Problem::input("productType or patches is missing."));
    }
    Ok(json!({ "sku": sku, "status": "ACCEPTED", "submissionId": "f1dc2914-75dd-11ea-bc55-0242ac130003" }))
}
