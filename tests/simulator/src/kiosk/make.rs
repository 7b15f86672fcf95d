//! Makes queries that are due, and tells what their documents hold.

use jiff::Timestamp;
use serde_json::Value;

use super::datasets::Asked;
use super::query::Query;
use crate::desk::{Fate, Work};
use crate::sellers::Seller;
use crate::world::Inside;

/// The notification of a query that ended.
const FINISHED: &str = "DATA_KIOSK_QUERY_PROCESSING_FINISHED";

fn find<'a>(inside: &'a Inside, seller: &Seller, number: u64) -> Option<&'a Query> {
    inside.book.desk.queries.get(&seller.id)?.get(&number)
}

/// Every row of the query, whatever its page.
fn all_rows(inside: &Inside, seller: &Seller, query: &Query) -> Vec<Value> {
    let asked = Asked::read(seller, &query.text, query.as_of);
    asked.map(|asked| asked.rows(inside, seller)).unwrap_or_default()
}

/// The rows of a query's page.
pub(crate) fn rows(inside: &Inside, seller: &Seller, number: u64) -> Option<Vec<Value>> {
    let query = find(inside, seller, number)?;
    let rows = all_rows(inside, seller, query).into_iter().skip(query.from).take(query.page);
    Some(rows.collect())
}

/// Why a query failed.
pub(crate) fn failure(inside: &Inside, seller: &Seller, number: u64) -> Option<String> {
    match &find(inside, seller, number)?.course.fate {
        Fate::Fatal(why) => why.clone(),
        _ => None,
    }
}

/// Ends one query.
pub(crate) fn make(inside: &mut Inside, seller: &Seller, number: u64, now: Timestamp) {
    let Some(mut query) = find(inside, seller, number).cloned() else { return };
    if query.course.fate == Fate::Withdrawn {
        return; // told when it was withdrawn
    }
    if query.course.fate == Fate::Open {
        let count = all_rows(inside, seller, &query).len();
        query.course.fate = if count > query.from { Fate::Done } else { Fate::Empty };
        query.more = count > query.from.saturating_add(query.page);
        inside.book.desk.queries.entry(seller.id.clone()).or_default().insert(number, query.clone());
    }
    let ended = query.course.ends;
    tell(inside, seller, &query, ended, now);
}

/// Tells that a query ended or was withdrawn at `event`.
pub(crate) fn tell(inside: &mut Inside, seller: &Seller, query: &Query, event: Timestamp, now: Timestamp) {
    inside.book.desk.due.remove(&(query.course.ends, seller.id.clone(), Work::Query, query.number));
    let told = query.told(seller, inside.book.key, now);
    inside.notify(&seller.id, FINISHED, &told, event);
}
