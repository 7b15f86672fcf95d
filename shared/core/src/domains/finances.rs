//! Financial transactions: `listTransactions` 2024-06-19 by the time of posting.
//!
//! Source: Amazon's model finances_2024-06-19.json. A window of more than 180 days has an empty answer, and orders of
//! the last 48 hours may be missing: windows overlap by more than that. Deferred transactions are released later,
//! under the same id and time of posting: once a day those of the last weeks are read again.

use super::{Ask, DAY, Domain, Heads, Key, PLAIN, Pages, Parameters, Source, Stores, Sweep, days, pages};
use crate::catalogue::{LIST_TRANSACTIONS, Role};
use jiff::SignedDuration;

/// Financial transactions.
pub const FINANCES: Domain = Domain {
    name: "finances",
    entity: "transaction",
    roles: &[Role::FinanceAndAccounting],
    reads: "Transactions with their amounts, fees and taxes by item, and whether they are released. No bank account.",
    source: Source::Pages(Pages { filters: posted, ..TRANSACTIONS }),
    sweep: Sweep::Whole(&Source::Pages(Pages { filters: released, ..TRANSACTIONS })),
    sweep_every: DAY,
    sweep_quiet: days(7),
    stores: Stores::Together,
    cadence: SignedDuration::from_hours(1),
    cadence_quiet: DAY,
    changes_wanted: 50.0,
    overlap: SignedDuration::from_hours(49),
    longest: days(170),
    shortest: DAY,
    lookback: days(729),
    ..PLAIN
};

pub(super) const TRANSACTIONS: Pages = Pages {
    operation: &LIST_TRANSACTIONS,
    filters: posted,
    records: "payload.transactions?",
    heads: Heads {
        key: Key::Fields(&["transactionId"]),
        // The time of posting stays when a transaction is released: the latest reading counts.
        updated: "",
        marketplace: "marketplaceDetails.marketplaceId",
    },
    ..pages::PLAIN
};

fn posted(ask: Ask<'_>) -> Parameters {
    // No store: for merchant-fulfilled orders of the United States Amazon finds nothing otherwise.
    vec![("postedAfter", ask.window.after.to_string()), ("postedBefore", ask.window.before.to_string())]
}

/// Amazon releases a week after delivery (delivery date policy); transactions of so many days are looked at again.
const DEFERRED: SignedDuration = days(45);

fn released(ask: Ask<'_>) -> Parameters {
    vec![
        ("postedAfter", (ask.window.before - DEFERRED).to_string()),
        ("postedBefore", ask.window.before.to_string()),
        ("transactionStatus", "DEFERRED_RELEASED".to_owned()),
    ]
}
