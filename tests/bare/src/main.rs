//! A function that does nothing. `make bench` holds the others against it: what they cost above this
//! is ours, the rest belongs to the runtime, the loader and the machine.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(async |event: LambdaEvent<Value>| Ok::<_, Error>(event.payload))).await
}
