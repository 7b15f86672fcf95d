//! `GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE`: what buyers send back to the merchant, by the day they asked.

use super::{Table, Wanted, row};
use crate::goods::decimal;
use crate::truth::Account;
use crate::truth::returns::Return;

#[rustfmt::skip]
const COLUMNS: [&str; 32] = [
    "Order ID", "Order date", "Return request date", "Return request status", "Amazon RMA ID", "Merchant RMA ID",
    "Label type", "Label cost", "Currency code", "Return carrier", "Tracking ID", "Label to be paid by",
    "A-to-Z Claim", "Is prime", "ASIN", "Merchant SKU", "Item Name", "Return quantity", "Return Reason", "In policy",
    "Return type", "Resolution", "Invoice number", "Return delivery date", "Order Amount", "Order quantity",
    "SafeT Action reason", "SafeT claim id", "SafeT claim state", "SafeT claim creation time",
    "SafeT claim reimbursement amount", "Refunded Amount",
];

/// Every return of these stores asked for in the time asked about, oldest first.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let found = account.merchant_returns(wanted.window()).filter(|one| wanted.is_about(one.store));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|one| one.asked);
    let rows = found.iter().map(|one| written(one, wanted)).collect();
    Table { columns: COLUMNS.to_vec(), rows }
}

fn written(one: &Return, wanted: &Wanted<'_>) -> Vec<String> {
    let (article, currency) = (one.line.article, one.store.currency);
    let day = |at: jiff::Timestamp| at.strftime("%d-%b-%Y").to_string();
    let arrived = one.at <= wanted.as_of;
    let refunded = one.refunded <= wanted.as_of;
    let amount = decimal(one.principal() + one.tax(), currency);
    row(
        &COLUMNS,
        &[
            ("Order ID", one.order_id.clone()),
            ("Order date", day(one.ordered)),
            ("Return request date", day(one.asked)),
            ("Return request status", if refunded { "Completed" } else { "Approved" }.to_owned()),
            ("Amazon RMA ID", one.authorization()),
            ("Label type", "AmazonUnPaidLabel".to_owned()),
            ("Label cost", decimal(0, currency)),
            ("Currency code", currency.to_owned()),
            ("Return carrier", "Simulated Parcels".to_owned()),
            ("Tracking ID", format!("SIMR{:010}", one.line.chance.below("tracking back", 10_000_000_000))),
            ("Label to be paid by", "Customer".to_owned()),
            ("A-to-Z Claim", "N".to_owned()),
            ("Is prime", "N".to_owned()),
            ("ASIN", article.asin.to_owned()),
            ("Merchant SKU", article.sku.to_owned()),
            ("Item Name", article.title(one.store.language).to_owned()),
            ("Return quantity", one.quantity.to_string()),
            ("Return Reason", one.merchant_reason.to_owned()),
            ("In policy", "Y".to_owned()),
            ("Return type", "C-Returns".to_owned()),
            ("Resolution", "StandardRefund".to_owned()),
            ("Return delivery date", if arrived { day(one.at) } else { String::new() }),
            ("Order Amount", decimal(one.unit_price * one.line.quantity, currency)),
            ("Order quantity", one.line.quantity.to_string()),
            ("Refunded Amount", if refunded { amount } else { String::new() }),
        ],
    )
}
