//! `GET_MERCHANT_LISTINGS_ALL_DATA`: what the account offers in the first store asked about ("only the first
//! marketplaceId in the list will be accepted", developer-docs.amazon.com/sp-api, report-type-values-inventory).

use super::{Table, Wanted, row};
use crate::chance::of_text;
use crate::data::listings::{by_amazon, kept};
use crate::goods::decimal;
use crate::truth::Account;
use crate::truth::offers::Offer;
use crate::truth::zones::zone_of;

#[rustfmt::skip]
const COLUMNS: [&str; 29] = [
    "item-name", "item-description", "listing-id", "seller-sku", "price", "quantity", "open-date", "image-url",
    "item-is-marketplace", "product-id-type", "zshop-shipping-fee", "item-note", "item-condition", "zshop-category1",
    "zshop-browse-path", "zshop-storefront-feature", "asin1", "asin2", "asin3", "will-ship-internationally",
    "expedited-shipping", "zshop-boldface", "product-id", "bid-for-featured-placement", "add-delete",
    "pending-quantity", "fulfillment-channel", "merchant-shipping-group", "status",
];

/// Every listing, whatever the time asked about.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let store = wanted.own_stores().next();
    let offers = store.map(|store| account.offers(store, wanted.as_of)).unwrap_or_default();
    Table { columns: COLUMNS.to_vec(), rows: offers.iter().map(written).collect() }
}

/// One listing as the report writes it.
pub(crate) fn written(offer: &Offer) -> Vec<String> {
    let amazon = by_amazon(offer);
    let opened = offer.created.to_zoned(zone_of(offer.store));
    let channel = format!("AMAZON_{}", offer.store.region.word().to_uppercase());
    row(
        &COLUMNS,
        &[
            ("item-name", offer.title.clone()),
            ("listing-id", format!("SIM{:08}", of_text(&offer.sku) % 100_000_000)),
            ("seller-sku", offer.sku.clone()),
            ("price", decimal(offer.price, offer.store.currency)),
            // What Amazon stocks has no quantity here.
            ("quantity", if amazon { String::new() } else { kept(offer).to_string() }),
            ("open-date", opened.strftime("%Y-%m-%d %H:%M:%S %Z").to_string()),
            ("item-is-marketplace", "y".to_owned()),
            ("product-id-type", "1".to_owned()),
            ("item-condition", "11".to_owned()),
            ("asin1", offer.asin.clone()),
            ("product-id", offer.asin.clone()),
            ("pending-quantity", if amazon { String::new() } else { "0".to_owned() }),
            ("fulfillment-channel", if amazon { channel } else { "DEFAULT".to_owned() }),
            ("merchant-shipping-group", "Migrated Template".to_owned()),
            ("status", if offer.buyable { "Active" } else { "Inactive" }.to_owned()),
        ],
    )
}
