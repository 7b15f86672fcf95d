//! Calls that do not need each other, reserved in blocks and made together: what `quota::reserve` is worth to a
//! domain of details. The plan of a job is here, since no domain of that kind exists yet: make all calls of a
//! block at once, and come back when the next block has refilled.

use super::chain::{nth, start};
use super::cloud::Cloud;
use super::exact::{Exact, Law};
use super::outcome::Outcome;
use super::sellers::Seller;
use super::shelf::Shelf;
use super::tally::Tally;
use super::timeline::Timeline;
use super::workers::{ACCOUNT, Workers};
use futures_util::future::join_all;
use jiff::SignedDuration;
use sellerport_aws::Aws;
use sellerport_core::catalogue::Operation;
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::ports::{Clock as _, Outgoing, Queue as _, QueueName};
use sellerport_core::quota::{self, BLOCK_MAX, IN_PLACE, KEPT_MAX, KEPT_SHARE};

/// So many sellers with so many calls each.
pub async fn ours(
    operation: &'static Operation,
    sellers: usize,
    items: u32,
    ledger: Option<(&Aws, &str)>,
) -> Outcome {
    let law = Law::default();
    under(operation, law, sellers, items, ledger).await.0
}

/// The same under another law; with it what each seller got, and what his bucket is believed to refill at.
pub async fn under(
    operation: &'static Operation,
    law: Law,
    sellers: usize,
    items: u32,
    ledger: Option<(&Aws, &str)>,
) -> (Outcome, Vec<super::exact::Served>, Vec<quota::Budget>) {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, ledger.map(|(aws, _)| aws));
    let amazon = Exact::new(&timeline, law, 1);
    let workers = Workers::new(&timeline, ACCOUNT);
    let mut fleet: Vec<_> = (0..sellers).map(|n| Seller::new(n, timeline.now())).collect();
    if let Some((_, run)) = ledger {
        fleet.iter_mut().for_each(|one| one.connection.application = ApplicationSlug::parse(run).unwrap());
    }
    let clouds: Vec<_> = (0..sellers).map(|n| Cloud::new(&timeline, &shelf, n as u64)).collect();
    let jobs = fleet.iter().zip(&clouds).map(|(seller, cloud)| {
        let job = Job { operation, seller, cloud, amazon: &amazon, workers: &workers };
        job.run(items)
    });
    timeline.run(jobs).await;
    let began = start().as_millisecond();
    let spans: Vec<_> = fleet.iter().map(|seller| nth(&amazon, seller.name(), items) - began).collect();
    let tally = clouds.iter().fold(Tally::default(), |sum, cloud| sum.plus(*cloud.tally.borrow()));
    let outcome = Outcome::of(&spans, (operation, items), &amazon, &workers, tally);
    let served = fleet.iter().map(|seller| amazon.served(seller.name())).collect();
    let mut budgets = Vec::new();
    for seller in &fleet {
        budgets.extend(quota::budgets(&shelf, &seller.payer(), timeline.now()).await.unwrap());
    }
    (outcome, served, budgets)
}

struct Job<'a> {
    operation: &'static Operation,
    seller: &'a Seller,
    cloud: &'a Cloud<'a>,
    amazon: &'a Exact<'a>,
    workers: &'a Workers<'a>,
}

impl Job<'_> {
    async fn run(self, items: u32) {
        let timeline = self.cloud.timeline();
        let mut left = items;
        while left > 0 {
            let (done, again) = self.workers.invoke(self.block(left)).await;
            left -= done;
            if left == 0 {
                break;
            }
            // Sent before the calls are made, so that they do not make it late.
            timeline.sleep_ms(again - timeline.millis()).await;
        }
    }

    /// One message: every block that is there, and when to come back.
    async fn block(&self, left: u32) -> (u32, i64) {
        let (cloud, payer) = (self.cloud, self.seller.payer());
        let kept = (self.operation.burst / KEPT_SHARE).min(KEPT_MAX);
        let (mut slots, mut rate, mut ready) = (Vec::new(), self.operation.rate, 0);
        let mut refused = 0;
        loop {
            let want = (left - slots.len() as u32).min(BLOCK_MAX);
            if want == 0 {
                break;
            }
            let given = quota::reserve(cloud, &payer, self.operation, want).await.unwrap();
            let now = cloud.now();
            ready = given.left().saturating_sub(given.at.len() as u32).saturating_sub(kept);
            rate = given.rate;
            slots.extend(given.at);
            let late = slots.last().is_some_and(|last| *last > now);
            if late || ready < BLOCK_MAX.min(left - slots.len() as u32) {
                break;
            }
        }
        // What refills until a whole block is there again.
        let need = (left - slots.len() as u32).min(BLOCK_MAX).saturating_sub(ready).max(1);
        let begun = cloud.now();
        let last = slots.iter().copied().max().unwrap_or(begun).max(begun);
        let wait = SignedDuration::from_secs_f64(f64::from(need) / rate) + last.duration_since(begun);
        let again = self.send_on(wait).await;
        let calls = slots.iter().map(|at| async move {
            let now = cloud.now();
            assert!(*at <= now + IN_PLACE * 16, "a block is made in place");
            cloud.wait(at.duration_since(now).max(SignedDuration::ZERO)).await;
            self.amazon.ask(self.seller.name(), self.operation).await.0
        });
        for status in join_all(calls).await {
            if status == 429 {
                refused += 1;
                quota::throttled(cloud, &payer, self.operation, 0).await.unwrap();
            }
        }
        (slots.len() as u32 - refused, again)
    }

    /// Sends the job on; when it appears.
    async fn send_on(&self, wait: SignedDuration) -> i64 {
        let message = Outgoing { body: String::new(), delay: wait.min(sellerport_core::ports::MAX_DELAY) };
        self.cloud.send(QueueName::Fetch("orders"), &[message]).await.unwrap();
        self.cloud.next_mail().unwrap().2
    }
}
