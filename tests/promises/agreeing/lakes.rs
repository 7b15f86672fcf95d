//! The lake: what was put is read, the newest first; what was shredded is gone, and nothing beside it.

use super::{Random, emulator, memory, noticed, play};
use sellerport_aws::Aws;
use sellerport_core::ports::{Lake, LakeObject, LakeReader, Shredder, Unavailable};
use sellerport_tests::emulator::Emulator;
use sellerport_tests::memory::Memory;

const STEPS: usize = 400;

#[derive(Debug)]
enum Operation {
    Put(String, Vec<u8>),
    Read(String),
    List(String, Option<String>),
    Bytes(String, u64, usize),
    Folders(String),
    Shred(String, usize),
}

#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Put,
    Found(Vec<u8>),
    Nothing,
    /// Keys and sizes, or names.
    Listed(Vec<(String, u64)>),
    Shredded(usize),
    Failed(String),
}

fn draw(random: &mut Random, run: &str) -> Operation {
    // One connection's name begins with another's.
    let folder = format!("records/domain=orders/tenant={run}/connection=");
    let connection = random.pick(&["c1", "c2", "c22"]);
    let key = format!("{folder}{connection}/{}.ndjson.gz", random.below(4));
    match random.below(14) {
        0..4 => Operation::Put(key, random.text(80).into_bytes()),
        4..8 => Operation::Read(key),
        8..10 => match random.below(3) {
            0 => Operation::List(key, None),
            1 => Operation::List(folder, Some(key)),
            _ => Operation::List(folder, None),
        },
        10..12 => Operation::Bytes(key, random.pick(&[0, 1, 7, 200]), random.pick(&[1, 40, 1000])),
        12 => Operation::Folders(folder.trim_end_matches("connection=").to_owned()),
        _ => {
            let prefix = match random.below(6) {
                0 => folder,
                1 => format!("{folder}{connection}"),
                2 => key,
                _ => format!("{folder}{connection}/"),
            };
            Operation::Shred(prefix, random.pick(&[0, 1, 2, 3, 1000, 10_000]))
        }
    }
}

/// A lake that can be read.
trait Clear: Lake + LakeReader + Shredder {
    fn read(&self, key: &str) -> Option<Vec<u8>>;
}

impl Clear for Memory {
    fn read(&self, key: &str) -> Option<Vec<u8>> {
        self.objects.borrow().get(key).cloned()
    }
}

/// The emulator through our adapter, read past it.
struct Emulated {
    aws: Aws,
    emulator: Emulator,
}

impl Lake for Emulated {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        self.aws.put(key, body).await
    }
}

impl LakeReader for Emulated {
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable> {
        self.aws.objects(prefix, after).await
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        self.aws.bytes(key, from, limit).await
    }
}

impl Shredder for Emulated {
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Unavailable> {
        self.aws.folders(prefix).await
    }

    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable> {
        self.aws.shred(prefix, limit).await
    }
}

impl Clear for Emulated {
    fn read(&self, key: &str) -> Option<Vec<u8>> {
        self.emulator.object(key)
    }
}

async fn apply(lake: &impl Clear, operation: &Operation) -> Answer {
    let failed = |error: Unavailable| Answer::Failed(format!("{error:?}"));
    match operation {
        Operation::Put(key, body) => lake.put(key, body.clone()).await.map_or_else(failed, |()| Answer::Put),
        Operation::Read(key) => lake.read(key).map_or(Answer::Nothing, Answer::Found),
        Operation::List(prefix, after) => match everything(lake, prefix, after.clone()).await {
            Ok(keys) => Answer::Listed(keys),
            Err(error) => failed(error),
        },
        Operation::Bytes(key, from, limit) => {
            lake.bytes(key, *from, *limit).await.map_or_else(failed, Answer::Found)
        }
        Operation::Folders(prefix) => lake.folders(prefix).await.map_or_else(failed, |folders| {
            Answer::Listed(folders.into_iter().map(|folder| (folder, 0)).collect())
        }),
        Operation::Shred(prefix, limit) => {
            lake.shred(prefix, *limit).await.map_or_else(failed, Answer::Shredded)
        }
    }
}

/// Pages that a list of so few objects may have; one that goes in circles has more.
const PAGES: usize = 50;

/// All pages of a list.
async fn everything(
    lake: &impl LakeReader,
    prefix: &str,
    mut after: Option<String>,
) -> Result<Vec<(String, u64)>, Unavailable> {
    let mut all = Vec::new();
    for _ in 0..PAGES {
        let (page, more) = lake.objects(prefix, after.as_deref()).await?;
        after = page.last().map(|last| last.key.clone());
        all.extend(page.into_iter().map(|object| (object.key, object.bytes)));
        if !more {
            break;
        }
    }
    Ok(all)
}

async fn compare(other: &impl Clear, run: &str) -> Result<(), String> {
    let memory = memory();
    let (here, there) =
        (async |o: &Operation| apply(&memory, o).await, async |o: &Operation| apply(other, o).await);
    play("lake", STEPS, &[], |random| draw(random, run), here, there).await
}

#[tokio::test]
async fn memory_and_s3_agree_on_every_one_of_400_random_operations() {
    let Some((emulator, run)) = emulator() else { return };
    compare(&Emulated { aws: emulator.aws(), emulator }, &run).await.unwrap();
}

/// Memory, and what could be wrong with it.
struct Faulty {
    memory: Memory,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    FirstVersionStays,
    LimitIgnored,
    NeighbourShredded,
    OlderVersionsLeft,
    ListedAgain,
    ReadFromTheBeginning,
    NoFolders,
}

impl Lake for Faulty {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        match self.fault {
            Fault::FirstVersionStays if self.memory.read(key).is_some() => Ok(()),
            _ => self.memory.put(key, body).await,
        }
    }
}

impl LakeReader for Faulty {
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable> {
        match self.fault {
            Fault::ListedAgain => self.memory.objects(prefix, None).await,
            _ => self.memory.objects(prefix, after).await,
        }
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        match self.fault {
            Fault::ReadFromTheBeginning => self.memory.bytes(key, 0, limit).await,
            _ => self.memory.bytes(key, from, limit).await,
        }
    }
}

impl Shredder for Faulty {
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Unavailable> {
        match self.fault {
            Fault::NoFolders => Ok(Vec::new()),
            _ => self.memory.folders(prefix).await,
        }
    }

    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable> {
        match self.fault {
            Fault::LimitIgnored => self.memory.shred(prefix, usize::MAX).await,
            Fault::NeighbourShredded => self.memory.shred(prefix.trim_end_matches('/'), limit).await,
            Fault::OlderVersionsLeft => {
                let keys = self.memory.objects.borrow().keys().filter(|key| key.starts_with(prefix)).count();
                self.memory.shred(prefix, limit.min(keys)).await
            }
            _ => self.memory.shred(prefix, limit).await,
        }
    }
}

impl Clear for Faulty {
    fn read(&self, key: &str) -> Option<Vec<u8>> {
        self.memory.read(key)
    }
}

#[tokio::test]
async fn a_lake_that_shreds_too_much_or_too_little_would_be_noticed() {
    compare(&Faulty { memory: memory(), fault: Fault::None }, "control").await.unwrap();
    for fault in [
        Fault::FirstVersionStays,
        Fault::LimitIgnored,
        Fault::NeighbourShredded,
        Fault::OlderVersionsLeft,
        Fault::ListedAgain,
        Fault::ReadFromTheBeginning,
        Fault::NoFolders,
    ] {
        noticed(&fault, compare(&Faulty { memory: memory(), fault }, "control").await);
    }
}
