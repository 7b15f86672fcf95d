//! `GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA`: the stock of the first store asked about, as it is when it is made.

use super::{Table, Wanted, row};
use crate::goods::decimal;
use crate::truth::Account;
use crate::truth::offers::Offer;
use crate::truth::stock::Stock;

#[rustfmt::skip]
const COLUMNS: [&str; 21] = [
    "sku", "fnsku", "asin", "product-name", "condition", "your-price", "mfn-listing-exists",
    "mfn-fulfillable-quantity", "afn-listing-exists", "afn-warehouse-quantity", "afn-fulfillable-quantity",
    "afn-unsellable-quantity", "afn-reserved-quantity", "afn-total-quantity", "per-unit-volume",
    "afn-inbound-working-quantity", "afn-inbound-shipped-quantity", "afn-inbound-receiving-quantity",
    "afn-researching-quantity", "afn-reserved-future-supply", "afn-future-supply-buyable",
];

/// Every SKU.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let store = wanted.own_stores().next();
    let held = store.map(|store| account.held(store, wanted.as_of)).unwrap_or_default();
    Table {
        columns: COLUMNS.to_vec(),
        rows: held.iter().map(|(offer, stock)| written(offer, stock)).collect(),
    }
}

fn written(offer: &Offer, stock: &Stock) -> Vec<String> {
    let in_house = stock.sellable() + stock.unsellable();
    let on_the_way = stock.working + stock.shipped + stock.receiving;
    let mut fields = vec![
        ("sku", offer.sku.clone()),
        ("fnsku", offer.fnsku.clone()),
        ("asin", offer.asin.clone()),
        ("product-name", offer.title.clone()),
        ("condition", "New".to_owned()),
        ("your-price", decimal(offer.price, offer.store.currency)),
        ("mfn-listing-exists", "No".to_owned()),
        ("afn-listing-exists", "Yes".to_owned()),
        ("per-unit-volume", "0.05".to_owned()),
    ];
    let numbers = [
        ("afn-warehouse-quantity", in_house),
        ("afn-fulfillable-quantity", stock.sellable() - stock.reserved),
        ("afn-unsellable-quantity", stock.unsellable()),
        ("afn-reserved-quantity", stock.reserved),
        ("afn-total-quantity", in_house + on_the_way),
        ("afn-inbound-working-quantity", stock.working),
        ("afn-inbound-shipped-quantity", stock.shipped),
        ("afn-inbound-receiving-quantity", stock.receiving),
        ("afn-researching-quantity", 0),
        ("afn-reserved-future-supply", 0),
        ("afn-future-supply-buyable", 0),
    ];
    fields.extend(numbers.map(|(name, number)| (name, number.to_string())));
    row(&COLUMNS, &fields)
}
