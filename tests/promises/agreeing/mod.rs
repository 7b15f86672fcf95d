//! Memory and AWS agree: one long random sequence for each service, every operation carried out on both, every
//! answer compared. Where they may differ is a list with reasons, beside each service. The sequences are the same
//! in each run; `SELLERPORT_SEED=<number>` draws others. That a difference would be seen is shown on memory with
//! faults planted in it, which needs no emulator.

mod lakes;
mod queues;
mod random;
mod secrets;
mod tables;
mod vaults;

use random::Random;
use sellerport_core::ports::Entropy as _;
use sellerport_simulator::SimClock;
use sellerport_tests::emulator::Emulator;
use sellerport_tests::memory::Memory;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// An emulator and a name that no other run uses on it.
fn emulator() -> Option<(Emulator, String)> {
    let emulator = Emulator::find()?;
    let random = emulator.aws().random().unwrap();
    Some((emulator, format!("run{}", u32::from_be_bytes(random[..4].try_into().unwrap()))))
}

/// Memory whose time stands still, so that what is delayed stays so.
fn memory() -> Memory {
    Memory::new(SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()))
}

/// A difference that is known and harmless.
struct Known<O, A> {
    /// The reason.
    why: &'static str,
    /// Makes two answers equal that differ in nothing else.
    level: fn(&O, A) -> A,
}

/// The seed of all sequences.
#[allow(clippy::disallowed_methods, reason = "a test's own setting")]
fn seed() -> u64 {
    std::env::var("SELLERPORT_SEED").map_or(2_026, |text| text.parse().unwrap())
}

/// Draws `steps` operations and carries each out on both sides. Tells the first difference, with all that is needed
/// to see it again; prints figures where there is none.
async fn play<O: Debug, A: Debug + PartialEq + Clone>(
    service: &str,
    steps: usize,
    known: &[Known<O, A>],
    mut draw: impl FnMut(&mut Random) -> O,
    memory: impl AsyncFn(&O) -> A,
    other: impl AsyncFn(&O) -> A,
) -> Result<(), String> {
    let (seed, clock) = (seed(), SimClock::system());
    let (mut random, begun) = (Random::new(seed), clock.now());
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut used = vec![0; known.len()];
    for step in 1..=steps {
        let operation = draw(&mut random);
        let (one, two) = (memory(&operation).await, other(&operation).await);
        *seen.entry((name(&operation), name(&one))).or_default() += 1;
        let (mut left, mut right) = (one.clone(), two.clone());
        for (known, used) in known.iter().zip(&mut used) {
            if left != right {
                (left, right) = ((known.level)(&operation, left), (known.level)(&operation, right));
                *used += usize::from(left == right);
            }
        }
        if left != right {
            return Err(format!(
                "{service}, seed {seed}, step {step}: they differ about {operation:?}\n  memory: {one:?}\n  other:  {two:?}"
            ));
        }
    }
    let seconds = clock.now().duration_since(begun).as_secs_f64();
    println!("{service}: {steps} operations, seed {seed}, {seconds:.1} s, no difference that is not known");
    let seen: Vec<_> = seen.iter().map(|((asked, got), count)| format!("{asked} {got} {count}")).collect();
    println!("  {}", seen.join(", "));
    for (known, used) in known.iter().zip(used) {
        println!("  known, met {used} times: {}", known.why);
    }
    Ok(())
}

/// A variant's name.
fn name(value: &impl Debug) -> String {
    format!("{value:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// Insists that a planted fault was noticed, and says where.
fn noticed(fault: &impl Debug, played: Result<(), String>) {
    let report = played.expect_err(&format!("nobody noticed {fault:?}"));
    println!(
        "{fault:?}: {}",
        report.lines().next().unwrap_or_default().chars().take(160).collect::<String>()
    );
    assert!(report.contains(&format!("seed {}, step ", seed())) && report.contains("memory: "), "{report}");
}
