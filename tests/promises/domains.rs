//! Every domain lands whole: what the simulator knows of an account is what lies in the lake.

use jiff::SignedDuration;
use sellerport_tests::harvest::{Found, Harvest};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS, models};

/// A report of a type may be asked for every four hours, and a history has some twenty: days go by.
const LONG: SignedDuration = SignedDuration::from_hours(24 * 5);

#[tokio::test]
async fn what_is_true_of_an_american_account_is_what_landed_in_every_domain() {
    all_lands(NORTHWIND, "US").await;
}

/// Windows-1252, German column names, commas in amounts, several stores.
#[tokio::test]
async fn what_is_true_of_a_european_account_is_what_landed_in_every_domain() {
    all_lands(RHEINHAUS, "DE").await;
}

async fn all_lands(seller: &str, country: &str) {
    let house = House::with(|options| {
        options.models = models();
        options.orders_per_day = Some(10.0);
    })
    .await;
    house.fetching(&[]).await;
    let since = house.connected(seller, country).await.created_at;
    house.pass(LONG).await;
    for stream in house.streams(seller) {
        let (domain, trouble) = (&stream.domain, stream.trouble.as_ref().map(|trouble| &trouble.says));
        assert_eq!(trouble, None, "{domain}");
        assert_eq!(stream.counters.throttled, 0, "{domain}: a 429");
        println!("{domain}: {} records, {} calls", stream.counters.records, stream.counters.calls);
    }
    let (records, world) = (house.records(), house.world());
    for stream in house.streams(seller) {
        let harvest = Harvest { world: &world, seller, since, stream: &stream, records: &records };
        let Found { landed, due, wrong } = harvest.weigh();
        println!("{}: {due} are due, {landed} landed", stream.domain);
        assert!(wrong.is_empty(), "{} are wrong: {}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
    }
    assert_eq!(house.world().violations(), [""; 0], "against Amazon's official models");
    for record in &records {
        let text = record["payload"].to_string();
        for never in ["destinationAddress", "customer-comments", "accountTail"] {
            assert!(!text.contains(never), "{never} is kept in {}", record["domain"]);
        }
    }
}
