//! The gate of the Selling Partner API: who calls, from which region, how often; then the operation answers.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::asked::{Asked, without_tokens};
use crate::faults::FaultKind;
use crate::marketplaces::Region;
use crate::operations::Operation;
use crate::options::Revocation;
use crate::reply::Reply;
use crate::sellers::{Seller, SellerKind};
use crate::world::{BucketName, Inside, World};
use crate::{orders, participations};

/// What the API says of its bodies.
const CONTENT_TYPE: &str = "application/json";

/// One request to the API.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) region: Region,
    pub(crate) method: String,
    /// The real path, without what names the region here.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// The header `x-amz-access-token`.
    pub(crate) token: Option<String>,
}

/// Why a call is not answered with what it wanted.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    code: &'static str,
    message: String,
    details: Option<String>,
}

impl Problem {
    /// 400: something in the request is wrong.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self { status: 400, code: "InvalidInput", message: message.into(), details: Some(String::new()) }
    }

    /// 400 exactly as the static sandbox has it.
    pub(crate) fn sandbox(details: Option<&str>) -> Self {
        Self {
            status: 400,
            code: "InvalidInput",
            message: "Invalid Input".into(),
            details: details.map(str::to_owned),
        }
    }

    /// 403: one code for many causes; only the details tell them apart, and not always.
    pub(crate) fn denied(details: &str) -> Self {
        Self {
            status: 403,
            code: "Unauthorized",
            message: "Access to requested resource is denied.".into(),
            details: Some(details.to_owned()),
        }
    }

    /// 404.
    pub(crate) fn not_found() -> Self {
        let message = "The requested resource does not exist.".to_owned();
        Self { status: 404, code: "NotFound", message, details: Some(String::new()) }
    }

    /// What Amazon says with this status when it is not the caller's doing.
    fn of_status(status: u16) -> Self {
        let (code, message) = match status {
            401 => ("Unauthorized", "The access token you provided has expired."),
            403 => {
                return Self::denied("The access token you provided is revoked, malformed or invalid.");
            }
            429 => ("QuotaExceeded", "You exceeded your quota for the requested resource."),
            503 => ("ServiceUnavailable", "Service is temporarily unavailable. Please try again."),
            _ => ("InternalFailure", "We encountered an internal error. Please try again."),
        };
        Self { status, code, message: message.into(), details: Some(String::new()) }
    }

    fn reply(&self) -> Reply {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(details) = &self.details {
            error["details"] = json!(details);
        }
        Reply::json(self.status, CONTENT_TYPE, &json!({ "errors": [error] }))
            .with("x-amzn-errortype", self.code)
    }
}

/// Who calls.
struct Caller {
    client_id: String,
    seller: Seller,
}

impl Caller {
    fn bucket(&self, region: Region, operation: &Operation) -> BucketName {
        (self.client_id.clone(), self.seller.id.clone(), region, operation.name())
    }
}

/// Answers a call; the fault, if any, is still to be done to the answer on its way out.
pub(crate) fn answer(world: &World, call: &Call) -> (Reply, Option<FaultKind>) {
    let now = world.now();
    let operation = Operation::of(&call.method, &call.path);
    let name = operation.as_ref().map_or("unknown", Operation::name);
    let mut held = world.hold();
    let inside = &mut *held;
    let caller = identify(inside, call, now);
    let seller = owner(inside, call);
    let fault = inside.dial.take(name, seller.as_deref());
    let rate = operation.as_ref().map(Operation::rate);
    let mut left = None;
    let outcome = match (&fault, &operation, caller) {
        (Some(FaultKind::Status { status }), ..) => Err(Problem::of_status(*status)),
        (_, None, _) => Err(Problem::denied("")),
        (_, _, Err(problem)) => Err(problem),
        (_, Some(operation), Ok(caller)) => {
            let outcome = serve(inside, call, operation, &caller, fault.as_ref(), now);
            let bucket = inside.buckets.get(&caller.bucket(call.region, operation));
            left = bucket.map(|bucket| bucket.left(operation.rate(), now));
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

/// Lets the operation answer, unless the role or the quota forbids it.
fn serve(
    inside: &mut Inside,
    call: &Call,
    operation: &Operation,
    caller: &Caller,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let application = inside.book.client(&caller.client_id);
    let without_role =
        application.is_some_and(|a| a.without_role.iter().any(|name| name == operation.name()));
    // Sellers and Orders are for sellers only.
    if without_role || caller.seller.kind == SellerKind::Vendor {
        return Err(Problem::denied(""));
    }
    let bucket = caller.bucket(call.region, operation);
    if !inside.buckets.entry(bucket).or_default().take(operation.rate(), now) {
        return Err(Problem::of_status(429));
    }
    let seller = &caller.seller;
    match operation {
        Operation::GetMarketplaceParticipations => Ok(ok(&participations::of(seller))),
        Operation::SearchOrders => orders::search(inside, seller, call, fault, now).map(|answer| ok(&answer)),
        Operation::GetOrder(id) => {
            orders::get(inside, seller, id, &call.query, now).map(|answer| ok(&answer))
        }
    }
}

/// Whose access token this is, good or not any more: for the log and the dial.
fn owner(inside: &Inside, call: &Call) -> Option<String> {
    let access = inside.book.find_access(call.token.as_deref()?)?;
    let grant = inside.book.grant_numbered(access.grant?)?;
    Some(grant.seller.clone())
}

/// Whose access token this is, if it is good here and now.
fn identify(inside: &Inside, call: &Call, now: Timestamp) -> Result<Caller, Problem> {
    let invalid = || Problem::denied("The access token you provided is revoked, malformed or invalid.");
    let presented = call.token.as_deref().filter(|token| !token.is_empty());
    let presented =
        presented.ok_or_else(|| Problem::denied("Access token is missing in the request header."))?;
    let access = inside.book.find_access(presented).ok_or_else(invalid)?;
    if now >= access.expires {
        return Err(Problem::denied("The access token you provided has expired."));
    }
    // A grantless token opens none of the operations here.
    let grant = access
        .grant
        .and_then(|number| inside.book.grant_numbered(number))
        .ok_or_else(|| Problem::denied(""))?;
    if grant.revoked && inside.revocation == Revocation::AtOnce {
        return Err(invalid());
    }
    let seller = inside.seller(&grant.seller).ok_or_else(invalid)?;
    if seller.region != call.region {
        return Err(Problem::denied("The marketplaces you provided are not valid for region."));
    }
    Ok(Caller { client_id: access.client_id.clone(), seller: seller.clone() })
}

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply::json(200, CONTENT_TYPE, body)
}

/// The body as JSON, for checks.
pub(crate) fn body_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or(Value::Null)
}
