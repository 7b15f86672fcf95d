//! One Parquet file of one table: rows are collected by column and written in row groups, so that no more than one
//! row group and the compressed file are in memory.

use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use sellerport_core::tables::{Cell, Column, Kind, PRECISION, Row, Table};
use std::fmt::Write as _;
use std::sync::Arc;

/// Bytes of values in a row group before it is written: what is in memory uncompressed.
pub const ROW_GROUP_BYTES: usize = 8 * 1024 * 1024;

/// Bytes of a file after which no other object's rows are put into it. Readers like files of tens of megabytes.
pub const PART_BYTES: usize = 32 * 1024 * 1024;

/// Bytes of a column's distinct values that are written once and referred to.
const DICTIONARY_BYTES: usize = 256 * 1024;

/// The file could not be written: its rows are not those of its table.
#[derive(Debug, thiserror::Error)]
#[error("the rows of `{table}` could not be written as Parquet")]
pub struct PartError {
    table: &'static str,
    #[source]
    source: ParquetError,
}

/// A file being written.
pub struct Part {
    table: &'static Table,
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Cells>,
    /// Rows and bytes of values in `columns`.
    pending: (usize, usize),
    rows: usize,
}

/// A column's cells: a level for each row (0 is empty, 1 is not), and the values.
struct Cells {
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Texts(Vec<ByteArray>),
    Longs(Vec<i64>),
    Days(Vec<i32>),
    Yeses(Vec<bool>),
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part")
            .field("table", &self.table.name)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl Part {
    /// An empty file of a table.
    pub fn new(table: &'static Table) -> Result<Self, PartError> {
        let failed = |source| PartError { table: table.name, source };
        let columns = table.columns();
        let schema = parse_message_type(&message(table.name, &columns)).map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("Sellerport".to_owned())
            .set_dictionary_page_size_limit(DICTIONARY_BYTES)
            // Each row's JSON is another: a dictionary would only be built and thrown away.
            .set_column_dictionary_enabled(ColumnPath::from("payload"), false)
            .build();
        let writer =
            SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        let columns = columns.iter().map(|column| Cells::new(column.kind)).collect();
        Ok(Self { table, writer, columns, pending: (0, 0), rows: 0 })
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) -> Result<(), PartError> {
        self.pending.0 += 1;
        self.rows += 1;
        for (cells, cell) in self.columns.iter_mut().zip(row) {
            self.pending.1 += cells.push(cell);
        }
        if self.pending.1 >= ROW_GROUP_BYTES {
            self.write()?;
        }
        Ok(())
    }

    /// Rows in it.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How large it is: what is written, and a quarter of what is not yet (JSON shrinks to less than that).
    pub fn bytes(&self) -> usize {
        self.writer.bytes_written() + self.pending.1 / 4
    }

    /// Bytes of values that wait for their row group.
    pub fn waiting(&self) -> usize {
        self.pending.1
    }

    /// The file.
    pub fn finish(mut self) -> Result<Vec<u8>, PartError> {
        self.write()?;
        let table = self.table.name;
        self.writer.into_inner().map_err(|source| PartError { table, source })
    }

    /// Writes a row group of what was collected.
    fn write(&mut self) -> Result<(), PartError> {
        if self.pending.0 == 0 {
            return Ok(());
        }
        self.pending = (0, 0);
        let table = self.table.name;
        let mut group = self.writer.next_row_group().map_err(|source| PartError { table, source })?;
        let mut written = || {
            for cells in &mut self.columns {
                let Some(mut column) = group.next_column()? else { break };
                cells.write(column.untyped())?;
                column.close()?;
            }
            Ok(())
        };
        written().map_err(|source| PartError { table, source })?;
        group.close().map(|_| ()).map_err(|source| PartError { table, source })
    }
}

impl Cells {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Texts(Vec::new()),
            Kind::Integer | Kind::Decimal(_) | Kind::LocalDecimal(_) | Kind::Instant => {
                Values::Longs(Vec::new())
            }
            Kind::Date | Kind::MonthFirst => Values::Days(Vec::new()),
            Kind::Boolean => Values::Yeses(Vec::new()),
        };
        Self { levels: Vec::new(), values }
    }

    /// Adds a cell; how many bytes it takes.
    fn push(&mut self, cell: Option<Cell>) -> usize {
        let bytes = match (&mut self.values, cell) {
            (Values::Texts(values), Some(Cell::Text(text))) => {
                let bytes = text.len() + size_of::<ByteArray>();
                values.push(ByteArray::from(text.into_bytes()));
                bytes
            }
            (
                Values::Longs(values),
                Some(Cell::Integer(value) | Cell::Decimal(value) | Cell::Instant(value)),
            ) => {
                values.push(value);
                size_of::<i64>()
            }
            (Values::Days(values), Some(Cell::Date(value))) => {
                values.push(value);
                size_of::<i32>()
            }
            (Values::Yeses(values), Some(Cell::Boolean(value))) => {
                values.push(value);
                size_of::<bool>()
            }
            // A cell of another type cannot come: `read.rs` makes cells by their column's kind.
            (_, _) => 0,
        };
        self.levels.push(i16::from(bytes > 0));
        bytes + size_of::<i16>()
    }

    fn write(&mut self, column: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match (column, &self.values) {
            (ColumnWriter::ByteArrayColumnWriter(to), Values::Texts(values)) => {
                to.write_batch(values, levels, None)?
            }
            (ColumnWriter::Int64ColumnWriter(to), Values::Longs(values)) => {
                to.write_batch(values, levels, None)?
            }
            (ColumnWriter::Int32ColumnWriter(to), Values::Days(values)) => {
                to.write_batch(values, levels, None)?
            }
            (ColumnWriter::BoolColumnWriter(to), Values::Yeses(values)) => {
                to.write_batch(values, levels, None)?
            }
            _ => return Err(ParquetError::General("a column of another type".to_owned())),
        };
        self.levels.clear();
        match &mut self.values {
            Values::Texts(values) => values.clear(),
            Values::Longs(values) => values.clear(),
            Values::Days(values) => values.clear(),
            Values::Yeses(values) => values.clear(),
        }
        Ok(())
    }
}

/// The schema in Parquet's own words. Moments are written as UTC without a zone, so that no reader turns them into
/// its own.
fn message(name: &str, columns: &[Column]) -> String {
    let mut message = format!("message {name} {{\n");
    for column in columns {
        let (physical, logical) = match column.kind {
            Kind::Text => ("BYTE_ARRAY", "(STRING)".to_owned()),
            Kind::Integer => ("INT64", String::new()),
            Kind::Decimal(scale) | Kind::LocalDecimal(scale) => {
                ("INT64", format!("(DECIMAL({PRECISION},{scale}))"))
            }
            Kind::Boolean => ("BOOLEAN", String::new()),
            Kind::Instant => ("INT64", "(TIMESTAMP(MICROS,false))".to_owned()),
            Kind::Date | Kind::MonthFirst => ("INT32", "(DATE)".to_owned()),
        };
        // Writing to a String cannot fail.
        let _infallible = writeln!(message, "  OPTIONAL {physical} {} {logical};", column.name);
    }
    message + "}"
}
