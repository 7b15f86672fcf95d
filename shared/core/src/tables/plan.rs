//! Where a table's values stand, as a tree, so that one walk through a payload finds them all.

use super::read::read;
use super::{Cell, Column, Misfit, Source};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// The tree of some columns' paths.
#[derive(Debug)]
pub(super) struct Plan {
    root: Node,
    source: Source,
}

#[derive(Debug, Default)]
struct Node {
    /// Columns whose value stands here, the place among its alternatives first.
    here: Vec<(usize, usize)>,
    fields: HashMap<String, Node>,
    /// Entries of the list that stands here: those whose field has this value, or, without a field, this place.
    chosen: Vec<(&'static str, &'static str, Node)>,
}

/// What was found for a column: the rank of its place, and the value.
type Found = (usize, Result<Option<Cell>, Misfit>);

impl Plan {
    /// The plan for these columns, each with its number in the row.
    pub(super) fn new(source: Source, columns: impl Iterator<Item = (usize, Column)>) -> Self {
        let mut plan = Self { root: Node::default(), source };
        for (number, column) in columns {
            for (rank, path) in column.path.split('|').enumerate() {
                let mut node = &mut plan.root;
                for step in steps(path) {
                    let (name, choice) = step.split_once('[').unwrap_or((step, ""));
                    let name = named(source, name).replace(SLASH, "/");
                    node = node.fields.entry(name).or_default();
                    let choice = choice.trim_end_matches(']');
                    if !choice.is_empty() {
                        let (field, value) = choice.split_once('=').unwrap_or(("", choice));
                        let known = node.chosen.iter().position(|(f, v, _)| (*f, *v) == (field, value));
                        let at = known.unwrap_or(node.chosen.len());
                        if known.is_none() {
                            node.chosen.push((field, value, Node::default()));
                        }
                        node = &mut node.chosen[at].2;
                    }
                }
                node.here.push((number, rank));
            }
        }
        plan
    }

    /// Fills a row's cells from a payload; adds the values that did not fit to `misfits`.
    pub(super) fn fill(
        &self,
        payload: &RawValue,
        columns: &[Column],
        row: &mut [Option<Cell>],
        misfits: &mut u64,
    ) {
        let mut found: HashMap<usize, Found> = HashMap::new();
        self.walk(&self.root, payload, columns, &mut found);
        for (number, (_, value)) in found {
            match value {
                Ok(cell) => row[number] = cell,
                Err(Misfit) => *misfits += 1,
            }
        }
    }

    fn walk(&self, node: &Node, json: &RawValue, columns: &[Column], found: &mut HashMap<usize, Found>) {
        for (number, rank) in &node.here {
            let value = read(columns[*number].kind, json.get());
            // The first place with a value counts.
            let better = found
                .get(number)
                .is_none_or(|(other, before)| *before == Ok(None) || (*rank < *other && value != Ok(None)));
            if better {
                found.insert(*number, (*rank, value));
            }
        }
        if !node.fields.is_empty() {
            for (name, value) in fields(json) {
                if let Some(child) = node.fields.get(named(self.source, &name).as_ref()) {
                    self.walk(child, value, columns, found);
                }
            }
        }
        if !node.chosen.is_empty() {
            let entries = entries(json);
            for (field, wanted, child) in &node.chosen {
                let is = |entry: &&&RawValue| {
                    fields(entry).iter().any(|(name, value)| name == field && text_of(value) == *wanted)
                };
                let entry = match field.is_empty() {
                    true => wanted.parse().ok().and_then(|place: usize| entries.get(place)),
                    false => entries.iter().find(is),
                };
                if let Some(entry) = entry {
                    self.walk(child, entry, columns, found);
                }
            }
        }
    }
}

/// In a path: a slash that belongs to a name. Written out it would part two.
const SLASH: &str = "~";

fn steps(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.trim_start_matches('^').split('/')
}

/// A field's name as it is compared.
fn named(source: Source, name: &str) -> Cow<'_, str> {
    match source {
        Source::Api => Cow::Borrowed(name),
        Source::Report => {
            let counts = |c: &char| !matches!(c, ' ' | '-' | '_' | '\u{a0}' | '\u{feff}');
            Cow::Owned(name.chars().filter(counts).flat_map(char::to_lowercase).collect())
        }
    }
}

fn text_of(json: &RawValue) -> Cow<'_, str> {
    serde_json::from_str::<String>(json.get()).map_or(Cow::Borrowed(json.get()), Cow::Owned)
}

/// The entries of a list; nothing where it is none.
pub(super) fn entries(json: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(json.get()).unwrap_or_default()
}

/// The fields of an object in their order; nothing where it is none.
pub(super) fn fields(json: &RawValue) -> Vec<(Cow<'_, str>, &RawValue)> {
    serde_json::from_str::<Fields<'_>>(json.get()).map(|fields| fields.0).unwrap_or_default()
}

struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &RawValue>()? {
                    fields.push((name.0, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A field's name, borrowed where nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
