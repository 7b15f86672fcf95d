//! An installation in one process: memory, simulator, application.

use crate::browser::Browser;
use crate::memory::{Memory, credentials};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::application::{Application, Loopback, Site, Stage};
use sellerport_core::connection::{Connection, Status};
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::{ApplicationSlug, TenantId, UserId};
use sellerport_core::lwa::ApplicationCredentials;
use sellerport_core::marketplaces::Realm;
use sellerport_core::ports::{Clock as _, CredentialStore as _, Table as _};
use sellerport_core::refresh::{ask, refresh};
use sellerport_core::rotate::{SECRET_LIFE, digest_of};
use sellerport_core::session::{self, Identity, Role};
use sellerport_core::store::{Held, TableName, Write, decode, load};
use sellerport_core::stream::Stream;
use sellerport_core::task::Outcome;
use sellerport_core::token::Access;
use sellerport_simulator::{APPLICATION_ID, CLIENT_ID, Options, Running, SimClock, Simulator, World};
use sellerport_spapi::Amazon;
use sellerport_web::routes::{Function, ROUTES, Route};
use sellerport_web::{applications, console, oauth, operations};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the function that calls operations has between its start and its deadline.
pub const CALL_TIME: SignedDuration = SignedDuration::from_secs(26);

/// Our public origin in tests.
pub const ORIGIN: &str = "https://sellerport.example";

/// An American seller of the simulator with 1,240 orders of the past.
pub const NORTHWIND: &str = "A2NORTHWIND01US";
/// A German seller of the simulator with 430 orders of the past.
pub const RHEINHAUS: &str = "A3RHEINHAUS03DE";

/// An installation.
#[derive(Debug)]
pub struct House {
    /// Its ports.
    pub cloud: Memory,
    /// Amazon.
    pub simulator: Running,
    /// Where it is.
    pub site: Site,
    /// The operator's application.
    pub application: Application,
    /// Whether notifications are subscribed to and delivered as time passes. Without them everything is polled.
    pub listening: Cell<bool>,
    /// Whether what fetch messages start is stopped as planned.
    pub watched: Cell<bool>,
}

impl House {
    /// An empty installation on a fixed day.
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// The same with changed options of the simulator.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap());
        let mut options = Options { clock: clock.clone(), ..Options::default() };
        for region in ["na", "eu", "fe"] {
            for flow in ["website", "appstore"] {
                options.redirect_uris.push(format!("{ORIGIN}/oauth/main/{flow}/{region}/callback"));
            }
        }
        change(&mut options);
        let simulator = Simulator::start(options).await.unwrap();
        let secret = simulator.world().client_secret(CLIENT_ID).unwrap();
        let site = Site {
            origin: ORIGIN.to_owned(),
            simulator: Some(Loopback::parse(&simulator.base_url()).unwrap()),
            home: TenantId::parse("main").unwrap(),
            return_origins: vec!["https://host.example".to_owned()],
        };
        let cloud = Memory::new(clock);
        let application =
            add_application(&cloud, "main", APPLICATION_ID, &credentials(CLIENT_ID, &secret)).await;
        Self { cloud, simulator, site, application, listening: Cell::new(false), watched: Cell::new(false) }
    }

    /// Amazon as our code reaches it.
    pub fn amazon(&self) -> Amazon<'_, Memory> {
        Amazon::new(&self.cloud, self.site.simulator.clone()).unwrap()
    }

    /// Answers a request by the function that the gateway would choose.
    pub async fn answer(&self, request: &Request) -> Response {
        let fits = |route: &&Route| route.fits(&request.path) && route.method == request.method;
        let same_path = |route: &&Route| route.fits(&request.path);
        let route = ROUTES.iter().find(fits).or_else(|| ROUTES.iter().find(same_path));
        // What no row names goes to the console, as the gateway's last route has it.
        match route.map_or(Function::Console, |route| route.function) {
            Function::Console => console::handle(&self.cloud, &self.site, request).await,
            Function::Oauth => oauth::handle(&self.cloud, &self.amazon(), &self.site, request).await,
            Function::Rotate => applications::handle(&self.cloud, &self.amazon(), &self.site, request).await,
            Function::Call => {
                let deadline = request.received_at + CALL_TIME;
                operations::handle(&self.cloud, &self.amazon(), &self.site, request, deadline).await
            }
        }
    }

    /// Amazon as the tests steer it.
    pub fn world(&self) -> World {
        self.simulator.world()
    }

    /// Moves the one clock.
    pub fn advance(&self, duration: SignedDuration) {
        self.world().advance(duration.unsigned_abs());
    }

    /// A browser with a session of this user.
    pub async fn signed_in(&self, user: &str, tenant: &str) -> Browser<'_> {
        self.signed_in_as(user, tenant, Role::Operator).await
    }

    /// The address of a sign-in link.
    pub async fn link(&self, user: &str, tenant: &str, role: Role) -> String {
        let ticket = session::invite(&self.cloud, identity(user, tenant, role)).await.unwrap();
        format!("/sign-in?ticket={}", ticket.expose())
    }

    /// A browser with a session of this user in this role.
    pub async fn signed_in_as(&self, user: &str, tenant: &str, role: Role) -> Browser<'_> {
        let mut browser = Browser::new(self);
        let response = browser.press(&self.link(user, tenant, role).await, &[]).await;
        assert_eq!(response.status, 303, "{}", response.body);
        browser
    }

    /// Connects a seller as the owner of `main`; the connection as stored.
    pub async fn connected(&self, seller: &str, country: &str) -> Connection {
        let mut browser = self.signed_in("owner", "main").await;
        let response = browser.connect(seller, country).await;
        assert_eq!(response.status, 303, "{}", response.body);
        self.connection(seller)
    }

    /// All connections that ever were of a seller.
    pub fn connections_of(&self, seller: &str) -> Vec<Connection> {
        let rows = self.cloud.connections().into_iter().filter(|row| row.key.sort.starts_with("C#"));
        let all = rows.map(|row| decode::<Connection>(row).unwrap().value);
        all.filter(|connection| connection.seller.as_str() == seller).collect()
    }

    /// The connection of a seller.
    pub fn connection(&self, seller: &str) -> Connection {
        let mut found = self.connections_of(seller);
        assert_eq!(found.len(), 1, "a seller is connected once");
        found.remove(0)
    }

    /// Renews a seller's access token now.
    pub async fn renew(&self, seller: &str) {
        let body = serde_json::to_string(&ask(&self.access(seller))).unwrap();
        let deadline = self.cloud.now() + SignedDuration::from_mins(1);
        let outcome = refresh(&self.cloud, &self.amazon(), "renew", &body, deadline).await.unwrap();
        assert_eq!(outcome, Outcome::Done("renewed"));
    }

    /// The state of a seller's connection.
    pub fn status(&self, seller: &str) -> Status {
        self.connection(seller).status
    }

    /// The orders stream of a seller.
    pub fn stream(&self, seller: &str) -> Stream {
        let connection = self.connection(seller);
        let key = Stream::key_of(&connection.tenant, &connection.id, "orders", "account");
        decode(self.cloud.rows.borrow()[&key].clone()).unwrap().value
    }

    /// The stream of a seller and domain.
    pub fn stream_of(&self, seller: &str, domain: &str) -> Stream {
        self.streams(seller).into_iter().find(|stream| stream.domain == domain).expect("it is fetched")
    }

    /// All streams of a seller.
    pub fn streams(&self, seller: &str) -> Vec<Stream> {
        let connection = self.connection(seller);
        let rows = self.cloud.table(TableName::Streams).into_iter();
        let streams = rows.filter(|row| row.key.sort.starts_with("S#"));
        let all = streams.map(|row| decode::<Stream>(row).unwrap().value);
        all.filter(|stream| stream.connection == connection.id).collect()
    }

    /// Chooses the domains of the connections to come; none chooses all.
    pub async fn fetching(&self, domains: &[&str]) {
        choose(&self.cloud, &self.application.slug, domains).await;
    }

    /// The access token's row of a seller.
    pub fn access(&self, seller: &str) -> Access {
        let connection = self.connection(seller);
        let key = Access::key_of(&connection.tenant, &connection.id);
        decode(self.cloud.rows.borrow()[&key].clone()).unwrap().value
    }

    /// Everything that landed, one JSON value a record.
    pub fn records(&self) -> Vec<serde_json::Value> {
        self.cloud.records()
    }

    /// The newest payload of each order of a seller that landed.
    pub fn landed(&self, seller: &str) -> BTreeMap<String, serde_json::Value> {
        let mut newest: BTreeMap<String, (String, serde_json::Value)> = BTreeMap::new();
        for record in self.records().into_iter().filter(|record| record["seller"] == seller) {
            let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
            let (key, updated) = (text("key"), text("updated_at"));
            if newest.get(&key).is_none_or(|(known, _)| *known <= updated) {
                newest.insert(key, (updated, record["payload"].clone()));
            }
        }
        newest.into_iter().map(|(key, (_, payload))| (key, payload)).collect()
    }

    /// Asserts that what landed of a seller is what Amazon shows up to the stream's cursor.
    pub fn assert_complete(&self, seller: &str) {
        let stream = self.stream(seller);
        assert!(stream.history.is_empty(), "the history has landed: {:?}", stream.history);
        let cursor = stream.cursor.expect("it has begun");
        let landed = self.landed(seller);
        let truth = self.world().orders_of(seller);
        let mut due = 0;
        for order in truth {
            let updated: Timestamp = order.last_updated_time.parse().unwrap();
            if updated < cursor {
                let payload =
                    landed.get(&order.order_id).unwrap_or_else(|| panic!("{} is lost", order.order_id));
                let shown: Timestamp = payload["lastUpdatedTime"].as_str().unwrap().parse().unwrap();
                assert!(shown >= updated, "{} landed in an old state", order.order_id);
                due += 1;
            }
        }
        assert!(due > 0, "the seller has orders");
    }
}

/// Stores an application as if somebody had entered it.
pub async fn add_application(
    cloud: &Memory,
    slug: &str,
    amazon_id: &str,
    credentials: &ApplicationCredentials,
) -> Application {
    let application = Application {
        fetches: vec!["orders".to_owned()],
        ..new_application(slug, amazon_id, credentials, cloud.now())
    };
    cloud.replace(&application.slug, credentials).await.unwrap();
    cloud.write(&[Write::insert(&application).unwrap()]).await.unwrap();
    application
}

/// An application whose connections fetch every domain.
pub fn new_application(
    slug: &str,
    amazon_id: &str,
    credentials: &ApplicationCredentials,
    now: Timestamp,
) -> Application {
    Application {
        slug: ApplicationSlug::parse(slug).unwrap(),
        amazon_id: amazon_id.to_owned(),
        stage: Stage::Draft,
        realm: Realm::Production,
        client_id: credentials.client_id.clone(),
        secret_expires_at: now + SECRET_LIFE,
        secret_digest: digest_of(credentials),
        rotates: true,
        rotation_asked_at: None,
        announced_days: None,
        fetches: Vec::new(),
        created_at: now,
    }
}

/// Chooses the domains of an application's connections to come; none chooses all.
pub async fn choose(cloud: &Memory, application: &ApplicationSlug, domains: &[&str]) {
    let mut held: Held<Application> = load(cloud, &Application::key_of(application)).await.unwrap().unwrap();
    held.value.fetches = domains.iter().map(|name| (*name).to_owned()).collect();
    cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
}

/// Somebody.
pub fn identity(user: &str, tenant: &str, role: Role) -> Identity {
    Identity { user: UserId::parse(user).unwrap(), tenant: TenantId::parse(tenant).unwrap(), role }
}

/// Amazon's official models, where they are at hand: `SPAPI_MODELS`, or `shared/facts/spapi-models` beside
/// the project.
#[allow(clippy::disallowed_methods, reason = "a test's own setting")]
pub fn models() -> Option<PathBuf> {
    let beside =
        |folder: PathBuf| Some(folder.join("shared/facts/spapi-models")).filter(|path| path.is_dir());
    std::env::var_os("SPAPI_MODELS")
        .map(PathBuf::from)
        .filter(|path| path.is_dir())
        .or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().map(PathBuf::from).find_map(beside))
}
