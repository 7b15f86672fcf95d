//! What a voyage came to.

use std::collections::BTreeMap;

/// The figures of one voyage, or of many together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// Voyages.
    pub voyages: u64,
    /// The number of the effects' sequence; of many voyages, of the last.
    pub hash: u64,
    /// Effects.
    pub effects: u64,
    /// Steps of functions.
    pub steps: u64,
    /// Runs of schedules.
    pub ticks: u64,
    /// Messages handed out.
    pub deliveries: u64,
    /// Messages given up.
    pub dead: u64,
    /// The most messages about one stream or token at once.
    pub crowd: usize,
    /// Simulated connection-hours.
    pub hours: u64,
    /// Calls for orders.
    pub calls: u64,
    /// Calls that Amazon's bucket refused though no fault said so: when, and whose call of which operation.
    pub throttled: Vec<String>,
    /// Records landed, repetitions counted.
    pub records: u64,
    /// Of each domain the things that had to land, and the different ones that did, where all domains are fetched.
    pub domains: BTreeMap<String, (u64, u64)>,
    /// Faults that befell something.
    pub faults: BTreeMap<String, u64>,
    /// When everybody had caught up after the storms, in seconds.
    pub recovered: i64,
    /// How far each seller's stream was behind, each minute after the first two hours, in seconds.
    pub lags: BTreeMap<String, Vec<i64>>,
    /// Calls for orders in each hour of the voyage.
    pub hourly: BTreeMap<i64, u64>,
    /// What was broken: the invariant, and how.
    pub violations: Vec<(&'static str, String)>,
    /// Each effect in words, where they were asked for.
    pub told: Vec<String>,
}

/// The invariants that are watched, in the order of the report.
pub const INVARIANTS: [&str; 7] = ["I4", "I5", "I6", "I7", "I9", "I12", "I13"];

/// How to see a voyage with all domains again.
pub fn replay_whole(seed: u64) -> String {
    format!("cargo run --profile simulate -p sellerport-tests --bin houses -- 1 {seed}")
}

/// How to see a voyage again.
pub fn replay(seed: u64) -> String {
    format!(
        "VOYAGE_SEED={seed} cargo test -p sellerport-tests --test promises voyaging::one_alone -- --nocapture"
    )
}

impl Log {
    /// Adds another voyage's figures.
    pub fn add(&mut self, other: &Self) {
        self.voyages += other.voyages;
        self.hash = other.hash;
        self.effects += other.effects;
        self.steps += other.steps;
        self.ticks += other.ticks;
        self.deliveries += other.deliveries;
        self.dead += other.dead;
        self.crowd = self.crowd.max(other.crowd);
        self.hours += other.hours;
        self.calls += other.calls;
        self.throttled.extend(other.throttled.iter().cloned());
        self.records += other.records;
        self.recovered = self.recovered.max(other.recovered);
        for (name, (due, landed)) in &other.domains {
            let sum = self.domains.entry(name.clone()).or_default();
            *sum = (sum.0 + due, sum.1 + landed);
        }
        for (name, count) in &other.faults {
            *self.faults.entry(name.clone()).or_default() += count;
        }
        self.violations.extend(other.violations.iter().cloned());
    }

    /// Schedules: messages handed out and runs of the schedules, each in an order of its own.
    pub fn schedules(&self) -> u64 {
        self.deliveries + self.ticks
    }

    /// Of each domain what had to land and what did, in one line.
    pub fn harvest(&self) -> String {
        let of = |(name, (due, landed)): (&String, &(u64, u64))| format!("{name} {due} of {landed}");
        self.domains.iter().map(of).collect::<Vec<_>>().join(", ")
    }

    /// The figures, one line each.
    pub fn lines(&self) -> Vec<String> {
        let count = |name: &str| self.violations.iter().filter(|(invariant, _)| *invariant == name).count();
        let faults: u64 = self.faults.values().sum();
        let kinds: Vec<_> = self.faults.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let broken: Vec<_> = INVARIANTS.iter().map(|name| format!("{name} {}", count(name))).collect();
        vec![
            format!(
                "{} voyages, {} simulated connection-days, {} schedules ({} deliveries, {} runs), {} steps, {} effects",
                self.voyages,
                self.hours / 24,
                self.schedules(),
                self.deliveries,
                self.ticks,
                self.steps,
                self.effects
            ),
            format!(
                "{} calls for orders, {} throttled without a fault, {} records landed, {} messages given up, {} about one stream at once at most, caught up {} s after the storms at the latest",
                self.calls,
                self.throttled.len(),
                self.records,
                self.dead,
                self.crowd,
                self.recovered
            ),
            format!("{faults} faults: {}", kinds.join(", ")),
            format!("violations: {}", broken.join(", ")),
        ]
    }
}

/// The value below which this part of all lies.
pub fn quantile(values: &[i64], part: f64) -> i64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let place = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(0)
}
