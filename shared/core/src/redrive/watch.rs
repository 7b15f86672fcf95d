//! Looking after the domains' queues, for the two alarms on them: one figure of what was given up and one of what nobody
//! works off. An alarm on each queue would cost more than all else that an installation costs at rest.

use crate::domains::DOMAINS;
use crate::measure::{Measure, QueuesMeasure};
use crate::ports::{DeadLetters, Meter, QueueName, Unavailable};
use futures_util::future::try_join_all;
use jiff::Timestamp;

/// The dead letters are counted once in so many minutes; the alarm's period in the template. Every count is a request
/// for each domain.
pub const COUNTED_EVERY: i64 = 5;

/// Tells what a run of the dispatcher, of this time, found. Dead letters that cannot be counted are no figure: the
/// others are told all the same.
pub async fn watch(
    cloud: &(impl DeadLetters + Meter),
    run: Timestamp,
    unworked: usize,
) -> Result<(), Unavailable> {
    let counted = match run.as_second() / 60 % COUNTED_EVERY {
        0 => given_up(cloud).await.map(Some),
        _ => Ok(None),
    };
    let given_up = counted.as_ref().ok().copied().flatten();
    cloud.measure(Measure::Queues(QueuesMeasure { unworked, given_up }));
    counted.map(drop)
}

async fn given_up(cloud: &impl DeadLetters) -> Result<u64, Unavailable> {
    let counts = DOMAINS.map(|domain| cloud.given_up(QueueName::Fetch(domain.name)));
    Ok(try_join_all(counts).await?.into_iter().flatten().sum())
}
