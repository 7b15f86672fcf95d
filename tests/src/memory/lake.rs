//! The lake: a bucket that keeps versions, and how all of them are removed.

use super::Memory;
use jiff::Timestamp;
use sellerport_core::ports::{Clock as _, Lake, LakeObject, LakeReader, Shredder, Unavailable};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read as _;

impl Lake for Memory {
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let before = self.objects.borrow_mut().insert(key.to_owned(), body);
        self.written.borrow_mut().insert(key.to_owned(), self.now());
        if let Some(before) = before {
            self.older.borrow_mut().entry(key.to_owned()).or_default().push(before);
        }
        self.ends("lake").await
    }
}

impl Memory {
    /// Every record that landed, one JSON value each. A line that cannot be read stops the test.
    pub fn records(&self) -> Vec<Value> {
        let objects = self.objects.borrow();
        let mut records = Vec::new();
        for (_, body) in objects.iter().filter(|(key, _)| key.starts_with("records/")) {
            records.extend(Self::records_in(body));
        }
        records
    }

    /// Those of one object.
    pub fn records_in(body: &[u8]) -> Vec<Value> {
        let mut text = String::new();
        flate2::read::GzDecoder::new(body).read_to_string(&mut text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Objects in one list (S3 gives 1,000; fewer here, so that every test that lists turns a page).
const LISTED: usize = 3;

impl LakeReader for Memory {
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let (objects, written) = (self.objects.borrow(), self.written.borrow());
        let found = objects.iter().filter(|(key, _)| key.starts_with(prefix));
        let behind = found.filter(|(key, _)| after.is_none_or(|after| key.as_str() > after));
        let mut behind = behind.take(LISTED + 1).collect::<Vec<_>>();
        let more = behind.len() > LISTED;
        behind.truncate(LISTED);
        let object = |(key, body): (&String, &Vec<u8>)| LakeObject {
            key: key.clone(),
            bytes: body.len() as u64,
            // S3 tells whole seconds.
            at: Timestamp::from_second(written[key].as_second()).unwrap(),
        };
        Ok((behind.into_iter().map(object).collect(), more))
    }

    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let objects = self.objects.borrow();
        let rest = objects.get(key).and_then(|body| body.get(usize::try_from(from).unwrap()..));
        Ok(rest.map(|rest| rest[..rest.len().min(limit)].to_vec()).unwrap_or_default())
    }
}

impl Shredder for Memory {
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let objects = self.objects.borrow();
        let below = objects.keys().filter_map(|key| key.strip_prefix(prefix)?.split_once('/'));
        let names: BTreeSet<_> = below.map(|(name, _)| format!("{prefix}{name}/")).collect();
        Ok(names.into_iter().collect())
    }

    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable> {
        tokio::task::yield_now().await;
        self.begins("lake").await?;
        let mut removed = 0;
        {
            let (mut objects, mut older) = (self.objects.borrow_mut(), self.older.borrow_mut());
            // The newest version of a key goes first, and the one before shows again.
            objects.retain(|key, body| {
                while key.starts_with(prefix) && removed < limit {
                    removed += 1;
                    match older.get_mut(key).and_then(Vec::pop) {
                        Some(before) => *body = before,
                        None => return false,
                    }
                }
                true
            });
        }
        self.ends("lake").await?;
        Ok(removed)
    }
}
