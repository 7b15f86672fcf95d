//! What was told of accounts, kept for a look.

use jiff::Timestamp;
use serde_json::Value;

use crate::world::Inside;

/// Events that are kept for a look.
const MOST_KEPT: usize = 1_000;

impl Inside {
    /// Keeps what is told for a look.
    pub(crate) fn keep(&mut self, seller: &str, kind: &str, payload: &Value, event: Timestamp) {
        if self.told.len() == MOST_KEPT {
            self.told.pop_front();
        }
        self.told.push_back((seller.to_owned(), kind.to_owned(), payload.clone(), event));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use crate::{Options, Region, Request, SimClock, World};

    /// A world in which this account made a request to the API, after which ten minutes passed.
    fn world(seller: &str, path: &str, body: Value) -> World {
        let clock = SimClock::fixed("2026-11-20T10:00:00Z".parse().unwrap());
        let world = World::new(&Options { clock, key: Some(7), ..Options::default() }).unwrap();
        let now = world.now();
        let mut inside = world.hold();
        let grant = inside.book.grant(crate::CLIENT_ID, seller, false, now);
        let token = inside.book.access(crate::CLIENT_ID, Some(grant), None, now);
        drop(inside);
        let answered = world.call(Request {
            region: Region::Na,
            sandbox: false,
            method: "POST".to_owned(),
            path: path.to_owned(),
            query: Vec::new(),
            token: Some(token),
            body: Some(body),
        });
        assert_eq!(answered.answer.unwrap().status, 202);
        world.advance(Duration::from_secs(600));
        world
    }

    #[test]
    fn the_end_of_a_report_is_told_once_and_at_its_time() {
        let body =
            json!({ "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": ["ATVPDKIKX0DER"] });
        let world = world("A2NORTHWIND01US", "/reports/2021-06-30/reports", body);
        let inside = world.hold();
        let told: Vec<_> =
            inside.told.iter().filter(|(_, kind, ..)| kind == "REPORT_PROCESSING_FINISHED").collect();
        assert_eq!(told.len(), 1, "nobody is told of settlements from before the world opened");
        let (seller, _, payload, event) = told[0];
        let payload = &payload["reportProcessingFinishedNotification"];
        assert_eq!(
            (seller.as_str(), payload["processingStatus"].as_str()),
            ("A2NORTHWIND01US", Some("DONE"))
        );
        assert_eq!(payload["accountId"], "amzn1.merchant.o.A2NORTHWIND01US");
        assert!(payload["reportDocumentId"].is_string() && *event < world.now());
    }

    #[test]
    fn the_end_of_a_vendors_query_is_told_without_a_seller() {
        let text = r#"{ analytics_vendorAnalytics_2024_09_30 { sourcingView(aggregateBy: DAY, startDate: "2026-11-01", endDate: "2026-11-02") { startDate } } }"#;
        let world = world("HARBR", "/dataKiosk/2023-11-15/queries", json!({ "query": text }));
        let inside = world.hold();
        let (_, kind, payload, _) = inside.told.back().unwrap();
        assert_eq!(kind, "DATA_KIOSK_QUERY_PROCESSING_FINISHED");
        assert!(payload["accountId"].as_str().unwrap().starts_with("amzn1.vg."));
        assert_eq!((&payload["query"], payload.get("sellerId")), (&json!(text), None));
        assert!(payload["dataDocumentId"].is_string());
    }
}
