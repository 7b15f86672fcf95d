//! Days of a seller with every domain, from the simulator: connected by the real flow, his history landed, then counted.

use super::chain::start;
use super::chance::Chance;
use super::cloud::Cloud;
use super::life::{Life, Ran, as_it_is};
use super::shelf::Shelf;
use super::shop::{Pair, Shop};
use super::timeline::Timeline;
use crate::direct::Direct;
use crate::house::{ORIGIN, identity, new_application};
use crate::memory::credentials;
use futures_util::FutureExt as _;
use sellerport_core::application::{Flow, Site};
use sellerport_core::authorize::{Wish, begin, new_connection};
use sellerport_core::callback::{Address, Answer, Browser, complete};
use sellerport_core::ids::{SellerId, TenantId};
use sellerport_core::marketplaces::{Kind, by_country};
use sellerport_core::ports::{Clock as _, Table as _};
use sellerport_core::secret::{AuthorizationCode, Ticket};
use sellerport_core::session::{self, Role};
use sellerport_core::store::{Write, decode};
use sellerport_core::stream::Stream;
use sellerport_simulator::{APPLICATION_ID, CLIENT_ID, HISTORY_DAYS, Options, Seller, SimClock, World};

/// A seller whose days are counted.
#[derive(Debug, Clone, Copy)]
pub struct Household {
    /// Orders a day, of the past as well.
    pub orders_a_day: u32,
    /// Offers that nobody buys, beside those that sell.
    pub tail: u32,
    /// Whether Amazon tells of changes; otherwise everything is polled.
    pub told: bool,
    /// Days left out: his history lands in them.
    pub settling_days: i64,
    /// Days counted.
    pub days: i64,
}

/// What was counted.
#[derive(Debug)]
pub struct Counted {
    /// Every invocation.
    pub ran: Vec<Ran>,
    /// Calls that Amazon refused with 429, the settling included.
    pub throttled: u32,
    /// Streams whose history had not landed when the counting began.
    pub unsettled: Vec<String>,
    /// The streams at the end.
    pub streams: Vec<Stream>,
}

const SELLER: &str = "A2HOUSEHOLD01US";
const DAY_MS: i64 = 24 * 60 * 60_000;

/// Counts them.
pub async fn count(of: Household) -> Counted {
    let clock = SimClock::fixed(start());
    let world =
        World::new(&Options { clock: clock.clone(), seed: 1, key: Some(1), ..Options::default() }).unwrap();
    world.add_seller(
        Seller::new(SELLER, "Household", &["US"], of.orders_a_day * HISTORY_DAYS).with_tail(of.tail),
    );
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, None);
    let cloud = Cloud::new(&timeline, &shelf, 1);
    let pair = Pair(credentials(CLIENT_ID, &world.client_secret(CLIENT_ID).unwrap()));
    let shop = Shop {
        timeline: &timeline,
        clock,
        direct: Direct { world: world.clone(), cloud: &pair },
        chance: Chance::new(2),
        theirs: Default::default(),
        throttled: Default::default(),
    };
    let told = || {
        let all = shop.at_once(World::take_deliveries);
        all.into_iter().map(|one| one.message.to_string()).collect()
    };
    let life = Life {
        cloud: &cloud,
        amazon: &shop,
        domain: as_it_is,
        theirs: &shop.theirs,
        told: &told,
        listening: of.told,
    };
    let lived = async {
        connect(&cloud, &shop).await;
        let begin = timeline.millis() + of.settling_days * DAY_MS;
        life.until(begin, begin).await;
        let behind = streams(&cloud).into_iter().filter(|stream| !stream.history.is_empty());
        let unsettled = behind.map(|stream| stream.domain).collect();
        let ran = life.until(begin, begin + of.days * DAY_MS).await;
        Counted { ran, throttled: shop.throttled.get(), unsettled, streams: streams(&cloud) }
    };
    timeline.run([lived.boxed_local()]).await.remove(0)
}

fn streams(cloud: &Cloud<'_>) -> Vec<Stream> {
    let rows = cloud.rows();
    let streams = rows.values().filter(|row| row.key.sort.starts_with("S#"));
    streams.map(|row| decode::<Stream>(row.clone()).unwrap().value).collect()
}

/// Connects the seller by the real flow.
async fn connect(cloud: &Cloud<'_>, shop: &Shop<'_>) {
    let application = new_application("main", APPLICATION_ID, &shop.direct.cloud.0, cloud.now());
    cloud.write(&[Write::insert(&application).unwrap()]).await.unwrap();
    let home = TenantId::parse("main").unwrap();
    let site = Site { origin: ORIGIN.to_owned(), simulator: None, home, return_origins: Vec::new() };
    let link = session::invite(cloud, identity("owner", "main", Role::Operator)).await.unwrap();
    let (_, session) = session::sign_in(cloud, &link).await.unwrap().unwrap();
    let store = by_country("US").unwrap();
    let (flow, slug) = (Flow::Website, application.slug.clone());
    let wish = Wish { connection: new_connection(cloud).unwrap(), store, kind: Kind::Seller, flow };
    let departure = begin(cloud, &site, &application, &(&session).into(), &wish).await.unwrap();
    let redirect = site.redirect_uri(&slug, flow, store.region);
    shop.direct.world.register_redirect_uri(&redirect);
    let code = shop.direct.world.grant_code(SELLER, APPLICATION_ID, &redirect).unwrap();
    let address = Address { application: slug, flow, region: store.region };
    let answer = Answer::Approved {
        state: Ticket::parse(departure.state.expose()).unwrap(),
        code: AuthorizationCode::new(code),
        seller: SellerId::parse(SELLER).unwrap(),
    };
    let nonce = Ticket::parse(departure.nonce.expose());
    let browser = Browser { nonce, session: Some(session), guest: None, received_at: cloud.now() };
    complete(cloud, shop, &address, answer, &browser).await.unwrap().result.unwrap();
}
