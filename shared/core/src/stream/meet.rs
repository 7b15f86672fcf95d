//! Where the streams of one connection meet: what is fetched every four hours or less often is fetched at the same
//! moments, so that one access token, renewed shortly before, serves all of it.

use super::Stream;
use crate::domains::Domain;
use crate::gate::place_of;
use crate::ids::ConnectionId;
use jiff::{SignedDuration, Timestamp};

/// From one meeting to the next. Cadences from here on are whole multiples of it, or lose the rest.
pub const MEETING: SignedDuration = SignedDuration::from_hours(4);

/// A stream is back in step after so many runs at most.
const STEPS: i32 = 4;

/// The last meeting of a connection's streams at a moment or before it. Each connection has moments of its own.
pub fn meeting_before(moment: Timestamp, connection: &ConnectionId) -> Timestamp {
    let phase = (place_of(connection) * MEETING.as_secs_f64()) as i64;
    moment
        - SignedDuration::from_secs((moment.as_second() - phase).rem_euclid(MEETING.as_secs()))
        - SignedDuration::from_nanos(i64::from(moment.subsec_nanosecond()))
}

impl Stream {
    /// When it is due next, now that all there is has landed: after its cadence, or at the last meeting before that.
    /// One that an incident brought out of step comes nearer a quarter of its cadence at a time, so that those who had
    /// their turns after it do not storm soon after.
    pub fn due_next(&self, domain: &Domain, now: Timestamp) -> Timestamp {
        let (due, cadence) = (self.due_onward(domain), self.cadence(domain));
        if domain.by_day {
            // A day ends for everybody at the same moment, and nothing can be asked before: the first meeting after it.
            return meeting_before(due + MEETING - SignedDuration::from_secs(1), &self.connection).max(now);
        }
        // A hint has a moment of its own.
        if cadence < MEETING || due <= now || self.due_hinted(domain).is_some_and(|at| at <= due) {
            return due.max(now);
        }
        due - due.duration_since(meeting_before(due, &self.connection)).min(cadence / STEPS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::ORDERS;
    use crate::ids::TenantId;

    fn stream(n: usize, cursor: Timestamp, changes: f64) -> Stream {
        let tenant = TenantId::parse("main").unwrap();
        let mut stream =
            Stream::new(&tenant, &ConnectionId::parse(&format!("c{n:023}")).unwrap(), &ORDERS, 1, cursor);
        (stream.cursor, stream.changes_an_hour) = (Some(cursor), Some(changes));
        stream
    }

    #[test]
    fn quiet_streams_of_a_connection_meet_and_never_wait_longer_than_their_cadence() {
        let start: Timestamp = "2026-11-21T10:00:00.123Z".parse().unwrap();
        let next = |now: Timestamp| stream(1, now - ORDERS.lag, 0.0).due_next(&ORDERS, now);
        for n in 0..50 {
            let mut now = start + SignedDuration::from_mins(7) * n;
            for _ in 0..STEPS {
                let wait = next(now).duration_since(now);
                assert!(wait <= ORDERS.cadence_quiet && wait >= ORDERS.cadence_quiet * 3 / 4, "{wait}");
                // It runs a little late and comes to the meeting all the same.
                now += wait + SignedDuration::from_secs(70);
            }
            let due = next(now);
            assert_eq!(due, meeting_before(due, &stream(1, now, 0.0).connection));
            assert_eq!(next(due + SignedDuration::from_secs(70)), due + MEETING);
        }
    }

    #[test]
    fn l47_a_day_is_asked_for_after_its_end_at_the_connections_meeting() {
        let midnight: Timestamp = "2026-11-21T00:00:00Z".parse().unwrap();
        for n in 0..50 {
            let of = stream(n, midnight, 0.0);
            let day = Domain { by_day: true, cadence_quiet: SignedDuration::from_hours(24), ..ORDERS };
            let due = of.due_next(&day, midnight + SignedDuration::from_hours(3));
            let end = midnight + SignedDuration::from_hours(24) + day.lag;
            assert!(due >= end && due < end + MEETING, "{due}");
            assert_eq!(due, meeting_before(due, &of.connection));
        }
    }

    #[test]
    fn a_busy_stream_keeps_its_own_moments() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let busy = stream(1, now - ORDERS.lag, 1e4);
        assert_eq!(busy.due_next(&ORDERS, now), now + ORDERS.cadence);
    }

    #[test]
    fn the_meetings_of_many_connections_are_spread_over_the_whole_period() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut tenths = [0; 10];
        for n in 0..1000 {
            let of = ConnectionId::parse(&format!("c{n:023}")).unwrap();
            let ago = now.duration_since(meeting_before(now, &of)).as_secs();
            tenths[(ago * 10 / MEETING.as_secs()) as usize] += 1;
        }
        assert!(tenths.iter().all(|n| (60..150).contains(n)), "{tenths:?}");
    }
}
