//! The simulated world: one handle that the servers and the tests share.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::applications::SECRET_LIFE;
use crate::asked::{Asked, MOST_KEPT};
use crate::book::Book;
use crate::bucket::Bucket;
use crate::chance;
use crate::clock::{SimClock, after};
use crate::examples::{self, ExampleOrder};
use crate::failure::Failure;
use crate::faults::Dial;
use crate::marketplaces::Region;
use crate::models::OfficialModels;
use crate::oidc::DevelopmentIssuer;
use crate::options::{Options, Revocation};
use crate::sellers::{self, Seller};
use crate::state::StateFile;

/// Where documents are while nothing is served: only [`World::download`] finds them there.
const NO_WIRE: &str = "http://127.0.0.1:1";

/// A handle on one simulated world. Clones are the same world.
#[derive(Clone, Debug)]
pub struct World(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    inside: Mutex<Inside>,
    clock: SimClock,
    models: Option<OfficialModels>,
}

/// Whose calls a bucket counts: (client id, account, region, in the sandbox, operation).
pub(crate) type BucketName = (String, String, Region, bool, &'static str);

/// What changes. Whoever holds it holds the whole world still.
#[derive(Debug)]
pub(crate) struct Inside {
    pub(crate) book: Book,
    pub(crate) sellers: Vec<Seller>,
    pub(crate) examples: Vec<ExampleOrder>,
    pub(crate) buckets: HashMap<BucketName, Bucket>,
    pub(crate) dial: Dial,
    pub(crate) seed: u64,
    pub(crate) revocation: Revocation,
    pub(crate) asked: VecDeque<Asked>,
    asked_so_far: u64,
    pub(crate) calls: BTreeMap<String, u64>,
    pub(crate) violations: Vec<String>,
    pub(crate) oidc: DevelopmentIssuer,
    /// Where this world's documents are: `http://127.0.0.1:<port>`.
    pub(crate) address: String,
    /// The next moment at which an account is settled with.
    pub(crate) next_settlement: Timestamp,
    /// What was told of accounts: (account, type of notification, payload, time).
    pub(crate) told: VecDeque<(String, String, serde_json::Value, Timestamp)>,
    state: StateFile,
}

impl World {
    /// A world with the catalogue's sellers and whatever the options add.
    ///
    /// # Errors
    /// When a file named in the options cannot be read.
    pub fn new(options: &Options) -> Result<Self, Failure> {
        let state = StateFile::at(options.state.clone());
        let now = options.clock.now();
        let mut book = state.read_or_open(now)?;
        book.key = options.key.unwrap_or(book.key);
        for setup in &options.applications {
            book.add_application(setup, now);
        }
        for application in &mut book.applications {
            // A state from before secrets had an end.
            application.secret_until.get_or_insert(after(now, SECRET_LIFE));
        }
        if let Some(application) = book.applications.first_mut() {
            application.stage = options.stage;
            application.consent_limit = options.consent_limit;
            for uri in &options.redirect_uris {
                application.register(uri);
            }
            if options.login_uri.is_some() {
                application.login_uri.clone_from(&options.login_uri);
            }
        }
        let mut sellers = sellers::catalogue(options.orders_per_day);
        let examples = options.examples.as_deref().map(examples::load).transpose()?.unwrap_or_default();
        if !examples.is_empty() {
            sellers.push(examples::seller(&examples));
        }
        sellers.extend(book.added.iter().cloned());
        let models = options.models.as_deref().map(OfficialModels::load).transpose()?;
        let inside = Inside {
            book,
            sellers,
            examples,
            buckets: HashMap::new(),
            dial: Dial::default(),
            seed: options.seed,
            revocation: options.revocation,
            asked: VecDeque::new(),
            asked_so_far: 0,
            calls: BTreeMap::new(),
            violations: Vec::new(),
            oidc: DevelopmentIssuer::new(),
            address: NO_WIRE.to_owned(),
            next_settlement: Timestamp::MIN,
            told: VecDeque::new(),
            state,
        };
        inside.state.write(&inside.book)?;
        Ok(Self(Arc::new(Shared { inside: Mutex::new(inside), clock: options.clock.clone(), models })))
    }

    /// Holds the world still.
    pub(crate) fn hold(&self) -> MutexGuard<'_, Inside> {
        self.0.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The official models, when the simulator was given them.
    pub(crate) fn models(&self) -> Option<&OfficialModels> {
        self.0.models.as_ref()
    }

    /// Says where the world is served, for the addresses of documents.
    pub(crate) fn served_at(&self, address: String) {
        self.hold().address = address;
    }

    /// The world's clock.
    pub fn clock(&self) -> &SimClock {
        &self.0.clock
    }
}

impl Inside {
    pub(crate) fn seller(&self, id: &str) -> Option<&Seller> {
        self.sellers.iter().find(|seller| seller.id == id)
    }

    /// Keeps the book. A failure is said on standard error; the world goes on in memory.
    pub(crate) fn save(&self) {
        if let Err(failure) = self.state.write(&self.book) {
            eprintln!("simulator: {failure}; it goes on without keeping this change");
        }
    }

    /// A new request identifier.
    pub(crate) fn request_id(&mut self) -> String {
        self.asked_so_far += 1;
        chance::uuid(self.book.key ^ self.asked_so_far)
    }

    /// Writes a request down.
    pub(crate) fn note(&mut self, asked: Asked) {
        *self.calls.entry(asked.operation.clone()).or_default() += 1;
        if self.asked.len() == MOST_KEPT {
            self.asked.pop_front();
        }
        self.asked.push_back(asked);
    }

    /// Writes down in what a request or an answer broke the models.
    pub(crate) fn note_violations(&mut self, found: impl IntoIterator<Item = String>) {
        self.violations.extend(found);
    }

    /// The last requests, newest first.
    pub(crate) fn last_asked(&self, count: usize) -> impl Iterator<Item = &Asked> {
        self.asked.iter().rev().take(count)
    }
}
