//! The loop: reserve, call, deliver, checkpoint.

use super::hold::Hold;
use super::land::land;
use super::ready::{known_stores, open};
use super::setback::{
    TOKEN_ENDED, TOKEN_REFUSED, ask_for_token, braked, denied, failing, refused, stumble, without_stores,
};
use crate::brake;
use crate::call::{Call, Verdict, judge};
use crate::domains::Ask;
use crate::gate::Gate;
use crate::measure::Measure;
use crate::ports::{Bus, Clock, Entropy, Lake, Meter, Queue, SellingPartner, Table, Vault};
use crate::quota::{self, IN_PLACE, Reserved};
use crate::secret::AccessToken;
use crate::stream::Walk;
use crate::task::{Failure, Outcome};
use jiff::{SignedDuration, Timestamp};
use std::ops::ControlFlow;

/// Pages in one run: bounds how long one seller keeps a worker.
pub const PAGES_MAX: u32 = 50;
/// Bytes of answers in one run.
pub const BYTES_MAX: usize = 64 * 1024 * 1024;
/// No page is begun with less time than this before the deadline: a call's own limit and its landing.
pub const PAGE_TIME: SignedDuration = SignedDuration::from_secs(15);
/// A page token that lives shorter than this does not survive a way through the queue: its pages follow each
/// other in one run as long as the deadline allows.
pub const SHORT_LIVED: SignedDuration = SignedDuration::from_mins(20);

/// One run: what it may do, and how far it has come.
struct Run<'a, C, A> {
    cloud: &'a C,
    amazon: &'a A,
    token: AccessToken,
    /// Whether every answer interests the brake.
    watched: bool,
    slots: quota::Slots,
    pages: u32,
    bytes: usize,
}

pub(super) async fn run<C, A>(
    cloud: &C,
    amazon: &A,
    mut hold: Hold,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Lake + Bus + Clock + Entropy + Meter,
    A: SellingPartner,
{
    let cadence = hold.stream.value.cadence(hold.domain);
    let look = brake::look(cloud, &hold.connection, hold.domain.operation, cadence).await?;
    match look.gate {
        Gate::Open | Gate::Probe => {}
        Gate::At(turn) => return hold.finish(cloud, turn, "its turn after an incident comes later").await,
        Gate::Shut => return braked(cloud, hold, look.hold).await,
    }
    let Some((access, token)) = open(cloud, &hold).await? else {
        return ask_for_token(cloud, hold, TOKEN_ENDED).await;
    };
    let stores = match known_stores(cloud, amazon, &hold, &token).await {
        Ok(stores) => stores,
        Err(trouble) => return without_stores(cloud, hold, trouble).await,
    };
    // The present of this run. Were it each page's own, the end of one window would be the beginning of another
    // a moment long, and there would never be an end: the cadence would not hold and the quota stay empty.
    let present = cloud.now();
    hold.stream.value.begin(hold.domain, &stores.in_use(), present);
    let slots = quota::Slots::none(hold.domain.operation);
    let mut run = Run { cloud, amazon, token, watched: look.watched, slots, pages: 0, bytes: 0 };
    loop {
        let now = cloud.now();
        let Some(walk) = hold.stream.value.next_walk(hold.domain, present) else {
            let due = hold.stream.value.due_onward(hold.domain).max(now);
            return run.end(hold, Some(due), now, "everything there is has landed").await;
        };
        // A long history may wait; the tasks of others should not.
        let enough = run.pages >= PAGES_MAX && hold.domain.token_life >= SHORT_LIVED;
        if enough || run.bytes >= BYTES_MAX || now + PAGE_TIME > deadline {
            return run.end(hold, None, now, "more pages follow").await;
        }
        let walk = if walk.stale(hold.domain, now) { walk.restarted() } else { walk };
        if let ControlFlow::Break(later) = run.slot(&mut hold).await? {
            return run.end(hold, None, later, "the next call fits later").await;
        }
        if hold.dirty {
            hold.checkpoint(cloud).await?;
        }
        let waited = run.wait().await;
        if !access.usable(hold.connection.generation, cloud.now()) {
            run.put_back(&hold).await;
            return ask_for_token(cloud, hold, TOKEN_ENDED).await;
        }
        match run.turn(hold, walk, waited).await? {
            ControlFlow::Break(outcome) => return Ok(outcome),
            ControlFlow::Continue(still) => hold = still,
        }
    }
}

impl<C, A> Run<'_, C, A>
where
    C: Table + Vault + Queue + Lake + Bus + Clock + Entropy + Meter,
    A: SellingPartner,
{
    /// The moment for the next call, or when to come back for it. A walk that goes on reserves as many calls
    /// as it has made, since it is likely to need as many again.
    async fn slot(&mut self, hold: &mut Hold) -> Result<ControlFlow<Timestamp>, Failure> {
        if self.slots.at.is_empty() {
            let (payer, operation) = (hold.payer(), hold.domain.operation);
            self.slots = match hold.stream.value.reserved.take() {
                Some(reserved) => {
                    // The row forgets it before the call is made: whoever follows a worker that died would make
                    // another call with it, which is in nobody's ledger.
                    hold.dirty = true;
                    quota::take_up(self.cloud, &payer, operation, reserved).await?
                }
                None => quota::reserve(self.cloud, &payer, operation, self.pages.max(1)).await?,
            };
        }
        let first = self.slots.at.front().copied().unwrap_or_else(|| self.cloud.now());
        if first <= self.cloud.now() + IN_PLACE {
            return Ok(ControlFlow::Continue(()));
        }
        self.slots.at.pop_front();
        hold.stream.value.reserved = Some(Reserved { at: first, cleared: self.slots.cleared });
        Ok(ControlFlow::Break(first))
    }

    async fn wait(&mut self) -> SignedDuration {
        let now = self.cloud.now();
        let wait = self.slots.at.pop_front().unwrap_or(now).duration_since(now);
        if wait > SignedDuration::ZERO {
            self.cloud.wait(wait).await;
        }
        wait.max(SignedDuration::ZERO)
    }

    /// Puts back what was reserved and will not be used. Should that fail, the bucket refills all the same.
    async fn put_back(&mut self, hold: &Hold) {
        let unmade = std::mem::take(&mut self.slots.at).len();
        if unmade > 0 {
            drop(quota::give_back(self.cloud, &hold.payer(), hold.domain.operation, unmade).await);
        }
    }

    /// Ends the run: the stream rests until it is `due`, or goes on at `at`.
    async fn end(
        mut self,
        hold: Hold,
        due: Option<Timestamp>,
        at: Timestamp,
        why: &'static str,
    ) -> Result<Outcome, Failure> {
        self.put_back(&hold).await;
        match due {
            Some(due) => hold.finish(self.cloud, due, why).await,
            None => hold.go_on_at(self.cloud, at, why).await,
        }
    }

    /// One call, and what its reply means: the job goes on, or ends for now.
    async fn turn(
        &mut self,
        mut hold: Hold,
        walk: Walk,
        waited: SignedDuration,
    ) -> Result<ControlFlow<Outcome, Hold>, Failure> {
        let (cloud, operation) = (self.cloud, hold.domain.operation);
        let ask = Ask { window: walk.window, stores: &walk.stores, token: walk.token.as_deref() };
        let call = Call::get(operation, (hold.domain.query)(ask));
        let begun = cloud.now();
        let answer = self.amazon.call(hold.connection.endpoint(), &self.token, &call).await;
        hold.stream.value.note(begun, answer.as_ref().ok(), self.slots.left());
        cloud.measure(Measure::call(&hold.connection, operation, answer.as_ref().ok(), &self.slots, waited));
        let verdict = answer.as_ref().ok().map(judge);
        let trouble = brake::is_trouble(verdict.as_ref());
        if trouble || self.watched && verdict == Some(Verdict::Answered) {
            // A sample is good enough without this one.
            drop(brake::note(cloud, &hold.connection, operation, trouble).await);
            self.watched = trouble;
        }
        let Ok(reply) = answer else {
            self.put_back(&hold).await;
            return failing(cloud, hold, walk, CUT_OFF).await.map(ControlFlow::Break);
        };
        // A rate that could not be noted is learned from the next reply; the page is worth more.
        drop(quota::learn(cloud, &hold.payer(), operation, self.slots.rate, reply.rate_limit).await);
        if verdict == Some(Verdict::Throttled) {
            hold.stream.value.counters.throttled += 1;
            let unmade = std::mem::take(&mut self.slots.at).len();
            quota::throttled(cloud, &hold.payer(), operation, unmade).await?;
            return Ok(ControlFlow::Continue(hold));
        }
        let mut says = FAILING;
        if verdict == Some(Verdict::Answered) {
            match land(cloud, &mut hold, &walk, &reply).await? {
                Ok(()) => {
                    (self.pages, self.bytes) = (self.pages + 1, self.bytes + reply.body.len());
                    return Ok(ControlFlow::Continue(hold));
                }
                Err(why) => says = why,
            }
        }
        self.put_back(&hold).await;
        let ended = match verdict {
            Some(Verdict::Answered) => stumble(cloud, hold, says).await,
            Some(Verdict::TokenRefused) => ask_for_token(cloud, hold, TOKEN_REFUSED).await,
            Some(Verdict::Denied(denial)) => denied(cloud, hold, denial).await,
            Some(Verdict::Refused) => refused(cloud, hold, walk, &reply.body).await,
            _ => failing(cloud, hold, walk, says).await,
        };
        ended.map(ControlFlow::Break)
    }
}

const FAILING: &str = "Amazon answers with an error of its own; it is asked again.";
const CUT_OFF: &str = "Amazon did not answer completely; it is asked again.";
