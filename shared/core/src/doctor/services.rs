//! Our own services: tables, key, queues. Each is used as the flow uses it, with something that harms nobody.

use super::{Finding, Visit, known};
use crate::audit;
use crate::ids::{ConnectionId, ImportId};
use crate::message::chain;
use crate::ports::{Clock, Entropy, Outgoing, Queue, QueueName, Table, Vault};
use crate::secret::Digest;
use crate::store::{Key, Span, StoreError, Stored, TableName, Write};
use crate::task::{ImportTask, VERSION};
use crate::token::{Purpose, SealingContext};
use futures_util::future::join3;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// All of them.
pub(super) async fn examine<C>(cloud: &C, visit: &Visit<'_>) -> Vec<Finding>
where
    C: Table + Vault + Queue + Clock + Entropy,
{
    let (mut found, vault, queues) =
        join3(tables(cloud, visit), vault(cloud, visit), queues(cloud, visit)).await;
    found.extend(vault);
    found.extend(queues);
    found
}

/// The row that is written and taken away again.
#[derive(Serialize, Deserialize)]
struct Trial {
    id: String,
    made_at: Timestamp,
}

/// Should the function die in between, the row is swept away.
const TRIAL_KEPT: SignedDuration = SignedDuration::from_mins(10);

impl Stored for Trial {
    fn key(&self) -> Key {
        Key::new(TableName::Pending, format!("DOCTOR#{}", self.id), "TRIAL")
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.made_at + TRIAL_KEPT)
    }
}

/// Tables of which a row that does not exist is read.
const READ: [TableName; 5] =
    [TableName::Tokens, TableName::Sessions, TableName::Streams, TableName::Quotas, TableName::Agenda];

/// Reads each table that this function may read, writes a row, deletes it, and notes in the audit who looked.
/// One finding for all that are well, one for each that is not. The table of parked messages is the workers'.
async fn tables(cloud: &(impl Table + Clock + Entropy), visit: &Visit<'_>) -> Vec<Finding> {
    let mut tried = vec![(TableName::Connections, listed(cloud, visit).await)];
    if tried.iter().any(|(_, result)| result.is_err()) {
        // They are down as one: asking on would take longer than the function has.
        return faults(tried);
    }
    for table in READ {
        tried.push((table, cloud.get(&Key::new(table, "DOCTOR", "TRIAL")).await.map(|_| ())));
    }
    tried.push((TableName::Pending, written(cloud).await));
    let noted = audit::note(cloud, visit.tenant, Some(visit.user), "doctor.checked", "").await;
    tried.push((TableName::Audit, noted));
    let found = faults(tried);
    match found.is_empty() {
        true => vec![Finding::ok("tables", "tables", "They answer; a row was written and deleted again.")],
        false => found,
    }
}

fn faults(tried: Vec<(TableName, Result<(), StoreError>)>) -> Vec<Finding> {
    let failed = tried.into_iter().filter_map(|(table, result)| Some((table, result.err()?)));
    failed.map(|(table, error)| Finding::broke("tables", table.as_str(), &error, &known::TABLES)).collect()
}

async fn listed(cloud: &impl Table, visit: &Visit<'_>) -> Result<(), StoreError> {
    let partition = format!("T#{}", visit.tenant);
    cloud.list(TableName::Connections, &partition, Span::first(1)).await.map(|_| ())
}

async fn written(cloud: &(impl Table + Clock + Entropy)) -> Result<(), StoreError> {
    let unavailable = |why: String| StoreError::Unavailable(why.into());
    let random = cloud.random().map_err(|error| unavailable(chain(&error)))?;
    let id = Digest::of(&format!("{random:?}")).as_str().chars().take(24).collect();
    let trial = Trial { id, made_at: cloud.now() };
    cloud.write(&[Write::insert(&trial)?]).await.map_err(|error| unavailable(chain(&error)))?;
    match cloud.take(&trial.key()).await? {
        Some(_) => Ok(()),
        None => Err(unavailable("the row just written is not there".to_owned())),
    }
}

/// What is sealed for the trial. No secret.
const SPECIMEN: &str = "doctor";

async fn vault(cloud: &impl Vault, visit: &Visit<'_>) -> Vec<Finding> {
    let (check, about) = ("vault", "key");
    // A well-formed name; where it could not be one, there is nothing to seal under.
    let Ok(connection) = ConnectionId::parse(SPECIMEN) else { return Vec::new() };
    let context =
        SealingContext { tenant: visit.tenant.clone(), connection, generation: 0, purpose: Purpose::Import };
    let sealed = match cloud.seal(&context, SPECIMEN).await {
        Ok(sealed) => sealed,
        Err(error) => return vec![Finding::broke(check, about, &error, &known::VAULT)],
    };
    if !visit.opens {
        return vec![Finding::ok(
            check,
            about,
            "It seals. This function may not open what it seals, as it should be.",
        )];
    }
    vec![match cloud.open(&context, &sealed).await {
        Ok(opened) if opened.secret == SPECIMEN => Finding::ok(check, about, "It seals and opens."),
        Ok(_) => Finding::ok(check, about, "It opens something else than was sealed.").fails(&known::VAULT),
        Err(error) => Finding::broke(check, about, &error, &known::VAULT),
    }]
}

/// What Amazon's queue gets: a message of a type that its reader passes over.
const TO_SECRETS: &str = r#"{"notificationType":"SELLERPORT_DOCTOR"}"#;

/// Sends a test to each queue that this function may send to (L65): a task about an import that does not
/// exist, which is dropped, and a message that the reader of new secrets passes over.
async fn queues(cloud: &impl Queue, visit: &Visit<'_>) -> Vec<Finding> {
    let task = ImportId::parse(SPECIMEN).ok().and_then(|import| {
        let task = ImportTask { v: VERSION, tenant: visit.tenant.clone(), import, part: 0 };
        serde_json::to_string(&task).ok()
    });
    let mut found = Vec::new();
    let tests =
        [(QueueName::Import, "imports", task), (QueueName::Secret, "secrets", Some(TO_SECRETS.to_owned()))];
    for (queue, about, body) in tests {
        let message = Outgoing { body: body.unwrap_or_default(), delay: SignedDuration::ZERO };
        found.push(match cloud.send(queue, &[message]).await {
            Ok(()) => Finding::ok("queue", about, "It took a test message."),
            Err(error) => Finding::broke("queue", about, &error, &known::QUEUE),
        });
    }
    found
}
