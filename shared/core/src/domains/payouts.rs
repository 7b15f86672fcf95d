//! Payouts: `listPayouts` 2024-06-01 by their creation.
//!
//! Source: Amazon's model transfers_2024-06-01.json. The last digits of the bank account are left out.

use super::{Ask, DAY, Domain, Heads, Key, PLAIN, Pages, Source, Stores, Sweep, days, pages};
use crate::catalogue::{LIST_PAYOUTS, Role};

/// Payouts.
pub const PAYOUTS: Domain = Domain {
    name: "payouts",
    entity: "payout",
    roles: &[Role::FinanceAndAccounting],
    reads: "Payouts to the seller with amount, period and status. No bank account.",
    source: Source::Pages(Pages {
        operation: &LIST_PAYOUTS,
        filters: |ask: Ask<'_>| {
            vec![
                ("createdAfter", ask.window.after.to_string()),
                ("createdBefore", ask.window.before.to_string()),
            ]
        },
        records: "payouts?",
        heads: Heads { key: Key::Fields(&["id"]), updated: "", marketplace: "partnerMetadata.marketplaceId" },
        ..pages::PLAIN
    }),
    without: &["accountTail"],
    stores: Stores::Together,
    cadence: DAY,
    cadence_quiet: days(4),
    // A payout arrives at the bank days after it was made.
    sweep: Sweep::Back(days(14)),
    sweep_every: days(2),
    sweep_quiet: days(2),
    longest: days(170),
    lookback: days(540),
    ..PLAIN
};
