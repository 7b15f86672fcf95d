//! The rows of all tables in memory, and what DynamoDB does with them.

use jiff::Timestamp;
use sellerport_core::store::{Expect, Key, Row, Span, TableName, Write};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// All writes, each under its condition, or none of them; whether it happened.
pub(crate) fn write(rows: &mut BTreeMap<Key, Row>, writes: &[Write]) -> bool {
    let distinct: HashSet<_> = writes.iter().map(Write::key).collect();
    assert_eq!(distinct.len(), writes.len(), "DynamoDB refuses two writes to one row in a transaction");
    let holds = |write: &Write| {
        let found = rows.get(write.key()).map(|row| row.revision);
        match write {
            Write::Put(_, Expect::Absent) => found.is_none(),
            Write::Put(_, Expect::Revision(revision))
            | Write::Check(_, revision)
            | Write::Delete(_, revision) => found == Some(*revision),
        }
    };
    if !writes.iter().all(holds) {
        return false;
    }
    for write in writes {
        match write {
            Write::Put(row, _) => drop(rows.insert(row.key.clone(), landed(row.clone()))),
            Write::Delete(key, _) => drop(rows.remove(key)),
            Write::Check(..) => {}
        }
    }
    true
}

/// What an item holds beside the document (`shared/aws/src/table.rs`): no document may use these names.
const RESERVED: [&str; 6] = ["pk", "sk", "rev", "author", "due_shard", "expires"];

/// A row as it comes back: a document's `due_at` is the index's, `expires` counts seconds, and a whole number is
/// one, however it was written.
fn landed(mut row: Row) -> Row {
    let taken = RESERVED.into_iter().find(|name| row.document.contains_key(*name));
    assert_eq!(taken, None, "an item's own attribute");
    row.document.values_mut().for_each(whole);
    row.document.remove("due_at");
    if let Some(due) = &row.due {
        let at = due.at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
        row.document.insert("due_at".to_owned(), Value::String(at));
    }
    row.expires = row.expires.and_then(|at| Timestamp::from_second(at.as_second()).ok());
    row
}

fn whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let integer = number.as_f64().filter(|_| number.is_f64()).map(|float| float.to_string());
            if let Some(integer) = integer.and_then(|text| text.parse::<i64>().ok()) {
                *value = integer.into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(whole),
        Value::Object(fields) => fields.values_mut().for_each(whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The rows of one table.
pub(crate) fn of(rows: &BTreeMap<Key, Row>, table: TableName) -> impl Iterator<Item = &Row> {
    let those = rows.range(Key::new(table, "", "")..).map(|(_, row)| row);
    those.take_while(move |row| row.key.table == table)
}

/// Rows of one partition in the order of their sort keys.
pub(crate) fn list(rows: &BTreeMap<Key, Row>, table: TableName, partition: &str, span: Span<'_>) -> Vec<Row> {
    let mine = rows.range(Key::new(table, partition, "")..).map(|(_, row)| row);
    let mine = mine.take_while(|row| row.key.table == table && row.key.partition == partition);
    let behind = |row: &&Row| match (span.after, span.backwards) {
        (None, _) => true,
        (Some(after), false) => row.key.sort.as_str() > after,
        (Some(after), true) => row.key.sort.as_str() < after,
    };
    let mut found: Vec<Row> = mine.filter(behind).cloned().collect();
    if span.backwards {
        found.reverse();
    }
    found.truncate(span.limit);
    found
}

/// The rows of one shard that the index shows as due and that still are, the earliest first.
pub(crate) fn due(
    rows: &BTreeMap<Key, Row>,
    index: &BTreeMap<Key, Row>,
    table: TableName,
    shard: &str,
    until: Timestamp,
    limit: usize,
) -> Vec<Row> {
    let is_due = |row: &&Row| row.is_due(shard, until);
    let shown = of(index, table).filter(is_due).filter_map(|row| rows.get(&row.key));
    let mut due: Vec<Row> = shown.filter(is_due).cloned().collect();
    due.sort_by_key(|row| row.due.as_ref().map(|due| due.at));
    due.truncate(limit);
    due
}
