//! Wires the calling of operations. Invoked by the gateway, or by a program that IAM lets in.
#![recursion_limit = "256"] // a call is one long chain of futures

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, gateway, log};
use sellerport_core::invocation::Invocation;
use sellerport_core::ports::Clock as _;
use sellerport_spapi::Amazon;
use sellerport_web::caller::invoked;
use sellerport_web::operations;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let site = environment.site()?;
    let simulator = environment.simulator.clone();
    let cloud = Aws::new(environment);
    let amazon = Amazon::new(&cloud, simulator)?;
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<gateway::Answer, Error> {
        let until = deadline(event.context.deadline);
        let request = match Invocation::parse(&event.payload)? {
            Some(Invocation::Api(call)) => invoked(call, cloud.now()),
            Some(Invocation::Link(_)) => return Err("the console function makes sign-in links".into()),
            None => serde_json::from_value::<gateway::Event>(event.payload)?.into(),
        };
        Ok(operations::handle(&cloud, &amazon, &site, &request, until).await.into())
    }))
    .await
}
