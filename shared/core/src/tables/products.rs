//! What is offered: Amazon's models listingsItems_2021-08-01.json (`Item`), catalogItems_2022-04-01.json (`Item`) and
//! productFeesV0.json (`FeesEstimateResult`), and the report `GET_MERCHANT_LISTINGS_ALL_DATA`, which has all listings
//! once a week.

use super::column::{amount, boolean, date, instant, integer, local_amount, number, odd_instant, text};
use super::{Of, Rows, Source, Table};

/// One row per listing of the seller in a store, as it was then.
pub(super) const LISTINGS: Table = Table {
    name: "listings",
    domain: "listings",
    row: "listing of the seller in a store, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Report,
    own: &[
        text("sku", "sku|seller-sku", "The seller's id of the listing."),
        text("asin", "summaries[0]/asin|asin1", "Amazon's id of the product."),
        text("title", "summaries[0]/itemName|item-name", "Its name."),
        text("fnsku", "summaries[0]/fnSku", "The fulfilment network's id of it."),
        text("product_type", "summaries[0]/productType", "Amazon's type of it."),
        text(
            "item_condition",
            "summaries[0]/conditionType|item-condition",
            "Its condition, a word or the report's number.",
        ),
        text(
            "status",
            "summaries[0]/status|status",
            "BUYABLE and DISCOVERABLE as a JSON list, or Active, Inactive, Incomplete from the report.",
        ),
        local_amount("price", "offers[offerType=B2C]/price/amount|price", "Its price."),
        text(
            "price_currency",
            "offers[offerType=B2C]/price/currencyCode",
            "Its currency; the report has none.",
        ),
        text("price_raw", "offers[offerType=B2C]/price/amount|price", "The price as Amazon wrote it."),
        local_amount("business_price", "offers[offerType=B2B]/price/amount", "Its price for companies."),
        text("business_price_currency", "offers[offerType=B2B]/price/currencyCode", "Its currency."),
        text(
            "fulfillment_channel",
            "fulfillmentAvailability[0]/fulfillmentChannelCode|fulfillment-channel",
            "DEFAULT is the seller himself, AMAZON_NA and the like are Amazon.",
        ),
        integer(
            "quantity",
            "fulfillmentAvailability[0]/quantity|quantity",
            "Units offered; empty with Fulfillment by Amazon.",
        ),
        integer("pending_quantity", "pending-quantity", "Units in orders that are pending, from the report."),
        odd_instant(
            ["created_time", "created_time_raw"],
            "summaries[0]/createdDate|open-date",
            "When it was made.",
        ),
        instant("last_updated_time", "summaries[0]/lastUpdatedDate", "When it last changed."),
        text("listing_id", "listing-id", "Amazon's id of the listing, from the report."),
        text("product_id", "product-id", "The product's id of this type, from the report."),
        text("product_id_type", "product-id-type", "What kind of id: 1 ASIN, 2 ISBN, 3 UPC, 4 EAN."),
        text("shipping_group", "merchant-shipping-group", "The shipping template, from the report."),
        text("issues", "issues", "What Amazon finds wrong with it, a JSON list."),
    ],
};

/// One row per item of the catalogue in a store, as it was then.
pub(super) const CATALOG: Table = Table {
    name: "catalog",
    domain: "catalog",
    row: "item of the catalogue in a store, as it was then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("asin", "asin", "Amazon's id of the product."),
        text("marketplace_id", "summaries[0]/marketplaceId", "Amazon's id of the store."),
        text("title", "summaries[0]/itemName", "Its name there."),
        text("brand", "summaries[0]/brand", "Its brand."),
        text("manufacturer", "summaries[0]/manufacturer", "Its maker."),
        text("model_number", "summaries[0]/modelNumber", "Its model."),
        text("part_number", "summaries[0]/partNumber", "Its part number."),
        text("color", "summaries[0]/color", "Its colour."),
        text("size", "summaries[0]/size", "Its size."),
        text("style", "summaries[0]/style", "Its style."),
        integer("package_quantity", "summaries[0]/packageQuantity", "Units in a package."),
        date("release_date", "summaries[0]/releaseDate", "When it may be sent first."),
        text(
            "item_classification",
            "summaries[0]/itemClassification",
            "BASE_PRODUCT, VARIATION_PARENT and others.",
        ),
        text("display_group", "summaries[0]/websiteDisplayGroupName", "The group it is shown in."),
        boolean("adult_product", "summaries[0]/adultProduct", "Whether it is for adults."),
        boolean("trade_in_eligible", "summaries[0]/tradeInEligible", "Whether Amazon takes it in payment."),
        text("product_type", "productTypes[0]/productType", "Amazon's type of it."),
        text(
            "browse_class",
            "summaries[0]/browseClassification/displayName",
            "Where it stands in the browse tree.",
        ),
        number("package_weight", "dimensions[0]/package/weight/value", "The package's weight."),
        text("package_weight_unit", "dimensions[0]/package/weight/unit", "The unit of the weight."),
        text("identifiers", "identifiers[0]/identifiers", "EAN, UPC and the like, a JSON list."),
        text("images", "images[0]/images", "Its pictures, a JSON list."),
        text("relationships", "relationships[0]/relationships", "Variations, a JSON list."),
    ],
};

/// One row per sales rank of an item in a category of one store.
pub(super) const CATALOG_RANKS: Table = Table {
    name: "catalog_ranks",
    domain: "catalog",
    row: "sales rank of an item in a category of one store",
    of: Of::All,
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

/// One row per listing with Amazon's estimate of its fees at its price then.
pub(super) const FEES: Table = Table {
    name: "fees",
    domain: "fees",
    row: "listing with Amazon's estimate of its fees at its price then",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text(
            "sku",
            "FeesEstimateIdentifier/SellerInputIdentifier|FeesEstimateIdentifier/IdValue",
            "The seller's id of the listing.",
        ),
        text("marketplace_id", "FeesEstimateIdentifier/MarketplaceId", "Amazon's id of the store."),
        boolean(
            "fulfilled_by_amazon",
            "FeesEstimateIdentifier/IsAmazonFulfilled",
            "Whether Amazon ships it.",
        ),
        text("status", "Status", "Success, ClientError or ServiceError."),
        instant("estimated_time", "FeesEstimate/TimeOfFeesEstimation", "When it was estimated."),
        amount("price", "FeesEstimateIdentifier/PriceToEstimateFees/ListingPrice/Amount", "The price."),
        text(
            "price_currency",
            "FeesEstimateIdentifier/PriceToEstimateFees/ListingPrice/CurrencyCode",
            "Its currency.",
        ),
        amount("total_fees", "FeesEstimate/TotalFeesEstimate/Amount", "All fees of one sale."),
        text("total_fees_currency", "FeesEstimate/TotalFeesEstimate/CurrencyCode", "Its currency."),
        amount(
            "referral_fee",
            "FeesEstimate/FeeDetailList[FeeType=ReferralFee]/FinalFee/Amount",
            "Of it, the commission.",
        ),
        text(
            "referral_fee_currency",
            "FeesEstimate/FeeDetailList[FeeType=ReferralFee]/FinalFee/CurrencyCode",
            "Its currency.",
        ),
        amount(
            "closing_fee",
            "FeesEstimate/FeeDetailList[FeeType=VariableClosingFee]/FinalFee/Amount",
            "Of it, the closing fee.",
        ),
        text(
            "closing_fee_currency",
            "FeesEstimate/FeeDetailList[FeeType=VariableClosingFee]/FinalFee/CurrencyCode",
            "Its currency.",
        ),
        amount(
            "fulfillment_fee",
            "FeesEstimate/FeeDetailList[FeeType=FBAFees]/FinalFee/Amount",
            "Of it, fulfilment by Amazon.",
        ),
        text(
            "fulfillment_fee_currency",
            "FeesEstimate/FeeDetailList[FeeType=FBAFees]/FinalFee/CurrencyCode",
            "Its currency.",
        ),
        text("error_code", "Error/Code", "Why there is no estimate."),
        text("error_message", "Error/Message", "The same in words."),
    ],
};

/// One row per fee of an estimate.
pub(super) const FEE_DETAILS: Table = Table {
    name: "fee_details",
    domain: "fees",
    row: "fee of an estimate",
    of: Of::All,
    rows: Rows::Each("FeesEstimate/FeeDetailList"),
    source: Source::Api,
    own: &[
        text(
            "sku",
            "^FeesEstimateIdentifier/SellerInputIdentifier|^FeesEstimateIdentifier/IdValue",
            "The seller's id of the listing.",
        ),
        text("marketplace_id", "^FeesEstimateIdentifier/MarketplaceId", "Amazon's id of the store."),
        text("fee_type", "FeeType", "ReferralFee, FBAFees and others."),
        amount("fee", "FeeAmount/Amount", "The fee."),
        text("fee_currency", "FeeAmount/CurrencyCode", "Its currency."),
        amount("promotion", "FeePromotion/Amount", "What is taken off."),
        text("promotion_currency", "FeePromotion/CurrencyCode", "Its currency."),
        amount("tax", "TaxAmount/Amount", "The tax on it."),
        text("tax_currency", "TaxAmount/CurrencyCode", "Its currency."),
        amount("final_fee", "FinalFee/Amount", "What is left to pay."),
        text("final_fee_currency", "FinalFee/CurrencyCode", "Its currency."),
        text("included", "IncludedFeeDetailList", "The fees it is made of, a JSON list."),
    ],
};
