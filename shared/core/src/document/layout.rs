//! What a document is expected to look like, as data of its report type, and what is made of it.

use serde_json::value::RawValue;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns with tabs between them and nothing quoted: one line is one row, whatever quotes it holds. Where every
    /// column of the header is enclosed in quotes, so are the fields, and the quotes are not part of them; some
    /// report types are written so for some sellers.
    Tabs,
    /// Columns with commas between them, quoted where needed (RFC 4180).
    Commas,
    /// One JSON value on each line, as Data Kiosk writes it.
    Lines,
    /// One JSON object; the elements of these lists are read one by one, everything else is passed over.
    Arrays(&'static [&'static str]),
}

/// What a report type's documents hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How it is written.
    pub format: Format,
    /// The columns it is known to have; none where that is not known, and then nothing counts as drift.
    pub columns: &'static [&'static str],
    /// The columns without which a row cannot be told from another. A document without one of them is refused.
    pub required: &'static [&'static str],
}

/// What was read, one after another.
#[derive(Debug)]
pub enum Line {
    /// A row.
    Row(Row),
    /// What could not be made a row of. Its neighbours are not harmed.
    Unfit(Unfit),
}

/// A row of a table, a line of JSON or an element of a list.
#[derive(Debug)]
pub struct Row {
    /// The number of its line, from 1, the header included; of an element, its place among all elements.
    pub number: u64,
    /// The list that it stood in, with [`Format::Arrays`].
    pub list: Option<&'static str>,
    /// A table's row as an object, column to text, in the order of the columns; JSON as it came, byte for byte.
    pub payload: Box<RawValue>,
}

/// A line that is no row. It may hold buyers' data: it is kept like a record, and never logged.
pub struct Unfit {
    /// The number of its line or element, from 1.
    pub number: u64,
    /// Why.
    pub what: &'static str,
    /// The line, decoded.
    pub raw: String,
}

impl std::fmt::Debug for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unfit")
            .field("number", &self.number)
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}
