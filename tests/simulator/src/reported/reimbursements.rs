//! `GET_FBA_REIMBURSEMENTS_DATA`: what Amazon paid for lost and damaged stock, in every store of the account.

use super::amounts::fba_time;
use super::{Table, Wanted, row};
use crate::goods::decimal;
use crate::truth::Account;
use crate::truth::losses::Reimbursement;
use crate::truth::offers::fnsku;

#[rustfmt::skip]
const COLUMNS: [&str; 18] = [
    "approval-date", "reimbursement-id", "case-id", "amazon-order-id", "reason", "sku", "fnsku", "asin",
    "product-name", "condition", "currency-unit", "amount-per-unit", "amount-total", "quantity-reimbursed-cash",
    "quantity-reimbursed-inventory", "quantity-reimbursed-total", "original-reimbursement-id",
    "original-reimbursement-type",
];

/// Every payment approved in the time asked about, oldest first.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let mut found: Vec<_> = account.reimbursements(wanted.window()).collect();
    found.sort_by_key(|one| (one.at, one.loss.number));
    Table { columns: COLUMNS.to_vec(), rows: found.iter().map(written).collect() }
}

fn written(one: &Reimbursement) -> Vec<String> {
    let (article, store, units) = (one.loss.article, one.loss.store, one.loss.units);
    row(
        &COLUMNS,
        &[
            ("approval-date", fba_time(one.at)),
            ("reimbursement-id", one.id()),
            ("reason", one.reason().to_owned()),
            ("sku", article.sku.to_owned()),
            ("fnsku", fnsku(article.asin)),
            ("asin", article.asin.to_owned()),
            ("product-name", article.title(store.language).to_owned()),
            ("condition", "Sellable".to_owned()),
            ("currency-unit", store.currency.to_owned()),
            ("amount-per-unit", decimal(one.unit, store.currency)),
            ("amount-total", decimal(one.unit * units, store.currency)),
            ("quantity-reimbursed-cash", units.to_string()),
            ("quantity-reimbursed-inventory", "0".to_owned()),
            ("quantity-reimbursed-total", units.to_string()),
        ],
    )
}
