//! One transaction and the amounts that it consists of, in minor units; and what Amazon charges for a sale.

use jiff::{SignedDuration, Timestamp};

use crate::goods::{Article, convert};
use crate::marketplaces::Marketplace;

/// Amazon's share of a price, in percent
/// (sell.amazon.com/pricing: 15 percent in most categories).
const REFERRAL_PERCENT: i64 = 15;
/// Amazon keeps this part of its share when a buyer gets his money back, in percent (the refund administration fee).
const KEPT_PERCENT: i64 = 20;
/// Picking and packing one piece: a base in euro cents, and a part of the article's price.
const FULFILMENT_BASE: i64 = 210;
const FULFILMENT_PART: i64 = 25;

/// Amazon's share of so much.
pub(crate) fn referral(minor: i64) -> i64 {
    minor * REFERRAL_PERCENT / 100
}

/// What Amazon keeps of its share after a refund of so much.
pub(crate) fn kept(minor: i64) -> i64 {
    referral(minor) * KEPT_PERCENT / 100
}

/// Picking and packing one piece of this article.
pub(crate) fn fulfilment(article: &Article, currency: &str) -> i64 {
    fulfilment_at(article.euro_cents, currency)
}

/// The same for whatever costs so many euro cents.
pub(crate) fn fulfilment_at(euro_cents: i64, currency: &str) -> i64 {
    convert(FULFILMENT_BASE + euro_cents / FULFILMENT_PART, currency)
}

/// What a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Shipment,
    Refund,
    ServiceFee,
    Adjustment,
    /// The payout of a period, which is no part of any period.
    Transfer,
}

impl Kind {
    /// The finances' word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Shipment => "Shipment",
            Self::Refund => "Refund",
            Self::ServiceFee => "ServiceFee",
            Self::Adjustment => "Adjustment",
            Self::Transfer => "Transfer",
        }
    }

    /// The settlement report's word.
    pub(crate) fn settled(self) -> &'static str {
        match self {
            Self::Shipment => "Order",
            Self::Adjustment => "other-transaction",
            _ => self.word(),
        }
    }
}

/// The line of an order, or the thing, that an amount is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) item: String,
    pub(crate) sku: String,
    pub(crate) asin: String,
    pub(crate) title: &'static str,
    pub(crate) quantity: i64,
}

/// One amount.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) about: Option<About>,
    /// `ItemPrice`, `ItemFees`, …
    pub(crate) sort: &'static str,
    /// `Principal`, `Commission`, …
    pub(crate) what: &'static str,
    pub(crate) minor: i64,
}

/// One transaction.
#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) description: String,
    pub(crate) posted: Timestamp,
    /// When its money was or will be set free, where it is held back.
    pub(crate) matures: Option<Timestamp>,
    /// How long after it was posted it can be seen.
    pub(crate) unseen: SignedDuration,
    pub(crate) store: &'static Marketplace,
    pub(crate) by_amazon: bool,
    pub(crate) order: Option<String>,
    /// More identifiers, by Amazon's names.
    pub(crate) related: Vec<(&'static str, String)>,
    pub(crate) entries: Vec<Entry>,
}

impl Transaction {
    /// The sum of its amounts.
    pub(crate) fn total(&self) -> i64 {
        self.entries.iter().map(|entry| entry.minor).sum()
    }

    /// When its money counts.
    pub(crate) fn counts(&self) -> Timestamp {
        self.matures.unwrap_or(self.posted)
    }

    /// `DEFERRED`, then `DEFERRED_RELEASED`; `RELEASED` where nothing was held back.
    pub(crate) fn status(&self, now: Timestamp) -> &'static str {
        match self.matures {
            None => "RELEASED",
            Some(at) if now < at => "DEFERRED",
            Some(_) => "DEFERRED_RELEASED",
        }
    }

    /// When it last changed.
    pub(crate) fn updated(&self, now: Timestamp) -> Timestamp {
        self.matures.filter(|at| *at <= now).unwrap_or(self.posted)
    }

    /// Whether an operation shows it yet.
    pub(crate) fn is_seen(&self, now: Timestamp) -> bool {
        crate::clock::after(self.posted, self.unseen) <= now
    }
}
