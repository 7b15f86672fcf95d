//! Our queue, made known to Amazon: once for each application and region.

use super::ask::{As, Asker, Stuck};
use super::rows::Destination;
use crate::call::Verdict;
use crate::catalogue::{CREATE_DESTINATION, GET_DESTINATIONS};
use crate::ports::{Clock, Meter, Queue, SellingPartner, Table, Vault};
use crate::store::{Held, Write, WriteError, load};
use serde::Deserialize;

#[derive(Deserialize)]
struct All {
    #[serde(default)]
    payload: Vec<Known>,
}

#[derive(Deserialize)]
struct One {
    payload: Known,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    destination_id: String,
    #[serde(default)]
    resource: Resource,
}

#[derive(Deserialize, Default)]
struct Resource {
    sqs: Option<Sqs>,
}

#[derive(Deserialize)]
struct Sqs {
    arn: String,
}

/// Amazon's id of our queue. One that was made and not written down is found again, because the queue's name is
/// looked for first.
pub(super) async fn destination<C, A>(asker: &Asker<'_, C, A>, queue: &str) -> Result<Option<String>, Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let (application, region) = (asker.connection.application.clone(), asker.connection.region);
    let key = Destination::key_of(&application, region);
    let found: Option<Held<Destination>> = load(asker.cloud, &key).await?;
    let kept = found.as_ref().filter(|held| held.value.queue == queue);
    if let Some(held) = kept {
        return Ok(Some(held.value.id.clone()));
    }
    let id = match known(asker, queue).await? {
        Some(id) => Some(id),
        None => create(asker, queue).await?,
    };
    let Some(id) = id else { return Ok(None) };
    let row = Destination { application, region, queue: queue.to_owned(), id: id.clone() };
    match asker.cloud.write(&[Write::upsert(&row, found.map(|held| held.revision))?]).await {
        // Somebody found the same one at the same moment.
        Ok(()) | Err(WriteError::Conflict) => Ok(Some(id)),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

async fn known<C, A>(asker: &Asker<'_, C, A>, queue: &str) -> Result<Option<String>, Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let (verdict, reply) = asker.ask(As::Application, &GET_DESTINATIONS, &[], None).await?;
    if verdict != Verdict::Answered {
        return Ok(None);
    }
    let all: All = serde_json::from_slice(&reply.body).map_err(|_| Stuck::Later)?;
    let ours = |known: &Known| known.resource.sqs.as_ref().is_some_and(|sqs| sqs.arn == queue);
    Ok(all.payload.into_iter().find(ours).map(|known| known.destination_id))
}

async fn create<C, A>(asker: &Asker<'_, C, A>, queue: &str) -> Result<Option<String>, Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let name = queue.rsplit(':').next().unwrap_or_default();
    let body = serde_json::json!({ "name": name, "resourceSpecification": { "sqs": { "arn": queue } } });
    let body = body.to_string();
    let (verdict, reply) = asker.ask(As::Application, &CREATE_DESTINATION, &[], Some(&body)).await?;
    if verdict != Verdict::Answered {
        return Ok(None);
    }
    let one: One = serde_json::from_slice(&reply.body).map_err(|_| Stuck::Later)?;
    Ok(Some(one.payload.destination_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_of_other_kinds_are_read_and_passed_over() {
        let body = r#"{"payload":[{"name":"a","destinationId":"1","resource":{"eventBridge":{"name":"n"}}},
            {"name":"b","destinationId":"2","resource":{"sqs":{"arn":"q"}}}]}"#;
        let all: All = serde_json::from_str(body).unwrap();
        assert_eq!(all.payload.iter().filter(|known| known.resource.sqs.is_some()).count(), 1);
    }
}
