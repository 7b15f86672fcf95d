//! The accounts of the simulated world: a fixed catalogue, and whatever a test adds.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::marketplaces::{self, Marketplace, Region};

/// Days of order history that an account has when the world opens.
pub const HISTORY_DAYS: u32 = 60;
/// Orders in those days of the catalogue's largest account; `--orders-per-day` is said of this one.
const LARGEST_HISTORY: u32 = 1_240;
/// The identifier of the account that serves Amazon's own examples.
pub const EXAMPLES_SELLER: &str = "A3EXAMPLES0AMZN";

/// A seller's or a vendor's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SellerKind {
    /// Sells to Amazon's customers; Seller Central.
    Seller,
    /// Sells to Amazon; Vendor Central.
    Vendor,
}

/// One account in one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// The merchant token (`selling_partner_id`), or a vendor's group code.
    pub id: String,
    /// The name of its store.
    pub name: String,
    /// The region of its authorizations.
    pub region: Region,
    /// Seller or vendor.
    pub kind: SellerKind,
    /// Identifiers of the stores that it sells in; the first takes most of its orders.
    pub marketplaces: Vec<String>,
    /// Orders placed in the [`HISTORY_DAYS`] before the world opened; new ones go on appearing at that pace.
    pub history: u32,
    /// Orders a day from the world's opening on, of an account that sold nothing before. Its orders are paid within ten
    /// minutes and shipped within an hour, so that after little more than that as much changes as on any day, whatever
    /// the pace. Nothing but orders is made up for it.
    #[serde(default)]
    pub pace: u32,
    /// Orders come from Amazon's own examples and not from the generator.
    #[serde(default)]
    pub examples: bool,
    /// Offers that nobody buys, beside the articles that sell.
    #[serde(default)]
    pub tail: u32,
}

impl Seller {
    /// A seller in one or more stores, given by country (`US`, `DE`; unknown ones are left out).
    /// Its region is that of the first store.
    pub fn new(id: &str, name: &str, countries: &[&str], history: u32) -> Self {
        let stores: Vec<&Marketplace> =
            countries.iter().filter_map(|country| marketplaces::by_country(country)).collect();
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            region: stores.first().map_or(Region::Na, |store| store.region),
            kind: SellerKind::Seller,
            marketplaces: stores.iter().map(|store| store.id.to_owned()).collect(),
            history,
            pace: 0,
            examples: false,
            tail: 0,
        }
    }

    /// A seller with no past, and so many orders a day from now on.
    pub fn paced(id: &str, name: &str, countries: &[&str], pace: u32) -> Self {
        Self { pace, ..Self::new(id, name, countries, 0) }
    }

    /// The same account as a vendor.
    #[must_use]
    pub fn vendor(mut self) -> Self {
        self.kind = SellerKind::Vendor;
        self
    }

    /// The same account with so many more offers, which nobody buys.
    #[must_use]
    pub fn with_tail(mut self, tail: u32) -> Self {
        self.tail = tail;
        self
    }

    /// Mean time between two of its orders, if it has any.
    pub(crate) fn spacing(&self) -> Option<SignedDuration> {
        if self.pace > 0 {
            return Some(SignedDuration::from_hours(24) / i32::try_from(self.pace).unwrap_or(i32::MAX));
        }
        let days = SignedDuration::from_hours(24 * i64::from(HISTORY_DAYS));
        let orders = i32::try_from(self.history).unwrap_or(i32::MAX);
        (orders > 0).then(|| days / orders)
    }
}

/// The accounts that every world has. `orders_per_day` is the pace of the largest; the others keep their proportion.
pub(crate) fn catalogue(orders_per_day: Option<f64>) -> Vec<Seller> {
    let mut sellers = vec![
        Seller::new("A2NORTHWIND01US", "Northwind Goods", &["US", "CA"], LARGEST_HISTORY).with_tail(130),
        Seller::new("A1MAPLELEAF02CA", "Maple & Pine", &["CA", "US"], 260),
        Seller::new("A3RHEINHAUS03DE", "Rheinhaus Küche", &["DE", "FR", "GB", "IT", "ES"], 430).with_tail(35),
        Seller::new("A1LUMIERE0004FR", "Maison Lumière", &["FR", "DE", "BE"], 90),
        Seller::new("A2SAKURAYA005JP", "さくら屋", &["JP"], 150),
        Seller::new("A1NEWCOMER06GB", "Newcomer & Daughters", &["GB"], 0),
        Seller::new("HARBR", "Harbour Supply", &["US"], 0).vendor(),
        Seller::new("KONTO", "Kontor Lieferanten", &["DE", "FR"], 0).vendor(),
    ];
    if let Some(pace) = orders_per_day {
        let factor = pace * f64::from(HISTORY_DAYS) / f64::from(LARGEST_HISTORY);
        for seller in &mut sellers {
            // A float cast saturates, which is what an absurd pace deserves.
            seller.history = (f64::from(seller.history) * factor).round() as u32;
        }
    }
    sellers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_covers_every_region_and_kind() {
        let sellers = catalogue(None);
        let count =
            |region| sellers.iter().filter(|s| s.region == region && s.kind == SellerKind::Seller).count();
        assert_eq!((count(Region::Na), count(Region::Eu), count(Region::Fe)), (2, 3, 1));
        let vendors = sellers.iter().filter(|s| s.kind == SellerKind::Vendor).map(|s| s.region);
        assert_eq!(vendors.collect::<Vec<_>>(), [Region::Na, Region::Eu]);
        assert!(
            sellers.iter().any(|s| s.kind == SellerKind::Seller && s.history == 0),
            "one that never sold"
        );
    }

    #[test]
    fn the_pace_scales_every_account() {
        let sellers = catalogue(Some(2.0));
        assert_eq!(sellers[0].history, 120);
        assert_eq!(sellers[2].history, 42);
    }
}
