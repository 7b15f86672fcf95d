//! Messages that no retry can help are kept with their reason, so that nothing is lost and nothing loops.

use crate::ports::{Clock, Table};
use crate::store::{Key, StoreError, Stored, TableName, Write, WriteError};
use crate::task::BadMessage;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// As long as a message would stay in a dead-letter queue (the SQS maximum of 14 days).
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Bytes of a body that are kept: far above any task of ours.
pub const BODY_MAX: usize = 16 * 1024;

/// A message set aside.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parked {
    /// The queue it came from.
    pub queue: String,
    /// Its id there.
    pub message_id: String,
    /// The code, for example `E_MSG_JSON: not a JSON object`.
    pub reason: String,
    /// The body, cut at [`BODY_MAX`]. Never logged or shown.
    pub body: String,
    /// Whether it was cut: it can never be sent again.
    #[serde(default)]
    pub cut: bool,
    /// When it was set aside.
    pub parked_at: Timestamp,
}

impl Parked {
    /// Where the messages of a queue are.
    pub fn partition_of(queue: &str) -> String {
        format!("QUEUE#{queue}")
    }

    /// Where a message is.
    pub fn key_of(queue: &str, message_id: &str) -> Key {
        Key::new(TableName::Parked, Self::partition_of(queue), message_id)
    }

    /// Whether it was kept whole. The reader of secrets keeps no body at all.
    pub fn is_whole(&self) -> bool {
        !self.cut && !self.body.is_empty()
    }
}

impl Stored for Parked {
    fn key(&self) -> Key {
        Self::key_of(&self.queue, &self.message_id)
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.parked_at + KEPT)
    }
}

/// Sets a message aside; doing it twice changes nothing.
pub async fn park(
    cloud: &(impl Table + Clock),
    queue: &str,
    message_id: &str,
    body: &str,
    reason: &BadMessage,
) -> Result<(), StoreError> {
    let end = (0..=BODY_MAX.min(body.len())).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
    let parked = Parked {
        queue: queue.to_owned(),
        message_id: message_id.to_owned(),
        reason: reason.to_string(),
        body: body.get(..end).unwrap_or_default().to_owned(),
        cut: end < body.len(),
        parked_at: cloud.now(),
    };
    match cloud.write(&[Write::insert(&parked)?]).await {
        Ok(()) | Err(WriteError::Conflict) => Ok(()),
        Err(WriteError::Store(error)) => Err(error),
    }
}
