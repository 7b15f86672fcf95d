//! `getReports`: the newest first, page by page.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::after;
use crate::desk::{KEPT, Status};
use crate::page_token::LIFE;
use crate::problem::Problem;
use crate::sealed;
use crate::sellers::Seller;
use crate::world::Inside;

/// Reports on a page when nothing is said, and at most (model).
pub(crate) const PAGE: usize = 10;
pub(crate) const LARGEST_PAGE: usize = 100;
/// Report types, and stores, in one request (model).
const MOST_NAMED: usize = 10;

/// What a list shows; a token carries it, since it must come alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Search {
    seller: String,
    kinds: Vec<String>,
    statuses: Vec<String>,
    stores: Vec<String>,
    since: Timestamp,
    until: Timestamp,
    page: usize,
    /// Reports on the pages before.
    from: usize,
    issued: Timestamp,
}

/// One page of the account's reports.
pub(crate) fn list(
    inside: &Inside,
    seller: &Seller,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<Value, Problem> {
    let mut search = read(inside.book.key, seller, query, now)?;
    let reports = inside.book.desk.reports.get(&seller.id).into_iter().flat_map(|list| list.values());
    let fits = |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|one| one == value);
    let mut found: Vec<_> = reports
        .filter(|report| {
            let created = report.course.created;
            search.since <= created
                && created <= search.until
                && fits(&search.kinds, &report.kind)
                && fits(&search.statuses, report.status(now).word())
                && (search.stores.is_empty() || report.stores.iter().any(|store| fits(&search.stores, store)))
        })
        .collect();
    found.sort_by_key(|report| std::cmp::Reverse((report.course.created, report.number)));
    let upto = search.from.saturating_add(search.page).min(found.len());
    let page = found.get(search.from..upto).unwrap_or_default();
    let written: Vec<Value> =
        page.iter().map(|report| report.written(inside.book.key, seller.region, now)).collect();
    let mut answer = json!({ "reports": written });
    if upto < found.len() {
        (search.from, search.issued) = (upto, now);
        answer["nextToken"] = json!(sealed::seal(&search, upto as u64, inside.book.key));
    }
    Ok(answer)
}

fn read(key: u64, seller: &Seller, query: &[(String, String)], now: Timestamp) -> Result<Search, Problem> {
    if let Some((_, token)) = query.iter().find(|(name, _)| name == "nextToken") {
        if query.len() > 1 {
            return Err(Problem::input("nextToken must be the only parameter."));
        }
        let search = sealed::open::<Search>(token, key).filter(|search| search.seller == seller.id);
        let search = search.filter(|search| now < after(search.issued, LIFE));
        return search.ok_or_else(|| Problem::input("The nextToken is invalid or has expired."));
    }
    let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let words = |name: &str| -> Vec<String> {
        let given = query.iter().filter(|(known, _)| known == name).flat_map(|(_, value)| value.split(','));
        given.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    };
    let (kinds, stores, statuses) =
        (words("reportTypes"), words("marketplaceIds"), words("processingStatuses"));
    if kinds.is_empty() {
        return Err(Problem::input("Either reportTypes or nextToken is required."));
    }
    if kinds.len() > MOST_NAMED || stores.len() > MOST_NAMED {
        return Err(Problem::input("reportTypes and marketplaceIds may have at most 10 values."));
    }
    check_statuses(&statuses)?;
    let (since, until) = times(value("createdSince"), value("createdUntil"), now)?;
    let page = page_size(value("pageSize"))?;
    Ok(Search {
        seller: seller.id.clone(),
        kinds,
        statuses,
        stores,
        since,
        until,
        page,
        from: 0,
        issued: now,
    })
}

/// Refuses a status that there is not.
pub(crate) fn check_statuses(statuses: &[String]) -> Result<(), Problem> {
    let known = |word: &String| Status::ALL.iter().any(|status| status.word() == word);
    match statuses.iter().find(|word| !known(word)) {
        Some(unknown) => Err(Problem::input(format!("processingStatuses has an unknown value: {unknown}."))),
        None => Ok(()),
    }
}

/// `createdSince` and `createdUntil`: at most 90 days back, and to now where nothing is said.
pub(crate) fn times(
    since: Option<&str>,
    until: Option<&str>,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), Problem> {
    let time = |given: Option<&str>, otherwise: Timestamp| match given.map(str::parse::<Timestamp>) {
        None => Ok(otherwise),
        Some(Ok(time)) => Ok(time),
        Some(Err(_)) => Err(Problem::input("createdSince and createdUntil must be in ISO 8601 format.")),
    };
    let oldest = after(now, -KEPT);
    let (since, until) = (time(since, oldest)?, time(until, now)?);
    if since < oldest {
        return Err(Problem::input("createdSince must not be more than 90 days ago."));
    }
    Ok((since, until))
}

/// `pageSize`: 1 to 100, 10 where nothing is said.
pub(crate) fn page_size(given: Option<&str>) -> Result<usize, Problem> {
    match given.map(str::parse::<usize>) {
        None => Ok(PAGE),
        Some(Ok(page)) if (1..=LARGEST_PAGE).contains(&page) => Ok(page),
        Some(_) => Err(Problem::input("pageSize must be between 1 and 100.")),
    }
}
