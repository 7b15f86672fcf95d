//! Notifications v1, destinations: grantless, so each application sees its own.

use serde_json::{Value, json};

use crate::book::Book;
use crate::chance;
use crate::problem::Problem;

/// The scope that a grantless token needs for them.
pub(crate) const SCOPE: &str = "sellingpartnerapi::notifications";

/// The application's destinations.
pub(crate) fn all(book: &Book, client_id: &str) -> Value {
    let mine = book.destinations.iter().filter(|(owner, _)| owner == client_id);
    json!({ "payload": mine.map(|(_, one)| one).collect::<Vec<_>>() })
}

/// Adds one.
pub(crate) fn create(book: &mut Book, client_id: &str, body: Option<&Value>) -> Result<Value, Problem> {
    let missing = || Problem::input("name or resourceSpecification is missing.");
    let body = body.ok_or_else(missing)?;
    let name = body["name"].as_str().ok_or_else(missing)?;
    let arn = body["resourceSpecification"]["sqs"]["arn"].as_str().ok_or_else(missing)?;
    let mine = book.destinations.iter().filter(|(owner, _)| owner == client_id);
    // FIFO queues are refused, and a queue is a destination once.
    if arn.ends_with(".fifo") {
        return Err(Problem::input("The SQS queue must be a standard queue."));
    }
    if mine.clone().any(|(_, one)| one["resource"]["sqs"]["arn"] == arn) {
        return Err(Problem::conflict("A destination for this resource exists already."));
    }
    book.destinations_made += 1;
    let id = chance::uuid(book.key ^ book.destinations_made);
    let made = json!({ "name": name, "destinationId": id, "resource": { "sqs": { "arn": arn } } });
    book.destinations.push((client_id.to_owned(), made.clone()));
    Ok(json!({ "payload": made }))
}

/// One of the application's.
pub(crate) fn one(book: &Book, client_id: &str, id: &str) -> Result<Value, Problem> {
    let place = place(book, client_id, id)?;
    Ok(json!({ "payload": book.destinations[place].1 }))
}

/// Removes one, unless somebody still subscribes to it.
pub(crate) fn delete(book: &mut Book, client_id: &str, id: &str) -> Result<Value, Problem> {
    let place = place(book, client_id, id)?;
    if book.subscriptions.iter().any(|one| one.destination == id) {
        return Err(Problem::conflict("The destination has subscriptions."));
    }
    book.destinations.remove(place);
    Ok(json!({}))
}

fn place(book: &Book, client_id: &str, id: &str) -> Result<usize, Problem> {
    let fits = |(owner, one): &(String, Value)| owner == client_id && one["destinationId"] == id;
    book.destinations.iter().position(fits).ok_or_else(Problem::not_found)
}
