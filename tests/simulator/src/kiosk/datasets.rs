//! The datasets, and what a query asks of one (schemas/data-kiosk).

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::graphql::{self, Field};
use super::sums::Grain;
use super::{economics, traffic, vendors};
use crate::marketplaces::{self, Marketplace};
use crate::problem::Problem;
use crate::reported::day_of;
use crate::sellers::{Seller, SellerKind};
use crate::world::Inside;

/// Days back, at most: two years.
const OLDEST_DAYS: i32 = 731;

/// What one view of a dataset is, and what answers it.
#[derive(Debug)]
pub(crate) struct View {
    dataset: &'static str,
    name: &'static str,
    of: SellerKind,
    /// Every row, before the query's selection.
    rows: fn(&Inside, &Seller, &Asked) -> Vec<Value>,
    /// A row with every field that there is.
    form: fn() -> Value,
}

/// Every view.
#[rustfmt::skip]
const VIEWS: [View; 5] = {
    use SellerKind::{Seller, Vendor};
    const SALES: &str = "analytics_salesAndTraffic_2024_04_24";
    const VENDORS: &str = "analytics_vendorAnalytics_2024_09_30";
    [
        View { dataset: SALES, name: "salesAndTrafficByDate", of: Seller, rows: traffic::by_date, form: traffic::form_by_date },
        View { dataset: SALES, name: "salesAndTrafficByAsin", of: Seller, rows: traffic::by_asin, form: traffic::form_by_asin },
        View { dataset: "analytics_economics_2024_03_15", name: "economics", of: Seller, rows: economics::rows, form: economics::form },
        View { dataset: VENDORS, name: "manufacturingView", of: Vendor, rows: vendors::rows, form: vendors::form },
        View { dataset: VENDORS, name: "sourcingView", of: Vendor, rows: vendors::rows, form: vendors::form },
    ]
};

/// A checked query.
#[derive(Debug)]
pub(crate) struct Asked {
    view: &'static View,
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) grain: Grain,
    /// The word after which articles are grouped: `PARENT`, `CHILD`, `SKU`, `MSKU`, …
    pub(crate) by: String,
    pub(crate) stores: Vec<&'static Marketplace>,
    fields: Vec<Field>,
    /// Nothing later is told.
    pub(crate) as_of: Timestamp,
}

impl Asked {
    /// Reads a query.
    pub(crate) fn read(seller: &Seller, text: &str, as_of: Timestamp) -> Result<Self, Problem> {
        let wrong = |why: &str| Problem::input(format!("The query is not valid: {why}."));
        let mut roots = graphql::parse(text).map_err(|why| wrong(&why))?;
        let (Some(mut root), true) = (roots.pop(), roots.is_empty()) else {
            return Err(wrong("it must have exactly one dataset"));
        };
        let (Some(asked), true) = (root.fields.pop(), root.fields.is_empty()) else {
            return Err(wrong("it must have exactly one view of the dataset"));
        };
        let view = VIEWS.iter().find(|view| view.dataset == root.name && view.name == asked.name);
        let view = view.ok_or_else(|| wrong(&format!("there is no {}.{}", root.name, asked.name)))?;
        if view.of != seller.kind {
            return Err(Problem::denied(""));
        }
        if let Some(field) = graphql::unknown(&(view.form)(), &asked.fields) {
            return Err(wrong(&format!("the field {field} is undefined")));
        }
        if asked.fields.is_empty() {
            return Err(wrong("no fields are selected"));
        }
        let date = |name: &str| {
            let given =
                asked.arguments.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Date>().ok());
            given.ok_or_else(|| wrong(&format!("{name} must be a date, as 2026-11-20")))
        };
        let (first, last) = (date("startDate")?, date("endDate")?);
        let oldest = day_of(as_of).checked_sub(jiff::Span::new().days(OLDEST_DAYS)).unwrap_or(Date::MIN);
        if first > last || first < oldest {
            return Err(wrong("startDate must not be after endDate, nor more than two years ago"));
        }
        let (grain, by) =
            grain(&asked.arguments).ok_or_else(|| wrong("aggregateBy is missing or unknown"))?;
        let stores = stores(seller, &asked.arguments)?;
        Ok(Self { view, first, last, grain, by, stores, fields: asked.fields, as_of })
    }

    /// Every row that the query has, with what it selects.
    pub(crate) fn rows(&self, inside: &Inside, seller: &Seller) -> Vec<Value> {
        let rows = (self.view.rows)(inside, seller, self);
        rows.iter().map(|row| graphql::project(row, &self.fields)).collect()
    }
}

/// How time is divided, and the word for how articles are grouped.
fn grain(arguments: &serde_json::Map<String, Value>) -> Option<(Grain, String)> {
    match arguments.get("aggregateBy") {
        None => Some((Grain::Day, "MSKU".to_owned())),
        Some(Value::Object(both)) => {
            let word = |name: &str, otherwise: &str| {
                both.get(name).and_then(Value::as_str).unwrap_or(otherwise).to_owned()
            };
            Some((Grain::named(&word("date", "DAY"))?, word("productId", "MSKU")))
        }
        Some(Value::String(word)) if ["PARENT", "CHILD", "SKU"].contains(&word.as_str()) => {
            Some((Grain::Whole, word.clone()))
        }
        Some(Value::String(word)) => Some((Grain::named(word)?, String::new())),
        Some(_) => None,
    }
}

/// The stores that are asked about and that the account has; all of its own where the view does not ask for stores.
fn stores(
    seller: &Seller,
    arguments: &serde_json::Map<String, Value>,
) -> Result<Vec<&'static Marketplace>, Problem> {
    if seller.kind == SellerKind::Vendor {
        return Ok(seller.marketplaces.iter().filter_map(|id| marketplaces::by_id(id)).collect());
    }
    let given = arguments.get("marketplaceIds").and_then(Value::as_array).filter(|given| !given.is_empty());
    let given = given.ok_or_else(|| Problem::input("The query is not valid: marketplaceIds is missing."))?;
    let mut stores = Vec::new();
    for id in given {
        let known = id.as_str().and_then(marketplaces::by_id);
        let store =
            known.ok_or_else(|| Problem::input("The query is not valid: a marketplaceId is unknown."))?;
        if store.region != seller.region {
            return Err(Problem::denied("The marketplaces you provided are not valid for region."));
        }
        if seller.marketplaces.iter().any(|own| own == store.id) {
            stores.push(store);
        }
    }
    Ok(stores)
}
