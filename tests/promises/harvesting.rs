//! Every domain of a seller and of a vendor through days of everything going wrong: broken downloads, reports that fail or
//! hang, lost answers, killed workers, doubled messages, late items. Afterwards what landed is what is true.
//!
//! `make simulate SEEDS=100` makes the same voyages by the hundred.

use jiff::SignedDuration;
use sellerport_tests::voyage::{Chart, Log, Planted, replay_whole, sail};

/// Seeds of every test run; the last is quiet.
const SEEDS: std::ops::Range<u64> = 3..6;

/// Domains of a seller and of a vendor, buyers' left out.
const DOMAINS: usize = 25;

/// An operation whose bucket holds one call: on an uneven network it meets a 429 now and then.
const ONE_CALL: &str = "/products/fees/v0/feesEstimate";

#[test]
fn of_every_domain_what_is_true_landed_whatever_went_wrong() {
    let (mut all, mut broken) = (Log::default(), Vec::new());
    for seed in SEEDS {
        let log = sail(&Chart::whole_house(seed));
        let throttled = log.throttled.iter().filter(|call| !call.ends_with(ONE_CALL));
        let wrong = log.violations.iter().map(|(name, how)| format!("{name}: {how}"));
        let wrong: Vec<_> = wrong.chain(throttled.map(|call| format!("throttled: {call}"))).collect();
        if !wrong.is_empty() {
            broken.push(format!("seed {seed}: {}\n  {}", replay_whole(seed), wrong.join("\n  ")));
        }
        all.add(&log);
    }
    println!("{}\ndue of landed: {}", all.lines().join("\n"), all.harvest());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert_eq!(all.domains.len(), DOMAINS, "{}", all.harvest());
    let barren: Vec<_> = all.domains.iter().filter(|(_, (due, _))| *due == 0).collect();
    assert!(barren.is_empty(), "nothing was to be held against these: {barren:?}");
    let of_documents = all.faults.keys().filter(|name| name.starts_with("document: ")).count();
    assert!(of_documents > 4 && all.faults.len() > 25, "{:?}", all.faults);
}

#[test]
fn what_a_domain_lacks_is_noticed() {
    for planted in [Planted::LossyLake, Planted::ShortDocument] {
        let hours = SignedDuration::from_hours(6);
        let chart = Chart { stormy: hours, calm: hours, ..Chart::whole_house(5) };
        let log = sail(&Chart { planted: Some(planted), ..chart });
        let missing = log.violations.iter().find(|(name, how)| *name == "I5" && how.contains("is missing"));
        println!("{planted:?}: {missing:?}");
        assert!(missing.is_some(), "{planted:?} is not found: {:?}", log.violations);
    }
}

#[test]
fn a_voyage_with_documents_is_the_same_each_time() {
    let chart =
        Chart { stormy: SignedDuration::from_hours(8), calm: SignedDuration::ZERO, ..Chart::whole_house(2) };
    let (first, second) = (sail(&chart), sail(&chart));
    assert_eq!(first, second);
    assert!(first.faults.keys().any(|name| name.starts_with("document: ")), "{:?}", first.faults);
}
