//! The long run: `sellerport-model [--states <at least>]` explores the large mixes, each to its end.

use sellerport_model::bounds::LARGE;
use sellerport_model::explore::explore;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

/// Fewer states than this are no long run.
const STATES: usize = 10_000_000;

fn main() -> std::io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let least = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Some(STATES),
        ["--states", number] => number.parse().ok(),
        _ => None,
    };
    let Some(least) = least else {
        writeln!(std::io::stderr(), "usage: sellerport-model [--states <at least so many>]")?;
        return Ok(ExitCode::from(2));
    };
    let mut out = std::io::stdout();
    let (mut states, mut transitions, mut time) = (0, 0, Duration::ZERO);
    for (name, protocol) in LARGE {
        writeln!(out, "{name}")?;
        let found = explore(protocol, &mut out);
        for violation in &found.violations {
            writeln!(out, "  VIOLATED {violation}")?;
        }
        if !found.violations.is_empty() {
            return Ok(ExitCode::FAILURE);
        }
        states += found.states;
        transitions += found.transitions;
        time += found.time;
    }
    let seconds = time.as_secs();
    writeln!(out, "{states} states, {transitions} transitions, {seconds} s: no violation")?;
    let enough = states >= least;
    if !enough {
        writeln!(out, "too few: --states {least} asks for more")?;
    }
    Ok(if enough { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
