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
    /// The body, cut at [`BODY_MAX`]. Never logged.
    pub body: String,
    /// When it was set aside.
    pub parked_at: Timestamp,
}

impl Stored for Parked {
    fn key(&self) -> Key {
        Key::new(TableName::Parked, format!("QUEUE#{}", self.queue), self.message_id.clone())
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
        parked_at: cloud.now(),
    };
    match cloud.write(&[Write::insert(&parked)?]).await {
        Ok(()) | Err(WriteError::Conflict) => Ok(()),
        Err(WriteError::Store(error)) => Err(error),
    }
}
