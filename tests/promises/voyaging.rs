//! Days of everything going wrong at once, on virtual time, in an order that a seed decides (I4 to I9, I12, I13; F02,
//! F09 to F12, F16 to F27, F29, F32, F33, F37, F38, F41 to F45, F49 to F51).
//!
//! `make simulate SEEDS=1000` makes the same voyages by the thousand.

use jiff::SignedDuration;
use sellerport_tests::voyage::{Chart, Log, Planted, quantile, replay, sail};

/// Seeds of every test run.
const SEEDS: std::ops::Range<u64> = 1..9;

/// Seeds within which a planted mistake must be found.
const FOUND_WITHIN: u64 = 8;

/// Each broken invariant, and how to see the voyage again.
fn told(seed: u64, log: &Log) -> Vec<String> {
    let head = (!log.violations.is_empty()).then(|| format!("seed {seed}: {}", replay(seed)));
    head.into_iter().chain(log.violations.iter().map(|(name, how)| format!("  {name}: {how}"))).collect()
}

#[test]
fn whatever_goes_wrong_nothing_is_lost_nothing_done_twice_and_everything_recovers() {
    let (mut all, mut broken) = (Log::default(), Vec::new());
    for seed in SEEDS {
        let log = sail(&Chart::stormy(seed));
        broken.extend(told(seed, &log));
        all.add(&log);
    }
    for line in all.lines() {
        println!("{line}");
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(all.faults.len() > 25, "{} kinds of faults befell it", all.faults.len());
}

#[test]
fn one_seed_gives_the_same_effects_to_the_byte() {
    let short = |seed| Chart { stormy: SignedDuration::from_hours(6), ..Chart::stormy(seed) };
    for seed in [5, 6] {
        let (first, second) = (sail(&short(seed)), sail(&short(seed)));
        println!("seed {seed}: {} effects, {:016x}", first.effects, first.hash);
        assert_eq!(first, second, "seed {seed}");
    }
    assert_ne!(sail(&short(5)).hash, sail(&short(6)).hash);
}

/// The voyage of `VOYAGE_SEED`, told effect by effect where `VOYAGE_TOLD` names a file.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test's own setting")]
fn one_alone() {
    let Some(seed) = std::env::var("VOYAGE_SEED").ok().and_then(|seed| seed.parse().ok()) else { return };
    let file = std::env::var_os("VOYAGE_TOLD");
    let log = sail(&Chart { telling: file.is_some(), ..Chart::stormy(seed) });
    for line in log.lines() {
        println!("{line}");
    }
    println!("{:016x}", log.hash);
    if let Some(file) = file {
        std::fs::write(file, log.told.join("\n")).unwrap();
    }
    assert!(log.violations.is_empty(), "{}", told(seed, &log).join("\n"));
}

#[test]
fn every_planted_mistake_is_found() {
    for planted in Planted::ALL {
        let chart = |seed| Chart {
            planted: Some(planted),
            stormy: SignedDuration::from_hours(12),
            ..Chart::stormy(seed)
        };
        let found = (1..=FOUND_WITHIN).find_map(|seed| {
            let log = sail(&chart(seed));
            log.violations.first().map(|(name, how)| (seed, format!("seed {seed}, {name}: {how}")))
        });
        println!("{planted:?}: {}", found.as_ref().map_or("not found", |(_, how)| how));
        let sound = |seed| sail(&Chart { planted: None, ..chart(seed) }).violations.is_empty();
        assert!(
            found.as_ref().is_none_or(|(seed, _)| sound(*seed)),
            "the voyage is broken without the mistake too"
        );
        assert!(found.is_some(), "{planted:?} is not found within {FOUND_WITHIN} seeds");
    }
}

#[test]
fn i8_f50_what_befalls_one_seller_makes_nobody_else_late() {
    let chart = Chart::troubled_neighbour(1);
    let (troubled, calm) = (sail(&chart), sail(&chart.clone().calmed()));
    let others = |log: &Log| -> Vec<i64> {
        log.lags.iter().skip(1).flat_map(|(_, lags)| lags.iter().copied()).collect()
    };
    let (with, without) = (quantile(&others(&troubled), 0.99), quantile(&others(&calm), 0.99));
    let own = |log: &Log| quantile(log.lags.values().next().unwrap(), 0.99);
    println!(
        "p99 of the lag: the others {with} s beside a troubled seller, {without} s without; he himself {} s and {} s",
        own(&troubled),
        own(&calm)
    );
    assert!(with * 10 <= without * 11, "I8: {with} s, {without} s");
    assert!(own(&troubled) > own(&calm) * 2, "he was in trouble");
    assert!(troubled.violations.is_empty() && calm.violations.is_empty(), "{:?}", troubled.violations);
}

#[test]
fn i12_f49_while_amazon_answers_nobody_hardly_anybody_is_asked() {
    let log = sail(&Chart::blackout(1, 40));
    let calls = |hour: i64| log.hourly.get(&hour).copied().unwrap_or(0);
    let usual: Vec<_> = (3..6).map(calls).collect();
    let dark: Vec<_> = (6..12).map(calls).collect();
    let after: Vec<_> = (12..14).map(calls).collect();
    println!("40 connections, calls an hour: {usual:?}, in the outage {dark:?}, after it {after:?}");
    println!("caught up {} s after it, {} messages given up", log.recovered, log.dead);
    // One probe a minute and region, once the brake is shut.
    assert!(dark.iter().skip(1).all(|calls| *calls <= 3 * 60), "I12: {dark:?}");
    let steady = usual.iter().max().unwrap();
    assert!(after.iter().all(|calls| calls <= &(steady * 2)), "I13: {after:?} after {usual:?}");
    assert!(log.dead == 0 && log.violations.is_empty(), "{:?}", log.violations);
}

#[test]
fn i12_f37_tasks_of_grants_in_doubt_do_not_multiply_while_login_with_amazon_is_away() {
    for seed in 1..4 {
        let log = sail(&Chart::doubted(seed));
        let [doubled, refused] = ["F37 a message comes twice", "invalid_grant"]
            .map(|name| log.faults.get(name).copied().unwrap_or(0));
        println!(
            "seed {seed}: {refused} refused, {doubled} messages twice, at most {} about one stream",
            log.crowd
        );
        assert!(refused >= 1 && doubled > 100, "{:?}", log.faults);
        assert!(log.violations.is_empty(), "{:?}", log.violations);
    }
}
