//! Every port, in memory. It behaves: conditions are checked, ciphertexts open only under their context,
//! messages appear when their delay is over, a taken row is gone.

use crate::rows;
use crate::stops::Stops;
use jiff::{SignedDuration, Timestamp};
use sellerport_aws::{IdentityProvider, delay_seconds};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::measure::Measure;
use sellerport_core::oidc::{Claims, IssuerError, Redemption, Settings};
use sellerport_core::ports::{
    Bus, Clock, CredentialStore, Credentials, DeadLetter, DeadLetters, Depth, Entropy, Event, Issuer, Lake,
    LakeObject, LakeReader, Meter, Outgoing, Queue, QueueName, Shredder, Table, Unavailable, Vault,
};
use sellerport_core::rotate::digest_of;
use sellerport_core::secret::{BearerToken, ClientSecret};
use sellerport_core::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};
use sellerport_core::token::{Opened, Sealed, SealingContext, VaultError};
use sellerport_simulator::SimClock;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

/// A message waiting in a queue.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its queue.
    pub queue: QueueName,
    /// Its text.
    pub body: String,
    /// Not before this moment.
    pub visible_at: Timestamp,
    /// How often it was handed out.
    pub receives: u32,
}

/// Figures that are kept: those of a long run would fill the memory.
const MEASURES_KEPT: usize = 10_000;

/// All ports.
#[derive(Debug)]
pub struct Memory {
    clock: SimClock,
    random: Cell<u64>,
    /// The rows of all tables.
    pub rows: RefCell<BTreeMap<Key, Row>>,
    sealed: RefCell<HashMap<String, (SealingContext, String, u32)>>,
    /// All waiting messages.
    pub messages: RefCell<VecDeque<Message>>,
    sent: Cell<u64>,
    /// Messages given up.
    pub dead: RefCell<Vec<Message>>,
    /// The lake's objects.
    pub objects: RefCell<BTreeMap<String, Vec<u8>>>,
    /// The latest figures, the newest last.
    pub measures: RefCell<VecDeque<Measure>>,
    /// When each was written.
    written: RefCell<BTreeMap<String, Timestamp>>,
    /// What was under their keys before, the newest last: the bucket keeps versions.
    older: RefCell<BTreeMap<String, Vec<Vec<u8>>>>,
    /// What was published.
    pub events: RefCell<Vec<Event>>,
    /// The applications' credentials in force, and before each those that were.
    pub credentials: RefCell<HashMap<ApplicationSlug, Vec<ApplicationCredentials>>>,
    kept: RefCell<HashMap<ApplicationSlug, ApplicationCredentials>>,
    /// The key that seals now; ciphertexts of the others still open.
    pub key: Cell<u32>,
    /// The identity provider, over real HTTP; none: sign-in by link only.
    pub issuer: Option<IdentityProvider>,
    /// Services that do not answer at present.
    pub down: RefCell<HashSet<&'static str>>,
    /// What the `due` index still shows, where it lags behind the rows.
    pub lagging: RefCell<Option<BTreeMap<Key, Row>>>,
    /// Where a run is stopped.
    pub stops: Stops,
}

impl Memory {
    /// Empty, at the simulator's time.
    pub fn new(clock: SimClock) -> Self {
        Self {
            clock,
            random: Cell::new(1),
            rows: RefCell::default(),
            sealed: RefCell::default(),
            messages: RefCell::default(),
            sent: Cell::new(0),
            dead: RefCell::default(),
            objects: RefCell::default(),
            measures: RefCell::default(),
            written: RefCell::default(),
            older: RefCell::default(),
            events: RefCell::default(),
            credentials: RefCell::default(),
            kept: RefCell::default(),
            key: Cell::new(1),
            issuer: None,
            down: RefCell::default(),
            lagging: RefCell::default(),
            stops: Stops::default(),
        }
    }

    /// Each effect begins here, and each that changes something ends at [`Self::ends`]. To be stopped between
    /// a read and its answer is to be stopped before the read.
    async fn begins(&self, what: &'static str) -> Result<(), Unavailable> {
        self.stops.point(what).await?;
        match self.down.borrow().contains(what) {
            true => Err(Unavailable { what, cause: "it is switched off".into() }),
            false => Ok(()),
        }
    }

    /// It is carried out; its answer may still be lost.
    async fn ends(&self, what: &'static str) -> Result<(), Unavailable> {
        self.stops.point(what).await
    }

    /// The rows of one table.
    pub fn table(&self, table: TableName) -> Vec<Row> {
        rows::of(&self.rows.borrow(), table).cloned().collect()
    }

    /// The rows of connections and of claims on sellers, without those of applications.
    pub fn connections(&self) -> Vec<Row> {
        self.table(TableName::Connections).into_iter().filter(|row| !row.key.sort.starts_with("A#")).collect()
    }

    /// Names of the events published so far.
    pub fn event_names(&self) -> Vec<&'static str> {
        self.events.borrow().iter().map(|event| event.name).collect()
    }

    /// Everything that was ever sealed, with what it is bound to.
    pub fn ciphertexts(&self) -> Vec<(SealingContext, Sealed)> {
        self.sealed.borrow().iter().map(|(id, (context, ..))| (context.clone(), Sealed(id.clone()))).collect()
    }
}

fn lost(error: Unavailable) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

fn closed(error: Unavailable) -> VaultError {
    VaultError::Unavailable(Box::new(error))
}

impl Clock for Memory {
    fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap()
    }

    async fn wait(&self, duration: SignedDuration) {
        self.clock.advance(duration.unsigned_abs());
    }
}

impl Entropy for Memory {
    fn random(&self) -> Result<[u8; 32], Unavailable> {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            // splitmix64: different each time, the same in each run.
            let state = self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.random.set(state);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_be_bytes());
        }
        Ok(bytes)
    }
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

impl Vault for Memory {
    async fn seal(&self, context: &SealingContext, secret: &str) -> Result<Sealed, VaultError> {
        self.begins("vault").await.map_err(closed)?;
        assert!((1..=4096).contains(&secret.len()), "KMS refuses a longer secret, and an empty one");
        let id = format!("sealed-{:x?}", &self.random().unwrap()[..16]);
        self.sealed.borrow_mut().insert(id.clone(), (context.clone(), secret.to_owned(), self.key.get()));
        self.ends("vault").await.map_err(closed)?;
        Ok(Sealed(id))
    }

    async fn open(&self, context: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError> {
        self.begins("vault").await.map_err(closed)?;
        match self.sealed.borrow().get(&sealed.0) {
            Some((bound, secret, key)) if bound == context => {
                Ok(Opened { secret: secret.clone(), outdated: *key != self.key.get() })
            }
            _ => Err(VaultError::Foreign),
        }
    }
}

impl Queue for Memory {
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable> {
        self.begins("queue").await?;
        for message in messages {
            assert!(message.delay <= sellerport_core::ports::MAX_DELAY, "SQS refuses a longer delay");
            self.sent.set(self.sent.get() + 1);
            self.messages.borrow_mut().push_back(Message {
                id: format!("message-{}", self.sent.get()),
                queue,
                body: message.body.clone(),
                // SQS counts whole seconds.
                visible_at: self.now() + SignedDuration::from_secs(i64::from(delay_seconds(message.delay))),
                receives: 0,
            });
        }
        self.ends("queue").await
    }
}

/// A dead letter that was received is hidden this long (`HIDDEN_SECONDS` in the adapter).
const HIDDEN: SignedDuration = SignedDuration::from_secs(30);
/// Messages in one reception (SQS maximum).
const RECEPTION: usize = 10;

impl DeadLetters for Memory {
    async fn depth(&self, queue: QueueName) -> Result<Depth, Unavailable> {
        self.begins("queue").await?;
        let now = self.now();
        let mut depth = Depth::default();
        for message in self.messages.borrow().iter().filter(|message| message.queue == queue) {
            match (message.visible_at <= now, message.receives) {
                (true, _) => depth.waiting += 1,
                (false, 0) => depth.delayed += 1,
                (false, _) => depth.in_flight += 1,
            }
        }
        let dead = self.dead.borrow().iter().filter(|letter| letter.queue == queue).count();
        depth.dead = (queue != QueueName::Secret).then_some(dead as u64);
        Ok(depth)
    }

    async fn receive(&self, queue: QueueName) -> Result<Vec<DeadLetter>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("dead letters").await?;
        let now = self.now();
        let mut received = Vec::new();
        for letter in self.dead.borrow_mut().iter_mut() {
            let ready = letter.queue == queue && letter.visible_at <= now && queue != QueueName::Secret;
            if ready && received.len() < RECEPTION {
                letter.visible_at = now + HIDDEN;
                letter.receives += 1;
                // Each reception has a receipt of its own, and the ones before are void.
                let receipt = format!("{} {}", letter.id, letter.receives);
                received.push(DeadLetter { body: letter.body.clone(), receipt });
            }
        }
        self.ends("dead letters").await?;
        Ok(received)
    }

    async fn delete(&self, queue: QueueName, letter: &DeadLetter) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("dead letters").await?;
        self.dead
            .borrow_mut()
            .retain(|dead| dead.queue != queue || format!("{} {}", dead.id, dead.receives) != letter.receipt);
        self.ends("dead letters").await
    }
}

impl Lake for Memory {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let before = self.objects.borrow_mut().insert(key.to_owned(), body);
        self.written.borrow_mut().insert(key.to_owned(), self.now());
        if let Some(before) = before {
            self.older.borrow_mut().entry(key.to_owned()).or_default().push(before);
        }
        self.ends("lake").await
    }
}

/// Objects in one list (S3 gives 1,000; fewer here, so that every test that lists turns a page).
const LISTED: usize = 3;

impl LakeReader for Memory {
    async fn objects(&self, prefix: &str, after: Option<&str>) -> Result<Vec<LakeObject>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let (objects, written) = (self.objects.borrow(), self.written.borrow());
        let found = objects.iter().filter(|(key, _)| key.starts_with(prefix));
        let behind = found.filter(|(key, _)| after.is_none_or(|after| key.as_str() > after)).take(LISTED);
        let object = |(key, body): (&String, &Vec<u8>)| LakeObject {
            key: key.clone(),
            bytes: body.len() as u64,
            // S3 tells whole seconds.
            at: Timestamp::from_second(written[key].as_second()).unwrap(),
        };
        Ok(behind.map(object).collect())
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let objects = self.objects.borrow();
        let rest = objects.get(key).and_then(|body| body.get(usize::try_from(from).unwrap()..));
        Ok(rest.map(|rest| rest[..rest.len().min(limit)].to_vec()).unwrap_or_default())
    }
}

impl Bus for Memory {
    async fn publish(&self, event: Event) -> Result<(), Unavailable> {
        self.begins("bus").await?;
        self.events.borrow_mut().push(event);
        self.ends("bus").await
    }
}

impl Meter for Memory {
    fn measure(&self, measure: Measure) {
        let mut measures = self.measures.borrow_mut();
        measures.push_back(measure);
        if measures.len() > MEASURES_KEPT {
            measures.pop_front();
        }
    }
}

impl Shredder for Memory {
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let objects = self.objects.borrow();
        let below = objects.keys().filter_map(|key| key.strip_prefix(prefix)?.split_once('/'));
        let names: BTreeSet<_> = below.map(|(name, _)| format!("{prefix}{name}/")).collect();
        Ok(names.into_iter().collect())
    }

    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let mut removed = 0;
        {
            let (mut objects, mut older) = (self.objects.borrow_mut(), self.older.borrow_mut());
            // The newest version of a key goes first, and the one before shows again.
            objects.retain(|key, body| {
                while key.starts_with(prefix) && removed < limit {
                    removed += 1;
                    match older.get_mut(key).and_then(Vec::pop) {
                        Some(before) => *body = before,
                        None => return false,
                    }
                }
                true
            });
        }
        self.ends("lake").await?;
        Ok(removed)
    }
}

impl Credentials for Memory {
    async fn current(&self, application: &ApplicationSlug) -> Result<ApplicationCredentials, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("secrets").await?;
        if let Some(kept) = self.kept.borrow().get(application).cloned() {
            return Ok(kept);
        }
        let read = self.credentials.borrow().get(application).and_then(|all| all.last()).cloned();
        let read = read.ok_or(Unavailable { what: "secrets", cause: "no such secret".into() })?;
        self.kept.borrow_mut().insert(application.clone(), read.clone());
        Ok(read)
    }

    fn refused(&self, application: &ApplicationSlug) {
        self.kept.borrow_mut().remove(application);
    }
}

impl CredentialStore for Memory {
    async fn replace(
        &self,
        application: &ApplicationSlug,
        credentials: &ApplicationCredentials,
    ) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("secrets").await?;
        {
            let mut all = self.credentials.borrow_mut();
            let versions = all.entry(application.clone()).or_default();
            if versions.last().map(digest_of) != Some(digest_of(credentials)) {
                versions.push(credentials.clone());
            }
        }
        self.ends("secrets").await
    }
}

/// The real adapter at a real server: what is in memory here is the clock.
impl Issuer for Memory {
    fn settings(&self) -> Option<&Settings> {
        self.issuer.as_ref().map(IdentityProvider::settings)
    }

    async fn authorization_endpoint(&self) -> Result<String, IssuerError> {
        self.issuer.as_ref().unwrap().authorization_endpoint(self.now()).await
    }

    async fn redeem(&self, redemption: &Redemption) -> Result<Claims, IssuerError> {
        self.issuer.as_ref().unwrap().redeem(redemption, self.now()).await
    }

    async fn verify(&self, token: &BearerToken) -> Result<Claims, IssuerError> {
        self.issuer.as_ref().unwrap().verify(token, self.now()).await
    }
}

/// Credentials from their two parts.
pub fn credentials(client_id: &str, client_secret: &str) -> ApplicationCredentials {
    ApplicationCredentials {
        client_id: client_id.to_owned(),
        client_secret: ClientSecret::new(client_secret.to_owned()),
    }
}
