//! Pages on their way into one object: an object, its event and a checkpoint for each page cost more than the page. They
//! land before the row says so ([`Hold::checkpoint`]); a run that dies before that reads them again.

use super::hold::Hold;
use crate::catalogue::Operation;
use crate::deliver::{Answered, Delivery};
use crate::domains::Found;
use crate::ports::{Bus, Clock, Lake, Table};
use crate::stream::Walk;
use crate::tables::agenda::mark;
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};

/// Pages that land together, at most: so many are read again where a run dies.
pub const BATCH_PAGES: u32 = 10;

/// Bytes of records that land together, about: with their compressed copy they fit beside a function's other needs.
pub const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// The call that an answer is to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called<'a> {
    pub(super) operation: &'static Operation,
    /// Amazon's id of it.
    pub(super) request_id: &'a str,
    /// When it was made. What Amazon gave with the answer is as old.
    pub(super) at: Timestamp,
}

/// Pages of one pass that have not landed yet.
#[derive(Debug)]
pub(super) struct Batch {
    /// The pass at the first of them.
    walk: Walk,
    /// The number of the last one.
    last: u32,
    answers: Vec<Answered>,
    pages: u32,
    bytes: usize,
}

impl Batch {
    fn is_of(&self, walk: &Walk) -> bool {
        let pass = |walk: &Walk| (walk.window, walk.way, walk.begun, walk.bulk, walk.name.clone());
        // One that begins again has page numbers that were there before.
        pass(&self.walk) == pass(walk) && walk.page > self.last
    }
}

impl Hold {
    /// Takes a page in. It lands with those before and behind it, or at once where they are of another pass.
    pub(super) async fn take_in<C: Lake + Bus + Clock + Table>(
        &mut self,
        cloud: &C,
        walk: &Walk,
        found: Vec<Found>,
        call: Called<'_>,
    ) -> Result<(), Failure> {
        if self.batch.as_ref().is_some_and(|batch| !batch.is_of(walk)) {
            self.deliver(cloud).await?;
        }
        let (now, records) = (cloud.now(), found.len() as u64);
        self.landed += records;
        let stream = &mut self.stream.value;
        stream.counters.pages += 1;
        stream.counters.records += records;
        stream.hours.count(now, records, 0, SignedDuration::ZERO);
        let operation = self.domain.source_of(walk.way, walk.bulk).named(call.operation);
        let batch = self.batch.get_or_insert_with(|| Batch {
            walk: walk.clone(),
            last: walk.page,
            answers: Vec::new(),
            pages: 0,
            bytes: 0,
        });
        (batch.pages, batch.last) = (batch.pages + 1, walk.page);
        if !found.is_empty() {
            batch.bytes += found.iter().map(|one| one.payload.get().len()).sum::<usize>();
            let request_id = call.request_id.to_owned();
            batch.answers.push(Answered { operation, request_id, fetched_at: now, found });
        }
        Ok(())
    }

    /// Whether what was taken in should land before another page is asked for.
    pub(super) fn is_full(&self) -> bool {
        self.batch.as_ref().is_some_and(|batch| batch.pages >= BATCH_PAGES || batch.bytes >= BATCH_BYTES)
    }

    /// Lands what was taken in.
    pub(super) async fn deliver<C: Lake + Bus + Clock + Table>(&mut self, cloud: &C) -> Result<(), Failure> {
        let Some(batch) = self.batch.take().filter(|batch| !batch.answers.is_empty()) else { return Ok(()) };
        // Who follows a worker that stood still has landed more under the same key.
        if cloud.now() >= self.until {
            return Err(Failure::Lost);
        }
        let Batch { walk, answers, .. } = batch;
        let (connection, domain, stream) = (&self.connection, self.domain, &mut self.stream.value);
        let delivery = Delivery { connection, domain, walk: &walk, put_out: stream.lease.put_out };
        // Before they land: what is there is on the list of what becomes a table.
        stream.shape_day = mark(cloud, stream.shape_day, &delivery.object_key()).await?;
        delivery.land(cloud, &answers).await?;
        stream.counters.objects += 1;
        stream.last_landed = Some(cloud.now());
        self.dirty = true;
        Ok(())
    }
}
