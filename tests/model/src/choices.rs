//! What may happen next: the calm course of things, and the faults.

use crate::amazon::{self, Reply};
use crate::model::{Action, Protocol};
use crate::state::{ACTIVE, Access, Leg, NEEDS_RECONNECT, QUEUE, State, Step, TIMEOUT_TICKS, Worker};

/// More than the longest way from any state to rest.
const CALM_STEPS: usize = 200;

impl Protocol {
    /// What happens without any fault, in the order in which a calm world would do it.
    pub(crate) fn calm(&self, state: &State, actions: &mut Vec<Action>) {
        for (at, worker) in state.workers.iter().enumerate() {
            match worker.step {
                Step::Idle => {}
                _ if worker.frozen => actions.push(Action::Thaw(at)),
                Step::Ask => actions.push(Action::Answer(at, Reply::Honest)),
                _ => actions.push(Action::Work(at)),
            }
        }
        for (at, callback) in state.callbacks.iter().enumerate() {
            match callback.leg {
                Leg::Idle => {}
                Leg::Exchange => {
                    actions.extend(amazon::trades(state, at).map(|t| Action::Trade(at, t)).take(1))
                }
                _ => actions.push(Action::Callback(at)),
            }
        }
        if state.workers[..self.workers].iter().any(|worker| worker.step == Step::Idle) {
            actions.extend(ready(state).map(Action::Deliver));
        }
        let at_its_end = |w: &Worker| w.step != Step::Idle && !w.frozen && w.age >= TIMEOUT_TICKS;
        if !state.workers.iter().any(at_its_end) {
            actions.push(Action::Tick);
        }
        let wanting = state.access.due && (state.access.old || !state.access.sealed);
        if wanting && state.idle() {
            actions.push(Action::Schedule);
        }
    }

    /// From here on no fault happens and the token is wanted: does everything come to rest?
    pub(crate) fn settles(&self, state: &State) -> bool {
        let mut state = *state;
        state.access.old = true;
        let mut actions = Vec::with_capacity(16);
        for _ in 0..CALM_STEPS {
            if settled(&state) {
                return true;
            }
            actions.clear();
            self.calm(&state, &mut actions);
            let Some(next) = actions.iter().find_map(|action| self.act(&state, *action)) else {
                return false;
            };
            state = next;
        }
        false
    }

    pub(crate) fn faults(&self, state: &State, actions: &mut Vec<Action>) {
        let left = state.left;
        let free = state.workers[..self.workers].iter().any(|worker| worker.step == Step::Idle);
        for (at, worker) in state.workers.iter().enumerate().filter(|(_, w)| w.step != Step::Idle) {
            if worker.step == Step::Ask && !worker.frozen {
                actions.extend(amazon::replies(state, at).skip(1).map(|reply| Action::Answer(at, reply)));
            }
            if left.crashes > 0 {
                actions.push(Action::Crash(at));
            }
            if left.failures > 0 && worker.step == Step::Write && !worker.frozen {
                actions.extend([Action::Fail(at, false), Action::Fail(at, true)]);
            }
            if left.pauses > 0 && !worker.frozen {
                actions.push(Action::Freeze(at));
            }
        }
        for (at, callback) in state.callbacks.iter().enumerate().filter(|(_, c)| c.leg != Leg::Idle) {
            if callback.leg == Leg::Exchange {
                actions.extend(amazon::trades(state, at).skip(1).map(|trade| Action::Trade(at, trade)));
            }
            if left.crashes > 0 {
                actions.push(Action::Abort(at));
            }
            if left.duplicates > 0 {
                actions.push(Action::Repeat(at));
            }
        }
        if left.duplicates > 0 && free {
            actions.extend(ready(state).map(Action::DeliverTwice));
        }
        let running = state.callbacks.iter().filter(|callback| callback.leg != Leg::Idle).count();
        let place = state.callbacks.iter().position(|callback| callback.leg == Leg::Idle);
        let may = left.consents > 0 && (running == 0 || self.parallel);
        actions.extend(place.filter(|_| may).map(Action::Consent));
        for (action, possible) in [
            (Action::Expire, left.expiries > 0 && !state.access.old),
            (Action::Ask, left.asks > 0),
            (Action::Mark, left.marks > 0),
            (Action::Revoke, left.revocations > 0 && state.amazon.alive != 0),
        ] {
            if possible {
                actions.push(action);
            }
        }
    }
}

/// The messages that can be received, each kind once.
fn ready(state: &State) -> impl Iterator<Item = usize> {
    let queue = state.queue;
    (0..QUEUE).filter(move |&at| {
        queue[at].is_some_and(|message| message.delay == 0) && (at == 0 || queue[at - 1] != queue[at])
    })
}

/// Nobody works, and the token is fresh or the seller is asked.
fn settled(state: &State) -> bool {
    let Access { generation, sealed, old, .. } = state.access;
    let fresh =
        state.connection.status == ACTIVE && sealed && !old && generation == state.connection.generation;
    let asked = state.connection.status == NEEDS_RECONNECT && !sealed && state.ghost.refused_again;
    state.idle() && (fresh || asked)
}
