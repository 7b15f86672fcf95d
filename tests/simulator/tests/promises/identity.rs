//! What tells whose token it is: transactions and listings. And what a vendor, a foreign region or the sandbox gets.

use sellerport_simulator::{CLIENT_ID, SANDBOX_CLIENT_ID};

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, VENDOR, error_of, open};

const TRANSACTIONS: &str = "/finances/2024-06-19/transactions";
const PARTICIPATIONS: &str = "/sellers/v1/marketplaceParticipations";
const POSTED: (&str, &str) = ("postedAfter", "2026-06-01T00:00:00Z");
/// The catalogue's account that has not sold anything.
const NEWCOMER: &str = "A1NEWCOMER06GB";
/// The catalogue's vendor in Germany.
const EUROPEAN_VENDOR: &str = "KONTO";

async fn listings(amazon: &Amazon, whose: &str, store: &str, region: &str, token: &str) -> Answer {
    let path = format!("/listings/2021-08-01/items/{whose}");
    amazon.call(region, &path, &[("marketplaceIds", store)], token).await
}

fn transactions(answer: &Answer) -> Vec<serde_json::Value> {
    answer.json()["payload"]["transactions"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_transaction_names_the_tokens_own_seller() {
    let amazon = open().await;
    for (seller, region) in [(NORTHWIND, "na"), (RHEINHAUS, "eu")] {
        let token = amazon.access(seller).await;
        let answer = amazon.call(region, TRANSACTIONS, &[POSTED], &token).await;
        assert_eq!((answer.status, answer.header("x-amzn-ratelimit-limit")), (200, Some("0.5")));
        let found = transactions(&answer);
        assert_eq!(found.len(), 100);
        for transaction in &found {
            assert_eq!(transaction["sellingPartnerMetadata"]["sellingPartnerId"], seller);
            let earns = transaction["totalAmount"]["currencyAmount"].as_f64().unwrap() > 0.0;
            assert_eq!(
                earns,
                ["Shipment", "Adjustment"].contains(&transaction["transactionType"].as_str().unwrap())
            );
        }
    }
    let token = amazon.access(NEWCOMER).await;
    let none = amazon.call("eu", TRANSACTIONS, &[POSTED], &token).await;
    assert_eq!((none.status, transactions(&none).len()), (200, 0));
}

#[tokio::test]
async fn the_pages_of_transactions_are_the_shipped_orders() {
    let amazon = open().await;
    // What is told late has been told by then.
    amazon.world.advance(std::time::Duration::from_secs(3 * 86_400));
    let token = amazon.access(RHEINHAUS).await;
    let until = ("postedBefore", "2026-11-20T09:58:00Z");
    let mut ids = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let more = next.iter().map(|token| ("nextToken", token.as_str()));
        let query: Vec<_> = [POSTED, until].into_iter().chain(more).collect();
        let answer = amazon.call("eu", TRANSACTIONS, &query, &token).await;
        let page = transactions(&answer);
        let shipments = page.iter().filter(|t| t["transactionType"] == "Shipment");
        ids.extend(shipments.map(|t| t["relatedIdentifiers"][0]["relatedIdentifierValue"].to_string()));
        match answer.json()["payload"]["nextToken"].as_str() {
            Some(token) => next = Some(token.to_owned()),
            None => break,
        }
    }
    let mut shipped: Vec<String> = amazon
        .world
        .orders_of(RHEINHAUS)
        .into_iter()
        .filter(|order| order.status.as_deref() == Some("SHIPPED"))
        .filter(|order| order.last_updated_time.as_str() < "2026-11-20T09:58:00Z")
        .map(|order| format!("\"{}\"", order.order_id))
        .collect();
    ids.sort();
    shipped.sort();
    assert_eq!(ids, shipped);
    let changed = [("postedAfter", "2026-06-02T00:00:00Z"), ("nextToken", next.as_deref().unwrap_or("x"))];
    assert_eq!(amazon.call("eu", TRANSACTIONS, &changed, &token).await.status, 400, "another search");
}

#[tokio::test]
async fn transactions_are_searched_by_time_or_by_order() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let ask = async |query: &[(&str, &str)]| {
        amazon.world.advance(std::time::Duration::from_secs(2));
        amazon.call("na", TRANSACTIONS, query, &token).await
    };
    for query in [
        [("marketplaceId", "ATVPDKIKX0DER"); 1].as_slice(),
        &[("postedAfter", "yesterday")],
        &[POSTED, ("postedBefore", "2026-05-01T00:00:00Z")],
        &[POSTED, ("postedBefore", "2026-12-01T00:00:00Z")],
        &[("relatedIdentifierName", "ORDER_ID")],
        &[("relatedIdentifierName", "REFUND_ID"), ("relatedIdentifierValue", "1")],
    ] {
        let answer = ask(query).await;
        assert_eq!((answer.status, error_of(&answer).0.as_str()), (400, "InvalidInput"), "{query:?}");
    }
    assert_eq!(error_of(&ask(&[]).await).1, "Start date cannot be null");
    let long = ask(&[("postedAfter", "2026-01-01T00:00:00Z")]).await;
    assert_eq!((long.status, transactions(&long).len()), (200, 0), "180 days at most, and no error");
    let canadian = ask(&[POSTED, ("marketplaceId", "A2EUQ1WTGCTBG2")]).await;
    let canadian = transactions(&canadian);
    assert!(!canadian.is_empty() && canadian.iter().all(|t| t["totalAmount"]["currencyCode"] == "CAD"));
    let order = canadian[0]["relatedIdentifiers"][0]["relatedIdentifierValue"].as_str().unwrap();
    let one = ask(&[("relatedIdentifierName", "ORDER_ID"), ("relatedIdentifierValue", order)]).await;
    assert_eq!(transactions(&one), canadian[..1]);
}

#[tokio::test]
async fn an_account_sees_its_own_listings_and_nobody_elses() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let own = listings(&amazon, NORTHWIND, "ATVPDKIKX0DER", "na", &token).await;
    assert_eq!((own.status, own.header("x-amzn-ratelimit-limit")), (200, Some("5.0")));
    assert_eq!(own.json()["numberOfResults"], 140);
    let other = listings(&amazon, "A1MAPLELEAF02CA", "ATVPDKIKX0DER", "na", &token).await;
    let (code, message, _) = error_of(&other);
    assert_eq!(
        (other.status, code.as_str(), message.as_str()),
        (403, "Unauthorized", "Access to requested resource is denied.")
    );
    assert_eq!(listings(&amazon, NORTHWIND, "", "na", &token).await.status, 400, "a store is needed");
    let newcomer = amazon.access(NEWCOMER).await;
    let none = listings(&amazon, NEWCOMER, "A1F83G8C2ARO7P", "eu", &newcomer).await;
    assert_eq!((none.status, none.json()["numberOfResults"].as_u64()), (200, Some(0)));
}

#[tokio::test]
async fn a_role_can_be_withheld_from_each_probe() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    for operation in ["listTransactions", "searchListingsItems"] {
        amazon.world.withhold_role(operation, true);
    }
    assert_eq!(amazon.call("na", TRANSACTIONS, &[POSTED], &token).await.status, 403);
    assert_eq!(listings(&amazon, NORTHWIND, "ATVPDKIKX0DER", "na", &token).await.status, 403);
    amazon.world.withhold_role("listTransactions", false);
    assert_eq!(amazon.call("na", TRANSACTIONS, &[POSTED], &token).await.status, 200);
}

#[tokio::test]
async fn a_vendor_is_refused_what_is_for_sellers_as_if_a_role_were_missing() {
    let amazon = open().await;
    for (vendor, region, store) in
        [(VENDOR, "na", "ATVPDKIKX0DER"), (EUROPEAN_VENDOR, "eu", "A1PA6795UKMFR9")]
    {
        let token = amazon.access(vendor).await;
        for path in [PARTICIPATIONS, TRANSACTIONS, "/orders/2026-01-01/orders"] {
            let answer = amazon.call(region, path, &[], &token).await;
            assert_eq!((answer.status, error_of(&answer).2.as_str()), (403, ""), "{path}");
        }
        assert_eq!(
            listings(&amazon, vendor, store, region, &token).await.status,
            200,
            "vendors have listings"
        );
    }
}

#[tokio::test]
async fn a_foreign_region_has_no_store_and_denies_the_rest() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let empty = amazon.call("eu", PARTICIPATIONS, &[], &token).await;
    assert_eq!((empty.status, empty.json()), (200, serde_json::json!({ "payload": [] })));
    for path in ["/orders/2026-01-01/orders", TRANSACTIONS] {
        let answer = amazon.call("eu", path, &[], &token).await;
        let details = error_of(&answer).2;
        assert_eq!(
            (answer.status, details.as_str()),
            (403, "The marketplaces you provided are not valid for region.")
        );
    }
    let own = amazon.call("na", PARTICIPATIONS, &[], &token).await;
    assert_eq!(own.json()["payload"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_sandbox_gives_everyone_the_same_sample_five_times_a_second() {
    let amazon = open().await;
    let token = amazon.access_of(NORTHWIND, SANDBOX_CLIENT_ID).await;
    let headers = [("host", "sandbox.sellingpartnerapi-eu.amazon.com"), ("x-amz-access-token", &*token)];
    let by_host = amazon.send("GET", PARTICIPATIONS, &headers, "").await;
    let by_path = amazon.call("sandbox-na", PARTICIPATIONS, &[], &token).await;
    assert_eq!((by_host.status, by_host.json()), (200, by_path.json()));
    assert_eq!(by_host.header("x-amzn-ratelimit-limit"), Some("5.0"));
    for _ in 0..14 {
        assert_eq!(amazon.call("sandbox-na", PARTICIPATIONS, &[], &token).await.status, 200);
    }
    assert_eq!(amazon.call("sandbox-na", PARTICIPATIONS, &[], &token).await.status, 429);
    amazon.world.advance(std::time::Duration::from_millis(200));
    assert_eq!(amazon.call("sandbox-na", PARTICIPATIONS, &[], &token).await.status, 200);
    let unknown = amazon.call("sandbox-fe", "/orders/2026-01-01/orders", &[], &token).await;
    assert_eq!(error_of(&unknown).1, "Could not match input arguments");
    assert_eq!(amazon.call("na", PARTICIPATIONS, &[], &token).await.status, 403, "and no production");
    let production = amazon.access_of(NORTHWIND, CLIENT_ID).await;
    assert_eq!(amazon.call("sandbox-na", PARTICIPATIONS, &[], &production).await.status, 403);
}
