//! The dataset on sales and traffic: what was ordered and looked at, by date or by ASIN.

use serde_json::{Value, json};

use super::datasets::Asked;
use super::sums::{self, Group};
use crate::marketplaces::MARKETPLACES;
use crate::sellers::Seller;
use crate::world::Inside;

/// A row for each store and period.
pub(crate) fn by_date(inside: &Inside, seller: &Seller, asked: &Asked) -> Vec<Value> {
    let groups =
        sums::by_date(inside, (seller, &asked.stores), (asked.first, asked.last), asked.grain, asked.as_of);
    groups.iter().map(|group| row(group, "", inside.seed)).collect()
}

/// A row for each store and article.
pub(crate) fn by_asin(inside: &Inside, seller: &Seller, asked: &Asked) -> Vec<Value> {
    let groups =
        sums::by_asin(inside, (seller, &asked.stores), (asked.first, asked.last), asked.grain, asked.as_of);
    groups.iter().map(|group| row(group, &asked.by, inside.seed)).collect()
}

fn row(group: &Group, by: &str, seed: u64) -> Value {
    let mut row = json!({
        "startDate": group.first.to_string(),
        "endDate": group.last.to_string(),
        "marketplaceId": group.store.id,
        "sales": group.sales(),
        "traffic": group.traffic(seed),
    });
    if let Some((asin, sku)) = group.article {
        row["parentAsin"] = json!(asin);
        row["childAsin"] = if by == "PARENT" { Value::Null } else { json!(asin) };
        row["sku"] = if by == "SKU" { json!(sku) } else { Value::Null };
    }
    row
}

/// A row by date with every field.
pub(crate) fn form_by_date() -> Value {
    row(&empty(None), "", 0)
}

/// A row by ASIN with every field.
pub(crate) fn form_by_asin() -> Value {
    row(&empty(Some(("", ""))), "SKU", 0)
}

/// A group of nothing.
pub(crate) fn empty(article: Option<(&'static str, &'static str)>) -> Group {
    let day = jiff::civil::Date::ZERO;
    let sums = sums::Sums::default();
    Group { store: &MARKETPLACES[0], first: day, last: day, article, sums }
}
