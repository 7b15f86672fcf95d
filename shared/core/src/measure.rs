//! Figures for whoever watches over the installation: every call to Amazon, and every stream after a run. They
//! name no buyer and no product, and hold no secret.

use crate::call::Reply;
use crate::catalogue::{Method, Operation};
use crate::connection::Connection;
use crate::ids::{ApplicationSlug, ConnectionId, TenantId};
use crate::quota::Slots;
use jiff::SignedDuration;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// A call to Amazon.
    Call(CallMeasure),
    /// A stream after a run.
    Stream(StreamMeasure),
    /// The domains' queues, looked after by the dispatcher.
    Queues(QueuesMeasure),
}

/// How the domains' queues stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueuesMeasure {
    /// Tasks that nobody worked off within [`HORIZON`](crate::schedule::HORIZON) and that were therefore sent again.
    pub unworked: usize,
    /// Messages in the dead-letter queues; nothing where they were not counted this time.
    pub given_up: Option<u64>,
}

/// A call to Amazon.
#[derive(Debug, Clone, PartialEq)]
pub struct CallMeasure {
    /// Whose.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// By which of the operator's applications.
    pub application: ApplicationSlug,
    /// As Amazon spells it.
    pub operation: &'static str,
    /// Whether it counts as a GET call in Amazon's announced tariff.
    pub get: bool,
    /// HTTP status; nothing where no complete answer came.
    pub status: Option<u16>,
    /// Amazon's id of the call.
    pub request_id: String,
    /// From the first byte sent to the last received.
    pub duration: SignedDuration,
    /// What was waited in place for the quota.
    pub waited: SignedDuration,
    /// Calls that could have been made at once after it.
    pub quota_left: u32,
    /// The part of the bucket that was spent after it, from 0 to 1.
    pub quota_used: f64,
}

impl Measure {
    /// A call that was made for a connection; `reply` is nothing where no complete one came.
    pub fn call(
        connection: &Connection,
        operation: &'static Operation,
        reply: Option<&Reply>,
        slots: &Slots,
        waited: SignedDuration,
    ) -> Self {
        let left = slots.left();
        Self::Call(CallMeasure {
            tenant: connection.tenant.clone(),
            connection: connection.id.clone(),
            application: connection.application.clone(),
            operation: operation.name,
            get: operation.method == Method::Get,
            status: reply.map(|reply| reply.status),
            request_id: reply.map(|reply| reply.request_id.clone()).unwrap_or_default(),
            duration: reply.map_or(SignedDuration::ZERO, |reply| reply.duration),
            waited,
            quota_left: left,
            quota_used: 1.0 - f64::from(left.min(slots.burst)) / f64::from(slots.burst.max(1)),
        })
    }
}

/// A stream after a run.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamMeasure {
    /// Whose.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// Of which domain.
    pub domain: &'static str,
    /// How far what has landed is behind the present.
    pub lag: SignedDuration,
    /// How much of that its cadence does not explain: what is fetched once a day is a day behind at times.
    pub late: SignedDuration,
    /// Records that the run landed.
    pub records: u64,
}
