//! The gate of the Selling Partner API: who calls, from which region, how often; then the operation answers.

use jiff::Timestamp;
use serde_json::Value;

use crate::ask::Ask;
use crate::asked::{Asked, without_tokens};
use crate::bucket::Rate;
use crate::faults::FaultKind;
use crate::gate::{self, Caller, Who};
use crate::marketplaces::Region;
use crate::operations::Operation;
use crate::problem::{CONTENT_TYPE, Problem};
use crate::reply::Reply;
use crate::world::{Inside, World};
use crate::{
    destinations, kiosk, orders, participations, patch, reports, restricted, rotation, sandbox, subscriptions,
};

/// One request to the API.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) region: Region,
    /// It came to the sandbox's host.
    pub(crate) sandbox: bool,
    pub(crate) method: String,
    /// The real path, without what names the region here.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// The header `x-amz-access-token`.
    pub(crate) token: Option<String>,
    /// The body, where it is JSON.
    pub(crate) body: Option<Value>,
}

/// Answers a call; the fault, if any, is still to be done to the answer on its way out.
pub(crate) fn answer(world: &World, call: &Call) -> (Reply, Option<FaultKind>) {
    let now = world.now();
    let operation = Operation::of(&call.method, &call.path);
    let name = operation.as_ref().map_or("unknown", Operation::name);
    let mut held = world.hold();
    let inside = &mut *held;
    inside.settle(now);
    let caller = gate::identify(inside, call, now);
    let seller = gate::owner(inside, call);
    let fault = inside.dial.take(name, seller.as_deref());
    let rate = operation.as_ref().map(|operation| plan(call, operation));
    let mut left = None;
    let outcome = match (&fault, &operation, caller) {
        (Some(FaultKind::Status { status }), ..) => Err(Problem::of_status(*status)),
        (Some(FaultKind::Throttled { .. }), ..) => Err(Problem::of_status(429)),
        (_, None, _) => Err(Problem::denied("")),
        (_, _, Err(problem)) => Err(problem),
        (_, Some(operation), Ok(caller)) => {
            let outcome = serve(inside, call, operation, &caller, fault.as_ref(), now);
            let bucket = inside.buckets.get(&caller.bucket(call, operation));
            left = bucket.map(|bucket| bucket.left(plan(call, operation), now));
            outcome
        }
    };
    let request_id = inside.request_id();
    let mut reply = outcome.unwrap_or_else(|problem| problem.reply()).with("x-amzn-requestid", &request_id);
    // Amazon says the rate with these statuses only.
    if let (Some(rate), 200..=299 | 400 | 404) = (rate, reply.status) {
        reply = reply.with("x-amzn-ratelimit-limit", rate.header());
    }
    inside.note(Asked {
        time: now,
        region: Some(call.region),
        operation: name.to_owned(),
        seller,
        status: reply.status,
        query: without_tokens(&call.query),
        left,
        fault: fault.as_ref().map(crate::tamper::name),
        request_id,
    });
    drop(held);
    // What a fault answers is not the simulator's own word.
    crate::conformance::check(world, call, fault.is_none().then_some(&reply));
    (reply, fault)
}

/// Lets the operation answer, unless the role, the quota or the region forbids it.
fn serve(
    inside: &mut Inside,
    call: &Call,
    operation: &Operation,
    caller: &Caller,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Reply, Problem> {
    caller.may(inside, call, operation)?;
    let bucket = caller.bucket(call, operation);
    if !inside.buckets.entry(bucket).or_default().take(plan(call, operation), now) {
        return Err(Problem::of_status(429));
    }
    if call.sandbox {
        return sandbox::answer(operation);
    }
    let Who::Partner(seller) = &caller.who else {
        return itself(inside, call, operation, caller, now);
    };
    let at_home = seller.region == call.region;
    match operation {
        Operation::GetMarketplaceParticipations if at_home => Ok(ok(&participations::of(seller))),
        // No error, but no store either (amzn/selling-partner-api-docs issue 659).
        Operation::GetMarketplaceParticipations => Ok(ok(&participations::none())),
        _ if !at_home => Err(Problem::denied("The marketplaces you provided are not valid for region.")),
        Operation::SearchOrders => orders::search(inside, seller, call, fault, now).map(|answer| ok(&answer)),
        Operation::GetOrder(id) => {
            orders::get(inside, seller, id, &call.query, now).map(|answer| ok(&answer))
        }
        Operation::Served(served, variables) => {
            let ask = Ask {
                operation: served.name,
                inside,
                seller,
                query: &call.query,
                variables,
                body: call.body.as_ref(),
                fault,
                now,
            };
            (served.answer)(&ask).map(|answer| ok(&answer))
        }
        Operation::CreateRestrictedDataToken => {
            let made = restricted::make(inside, call, now)?;
            inside.save();
            Ok(ok(&made))
        }
        Operation::GetOrderAddress(id) => {
            restricted::address(inside, seller, id, now).map(|answer| ok(&answer))
        }
        Operation::PatchListingsItem(whose, sku) => {
            patch::patch(seller, whose, sku, call).map(|answer| ok(&answer))
        }
        Operation::Reports(asked) => reports::answer(inside, (seller, caller), asked, call, fault, now),
        Operation::Kiosk(asked) => kiosk::answer(inside, seller, asked, call, fault, now),
        Operation::GetSubscriptions => {
            subscriptions::list(&inside.book, (&caller.client_id, &seller.id), call).map(|answer| ok(&answer))
        }
        Operation::GetSubscription(kind) => {
            subscriptions::get(&inside.book, (&caller.client_id, &seller.id), kind, call).map(|one| ok(&one))
        }
        Operation::CreateSubscription(kind) => {
            let whose = (caller.client_id.as_str(), seller.id.as_str());
            let made = subscriptions::create(&mut inside.book, whose, kind, call.body.as_ref(), now)?;
            inside.save();
            Ok(ok(&made))
        }
        Operation::RotateApplicationClientSecret
        | Operation::GetDestinations
        | Operation::CreateDestination
        | Operation::GetDestination(_)
        | Operation::DeleteDestination(_)
        | Operation::GetSubscriptionById(..)
        | Operation::DeleteSubscriptionById(..) => Err(Problem::denied("")),
    }
}

/// What an application does for itself, without any account.
fn itself(
    inside: &mut Inside,
    call: &Call,
    operation: &Operation,
    caller: &Caller,
    now: Timestamp,
) -> Result<Reply, Problem> {
    match operation {
        Operation::GetDestinations => Ok(ok(&destinations::all(&inside.book, &caller.client_id))),
        Operation::CreateDestination => {
            let made = destinations::create(&mut inside.book, &caller.client_id, call.body.as_ref())?;
            inside.save();
            Ok(ok(&made))
        }
        Operation::GetDestination(id) => {
            destinations::one(&inside.book, &caller.client_id, id).map(|one| ok(&one))
        }
        Operation::DeleteDestination(id) => {
            let done = destinations::delete(&mut inside.book, &caller.client_id, id)?;
            inside.save();
            Ok(ok(&done))
        }
        Operation::GetSubscriptionById(kind, id) => {
            subscriptions::by_id(&inside.book, &caller.client_id, kind, id).map(|one| ok(&one))
        }
        Operation::DeleteSubscriptionById(kind, id) => {
            let done = subscriptions::delete(&mut inside.book, &caller.client_id, kind, id)?;
            inside.save();
            Ok(ok(&done))
        }
        Operation::RotateApplicationClientSecret => {
            let done = rotation::rotate(&mut inside.book, &caller.client_id, now);
            inside.save();
            done
        }
        _ => Err(Problem::denied("")),
    }
}

/// The usage plan that holds here.
fn plan(call: &Call, operation: &Operation) -> Rate {
    if call.sandbox { sandbox::RATE } else { operation.rate() }
}

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply::json(200, CONTENT_TYPE, body)
}

/// The body as JSON, for checks.
pub(crate) fn body_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or(Value::Null)
}
