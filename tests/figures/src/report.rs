//! The cost model's tables.

use crate::cost::{Counted, Tables, mean};
use crate::month::of_size;
use crate::table::{print, short};
use sellerport_tests::figures::Tally;
use sellerport_tests::figures::life::Kind;
use serde_json::json;
use std::collections::BTreeMap;

/// What each run is in words.
fn runs(counted: &Counted) -> Vec<(&'static str, Tally)> {
    let month = &counted.polled.ran;
    let of = |kind: Kind, orders: bool| {
        let theirs = month.iter().filter(|ran| ran.kind == kind && (!orders || ran.domain == Some("orders")));
        mean(&theirs.map(|ran| counted.own(ran)).collect::<Vec<_>>())
    };
    vec![
        ("orders run, one page", of(Kind::Page, true)),
        ("orders run, several pages", of(Kind::Pages, true)),
        ("another run, nothing new, or only asks", of(Kind::Nothing, false)),
        ("a backfill page", counted.backfill),
        ("a dispatch, for all that is due together", of(Kind::Dispatch, false)),
        ("a renewal", of(Kind::Renewal, false)),
        ("a token's share of the renewals' schedule", of(Kind::Renewals, false)),
        ("a day's tables", of(Kind::Tables, false)),
        ("a minute of dispatch, nothing due", counted.idle[0]),
        ("a run of the renewals' schedule, nothing due", counted.idle[1]),
    ]
}

fn cells(tables: &Tables, name: &str, tally: &Tally) -> Vec<String> {
    vec![
        name.to_owned(),
        short(tally.writes),
        short(tally.write_units),
        short(tally.index_units),
        short(tally.read_units),
        short(tally.sqs()),
        short(tally.kms),
        short(tally.puts + tally.lists),
        short(tally.events),
        short(tally.log_bytes),
        short(tally.billed_ms),
        short(tables.sum(tally) * 1e6),
    ]
}

const HEADS: [&str; 12] = [
    "",
    "writes",
    "write units",
    "index units",
    "read units",
    "SQS",
    "KMS",
    "S3 writes",
    "events",
    "log bytes",
    "billed ms",
    "$ / million",
];

/// A size's month: orders with what serves them, and everything.
struct Cost {
    orders: Tally,
    all: Tally,
    parts: BTreeMap<&'static str, Tally>,
}

/// Prints it all.
pub fn report(tables: &Tables, counted: &Counted, as_json: bool) {
    let around = &tables.around;
    let fixed = tables.fixed(counted);
    let sizes: Vec<Cost> = (0..around.sizes.len())
        .map(|size| {
            let parts = of_size(around, counted, size);
            let orders = counted.day(size).times(around.days_a_month);
            Cost { orders, all: parts.values().copied().fold(Tally::default(), Tally::plus), parts }
        })
        .collect();
    let told = counted.told.parts(counted).values().copied().fold(Tally::default(), Tally::plus);
    match as_json {
        true => in_json(tables, counted, &sizes, &told, fixed),
        false => in_words(tables, counted, &sizes, &told, fixed),
    }
}

fn in_json(tables: &Tables, counted: &Counted, sizes: &[Cost], told: &Tally, fixed: f64) {
    let around = &tables.around;
    let by_size: BTreeMap<_, _> = around
        .sizes
        .iter()
        .zip(sizes)
        .map(|(size, cost)| {
            let all = tables.sum(&cost.all);
            let fleets: Vec<_> = around.fleets.iter().map(|fleet| {
                json!({"sellers": fleet, "dollars_a_seller": all + fixed / fleet, "dollars": all * fleet + fixed})
            }).collect();
            let value = json!({"orders": cost.orders, "orders_dollars": tables.sum(&cost.orders), "all_domains": cost.all,
                "all_domains_dollars": all, "parts": cost.parts, "by_service": tables.dollars(&cost.all), "fleets": fleets});
            (size.name.clone(), value)
        })
        .collect();
    let kinds: BTreeMap<_, _> = runs(counted).into_iter().collect();
    let all = json!({"runs": kinds, "fixed_dollars_a_month": fixed, "sellers": by_size,
        "told": {"all_domains": told, "all_domains_dollars": tables.sum(told)}});
    println!("{}", serde_json::to_string_pretty(&all).unwrap());
}

fn in_words(tables: &Tables, counted: &Counted, sizes: &[Cost], told: &Tally, fixed: f64) {
    let around = &tables.around;
    println!("What one of each costs, counted at the ports in simulated days of the real core:\n");
    let rows: Vec<_> = runs(counted).iter().map(|(name, tally)| cells(tables, name, tally)).collect();
    print(&HEADS, &rows);

    println!("\nFor 1,000 calls to Amazon:\n");
    let mut rows: Vec<_> = around
        .sizes
        .iter()
        .zip(sizes)
        .map(|(size, cost)| per_calls(&format!("orders of a {} seller", size.name), &cost.orders))
        .collect();
    rows.insert(0, per_calls("a small seller, all domains", &sizes[0].all));
    rows.push(per_calls("a backfill", &counted.backfill));
    print(&["", "calls a month", "429", "DynamoDB writes", "write units", "SQS", "KMS", "billed ms"], &rows);

    println!(
        "\nDollars a seller and month of AWS; an installation costs {fixed:.2} before its first seller:\n"
    );
    let mut heads = vec!["".to_owned(), "orders".to_owned(), "all domains".to_owned()];
    heads.extend(around.fleets.iter().map(|fleet| format!("of {fleet}")));
    let rows: Vec<_> = around
        .sizes
        .iter()
        .zip(sizes)
        .map(|(size, cost)| {
            let all = tables.sum(&cost.all);
            let orders = format!("{:.4}", tables.sum(&cost.orders));
            let mut row = vec![size.name.clone(), orders, format!("{all:.4}")];
            row.extend(around.fleets.iter().map(|fleet| format!("{:.4}", all + fixed / fleet)));
            row
        })
        .collect();
    print(&heads.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
    println!(
        "\nThe small one where Amazon tells of changes (NOTIFICATIONS=on) and each changed order is read within minutes: {:.4}.",
        tables.sum(told)
    );
    println!(
        "Calls refused with 429 in the counted days and while the history landed: {}, told {}.",
        counted.polled.throttled, counted.told.throttled
    );

    println!("\nWhat is in it, dollars a month:\n");
    let heads: Vec<_> = [""].into_iter().chain(around.sizes.iter().map(|size| size.name.as_str())).collect();
    let mut names: Vec<_> = sizes[0].parts.keys().copied().collect();
    names.sort_by(|a, b| tables.sum(&sizes[0].parts[b]).total_cmp(&tables.sum(&sizes[0].parts[a])));
    let rows: Vec<_> = names
        .into_iter()
        .map(|name| {
            let mut row = vec![name.to_owned()];
            row.extend(sizes.iter().map(|cost| format!("{:.5}", tables.sum(&cost.parts[name]))));
            row
        })
        .collect();
    print(&heads, &rows);

    println!("\nWhat it consists of, percent:\n");
    let services: Vec<_> = tables.dollars(&Tally::default()).into_keys().collect();
    let heads: Vec<_> = [""].into_iter().chain(services.iter().copied()).collect();
    let rows: Vec<_> = around
        .sizes
        .iter()
        .zip(sizes)
        .map(|(size, cost)| {
            let (dollars, sum) = (tables.dollars(&cost.all), tables.sum(&cost.all));
            let mut row = vec![size.name.clone()];
            row.extend(services.iter().map(|service| format!("{:.0}", dollars[service] / sum * 100.0)));
            row
        })
        .collect();
    print(&heads, &rows);
    println!(
        "\nThe small seller's days are counted, all domains together, with the tables that they become. Of larger ones the\n\
         orders are counted, with the renewals that serve everything and in place of their share of the dispatch; the other\n\
         domains are worked out from the small one's (tests/figures/src/month.rs). Assumed are the delays of AWS and of\n\
         Amazon and what surrounds the functions (surroundings.json). Prices: prices.json."
    );
}

fn per_calls(name: &str, tally: &Tally) -> Vec<String> {
    let each = tally.times(1000.0 / tally.calls);
    vec![
        name.to_owned(),
        short(tally.calls),
        short(each.throttled),
        short(each.writes),
        short(each.write_units + each.index_units),
        short(each.sqs()),
        short(each.kms),
        short(each.billed_ms),
    ]
}
