//! The loop: reserve, call, deliver, checkpoint.

use super::answer::{self, Answer};
use super::document::{self, Read};
use super::hold::Hold;
use super::land::{Next, UNREADABLE, land};
use super::ready::{known_stores, open};
use super::setback::{
    TOKEN_ENDED, TOKEN_REFUSED, ask_for_token, braked, denied, failing, fatal, refused, stumble,
    without_stores,
};
use super::step::{orders_something, step};
use crate::brake;
use crate::call::{Call, Reply, Verdict, judge};
use crate::catalogue::Operation;
use crate::domains::Source;
use crate::gate::Gate;
use crate::measure::Measure;
use crate::ports::{Bus, Clock, Documents, Entropy, Lake, Meter, Queue, SellingPartner, Table, Vault};
use crate::quota::{self, IN_PLACE, Reserved};
use crate::secret::AccessToken;
use crate::stream::{Stage, Walk};
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
    deadline: Timestamp,
    /// Whether every answer interests the brake.
    watched: bool,
    /// Whose slots these are.
    operation: &'static Operation,
    slots: quota::Slots,
    pages: u32,
    bytes: usize,
}

/// The next call of a pass, and what it is for.
struct Turn {
    walk: Walk,
    source: &'static Source,
    operation: &'static Operation,
    call: Call,
    waited: SignedDuration,
}

pub(super) async fn run<C, A>(
    cloud: &C,
    amazon: &A,
    mut hold: Hold,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Lake + Bus + Clock + Entropy + Meter,
    A: SellingPartner + Documents,
{
    let cadence = hold.stream.value.cadence(hold.domain);
    let operation = hold.domain.operation();
    let look = brake::look(cloud, &hold.connection, operation, cadence).await?;
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
    let slots = quota::Slots::none(operation);
    let mut run =
        Run { cloud, amazon, token, deadline, watched: look.watched, operation, slots, pages: 0, bytes: 0 };
    loop {
        let now = cloud.now();
        let Some(walk) = hold.stream.value.next_walk(hold.domain, present) else {
            let due = hold.stream.value.due_next(hold.domain, now);
            return run.end(hold, Some(due), now, "everything there is has landed").await;
        };
        let source = hold.domain.source_of(walk.way, walk.bulk);
        // A long history may wait; the tasks of others should not.
        let enough = run.pages >= PAGES_MAX && source.token_life() >= SHORT_LIVED;
        if enough || run.bytes >= BYTES_MAX || now + PAGE_TIME > deadline {
            return run.end(hold, None, now, "more pages follow").await;
        }
        let walk = if walk.stale(source, now) { walk.restarted() } else { walk };
        let orders = orders_something(source, &walk);
        if let Some(at) = hold.stream.value.asks_again(now).filter(|_| orders) {
            return run.end(hold, None, at, "Amazon makes this report again later").await;
        }
        let ask = walk.ask(hold.domain, hold.connection.seller.as_str());
        let Ok((operation, call)) = step(source, ask, &walk, now) else {
            return stumble(cloud, hold, UNASKABLE).await;
        };
        if let ControlFlow::Break(later) = run.slot(&mut hold, operation).await? {
            return run.end(hold, None, later, "the next call fits later").await;
        }
        if orders {
            // Should the answer be lost, Amazon's own list says whether it was asked for.
            hold.stream.value.walk_on(Walk { stage: Some(Stage::Asked(now)), ..walk.clone() });
            hold.dirty = true;
        }
        if hold.dirty {
            hold.checkpoint(cloud).await?;
        }
        let waited = run.wait().await;
        if !access.usable(hold.connection.generation, cloud.now()) {
            run.put_back(&hold).await;
            return ask_for_token(cloud, hold, TOKEN_ENDED).await;
        }
        match Box::pin(run.turn(hold, Turn { walk, source, operation, call, waited })).await? {
            ControlFlow::Break(outcome) => return Ok(outcome),
            ControlFlow::Continue(still) => hold = still,
        }
    }
}

impl<C, A> Run<'_, C, A>
where
    C: Table + Vault + Queue + Lake + Bus + Clock + Entropy + Meter,
    A: SellingPartner + Documents,
{
    /// The moment for the next call, or when to come back for it. A walk that goes on reserves as many calls
    /// as it has made, since it is likely to need as many again.
    async fn slot(
        &mut self,
        hold: &mut Hold,
        operation: &'static Operation,
    ) -> Result<ControlFlow<Timestamp>, Failure> {
        if !std::ptr::eq(self.operation, operation) {
            self.put_back(hold).await;
            (self.operation, self.slots) = (operation, quota::Slots::none(operation));
        }
        if self.slots.at.is_empty() {
            let payer = hold.payer();
            let reserved = hold.stream.value.reserved.take();
            // The row forgets it before the call is made: whoever follows a worker that died would make another call
            // with it, which is in nobody's ledger.
            hold.dirty |= reserved.is_some();
            // What was reserved for another operation refills by itself.
            self.slots = match reserved.filter(|reserved| reserved.is_for(operation, hold.domain.operation()))
            {
                Some(reserved) => quota::take_up(self.cloud, &payer, operation, reserved).await?,
                None => quota::reserve(self.cloud, &payer, operation, self.block(hold, operation)).await?,
            };
        }
        let first = self.slots.at.front().copied().unwrap_or_else(|| self.cloud.now());
        if first <= self.cloud.now() + IN_PLACE {
            return Ok(ControlFlow::Continue(()));
        }
        self.slots.at.pop_front();
        let usual = std::ptr::eq(operation, hold.domain.operation());
        let of = (!usual).then(|| operation.name.to_owned());
        hold.stream.value.reserved = Some(Reserved { at: first, cleared: self.slots.cleared, of });
        Ok(ControlFlow::Break(first))
    }

    /// How many calls to reserve at once: a document needs one of each.
    fn block(&self, hold: &Hold, operation: &Operation) -> u32 {
        let pages = operation.pages.is_some() && std::ptr::eq(operation, hold.domain.operation());
        if pages { self.pages.max(1) } else { 1 }
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
            drop(quota::give_back(self.cloud, &hold.payer(), self.operation, unmade).await);
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
    async fn turn(&mut self, mut hold: Hold, turn: Turn) -> Result<ControlFlow<Outcome, Hold>, Failure> {
        let (cloud, operation) = (self.cloud, turn.operation);
        let begun = cloud.now();
        let answer = self.amazon.call(hold.connection.endpoint(), &self.token, &turn.call).await;
        let usual = std::ptr::eq(operation, hold.domain.operation());
        let named = (!usual).then_some(operation.name);
        hold.stream.value.note(begun, named, answer.as_ref().ok(), self.slots.left());
        let reply = answer.as_ref().ok();
        cloud.measure(Measure::call(&hold.connection, operation, reply, &self.slots, turn.waited));
        let verdict = reply.map(judge);
        let trouble = brake::is_trouble(verdict.as_ref());
        if trouble || self.watched && verdict == Some(Verdict::Answered) {
            // A sample is good enough without this one.
            drop(brake::note(cloud, &hold.connection, operation, trouble).await);
            self.watched = trouble;
        }
        let Ok(reply) = answer else {
            self.put_back(&hold).await;
            return failing(cloud, hold, turn.walk, CUT_OFF).await.map(ControlFlow::Break);
        };
        // A rate that could not be noted is learned from the next reply; the page is worth more.
        drop(quota::learn(cloud, &hold.payer(), operation, self.slots.rate, reply.rate_limit).await);
        let ended = match verdict {
            Some(Verdict::Throttled) => {
                hold.stream.value.counters.throttled += 1;
                let unmade = std::mem::take(&mut self.slots.at).len();
                quota::throttled(cloud, &hold.payer(), operation, unmade).await?;
                return Ok(ControlFlow::Continue(hold));
            }
            Some(Verdict::Answered) => return self.answered(hold, turn, &reply).await,
            Some(Verdict::TokenRefused) => ask_for_token(cloud, hold, TOKEN_REFUSED).await,
            Some(Verdict::Denied(denial)) => denied(cloud, hold, operation, denial).await,
            Some(Verdict::Refused) => refused(cloud, hold, turn.walk, &reply.body).await,
            _ => failing(cloud, hold, turn.walk, FAILING).await,
        };
        ended.map(ControlFlow::Break)
    }

    /// Takes an answer in.
    async fn answered(
        &mut self,
        mut hold: Hold,
        turn: Turn,
        reply: &Reply,
    ) -> Result<ControlFlow<Outcome, Hold>, Failure> {
        let (cloud, Turn { walk, source, operation, .. }) = (self.cloud, turn);
        let by = (operation, reply.request_id.as_str());
        let ask = walk.ask(hold.domain, hold.connection.seller.as_str());
        let next = match answer::read(source, ask, &walk, &reply.body, cloud.now()) {
            Err(_) => Next::Unusable(UNREADABLE),
            Ok(Answer::Located(located)) => {
                self.put_back(&hold).await;
                let until = self.deadline;
                let read = document::read(cloud, self.amazon, &mut hold, walk, source, located, by, until);
                // On the heap: it is much larger than the loop around it, which most often has no need of it.
                match Box::pin(read).await? {
                    Read::Whole => Next::On,
                    Read::Part => Next::At(cloud.now(), "more of the document follows"),
                    Read::Broken(says, person) => {
                        return fatal(cloud, hold, says, person).await.map(ControlFlow::Break);
                    }
                }
            }
            Ok(Answer::Explained(located)) => {
                let says = document::explanation(self.amazon, located).await;
                let shorter = hold.stream.value.troubled() > 1;
                hold.stream.value.give_up(hold.domain, walk, shorter);
                self.put_back(&hold).await;
                return fatal(cloud, hold, says, true).await.map(ControlFlow::Break);
            }
            Ok(answer) => land(cloud, &mut hold, &walk, answer, by).await?,
        };
        let ended = match next {
            Next::On => {
                (self.pages, self.bytes) = (self.pages + 1, self.bytes + reply.body.len());
                return Ok(ControlFlow::Continue(hold));
            }
            Next::At(at, why) => {
                self.put_back(&hold).await;
                hold.go_on_at(cloud, at, why).await
            }
            Next::Unusable(why) => {
                self.put_back(&hold).await;
                stumble(cloud, hold, why).await
            }
            Next::Failed(why) => {
                self.put_back(&hold).await;
                fatal(cloud, hold, why.to_owned(), true).await
            }
        };
        ended.map(ControlFlow::Break)
    }
}

const FAILING: &str = "Amazon answers with an error of its own; it is asked again.";
const CUT_OFF: &str = "Amazon did not answer completely; it is asked again.";
const UNASKABLE: &str =
    "What is to be asked cannot be put into a call. This is a fault of ours: please report it.";
