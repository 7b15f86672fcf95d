//! Settlements: the report `GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2`. A settlement's first line holds its total,
//! the others one amount each. Dates and amounts are in the store's own format (95,00), so their text stands beside
//! them.

use super::column::{Kind, integer, local_amount, odd_date, odd_instant, text};
use super::{Of, Rows, Source, Table};

/// One row per line of a settlement report.
pub(super) const SETTLEMENTS: Table = Table {
    name: "settlements",
    domain: "settlements",
    row: "line of a settlement report",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        text("settlement_id", "settlement-id", "Amazon's id of the settlement."),
        odd_instant(
            ["settlement_start", "settlement_start_raw"],
            "settlement-start-date",
            "Its beginning; on its first line only.",
        ),
        odd_instant(
            ["settlement_end", "settlement_end_raw"],
            "settlement-end-date",
            "Its end; on its first line only.",
        ),
        odd_instant(
            ["deposit_date", "deposit_date_raw"],
            "deposit-date",
            "When it was paid out; on its first line only.",
        ),
        local_amount("total_amount", "total-amount", "What was paid out; on its first line only."),
        text("total_amount_raw", "total-amount", "The same as Amazon wrote it."),
        text("currency", "currency", "The currency of all its amounts; on its first line only."),
        text("transaction_type", "transaction-type", "Order, Refund, ServiceFee and others."),
        text("order_id", "order-id", "The order."),
        text("merchant_order_id", "merchant-order-id", "The seller's id of the order."),
        text("adjustment_id", "adjustment-id", "The adjustment."),
        text("shipment_id", "shipment-id", "The shipment."),
        text("marketplace_name", "marketplace-name", "The store's name, such as Amazon.de."),
        text("amount_type", "amount-type", "ItemPrice, ItemFees, Promotion and others."),
        text("amount_description", "amount-description", "Principal, Commission, Tax and others."),
        local_amount("amount", "amount", "The amount, with its sign."),
        text("amount_raw", "amount", "The same as Amazon wrote it."),
        text("fulfillment_id", "fulfillment-id", "AFN or MFN."),
        odd_date(["posted_date", "posted_date_raw"], Kind::Date, "posted-date", "The day it was posted."),
        odd_instant(["posted_time", "posted_time_raw"], "posted-date-time", "The moment it was posted."),
        text("order_item_id", "order-item-code", "Amazon's id of the order's item."),
        text("merchant_order_item_id", "merchant-order-item-id", "The seller's id of the order's item."),
        text(
            "merchant_adjustment_item_id",
            "merchant-adjustment-item-id",
            "The seller's id of the adjusted item.",
        ),
        text("sku", "sku", "The seller's id of the product."),
        integer("quantity", "quantity-purchased", "Units."),
        text("promotion_id", "promotion-id", "The promotion."),
    ],
};
