//! The refresh worker, one effect a step: `shared/core/src/refresh`, read aloud.

use crate::model::Protocol;
use crate::property::Broken;
use crate::protection::Protection;
use crate::state::{
    ACTIVE, ATTEMPTS, Access, Connection, LEASE_TICKS, LeaseRow, Message, NEEDS_RECONNECT, PAUSE_TICKS,
    SECOND_LOOK_TICKS, SUSPECT, Said, State, Step, Worker,
};
use sellerport_core::lease::Grip;

/// Whether the token that the task complains about is still the one in use (`wanted`).
fn wanted(worker: &Worker, access: &Access, generation: u8) -> bool {
    access.serial <= worker.task.serial || !access.sealed || access.generation != generation
}

/// What a worker does at an end of the road: gives the lease back if it has it.
fn leave(worker: &mut Worker) {
    worker.step = if worker.holds { Step::Release } else { Step::End };
}

/// Puts the message back with a delay.
fn postpone(worker: &mut Worker, again: Message) {
    worker.outgoing = Some(again);
    worker.step = Step::Postpone;
}

/// One step of a worker that needs no answer of Amazon. `None` if it goes beyond the bounds.
pub(crate) fn step(protocol: &Protocol, state: &mut State, at: usize) -> Option<()> {
    let mut worker = state.workers[at];
    match worker.step {
        Step::Idle | Step::Ask => return None,
        Step::Admit | Step::AdmitAgain => admit(protocol, state, &mut worker),
        Step::Wanted | Step::WantedAgain => {
            let generation = worker.connection.map_or(0, |connection| connection.generation);
            if wanted(&worker, &state.access, generation) {
                worker.step = if worker.holds { Step::Ask } else { Step::Look };
            } else {
                leave(&mut worker);
            }
        }
        Step::Look => look(protocol, state, &mut worker),
        Step::Take => take(protocol, state, &mut worker),
        Step::Hear => hear(protocol, &mut worker),
        Step::SettleLease => settle_lease(protocol, state, &mut worker),
        Step::SettleConnection => settle_connection(protocol, state, &mut worker),
        Step::SettleAccess => {
            worker.access = Some(state.access);
            worker.step = Step::Write;
        }
        Step::Write => write(protocol, state, &mut worker),
        Step::Conclude | Step::Postpone => {
            state.send(worker.outgoing?).then_some(())?;
            worker.outgoing = None;
            leave(&mut worker);
        }
        Step::Release => release(protocol, state, &mut worker),
        Step::End => {
            if worker.failed {
                state.send(worker.task).then_some(())?;
            }
            worker = Worker::IDLE;
        }
    }
    tidy(&mut worker);
    state.workers[at] = worker;
    Some(())
}

/// Forgets what will not be looked at again, so that equal futures are equal states.
fn tidy(worker: &mut Worker) {
    match worker.step {
        Step::Look | Step::Take => worker.access = None,
        Step::SettleLease => (worker.connection, worker.access) = (None, None),
        Step::Conclude | Step::Postpone | Step::Release | Step::End => {
            (worker.connection, worker.access, worker.attempts) = (None, None, 0);
            if worker.step == Step::End {
                (worker.lease, worker.said, worker.holds) = (None, None, false);
            }
        }
        _ => {}
    }
}

fn admit(protocol: &Protocol, state: &State, worker: &mut Worker) {
    let connection = state.connection;
    if worker.task.generation != connection.generation || connection.status == NEEDS_RECONNECT {
        return leave(worker);
    }
    let early = connection.status == SUSPECT && connection.age < SECOND_LOOK_TICKS;
    if early && protocol.has(Protection::SecondLookWait) {
        return postpone(worker, Message { delay: SECOND_LOOK_TICKS, ..worker.task });
    }
    worker.connection = Some(connection);
    worker.step = if worker.holds { Step::WantedAgain } else { Step::Wanted };
}

fn look(protocol: &Protocol, state: &State, worker: &mut Worker) {
    let row = state.lease;
    if row.quiet > 0 {
        return leave(worker);
    }
    let id = worker.task.id();
    let own = !protocol.has(Protection::NoExceptionForOwnMessage) && row.holder == Some(id);
    let saw = worker.task.saw.filter(|_| protocol.has(Protection::Takeover)).map(u64::from);
    let mut asked = row.lease();
    if own || !protocol.has(Protection::LeaseCheck) {
        asked.holder = None;
    }
    match asked.ask(&id.to_string(), saw) {
        Grip::Take(lease) => {
            let fence = u8::try_from(lease.fence).unwrap_or(u8::MAX);
            // With the revision that was read: the write insists on it.
            worker.lease = Some(LeaseRow { revision: row.revision, fence, holder: Some(id), quiet: 0 });
            worker.step = Step::Take;
        }
        Grip::Held(_) => {
            let long = protocol.has(Protection::LeaseOutlivesTimeout);
            let delay = if long { LEASE_TICKS } else { LEASE_TICKS - 1 };
            postpone(worker, Message { delay, saw: Some(row.fence), ..worker.task });
        }
    }
}

fn take(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let Some(mut mine) = worker.lease else { return };
    if mine.revision != state.lease.revision && protocol.has(Protection::LeaseRevision) {
        // "another worker took the lease": ten seconds, less than a tick.
        worker.lease = None;
        return postpone(worker, worker.task);
    }
    mine.revision = state.lease.revision + 1;
    state.lease = mine;
    worker.lease = Some(mine);
    worker.holds = true;
    worker.step = if protocol.has(Protection::RereadUnderLease) { Step::AdmitAgain } else { Step::Ask };
}

fn hear(protocol: &Protocol, worker: &mut Worker) {
    worker.step = match worker.said {
        Some(Said::Fresh(_) | Said::Refused) => Step::SettleLease,
        Some(Said::ApplicationRefused) if !protocol.has(Protection::InvalidClientApart) => Step::SettleLease,
        _ => Step::Release,
    };
}

fn settle_lease(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let fence = worker.lease.map(|mine| mine.fence);
    if fence != Some(state.lease.fence) && protocol.has(Protection::FenceOnWrite) {
        // "another worker took the lease over": what it knows is lost, and it says so to nobody.
        give_up(state, worker);
        worker.step = Step::End;
        return;
    }
    if let Some(mine) = &mut worker.lease {
        // The row as it is now; the fence under which Amazon was asked stays his own.
        mine.revision = state.lease.revision;
    }
    worker.step = Step::SettleConnection;
}

fn settle_connection(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let found = state.connection;
    let same = found.generation == worker.task.generation || !protocol.has(Protection::GenerationOnWrite);
    if !same || found.status == NEEDS_RECONNECT {
        give_up(state, worker);
        worker.step = Step::Release;
        return;
    }
    worker.connection = Some(found);
    worker.step = Step::SettleAccess;
}

/// A worker is gone with a refresh token in hand that Amazon put in the place of the stored one: as lost as a
/// reply that never came.
pub(crate) fn forget(state: &mut State, worker: &Worker) {
    let replaced = matches!(worker.said, Some(Said::Fresh(Some(_))));
    if replaced && worker.task.generation == state.connection.generation {
        state.ghost.lost = true;
    }
}

/// A worker does not store what it heard. Who stood still past his lease is as good as gone; anybody else
/// who throws a refresh token away has no excuse.
fn give_up(state: &mut State, worker: &Worker) {
    if worker.overslept {
        forget(state, worker);
    }
}

/// The rows are still as they were read.
fn unmoved(protocol: &Protocol, state: &State, worker: &Worker) -> bool {
    let lease = worker.lease.is_some_and(|row| row.revision == state.lease.revision);
    let connection = worker.connection.is_some_and(|row| row.revision == state.connection.revision);
    let access = worker.access.is_some_and(|row| row.revision == state.access.revision);
    lease && (connection && access || !protocol.has(Protection::RowRevision))
}

fn write(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    if !unmoved(protocol, state, worker) {
        let replaced = matches!(worker.said, Some(Said::Fresh(Some(_))));
        worker.step = Step::SettleLease;
        if replaced && protocol.has(Protection::ReplacementTriedHarder) {
            return; // its forty attempts are not counted: a model's bounds never use them up
        }
        worker.attempts += 1;
        if worker.attempts == ATTEMPTS {
            give_up(state, worker);
            worker.step = Step::Release;
        }
        return;
    }
    commit(protocol, state, worker);
}

/// The one write of `settle`: lease, connection and access token.
pub(crate) fn commit(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let (Some(mut connection), Some(mut access), Some(mine)) =
        (worker.connection, worker.access, worker.lease)
    else {
        return;
    };
    if mine.fence <= state.ghost.committed {
        Broken::OneCommit.mark(state);
    }
    state.ghost.committed = state.ghost.committed.max(mine.fence);
    if worker.task.generation != state.connection.generation {
        Broken::Generation.mark(state);
    }
    if worker.said == Some(Said::ApplicationRefused) {
        Broken::NobodyChanged.mark(state);
    }
    let before = connection;
    worker.step = Step::End;
    match worker.said {
        Some(Said::Fresh(replaced)) => {
            if !wanted(worker, &state.access, state.connection.generation) {
                Broken::OncePerComplaint.mark(state);
            }
            connection.status = ACTIVE;
            if let Some(token) = replaced.filter(|_| protocol.has(Protection::ReplacementStored)) {
                connection.refresh = token;
            }
            let (serial, generation) = (access.serial + 1, connection.generation);
            access = Access { generation, serial, sealed: true, due: true, old: false, ..access };
            (state.ghost.refused, state.ghost.refused_again) = (None, false);
        }
        _ => {
            let second = before.status == SUSPECT || !protocol.has(Protection::SecondLook);
            connection.status = if second { NEEDS_RECONNECT } else { SUSPECT };
            if second && !state.ghost.refused_again {
                Broken::NoFalseReconnect.mark(state);
            }
            if protocol.has(Protection::TokenDropped) {
                access.sealed = false;
            }
            access.due = !second && protocol.has(Protection::SuspectStaysDue);
            if !second {
                worker.step = Step::Conclude;
                worker.outgoing = Some(Message { delay: SECOND_LOOK_TICKS, saw: None, ..worker.task });
            }
        }
    }
    put_connection(state, connection, before);
    access.revision = state.access.revision + 1;
    state.access = access;
    let row = state.lease;
    let fence = if protocol.has(Protection::FenceKept) { row.fence } else { 0 };
    state.lease = LeaseRow { revision: row.revision + 1, fence, holder: None, quiet: 0 };
    worker.holds = false;
}

/// Writes the connection's row, if it changed.
pub(crate) fn put_connection(state: &mut State, mut row: Connection, before: Connection) {
    if row == before {
        return;
    }
    if row.refresh < state.connection.refresh {
        Broken::NewestToken.mark(state);
    }
    if row.generation < state.connection.generation {
        Broken::Generation.mark(state);
    }
    row.age = if row.status == before.status { state.connection.age } else { 0 };
    row.revision = state.connection.revision + 1;
    state.connection = row;
}

fn release(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let Some(mine) = worker.lease else { return };
    let owner = mine.revision == state.lease.revision;
    if owner || !protocol.has(Protection::ReleaseByOwner) {
        let silent = matches!(worker.said, Some(Said::Nothing | Said::ApplicationRefused));
        let quiet = if silent { PAUSE_TICKS } else { 0 };
        let fence = if protocol.has(Protection::FenceKept) { mine.fence } else { 0 };
        let revision = state.lease.revision + 1;
        state.lease = LeaseRow { revision, fence, holder: None, quiet };
    }
    worker.step = Step::End;
}
