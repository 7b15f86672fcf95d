//! What was sold and seen: Data Kiosk's analytics_salesAndTraffic_2024_04_24 (by date, by ASIN), whose fields the report
//! GET_SALES_AND_TRAFFIC_REPORT has as well.

use super::column::{amount, date, integer, number, text};
use super::{Rows, Source, Table};

/// One row per time and store with what was sold and seen in it.
pub(super) const SALES: Table = Table {
    name: "sales",
    domain: "sales",
    row: "time and store with what was sold and seen in it",
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("sales_date", "startDate|date", "The day, or the first one."),
        date("sales_until", "endDate", "The last one, where it is more than a day."),
        text("marketplace_id", "marketplaceId", "Amazon's id of the store."),
        text("sales_interval", "interval", "The time as Amazon tells it, from the Sales API."),
        amount("ordered_sales", "sales/orderedProductSales/amount|salesByDate/orderedProductSales/amount|totalSales/amount", "Sales ordered."),
        text("ordered_sales_currency", "sales/orderedProductSales/currencyCode|salesByDate/orderedProductSales/currencyCode|totalSales/currencyCode", "Its currency."),
        amount("ordered_sales_b2b", "sales/orderedProductSalesB2B/amount|salesByDate/orderedProductSalesB2B/amount", "Of it, by companies."),
        text("ordered_sales_b2b_currency", "sales/orderedProductSalesB2B/currencyCode|salesByDate/orderedProductSalesB2B/currencyCode", "Its currency."),
        integer("units_ordered", "sales/unitsOrdered|salesByDate/unitsOrdered|unitCount", "Units ordered."),
        integer("order_items", "sales/totalOrderItems|salesByDate/totalOrderItems|orderItemCount", "Items of orders."),
        integer("orders", "orderCount", "Orders, from the Sales API."),
        amount("average_price", "sales/averageSellingPrice/amount|salesByDate/averageSellingPrice/amount|averageUnitPrice/amount", "The price of a unit on average."),
        text("average_price_currency", "sales/averageSellingPrice/currencyCode|salesByDate/averageSellingPrice/currencyCode|averageUnitPrice/currencyCode", "Its currency."),
        amount("shipped_sales", "sales/shippedProductSales/amount|salesByDate/shippedProductSales/amount", "Sales shipped."),
        text("shipped_sales_currency", "sales/shippedProductSales/currencyCode|salesByDate/shippedProductSales/currencyCode", "Its currency."),
        integer("units_shipped", "sales/unitsShipped|salesByDate/unitsShipped", "Units shipped."),
        integer("orders_shipped", "sales/ordersShipped|salesByDate/ordersShipped", "Orders shipped."),
        integer("units_refunded", "sales/unitsRefunded|salesByDate/unitsRefunded", "Units refunded."),
        number("refund_rate", "sales/refundRate|salesByDate/refundRate", "Refunds among a hundred units."),
        integer("claims_granted", "sales/claimsGranted|salesByDate/claimsGranted", "Guarantee claims granted."),
        amount("claims_amount", "sales/claimsAmount/amount|salesByDate/claimsAmount/amount", "What they cost."),
        text("claims_amount_currency", "sales/claimsAmount/currencyCode|salesByDate/claimsAmount/currencyCode", "Its currency."),
        integer("page_views", "traffic/pageViews|trafficByDate/pageViews", "Views of product pages."),
        integer("sessions", "traffic/sessions|trafficByDate/sessions", "Visits."),
        number("buy_box_percentage", "traffic/buyBoxPercentage|trafficByDate/buyBoxPercentage", "Views with the featured offer, of a hundred."),
        number("unit_session_percentage", "traffic/unitSessionPercentage|trafficByDate/unitSessionPercentage", "Units for a hundred visits."),
    ],
};

/// One row per product and time with what was sold and seen in it.
pub(super) const TRAFFIC: Table = Table {
    name: "traffic",
    domain: "traffic",
    row: "product and time with what was sold and seen in it",
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("sales_date", "startDate|date", "The day, or the first one."),
        date("sales_until", "endDate", "The last one, where it is more than a day."),
        text("marketplace_id", "marketplaceId", "Amazon's id of the store."),
        text("parent_asin", "parentAsin", "Amazon's id of the product that this is a variation of."),
        text("child_asin", "childAsin", "Amazon's id of the product."),
        text("sku", "sku", "The seller's id of it."),
        amount("ordered_sales", "sales/orderedProductSales/amount|salesByAsin/orderedProductSales/amount", "Sales ordered."),
        text("ordered_sales_currency", "sales/orderedProductSales/currencyCode|salesByAsin/orderedProductSales/currencyCode", "Its currency."),
        amount("ordered_sales_b2b", "sales/orderedProductSalesB2B/amount|salesByAsin/orderedProductSalesB2B/amount", "Of it, by companies."),
        text("ordered_sales_b2b_currency", "sales/orderedProductSalesB2B/currencyCode|salesByAsin/orderedProductSalesB2B/currencyCode", "Its currency."),
        integer("units_ordered", "sales/unitsOrdered|salesByAsin/unitsOrdered", "Units ordered."),
        integer("units_ordered_b2b", "sales/unitsOrderedB2B|salesByAsin/unitsOrderedB2B", "Of them, by companies."),
        integer("order_items", "sales/totalOrderItems|salesByAsin/totalOrderItems", "Items of orders."),
        integer("units_refunded", "sales/unitsRefunded", "Units refunded."),
        integer("units_shipped", "sales/unitsShipped", "Units shipped."),
        integer("page_views", "traffic/pageViews|trafficByAsin/pageViews", "Views of its page."),
        integer("browser_page_views", "traffic/browserPageViews|trafficByAsin/browserPageViews", "Of them, in a browser."),
        integer("mobile_page_views", "traffic/mobileAppPageViews|trafficByAsin/mobileAppPageViews", "Of them, in the app."),
        integer("sessions", "traffic/sessions|trafficByAsin/sessions", "Visits."),
        integer("browser_sessions", "traffic/browserSessions|trafficByAsin/browserSessions", "Of them, in a browser."),
        integer("mobile_sessions", "traffic/mobileAppSessions|trafficByAsin/mobileAppSessions", "Of them, in the app."),
        number("buy_box_percentage", "traffic/buyBoxPercentage|trafficByAsin/buyBoxPercentage", "Views with the featured offer, of a hundred."),
        number("unit_session_percentage", "traffic/unitSessionPercentage|trafficByAsin/unitSessionPercentage", "Units for a hundred visits."),
    ],
};
