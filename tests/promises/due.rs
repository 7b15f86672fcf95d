//! What is due is read in two steps, an index of keys and the rows themselves. Here the first lags behind the second,
//! names rows twice, and is answered in pieces, none of which the emulator does.

use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains::ORDERS;
use sellerport_core::ports::{Clock as _, Table};
use sellerport_core::schedule::{DUE_AT_ONCE, dispatch};
use sellerport_core::store::{StoreError, TableName, Write};
use sellerport_core::stream::Stream;
use sellerport_simulator::SimClock;
use sellerport_tests::memory::Memory;
use sellerport_tests::stub::aws_answering;
use serde_json::{Value, json};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + 60 * minute).unwrap()
}

fn text(minute: i64) -> String {
    at(minute).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// An entry of the index.
fn entry(name: &str, minute: i64) -> Value {
    json!({"pk": {"S": name}, "sk": {"S": "1"}, "due_shard": {"S": "d1"}, "due_at": {"S": text(minute)}})
}

/// A row as it is now.
fn row(name: &str, minute: i64) -> Value {
    let mut row = entry(name, minute);
    row["rev"] = json!({"N": "7"});
    row
}

async fn due(table: &impl Table, limit: usize) -> Result<Vec<String>, StoreError> {
    let rows = table.due(TableName::Streams, "d1", at(10), limit).await?;
    Ok(rows.into_iter().map(|row| row.key.partition).collect())
}

#[tokio::test]
async fn an_index_that_lags_is_read_on_until_enough_rows_are_due_now() {
    let (mut queries, mut keys) = (0, Vec::new());
    let table = aws_answering(move |operation, asked| {
        if operation == "Query" {
            queries += 1;
            let page = match queries {
                1 => vec![entry("gone", 1), entry("moved", 2), entry("later", 3)],
                2 => vec![entry("later", 5), entry("elsewhere", 5), entry("b", 6)],
                _ => vec![entry("a", 6), entry("c", 7)],
            };
            assert!(queries <= 3, "enough was found");
            return (200, json!({"Items": page, "LastEvaluatedKey": page[page.len() - 1]}));
        }
        let asked = &asked["RequestItems"]["stub-streams"];
        assert_eq!(asked["ConsistentRead"], true, "the rows are read as they are now");
        keys.extend(asked["Keys"].as_array().unwrap().iter().map(|key| key["pk"]["S"].clone()));
        let answered = match queries {
            1 => vec![row("later", 9), row("moved", 11)],
            2 => vec![row("b", 6), json!({"pk": {"S": "elsewhere"}, "sk": {"S": "1"}, "rev": {"N": "2"}})],
            _ => {
                assert_eq!(
                    keys,
                    ["gone", "moved", "later", "elsewhere", "b", "a", "c"],
                    "each row is read once"
                );
                vec![row("c", 7), row("a", 6)]
            }
        };
        (200, json!({"Responses": {"stub-streams": answered}, "UnprocessedKeys": {}}))
    });
    assert_eq!(due(&table, 3).await.unwrap(), ["a", "b", "c"], "the earliest of what was found");
}

#[tokio::test]
async fn rows_that_a_batch_left_out_are_asked_for_again_and_not_for_ever() {
    for (left_out, found) in [(0, true), (1, true), (4, true), (5, false)] {
        let mut batches = 0;
        let table = aws_answering(move |operation, asked| {
            if operation == "Query" {
                return (200, json!({"Items": [entry("a", 1), entry("b", 2)]}));
            }
            batches += 1;
            let keys = asked["RequestItems"]["stub-streams"]["Keys"].as_array().unwrap().clone();
            let mut answered: Vec<_> =
                keys.iter().map(|key| row(key["pk"]["S"].as_str().unwrap(), 1)).collect();
            let mut left = json!({});
            if batches <= left_out {
                left["stub-streams"] = json!({"Keys": [keys.last()]});
                answered.pop();
            }
            (200, json!({"Responses": {"stub-streams": answered}, "UnprocessedKeys": left}))
        });
        let rows = due(&table, 10).await;
        assert_eq!(rows.is_ok(), found, "{left_out} times left out: {rows:?}");
        assert!(rows.is_err() || rows.unwrap() == ["a", "b"]);
    }
}

#[tokio::test]
async fn a_run_behind_an_index_that_lags_sends_for_every_stream_that_is_due_and_for_no_other() {
    let clock = SimClock::fixed(at(0));
    let cloud = Memory::new(clock.clone());
    let stream = |n: usize| {
        let connection = format!("c{n}").try_into().unwrap();
        Stream::new(&"t".to_owned().try_into().unwrap(), &connection, &ORDERS, 1, at(0))
    };
    let many = 30 * DUE_AT_ONCE;
    for n in 0..many {
        cloud.write(&[Write::insert(&stream(n)).unwrap()]).await.unwrap();
    }
    // The index shows all of them as due from now on, and nothing else.
    *cloud.lagging.borrow_mut() = Some(cloud.rows.borrow().clone());
    let deadline = cloud.now() + SignedDuration::from_mins(1);
    assert_eq!(dispatch(&cloud, deadline).await.unwrap().sent, many);
    assert_eq!(dispatch(&cloud, deadline).await.unwrap().sent, 0, "they have moved on");
    clock.advance(std::time::Duration::from_secs(3600));
    let deadline = cloud.now() + SignedDuration::from_mins(1);
    assert_eq!(dispatch(&cloud, deadline).await.unwrap().sent, many, "due again");
}
