//! Every port, in memory. It behaves: conditions are checked, ciphertexts open only under their context,
//! messages appear when their delay is over, a taken row is gone.

mod lake;
mod letters;
mod secrets;
mod tables;

pub use letters::Message;
pub use secrets::credentials;

use crate::rows;
use crate::stops::Stops;
use jiff::{SignedDuration, Timestamp};
use sellerport_aws::IdentityProvider;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::measure::Measure;
use sellerport_core::ports::{Bus, Clock, Entropy, Event, Meter, Unavailable};
use sellerport_core::store::{Key, Row, TableName};
use sellerport_core::token::{Sealed, SealingContext};
use sellerport_simulator::SimClock;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

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
