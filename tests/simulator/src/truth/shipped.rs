//! The orders that were shipped in a time, with their lines.

use jiff::Timestamp;

use crate::compose::{self, Line};
use crate::generate::{Generated, OrderStatus};
use crate::truth::{Account, within};

/// One shipped order.
#[derive(Debug)]
pub(crate) struct Shipped {
    pub(crate) id: String,
    pub(crate) order: Generated,
    pub(crate) lines: Vec<Line>,
}

impl Shipped {
    /// The identifier of its shipment, as ledger and finances have it.
    pub(crate) fn shipment(&self) -> String {
        format!("D{:09}", self.order.chance.below("shipment", 1_000_000_000))
    }
}

impl<'a> Account<'a> {
    /// Every order shipped in `[from, until)`, by index.
    pub(crate) fn shipped(self, window: (Timestamp, Timestamp)) -> impl Iterator<Item = Shipped> + use<'a> {
        let (from, until) = window;
        let orders = self.orders.at(Some(from), until);
        let orders = orders.filter(move |_| self.sells());
        orders.filter(move |order| order.status == OrderStatus::Shipped && within(order.ships, window)).map(
            move |order| Shipped { id: self.orders.id(order.index), lines: compose::lines(&order), order },
        )
    }
}
