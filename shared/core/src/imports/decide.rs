//! An import as a whole: how far it is, and the one decision about all its lines.

use super::fault::{FAULTS_SHOWN, Fault};
use super::part::Part;
use crate::audit;
use crate::ids::{ImportId, TenantId, UserId};
use crate::ports::{Clock, Entropy, Outgoing, Queue, QueueName, Table};
use crate::store::{Due, Held, Key, Span, StoreError, Stored, TableName, Write, WriteError, decode, load};
use crate::task::{Failure, ImportTask, VERSION};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// An import that stands still is taken up again after this long: one of its messages was lost.
const STANDSTILL: SignedDuration = SignedDuration::from_mins(15);

/// What an import did can be looked up this long.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Amazon has this long to answer for all lines; then the import is refused.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// Parts of one import that end at the same moment and write the same row.
const ATTEMPTS: u32 = 20;

/// Messages sent at once.
const MESSAGES: usize = 100;

/// The agenda's shard of imports.
const SHARD: &str = "imports";

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Amazon is asked about each line.
    Checking,
    /// No fault was found; the grants are being stored.
    Storing,
    /// At least one line has a fault: nothing was imported.
    Refused,
    /// Everything is imported.
    Done,
}

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Its id; a later one sorts behind an earlier one.
    pub id: ImportId,
    /// Whose connections they will be.
    pub tenant: TenantId,
    /// Who imports.
    pub user: UserId,
    /// Where it stands.
    pub state: State,
    /// Lines in it.
    pub lines: u64,
    /// Lines whose token is stored already.
    pub unchanged: u64,
    /// Parts it is worked on in.
    pub parts: u32,
    /// Parts that are checked.
    pub checked: u32,
    /// Parts that are stored, or cleared away after a refusal.
    pub finished: u32,
    /// Lines with a fault.
    pub faulty: u64,
    /// The first of the faults.
    pub faults: Vec<Fault>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
}

impl Import {
    fn partition(tenant: &TenantId) -> String {
        format!("T#{tenant}|IMPORTS")
    }

    /// Where an import is.
    pub fn key_of(tenant: &TenantId, id: &ImportId) -> Key {
        Key::new(TableName::Agenda, Self::partition(tenant), format!("I#{id}"))
    }

    /// The import of this id.
    pub async fn find(
        table: &impl Table,
        tenant: &TenantId,
        id: &ImportId,
    ) -> Result<Option<Self>, StoreError> {
        Ok(load::<Self>(table, &Self::key_of(tenant, id)).await?.map(|held| held.value))
    }

    /// The latest imports of a tenant, the newest first.
    pub async fn latest(
        table: &impl Table,
        tenant: &TenantId,
        limit: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let span = Span { after: None, backwards: true, limit };
        let rows = table.list(TableName::Agenda, &Self::partition(tenant), span).await?;
        rows.into_iter().map(|row| decode::<Self>(row).map(|held| held.value)).collect()
    }

    /// Whether it is at an end.
    pub fn ended(&self) -> bool {
        match self.state {
            State::Checking | State::Storing => false,
            State::Refused => self.finished == self.parts,
            State::Done => true,
        }
    }

    pub(super) fn blame(&mut self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            self.faulty += 1;
            if self.faults.len() < FAULTS_SHOWN {
                self.faults.push(fault);
            }
        }
        self.faults.sort_by_key(|fault| fault.line);
    }

    /// One more part is checked; the last one decides about all.
    fn checked(&mut self) -> bool {
        self.checked += 1;
        let last = self.checked == self.parts && self.state == State::Checking;
        if last {
            self.state = if self.faulty == 0 { State::Storing } else { State::Refused };
        }
        last
    }
}

impl Stored for Import {
    fn key(&self) -> Key {
        Self::key_of(&self.tenant, &self.id)
    }

    fn due(&self) -> Option<Due> {
        (!self.ended()).then(|| Due { shard: SHARD.to_owned(), at: self.moved_at + STANDSTILL })
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.created_at + KEPT)
    }
}

/// What one part has come to.
pub(super) enum Step {
    /// Checked, with these faults and so many lines that are stored already.
    Checked {
        /// The faults of its lines.
        faults: Vec<Fault>,
        /// Lines that need nothing.
        unchanged: u64,
    },
    /// Stored, or cleared away, with faults that only showed then.
    Finished(Vec<Fault>),
}

/// Writes what a part has come to, together with what it means for the whole import.
pub(super) async fn advance(
    cloud: &(impl Table + Queue + Clock + Entropy),
    part: &Held<Part>,
    step: Step,
) -> Result<(), Failure> {
    let Part { tenant, import, .. } = &part.value;
    for _ in 0..ATTEMPTS {
        let Some(mut held) = load::<Import>(cloud, &Import::key_of(tenant, import)).await? else {
            return Ok(());
        };
        held.value.moved_at = cloud.now();
        let decided = match &step {
            Step::Checked { faults, unchanged } => {
                held.value.blame(faults.iter().cloned());
                held.value.unchanged += unchanged;
                held.value.checked()
            }
            Step::Finished(faults) => {
                held.value.blame(faults.iter().cloned());
                held.value.finished += 1;
                if held.value.finished == held.value.parts && held.value.state == State::Storing {
                    held.value.state = State::Done;
                }
                false
            }
        };
        let mut writes = vec![Write::replace(part)?, Write::replace(&held)?];
        let what = match held.value.state {
            State::Refused if decided => Some("import.refused"),
            State::Done => Some("import.done"),
            _ => None,
        };
        if let Some(what) = what {
            let entry = audit::entry(cloud, tenant, Some(&held.value.user), what, import.as_str())?;
            writes.push(Write::insert(&entry)?);
        }
        match cloud.write(&writes).await {
            Ok(()) if decided => return send(cloud, &held.value).await,
            Ok(()) => return Ok(()),
            Err(WriteError::Conflict) => {
                // Our own part may have been written by a second delivery of the same message.
                let now: Option<Held<Part>> = load(cloud, &part.value.key()).await?;
                if now.is_none_or(|now| now.revision != part.revision) {
                    return Ok(());
                }
            }
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Err(Failure::Lost)
}

/// Sends a task for every part of an import.
pub(super) async fn send(cloud: &impl Queue, import: &Import) -> Result<(), Failure> {
    let all: Vec<_> = (0..import.parts).map(|part| message(import, part, SignedDuration::ZERO)).collect();
    for some in all.chunks(MESSAGES) {
        cloud.send(QueueName::Import, some).await?;
    }
    Ok(())
}

/// A task for one part.
pub(super) fn message(import: &Import, part: u32, delay: SignedDuration) -> Outgoing {
    let (tenant, id) = (import.tenant.clone(), import.id.clone());
    let task = ImportTask { v: VERSION, tenant, import: id, part };
    // A struct of ids and numbers always serializes.
    Outgoing { body: serde_json::to_string(&task).unwrap_or_default(), delay }
}

/// Takes up every import that stands still; how many. One that Amazon left without an answer for a day is
/// refused.
pub async fn take_up(cloud: &(impl Table + Queue + Clock)) -> Result<usize, Failure> {
    let rows = cloud.due(TableName::Agenda, SHARD, cloud.now(), MESSAGES).await?;
    let found = rows.len();
    for row in rows {
        let mut held: Held<Import> = decode(row)?;
        let now = cloud.now();
        if held.value.state == State::Checking && now > held.value.created_at + PATIENCE {
            held.value.state = State::Refused;
            held.value.blame([Fault::unanswered()]);
        }
        held.value.moved_at = now;
        match cloud.write(&[Write::replace(&held)?]).await {
            Ok(()) => send(cloud, &held.value).await?,
            // It moved by itself.
            Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(found)
}
