//! The loop: reserve, call, deliver, checkpoint.

use super::hold::Hold;
use super::land::{Step, land};
use super::ready::{known_stores, open};
use super::setback::{TOKEN_ENDED, TOKEN_REFUSED, ask_for_token, denied, refused, stumble, without_stores};
use crate::call::{Call, Verdict, judge};
use crate::domains::Ask;
use crate::ports::{Bus, Clock, Lake, Queue, SellingPartner, Table, Vault};
use crate::quota::{self, Payer};
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
/// Waits up to this long happen in place; longer ones put the task back.
pub const IN_PLACE: SignedDuration = SignedDuration::from_secs(2);
pub(super) async fn run<C, A>(
    cloud: &C,
    amazon: &A,
    mut hold: Hold,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Lake + Bus + Clock,
    A: SellingPartner,
{
    let Some((access, token)) = open(cloud, &hold).await? else {
        return ask_for_token(cloud, hold, TOKEN_ENDED).await;
    };
    let stores = match known_stores(cloud, amazon, &hold, &token).await {
        Ok(stores) => stores,
        Err(trouble) => return without_stores(cloud, hold, trouble).await,
    };
    let (mut pages, mut bytes) = (0, 0);
    loop {
        let now = cloud.now();
        if pages >= PAGES_MAX || bytes >= BYTES_MAX || now + PAGE_TIME > deadline {
            return hold.go_on_at(cloud, now, "more pages follow").await;
        }
        let Some(walk) = hold.stream.value.next_walk(hold.domain, &stores.in_use(), now) else {
            let due = now + hold.domain.cadence;
            return hold.finish(cloud, due, "nothing new yet").await;
        };
        let (slot, rate) = match hold.stream.value.reserved.take() {
            Some(slot) => (slot, hold.domain.operation.rate),
            None => quota::reserve(cloud, &payer(&hold), hold.domain.operation, now).await?,
        };
        let wait = slot.duration_since(now);
        if wait > IN_PLACE {
            hold.stream.value.reserved = Some(slot);
            return hold.go_on_at(cloud, slot, "the next call fits later").await;
        }
        if wait > SignedDuration::ZERO {
            cloud.wait(wait).await;
        }
        if !access.usable(hold.connection.generation, cloud.now()) {
            return ask_for_token(cloud, hold, TOKEN_ENDED).await;
        }
        match turn(cloud, amazon, hold, walk, &token, rate).await? {
            ControlFlow::Break(outcome) => return Ok(outcome),
            ControlFlow::Continue((still, read)) => (hold, pages, bytes) = (still, pages + 1, bytes + read),
        }
    }
}

/// One call, and what its reply means: the job goes on with so many bytes read, or ends for now.
async fn turn<C, A>(
    cloud: &C,
    amazon: &A,
    mut hold: Hold,
    walk: Walk,
    token: &AccessToken,
    rate: f64,
) -> Result<ControlFlow<Outcome, (Hold, usize)>, Failure>
where
    C: Table + Queue + Lake + Bus + Clock,
    A: SellingPartner,
{
    let operation = hold.domain.operation;
    let ask = Ask { window: walk.window, stores: &walk.stores, token: walk.token.as_deref() };
    let call = Call::get(operation, (hold.domain.query)(ask));
    hold.stream.value.counters.calls += 1;
    let begun = cloud.now();
    let answer = amazon.call(hold.connection.endpoint(), token, &call).await;
    hold.stream.value.note(operation.name, begun, answer.as_ref().ok());
    let Ok(reply) = answer else {
        let says = "Amazon did not answer completely; it is asked again.";
        return stumble(cloud, hold, says).await.map(ControlFlow::Break);
    };
    let payer = payer(&hold);
    // A rate that could not be noted is learned from the next reply; the page is worth more.
    drop(quota::learn(cloud, &payer, operation, cloud.now(), rate, reply.rate_limit).await);
    let end = match judge(&reply) {
        Verdict::Answered => match land(cloud, &mut hold, walk, &reply).await? {
            Step::More => {
                hold.checkpoint(cloud).await?;
                return Ok(ControlFlow::Continue((hold, reply.body.len())));
            }
            Step::WindowDone => {
                let now = cloud.now();
                let arrived = hold.stream.value.cursor.unwrap_or(now);
                let due = (arrived + hold.domain.lag + hold.domain.cadence).max(now);
                hold.finish(cloud, due, "the window is done").await
            }
            Step::Setback(says) => stumble(cloud, hold, says).await,
        },
        Verdict::Throttled => {
            hold.stream.value.counters.throttled += 1;
            quota::drain(cloud, &payer, operation, cloud.now()).await?;
            return Ok(ControlFlow::Continue((hold, reply.body.len())));
        }
        Verdict::TokenRefused => ask_for_token(cloud, hold, TOKEN_REFUSED).await,
        Verdict::Denied(denial) => denied(cloud, hold, denial).await,
        Verdict::Refused => refused(cloud, hold, walk, &reply).await,
        Verdict::Failing => {
            stumble(cloud, hold, "Amazon answers with an error of its own; it is asked again.").await
        }
    };
    end.map(ControlFlow::Break)
}

fn payer(hold: &Hold) -> Payer {
    Payer {
        application: hold.connection.application.clone(),
        seller: hold.connection.seller.clone(),
        region: hold.connection.region,
    }
}
