//! A shaping that is stopped, cut short, or large.

use super::*;
use crate::shaping::parquet_files::groups;
use jiff::Timestamp;
use sellerport_core::ports::{LakeObject, LakeReader, Table, Unavailable};
use sellerport_core::store::{Key, Row, Span, StoreError, Write, WriteError};
use sellerport_core::tables::{Cell, TABLES};
use sellerport_tables::{Part, ROW_GROUP_BYTES};
use sellerport_tests::stops::{How, Plan, Ran, explore};

/// Memory, with something that happens before an object is read.
struct Reading<'a, F>(&'a Memory, F);

impl<F> Table for Reading<'_, F> {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.0.get(key).await
    }

    async fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        self.0.write(writes).await
    }

    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        self.0.take(key).await
    }

    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError> {
        self.0.list(table, partition, span).await
    }

    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.0.due(table, shard, until, limit).await
    }
}

impl<F: Fn(&str) -> Result<(), Unavailable>> LakeReader for Reading<'_, F> {
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable> {
        self.0.objects(prefix, after).await
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        (self.1)(key)?;
        self.0.bytes(key, from, limit).await
    }
}

impl<F> sellerport_core::ports::Lake for Reading<'_, F> {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        self.0.put(key, body).await
    }
}

impl<F> sellerport_core::ports::Clock for Reading<'_, F> {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    async fn wait(&self, duration: SignedDuration) {
        self.0.wait(duration).await;
    }
}

fn orders(cloud: &Memory) -> Vec<String> {
    let mut orders: Vec<_> = rows(cloud, "orders").into_iter().map(|row| row["order_id"].clone()).collect();
    orders.sort();
    orders
}

#[tokio::test]
async fn a_day_that_takes_longer_than_a_run_goes_on_in_the_next_and_each_row_is_there_once() {
    let (cloud, clock) = lake();
    let names: Vec<_> = (10..50).map(|n| n.to_string()).collect();
    for name in &names {
        land(&cloud, name, &[line(name, 1, "PENDING")]).await;
    }
    two_days_later(&clock);
    let slow = Reading(&cloud, |_: &str| {
        clock.advance((HOUR / 60).unsigned_abs());
        Ok(())
    });
    let mut runs = 0;
    while shape_due(&slow, slow.now() + HOUR / 12).await.unwrap().cut_short {
        runs += 1;
        assert!(runs < 50, "it never ends");
    }
    assert!(runs > 2, "one run was not enough");
    assert_eq!(orders(&cloud), names);
    // Shaped again with time enough, it is fewer parts, and the old ones give way.
    let with_rows = |cloud: &Memory| {
        files(cloud).into_keys().filter(|key| !key.contains("order_lines")).collect::<Vec<_>>()
    };
    let parts = with_rows(&cloud);
    mark(&cloud, None, &format!("{FOLDER}10.ndjson.gz")).await.unwrap();
    clock.advance(HOUR.unsigned_abs());
    assert_eq!(shape(&cloud).await.days, 1);
    assert_eq!((orders(&cloud), with_rows(&cloud)), (names, parts));
}

/// A day of three objects, shaped until it is done.
async fn stopped(plan: Plan) -> Ran {
    let (cloud, clock) = lake();
    for name in ["a", "b", "c"] {
        land(&cloud, name, &[line(name, 1, "PENDING")]).await;
    }
    two_days_later(&clock);
    cloud.stops.follow(plan);
    for _ in 0..6 {
        drop(cloud.stops.run(shape_due(&cloud, cloud.now() + HOUR)).await);
        clock.advance((HOUR * 2).unsigned_abs());
    }
    let (found, open) = (orders(&cloud), shapings(&cloud).iter().any(|shaping| shaping.due_at.is_some()));
    let verdict = match found == ["a", "b", "c"] && !open {
        true => Ok(()),
        false => Err(format!("{found:?}, still due: {open}")),
    };
    Ran { passed: cloud.stops.passed(), hit: cloud.stops.hit(), verdict }
}

#[tokio::test]
async fn a_shaping_that_is_stopped_anywhere_once_or_twice_is_made_up() {
    for (how, depth) in [(How::Killed, 2), (How::Failed, 2), (How::Outrun, 1)] {
        let explored = explore("a shaping", how, depth, stopped).await;
        assert!(explored.failures.is_empty() && explored.points > 0, "{:?}", explored.failures);
    }
}

#[tokio::test]
async fn a_day_that_always_fails_holds_no_other_back() {
    let (cloud, clock) = lake();
    land(&cloud, "a", &[line("1", 1, "PENDING")]).await;
    let other = FOLDER.replace("2026-11-21", "2026-11-20") + "x.ndjson.gz";
    mark(&cloud, None, &other).await.unwrap();
    cloud.put(&other, zipped(&line("2", 1, "PENDING"))).await.unwrap();
    two_days_later(&clock);
    let broken = Reading(&cloud, |key: &str| match key == other {
        true => Err(Unavailable { what: "the lake", cause: "AccessDenied".into() }),
        false => Ok(()),
    });
    let done = shape_due(&broken, cloud.now() + HOUR).await.unwrap();
    assert_eq!((done.days, done.failed), (1, 1));
    assert_eq!(orders(&cloud), ["1"]);
    let waits: Vec<_> = shapings(&cloud).into_iter().filter_map(|shaping| shaping.due_at).collect();
    assert!(waits.len() == 1 && waits[0] > cloud.now(), "it is tried again later");
    clock.advance(HOUR.unsigned_abs());
    shape(&cloud).await;
    assert_eq!(orders(&cloud), ["1", "2"]);
}

#[test]
fn l60_what_waits_in_memory_is_a_row_group_however_many_rows_there_are() {
    let table = TABLES[0];
    let columns = table.columns().len();
    let mut part = Part::new(table).unwrap();
    let mut most = 0;
    for n in 0..2_000 {
        let mut row = vec![None; columns];
        row[5] = Some(Cell::Text(format!("order-{n}")));
        row[columns - 1] = Some(Cell::Text(format!("{n}").repeat(5_000)));
        part.push(row).unwrap();
        most = most.max(part.waiting());
    }
    assert!(most < ROW_GROUP_BYTES + 64 * 1024, "{most} bytes wait");
    let file = part.finish().unwrap();
    assert!(groups(&file).len() > 2 && groups(&file).iter().sum::<i64>() == 2_000, "{:?}", groups(&file));
    assert!(file.len() < 2_000_000, "{} bytes", file.len());
}
