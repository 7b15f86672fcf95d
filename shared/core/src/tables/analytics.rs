//! What vendors see of their sales: the reports `GET_VENDOR_SALES_REPORT`, `GET_VENDOR_INVENTORY_REPORT` and
//! `GET_VENDOR_TRAFFIC_REPORT` (Amazon's schemas of these names). Sums over all products are tables of their own, so
//! that nobody counts them twice.

use super::column::{amount, date, integer, number, text};
use super::{Of, Rows, Source, Table};

/// One row per day and product with its sales to customers.
pub(super) const VENDORSALES: Table = Table {
    name: "vendorsales",
    domain: "vendorsales",
    row: "day and product with its sales to customers",
    of: Of::With("asin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("period_start", "startDate", "The day, or the first one."),
        date("period_end", "endDate", "The last one."),
        text("asin", "asin", "Amazon's id of the product."),
        amount("ordered_revenue", "orderedRevenue/amount", "What customers ordered."),
        text("ordered_revenue_currency", "orderedRevenue/currencyCode", "Its currency."),
        integer("ordered_units", "orderedUnits", "Units of it."),
        amount("shipped_revenue", "shippedRevenue/amount", "What was shipped to them."),
        text("shipped_revenue_currency", "shippedRevenue/currencyCode", "Its currency."),
        amount("shipped_cogs", "shippedCogs/amount", "What Amazon paid for that."),
        text("shipped_cogs_currency", "shippedCogs/currencyCode", "Its currency."),
        integer("shipped_units", "shippedUnits", "Units of it."),
        integer("customer_returns", "customerReturns", "Units that came back."),
    ],
};

/// One row per day with the sales of all products to customers.
pub(super) const VENDORSALES_TOTALS: Table = Table {
    name: "vendorsales_totals",
    domain: "vendorsales",
    row: "day with the sales of all products to customers",
    of: Of::Without("asin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("period_start", "startDate", "The day, or the first one."),
        date("period_end", "endDate", "The last one."),
        amount("ordered_revenue", "orderedRevenue/amount", "What customers ordered."),
        text("ordered_revenue_currency", "orderedRevenue/currencyCode", "Its currency."),
        integer("ordered_units", "orderedUnits", "Units of it."),
        amount("shipped_revenue", "shippedRevenue/amount", "What was shipped to them."),
        text("shipped_revenue_currency", "shippedRevenue/currencyCode", "Its currency."),
        amount("shipped_cogs", "shippedCogs/amount", "What Amazon paid for that."),
        text("shipped_cogs_currency", "shippedCogs/currencyCode", "Its currency."),
        integer("shipped_units", "shippedUnits", "Units of it."),
        integer("customer_returns", "customerReturns", "Units that came back."),
    ],
};

/// One row per day and product with its stock at Amazon.
pub(super) const VENDORSTOCK: Table = Table {
    name: "vendorstock",
    domain: "vendorstock",
    row: "day and product with its stock at Amazon",
    of: Of::With("asin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("period_start", "startDate", "The day, or the first one."),
        date("period_end", "endDate", "The last one."),
        text("asin", "asin", "Amazon's id of the product."),
        number(
            "vendor_confirmation_rate",
            "vendorConfirmationRate",
            "Units confirmed of those ordered from the vendor, of one.",
        ),
        amount(
            "net_received",
            "netReceivedInventoryCost/amount",
            "What was received less what was sent back.",
        ),
        text("net_received_currency", "netReceivedInventoryCost/currencyCode", "Its currency."),
        integer("net_received_units", "netReceivedInventoryUnits", "Units of it."),
        integer(
            "open_purchase_order_units",
            "openPurchaseOrderUnits",
            "Units ordered from the vendor and not received.",
        ),
        number("average_lead_time_days", "averageVendorLeadTimeDays", "Days from order to receipt."),
        number(
            "sell_through_rate",
            "sellThroughRate",
            "Units shipped of those in stock and received, of one.",
        ),
        integer(
            "unfilled_units",
            "unfilledCustomerOrderedUnits",
            "Units ordered by customers and not shipped.",
        ),
        amount("sellable_onhand", "sellableOnHandInventoryCost/amount", "What can be sold."),
        text("sellable_onhand_currency", "sellableOnHandInventoryCost/currencyCode", "Its currency."),
        integer("sellable_onhand_units", "sellableOnHandInventoryUnits", "Units of it."),
        amount("unsellable_onhand", "unsellableOnHandInventoryCost/amount", "What cannot be sold."),
        text("unsellable_onhand_currency", "unsellableOnHandInventoryCost/currencyCode", "Its currency."),
        integer("unsellable_onhand_units", "unsellableOnHandInventoryUnits", "Units of it."),
        amount("aged", "aged90PlusDaysSellableInventoryCost/amount", "What is there for 90 days or more."),
        text("aged_currency", "aged90PlusDaysSellableInventoryCost/currencyCode", "Its currency."),
        integer("aged_units", "aged90PlusDaysSellableInventoryUnits", "Units of it."),
        amount("unhealthy", "unhealthyInventoryCost/amount", "What is more than is needed."),
        text("unhealthy_currency", "unhealthyInventoryCost/currencyCode", "Its currency."),
        integer("unhealthy_units", "unhealthyInventoryUnits", "Units of it."),
        number(
            "out_of_stock_rate",
            "procurableProductOutOfStockRate",
            "Views of products that were out of stock, of one.",
        ),
        number(
            "receive_fill_rate",
            "receiveFillRate",
            "Units received of those ordered from the vendor, of one.",
        ),
    ],
};

/// One row per day with the stock of all products at Amazon.
pub(super) const VENDORSTOCK_TOTALS: Table = Table {
    name: "vendorstock_totals",
    domain: "vendorstock",
    row: "day with the stock of all products at Amazon",
    of: Of::Without("asin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("period_start", "startDate", "The day, or the first one."),
        date("period_end", "endDate", "The last one."),
        number(
            "vendor_confirmation_rate",
            "vendorConfirmationRate",
            "Units confirmed of those ordered from the vendor, of one.",
        ),
        amount(
            "net_received",
            "netReceivedInventoryCost/amount",
            "What was received less what was sent back.",
        ),
        text("net_received_currency", "netReceivedInventoryCost/currencyCode", "Its currency."),
        integer("net_received_units", "netReceivedInventoryUnits", "Units of it."),
        integer(
            "open_purchase_order_units",
            "openPurchaseOrderUnits",
            "Units ordered from the vendor and not received.",
        ),
        number("average_lead_time_days", "averageVendorLeadTimeDays", "Days from order to receipt."),
        number(
            "sell_through_rate",
            "sellThroughRate",
            "Units shipped of those in stock and received, of one.",
        ),
        integer(
            "unfilled_units",
            "unfilledCustomerOrderedUnits",
            "Units ordered by customers and not shipped.",
        ),
        amount("sellable_onhand", "sellableOnHandInventoryCost/amount", "What can be sold."),
        text("sellable_onhand_currency", "sellableOnHandInventoryCost/currencyCode", "Its currency."),
        integer("sellable_onhand_units", "sellableOnHandInventoryUnits", "Units of it."),
        amount("unsellable_onhand", "unsellableOnHandInventoryCost/amount", "What cannot be sold."),
        text("unsellable_onhand_currency", "unsellableOnHandInventoryCost/currencyCode", "Its currency."),
        integer("unsellable_onhand_units", "unsellableOnHandInventoryUnits", "Units of it."),
        amount("aged", "aged90PlusDaysSellableInventoryCost/amount", "What is there for 90 days or more."),
        text("aged_currency", "aged90PlusDaysSellableInventoryCost/currencyCode", "Its currency."),
        integer("aged_units", "aged90PlusDaysSellableInventoryUnits", "Units of it."),
        amount("unhealthy", "unhealthyInventoryCost/amount", "What is more than is needed."),
        text("unhealthy_currency", "unhealthyInventoryCost/currencyCode", "Its currency."),
        integer("unhealthy_units", "unhealthyInventoryUnits", "Units of it."),
        number(
            "out_of_stock_rate",
            "procurableProductOutOfStockRate",
            "Views of products that were out of stock, of one.",
        ),
        number(
            "receive_fill_rate",
            "receiveFillRate",
            "Units received of those ordered from the vendor, of one.",
        ),
    ],
};

/// One row per day and product with the views of its page.
pub(super) const VENDORTRAFFIC: Table = Table {
    name: "vendortraffic",
    domain: "vendortraffic",
    row: "day and product with the views of its page",
    of: Of::With("asin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("period_start", "startDate", "The day, or the first one."),
        date("period_end", "endDate", "The last one."),
        text("asin", "asin", "Amazon's id of the product."),
        integer("glance_views", "glanceViews", "Views of product pages."),
    ],
};

/// One row per day with the views of all product pages.
pub(super) const VENDORTRAFFIC_TOTALS: Table = Table {
    name: "vendortraffic_totals",
    domain: "vendortraffic",
    row: "day with the views of all product pages",
    of: Of::Without("asin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("period_start", "startDate", "The day, or the first one."),
        date("period_end", "endDate", "The last one."),
        integer("glance_views", "glanceViews", "Views of product pages."),
    ],
};
