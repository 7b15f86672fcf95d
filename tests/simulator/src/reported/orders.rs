//! The reports of all orders: a row for each line of each order, as it stands when the report is made.

use jiff::Timestamp;

use super::{Table, Wanted};
use crate::compose::{self, Line};
use crate::find::{self, Found};
use crate::generate::{Generated, OrderStatus};
use crate::goods::decimal;
use crate::world::Inside;

/// The columns (the report of 2017 and later, with the three of Amazon Business at its end).
#[rustfmt::skip]
const COLUMNS: [&str; 32] = [
    "amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status",
    "fulfillment-channel", "sales-channel", "order-channel", "url", "ship-service-level", "product-name", "sku", "asin",
    "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax",
    "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount", "ship-city",
    "ship-state", "ship-postal-code", "ship-country", "promotion-ids", "is-business-order", "purchase-order-number",
    "price-designation",
];

/// The orders that changed in the time.
pub(crate) fn by_last_update(inside: &Inside, wanted: &Wanted<'_>) -> Table {
    table(inside, wanted, |order| order.updated)
}

/// The orders that were placed in the time.
pub(crate) fn by_order_date(inside: &Inside, wanted: &Wanted<'_>) -> Table {
    table(inside, wanted, |order| order.created)
}

fn table(inside: &Inside, wanted: &Wanted<'_>, time: impl Fn(&Generated) -> Timestamp) -> Table {
    let found = find::all(inside, wanted.seller, wanted.as_of, None, Some(wanted.start));
    let mut rows = Vec::new();
    for one in &found {
        // Amazon's own examples are not told as a table.
        let Found::Generated(order, _) = one else { continue };
        if wanted.is_about(order.store) && wanted.covers(time(order)) {
            let id = one.id();
            rows.extend(compose::lines(order).iter().map(|line| row(&id, order, line)));
        }
    }
    Table { columns: COLUMNS.to_vec(), rows }
}

fn row(id: &str, order: &Generated, line: &Line) -> Vec<String> {
    let text = str::to_owned;
    let currency = order.store.currency;
    let priced = matches!(order.status, OrderStatus::Unshipped | OrderStatus::Shipped);
    let money = |minor: i64| if priced { decimal(minor, currency) } else { String::new() };
    let quantity = if order.status == OrderStatus::Cancelled { 0 } else { line.quantity };
    let alias = order.chance.in_percent("alias", 20);
    vec![
        text(id),
        if alias { format!("SELLER-{:06}", order.index) } else { String::new() },
        offset(order.created),
        offset(order.updated),
        text(word(order.status)),
        text(if order.by_amazon { "Amazon" } else { "Merchant" }),
        order.store.name(),
        String::new(),
        String::new(),
        text("Standard"),
        text(line.article.title(order.store.language)),
        text(line.article.sku),
        text(line.article.asin),
        text(word(order.status)),
        quantity.to_string(),
        text(if priced { currency } else { "" }),
        money(compose::net(order, line)),
        money(compose::tax(order, line)),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        text("Testville"),
        String::new(),
        format!("{:05}", order.chance.below("postcode", 100_000)),
        text(order.store.country),
        String::new(),
        order.chance.in_percent("business", 12).to_string(),
        String::new(),
        String::new(),
    ]
}

fn word(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "Pending",
        OrderStatus::Unshipped => "Unshipped",
        OrderStatus::Shipped => "Shipped",
        OrderStatus::Cancelled => "Cancelled",
    }
}

/// A time as these reports write it: `2026-11-20T10:15:30+00:00`.
fn offset(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}
