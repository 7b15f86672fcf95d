//! A part of an import: a few lines under one seal, and what becomes of them after the decision.

use super::decide::{Import, Step, advance, message};
use super::fault::Fault;
use crate::connection::{Claim, Connection, Identity, Source, Status};
use crate::grant::{Candidate, Granted};
use crate::ids::{ApplicationSlug, ConnectionId, ImportId, SellerId, TenantId, UserId};
use crate::marketplaces::{Kind, Realm, Region};
use crate::message::Refusal;
use crate::ports::{Bus, Clock, Entropy, Queue, QueueName, Table, Vault};
use crate::refresh;
use crate::secret::{Digest, RefreshToken};
use crate::store::{Held, Key, StoreError, Stored, TableName, Write, WriteError, load};
use crate::task::{Failure, ImportTask, Outcome, RefreshTask, VERSION};
use crate::token::{Purpose, Sealed, SealingContext, VaultError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A part nobody works on any more is swept away after this long.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Storing one line takes this long at most.
const LINE_TIME: SignedDuration = SignedDuration::from_secs(3);

/// What the check found about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// It can be stored.
    Sound,
    /// The same token is stored already, and works.
    Unchanged,
    /// It cannot be stored.
    Faulty,
}

/// One line, without its token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PartLine {
    pub(super) number: u64,
    pub(super) application: ApplicationSlug,
    pub(super) realm: Realm,
    pub(super) region: Region,
    pub(super) kind: Kind,
    pub(super) country: String,
    pub(super) seller: SellerId,
    pub(super) connection: ConnectionId,
    pub(super) verified: bool,
    pub(super) verdict: Option<Verdict>,
}

impl PartLine {
    pub(super) fn candidate(&self, tenant: &TenantId, user: &UserId) -> Candidate {
        Candidate {
            tenant: tenant.clone(),
            user: user.clone(),
            application: self.application.clone(),
            realm: self.realm,
            region: self.region,
            kind: self.kind,
            country: self.country.clone(),
            connection: self.connection.clone(),
            seller: self.seller.clone(),
            source: Source::Import,
        }
    }
}

/// One part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) tenant: TenantId,
    pub(super) import: ImportId,
    pub(super) index: u32,
    pub(super) lines: Vec<PartLine>,
    /// The tokens of the lines, in their order; gone when the part is finished.
    sealed: Option<Sealed>,
    pub(super) checked: bool,
    faults: Vec<Fault>,
    created_at: Timestamp,
}

impl Part {
    pub(super) fn new(import: &Import, index: u32, lines: Vec<PartLine>) -> Self {
        Self {
            tenant: import.tenant.clone(),
            import: import.id.clone(),
            index,
            lines,
            sealed: None,
            checked: false,
            faults: Vec::new(),
            created_at: import.created_at,
        }
    }

    pub(super) fn key_of(task: &ImportTask) -> Key {
        let sort = format!("P#{:05}", task.part);
        Key::new(TableName::Agenda, format!("T#{}|IMPORT#{}", task.tenant, task.import), sort)
    }

    fn context(&self) -> Result<SealingContext, Failure> {
        let connection = ConnectionId::parse(self.import.as_str()).map_err(|_| VaultError::Foreign)?;
        let generation = u64::from(self.index) + 1;
        Ok(SealingContext { tenant: self.tenant.clone(), connection, generation, purpose: Purpose::Import })
    }

    pub(super) async fn seal(&mut self, vault: &impl Vault, tokens: &[RefreshToken]) -> Result<(), Failure> {
        let texts: Vec<&str> = tokens.iter().map(RefreshToken::expose).collect();
        // A list of texts always serializes.
        let text = zeroize::Zeroizing::new(serde_json::to_string(&texts).unwrap_or_default());
        self.sealed = Some(vault.seal(&self.context()?, &text).await?);
        Ok(())
    }

    /// The tokens, one for each line; nothing where the part is finished.
    pub(super) async fn open(&self, vault: &impl Vault) -> Result<Option<Vec<RefreshToken>>, Failure> {
        let Some(sealed) = &self.sealed else { return Ok(None) };
        let opened = zeroize::Zeroizing::new(vault.open(&self.context()?, sealed).await?.secret);
        let texts: Vec<String> = serde_json::from_str(&opened).map_err(|_| VaultError::Foreign)?;
        if texts.len() != self.lines.len() {
            return Err(VaultError::Foreign.into());
        }
        Ok(Some(texts.into_iter().map(RefreshToken::new).collect()))
    }

    pub(super) fn blame(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(super) fn faults(&self) -> Vec<Fault> {
        self.faults.clone()
    }

    pub(super) fn unchanged(&self) -> u64 {
        self.lines.iter().filter(|line| line.verdict == Some(Verdict::Unchanged)).count() as u64
    }
}

impl Stored for Part {
    fn key(&self) -> Key {
        let (tenant, import) = (self.tenant.clone(), self.import.clone());
        Self::key_of(&ImportTask { v: VERSION, tenant, import, part: self.index })
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + KEPT)
    }
}

/// Stores the grants of a part. A line that is stored already is left alone, so this may run twice.
pub(super) async fn store<C>(
    cloud: &C,
    task: &ImportTask,
    import: &Import,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Bus + Clock + Entropy,
{
    let Some(mut part) = load::<Part>(cloud, &Part::key_of(task)).await? else {
        return Ok(Outcome::Dropped("E_MSG_IMPORT(unknown)"));
    };
    let Some(tokens) = part.value.open(cloud).await? else {
        return Ok(Outcome::Dropped("the part is stored already"));
    };
    let mut late = Vec::new();
    for (line, token) in part.value.lines.iter().zip(&tokens) {
        if line.verdict != Some(Verdict::Sound) || is_stored(cloud, &part.value.tenant, line, token).await? {
            continue;
        }
        if cloud.now() + LINE_TIME > deadline {
            cloud.send(QueueName::Import, &[message(import, task.part, SignedDuration::ZERO)]).await?;
            return Ok(Outcome::Postponed("more lines follow"));
        }
        let identity = if line.verified { Identity::Verified } else { Identity::Unverified };
        let granted = Granted { refresh: token, access: None, scope: None, identity };
        match line.candidate(&part.value.tenant, &import.user).store(cloud, &granted).await {
            Ok(connection) => ask_for_token(cloud, &connection).await?,
            // Somebody proved between check and now that the account is his.
            Err(Refusal::SellerTaken | Refusal::SellerMismatch { .. }) => {
                late.push(Fault::field(line.number, "the account was connected elsewhere meanwhile"));
            }
            Err(refusal) => return Err(Failure::NotStored(refusal.reason().to_owned())),
        }
    }
    part.value.sealed = None;
    advance(cloud, &part, Step::Finished(late)).await?;
    Ok(Outcome::Done("the part is stored"))
}

async fn is_stored(
    table: &impl Table,
    tenant: &TenantId,
    line: &PartLine,
    token: &RefreshToken,
) -> Result<bool, StoreError> {
    let found: Option<Held<Connection>> = load(table, &Connection::key_of(tenant, &line.connection)).await?;
    let digest = Digest::of(token.expose());
    Ok(found.is_some_and(|held| {
        held.value.status == Status::Active && held.value.token_digest.as_ref() == Some(&digest)
    }))
}

/// Whatever token there is, a fresh one is wanted.
async fn ask_for_token(cloud: &impl Queue, of: &Connection) -> Result<(), Failure> {
    let task = RefreshTask {
        v: VERSION,
        tenant: of.tenant.clone(),
        connection: of.id.clone(),
        generation: of.generation,
        serial: u64::from(u32::MAX),
        saw: None,
    };
    Ok(cloud.send(QueueName::Refresh, &[refresh::message(&task, SignedDuration::ZERO)]).await?)
}

/// After a refusal: the claims that the check has put are taken back, the tokens forgotten.
pub(super) async fn clear(
    cloud: &(impl Table + Queue + Clock + Entropy),
    task: &ImportTask,
) -> Result<Outcome, Failure> {
    let Some(mut part) = load::<Part>(cloud, &Part::key_of(task)).await? else {
        return Ok(Outcome::Dropped("E_MSG_IMPORT(unknown)"));
    };
    if part.value.sealed.is_none() {
        return Ok(Outcome::Dropped("the part is cleared already"));
    }
    for line in &part.value.lines {
        let claim: Option<Held<Claim>> = load(cloud, &Claim::key_of(line.region, &line.seller)).await?;
        let Some(claim) = claim.filter(|held| held.value.held_by(&part.value.tenant, &line.connection))
        else {
            continue;
        };
        let key = Connection::key_of(&part.value.tenant, &line.connection);
        if load::<Connection>(cloud, &key).await?.is_none() {
            match cloud.write(&[Write::delete(&claim)]).await {
                Ok(()) => {}
                // Whose it is now is looked up when the message comes again: left behind, a claim would
                // keep its account from everybody.
                Err(WriteError::Conflict) => return Err(Failure::Lost),
                Err(WriteError::Store(error)) => return Err(error.into()),
            }
        }
    }
    part.value.sealed = None;
    advance(cloud, &part, Step::Finished(Vec::new())).await?;
    Ok(Outcome::Done("the part is cleared away"))
}
