//! Notifications v1, `getDestinations` and `createDestination`: grantless, so each application sees its own.

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
    let id = chance::uuid(book.key ^ (book.destinations.len() as u64 + 1));
    let made = json!({ "name": name, "destinationId": id, "resource": { "sqs": { "arn": arn } } });
    book.destinations.push((client_id.to_owned(), made.clone()));
    Ok(json!({ "payload": made }))
}
