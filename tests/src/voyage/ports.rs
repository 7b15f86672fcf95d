//! The ports themselves: each is memory's, between [`Deck::begins`] and [`Deck::ends`].

use super::deck::Deck;
use super::plant::Planted;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::measure::Measure;
use sellerport_core::ports::{
    Bus, Clock, Credentials, Entropy, Event, Lake, Meter, Outgoing, Queue, QueueName, Table, Unavailable,
    Vault,
};
use sellerport_core::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};
use sellerport_core::token::{Opened, Sealed, SealingContext, VaultError};

/// The way through a queue takes at least and at most so many milliseconds, every second time no time at all.
const WAY: (u64, u64) = (5, 300);

fn lost(error: Unavailable) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

fn closed(error: Unavailable) -> VaultError {
    VaultError::Unavailable(Box::new(error))
}

impl Clock for Deck {
    fn now(&self) -> Timestamp {
        self.time()
    }

    async fn wait(&self, duration: SignedDuration) {
        self.sleep(duration).await;
    }
}

impl Entropy for Deck {
    fn random(&self) -> Result<[u8; 32], Unavailable> {
        self.memory.random()
    }
}

impl Table for Deck {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.begins("tables").await.map_err(lost)?;
        if self.errs(Planted::StaleTable, 2)
            && let Some(row) = self.before.borrow().get(key)
        {
            return Ok(Some(row.clone()));
        }
        self.memory.get(key).await
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        self.begins("tables").await.map_err(lost)?;
        if self.errs(Planted::ForgetfulTable, 10) {
            return Ok(());
        }
        let mut writes = self.blinded(writes);
        let before: Vec<_> = {
            let rows = self.memory.rows.borrow();
            writes.iter().filter_map(|write| rows.get(write.key()).cloned()).collect()
        };
        let mut done = self.memory.write(&writes).await;
        while self.planted == Some(Planted::BlindTable) && matches!(done, Err(WriteError::Conflict)) {
            let again = self.blinded(&writes);
            if again == writes {
                break;
            }
            (done, writes) = (self.memory.write(&again).await, again);
        }
        for write in &writes {
            self.note(if done.is_ok() { "write" } else { "conflict" }, &write.key().partition);
            if let Write::Put(row, _) = write {
                self.trace.mix(&row.revision.to_le_bytes());
                self.trace.mix(row.key.sort.as_bytes());
            }
        }
        done?;
        if self.planted == Some(Planted::StaleTable) {
            self.before.borrow_mut().extend(before.into_iter().map(|row| (row.key.clone(), row)));
        }
        self.watch.wrote(&writes, self.hand.get(), self.time());
        Ok(self.ends("tables").await.map_err(lost)?)
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.begins("tables").await.map_err(lost)?;
        let row = self.memory.take(key).await?;
        self.note("take", &key.partition);
        self.ends("tables").await.map_err(lost)?;
        Ok(row)
    }

    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        self.begins("tables").await.map_err(lost)?;
        self.memory.list(table, partition, span).await
    }

    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.begins("tables").await.map_err(lost)?;
        self.memory.due(table, shard, until, limit).await
    }
}

impl Vault for Deck {
    async fn seal(&self, context: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        self.begins("vault").await.map_err(closed)?;
        let sealed = self.memory.seal(context, secret).await?;
        self.note("seal", &sealed.0);
        self.ends("vault").await.map_err(closed)?;
        Ok(sealed)
    }

    async fn open(&self, context: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        self.begins("vault").await.map_err(closed)?;
        self.memory.open(context, sealed).await
    }
}

impl Queue for Deck {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        let begun = self.begins("queue").await;
        // After a failure some may have been sent.
        let sent = if begun.is_ok() { messages.len() } else { self.dice.place(messages.len() + 1) };
        for message in &messages[..sent] {
            if self.errs(Planted::LossyQueue, 2) {
                continue;
            }
            let mut message = message.clone();
            message.delay = self.delayed(message.delay);
            self.memory.send(queue, std::slice::from_ref(&message)).await?;
            if let Some(sent) = self.memory.messages.borrow_mut().back_mut() {
                // The way through the queue takes time, or a message that sends itself on would stop the clock.
                let none = self.dice.happens(5_000);
                sent.visible_at += if none { SignedDuration::ZERO } else { self.dice.span_ms(WAY) };
            }
            self.note("send", &message.body);
        }
        begun?;
        self.ends("queue").await
    }
}

impl Deck {
    /// A message's delay, with what the queue adds to it (F38).
    fn delayed(&self, delay: SignedDuration) -> SignedDuration {
        let Some((often, end)) = self.late.get().filter(|_| !self.spared.get()) else { return delay };
        if !self.dice.happens(often) {
            return delay;
        }
        self.watch.befell("F38 a message comes late");
        let most = sellerport_core::ports::MAX_DELAY.min(end.duration_since(self.time())).max(delay);
        self.dice.span(delay, most)
    }
}

impl Lake for Deck {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        self.begins("lake").await?;
        if self.errs(Planted::LossyLake, 20) {
            return Ok(());
        }
        self.memory.put(key, body.clone()).await?;
        self.watch.landed(key, &body, self.time());
        self.note("put", key);
        self.trace.mix(&body);
        self.ends("lake").await
    }
}

impl Bus for Deck {
    async fn publish(&self, event: Event) -> Result<(), Unavailable> {
        self.begins("bus").await?;
        self.note("publish", event.name);
        self.watch.published.set(self.watch.published.get() + 1);
        self.ends("bus").await
    }
}

impl Credentials for Deck {
    async fn current(&self, application: &ApplicationSlug) -> Result<ApplicationCredentials, Unavailable> {
        self.begins("secrets").await?;
        self.memory.current(application).await
    }

    fn refused(&self, application: &ApplicationSlug) {
        self.memory.refused(application);
    }
}

/// Figures change nothing.
impl Meter for Deck {
    fn measure(&self, _: Measure) {}
}
