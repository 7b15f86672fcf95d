//! Retail analytics of vendors, by report.
//!
//! Source: Amazon's schema for `GET_VENDOR_INVENTORY_REPORT`: 15 days a report at most for the period DAY.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, STORE, Source, Stores, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};
use crate::marketplaces::Kind;

/// Retail analytics of vendors.
pub const VENDORSTOCK: Domain = Domain {
    name: "vendorstock",
    kind: Kind::Vendor,
    entity: "vendor_stock",
    roles: &[Role::BrandAnalytics],
    reads: "Stock of a vendor's products at Amazon, by day and ASIN.",
    source: Source::Report(Report {
        kind: "GET_VENDOR_INVENTORY_REPORT",
        made: Made::Asked,
        options: &[
            ("reportPeriod", "DAY"),
            ("distributorView", "MANUFACTURING"),
            ("sellingProgram", "RETAIL"),
        ],
        dated: true,
        layout: Layout {
            format: Format::Arrays(&["inventoryAggregate", "inventoryByAsin"]),
            columns: &[],
            required: &[],
        },
        heads: Heads { key: Key::Fields(&["startDate", STORE, "asin"]), updated: "", marketplace: "" },
    }),
    stores: Stores::Each,
    by_day: true,
    cadence: DAY,
    cadence_quiet: DAY,
    // Amazon completes a day within about four.
    lag: days(4),
    overlap: days(2),
    longest: days(12),
    lookback: days(540),
    ..PLAIN
};
