//! The simulator's only source of time: the system's, or a virtual one that a test moves.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A clock that every part of the simulator reads. Clones share the same time.
#[derive(Clone, Debug)]
pub struct SimClock(Arc<Mutex<Face>>);

#[derive(Debug)]
enum Face {
    /// The system's time plus an offset.
    System(SignedDuration),
    /// A time that moves only when it is told to.
    Fixed(Timestamp),
}

impl SimClock {
    /// The system's time.
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(Face::System(SignedDuration::ZERO))))
    }

    /// A time that stands still until [`advance`](Self::advance) or [`set`](Self::set).
    pub fn fixed(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Face::Fixed(at))))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Face::System(offset) => after(Timestamp::now(), offset),
            Face::Fixed(at) => at,
        }
    }

    /// Moves the time forward, for a system clock too (it then runs ahead by that much).
    pub fn advance(&self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Face::System(offset) => *offset = offset.saturating_add(by),
            Face::Fixed(at) => *at = after(*at, by),
        }
    }

    /// Sets the time, backwards too. A system clock goes on running from there.
    pub fn set(&self, to: Timestamp) {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Face::System(offset) => *offset = to.duration_since(Timestamp::now()),
            Face::Fixed(at) => *at = to,
        }
    }
}

/// `at` moved by `by`, held at the ends of representable time.
pub(crate) fn after(at: Timestamp, by: SignedDuration) -> Timestamp {
    match at.checked_add(by) {
        Ok(moved) => moved,
        Err(_) if by.is_negative() => Timestamp::MIN,
        Err(_) => Timestamp::MAX,
    }
}

/// `at` cut to whole seconds and written as Amazon writes it: `2026-11-20T10:15:30Z`.
pub(crate) fn text(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = SimClock::fixed("2026-11-20T10:00:00Z".parse().unwrap());
        let same = clock.clone();
        clock.advance(Duration::from_secs(90));
        assert_eq!(same.now().to_string(), "2026-11-20T10:01:30Z");
    }

    #[test]
    fn a_system_clock_can_run_ahead() {
        let clock = SimClock::system();
        let before = clock.now();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now().duration_since(before).as_secs() >= 3600);
    }
}
