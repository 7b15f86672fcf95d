//! Taking an import in: tokens sealed in parts, a row for the whole, a task for each part.

use super::decide::{Import, State, send};
use super::part::{Part, PartLine};
use super::read::Line;
use crate::audit;
use crate::ids::{ConnectionId, ImportId, TenantId, UserId};
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Queue, Table, Vault};
use crate::store::{StoreError, Write};
use crate::task::Failure;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

/// KMS encrypts up to 4,096 bytes (AWS KMS API Reference, `Encrypt`); quotes and commas between tokens take
/// the rest.
const PART_BYTES: usize = 3900;

/// Lines of a part at most: what a worker checks in half of its time.
const PART_LINES: usize = 8;

/// Parts that are sealed at the same time.
const SEALED_AT_ONCE: usize = 16;

/// Parts stored in one write: DynamoDB takes 100 rows and 4 MB.
const WRITTEN_AT_ONCE: usize = 50;

/// Takes lines in. The tokens are sealed before anything is stored.
pub async fn begin<C>(
    cloud: &C,
    tenant: &TenantId,
    user: &UserId,
    lines: Vec<Line>,
) -> Result<Import, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy,
{
    let now = cloud.now();
    let random = cloud.random()?;
    let suffix: String = random.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let id = ImportId::parse(&format!("{}-{suffix}", now.strftime("%Y%m%dT%H%M%S")));
    let id = id.map_err(|error| Refusal::Unavailable(error.to_string()))?;
    let count = lines.len() as u64;
    let groups = group(lines);
    let mut import = Import {
        id,
        tenant: tenant.clone(),
        user: user.clone(),
        state: State::Checking,
        lines: count,
        unchanged: 0,
        parts: 0,
        checked: 0,
        finished: 0,
        faulty: 0,
        faults: Vec::new(),
        created_at: now,
        moved_at: now,
    };
    let sealing = (0..).zip(groups).map(|(index, group)| part(cloud, &import, index, group));
    let parts: Vec<Part> =
        stream::iter(sealing).buffered(SEALED_AT_ONCE).try_collect().await.map_err(unavailable)?;
    import.parts = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for some in parts.chunks(WRITTEN_AT_ONCE) {
        let writes: Result<Vec<_>, _> = some.iter().map(Write::insert).collect();
        cloud.write(&writes?).await?;
    }
    // Only now it exists: a crash before leaves parts that nobody works on and that are swept away.
    let entry = audit::entry(cloud, tenant, Some(user), "import.begun", import.id.as_str())?;
    cloud.write(&[Write::insert(&import)?, Write::insert(&entry)?]).await?;
    // Should this fail, the agenda takes the import up.
    drop(send(cloud, &import).await);
    Ok(import)
}

fn unavailable(error: Failure) -> Refusal {
    Refusal::Unavailable(crate::message::chain(&error))
}

/// Lines whose tokens fit under one seal.
fn group(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut groups: Vec<Vec<Line>> = Vec::new();
    let mut bytes = 0;
    for line in lines {
        let size = line.token.expose().len() + 3;
        match groups.last_mut() {
            Some(group) if group.len() < PART_LINES && bytes + size <= PART_BYTES => {
                bytes += size;
                group.push(line);
            }
            _ => {
                bytes = size;
                groups.push(vec![line]);
            }
        }
    }
    groups
}

async fn part(
    cloud: &(impl Vault + Clock + Entropy),
    import: &Import,
    index: u32,
    lines: Vec<Line>,
) -> Result<Part, Failure> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut tokens = Vec::with_capacity(lines.len());
    for line in lines {
        kept.push(PartLine {
            number: line.number,
            application: line.application.slug,
            realm: line.application.realm,
            region: line.region,
            kind: line.kind,
            country: line.country.to_owned(),
            seller: line.seller,
            connection: fresh(cloud)?,
            verified: false,
            verdict: None,
        });
        tokens.push(line.token);
    }
    let mut part = Part::new(import, index, kept);
    part.seal(cloud, &tokens).await?;
    Ok(part)
}

fn fresh(entropy: &impl Entropy) -> Result<ConnectionId, StoreError> {
    crate::authorize::new_connection(entropy)
}
