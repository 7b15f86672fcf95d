//! Finances 2024-06-19, `listTransactions`. Each names the account that it belongs to.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::{after, text};
use crate::data::{listed, number, whole};
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::search::LAG;
use crate::truth::Account;
use crate::truth::money::{Entry, Kind, Transaction};

/// Transactions on a page (an assumption: the operation has no parameter for it).
const PAGE: usize = 100;
const STYLE: Style = Style::repeated("nextToken", &[]);
/// A longer window is answered with nothing at all, and not with an error (model).
const LONGEST_WINDOW: SignedDuration = SignedDuration::from_hours(24 * 180);
/// The identifiers that can be searched for (model).
const SEARCHABLE: [&str; 2] = ["ORDER_ID", "FINANCIAL_EVENT_GROUP_ID"];
const STATUSES: [&str; 3] = ["DEFERRED", "RELEASED", "DEFERRED_RELEASED"];
/// "If you want to retrieve MFN orders in the US store, do not supply the `marketplaceId` parameter" (model).
const HIDES_MERCHANTS: &str = "US";
/// The words under which the amounts are put together.
const SORTS: [(&str, &str); 2] = [("ItemPrice", "Sales"), ("Transfer", "Transfer")];

/// One page of the account's transactions.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let related = related(ask)?;
    ask.word("transactionStatus", &STATUSES)?;
    let start = match (ask.time("postedAfter")?, related) {
        (Some(start), _) => start,
        (None, Some(_)) => Timestamp::MIN,
        (None, None) => return Err(Problem::input("Start date cannot be null")),
    };
    let (page, latest) = (Page::open(ask, &STYLE)?, after(ask.now, -LAG));
    let end = ask.time("postedBefore")?.unwrap_or_else(|| after(page.as_of(), -LAG));
    if end > latest || (start > latest && related.is_none()) || end < start {
        let rule = "postedAfter must come before postedBefore, and both be more than two minutes past.";
        return Err(Problem::input(rule));
    }
    let (account, as_of) = (ask.account(), page.as_of());
    let found = match related {
        None if end.duration_since(start) > LONGEST_WINDOW => Vec::new(),
        None => account.transactions((start, end)),
        Some(("ORDER_ID", id)) => of_order(account, id, end),
        Some((_, group)) => of_group(account, group, end),
    };
    let mut found = found;
    found.retain(|one| start <= one.posted && one.posted < end);
    found.retain(|one| one.is_seen(as_of) && page.shows(&one.id, one.updated(as_of)));
    let (mut shown, next) = page.cut(found, PAGE);
    // What a filter leaves out is left out of a page that was made before: so a page may be empty and not the last.
    shown.retain(|one| fits(ask, one, as_of));
    let shown: Vec<Value> = shown.iter().map(|one| written(account, one, as_of)).collect();
    let mut payload = listed("transactions", shown);
    if let Some(next) = next {
        payload["nextToken"] = json!(next);
    }
    Ok(whole(payload))
}

fn fits(ask: &Ask<'_>, one: &Transaction, as_of: Timestamp) -> bool {
    let merchants = one.kind == Kind::Shipment && !one.by_amazon && one.store.country == HIDES_MERCHANTS;
    ask.value("marketplaceId").is_none_or(|store| store == one.store.id && !merchants)
        && ask.value("transactionStatus").is_none_or(|wanted| wanted == one.status(as_of))
}

/// The identifier that is searched for.
fn related<'a>(ask: &Ask<'a>) -> Result<Option<(&'static str, &'a str)>, Problem> {
    match (ask.value("relatedIdentifierName"), ask.value("relatedIdentifierValue")) {
        (None, None) => Ok(None),
        (Some(name), Some(value)) => match SEARCHABLE.into_iter().find(|known| *known == name) {
            Some(known) => Ok(Some((known, value))),
            None => Err(Problem::input("relatedIdentifierName cannot be searched for.")),
        },
        _ => Err(Problem::input("relatedIdentifierName and relatedIdentifierValue need each other.")),
    }
}

fn of_order(account: Account<'_>, id: &str, end: Timestamp) -> Vec<Transaction> {
    let order = account.orders.at(None, end).find(|order| account.orders.id(order.index) == id);
    let Some(order) = order else { return Vec::new() };
    let only = (order.ships, after(order.ships, SignedDuration::from_secs(1)));
    let shipped = account.shipped(only).filter(|shipped| shipped.id == id);
    let mut found: Vec<_> = shipped.map(|shipped| account.of_order(shipped)).collect();
    found.extend(account.refunds((order.ships, end)).filter(|one| one.order.as_deref() == Some(id)));
    found
}

fn of_group(account: Account<'_>, group: &str, end: Timestamp) -> Vec<Transaction> {
    let Some((store, cycle)) = account.period_of_group(group, end) else { return Vec::new() };
    let period = account.settled(cycle).into_iter().find(|period| period.store.id == store.id);
    let Some(period) = period else { return Vec::new() };
    let transfer = period.transfer();
    let mut found = period.transactions;
    found.extend(transfer);
    found.retain(|one| one.counts() < end);
    found.sort_by(|a, b| a.posted.cmp(&b.posted).then_with(|| a.id.cmp(&b.id)));
    found
}

/// A transaction as the operation writes it.
pub(crate) fn written(account: Account<'_>, one: &Transaction, now: Timestamp) -> Value {
    let currency = one.store.currency;
    let amount = |minor| json!({ "currencyCode": currency, "currencyAmount": number(minor, currency) });
    let mut related: Vec<(&str, String)> = one.order.iter().map(|id| ("ORDER_ID", id.clone())).collect();
    related.extend(one.related.iter().cloned());
    if let Some((settlement, group)) = account.group_of(one, now) {
        related.extend([("FINANCIAL_EVENT_GROUP_ID", group), ("SETTLEMENT_ID", settlement)]);
    }
    let related = related
        .into_iter()
        .map(|(name, value)| json!({ "relatedIdentifierName": name, "relatedIdentifierValue": value }));
    let mut written = json!({
        "sellingPartnerMetadata": {
            "sellingPartnerId": account.seller.id,
            "accountType": "PAYABLE",
            "marketplaceId": one.store.id,
        },
        "relatedIdentifiers": related.collect::<Vec<_>>(),
        "transactionType": one.kind.word(),
        "transactionId": one.id,
        "transactionStatus": one.status(now),
        "description": one.description,
        "postedDate": text(one.posted),
        "totalAmount": amount(one.total()),
        "marketplaceDetails": { "marketplaceId": one.store.id, "marketplaceName": one.store.name() },
    });
    written["breakdowns"] = breakdowns(&one.entries.iter().collect::<Vec<_>>(), &amount);
    let items = items(one, &amount);
    if !items.is_empty() {
        written["items"] = Value::Array(items);
    }
    if let Some(matures) = one.matures {
        written["contexts"] = json!([{
            "contextType": "DeferredContext", "deferralReason": "DD7", "maturityDate": text(matures),
        }]);
    }
    written
}

/// Amounts put together by sort, each with what it consists of.
fn breakdowns(entries: &[&Entry], amount: &impl Fn(i64) -> Value) -> Value {
    let word = |entry: &Entry| {
        SORTS.iter().find(|(sort, _)| *sort == entry.sort).map_or("Expenses", |(_, word)| word)
    };
    let mut words: Vec<&str> = Vec::new();
    entries.iter().map(|entry| word(entry)).for_each(|word| {
        if !words.contains(&word) {
            words.push(word);
        }
    });
    let breakdown = |wanted: &str| {
        let of: Vec<&&Entry> = entries.iter().filter(|entry| word(entry) == wanted).collect();
        let parts = of.iter().map(|entry| {
            json!({ "breakdownType": entry.what, "breakdownAmount": amount(entry.minor), "breakdowns": [] })
        });
        let sum = of.iter().map(|entry| entry.minor).sum();
        let parts = Value::Array(parts.collect());
        let mut whole = json!({ "breakdownType": wanted, "breakdownAmount": amount(sum) });
        whole["breakdowns"] = parts;
        whole
    };
    Value::Array(words.into_iter().map(breakdown).collect())
}

fn items(one: &Transaction, amount: &impl Fn(i64) -> Value) -> Vec<Value> {
    let mut about: Vec<_> = one.entries.iter().filter_map(|entry| entry.about.as_ref()).collect();
    about.dedup();
    let item = |about: &crate::truth::money::About| {
        let of = one.entries.iter().filter(|entry| entry.about.as_ref() == Some(about));
        let of: Vec<&Entry> = of.collect();
        let mut written = json!({
            "description": about.title,
            "totalAmount": amount(of.iter().map(|entry| entry.minor).sum()),
            "contexts": [{
                "contextType": "ProductContext",
                "asin": about.asin,
                "sku": about.sku,
                "quantityShipped": about.quantity,
                "fulfillmentNetwork": if one.by_amazon { "AFN" } else { "MFN" },
            }],
        });
        written["breakdowns"] = breakdowns(&of, amount);
        if !about.item.is_empty() {
            written["relatedIdentifiers"] = json!([{
                "itemRelatedIdentifierName": "ORDER_ADJUSTMENT_ITEM_ID",
                "itemRelatedIdentifierValue": about.item,
            }]);
        }
        written
    };
    about.into_iter().map(item).collect()
}
