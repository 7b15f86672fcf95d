//! What analysts get: typed tables, as data. Each domain's records become rows of one table or two; every row keeps
//! Amazon's JSON beside its columns, so nothing is lost where a value does not fit.
//!
//! `read.rs` reads one value, `plan.rs` finds values in a payload, `rows.rs` makes a record's rows, `day.rs` names a
//! day of one stream's records, `agenda.rs` keeps the list of days to shape, `views.rs` writes the SQL. The other
//! files are the tables. Parquet is none of this crate's business (`shared/tables`).

// How records become rows.
pub mod agenda;
mod column;
pub mod day;
mod moments;
mod plan;
mod read;
pub mod reference;
mod rows;
pub mod views;

// The tables.
mod account;
mod analytics;
mod economics;
mod finances;
mod orders;
mod products;
mod returns;
mod sales;
mod settlements;
mod shipments;
mod stock;
mod vendors;

pub use column::{Column, Kind, PRECISION};
pub use read::{Cell, Misfit};
pub use rows::{Envelope, Row, Shaped, Shaper, Unreadable};

use column::{instant, integer, text};

/// An amount in a store's own format (`95,00`, `1.234,56`) in ten-thousandths, exact; nothing where it is none, or could
/// mean two things (`1,234`).
pub(crate) fn local_amount(text: &str) -> Option<i64> {
    match read::text(Kind::LocalDecimal(4), text) {
        Ok(Some(Cell::Decimal(amount))) => Some(amount),
        _ => None,
    }
}

/// An amount as JSON writes it, in ten-thousandths, exact; nothing where it is none.
pub(crate) fn plain_amount(text: &str) -> Option<i64> {
    match read::text(Kind::Decimal(4), text) {
        Ok(Some(Cell::Decimal(amount))) => Some(amount),
        _ => None,
    }
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name in S3, in Athena and in DuckDB.
    pub name: &'static str,
    /// The domain whose records fill it.
    pub domain: &'static str,
    /// What a row is, for people.
    pub row: &'static str,
    /// Which of the domain's records fill it.
    pub of: Of,
    /// Which rows a record gives.
    pub rows: Rows,
    /// How the payload names its fields.
    pub source: Source,
    /// Its own columns; [`Table::columns`] has all.
    pub own: &'static [Column],
}

/// Which of a domain's records fill a table. Some documents hold several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All.
    All,
    /// Those with this field.
    With(&'static str),
    /// Those without.
    Without(&'static str),
}

/// Which rows a record gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One.
    Record,
    /// One for each entry of the list at this path; lists on the way are followed as well.
    Each(&'static str),
}

/// Who names the fields of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A model of an API: names are exact.
    Api,
    /// A report: its columns' names differ in case, spaces, hyphens and underscores from store to store, so none of
    /// these count.
    Report,
}

/// Where a row comes from; the first columns of every table.
const COMMON: [Column; 12] = [
    text("tenant", "", "Whose data it is."),
    text("connection", "", "The connection that fetched it."),
    text("seller", "", "Amazon's id of the seller or vendor."),
    text("marketplace", "", "Amazon's id of the store, where the record names one."),
    text("entity", "", "What the record is."),
    text(
        "record_key",
        "",
        "Names the record within its connection and entity; empty where Amazon left it out.",
    ),
    instant("updated_at", "", "When the record last changed."),
    text("updated_at_raw", "", "The same as Amazon wrote it."),
    instant("fetched_at", "", "When it was fetched."),
    text("request_id", "", "Amazon's id of the call that brought it."),
    text("object", "", "The object below records/ that holds it."),
    integer("line", "", "Its line there, from 1. Object and line name a record for good."),
];

/// Where a row stands in its record, in tables with several rows a record.
const POSITION: Column = integer("position", "", "The row's place within its record, from 1.");

/// The last column of every table.
const PAYLOAD: Column = text("payload", "", "The row as Amazon sent it, JSON.");

impl Table {
    /// All columns in their order: where the row comes from, its own, what Amazon sent. Beside a time that Amazon
    /// writes in many ways stands its text, as `<name>_raw`.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = COMMON.to_vec();
        columns.extend((self.rows != Rows::Record).then_some(POSITION));
        for column in self.own {
            columns.push(*column);
            columns.extend(column.raw.map(|name| text(name, column.path, "The same as Amazon wrote it.")));
        }
        columns.push(PAYLOAD);
        columns
    }
}

/// All tables.
pub const TABLES: &[&Table] = &[
    &orders::ORDERS,
    &orders::ORDER_ITEMS,
    &orders::ORDER_LINES,
    &finances::FINANCES,
    &finances::FINANCE_ITEMS,
    &finances::PAYOUTS,
    &settlements::SETTLEMENTS,
    &stock::INVENTORY,
    &stock::LEDGER,
    &stock::AWD,
    &products::LISTINGS,
    &products::CATALOG,
    &products::CATALOG_RANKS,
    &products::FEES,
    &products::FEE_DETAILS,
    &returns::RETURNS,
    &returns::MFNRETURNS,
    &returns::REIMBURSEMENTS,
    &sales::SALES,
    &sales::TRAFFIC,
    &sales::TRAFFIC_DAYS,
    &economics::ECONOMICS,
    &economics::ECONOMICS_FEES,
    &economics::ECONOMICS_ADS,
    &shipments::INBOUND,
    &shipments::INBOUNDITEMS,
    &shipments::OUTBOUND,
    &account::ACCOUNT,
    &vendors::VENDORORDERS,
    &vendors::VENDORORDER_ITEMS,
    &vendors::VENDORSHIPMENTS,
    &vendors::VENDORSHIPMENT_ITEMS,
    &analytics::VENDORSALES,
    &analytics::VENDORSALES_TOTALS,
    &analytics::VENDORSTOCK,
    &analytics::VENDORSTOCK_TOTALS,
    &analytics::VENDORTRAFFIC,
    &analytics::VENDORTRAFFIC_TOTALS,
];

/// The tables that a domain's records fill.
pub fn of_domain(domain: &str) -> impl Iterator<Item = &'static Table> {
    TABLES.iter().copied().filter(move |table| table.domain == domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::DOMAINS;
    use std::collections::HashSet;

    /// Domains whose records land without a table: buyers' personal data stays in a place of its own.
    const WITHOUT: [&str; 1] = ["buyers"];

    #[test]
    fn each_table_belongs_to_a_domain() {
        for table in TABLES {
            assert!(crate::domains::by_name(table.domain).is_some(), "{}: {}", table.name, table.domain);
        }
    }

    #[test]
    fn each_domain_has_a_table_or_is_listed_as_having_none() {
        let names = DOMAINS.iter().map(|domain| domain.name);
        let none: Vec<_> = names.filter(|name| of_domain(name).next().is_none()).collect();
        assert_eq!(none, WITHOUT);
    }

    #[test]
    fn names_are_plain_and_stand_once() {
        let plain = |name: &str| {
            let first = name.starts_with(|c: char| c.is_ascii_lowercase());
            first && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        let mut tables = HashSet::new();
        for table in TABLES {
            assert!(plain(table.name) && tables.insert(table.name), "{}", table.name);
            // The folder's part of a row's address, and words of SQL that every reader would have to quote.
            let mut names =
                HashSet::from(["date", "day", "order", "group", "user", "from", "to", "end", "start"]);
            for column in table.columns() {
                assert!(plain(column.name), "{}.{}", table.name, column.name);
                assert!(names.insert(column.name), "{}.{} is taken", table.name, column.name);
                assert!(
                    column.doc.ends_with('.') && !column.doc.contains(['|', '"', '\n']),
                    "{}",
                    column.doc
                );
            }
        }
    }

    #[test]
    fn an_amount_has_its_currency_beside_it() {
        for table in TABLES.iter().filter(|table| table.source == Source::Api) {
            let columns = table.columns();
            for column in columns.iter().filter(|column| column.kind == Kind::Decimal(4)) {
                let currency = format!("{}_currency", column.name);
                assert!(columns.iter().any(|other| other.name == currency), "{}.{currency}", table.name);
            }
        }
    }
}
