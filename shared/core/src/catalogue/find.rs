//! Finds an operation by its name. Binary search in constant data: nothing is read or built at start.

use super::operations::OPERATIONS;
use super::{Life, Operation};
use jiff::civil::Date;

/// Why a name does not lead to one operation that can be called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfound {
    /// No operation has this name, or none in this version.
    #[error("Amazon has no operation {asked}{}", did_you_mean(.nearest))]
    NotFound {
        /// What was asked for.
        asked: String,
        /// The nearest spellings, the nearest first.
        nearest: Vec<String>,
    },
    /// Several APIs have an operation of this name: say which.
    #[error("{name} exists several times; say which: {}", .choices.join(", "))]
    Ambiguous {
        /// The name.
        name: String,
        /// What to give as the version, one for each.
        choices: Vec<String>,
    },
    /// Amazon has removed it.
    #[error("Amazon removed {name} on {on}; use {successor}")]
    Removed {
        /// The name.
        name: &'static str,
        /// The day.
        on: Date,
        /// What to call instead.
        successor: &'static str,
    },
}

/// So many spellings are offered at most.
const NEAREST: usize = 3;

/// A name this many letters away from a true one is taken for a slip: a third of it, and three at least.
fn slip(name: &str) -> usize {
    (name.len() / 3).max(3)
}

/// The operation of this name, spelled as Amazon spells it.
///
/// Without a version the current one is meant. A version is `2026-01-01`, the API `orders`, both
/// (`orders/2026-01-01`), or with the method where one API has a name twice (`shipping/v2 PUT`).
pub fn find(name: &str, version: Option<&str>) -> Result<&'static Operation, Unfound> {
    let named = named(name);
    let wanted: Vec<_> = match version {
        Some(version) => named.iter().filter(|operation| operation.is(version)).collect(),
        None => named.iter().filter(|operation| !replaced(operation, named)).collect(),
    };
    match wanted.as_slice() {
        [] => Err(not_found(name, version, named)),
        [one] => match one.life {
            Life::Removed { on, successor } => Err(Unfound::Removed { name: one.name, on, successor }),
            Life::Current | Life::Superseded { .. } | Life::Ends { .. } => Ok(one),
        },
        several => {
            let choices = several.iter().map(|one| one.choice(several)).collect();
            Err(Unfound::Ambiguous { name: name.to_owned(), choices })
        }
    }
}

/// Every operation, those that Amazon removed included, by name.
pub fn all() -> &'static [Operation] {
    &OPERATIONS
}

/// All of this name: the table is sorted by it.
fn named(name: &str) -> &'static [Operation] {
    let from = OPERATIONS.partition_point(|operation| operation.name < name);
    let to = OPERATIONS.partition_point(|operation| operation.name <= name);
    &OPERATIONS[from..to]
}

/// Whether a newer version of the same API has the name too. A date is newer than `v2`, and sorts before it.
fn replaced(operation: &Operation, named: &[Operation]) -> bool {
    let age = |one: &Operation| (one.api.version.starts_with('2'), one.api.version);
    named.iter().any(|other| other.api.name == operation.api.name && age(other) > age(operation))
}

impl Operation {
    fn is(&self, version: &str) -> bool {
        version.split_whitespace().all(|word| {
            word == self.api.version
                || word == self.api.name
                || word == self.method.as_str()
                || word.split_once('/') == Some((self.api.name, self.api.version))
        })
    }

    fn choice(&self, among: &[&Self]) -> String {
        if among.iter().filter(|one| one.api == self.api).count() > 1 {
            format!("{} {}", self.api, self.method.as_str())
        } else {
            self.api.to_string()
        }
    }
}

fn not_found(name: &str, version: Option<&str>, named: &[Operation]) -> Unfound {
    if let (Some(version), false) = (version, named.is_empty()) {
        let nearest = named.iter().map(|one| format!("{name} {}", one.api)).collect();
        return Unfound::NotFound { asked: format!("{name} {version}"), nearest };
    }
    let mut near: Vec<_> = OPERATIONS
        .iter()
        .map(|one| (distance(name, one.name), one.name))
        .filter(|(distance, _)| *distance <= slip(name))
        .collect();
    near.sort_unstable();
    near.dedup();
    let nearest = near.into_iter().take(NEAREST).map(|(_, name)| name.to_owned()).collect();
    Unfound::NotFound { asked: name.to_owned(), nearest }
}

/// Nothing longer is compared: Amazon's longest name has 48 letters.
const LONGEST_SLIP: usize = 100;

/// How far two spellings are apart. A wrong case alone is no distance, so that it comes first.
pub(super) fn distance(given: &str, known: &str) -> usize {
    if given.len() > LONGEST_SLIP {
        return usize::MAX;
    }
    strsim::osa_distance(&given.to_lowercase(), &known.to_lowercase())
}

fn did_you_mean(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; did you mean {}?", nearest.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{GET_ORDER_ORDERS_2026_01_01, SEARCH_ORDERS};

    fn says(name: &str, version: Option<&str>) -> String {
        find(name, version).unwrap_err().to_string()
    }

    #[test]
    fn the_table_is_sorted_and_each_entry_can_be_told_from_the_others() {
        assert!(OPERATIONS.is_sorted_by_key(|one| one.name));
        for one in &OPERATIONS {
            let choice = one.choice(&OPERATIONS.iter().collect::<Vec<_>>());
            let exact = format!("{} {}", one.api, one.method.as_str());
            let found = find(one.name, Some(&exact));
            let gone = matches!(one.life, Life::Removed { .. });
            assert!(if gone { found.is_err() } else { found == Ok(one) }, "{} {choice}", one.name);
        }
    }

    #[test]
    fn a_name_leads_to_its_current_version() {
        assert_eq!(find("searchOrders", None), Ok(&SEARCH_ORDERS));
        let current = |name| find(name, None).unwrap().api.to_string();
        assert_eq!(current("searchCatalogItems"), "catalog-items/2022-04-01");
        assert_eq!(current("getRates"), "shipping/v2");
        assert_eq!(find("searchCatalogItems", Some("2020-12-01")).unwrap().api.version, "2020-12-01");
    }

    #[test]
    fn a_name_of_several_apis_asks_which_and_takes_the_answer() {
        assert_eq!(
            says("getOrder", None),
            "getOrder exists several times; say which: fulfillment-outbound/2026-07-04, orders/2026-01-01, \
             vendor-direct-fulfillment-orders/2021-12-28"
        );
        for version in ["2026-01-01", "orders/2026-01-01"] {
            assert_eq!(find("getOrder", Some(version)), Ok(&GET_ORDER_ORDERS_2026_01_01));
        }
        assert_eq!(
            says("linkCarrierAccount", None),
            "linkCarrierAccount exists several times; say which: shipping/v2 POST, shipping/v2 PUT"
        );
        assert!(find("linkCarrierAccount", Some("shipping/v2 PUT")).is_ok());
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_spelling() {
        assert_eq!(
            says("SearchOrders", None),
            "Amazon has no operation SearchOrders; did you mean searchOrders?"
        );
        assert!(says("serchOrder", None).contains("did you mean searchOrders"));
        assert_eq!(says("zzzzzzzzzzzz", None), "Amazon has no operation zzzzzzzzzzzz");
        assert_eq!(
            says("searchOrders", Some("v0")),
            "Amazon has no operation searchOrders v0; did you mean searchOrders orders/2026-01-01?"
        );
    }

    #[test]
    fn what_amazon_removed_names_the_day_and_the_successor() {
        assert_eq!(
            says("listCatalogItems", None),
            "Amazon removed listCatalogItems on 2025-04-24; use searchCatalogItems catalog-items/2022-04-01"
        );
        assert!(says("getCatalogItem", Some("v0")).starts_with("Amazon removed getCatalogItem"));
    }
}
