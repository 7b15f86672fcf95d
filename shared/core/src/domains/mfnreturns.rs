//! Returns of units that the seller ships, by report.
//!
//! Source: developer-docs.amazon.com/sp-api, returns reports: 60 days a report at most. A request changes for a while, so
//! that windows overlap by a week.

use super::{DAY, Domain, Heads, Key, Made, PLAIN, Report, Source, Stores, days};
use crate::catalogue::Role;
use crate::document::{Format, Layout};

/// Returns to the seller.
pub const MFNRETURNS: Domain = Domain {
    name: "mfnreturns",
    entity: "mfn_return",
    roles: &[Role::InventoryAndOrderTracking],
    reads: "Return requests for orders that the seller ships: item, reason, label cost and resolution.",
    source: Source::Report(Report {
        kind: "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE",
        made: Made::Asked,
        options: &[],
        dated: true,
        layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["Order ID"] },
        heads: Heads {
            key: Key::Fields(&["Order ID", "Amazon RMA ID", "Merchant SKU", "Return request date"]),
            updated: "",
            marketplace: "",
        },
    }),
    stores: Stores::Each,
    by_day: true,
    cadence: DAY,
    cadence_quiet: days(4),
    overlap: days(7),
    longest: days(50),
    lookback: days(540),
    ..PLAIN
};

const COLUMNS: &[&str] = &[
    "Order ID",
    "Order date",
    "Return request date",
    "Return request status",
    "Amazon RMA ID",
    "Merchant RMA ID",
    "Label type",
    "Label cost",
    "Currency code",
    "Return carrier",
    "Tracking ID",
    "Label to be paid by",
    "A-to-Z Claim",
    "Is prime",
    "ASIN",
    "Merchant SKU",
    "Item Name",
    "Return quantity",
    "Return Reason",
    "In policy",
    "Return type",
    "Resolution",
    "Invoice number",
    "Return delivery date",
    "Order Amount",
    "Order quantity",
    "SafeT Action reason",
    "SafeT claim id",
    "SafeT claim state",
    "SafeT claim creation time",
    "SafeT claim reimbursement amount",
    "Refunded Amount",
];
