//! Restricted data: Tokens 2021-03-01 `createRestrictedDataToken`, and one operation that takes such a token, Orders v0
//! `getOrderAddress`. A token opens exactly the methods and paths that it was made for.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::book::ACCESS_LIFE_SECONDS;
use crate::find;
use crate::problem::Problem;
use crate::sellers::Seller;
use crate::sp_api::Call;
use crate::world::Inside;

/// Resources in one token, at most (model).
const MOST_RESOURCES: usize = 50;

/// What a call asks for, as a token names it.
pub(crate) fn name(call: &Call) -> String {
    format!("{} {}", call.method, call.path)
}

/// A token for the resources in the body.
pub(crate) fn make(inside: &mut Inside, call: &Call, now: Timestamp) -> Result<Value, Problem> {
    let body = call.body.as_ref().ok_or_else(|| Problem::input("The body is missing."))?;
    let resources = body["restrictedResources"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !(1..=MOST_RESOURCES).contains(&resources.len()) {
        return Err(Problem::input("restrictedResources must have 1 to 50 members."));
    }
    let one =
        |resource: &Value| Some(format!("{} {}", resource["method"].as_str()?, resource["path"].as_str()?));
    let opens: Option<Vec<String>> = resources.iter().map(one).collect();
    let opens = opens.ok_or_else(|| Problem::input("A resource needs a method and a path."))?;
    let owner = call.token.as_deref().and_then(|token| inside.book.find_access(token));
    let (client_id, grant) = owner.map(|access| (access.client_id.clone(), access.grant)).unwrap_or_default();
    let token = inside.book.restricted(&client_id, grant, opens, now);
    Ok(json!({ "restrictedDataToken": token, "expiresIn": ACCESS_LIFE_SECONDS }))
}

/// Where an order goes. The buyer is made up.
pub(crate) fn address(inside: &Inside, seller: &Seller, id: &str, now: Timestamp) -> Result<Value, Problem> {
    find::one(inside, seller, id, now).ok_or_else(Problem::not_found)?;
    Ok(json!({ "payload": { "AmazonOrderId": id, "ShippingAddress": {
        "Name": "Simulated Buyer",
        "AddressLine1": "1 Nowhere Street",
        "City": "Nowhere",
        "PostalCode": "00000",
        "CountryCode": "US",
    } } }))
}
