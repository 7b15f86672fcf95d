//! Sellers that are connected already, with everything that a run needs.

use super::cloud::sealed;
use super::shelf::Shelf;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::connection::{Connection, Identity, Source, Status};
use sellerport_core::domains::{Domain, ORDERS};
use sellerport_core::ids::{ApplicationSlug, ConnectionId, SellerId, TenantId};
use sellerport_core::lease::Lease;
use sellerport_core::marketplaces::{Kind, Realm, Region};
use sellerport_core::ports::Table as _;
use sellerport_core::quota::Payer;
use sellerport_core::schedule::task_of;
use sellerport_core::secret::Digest;
use sellerport_core::store::{Write, decode};
use sellerport_core::stores::{Store, Stores};
use sellerport_core::stream::{ACCOUNT, Stream};
use sellerport_core::token::Access;

/// Orders by pages however many there are: what is measured here is the way along Amazon's token buckets.
pub static PAGED: Domain = Domain { bulk: None, ..ORDERS };

/// The one store of each.
const STORE: &str = "ATVPDKIKX0DER";

/// One seller.
#[derive(Debug, Clone)]
pub struct Seller {
    /// His connection.
    pub connection: Connection,
}

impl Seller {
    /// The `n`-th.
    pub fn new(n: usize, now: Timestamp) -> Self {
        let text = format!("A2SELLER{n:06}");
        let connection = Connection {
            id: ConnectionId::parse(&format!("c{n:023}")).unwrap(),
            tenant: TenantId::parse("main").unwrap(),
            application: ApplicationSlug::parse("main").unwrap(),
            region: Region::Na,
            kind: Kind::Seller,
            country: "US".to_owned(),
            seller: SellerId::parse(&text).unwrap(),
            identity: Identity::Verified,
            source: Source::Consent,
            realm: Realm::Production,
            status: Status::Active,
            since: now,
            generation: 1,
            sealed_refresh: Some(sealed(&text)),
            token_digest: Some(Digest::of(&text)),
            authorized_at: Some(now),
            scope: None,
            reminded_day: 0,
            exchange_started_at: None,
            interrupted: false,
            erase_at: None,
            erased_at: None,
            writes_open: false,
            restricted_open: false,
            fetches: vec!["orders".to_owned()],
            domains: String::new(),
            created_at: now,
        };
        Self { connection }
    }

    /// His name at Amazon.
    pub fn name(&self) -> &str {
        self.connection.seller.as_str()
    }

    /// Whose calls his are.
    pub fn payer(&self) -> Payer {
        let Connection { application, seller, region, .. } = &self.connection;
        Payer { application: application.clone(), seller: seller.clone(), region: *region }
    }

    fn stream_of(&self, now: Timestamp) -> Stream {
        Stream::new(&self.connection.tenant, &self.connection.id, &ORDERS, 1, now)
    }

    /// Stores his rows: the stream has landed everything up to `cursor`, or begins where there is none; the
    /// token lives for `life`.
    pub async fn move_in(
        &self,
        shelf: &Shelf<'_>,
        now: Timestamp,
        cursor: Option<Timestamp>,
        life: SignedDuration,
    ) {
        let Connection { tenant, id, .. } = &self.connection;
        let mut stream = self.stream_of(now);
        if cursor.is_some() {
            stream.cursor = cursor;
            stream.covered = vec![STORE.to_owned()];
            stream.swept_at = Some(now);
        }
        let access = Access {
            tenant: tenant.clone(),
            connection: id.clone(),
            generation: 1,
            serial: 1,
            sealed: Some(sealed(self.name())),
            expires_at: now + life,
            refresh_at: Some(now + life / 2),
            refreshes: 0,
            lease: Lease::default(),
            not_before: None,
        };
        let store = Store {
            id: STORE.to_owned(),
            country: "US".to_owned(),
            name: "Amazon.com".to_owned(),
            participating: true,
            in_region: true,
            used: true,
        };
        let stores = Stores {
            tenant: tenant.clone(),
            connection: id.clone(),
            stores: vec![store],
            chosen: None,
            read_at: now,
        };
        let writes = [
            Write::insert(&self.connection).unwrap(),
            Write::insert(&stream).unwrap(),
            Write::insert(&access).unwrap(),
            Write::insert(&stores).unwrap(),
        ];
        shelf.write(&writes).await.unwrap();
    }

    /// The first task of his stream.
    pub fn first_task(&self, now: Timestamp) -> String {
        serde_json::to_string(&task_of(&self.stream_of(now), 1)).unwrap()
    }

    /// His stream's row.
    pub fn stream(&self, shelf: &Shelf<'_>) -> Stream {
        let key = Stream::key_of(&self.connection.tenant, &self.connection.id, ORDERS.name, ACCOUNT);
        decode(shelf.row(&key).unwrap()).unwrap().value
    }
}
