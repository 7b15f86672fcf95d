//! Wires the routes of a consent to AWS and Amazon.
#![recursion_limit = "256"] // the callback is one long chain of futures

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, gateway, log};
use sellerport_spapi::Amazon;
use sellerport_web::oauth;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let site = environment.site()?;
    let simulator = environment.simulator.clone();
    let cloud = Aws::new(environment);
    let amazon = Amazon::new(&cloud, simulator)?;
    run(service_fn(async |event: LambdaEvent<gateway::Event>| {
        let response = oauth::handle(&cloud, &amazon, &site, &event.payload.into()).await;
        Ok::<_, Error>(gateway::Answer::from(response))
    }))
    .await
}
