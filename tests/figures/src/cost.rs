//! `make cost`: what a seller costs a month. Units are counted in simulated days of the real core; prices, domains
//! to come and what no simulation counts are the tables in `data/`.

use crate::report::report;
use sellerport_core::domains::DOMAINS;
use sellerport_tests::figures::live::{self, Kind};
use sellerport_tests::figures::{Tally, chain};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A price and where it is from.
#[derive(Debug, Deserialize)]
pub struct Price {
    /// For one.
    pub dollars: f64,
}

/// The tables in `data/`.
#[derive(Debug)]
pub struct Tables {
    /// Prices by name.
    pub prices: BTreeMap<String, f64>,
    /// Domains to come.
    pub domains: Vec<Domain>,
    /// What else is assumed.
    pub around: Surroundings,
    /// Alarms and queues that functions read, counted in the template; of the latter each domain has one, and the
    /// template one line for all of them.
    pub alarms: usize,
    /// See `alarms`.
    pub polled_queues: usize,
}

/// A domain to come: runs a day for each size of seller.
#[derive(Debug, Deserialize)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// The longest cadence, hours.
    pub every_hours: Vec<f64>,
    /// Runs that find nothing or only ask.
    pub nothing: Vec<f64>,
    /// Runs that land a page.
    pub page: Vec<f64>,
    /// Further pages of these runs.
    pub more: Vec<f64>,
    /// Further calls of these runs that land nothing.
    pub asks: Vec<f64>,
}

/// What the simulation cannot count; see the file.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the file says what each is")]
pub struct Surroundings {
    pub days_a_month: f64,
    pub order_bytes: usize,
    pub lambda_mb: f64,
    pub lambda_mb_a_core: f64,
    pub poller_idle_requests_a_minute: f64,
    pub idle_invocations_an_hour_of_other_schedules: f64,
    pub looks_at_dead_letters_an_hour: f64,
    pub custom_metrics: f64,
    pub secrets: f64,
    pub keys: f64,
    pub updates_an_order: f64,
    pub sizes: Vec<Size>,
    pub fleets: Vec<f64>,
}

/// A size of seller.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "plain words")]
pub struct Size {
    pub name: String,
    pub orders_a_day: f64,
}

/// What was counted.
#[derive(Debug)]
pub struct Counted {
    /// The mean of each kind of invocation.
    pub kinds: BTreeMap<Kind, Tally>,
    /// A day of each size of seller without the schedules' idle runs: the share of dispatch and renewals in it.
    pub days: Vec<Tally>,
    /// How many invocations of each kind that day had.
    pub runs: Vec<BTreeMap<Kind, usize>>,
    /// A page of a long history, each with a message of its own.
    pub backfill: Tally,
}

impl Domain {
    /// A day of a seller of this size.
    pub fn day(&self, counted: &Counted, size: usize) -> Tally {
        let kind = |kind| counted.kinds[&kind];
        let share = kind(Kind::Dispatch).minus(kind(Kind::IdleDispatch));
        let further = kind(Kind::Pages).minus(kind(Kind::Page));
        let further = further.times(1.0 / (further.calls).max(1.0));
        let ask = Tally { puts: 0.0, put_bytes: 0.0, events: 0.0, ..further };
        let runs = kind(Kind::Nothing).plus(share).times(self.nothing[size]);
        let landed = kind(Kind::Page).plus(share).times(self.page[size]);
        let more = further.times(self.more[size]).plus(ask.times(self.asks[size]));
        runs.plus(landed).plus(more)
    }
}

/// A kind that is nobody's: it comes whether there are sellers or not.
fn idle(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Dispatch | Kind::IdleDispatch => Some(Kind::IdleDispatch),
        Kind::Renewals | Kind::IdleRenewals => Some(Kind::IdleRenewals),
        Kind::Nothing | Kind::Page | Kind::Pages | Kind::NoCall | Kind::Renewal => None,
    }
}

fn mean(all: &[&Tally]) -> Tally {
    all.iter().fold(Tally::default(), |sum, one| sum.plus(**one)).times(1.0 / all.len() as f64)
}

/// Runs the simulated days.
pub async fn count(around: &Surroundings) -> Counted {
    let mut of_kind: BTreeMap<Kind, Vec<Tally>> = BTreeMap::new();
    let mut lives = Vec::new();
    for size in &around.sizes {
        let changes = size.orders_a_day * around.updates_an_order / 24.0;
        let cpu = cpu_ms();
        let mut day = live::day(changes, around.order_bytes).await;
        // The clock of the CPU is too coarse for one invocation: each has its part of the two days' whole.
        let each = (cpu_ms() - cpu) / 2.0 / day.len() as f64;
        for (_, tally) in &mut day {
            tally.cpu_ms = each;
            tally.billed_ms += each * around.lambda_mb_a_core / around.lambda_mb;
        }
        lives.push(day);
    }
    // Who sells nothing shows what a run costs that finds nothing. The other kinds are the smallest seller's that has
    // them: a larger one's runs are often the middle of something longer.
    let quiet = live::day(0.0, around.order_bytes).await;
    for day in lives.iter().chain([&quiet]) {
        let mut of_day: BTreeMap<Kind, Vec<Tally>> = BTreeMap::new();
        day.iter().for_each(|(kind, tally)| of_day.entry(*kind).or_default().push(*tally));
        for (kind, all) in of_day {
            of_kind.entry(kind).or_insert(all);
        }
    }
    let kinds: BTreeMap<_, _> =
        of_kind.iter().map(|(kind, all)| (*kind, mean(&all.iter().collect::<Vec<_>>()))).collect();
    let share = |(kind, tally): &(Kind, Tally)| idle(*kind).map_or(*tally, |idle| tally.minus(kinds[&idle]));
    let days = lives.iter().map(|day| day.iter().map(share).fold(Tally::default(), Tally::plus)).collect();
    let runs = lives.iter().map(|day| {
        let mut runs = BTreeMap::new();
        day.iter().for_each(|(kind, _)| *runs.entry(*kind).or_default() += 1);
        runs
    });
    let backfill = chain::page(300, around.order_bytes).await;
    Counted { runs: runs.collect(), kinds, days, backfill }
}

/// Milliseconds of CPU that this process has used (Linux; elsewhere the share of our CPU is left out).
fn cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

impl Tables {
    /// Reads them as they were built in.
    pub fn read() -> Self {
        let prices: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(include_str!("../data/prices.json")).unwrap();
        let prices = prices.into_iter().filter_map(|(name, price)| {
            serde_json::from_value::<Price>(price).ok().map(|price| (name, price.dollars))
        });
        #[derive(Deserialize)]
        struct Domains {
            domains: Vec<Domain>,
        }
        let domains: Domains = serde_json::from_str(include_str!("../data/domains.json")).unwrap();
        let template = include_str!("../../../infra/template.yaml");
        let lines = |what: &str| template.lines().filter(|line| line.trim() == what).count();
        Self {
            prices: prices.collect(),
            domains: domains.domains,
            around: serde_json::from_str(include_str!("../data/surroundings.json")).unwrap(),
            alarms: lines("Type: AWS::CloudWatch::Alarm"),
            polled_queues: lines("Type: SQS") - 1 + DOMAINS.len(),
        }
    }

    fn price(&self, name: &str) -> f64 {
        *self.prices.get(name).unwrap_or_else(|| panic!("data/prices.json has no {name}"))
    }

    /// Dollars of what was counted, by service.
    pub fn dollars(&self, tally: &Tally) -> BTreeMap<&'static str, f64> {
        let gb = 1e9;
        let seconds = tally.billed_ms / 1000.0 * self.around.lambda_mb / 1024.0;
        BTreeMap::from([
            ("DynamoDB writes", (tally.write_units + tally.index_units) * self.price("dynamodb_write_unit")),
            ("DynamoDB reads", tally.read_units * self.price("dynamodb_read_unit")),
            ("SQS", tally.sqs() * self.price("sqs_request")),
            ("KMS", tally.kms * self.price("kms_call")),
            ("S3", tally.puts * self.price("s3_put") + tally.put_bytes / gb * self.price("s3_gb_month")),
            ("EventBridge", tally.events * self.price("event")),
            ("Logs", tally.log_bytes / gb * self.price("log_gb")),
            (
                "Lambda",
                seconds * self.price("lambda_gb_second") + tally.invocations * self.price("lambda_request"),
            ),
        ])
    }

    /// Dollars a month that an installation costs before its first seller.
    pub fn fixed(&self, counted: &Counted) -> f64 {
        let around = &self.around;
        let minutes = around.days_a_month * 24.0 * 60.0;
        let idle = counted.kinds[&Kind::IdleDispatch].times(minutes).plus(
            counted.kinds[&Kind::IdleRenewals]
                .times(minutes / 5.0 + minutes / 60.0 * around.idle_invocations_an_hour_of_other_schedules),
        );
        let polls = self.polled_queues as f64 * around.poller_idle_requests_a_minute * minutes;
        let looks = DOMAINS.len() as f64 * around.looks_at_dead_letters_an_hour * minutes / 60.0;
        self.dollars(&idle).values().sum::<f64>()
            + (polls + looks) * self.price("sqs_request")
            + around.keys * self.price("kms_key_month")
            + around.secrets * self.price("secret_month")
            + self.alarms as f64 * self.price("alarm_month")
            + around.custom_metrics * self.price("metric_month")
    }
}

/// Counts everything and prints it.
pub async fn run(as_json: bool) {
    let tables = Tables::read();
    let counted = count(&tables.around).await;
    report(&tables, &counted, as_json);
}
