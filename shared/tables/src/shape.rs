//! The days that are over become files. Each step may run twice: the files' names and what is in them depend on the
//! landed objects alone, and the row on the agenda is written last.

use crate::lines::Lines;
use crate::part::{PART_BYTES, Part, PartError};
use crate::seen::Seen;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::{Clock, Lake, LakeObject, LakeReader, Table, Unavailable};
use sellerport_core::store::{Held, StoreError, TableName, Write, WriteError, decode};
use sellerport_core::tables::agenda::{Shaping, shards};
use sellerport_core::tables::{Envelope, Shaper, Table as Shape};

/// Days read from a shard of the agenda at a time.
const DAYS_AT_ONCE: usize = 50;

/// Objects that are read at the same time: most are small, and waiting for one after the other would be paid for.
const READ_AHEAD: usize = 8;

/// Bytes asked for at once. Longer objects come in pieces of this.
const PIECE: usize = 1024 * 1024;

/// A day that failed is tried again after this long, doubled with each failure up to a day.
const PAUSE: SignedDuration = SignedDuration::from_mins(30);
/// Doublings of the pause: 30 minutes six times doubled are 32 hours.
const DOUBLINGS: u32 = 5;

/// Days that fail in a row before a run ends: it is the lake or the tables then, and not the days.
const FAILURES_IN_A_ROW: u32 = 3;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Days that are shaped.
    pub days: usize,
    /// Files written.
    pub files: usize,
    /// Rows in them.
    pub rows: u64,
    /// Versions that were there already.
    pub repeated: u64,
    /// Values that did not fit their column; each is in its row's payload.
    pub misfits: u64,
    /// Lines that are no record. They stay in their object.
    pub unreadable: u64,
    /// Objects that could not be read to their end. They stay as they are.
    pub broken: u64,
    /// Days that failed; each is tried again later.
    pub failed: usize,
    /// Whether the deadline came first. The rest is still due.
    pub cut_short: bool,
}

/// A run could not go on. Nothing is lost: what was not shaped is still due.
#[derive(Debug, thiserror::Error)]
pub enum ShapeError {
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lake.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// A file.
    #[error(transparent)]
    Part(#[from] PartError),
}

/// Shapes every day that is due, as far as the deadline allows.
pub async fn shape_due(
    cloud: &(impl Table + LakeReader + Lake + Clock),
    deadline: Timestamp,
) -> Result<Done, ShapeError> {
    let (mut done, mut in_a_row) = (Done::default(), 0);
    for shard in shards() {
        loop {
            let rows = cloud.due(TableName::Agenda, &shard, cloud.now(), DAYS_AT_ONCE).await?;
            let full = rows.len() == DAYS_AT_ONCE;
            for row in rows {
                if cloud.now() >= deadline {
                    done.cut_short = true;
                    return Ok(done);
                }
                let mut held: Held<Shaping> = decode(row)?;
                match day(cloud, &mut held.value, deadline, &mut done).await {
                    Ok(()) => in_a_row = 0,
                    Err(error) => {
                        in_a_row += 1;
                        done.failed += 1;
                        let pause = PAUSE * 2_i32.pow(held.value.failures.min(DOUBLINGS));
                        held.value.due_at = Some(cloud.now() + pause);
                        held.value.failures += 1;
                        if in_a_row == FAILURES_IN_A_ROW {
                            return Err(error);
                        }
                    }
                }
                match cloud.write(&[Write::replace(&held)?]).await {
                    // A record landed meanwhile, or another run has the day: it is still due, or done.
                    Ok(()) | Err(WriteError::Conflict) => {}
                    Err(WriteError::Store(error)) => return Err(error.into()),
                }
                if done.cut_short {
                    return Ok(done);
                }
            }
            if !full {
                break;
            }
        }
    }
    Ok(done)
}

/// Shapes one day, or as much of it as the deadline allows; `shaping` says how far it came.
async fn day(
    cloud: &(impl LakeReader + Lake + Clock),
    shaping: &mut Shaping,
    deadline: Timestamp,
    done: &mut Done,
) -> Result<(), ShapeError> {
    let Some(shaper) = Shaper::of(&shaping.day.domain) else {
        // A build without this table: nothing to do.
        shaping.done(cloud.now());
        return Ok(());
    };
    let mut objects = listed(cloud, &shaping.day.records()).await?;
    if let Some(place) = &shaping.place {
        objects.retain(|object| (object.at, &object.key) > (place.0, &place.1));
    }
    let (mut files, mut seen) = (Files::new(&shaper)?, Seen::default());
    for together in objects.chunks(READ_AHEAD) {
        let beginnings = join_all(together.iter().map(|object| cloud.bytes(&object.key, 0, PIECE))).await;
        for (object, beginning) in together.iter().zip(beginnings) {
            files.take(cloud, &shaper, &mut seen, object, beginning?, done).await?;
            let late = cloud.now() >= deadline;
            if files.bytes() >= PART_BYTES || late {
                files.put(cloud, shaping, done).await?;
                shaping.place = Some((object.at, object.key.clone()));
                files = Files::new(&shaper)?;
            }
            if late {
                done.cut_short = true;
                return Ok(());
            }
        }
    }
    files.put(cloud, shaping, done).await?;
    shaping.place = objects.last().map(|object| (object.at, object.key.clone())).or(shaping.place.take());
    // What an earlier shaping left behind holds nothing more.
    for number in shaping.parts..shaping.before {
        for table in shaper.tables() {
            cloud.put(&shaping.day.part(table.name, number), Part::new(table)?.finish()?).await?;
        }
    }
    done.days += 1;
    shaping.done(cloud.now());
    Ok(())
}

/// The landed objects of a day in the order of their landing: so the last of two versions is the newer one.
async fn listed(cloud: &impl LakeReader, prefix: &str) -> Result<Vec<LakeObject>, Unavailable> {
    let mut objects: Vec<LakeObject> = Vec::new();
    loop {
        let after = objects.last().map(|object| object.key.clone());
        let (page, more) = cloud.objects(prefix, after.as_deref()).await?;
        objects.extend(page);
        if !more {
            break;
        }
    }
    objects.retain(|object| object.key.ends_with(".ndjson.gz"));
    objects.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
    Ok(objects)
}

/// A part of each table.
struct Files {
    parts: Vec<(&'static Shape, Part)>,
}

impl Files {
    fn new(shaper: &Shaper) -> Result<Self, PartError> {
        let parts = shaper.tables().map(|table| Ok((table, Part::new(table)?))).collect::<Result<_, _>>()?;
        Ok(Self { parts })
    }

    fn bytes(&self) -> usize {
        self.parts.iter().map(|(_, part)| part.bytes()).sum()
    }

    /// Takes an object's rows in. What is no record is counted and left where it is.
    async fn take(
        &mut self,
        cloud: &impl LakeReader,
        shaper: &Shaper,
        seen: &mut Seen,
        object: &LakeObject,
        mut bytes: Vec<u8>,
        done: &mut Done,
    ) -> Result<(), ShapeError> {
        let name = object.key.strip_prefix("records/").unwrap_or(&object.key);
        let (mut lines, mut from, mut number, mut failed) = (Lines::default(), 0, 0, None);
        let mut line = |line: &[u8]| {
            number += 1;
            if line.is_empty() {
                return;
            }
            let read = std::str::from_utf8(line).ok().and_then(|line| Envelope::read(line).ok());
            let Some(record) = read else {
                done.unreadable += 1;
                return;
            };
            if seen.again(&record) {
                done.repeated += 1;
                return;
            }
            let shaped = shaper.rows(&record, name, number);
            done.misfits += shaped.misfits;
            for (table, row) in shaped.rows {
                done.rows += 1;
                failed = failed.take().or(self.parts[table].1.push(row).err());
            }
        };
        let whole = loop {
            if bytes.is_empty() {
                break lines.finish(&mut line).ok();
            }
            if lines.feed(&bytes, &mut line).is_err() {
                break None;
            }
            from += bytes.len() as u64;
            bytes = match from < object.bytes {
                true => cloud.bytes(&object.key, from, PIECE).await?,
                false => Vec::new(),
            };
        };
        match whole {
            Some(skipped) => done.unreadable += skipped,
            None => done.broken += 1,
        }
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Writes the files and counts them as the next parts. A table without rows has no file, unless one of an
    /// earlier shaping must give way.
    async fn put(
        &mut self,
        cloud: &impl Lake,
        shaping: &mut Shaping,
        done: &mut Done,
    ) -> Result<(), ShapeError> {
        if self.parts.iter().all(|(_, part)| part.rows() == 0) {
            return Ok(());
        }
        for (table, part) in self.parts.drain(..) {
            if part.rows() > 0 || shaping.parts < shaping.before {
                cloud.put(&shaping.day.part(table.name, shaping.parts), part.finish()?).await?;
                done.files += 1;
            }
        }
        shaping.parts += 1;
        Ok(())
    }
}
