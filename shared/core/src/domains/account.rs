//! The account's stores and whether they may sell there: `getMarketplaceParticipations`.
//!
//! Source: Amazon's model sellers.json.

use super::{DAY, Domain, Heads, Key, PLAIN, Pages, Source, Stores, days, pages};
use crate::catalogue::{GET_MARKETPLACE_PARTICIPATIONS, Role};

/// The account's stores.
pub const ACCOUNT: Domain = Domain {
    name: "account",
    entity: "store",
    roles: &[Role::SellingPartnerInsights],
    reads: "The account's stores: name, currency, and whether its listings are suspended there.",
    source: Source::Pages(Pages {
        operation: &GET_MARKETPLACE_PARTICIPATIONS,
        filters: |_| Vec::new(),
        records: "payload",
        heads: Heads { key: Key::Fields(&["marketplace.id"]), updated: "", marketplace: "marketplace.id" },
        ..pages::PLAIN
    }),
    stores: Stores::One,
    cadence: DAY,
    cadence_quiet: days(7),
    ..PLAIN
};
