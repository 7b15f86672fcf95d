//! Wires the dispatcher: every minute, and at once when a seller connects.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, log};
use sellerport_core::ports::Clock as _;
use sellerport_core::redrive::watch;
use sellerport_core::schedule::{Run, dispatch};
use sellerport_core::{announce, imports};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let cloud = Aws::new(environment);
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        let run = Run::parse(&event.payload, "dispatch", cloud.now())?;
        let done = dispatch(&cloud, deadline(event.context.deadline)).await?;
        log::unreadable(done.unreadable);
        let (published, taken_up) = (announce::catch_up(&cloud).await?, imports::take_up(&cloud).await?);
        watch(&cloud, run.time, done.unworked).await?;
        Ok(json!({
            "sent": done.sent, "cut_short": done.cut_short, "unreadable": done.unreadable, "unworked": done.unworked,
            "published": published, "taken_up": taken_up,
        }))
    }))
    .await
}
