//! An installation without HTTP: memory, a quick Amazon and the real code, for thousands of runs.

use crate::house::{ORIGIN, add_application, identity};
use crate::memory::{Memory, Message, credentials};
use crate::queues::{RUN, again, visible};
use crate::quick::Quick;
use crate::stops::{Plan, Ran, Stoppable};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::announce;
use sellerport_core::application::{Application, Flow, Site};
use sellerport_core::authorize::{Departure, Wish, begin, new_connection};
use sellerport_core::callback::{Address, Answer, Browser, Completed, complete};
use sellerport_core::connection::{Connection, Status};
use sellerport_core::domains;
use sellerport_core::fetch::fetch;
use sellerport_core::ids::{ConnectionId, SellerId, TenantId};
use sellerport_core::imports;
use sellerport_core::marketplaces::{Kind, Region, by_country};
use sellerport_core::message::Refusal;
use sellerport_core::notify;
use sellerport_core::operate::grantless;
use sellerport_core::ports::{Clock as _, QueueName, Vault as _};
use sellerport_core::refresh::{refresh, send_due};
use sellerport_core::rotate::receive;
use sellerport_core::schedule::dispatch;
use sellerport_core::secret::{AuthorizationCode, Ticket};
use sellerport_core::session::{self, Role, Session};
use sellerport_core::store::{Key, Stored, decode};
use sellerport_core::stream::{ACCOUNT, Stream};
use sellerport_core::task::Outcome;
use sellerport_core::token::Access;
use sellerport_simulator::SimClock;
use std::cell::Cell;

/// The first secret of the application.
pub const FIRST_SECRET: &str = "amzn1.oa2-cs.v1.the-first-secret";

/// An installation.
#[derive(Debug)]
pub struct Hut {
    /// Its ports.
    pub cloud: Memory,
    /// Amazon.
    pub amazon: Quick,
    /// Where it is.
    pub site: Site,
    /// The operator's application.
    pub application: Application,
    /// Whether what messages start may be stopped.
    pub watched: Cell<bool>,
    /// Whether streams are dispatched and fetched.
    pub fetching: Cell<bool>,
    /// The clock.
    pub clock: SimClock,
    session: Session,
}

impl Hut {
    /// An empty installation with somebody signed in.
    pub async fn build() -> Self {
        let clock = SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap());
        let cloud = Memory::new(clock.clone());
        let site = Site {
            origin: ORIGIN.to_owned(),
            simulator: None,
            home: TenantId::parse("main").unwrap(),
            return_origins: Vec::new(),
        };
        let pair = credentials("amzn1.application-oa2-client.one", FIRST_SECRET);
        let application = add_application(&cloud, "main", "amzn1.sellerapps.app.one", &pair).await;
        let link = session::invite(&cloud, identity("owner", "main", Role::Operator)).await.unwrap();
        let (_, session) = session::sign_in(&cloud, &link).await.unwrap().unwrap();
        let (amazon, watched, fetching) = (Quick::new(clock.clone()), Cell::new(false), Cell::new(false));
        Self { cloud, amazon, site, application, watched, fetching, clock, session }
    }

    /// The same, stopped as planned.
    pub async fn planned(plan: Plan) -> Self {
        let hut = Self::build().await;
        hut.cloud.stops.follow(plan);
        hut
    }

    /// Amazon as the code reaches it.
    pub fn amazon(&self) -> Stoppable<'_, Quick> {
        Stoppable { amazon: &self.amazon, stops: &self.cloud.stops }
    }

    /// Begins a consent: for a connection, or for a new one.
    pub async fn depart(&self, connection: Option<ConnectionId>) -> Result<Departure, Refusal> {
        let wish = Wish {
            connection: connection.unwrap_or(new_connection(&self.cloud)?),
            store: by_country("US").unwrap(),
            kind: Kind::Seller,
            flow: Flow::Website,
        };
        Ok(begin(&self.cloud, &self.site, &self.application, &(&self.session).into(), &wish).await?)
    }

    /// Comes back from Amazon as this seller.
    pub async fn arrive(&self, departure: &Departure, seller: &str) -> Result<Completed, Refusal> {
        let application = self.application.slug.clone();
        let address = Address { application, flow: Flow::Website, region: Region::Na };
        let answer = Answer::Approved {
            state: Ticket::parse(departure.state.expose()).unwrap(),
            code: AuthorizationCode::new("code".into()),
            seller: SellerId::parse(seller).unwrap(),
        };
        let browser = Browser {
            nonce: Ticket::parse(departure.nonce.expose()),
            session: Some(self.session.clone()),
            guest: None,
            received_at: self.cloud.now(),
        };
        complete(&self.cloud, &self.amazon(), &address, answer, &browser).await
    }

    /// Connects a seller.
    pub async fn connect(&self, seller: &str) -> Connection {
        let departure = self.depart(None).await.unwrap();
        self.arrive(&departure, seller).await.unwrap().result.unwrap();
        self.of(seller).pop().unwrap()
    }

    /// All connections.
    pub fn connections(&self) -> Vec<Connection> {
        let rows = self.cloud.connections().into_iter().filter(|row| row.key.sort.starts_with("C#"));
        rows.map(|row| decode::<Connection>(row).unwrap().value).collect()
    }

    /// The connections of a seller, those that live last.
    pub fn of(&self, seller: &str) -> Vec<Connection> {
        let mut all = self.connections();
        all.retain(|connection| connection.seller.as_str() == seller);
        all.sort_by_key(|connection| connection.status == Status::Active);
        all
    }

    /// A row, if it is there.
    pub fn row<T: Stored>(&self, key: &Key) -> Option<T> {
        self.cloud.rows.borrow().get(key).cloned().map(|row| decode(row).unwrap().value)
    }

    /// The orders stream of a connection.
    pub fn stream(&self, of: &Connection) -> Stream {
        self.row(&Stream::key_of(&of.tenant, &of.id, "orders", ACCOUNT)).unwrap()
    }

    /// The access token of a connection.
    pub fn access(&self, of: &Connection) -> Option<Access> {
        self.row(&Access::key_of(&of.tenant, &of.id))
    }

    /// The refresh token of a connection, opened.
    pub async fn grant(&self, of: &Connection) -> Option<String> {
        let sealed = of.sealed_refresh.as_ref()?;
        Some(self.cloud.open(&of.refresh_context(), sealed).await.unwrap().secret)
    }

    /// Moves the clock.
    pub fn advance(&self, duration: SignedDuration) {
        self.clock.advance(duration.unsigned_abs());
    }

    /// Lets time pass: the agenda every minute, the schedule of renewals every five, messages when they appear.
    pub async fn pass(&self, duration: SignedDuration) {
        let end = self.cloud.now() + duration;
        let (mut minute, mut five): (Option<Timestamp>, Option<Timestamp>) = (None, None);
        while self.cloud.now() < end {
            let now = self.cloud.now();
            if minute.is_none_or(|at| now >= at) {
                minute = Some(now + SignedDuration::from_mins(1));
                if self.fetching.get() {
                    drop(dispatch(&self.cloud, now + RUN).await);
                }
                drop(announce::catch_up(&self.cloud).await);
                drop(imports::take_up(&self.cloud).await);
            }
            if five.is_none_or(|at| now >= at) {
                five = Some(now + SignedDuration::from_mins(5));
                drop(send_due(&self.cloud, now, now + RUN).await);
            }
            self.deliver().await;
            let soon = self.cloud.now() + SignedDuration::from_secs(1);
            let next = minute.map_or(end, |at| at.min(end));
            let messages = self.cloud.messages.borrow();
            let next = messages.iter().map(|message| message.visible_at).fold(next, Timestamp::min).max(soon);
            self.advance(next.duration_since(self.cloud.now()));
        }
    }

    /// Delivers every message that is visible now, once.
    pub async fn deliver(&self) {
        for message in visible(&self.cloud) {
            let done = match self.watched.get() {
                true => self.cloud.stops.run(self.work(&message)).await,
                false => Some(self.work(&message).await),
            };
            if !matches!(done, Some(Ok(_))) {
                again(&self.cloud, message);
            }
        }
    }

    async fn work(&self, message: &Message) -> Result<Outcome, ()> {
        let deadline = self.cloud.now() + RUN;
        let (amazon, id, body) = (self.amazon(), &message.id, &message.body);
        match message.queue {
            QueueName::Refresh => match grantless::Task::parse(body) {
                Some(task) => grantless::obtain(&self.cloud, &amazon, &task).await.map_err(drop),
                None => refresh(&self.cloud, &amazon, id, body, deadline).await.map_err(drop),
            },
            QueueName::Import => imports::work(&self.cloud, &amazon, id, body, deadline).await.map_err(drop),
            QueueName::Secret => receive(&self.cloud, &amazon, &self.site.home, id, body).await.map_err(drop),
            QueueName::Notifications => notify::receive(&self.cloud, id, body).await.map_err(drop),
            QueueName::Fetch(name) if self.fetching.get() => {
                let domain = domains::by_name(name).unwrap();
                fetch(&self.cloud, &amazon, domain, id, body, deadline).await.map_err(drop)
            }
            QueueName::Fetch(_) => Ok(Outcome::Dropped("nothing is fetched here")),
        }
    }

    /// What a planned run came to.
    pub fn ran(&self, verdict: Result<(), String>) -> Ran {
        Ran { passed: self.cloud.stops.passed(), hit: self.cloud.stops.hit(), verdict }
    }
}
