//! `GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA`: the fees of one piece of each SKU in the first store asked about. Europe has
//! columns of its own.

use super::{Table, Wanted, row};
use crate::data::fees::pick_and_pack;
use crate::goods::decimal;
use crate::marketplaces::Region;
use crate::truth::Account;
use crate::truth::money::referral;
use crate::truth::offers::Offer;

#[rustfmt::skip]
const COLUMNS: [&str; 26] = [
    "sku", "fnsku", "asin", "amazon-store", "product-name", "product-group", "brand", "fulfilled-by", "your-price",
    "sales-price", "longest-side", "median-side", "shortest-side", "length-and-girth", "unit-of-dimension",
    "item-package-weight", "unit-of-weight", "product-size-tier", "currency", "estimated-fee-total",
    "estimated-referral-fee-per-unit", "estimated-variable-closing-fee", "estimated-order-handling-fee-per-order",
    "estimated-pick-pack-fee-per-unit", "estimated-weight-handling-fee-per-unit",
    "expected-fulfillment-fee-per-unit",
];
#[rustfmt::skip]
const COLUMNS_OF_EUROPE: [&str; 30] = [
    "sku", "fnsku", "asin", "amazon-store", "product-name", "product-group", "brand", "fulfilled-by",
    "has-local-inventory", "your-price", "sales-price", "longest-side", "median-side", "shortest-side",
    "length-and-girth", "unit-of-dimension", "item-package-weight", "unit-of-weight", "product-size-weight-band",
    "currency", "estimated-fee-total", "estimated-referral-fee-per-unit", "estimated-variable-closing-fee",
    "expected-domestic-fulfilment-fee-per-unit", "expected-efn-fulfilment-fee-per-unit-uk",
    "expected-efn-fulfilment-fee-per-unit-de", "expected-efn-fulfilment-fee-per-unit-fr",
    "expected-efn-fulfilment-fee-per-unit-it", "expected-efn-fulfilment-fee-per-unit-es",
    "expected-efn-fulfilment-fee-per-unit-se",
];

/// Every SKU.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let europe = wanted.seller.region == Region::Eu;
    let columns = if europe { COLUMNS_OF_EUROPE.to_vec() } else { COLUMNS.to_vec() };
    let store = wanted.own_stores().next();
    let offers = store.map(|store| account.offers(store, wanted.as_of)).unwrap_or_default();
    let rows = offers.iter().map(|offer| row(&columns, &fields(offer))).collect();
    Table { columns, rows }
}

/// What is told of one SKU, under the columns of either kind.
pub(crate) fn fields(offer: &Offer) -> Vec<(&'static str, String)> {
    let currency = offer.store.currency;
    let (share, packing) = (referral(offer.price), pick_and_pack(offer));
    let text = str::to_owned;
    vec![
        ("sku", offer.sku.clone()),
        ("fnsku", offer.fnsku.clone()),
        ("asin", offer.asin.clone()),
        ("amazon-store", text(offer.store.country)),
        ("product-name", offer.title.clone()),
        ("product-group", text("Home")),
        ("brand", text("Simulated Goods")),
        ("fulfilled-by", text("Amazon")),
        ("has-local-inventory", text("Yes")),
        ("your-price", decimal(offer.price, currency)),
        ("sales-price", decimal(offer.price, currency)),
        ("longest-side", text("30.00")),
        ("median-side", text("20.00")),
        ("shortest-side", text("8.00")),
        ("length-and-girth", text("86.00")),
        ("unit-of-dimension", text("centimeters")),
        ("item-package-weight", text("500.00")),
        ("unit-of-weight", text("grams")),
        ("product-size-tier", text("Large standard-size")),
        ("product-size-weight-band", text("Standard parcel")),
        ("currency", text(currency)),
        ("estimated-fee-total", decimal(share + packing, currency)),
        ("estimated-referral-fee-per-unit", decimal(share, currency)),
        ("estimated-variable-closing-fee", decimal(0, currency)),
        ("estimated-order-handling-fee-per-order", decimal(0, currency)),
        ("estimated-pick-pack-fee-per-unit", decimal(packing, currency)),
        ("estimated-weight-handling-fee-per-unit", decimal(0, currency)),
        ("expected-fulfillment-fee-per-unit", decimal(packing, currency)),
        ("expected-domestic-fulfilment-fee-per-unit", decimal(packing, currency)),
    ]
}
