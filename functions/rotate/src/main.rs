//! Wires the applications: forms and the API enter them, a queue brings Amazon's new secrets, a clock counts
//! their days.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, gateway, log, records};
use sellerport_core::invocation::Invocation;
use sellerport_core::ports::Clock as _;
use sellerport_core::rotate::{receive, turn};
use sellerport_core::schedule::Run;
use sellerport_spapi::Amazon;
use sellerport_web::{applications, caller::invoked};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let (site, simulator) = (environment.site()?, environment.simulator.clone());
    let cloud = Aws::new(environment);
    let amazon = Amazon::new(&cloud, simulator)?;
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        if event.payload.get("Records").is_some() {
            let work = async |record: records::Record| {
                receive(&cloud, &amazon, &site.home, &record.message_id, &record.body).await
            };
            let until = deadline(event.context.deadline);
            let answer = records::Batch::parse(event.payload)?.each(until, &cloud, work).await;
            return Ok(serde_json::to_value(answer)?);
        }
        if event.payload.get("kind").is_some_and(|kind| kind == "rotate") {
            Run::parse(&event.payload, "rotate", cloud.now())?;
            let done = turn(&cloud, &amazon).await?;
            return Ok(json!({ "announced": done.announced, "asked": done.asked, "refused": done.refused }));
        }
        let request = match Invocation::parse(&event.payload)? {
            Some(Invocation::Api(call)) => invoked(call, cloud.now()),
            Some(Invocation::Link(_)) => return Err("the console function makes sign-in links".into()),
            None => serde_json::from_value::<gateway::Event>(event.payload)?.into(),
        };
        let response = applications::handle(&cloud, &amazon, &site, &request).await;
        Ok(serde_json::to_value(gateway::Answer::from(response))?)
    }))
    .await
}
