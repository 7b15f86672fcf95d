//! Notifications v1, subscriptions: made and looked at with a seller's token, removed with the application's own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::book::Book;
use crate::chance;
use crate::problem::Problem;
use crate::sp_api::Call;

/// Types that only come by `EventBridge` (developer-docs.amazon.com/sp-api, notification-type-values).
const BY_EVENT_BRIDGE: [&str; 7] = [
    "BRANDED_ITEM_CONTENT_CHANGE",
    "ITEM_PRODUCT_TYPE_CHANGE",
    "LISTINGS_ITEM_ISSUES_CHANGE",
    "LISTINGS_ITEM_MFN_QUANTITY_CHANGE",
    "LISTINGS_ITEM_STATUS_CHANGE",
    "PRODUCT_TYPE_DEFINITIONS_CHANGE",
    "SHIPMENT_TRACKING_MILESTONE_CHANGED",
];

/// One subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) client_id: String,
    pub(crate) seller: String,
    pub(crate) kind: String,
    pub(crate) version: String,
    pub(crate) id: String,
    pub(crate) destination: String,
    /// Changes of orders up to here were told.
    pub(crate) told: Timestamp,
}

impl Subscription {
    fn written(&self) -> Value {
        json!({
            "subscriptionId": self.id, "payloadVersion": self.version, "destinationId": self.destination,
        })
    }
}

/// Whose it is: client id and account.
type Whose<'a> = (&'a str, &'a str);

/// Makes one.
pub(crate) fn create(
    book: &mut Book,
    (client_id, seller): Whose<'_>,
    kind: &str,
    body: Option<&Value>,
    now: Timestamp,
) -> Result<Value, Problem> {
    role(book, client_id, kind)?;
    let text = |name: &str| {
        let text = body.and_then(|body| body[name].as_str());
        text.map(str::to_owned).ok_or_else(|| Problem::input(format!("{name} is missing.")))
    };
    let (version, destination) = (text("payloadVersion")?, text("destinationId")?);
    let known = book
        .destinations
        .iter()
        .any(|(owner, one)| owner == client_id && one["destinationId"] == destination.as_str());
    if !known || BY_EVENT_BRIDGE.contains(&kind) {
        return Err(Problem::input("The destination is not valid for this notification type."));
    }
    if find(book, (client_id, seller), kind).is_some() {
        return Err(Problem::conflict("A subscription for this notification type exists already."));
    }
    book.subscriptions_made += 1;
    let id = chance::uuid(book.key ^ chance::mix(0x5b5 ^ book.subscriptions_made));
    let (client_id, seller, kind) = (client_id.to_owned(), seller.to_owned(), kind.to_owned());
    let made = Subscription { client_id, seller, kind, version, id, destination, told: now };
    let answer = json!({ "payload": made.written() });
    book.subscriptions.push(made);
    Ok(answer)
}

/// The one of this type.
pub(crate) fn get(book: &Book, whose: Whose<'_>, kind: &str, call: &Call) -> Result<Value, Problem> {
    role(book, whose.0, kind)?;
    let version = call.query.iter().find(|(name, _)| name == "payloadVersion").map(|(_, value)| value);
    let found = find(book, whose, kind).filter(|one| version.is_none_or(|version| *version == one.version));
    found.map(|one| json!({ "payload": one.written() })).ok_or_else(Problem::not_found)
}

/// All of the type that the query names.
pub(crate) fn list(book: &Book, whose: Whose<'_>, call: &Call) -> Result<Value, Problem> {
    let kind = call.query.iter().find(|(name, _)| name == "notificationTypes").map(|(_, value)| value);
    let kind = kind.ok_or_else(|| Problem::input("notificationTypes is missing."))?;
    role(book, whose.0, kind)?;
    let found: Vec<Value> = find(book, whose, kind).map(Subscription::written).into_iter().collect();
    Ok(json!({ "payload": { "subscriptions": found } }))
}

/// One of the application's, by its id.
pub(crate) fn by_id(book: &Book, client_id: &str, kind: &str, id: &str) -> Result<Value, Problem> {
    let place = place(book, client_id, kind, id)?;
    Ok(json!({ "payload": book.subscriptions[place].written() }))
}

/// Removes one of the application's.
pub(crate) fn delete(book: &mut Book, client_id: &str, kind: &str, id: &str) -> Result<Value, Problem> {
    let place = place(book, client_id, kind, id)?;
    book.subscriptions.remove(place);
    Ok(json!({}))
}

fn place(book: &Book, client_id: &str, kind: &str, id: &str) -> Result<usize, Problem> {
    let fits =
        |one: &Subscription| (one.client_id.as_str(), one.kind.as_str(), &*one.id) == (client_id, kind, id);
    book.subscriptions.iter().position(fits).ok_or_else(Problem::not_found)
}

fn find<'a>(book: &'a Book, (client_id, seller): Whose<'_>, kind: &str) -> Option<&'a Subscription> {
    let fits = |one: &&Subscription| {
        (one.client_id.as_str(), one.seller.as_str(), one.kind.as_str()) == (client_id, seller, kind)
    };
    book.subscriptions.iter().find(fits)
}

/// Each type has a role of its own: one that was taken away is named like an operation.
fn role(book: &Book, client_id: &str, kind: &str) -> Result<(), Problem> {
    let without = book.client(client_id).is_some_and(|one| one.without_role.iter().any(|name| name == kind));
    if without { Err(Problem::denied("")) } else { Ok(()) }
}
