//! Listings 2021-08-01: `searchListingsItems` and `getListingsItem`. An account may ask about itself only.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::goods::decimal;
use crate::marketplaces::Marketplace;
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::sellers::SellerKind;
use crate::truth::Account;
use crate::truth::offers::Offer;

/// Items on a page, when nothing is said and at most (model).
const USUAL_PAGE: usize = 10;
const LARGEST_PAGE: usize = 20;
const STYLE: Style = Style::repeated("pageToken", &["includedData", "issueLocale"]);
/// No query reaches more items than this (amzn/selling-partner-api-models issue 4442).
const REACHABLE: usize = 1_000;
/// Identifiers in one request (model).
const MOST_IDENTIFIERS: usize = 20;
const DATASETS: [&str; 8] = [
    "summaries",
    "attributes",
    "issues",
    "offers",
    "fulfillmentAvailability",
    "procurement",
    "relationships",
    "productTypes",
];
const TYPES: [&str; 9] = ["ASIN", "EAN", "FNSKU", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC"];
const STATES: [&str; 2] = ["BUYABLE", "DISCOVERABLE"];
/// What a vendor is paid of the price, in percent.
const COST_PERCENT: i64 = 55;

/// One page of what the account offers.
pub(crate) fn search(ask: &Ask<'_>) -> Result<Value, Problem> {
    let (account, stores) = own(ask)?;
    let wanted = Wanted::read(ask)?;
    let included = included(ask)?;
    let size = ask.number("pageSize", USUAL_PAGE, 1..=LARGEST_PAGE)?;
    let page = Page::open(ask, &STYLE)?;
    let mut found = items(account, &stores, page.as_of());
    found.retain(|item| wanted.fits(item) && page.shows(&item[0].sku, item[0].updated));
    wanted.sort(&mut found);
    let count = found.len();
    found.truncate(REACHABLE);
    let (shown, next) = page.cut(found, size);
    let shown: Vec<Value> = shown.iter().map(|item| written(account, item, &included)).collect();
    let mut answer = json!({ "numberOfResults": count, "items": shown });
    if let Some(next) = next {
        answer["pagination"] = json!({ "nextToken": next });
    }
    Ok(answer)
}

/// One item.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Value, Problem> {
    let (account, stores) = own(ask)?;
    let included = included(ask)?;
    let found = items(account, &stores, ask.now).into_iter().find(|item| item[0].sku == ask.variable(1));
    found.map(|item| written(account, &item, &included)).ok_or_else(Problem::not_found)
}

fn own<'a>(ask: &Ask<'a>) -> Result<(Account<'a>, Vec<&'static Marketplace>), Problem> {
    if ask.variable(0) != ask.seller.id {
        return Err(Problem::denied(""));
    }
    let stores = ask.stores("marketplaceIds")?;
    if stores.is_empty() {
        return Err(Problem::input("marketplaceIds is missing."));
    }
    Ok((ask.account(), stores))
}

fn included<'a>(ask: &Ask<'a>) -> Result<Vec<&'a str>, Problem> {
    let included = ask.words("includedData", &DATASETS)?;
    Ok(if included.is_empty() { vec!["summaries"] } else { included })
}

/// The offers of each SKU in these stores; at least one each.
fn items(account: Account<'_>, stores: &[&'static Marketplace], now: Timestamp) -> Vec<Vec<Offer>> {
    let mut items: Vec<Vec<Offer>> = Vec::new();
    for offer in stores.iter().flat_map(|store| account.offers(store, now)) {
        match items.iter_mut().find(|item| item[0].sku == offer.sku) {
            Some(item) => item.push(offer),
            None => items.push(vec![offer]),
        }
    }
    items
}

/// What is searched for.
struct Wanted<'a> {
    identifiers: Vec<&'a str>,
    of_type: &'a str,
    created: (Option<Timestamp>, Option<Timestamp>),
    updated: (Option<Timestamp>, Option<Timestamp>),
    with: Vec<&'a str>,
    without: Vec<&'a str>,
    severities: Vec<&'a str>,
    nothing: bool,
    by: &'a str,
    descending: bool,
}

impl<'a> Wanted<'a> {
    fn read(ask: &Ask<'a>) -> Result<Self, Problem> {
        let identifiers = ask.list("identifiers");
        if identifiers.len() > MOST_IDENTIFIERS {
            return Err(Problem::input("identifiers may have at most 20 values."));
        }
        let of_type = ask.word("identifiersType", &TYPES)?;
        if identifiers.is_empty() != of_type.is_none() {
            return Err(Problem::input("identifiers and identifiersType need each other."));
        }
        let relatives = [ask.value("variationParentSku"), ask.value("packageHierarchySku")];
        let relatives = relatives.iter().flatten().count();
        if relatives + usize::from(!identifiers.is_empty()) > 1 {
            let rule = "Only one of identifiers, variationParentSku and packageHierarchySku may be provided.";
            return Err(Problem::input(rule));
        }
        let created = (ask.time("createdAfter")?, ask.time("createdBefore")?);
        let updated = (ask.time("lastUpdatedAfter")?, ask.time("lastUpdatedBefore")?);
        ask.in_order(created.0, created.1)?;
        ask.in_order(updated.0, updated.1)?;
        let by = ask.word("sortBy", &["sku", "createdDate", "lastUpdatedDate"])?;
        Ok(Self {
            identifiers,
            of_type: of_type.unwrap_or_default(),
            created,
            updated,
            with: ask.words("withStatus", &STATES)?,
            without: ask.words("withoutStatus", &STATES)?,
            severities: ask.words("withIssueSeverity", &["WARNING", "ERROR"])?,
            // Nothing here is a variation or a package of anything.
            nothing: relatives > 0,
            by: by.unwrap_or("lastUpdatedDate"),
            descending: ask.word("sortOrder", &["ASC", "DESC"])?.unwrap_or("DESC") == "DESC",
        })
    }

    fn fits(&self, item: &[Offer]) -> bool {
        let offer = &item[0];
        let within = |at: Timestamp, (from, until): (Option<Timestamp>, Option<Timestamp>)| {
            from.is_none_or(|from| from <= at) && until.is_none_or(|until| at <= until)
        };
        let named = |wanted: &&str| match self.of_type {
            "SKU" => *wanted == offer.sku,
            "ASIN" => *wanted == offer.asin,
            "FNSKU" => *wanted == offer.fnsku,
            "EAN" | "GTIN" => *wanted == super::catalog::ean(&offer.asin),
            _ => false,
        };
        let states = states(offer);
        !self.nothing
            && (self.identifiers.is_empty() || self.identifiers.iter().any(named))
            && within(offer.created, self.created)
            && within(offer.updated, self.updated)
            && self.with.iter().all(|wanted| states.contains(wanted))
            && !self.without.iter().any(|unwanted| states.contains(unwanted))
            && (self.severities.is_empty() || (self.severities.contains(&"ERROR") && !offer.buyable))
    }

    fn sort(&self, items: &mut [Vec<Offer>]) {
        items.sort_by(|a, b| {
            let (a, b) = (&a[0], &b[0]);
            let order = match self.by {
                "sku" => a.sku.cmp(&b.sku),
                "createdDate" => a.created.cmp(&b.created),
                _ => a.updated.cmp(&b.updated),
            };
            let order = if self.descending { order.reverse() } else { order };
            order.then_with(|| a.sku.cmp(&b.sku))
        });
    }
}

fn states(offer: &Offer) -> &'static [&'static str] {
    if offer.buyable { &["BUYABLE", "DISCOVERABLE"] } else { &["DISCOVERABLE"] }
}

/// An item as both operations write it.
pub(crate) fn written(account: Account<'_>, item: &[Offer], included: &[&str]) -> Value {
    let vendor = account.seller.kind == SellerKind::Vendor;
    let offer = &item[0];
    let each = |write: &dyn Fn(&Offer) -> Value| Value::Array(item.iter().map(write).collect());
    let mut written = json!({ "sku": offer.sku });
    for dataset in included {
        let value = match *dataset {
            "summaries" => each(&summary),
            "attributes" => json!({ "item_name": each(&|offer| {
                json!({ "value": offer.title, "language_tag": offer.store.language, "marketplace_id": offer.store.id })
            }) }),
            "issues" if offer.buyable => json!([]),
            "issues" => json!([{
                "code": "90220",
                "message": "'material' is required but missing.",
                "severity": "ERROR",
                "attributeNames": ["material"],
                "categories": ["MISSING_ATTRIBUTE"],
            }]),
            "offers" => each(&price),
            "fulfillmentAvailability" => json!([availability(offer)]),
            "procurement" if vendor => each(&|offer| {
                let cost = decimal(offer.price * COST_PERCENT / 100, offer.store.currency);
                json!({ "costPrice": { "currencyCode": offer.store.currency, "amount": cost } })
            }),
            "relationships" => each(&|offer| json!({ "marketplaceId": offer.store.id, "relationships": [] })),
            "productTypes" => {
                each(&|offer| json!({ "marketplaceId": offer.store.id, "productType": "HOME" }))
            }
            _ => continue,
        };
        written[*dataset] = value;
    }
    written
}

fn summary(offer: &Offer) -> Value {
    json!({
        "marketplaceId": offer.store.id,
        "asin": offer.asin,
        "productType": "HOME",
        "conditionType": "new_new",
        "status": states(offer),
        "fnSku": offer.fnsku,
        "itemName": offer.title,
        "createdDate": text(offer.created),
        "lastUpdatedDate": text(offer.updated),
        "mainImage": {
            "link": format!("https://m.media-amazon.com/images/I/{}.jpg", offer.asin),
            "height": 500,
            "width": 500,
        },
    })
}

fn price(offer: &Offer) -> Value {
    json!({
        "marketplaceId": offer.store.id,
        "offerType": "B2C",
        "price": { "currencyCode": offer.store.currency, "amount": decimal(offer.price, offer.store.currency) },
        "audience": { "value": "ALL", "displayName": "Sell on Amazon" },
    })
}

/// Who keeps it: Amazon most of it.
pub(crate) fn by_amazon(offer: &Offer) -> bool {
    offer.chance.in_percent("kept by amazon", 75)
}

/// Pieces that a merchant keeps himself.
pub(crate) fn kept(offer: &Offer) -> i64 {
    if by_amazon(offer) { 0 } else { 5 + i64::try_from(offer.chance.below("kept", 90)).unwrap_or(0) }
}

fn availability(offer: &Offer) -> Value {
    if by_amazon(offer) {
        let code = format!("AMAZON_{}", offer.store.region.word().to_uppercase());
        json!({ "fulfillmentChannelCode": code })
    } else {
        json!({ "fulfillmentChannelCode": "DEFAULT", "quantity": kept(offer) })
    }
}
