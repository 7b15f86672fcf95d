//! One call: reserved with the quota, made, judged, and learned from.

use super::bearer::Bearer;
use super::{Stop, admit::scope};
use crate::call::{Call, Reply, Verdict, judge_call};
use crate::catalogue::Operation;
use crate::connection::Connection;
use crate::ids::SellerId;
use crate::measure::Measure;
use crate::message::Refusal;
use crate::ports::{Clock, Meter, SellingPartner, Table};
use crate::quota::{self, IN_PLACE, Payer};
use jiff::SignedDuration;
use serde::de::IgnoredAny;

/// A complete reply.
pub(super) struct Sent {
    pub(super) reply: Reply,
    pub(super) verdict: Verdict,
    /// Calls that could be made at once after it.
    pub(super) left: u32,
}

/// Grantless operations are counted for each application: no seller pays for them.
const NO_SELLER: &str = "-";

fn payer(connection: &Connection, operation: &Operation) -> Payer {
    let seller = connection.seller.clone();
    let seller = match scope(operation) {
        Some(_) => SellerId::parse(NO_SELLER).unwrap_or(seller),
        None => seller,
    };
    Payer { application: connection.application.clone(), seller, region: connection.region }
}

/// Whether an answer is what Amazon answers: JSON, or nothing where something was changed.
fn readable(operation: &Operation, reply: &Reply) -> bool {
    let nothing = reply.body.is_empty() && (!operation.reads || reply.status == 204);
    nothing || serde_json::from_slice::<IgnoredAny>(&reply.body).is_ok()
}

/// Makes a call, now or after a short wait.
pub(super) async fn send(
    cloud: &(impl Table + Clock + Meter),
    amazon: &impl SellingPartner,
    connection: &Connection,
    operation: &'static Operation,
    bearer: &Bearer,
    call: &Call,
) -> Result<Sent, Refusal> {
    let payer = payer(connection, operation);
    let mut slots = quota::reserve_soon(cloud, &payer, operation, IN_PLACE).await?.map_err(Stop::Quota)?;
    let now = cloud.now();
    let wait = slots.at.pop_front().unwrap_or(now).duration_since(now).max(SignedDuration::ZERO);
    if wait > SignedDuration::ZERO {
        cloud.wait(wait).await;
    }
    let sent = amazon.call(connection.endpoint(), &bearer.token, call).await;
    cloud.measure(Measure::call(connection, operation, sent.as_ref().ok(), &slots, wait));
    let reply = sent.map_err(|error| match operation.reads {
        true => Stop::NoAnswer(error.why),
        false => Stop::Uncertain(error.why),
    })?;
    let mut verdict = judge_call(&reply, operation, bearer.is_restricted());
    if verdict == Verdict::Answered && !readable(operation, &reply) {
        // Somebody else spoke for Amazon, or the answer was cut short.
        verdict = match operation.reads {
            true => Verdict::Failing,
            false => return Err(Stop::Uncertain("an answer that is no JSON").into()),
        };
    }
    // What could not be noted is learned from the next reply; the answer is worth more.
    drop(quota::learn(cloud, &payer, operation, slots.rate, reply.rate_limit).await);
    if verdict == Verdict::Throttled {
        drop(quota::throttled(cloud, &payer, operation, 0).await);
    }
    let left = if verdict == Verdict::Throttled { 0 } else { slots.left() };
    Ok(Sent { reply, verdict, left })
}
