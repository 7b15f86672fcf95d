//! The dataset on a seller's economics: sales, fees and what is left, by article and date. Commission is the only fee.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::datasets::Asked;
use super::sums::{self, Grain, Group};
use super::traffic::empty;
use crate::reported::day_of;
use crate::sellers::{Seller, SellerKind};
use crate::truth::Account;
use crate::world::Inside;

/// Amazon's share of a price, in percent.
const COMMISSION_PERCENT: i64 = 15;

/// A row for each store, period and article.
pub(crate) fn rows(inside: &Inside, seller: &Seller, asked: &Asked) -> Vec<Value> {
    let groups =
        sums::by_asin(inside, (seller, &asked.stores), (asked.first, asked.last), asked.grain, asked.as_of);
    groups.iter().map(|group| row(group, &asked.by)).collect()
}

/// Every row by day and SKU that there is now: the store, the day, the SKU, and the row.
pub(crate) fn all(inside: &Inside, seller: &Seller, now: Timestamp) -> Vec<([String; 3], Value)> {
    if seller.kind != SellerKind::Seller {
        return Vec::new();
    }
    let account = Account::of(inside, seller);
    let (stores, days) = (account.stores().collect::<Vec<_>>(), (day_of(account.origin()), day_of(now)));
    let groups = sums::by_asin(inside, (seller, &stores), days, Grain::Day, now);
    let name = |group: &Group| {
        let sku = group.article.map_or("", |(_, sku)| sku);
        [group.store.id.to_owned(), group.first.to_string(), sku.to_owned()]
    };
    groups.iter().map(|group| (name(group), row(group, "MSKU"))).collect()
}

fn row(group: &Group, by: &str) -> Value {
    let (asin, sku) = group.article.unwrap_or_default();
    let sums = &group.sums;
    let fee = sums.ordered * COMMISSION_PERCENT / 100;
    let units = sums.units.max(1);
    let detail = json!({
        "amount": group.money(fee),
        "amountPerUnit": group.money(fee / units),
        "amountPerUnitDelta": Value::Null,
        "promotionAmount": group.money(0),
        "quantity": sums.units,
        "taxAmount": group.money(0),
        "totalAmount": group.money(fee),
    });
    let charge = json!({
        "aggregatedDetail": detail,
        "components": [{ "aggregatedDetail": detail, "name": "Referral fee", "properties": [property()] }],
        "startDate": group.first.to_string(),
        "endDate": group.last.to_string(),
        "identifier": format!("referral-{}", group.first),
        "properties": [property()],
    });
    json!({
        "startDate": group.first.to_string(),
        "endDate": group.last.to_string(),
        "marketplaceId": group.store.id,
        "parentAsin": asin,
        "childAsin": if by == "PARENT_ASIN" { Value::Null } else { json!(asin) },
        "msku": if by == "MSKU" { json!(sku) } else { Value::Null },
        "fnsku": Value::Null,
        "sales": {
            "averageSellingPrice": group.money(sums.ordered / units),
            "orderedProductSales": group.money(sums.ordered),
            "refundedProductSales": group.money(0),
            "netProductSales": group.money(sums.ordered),
            "unitsOrdered": sums.units,
            "unitsRefunded": 0,
            "netUnitsSold": sums.units,
        },
        "fees": [{ "feeTypeName": "ReferralFee", "charge": charge.clone(), "charges": [charge] }],
        "ads": [{ "adTypeName": "SponsoredProducts", "charge": detail }],
        "cost": Value::Null,
        "netProceeds": { "total": group.money(sums.ordered - fee), "perUnit": group.money((sums.ordered - fee) / units) },
    })
}

fn property() -> Value {
    json!({ "propertyName": "Category", "propertyValue": "Home" })
}

/// A row with every field.
pub(crate) fn form() -> Value {
    let mut form = row(&empty(Some(("", ""))), "MSKU");
    let amount = json!({ "amount": 0.0, "currencyCode": "" });
    form["cost"] = json!({
        "costOfGoodsSold": amount,
        "fbaCost": { "shippingToAmazonCost": amount },
        "mfnCost": { "fulfillmentCost": amount, "storageCost": amount },
        "miscellaneousCost": amount,
    });
    with_deltas(&mut form, &amount);
    form
}

/// Puts an amount where a change of a fee would be told.
fn with_deltas(value: &mut Value, amount: &Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| with_deltas(one, amount)),
        Value::Object(members) => {
            for (name, member) in members {
                match name.as_str() {
                    "amountPerUnitDelta" => *member = amount.clone(),
                    _ => with_deltas(member, amount),
                }
            }
        }
        _ => {}
    }
}
