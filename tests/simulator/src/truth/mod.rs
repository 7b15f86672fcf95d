//! What is true of an account: everything that follows from its orders and from the seed, worked out when it is asked
//! for and never stored. What the operations say and what the reports say are two views of this.

pub(crate) mod awd;
mod counted;
pub(crate) mod cycle;
pub(crate) mod inbound;
pub(crate) mod ledger;
pub(crate) mod losses;
pub(crate) mod money;
pub(crate) mod movements;
pub(crate) mod offers;
pub(crate) mod outbound;
pub(crate) mod refunds;
pub(crate) mod returns;
pub(crate) mod sales;
pub(crate) mod service;
pub(crate) mod settlements;
pub(crate) mod shipped;
pub(crate) mod stock;
pub(crate) mod told;
pub(crate) mod transactions;
pub(crate) mod vendor;
pub(crate) mod zones;

use jiff::{SignedDuration, Timestamp};

use crate::chance::{Chance, of_text};
use crate::clock::after;
use crate::generate::Orders;
use crate::marketplaces::{self, Marketplace};
use crate::sellers::Seller;
use crate::world::Inside;

/// A day.
pub(crate) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// One account, and where all that happens to it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account<'a> {
    pub(crate) seller: &'a Seller,
    pub(crate) orders: Orders<'a>,
}

impl<'a> Account<'a> {
    /// The account in this world.
    pub(crate) fn of(inside: &Inside, seller: &'a Seller) -> Self {
        Self { seller, orders: Orders::of(seller, inside.seed, inside.book.opened) }
    }

    /// The time at which its history begins.
    pub(crate) fn origin(self) -> Timestamp {
        self.orders.origin()
    }

    /// Whether it sells anything that is made up here. Amazon's own examples come without stock or money.
    pub(crate) fn sells(self) -> bool {
        self.seller.history > 0 && !self.seller.examples
    }

    /// Its stores.
    pub(crate) fn stores(self) -> impl Iterator<Item = &'static Marketplace> {
        self.seller.marketplaces.iter().filter_map(|id| marketplaces::by_id(id))
    }

    /// A subject of this account about which questions can be asked.
    pub(crate) fn chance(self, subject: &str, number: i64) -> Chance {
        Chance::of(self.orders.seed() ^ of_text(subject), number.unsigned_abs())
    }
}

/// `at` plus so many days and seconds, in whole seconds.
pub(crate) fn later(at: Timestamp, days: i64, seconds: u64) -> Timestamp {
    let seconds = i64::try_from(seconds).unwrap_or(0);
    let moved = after(at, SignedDuration::from_hours(24 * days) + SignedDuration::from_secs(seconds));
    Timestamp::from_second(moved.as_second()).unwrap_or(moved)
}

/// Whether a moment lies in `[from, until)`.
pub(crate) fn within(at: Timestamp, (from, until): (Timestamp, Timestamp)) -> bool {
    from <= at && at < until
}
