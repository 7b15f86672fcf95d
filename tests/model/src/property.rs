//! What must always hold, by the letters of the fault model, and what must be reachable for that to mean
//! anything.

use crate::model::Protocol;
use crate::state::{ACTIVE, NEEDS_RECONNECT, SUSPECT, Said, State, Step, first_of};
use stateright::Property;

/// I2, in flight.
pub const ONE_IN_FLIGHT: &str =
    "I2 one refresh is in flight, but for a worker that stood still past its lease";
/// I2, committed.
pub const ONE_COMMIT: &str = "I2 one answer is stored for a fence, and none of an older fence after it";
/// I2, the same complaint.
pub const ONCE_PER_COMPLAINT: &str = "I2 a token that was renewed already is not renewed again";
/// I3.
pub const GENERATION: &str = "I3 an answer about one grant changes no row of another";
/// I4.
pub const NO_FALSE_RECONNECT: &str = "I4 a seller is asked only after two refusals, the second look apart";
/// I1, order.
pub const NEWEST_TOKEN: &str = "I1 a refresh token is never replaced by an older one";
/// I1, worth.
pub const TOKEN_WORKS: &str = "I1 the stored refresh token works, unless withdrawn or its successor was lost";
/// I1, sent.
pub const STORED_IS_SENT: &str = "I1 Amazon is sent the stored refresh token of the generation, no older one";
/// I1, shown.
pub const LOSS_SHOWN: &str = "I1 a grant lost with its callback shows as interrupted";
/// I1, asked.
pub const CODE_ONCE: &str = "I1 a code that was traded is not shown to Amazon again";
/// R8.
pub const NOBODY_CHANGED: &str = "R8 a refused application changes no connection";
/// I9.
pub const REVOKED_IS_STOPPED: &str = "I9 a refused grant leaves no access token to read";
/// Liveness, as a property of each state.
pub const SETTLES: &str = "once faults end, a token is fresh again or the seller is asked";

/// Rules that one step breaks and no later state shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// See [`ONE_COMMIT`].
    OneCommit = 1,
    /// See [`ONCE_PER_COMPLAINT`].
    OncePerComplaint = 2,
    /// See [`GENERATION`].
    Generation = 4,
    /// See [`NO_FALSE_RECONNECT`].
    NoFalseReconnect = 8,
    /// See [`NEWEST_TOKEN`].
    NewestToken = 16,
    /// See [`STORED_IS_SENT`].
    StoredIsSent = 32,
    /// See [`NOBODY_CHANGED`].
    NobodyChanged = 64,
    /// See [`CODE_ONCE`].
    CodeOnce = 128,
}

impl Broken {
    pub(crate) fn mark(self, state: &mut State) {
        state.ghost.broken |= self as u8;
    }

    fn absent(self, state: &State) -> bool {
        state.ghost.broken & self as u8 == 0
    }
}

/// All properties.
pub fn all() -> Vec<Property<Protocol>> {
    let mut all = always();
    all.extend(sometimes());
    all
}

fn always() -> Vec<Property<Protocol>> {
    type P = Property<Protocol>;
    vec![
        P::always(ONE_IN_FLIGHT, |_, state| one_in_flight(state)),
        P::always(ONE_COMMIT, |_, state| Broken::OneCommit.absent(state)),
        P::always(ONCE_PER_COMPLAINT, |_, state| Broken::OncePerComplaint.absent(state)),
        P::always(GENERATION, |_, state| Broken::Generation.absent(state)),
        P::always(NO_FALSE_RECONNECT, |_, state| Broken::NoFalseReconnect.absent(state)),
        P::always(NEWEST_TOKEN, |_, state| Broken::NewestToken.absent(state)),
        P::always(TOKEN_WORKS, |_, state| token_works(state)),
        P::always(STORED_IS_SENT, |_, state| Broken::StoredIsSent.absent(state)),
        P::always(LOSS_SHOWN, |_, state| {
            let shown = state.connection.exchange || state.connection.interrupted;
            !state.ghost.lost_grant || shown
        }),
        P::always(CODE_ONCE, |_, state| Broken::CodeOnce.absent(state)),
        P::always(NOBODY_CHANGED, |_, state| Broken::NobodyChanged.absent(state)),
        P::always(REVOKED_IS_STOPPED, |_, state| state.connection.status == ACTIVE || !readable(state)),
        P::always(SETTLES, Protocol::settles),
    ]
}

/// Moments that a run has to reach, or its bounds are too small to say anything.
fn sometimes() -> Vec<Property<Protocol>> {
    type P = Property<Protocol>;
    vec![
        P::sometimes("a dead holder is taken over from while it still stands", |_, state| {
            state
                .workers
                .iter()
                .any(|w| w.holds && w.lease.is_some_and(|mine| mine.fence < state.access.lease.fence))
        }),
        P::sometimes("a new grant is stored while a refresh of the old one is in flight", |_, state| {
            any(state, |worker| worker.step == Step::Hear && stale(state, worker.task.generation))
        }),
        P::sometimes("an answer about an old grant reaches the write", |_, state| {
            any(state, |worker| worker.step == Step::SettleConnection && stale(state, worker.task.generation))
        }),
        P::sometimes("a replaced refresh token is stored", |_, state| {
            state.connection.generation == 1 && state.connection.refresh > first_of(1)
        }),
        P::sometimes("a suspect connection recovers", |_, state| {
            let fresh = |said| matches!(said, Some(Said::Fresh(_)));
            state.connection.status == SUSPECT
                && any(state, |worker| worker.step == Step::Write && fresh(worker.said))
        }),
        P::sometimes("a grant that died is told to the seller", |_, state| {
            state.connection.status == NEEDS_RECONNECT && !state.amazon.works(state.connection.refresh)
        }),
        P::sometimes("a grant that died comes back", |_, state| {
            state.amazon.revoked != 0 && readable(state) && state.connection.generation > 1 && state.idle()
        }),
    ]
}

fn any(state: &State, is: impl Fn(&crate::state::Worker) -> bool) -> bool {
    state.workers.iter().any(is)
}

fn stale(state: &State, generation: u8) -> bool {
    generation < state.connection.generation
}

fn one_in_flight(state: &State) -> bool {
    state.workers.iter().filter(|worker| worker.step == Step::Hear && !worker.overslept).count() <= 1
}

/// A fetcher may still open the access token for the present grant.
fn readable(state: &State) -> bool {
    state.access.sealed && state.access.generation == state.connection.generation
}

fn token_works(state: &State) -> bool {
    let token = state.connection.refresh;
    let generation = state.connection.generation;
    let in_hand = |worker: &crate::state::Worker| {
        matches!(worker.said, Some(Said::Fresh(Some(_)))) && worker.task.generation == generation
    };
    state.amazon.works(token)
        || state.amazon.revoked & (1 << token) != 0
        || state.ghost.lost
        || any(state, in_hand)
        || state.callbacks.iter().any(|callback| callback.grant.is_some())
}
