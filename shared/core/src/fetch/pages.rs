//! The loop: reserve, call, deliver, checkpoint.

mod slots;

use super::answer::{self, Answer};
use super::batch::Called;
use super::check;
use super::document::{self, Read};
use super::explanation::explanation;
use super::hold::Hold;
use super::land::{Next, UNREADABLE, calm, land};
use super::ready::{know, known_stores, open};
use super::setback::{
    TOKEN_ENDED, TOKEN_REFUSED, ask_for_token, braked, denied, failing, fatal, refused, stumble, unmade,
    without_stores,
};
use super::step::{orders_something, step};
use crate::brake;
use crate::call::{Call, Reply, Verdict, judge_call};
use crate::catalogue::Operation;
use crate::domains::Source;
use crate::gate::Gate;
use crate::measure::Measure;
use crate::ports::{Bus, Clock, Documents, Entropy, Lake, Meter, Queue, SellingPartner, Table, Vault};
use crate::quota;
use crate::secret::AccessToken;
use crate::stream::{Stage, Walk, Way};
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

impl Turn {
    /// Whether it is about a thing that a notification named: whatever becomes of it troubles nobody.
    fn is_named(&self) -> bool {
        self.walk.way == Way::Named
    }
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
    let operation = hold.domain.operation();
    let mut known = know(cloud, &hold).await?;
    match known.look.gate {
        Gate::Open | Gate::Probe => {}
        Gate::At(turn) => return hold.finish(cloud, turn, "its turn after an incident comes later").await,
        Gate::Shut => return braked(cloud, hold, known.look.hold).await,
    }
    let Some((access, token)) = open(cloud, &hold, &mut known).await? else {
        return ask_for_token(cloud, hold, TOKEN_ENDED).await;
    };
    let watched = known.look.watched;
    let stores = match known_stores(cloud, amazon, &hold, known, &token).await {
        Ok(stores) => stores,
        Err(trouble) => return without_stores(cloud, hold, trouble).await,
    };
    // The present of this run. Were it each page's own, the end of one window would be the beginning of another
    // a moment long, and there would never be an end: the cadence would not hold and the quota stay empty.
    let present = cloud.now();
    hold.stream.value.begin(hold.domain, &stores.in_use(), present);
    hold.stream.value.leave_check();
    let cursor = hold.stream.value.cursor;
    let slots = quota::Slots::none(operation);
    let mut run = Run { cloud, amazon, token, deadline, watched, operation, slots, pages: 0, bytes: 0 };
    loop {
        let now = cloud.now();
        let stream = &hold.stream.value;
        // What an earlier run began has arrived, and its end is not the present any more: what changed since comes at
        // its own time, or a report that takes minutes would be asked for again and again.
        let early = |walk: &Walk| {
            let begins = stream.walk.is_none() && matches!(walk.way, Way::Onward | Way::Sweep);
            begins && stream.cursor != cursor && now < stream.due_onward(hold.domain)
        };
        let Some(walk) = stream.next_walk(hold.domain, present).filter(|walk| !early(walk)) else {
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
        let named = walk.way == Way::Named;
        let Ok((operation, call)) = step(source, ask, &walk, now) else {
            if named {
                leave_names(&mut hold, now);
                continue;
            }
            return stumble(cloud, hold, UNASKABLE).await;
        };
        if let ControlFlow::Break(later) = run.slot(&mut hold, operation, named).await? {
            if named {
                run.put_back(&hold).await;
                leave_names(&mut hold, now);
                continue;
            }
            return run.end(hold, None, later, "the next call fits later").await;
        }
        if orders {
            // Should the answer be lost, Amazon's own list says whether it was asked for.
            hold.stream.value.walk_on(Walk { stage: Some(Stage::Asked(now)), ..walk.clone() });
            hold.dirty = true;
        }
        if hold.dirty || hold.is_full() {
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
        let verdict = reply.map(|reply| judge_call(reply, operation, false));
        let trouble = brake::is_trouble(verdict.as_ref());
        if trouble || self.watched && verdict == Some(Verdict::Answered) {
            // A sample is good enough without this one.
            drop(brake::note(cloud, &hold.connection, operation, trouble).await);
            self.watched = trouble;
        }
        let Ok(reply) = answer else {
            self.put_back(&hold).await;
            if turn.is_named() {
                leave_names(&mut hold, cloud.now());
                return Ok(ControlFlow::Continue(hold));
            }
            return failing(cloud, hold, turn.walk, CUT_OFF).await.map(ControlFlow::Break);
        };
        // A rate that could not be noted is learned from the next reply; the page is worth more.
        drop(quota::learn(cloud, &hold.payer(), operation, self.slots.rate, reply.rate_limit).await);
        let ended = match verdict {
            Some(Verdict::Throttled) => {
                hold.stream.value.counters.throttled += 1;
                let unmade = std::mem::take(&mut self.slots.at).len();
                quota::throttled(cloud, &hold.payer(), operation, unmade).await?;
                if turn.is_named() {
                    leave_names(&mut hold, cloud.now());
                }
                return Ok(ControlFlow::Continue(hold));
            }
            Some(Verdict::Answered) => return self.answered(hold, turn, &reply).await,
            // There is no such thing, or it is somebody else's: the name was a stranger's.
            Some(Verdict::Refused) if turn.is_named() => {
                hold.stream.value.give_name_up(&turn.walk, cloud.now());
                hold.dirty = true;
                calm(&mut hold);
                return Ok(ControlFlow::Continue(hold));
            }
            _ if turn.is_named() => {
                leave_names(&mut hold, cloud.now());
                return Ok(ControlFlow::Continue(hold));
            }
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
        let named = turn.is_named();
        let (cloud, Turn { walk, source, operation, .. }) = (self.cloud, turn);
        let (request_id, at) = (reply.request_id.as_str(), cloud.now() - reply.duration);
        let called = Called { operation, request_id, at };
        let ask = walk.ask(hold.domain, hold.connection.seller.as_str());
        let next = match answer::read(source, ask, &walk, &reply.body, cloud.now()) {
            Err(_) if named => {
                leave_names(&mut hold, cloud.now());
                return Ok(ControlFlow::Continue(hold));
            }
            Err(_) => Next::Unusable(UNREADABLE),
            Ok(Answer::Located(located)) => {
                self.put_back(&hold).await;
                let (amazon, until) = (self.amazon, self.deadline);
                // On the heap: it is much larger than the loop around it, which most often has no need of it.
                let read = match walk.way {
                    Way::Check => {
                        Box::pin(check::count(cloud, amazon, &mut hold, walk, source, located)).await?
                    }
                    Way::Onward | Way::Sweep | Way::History | Way::Named => {
                        let read =
                            document::read(cloud, amazon, &mut hold, walk, source, located, called, until);
                        Box::pin(read).await?
                    }
                };
                match read {
                    Read::Whole => Next::On,
                    Read::Part => Next::At(cloud.now(), "more of the document follows"),
                    Read::Broken(says, person) => {
                        return fatal(cloud, hold, says, person).await.map(ControlFlow::Break);
                    }
                }
            }
            Ok(Answer::Explained(located)) => {
                let says = explanation(self.amazon, located).await;
                self.put_back(&hold).await;
                return unmade(cloud, hold, walk, &says).await.map(ControlFlow::Break);
            }
            Ok(answer) => land(cloud, &mut hold, &walk, answer, called).await?,
        };
        let ended = match next {
            Next::On => {
                self.pages += u32::from(!named);
                self.bytes += reply.body.len();
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
            Next::Failed(walk, why) => {
                self.put_back(&hold).await;
                unmade(cloud, hold, *walk, why).await
            }
        };
        ended.map(ControlFlow::Break)
    }
}

/// What was named is left to a run by pages.
fn leave_names(hold: &mut Hold, now: Timestamp) {
    hold.stream.value.leave_names(now);
    hold.dirty = true;
}

const FAILING: &str = "Amazon answers with an error of its own; it is asked again.";
const CUT_OFF: &str = "Amazon did not answer completely; it is asked again.";
const UNASKABLE: &str =
    "What is to be asked cannot be put into a call. This is a fault of ours: please report it.";
