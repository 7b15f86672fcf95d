//! Moving one stream on: one message in, some pages landed, one outcome out.
//!
//! Admit the task, take the stream's lease, open the access token, know the stores, then call after call: the next
//! `step`, reserve, call, read the `answer`, `land` it or download its `document`, checkpoint. Near the deadline or at a limit the stream is checkpointed and the
//! task sent on. Every step may run twice.

mod admit;
mod answer;
mod batch;
mod check;
mod document;
mod explanation;
mod hold;
mod land;
mod pages;
mod ready;
mod setback;
mod step;

pub use batch::{BATCH_BYTES, BATCH_PAGES};
pub use document::{PART_BYTES, PART_ROWS};
pub use pages::{BYTES_MAX, PAGE_TIME, PAGES_MAX, SHORT_LIVED};

use crate::domains::Domain;
use crate::park::park;
use crate::ports::{Bus, Clock, Documents, Entropy, Lake, Meter, Queue, SellingPartner, Table, Vault};
use crate::task::{BadMessage, Failure, FetchTask, Outcome};
use jiff::Timestamp;

/// Works one message off, until `deadline` at the latest.
pub async fn fetch<C, A>(
    cloud: &C,
    amazon: &A,
    domain: &'static Domain,
    message_id: &str,
    body: &str,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Lake + Bus + Clock + Entropy + Meter,
    A: SellingPartner + Documents,
{
    let parsed = FetchTask::parse(body).and_then(|task| {
        let ours = task.domain == domain.name;
        if ours { Ok(task) } else { Err(BadMessage::Field("domain".to_owned())) }
    });
    let task = match parsed {
        Ok(task) => task,
        Err(bad) => {
            park(cloud, domain.name, message_id, body, &bad).await?;
            return Ok(Outcome::Parked(bad));
        }
    };
    match admit::admit(cloud, domain, message_id, task).await? {
        Err(outcome) => Ok(outcome),
        // On the heap: what goes on below is large, and whoever calls is not alone on the stack.
        Ok(hold) => Box::pin(pages::run(cloud, amazon, hold, deadline)).await,
    }
}
