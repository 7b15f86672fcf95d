//! What `searchOrders` was asked: its parameters, read and checked as the model's text says.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::chance::of_text;
use crate::clock::after;
use crate::compose::DATASETS;
use crate::marketplaces;
use crate::problem::Problem;
use crate::sellers::Seller;

/// `createdBefore` and `lastUpdatedBefore` must be at least this long past.
pub(crate) const LAG: SignedDuration = SignedDuration::from_mins(2);
/// Orders on a page, at most and when nothing is said.
const LARGEST_PAGE: usize = 100;
/// Stores in one request.
const MOST_STORES: usize = 50;
/// The static sandbox's value that asks for a refusal.
const SANDBOX_REFUSAL: &str = "TEST_CASE_400";
const STATUSES: [&str; 7] = [
    "PENDING_AVAILABILITY",
    "PENDING",
    "UNSHIPPED",
    "PARTIALLY_SHIPPED",
    "SHIPPED",
    "CANCELLED",
    "UNFULFILLABLE",
];
const FULFILLERS: [&str; 2] = ["MERCHANT", "AMAZON"];

/// Which of an order's times is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    Created,
    Updated,
}

/// A checked search.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) axis: Axis,
    pub(crate) after: Timestamp,
    /// The end asked for; two minutes ago when absent.
    pub(crate) before: Option<Timestamp>,
    pub(crate) stores: Vec<String>,
    pub(crate) statuses: Vec<String>,
    pub(crate) fulfillers: Vec<String>,
    pub(crate) page: usize,
    pub(crate) included: BTreeSet<String>,
    pub(crate) token: Option<String>,
    /// Sum of everything that must stay the same from page to page.
    pub(crate) sum: u64,
}

impl Search {
    /// Reads a search by this account.
    pub(crate) fn read(query: &[(String, String)], seller: &Seller, now: Timestamp) -> Result<Self, Problem> {
        if value(query, "createdAfter") == Some(SANDBOX_REFUSAL) {
            return Err(Problem::sandbox(Some("Invalid Input")));
        }
        let (axis, after, before) = times(query, now)?;
        let stores = list(query, "marketplaceIds");
        check_stores(&stores, seller)?;
        let page = match value(query, "maxResultsPerPage").map(str::parse::<usize>) {
            None => LARGEST_PAGE,
            Some(Ok(page)) if (1..=LARGEST_PAGE).contains(&page) => page,
            Some(_) => {
                return Err(Problem::input("maxResultsPerPage must be between 1 and 100."));
            }
        };
        Ok(Self {
            axis,
            after,
            before,
            stores,
            statuses: known(query, "fulfillmentStatuses", &STATUSES)?,
            fulfillers: known(query, "fulfilledBy", &FULFILLERS)?,
            page,
            included: included(query)?,
            token: value(query, "paginationToken").map(str::to_owned),
            sum: sum(query),
        })
    }
}

/// `includedData`, of `searchOrders` or `getOrder`.
pub(crate) fn included(query: &[(String, String)]) -> Result<BTreeSet<String>, Problem> {
    Ok(known(query, "includedData", &DATASETS)?.into_iter().collect())
}

fn times(
    query: &[(String, String)],
    now: Timestamp,
) -> Result<(Axis, Timestamp, Option<Timestamp>), Problem> {
    let time = |name: &str| match value(query, name).map(str::parse::<Timestamp>) {
        None => Ok(None),
        Some(Ok(time)) => Ok(Some(time)),
        Some(Err(_)) => Err(Problem::input(format!("{name} must be a date-time in ISO 8601 format."))),
    };
    let (created, updated) = (time("createdAfter")?, time("lastUpdatedAfter")?);
    let (created_end, updated_end) = (time("createdBefore")?, time("lastUpdatedBefore")?);
    let (axis, start, end) = match (created, updated) {
        (Some(start), None) if updated_end.is_none() => (Axis::Created, start, created_end),
        (None, Some(start)) if created_end.is_none() => (Axis::Updated, start, updated_end),
        (Some(_), None) => {
            return Err(Problem::input("lastUpdatedBefore may not be provided with createdAfter."));
        }
        (None, Some(_)) => {
            return Err(Problem::input("createdBefore may not be provided with lastUpdatedAfter."));
        }
        _ => {
            return Err(Problem::input("Exactly one of createdAfter and lastUpdatedAfter must be provided."));
        }
    };
    if end.is_some_and(|end| end > after(now, -LAG)) {
        let text =
            "createdBefore or lastUpdatedBefore must be at least two minutes before the time of the request.";
        return Err(Problem::input(text));
    }
    if end.is_some_and(|end| end < start) {
        return Err(Problem::input("The end of the time range must not be before its start."));
    }
    Ok((axis, start, end))
}

fn check_stores(stores: &[String], seller: &Seller) -> Result<(), Problem> {
    if stores.len() > MOST_STORES {
        return Err(Problem::input("marketplaceIds may have at most 50 values."));
    }
    for id in stores {
        let Some(store) = marketplaces::by_id(id) else {
            return Err(Problem::input(format!("marketplaceIds has an unknown value: {id}.")));
        };
        if store.region != seller.region {
            return Err(Problem::denied("The marketplaces you provided are not valid for region."));
        }
    }
    Ok(())
}

fn value<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// A list as the model writes it: one parameter, values with commas between. Repeated parameters are let through too.
fn list(query: &[(String, String)], name: &str) -> Vec<String> {
    let values = query.iter().filter(|(known, _)| known == name).flat_map(|(_, value)| value.split(','));
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

fn known(query: &[(String, String)], name: &str, words: &[&str]) -> Result<Vec<String>, Problem> {
    let values = list(query, name);
    match values.iter().find(|value| !words.contains(&value.as_str())) {
        Some(unknown) => Err(Problem::input(format!("{name} has an unknown value: {unknown}."))),
        None => Ok(values),
    }
}

fn sum(query: &[(String, String)]) -> u64 {
    let may_change = ["maxResultsPerPage", "includedData", "paginationToken"];
    let fixed = query.iter().filter(|(name, _)| !may_change.contains(&name.as_str()));
    let mut fixed: Vec<String> = fixed.map(|(name, value)| format!("{name}={value}")).collect();
    fixed.sort();
    of_text(&fixed.join("&"))
}
