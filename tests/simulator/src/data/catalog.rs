//! Catalog Items 2022-04-01, `searchCatalogItems`: the articles of the world, and the tail of the account that asks.

use serde_json::{Map, Value, json};

use crate::ask::Ask;
use crate::chance::of_text;
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::sellers::SellerKind;
use crate::truth::offers::Offer;

/// Items on a page, when nothing is said and at most (model).
const USUAL_PAGE: usize = 10;
const LARGEST_PAGE: usize = 20;
const STYLE: Style = Style::repeated("pageToken", &["includedData", "locale"]);
/// Identifiers or keywords in one request (model).
const MOST_WORDS: usize = 20;
const DATASETS: [&str; 10] = [
    "attributes",
    "classifications",
    "dimensions",
    "identifiers",
    "images",
    "productTypes",
    "relationships",
    "salesRanks",
    "summaries",
    "vendorDetails",
];
const TYPES: [&str; 8] = ["ASIN", "EAN", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC"];

/// One page of what is searched for.
pub(crate) fn search(ask: &Ask<'_>) -> Result<Value, Problem> {
    let store = ask.store("marketplaceIds")?;
    let (identifiers, keywords) = (ask.list("identifiers"), ask.list("keywords"));
    if identifiers.is_empty() == keywords.is_empty() {
        return Err(Problem::input("Exactly one of identifiers and keywords must be provided."));
    }
    if identifiers.len() > MOST_WORDS || keywords.len() > MOST_WORDS {
        return Err(Problem::input("identifiers and keywords may have at most 20 values."));
    }
    let of_type = ask.word("identifiersType", &TYPES)?;
    if !identifiers.is_empty() && of_type.is_none() {
        return Err(Problem::input("identifiersType is required when identifiers is in the request."));
    }
    if of_type == Some("SKU") && ask.value("sellerId").is_none() {
        return Err(Problem::input("sellerId is required when identifiersType is SKU."));
    }
    let included = ask.words("includedData", &DATASETS)?;
    let included = if included.is_empty() { vec!["summaries"] } else { included };
    let size = ask.number("pageSize", USUAL_PAGE, 1..=LARGEST_PAGE)?;
    let page = Page::open(ask, &STYLE)?;
    let mut found = ask.account().offers(store, page.as_of());
    found.retain(|offer| {
        let named = |wanted: &&str| match of_type {
            Some("ASIN") => *wanted == offer.asin,
            Some("SKU") => ask.value("sellerId") == Some(&ask.seller.id) && *wanted == offer.sku,
            Some("EAN" | "GTIN") => *wanted == ean(&offer.asin),
            _ => false,
        };
        let said = |word: &&str| offer.title.to_lowercase().contains(&word.to_lowercase());
        if keywords.is_empty() { identifiers.iter().any(named) } else { keywords.iter().all(said) }
    });
    let count = found.len();
    let (shown, next) = page.cut(found, size);
    let vendor = ask.seller.kind == SellerKind::Vendor;
    let shown: Vec<Value> = shown.iter().map(|offer| written(offer, &included, vendor)).collect();
    let mut answer = json!({ "numberOfResults": count, "items": shown });
    if let Some(next) = next {
        answer["pagination"] = json!({ "nextToken": next });
    }
    Ok(answer)
}

/// The number under a bar code: thirteen digits, the last one a check digit (GS1 General Specifications, 7.9).
pub(crate) fn ean(asin: &str) -> String {
    let digits = format!("400{:09}", of_text(asin) % 1_000_000_000);
    let sum: u32 = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// An item as the operation writes it.
pub(crate) fn written(offer: &Offer, included: &[&str], vendor: bool) -> Value {
    let mut written = Map::from_iter([("asin".to_owned(), json!(offer.asin))]);
    for dataset in included {
        if let Some(value) = dataset_of(offer, dataset, vendor) {
            written.insert((*dataset).to_owned(), value);
        }
    }
    Value::Object(written)
}

fn dataset_of(offer: &Offer, dataset: &str, vendor: bool) -> Option<Value> {
    let (store, chance) = (offer.store.id, offer.chance);
    let side = |question: &str| 4 + chance.below(question, 40);
    let in_store = |mut value: Value| {
        value["marketplaceId"] = json!(store);
        Some(json!([value]))
    };
    match dataset {
        "attributes" => Some(json!({
            "item_name": [{ "value": offer.title, "language_tag": offer.store.language, "marketplace_id": store }],
            "brand": [{ "value": "Simulated Goods", "marketplace_id": store }],
        })),
        "classifications" => in_store(json!({
            "classifications": [{ "displayName": "Home", "classificationId": "1055398" }],
        })),
        "dimensions" => {
            let cm = |question| json!({ "unit": "centimeters", "value": side(question) });
            let weight = json!({ "unit": "kilograms", "value": 0.5 });
            in_store(json!({ "item": {
                "height": cm("height"), "length": cm("length"), "width": cm("width"), "weight": weight,
            } }))
        }
        "identifiers" => in_store(json!({
            "identifiers": [{ "identifierType": "EAN", "identifier": ean(&offer.asin) }],
        })),
        "images" => in_store(json!({ "images": [{
            "variant": "MAIN",
            "link": format!("https://m.media-amazon.com/images/I/{}.jpg", offer.asin),
            "height": 500,
            "width": 500,
        }] })),
        "productTypes" => in_store(json!({ "productType": "HOME" })),
        "relationships" => in_store(json!({ "relationships": [] })),
        "salesRanks" => in_store(json!({ "displayGroupRanks": [{
            "websiteDisplayGroup": "home_display_on_website",
            "title": "Home",
            "rank": 1 + chance.below("rank", 90_000),
        }] })),
        "summaries" => in_store(json!({
            "brand": "Simulated Goods",
            "itemClassification": "BASE_PRODUCT",
            "itemName": offer.title,
            "manufacturer": "Simulated Goods",
            "packageQuantity": 1,
            "websiteDisplayGroup": "home_display_on_website",
            "websiteDisplayGroupName": "Home",
        })),
        "vendorDetails" if vendor => in_store(json!({ "brandCode": "SIMGO", "productGroup": "Home" })),
        _ => None,
    }
}
