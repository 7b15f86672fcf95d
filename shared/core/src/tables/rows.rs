//! From a landed line to rows. A line that is no record is told and left where it is; a value that does not fit
//! empties its cell and nothing else (L55).

use super::column::KEY;
use super::plan::{Plan, entries, fields};
use super::{Cell, Column, Misfit, Of, Rows, Table, moments, of_domain, read};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A row: a cell for each of [`Table::columns`].
pub type Row = Vec<Option<Cell>>;

/// What the rows of one line are.
#[derive(Debug, Default)]
pub struct Shaped {
    /// Each with the number of its table among the shaper's.
    pub rows: Vec<(usize, Row)>,
    /// Values that did not fit their column. They are in the payload.
    pub misfits: u64,
}

/// A line that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the line is no record")]
pub struct Unreadable;

/// The envelope of a landed record, as far as tables need it (`deliver.rs` writes it).
#[derive(Debug, Deserialize)]
pub struct Envelope<'a> {
    #[serde(borrow)]
    tenant: Cow<'a, str>,
    #[serde(borrow)]
    connection: Cow<'a, str>,
    #[serde(borrow)]
    seller: Cow<'a, str>,
    #[serde(borrow, default)]
    marketplace: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    entity: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    key: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    updated_at: Option<Cow<'a, str>>,
    fetched_at: Timestamp,
    #[serde(borrow, default)]
    request_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    payload: &'a RawValue,
}

impl<'a> Envelope<'a> {
    /// Reads a line.
    pub fn read(line: &'a str) -> Result<Self, Unreadable> {
        serde_json::from_str(line).map_err(|_| Unreadable)
    }

    /// What names the record: its entity, store and key; nothing where it has no key.
    pub fn identity(&self) -> Option<[&str; 3]> {
        let key = self.key.as_deref().filter(|key| !key.is_empty())?;
        Some([
            self.entity.as_deref().unwrap_or_default(),
            self.marketplace.as_deref().unwrap_or_default(),
            key,
        ])
    }

    /// What tells one version of a record from another: when it changed, and all that Amazon sent.
    pub fn version(&self) -> [&str; 2] {
        [self.updated_at.as_deref().unwrap_or_default(), self.payload.get()]
    }
}

/// Makes the rows of one domain's records.
#[derive(Debug)]
pub struct Shaper {
    tables: Vec<Shape>,
}

#[derive(Debug)]
struct Shape {
    table: &'static Table,
    columns: Vec<Column>,
    /// Columns of the record that a row is an entry of.
    record: Plan,
    /// Columns of the row itself.
    row: Plan,
}

impl Shaper {
    /// For a domain; nothing where no table is made of it.
    pub fn of(domain: &str) -> Option<Self> {
        let tables: Vec<_> = of_domain(domain).map(Shape::new).collect();
        (!tables.is_empty()).then_some(Self { tables })
    }

    /// Its tables, in the order of the rows' numbers.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> {
        self.tables.iter().map(|shape| shape.table)
    }

    /// The rows of a record: `object` is its object's key below `records/`, `line` its line there, from 1.
    pub fn rows(&self, record: &Envelope<'_>, object: &str, line: u64) -> Shaped {
        let mut shaped = Shaped::default();
        for (number, shape) in self.tables.iter().enumerate() {
            let has = |field: &str| fields(record.payload).iter().any(|(name, _)| name == field);
            let fills = match shape.table.of {
                Of::All => true,
                Of::With(field) => has(field),
                Of::Without(field) => !has(field),
            };
            if !fills {
                continue;
            }
            let entries = match shape.table.rows {
                Rows::Record => vec![record.payload],
                Rows::Each(path) => reach(record.payload, path),
            };
            for (position, entry) in (1..).zip(entries) {
                let row = shape.row(record, entry, object, line, position, &mut shaped.misfits);
                shaped.rows.push((number, row));
            }
        }
        shaped
    }
}

/// The entries of the lists at a path.
fn reach<'a>(json: &'a RawValue, path: &str) -> Vec<&'a RawValue> {
    path.split('/').fold(vec![json], |found, step| {
        let named = |json| fields(json).into_iter().find(|(name, _)| name == step).map(|(_, value)| value);
        found.into_iter().filter_map(named).flat_map(entries).collect()
    })
}

impl Shape {
    fn new(table: &'static Table) -> Self {
        let columns = table.columns();
        let of = |record: bool| {
            let mine = columns.iter().copied().enumerate();
            let mine = mine.filter(|(_, column)| !column.path.is_empty() && column.path != KEY);
            Plan::new(table.source, mine.filter(|(_, column)| column.path.starts_with('^') == record))
        };
        Self { table, record: of(true), row: of(false), columns }
    }

    fn row(
        &self,
        record: &Envelope<'_>,
        entry: &RawValue,
        object: &str,
        line: u64,
        position: i64,
        misfits: &mut u64,
    ) -> Row {
        let text = |text: &str| Some(Cell::Text(text.to_owned())).filter(|_| !text.is_empty());
        let some = |value: &Option<Cow<'_, str>>| value.as_deref().and_then(text);
        let updated = record.updated_at.as_deref().and_then(moments::instant);
        let mut row: Row = vec![
            text(&record.tenant),
            text(&record.connection),
            text(&record.seller),
            some(&record.marketplace),
            some(&record.entity),
            some(&record.key),
            updated.map(|at| Cell::Instant(at.as_microsecond())),
            some(&record.updated_at),
            Some(Cell::Instant(record.fetched_at.as_microsecond())),
            some(&record.request_id),
            text(object),
            i64::try_from(line).ok().map(Cell::Integer),
        ];
        row.extend((self.table.rows != Rows::Record).then_some(Some(Cell::Integer(position))));
        row.resize(self.columns.len(), None);
        if self.table.rows != Rows::Record {
            self.record.fill(record.payload, &self.columns, &mut row, misfits);
        }
        self.row.fill(entry, &self.columns, &mut row, misfits);
        let start = record.key.as_deref().and_then(|key| key.split('|').next()).unwrap_or_default();
        for (number, column) in self.columns.iter().enumerate().filter(|(_, column)| column.path == KEY) {
            match read::text(column.kind, start) {
                Ok(cell) => row[number] = cell,
                Err(Misfit) => *misfits += 1,
            }
        }
        if let Some(last) = row.last_mut() {
            *last = text(entry.get());
        }
        row
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
