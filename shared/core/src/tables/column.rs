//! A column as data: its name, its type, where its value stands, what it says.

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name; it never changes.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Where its value stands in the payload: names with `/` between them, `name[field=value]` for the first such
    /// entry of a list and `name[0]` for its first, `~` for a slash in a name, `^` before a path in the record that a
    /// row is an entry of, `|` between two places of which the first with a value counts; `@key` for the beginning of
    /// the record's key. Empty for what the envelope tells.
    pub path: &'static str,
    /// What it says, in a sentence.
    pub doc: &'static str,
    /// The column beside it with Amazon's own text.
    pub raw: Option<&'static str>,
}

/// A path that stands for the record's key up to its first `|`: a report that names no day is of the day there.
pub(super) const KEY: &str = "@key";

/// What a column holds. Every column may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text; lists and objects as their JSON.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A decimal number of 18 digits, so many of them behind the point. Never rounded.
    Decimal(u8),
    /// The same in a store's own format: `95,00`.
    LocalDecimal(u8),
    /// Yes or no.
    Boolean,
    /// A moment, in UTC to the microsecond.
    Instant,
    /// A day of the calendar.
    Date,
    /// A day that Amazon writes as month, day, year: `01/31/2026`.
    MonthFirst,
}

/// Digits of a decimal number, all together.
pub const PRECISION: u8 = 18;

impl Kind {
    /// Its name in SQL, the same in Athena and DuckDB.
    pub fn sql(self) -> String {
        match self {
            Self::Text => "varchar".to_owned(),
            Self::Integer => "bigint".to_owned(),
            Self::Decimal(scale) | Self::LocalDecimal(scale) => format!("decimal({PRECISION},{scale})"),
            Self::Boolean => "boolean".to_owned(),
            Self::Instant => "timestamp".to_owned(),
            Self::Date | Self::MonthFirst => "date".to_owned(),
        }
    }
}

const fn column(name: &'static str, kind: Kind, path: &'static str, doc: &'static str) -> Column {
    Column { name, kind, path, doc, raw: None }
}

pub(super) const fn text(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Text, path, doc)
}

pub(super) const fn integer(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Integer, path, doc)
}

/// An amount of money: four digits behind the point.
pub(super) const fn amount(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Decimal(4), path, doc)
}

/// A rate, a share or a measure: six digits behind the point.
pub(super) const fn number(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Decimal(6), path, doc)
}

/// An amount in a store's own format.
pub(super) const fn local_amount(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::LocalDecimal(4), path, doc)
}

pub(super) const fn boolean(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Boolean, path, doc)
}

/// A time in ISO 8601, as Amazon's APIs write it.
pub(super) const fn instant(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Instant, path, doc)
}

/// A time that Amazon writes in many ways; its text stands beside it.
pub(super) const fn odd_instant(
    [name, raw]: [&'static str; 2],
    path: &'static str,
    doc: &'static str,
) -> Column {
    Column { raw: Some(raw), ..column(name, Kind::Instant, path, doc) }
}

pub(super) const fn date(name: &'static str, path: &'static str, doc: &'static str) -> Column {
    column(name, Kind::Date, path, doc)
}

/// A day that Amazon writes in many ways; its text stands beside it.
pub(super) const fn odd_date(
    [name, raw]: [&'static str; 2],
    kind: Kind,
    path: &'static str,
    doc: &'static str,
) -> Column {
    Column { raw: Some(raw), ..column(name, kind, path, doc) }
}
