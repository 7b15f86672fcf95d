//! Wires the renewal of tokens: a schedule finds what is due, a queue carries one task for each.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, log, records};
use sellerport_core::imports;
use sellerport_core::operate::grantless;
use sellerport_core::ports::Clock as _;
use sellerport_core::refresh::{refresh, send_due};
use sellerport_core::schedule::Run;
use sellerport_spapi::Amazon;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let simulator = environment.simulator.clone();
    let cloud = Aws::new(environment);
    let amazon = Amazon::new(&cloud, simulator)?;
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        let until = deadline(event.context.deadline);
        if event.payload.get("Records").is_none() {
            let run = Run::parse(&event.payload, "refresh", cloud.now())?;
            let asked = send_due(&cloud, run.time.max(cloud.now()), until).await?;
            log::unreadable(asked.unreadable);
            return Ok(json!({ "sent": asked.sent, "unreadable": asked.unreadable }));
        }
        let work = async |record: records::Record| {
            if record.is_from("import") {
                return imports::work(&cloud, &amazon, &record.message_id, &record.body, until).await;
            }
            match grantless::Task::parse(&record.body) {
                Some(task) => grantless::obtain(&cloud, &amazon, &task).await,
                None => refresh(&cloud, &amazon, &record.message_id, &record.body, until).await,
            }
        };
        let answer = records::Batch::parse(event.payload)?.each(until, &cloud, work).await;
        Ok(serde_json::to_value(answer)?)
    }))
    .await
}
