//! `GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2`: the settlement periods that end with the time asked about. A first row
//! with the sum, then a row for each amount; these add up to it.

use jiff::Timestamp;

use super::{Table, Wanted, row};
use crate::goods::decimal;
use crate::marketplaces::{Marketplace, Region};
use crate::truth::Account;
use crate::truth::money::{Entry, Transaction};
use crate::truth::settlements::Period;

/// The columns of the flat file, version 2.
#[rustfmt::skip]
pub(crate) const COLUMNS: [&str; 24] = [
    "settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency",
    "transaction-type", "order-id", "merchant-order-id", "adjustment-id", "shipment-id", "marketplace-name",
    "amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time",
    "order-item-code", "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased",
    "promotion-id",
];

/// Every period of these stores that ends within the time asked about, its end included.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let last = wanted.end.min(wanted.as_of);
    let cycles = account.cycle(wanted.start).max(0)..=account.cycle(last);
    let ends = cycles.filter(|cycle| wanted.start < account.starts(*cycle) && account.starts(*cycle) <= last);
    let periods = ends.flat_map(|cycle| account.settled(cycle - 1));
    let periods = periods.filter(|period| wanted.is_about(period.store) && !period.transactions.is_empty());
    Table { columns: COLUMNS.to_vec(), rows: periods.flat_map(|period| rows(&period)).collect() }
}

/// The rows of one period, the sum first.
pub(crate) fn rows(period: &Period) -> Vec<Vec<String>> {
    let store = period.store;
    let first = [
        ("settlement-id", period.id.clone()),
        ("settlement-start-date", moment(period.start, store)),
        ("settlement-end-date", moment(period.end, store)),
        ("deposit-date", moment(period.deposited(), store)),
        ("total-amount", decimal(period.total(), store.currency)),
        ("currency", store.currency.to_owned()),
    ];
    let mut rows = vec![row(&COLUMNS, &first)];
    for one in &period.transactions {
        rows.extend(one.entries.iter().map(|entry| written(period, one, entry)));
    }
    rows
}

fn written(period: &Period, one: &Transaction, entry: &Entry) -> Vec<String> {
    let store = period.store;
    let related = |wanted: &str| {
        let found = one.related.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let about = entry.about.as_ref();
    // The quantity stands beside the price only, so that nobody counts it twice.
    let counted = about.filter(|_| entry.what == "Principal");
    let adjustment = about.filter(|_| one.order.is_some() && !related("REFUND_ID").is_empty());
    row(
        &COLUMNS,
        &[
            ("settlement-id", period.id.clone()),
            ("transaction-type", one.kind.settled().to_owned()),
            ("order-id", one.order.clone().unwrap_or_default()),
            ("adjustment-id", related("REFUND_ID")),
            ("shipment-id", related("SHIPMENT_ID")),
            ("marketplace-name", store.name()),
            ("amount-type", entry.sort.to_owned()),
            ("amount-description", entry.what.to_owned()),
            ("amount", decimal(entry.minor, store.currency)),
            ("fulfillment-id", if one.by_amazon { "AFN" } else { "MFN" }.to_owned()),
            ("posted-date", date(one.counts(), store)),
            ("posted-date-time", moment(one.counts(), store)),
            ("order-item-code", about.map(|about| about.item.clone()).unwrap_or_default()),
            ("merchant-adjustment-item-id", adjustment.map(|about| about.item.clone()).unwrap_or_default()),
            ("sku", about.map(|about| about.sku.clone()).unwrap_or_default()),
            ("quantity-purchased", counted.map(|about| about.quantity.to_string()).unwrap_or_default()),
        ],
    )
}

fn form(store: &Marketplace) -> &'static str {
    if store.region == Region::Eu { "%d.%m.%Y" } else { "%Y-%m-%d" }
}

fn date(at: Timestamp, store: &Marketplace) -> String {
    at.strftime(form(store)).to_string()
}

fn moment(at: Timestamp, store: &Marketplace) -> String {
    at.strftime(&format!("{} %H:%M:%S UTC", form(store))).to_string()
}
