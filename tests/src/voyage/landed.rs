//! What has landed: each order's states, by the object that holds them, so that an overwritten object takes its
//! states away.

use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read as _;

#[derive(Debug, Deserialize)]
struct Line {
    seller: String,
    key: Option<String>,
    updated_at: Option<String>,
}

type State = (String, String, Timestamp);

/// The lake's content, to be asked quickly.
#[derive(Debug, Default)]
pub(super) struct Landed {
    objects: BTreeMap<String, Vec<State>>,
    states: BTreeMap<(String, String), BTreeMap<Timestamp, u32>>,
    /// Records ever put, repetitions counted.
    pub(super) records: u64,
    /// Objects ever put, repetitions counted.
    pub(super) puts: u64,
}

impl Landed {
    /// An object is stored, in the place of one with the same key.
    pub(super) fn put(&mut self, key: &str, body: &[u8]) {
        let mut text = String::new();
        flate2::read::GzDecoder::new(body).read_to_string(&mut text).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<Line>(line).unwrap());
        let states: Vec<State> =
            lines.filter_map(|line| Some((line.seller, line.key?, line.updated_at?.parse().ok()?))).collect();
        self.puts += 1;
        self.records += states.len() as u64;
        for (seller, order, updated) in &states {
            let counts = self.states.entry((seller.clone(), order.clone())).or_default();
            *counts.entry(*updated).or_default() += 1;
        }
        for (seller, order, updated) in self.objects.insert(key.to_owned(), states).unwrap_or_default() {
            let counts = self.states.get_mut(&(seller, order)).unwrap();
            let count = counts.get_mut(&updated).unwrap();
            *count -= 1;
            if *count == 0 {
                counts.remove(&updated);
            }
        }
    }

    /// The newest state of an order that the lake holds.
    pub(super) fn newest(&self, seller: &str, order: &str) -> Option<Timestamp> {
        let counts = self.states.get(&(seller.to_owned(), order.to_owned()))?;
        counts.last_key_value().map(|(updated, _)| *updated)
    }
}
