//! Orders with their items: `searchOrders` 2026-01-01 by time of last update.
//!
//! Source: Amazon's model orders_2026-01-01.json. A page holds up to 100 orders and the end of the window
//! must lie at least two minutes in the past. `BUYER` and `RECIPIENT` are not asked for: no buyer data by
//! default.

use super::{Ask, Domain, Found, Page, Unreadable};
use crate::catalogue::SEARCH_ORDERS;
use crate::marketplaces::Kind;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Orders with their items.
pub const ORDERS: Domain = Domain {
    name: "orders",
    kind: Kind::Seller,
    entity: "order",
    operation: &SEARCH_ORDERS,
    reads: "Orders and their items, prices, taxes, promotions, packages and status. No names, addresses or other buyer data.",
    // 15 minutes use a fifth of the bucket (one call each 179 s), so that the rest can catch up.
    cadence: SignedDuration::from_mins(15),
    // For an account with about 40 orders a day or fewer: an order lands two hours after its change at the latest, or at
    // once where an ORDER_CHANGE notification tells of it.
    cadence_quiet: SignedDuration::from_mins(120),
    // Amazon may show an order a little after its time of update; what comes twice has the same key.
    overlap: SignedDuration::from_mins(5),
    // What comes later than that is found within a day.
    sweep: SignedDuration::from_hours(24),
    sweep_every: SignedDuration::from_hours(24),
    lag: SignedDuration::from_mins(2),
    // "About two years"; a day less, so that a slow clock does not ask for too much.
    lookback: SignedDuration::from_hours(24 * 729),
    // Amazon's model: "pagination token, valid for 24 hours"; an hour less.
    token_life: SignedDuration::from_hours(23),
    query,
    read,
};

/// Everything but the two parts that hold buyers' data.
const INCLUDED: &str =
    "PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS";

/// Orders a page, the most Amazon gives.
const PAGE_SIZE: &str = "100";

fn query(ask: Ask<'_>) -> Vec<(&'static str, String)> {
    let mut query = vec![
        ("lastUpdatedAfter", ask.window.after.to_string()),
        ("lastUpdatedBefore", ask.window.before.to_string()),
        ("marketplaceIds", ask.stores.join(",")),
        ("maxResultsPerPage", PAGE_SIZE.to_owned()),
        ("includedData", INCLUDED.to_owned()),
    ];
    // The token goes with the same filters as the first call.
    if let Some(token) = ask.token {
        query.push(("paginationToken", token.to_owned()));
    }
    query
}

#[derive(Deserialize)]
struct Answer {
    orders: Vec<Box<RawValue>>,
    #[serde(default)]
    pagination: Option<Pagination>,
    /// A page that carries errors is not a page.
    #[serde(default)]
    errors: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    #[serde(default)]
    next_token: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Head {
    #[serde(default)]
    order_id: Option<String>,
    #[serde(default)]
    last_updated_time: Option<String>,
    #[serde(default)]
    sales_channel: Option<SalesChannel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SalesChannel {
    #[serde(default)]
    marketplace_id: Option<String>,
}

fn read(body: &[u8]) -> Result<Page, Unreadable> {
    let answer: Answer = serde_json::from_slice(body).map_err(|_| Unreadable { entity: ORDERS.entity })?;
    if answer.errors.is_some_and(|errors| !errors.is_empty()) {
        return Err(Unreadable { entity: ORDERS.entity });
    }
    let found = answer.orders.into_iter().map(|payload| {
        // One odd order never loses the page: its payload lands without a key.
        let head: Head = serde_json::from_str(payload.get()).unwrap_or_default();
        Found {
            key: head.order_id,
            updated_at: head.last_updated_time,
            marketplace: head.sales_channel.and_then(|channel| channel.marketplace_id),
            payload,
        }
    });
    let next =
        answer.pagination.and_then(|pagination| pagination.next_token).filter(|token| !token.is_empty());
    Ok(Page { found: found.collect(), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_and_each_payload_kept_byte_for_byte() {
        let body = br#"{"orders":[{"orderId":"1-2","lastUpdatedTime":"2026-01-01T00:00:00Z", "total": 1.50,
            "salesChannel":{"marketplaceId":"ATVPDKIKX0DER"},"new":null}],"pagination":{"nextToken":"a+/="}}"#;
        let page = read(body).unwrap();
        assert_eq!(page.next.as_deref(), Some("a+/="));
        assert_eq!(page.found[0].key.as_deref(), Some("1-2"));
        assert_eq!(page.found[0].marketplace.as_deref(), Some("ATVPDKIKX0DER"));
        assert!(page.found[0].payload.get().contains("\"total\": 1.50"), "spaces and zeros are Amazon's");
    }

    #[test]
    fn l34_an_order_without_a_key_or_a_time_lands_as_it_is_and_its_neighbours_with_theirs() {
        let page = read(br#"{"orders":[{"orderId":7},{"orderId":"ok"},"text"]}"#).unwrap();
        let keys: Vec<_> = page.found.iter().map(|found| found.key.as_deref()).collect();
        assert_eq!(keys, [None, Some("ok"), None]);
    }

    #[test]
    fn an_empty_page_with_a_token_goes_on_and_one_without_ends() {
        assert!(read(br#"{"orders":[],"pagination":{"nextToken":"t"}}"#).unwrap().next.is_some());
        assert!(read(br#"{"orders":[]}"#).unwrap().next.is_none());
        assert!(read(br#"{"orders":[],"pagination":{"nextToken":""}}"#).unwrap().next.is_none());
    }

    #[test]
    fn l25_what_is_no_page_of_orders_is_never_taken_for_an_empty_one() {
        for body in [
            &b""[..],
            b"<html>busy</html>",
            b"{}",
            b"[]",
            br#"{"orders":null}"#,
            br#"{"orders":[{]}"#,
            br#"{"orders":[],"errors":[{"code":"x"}]}"#,
        ] {
            assert!(read(body).is_err(), "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn no_buyer_data_is_asked_for() {
        for part in INCLUDED.split(',') {
            assert!(!matches!(part, "BUYER" | "RECIPIENT"));
        }
    }
}
