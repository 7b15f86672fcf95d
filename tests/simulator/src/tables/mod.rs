//! What reports tell: for each type the rows of its table, or its JSON. A type that has no line in [`rows`] has no data,
//! and is cancelled as Amazon cancels a report without data.
//!
//! A table is plain: English column names, decimal points, one text for each field. What a store makes of it (its
//! language, its comma, its charset, its packing) is done in `documents`.

mod orders;
mod sales;
pub(crate) mod vendor;

pub(crate) use sales::{Grain, Group, Sums, by_asin, by_date, day_of};

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::sellers::Seller;
use crate::world::Inside;

/// What a report is asked to tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) seller: &'a Seller,
    /// The report type.
    pub(crate) kind: &'a str,
    /// Identifiers of the stores, at least one.
    pub(crate) stores: &'a [String],
    /// `dataStartTime` and `dataEndTime`; the time of asking where they were left out.
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// `reportOptions`
    pub(crate) options: &'a BTreeMap<String, String>,
    /// The moment at which the report is made: nothing later is in it.
    pub(crate) as_of: Timestamp,
}

/// A flat file's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) columns: Vec<&'static str>,
    /// Each as long as `columns`.
    pub(crate) rows: Vec<Vec<String>>,
}

/// What a report tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Table(Table),
    Json(Value),
}

impl Content {
    /// There is nothing to tell.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Table(table) => table.rows.is_empty(),
            Self::Json(value) => value.is_null(),
        }
    }
}

impl Wanted<'_> {
    /// Whether a store is asked about.
    pub(crate) fn is_about(&self, store: &str) -> bool {
        self.stores.iter().any(|id| id == store)
    }

    /// Whether a moment is within the time asked about, and past.
    pub(crate) fn covers(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end && at <= self.as_of
    }
}

/// What a report tells; nothing where the simulator has nothing of its kind.
pub(crate) fn rows(inside: &Inside, wanted: &Wanted<'_>) -> Option<Content> {
    match wanted.kind {
        "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL" => {
            Some(Content::Table(orders::by_last_update(inside, wanted)))
        }
        "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL" => {
            Some(Content::Table(orders::by_order_date(inside, wanted)))
        }
        _ => {
            let Wanted { seller, kind, stores, start, end, options, as_of } = *wanted;
            let same = crate::reported::Wanted { seller, kind, stores, start, end, options, as_of };
            crate::reported::content(inside, &same).map(|content| match content {
                crate::reported::Content::Table(crate::reported::Table { columns, rows }) => {
                    Content::Table(Table { columns, rows })
                }
                crate::reported::Content::Json(value) => Content::Json(value),
            })
        }
    }
}
