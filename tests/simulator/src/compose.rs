//! Writes a generated order as Orders 2026-01-01 has it: every dataset valid in the official model,
//! and each only when `includedData` asks for it.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::clock::{after, text};
use crate::generate::{Generated, OrderStatus};
use crate::goods::{self, ARTICLES, Article};

/// Most lines on one order.
const MOST_ITEMS: u64 = 4;
/// Tax that is added to the price, in percent.
const TAX_PERCENT: i64 = 8;

/// The datasets that may be asked for.
pub(crate) const DATASETS: [&str; 11] = [
    "BUYER",
    "RECIPIENT",
    "PROCEEDS",
    "EXPENSE",
    "PROMOTION",
    "CANCELLATION",
    "FULFILLMENT",
    "PACKAGES",
    "TAX",
    "PAYMENT",
    "FULFILLMENT_ORDERS",
];

/// One line of an order.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) article: &'static Article,
    pub(crate) quantity: i64,
    pub(crate) chance: Chance,
}

/// The order under this identifier, with the datasets asked for.
pub(crate) fn compose(order: &Generated, order_id: &str, included: &BTreeSet<String>) -> Value {
    let wants = |dataset: &str| included.contains(dataset);
    let lines = lines(order);
    let mut written = json!({
        "orderId": order_id,
        "createdTime": text(order.created),
        "lastUpdatedTime": text(order.updated),
        "programs": programs(order),
        "salesChannel": {
            "channelName": "AMAZON",
            "marketplaceId": order.store.id,
            "marketplaceName": order.store.name(),
        },
        "orderItems": lines.iter().map(|line| item(order, line, included)).collect::<Vec<_>>(),
    });
    if order.chance.in_percent("alias", 20) {
        let alias = format!("SELLER-{:06}", order.index);
        written["orderAliases"] = json!([{ "aliasId": alias, "aliasType": "SELLER_ORDER_ID" }]);
    }
    if wants("BUYER") {
        written["buyer"] = buyer(order);
    }
    if wants("RECIPIENT") {
        written["recipient"] = json!({ "deliveryAddress": address(order) });
    }
    let settled = !matches!(order.status, OrderStatus::Pending | OrderStatus::Cancelled);
    if wants("PROCEEDS") && settled {
        written["proceeds"] = proceeds(order, &lines);
    }
    if wants("FULFILLMENT") {
        written["fulfillment"] = fulfillment(order);
    }
    if wants("PACKAGES") && order.status == OrderStatus::Shipped && !order.by_amazon {
        written["packages"] = json!([package(order, &lines)]);
    }
    if wants("TAX") {
        written["tax"] = json!({ "taxInvoicing": { "invoiceStatus": "NOT_REQUIRED" } });
    }
    if wants("PAYMENT") && settled {
        let amount = money(order, lines.iter().map(|line| gross(order, line)).sum());
        written["payment"] =
            json!({ "paymentExecutions": [{ "paymentMethod": "CARD", "paymentAmount": amount }] });
    }
    if wants("FULFILLMENT_ORDERS") && order.store.country == "IN" {
        written["fulfillmentOrders"] = json!([{ "fulfillmentOrderId": format!("FO{:010}", order.index) }]);
    }
    written
}

pub(crate) fn lines(order: &Generated) -> Vec<Line> {
    (0..=order.chance.below("lines", MOST_ITEMS))
        .map(|place| {
            let chance = Chance::of(order.chance.number("line"), place);
            Line {
                id: format!("{:014}", chance.below("id", 100_000_000_000_000)),
                article: chance.pick("article", &ARTICLES),
                quantity: 1 + i64::try_from(chance.below("quantity", 3)).unwrap_or(0),
                chance,
            }
        })
        .collect()
}

fn item(order: &Generated, line: &Line, included: &BTreeSet<String>) -> Value {
    let wants = |dataset: &str| included.contains(dataset);
    let settled = !matches!(order.status, OrderStatus::Pending | OrderStatus::Cancelled);
    let mut written = json!({
        "orderItemId": line.id,
        "quantityOrdered": line.quantity,
        "product": {
            "asin": line.article.asin,
            "title": line.article.title(order.store.language),
            "sellerSku": line.article.sku,
            "condition": { "conditionType": "NEW", "conditionSubtype": "NEW" },
            "price": { "unitPrice": money(order, unit_price(order, line)) },
        },
    });
    if wants("PROCEEDS") && settled {
        written["proceeds"] = json!({
            "proceedsTotal": money(order, gross(order, line)),
            "breakdowns": [
                { "type": "ITEM", "subtotal": money(order, net(order, line)) },
                {
                    "type": "TAX",
                    "subtotal": money(order, tax(order, line)),
                    "detailedBreakdowns": [{ "subtype": "ITEM", "value": money(order, tax(order, line)) }],
                },
            ],
        });
    }
    if wants("EXPENSE") && order.store.country == "JP" {
        let points = net(order, line) / 100;
        written["expense"] = json!({ "pointsCost": { "pointsGranted": {
            "pointsNumber": points, "pointsMonetaryValue": money(order, points),
        } } });
    }
    if wants("PROMOTION") && line.chance.in_percent("promotion", 10) {
        written["promotion"] = json!({ "breakdowns": [{ "promotionId": "SIM-AUTUMN-2026" }] });
    }
    if wants("CANCELLATION") && order.status == OrderStatus::Cancelled {
        written["cancellation"] = json!({
            "cancellationRequest": { "requester": "BUYER", "cancelReason": "ORDERED_BY_MISTAKE" },
            "cancellationExecution": { "cancelledBy": "BUYER", "cancelReason": "BUYER_CANCELLED" },
        });
    }
    if wants("FULFILLMENT") {
        let fulfilled = if order.status == OrderStatus::Shipped { line.quantity } else { 0 };
        let open = if order.status == OrderStatus::Cancelled { 0 } else { line.quantity - fulfilled };
        written["fulfillment"] = json!({ "quantityFulfilled": fulfilled, "quantityUnfulfilled": open });
    }
    if wants("TAX") && order.store.country == "US" {
        written["tax"] = json!({ "taxCollections": [
            { "model": "MARKETPLACE_FACILITATOR", "responsibleParty": "AMAZON_SERVICES_INC" },
        ] });
    }
    written
}

fn programs(order: &Generated) -> Vec<&'static str> {
    let mut programs = Vec::new();
    if order.by_amazon && order.chance.in_percent("prime", 60) {
        programs.push("PRIME");
    }
    if order.chance.in_percent("business", 12) {
        programs.push("AMAZON_BUSINESS");
    }
    programs
}

fn buyer(order: &Generated) -> Value {
    let anonymous = format!("sim{:010x}", order.chance.below("mail", 1 << 40));
    json!({
        "buyerName": name(order),
        "buyerEmail": format!("{anonymous}@marketplace.amazon.{}", order.store.domain),
    })
}

fn name(order: &Generated) -> String {
    format!("{} {}", order.chance.pick("given", &goods::GIVEN), order.chance.pick("family", &goods::FAMILY))
}

fn address(order: &Generated) -> Value {
    json!({
        "name": name(order),
        "addressLine1": format!("{} Simulation Street", 1 + order.chance.below("house", 200)),
        "city": "Testville",
        "postalCode": format!("{:05}", order.chance.below("postcode", 100_000)),
        "countryCode": order.store.country,
        "addressType": "RESIDENTIAL",
    })
}

fn proceeds(order: &Generated, lines: &[Line]) -> Value {
    let sum = |amount: fn(&Generated, &Line) -> i64| {
        money(order, lines.iter().map(|line| amount(order, line)).sum())
    };
    json!({
        "grandTotal": sum(gross),
        "breakdowns": [
            { "type": "ITEM", "subtotal": sum(net) },
            { "type": "TAX", "subtotal": sum(tax) },
        ],
    })
}

fn fulfillment(order: &Generated) -> Value {
    let day = SignedDuration::from_hours(24);
    json!({
        "fulfillmentStatus": order.status.word(),
        "fulfilledBy": if order.by_amazon { "AMAZON" } else { "MERCHANT" },
        "fulfillmentServiceLevel": "STANDARD",
        "shipByWindow": { "earliestDateTime": text(order.created), "latestDateTime": text(after(order.created, day * 3)) },
        "deliverByWindow": {
            "earliestDateTime": text(after(order.created, day * 3)),
            "latestDateTime": text(after(order.created, day * 7)),
        },
    })
}

fn package(order: &Generated, lines: &[Line]) -> Value {
    json!({
        "packageReferenceId": "1",
        "createdTime": text(order.ships),
        "packageStatus": { "status": "SHIPPED" },
        "carrier": "Simulated Parcels",
        "shipTime": text(order.ships),
        "shippingService": "Standard",
        "trackingNumber": format!("SIM{:012}", order.chance.below("tracking", 1_000_000_000_000)),
        "packageItems": lines.iter().map(|line| json!({ "orderItemId": line.id, "quantity": line.quantity })).collect::<Vec<_>>(),
    })
}

pub(crate) fn unit_price(order: &Generated, line: &Line) -> i64 {
    goods::convert(line.article.euro_cents, order.store.currency)
}

pub(crate) fn net(order: &Generated, line: &Line) -> i64 {
    unit_price(order, line) * line.quantity
}

pub(crate) fn tax(order: &Generated, line: &Line) -> i64 {
    net(order, line) * TAX_PERCENT / 100
}

fn gross(order: &Generated, line: &Line) -> i64 {
    net(order, line) + tax(order, line)
}

fn money(order: &Generated, minor: i64) -> Value {
    json!({ "amount": goods::decimal(minor, order.store.currency), "currencyCode": order.store.currency })
}
