//! What is true of an account held against what landed of it: nothing is missing, nothing is stale, nothing is made up.

mod crops;
mod facts;

use crops::{Crop, as_written, crop};
use facts::{Fact, facts};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::domains::{self, Domain};
use sellerport_core::stream::Stream;
use sellerport_simulator::World;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A window is asked for so long after its end and the lag, at most.
const ASKED: SignedDuration = SignedDuration::from_mins(5);
/// So long before a sweep ended it may have read its first page.
const SWEEPING: SignedDuration = SignedDuration::from_hours(6);
/// A day.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// One account's stream, and what landed of it.
#[derive(Debug)]
pub struct Harvest<'a> {
    /// Amazon.
    pub world: &'a World,
    /// The account.
    pub seller: &'a str,
    /// When it was connected.
    pub since: Timestamp,
    /// The stream.
    pub stream: &'a Stream,
    /// What landed of the account, of whatever domain.
    pub records: &'a [Value],
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Different things that landed.
    pub landed: usize,
    /// Things that had to land.
    pub due: usize,
    /// What is wrong, each in a sentence.
    pub wrong: Vec<String>,
}

/// How the truth names what a landed record is about; nothing for one that it does not tell.
pub fn name_of(record: &Value) -> Option<String> {
    let crop = crop(record["domain"].as_str()?)?;
    (crop.name)(record)
}

impl Harvest<'_> {
    /// Holds all that the stream claims against the newest versions that landed.
    pub fn weigh(&self) -> Found {
        let mut found = Found::default();
        let name = self.stream.domain.as_str();
        let (Some(crop), Some(domain)) = (crop(name), domains::by_name(name)) else { return found };
        let Some(claim) = self.claim(crop, domain) else {
            found.wrong.push(format!("{name}: nothing is claimed"));
            return found;
        };
        let newest = self.newest(crop, &mut found.wrong);
        let mut truths = Truths { harvest: self, known: BTreeMap::new() };
        // Amazon keeps nothing from before the lookback; a day more, as windows begin at midnight.
        let floor = (!domain.is_picture()).then(|| self.since - domain.lookback + DAY);
        // What changes again before it is asked for is in the next window.
        let asked = (claim + domain.lag + ASKED).min(self.world.now());
        let then: BTreeMap<String, _> =
            facts(self, asked).into_iter().map(|fact| (fact.key, fact.at)).collect();
        let due: Vec<Fact> = facts(self, claim)
            .into_iter()
            .filter(|fact| fact.shown && fact.at.is_none_or(|at| at <= claim))
            .filter(|fact| domain.is_picture() || then.get(&fact.key).is_none_or(|at| *at == fact.at))
            .filter(|fact| floor.is_none_or(|floor| fact.at.is_none_or(|at| at >= floor)))
            .collect();
        (found.landed, found.due) = (newest.len(), due.len());
        for fact in &due {
            let key = as_written(&fact.key);
            match newest.get(&key) {
                None => found.wrong.push(format!("{name}: {key} is missing, claimed up to {claim}")),
                Some(record) if !truths.hold(crop, fact, &key, record) => {
                    let at = record["fetched_at"].as_str().unwrap_or_default();
                    found.wrong.push(format!(
                        "{name}: {key} is not what is true at {claim}: {} and not {}, fetched {at}",
                        record["payload"], fact.item
                    ));
                }
                Some(_) => {}
            }
        }
        let now = self.world.now();
        let known: BTreeSet<String> = facts(self, now).iter().map(|fact| as_written(&fact.key)).collect();
        let first = known.iter().filter_map(|key| day(key)).min().filter(|_| crop.since_first);
        let before = |key: &&String| first.is_some_and(|first| day(key).is_some_and(|day| day < first));
        let strange = newest.keys().filter(|key| !known.contains(*key) && !before(key));
        found.wrong.extend(strange.map(|key| format!("{name}: Amazon knows nothing of {key}")));
        found
    }

    /// Up to when all that is true must have landed.
    fn claim(&self, crop: &Crop, domain: &Domain) -> Option<Timestamp> {
        let cursor = self.stream.cursor?;
        let claim = match crop.by_sweep {
            true => cursor.min(self.stream.swept_at? - SWEEPING),
            false => cursor,
        };
        debug_assert!(!crop.by_sweep || !matches!(domain.sweep, domains::Sweep::None));
        Some(claim - crop.told_late)
    }

    /// The newest version of each thing, by the name that the truth has for it.
    fn newest(&self, crop: &Crop, wrong: &mut Vec<String>) -> BTreeMap<String, &Value> {
        let mut newest: BTreeMap<String, &Value> = BTreeMap::new();
        let age = |record: &Value| {
            let moment = |name: &str| record[name].as_str().and_then(|text| text.parse::<Timestamp>().ok());
            (moment("updated_at"), moment("fetched_at"))
        };
        let of = |record: &&Value| record["domain"] == crop.domain && record["seller"] == self.seller;
        for record in self.records.iter().filter(of) {
            if record["key"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{}: a record without a key: {record}", crop.domain));
            }
            let Some(name) = (crop.name)(record) else { continue };
            let place = newest.entry(as_written(&name)).or_insert(record);
            if age(place) <= age(record) {
                *place = record;
            }
        }
        newest
    }
}

/// The day in the name of what is counted by store and day.
fn day(key: &str) -> Option<&str> {
    key.split('|').nth(1)
}

/// What was true when, worked out once for each moment.
struct Truths<'a, 'b> {
    harvest: &'a Harvest<'b>,
    known: BTreeMap<Timestamp, BTreeMap<String, Value>>,
}

impl Truths<'_, '_> {
    /// Whether a record is what is claimed, or something newer that was true when it was fetched, or is now.
    fn hold(&mut self, crop: &Crop, fact: &Fact, key: &str, record: &Value) -> bool {
        let alike = |item: &Value| (crop.alike)(&record["payload"], item);
        if alike(&fact.item) {
            return true;
        }
        let fetched = record["fetched_at"].as_str().and_then(|text| text.parse::<Timestamp>().ok());
        let moments = [fetched, Some(self.harvest.world.now())];
        moments.into_iter().flatten().any(|at| self.at(at).get(key).is_some_and(alike))
    }

    fn at(&mut self, at: Timestamp) -> &BTreeMap<String, Value> {
        let harvest = self.harvest;
        self.known.entry(at).or_insert_with(|| {
            facts(harvest, at).into_iter().map(|fact| (as_written(&fact.key), fact.item)).collect()
        })
    }
}
