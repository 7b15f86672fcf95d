//! The tables: each write is conditional, and is done whole or not at all.

use super::Memory;
use crate::rows;
use jiff::Timestamp;
use sellerport_core::ports::{Table, Unavailable};
use sellerport_core::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};

fn lost(error: Unavailable) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

impl Table for Memory {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        tokio::task::yield_now().await;
        self.begins("tables").await.map_err(lost)?;
        Ok(self.rows.borrow().get(key).cloned())
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        tokio::task::yield_now().await;
        self.begins("tables").await.map_err(lost)?;
        if self.stops.outruns() || !rows::write(&mut self.rows.borrow_mut(), writes) {
            return Err(WriteError::Conflict);
        }
        Ok(self.ends("a write").await.map_err(lost)?)
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        tokio::task::yield_now().await;
        self.begins("tables").await.map_err(lost)?;
        let row = self.rows.borrow_mut().remove(key);
        self.ends("a take").await.map_err(lost)?;
        Ok(row)
    }

    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        tokio::task::yield_now().await;
        self.begins("tables").await.map_err(lost)?;
        Ok(rows::list(&self.rows.borrow(), table, partition, span))
    }

    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        tokio::task::yield_now().await;
        self.begins("tables").await.map_err(lost)?;
        let (rows, lagging) = (self.rows.borrow(), self.lagging.borrow());
        Ok(rows::due(&rows, lagging.as_ref().unwrap_or(&rows), table, shard, until, limit))
    }
}
