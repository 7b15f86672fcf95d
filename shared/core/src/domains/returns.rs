//! Returns of units that Amazon ships, by report.
//!
//! Source: developer-docs.amazon.com/sp-api, FBA customer concessions reports; content is made anew daily. Comments are
//! what a buyer wrote: they are left out.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, Source, Stores, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};

/// Returns to Amazon.
pub const RETURNS: Domain = Domain {
    name: "returns",
    entity: "return",
    roles: &[Role::AmazonFulfillment],
    reads: "Returned FBA units with reason and condition. Not the customer's comments.",
    source: Source::Report(Report {
        kind: "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA",
        made: Made::Asked,
        options: &[],
        dated: true,
        layout: Layout {
            format: Format::Tabs,
            columns: COLUMNS,
            required: &["return-date", "order-id", "sku"],
        },
        heads: Heads {
            key: Key::Fields(&["order-id", "sku", "license-plate-number", "return-date"]),
            updated: "",
            marketplace: "",
        },
    }),
    stores: Stores::One,
    by_day: true,
    cadence: DAY,
    cadence_quiet: days(4),
    overlap: days(3),
    longest: days(27),
    lookback: days(540),
    without: &["customer-comments"],
    ..PLAIN
};

const COLUMNS: &[&str] = &[
    "return-date",
    "order-id",
    "sku",
    "asin",
    "fnsku",
    "product-name",
    "quantity",
    "fulfillment-center-id",
    "detailed-disposition",
    "reason",
    "status",
    "license-plate-number",
    "customer-comments",
];
