//! Voyages with every domain of a seller and of a vendor: `make simulate SEEDS=100` makes them after the others. Ends with
//! 1 where what landed is not what is true. A third argument names a file that one voyage is told in, effect by effect.
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // a program for a terminal, which measures itself

use sellerport_tests::voyage::{Chart, Log, replay_whole, sail};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Voyages at the same time: each has a world of its own.
const ABREAST: u64 = 2;

fn number(place: usize, otherwise: u64) -> u64 {
    std::env::args().nth(place).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn main() -> ExitCode {
    let (seeds, from) = (number(1, 100), number(2, 1));
    let (file, begun) = (std::env::args().nth(3), Instant::now());
    let (all, next) = (Mutex::new(Log::default()), AtomicU64::new(from));
    std::thread::scope(|scope| {
        for _ in 0..ABREAST.min(seeds) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + seeds {
                        break;
                    }
                    let log = sail(&Chart { telling: file.is_some(), ..Chart::whole_house(seed) });
                    tell(seed, &log);
                    if let Some(file) = &file
                        && let Err(error) = std::fs::write(file, log.told.join("\n"))
                    {
                        println!("{file}: {error}");
                    }
                    if let Ok(mut all) = all.lock() {
                        all.add(&log);
                    }
                }
            });
        }
    });
    let all = all.into_inner().unwrap_or_default();
    all.lines().iter().for_each(|line| println!("{line}"));
    println!("due of landed: {}", all.harvest());
    println!("{:.0} s", begun.elapsed().as_secs_f64());
    if all.violations.is_empty() && all.voyages == seeds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(seed: u64, log: &Log) {
    if !log.violations.is_empty() {
        println!("seed {seed}: {}", replay_whole(seed));
        log.violations.iter().for_each(|(name, how)| println!("  {name}: {how}"));
    }
    for call in &log.throttled {
        println!("seed {seed}: throttled without a fault: {call}");
    }
}
