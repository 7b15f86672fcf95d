//! Fulfillment Inbound 2024-03-20, `listInboundPlans`: the plan of each inbound shipment.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::text;
use crate::data::listed;
use crate::paging::{Page, Style};
use crate::problem::Problem;
use crate::truth::Account;
use crate::truth::inbound::Inbound;

/// Plans on a page, when nothing is said and at most (model).
const USUAL_PAGE: usize = 10;
const LARGEST_PAGE: usize = 30;
const STYLE: Style = Style::repeated("paginationToken", &["pageSize"]);

/// One page of the account's plans. There is no filter by time.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Value, Problem> {
    let size = ask.number("pageSize", USUAL_PAGE, 1..=LARGEST_PAGE)?;
    let status = ask.word("status", &["ACTIVE", "VOIDED", "SHIPPED"])?;
    let by = ask.word("sortBy", &["LAST_UPDATED_TIME", "CREATION_TIME"])?.unwrap_or("LAST_UPDATED_TIME");
    let descending = ask.word("sortOrder", &["ASC", "DESC"])?.unwrap_or("DESC") == "DESC";
    let page = Page::open(ask, &STYLE)?;
    let (account, now) = (ask.account(), page.as_of());
    let mut found = account.inbounds(Timestamp::MIN, now);
    found.retain(|one| {
        let (is, updated) = state(one, now);
        status.is_none_or(|wanted| wanted == is) && page.shows(&one.plan(), updated)
    });
    found.sort_by_key(|one| if by == "CREATION_TIME" { one.created() } else { state(one, now).1 });
    if descending {
        found.reverse();
    }
    let (shown, next) = page.cut(found, size);
    let shown: Vec<Value> = shown.iter().map(|one| written(account, one, now)).collect();
    let mut answer = listed("inboundPlans", shown);
    if let Some(next) = next {
        answer["pagination"] = json!({ "nextToken": next });
    }
    Ok(answer)
}

/// A plan's status then, and since when: it ends when its shipment leaves.
pub(crate) fn state(one: &Inbound, now: Timestamp) -> (&'static str, Timestamp) {
    match one.status(now) {
        Some(("WORKING", at)) => ("ACTIVE", at),
        _ => ("SHIPPED", one.left()),
    }
}

/// A plan as the operation writes it.
pub(crate) fn written(account: Account<'_>, one: &Inbound, now: Timestamp) -> Value {
    let (status, updated) = state(one, now);
    json!({
        "inboundPlanId": one.plan(),
        "name": one.name(),
        "createdAt": text(one.created()),
        "lastUpdatedAt": text(updated),
        "status": status,
        "marketplaceIds": [one.store.id],
        "sourceAddress": {
            "name": account.seller.name,
            "addressLine1": "1 Simulation Road",
            "city": "Testville",
            "countryCode": one.store.country,
            "postalCode": "00001",
        },
    })
}
