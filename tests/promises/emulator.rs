//! Memory and AWS keep the same promises: one test body, run on both. The emulator is started by
//! `make test`; without it the second half is left out.

use jiff::{SignedDuration, Timestamp};
use sellerport_aws::Aws;
use sellerport_core::ports::{
    Bus as _, Clock, CredentialStore as _, Credentials as _, DeadLetters, Depth, Entropy, Event, Lake as _,
    Outgoing, Queue, QueueName, Shredder as _, Table, Vault,
};
use sellerport_core::redrive::{Redriven, redrive};
use sellerport_core::session::Role;
use sellerport_core::store::{
    Due, Held, Key, Span, Stored, TableName, Write, WriteError, decode, load, shard_of,
};
use sellerport_core::token::{Purpose, SealingContext, VaultError};
use sellerport_simulator::SimClock;
use sellerport_tests::emulator::Emulator;
use sellerport_tests::house::identity;
use sellerport_tests::memory::{Memory, Message, credentials};
use serde::{Deserialize, Serialize};

fn emulator() -> Option<Aws> {
    Emulator::find().map(|emulator| emulator.aws())
}

fn memory() -> Memory {
    Memory::new(SimClock::system())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Thing {
    partition: String,
    sort: String,
    text: String,
    number: f64,
    nothing: Option<u8>,
    list: Vec<u64>,
    due_at: Option<Timestamp>,
}

impl Stored for Thing {
    fn key(&self) -> Key {
        Key::new(TableName::Streams, self.partition.clone(), self.sort.clone())
    }
    fn due(&self) -> Option<Due> {
        self.due_at.map(|at| Due { shard: shard_of(&self.partition), at })
    }
    fn expires(&self) -> Option<Timestamp> {
        Some(Timestamp::from_second(4_000_000_000).unwrap())
    }
}

fn thing(partition: &str, sort: &str) -> Thing {
    Thing {
        partition: partition.to_owned(),
        sort: sort.to_owned(),
        text: "日本 \"quoted\" \n ünïcode".to_owned(),
        number: 0.0056,
        nothing: None,
        list: vec![1, u64::MAX >> 12],
        due_at: None,
    }
}

async fn held(table: &impl Table, thing: &Thing) -> Held<Thing> {
    load(table, &thing.key()).await.unwrap().unwrap()
}

/// What every table promises.
async fn tables_keep_their_promises(table: &impl Table, run: &str) {
    let a = thing(&format!("{run}-a"), "1");
    let insert = [Write::insert(&a).unwrap()];
    table.write(&insert).await.unwrap();
    let read = held(table, &a).await;
    assert_eq!((&read.value, read.revision), (&a, 1), "what is written is read");
    assert_eq!(table.get(&a.key()).await.unwrap().unwrap().expires, a.expires());
    assert!(load::<Thing>(table, &Key::new(TableName::Streams, run, "none")).await.unwrap().is_none());

    // Somebody else who wants the very same has lost all the same.
    assert!(matches!(table.write(&insert).await, Err(WriteError::Conflict)), "two authors, one wins");
    let other = Thing { text: "other".into(), ..a.clone() };
    assert!(matches!(table.write(&[Write::insert(&other).unwrap()]).await, Err(WriteError::Conflict)));

    let mut mine = held(table, &a).await;
    let mut theirs = held(table, &a).await;
    mine.value.text = "mine".into();
    theirs.value.text = "theirs".into();
    table.write(&[Write::replace(&mine).unwrap()]).await.unwrap();
    assert!(matches!(table.write(&[Write::replace(&theirs).unwrap()]).await, Err(WriteError::Conflict)));
    assert_eq!(held(table, &a).await.value.text, "mine", "the first wins");
    assert!(matches!(table.write(&[Write::replace(&mine).unwrap()]).await, Err(WriteError::Conflict)));

    // All or nothing.
    let (b, c) = (thing(&format!("{run}-b"), "1"), thing(&format!("{run}-c"), "1"));
    let stale = [Write::insert(&b).unwrap(), Write::replace(&theirs).unwrap()];
    assert!(matches!(table.write(&stale).await, Err(WriteError::Conflict)));
    let unchanged = [Write::insert(&c).unwrap(), Write::unchanged(&theirs)];
    assert!(matches!(table.write(&unchanged).await, Err(WriteError::Conflict)));
    assert!(table.get(&b.key()).await.unwrap().is_none() && table.get(&c.key()).await.unwrap().is_none());
    let fresh = held(table, &a).await;
    table.write(&[Write::insert(&b).unwrap(), Write::unchanged(&fresh)]).await.unwrap();
    assert_eq!(held(table, &a).await.revision, 2, "a check changes nothing");

    // Taken once.
    let taken = table.take(&b.key()).await.unwrap().unwrap();
    assert_eq!(decode::<Thing>(taken).unwrap().value, b);
    assert!(table.take(&b.key()).await.unwrap().is_none());

    // Listed in order, within one partition, up to a limit.
    let partition = format!("{run}-list");
    for sort in ["3", "1", "2"] {
        table.write(&[Write::insert(&thing(&partition, sort)).unwrap()]).await.unwrap();
    }
    let sorts =
        |rows: Vec<sellerport_core::store::Row>| rows.into_iter().map(|row| row.key.sort).collect::<Vec<_>>();
    let list = async |span: Span<'_>| sorts(table.list(TableName::Streams, &partition, span).await.unwrap());
    assert_eq!(list(Span::first(10)).await, ["1", "2", "3"]);
    assert_eq!(list(Span::first(2)).await, ["1", "2"]);
    assert_eq!(list(Span { after: Some("1"), ..Span::first(1) }).await, ["2"]);
    assert_eq!(list(Span { backwards: true, ..Span::first(2) }).await, ["3", "2"]);
    assert_eq!(list(Span { backwards: true, after: Some("2"), limit: 2 }).await, ["1"]);

    // Removed, if it is still as it was read.
    let one = held(table, &thing(&partition, "1")).await;
    let stale = Held { revision: one.revision + 1, value: one.value.clone() };
    assert!(matches!(table.write(&[Write::delete(&stale)]).await, Err(WriteError::Conflict)));
    table.write(&[Write::delete(&one)]).await.unwrap();
    assert_eq!(list(Span::first(10)).await, ["2", "3"]);

    // Due by time, in its shard; moved on when it is written.
    let partition = format!("{run}-due");
    let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
    for (sort, second) in [("late", 100), ("early", 10), ("exact", 50)] {
        let one = Thing { due_at: Some(at(second)), ..thing(&partition, sort) };
        table.write(&[Write::insert(&one).unwrap()]).await.unwrap();
    }
    let due = async |until: i64| {
        let rows = table.due(TableName::Streams, &shard_of(&partition), at(until), 1000).await.unwrap();
        sorts(rows.into_iter().filter(|row| row.key.partition == partition).collect())
    };
    assert_eq!(due(50).await, ["early", "exact"]);
    assert_eq!(due(9).await, [""; 0]);
    let mut early = held(table, &thing(&partition, "early")).await;
    assert_eq!(early.value.due_at, Some(at(10)));
    early.value.due_at = None;
    table.write(&[Write::replace(&early).unwrap()]).await.unwrap();
    assert_eq!(due(100).await, ["exact", "late"]);
}

#[tokio::test]
async fn tables_in_memory_keep_their_promises() {
    tables_keep_their_promises(&memory(), "run").await;
}

#[tokio::test]
async fn tables_in_dynamodb_keep_the_same_promises() {
    let Some(aws) = emulator() else { return };
    let run: u64 = u64::from_be_bytes(aws.random().unwrap()[..8].try_into().unwrap());
    tables_keep_their_promises(&aws, &format!("run{run}")).await;
}

#[tokio::test]
async fn of_many_writers_on_one_row_in_dynamodb_each_revision_has_one_author() {
    let Some(aws) = emulator() else { return };
    let run: u64 = u64::from_be_bytes(aws.random().unwrap()[..8].try_into().unwrap());
    let row = thing(&format!("race{run}"), "1");
    aws.write(&[Write::insert(&row).unwrap()]).await.unwrap();
    let writer = async |name: usize| {
        let mut written = 0;
        while written < 5 {
            let mut mine = held(&aws, &row).await;
            mine.value.text = format!("{name}-{written}");
            written += usize::from(aws.write(&[Write::replace(&mine).unwrap()]).await.is_ok());
        }
    };
    tokio::join!(writer(0), writer(1), writer(2), writer(3));
    assert_eq!(held(&aws, &row).await.revision, 21, "20 writes, none lost");
}

fn context(connection: &str, generation: u64, purpose: Purpose) -> SealingContext {
    SealingContext {
        tenant: "main".to_owned().try_into().unwrap(),
        connection: connection.to_owned().try_into().unwrap(),
        generation,
        purpose,
    }
}

/// What every vault promises.
async fn vaults_keep_their_promises(vault: &impl Vault) {
    let own = context("c1", 1, Purpose::Refresh);
    let secret = format!("Atzr|{}", "x".repeat(2000));
    let sealed = vault.seal(&own, &secret).await.unwrap();
    assert!(!sealed.0.contains("Atzr"));
    let opened = vault.open(&own, &sealed).await.unwrap();
    assert_eq!((opened.secret, opened.outdated), (secret, false));
    for other in [
        context("c2", 1, Purpose::Refresh),
        context("c1", 2, Purpose::Refresh),
        context("c1", 1, Purpose::Access),
    ] {
        assert!(matches!(vault.open(&other, &sealed).await, Err(VaultError::Foreign)), "{other:?}");
    }
}

#[tokio::test]
async fn vaults_bind_a_secret_to_its_row() {
    vaults_keep_their_promises(&memory()).await;
    if let Some(aws) = emulator() {
        vaults_keep_their_promises(&aws).await;
    }
}

/// What every dead-letter queue promises. `give_up` puts messages into the one of imports.
async fn dead_letters_keep_their_promises<C>(cloud: &C, give_up: impl AsyncFn(Vec<Outgoing>))
where
    C: Table + Queue + DeadLetters + Clock + Entropy,
{
    let (queue, by) = (QueueName::Import, identity("owner", "main", Role::Operator));
    let before = cloud.depth(queue).await.unwrap();
    assert_eq!(before.dead, Some(0));
    let letter = |n: u32| Outgoing { body: format!("{{\"n\":{n}}}"), delay: SignedDuration::ZERO };
    give_up((0..12).map(letter).collect()).await;
    assert_eq!(cloud.depth(queue).await.unwrap(), Depth { dead: Some(12), ..before });

    let mine = cloud.receive(queue).await.unwrap();
    assert_eq!(mine.len(), 10, "as many as SQS gives at once");
    assert_eq!(cloud.depth(queue).await.unwrap().dead, Some(12), "hidden ones are still there");
    let moved = redrive(cloud, &by, queue).await.unwrap();
    assert_eq!(moved, Redriven { moved: 2, more: false }, "what somebody else works on is left to him");
    let after = cloud.depth(queue).await.unwrap();
    assert_eq!((after.waiting, after.dead), (before.waiting + 2, Some(10)));
    for letter in &mine {
        assert!(letter.body.starts_with("{\"n\":"));
        cloud.delete(queue, letter).await.unwrap();
    }
    assert_eq!(cloud.depth(queue).await.unwrap().dead, Some(0));
    assert_eq!(redrive(cloud, &by, queue).await.unwrap().moved, 0);
    assert!(cloud.receive(QueueName::Secret).await.unwrap().is_empty(), "secrets have no dead-letter queue");
}

#[tokio::test]
async fn dead_letters_in_memory_keep_their_promises() {
    let memory = memory();
    dead_letters_keep_their_promises(&memory, async |letters: Vec<Outgoing>| {
        for (n, letter) in letters.into_iter().enumerate() {
            let visible_at = memory.now();
            let (id, queue) = (format!("dead-{n}"), QueueName::Import);
            memory.dead.borrow_mut().push(Message { id, queue, body: letter.body, visible_at, receives: 5 });
        }
    })
    .await;
}

#[tokio::test]
async fn dead_letters_in_sqs_keep_the_same_promises() {
    let Some(aws) = emulator() else { return };
    let give_up = async |letters: Vec<Outgoing>| aws.send(QueueName::Secret, &letters).await.unwrap();
    dead_letters_keep_their_promises(&aws, give_up).await;
}

#[tokio::test]
async fn the_other_services_take_what_we_send() {
    let Some(aws) = emulator() else { return };
    let message = |n: u32| Outgoing { body: format!("{{\"n\":{n}}}"), delay: SignedDuration::from_secs(900) };
    aws.send(QueueName::Fetch("orders"), &(0..25).map(message).collect::<Vec<_>>()).await.unwrap();
    aws.put("records/domain=orders/test", b"body".to_vec()).await.unwrap();
    aws.publish(Event { name: "test.event", detail: serde_json::json!({"a": 1}) }).await.unwrap();
    let application = "main".to_owned().try_into().unwrap();
    for secret in ["secret", "newer", "newer"] {
        aws.replace(&application, &credentials("id", secret)).await.unwrap();
        let found = aws.current(&application).await.unwrap();
        assert_eq!((found.client_id.as_str(), found.client_secret.expose()), ("id", secret));
    }
    for page in 0..3 {
        aws.put(&format!("records/domain=orders/tenant=t/connection=c/{page}"), b"x".to_vec()).await.unwrap();
    }
    aws.put("records/domain=orders/tenant=t/connection=c2/0", b"x".to_vec()).await.unwrap();
    assert_eq!(aws.shred("records/domain=orders/tenant=t/connection=c/", 100).await.unwrap(), 3);
    assert_eq!(aws.shred("records/domain=orders/tenant=t/connection=c/", 100).await.unwrap(), 0);
    assert_eq!(aws.shred("records/domain=orders/tenant=t/connection=c2/", 100).await.unwrap(), 1);
    assert!(aws.now() > Timestamp::UNIX_EPOCH);
    assert_ne!(aws.random().unwrap(), aws.random().unwrap());
}
