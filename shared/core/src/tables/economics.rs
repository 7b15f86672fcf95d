//! What each article earned: Amazon's schema `analytics_economics_2024_03_15.graphql` (`Economics`), by SKU and day.

use super::column::{amount, date, integer, number, text};
use super::{Of, Rows, Source, Table};

/// One row per SKU, store and day with what it earned.
pub(super) const ECONOMICS: Table = Table {
    name: "economics",
    domain: "economics",
    row: "SKU, store and day with what it earned",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        date("sales_date", "startDate", "The day, in the store's time."),
        text("sku", "msku", "The seller's id of the product."),
        text("fnsku", "fnsku", "The warehouses' id of it; empty where there are several."),
        text("child_asin", "childAsin", "Amazon's id of the product."),
        text("parent_asin", "parentAsin", "Amazon's id of the product that this is a variation of."),
        amount("ordered_sales", "sales/orderedProductSales/amount", "Sales ordered."),
        text("ordered_sales_currency", "sales/orderedProductSales/currencyCode", "Its currency."),
        amount(
            "refunded_sales",
            "sales/refundedProductSales/amount",
            "Sales refunded, on the day of the refund.",
        ),
        text("refunded_sales_currency", "sales/refundedProductSales/currencyCode", "Its currency."),
        amount("net_sales", "sales/netProductSales/amount", "Sales ordered without those refunded."),
        text("net_sales_currency", "sales/netProductSales/currencyCode", "Its currency."),
        amount("average_price", "sales/averageSellingPrice/amount", "The price of a unit on average."),
        text("average_price_currency", "sales/averageSellingPrice/currencyCode", "Its currency."),
        integer("units_ordered", "sales/unitsOrdered", "Units ordered."),
        integer("units_refunded", "sales/unitsRefunded", "Units refunded."),
        integer("net_units", "sales/netUnitsSold", "Units ordered without those refunded."),
        amount("net_proceeds", "netProceeds/total/amount", "What is left after fees, advertising and costs."),
        text("net_proceeds_currency", "netProceeds/total/currencyCode", "Its currency."),
        amount("net_proceeds_unit", "netProceeds/perUnit/amount", "The same for one net unit."),
        text("net_proceeds_unit_currency", "netProceeds/perUnit/currencyCode", "Its currency."),
        amount("goods_cost", "cost/costOfGoodsSold/amount", "What a unit costs, as the seller entered it."),
        text("goods_cost_currency", "cost/costOfGoodsSold/currencyCode", "Its currency."),
        amount(
            "inbound_cost",
            "cost/fbaCost/shippingToAmazonCost/amount",
            "What its way to Amazon costs, as the seller entered it.",
        ),
        text("inbound_cost_currency", "cost/fbaCost/shippingToAmazonCost/currencyCode", "Its currency."),
        amount(
            "fulfillment_cost",
            "cost/mfnCost/fulfillmentCost/amount",
            "What the seller's own shipping of a unit costs, as the seller entered it.",
        ),
        text("fulfillment_cost_currency", "cost/mfnCost/fulfillmentCost/currencyCode", "Its currency."),
        amount(
            "storage_cost",
            "cost/mfnCost/storageCost/amount",
            "What the seller's own storage of a unit costs a month, as the seller entered it.",
        ),
        text("storage_cost_currency", "cost/mfnCost/storageCost/currencyCode", "Its currency."),
        amount(
            "other_cost",
            "cost/miscellaneousCost/amount",
            "Other costs of a unit, as the seller entered them.",
        ),
        text("other_cost_currency", "cost/miscellaneousCost/currencyCode", "Its currency."),
    ],
};

/// One row per kind of fee of a SKU, a store and a day. Amazon splits a fee into several charges where it changes
/// within the time that was asked for; a day is never split.
pub(super) const ECONOMICS_FEES: Table = Table {
    name: "economics_fees",
    domain: "economics",
    row: "kind of fee of a SKU, a store and a day",
    of: Of::All,
    rows: Rows::Each("fees"),
    source: Source::Api,
    own: &[
        date("sales_date", "^startDate", "The day, in the store's time."),
        text("sku", "^msku", "The seller's id of the product."),
        text("child_asin", "^childAsin", "Amazon's id of the product."),
        text("fee_type", "feeTypeName", "Amazon's name of the fee."),
        amount("total", "charges[0]/aggregatedDetail/totalAmount/amount", "What was charged in the end."),
        text("total_currency", "charges[0]/aggregatedDetail/totalAmount/currencyCode", "Its currency."),
        amount("charged", "charges[0]/aggregatedDetail/amount/amount", "The same before promotions and tax."),
        text("charged_currency", "charges[0]/aggregatedDetail/amount/currencyCode", "Its currency."),
        amount("promotion", "charges[0]/aggregatedDetail/promotionAmount/amount", "Of it, given back."),
        text(
            "promotion_currency",
            "charges[0]/aggregatedDetail/promotionAmount/currencyCode",
            "Its currency.",
        ),
        amount("tax", "charges[0]/aggregatedDetail/taxAmount/amount", "Tax on it."),
        text("tax_currency", "charges[0]/aggregatedDetail/taxAmount/currencyCode", "Its currency."),
        number("quantity", "charges[0]/aggregatedDetail/quantity", "Units that were charged for."),
        text("charges", "charges", "All charges with their components, a JSON list."),
    ],
};

/// One row per kind of advertising of a SKU, a store and a day.
pub(super) const ECONOMICS_ADS: Table = Table {
    name: "economics_ads",
    domain: "economics",
    row: "kind of advertising of a SKU, a store and a day",
    of: Of::All,
    rows: Rows::Each("ads"),
    source: Source::Api,
    own: &[
        date("sales_date", "^startDate", "The day, in the store's time."),
        text("sku", "^msku", "The seller's id of the product."),
        text("child_asin", "^childAsin", "Amazon's id of the product."),
        text("ad_type", "adTypeName", "Amazon's name of the advertising."),
        amount("total", "charge/totalAmount/amount", "What was charged in the end."),
        text("total_currency", "charge/totalAmount/currencyCode", "Its currency."),
        amount("charged", "charge/amount/amount", "The same before promotions and tax."),
        text("charged_currency", "charge/amount/currencyCode", "Its currency."),
        number("quantity", "charge/quantity", "Units that were charged for."),
    ],
};
