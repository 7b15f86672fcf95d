//! What was asked of AWS.

use super::weigh::{bytes, index_units, read_units, write_units};
use sellerport_core::store::{Row, Write};
use serde::{Deserialize, Serialize};

/// Counts. All are plain sums, so they can be added, taken off and divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// DynamoDB read units.
    pub read_units: f64,
    /// DynamoDB write units of rows.
    pub write_units: f64,
    /// DynamoDB write units of the `due` index.
    pub index_units: f64,
    /// Write requests to DynamoDB.
    pub writes: f64,
    /// Of these, refused because somebody else was first.
    pub conflicts: f64,
    /// Requests to SQS that send: ten messages in one.
    pub sends: f64,
    /// Messages sent.
    pub messages: f64,
    /// Requests to SQS by Lambda's poller: one receive and one delete a message.
    pub polls: f64,
    /// KMS calls.
    pub kms: f64,
    /// S3 puts.
    pub puts: f64,
    /// S3 lists, each as dear as a put.
    pub lists: f64,
    /// S3 gets.
    pub gets: f64,
    /// Bytes put.
    pub put_bytes: f64,
    /// EventBridge events.
    pub events: f64,
    /// Log bytes.
    pub log_bytes: f64,
    /// Calls to Amazon.
    pub calls: f64,
    /// Of these, refused with 429.
    pub throttled: f64,
    /// Records landed.
    pub records: f64,
    /// Invocations of functions.
    pub invocations: f64,
    /// Milliseconds billed.
    pub billed_ms: f64,
    /// Milliseconds of our own CPU on the machine that counts, a part of nothing else here.
    pub cpu_ms: f64,
}

impl Tally {
    /// Every count, by its name.
    pub fn map(self, other: Self, merge: impl Fn(f64, f64) -> f64) -> Self {
        let m = merge;
        Self {
            read_units: m(self.read_units, other.read_units),
            write_units: m(self.write_units, other.write_units),
            index_units: m(self.index_units, other.index_units),
            writes: m(self.writes, other.writes),
            conflicts: m(self.conflicts, other.conflicts),
            sends: m(self.sends, other.sends),
            messages: m(self.messages, other.messages),
            polls: m(self.polls, other.polls),
            kms: m(self.kms, other.kms),
            puts: m(self.puts, other.puts),
            lists: m(self.lists, other.lists),
            gets: m(self.gets, other.gets),
            put_bytes: m(self.put_bytes, other.put_bytes),
            events: m(self.events, other.events),
            log_bytes: m(self.log_bytes, other.log_bytes),
            calls: m(self.calls, other.calls),
            throttled: m(self.throttled, other.throttled),
            records: m(self.records, other.records),
            invocations: m(self.invocations, other.invocations),
            billed_ms: m(self.billed_ms, other.billed_ms),
            cpu_ms: m(self.cpu_ms, other.cpu_ms),
        }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        self.map(other, |a, b| a + b)
    }

    /// This without that.
    pub fn minus(self, other: Self) -> Self {
        self.map(other, |a, b| a - b)
    }

    /// So many times.
    pub fn times(self, factor: f64) -> Self {
        self.map(self, |a, _| a * factor)
    }

    /// Requests to SQS of all kinds.
    pub fn sqs(&self) -> f64 {
        self.sends + self.polls
    }

    /// Counts a read of one row by its key.
    pub(super) fn read(&mut self, row: Option<&Row>) {
        self.read_units += read_units(row.map_or(0, bytes));
    }

    /// Counts one write request; `before` are the rows as they were.
    pub(super) fn write(&mut self, writes: &[Write], before: &[Option<Row>], done: bool) {
        self.writes += 1.0;
        self.conflicts += f64::from(u8::from(!done));
        let plain = matches!(writes, [Write::Put(..)]);
        for (write, before) in writes.iter().zip(before) {
            let was = before.as_ref().map_or(0, bytes);
            let is = match write {
                Write::Put(row, _) => bytes(row),
                Write::Check(..) | Write::Delete(..) => 0,
            };
            self.write_units += write_units(was.max(is)) * if plain { 1.0 } else { 2.0 };
            if done {
                self.index_units += index_units(before.as_ref(), write);
            }
        }
    }
}
