//! Reimbursements, by report. A reimbursement may have several rows and no number of them: a row is named by all that it
//! says.
//!
//! Source: developer-docs.amazon.com/sp-api, FBA payments reports; content is made anew daily.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, Source, Stores, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};

/// Reimbursements.
pub const REIMBURSEMENTS: Domain = Domain {
    name: "reimbursements",
    entity: "reimbursement",
    roles: &[Role::AmazonFulfillment],
    reads: "What Amazon paid or gave back for lost and damaged units.",
    source: Source::Report(Report {
        kind: "GET_FBA_REIMBURSEMENTS_DATA",
        made: Made::Asked,
        options: &[],
        dated: true,
        layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["reimbursement-id"] },
        heads: Heads { key: Key::Whole, updated: "", marketplace: "" },
    }),
    stores: Stores::One,
    by_day: true,
    cadence: DAY,
    cadence_quiet: days(4),
    overlap: days(2),
    longest: days(28),
    lookback: days(540),
    ..PLAIN
};

const COLUMNS: &[&str] = &[
    "approval-date",
    "reimbursement-id",
    "case-id",
    "amazon-order-id",
    "reason",
    "sku",
    "fnsku",
    "asin",
    "product-name",
    "condition",
    "currency-unit",
    "amount-per-unit",
    "amount-total",
    "quantity-reimbursed-cash",
    "quantity-reimbursed-inventory",
    "quantity-reimbursed-total",
    "original-reimbursement-id",
    "original-reimbursement-type",
];
