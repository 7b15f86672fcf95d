//! A seller's life, one invocation after the other: the schedules, his messages, and what each of them cost.

use super::cloud::Cloud;
use super::tally::Tally;
use super::workers::INVOKE_MS;
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use jiff::SignedDuration;
use rustix::time::{ClockId, clock_gettime};
use sellerport_core::announce;
use sellerport_core::domains::{self, Domain};
use sellerport_core::fetch::fetch;
use sellerport_core::imports;
use sellerport_core::notify;
use sellerport_core::operate::grantless;
use sellerport_core::ports::{Clock as _, Documents, Lwa, QueueName, SellingPartner};
use sellerport_core::refresh::{refresh, send_due};
use sellerport_core::schedule::dispatch;
use sellerport_core::store::Row;
use sellerport_tables::shape_due;
use std::cell::Cell;

/// What an invocation was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A minute of the dispatcher.
    Dispatch,
    /// A run of the renewals' schedule.
    Renewals,
    /// A run of a stream that finds nothing, or asks for something that is made later.
    Nothing,
    /// One that lands a page.
    Page,
    /// One that lands more.
    Pages,
    /// One that called nobody.
    NoCall,
    /// A token renewed.
    Renewal,
    /// Subscriptions looked at.
    Subscriptions,
    /// A notification taken in.
    Notification,
    /// Landed days made tables.
    Tables,
}

/// One invocation.
#[derive(Debug, Clone, Copy)]
pub struct Ran {
    /// What it was about.
    pub kind: Kind,
    /// The stream's domain, if it was about one.
    pub domain: Option<&'static str>,
    /// What it cost.
    pub tally: Tally,
}

/// Bytes of Lambda's own lines about an invocation (START, END, REPORT) and of ours about its outcome.
pub(super) const LINES: [usize; 4] = [84, 56, 190, 175];

/// What the functions have between their start and their deadline.
const RUN: SignedDuration = SignedDuration::from_secs(57);

/// Memory of the functions and the memory that has a whole core, MB (docs.aws.amazon.com/lambda, "Configure Lambda function
/// memory"): our CPU takes so many times as long there.
const SLOWER: f64 = 1769.0 / 256.0;

/// The function of the tables has so many times as much memory, and CPU with it; its time is reckoned as the others'.
const TABLES_HAVE: f64 = 2.0;

const MINUTE_MS: i64 = 60_000;

/// The queue that Amazon sends to.
const TOLD: &str = "arn:aws:sqs:us-east-1:123456789012:sellerport-notifications";

/// The schedules: a kind, how often, and whose rows it looks for. One that would find nothing is not played.
const SCHEDULES: [(Kind, i64, &[&str]); 4] = [
    (Kind::Dispatch, MINUTE_MS, &["S#", "EVENT", "I#"]),
    (Kind::Renewals, 5 * MINUTE_MS, &["ACCESS"]),
    (Kind::Subscriptions, 5 * MINUTE_MS, &["NOTIFICATIONS"]),
    (Kind::Tables, 15 * MINUTE_MS, &["SHAPE"]),
];

/// An installation with one seller, or with none.
pub struct Life<'a, A> {
    /// Its ports.
    pub cloud: &'a Cloud<'a>,
    /// Amazon.
    pub amazon: &'a A,
    /// The domain of a name.
    pub domain: fn(&str) -> Option<&'static Domain>,
    /// CPU that Amazon took in this process so far, milliseconds: no function of ours pays for it.
    pub theirs: &'a Cell<f64>,
    /// What Amazon tells: messages for the queue.
    pub told: &'a dyn Fn() -> Vec<String>,
    /// Whether subscriptions are kept.
    pub listening: bool,
}

impl<A> std::fmt::Debug for Life<'_, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Life").finish_non_exhaustive()
    }
}

impl<A: SellingPartner + Lwa + Documents> Life<'_, A> {
    /// Lives on; what is invoked from `warm` on is kept.
    pub fn until(&self, warm: i64, end: i64) -> LocalBoxFuture<'_, Vec<Ran>> {
        self.live(warm, end).boxed_local()
    }

    async fn live(&self, warm: i64, end: i64) -> Vec<Ran> {
        let timeline = self.cloud.timeline();
        let (mut kept, mut played) = (Vec::new(), [timeline.millis() - 1; SCHEDULES.len()]);
        while timeline.millis() < end {
            self.hear();
            let mail = self.cloud.mail.borrow().iter().map(|(_, _, at)| *at).min().unwrap_or(i64::MAX);
            let plays = std::array::from_fn::<_, { SCHEDULES.len() }, _>(|n| self.plays(n, played[n]));
            let schedule = (0..SCHEDULES.len()).min_by_key(|n| plays[*n]).unwrap_or(0);
            let heard = if self.listening { timeline.millis() + HEARD_EVERY_MS } else { i64::MAX };
            let next = plays[schedule].min(mail);
            if next.min(heard) >= end || heard < next {
                timeline.sleep_ms(next.min(heard).min(end) - timeline.millis()).await;
                continue;
            }
            timeline.sleep_ms((next - timeline.millis()).max(0)).await;
            let run = async {
                if plays[schedule] <= mail {
                    self.schedule(SCHEDULES[schedule].0).await
                } else {
                    self.message().await
                }
            };
            if plays[schedule] <= mail {
                played[schedule] = next;
            }
            let (begun, ran) = (timeline.millis(), self.invoke(run).await);
            if begun >= warm {
                kept.push(ran);
            }
        }
        kept
    }

    /// What a run of a schedule costs that finds nothing.
    pub async fn idle(&self, kind: Kind) -> Tally {
        self.invoke(self.schedule(kind).boxed_local()).await.tally
    }

    async fn invoke(&self, run: impl Future<Output = (Kind, Option<&'static str>)>) -> Ran {
        let timeline = self.cloud.timeline();
        let (before, begun, cpu) =
            (*self.cloud.tally.borrow(), timeline.millis(), cpu_ms() - self.theirs.get());
        timeline.sleep_ms(INVOKE_MS).await;
        let (kind, domain) = run.await;
        LINES.iter().for_each(|bytes| self.cloud.log(*bytes));
        let mut tally = self.cloud.tally.borrow().minus(before);
        tally.invocations = 1.0;
        tally.cpu_ms = cpu_ms() - self.theirs.get() - cpu;
        let have = if kind == Kind::Tables { TABLES_HAVE } else { 1.0 };
        tally.billed_ms = (timeline.millis() - begun) as f64 * have + tally.cpu_ms * SLOWER;
        let kind = if kind == Kind::Page { landed(&tally) } else { kind };
        Ran { kind, domain, tally }
    }

    /// When a schedule finds something next, at the earliest after the time when it last ran.
    fn plays(&self, schedule: usize, played: i64) -> i64 {
        let (_, every, whose) = SCHEDULES[schedule];
        let theirs = |row: &&Row| whose.iter().any(|sort| row.key.sort.starts_with(sort));
        let rows = self.cloud.rows();
        let due = rows.values().filter(theirs).filter_map(|row| row.due.as_ref());
        let Some(first) = due.map(|due| due.at.as_millisecond()).min() else { return i64::MAX };
        let turn = |at: i64| at.div_euclid(every) * every;
        turn(first + every - 1).max(turn(played) + every)
    }

    async fn schedule(&self, kind: Kind) -> (Kind, Option<&'static str>) {
        let now = self.cloud.now();
        let until = now + RUN;
        match kind {
            Kind::Renewals => {
                send_due(self.cloud, now, until).await.unwrap();
            }
            Kind::Subscriptions => {
                let queue = self.listening.then_some(TOLD);
                notify::tend(self.cloud, self.amazon, queue, until).await.unwrap();
            }
            Kind::Tables => {
                shape_due(self.cloud, until).await.unwrap();
            }
            _ => {
                dispatch(self.cloud, until).await.unwrap();
                announce::catch_up(self.cloud).await.unwrap();
                imports::take_up(self.cloud).await.unwrap();
            }
        }
        (kind, None)
    }

    /// Amazon puts what it has to tell into the queue.
    fn hear(&self) {
        let at = self.cloud.timeline().millis();
        let told = if self.listening { (self.told)() } else { Vec::new() };
        let mut tally = self.cloud.tally.borrow_mut();
        for body in told {
            // AWS bills the queue's owner for what others send.
            (tally.sends, tally.messages, tally.polls) =
                (tally.sends + 1.0, tally.messages + 1.0, tally.polls + 2.0);
            self.cloud.mail.borrow_mut().push((QueueName::Notifications, body, at));
        }
    }

    async fn message(&self) -> (Kind, Option<&'static str>) {
        let (queue, body, at) = self.cloud.next_mail().expect("one is due");
        let (id, deadline) = (format!("{at:036}"), self.cloud.now() + RUN);
        match queue {
            QueueName::Notifications => {
                drop(notify::receive(self.cloud, &id, &body).await.unwrap());
                (Kind::Notification, None)
            }
            QueueName::Fetch(name) => {
                let domain = (self.domain)(name).expect("a queue has a domain");
                // On the heap: in a test build it is larger than a test thread's stack can hold many times over.
                let run = fetch(self.cloud, self.amazon, domain, &id, &body, deadline).boxed_local();
                drop(run.await.unwrap());
                (Kind::Page, Some(domain.name))
            }
            _ => {
                match grantless::Task::parse(&body) {
                    Some(task) => drop(grantless::obtain(self.cloud, self.amazon, &task).await.unwrap()),
                    None => drop(refresh(self.cloud, self.amazon, &id, &body, deadline).await.unwrap()),
                }
                (Kind::Renewal, None)
            }
        }
    }
}

/// Amazon's notifications are taken over this often.
const HEARD_EVERY_MS: i64 = 20_000;

/// A run of a stream by what it came to.
fn landed(tally: &Tally) -> Kind {
    match tally {
        tally if tally.calls == 0.0 => Kind::NoCall,
        tally if tally.puts == 0.0 => Kind::Nothing,
        tally if tally.calls > 1.0 => Kind::Pages,
        _ => Kind::Page,
    }
}

/// Milliseconds of CPU that this thread has used.
pub(super) fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// Every domain as it is.
pub(super) fn as_it_is(name: &str) -> Option<&'static Domain> {
    domains::by_name(name)
}
