//! What is due: the index names rows, and the rows themselves say whether they still are.
//!
//! The index holds keys alone, so that a write that leaves `due_at` as it was costs nothing there. It may lag
//! behind the rows: one that has moved on is passed over, and one that moved while the index was read is
//! named twice.

use super::{Item, from_item, key_of, moment};
use crate::clients::{Aws, cause};
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::Clock as _;
use sellerport_core::store::{Key, Row, StoreError, TableName};
use std::collections::HashSet;

/// The index, on the tables that have one.
const INDEX: &str = "due";
/// Rows read by one request (DynamoDB `BatchGetItem`: 100).
const BATCH: usize = 100;
/// A batch's rows that DynamoDB did not get to are asked for this often. 16 MB fit in an answer and 400 KB in a
/// row, so three would do if nothing were throttled.
const ATTEMPTS: u32 = 5;
/// Before the second try; then twice as long each time.
const PAUSE: SignedDuration = SignedDuration::from_millis(25);

impl Aws {
    /// Goes through the index until `limit` rows are found that are due now, or until its end.
    pub(super) async fn find_due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let mut pages = self
            .dynamodb()
            .query()
            .table_name(self.name(table))
            .index_name(INDEX)
            .key_condition_expression("due_shard = :shard AND due_at <= :until")
            .expression_attribute_values(":shard", AttributeValue::S(shard.to_owned()))
            .expression_attribute_values(":until", AttributeValue::S(moment(until)))
            .into_paginator()
            .page_size(i32::try_from(limit).unwrap_or(i32::MAX))
            .send();
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        while found.len() < limit {
            let Some(page) = pages.next().await else { break };
            let page = page.map_err(|error| StoreError::Unavailable(cause(&error)))?;
            let mut named = Vec::new();
            for item in page.items() {
                let key = key_in(table, item)?;
                // The same key twice in one batch is refused.
                if seen.insert(key.clone()) {
                    named.push(key);
                }
            }
            for batch in named.chunks(BATCH) {
                let rows = self.read_all(table, batch).await?;
                found.extend(rows.into_iter().filter(|row| row.is_due(shard, until)));
            }
        }
        // A batch is answered in no order.
        found.sort_by(|a, b| (at(a), &a.key).cmp(&(at(b), &b.key)));
        found.truncate(limit);
        Ok(found)
    }

    /// The rows as they are now, without those that are gone.
    async fn read_all(&self, table: TableName, keys: &[Key]) -> Result<Vec<Row>, StoreError> {
        let name = self.name(table);
        let mut left: Vec<_> = keys.iter().map(key_of).collect();
        let (mut rows, mut pause) = (Vec::new(), PAUSE);
        for attempt in 1..=ATTEMPTS {
            let keys = KeysAndAttributes::builder().set_keys(Some(left)).consistent_read(true).build();
            let keys = keys.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
            let sent = self.dynamodb().batch_get_item().request_items(&name, keys).send().await;
            let answer = sent.map_err(|error| StoreError::Unavailable(cause(&error)))?;
            for item in answer.responses.unwrap_or_default().into_values().flatten() {
                rows.push(from_item(table, item)?);
            }
            left = answer
                .unprocessed_keys
                .unwrap_or_default()
                .into_values()
                .flat_map(|rest| rest.keys)
                .collect();
            if left.is_empty() {
                return Ok(rows);
            }
            if attempt < ATTEMPTS {
                self.wait(pause).await;
                pause *= 2;
            }
        }
        Err(StoreError::Unavailable("a batch was not read to its end".into()))
    }
}

fn at(row: &Row) -> Option<Timestamp> {
    row.due.as_ref().map(|due| due.at)
}

/// The key of the row that an entry of the index names.
fn key_in(table: TableName, entry: &Item) -> Result<Key, StoreError> {
    let text = |name: &str| match entry.get(name) {
        Some(AttributeValue::S(text)) => Ok(text.as_str()),
        _ => Err(StoreError::Corrupt { table: table.as_str(), why: format!("an index names no {name}") }),
    };
    Ok(Key::new(table, text("pk")?, text("sk")?))
}
