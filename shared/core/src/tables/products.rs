//! What is offered: the report GET_MERCHANT_LISTINGS_ALL_DATA, Amazon's models listingsItems_2021-08-01.json and
//! catalogItems_2022-04-01.json (`Item`), and the report GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA.

use super::column::{boolean, date, integer, local_amount, number, odd_instant, text};
use super::{Rows, Source, Table};

/// One row per listing of the seller, as it was then.
pub(super) const LISTINGS: Table = Table {
    name: "listings",
    domain: "listings",
    row: "listing of the seller, as it was then",
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        text("sku", "seller-sku|sku", "The seller's id of the listing."),
        text("asin", "asin1|asin", "Amazon's id of the product."),
        text("listing_id", "listing-id", "Amazon's id of the listing."),
        text("title", "item-name", "Its name."),
        local_amount("price", "price", "Its price, in the store's currency."),
        text("price_raw", "price", "The same as Amazon wrote it."),
        integer("quantity", "quantity", "Units offered; empty with Fulfillment by Amazon."),
        odd_instant(["opened_time", "opened_time_raw"], "open-date", "When it was opened."),
        text("status", "status", "Active, Inactive or Incomplete."),
        text("fulfillment_channel", "fulfillment-channel", "DEFAULT is the seller himself, AMAZON_NA and the like are Amazon."),
        text("item_condition", "item-condition", "Its condition, a number."),
        text("product_id", "product-id", "The product's id of this type."),
        text("product_id_type", "product-id-type", "What kind of id: 1 ASIN, 2 ISBN, 3 UPC, 4 EAN."),
        integer("pending_quantity", "pending-quantity", "Units in orders that are pending."),
        text("shipping_group", "merchant-shipping-group", "The shipping template."),
        local_amount("minimum_price", "minimum-seller-allowed-price", "The least the seller allows."),
        local_amount("maximum_price", "maximum-seller-allowed-price", "The most the seller allows."),
    ],
};

/// One row per item of the catalogue, as it was then.
pub(super) const CATALOG: Table = Table {
    name: "catalog",
    domain: "catalog",
    row: "item of the catalogue, as it was then",
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("asin", "asin", "Amazon's id of the product."),
        text("title", "summaries/itemName", "Its name, in the first store."),
        text("summaries", "summaries", "Name, brand and kind by store, a JSON list."),
        text("identifiers", "identifiers", "EAN, UPC and the like by store, a JSON list."),
        text("product_types", "productTypes", "Its product type by store, a JSON list."),
        text("classifications", "classifications", "Where it stands in the browse tree, a JSON list."),
        text("dimensions", "dimensions", "Sizes and weights by store, a JSON list."),
        text("images", "images", "Its pictures by store, a JSON list."),
        text("relationships", "relationships", "Variations by store, a JSON list."),
        text("vendor_details", "vendorDetails", "What vendors see, a JSON list."),
    ],
};

/// One row per item of the catalogue in one store.
pub(super) const CATALOG_SUMMARIES: Table = Table {
    name: "catalog_summaries",
    domain: "catalog",
    row: "item of the catalogue in one store",
    rows: Rows::Each("summaries"),
    source: Source::Api,
    own: &[
        text("asin", "^asin", "Amazon's id of the product."),
        text("marketplace_id", "marketplaceId", "Amazon's id of the store."),
        text("title", "itemName", "Its name there."),
        text("brand", "brand", "Its brand."),
        text("manufacturer", "manufacturer", "Its maker."),
        text("model_number", "modelNumber", "Its model."),
        text("part_number", "partNumber", "Its part number."),
        text("color", "color", "Its colour."),
        text("size", "size", "Its size."),
        text("style", "style", "Its style."),
        integer("package_quantity", "packageQuantity", "Units in a package."),
        date("release_date", "releaseDate", "When it may be sent first."),
        text("item_classification", "itemClassification", "BASE_PRODUCT, VARIATION_PARENT and others."),
        text("display_group", "websiteDisplayGroupName", "The group it is shown in."),
        boolean("adult_product", "adultProduct", "Whether it is for adults."),
        boolean("trade_in_eligible", "tradeInEligible", "Whether Amazon takes it in payment."),
    ],
};

/// One row per sales rank of an item in a category of one store.
pub(super) const CATALOG_RANKS: Table = Table {
    name: "catalog_ranks",
    domain: "catalog",
    row: "sales rank of an item in a category of one store",
    rows: Rows::Each("salesRanks/classificationRanks"),
    source: Source::Api,
    own: &[
        text("asin", "^asin", "Amazon's id of the product."),
        text("classification_id", "classificationId", "Amazon's id of the category."),
        text("title", "title", "The category's name."),
        integer("sales_rank", "rank", "The rank."),
        text("link", "link", "The category's page."),
    ],
};

/// One row per product with Amazon's estimate of its fees.
pub(super) const FEES: Table = Table {
    name: "fees",
    domain: "fees",
    row: "product with Amazon's estimate of its fees",
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        text("sku", "sku|merchant-sku", "The seller's id of the product."),
        text("fnsku", "fnsku", "The fulfilment network's id of it."),
        text("asin", "asin", "Amazon's id of it."),
        text("store", "amazon-store", "The store."),
        text("product_name", "product-name", "Its name."),
        text("product_group", "product-group", "Its group."),
        text("brand", "brand", "Its brand."),
        text("fulfilled_by", "fulfilled-by", "Who fulfils it."),
        local_amount("your_price", "your-price", "The seller's price."),
        local_amount("sales_price", "sales-price", "The price now."),
        text("currency", "currency", "The currency of all amounts."),
        local_amount("estimated_fee_total", "estimated-fee-total", "All fees for one unit."),
        local_amount("estimated_referral_fee", "estimated-referral-fee-per-unit", "Of it, the commission."),
        local_amount("estimated_closing_fee", "estimated-variable-closing-fee", "Of it, the closing fee."),
        local_amount("estimated_pick_pack_fee", "estimated-pick-pack-fee-per-unit", "Of it, picking and packing."),
        local_amount("estimated_weight_fee", "estimated-weight-handling-fee-per-unit", "Of it, weight handling."),
        local_amount("expected_fulfillment_fee", "expected-fulfillment-fee-per-unit|expected-domestic-fulfilment-fee-per-unit", "Of it, fulfilment."),
        number("longest_side", "longest-side", "The package's longest side."),
        number("median_side", "median-side", "Its middle side."),
        number("shortest_side", "shortest-side", "Its shortest side."),
        text("dimension_unit", "unit-of-dimension", "The unit of the sides."),
        number("item_weight", "item-package-weight", "Its weight."),
        text("weight_unit", "unit-of-weight", "The unit of the weight."),
        text("size_tier", "product-size-tier|product-size-weight-band", "Amazon's class of size."),
    ],
};
