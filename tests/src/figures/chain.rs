//! A chain of pages, each of which needs the token of the one before: `fetch::fetch` as it is deployed.

use super::cloud::Cloud;
use super::exact::{Exact, Law};
use super::outcome::Outcome;
use super::sellers::{PAGED, Seller};
use super::shelf::Shelf;
use super::tally::Tally;
use super::timeline::Timeline;
use super::workers::{ACCOUNT, Workers};
use futures_util::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use sellerport_aws::Aws;
use sellerport_core::catalogue::SEARCH_ORDERS;
use sellerport_core::domains::ORDERS;
use sellerport_core::fetch::fetch;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::ports::{Clock as _, QueueName};

/// What the function has between its start and its deadline (template: 60 s, less an orderly end).
const RUN: SignedDuration = SignedDuration::from_secs(57);

/// A failed message is hidden this long (the queues' visibility timeout in the template).
const HIDDEN_MS: i64 = 360_000;

/// What each run of figures begins with.
pub fn start() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// So many sellers, each with a window of so many pages, from the moment at which all are due. `run` names the
/// rows of this run in the ledger, if there is one.
pub async fn ours(sellers: usize, pages: u32, ledger: Option<(&Aws, &str)>) -> Outcome {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, ledger.map(|(aws, _)| aws));
    let amazon = Exact::new(&timeline, Law { pages, ..Law::default() }, 1);
    let workers = Workers::new(&timeline, ACCOUNT);
    let (mut fleet, mut clouds) = (Vec::new(), Vec::new());
    for n in 0..sellers {
        let mut seller = Seller::new(n, timeline.now());
        if let Some((_, run)) = ledger {
            seller.connection.application = ApplicationSlug::parse(run).unwrap();
        }
        let cursor = timeline.now() - SignedDuration::from_hours(1);
        // Renewals are left out here: the cost model counts them.
        seller.move_in(&shelf, timeline.now(), Some(cursor), SignedDuration::from_hours(24 * 365)).await;
        fleet.push(seller);
        clouds.push(Cloud::new(&timeline, &shelf, n as u64));
    }
    let walks =
        fleet.iter().zip(&clouds).map(|(seller, cloud)| walk(seller, pages, cloud, &amazon, &workers));
    timeline.run(walks).await;
    let began = start().as_millisecond();
    let spans: Vec<_> = fleet.iter().map(|seller| nth(&amazon, seller.name(), pages) - began).collect();
    let tally = clouds.iter().fold(Tally::default(), |sum, cloud| sum.plus(*cloud.tally.borrow()));
    Outcome::of(&spans, (&SEARCH_ORDERS, pages), &amazon, &workers, tally)
}

/// When a seller's `n`-th answered call arrived.
pub(super) fn nth(amazon: &Exact<'_>, seller: &str, n: u32) -> i64 {
    let arrivals = amazon.served(seller).arrivals;
    arrivals.iter().filter(|(_, answered)| *answered).nth(n as usize - 1).unwrap().0
}

/// Works off one seller's messages until his last page is there.
async fn walk(seller: &Seller, pages: u32, cloud: &Cloud<'_>, amazon: &Exact<'_>, workers: &Workers<'_>) {
    let timeline = cloud.timeline();
    let now = timeline.now();
    cloud.mail.borrow_mut().push((QueueName::Fetch(ORDERS.name), seller.first_task(now), timeline.millis()));
    while amazon.answered(seller.name()) < u64::from(pages) {
        let (_, body, at) = cloud.next_mail().expect("a chain goes on until its end");
        timeline.sleep_ms(at - timeline.millis()).await;
        let run = async {
            let deadline = cloud.now() + RUN;
            fetch(cloud, amazon, &PAGED, &format!("m{at}"), &body, deadline).boxed_local().await
        };
        if workers.invoke(run).await.is_err() {
            let again = timeline.millis() + HIDDEN_MS;
            cloud.mail.borrow_mut().push((QueueName::Fetch(ORDERS.name), body, again));
        }
    }
}

/// What one page of a long window costs when each has a message of its own: the mean of so many full ones.
pub async fn page(pages: u32, order_bytes: usize) -> Tally {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, None);
    let amazon = Exact::new(&timeline, Law { pages, order_bytes, orders: 100, ..Law::default() }, 1);
    let workers = Workers::new(&timeline, ACCOUNT);
    let seller = Seller::new(0, timeline.now());
    let cursor = timeline.now() - SignedDuration::from_hours(1);
    seller.move_in(&shelf, timeline.now(), Some(cursor), SignedDuration::from_hours(24 * 365)).await;
    let cloud = Cloud::new(&timeline, &shelf, 1);
    timeline.run([walk(&seller, pages, &cloud, &amazon, &workers)]).await;
    let mut tally = *cloud.tally.borrow();
    (tally.invocations, tally.billed_ms) = (workers.invocations.get() as f64, workers.billed_ms.get() as f64);
    tally.log_bytes += tally.invocations * super::life::LINES.iter().sum::<usize>() as f64;
    tally.times(1.0 / amazon.answered(seller.name()) as f64)
}
