//! The rows: in memory, and Amazon's buckets in DynamoDB where one is given.

use super::timeline::Timeline;
use crate::rows;
use jiff::Timestamp;
use sellerport_aws::Aws;
use sellerport_core::ports::Table;
use sellerport_core::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// All rows.
#[derive(Debug)]
pub struct Shelf<'a> {
    timeline: &'a Timeline,
    /// Those in memory.
    pub rows: RefCell<BTreeMap<Key, Row>>,
    ledger: Option<&'a Aws>,
}

impl<'a> Shelf<'a> {
    /// Empty. With `ledger` the buckets are its rows: real requests, which take no virtual time.
    pub fn new(timeline: &'a Timeline, ledger: Option<&'a Aws>) -> Self {
        Self { timeline, rows: RefCell::default(), ledger }
    }

    fn ledger(&self, key: &Key) -> Option<&'a Aws> {
        self.ledger.filter(|_| key.table == TableName::Quotas && key.partition.starts_with("Q#"))
    }

    /// A row in memory.
    pub fn row(&self, key: &Key) -> Option<Row> {
        self.rows.borrow().get(key).cloned()
    }
}

impl Table for Shelf<'_> {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        match self.ledger(key) {
            Some(aws) => self.timeline.outside(aws.get(key)).await,
            None => Ok(self.row(key)),
        }
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        if let Some(aws) = writes.first().and_then(|write| self.ledger(write.key())) {
            return self.timeline.outside(aws.write(writes)).await;
        }
        match rows::write(&mut self.rows.borrow_mut(), writes) {
            true => Ok(()),
            false => Err(WriteError::Conflict),
        }
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        Ok(self.rows.borrow_mut().remove(key))
    }

    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        Ok(rows::list(&self.rows.borrow(), table, partition, span))
    }

    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = self.rows.borrow();
        Ok(rows::due(&rows, &rows, table, shard, until, limit))
    }
}
