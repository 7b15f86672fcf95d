//! What an account offers in a store: the articles that it sells, and a tail of others that nobody buys.

use jiff::Timestamp;

use crate::chance::{Chance, of_text};
use crate::clock::after;
use crate::goods::{self, ARTICLES, Article};
use crate::marketplaces::Marketplace;
use crate::sellers::SellerKind;
use crate::truth::{Account, DAY, later};

/// A listing of an article that sells is changed once in so many days.
const CHANGED_EVERY_DAYS: i64 = 9;
/// One in so many of the tail has a number for a name in which a careless client gets lost.
const ODD_NAME_EVERY: u32 = 7;
/// The words of the tail's titles.
const THINGS: [&str; 6] = ["Spare Lid", "Refill Pack", "Wall Hook", "Gift Box", "Cable Tie", "Coaster"];

/// One offer in one store.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) sku: String,
    pub(crate) asin: String,
    pub(crate) fnsku: String,
    pub(crate) store: &'static Marketplace,
    pub(crate) title: String,
    /// Minor units.
    pub(crate) price: i64,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Whether it can be bought.
    pub(crate) buyable: bool,
    /// Unchanging facts about it are asked of this.
    pub(crate) chance: Chance,
}

/// A thing that has stock.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Thing {
    /// An article that sells.
    Article(&'static Article),
    /// The number of one of the tail, which nobody buys.
    Tail(u32),
}

impl Thing {
    pub(crate) fn sku(self) -> String {
        match self {
            Self::Article(article) => article.sku.to_owned(),
            Self::Tail(number) if number % ODD_NAME_EVERY == 3 => format!("ODD, +&% 日本 {number}"),
            Self::Tail(number) => format!("TAIL-{number:05}"),
        }
    }

    pub(crate) fn asin(self) -> String {
        match self {
            Self::Article(article) => article.asin.to_owned(),
            Self::Tail(number) => format!("B0SIM{:05}", 1_000 + number),
        }
    }
}

/// The number that Amazon's warehouses know an article by.
pub(crate) fn fnsku(asin: &str) -> String {
    format!("X00{:07}", of_text(asin) % 10_000_000)
}

impl<'a> Account<'a> {
    /// Everything that it offers in a store, as it stands then.
    pub(crate) fn offers(self, store: &'static Marketplace, now: Timestamp) -> Vec<Offer> {
        let here = self.seller.marketplaces.iter().any(|id| id == store.id);
        let offers = self.sells() || self.seller.kind == SellerKind::Vendor;
        if !here || !offers {
            return Vec::new();
        }
        let articles = ARTICLES.iter().map(|article| self.article(article, store, now));
        articles.chain((0..self.seller.tail).map(|number| self.tail(number, store))).collect()
    }

    /// What a thing is called in a store.
    pub(crate) fn title(self, thing: Thing, store: &'static Marketplace) -> String {
        match thing {
            Thing::Article(article) => article.title(store.language).to_owned(),
            Thing::Tail(number) => self.tail(number, store).title,
        }
    }

    fn article(self, article: &'static Article, store: &'static Marketplace, now: Timestamp) -> Offer {
        let chance = self.chance(article.sku, 0);
        let created = later(self.origin(), -200, chance.below("created", 100 * 86_400));
        let steps = now.duration_since(created).as_secs() / (DAY.as_secs() * CHANGED_EVERY_DAYS);
        let changed = later(created, steps.max(0) * CHANGED_EVERY_DAYS, 0);
        Offer {
            sku: article.sku.to_owned(),
            asin: article.asin.to_owned(),
            fnsku: fnsku(article.asin),
            store,
            title: article.title(store.language).to_owned(),
            price: goods::convert(article.euro_cents, store.currency),
            created,
            updated: changed.min(now),
            buyable: true,
            chance,
        }
    }

    fn tail(self, number: u32, store: &'static Marketplace) -> Offer {
        let chance = self.chance("tail", i64::from(number));
        let (sku, asin) = (Thing::Tail(number).sku(), Thing::Tail(number).asin());
        let created = later(self.origin(), -90, chance.below("created", 80 * 86_400));
        let euro_cents = 300 + i64::try_from(chance.below("price", 2_000)).unwrap_or(0);
        Offer {
            sku,
            fnsku: fnsku(&asin),
            asin,
            store,
            title: format!("{} No. {number}", chance.pick("thing", &THINGS)),
            price: goods::convert(euro_cents, store.currency),
            created,
            updated: after(created, DAY),
            buyable: chance.in_percent("buyable", 80),
            chance,
        }
    }
}
