//! The protocol holds in every interleaving of the small mixes, and no longer when a protection is gone.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // tests stop and tell

use sellerport_model::bounds::{MIXES, NOTHING, protocol};
use sellerport_model::explore::explore;
use sellerport_model::model::{Action, Protocol};
use sellerport_model::property;
use sellerport_model::protection::Protection;
use sellerport_model::state::{ACTIVE, Budget, NEEDS_RECONNECT, State, Step};
use sellerport_model::{Reply, Trade};
use stateright::{Checker, Expectation, HasDiscoveries, Model};
use std::collections::BTreeSet;

#[test]
fn the_protocol_holds_in_every_interleaving_of_each_mix() {
    let (mut states, mut reached) = (0, BTreeSet::new());
    for (name, protocol) in MIXES {
        let found = explore(protocol, &mut std::io::sink());
        assert!(found.violations.is_empty(), "{name}:\n{}", found.violations.join("\n"));
        println!("{name}: {} states", found.states);
        states += found.states;
        reached.extend(found.reached);
    }
    println!("all: {states} states");
    assert!(states > 500_000, "only {states} states: the mixes say little");
    for property in MIXES[0].1.properties() {
        let wanted = property.expectation == Expectation::Sometimes;
        assert!(!wanted || reached.contains(property.name), "no mix reaches: {}", property.name);
    }
}

/// The steps that lead to the fall of a property.
fn path_to(protocol: Protocol, property: &'static str) -> Option<Vec<Action>> {
    let guarded = BTreeSet::from([property]);
    let checker = protocol.checker().finish_when(HasDiscoveries::AllOf(guarded)).spawn_bfs().join();
    checker.discovery(property).map(|path| path.into_actions())
}

#[test]
fn without_any_one_protection_the_checker_finds_what_it_guards() {
    let mut missed = Vec::new();
    for protection in Protection::ALL {
        let path =
            MIXES.iter().find_map(|(_, protocol)| path_to(protocol.without(protection), protection.guards()));
        match path {
            Some(path) if path.len() <= 60 => println!("{protection:?}, {} steps: {path:?}", path.len()),
            Some(path) => {
                missed.push(format!("{protection:?} is found late, {} steps: {path:?}", path.len()))
            }
            None => missed.push(format!("{protection:?} does not guard: {}", protection.guards())),
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Lets worker 0 work to its end; Amazon is honest.
fn finish(protocol: &Protocol, mut state: State) -> State {
    while state.workers[0].step != Step::Idle {
        let action = match state.workers[0].step {
            Step::Ask => Action::Answer(0, Reply::Honest),
            _ => Action::Work(0),
        };
        state = protocol.act(&state, action).unwrap();
    }
    state
}

/// A worker has the lease on grant 1; the seller reconnects, and grant 1 is dead; the worker goes on.
fn overtaken_by_a_reconnect(without: &[Protection]) -> (State, bool) {
    let whole = protocol(1, Budget { consents: 1, ..NOTHING });
    let protocol = without.iter().fold(whole, |protocol, protection| protocol.without(*protection));
    let mut steps = vec![Action::Schedule, Action::Deliver(0)];
    steps.extend([Action::Work(0); 3]);
    steps.push(Action::Consent(0));
    steps.extend([Action::Callback(0); 3]);
    steps.push(Action::Trade(0, Trade::GrantedAlone));
    steps.extend([Action::Callback(0); 3]);
    let mut state = protocol.init_states()[0];
    for step in steps {
        state = protocol.act(&state, step).unwrap();
    }
    assert_eq!((state.connection.generation, state.workers[0].step), (2, Step::Ask));
    let end = finish(&protocol, state);
    let properties = protocol.properties();
    let kept = properties.iter().find(|kept| kept.name == property::GENERATION).unwrap();
    (end, (kept.condition)(&protocol, &end))
}

#[test]
fn the_refusal_of_a_dead_grant_never_reaches_the_grant_that_came_after_it() {
    use Protection::{FenceOnWrite, GenerationOnWrite, SecondLook};
    for without in [&[][..], &[FenceOnWrite], &[SecondLook]] {
        let (end, kept) = overtaken_by_a_reconnect(without);
        assert_eq!((end.connection.status, end.access.sealed, kept), (ACTIVE, true, true), "{without:?}");
        assert_eq!(end.access.lease.holder, None, "the lease is free again");
    }
    // Negative control, the design that was given up: a healthy grant is marked dead.
    let (end, kept) = overtaken_by_a_reconnect(&[GenerationOnWrite, SecondLook]);
    assert_eq!((end.connection.status, kept), (NEEDS_RECONNECT, false));
    assert!(end.amazon.works(end.connection.refresh));
}
