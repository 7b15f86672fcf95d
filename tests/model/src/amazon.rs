//! What Login with Amazon may say, and what it does when it says so.

use crate::consent;
use crate::property::Broken;
use crate::state::{Leg, SECOND_LOOK_TICKS, Said, State, Step, Token, first_of};

/// How Amazon answers a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// A token if the grant works, `invalid_grant` if not.
    Honest,
    /// `invalid_grant` although the grant works.
    Spurious,
    /// A token, and another refresh token; the one sent is dead from now on.
    Rotated,
    /// `invalid_client`.
    Application,
    /// Busy or nothing at all, and nothing was done.
    Silent,
    /// Nothing at all, though it rotated the refresh token.
    RotatedSilent,
}

/// How Amazon answers the trade of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    /// A grant; the one before it works on.
    Granted,
    /// A grant; the one before it is dead.
    GrantedAlone,
    /// The code is used.
    Refused,
    /// Busy: nothing was done.
    Busy,
    /// Nothing at all, though the grant was given; the one before it is dead.
    Unanswered,
}

/// Gives out the first refresh token of a new grant.
fn give(state: &mut State, alone: bool) -> Token {
    state.amazon.grants += 1;
    let token = first_of(state.amazon.grants);
    if alone {
        state.amazon.alive = 0;
    }
    state.amazon.alive |= 1 << token;
    token
}

/// Puts another refresh token in the place of one, within the same grant.
fn rotate(state: &mut State, sent: Token) -> Token {
    state.amazon.alive &= !(1 << sent);
    state.amazon.alive |= 1 << (sent + 1);
    sent + 1
}

/// The replies that are possible now, the honest one first.
pub(crate) fn replies(state: &State, at: usize) -> impl Iterator<Item = Reply> {
    let works = state.workers[at].connection.is_some_and(|found| state.amazon.works(found.refresh));
    let left = state.left;
    [
        (Reply::Honest, true),
        (Reply::Spurious, works && left.spurious > 0),
        (Reply::Rotated, works && left.rotations > 0),
        (Reply::Application, left.refusals > 0),
        (Reply::Silent, left.silences > 0),
        (Reply::RotatedSilent, works && left.silences > 0 && left.rotations > 0),
    ]
    .into_iter()
    .filter_map(|(reply, possible)| possible.then_some(reply))
}

/// Amazon carries out a refresh. The answer is on its way from now on.
pub(crate) fn answer(state: &mut State, at: usize, reply: Reply) -> Option<()> {
    let mut worker = state.workers[at];
    let sent = worker.connection?.refresh;
    let current = worker.task.generation == state.connection.generation;
    if current && sent != state.connection.refresh && !worker.overslept {
        Broken::StoredIsSent.mark(state);
    }
    let left = &mut state.left;
    let said = match reply {
        Reply::Honest if state.amazon.works(sent) => Said::Fresh(None),
        Reply::Honest => Said::Refused,
        Reply::Spurious => {
            left.spurious -= 1;
            Said::Refused
        }
        Reply::Application => {
            left.refusals -= 1;
            Said::ApplicationRefused
        }
        Reply::Silent => {
            left.silences -= 1;
            Said::Nothing
        }
        Reply::Rotated => {
            left.rotations -= 1;
            Said::Fresh(Some(rotate(state, sent)))
        }
        Reply::RotatedSilent => {
            left.rotations -= 1;
            left.silences -= 1;
            rotate(state, sent);
            state.ghost.lost |= current;
            Said::Nothing
        }
    };
    if said == Said::Refused && current {
        let late = state.ghost.refused.is_some_and(|age| age >= SECOND_LOOK_TICKS);
        state.ghost.refused_again |= late;
        state.ghost.refused.get_or_insert(0);
    }
    worker.said = Some(said);
    worker.step = Step::Hear;
    state.workers[at] = worker;
    Some(())
}

/// The trades that are possible now, the plain one first.
pub(crate) fn trades(state: &State, at: usize) -> impl Iterator<Item = Trade> {
    let used = state.amazon.traded & (1 << state.callbacks[at].consent) != 0;
    let silences = state.left.silences > 0;
    [
        (Trade::Refused, used),
        (Trade::Granted, !used),
        (Trade::GrantedAlone, !used),
        (Trade::Busy, !used && silences),
        (Trade::Unanswered, !used && silences),
    ]
    .into_iter()
    .filter_map(|(trade, possible)| possible.then_some(trade))
}

/// Amazon trades a code, and the callback hears of it or not.
pub(crate) fn trade(state: &mut State, at: usize, trade: Trade) {
    let mut callback = state.callbacks[at];
    callback.leg = Leg::Connection;
    match trade {
        Trade::Granted | Trade::GrantedAlone => {
            callback.grant = Some(give(state, trade == Trade::GrantedAlone));
            state.amazon.traded |= 1 << callback.consent;
        }
        Trade::Refused => {
            Broken::CodeOnce.mark(state);
            callback.leg = Leg::Withdraw;
        }
        Trade::Busy => {
            state.left.silences -= 1;
            callback.leg = Leg::Withdraw;
        }
        Trade::Unanswered => {
            state.left.silences -= 1;
            state.amazon.traded |= 1 << callback.consent;
            give(state, true);
            consent::lose(state);
            callback = crate::state::Callback::IDLE;
        }
    }
    state.callbacks[at] = callback;
}
