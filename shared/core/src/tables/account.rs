//! Where the account sells: Amazon's model sellers.json (`MarketplaceParticipation`).

use super::column::{boolean, text};
use super::{Of, Rows, Source, Table};

/// One row per store in which the account may sell.
pub(super) const ACCOUNT: Table = Table {
    name: "account",
    domain: "account",
    row: "store in which the account may sell",
    of: Of::All,
    rows: Rows::Record,
    source: Source::Api,
    own: &[
        text("marketplace_id", "marketplace/id", "Amazon's id of the store."),
        text("marketplace_name", "marketplace/name", "Its name."),
        text("country", "marketplace/countryCode", "Its country."),
        text("currency", "marketplace/defaultCurrencyCode", "Its currency."),
        text("language", "marketplace/defaultLanguageCode", "Its language."),
        text("domain_name", "marketplace/domainName", "Its address."),
        text("store_name", "storeName", "The seller's name there."),
        boolean("participating", "participation/isParticipating", "Whether the account sells there."),
        boolean(
            "suspended_listings",
            "participation/hasSuspendedListings",
            "Whether listings are suspended.",
        ),
    ],
};
