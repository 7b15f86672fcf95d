//! Days of trouble on virtual time.
use sellerport_tests::voyage::{Chart, sail};

#[test]
fn try_it() {
    let telling = std::env::var("TELL").is_ok();
    let only: Option<u64> = std::env::var("SEED").ok().map(|s| s.parse().unwrap());
    if only.is_none() {
        let log = sail(&Chart { telling, ..Chart::calm(1) });
        for line in log.lines() { println!("{line}"); }
        for v in log.violations.iter().take(20) { println!("{v:?}"); }
        for t in log.told.iter().filter(|t| t.contains(&std::env::var("TELL").unwrap())).take(50) { println!("{t}"); }
        for (s, l) in &log.lags { println!("{s} {:?} {:?}", sellerport_tests::voyage::quantile(l, 0.5), sellerport_tests::voyage::quantile(l, 1.0)); }
    }
    for seed in only.map_or(1..9, |s| s..s+1) {
        let log = sail(&Chart { telling, ..Chart::stormy(seed) });
        println!("seed {seed}");
        for line in log.lines() { println!("{line}"); }
        for v in log.violations.iter().take(20) { println!("{v:?}"); }
        if telling && only.is_some() { std::fs::write("/tmp/wt/told.txt", log.told.join("\n")).unwrap(); }
    }
}
