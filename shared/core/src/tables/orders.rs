//! Orders and their items: Amazon's model orders_2026-01-01.json, definitions `Order` and `OrderItem`. No column holds
//! a buyer's name or address, and by default the payload has none either.
//!
//! Where more orders change than pages can carry, they come by the report
//! `GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL`: a line is an item without its order around it, so these
//! lines are a table of their own.

use super::column::{amount, boolean, instant, integer, number, odd_instant, text};
use super::{Of, Rows, Source, Table};

/// One row per order, as it was at its time of update.
pub(super) const ORDERS: Table = Table {
    name: "orders",
    domain: "orders",
    row: "order, as it was at its time of update",
    of: Of::With("orderId"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("order_id", "orderId", "Amazon's id of the order."),
        text(
            "seller_order_id",
            "orderAliases[aliasType=SELLER_ORDER_ID]/aliasId",
            "The seller's own id of it.",
        ),
        instant("created_time", "createdTime", "When the customer placed it."),
        instant("last_updated_time", "lastUpdatedTime", "When anything of it last changed."),
        text("sales_channel", "salesChannel/channelName", "Where it was placed: AMAZON, or another channel."),
        text("marketplace_id", "salesChannel/marketplaceId", "Amazon's id of the store."),
        text("marketplace_name", "salesChannel/marketplaceName", "The store's name."),
        text("programs", "programs", "Programs such as AMAZON_BUSINESS or PRIME, a JSON list."),
        text(
            "status",
            "fulfillment/fulfillmentStatus",
            "Where it is: PENDING, UNSHIPPED, SHIPPED, CANCELLED and others.",
        ),
        text("fulfilled_by", "fulfillment/fulfilledBy", "AMAZON or MERCHANT."),
        text("service_level", "fulfillment/fulfillmentServiceLevel", "The speed that was chosen."),
        instant("ship_by_earliest", "fulfillment/shipByWindow/earliestDateTime", "Ship not before."),
        instant("ship_by_latest", "fulfillment/shipByWindow/latestDateTime", "Ship not after."),
        instant("deliver_by_earliest", "fulfillment/deliverByWindow/earliestDateTime", "Deliver not before."),
        instant("deliver_by_latest", "fulfillment/deliverByWindow/latestDateTime", "Deliver not after."),
        amount("total", "proceeds/grandTotal/amount", "All that the customer pays."),
        text("total_currency", "proceeds/grandTotal/currencyCode", "Its currency."),
        amount("items_total", "proceeds/breakdowns[type=ITEM]/subtotal/amount", "Of it, for the items."),
        text("items_total_currency", "proceeds/breakdowns[type=ITEM]/subtotal/currencyCode", "Its currency."),
        amount(
            "shipping_total",
            "proceeds/breakdowns[type=SHIPPING]/subtotal/amount",
            "Of it, for shipping.",
        ),
        text(
            "shipping_total_currency",
            "proceeds/breakdowns[type=SHIPPING]/subtotal/currencyCode",
            "Its currency.",
        ),
        amount("tax_total", "proceeds/breakdowns[type=TAX]/subtotal/amount", "Of it, taxes."),
        text("tax_total_currency", "proceeds/breakdowns[type=TAX]/subtotal/currencyCode", "Its currency."),
        amount("discount_total", "proceeds/breakdowns[type=DISCOUNT]/subtotal/amount", "Of it, discounts."),
        text(
            "discount_total_currency",
            "proceeds/breakdowns[type=DISCOUNT]/subtotal/currencyCode",
            "Its currency.",
        ),
        text(
            "invoice_status",
            "tax/taxInvoicing/invoiceStatus",
            "The invoice's state, in Brazil and with Easy Ship.",
        ),
        text("packages", "packages", "The packages with carrier, tracking number and status, a JSON list."),
    ],
};

/// One row per item of a version of an order.
pub(super) const ORDER_ITEMS: Table = Table {
    name: "order_items",
    domain: "orders",
    row: "item of an order, as it was at the order's time of update",
    of: Of::With("orderId"),
    rows: Rows::Each("orderItems"),
    source: Source::Api,
    own: &[
        text("order_id", "^orderId", "Amazon's id of the order."),
        instant("created_time", "^createdTime", "When the customer placed the order."),
        text("marketplace_id", "^salesChannel/marketplaceId", "Amazon's id of the store."),
        text("status", "^fulfillment/fulfillmentStatus", "Where the order is."),
        text("fulfilled_by", "^fulfillment/fulfilledBy", "AMAZON or MERCHANT."),
        text("order_item_id", "orderItemId", "Amazon's id of the item within the order."),
        text("asin", "product/asin", "Amazon's id of the product."),
        text("sku", "product/sellerSku", "The seller's id of the product."),
        text("title", "product/title", "The product's name in the store."),
        text("item_condition", "product/condition/conditionType", "New, Used and others."),
        integer("quantity_ordered", "quantityOrdered", "Units ordered."),
        integer("quantity_fulfilled", "fulfillment/quantityFulfilled", "Units shipped."),
        integer("quantity_unfulfilled", "fulfillment/quantityUnfulfilled", "Units still to ship."),
        amount("unit_price", "product/price/unitPrice/amount", "The price of one unit."),
        text("unit_price_currency", "product/price/unitPrice/currencyCode", "Its currency."),
        text("price_designation", "product/price/priceDesignation", "BUSINESS_PRICE where it is one."),
        amount("proceeds_total", "proceeds/proceedsTotal/amount", "All that the customer pays for the item."),
        text("proceeds_total_currency", "proceeds/proceedsTotal/currencyCode", "Its currency."),
        amount("item_amount", "proceeds/breakdowns[type=ITEM]/subtotal/amount", "Of it, the item itself."),
        text("item_amount_currency", "proceeds/breakdowns[type=ITEM]/subtotal/currencyCode", "Its currency."),
        amount("shipping_amount", "proceeds/breakdowns[type=SHIPPING]/subtotal/amount", "Of it, shipping."),
        text(
            "shipping_amount_currency",
            "proceeds/breakdowns[type=SHIPPING]/subtotal/currencyCode",
            "Its currency.",
        ),
        amount("tax_amount", "proceeds/breakdowns[type=TAX]/subtotal/amount", "Of it, taxes."),
        text("tax_amount_currency", "proceeds/breakdowns[type=TAX]/subtotal/currencyCode", "Its currency."),
        amount("discount_amount", "proceeds/breakdowns[type=DISCOUNT]/subtotal/amount", "Of it, discounts."),
        text(
            "discount_amount_currency",
            "proceeds/breakdowns[type=DISCOUNT]/subtotal/currencyCode",
            "Its currency.",
        ),
        integer(
            "points_granted",
            "expense/pointsCost/pointsGranted/pointsNumber",
            "Amazon Points granted, in Japan.",
        ),
        number("measure", "measurement/value", "How much, where an item is sold by measure."),
        text("measure_unit", "measurement/unit", "Of what."),
        text("promotions", "promotion/breakdowns", "The promotions that applied, a JSON list."),
        text("cancelled_by", "cancellation/cancellationExecution/cancelledBy", "Who cancelled the item."),
        text("cancel_reason", "cancellation/cancellationExecution/cancelReason", "Why."),
        text("tax_model", "tax/taxCollections", "Who collects the taxes, a JSON list."),
    ],
};

/// One row per line of the report.
pub(super) const ORDER_LINES: Table = Table {
    name: "order_lines",
    domain: "orders",
    row: "line of an order that came by report, since more changed than pages can carry",
    of: Of::With("amazon-order-id"),
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        text("order_id", "amazon-order-id", "Amazon's id of the order."),
        text("seller_order_id", "merchant-order-id", "The seller's own id of it."),
        odd_instant(["created_time", "created_time_raw"], "purchase-date", "When the customer placed it."),
        odd_instant(
            ["last_updated_time", "last_updated_time_raw"],
            "last-updated-date",
            "When it last changed.",
        ),
        text(
            "status",
            "order-status",
            "Where the order is: Pending, Unshipped, Shipped, Cancelled and others.",
        ),
        text("item_status", "item-status", "Where the item is."),
        text("fulfilled_by", "fulfillment-channel", "Amazon or Merchant."),
        text("sales_channel", "sales-channel", "The store, such as Amazon.de."),
        text("service_level", "ship-service-level", "The speed that was chosen."),
        text("sku", "sku", "The seller's id of the product."),
        text("asin", "asin", "Amazon's id of the product."),
        text("title", "product-name", "The product's name in the store."),
        integer("quantity_ordered", "quantity", "Units ordered."),
        text("currency", "currency", "The currency of all amounts."),
        amount("item_amount", "item-price", "The items."),
        amount("item_tax", "item-tax", "Taxes on them."),
        amount("shipping_amount", "shipping-price", "Shipping."),
        amount("shipping_tax", "shipping-tax", "Taxes on it."),
        amount("gift_wrap_amount", "gift-wrap-price", "Gift wrapping."),
        amount("gift_wrap_tax", "gift-wrap-tax", "Taxes on it."),
        amount("item_discount", "item-promotion-discount", "What is taken off the items."),
        amount("shipping_discount", "ship-promotion-discount", "What is taken off shipping."),
        text("promotion_ids", "promotion-ids", "The promotions."),
        boolean("business_order", "is-business-order", "Whether a company ordered."),
        text("price_designation", "price-designation", "Business Price where it is one."),
        text("ship_country", "ship-country", "The country that it goes to."),
    ],
};
