//! Parquet read back, as text.

use parquet::data_type::AsBytes as _;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use std::collections::BTreeMap;

/// A row: its cells that are not empty, by the names of their columns.
pub(super) type Cells = BTreeMap<String, String>;

/// The rows of a file.
pub(super) fn read(body: &[u8]) -> Vec<Cells> {
    let reader = SerializedFileReader::new(parquet_bytes(body)).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| {
        let row = row.unwrap();
        let cells = row.get_column_iter().filter_map(|(name, field)| Some((name.clone(), text(field)?)));
        cells.collect()
    })
    .collect()
}

/// Rows of each row group.
pub(super) fn groups(body: &[u8]) -> Vec<i64> {
    let reader = SerializedFileReader::new(parquet_bytes(body)).unwrap();
    reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect()
}

fn parquet_bytes(body: &[u8]) -> bytes::Bytes {
    bytes::Bytes::copy_from_slice(body)
}

fn text(field: &Field) -> Option<String> {
    Some(match field {
        Field::Null => return None,
        Field::Str(text) => text.clone(),
        Field::Long(value) => value.to_string(),
        Field::Bool(value) => value.to_string(),
        Field::TimestampMicros(at) => jiff::Timestamp::from_microsecond(*at).unwrap().to_string(),
        Field::Decimal(value) => {
            let unscaled =
                value.data().as_bytes().iter().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
            let power = 10_i64.pow(u32::try_from(value.scale()).unwrap());
            let width = usize::try_from(value.scale()).unwrap();
            format!("{}.{:0width$}", unscaled / power, (unscaled % power).abs())
        }
        other => other.to_string(),
    })
}
