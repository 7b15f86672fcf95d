//! The truth for tests, domain by domain: what an account has now, under the names by which it can be told apart, so
//! that what has landed elsewhere can be held against it.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::chance::of_text;
use crate::clock::{after, text};
use crate::data;
use crate::kiosk;
use crate::marketplaces::Marketplace;
use crate::reported;
use crate::sellers::{Seller, SellerKind};
use crate::truth::vendor::Purchase;
use crate::truth::{Account, DAY, counted};
use crate::world::Inside;

/// Every domain.
pub const DOMAINS: [&str; 22] = [
    "orders",
    "inventory",
    "awd",
    "ledger",
    "listings",
    "catalog",
    "finances",
    "settlements",
    "reimbursements",
    "returns",
    "mfnreturns",
    "sales",
    "traffic",
    "economics",
    "fees",
    "inbound",
    "outbound",
    "payouts",
    "account",
    "vendororders",
    "vendorshipments",
    "vendoranalytics",
];

/// One thing that is true of an account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// What tells it from every other of its domain; parts with a bar between.
    pub key: String,
    /// When it last changed, as the API writes it; for what is counted by days, the day.
    pub updated: String,
    /// Sixteen hexadecimal digits that change with the item.
    pub sum: String,
    /// Whether Amazon shows it yet: some transactions are told late.
    pub shown: bool,
    /// The item as the operation or the report writes it; a row of a table by column.
    pub item: Value,
}

impl Truth {
    pub(super) fn new(key: String, updated: String, item: Value) -> Self {
        let sum = format!("{:016x}", of_text(&item.to_string()));
        Self { key, updated, sum, shown: true, item }
    }
}

/// Everything of one domain as it stands now; nothing where there is no such domain.
pub(crate) fn told(inside: &Inside, seller: &Seller, domain: &str, now: Timestamp) -> Option<Vec<Truth>> {
    let account = Account::of(inside, seller);
    let is_seller = seller.kind == SellerKind::Seller;
    Some(match domain {
        "orders" => orders(inside, seller, now),
        "inventory" => inventory(account, now),
        "awd" => awd(account, now),
        "ledger" => ledger(account, now),
        "listings" => listings(account, now),
        "catalog" => catalog(account, now),
        "finances" => finances(account, now),
        "settlements" => settlements(account, now),
        "reimbursements" => {
            table(inside, seller, now, "GET_FBA_REIMBURSEMENTS_DATA", &["reimbursement-id", "sku"])
        }
        "returns" => table(
            inside,
            seller,
            now,
            "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA",
            &["order-id", "sku", "license-plate-number"],
        ),
        "mfnreturns" => table(
            inside,
            seller,
            now,
            "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE",
            &["Order ID", "Merchant SKU", "Amazon RMA ID"],
        ),
        "sales" => counted::sales(account, now),
        "traffic" => counted::traffic(account, now),
        "economics" => {
            let all = kiosk::economics(inside, seller, now).into_iter();
            all.map(|(name, item)| Truth::new(name.join("|"), name[1].clone(), item)).collect()
        }
        "fees" => fees(account, now),
        "inbound" => inbound(account, now),
        "outbound" => {
            let all = account.fulfilments(Timestamp::MIN, now).filter(|_| is_seller);
            all.map(|one| Truth::new(one.id(), text(one.status(now).1), data::outbound::written(&one, now)))
                .collect()
        }
        "payouts" => payouts(account, now),
        "account" if is_seller => {
            vec![Truth::new(seller.id.clone(), text(inside.book.opened), data::account::written(seller))]
        }
        "vendororders" => {
            let write = |one: &Purchase| data::vendor_orders::written(&seller.id, one, true, now);
            let all = account.purchases(Timestamp::MIN, now);
            all.map(|one| Truth::new(one.id(), text(one.updated(now)), write(&one))).collect()
        }
        "vendorshipments" => {
            let all = account.purchases(Timestamp::MIN, now);
            let all = all.filter_map(|one| one.shipping(now).map(|(_, since)| (one, since)));
            let write = |one: &Purchase| data::vendor_shipments::written(&seller.id, one, now);
            all.map(|(one, since)| Truth::new(one.shipment(), text(since), write(&one))).collect()
        }
        "vendoranalytics" => counted::retail(account, now),
        known if DOMAINS.contains(&known) => Vec::new(),
        _ => return None,
    })
}

fn orders(inside: &Inside, seller: &Seller, now: Timestamp) -> Vec<Truth> {
    let all = crate::find::all(inside, seller, now, None, None);
    let written = all.iter().filter_map(|one| {
        // Whether it was shipped or cancelled is told with the fulfilment.
        let included = std::collections::BTreeSet::from(["FULFILLMENT".to_owned()]);
        let item = serde_json::to_value(one.written(&included)?).ok()?;
        Some(Truth::new(one.id(), text(one.updated()), item))
    });
    written.collect()
}

fn inventory(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    each_store(account, |store| {
        let held = account.held(store, now).into_iter();
        held.map(|(offer, stock)| {
            let key = format!("{}|{}", store.id, offer.sku);
            let updated = stock.changed.map_or(String::new(), text);
            Truth::new(key, updated, data::inventory::written(&offer, &stock, true))
        })
        .collect()
    })
}

fn awd(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    let stock = account.bulk_stock(now).into_iter();
    stock
        .map(|one| Truth::new(one.article.sku.to_owned(), text(now), data::awd::stocked(&one, true)))
        .collect()
}

/// The movements, as the detail view tells them. Two alike are told apart by their number.
fn ledger(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    let all = account.movements((after(account.origin(), -(DAY * 20)), just_after(now)));
    let mut seen: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    let written = all.iter().map(|one| {
        let (sku, disposition) = (one.thing.sku(), one.disposition);
        let mut key = format!("{}|{}|{sku}|{disposition}|{}", text(one.at), one.reference, one.units);
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        if *count > 1 {
            key = format!("{key}|{count}");
        }
        let item = by_column(&reported::LEDGER_COLUMNS, &reported::movement(account, one));
        Truth::new(key, text(one.at), item)
    });
    written.collect()
}

fn listings(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    each_store(account, |store| {
        let offers = account.offers(store, now).into_iter();
        offers
            .map(|offer| {
                let (key, updated) = (format!("{}|{}", store.id, offer.sku), text(offer.updated));
                let item = data::listings::written(account, &[offer], &["summaries", "offers"]);
                Truth::new(key, updated, item)
            })
            .collect()
    })
}

fn catalog(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    each_store(account, |store| {
        let offers = account.offers(store, now).into_iter();
        offers
            .map(|offer| {
                let key = format!("{}|{}", store.id, offer.asin);
                Truth::new(key, text(offer.created), data::catalog::written(&offer, &["summaries"], false))
            })
            .collect()
    })
}

fn finances(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    let all = account.transactions((account.origin(), just_after(now)));
    let written = all.iter().map(|one| {
        let item = data::transactions::written(account, one, now);
        let told = Truth::new(one.id.clone(), text(one.updated(now)), item);
        Truth { shown: one.is_seen(now), ..told }
    });
    written.collect()
}

/// The rows of every period that has ended, each under its settlement and its number in it; the sum is number 0.
fn settlements(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    let periods = (0..account.cycle(now)).flat_map(|cycle| account.settled(cycle));
    let periods = periods.filter(|period| !period.transactions.is_empty());
    let rows = periods.flat_map(|period| {
        let written = reported::settlement_rows(&period).into_iter().enumerate();
        let row = written.map(|(number, row)| {
            let item = by_column(&reported::SETTLEMENT_COLUMNS, &row);
            Truth::new(format!("{}|{number}", period.id), text(period.end), item)
        });
        row.collect::<Vec<_>>()
    });
    rows.collect()
}

/// The rows of a report over the whole history.
fn table(inside: &Inside, seller: &Seller, now: Timestamp, kind: &str, key: &[&str]) -> Vec<Truth> {
    let found = reported::whole(inside, seller, kind, now);
    let rows = found.iter().flat_map(|table| table.rows.iter().map(|row| by_column(&table.columns, row)));
    let told = rows.map(|item| {
        let parts = key.iter().map(|name| item[*name].as_str().unwrap_or_default());
        let updated = ["approval-date", "return-date", "Return request date"];
        let updated = updated.iter().find_map(|name| item[*name].as_str()).unwrap_or_default().to_owned();
        Truth::new(parts.collect::<Vec<_>>().join("|"), updated, item)
    });
    told.collect()
}

fn fees(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    if account.supplies() {
        return Vec::new();
    }
    each_store(account, |store| {
        let offers = account.offers(store, now).into_iter();
        offers
            .map(|offer| {
                let key = format!("{}|{}", store.id, offer.sku);
                let mut item = data::fees::fees(&offer, offer.price, true, now);
                // When it is estimated says nothing about it.
                item["TimeOfFeesEstimation"] = Value::Null;
                Truth::new(key, text(offer.updated), item)
            })
            .collect()
    })
}

fn inbound(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    let mut told = Vec::new();
    for one in account.inbounds(Timestamp::MIN, now) {
        let Some((status, since)) = one.status(now) else { continue };
        let mut item = data::inbound::written(account, &one, status);
        item["Items"] = Value::Array(data::inbound::items_written(&one, now));
        told.push(Truth::new(one.id(), text(since), item));
    }
    told
}

fn payouts(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    let all = data::payouts::paid(account, None, now);
    let written = all.iter().map(|period| {
        let (_, since) = data::payouts::status(period, now);
        Truth::new(period.id.clone(), text(since), data::payouts::written(account, period, now))
    });
    written.collect()
}

/// What is told of each store, one after the other.
pub(super) fn each_store(
    account: Account<'_>,
    tell: impl Fn(&'static Marketplace) -> Vec<Truth>,
) -> Vec<Truth> {
    account.stores().flat_map(tell).collect()
}

fn just_after(now: Timestamp) -> Timestamp {
    after(now, SignedDuration::from_nanos(1))
}

/// A row by its columns.
fn by_column(columns: &[&'static str], row: &[String]) -> Value {
    let fields = columns.iter().zip(row).map(|(column, value)| ((*column).to_owned(), json!(value)));
    Value::Object(fields.collect::<Map<_, _>>())
}
