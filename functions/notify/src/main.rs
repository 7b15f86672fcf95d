//! Wires Amazon's notifications: a queue brings them, a schedule keeps the subscriptions.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, log, records};
use sellerport_core::notify::{receive, tend};
use sellerport_core::ports::Clock as _;
use sellerport_core::schedule::Run;
use sellerport_spapi::Amazon;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let (simulator, queue) = (environment.simulator.clone(), environment.notifications()?);
    let cloud = Aws::new(environment);
    let amazon = Amazon::new(&cloud, simulator)?;
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        let until = deadline(event.context.deadline);
        if event.payload.get("Records").is_some() {
            let work =
                async |record: records::Record| receive(&cloud, &record.message_id, &record.body).await;
            let answer = records::Batch::parse(event.payload)?.each(until, &cloud, work).await;
            return Ok(serde_json::to_value(answer)?);
        }
        Run::parse(&event.payload, "notify", cloud.now())?;
        let done = tend(&cloud, &amazon, queue.as_deref(), until).await?;
        log::unreadable(done.unreadable);
        Ok(json!({
            "connections": done.connections, "later": done.later, "failed": done.failed,
            "unreadable": done.unreadable,
        }))
    }))
    .await
}
