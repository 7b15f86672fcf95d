//! The FBA inventory ledger, by report: a line for each day, SKU, disposition and country.
//!
//! Source: developer-docs.amazon.com/sp-api, FBA inventory reports: 18 months back; windows of whole days, because Amazon
//! sums up whole days.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, Source, Stores, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};

/// The inventory ledger.
pub const LEDGER: Domain = Domain {
    name: "ledger",
    entity: "ledger_day",
    roles: &[Role::AmazonFulfillment],
    reads: "Movements of FBA stock by day, SKU and country, from the balance it began with to the one it ended with.",
    source: Source::Report(Report {
        kind: "GET_LEDGER_SUMMARY_VIEW_DATA",
        made: Made::Asked,
        options: &[("aggregateByLocation", "COUNTRY"), ("aggregatedByTimePeriod", "DAILY")],
        dated: true,
        layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["Date", "MSKU"] },
        heads: Heads {
            key: Key::Fields(&["Date", "FNSKU", "MSKU", "Disposition", "Location"]),
            updated: "",
            marketplace: "",
        },
    }),
    stores: Stores::One,
    by_day: true,
    cadence: DAY,
    cadence_quiet: days(3),
    // Each day has rows, whatever happens: some of each SKU.
    changes_wanted: 1_000.0,
    // Amazon corrects the last days.
    overlap: days(5),
    longest: days(25),
    lookback: days(540),
    ..PLAIN
};

const COLUMNS: &[&str] = &[
    "Date",
    "FNSKU",
    "ASIN",
    "MSKU",
    "Title",
    "Disposition",
    "Starting Warehouse Balance",
    "In Transit Between Warehouses",
    "Receipts",
    "Customer Shipments",
    "Customer Returns",
    "Vendor Returns",
    "Warehouse Transfer In/Out",
    "Found",
    "Lost",
    "Damaged",
    "Disposed",
    "Other Events",
    "Ending Warehouse Balance",
    "Unknown Events",
    "Location",
    "Store",
];
