//! Wires the fetch loop. Deployed once per domain: the function's Handler setting names it.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, log, records};
use sellerport_core::fetch::fetch;
use sellerport_spapi::Amazon;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let domain = environment.domain()?;
    let simulator = environment.simulator.clone();
    let cloud = Aws::new(environment);
    let amazon = Amazon::new(&cloud, simulator)?;
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<records::Answer, Error> {
        let until = deadline(event.context.deadline);
        let work = async |record: records::Record| {
            fetch(&cloud, &amazon, domain, &record.message_id, &record.body, until).await
        };
        Ok(records::Batch::parse(event.payload)?.each(until, &cloud, work).await)
    }))
    .await
}
