//! What Amazon sells of a vendor's goods: invented for each store, article and day, and the same whenever it is asked.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::chance::{Chance, of_text};
use crate::goods::{ARTICLES, Article, convert, minor_units};
use crate::marketplaces::Marketplace;
use crate::reported::day_of;
use crate::sellers::Seller;
use crate::world::Inside;

/// Articles that a vendor has.
const ARTICLES_OF_ONE: usize = 4;
/// What Amazon pays the vendor of what its customers pay, in percent.
pub(crate) const COST_PERCENT: i64 = 60;

/// What was sold of one article in some days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sold {
    pub(crate) article: &'static Article,
    pub(crate) units: i64,
    store: &'static Marketplace,
}

impl Sold {
    /// What customers paid.
    pub(crate) fn revenue(&self) -> Value {
        money(self.minor(), self.store.currency)
    }

    /// What Amazon paid.
    pub(crate) fn cost(&self) -> Value {
        money(self.minor() * COST_PERCENT / 100, self.store.currency)
    }

    /// The same in the smallest unit of the currency.
    pub(crate) fn minor(&self) -> i64 {
        convert(self.article.euro_cents, self.store.currency) * self.units
    }
}

/// An amount of money.
#[allow(clippy::cast_precision_loss)] // amounts are far below 2^53
pub(crate) fn money(minor: i64, currency: &str) -> Value {
    json!({ "amount": minor as f64 / minor_units(currency) as f64, "currencyCode": currency })
}

/// What was sold in a store in these days, both included.
pub(crate) fn sold(
    inside: &Inside,
    seller: &Seller,
    store: &'static Marketplace,
    (first, last): (Date, Date),
) -> Vec<Sold> {
    let articles = ARTICLES.iter().take(ARTICLES_OF_ONE);
    let of_one = |article: &'static Article| {
        let days =
            std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
        let units = days.map(|day| {
            let name = format!("{} {} {} {day}", seller.id, store.id, article.sku);
            Chance::of(inside.seed, of_text(&name)).below("sold", 12).cast_signed()
        });
        Sold { article, units: units.sum(), store }
    };
    articles.map(of_one).collect()
}

/// The last day that there are figures of: the day before the report is made.
pub(crate) fn last_day(as_of: jiff::Timestamp) -> Date {
    let today = day_of(as_of);
    today.yesterday().unwrap_or(today)
}
