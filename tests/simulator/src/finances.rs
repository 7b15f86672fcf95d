//! Finances 2024-06-19, `listTransactions`: one transaction for each order that was shipped. Each names the account
//! that it belongs to.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::chance::of_text;
use crate::clock::{after, text};
use crate::compose;
use crate::find::{self, Found};
use crate::generate::{Generated, OrderStatus};
use crate::page_token::PageToken;
use crate::problem::Problem;
use crate::search::LAG;
use crate::sellers::Seller;
use crate::world::Inside;

/// Transactions on a page (an assumption: the operation has no parameter for it).
const PAGE: usize = 100;
/// A longer window is answered with nothing at all, and not with an error (model).
const LONGEST_WINDOW: SignedDuration = SignedDuration::from_hours(24 * 180);
/// Money of an order is held back so long after its shipment.
const DEFERRED: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The identifiers that can be searched for (model).
const SEARCHABLE: [&str; 2] = ["ORDER_ID", "FINANCIAL_EVENT_GROUP_ID"];

/// One page of the account's transactions.
pub(crate) fn list(
    inside: &Inside,
    seller: &Seller,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<Value, Problem> {
    let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let time = |name: &str| match value(name).map(str::parse::<Timestamp>) {
        None => Ok(None),
        Some(Ok(time)) => Ok(Some(time)),
        Some(Err(_)) => Err(Problem::input(format!("{name} must be a date-time in ISO 8601 format."))),
    };
    let related = related(value("relatedIdentifierName"), value("relatedIdentifierValue"))?;
    let start = match (time("postedAfter")?, related) {
        (Some(start), _) => start,
        (None, Some(_)) => Timestamp::MIN,
        (None, None) => return Err(Problem::input("Start date cannot be null")),
    };
    let (mut place, latest) = (place(inside, seller, query, now)?, after(now, -LAG));
    let end = time("postedBefore")?.unwrap_or_else(|| after(place.as_of, -LAG));
    if end > latest || (start > latest && related.is_none()) || end < start {
        let rule = "postedAfter must come before postedBefore, and both be more than two minutes past.";
        return Err(Problem::input(rule));
    }
    let too_long = related.is_none() && end.duration_since(start) > LONGEST_WINDOW;
    let mut shipped = shipped(inside, seller, place.as_of);
    shipped.retain(|(id, order)| {
        !too_long
            && start <= order.ships
            && order.ships < end
            && value("marketplaceId").is_none_or(|store| store == order.store.id)
            && value("transactionStatus").is_none_or(|wanted| wanted == status(order, place.as_of))
            && related
                .is_none_or(|(name, wanted)| identifiers(id, order).contains(&(name, wanted.to_owned())))
    });
    let upto = place.from.saturating_add(PAGE).min(shipped.len());
    let page = shipped.get(place.from..upto).unwrap_or_default();
    let written = page.iter().map(|(id, order)| written(seller, id, order, place.as_of)).collect::<Vec<_>>();
    let mut payload = json!({ "transactions": written });
    if upto < shipped.len() {
        (place.from, place.issued) = (upto, now);
        payload["nextToken"] = json!(place.write(inside.book.key));
    }
    Ok(json!({ "payload": payload }))
}

/// The identifier that is searched for.
fn related<'a>(
    name: Option<&str>,
    value: Option<&'a str>,
) -> Result<Option<(&'static str, &'a str)>, Problem> {
    match (name, value) {
        (None, None) => Ok(None),
        (Some(name), Some(value)) => match SEARCHABLE.into_iter().find(|known| *known == name) {
            Some(known) => Ok(Some((known, value))),
            None => Err(Problem::input("relatedIdentifierName cannot be searched for.")),
        },
        _ => Err(Problem::input("relatedIdentifierName and relatedIdentifierValue need each other.")),
    }
}

/// Where this page starts; a token needs the arguments of the call that it came from.
fn place(
    inside: &Inside,
    seller: &Seller,
    query: &[(String, String)],
    now: Timestamp,
) -> Result<PageToken, Problem> {
    let fixed = query.iter().filter(|(name, _)| name != "nextToken");
    let mut fixed: Vec<String> = fixed.map(|(name, value)| format!("{name}={value}")).collect();
    fixed.sort();
    let search = of_text(&format!("listTransactions {}", fixed.join("&")));
    let token = query.iter().find(|(name, _)| name == "nextToken").map(|(_, token)| token);
    let Some(token) = token else {
        return Ok(PageToken {
            seller: seller.id.clone(),
            search,
            as_of: now,
            issued: now,
            from: 0,
            late: None,
        });
    };
    PageToken::read(token, inside.book.key, now)
        .filter(|token| token.seller == seller.id && token.search == search)
        .ok_or_else(|| Problem::input("The nextToken is invalid or has expired."))
}

/// Every order that was shipped by then, in the order of shipment.
fn shipped(inside: &Inside, seller: &Seller, as_of: Timestamp) -> Vec<(String, Generated)> {
    let orders = find::all(inside, seller, as_of, None, None).into_iter().filter_map(|found| match found {
        Found::Generated(order, orders) if order.status == OrderStatus::Shipped => {
            Some((orders.id(order.index), order))
        }
        _ => None,
    });
    let mut shipped: Vec<_> = orders.collect();
    shipped.sort_by(|(one, a), (other, b)| (a.ships, one).cmp(&(b.ships, other)));
    shipped
}

fn status(order: &Generated, now: Timestamp) -> &'static str {
    match (order.chance.in_percent("deferred", 30), now < after(order.ships, DEFERRED)) {
        (true, true) => "DEFERRED",
        (true, false) => "DEFERRED_RELEASED",
        (false, _) => "RELEASED",
    }
}

fn identifiers(id: &str, order: &Generated) -> [(&'static str, String); 2] {
    // A group is closed once a week.
    let week = order.ships.as_second() / (7 * 24 * 3_600);
    [("ORDER_ID", id.to_owned()), ("FINANCIAL_EVENT_GROUP_ID", format!("SIMGROUP{week:08}"))]
}

fn written(seller: &Seller, id: &str, order: &Generated, now: Timestamp) -> Value {
    let related: Vec<Value> = identifiers(id, order)
        .into_iter()
        .map(|(name, value)| json!({ "relatedIdentifierName": name, "relatedIdentifierValue": value }))
        .collect();
    let amount = compose::total(order);
    json!({
        "sellingPartnerMetadata": {
            "sellingPartnerId": seller.id,
            "accountType": "PAYABLE",
            "marketplaceId": order.store.id,
        },
        "relatedIdentifiers": related,
        "transactionType": "Shipment",
        "transactionId": format!("SIM-{id}"),
        "transactionStatus": status(order, now),
        "description": "Order Payment",
        "postedDate": text(order.ships),
        "totalAmount": { "currencyCode": order.store.currency, "currencyAmount": amount },
        "marketplaceDetails": { "marketplaceId": order.store.id, "marketplaceName": order.store.name() },
    })
}
