//! `GET_LEDGER_DETAIL_VIEW_DATA`: every movement of FBA stock.

use super::{Table, Wanted, row};
use crate::truth::Account;
use crate::truth::inbound::warehouse;
use crate::truth::movements::{Kind, Movement};
use crate::truth::offers::fnsku;

#[rustfmt::skip]
pub(crate) const COLUMNS: [&str; 15] = [
    "Date", "FNSKU", "ASIN", "MSKU", "Title", "Event Type", "Reference ID", "Quantity", "Fulfillment Center",
    "Disposition", "Reason", "Country", "Reconciled Quantity", "Unreconciled Quantity", "Date and Time",
];

/// Every movement in the stores and the time asked about, oldest first.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let found = account.movements(wanted.window()).into_iter().filter(|one| wanted.is_about(one.store));
    Table { columns: COLUMNS.to_vec(), rows: found.map(|one| written(account, &one)).collect() }
}

/// One movement as the report writes it.
pub(crate) fn written(account: Account<'_>, one: &Movement) -> Vec<String> {
    let (sku, asin) = (one.thing.sku(), one.thing.asin());
    let adjusted = |quantity: i64| match one.kind {
        Kind::Adjustments => quantity.to_string(),
        _ => String::new(),
    };
    row(
        &COLUMNS,
        &[
            ("Date", one.at.strftime("%m/%d/%Y").to_string()),
            ("FNSKU", fnsku(&asin)),
            ("Title", account.title(one.thing, one.store)),
            ("ASIN", asin),
            ("MSKU", sku),
            ("Event Type", one.kind.word().to_owned()),
            ("Reference ID", one.reference.clone()),
            ("Quantity", one.units.to_string()),
            ("Fulfillment Center", warehouse(one.store)),
            ("Disposition", one.disposition.to_owned()),
            ("Reason", one.reason.to_owned()),
            ("Country", one.store.country.to_owned()),
            ("Reconciled Quantity", adjusted(0)),
            ("Unreconciled Quantity", adjusted(one.units)),
            ("Date and Time", one.at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()),
        ],
    )
}
