//! One settlement of one store: a first row with the sum, then a row for each amount of each line that was shipped in
//! its time. Commission is the only fee.

use jiff::Timestamp;

use super::{Table, Wanted};
use crate::chance::of_text;
use crate::compose;
use crate::find::{self, Found};
use crate::generate::OrderStatus;
use crate::goods::decimal;
use crate::marketplaces::{Marketplace, Region};
use crate::world::Inside;

/// The columns of the flat file, version 2.
#[rustfmt::skip]
const COLUMNS: [&str; 24] = [
    "settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency",
    "transaction-type", "order-id", "merchant-order-id", "adjustment-id", "shipment-id", "marketplace-name",
    "amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time",
    "order-item-code", "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased",
    "promotion-id",
];
/// Amazon's share of a price, in percent.
const COMMISSION_PERCENT: i64 = 15;

/// The settlement.
pub(crate) fn settlement(inside: &Inside, wanted: &Wanted<'_>) -> Table {
    let columns = COLUMNS.to_vec();
    let Some(store) = wanted.own_stores().next() else { return Table { columns, rows: Vec::new() } };
    let name = format!("{}/{}/{}", wanted.seller.id, store.id, wanted.end.as_second());
    let id = (20_000_000_000 + of_text(&name) % 10_000_000_000).to_string();
    let mut rows = Vec::new();
    let mut total = 0;
    for one in find::all(inside, wanted.seller, wanted.end, None, Some(wanted.start)) {
        let Found::Generated(order, _) = &one else { continue };
        let shipped =
            order.status == OrderStatus::Shipped && wanted.start <= order.ships && order.ships < wanted.end;
        if !shipped || order.store.id != store.id {
            continue;
        }
        for line in compose::lines(order) {
            let price = compose::net(order, &line);
            let amounts = [
                ("ItemPrice", "Principal", price),
                ("ItemPrice", "Tax", compose::tax(order, &line)),
                ("ItemFees", "Commission", -price * COMMISSION_PERCENT / 100),
            ];
            for (kind, what, minor) in amounts {
                total += minor;
                let (day, moment) = times(order.ships, store);
                rows.push(row(
                    &id,
                    &[
                        ("transaction-type", "Order".to_owned()),
                        ("order-id", one.id()),
                        ("marketplace-name", store.name()),
                        ("amount-type", kind.to_owned()),
                        ("amount-description", what.to_owned()),
                        ("amount", decimal(minor, store.currency)),
                        ("fulfillment-id", if order.by_amazon { "AFN" } else { "MFN" }.to_owned()),
                        ("posted-date", day),
                        ("posted-date-time", moment),
                        ("order-item-code", line.id.clone()),
                        ("sku", line.article.sku.to_owned()),
                        ("quantity-purchased", line.quantity.to_string()),
                    ],
                ));
            }
        }
    }
    if !rows.is_empty() {
        let first = [
            ("settlement-start-date", times(wanted.start, store).1),
            ("settlement-end-date", times(wanted.end, store).1),
            ("deposit-date", times(wanted.end, store).1),
            ("total-amount", decimal(total, store.currency)),
            ("currency", store.currency.to_owned()),
        ];
        rows.insert(0, row(&id, &first));
    }
    Table { columns, rows }
}

fn row(id: &str, fields: &[(&str, String)]) -> Vec<String> {
    let value =
        |column: &str| fields.iter().find(|(name, _)| *name == column).map(|(_, value)| value.clone());
    let mut row: Vec<String> = COLUMNS.iter().map(|column| value(column).unwrap_or_default()).collect();
    id.clone_into(&mut row[0]);
    row
}

/// A day and a moment as the store's settlements write them.
fn times(at: Timestamp, store: &Marketplace) -> (String, String) {
    let day = if store.region == Region::Eu { "%d.%m.%Y" } else { "%Y-%m-%d" };
    (at.strftime(day).to_string(), at.strftime(&format!("{day} %H:%M:%S UTC")).to_string())
}
