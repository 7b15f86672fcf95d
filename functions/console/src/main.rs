//! Wires the pages to AWS. Invoked by the gateway, or by an operator who wants a sign-in link.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, gateway, log};
use sellerport_core::session::LinkRequest;
use sellerport_web::console;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let site = environment.site()?;
    let cloud = Aws::new(environment);
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        if let Some(request) = LinkRequest::parse(&event.payload)? {
            let url = console::sign_in_link(&cloud, &site, request.user, request.tenant).await?;
            return Ok(json!({ "url": url }));
        }
        let request: gateway::Event = serde_json::from_value(event.payload)?;
        let response = console::handle(&cloud, &site, &request.into()).await;
        Ok(serde_json::to_value(gateway::Answer::from(response))?)
    }))
    .await
}
