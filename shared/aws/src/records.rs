//! SQS events: each message worked off by itself, and only the failed ones reported.
//!
//! Needs `ReportBatchItemFailures` on the mapping
//! (docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::message::chain;
use sellerport_core::ports::Clock;
use sellerport_core::task::Outcome;
use serde::{Deserialize, Serialize};
use std::panic::AssertUnwindSafe;

/// An SQS event; only the fields in use.
#[derive(Debug, Deserialize)]
pub struct Batch {
    /// The messages.
    #[serde(rename = "Records")]
    pub records: Vec<Record>,
}

/// One message.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Its id. Without one a failure could not be reported, so the whole batch is refused.
    pub message_id: String,
    /// Its text.
    #[serde(default)]
    pub body: String,
    /// The queue it came from.
    #[serde(default, rename = "eventSourceARN")]
    source: String,
}

impl Record {
    /// Whether it came from the queue whose name ends so.
    pub fn is_from(&self, queue: &str) -> bool {
        self.source.ends_with(&format!("-{queue}"))
    }
}

/// Which messages are to come again.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The failed ones.
    pub batch_item_failures: Vec<Failure>,
}

/// One failed message.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Its id.
    pub item_identifier: String,
}

/// A batch that cannot be worked off message by message; all of it comes again.
#[derive(Debug, thiserror::Error)]
#[error("E_MSG_BATCH: the batch is not an SQS event, or a message in it has no id")]
pub struct BadBatch;

impl Batch {
    /// Reads an event.
    pub fn parse(event: serde_json::Value) -> Result<Self, BadBatch> {
        let batch: Self = serde_json::from_value(event).map_err(|_| BadBatch)?;
        let named = batch.records.iter().all(|record| !record.message_id.is_empty());
        if named { Ok(batch) } else { Err(BadBatch) }
    }

    /// Works off all messages at once, on this one thread, until `deadline` at the latest. One that fails,
    /// panics or runs out of time fails alone.
    pub async fn each<E, F>(
        self,
        deadline: Timestamp,
        clock: &impl Clock,
        work: impl Fn(Record) -> F,
    ) -> Answer
    where
        E: std::error::Error + 'static,
        F: Future<Output = Result<Outcome, E>>,
    {
        let work = &work;
        let left = deadline.duration_since(clock.now()).max(SignedDuration::ZERO).unsigned_abs();
        let results = self.records.into_iter().map(|record| async move {
            let id = record.message_id.clone();
            let done = AssertUnwindSafe(async { work(record).await }).catch_unwind();
            let failed = match tokio::time::timeout(left, done).await {
                Ok(done) => tell(&id, done.map_err(|_| ())),
                Err(_) => {
                    tracing::error!(message_id = id, "task ran out of time, it comes again");
                    true
                }
            };
            failed.then_some(Failure { item_identifier: id })
        });
        Answer { batch_item_failures: join_all(results).await.into_iter().flatten().collect() }
    }
}

/// Logs a message's outcome, once; whether it failed.
fn tell<E: std::error::Error + 'static>(id: &str, done: Result<Result<Outcome, E>, ()>) -> bool {
    match done {
        Ok(Ok(Outcome::Done(how))) => tracing::info!(message_id = id, how, "task done"),
        Ok(Ok(Outcome::Postponed(why))) => tracing::info!(message_id = id, why, "task postponed"),
        Ok(Ok(Outcome::Dropped(why))) => tracing::info!(message_id = id, why, "task dropped"),
        Ok(Ok(Outcome::Parked(bad))) => tracing::warn!(message_id = id, reason = %bad, "message parked"),
        Ok(Err(error)) => {
            tracing::error!(message_id = id, error = chain(&error), "task failed, it comes again");
            return true;
        }
        Err(()) => {
            tracing::error!(message_id = id, "task panicked, it comes again");
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use sellerport_core::store::StoreError;
    use serde_json::json;

    fn batch(ids: &[&str]) -> Batch {
        let records: Vec<_> =
            ids.iter().map(|id| json!({"messageId": id, "body": id, "attributes": {}})).collect();
        Batch::parse(json!({ "Records": records })).unwrap()
    }

    struct Stopped(Timestamp);

    impl Clock for Stopped {
        fn now(&self) -> Timestamp {
            self.0
        }
        async fn wait(&self, _: SignedDuration) {}
    }

    #[tokio::test]
    async fn one_that_fails_one_that_panics_and_one_without_end_fail_alone() {
        let (now, soon) =
            (Stopped(Timestamp::UNIX_EPOCH), Timestamp::UNIX_EPOCH + SignedDuration::from_millis(50));
        let answer = batch(&["good", "bad", "ugly", "fine", "slow"])
            .each(soon, &now, |record| async move {
                match record.body.as_str() {
                    "bad" => Err(StoreError::Unavailable("down".into())),
                    "ugly" => panic!("CANARY"),
                    "slow" => std::future::pending().await,
                    _ => Ok(Outcome::Done("")),
                }
            })
            .await;
        let failed: Vec<_> =
            answer.batch_item_failures.iter().map(|one| one.item_identifier.as_str()).collect();
        assert_eq!(failed, ["bad", "ugly", "slow"]);
    }

    #[test]
    fn a_batch_with_a_nameless_message_comes_again_whole() {
        for event in [
            json!({}),
            json!({"Records": [{"body": "x"}]}),
            json!({"Records": [{"messageId": "", "body": "x"}]}),
            json!({"Records": [{"messageId": "a"}, {"messageId": ""}]}),
        ] {
            assert!(Batch::parse(event).is_err());
        }
    }
}
