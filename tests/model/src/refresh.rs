//! The refresh worker, one effect a step: `shared/core/src/refresh`, read aloud.

use crate::model::Protocol;
use crate::property::Broken;
use crate::protection::Protection;
use crate::state::{
    ACTIVE, ATTEMPTS, Access, Connection, Hold, LEASE_TICKS, Message, NEEDS_RECONNECT, PAUSE_TICKS,
    SECOND_LOOK_TICKS, SUSPECT, Said, State, Step, Worker,
};
use sellerport_core::lease::Grip;

/// Whether the token that the task complains about is still the one in use (`wanted`).
fn wanted(worker: &Worker, access: &Access) -> bool {
    access.serial <= worker.task.serial || !access.sealed || access.generation != worker.task.generation
}

/// What a worker does at an end of the road: gives the lease back if it has it.
fn leave(worker: &mut Worker) {
    worker.step = if worker.holds { Step::Release } else { Step::End };
}

/// Its first step, and the second: the token's row before the grant.
pub(crate) fn first(protocol: &Protocol) -> Step {
    if protocol.has(Protection::TokenRowFirst) { Step::Look } else { Step::Admit }
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
        Step::Look => {
            worker.access = Some(state.access);
            match worker.connection {
                None => worker.step = Step::Admit,
                Some(_) => decide(protocol, &mut worker),
            }
        }
        Step::Admit => admit(protocol, state, &mut worker),
        Step::Take => take(protocol, state, &mut worker),
        Step::Hear => hear(protocol, &mut worker),
        Step::SettleAccess => settle_access(protocol, state, &mut worker),
        Step::SettleConnection => settle_connection(protocol, state, &mut worker),
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
        Step::SettleAccess => (worker.connection, worker.access) = (None, None),
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
    match worker.access {
        None => worker.step = Step::Look,
        Some(_) => decide(protocol, worker),
    }
}

/// Both rows are read: whether to ask for the lease, and what it answers.
fn decide(protocol: &Protocol, worker: &mut Worker) {
    let Some(row) = worker.access else { return };
    let fresh = !wanted(worker, &row) && protocol.has(Protection::FreshLeftAlone);
    if fresh || row.quiet > 0 {
        return leave(worker);
    }
    let id = worker.task.id();
    let own = !protocol.has(Protection::NoExceptionForOwnMessage) && row.lease.holder == Some(id);
    let saw = worker.task.saw.filter(|_| protocol.has(Protection::Takeover)).map(u64::from);
    let mut asked = row.lease.lease();
    if own || !protocol.has(Protection::LeaseCheck) {
        asked.holder = None;
    }
    match asked.ask(&id.to_string(), saw) {
        Grip::Take(lease) => {
            let fence = u8::try_from(lease.fence).unwrap_or(u8::MAX);
            worker.lease = Some(Hold { fence, holder: Some(id) });
            worker.step = Step::Take;
        }
        Grip::Held(_) => {
            let long = protocol.has(Protection::LeaseOutlivesTimeout);
            let delay = if long { LEASE_TICKS } else { LEASE_TICKS - 1 };
            postpone(worker, Message { delay, saw: Some(row.lease.fence), ..worker.task });
        }
    }
}

fn take(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let (Some(lease), Some(found)) = (worker.lease, worker.access) else { return };
    if found.revision != state.access.revision && protocol.has(Protection::LeaseRevision) {
        // "another worker took the lease": ten seconds, less than a tick.
        worker.lease = None;
        return postpone(worker, worker.task);
    }
    state.access = Access { revision: state.access.revision + 1, lease, quiet: 0, ..found };
    worker.access = Some(state.access);
    worker.holds = true;
    worker.step = Step::Ask;
}

fn hear(protocol: &Protocol, worker: &mut Worker) {
    worker.step = match worker.said {
        Some(Said::Fresh(_) | Said::Refused) => Step::Write,
        Some(Said::ApplicationRefused) if !protocol.has(Protection::InvalidClientApart) => Step::Write,
        _ => Step::Release,
    };
}

fn settle_access(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    if worker.lease != Some(state.access.lease) && protocol.has(Protection::FenceOnWrite) {
        // "another worker took the lease over": what it knows is lost, and it says so to nobody.
        give_up(state, worker);
        worker.step = Step::End;
        return;
    }
    worker.access = Some(state.access);
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
    worker.step = Step::Write;
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

/// The rows that are written are still as they were read: the token's, and the connection's where it changes.
fn unmoved(protocol: &Protocol, state: &State, worker: &Worker) -> bool {
    let (Some(access), Some(connection)) = (worker.access, worker.connection) else { return false };
    let touched = worker.said != Some(Said::Fresh(None)) || connection.status != ACTIVE;
    let access = access.revision == state.access.revision;
    let connection = connection.revision == state.connection.revision || !touched;
    access && connection || !protocol.has(Protection::RowRevision)
}

fn write(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    if !unmoved(protocol, state, worker) {
        let replaced = matches!(worker.said, Some(Said::Fresh(Some(_))));
        worker.step = Step::SettleAccess;
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

/// The one write of `settle`: the token with its lease, and the connection where it changes.
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
            if !wanted(worker, &state.access) {
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
    access.lease = freed(protocol, mine);
    access.quiet = 0;
    state.access = access;
    worker.holds = false;
}

/// The lease after its holder is done.
fn freed(protocol: &Protocol, mine: Hold) -> Hold {
    let fence = if protocol.has(Protection::FenceKept) { mine.fence } else { 0 };
    Hold { fence, holder: None }
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

/// Gives the lease back in the row as it is now, if it is still there.
fn release(protocol: &Protocol, state: &mut State, worker: &mut Worker) {
    let Some(mine) = worker.lease else { return };
    if mine == state.access.lease || !protocol.has(Protection::ReleaseByOwner) {
        let silent = matches!(worker.said, Some(Said::Nothing | Said::ApplicationRefused));
        if silent && worker.task.generation == state.access.generation {
            state.access.quiet = PAUSE_TICKS;
        }
        state.access.lease = freed(protocol, mine);
        state.access.revision += 1;
    }
    worker.step = Step::End;
}
