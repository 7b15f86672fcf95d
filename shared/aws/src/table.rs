//! Tables on DynamoDB.
//!
//! An item is the row's document with `pk`, `sk`, `rev`, `author`, and where it has them `due_shard`, `due_at` and
//! `expires`, beside it. Reads by key are strongly consistent.

mod due;

use crate::clients::{Aws, cause};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, ConditionCheck, Delete, Put, ReturnValue,
    ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use aws_smithy_async::future::pagination_stream::PaginationStream;
use jiff::Timestamp;
use sellerport_core::ports::{Cause, Entropy as _, Table};
use sellerport_core::store::{Due, Expect, Key, Row, Span, StoreError, TableName, Write, WriteError};
use serde_json::{Map, Value};
use std::collections::HashMap;

type Item = HashMap<String, AttributeValue>;

const ABSENT: &str = "attribute_not_exists(pk)";
const UNCHANGED: &str = "rev = :rev";
/// Names one call of [`Table::write`] in the row it wrote.
const AUTHOR: &str = "author";
const AUTHOR_BYTES: usize = 9;

impl Aws {
    fn name(&self, table: TableName) -> String {
        format!("{}-{}", self.environment.stack, table.as_str())
    }

    async fn put(&self, row: &Row, expect: Expect) -> Result<(), WriteError> {
        let mut item = to_item(row)?;
        let random = self.random().map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        let author = AttributeValue::B(Blob::new(random.get(..AUTHOR_BYTES).unwrap_or_default()));
        item.insert(AUTHOR.to_owned(), author.clone());
        let (condition, values) = condition(expect);
        let sent = self
            .dynamodb()
            .put_item()
            .table_name(self.name(row.key.table))
            .set_item(Some(item))
            .condition_expression(condition)
            .set_expression_attribute_values(values)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = sent else { return Ok(()) };
        match error.as_service_error() {
            // An earlier try of this very write was carried out and its answer lost. Not what was written
            // tells that, but who wrote it: two writers may well want the same.
            Some(PutItemError::ConditionalCheckFailedException(failed))
                if failed.item().and_then(|found| found.get(AUTHOR)) == Some(&author) =>
            {
                Ok(())
            }
            Some(
                PutItemError::ConditionalCheckFailedException(_)
                | PutItemError::TransactionConflictException(_),
            ) => Err(WriteError::Conflict),
            _ => Err(StoreError::Unavailable(cause(&error)).into()),
        }
    }

    async fn transact(&self, writes: &[Write]) -> Result<(), WriteError> {
        let parts = writes.iter().map(|write| self.part(write)).collect::<Result<Vec<_>, _>>()?;
        // The SDK adds a request token, so that its own retries are carried out once.
        let sent = self.dynamodb().transact_write_items().set_transact_items(Some(parts)).send().await;
        let Err(error) = sent else { return Ok(()) };
        match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled))
                if cancelled.cancellation_reasons().iter().any(is_conflict) =>
            {
                Err(WriteError::Conflict)
            }
            _ => Err(StoreError::Unavailable(cause(&error)).into()),
        }
    }

    fn part(&self, write: &Write) -> Result<TransactWriteItem, StoreError> {
        let built = match write {
            Write::Put(row, expect) => {
                let (condition, values) = condition(*expect);
                Put::builder()
                    .table_name(self.name(row.key.table))
                    .set_item(Some(to_item(row)?))
                    .condition_expression(condition)
                    .set_expression_attribute_values(values)
                    .build()
                    .map(|put| TransactWriteItem::builder().put(put).build())
            }
            Write::Delete(key, revision) => {
                let (condition, values) = condition(Expect::Revision(*revision));
                Delete::builder()
                    .table_name(self.name(key.table))
                    .set_key(Some(key_of(key)))
                    .condition_expression(condition)
                    .set_expression_attribute_values(values)
                    .build()
                    .map(|delete| TransactWriteItem::builder().delete(delete).build())
            }
            Write::Check(key, revision) => {
                let (condition, values) = condition(Expect::Revision(*revision));
                ConditionCheck::builder()
                    .table_name(self.name(key.table))
                    .set_key(Some(key_of(key)))
                    .condition_expression(condition)
                    .set_expression_attribute_values(values)
                    .build()
                    .map(|check| TransactWriteItem::builder().condition_check(check).build())
            }
        };
        built.map_err(|error| StoreError::Unavailable(Box::new(error)))
    }
}

impl Table for Aws {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        let request = self
            .dynamodb()
            .get_item()
            .table_name(self.name(key.table))
            .set_key(Some(key_of(key)))
            .consistent_read(true);
        let answer = request.send().await.map_err(|error| StoreError::Unavailable(cause(&error)))?;
        answer.item.map(|item| from_item(key.table, item)).transpose()
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        match writes {
            [] => Ok(()),
            // One row needs no transaction, which costs twice as much.
            [Write::Put(row, expect)] => self.put(row, *expect).await,
            _ => self.transact(writes).await,
        }
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        let request = self
            .dynamodb()
            .delete_item()
            .table_name(self.name(key.table))
            .set_key(Some(key_of(key)))
            .return_values(ReturnValue::AllOld);
        let answer = request.send().await.map_err(|error| StoreError::Unavailable(cause(&error)))?;
        answer.attributes.map(|item| from_item(key.table, item)).transpose()
    }

    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        let mut query = self
            .dynamodb()
            .query()
            .table_name(self.name(table))
            .consistent_read(true)
            .scan_index_forward(!span.backwards)
            .limit(i32::try_from(span.limit).unwrap_or(i32::MAX))
            .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()));
        query = match (span.after, span.backwards) {
            (None, _) => query.key_condition_expression("pk = :pk"),
            (Some(_), false) => query.key_condition_expression("pk = :pk AND sk > :sk"),
            (Some(_), true) => query.key_condition_expression("pk = :pk AND sk < :sk"),
        };
        if let Some(after) = span.after {
            query = query.expression_attribute_values(":sk", AttributeValue::S(after.to_owned()));
        }
        self.collect(table, query.into_paginator().items().send(), span.limit).await
    }

    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.find_due(table, shard, until, limit).await
    }
}

impl Aws {
    async fn collect<E>(
        &self,
        table: TableName,
        mut pages: PaginationStream<Result<Item, SdkError<E>>>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let mut rows = Vec::new();
        while rows.len() < limit {
            match pages.next().await {
                None => break,
                Some(Ok(item)) => rows.push(from_item(table, item)?),
                Some(Err(error)) => return Err(StoreError::Unavailable(cause(&error))),
            }
        }
        Ok(rows)
    }
}

fn key_of(key: &Key) -> Item {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.partition.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sort.clone())),
    ])
}

fn condition(expect: Expect) -> (&'static str, Option<Item>) {
    match expect {
        Expect::Absent => (ABSENT, None),
        Expect::Revision(revision) => {
            (UNCHANGED, Some(HashMap::from([(":rev".to_owned(), AttributeValue::N(revision.to_string()))])))
        }
    }
}

fn is_conflict(reason: &CancellationReason) -> bool {
    matches!(reason.code(), Some("ConditionalCheckFailed" | "TransactionConflict"))
}

/// Fixed width, so that text sorts as time does.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn to_item(row: &Row) -> Result<Item, StoreError> {
    let corrupt = |error: serde_dynamo::Error| StoreError::Corrupt {
        table: row.key.table.as_str(),
        why: error.to_string(),
    };
    let mut item: Item = serde_dynamo::to_item(&row.document).map_err(corrupt)?;
    // The index's own form of a moment stands in for the document's.
    item.remove("due_at");
    item.extend(key_of(&row.key));
    item.insert("rev".to_owned(), AttributeValue::N(row.revision.to_string()));
    if let Some(due) = &row.due {
        item.insert("due_shard".to_owned(), AttributeValue::S(due.shard.clone()));
        item.insert("due_at".to_owned(), AttributeValue::S(moment(due.at)));
    }
    if let Some(expires) = row.expires {
        item.insert("expires".to_owned(), AttributeValue::N(expires.as_second().to_string()));
    }
    Ok(item)
}

fn from_item(table: TableName, mut item: Item) -> Result<Row, StoreError> {
    let corrupt = |why: &str| StoreError::Corrupt {
        table: table.as_str(),
        why: format!("the item has no usable {why}"),
    };
    let text = |item: &mut Item, name: &str| match item.remove(name) {
        Some(AttributeValue::S(text)) => Some(text),
        _ => None,
    };
    item.remove(AUTHOR);
    let partition = text(&mut item, "pk").ok_or_else(|| corrupt("pk"))?;
    let sort = text(&mut item, "sk").ok_or_else(|| corrupt("sk"))?;
    let revision = match item.remove("rev") {
        Some(AttributeValue::N(number)) => number.parse().map_err(|_| corrupt("rev"))?,
        _ => return Err(corrupt("rev")),
    };
    let expires = match item.remove("expires") {
        Some(AttributeValue::N(number)) => {
            number.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok())
        }
        _ => None,
    };
    let due = match (text(&mut item, "due_shard"), item.get("due_at")) {
        (Some(shard), Some(AttributeValue::S(at))) => {
            Some(Due { shard, at: at.parse().map_err(|_| corrupt("due_at"))? })
        }
        _ => None,
    };
    let document: Map<String, Value> =
        serde_dynamo::from_item(item).map_err(|error| StoreError::Unavailable(Box::new(error) as Cause))?;
    Ok(Row { key: Key { table, partition, sort }, revision, document, due, expires })
}
