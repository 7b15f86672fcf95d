//! What belongs to no sale: the monthly subscription, the monthly storage, and what Amazon pays for lost stock.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::goods::{ARTICLES, convert};
use crate::marketplaces::Marketplace;
use crate::truth::losses::Reimbursement;
use crate::truth::money::{About, Entry, Kind, Transaction};
use crate::truth::{Account, later, within};

/// The subscription in euro cents, and on which day of the month (counted from 0) it is due; of the first store only.
const SUBSCRIPTION: i64 = 3_900;
const SUBSCRIPTION_DAY: i64 = 1;
/// Storage of one piece for a month, in euro cents, and on which day of the month it is due.
const STORAGE: i64 = 5;
const STORAGE_DAY: i64 = 9;

impl<'a> Account<'a> {
    /// Every fee and every reimbursement posted in `[from, until)`.
    pub(crate) fn service_fees(self, window: (Timestamp, Timestamp)) -> Vec<Transaction> {
        if !self.sells() {
            return Vec::new();
        }
        let mut all: Vec<_> = self.reimbursements(window).map(|one| reimbursed(&one)).collect();
        let mut month = self.first_month(window.0);
        while month < window.1 {
            for (place, store) in self.stores().enumerate() {
                let pieces = self.level() * i64::try_from(ARTICLES.len()).unwrap_or(0);
                let storage = convert(pieces * STORAGE, store.currency);
                all.push(fee(
                    store,
                    later(month, STORAGE_DAY, 21_600),
                    "FBAStorageFee",
                    "Storage Fee",
                    storage,
                ));
                if place == 0 {
                    let at = later(month, SUBSCRIPTION_DAY, 25_200);
                    let paid = convert(SUBSCRIPTION, store.currency);
                    all.push(fee(store, at, "Subscription Fee", "Subscription Fee", paid));
                }
            }
            month = next_month(month);
        }
        all.retain(|one| within(one.posted, window) && one.posted >= self.origin());
        all
    }

    /// The start of the month of `from`, or of the history's beginning where that is later.
    fn first_month(self, from: Timestamp) -> Timestamp {
        let date = from.max(self.origin()).to_zoned(TimeZone::UTC).date().first_of_month();
        midnight(date)
    }
}

fn midnight(date: Date) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

fn next_month(month: Timestamp) -> Timestamp {
    let date = month.to_zoned(TimeZone::UTC).date();
    date.checked_add(1.month()).map_or(Timestamp::MAX, midnight)
}

fn fee(
    store: &'static Marketplace,
    at: Timestamp,
    what: &'static str,
    description: &'static str,
    minor: i64,
) -> Transaction {
    Transaction {
        id: format!("FEE-{}-{}-{}", store.country, what.replace(' ', ""), at.strftime("%Y%m")),
        kind: Kind::ServiceFee,
        description: description.to_owned(),
        posted: at,
        matures: None,
        unseen: SignedDuration::ZERO,
        store,
        by_amazon: true,
        order: None,
        related: Vec::new(),
        entries: vec![Entry { about: None, sort: "other-transaction", what, minor: -minor }],
    }
}

fn reimbursed(one: &Reimbursement) -> Transaction {
    let loss = one.loss;
    let about = About {
        item: String::new(),
        sku: loss.article.sku.to_owned(),
        asin: loss.article.asin.to_owned(),
        title: loss.article.title(loss.store.language),
        quantity: loss.units,
    };
    let what = if loss.damaged { "WAREHOUSE_DAMAGE" } else { "WAREHOUSE_LOST" };
    Transaction {
        id: format!("ADJ-{}", one.id()),
        kind: Kind::Adjustment,
        description: format!("FBA Inventory Reimbursement - {what}"),
        posted: one.at,
        matures: None,
        unseen: SignedDuration::ZERO,
        store: loss.store,
        by_amazon: true,
        order: None,
        related: Vec::new(),
        entries: vec![Entry {
            about: Some(about),
            sort: "FBA Inventory Reimbursement",
            what,
            minor: one.unit * loss.units,
        }],
    }
}
