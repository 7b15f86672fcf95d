//! One worker at a time, without clocks.
//!
//! A lease says who works on something and carries a fence that grows with every holder. A contender that
//! finds it held puts its message back with a delay longer than any holder can live and notes the fence it
//! saw; if the fence is still the same then, the holder is dead and the lease may be taken over. A dead
//! holder that wakes up again fails, because every write is conditioned on the row it read (R4, R5 of the
//! protocol; the method is that of AWS's DynamoDB lock client).

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How long a contender waits before it takes a holder for dead: the longest run (60 s) and what a clock or a queue
/// may be off. Streams whose runs may be longer have [`Domain::lease`](crate::domains::Domain::lease).
pub const LEASE: SignedDuration = SignedDuration::from_secs(60 + MARGIN);

/// Seconds that a lease is longer than a run.
pub const MARGIN: i64 = 15;

/// Who works on something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Grows by one with every holder.
    pub fence: u64,
    /// The message being worked on, or nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// How many holders were put out. One that was may still be at work for a moment.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub put_out: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The answer to a contender.
#[derive(Debug, PartialEq, Eq)]
pub enum Grip {
    /// It is his: store this lease, then work.
    Take(Lease),
    /// Somebody works on it. Come back after [`LEASE`] with this fence.
    Held(u64),
}

impl Lease {
    /// Asks for the lease on behalf of a message. `saw` is the fence that was found a lease ago.
    ///
    /// A message that finds itself as the holder is no exception: a queue may deliver one message twice at
    /// the same time, and the first delivery may still be at work.
    pub fn ask(&self, message: &str, saw: Option<u64>) -> Grip {
        if self.holder.is_none() || saw == Some(self.fence) {
            Grip::Take(Self { fence: self.fence + 1, holder: Some(message.to_owned()), ..*self })
        } else {
            Grip::Held(self.fence)
        }
    }

    /// The lease after its holder was put out: whoever it was fails at his next write.
    pub fn revoked(&self) -> Self {
        Self { fence: self.fence + 1, holder: None, put_out: self.put_out.saturating_add(1) }
    }

    /// The lease after its holder is done. The fence stays, so that it only ever grows.
    pub fn released(&self) -> Self {
        Self { holder: None, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_lease_is_taken_and_the_fence_grows() {
        let Grip::Take(first) = Lease::default().ask("m1", None) else { panic!("free") };
        let Grip::Take(second) = first.released().ask("m2", None) else { panic!("free") };
        assert_eq!((first.fence, second.fence), (1, 2));
    }

    #[test]
    fn a_held_lease_is_taken_over_only_by_who_saw_the_same_fence_a_lease_ago() {
        let held = Lease { fence: 4, holder: Some("m1".into()), put_out: 0 };
        assert_eq!(held.ask("m2", None), Grip::Held(4));
        assert_eq!(held.ask("m2", Some(3)), Grip::Held(4));
        assert_eq!(
            held.ask("m2", Some(4)),
            Grip::Take(Lease { fence: 5, holder: Some("m2".into()), put_out: 0 })
        );
    }

    #[test]
    fn a_message_delivered_twice_at_once_does_not_take_over_from_itself() {
        let held = Lease { fence: 4, holder: Some("m1".into()), put_out: 0 };
        assert_eq!(held.ask("m1", None), Grip::Held(4));
    }
}
