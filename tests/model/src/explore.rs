//! Exploring a mix to its end, or to its first violation.

use crate::model::Protocol;
use stateright::report::{ReportData, ReportDiscovery, Reporter};
use stateright::{Checker, DiscoveryClassification, HasDiscoveries, Model};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Duration;

/// Both cores of a small machine.
const THREADS: usize = 2;

/// What an exploration came to.
#[derive(Debug, Default)]
pub struct Found {
    /// Distinct states.
    pub states: usize,
    /// Steps from a state to another, those to a known one included.
    pub transitions: usize,
    /// How long it took.
    pub time: Duration,
    /// Each property that fell, with the steps that lead there.
    pub violations: Vec<String>,
    /// Moments that were reached.
    pub reached: BTreeSet<&'static str>,
}

/// Explores, and tells `out` every ten seconds how far it is.
pub fn explore(protocol: Protocol, out: &mut impl Write) -> Found {
    let checker = protocol.checker().threads(THREADS).finish_when(HasDiscoveries::AnyFailures).spawn_bfs();
    let mut progress = Progress { out, lines: 0, time: Duration::ZERO };
    let checker = checker.report(&mut progress);
    let mut found = Found {
        states: checker.unique_state_count(),
        transitions: checker.state_count(),
        time: progress.time,
        ..Found::default()
    };
    for (name, path) in checker.discoveries() {
        match checker.discovery_classification(name) {
            DiscoveryClassification::Counterexample => {
                found.violations.push(format!("{name}: {:?}", path.into_actions()));
            }
            DiscoveryClassification::Example => {
                found.reached.insert(name);
            }
        }
    }
    found
}

/// Seconds from one line of progress to the next.
const LINE_EVERY: u64 = 10;

struct Progress<'a, W> {
    out: &'a mut W,
    lines: u64,
    time: Duration,
}

impl<W: Write> Reporter<Protocol> for Progress<'_, W> {
    fn report_checking(&mut self, at: ReportData) {
        let (states, transitions) = (at.unique_states, at.total_states);
        let (depth, seconds) = (at.max_depth, at.duration.as_secs());
        self.time = at.duration;
        if !at.done && seconds / LINE_EVERY == self.lines {
            return;
        }
        self.lines = seconds / LINE_EVERY;
        let end = if at.done { ": done" } else { "" };
        // A terminal that is gone is no reason to stop.
        drop(writeln!(
            self.out,
            "  {states} states, {transitions} transitions, depth {depth}, {seconds} s{end}"
        ));
    }

    fn report_discoveries(&mut self, _: &Protocol, _: BTreeMap<&'static str, ReportDiscovery<Protocol>>) {
        // `explore` returns them.
    }

    fn delay(&self) -> Duration {
        Duration::from_millis(50)
    }
}
