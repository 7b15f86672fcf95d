//! Product Fees v0, `getMyFeesEstimates`: the same rates that the transactions charge.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::data::number;
use crate::goods::{convert, minor_units};
use crate::marketplaces;
use crate::problem::Problem;
use crate::truth::money::{fulfilment_at, referral};
use crate::truth::offers::Offer;

/// Products in one request (developer-docs.amazon.com/sp-api, product-fees-api-v0-reference).
const MOST_PRODUCTS: usize = 20;

/// An estimate for each product of the body.
pub(crate) fn estimates(ask: &Ask<'_>) -> Result<Value, Problem> {
    let products = ask.body.and_then(Value::as_array);
    let products = products.ok_or_else(|| Problem::input("The body must be a list."))?;
    if products.is_empty() || products.len() > MOST_PRODUCTS {
        return Err(Problem::input("The body may have 1 to 20 products."));
    }
    Ok(Value::Array(products.iter().map(|product| estimate(ask, product)).collect()))
}

fn estimate(ask: &Ask<'_>, product: &Value) -> Value {
    let asked = &product["FeesEstimateRequest"];
    let (kind, value) = (&product["IdType"], product["IdValue"].as_str().unwrap_or_default());
    let mut identifier = json!({
        "MarketplaceId": asked["MarketplaceId"],
        "SellerId": ask.seller.id,
        "IdType": kind,
        "IdValue": value,
        "PriceToEstimateFees": asked["PriceToEstimateFees"],
        "SellerInputIdentifier": asked["Identifier"],
    });
    for optional in ["IsAmazonFulfilled", "OptionalFulfillmentProgram"] {
        if !asked[optional].is_null() {
            identifier[optional] = asked[optional].clone();
        }
    }
    let store = marketplaces::by_id(asked["MarketplaceId"].as_str().unwrap_or_default());
    let offers = store.map(|store| ask.account().offers(store, ask.now)).unwrap_or_default();
    let found = offers.into_iter().find(|offer| match kind.as_str() {
        Some("ASIN") => offer.asin == value,
        _ => offer.sku == value,
    });
    let Some(offer) = found else {
        return json!({
            "Status": "ClientError",
            "FeesEstimateIdentifier": identifier,
            "Error": {
                "Type": "Sender",
                "Code": "DataNotAvailable",
                "Message": "There is no such product in this store.",
                "Detail": [],
            },
        });
    };
    let price = asked["PriceToEstimateFees"]["ListingPrice"]["Amount"].as_f64().unwrap_or(0.0);
    // A float cast saturates, which is what an absurd price deserves.
    #[allow(clippy::cast_precision_loss)]
    let minor = (price * minor_units(offer.store.currency) as f64).round() as i64;
    let by_amazon = asked["IsAmazonFulfilled"].as_bool().unwrap_or(false);
    json!({
        "Status": "Success",
        "FeesEstimateIdentifier": identifier,
        "FeesEstimate": fees(&offer, minor, by_amazon, ask.now),
    })
}

/// Pick and pack of one piece of what is offered, in the store's minor units.
pub(crate) fn pick_and_pack(offer: &Offer) -> i64 {
    // The fee goes by what the article costs in euro; of one of the tail the store's price stands for that.
    let rate = convert(100, offer.store.currency).max(1);
    fulfilment_at(offer.price * 100 / rate, offer.store.currency)
}

/// The estimate at a price in minor units.
pub(crate) fn fees(offer: &Offer, minor: i64, by_amazon: bool, now: Timestamp) -> Value {
    let currency = offer.store.currency;
    let money = |minor| json!({ "CurrencyCode": currency, "Amount": number(minor, currency) });
    let mut list = vec![("ReferralFee", referral(minor))];
    if by_amazon {
        list.push(("FBAPickAndPack", pick_and_pack(offer)));
    }
    let total = list.iter().map(|(_, fee)| fee).sum();
    let details = list.into_iter().map(|(kind, fee)| {
        json!({
            "FeeType": kind,
            "FeeAmount": money(fee),
            "FeePromotion": money(0),
            "FinalFee": money(fee),
        })
    });
    json!({
        "TimeOfFeesEstimation": crate::clock::text(now),
        "TotalFeesEstimate": money(total),
        "FeeDetailList": details.collect::<Vec<_>>(),
    })
}
