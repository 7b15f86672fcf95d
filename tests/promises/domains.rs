//! Every domain lands whole.

use jiff::SignedDuration;
use sellerport_core::stream::Stream;
use sellerport_tests::house::{House, NORTHWIND, models};

#[tokio::test]
async fn probe() {
    let house = House::with(|options| options.models = models()).await;
    house.fetching(&[]).await;
    house.connected(NORTHWIND, "US").await;
    for _ in 0..60 {
        house.pass(SignedDuration::from_mins(1)).await;
    }
    for stream in house.streams(NORTHWIND) {
        let Stream { domain, counters, trouble, history, walk, cursor, .. } = stream;
        println!(
            "{domain:15} {:5} records {:4} pages {:4} calls {:2} x 429, cursor {cursor:?}, {} history, walk {:?} trouble {:?}",
            counters.records,
            counters.pages,
            counters.calls,
            counters.throttled,
            history.len(),
            walk.map(|w| (w.way, w.stage)),
            trouble.map(|t| t.says)
        );
    }
    for violation in house.world().violations().iter().take(20) {
        println!("V {violation}");
    }
    for record in house.records().iter().filter(|r| r["key"].is_null()).take(5) {
        println!("nokey {}", record["domain"]);
    }
}
