//! `make utilization`: how much of Amazon's buckets is used, beside what pollers usually do.

use crate::table::{print, short};
use sellerport_aws::{Aws, Environment};
use sellerport_core::catalogue::{GET_ORDER_ITEMS, Operation, SEARCH_ORDERS};
use sellerport_tests::figures::pollers::{self, Habit};
use sellerport_tests::figures::{Outcome, blocks, chain};
use serde_json::{Value, json};

/// Items of each seller.
const ITEMS: u32 = 300;

/// Sellers of the fleets.
const FLEETS: [usize; 3] = [1, 100, 1000];

/// Items of each seller where the buckets are in DynamoDB: a fleet's requests to the emulator are real ones, some
/// hundred in a second, so it has as many as fit into a few minutes.
const LEDGER_ITEMS: [(usize, u32, u32); 3] = [(1, ITEMS, ITEMS), (100, 40, ITEMS), (1000, 22, 40)];

/// One line of the table.
struct Line {
    task: &'static str,
    who: &'static str,
    outcome: Outcome,
}

const CHAIN: &str = "chain of pages";
const CALLS: &str = "independent calls";
const OURS: &str = "Sellerport, memory";
const LEDGER: &str = "Sellerport, DynamoDB";
const POLLERS: [(&str, Habit); 3] = [
    ("429: back to the queue", Habit::Queue),
    ("429: again inside", Habit::Inside),
    ("sleeps inside", Habit::Sleep),
];

async fn ours(task: &str, sellers: usize, items: u32, ledger: Option<(&Aws, &str)>) -> Outcome {
    match task {
        CHAIN => chain::ours(sellers, items, ledger).await,
        _ => blocks::ours(&GET_ORDER_ITEMS, sellers, items, ledger).await,
    }
}

fn operation(task: &str) -> &'static Operation {
    if task == CHAIN { &SEARCH_ORDERS } else { &GET_ORDER_ITEMS }
}

async fn lines(ledger: Option<&Aws>, run: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for task in [CHAIN, CALLS] {
        for sellers in FLEETS {
            lines.push(Line { task, who: OURS, outcome: ours(task, sellers, ITEMS, None).await });
            for (who, habit) in POLLERS {
                let outcome = pollers::run(habit, operation(task), sellers, ITEMS, task == CHAIN).await;
                lines.push(Line { task, who, outcome });
            }
        }
        let Some(aws) = ledger else { continue };
        for (sellers, pages, calls) in LEDGER_ITEMS {
            let items = if task == CHAIN { pages } else { calls };
            // Rows of its own for each run: an application has its own buckets.
            let application = format!("{run}-{}-{sellers}", operation(task).name.to_lowercase());
            let outcome = ours(task, sellers, items, Some((aws, &application))).await;
            lines.push(Line { task, who: LEDGER, outcome });
            if items != ITEMS {
                lines.push(Line { task, who: OURS, outcome: ours(task, sellers, items, None).await });
            }
        }
    }
    lines
}

/// What is billed for an item, as a part of what a poller is billed in the same run, percent.
fn part(lines: &[Line], line: &Line, who: &str) -> Option<f64> {
    let same = |other: &&Line| {
        (other.task, other.outcome.sellers, other.outcome.items)
            == (line.task, line.outcome.sellers, line.outcome.items)
    };
    let other = lines.iter().filter(same).find(|other| other.who == who)?;
    Some(line.outcome.billed_ms / other.outcome.billed_ms * 100.0)
}

/// Runs everything and prints it.
pub async fn run(as_json: bool, emulator: Option<&str>, run: &str) {
    let aws = emulator.map(|text| {
        let variables: std::collections::BTreeMap<String, String> = serde_json::from_str(text).unwrap();
        Aws::new(Environment::from(variables.into_iter().collect()).unwrap())
    });
    let lines = lines(aws.as_ref(), run).await;
    if as_json {
        let all: Vec<_> = lines.iter().map(|line| value(&lines, line)).collect();
        println!("{}", serde_json::to_string_pretty(&all).unwrap());
        return;
    }
    println!(
        "Time to the last item over the least that Amazon's bucket allows, max(0, items - burst) / rate; virtual time.\n\
         Chain: searchOrders, 0.0056 a second, burst 20. Calls: getOrderItems, 0.5 a second, burst 30. A call takes\n\
         350 ms (median, lognormal), which is an assumption like the delays of AWS; 1,000 invocations at once.\n"
    );
    let heads = [
        "",
        "sellers",
        "items",
        "mean",
        "worst",
        "429/call",
        "calls/item",
        "billed ms/item",
        "% of sleeper",
        "% of queue",
        "invoc./item",
        "writes/call",
        "SQS/call",
        "at once",
    ];
    for task in [CHAIN, CALLS] {
        println!("{task}");
        let rows: Vec<_> =
            lines.iter().filter(|line| line.task == task).map(|line| row(&lines, line)).collect();
        print(&heads, &rows);
        println!();
    }
    if aws.is_none() {
        println!("Without the lines for DynamoDB: no emulator is running (`make utilization` starts one).");
    }
}

fn row(all: &[Line], line: &Line) -> Vec<String> {
    let o = &line.outcome;
    let percent = |who| part(all, line, who).map_or_else(|| "-".to_owned(), short);
    vec![
        format!("  {}", line.who),
        o.sellers.to_string(),
        o.items.to_string(),
        format!("{:.3}", o.mean),
        format!("{:.3}", o.worst),
        short(o.throttled),
        format!("{:.3}", o.calls),
        short(o.billed_ms),
        percent(POLLERS[2].0),
        percent(POLLERS[0].0),
        short(o.invocations),
        short(o.writes),
        short(o.sqs),
        o.peak.to_string(),
    ]
}

fn value(all: &[Line], line: &Line) -> Value {
    let o = &line.outcome;
    json!({
        "task": line.task, "who": line.who, "sellers": o.sellers, "items": o.items,
        "mean_over_bound": o.mean, "worst_over_bound": o.worst, "throttled_per_call": o.throttled,
        "calls_per_item": o.calls, "billed_ms_per_item": o.billed_ms, "invocations_per_item": o.invocations,
        "billed_percent_of_sleeper": part(all, line, POLLERS[2].0),
        "billed_percent_of_queue": part(all, line, POLLERS[0].0),
        "dynamodb_writes_per_call": o.writes, "sqs_requests_per_call": o.sqs, "peak_invocations": o.peak,
    })
}
