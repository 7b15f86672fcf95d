//! `getQueries`: the newest first, page by page. A token comes with the parameters of the first page.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::chance::of_text;
use crate::clock::after;
use crate::page_token::LIFE;
use crate::problem::Problem;
use crate::reports::list::{check_statuses, page_size, times};
use crate::sealed;
use crate::sellers::Seller;
use crate::world::Inside;

/// What a token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    seller: String,
    /// Sum of every parameter that must not change between pages.
    search: u64,
    as_of: Timestamp,
    from: usize,
    issued: Timestamp,
}

/// One page of the account's queries.
pub(crate) fn list(
    inside: &Inside,
    seller: &Seller,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<Value, Problem> {
    let key = inside.book.key;
    let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let mut place = place(key, seller, query, now)?;
    let statuses: Vec<String> = value("processingStatuses")
        .map(|words| words.split(',').map(str::to_owned).collect())
        .unwrap_or_default();
    check_statuses(&statuses)?;
    let (since, until) = times(value("createdSince"), value("createdUntil"), place.as_of)?;
    let page = page_size(value("pageSize"))?;
    let queries = inside.book.desk.queries.get(&seller.id).into_iter().flat_map(|list| list.values());
    let mut found: Vec<_> = queries
        .filter(|query| {
            let created = query.course.created;
            let status = query.status(now).word();
            since <= created
                && created <= until
                && (statuses.is_empty() || statuses.iter().any(|one| one == status))
        })
        .collect();
    found.sort_by_key(|query| std::cmp::Reverse(query.number));
    let upto = place.from.saturating_add(page).min(found.len());
    let page = found.get(place.from..upto).unwrap_or_default();
    let written: Vec<Value> = page.iter().map(|query| query.written(key, seller, now)).collect();
    let mut answer = json!({ "queries": written });
    if upto < found.len() {
        (place.from, place.issued) = (upto, now);
        answer["pagination"] = json!({ "nextToken": sealed::seal(&place, upto as u64, key) });
    }
    Ok(answer)
}

fn place(key: u64, seller: &Seller, query: &[(String, String)], now: Timestamp) -> Result<Place, Problem> {
    let free = ["pageSize", "paginationToken"];
    let fixed = query.iter().filter(|(name, _)| !free.contains(&name.as_str()));
    let mut fixed: Vec<String> = fixed.map(|(name, value)| format!("{name}={value}")).collect();
    fixed.sort();
    let search = of_text(&fixed.join("&"));
    let Some((_, token)) = query.iter().find(|(name, _)| name == "paginationToken") else {
        return Ok(Place { seller: seller.id.clone(), search, as_of: now, from: 0, issued: now });
    };
    let place = sealed::open::<Place>(token, key).filter(|place| now < after(place.issued, LIFE));
    let place = place.filter(|place| place.seller == seller.id && place.search == search);
    place.ok_or_else(|| Problem::input("The paginationToken is invalid or has expired."))
}
