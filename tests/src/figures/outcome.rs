//! What came of a fleet of sellers: the same figures for everybody who is compared.

use super::exact::Exact;
use super::tally::Tally;
use super::workers::Workers;
use sellerport_core::catalogue::Operation;

/// Figures of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Sellers.
    pub sellers: usize,
    /// Items of each: pages of a chain, or independent calls.
    pub items: u32,
    /// The mean time to the last item, over the lower bound of Amazon's bucket.
    pub mean: f64,
    /// The slowest seller's, over the same.
    pub worst: f64,
    /// Calls refused with 429, for each call.
    pub throttled: f64,
    /// Of the calls, those that the application's own bucket refused.
    pub shared: f64,
    /// Calls for each item.
    pub calls: f64,
    /// Milliseconds billed for each item.
    pub billed_ms: f64,
    /// Invocations for each item.
    pub invocations: f64,
    /// Writes to DynamoDB for each call.
    pub writes: f64,
    /// Requests to SQS for each call: sends, receives and deletes.
    pub sqs: f64,
    /// The most invocations at once.
    pub peak: usize,
}

/// No poller of this bucket can be faster: the burst is there at once, each other call waits for its refill.
pub fn bound_s(operation: &Operation, items: u32) -> f64 {
    f64::from(items.saturating_sub(operation.burst)) / operation.rate
}

impl Outcome {
    /// Of a run in which each seller had his last item `spans_ms` after the beginning.
    pub fn of(
        spans_ms: &[i64],
        (operation, items): (&Operation, u32),
        amazon: &Exact<'_>,
        workers: &Workers<'_>,
        tally: Tally,
    ) -> Self {
        let bound = bound_s(operation, items);
        let ratio = |ms: i64| ms as f64 / 1000.0 / bound;
        let all = spans_ms.len() as f64 * f64::from(items);
        let calls = amazon.calls.get() as f64;
        Self {
            sellers: spans_ms.len(),
            items,
            mean: spans_ms.iter().map(|ms| ratio(*ms)).sum::<f64>() / spans_ms.len() as f64,
            worst: spans_ms.iter().map(|ms| ratio(*ms)).fold(0.0, f64::max),
            throttled: amazon.refused.get() as f64 / calls,
            shared: amazon.refused_shared.get() as f64 / calls,
            calls: calls / all,
            billed_ms: workers.billed_ms.get() as f64 / all,
            invocations: workers.invocations.get() as f64 / all,
            writes: tally.writes / calls,
            sqs: tally.sqs() / calls,
            peak: workers.peak.get(),
        }
    }
}
