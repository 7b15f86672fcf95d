//! A seller's economics by SKU and day, by Data Kiosk: sales, fees, advertising and what is left. One query is about
//! all stores, where a report would be one for each.
//!
//! Source: Amazon's schema `analytics_economics_2024_03_15.graphql`: days of the store's own time, refreshed daily, two
//! years back at most. Data Kiosk is a data set of Brand Analytics (developer-docs.amazon.com/sp-api, roles).

use super::{Ask, DAY, Domain, Heads, Key, Made, PLAIN, Report, Source, Sweep, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};
use jiff::{SignedDuration, Timestamp};

/// Economics by SKU and day.
pub const ECONOMICS: Domain = Domain {
    name: "economics",
    entity: "economics",
    roles: &[Role::BrandAnalytics],
    reads: "Sales, fees, advertising, costs and net proceeds of each SKU and day.",
    source: Source::Report(Report {
        kind: "analytics_economics_2024_03_15",
        made: Made::Query(query),
        options: &[],
        dated: true,
        layout: Layout { format: Format::Lines, columns: &[], required: &[] },
        // Rows are sums of a day, a store and a SKU. What has no SKU any more has its ASIN.
        heads: Heads {
            key: Key::Fields(&["startDate", "marketplaceId", "msku", "childAsin"]),
            updated: "",
            marketplace: "marketplaceId",
        },
    }),
    by_day: true,
    cadence: DAY,
    cadence_quiet: days(3),
    // Each day has rows, whatever happens: some of each SKU.
    changes_wanted: 1_000.0,
    lag: DAY,
    // Fees and advertising are booked some days after the sale, storage at the end of its month.
    overlap: days(7),
    sweep: Sweep::Back(days(35)),
    sweep_every: days(7),
    sweep_quiet: days(7),
    longest: days(30),
    lookback: days(720),
    ..PLAIN
};

/// Everything that the data set has about an article's day. `$` stands for [`AMOUNT`], `@` for [`DETAIL`].
const FIELDS: &str = "startDate endDate marketplaceId parentAsin childAsin msku fnsku \
    sales{orderedProductSales$ refundedProductSales$ netProductSales$ averageSellingPrice$ \
    unitsOrdered unitsRefunded netUnitsSold} \
    fees{feeTypeName charges{identifier startDate endDate aggregatedDetail{@} \
    properties{propertyName propertyValue} \
    components{name aggregatedDetail{@} properties{propertyName propertyValue}}}} \
    ads{adTypeName charge{@}} \
    cost{costOfGoodsSold$ fbaCost{shippingToAmazonCost$} mfnCost{fulfillmentCost$ storageCost$} \
    miscellaneousCost$} \
    netProceeds{total$ perUnit$}";

/// An amount of money.
const AMOUNT: &str = "{amount currencyCode}";

/// What a charge is made of.
const DETAIL: &str =
    "amount$ promotionAmount$ taxAmount$ totalAmount$ amountPerUnit$ amountPerUnitDelta$ quantity";

/// The query for a window. Its last day is included, the window's end is not.
fn query(ask: Ask<'_>) -> String {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let (first, last) = (day(ask.window.after), day(ask.window.before - SignedDuration::from_secs(1)));
    let stores: Vec<String> = ask.stores.iter().map(|store| format!("\"{store}\"")).collect();
    let fields = FIELDS.replace('@', DETAIL).replace('$', AMOUNT);
    format!(
        "query{{analytics_economics_2024_03_15{{economics(startDate:\"{first}\",endDate:\"{last}\",\
         marketplaceIds:[{}],aggregateBy:{{date:DAY,productId:MSKU}},\
         includeComponentsForFeeTypes:[FBA_FULFILLMENT_FEE,FBA_STORAGE_FEE]){{{fields}}}}}}}",
        stores.join(",")
    )
}
