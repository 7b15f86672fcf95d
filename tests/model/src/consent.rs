//! The callback of a consent, one effect a step: `shared/core/src/callback`, read aloud.

use crate::model::Protocol;
use crate::property::Broken;
use crate::protection::Protection;
use crate::refresh::put_connection;
use crate::state::{ACTIVE, Access, Callback, Connection, Leg, State};

/// One step of a callback that needs no answer of Amazon.
pub(crate) fn step(protocol: &Protocol, state: &mut State, at: usize) -> Option<()> {
    let mut callback = state.callbacks[at];
    match callback.leg {
        Leg::Idle | Leg::Exchange => return None,
        Leg::Take => {
            let bit = 1 << callback.consent;
            let refused = state.taken & bit != 0 && protocol.has(Protection::StateTakenOnce);
            state.taken |= bit;
            callback = if refused { Callback::IDLE } else { Callback { leg: Leg::Announce, ..callback } };
        }
        Leg::Announce
            if state.connection.exchange && trades(state, at) && protocol.has(Protection::OneExchange) =>
        {
            // The mark is young: nobody lives longer than a mark is young, so a dead one's does not count.
            callback = Callback::IDLE;
        }
        Leg::Announce => {
            callback.connection = Some(state.connection);
            callback.leg =
                if protocol.has(Protection::ExchangeAnnounced) { Leg::Mark } else { Leg::Exchange };
        }
        Leg::Withdraw => {
            callback.connection = Some(state.connection);
            callback.leg = Leg::Unmark;
        }
        Leg::Mark | Leg::Unmark => mark(state, &mut callback),
        Leg::Connection => {
            callback.connection = Some(state.connection);
            callback.leg = Leg::Access;
        }
        Leg::Access => {
            callback.access = Some(state.access);
            callback.leg = Leg::Store;
        }
        Leg::Store => store(protocol, state, &mut callback),
    }
    state.callbacks[at] = callback;
    Some(())
}

/// Whether another callback is between its mark and its end.
fn trades(state: &State, at: usize) -> bool {
    let between = |leg| {
        matches!(
            leg,
            Leg::Exchange | Leg::Withdraw | Leg::Unmark | Leg::Connection | Leg::Access | Leg::Store
        )
    };
    state.callbacks.iter().enumerate().any(|(other, callback)| other != at && between(callback.leg))
}

/// Sets or takes back the mark; at a conflict the person is told and nothing more happens.
fn mark(state: &mut State, callback: &mut Callback) {
    let on = callback.leg == Leg::Mark;
    let Some(found) = callback.connection.take() else { return };
    if found.revision != state.connection.revision {
        *callback = Callback::IDLE;
        return;
    }
    let age = state.connection.age;
    // A mark that is found while another is set is that of an exchange that was never finished.
    let interrupted = found.interrupted || (on && found.exchange);
    let row = Connection { exchange: on, interrupted, age, revision: found.revision + 1, ..found };
    state.connection = row;
    *callback = if on { Callback { leg: Leg::Exchange, ..*callback } } else { Callback::IDLE };
}

/// Stores the grant, or decides anew. Its five attempts are not counted: a model's bounds never use them up.
fn store(protocol: &Protocol, state: &mut State, callback: &mut Callback) {
    let (Some(before), Some(access), Some(token)) =
        (callback.connection.take(), callback.access.take(), callback.grant)
    else {
        return;
    };
    let moved = before.revision != state.connection.revision || access.revision != state.access.revision;
    if moved && protocol.has(Protection::RowRevision) {
        callback.leg = Leg::Connection;
        return;
    }
    let generation = before.generation + 1;
    if generation <= state.connection.generation {
        Broken::Generation.mark(state);
    }
    let row = Connection {
        generation,
        status: ACTIVE,
        refresh: token,
        exchange: false,
        interrupted: false,
        ..before
    };
    put_connection(state, row, before);
    if protocol.has(Protection::GrantMovesToken) {
        // Whoever renews the old grant's token keeps the lease, and his fence.
        let (serial, revision) = (access.serial + 1, state.access.revision + 1);
        state.access = Access { revision, generation, serial, sealed: true, due: true, old: false, ..access };
    }
    (state.ghost.refused, state.ghost.refused_again) = (None, false);
    (state.ghost.lost, state.ghost.lost_grant) = (false, false);
    *callback = Callback::IDLE;
}

/// The callback ends without storing the grant that Amazon gave for it.
pub(crate) fn lose(state: &mut State) {
    (state.ghost.lost, state.ghost.lost_grant) = (true, true);
}
