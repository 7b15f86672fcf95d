//! A gate in front of a service that many depend on: shut while the service is of no use, it lets one through
//! from time to time to find out; when it opens again, everybody has a turn, spread over some minutes.

use crate::ids::ConnectionId;
use crate::schedule::CLOCK_SKEW;
use crate::secret::Digest;
use jiff::{SignedDuration, Timestamp};

/// While it is shut, somebody asks this often.
pub const PROBE_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// Whether somebody may pass.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Yes.
    Open,
    /// Yes, as the one that finds out.
    Probe,
    /// Not before this moment; others have their turn.
    At(Timestamp),
    /// The service is of no use now; somebody else finds out when it is.
    Shut,
}

/// How a gate stands.
pub(crate) struct Standing {
    /// Whether the service is of no use now.
    pub(crate) shut: bool,
    /// When somebody may find out next.
    pub(crate) next_probe: Option<Timestamp>,
    /// When it was of use again.
    pub(crate) recovered_at: Option<Timestamp>,
    /// How long the turns after that take.
    pub(crate) recovery: SignedDuration,
}

impl Standing {
    /// For whom stands at this place of the queue after an outage, from 0 to 1.
    pub(crate) fn turn(&self, place: f64, now: Timestamp) -> Gate {
        if self.shut {
            let probe = !self.next_probe.is_some_and(|at| ahead(at, now, PROBE_EVERY));
            return if probe { Gate::Probe } else { Gate::Shut };
        }
        let turn = |at| at + SignedDuration::from_secs_f64(self.recovery.as_secs_f64() * place);
        match self.recovered_at.map(turn) {
            Some(mine) if ahead(mine, now, self.recovery) => Gate::At(mine),
            _ => Gate::Open,
        }
    }
}

/// Whether a moment that was set at most `longest` ahead still has to be waited for. One that lies further away
/// comes from a clock that was wrong, and nobody waits for it.
pub(crate) fn ahead(at: Timestamp, now: Timestamp, longest: SignedDuration) -> bool {
    now < at && at <= now + longest + CLOCK_SKEW
}

/// Where a connection stands in the queue after an outage: spread evenly by its id, from 0 to 1.
pub(crate) fn place_of(connection: &ConnectionId) -> f64 {
    let digest = Digest::of(connection.as_str());
    let number = u32::from_str_radix(digest.as_str().get(..8).unwrap_or_default(), 16).unwrap_or_default();
    f64::from(number) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    const RECOVERY: SignedDuration = SignedDuration::from_mins(14);

    fn standing(shut: bool, next_probe: Option<i64>, recovered_at: Option<i64>) -> Standing {
        let (next_probe, recovered_at) = (next_probe.map(at), recovered_at.map(at));
        Standing { shut, next_probe, recovered_at, recovery: RECOVERY }
    }

    #[test]
    fn while_nobody_answers_one_probe_a_minute_is_let_through() {
        let silent = standing(true, Some(1), None);
        assert_eq!(silent.turn(0.5, at(0)), Gate::Shut);
        assert_eq!(silent.turn(0.5, at(1)), Gate::Probe);
    }

    #[test]
    fn nobody_waits_for_a_moment_that_a_wrong_clock_set() {
        assert_eq!(standing(true, Some(1441), None).turn(0.5, at(0)), Gate::Probe);
        assert_eq!(standing(false, None, Some(1440)).turn(0.5, at(0)), Gate::Open);
    }

    #[test]
    fn after_an_outage_each_has_its_turn_within_a_quarter_of_an_hour() {
        let back = standing(false, None, Some(0));
        assert_eq!(back.turn(0.0, at(0)), Gate::Open);
        assert_eq!(back.turn(0.5, at(0)), Gate::At(at(7)));
        assert_eq!(back.turn(0.5, at(7)), Gate::Open);
        assert_eq!(back.turn(1.0, at(14)), Gate::Open);
    }

    #[test]
    fn the_places_of_a_thousand_connections_are_spread_evenly() {
        let mut tenths = [0; 10];
        for n in 0..1000 {
            tenths[((place_of(&ConnectionId::parse(&format!("connection-{n:04}")).unwrap()) * 10.0)
                as usize)
                .min(9)] += 1;
        }
        assert!(tenths.iter().all(|tenth| (60..=140).contains(tenth)), "{tenths:?}");
    }
}
