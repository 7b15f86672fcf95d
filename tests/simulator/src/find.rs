//! Finds an account's orders: generated ones as they stand at a moment, or Amazon's own examples.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::value::{RawValue, to_raw_value};

use crate::clock::text;
use crate::compose::compose;
use crate::examples::ExampleOrder;
use crate::faults::Lateness;
use crate::generate::{Generated, Orders};
use crate::handle::{OrderTruth, Shown};
use crate::sellers::Seller;
use crate::world::Inside;

/// One order that was found.
#[derive(Clone, Debug)]
pub(crate) enum Found<'a> {
    Generated(Generated, Orders<'a>),
    Example(&'a ExampleOrder),
}

impl Found<'_> {
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Generated(order, orders) => orders.id(order.index),
            Self::Example(order) => order.order_id.clone(),
        }
    }

    pub(crate) fn created(&self) -> Timestamp {
        match self {
            Self::Generated(order, _) => order.created,
            Self::Example(order) => order.created,
        }
    }

    pub(crate) fn updated(&self) -> Timestamp {
        match self {
            Self::Generated(order, _) => order.updated,
            Self::Example(order) => order.updated,
        }
    }

    pub(crate) fn marketplace_id(&self) -> &str {
        match self {
            Self::Generated(order, _) => order.store.id,
            Self::Example(order) => &order.marketplace_id,
        }
    }

    pub(crate) fn status(&self) -> Option<&str> {
        match self {
            Self::Generated(order, _) => Some(order.status.word()),
            Self::Example(order) => order.status.as_deref(),
        }
    }

    pub(crate) fn fulfilled_by(&self) -> Option<&str> {
        match self {
            Self::Generated(order, _) if order.by_amazon => Some("AMAZON"),
            Self::Generated(..) => Some("MERCHANT"),
            Self::Example(order) => order.fulfilled_by.as_deref(),
        }
    }

    /// The order as it is sent. An example is sent as it is written, whatever was asked for.
    pub(crate) fn written(&self, included: &BTreeSet<String>) -> Option<Box<RawValue>> {
        match self {
            Self::Generated(order, _) => to_raw_value(&compose(order, &self.id(), included)).ok(),
            Self::Example(order) => Some(order.written.clone()),
        }
    }
}

/// Every order of the account as it is seen at `now`, oldest first; with a `since`, at least those that were placed
/// or changed from then on.
pub(crate) fn all<'a>(
    inside: &'a Inside,
    seller: &'a Seller,
    now: Timestamp,
    lateness: Option<Lateness>,
    since: Option<Timestamp>,
) -> Vec<Found<'a>> {
    if seller.examples {
        return inside.examples.iter().map(Found::Example).collect();
    }
    let orders = Orders::of(seller, inside.seed, inside.book.opened);
    let seen = |order: Generated| match lateness {
        None => Some(order),
        Some(late) => orders.order(order.index, late.seen_as_of(order.index, now)),
    };
    orders.at(since, now).filter_map(seen).map(|order| Found::Generated(order, orders)).collect()
}

/// The order with this identifier as it stands at `now`.
pub(crate) fn one<'a>(inside: &'a Inside, seller: &'a Seller, id: &str, now: Timestamp) -> Option<Found<'a>> {
    all(inside, seller, now, None, None).into_iter().find(|order| order.id() == id)
}

/// The truth about every order at `now`.
pub(crate) fn truth(inside: &Inside, seller: &Seller, now: Timestamp) -> Vec<OrderTruth> {
    all(inside, seller, now, None, None)
        .iter()
        .map(|order| OrderTruth {
            order_id: order.id(),
            marketplace_id: order.marketplace_id().to_owned(),
            created_time: text(order.created()),
            last_updated_time: text(order.updated()),
            status: order.status().map(str::to_owned),
        })
        .collect()
}

/// Every change of the account's orders in `[after, upto]`, also where a later one has hidden it since.
pub(crate) fn changes(inside: &Inside, seller: &Seller, (after, upto): (Timestamp, Timestamp)) -> Vec<Shown> {
    let orders = Orders::of(seller, inside.seed, inside.book.opened);
    let all = orders.changes(after, upto);
    all.map(|(index, updated)| Shown { order_id: orders.id(index), updated }).collect()
}

/// The orders that a search would show at `now`, late ones still left out, with a time of update within these.
pub(crate) fn shown(
    inside: &Inside,
    seller: &Seller,
    now: Timestamp,
    (after, upto): (Timestamp, Timestamp),
) -> Vec<Shown> {
    all(inside, seller, now, inside.dial.lateness("searchOrders", &seller.id), Some(after))
        .iter()
        .filter(|order| after <= order.updated() && order.updated() <= upto)
        .map(|order| Shown { order_id: order.id(), updated: order.updated() })
        .collect()
}
