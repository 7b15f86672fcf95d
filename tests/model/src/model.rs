//! The protocol as a Stateright model: what may happen next, and what comes of it.

use crate::amazon::{self, Reply, Trade};
use crate::protection::Protection;
use crate::state::{
    ACTIVE, Access, Amazon, Budget, CALLBACKS, Callback, Connection, Ghost, Hold, Leg, Message, QUEUE, State,
    Step, WORKERS, Worker, first_of,
};
use crate::{consent, property, refresh};
use stateright::{Model, Property};

/// Whatever may happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A worker takes its next step.
    Work(usize),
    /// Amazon answers a worker.
    Answer(usize, Reply),
    /// A worker that stood still goes on.
    Thaw(usize),
    /// A callback takes its next step.
    Callback(usize),
    /// Amazon answers a callback.
    Trade(usize, Trade),
    /// A message is received, by the first worker that is free.
    Deliver(usize),
    /// The schedule asks for a token that is due, while nobody is at it.
    Schedule,
    /// Time passes.
    Tick,
    /// The access token grows old.
    Expire,
    /// Somebody asks for a renewal out of turn.
    Ask,
    /// Somebody writes the connection's row for another reason.
    Mark,
    /// A message is received, and will be once more.
    DeliverTwice(usize),
    /// A worker dies; its message comes again.
    Crash(usize),
    /// The tables fail at a worker's write; whether they acted is said.
    Fail(usize, bool),
    /// A worker stands still for as long as you like.
    Freeze(usize),
    /// A callback dies.
    Abort(usize),
    /// The seller consents: a callback with a new state.
    Consent(usize),
    /// The browser sends a callback once more.
    Repeat(usize),
    /// The seller withdraws the grant.
    Revoke,
}

/// The protocol, with or without some of its protections, within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protocol {
    /// Refresh workers at one time, at most [`WORKERS`].
    pub workers: usize,
    /// Consents may run side by side; else each begins after the one before.
    pub parallel: bool,
    /// What may happen, and how often.
    pub budget: Budget,
    /// The protections that are off: bits.
    pub removed: u32,
}

impl Protocol {
    /// The same without a protection.
    #[must_use]
    pub fn without(self, protection: Protection) -> Self {
        Self { removed: self.removed | 1 << protection as u32, ..self }
    }

    pub(crate) fn has(&self, protection: Protection) -> bool {
        self.removed & (1 << protection as u32) == 0
    }

    /// One action, or nothing if it is impossible or beyond the bounds.
    pub fn act(&self, before: &State, action: Action) -> Option<State> {
        let mut state = *before;
        let left = &mut state.left;
        match action {
            Action::Work(at) => refresh::step(self, &mut state, at)?,
            Action::Answer(at, reply) => amazon::answer(&mut state, at, reply)?,
            Action::Thaw(at) => state.workers[at].frozen = false,
            Action::Callback(at) => consent::step(self, &mut state, at)?,
            Action::Trade(at, trade) => amazon::trade(&mut state, at, trade),
            Action::Deliver(at) => self.deliver(&mut state, at)?,
            Action::Schedule => ask(&mut state)?,
            Action::Tick => state.tick(),
            Action::Expire => {
                left.expiries -= 1;
                state.access.old = true;
            }
            Action::Ask => {
                left.asks -= 1;
                ask(&mut state)?;
            }
            Action::Mark => {
                left.marks -= 1;
                state.connection.revision += 1;
            }
            Action::DeliverTwice(at) => {
                left.duplicates -= 1;
                let message = state.queue[at]?;
                self.deliver(&mut state, at)?;
                state.send(message).then_some(())?;
            }
            Action::Crash(at) => {
                left.crashes -= 1;
                let worker = std::mem::replace(&mut state.workers[at], Worker::IDLE);
                refresh::forget(&mut state, &worker);
                state.send(worker.task).then_some(())?;
            }
            Action::Fail(at, acted) => {
                left.failures -= 1;
                self.fail(&mut state, at, acted)?;
            }
            Action::Freeze(at) => {
                left.pauses -= 1;
                (state.workers[at].frozen, state.workers[at].overslept) = (true, true);
            }
            Action::Abort(at) => {
                left.crashes -= 1;
                if state.callbacks[at].grant.is_some() {
                    consent::lose(&mut state);
                }
                state.callbacks[at] = Callback::IDLE;
            }
            Action::Consent(at) => {
                left.consents -= 1;
                let consent = left.consents;
                state.callbacks[at] = Callback { leg: Leg::Take, consent, ..Callback::IDLE };
            }
            Action::Repeat(at) => {
                left.duplicates -= 1;
                let callback = state.callbacks[at];
                let free = state.callbacks.iter_mut().find(|other| other.leg == Leg::Idle)?;
                let consent = callback.consent;
                *free = Callback { leg: Leg::Take, consent, ..Callback::IDLE };
            }
            Action::Revoke => {
                left.revocations -= 1;
                state.amazon.revoked |= state.amazon.alive;
                state.amazon.alive = 0;
            }
        }
        (state != *before).then_some(state)
    }

    fn deliver(&self, state: &mut State, at: usize) -> Option<()> {
        let free = state.workers[..self.workers].iter().position(|worker| worker.step == Step::Idle)?;
        let task = state.receive(at)?;
        state.workers[free] = Worker { step: refresh::first(self), task, ..Worker::IDLE };
        Some(())
    }

    /// The tables do not answer the one write: the worker frees the lease if it can, and ends as failed.
    fn fail(&self, state: &mut State, at: usize, acted: bool) -> Option<()> {
        let mut worker = state.workers[at];
        if acted {
            // It acted, so the condition held.
            let after = self.act(state, Action::Work(at))?;
            if !matches!(after.workers[at].step, Step::End | Step::Conclude) {
                return None;
            }
            let taken = worker.lease;
            *state = after;
            worker.lease = taken;
        } else {
            refresh::forget(state, &worker);
        }
        (worker.step, worker.failed, worker.said) = (Step::Release, true, None);
        (worker.connection, worker.access, worker.attempts) = (None, None, 0);
        state.workers[at] = worker;
        Some(())
    }
}

/// A task for the token as it is now.
fn ask(state: &mut State) -> Option<()> {
    let Access { generation, serial, .. } = state.access;
    state.send(Message { delay: 0, generation, serial, saw: None }).then_some(())
}

impl Model for Protocol {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            connection: Connection {
                revision: 1,
                generation: 1,
                status: ACTIVE,
                age: 0,
                refresh: first_of(1),
                exchange: false,
                interrupted: false,
            },
            access: Access {
                revision: 1,
                generation: 1,
                serial: 1,
                sealed: true,
                due: true,
                old: true,
                lease: Hold { fence: 0, holder: None },
                quiet: 0,
            },
            queue: [None; QUEUE],
            workers: [Worker::IDLE; WORKERS],
            callbacks: [Callback::IDLE; CALLBACKS],
            taken: 0,
            amazon: Amazon { grants: 1, alive: 1 << first_of(1), revoked: 0, traded: 0 },
            left: self.budget,
            ghost: Ghost {
                broken: 0,
                refused: None,
                refused_again: false,
                committed: 0,
                lost: false,
                lost_grant: false,
            },
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.calm(state, actions);
        self.faults(state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        self.act(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        property::all()
    }
}
