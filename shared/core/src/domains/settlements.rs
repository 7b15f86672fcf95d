//! Settlements: reports that Amazon makes by itself, listed and never asked for.
//!
//! Source: developer-docs.amazon.com/sp-api, settlement reports: the V2 flat file; a report is listed for 90 days.

use super::finances::TRANSACTIONS;
use super::report::LISTED_SINCE;
use super::{Domain, Heads, Key, Made, PLAIN, Report, Source, Stores, Totals, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};
use jiff::SignedDuration;

/// Settlements.
pub const SETTLEMENTS: Domain = Domain {
    name: "settlements",
    entity: "settlement_row",
    roles: &[Role::FinanceAndAccounting],
    reads: "Settlement statements, row by row: amounts by order, item and kind, and the total that Amazon pays out.",
    source: Source::Report(Report {
        kind: "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
        made: Made::ByAmazon,
        options: &[],
        dated: false,
        layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["settlement-id"] },
        // A statement never changes, so its lines have places.
        heads: Heads { key: Key::Place(&["settlement-id"]), updated: "", marketplace: "" },
    }),
    // The list is the same for all stores of a region.
    stores: Stores::Together,
    cadence: SignedDuration::from_hours(12),
    cadence_quiet: days(2),
    // A statement comes once in two weeks, all its rows at once.
    changes_wanted: 1_000.0,
    overlap: SignedDuration::from_hours(6),
    longest: days(30),
    lookback: LISTED_SINCE,
    // A statement's first line has its total, every other line an amount.
    totals: Some(Totals {
        of: "settlement-id",
        total: "total-amount",
        currency: "currency",
        amount: "amount",
        what: "amount-description",
        against: Source::Pages(TRANSACTIONS),
        // A fortnight, and what was held back for weeks before it (delivery date policy).
        reach: days(60),
        // "Orders of the last 48 hours may be missing" (finances_2024-06-19.json); an hour more.
        told_after: SignedDuration::from_hours(49),
    }),
    ..PLAIN
};

const COLUMNS: &[&str] = &[
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
];
