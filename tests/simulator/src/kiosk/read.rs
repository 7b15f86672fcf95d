//! `getQuery`, `cancelQuery` and `getDocument`.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::make::tell;
use super::query::Query;
use crate::desk::{Fate, Status};
use crate::documents::{self, Source, is_packed};
use crate::problem::Problem;
use crate::sellers::Seller;
use crate::world::Inside;

/// The query with this number.
fn find<'a>(inside: &'a Inside, seller: &Seller, number: Option<u64>) -> Result<&'a Query, Problem> {
    let queries = inside.book.desk.queries.get(&seller.id);
    queries.zip(number).and_then(|(list, number)| list.get(&number)).ok_or_else(Problem::not_found)
}

/// A query as it stands now.
pub(crate) fn get(inside: &Inside, seller: &Seller, id: &str, now: Timestamp) -> Result<Value, Problem> {
    Ok(find(inside, seller, Query::number_of(id))?.written(inside.book.key, seller, now))
}

/// Takes a query back that is still in the queue.
pub(crate) fn cancel(inside: &mut Inside, seller: &Seller, id: &str, now: Timestamp) -> Result<(), Problem> {
    let mut query = find(inside, seller, Query::number_of(id))?.clone();
    let status = query.status(now);
    if status != Status::InQueue {
        let text = format!("Query {id} has the status {} and can no longer be cancelled.", status.word());
        return Err(Problem::input(text));
    }
    query.course.fate = Fate::Withdrawn;
    inside.book.desk.queries.entry(seller.id.clone()).or_default().insert(query.number, query.clone());
    tell(inside, seller, &query, now, now);
    Ok(())
}

/// The address of a document. How it is packed is said by the document's own headers, and by nothing here.
pub(crate) fn document(
    inside: &mut Inside,
    seller: &Seller,
    id: &str,
    now: Timestamp,
) -> Result<Value, Problem> {
    let query = find(inside, seller, Query::number_of_document(id))?;
    let (key, number) = (inside.book.key, query.number);
    let is = |own: Option<String>| own.as_deref() == Some(id);
    let source = match () {
        () if is(query.data_id(key, seller.region, now)) => Source::Rows(number),
        () if is(query.error_id(key, seller.region, now)) => Source::Failure(number),
        () => return Err(Problem::not_found()),
    };
    let url = documents::address(inside, seller, source, id, is_packed(number), now);
    Ok(json!({ "documentId": id, "documentUrl": url }))
}
