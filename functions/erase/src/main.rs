//! Wires the erasure: every hour, the records of connections whose day has come.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, log};
use sellerport_core::erase::erase_due;
use sellerport_core::ports::Clock as _;
use sellerport_core::schedule::Run;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let cloud = Aws::new(environment);
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        Run::parse(&event.payload, "erase", cloud.now())?;
        let done = erase_due(&cloud, deadline(event.context.deadline)).await?;
        Ok(json!({ "connections": done.connections, "objects": done.objects }))
    }))
    .await
}
