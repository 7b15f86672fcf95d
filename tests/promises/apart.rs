//! T21, I11: two tenants in one warm process, in a thousand interleavings: nobody's call ever carries the other's
//! token, and nothing lands under the other's name.

use sellerport_core::authorize::new_connection;
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::connection::Connection;
use sellerport_core::domains::ORDERS;
use sellerport_core::fetch::fetch;
use sellerport_core::ids::{SellerId, TenantId};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Clock as _, Documents, Entropy, SellingPartner, Table as _};
use sellerport_core::schedule::task_of;
use sellerport_core::secret::AccessToken;
use sellerport_core::store::{Held, TableName, Write, decode, load};
use sellerport_core::stream::Stream;
use sellerport_simulator::SimClock;
use sellerport_tests::grants::granted;
use sellerport_tests::house::add_application;
use sellerport_tests::memory::{Memory, credentials};
use sellerport_tests::together::together;
use std::cell::RefCell;
use std::io::Read as _;

const SEEDS: u64 = 1_000;

/// A Selling Partner API that answers with the seller of the token it was called with.
#[derive(Default)]
struct Tagged {
    seen: RefCell<Vec<String>>,
}

impl SellingPartner for Tagged {
    async fn call(&self, _: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        tokio::task::yield_now().await;
        let seller = token.expose().rsplit('-').next().unwrap_or_default().to_owned();
        self.seen.borrow_mut().push(seller.clone());
        let body = if call.path.starts_with("/sellers") {
            serde_json::json!({"payload": [{
                "marketplace": {"id": "ATVPDKIKX0DER", "countryCode": "US", "name": "Amazon.com"},
                "participation": {"isParticipating": true},
            }]})
        } else {
            let order = serde_json::json!({"orderId": format!("order-of-{seller}"), "lastUpdatedTime": "2026-11-21T09:00:00Z"});
            serde_json::json!({"orders": [order], "pagination": {}})
        };
        Ok(Reply {
            status: 200,
            request_id: "r".to_owned(),
            rate_limit: None,
            body: body.to_string().into_bytes(),
            duration: jiff::SignedDuration::ZERO,
        })
    }
}

async fn connected(cloud: &Memory, tenant: &str, seller: &str) -> Connection {
    let (tenant, seller) = (TenantId::parse(tenant).unwrap(), SellerId::parse(seller).unwrap());
    let id = new_connection(cloud as &Memory).unwrap();
    granted(cloud, tenant, id, &seller, &format!("Atza|token-of-{seller}")).await
}

/// Pieces of a history in which little is found: a day, then eight times as long each.
const PIECES: usize = 5;

sellerport_tests::without_documents!(impl Documents for Tagged);

#[tokio::test]
async fn t21_in_one_process_nobody_sees_anothers_token_whatever_the_order() {
    for seed in 0..SEEDS {
        let cloud = Memory::new(SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()));
        drop(cloud.random());
        add_application(&cloud, "main", "amzn1.sellerapps.app.x", &credentials("x", "x")).await;
        let amazon = Tagged::default();
        let both =
            [connected(&cloud, "one", "A1ONE0000001").await, connected(&cloud, "two", "A2TWO0000002").await];
        let works = both.iter().map(|connection| {
            let (cloud, amazon) = (&cloud, &amazon);
            async move {
                let key = Stream::key_of(&connection.tenant, &connection.id, "orders", "account");
                let stream: Held<Stream> = load(cloud, &key).await.unwrap().unwrap();
                let body = serde_json::to_string(&task_of(&stream.value, 1)).unwrap();
                let deadline = cloud.now() + jiff::SignedDuration::from_secs(57);
                fetch(cloud, amazon, &ORDERS, connection.id.as_str(), &body, deadline).await.unwrap();
            }
        });
        together(works.collect(), seed).await;
        for (name, object) in cloud.objects.borrow().iter() {
            let mut text = String::new();
            flate2::read::GzDecoder::new(object.as_slice()).read_to_string(&mut text).unwrap();
            let record: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
            let seller = record["seller"].as_str().unwrap();
            assert_eq!(record["key"], format!("order-of-{seller}"), "seed {seed}: {name}");
            let tenant = if seller == "A1ONE0000001" { "one" } else { "two" };
            assert!(name.contains(&format!("tenant={tenant}/")), "seed {seed}: {name}");
        }
        // The same order is in each piece of the history.
        assert_eq!(cloud.objects.borrow().len(), 2 * PIECES, "seed {seed}");
        assert_eq!(amazon.seen.borrow().len(), 2 * (1 + PIECES), "seed {seed}: stores and pages");
        let streams =
            cloud.table(TableName::Streams).into_iter().filter(|row| row.key.sort.starts_with("S#"));
        assert!(
            streams
                .map(|row| decode::<Stream>(row).unwrap().value)
                .all(|one| one.counters.records == PIECES as u64)
        );
    }
}

#[tokio::test]
async fn the_control_a_token_in_the_wrong_row_does_not_open() {
    let cloud = Memory::new(SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()));
    let one = connected(&cloud, "one", "A1ONE0000001").await;
    let two = connected(&cloud, "two", "A2TWO0000002").await;
    let key = |of: &Connection| sellerport_core::token::Access::key_of(&of.tenant, &of.id);
    let foreign = cloud.rows.borrow()[&key(&two)].document["sealed"].clone();
    cloud.rows.borrow_mut().get_mut(&key(&one)).unwrap().document["sealed"] = foreign;
    let key = Stream::key_of(&one.tenant, &one.id, "orders", "account");
    let stream: Held<Stream> = load(&cloud, &key).await.unwrap().unwrap();
    let body = serde_json::to_string(&task_of(&stream.value, 1)).unwrap();
    let deadline = cloud.now() + jiff::SignedDuration::from_secs(57);
    let amazon = Tagged::default();
    assert!(fetch(&cloud, &amazon, &ORDERS, "m", &body, deadline).await.is_err());
    assert!(amazon.seen.borrow().is_empty() && cloud.objects.borrow().is_empty());
    cloud.write(&[Write::unchanged(&stream)]).await.unwrap_err();
}
