//! Sales and traffic, by report: one report for each day, since its part by ASIN sums up the whole report.
//!
//! Source: Amazon's schema sellerSalesAndTrafficReport.json.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, STORE, Source, Stores, WINDOW_DAY, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};

/// Sales and traffic.
pub const TRAFFIC: Domain = Domain {
    name: "traffic",
    entity: "traffic",
    roles: &[Role::BrandAnalytics],
    reads: "Sales and traffic by day and by ASIN: sessions, page views, units and sales.",
    source: Source::Report(Report {
        kind: "GET_SALES_AND_TRAFFIC_REPORT",
        made: Made::Asked,
        options: &[("dateGranularity", "DAY"), ("asinGranularity", "SKU")],
        dated: true,
        layout: Layout {
            format: Format::Arrays(&["salesAndTrafficByDate", "salesAndTrafficByAsin"]),
            columns: &[],
            required: &[],
        },
        heads: Heads {
            key: Key::Fields(&[WINDOW_DAY, STORE, "date", "parentAsin", "childAsin", "sku"]),
            updated: "",
            marketplace: "",
        },
    }),
    stores: Stores::Each,
    by_day: true,
    cadence: DAY,
    // Each day is a report of its own: fewer runs would only be later.
    cadence_quiet: DAY,
    // Amazon corrects the last two days; each day is a report of its own, because what is said about an ASIN names no day.
    lag: days(2),
    overlap: days(0),
    longest: DAY,
    lookback: days(30),
    ..PLAIN
};
