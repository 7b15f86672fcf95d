//! Tables: every kind of write under every kind of condition, alone and together, and all reads.
//!
//! Rows due at the very same moment come by their keys from memory and the emulator; DynamoDB promises no order there,
//! and nothing of ours relies on one.

use super::{Random, emulator, memory, noticed, play};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::Table;
use sellerport_core::store::{Due, Expect, Key, Row, Span, StoreError, TableName, Write, WriteError};
use sellerport_tests::memory::Memory;

const STEPS: usize = 2_000;

/// Tables that have the index `due`.
const INDEXED: [TableName; 3] = [TableName::Tokens, TableName::Streams, TableName::Agenda];

#[derive(Debug)]
enum Operation {
    Get(Key),
    Write(Vec<Write>),
    Take(Key),
    List { table: TableName, partition: String, after: Option<&'static str>, backwards: bool, limit: usize },
    Due { table: TableName, shard: String, until: Timestamp, limit: usize },
}

#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Nothing,
    Found(Row),
    Rows(Vec<Row>),
    Written,
    Conflict,
    Failed(String),
}

fn row_at(key: Key, revision: u64) -> Row {
    Row { key, revision, document: serde_json::Map::new(), due: None, expires: None }
}

fn moment(random: &mut Random) -> Timestamp {
    let from = Timestamp::from_second(1_800_000_000).unwrap();
    from + SignedDuration::from_millis(i64::try_from(random.below(60)).unwrap() * 250)
}

fn shard(random: &mut Random, run: &str) -> String {
    format!("{run}-d{}", random.below(2))
}

fn key(random: &mut Random, run: &str) -> Key {
    let table = if random.once_in(4) { random.pick(&TableName::ALL) } else { random.pick(&INDEXED) };
    let partition = format!("{run}|{}", random.pick(&["a", "a#", "本"]));
    Key::new(table, partition, random.pick(&SORTS))
}

/// In an order that neither numbers nor UTF-16 have.
const SORTS: [&str; 7] = ["1", "10", "2", "S#a|b", "ü", "\u{ffee}", "🜁"];

/// One part of a write that mostly names what is there.
fn part(random: &mut Random, run: &str, memory: &Memory, key: Key) -> Write {
    let now = memory.rows.borrow().get(&key).map(|row| row.revision);
    let guess = random.pick(&[0, 1, 2, 5]);
    let revision = if random.once_in(8) { guess } else { now.unwrap_or(guess) };
    let absent = now.is_none() != random.once_in(8);
    match random.below(12) {
        0 | 1 => Write::Check(key, revision),
        2 => Write::Delete(key, revision),
        _ => {
            let expect = if absent { Expect::Absent } else { Expect::Revision(revision) };
            let due = !random.once_in(3) && INDEXED.contains(&key.table);
            let expires = Timestamp::from_millisecond(4_000_000_000_500).unwrap();
            let row = Row {
                document: random.document(),
                due: due.then(|| Due { shard: shard(random, run), at: moment(random) }),
                expires: random.once_in(3).then_some(expires),
                ..row_at(key, if absent { 1 } else { revision + 1 })
            };
            Write::Put(row, expect)
        }
    }
}

fn draw(random: &mut Random, run: &str, memory: &Memory) -> Operation {
    let Key { table, partition, sort } = key(random, run);
    let limit = random.pick(&[0, 1, 2, 3, 100, 1000]);
    match random.below(20) {
        0..3 => Operation::Get(Key { table, partition, sort }),
        3 => Operation::Take(Key { table, partition, sort }),
        4..7 => {
            let after = if random.once_in(2) { None } else { Some(random.pick(&SORTS)) };
            Operation::List { table, partition, after, backwards: random.once_in(2), limit }
        }
        7..10 => {
            let (table, shard) = (random.pick(&INDEXED), shard(random, run));
            Operation::Due { table, shard, until: moment(random), limit }
        }
        _ => {
            let mut keys: Vec<Key> =
                (0..random.pick(&[1, 1, 1, 2, 3, 5])).map(|_| key(random, run)).collect();
            keys.sort();
            keys.dedup(); // DynamoDB takes one write for a row
            Operation::Write(keys.into_iter().map(|key| part(random, run, memory, key)).collect())
        }
    }
}

async fn apply(table: &impl Table, operation: &Operation) -> Answer {
    let one = |read: Result<Option<Row>, StoreError>| match read {
        Ok(row) => row.map_or(Answer::Nothing, Answer::Found),
        Err(error) => Answer::Failed(format!("{error:?}")),
    };
    let many = |read: Result<Vec<Row>, StoreError>| match read {
        Ok(rows) => Answer::Rows(rows),
        Err(error) => Answer::Failed(format!("{error:?}")),
    };
    match operation {
        Operation::Get(key) => one(table.get(key).await),
        Operation::Take(key) => one(table.take(key).await),
        Operation::List { table: name, partition, after, backwards, limit } => {
            let span = Span { after: *after, backwards: *backwards, limit: *limit };
            many(table.list(*name, partition, span).await)
        }
        Operation::Due { table: name, shard, until, limit } => {
            many(table.due(*name, shard, *until, *limit).await)
        }
        Operation::Write(writes) => match table.write(writes).await {
            Ok(()) => Answer::Written,
            Err(WriteError::Conflict) => Answer::Conflict,
            Err(WriteError::Store(error)) => Answer::Failed(format!("{error:?}")),
        },
    }
}

async fn compare(other: &impl Table, run: &str) -> Result<(), String> {
    let memory = memory();
    let draw = |random: &mut Random| draw(random, run, &memory);
    let (here, there) =
        (async |o: &Operation| apply(&memory, o).await, async |o: &Operation| apply(other, o).await);
    play("tables", STEPS, &[], draw, here, there).await
}

#[tokio::test]
async fn memory_and_dynamodb_agree_on_every_one_of_2_000_random_operations() {
    let Some((emulator, run)) = emulator() else { return };
    compare(&emulator.aws(), &run).await.unwrap();
}

/// What could be wrong with tables.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    ChecksIgnored,
    RevisionsIgnored,
    AbsenceIgnored,
    HalfATransaction,
    TakenAndKept,
    AfterIncluded,
    LimitIgnored,
    DueUnsorted,
    DueByTheIndexAlone,
}

struct Faulty {
    memory: Memory,
    fault: Fault,
}

impl Faulty {
    /// The write as the fault makes it.
    fn bent(&self, write: &Write) -> Option<Write> {
        let now = self.memory.rows.borrow().get(write.key()).map(|row| row.revision);
        match (self.fault, write) {
            (Fault::ChecksIgnored, Write::Check(..)) => None,
            (Fault::RevisionsIgnored, Write::Put(row, Expect::Revision(_))) => {
                Some(Write::Put(row.clone(), now.map_or(Expect::Absent, Expect::Revision)))
            }
            (Fault::AbsenceIgnored, Write::Put(row, Expect::Absent)) => {
                Some(Write::Put(row.clone(), now.map_or(Expect::Absent, Expect::Revision)))
            }
            _ => Some(write.clone()),
        }
    }
}

impl Table for Faulty {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.memory.get(key).await
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        if self.fault == Fault::DueByTheIndexAlone && self.memory.lagging.borrow().is_none() {
            *self.memory.lagging.borrow_mut() = Some(self.memory.rows.borrow().clone());
        }
        let writes: Vec<_> = writes.iter().filter_map(|write| self.bent(write)).collect();
        match self.fault {
            Fault::HalfATransaction => {
                for write in writes {
                    self.memory.write(&[write]).await?;
                }
                Ok(())
            }
            _ => self.memory.write(&writes).await,
        }
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        match self.fault {
            Fault::TakenAndKept => self.memory.get(key).await,
            _ => self.memory.take(key).await,
        }
    }

    async fn list(
        &self,
        table: TableName,
        partition: &str,
        mut span: Span<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        match self.fault {
            Fault::AfterIncluded => span.after = span.after.filter(|after| *after != "10"),
            Fault::LimitIgnored => span.limit = usize::MAX,
            _ => {}
        }
        self.memory.list(table, partition, span).await
    }

    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = self.memory.due(table, shard, until, limit).await?;
        if self.fault == Fault::DueUnsorted {
            rows.reverse();
        }
        Ok(rows)
    }
}

#[tokio::test]
async fn a_table_that_forgets_a_condition_an_order_or_a_limit_would_be_noticed() {
    let of = |fault: Fault| Faulty { memory: memory(), fault };
    compare(&of(Fault::None), "control").await.unwrap();
    for fault in [
        Fault::ChecksIgnored,
        Fault::RevisionsIgnored,
        Fault::AbsenceIgnored,
        Fault::HalfATransaction,
        Fault::TakenAndKept,
        Fault::AfterIncluded,
        Fault::LimitIgnored,
        Fault::DueUnsorted,
        Fault::DueByTheIndexAlone,
    ] {
        noticed(&fault, compare(&of(fault), "control").await);
    }
}
