//! The dataset on a vendor's business: what Amazon sold of it, by period. The two views differ in nothing here.

use serde_json::{Value, json};

use super::datasets::Asked;
use super::sold::{COST_PERCENT, last_day, money, sold};
use crate::goods::ARTICLES;
use crate::sellers::Seller;
use crate::world::Inside;

/// A row for each store and period; days that are not over have no figures.
pub(crate) fn rows(inside: &Inside, seller: &Seller, asked: &Asked) -> Vec<Value> {
    let last = asked.last.min(last_day(asked.as_of));
    let periods = asked.grain.periods(asked.first, last);
    let of_store = |store| {
        periods.iter().map(move |period| {
            let sold = sold(inside, seller, store, *period);
            let units: i64 = sold.iter().map(|one| one.units).sum();
            let each = sold.iter().map(|one| {
                let key = json!({ "asin": one.article.asin, "productTitle": one.article.title("en_US") });
                json!({ "groupByKey": key, "metrics": metrics(one.units, &one.revenue(), &one.cost()) })
            });
            let minor: i64 = sold.iter().map(|one| one.minor()).sum();
            let (revenue, cost) =
                (money(minor, store.currency), money(minor * COST_PERCENT / 100, store.currency));
            json!({
                "startDate": period.0.to_string(),
                "endDate": period.1.to_string(),
                "marketplaceId": store.id,
                "totals": metrics(units, &revenue, &cost),
                "metrics": each.collect::<Vec<_>>(),
            })
        })
    };
    asked.stores.iter().copied().flat_map(of_store).collect()
}

fn metrics(units: i64, revenue: &Value, cost: &Value) -> Value {
    let both = json!({ "units": units, "value": revenue });
    json!({
        "costs": { "shippedCogs": cost, "netPPM": 0.4 },
        "customerSatisfaction": { "customerReturns": 0 },
        "orders": { "orderedUnitsWithRevenue": both, "unfilledOrderedUnits": 0 },
        "productAvailability": { "sellThroughRate": 0.5, "sellableOnHandInventory": both },
        "shippedOrders": { "averageSellingPrice": revenue, "shippedUnitsWithRevenue": both },
        "sourcing": { "openPurchaseOrderQuantity": 0, "vendorConfirmationRate": 1.0 },
        "traffic": { "glanceViews": units * 9 },
    })
}

/// A row with every field that there is here.
pub(crate) fn form() -> Value {
    let nothing = money(0, "USD");
    let key = json!({ "asin": ARTICLES[0].asin, "productTitle": "" });
    json!({
        "startDate": "", "endDate": "", "marketplaceId": "",
        "totals": metrics(0, &nothing, &nothing),
        "metrics": [{ "groupByKey": key, "metrics": metrics(0, &nothing, &nothing) }],
    })
}
