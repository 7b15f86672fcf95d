//! The cost model's tables.

use crate::cost::{Counted, Domain, Tables};
use crate::table::{print, short};
use sellerport_tests::figures::Tally;
use sellerport_tests::figures::live::Kind;
use serde_json::json;
use std::collections::BTreeMap;

/// What each run is in words, and what is taken off it where it is a share of a run for everybody.
fn runs(counted: &Counted) -> Vec<(&'static str, Tally)> {
    let kind = |kind| counted.kinds.get(&kind).copied();
    let share = |of, idle| Some(kind(of)?.minus(kind(idle)?));
    let all = [
        ("orders run, nothing new", kind(Kind::Nothing)),
        ("orders run, one page", kind(Kind::Page)),
        ("orders run, several pages", kind(Kind::Pages)),
        ("orders run without a call", kind(Kind::NoCall)),
        ("a backfill page", Some(counted.backfill)),
        ("a stream's share of a dispatch", share(Kind::Dispatch, Kind::IdleDispatch)),
        ("a renewal", kind(Kind::Renewal)),
        ("a token's share of the renewals' schedule", share(Kind::Renewals, Kind::IdleRenewals)),
        ("a minute of dispatch, nothing due", kind(Kind::IdleDispatch)),
        ("a run of the renewals' schedule, nothing due", kind(Kind::IdleRenewals)),
    ];
    all.into_iter().filter_map(|(name, tally)| Some((name, tally?))).collect()
}

fn cells(tables: &Tables, name: &str, tally: &Tally) -> Vec<String> {
    let micro = tables.dollars(tally).values().sum::<f64>() * 1e6;
    vec![
        name.to_owned(),
        short(tally.writes),
        short(tally.write_units),
        short(tally.index_units),
        short(tally.read_units),
        short(tally.sqs()),
        short(tally.kms),
        short(tally.puts),
        short(tally.events),
        short(tally.log_bytes),
        short(tally.billed_ms),
        short(micro),
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
    "puts",
    "events",
    "log bytes",
    "billed ms",
    "$ / million",
];

/// A month of a seller with the other domains.
fn all_domains(tables: &Tables, counted: &Counted, size: usize) -> Tally {
    let others = tables.domains.iter().map(|domain| domain.day(counted, size));
    others.fold(counted.days[size], Tally::plus).times(tables.around.days_a_month)
}

/// Prints it all.
pub fn report(tables: &Tables, counted: &Counted, as_json: bool) {
    let around = &tables.around;
    let runs = runs(counted);
    let fixed = tables.fixed(counted);
    let sum = |tally: &Tally| tables.dollars(tally).values().sum::<f64>();
    let months: Vec<_> = (0..around.sizes.len())
        .map(|n| (counted.days[n].times(around.days_a_month), all_domains(tables, counted, n)))
        .collect();
    if as_json {
        let by_size: BTreeMap<_, _> = around.sizes.iter().zip(&months).map(|(size, (orders, all))| {
            let fleets: Vec<_> = around.fleets.iter().map(|fleet| {
                json!({"sellers": fleet, "dollars_a_seller": sum(all) + fixed / fleet, "dollars": sum(all) * fleet + fixed})
            }).collect();
            let value = json!({"orders": orders, "orders_dollars": sum(orders), "all_domains": all,
                "all_domains_dollars": sum(all), "by_service": tables.dollars(all), "fleets": fleets});
            (size.name.clone(), value)
        }).collect();
        let kinds: BTreeMap<_, _> = runs.iter().map(|(name, tally)| (*name, json!(tally))).collect();
        let all = json!({"runs": kinds, "fixed_dollars_a_month": fixed, "sellers": by_size});
        println!("{}", serde_json::to_string_pretty(&all).unwrap());
        return;
    }
    println!("What one of each costs, counted at the ports in simulated days of the real core:\n");
    let rows: Vec<_> = runs.iter().map(|(name, tally)| cells(tables, name, tally)).collect();
    print(&HEADS, &rows);

    println!("\nFor 1,000 calls to Amazon:\n");
    let mut rows = Vec::new();
    for (n, size) in around.sizes.iter().enumerate() {
        let day = counted.days[n];
        rows.push(per_calls(&format!("a day of a {} seller, orders", size.name), &day));
    }
    rows.push(per_calls("a backfill", &counted.backfill));
    print(&["", "calls a day", "429", "DynamoDB writes", "write units", "SQS", "KMS", "billed ms"], &rows);

    println!("\nInvocations a day, orders:\n");
    for (size, runs) in around.sizes.iter().zip(&counted.runs) {
        let text: Vec<_> = runs.iter().map(|(kind, n)| format!("{kind:?} {n}")).collect();
        println!("{:7} {}", size.name, text.join(", "));
    }

    println!(
        "\nDollars a seller and month of AWS; an installation costs {fixed:.2} before its first seller:\n"
    );
    let mut heads = vec!["".to_owned(), "orders".to_owned(), "all domains".to_owned()];
    heads.extend(around.fleets.iter().map(|fleet| format!("of {fleet}")));
    let rows: Vec<_> = around
        .sizes
        .iter()
        .zip(&months)
        .map(|(size, (orders, all))| {
            let mut row = vec![size.name.clone(), format!("{:.4}", sum(orders)), format!("{:.4}", sum(all))];
            row.extend(around.fleets.iter().map(|fleet| format!("{:.4}", sum(all) + fixed / fleet)));
            row
        })
        .collect();
    print(&heads.iter().map(String::as_str).collect::<Vec<_>>(), &rows);

    println!(
        "\nWhat each domain has in it, dollars a month, and how many hours lie between its runs at most:\n"
    );
    let mut heads = vec!["".to_owned()];
    heads.extend(around.sizes.iter().flat_map(|size| [size.name.clone(), "hours".to_owned()]));
    let month = |tally: &Tally| format!("{:.5}", sum(&tally.times(around.days_a_month)));
    let of_domain = |domain: &Domain| {
        let mut row = vec![domain.name.clone()];
        for size in 0..around.sizes.len() {
            row.extend([month(&domain.day(counted, size)), short(domain.every_hours[size])]);
        }
        row
    };
    let mut orders = vec!["orders, and all renewals".to_owned()];
    orders.extend(counted.days.iter().flat_map(|day| [month(day), String::new()]));
    let rows: Vec<_> = [orders].into_iter().chain(tables.domains.iter().map(of_domain)).collect();
    print(&heads.iter().map(String::as_str).collect::<Vec<_>>(), &rows);

    println!("\nWhat it consists of, all domains, percent:\n");
    let services: Vec<_> = tables.dollars(&Tally::default()).into_keys().collect();
    let heads: Vec<_> = [""].into_iter().chain(services.iter().copied()).collect();
    let rows: Vec<_> = around
        .sizes
        .iter()
        .zip(&months)
        .map(|(size, (_, all))| {
            let dollars = tables.dollars(all);
            let mut row = vec![size.name.clone()];
            row.extend(services.iter().map(|service| format!("{:.0}", dollars[service] / sum(all) * 100.0)));
            row
        })
        .collect();
    print(&heads, &rows);
    println!(
        "\nThe runs of orders are counted; those of the other domains are assumptions (tests/figures/data/domains.json), and so\n\
         are the delays of AWS and Amazon and what surrounds the functions (surroundings.json). Prices: prices.json."
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
