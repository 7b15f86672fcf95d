//! `GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA`: what buyers sent back to Amazon, from every store of the account.

use super::amounts::fba_time;
use super::{Table, Wanted, row};
use crate::truth::Account;
use crate::truth::inbound::warehouse;
use crate::truth::offers::fnsku;
use crate::truth::returns::Return;

#[rustfmt::skip]
const COLUMNS: [&str; 13] = [
    "return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "fulfillment-center-id",
    "detailed-disposition", "reason", "status", "license-plate-number", "customer-comments",
];

/// Every return that arrived in the time asked about, oldest first.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let mut found: Vec<_> = account.returns(wanted.window()).filter(|one| one.by_amazon).collect();
    found.sort_by_key(|one| one.at);
    Table { columns: COLUMNS.to_vec(), rows: found.iter().map(written).collect() }
}

fn written(one: &Return) -> Vec<String> {
    let article = one.line.article;
    // What a buyer writes has quotation marks that nothing closes.
    let comment = if one.reason == "DEFECTIVE" { "it said \"new" } else { "" };
    row(
        &COLUMNS,
        &[
            ("return-date", fba_time(one.at)),
            ("order-id", one.order_id.clone()),
            ("sku", article.sku.to_owned()),
            ("asin", article.asin.to_owned()),
            ("fnsku", fnsku(article.asin)),
            ("product-name", article.title(one.store.language).to_owned()),
            ("quantity", one.quantity.to_string()),
            ("fulfillment-center-id", warehouse(one.store)),
            ("detailed-disposition", one.disposition.to_owned()),
            ("reason", one.reason.to_owned()),
            ("status", "Unit returned to inventory".to_owned()),
            ("license-plate-number", one.plate()),
            ("customer-comments", comment.to_owned()),
        ],
    )
}
