//! What reports tell of an account's truth: for each type the rows of its table, or its JSON. Column names are those of
//! developer-docs.amazon.com/sp-api (reports-attributes); a table is plain: English names, decimal points, one text
//! for each field. What a store makes of it (its language, its comma, its charset, its packing) is done in `documents`.

mod amounts;
mod fees;
mod ledger_detail;
mod ledger_summary;
mod listings;
mod merchant_returns;
mod orders;
mod reimbursements;
mod returns;
mod sales;
mod settlement;
mod stock;
mod vendor;

pub(crate) use ledger_detail::{COLUMNS as LEDGER_COLUMNS, written as movement};
pub(crate) use settlement::{COLUMNS as SETTLEMENT_COLUMNS, rows as settlement_rows};
pub(crate) use vendor::{sold, stocked};

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::marketplaces::{self, Marketplace};
use crate::sellers::Seller;
use crate::truth::sales::Day;
use crate::truth::{Account, DAY};
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
    /// The stores that are asked about and that the account has.
    fn own_stores(&self) -> impl Iterator<Item = &'static Marketplace> {
        let own = self.stores.iter().filter(|id| self.seller.marketplaces.contains(id));
        own.filter_map(|id| marketplaces::by_id(id))
    }

    /// Whether a store is asked about.
    fn is_about(&self, store: &Marketplace) -> bool {
        self.stores.iter().any(|id| id == store.id)
    }

    /// Whether a moment is within the time asked about, and past.
    fn covers(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end && at <= self.as_of
    }

    /// The time that is told: nothing later than the making.
    fn window(&self) -> (Timestamp, Timestamp) {
        (self.start, self.end.min(self.as_of))
    }

    /// The days that are told, in UTC, both included.
    fn days(&self) -> (Date, Date) {
        let last = crate::clock::after(self.end.min(self.as_of), jiff::SignedDuration::from_secs(-1));
        (day_of(self.start), day_of(last.max(self.start)))
    }

    fn option(&self, name: &str, usual: &'static str) -> &str {
        self.options.get(name).map_or(usual, String::as_str)
    }
}

/// A moment's day in UTC.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// A row of a table with these columns: what is named has its value, everything else is empty.
fn row(columns: &[&'static str], fields: &[(&str, String)]) -> Vec<String> {
    let value =
        |column: &str| fields.iter().find(|(name, _)| *name == column).map(|(_, value)| value.clone());
    columns.iter().map(|column| value(column).unwrap_or_default()).collect()
}

/// The table of a report over the whole history and every store; nothing where it has none.
pub(crate) fn whole(inside: &Inside, seller: &Seller, kind: &str, now: Timestamp) -> Option<Table> {
    let account = Account::of(inside, seller);
    let wanted = Wanted {
        seller,
        kind,
        stores: &seller.marketplaces,
        start: crate::clock::after(account.origin(), -(DAY * 20)),
        end: now,
        options: &BTreeMap::new(),
        as_of: now,
    };
    match content(inside, &wanted)? {
        Content::Table(table) => Some(table),
        Content::Json(_) => None,
    }
}

/// A day of a store as the sales and traffic report writes it.
pub(crate) fn dated(day: &Day, store: &Marketplace) -> Value {
    sales::dated(day.date, &sales::Sum::of(std::slice::from_ref(day)), store)
}

/// The articles of a day as the sales and traffic report writes them.
pub(crate) fn by_article(day: &Day, store: &Marketplace) -> Vec<Value> {
    sales::by_article(std::slice::from_ref(day), "CHILD", store)
}

/// What a report tells. A type that has no line here has no data, and is cancelled as Amazon cancels a report without.
pub(crate) fn content(inside: &Inside, wanted: &Wanted<'_>) -> Option<Content> {
    let account = Account::of(inside, wanted.seller);
    Some(match wanted.kind {
        "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL" => {
            Content::Table(orders::by_last_update(inside, wanted))
        }
        "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL" => {
            Content::Table(orders::by_order_date(inside, wanted))
        }
        "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2" => Content::Table(settlement::table(account, wanted)),
        "GET_FBA_REIMBURSEMENTS_DATA" => Content::Table(reimbursements::table(account, wanted)),
        "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA" => Content::Table(returns::table(account, wanted)),
        "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE" => {
            Content::Table(merchant_returns::table(account, wanted))
        }
        "GET_LEDGER_SUMMARY_VIEW_DATA" => Content::Table(ledger_summary::table(account, wanted)),
        "GET_LEDGER_DETAIL_VIEW_DATA" => Content::Table(ledger_detail::table(account, wanted)),
        "GET_MERCHANT_LISTINGS_ALL_DATA" => Content::Table(listings::table(account, wanted)),
        "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA" => Content::Table(stock::table(account, wanted)),
        "GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA" => Content::Table(fees::table(account, wanted)),
        "GET_SALES_AND_TRAFFIC_REPORT" => Content::Json(sales::report(account, wanted)?),
        "GET_VENDOR_SALES_REPORT" => Content::Json(vendor::sales(account, wanted)?),
        "GET_VENDOR_INVENTORY_REPORT" => Content::Json(vendor::inventory(account, wanted)?),
        "GET_VENDOR_TRAFFIC_REPORT" => Content::Json(vendor::traffic(account, wanted)?),
        _ => return None,
    })
}
