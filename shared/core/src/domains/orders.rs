//! Orders with their items: `searchOrders` 2026-01-01 by time of last update.
//!
//! Source: Amazon's model orders_2026-01-01.json. A page holds up to 100 orders and the end of the window
//! must lie at least two minutes in the past. `BUYER` and `RECIPIENT` are not asked for: no buyer data by
//! default. An account that changes more than these pages can carry is fetched by report instead: rows of order items.

use super::{
    Ask, Bulk, Domain, Heads, Key, Made, PLAIN, Pages, Parameters, Report, Single, Source, Sweep, days, pages,
};
use crate::catalogue::{GET_ORDER_ORDERS_2026_01_01, SEARCH_ORDERS};
use crate::document::{Format, Layout};
use jiff::SignedDuration;

/// Orders with their items.
pub const ORDERS: Domain = Domain {
    name: "orders",
    entity: "order",
    reads: "Orders and their items, prices, taxes, promotions, packages and status. No names, addresses or other buyer data.",
    source: Source::Pages(Pages {
        operation: &SEARCH_ORDERS,
        filters,
        records: "orders",
        heads: HEADS,
        // Amazon's model: "pagination token, valid for 24 hours"; an hour less.
        token_life: SignedDuration::from_hours(23),
        ..pages::PLAIN
    }),
    bulk: Some(Bulk {
        // A page of 100 orders each 179 s carries 2,011 an hour; seven tenths of it leave room to catch up.
        above: 1_400.0,
        // A report of orders covers 30 days at most.
        longest: days(29),
        source: Source::Report(Report {
            kind: "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL",
            made: Made::Asked,
            options: &[],
            dated: true,
            layout: Layout { format: Format::Tabs, columns: COLUMNS, required: &["amazon-order-id"] },
            heads: Heads {
                key: Key::Counted(&["amazon-order-id", "sku"]),
                updated: "last-updated-date",
                marketplace: "",
            },
        }),
    }),
    // An ORDER_CHANGE notification names its order: `getOrder`, a call each 2 s, 30 at once (Amazon's model).
    single: Some(Source::Single(Single {
        operation: &GET_ORDER_ORDERS_2026_01_01,
        about,
        record: "order",
        heads: HEADS,
        form: is_order_id,
    })),
    // Where goods go is the buyer's affair.
    without: &["ship-city", "ship-state", "ship-postal-code"],
    // 15 minutes use a fifth of the bucket (one call each 179 s), so that the rest can catch up.
    cadence: SignedDuration::from_mins(15),
    // For an account with about 30 orders a day or fewer: an order lands four hours after its change at the latest, or
    // within minutes where an ORDER_CHANGE notification tells of it.
    cadence_quiet: SignedDuration::from_hours(4),
    // An account with 60 changes an hour is asked every quarter of an hour.
    changes_wanted: 15.0,
    // Amazon may show an order a little after its time of update; what comes twice has the same key.
    overlap: SignedDuration::from_mins(5),
    longest: days(730),
    // What comes later than that is found within a day.
    sweep: Sweep::Back(SignedDuration::from_hours(24)),
    sweep_every: SignedDuration::from_hours(24),
    sweep_quiet: SignedDuration::from_hours(24),
    // "About two years"; a day less, so that a slow clock does not ask for too much.
    lookback: days(729),
    ..PLAIN
};

/// An order as Amazon's JSON tells it, on a page or alone.
const HEADS: Heads = Heads {
    key: Key::Fields(&["orderId"]),
    updated: "lastUpdatedTime",
    marketplace: "salesChannel.marketplaceId",
};

/// Everything but the two parts that hold buyers' data.
const INCLUDED: &str =
    "PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS";

/// Orders a page, the most Amazon gives.
const PAGE_SIZE: &str = "100";

/// The report's columns (developer-docs.amazon.com/sp-api, order reports).
const COLUMNS: &[&str] = &[
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
];

fn filters(ask: Ask<'_>) -> Parameters {
    vec![
        ("lastUpdatedAfter", ask.window.after.to_string()),
        ("lastUpdatedBefore", ask.window.before.to_string()),
        ("marketplaceIds", ask.stores.join(",")),
        ("maxResultsPerPage", PAGE_SIZE.to_owned()),
        ("includedData", INCLUDED.to_owned()),
    ]
}

fn about(order: &str) -> Parameters {
    vec![("orderId", order.to_owned()), ("includedData", INCLUDED.to_owned())]
}

/// Digits of the parts of an order's id ("in 3-7-7 format", Amazon's schema `OrderChangeNotification`).
const ID_DIGITS: [usize; 3] = [3, 7, 7];

fn is_order_id(text: &str) -> bool {
    let fits = |part: &str, digits| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').take(ID_DIGITS.len() + 1).collect();
    parts.len() == ID_DIGITS.len() && parts.iter().zip(ID_DIGITS).all(|(part, digits)| fits(part, digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::{Page, Unreadable};
    use crate::stream::{Way, Window};
    use jiff::Timestamp;

    fn read(body: &[u8]) -> Result<Page, Unreadable> {
        let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
        let Source::Pages(pages) = &ORDERS.source else { panic!("orders come in pages") };
        pages.read(Ask { window, way: Way::Onward, stores: &[], seller: "A" }, body)
    }

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
        let page = read(br#"{"orders":[{"orderId":[7]},{"orderId":"ok"},"text"]}"#).unwrap();
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

    fn one(body: &[u8]) -> Result<crate::domains::Found, Unreadable> {
        let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
        ORDERS.single().unwrap().read(Ask { window, way: Way::Named, stores: &[], seller: "A" }, body)
    }

    #[test]
    fn an_order_read_alone_has_the_key_and_the_payload_that_it_has_on_a_page() {
        let order = r#"{"orderId":"1-2","lastUpdatedTime":"2026-01-01T00:00:00Z", "total": 1.50,
            "salesChannel":{"marketplaceId":"ATVPDKIKX0DER"},"new":null}"#;
        let alone = one(format!("{{\"order\":{order}}}").as_bytes()).unwrap();
        let page = read(format!("{{\"orders\":[{order}]}}").as_bytes()).unwrap();
        let on_page = &page.found[0];
        assert_eq!(alone.key, on_page.key);
        assert_eq!((&alone.updated_at, &alone.marketplace), (&on_page.updated_at, &on_page.marketplace));
        assert_eq!(alone.payload.get(), on_page.payload.get());
    }

    #[test]
    fn l25_what_is_no_single_order_is_never_taken_for_one() {
        for body in [
            &b""[..],
            b"<html>busy</html>",
            b"{}",
            b"[]",
            br#"{"order":null}"#,
            br#"{"order":[]}"#,
            br#"{"order":"1-2"}"#,
            br#"{"order":{"orderId":"1"},"errors":[{"code":"x"}]}"#,
        ] {
            assert!(one(body).is_err(), "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn t28_only_what_has_the_form_of_an_order_id_is_asked_for() {
        assert!(is_order_id("903-8868176-2219830"));
        for forged in [
            "",
            "CANARY-1",
            "903-8868176",
            "903-8868176-2219830-1",
            "903-8868176-221983x",
            "903-8868176-22198301",
            "90-38868176-2219830",
            "../../orders/v0/orders",
            "903-8868176-2219830/address",
            "903-8868176-2219830?includedData=BUYER",
            "٩٠٣-8868176-2219830",
        ] {
            assert!(!is_order_id(forged), "{forged}");
        }
        let call = ORDERS.single().unwrap().call("903-8868176-2219830").unwrap();
        assert!(call.target().starts_with("/orders/2026-01-01/orders/903-8868176-2219830?includedData="));
    }

    #[test]
    fn no_buyer_data_is_asked_for() {
        for part in INCLUDED.split(',') {
            assert!(!matches!(part, "BUYER" | "RECIPIENT"));
        }
    }
}
