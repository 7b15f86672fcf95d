//! Orders 2026-01-01: `searchOrders` page by page, and `getOrder`.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::clock::{after, text};
use crate::faults::FaultKind;
use crate::find::{self, Found};
use crate::page_token::{LIFE, PageToken};
use crate::problem::Problem;
use crate::search::{self, Axis, LAG, Search};
use crate::sellers::Seller;
use crate::sp_api::Call;
use crate::world::Inside;

/// Orders older than this are not shown, except in some stores of the Far East (model, `info.description`).
const OLDEST_DAYS: i64 = 2 * 365;
/// The stores that show older ones.
const LONG_MEMORY: [&str; 3] = ["JP", "AU", "SG"];
/// The static sandbox's order id that asks for a refusal.
const SANDBOX_REFUSAL: &str = "TEST_CASE_400";

/// What Amazon says of a token that is no token of this search, or too old.
const TOKEN_REFUSED: &str = "The paginationToken is invalid or has expired.";

/// The answer of `searchOrders`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SearchAnswer {
    orders: Vec<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_before: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    next_token: String,
}

/// The answer of `getOrder`.
#[derive(Debug, Serialize)]
pub(crate) struct GetAnswer {
    order: Box<RawValue>,
}

/// One page of a search. The whole result is fixed by the first page: later pages show the world as it was then.
pub(crate) fn search(
    inside: &Inside,
    seller: &Seller,
    call: &Call,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<SearchAnswer, Problem> {
    let search = Search::read(&call.query, seller, now)?;
    if search.token.is_some() && fault == Some(&FaultKind::OldToken) {
        return Err(Problem::input(TOKEN_REFUSED));
    }
    let place = place(inside, seller, &search, now)?;
    let end = search.before.unwrap_or_else(|| after(place.as_of, -LAG));
    let mut found: Vec<Found<'_>> = find::all(inside, seller, place.as_of, place.late, Some(search.after))
        .into_iter()
        .filter(|order| fits(order, &search, end) && is_shown(order, place.as_of))
        .collect();
    found.sort_by_cached_key(|order| (time_of(order, search.axis), order.id()));
    let size = inside
        .dial
        .page_limit("searchOrders", &seller.id)
        .map_or(search.page, |limit| limit.min(search.page));
    let upto = place.from.saturating_add(size).min(found.len());
    let from = match fault {
        Some(FaultKind::OverlappingPages { orders }) => place.from.saturating_sub(*orders),
        _ => place.from,
    };
    let mut page: Vec<&Found<'_>> = found.get(from..upto).unwrap_or_default().iter().collect();
    if fault == Some(&FaultKind::ReorderedPages) {
        page.reverse();
    }
    let next_token = match fault {
        Some(FaultKind::RepeatedToken) => {
            Some(search.token.clone().unwrap_or_else(|| place.write(inside.book.key)))
        }
        // Issued at one moment, so that each round has the same tokens.
        Some(FaultKind::CyclingTokens { pages }) => {
            let round = upto >= found.len() || upto >= size.saturating_mul(*pages);
            let from = if round { 0 } else { upto };
            Some(PageToken { from, issued: place.as_of, ..place }.write(inside.book.key))
        }
        _ => (upto < found.len())
            .then(|| PageToken { from: upto, issued: now, ..place }.write(inside.book.key)),
    };
    let end = text(end);
    Ok(SearchAnswer {
        orders: page.iter().filter_map(|order| order.written(&search.included)).collect(),
        pagination: next_token.map(|next_token| Pagination { next_token }),
        last_updated_before: (search.axis == Axis::Updated).then(|| end.clone()),
        created_before: (search.axis == Axis::Created).then_some(end),
    })
}

/// One order as it stands now.
pub(crate) fn get(
    inside: &Inside,
    seller: &Seller,
    id: &str,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<GetAnswer, Problem> {
    if id == SANDBOX_REFUSAL {
        return Err(Problem::sandbox(None));
    }
    let included = search::included(query)?;
    let order = find::one(inside, seller, id, now).and_then(|order| order.written(&included));
    order.map(|order| GetAnswer { order }).ok_or_else(Problem::not_found)
}

/// Where this page starts: at the beginning, or where its token says.
fn place(inside: &Inside, seller: &Seller, search: &Search, now: Timestamp) -> Result<PageToken, Problem> {
    let Some(token) = &search.token else {
        return Ok(PageToken {
            seller: seller.id.clone(),
            search: search.sum,
            as_of: now,
            issued: now,
            from: 0,
            late: inside.dial.lateness("searchOrders", &seller.id),
            carried: Vec::new(),
        });
    };
    let token = PageToken::read(token, inside.book.key, now, LIFE).filter(|token| token.seller == seller.id);
    let token = token.ok_or_else(|| Problem::input(TOKEN_REFUSED))?;
    if token.search == search.sum {
        Ok(token)
    } else {
        let text = "All parameters except maxResultsPerPage and includedData must be the same as in the request \
                    that returned the paginationToken.";
        Err(Problem::input(text))
    }
}

fn time_of(order: &Found<'_>, axis: Axis) -> Timestamp {
    match axis {
        Axis::Created => order.created(),
        Axis::Updated => order.updated(),
    }
}

fn fits(order: &Found<'_>, search: &Search, end: Timestamp) -> bool {
    let time = time_of(order, search.axis);
    let among = |wanted: &[String], value: Option<&str>| {
        wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|one| one == value))
    };
    search.after <= time
        && time <= end
        // The examples are of five stores in three regions; whichever is asked for, all are shown.
        && (matches!(order, Found::Example(_)) || among(&search.stores, Some(order.marketplace_id())))
        && among(&search.statuses, order.status())
        && among(&search.fulfillers, order.fulfilled_by())
}

/// Amazon's own examples have no age limit here: they would all be gone one day.
fn is_shown(order: &Found<'_>, now: Timestamp) -> bool {
    let Found::Generated(generated, _) = order else {
        return true;
    };
    let oldest = after(now, -jiff::SignedDuration::from_hours(24 * OLDEST_DAYS));
    generated.created >= oldest || LONG_MEMORY.contains(&generated.store.country)
}
