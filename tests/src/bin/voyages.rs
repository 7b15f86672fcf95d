//! Voyages by the thousand: `make simulate SEEDS=1000`. Ends with 1 where an invariant was broken.
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // a program for a terminal, which measures itself

use jiff::SignedDuration;
use sellerport_tests::voyage::{Chart, Log, replay, sail};
use std::process::ExitCode;
use std::time::Instant;

/// After each so many voyages it says how far it is.
const TOLD_EVERY: u64 = 100;

/// See `tests/promises/voyaging.rs`.
const RECOVERY_TODAY: SignedDuration = SignedDuration::from_mins(25);

fn number(place: usize, otherwise: u64) -> u64 {
    std::env::args().nth(place).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn main() -> ExitCode {
    let (seeds, from) = (number(1, 100), number(2, 1));
    let (mut all, begun) = (Log::default(), Instant::now());
    for seed in from..from + seeds {
        let log = sail(&Chart { recovery: RECOVERY_TODAY, ..Chart::stormy(seed) });
        if !log.violations.is_empty() {
            println!("seed {seed}: {}", replay(seed));
            log.violations.iter().for_each(|(name, how)| println!("  {name}: {how}"));
        }
        for call in &log.throttled {
            println!("seed {seed}: throttled without a fault: {call}; {}", replay(seed));
        }
        all.add(&log);
        if all.voyages.is_multiple_of(TOLD_EVERY) {
            println!("{} of {seeds} voyages, {} violations", all.voyages, all.violations.len());
        }
    }
    all.lines().iter().for_each(|line| println!("{line}"));
    let seconds = begun.elapsed().as_secs_f64();
    println!("{:.0} connection-hours a second of this machine, {seconds:.0} s", all.hours as f64 / seconds);
    let dark = thousand(from);
    if all.violations.is_empty() && dark { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A thousand connections through six hours without Amazon (I12, I13); whether they came through.
fn thousand(seed: u64) -> bool {
    let log = sail(&Chart { recovery: RECOVERY_TODAY, ..Chart::blackout(seed, 1_000) });
    let calls = |hour: i64| log.hourly.get(&hour).copied().unwrap_or(0);
    let hourly = |hours: std::ops::Range<i64>| hours.map(calls).collect::<Vec<_>>();
    let (usual, dark, after) = (hourly(3..6), hourly(6..12), hourly(12..14));
    println!(
        "1,000 connections, calls an hour: {usual:?}, in six hours without Amazon {dark:?}, after them {after:?}; \
         caught up after {} s, {} messages given up, {} violations",
        log.recovered,
        log.dead,
        log.violations.len()
    );
    log.violations.iter().take(10).for_each(|(name, how)| println!("  {name}: {how}"));
    let steady = usual.iter().max().copied().unwrap_or(0);
    let bounded =
        dark.iter().all(|calls| calls * 10 <= steady * 11) && after.iter().all(|calls| *calls <= steady * 2);
    bounded && log.dead == 0 && log.violations.is_empty()
}
