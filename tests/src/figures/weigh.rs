//! What DynamoDB counts for a row.
//!
//! Sizes: docs.aws.amazon.com/amazondynamodb, "DynamoDB item sizes and formats". Units: "DynamoDB read and write
//! operations": a write counts each begun KB of the larger of the row before and after, a strong read each begun
//! 4 KB, an eventual one half of that; in a transaction everything counts twice.

use sellerport_core::store::{Row, Write};
use serde_json::Value;

/// Bytes of `pk`, `sk`, `rev` and `author` beside their values: names, and the values of the last two.
const OWN: usize = 2 + 2 + 3 + 5 + 6 + 9;

/// Bytes of an entry of an index that projects keys alone: two keys of the table, two of the index, and DynamoDB's
/// own 100.
pub const INDEX_ENTRY: usize = 100 + 4 + 80 + 15 + 26 + 16;

/// Bytes of a row as DynamoDB reckons them.
pub fn bytes(row: &Row) -> usize {
    let fields: usize = row.document.iter().map(|(name, value)| name.len() + value_bytes(value)).sum();
    let due = row.due.as_ref().map_or(0, |due| "due_shard".len() + due.shard.len() + "due_at".len() + 24);
    let expires = row.expires.map_or(0, |_| "expires".len() + 6);
    OWN + row.key.partition.len() + row.key.sort.len() + fields + due + expires
}

fn value_bytes(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 1,
        // One byte for two digits, and one.
        Value::Number(number) => number.to_string().len().div_ceil(2) + 1,
        Value::String(text) => text.len(),
        Value::Array(all) => 3 + all.iter().map(|one| value_bytes(one) + 1).sum::<usize>(),
        Value::Object(map) => {
            3 + map.iter().map(|(name, one)| name.len() + value_bytes(one) + 1).sum::<usize>()
        }
    }
}

/// Write units of a row of so many bytes.
pub fn write_units(bytes: usize) -> f64 {
    bytes.div_ceil(1024).max(1) as f64
}

/// Read units of so many bytes, strongly consistent.
pub fn read_units(bytes: usize) -> f64 {
    bytes.div_ceil(4096).max(1) as f64
}

/// Write units of the `due` index for a row that was and is: an entry is deleted and one put when its moment moves,
/// and nothing happens when it does not, since it projects keys alone.
pub fn index_units(before: Option<&Row>, write: &Write) -> f64 {
    let before = before.and_then(|row| row.due.as_ref());
    let after = match write {
        Write::Put(row, _) => row.due.as_ref(),
        Write::Check(..) => before,
        Write::Delete(..) => None,
    };
    if before == after { 0.0 } else { f64::from(u8::from(before.is_some()) + u8::from(after.is_some())) }
}
