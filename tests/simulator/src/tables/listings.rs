//! The report of all listings: what the account offers, whatever the time asked about.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::{Table, Wanted};
use crate::chance::of_text;
use crate::goods::{ARTICLES, Article, convert, decimal};
use crate::marketplaces::{Marketplace, Region};
use crate::sellers::SellerKind;
use crate::world::Inside;

/// The columns.
#[rustfmt::skip]
const COLUMNS: [&str; 29] = [
    "item-name", "item-description", "listing-id", "seller-sku", "price", "quantity", "open-date", "image-url",
    "item-is-marketplace", "product-id-type", "zshop-shipping-fee", "item-note", "item-condition", "zshop-category1",
    "zshop-browse-path", "zshop-storefront-feature", "asin1", "asin2", "asin3", "will-ship-internationally",
    "expedited-shipping", "zshop-boldface", "product-id", "bid-for-featured-placement", "add-delete",
    "pending-quantity", "fulfillment-channel", "merchant-shipping-group", "status",
];
/// Articles of the account's that Amazon ships: every so many-th.
const BY_AMAZON_EVERY: usize = 2;

/// Every listing.
pub(crate) fn all(inside: &Inside, wanted: &Wanted<'_>) -> Table {
    let offers = wanted.seller.history > 0 || wanted.seller.kind == SellerKind::Vendor;
    let stores: Vec<_> = wanted.own_stores().filter(|_| offers && !wanted.seller.examples).collect();
    let opened = inside.book.opened;
    let listed = stores.iter().flat_map(|store| {
        ARTICLES.iter().enumerate().map(move |(place, article)| row(store, article, place, opened))
    });
    Table { columns: COLUMNS.to_vec(), rows: listed.collect() }
}

fn row(store: &Marketplace, article: &Article, place: usize, opened: Timestamp) -> Vec<String> {
    let text = str::to_owned;
    let by_amazon = place.is_multiple_of(BY_AMAZON_EVERY);
    let channel = match store.region {
        _ if !by_amazon => "DEFAULT",
        Region::Na => "AMAZON_NA",
        Region::Eu => "AMAZON_EU",
        Region::Fe => "AMAZON_JP",
    };
    let mut row = vec![String::new(); COLUMNS.len()];
    for (column, value) in [
        ("item-name", text(article.title(store.language))),
        ("listing-id", format!("{:04}SIM{:05}", place, of_text(store.id) % 100_000)),
        ("seller-sku", text(article.sku)),
        ("price", decimal(convert(article.euro_cents, store.currency), store.currency)),
        // What Amazon stocks has no quantity here.
        ("quantity", if by_amazon { String::new() } else { (10 + place).to_string() }),
        ("open-date", local(opened, store)),
        ("item-is-marketplace", text("y")),
        ("product-id-type", text("1")),
        ("item-condition", text("11")),
        ("asin1", text(article.asin)),
        ("product-id", text(article.asin)),
        ("pending-quantity", if by_amazon { String::new() } else { text("0") }),
        ("fulfillment-channel", text(channel)),
        ("merchant-shipping-group", text("Migrated Template")),
        ("status", text("Active")),
    ] {
        if let Some(at) = COLUMNS.iter().position(|known| *known == column) {
            row[at] = value;
        }
    }
    row
}

/// A time as the store's people write it. The zones are those of winter, all the year.
fn local(at: Timestamp, store: &Marketplace) -> String {
    let (hours, form) = match (store.region, store.country) {
        (_, "JP") => (9, "%Y/%m/%d %H:%M:%S JST"),
        (_, "GB" | "IE") => (0, "%d/%m/%Y %H:%M:%S GMT"),
        (Region::Eu, _) => (1, "%d/%m/%Y %H:%M:%S MEZ"),
        (Region::Fe, _) => (10, "%d/%m/%Y %H:%M:%S AEST"),
        (Region::Na, _) => (-8, "%Y-%m-%d %H:%M:%S PST"),
    };
    let zone = TimeZone::fixed(Offset::constant(hours));
    at.to_zoned(zone).strftime(form).to_string()
}
