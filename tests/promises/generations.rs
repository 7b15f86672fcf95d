//! Each protection of a grant's generation by itself: what another one would have caught is put back by hand (I3; F08,
//! T23; planted bugs 6, 7, 15).

use jiff::SignedDuration;
use sellerport_core::connection::{Connection, Status};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::ports::{Clock as _, Lwa};
use sellerport_core::refresh::{ask, refresh};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use sellerport_core::task::Outcome;
use sellerport_core::token::Access;
use sellerport_tests::house::{House, NORTHWIND};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn reconnected(house: &House, connection: &Connection) {
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(connection.id.as_str()).await;
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 303);
}

/// Login with Amazon, and a seller who reconnects while it answers. The lease of the renewal is then as it was before,
/// whatever the reconnect did to it.
struct Meanwhile<'h> {
    house: &'h House,
    connection: Connection,
    refuses: bool,
}

impl Lwa for Meanwhile<'_> {
    async fn refresh(&self, app: &ApplicationSlug, token: &RefreshToken) -> Result<AccessGrant, LwaError> {
        let answer = match self.refuses {
            true => Err(LwaError::GrantRefused),
            false => self.house.amazon().refresh(app, token).await,
        };
        let Connection { tenant, id, .. } = &self.connection;
        let key = Access::key_of(tenant, id);
        let lease = self.house.cloud.rows.borrow()[&key].document["lease"].clone();
        reconnected(self.house, &self.connection).await;
        let mut rows = self.house.cloud.rows.borrow_mut();
        rows.get_mut(&key).unwrap().document.insert("lease".to_owned(), lease);
        drop(rows);
        answer
    }

    async fn exchange(
        &self,
        app: &ApplicationSlug,
        code: &AuthorizationCode,
        uri: &str,
    ) -> Result<Grant, LwaError> {
        self.house.amazon().exchange(app, code, uri).await
    }

    async fn grantless(&self, app: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError> {
        self.house.amazon().grantless(app, scope).await
    }

    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError> {
        self.house.amazon().try_out(credentials).await
    }
}

#[tokio::test]
async fn i03_f08_what_amazon_said_of_an_old_grant_is_not_settled_on_the_new_one_under_a_lease_that_holds() {
    for refuses in [true, false] {
        let house = House::start().await;
        let connection = house.connected(NORTHWIND, "US").await;
        house.advance(MINUTE * 50);
        let task = ask(&house.access(NORTHWIND));
        let body = serde_json::to_string(&task).unwrap();
        let amazon = Meanwhile { house: &house, connection, refuses };
        let outcome =
            refresh(&house.cloud, &amazon, "slow", &body, house.cloud.now() + MINUTE).await.unwrap();
        assert_eq!(outcome, Outcome::Dropped("E_MSG_STALE_GEN"), "refused: {refuses}");
        let (now, access) = (house.connection(NORTHWIND), house.access(NORTHWIND));
        assert_eq!((now.status, now.generation), (Status::Active, 2), "refused: {refuses}");
        let untouched = (access.generation, access.refreshes, access.sealed.is_some());
        assert_eq!(untouched, (2, 0, true), "refused: {refuses}");
        assert!(!house.cloud.event_names().contains(&"connection.suspect"));
    }
}

#[tokio::test]
async fn i03_t23_an_access_token_of_an_earlier_grant_is_not_used_though_its_whole_row_is_put_back() {
    let house = House::start().await;
    let connection = house.connected(NORTHWIND, "US").await;
    let key = Access::key_of(&connection.tenant, &connection.id);
    let old = house.cloud.rows.borrow()[&key].clone();
    reconnected(&house, &connection).await;
    // It opens: its own row says the generation that it is sealed for.
    house.cloud.rows.borrow_mut().insert(key, old);
    let access = house.access(NORTHWIND);
    assert!(access.generation == 1 && access.usable(1, house.cloud.now()), "only the generation is wrong");
    let calls = house.world().calls_to("searchOrders");
    sellerport_core::schedule::dispatch(&house.cloud, house.cloud.now() + MINUTE).await.unwrap();
    house.deliver().await;
    assert_eq!(house.world().calls_to("searchOrders"), calls, "nothing is called with it");
    assert_eq!(house.stream(NORTHWIND).trouble.unwrap().says, "waiting for a fresh access token");
}
