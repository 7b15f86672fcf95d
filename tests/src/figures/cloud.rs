//! Every port of one function: the shelf's rows, virtual time, and each request counted and given its delay.

use super::chance::Chance;
use super::shelf::Shelf;
use super::tally::Tally;
use super::timeline::Timeline;
use super::weigh::{INDEX_ENTRY, bytes, read_units};
use jiff::{SignedDuration, Timestamp, Unit};
use sellerport_core::deliver::RECORDS;
use sellerport_core::measure::Measure;
use sellerport_core::ports::{
    Bus, Clock, Entropy, Event, Lake, LakeObject, LakeReader, Meter, Outgoing, Queue, QueueName, Table,
    Unavailable, Vault,
};
use sellerport_core::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};
use sellerport_core::token::{Opened, Sealed, SealingContext, VaultError};
use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;

/// Milliseconds that a request takes, the SDK's own work on a small function's share of a core among them. All are
/// assumptions: nothing here was measured on AWS.
#[derive(Debug, Clone, Copy)]
pub struct Delays {
    /// DynamoDB.
    pub table: i64,
    /// KMS.
    pub vault: i64,
    /// SQS.
    pub queue: i64,
    /// S3.
    pub lake: i64,
    /// EventBridge.
    pub bus: i64,
}

/// See [`Delays`].
pub const DELAYS: Delays = Delays { table: 8, vault: 12, queue: 15, lake: 40, bus: 20 };

/// Bytes of a token: Login with Amazon's access and refresh tokens are between 350 and 700.
const TOKEN_BYTES: usize = 600;
/// Bytes that KMS adds to what it encrypts: a header with the key's id, an IV and a tag.
const KMS_ADDS: usize = 152;
/// Objects in one answer of S3's list (docs.aws.amazon.com/AmazonS3, `ListObjectsV2`, `MaxKeys`).
const LISTED: usize = 1000;

/// Base64.
const SEALED_CHARS: usize = (TOKEN_BYTES + KMS_ADDS).div_ceil(3) * 4;

/// Bytes that the log service counts for each line beside its text (aws.amazon.com/cloudwatch/pricing).
const LINE_ADDS: f64 = 26.0;

/// One function's ports.
#[derive(Debug)]
pub struct Cloud<'a> {
    timeline: &'a Timeline,
    shelf: &'a Shelf<'a>,
    chance: Chance,
    /// What it asked for so far.
    pub tally: RefCell<Tally>,
    /// Messages sent and not delivered yet, with the moment at which they appear.
    pub mail: RefCell<Vec<(QueueName, String, i64)>>,
    /// Records that landed, each with its moment.
    objects: RefCell<BTreeMap<String, (Timestamp, Vec<u8>)>>,
}

impl<'a> Cloud<'a> {
    /// On this shelf.
    pub fn new(timeline: &'a Timeline, shelf: &'a Shelf<'a>, seed: u64) -> Self {
        Self {
            timeline,
            shelf,
            chance: Chance::new(seed),
            tally: RefCell::default(),
            mail: RefCell::default(),
            objects: RefCell::default(),
        }
    }

    /// Its clock.
    pub fn timeline(&self) -> &'a Timeline {
        self.timeline
    }

    /// All rows.
    pub(super) fn rows(&self) -> Ref<'_, BTreeMap<Key, Row>> {
        self.shelf.rows.borrow()
    }

    fn count(&self, count: impl FnOnce(&mut Tally)) {
        count(&mut self.tally.borrow_mut());
    }

    /// Counts a line of the log.
    pub fn log(&self, bytes: usize) {
        self.count(|tally| tally.log_bytes += bytes as f64 + LINE_ADDS);
    }

    /// The message that appears next.
    pub fn next_mail(&self) -> Option<(QueueName, String, i64)> {
        let mut mail = self.mail.borrow_mut();
        let first = (0..mail.len()).min_by_key(|n| mail[*n].2)?;
        Some(mail.swap_remove(first))
    }
}

impl Clock for Cloud<'_> {
    fn now(&self) -> Timestamp {
        self.timeline.now()
    }

    async fn wait(&self, duration: SignedDuration) {
        self.timeline.wait(duration).await;
    }
}

impl Entropy for Cloud<'_> {
    fn random(&self) -> Result<[u8; 32], Unavailable> {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.chance.bits().to_be_bytes());
        }
        Ok(bytes)
    }
}

impl Table for Cloud<'_> {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.timeline.sleep_ms(DELAYS.table).await;
        let row = self.shelf.get(key).await?;
        self.count(|tally| tally.read(row.as_ref()));
        Ok(row)
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        self.timeline.sleep_ms(DELAYS.table).await;
        let before: Vec<_> = writes.iter().map(|write| self.shelf.row(write.key())).collect();
        let done = self.shelf.write(writes).await;
        self.count(|tally| tally.write(writes, &before, done.is_ok()));
        done
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.timeline.sleep_ms(DELAYS.table).await;
        let row = self.shelf.take(key).await?;
        self.count(|tally| {
            tally.writes += 1.0;
            tally.write_units += super::weigh::write_units(row.as_ref().map_or(0, bytes));
        });
        Ok(row)
    }

    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        self.timeline.sleep_ms(DELAYS.table).await;
        let rows = self.shelf.list(table, partition, span).await?;
        self.count(|tally| tally.read_units += read_units(rows.iter().map(bytes).sum()));
        Ok(rows)
    }

    /// The index is read eventually consistent and projects keys alone, so each row is read by its key.
    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.timeline.sleep_ms(DELAYS.table).await;
        let rows = self.shelf.due(table, shard, until, limit).await?;
        if !rows.is_empty() {
            self.timeline.sleep_ms(DELAYS.table).await;
        }
        self.count(|tally| {
            tally.read_units += read_units(rows.len() * INDEX_ENTRY) / 2.0;
            rows.iter().for_each(|row| tally.read(Some(row)));
        });
        Ok(rows)
    }
}

impl Vault for Cloud<'_> {
    async fn seal(&self, _: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        self.timeline.sleep_ms(DELAYS.vault).await;
        self.count(|tally| tally.kms += 1.0);
        Ok(sealed(secret))
    }

    async fn open(&self, _: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        self.timeline.sleep_ms(DELAYS.vault).await;
        self.count(|tally| tally.kms += 1.0);
        Ok(Opened { secret: sealed.0.trim_end_matches('=').to_owned(), outdated: false })
    }
}

/// A text as it would lie in a row, of the length that a real ciphertext has.
pub fn sealed(secret: &str) -> Sealed {
    Sealed(format!("{secret:=<SEALED_CHARS$}"))
}

impl Queue for Cloud<'_> {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        for batch in messages.chunks(10) {
            self.timeline.sleep_ms(DELAYS.queue).await;
            self.count(|tally| {
                tally.sends += 1.0;
                tally.messages += batch.len() as f64;
                tally.polls += 2.0 * batch.len() as f64;
            });
            for message in batch {
                // SQS knows whole seconds; this is what the adapter makes of them.
                let delay = sellerport_aws::delay_seconds(message.delay);
                let at = self.timeline.millis() + i64::from(delay) * 1000 + self.chance.message_ms();
                self.mail.borrow_mut().push((queue, message.body.clone(), at));
            }
        }
        Ok(())
    }
}

impl Lake for Cloud<'_> {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        self.timeline.sleep_ms(DELAYS.lake).await;
        self.count(|tally| {
            tally.puts += 1.0;
            tally.put_bytes += body.len() as f64;
        });
        // What becomes a table is read again.
        if key.starts_with(RECORDS) {
            let at = self.now().round(Unit::Second).unwrap();
            self.objects.borrow_mut().insert(key.to_owned(), (at, body));
        }
        Ok(())
    }
}

impl LakeReader for Cloud<'_> {
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable> {
        self.timeline.sleep_ms(DELAYS.lake).await;
        self.count(|tally| tally.lists += 1.0);
        let objects = self.objects.borrow();
        let found = objects.range(after.unwrap_or(prefix).to_owned()..);
        let found = found.take_while(|(key, _)| key.starts_with(prefix));
        let behind = found.filter(|(key, _)| after.is_none_or(|after| key.as_str() > after));
        let mut behind = behind.take(LISTED + 1).collect::<Vec<_>>();
        let more = behind.len() > LISTED;
        behind.truncate(LISTED);
        let object = |(key, (at, body)): (&String, &(Timestamp, Vec<u8>))| LakeObject {
            key: key.clone(),
            bytes: body.len() as u64,
            at: *at,
        };
        Ok((behind.into_iter().map(object).collect(), more))
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        self.timeline.sleep_ms(DELAYS.lake).await;
        self.count(|tally| tally.gets += 1.0);
        let objects = self.objects.borrow();
        let rest = objects.get(key).and_then(|(_, body)| body.get(usize::try_from(from).unwrap()..));
        Ok(rest.map(|rest| rest[..rest.len().min(limit)].to_vec()).unwrap_or_default())
    }
}

impl Bus for Cloud<'_> {
    async fn publish(&self, _: Event) -> Result<(), Unavailable> {
        self.timeline.sleep_ms(DELAYS.bus).await;
        self.count(|tally| tally.events += 1.0);
        Ok(())
    }
}

impl Meter for Cloud<'_> {
    fn measure(&self, measure: Measure) {
        if let Measure::Call(call) = &measure {
            self.count(|tally| {
                tally.calls += 1.0;
                tally.throttled += f64::from(u8::from(call.status == Some(429)));
            });
        }
        if let Measure::Stream(stream) = &measure {
            self.count(|tally| tally.records += stream.records as f64);
        }
        self.log(sellerport_aws::log_line(&measure).len() + 1);
    }
}
