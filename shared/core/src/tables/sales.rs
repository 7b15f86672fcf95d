//! What was sold and seen: Amazon's model sales.json (`OrderMetricsInterval`) and the report
//! `GET_SALES_AND_TRAFFIC_REPORT`, asked for day by day: what it says about a product names no day, so the day is the
//! one of the record's key.

use super::column::{KEY, amount, date, integer, number, text};
use super::{Of, Rows, Source, Table};

/// One row per day and store with what was ordered.
pub(super) const SALES: Table = Table {
    name: "sales",
    domain: "sales",
    row: "day and store with what was ordered",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("sales_date", "interval", "The day, in UTC."),
        text("sales_interval", "interval", "Its beginning and its end as Amazon tells them."),
        integer("orders", "orderCount", "Orders."),
        integer("order_items", "orderItemCount", "Items of orders."),
        integer("units_ordered", "unitCount", "Units."),
        amount("ordered_sales", "totalSales/amount", "Sales."),
        text("ordered_sales_currency", "totalSales/currencyCode", "Its currency."),
        amount("average_price", "averageUnitPrice/amount", "The price of a unit on average."),
        text("average_price_currency", "averageUnitPrice/currencyCode", "Its currency."),
    ],
};

/// One row per day and product with what was sold and seen.
pub(super) const TRAFFIC: Table = Table {
    name: "traffic",
    domain: "traffic",
    row: "day and product with what was sold and seen",
    of: Of::With("trafficByAsin"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("sales_date", KEY, "The day, in the store's time."),
        text("parent_asin", "parentAsin", "Amazon's id of the product that this is a variation of."),
        text("child_asin", "childAsin", "Amazon's id of the product."),
        text("sku", "sku", "The seller's id of it."),
        amount("ordered_sales", "salesByAsin/orderedProductSales/amount", "Sales ordered."),
        text("ordered_sales_currency", "salesByAsin/orderedProductSales/currencyCode", "Its currency."),
        amount("ordered_sales_b2b", "salesByAsin/orderedProductSalesB2B/amount", "Of it, by companies."),
        text(
            "ordered_sales_b2b_currency",
            "salesByAsin/orderedProductSalesB2B/currencyCode",
            "Its currency.",
        ),
        integer("units_ordered", "salesByAsin/unitsOrdered", "Units ordered."),
        integer("units_ordered_b2b", "salesByAsin/unitsOrderedB2B", "Of them, by companies."),
        integer("order_items", "salesByAsin/totalOrderItems", "Items of orders."),
        integer("order_items_b2b", "salesByAsin/totalOrderItemsB2B", "Of them, by companies."),
        integer("page_views", "trafficByAsin/pageViews", "Views of its page."),
        integer("browser_page_views", "trafficByAsin/browserPageViews", "Of them, in a browser."),
        integer("mobile_page_views", "trafficByAsin/mobileAppPageViews", "Of them, in the app."),
        integer("sessions", "trafficByAsin/sessions", "Visits."),
        integer("browser_sessions", "trafficByAsin/browserSessions", "Of them, in a browser."),
        integer("mobile_sessions", "trafficByAsin/mobileAppSessions", "Of them, in the app."),
        number(
            "buy_box_percentage",
            "trafficByAsin/buyBoxPercentage",
            "Views with the featured offer, of a hundred.",
        ),
        number(
            "unit_session_percentage",
            "trafficByAsin/unitSessionPercentage",
            "Units for a hundred visits.",
        ),
    ],
};

/// One row per day and store with what was sold and seen in all.
pub(super) const TRAFFIC_DAYS: Table = Table {
    name: "traffic_days",
    domain: "traffic",
    row: "day and store with what was sold and seen in all",
    of: Of::With("trafficByDate"),
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("sales_date", "date", "The day, in the store's time."),
        amount("ordered_sales", "salesByDate/orderedProductSales/amount", "Sales ordered."),
        text("ordered_sales_currency", "salesByDate/orderedProductSales/currencyCode", "Its currency."),
        amount("ordered_sales_b2b", "salesByDate/orderedProductSalesB2B/amount", "Of it, by companies."),
        text(
            "ordered_sales_b2b_currency",
            "salesByDate/orderedProductSalesB2B/currencyCode",
            "Its currency.",
        ),
        integer("units_ordered", "salesByDate/unitsOrdered", "Units ordered."),
        integer("units_ordered_b2b", "salesByDate/unitsOrderedB2B", "Of them, by companies."),
        integer("order_items", "salesByDate/totalOrderItems", "Items of orders."),
        amount("average_price", "salesByDate/averageSellingPrice/amount", "The price of a unit on average."),
        text("average_price_currency", "salesByDate/averageSellingPrice/currencyCode", "Its currency."),
        amount("shipped_sales", "salesByDate/shippedProductSales/amount", "Sales shipped."),
        text("shipped_sales_currency", "salesByDate/shippedProductSales/currencyCode", "Its currency."),
        integer("units_shipped", "salesByDate/unitsShipped", "Units shipped."),
        integer("orders_shipped", "salesByDate/ordersShipped", "Orders shipped."),
        integer("units_refunded", "salesByDate/unitsRefunded", "Units refunded."),
        number("refund_rate", "salesByDate/refundRate", "Refunds among a hundred units."),
        integer("claims_granted", "salesByDate/claimsGranted", "Guarantee claims granted."),
        amount("claims_amount", "salesByDate/claimsAmount/amount", "What they cost."),
        text("claims_amount_currency", "salesByDate/claimsAmount/currencyCode", "Its currency."),
        integer("page_views", "trafficByDate/pageViews", "Views of product pages."),
        integer("browser_page_views", "trafficByDate/browserPageViews", "Of them, in a browser."),
        integer("mobile_page_views", "trafficByDate/mobileAppPageViews", "Of them, in the app."),
        integer("sessions", "trafficByDate/sessions", "Visits."),
        integer("browser_sessions", "trafficByDate/browserSessions", "Of them, in a browser."),
        integer("mobile_sessions", "trafficByDate/mobileAppSessions", "Of them, in the app."),
        number(
            "buy_box_percentage",
            "trafficByDate/buyBoxPercentage",
            "Views with the featured offer, of a hundred.",
        ),
        number(
            "order_item_session_percentage",
            "trafficByDate/orderItemSessionPercentage",
            "Items of orders for a hundred visits.",
        ),
        number(
            "unit_session_percentage",
            "trafficByDate/unitSessionPercentage",
            "Units for a hundred visits.",
        ),
        number("average_offer_count", "trafficByDate/averageOfferCount", "Offers on average."),
        number("average_parent_items", "trafficByDate/averageParentItems", "Products on average."),
        integer("feedback_received", "trafficByDate/feedbackReceived", "Times customers gave feedback."),
        integer("negative_feedback_received", "trafficByDate/negativeFeedbackReceived", "Of them, negative."),
    ],
};
