//! A seller's life, one invocation after the other: the schedules, his messages, and what each of them cost.

use super::chain::start;
use super::cloud::Cloud;
use super::exact::{Exact, Law};
use super::sellers::{PAGED, Seller};
use super::shelf::Shelf;
use super::tally::Tally;
use super::timeline::Timeline;
use super::workers::INVOKE_MS;
use jiff::SignedDuration;
use sellerport_core::announce;
use sellerport_core::fetch::fetch;
use sellerport_core::imports;
use sellerport_core::ports::{Clock as _, QueueName};
use sellerport_core::refresh::{refresh, send_due};
use sellerport_core::schedule::dispatch;

/// What an invocation was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A minute of the dispatcher in which nothing is due.
    IdleDispatch,
    /// One in which a stream was.
    Dispatch,
    /// A run of the renewals' schedule with nothing to do.
    IdleRenewals,
    /// One in which a token was.
    Renewals,
    /// A run of the orders stream that finds nothing.
    Nothing,
    /// One that lands a page.
    Page,
    /// One that lands more.
    Pages,
    /// One that called nobody.
    NoCall,
    /// A token renewed.
    Renewal,
}

/// Bytes of Lambda's own lines about an invocation (START, END, REPORT) and of ours about its outcome.
pub(super) const LINES: [usize; 4] = [84, 56, 190, 175];

/// What the functions have between their start and their deadline.
const RUN: SignedDuration = SignedDuration::from_secs(57);

const MINUTE_MS: i64 = 60_000;

/// Every invocation of a day: so many changes an hour, the day before being left out.
pub async fn day(changes_an_hour: f64, order_bytes: usize) -> Vec<(Kind, Tally)> {
    let timeline = Timeline::new(start());
    let shelf = Shelf::new(&timeline, None);
    let law = Law { changes_an_hour: Some(changes_an_hour), order_bytes, ..Law::default() };
    let amazon = Exact::new(&timeline, law, 1);
    let cloud = Cloud::new(&timeline, &shelf, 1);
    let seller = Seller::new(1, start());
    let cursor = start() - SignedDuration::from_mins(20);
    seller.move_in(&shelf, start(), Some(cursor), SignedDuration::from_hours(1)).await;
    let life = Life { cloud: &cloud, amazon: &amazon };
    let (warm, end) = (timeline.millis() + DAY_MS, timeline.millis() + 2 * DAY_MS);
    let mut ran = timeline.run([life.until(warm, end)]).await;
    ran.remove(0)
}

const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

struct Life<'a> {
    cloud: &'a Cloud<'a>,
    amazon: &'a Exact<'a>,
}

impl Life<'_> {
    /// Lives on; what is invoked from `warm` on is kept.
    async fn until(&self, warm: i64, end: i64) -> Vec<(Kind, Tally)> {
        let timeline = self.cloud.timeline();
        let mut kept = Vec::new();
        let (mut minute, mut five) = (timeline.millis(), timeline.millis());
        while timeline.millis() < end {
            let mail = self.cloud.mail.borrow().iter().map(|(_, _, at)| *at).min().unwrap_or(i64::MAX);
            let next = minute.min(five).min(mail);
            timeline.sleep_ms((next - timeline.millis()).max(0)).await;
            let before = *self.cloud.tally.borrow();
            let begun = timeline.millis();
            timeline.sleep_ms(INVOKE_MS).await;
            let kind = if next == minute {
                minute += MINUTE_MS;
                self.dispatch().await
            } else if next == five {
                five += 5 * MINUTE_MS;
                self.renewals().await
            } else {
                self.message().await
            };
            LINES.iter().for_each(|bytes| self.cloud.log(*bytes));
            let mut tally = self.cloud.tally.borrow().minus(before);
            tally.invocations = 1.0;
            tally.billed_ms = (timeline.millis() - begun) as f64;
            if begun >= warm {
                kept.push((of(kind, &tally), tally));
            }
        }
        kept
    }

    async fn dispatch(&self) -> Kind {
        let done = dispatch(self.cloud, self.cloud.now() + RUN).await.unwrap();
        announce::catch_up(self.cloud).await.unwrap();
        imports::take_up(self.cloud).await.unwrap();
        if done.sent == 0 { Kind::IdleDispatch } else { Kind::Dispatch }
    }

    async fn renewals(&self) -> Kind {
        let now = self.cloud.now();
        let asked = send_due(self.cloud, now, now + RUN).await.unwrap();
        if asked.sent == 0 { Kind::IdleRenewals } else { Kind::Renewals }
    }

    async fn message(&self) -> Kind {
        let (queue, body, at) = self.cloud.next_mail().expect("one is due");
        let (id, deadline) = (format!("{at:036}"), self.cloud.now() + RUN);
        if matches!(queue, QueueName::Refresh) {
            refresh(self.cloud, self.amazon, &id, &body, deadline).await.unwrap();
            return Kind::Renewal;
        }
        // On the heap: in a test build it is larger than a test thread's stack can hold many times over.
        Box::pin(fetch(self.cloud, self.amazon, &PAGED, &id, &body, deadline)).await.unwrap();
        Kind::Page
    }
}

/// A run of a stream by what it came to.
fn of(kind: Kind, tally: &Tally) -> Kind {
    match kind {
        Kind::Page if tally.calls == 0.0 => Kind::NoCall,
        Kind::Page if tally.puts == 0.0 => Kind::Nothing,
        Kind::Page if tally.puts > 1.0 => Kind::Pages,
        kind => kind,
    }
}
