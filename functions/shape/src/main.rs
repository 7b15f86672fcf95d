//! Wires the shaping: four times an hour, the days of landed records that are over become Parquet tables.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sellerport_aws::{Aws, environment::deadline, log};
use sellerport_core::ports::Clock as _;
use sellerport_core::schedule::Run;
use sellerport_tables::shape_due;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = log::start()?;
    let cloud = Aws::new(environment);
    run(service_fn(async |event: LambdaEvent<Value>| -> Result<Value, Error> {
        Run::parse(&event.payload, "shape", cloud.now())?;
        let done = shape_due(&cloud, deadline(event.context.deadline)).await?;
        let odd = done.misfits + done.unreadable + done.broken;
        if odd > 0 || done.failed > 0 {
            tracing::warn!(
                misfits = done.misfits,
                unreadable = done.unreadable,
                broken = done.broken,
                failed = done.failed,
                "some values did not fit their columns, or some records could not be read; they stay in records/"
            );
        }
        Ok(json!({
            "days": done.days, "files": done.files, "rows": done.rows, "repeated": done.repeated,
            "misfits": done.misfits, "unreadable": done.unreadable, "broken": done.broken,
            "failed": done.failed, "cut_short": done.cut_short,
        }))
    }))
    .await
}
