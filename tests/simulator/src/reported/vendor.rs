//! The retail analytics reports of a vendor, of the first store asked about: sales, inventory and traffic, added up over
//! each part of the time and for each article.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::amounts::{money, percent};
use super::{Wanted, day_of};
use crate::goods::Article;
use crate::marketplaces::Marketplace;
use crate::truth::Account;
use crate::truth::vendor::{Retail, cost};

/// One article and its figures.
type Figures = (&'static Article, Retail);

/// `GET_VENDOR_SALES_REPORT`
pub(super) fn sales(account: Account<'_>, wanted: &Wanted<'_>) -> Option<Value> {
    report(account, wanted, ["salesAggregate", "salesByAsin"], sold)
}

/// `GET_VENDOR_INVENTORY_REPORT`
pub(super) fn inventory(account: Account<'_>, wanted: &Wanted<'_>) -> Option<Value> {
    report(account, wanted, ["inventoryAggregate", "inventoryByAsin"], stocked)
}

/// `GET_VENDOR_TRAFFIC_REPORT`
pub(super) fn traffic(account: Account<'_>, wanted: &Wanted<'_>) -> Option<Value> {
    let views = |figures: &[Figures], _: &Marketplace| json!({ "glanceViews": figures.iter().map(|(_, one)| one.views).sum::<i64>() });
    report(account, wanted, ["trafficAggregate", "trafficByAsin"], views)
}

/// What customers ordered and got.
pub(crate) fn sold(figures: &[Figures], store: &Marketplace) -> Value {
    let sum = |amount: fn(&Retail) -> i64| figures.iter().map(|(_, one)| amount(one)).sum::<i64>();
    let worth = |price: &dyn Fn(&Article) -> i64, amount: fn(&Retail) -> i64| {
        money(figures.iter().map(|(article, one)| price(article) * amount(one)).sum(), store.currency)
    };
    let price = |article: &Article| crate::goods::convert(article.euro_cents, store.currency);
    let paid = |article: &Article| cost(article, store);
    json!({
        "customerReturns": sum(|one| one.returned),
        "orderedRevenue": worth(&price, |one| one.ordered),
        "orderedUnits": sum(|one| one.ordered),
        "shippedCogs": worth(&paid, |one| one.shipped),
        "shippedRevenue": worth(&price, |one| one.shipped),
        "shippedUnits": sum(|one| one.shipped),
    })
}

/// What Amazon got and has.
pub(crate) fn stocked(figures: &[Figures], store: &Marketplace) -> Value {
    let sum = |amount: fn(&Retail) -> i64| figures.iter().map(|(_, one)| amount(one)).sum::<i64>();
    let worth = |amount: fn(&Retail) -> i64| {
        let minor = figures.iter().map(|(article, one)| cost(article, store) * amount(one)).sum();
        money(minor, store.currency)
    };
    let (shipped, on_hand) = (sum(|one| one.shipped), sum(|one| one.on_hand));
    json!({
        "netReceivedInventoryCost": worth(|one| one.received),
        "netReceivedInventoryUnits": sum(|one| one.received),
        "openPurchaseOrderUnits": sum(|one| one.open),
        "sellThroughRate": percent(shipped, shipped + on_hand) / 100.0,
        "unfilledCustomerOrderedUnits": 0,
        "sellableOnHandInventoryCost": worth(|one| one.on_hand),
        "sellableOnHandInventoryUnits": on_hand,
        "unsellableOnHandInventoryCost": money(0, store.currency),
        "unsellableOnHandInventoryUnits": 0,
    })
}

fn report(
    account: Account<'_>,
    wanted: &Wanted<'_>,
    [aggregate, by_asin]: [&str; 2],
    write: impl Fn(&[Figures], &Marketplace) -> Value,
) -> Option<Value> {
    let store = wanted.own_stores().next().filter(|_| account.supplies())?;
    let (first, last) = wanted.days();
    let mut options = json!({ "reportPeriod": wanted.option("reportPeriod", "DAY") });
    if aggregate != "trafficAggregate" {
        options["distributorView"] = json!(wanted.option("distributorView", "MANUFACTURING"));
        options["sellingProgram"] = json!(wanted.option("sellingProgram", "RETAIL"));
    }
    let (mut whole, mut single) = (Vec::new(), Vec::new());
    let dated = |mut value: Value, (first, last): (Date, Date)| {
        value["startDate"] = json!(first.to_string());
        value["endDate"] = json!(last.to_string());
        value
    };
    for part in parts(first, last, wanted.option("reportPeriod", "DAY"))? {
        let figures = account.retail(store, part);
        whole.push(dated(write(&figures, store), part));
        single.extend(figures.iter().map(|one| {
            let mut row = dated(write(std::slice::from_ref(one), store), part);
            row["asin"] = json!(one.0.asin);
            row
        }));
    }
    let mut report = json!({ "reportSpecification": {
        "reportType": wanted.kind,
        "reportOptions": options,
        "lastUpdatedDate": day_of(wanted.as_of).to_string(),
        "dataStartTime": first.to_string(),
        "dataEndTime": last.to_string(),
        "marketplaceIds": wanted.stores,
    } });
    report[aggregate] = Value::Array(whole);
    report[by_asin] = Value::Array(single);
    Some(report)
}

/// The whole parts of a time, which begins and ends with one.
fn parts(first: Date, last: Date, period: &str) -> Option<Vec<(Date, Date)>> {
    let mut parts = Vec::new();
    let mut from = first;
    while from <= last {
        let next = match period {
            "DAY" => from.checked_add(1.day()),
            "WEEK" => from.checked_add(7.days()),
            "MONTH" => from.first_of_month().checked_add(1.month()),
            "QUARTER" => from.first_of_month().checked_add(3.months()),
            "YEAR" => from.first_of_year().checked_add(1.year()),
            _ => return None,
        };
        let next = next.ok()?;
        parts.push((from, next.yesterday().ok()?.min(last)));
        from = next;
    }
    Some(parts)
}
