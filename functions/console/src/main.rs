//! Wires the pages to AWS. Invoked by the gateway, by an operator who wants a sign-in link, or by a
//! program that IAM lets in.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, gateway, log};
use sellerport_core::invocation::Invocation;
use sellerport_core::ports::Clock as _;
use sellerport_web::{caller::invoked, console};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let site = environment.site()?;
    let cloud = Aws::new(environment);
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        let response = match Invocation::parse(&event.payload)? {
            Some(Invocation::Link(whom)) => {
                let url = console::sign_in_link(&cloud, &site, whom).await?;
                return Ok(json!({ "url": url }));
            }
            Some(Invocation::Api(call)) => console::handle(&cloud, &site, &invoked(call, cloud.now())).await,
            None => {
                let request: gateway::Event = serde_json::from_value(event.payload)?;
                console::handle(&cloud, &site, &request.into()).await
            }
        };
        Ok(serde_json::to_value(gateway::Answer::from(response))?)
    }))
    .await
}
