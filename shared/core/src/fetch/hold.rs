//! A stream while it is worked on: how its row is written, and how it is given back.

use super::admit::postpone;
use super::batch::Batch;
use crate::connection::Connection;
use crate::domains::{DAY, Domain};
use crate::measure::{Measure, StreamMeasure};
use crate::ports::{Bus, Clock, Lake, MAX_DELAY, Meter, Queue, Table};
use crate::quota::Payer;
use crate::schedule::HORIZON;
use crate::store::{Held, Write, WriteError, load};
use crate::stream::Stream;
use crate::task::{Failure, FetchTask, Outcome};
use jiff::{SignedDuration, Timestamp};

/// Somebody may write the same row at most this often in a row: the dispatcher or a button.
const ATTEMPTS: u32 = 4;

/// A stream under our lease.
#[derive(Debug)]
pub(super) struct Hold {
    pub(super) connection: Connection,
    pub(super) stream: Held<Stream>,
    pub(super) domain: &'static Domain,
    pub(super) task: FetchTask,
    /// Whether the row says less than has landed, or still holds a call that is about to be made.
    pub(super) dirty: bool,
    /// Records that this run landed, or is about to.
    pub(super) landed: u64,
    /// What has not landed yet.
    pub(super) batch: Option<Batch>,
    /// From here on somebody else may have the lease.
    pub(super) until: Timestamp,
}

impl Hold {
    /// Whose calls these are.
    pub(super) fn payer(&self) -> Payer {
        Payer {
            application: self.connection.application.clone(),
            seller: self.connection.seller.clone(),
            region: self.connection.region,
        }
    }

    fn measure(&self, cloud: &(impl Meter + Clock)) {
        let present = cloud.now() - self.domain.lag;
        let stream = &self.stream.value;
        let lag = stream
            .cursor
            .map_or(SignedDuration::ZERO, |cursor| present.duration_since(cursor).max(SignedDuration::ZERO));
        let day = if self.domain.by_day { DAY } else { SignedDuration::ZERO };
        let late = (lag - stream.cadence(self.domain) - day).max(SignedDuration::ZERO);
        cloud.measure(Measure::Stream(StreamMeasure {
            tenant: self.connection.tenant.clone(),
            connection: self.connection.id.clone(),
            domain: self.domain.name,
            lag,
            late,
            records: self.landed,
        }));
    }

    /// Delivers what was taken in, then writes what was reached. The write insists on the lease's fence: where the dispatcher or a person
    /// changed the row meanwhile, their part is kept and ours put beside it; where the lease or the grant
    /// is another, nothing is written.
    pub(super) async fn checkpoint(
        &mut self,
        cloud: &(impl Table + Lake + Bus + Clock),
    ) -> Result<(), Failure> {
        self.deliver(cloud).await?;
        for _ in 0..ATTEMPTS {
            match cloud.write(&[Write::replace(&self.stream)?]).await {
                Ok(()) => {
                    self.stream.revision += 1;
                    self.dirty = false;
                    return Ok(());
                }
                Err(WriteError::Conflict) => self.merge(cloud).await?,
                Err(WriteError::Store(error)) => return Err(error.into()),
            }
        }
        Err(Failure::Lost)
    }

    async fn merge(&mut self, table: &impl Table) -> Result<(), Failure> {
        use crate::store::Stored as _;
        let theirs: Held<Stream> = load(table, &self.stream.value.key()).await?.ok_or(Failure::Lost)?;
        let ours = &mut self.stream;
        let same_lease = theirs.value.lease.fence == ours.value.lease.fence;
        if !same_lease || theirs.value.generation != self.connection.generation {
            return Err(Failure::Lost);
        }
        ours.value.slot = theirs.value.slot.max(ours.value.slot);
        // What we set when we give the stream back stands; while we work, theirs does.
        if ours.value.lease.holder.is_some() {
            ours.value.due_at = theirs.value.due_at;
        }
        ours.value.overhear(&theirs.value, self.domain);
        ours.revision = theirs.revision;
        Ok(())
    }

    /// The job is done: the stream rests until it is due again.
    pub(super) async fn finish(
        mut self,
        cloud: &(impl Table + Lake + Bus + Clock + Meter),
        due: Timestamp,
        how: &'static str,
    ) -> Result<Outcome, Failure> {
        self.measure(cloud);
        let stream = &mut self.stream.value;
        stream.finished = stream.slot;
        stream.due_at = Some(due);
        stream.lease = stream.lease.released();
        self.checkpoint(cloud).await?;
        Ok(Outcome::Done(how))
    }

    /// The job goes on later: checkpoint, then send the task on. Longer waits than a message can have are
    /// left to the schedule.
    pub(super) async fn go_on_at(
        mut self,
        cloud: &(impl Table + Queue + Lake + Bus + Clock + Meter),
        at: Timestamp,
        why: &'static str,
    ) -> Result<Outcome, Failure> {
        let now = cloud.now();
        let wait = at.duration_since(now).max(SignedDuration::ZERO);
        if wait > MAX_DELAY {
            return self.finish(cloud, at, why).await;
        }
        self.measure(cloud);
        let stream = &mut self.stream.value;
        stream.lease = stream.lease.released();
        // A slot of its own: what else is on its way for this stream does not count any more.
        stream.slot += 1;
        // Should the message be lost, the schedule sends another.
        stream.due_at = Some(now + wait + HORIZON);
        self.checkpoint(cloud).await?;
        let again = FetchTask { saw: None, slot: self.stream.value.slot, ..self.task };
        postpone(cloud, self.domain, &again, wait, why).await
    }
}
