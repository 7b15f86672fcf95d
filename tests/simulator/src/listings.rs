//! Listings 2021-08-01: what an account offers (`searchListingsItems`), and changing it (`patchListingsItem`), which
//! is accepted and forgotten. An account may ask about itself only.

use serde_json::{Value, json};

use crate::clock::text;
use crate::goods::ARTICLES;
use crate::marketplaces::{self, Marketplace};
use crate::problem::Problem;
use crate::sellers::{Seller, SellerKind};
use crate::sp_api::Call;
use crate::world::Inside;

/// Articles that an account offers: fewer than the smallest default page, so that one page is all.
const OFFERED: usize = 3;
/// Items on a page, at most (model).
const LARGEST_PAGE: usize = 20;

/// The answer to this account about the account `whose`.
pub(crate) fn search(
    inside: &Inside,
    seller: &Seller,
    whose: &str,
    query: &[(String, String)],
) -> Result<Value, Problem> {
    if whose != seller.id {
        return Err(Problem::denied(""));
    }
    let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let stores = value("marketplaceIds").filter(|ids| !ids.is_empty());
    let stores = stores.ok_or_else(|| Problem::input("marketplaceIds is missing."))?;
    let unknown = || Problem::input("marketplaceIds has an unknown value.");
    let store = marketplaces::by_id(stores.split(',').next().unwrap_or_default()).ok_or_else(unknown)?;
    if store.region != seller.region {
        return Err(Problem::denied("The marketplaces you provided are not valid for region."));
    }
    let page = value("pageSize").map_or(Ok(LARGEST_PAGE), str::parse);
    if !page.is_ok_and(|page| (1..=LARGEST_PAGE).contains(&page)) {
        return Err(Problem::input("pageSize must be between 1 and 20."));
    }
    let sells_here = seller.marketplaces.iter().any(|id| id == store.id);
    let offers = sells_here && (seller.history > 0 || seller.kind == SellerKind::Vendor);
    let wanted: Option<Vec<&str>> = value("identifiers").map(|list| list.split(',').collect());
    let fits = |sku: &&str| wanted.as_ref().is_none_or(|wanted| wanted.contains(sku));
    let items: Vec<Value> = ARTICLES
        .iter()
        .take(if offers { OFFERED } else { 0 })
        .filter(|article| fits(&article.sku))
        .map(|article| {
            json!({ "sku": article.sku, "summaries": [{
                "marketplaceId": store.id,
                "asin": article.asin,
                "productType": "HOME",
                "conditionType": "new_new",
                "status": ["BUYABLE", "DISCOVERABLE"],
                "itemName": title(article, store),
                "createdDate": text(inside.book.opened),
                "lastUpdatedDate": text(inside.book.opened),
            }] })
        })
        .collect();
    Ok(json!({ "numberOfResults": items.len(), "items": items }))
}

/// The answer to a change: accepted, as Amazon says it before it looks closely.
pub(crate) fn patch(seller: &Seller, whose: &str, sku: &str, call: &Call) -> Result<Value, Problem> {
    if whose != seller.id {
        return Err(Problem::denied(""));
    }
    let body = call.body.as_ref().ok_or_else(|| Problem::input("The body is missing."))?;
    if !body["productType"].is_string() || body["patches"].as_array().is_none_or(Vec::is_empty) {
        return Err(Problem::input("productType or patches is missing."));
    }
    Ok(json!({ "sku": sku, "status": "ACCEPTED", "submissionId": "f1dc2914-75dd-11ea-bc55-0242ac130003" }))
}

fn title(article: &crate::goods::Article, store: &Marketplace) -> &'static str {
    article.title(store.language)
}
