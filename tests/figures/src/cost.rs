//! `make cost`: what a seller costs a month. Units are counted in simulated days of the real core; prices and what no
//! simulation counts are the tables in `data/`.

use crate::month::{Month, month};
use crate::report::report;
use sellerport_core::domains::DOMAINS;
use sellerport_tests::figures::life::{Kind, Ran};
use sellerport_tests::figures::{Tally, chain, live};
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
    /// What else is assumed.
    pub around: Surroundings,
    /// Alarms and queues that functions read, counted in the template; of the latter each domain has one, and the
    /// template one line for all of them.
    pub alarms: usize,
    /// See `alarms`.
    pub polled_queues: usize,
}

/// What the simulation cannot count; see the file.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the file says what each is")]
pub struct Surroundings {
    pub days_a_month: f64,
    pub settling_days: i64,
    pub counted_days: i64,
    pub order_bytes: usize,
    pub records_a_page: f64,
    pub lambda_mb: f64,
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
    pub skus: u32,
}

/// What was counted.
#[derive(Debug)]
pub struct Counted {
    /// The small seller's month with all domains, everything polled.
    pub polled: Month,
    /// The same month where Amazon tells of changes.
    pub told: Month,
    /// A day of each size of seller with orders alone.
    pub days: Vec<Vec<Ran>>,
    /// A page of a long history, each with a message of its own.
    pub backfill: Tally,
    /// A run of the dispatcher, and one of the other schedules, that finds nothing: they come whether there are
    /// sellers or not.
    pub idle: [Tally; 2],
}

/// The mean of these.
pub fn mean(all: &[Tally]) -> Tally {
    all.iter().fold(Tally::default(), |sum, one| sum.plus(*one)).times(1.0 / all.len().max(1) as f64)
}

impl Counted {
    /// What an invocation costs beyond what the schedule's run would have cost anyway.
    pub fn own(&self, ran: &Ran) -> Tally {
        match ran.kind {
            Kind::Dispatch => ran.tally.minus(self.idle[0]),
            Kind::Renewals | Kind::Subscriptions | Kind::Tables => ran.tally.minus(self.idle[1]),
            _ => ran.tally,
        }
    }

    /// A month with these invocations of a day.
    pub fn day(&self, size: usize) -> Tally {
        self.days[size].iter().map(|ran| self.own(ran)).fold(Tally::default(), Tally::plus)
    }
}

/// Runs the simulated days.
pub async fn count(around: &Surroundings) -> Counted {
    let idle = [live::idle(Kind::Dispatch).await, live::idle(Kind::Renewals).await];
    let mut days = Vec::new();
    for size in &around.sizes {
        let changes = size.orders_a_day * around.updates_an_order / 24.0;
        days.push(live::day(changes, around.order_bytes).await);
    }
    let (polled, told) = (month(around, false).await, month(around, true).await);
    Counted { polled, told, days, backfill: chain::page(300, around.order_bytes).await, idle }
}

impl Tables {
    /// Reads them as they were built in.
    pub fn read() -> Self {
        let prices: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(include_str!("../data/prices.json")).unwrap();
        let prices = prices.into_iter().filter_map(|(name, price)| {
            serde_json::from_value::<Price>(price).ok().map(|price| (name, price.dollars))
        });
        let template = include_str!("../../../infra/template.yaml");
        let lines = |what: &str| template.lines().filter(|line| line.trim() == what).count();
        Self {
            prices: prices.collect(),
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
        let s3 = (tally.puts + tally.lists) * self.price("s3_put") + tally.gets * self.price("s3_get");
        BTreeMap::from([
            ("DynamoDB writes", (tally.write_units + tally.index_units) * self.price("dynamodb_write_unit")),
            ("DynamoDB reads", tally.read_units * self.price("dynamodb_read_unit")),
            ("SQS", tally.sqs() * self.price("sqs_request")),
            ("KMS", tally.kms * self.price("kms_call")),
            ("S3", s3 + tally.put_bytes / gb * self.price("s3_gb_month")),
            ("EventBridge", tally.events * self.price("event")),
            ("Logs", tally.log_bytes / gb * self.price("log_gb")),
            (
                "Lambda",
                seconds * self.price("lambda_gb_second") + tally.invocations * self.price("lambda_request"),
            ),
        ])
    }

    /// Dollars of what was counted.
    pub fn sum(&self, tally: &Tally) -> f64 {
        self.dollars(tally).values().sum()
    }

    /// Dollars a month that an installation costs before its first seller.
    pub fn fixed(&self, counted: &Counted) -> f64 {
        let around = &self.around;
        let minutes = around.days_a_month * 24.0 * 60.0;
        let [dispatch, others] = counted.idle;
        let idle = dispatch.times(minutes).plus(
            others.times(minutes / 5.0 + minutes / 60.0 * around.idle_invocations_an_hour_of_other_schedules),
        );
        let polls = self.polled_queues as f64 * around.poller_idle_requests_a_minute * minutes;
        let looks = DOMAINS.len() as f64 * around.looks_at_dead_letters_an_hour * minutes / 60.0;
        self.sum(&idle)
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
