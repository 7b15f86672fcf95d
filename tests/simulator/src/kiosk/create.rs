//! `createQuery`: the first page of a query, or the next one of a query that has more rows.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::datasets::Asked;
use super::query::{Onward, Query};
use crate::chance::{Chance, of_text};
use crate::clock::after;
use crate::desk::{Course, Desk, Fate, Work};
use crate::faults::FaultKind;
use crate::problem::Problem;
use crate::sealed;
use crate::sellers::Seller;
use crate::world::Inside;

/// Longest query, in characters, without needless white space (model).
const LONGEST: usize = 8_000;
/// Rows in one document (an assumption: Amazon does not say).
const PAGE: usize = 1_000;
/// Seconds in the queue.
const QUEUE: (u64, u64) = (5, 60);
/// Seconds in the making.
const MAKING: (u64, u64) = (20, 300);
/// What Amazon puts into the document of a query that failed for no reason the caller could know.
const UNKNOWN: &str =
    "The query could not be processed because of an internal error. Submit the query again.";

/// Takes a query in.
pub(crate) fn create(
    inside: &mut Inside,
    seller: &Seller,
    body: Option<&Value>,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Value, Problem> {
    let body = body.ok_or_else(|| Problem::input("The request body is missing."))?;
    let text = body["query"].as_str().ok_or_else(|| Problem::input("query is missing."))?;
    if text.split_whitespace().map(|part| part.chars().count() + 1).sum::<usize>() > LONGEST + 1 {
        return Err(Problem::input("The query must be at most 8000 characters."));
    }
    let (from, as_of) = match &body["paginationToken"] {
        Value::Null => (0, None),
        token => {
            let onward = sealed::open::<Onward>(token.as_str().unwrap_or_default(), inside.book.key);
            let onward = onward.filter(|onward| onward.seller == seller.id && onward.text == of_text(text));
            let onward =
                onward.ok_or_else(|| Problem::input("The paginationToken is not one of this query."))?;
            (onward.from, Some(onward.as_of))
        }
    };
    Asked::read(seller, text, now)?;
    let page = inside.dial.page_limit("createQuery", &seller.id).map_or(PAGE, |limit| limit.min(PAGE));
    let seed = inside.seed;
    let list = inside.book.desk.queries.entry(seller.id.clone()).or_default();
    Desk::forget(list, now, |query| query.course.created);
    let number = Desk::next_number(list);
    let course = course(Chance::of(seed ^ of_text(&seller.id) ^ of_text("queries"), number), fault, now);
    let as_of = as_of.unwrap_or(course.starts);
    let query = Query { number, text: text.to_owned(), from, page, as_of, more: false, course };
    let id = query.id();
    inside.book.desk.due.insert((query.course.ends, seller.id.clone(), Work::Query, number));
    inside.book.desk.queries.entry(seller.id.clone()).or_default().insert(number, query);
    Ok(json!({ "queryId": id }))
}

fn course(chance: Chance, fault: Option<&FaultKind>, now: Timestamp) -> Course {
    let seconds = |question: &str, (least, most): (u64, u64)| {
        SignedDuration::from_secs((least + chance.below(question, most - least)).cast_signed())
    };
    let fate = match fault {
        Some(FaultKind::Fatal { explained }) => Fate::Fatal(explained.then(|| UNKNOWN.to_owned())),
        // A query that has no rows is done; one that Amazon cancels has no other reason here.
        Some(FaultKind::Cancelled) => Fate::TooSoon,
        _ => Fate::Open,
    };
    let starts = match fault {
        Some(FaultKind::Stuck { minutes: None }) => Timestamp::MAX,
        Some(FaultKind::Stuck { minutes: Some(minutes) }) => {
            after(now, SignedDuration::from_mins(i64::from(*minutes)))
        }
        _ => after(now, seconds("queue", QUEUE)),
    };
    Course { created: now, starts, ends: after(starts, seconds("making", MAKING)), fate }
}
