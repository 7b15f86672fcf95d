//! Retail analytics of vendors: sales, stock and traffic, by report.
//!
//! Source: Amazon's schemas for `GET_VENDOR_SALES_REPORT`, `GET_VENDOR_INVENTORY_REPORT` and
//! `GET_VENDOR_TRAFFIC_REPORT`: 15 days a report at most for the period DAY.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, STORE, Source, Stores, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};
use crate::marketplaces::Kind;

/// Sales of a vendor's products.
pub const VENDORSALES: Domain = Domain {
    name: "vendorsales",
    entity: "vendor_sales",
    reads: "Sales of a vendor's products to customers, by day and ASIN.",
    source: report("GET_VENDOR_SALES_REPORT", VIEW, &["salesAggregate", "salesByAsin"]),
    ..RETAIL
};

/// Stock of a vendor's products at Amazon.
pub const VENDORSTOCK: Domain = Domain {
    name: "vendorstock",
    entity: "vendor_stock",
    reads: "Stock of a vendor's products at Amazon, by day and ASIN.",
    source: report("GET_VENDOR_INVENTORY_REPORT", VIEW, &["inventoryAggregate", "inventoryByAsin"]),
    ..RETAIL
};

/// Views of a vendor's product pages.
pub const VENDORTRAFFIC: Domain = Domain {
    name: "vendortraffic",
    entity: "vendor_traffic",
    reads: "Views of a vendor's product pages, by day and ASIN.",
    source: report("GET_VENDOR_TRAFFIC_REPORT", &[DAILY], &["trafficAggregate", "trafficByAsin"]),
    ..RETAIL
};

/// What they have in common.
const RETAIL: Domain = Domain {
    kind: Kind::Vendor,
    roles: &[Role::BrandAnalytics],
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

const DAILY: (&str, &str) = ("reportPeriod", "DAY");
const VIEW: &[(&str, &str)] = &[DAILY, ("distributorView", "MANUFACTURING"), ("sellingProgram", "RETAIL")];

const fn report(
    kind: &'static str,
    options: &'static [(&'static str, &'static str)],
    lists: &'static [&'static str],
) -> Source {
    Source::Report(Report {
        kind,
        made: Made::Asked,
        options,
        dated: true,
        layout: Layout { format: Format::Arrays(lists), columns: &[], required: &[] },
        heads: Heads { key: Key::Fields(&["startDate", STORE, "asin"]), updated: "", marketplace: "" },
    })
}
