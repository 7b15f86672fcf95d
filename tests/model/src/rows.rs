//! The rows and messages of the protocol, and the time that passes over them.
//!
//! Time has no hour. A step of the clock is [`TICK`] seconds; delays count down to nothing and ages up to the
//! longest one that matters, so the clock may go on for ever in a finite model.

use sellerport_core::connection::Status;
use sellerport_core::lease::{LEASE, Lease};
use sellerport_core::refresh::SECOND_LOOK;

/// Seconds of one step of the clock: the timeout of the refresh function, the shortest time of the protocol
/// that matters (`infra/template.yaml`).
pub const TICK: i64 = 30;

/// A worker that began in one step may still run in the next, and then its timeout ends it.
pub const TIMEOUT_TICKS: u8 = 1;

/// A contender's message is away for this long at least. Rounded down, so that it comes as early as it can.
pub const LEASE_TICKS: u8 = (LEASE.as_secs() / TICK) as u8;

/// Between the first and the second refusal.
pub const SECOND_LOOK_TICKS: u8 = (SECOND_LOOK.as_secs() / TICK) as u8;

/// After Login with Amazon failed: the shortest pause, 60 seconds.
pub const PAUSE_TICKS: u8 = 2;

/// Names a refresh token: four times its grant's number, plus how often it was replaced. A greater one is newer.
pub type Token = u8;

/// The first refresh token of a grant.
pub const fn first_of(grant: u8) -> Token {
    grant * 4
}

/// The connection's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Connection {
    /// Counts the row's writes.
    pub revision: u8,
    /// Counts its grants.
    pub generation: u8,
    /// Where it stands, as [`rank`] of the real status so that it can be hashed.
    pub status: u8,
    /// Ticks since it stands there.
    pub age: u8,
    /// The refresh token.
    pub refresh: Token,
    /// An exchange has begun and is not finished.
    pub exchange: bool,
    /// An earlier exchange was never finished, and no grant has made up for it.
    pub interrupted: bool,
}

/// A status as a number.
pub const fn rank(status: Status) -> u8 {
    status as u8
}

/// The grant works.
pub const ACTIVE: u8 = rank(Status::Active);
/// Refused once.
pub const SUSPECT: u8 = rank(Status::Suspect);
/// Refused twice.
pub const NEEDS_RECONNECT: u8 = rank(Status::NeedsReconnect);

/// The access token's row, which holds the lease on renewing it too. The lease's decisions are those of the real
/// [`Lease`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Access {
    /// Counts the row's writes.
    pub revision: u8,
    /// The grant it came from.
    pub generation: u8,
    /// Names the token.
    pub serial: u8,
    /// There is a token to read.
    pub sealed: bool,
    /// The schedule looks at it when its time comes.
    pub due: bool,
    /// Its time has come.
    pub old: bool,
    /// The lease: who works, under which fence.
    pub lease: Hold,
    /// Ticks in which nobody asks Amazon.
    pub quiet: u8,
}

/// The lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hold {
    /// Grows with every holder.
    pub fence: u8,
    /// The message being worked on.
    pub holder: Option<u8>,
}

impl Hold {
    /// As the product's own type.
    pub fn lease(self) -> Lease {
        Lease { fence: self.fence.into(), holder: self.holder.map(|id| id.to_string()), put_out: 0 }
    }
}

/// A refresh task as a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Message {
    /// Ticks until it can be received.
    pub delay: u8,
    /// The grant it was made for.
    pub generation: u8,
    /// The token that is not wanted any more.
    pub serial: u8,
    /// The fence an earlier delivery found held.
    pub saw: Option<u8>,
}

impl Message {
    /// The message's id: deliveries of one complaint share it.
    pub fn id(self) -> u8 {
        self.generation * 16 + self.serial
    }
}
