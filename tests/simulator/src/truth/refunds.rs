//! The money that goes back: one transaction for each returned line.

use jiff::{SignedDuration, Timestamp};

use crate::truth::Account;
use crate::truth::money::{About, Entry, Kind, Transaction, kept, referral};
use crate::truth::returns::Return;

/// Tax on what is refunded, in percent: the same as on what is sold.
const TAX_PERCENT: i64 = 8;
/// Stores whose tax never reached the seller.
const TAX_WITHHELD: [&str; 2] = ["US", "CA"];

impl Return {
    /// What the buyer gets back without tax, in minor units.
    pub(crate) fn principal(&self) -> i64 {
        self.unit_price * self.quantity
    }

    /// The tax that goes with it.
    pub(crate) fn tax(&self) -> i64 {
        self.principal() * TAX_PERCENT / 100
    }
}

impl<'a> Account<'a> {
    /// Every refund posted in `[from, until)`.
    pub(crate) fn refunds(
        self,
        window: (Timestamp, Timestamp),
    ) -> impl Iterator<Item = Transaction> + use<'a> {
        self.refunded(window).map(|one| refund(&one))
    }
}

/// The transaction of one returned line.
pub(crate) fn refund(one: &Return) -> Transaction {
    let about = About {
        item: one.line.id.clone(),
        sku: one.line.article.sku.to_owned(),
        asin: one.line.article.asin.to_owned(),
        title: one.line.article.title(one.store.language),
        quantity: one.quantity,
    };
    let (principal, tax) = (one.principal(), one.tax());
    let mut entries = Vec::new();
    let mut add = |sort, what, minor| {
        entries.push(Entry { about: Some(about.clone()), sort, what, minor });
    };
    add("ItemPrice", "Principal", -principal);
    add("ItemPrice", "Tax", -tax);
    if TAX_WITHHELD.contains(&one.store.country) {
        add("ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", tax);
    }
    add("ItemFees", "Commission", referral(principal));
    add("ItemFees", "RefundCommission", -kept(principal));
    Transaction {
        id: format!("REFUND-{}", one.refund()),
        kind: Kind::Refund,
        description: "Refund Order".to_owned(),
        posted: one.refunded,
        matures: None,
        unseen: SignedDuration::ZERO,
        store: one.store,
        by_amazon: one.by_amazon,
        order: Some(one.order_id.clone()),
        related: vec![("REFUND_ID", one.refund())],
        entries,
    }
}
