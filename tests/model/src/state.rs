//! One state of the world: the rows, the queue, who works on them, and what Amazon knows.

pub use crate::rows::*;

/// How often a worker decides anew when a row moved (`refresh/settle.rs`).
pub const ATTEMPTS: u8 = 4;

/// Refresh workers at one time.
pub const WORKERS: usize = 3;

/// Callbacks at one time.
pub const CALLBACKS: usize = 2;

/// Messages that wait at one time.
pub const QUEUE: usize = 5;

/// What Login with Amazon said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// A fresh access token, perhaps with a refresh token in place of the one sent.
    Fresh(Option<Token>),
    /// `invalid_grant`.
    Refused,
    /// `invalid_client`.
    ApplicationRefused,
    /// Busy, or no complete answer.
    Nothing,
}

/// The next step of a refresh worker, named by its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Nothing to do.
    Idle,
    /// Reads the token's row.
    Look,
    /// Reads the connection, and decides.
    Admit,
    /// Writes the lease.
    Take,
    /// Sends the refresh token to Amazon.
    Ask,
    /// Receives the answer.
    Hear,
    /// The one write.
    Write,
    /// Reads the token's row again, because the write failed.
    SettleAccess,
    /// Reads the connection again.
    SettleConnection,
    /// Sends the message for the second look.
    Conclude,
    /// Puts the message back with a delay.
    Postpone,
    /// Gives the lease back.
    Release,
    /// Ends; the queue forgets the message, or brings it again after a failure.
    End,
}

/// A refresh worker and all it has in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Worker {
    /// Its next step.
    pub step: Step,
    /// Ticks since it began.
    pub age: u8,
    /// It stands still, and its timeout with it.
    pub frozen: bool,
    /// It stood still once.
    pub overslept: bool,
    /// It ends as failed: the message comes again.
    pub failed: bool,
    /// It has the lease, as far as it knows.
    pub holds: bool,
    /// Attempts to settle.
    pub attempts: u8,
    /// Its message.
    pub task: Message,
    /// The message it is about to send.
    pub outgoing: Option<Message>,
    /// The connection as read.
    pub connection: Option<Connection>,
    /// The token's row as read.
    pub access: Option<Access>,
    /// The lease as it was taken.
    pub lease: Option<Hold>,
    /// Amazon's answer.
    pub said: Option<Said>,
}

impl Worker {
    /// At rest.
    pub const IDLE: Self = Self {
        step: Step::Idle,
        age: 0,
        frozen: false,
        overslept: false,
        failed: false,
        holds: false,
        attempts: 0,
        task: Message { delay: 0, generation: 0, serial: 0, saw: None },
        outgoing: None,
        connection: None,
        access: None,
        lease: None,
        said: None,
    };
}

/// The next step of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leg {
    /// Nothing to do.
    Idle,
    /// Takes the state.
    Take,
    /// Reads the connection to announce.
    Announce,
    /// Writes the mark that an exchange begins.
    Mark,
    /// Trades the code.
    Exchange,
    /// Reads the connection to take the mark back.
    Withdraw,
    /// Takes the mark back.
    Unmark,
    /// Reads the connection to store the grant.
    Connection,
    /// Reads the token's row to store the grant.
    Access,
    /// The one write.
    Store,
}

/// A callback: the seller comes back from Amazon with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Callback {
    /// Its next step.
    pub leg: Leg,
    /// Which consent's state and code it carries.
    pub consent: u8,
    /// The connection as read.
    pub connection: Option<Connection>,
    /// The token's row as read.
    pub access: Option<Access>,
    /// The grant it has in hand.
    pub grant: Option<Token>,
}

impl Callback {
    /// At rest.
    pub const IDLE: Self = Self { leg: Leg::Idle, consent: 0, connection: None, access: None, grant: None };
}

/// What Amazon knows. Sets of tokens and consents are bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amazon {
    /// Grants given; the first was given before the run, so bits have room for two more.
    pub grants: u8,
    /// Refresh tokens that work.
    pub alive: u16,
    /// Those the seller withdrew.
    pub revoked: u16,
    /// Codes that were traded.
    pub traded: u8,
}

impl Amazon {
    /// Whether a refresh token works.
    pub fn works(&self, token: Token) -> bool {
        self.alive & (1 << token) != 0
    }
}

/// How often what may still go wrong, or happen at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Budget {
    /// The access token grows old.
    pub expiries: u8,
    /// A fetcher asks for a renewal out of turn.
    pub asks: u8,
    /// Somebody writes the connection's row for another reason: a setting, a consent that begins.
    pub marks: u8,
    /// A message or a callback is delivered once more.
    pub duplicates: u8,
    /// A worker or a callback dies.
    pub crashes: u8,
    /// The tables fail while an answer is being stored, before or after they acted.
    pub failures: u8,
    /// A worker stands still.
    pub pauses: u8,
    /// The seller consents again.
    pub consents: u8,
    /// The seller withdraws the grant.
    pub revocations: u8,
    /// Amazon refuses a grant that works.
    pub spurious: u8,
    /// Amazon gives a different refresh token; the old one dies.
    pub rotations: u8,
    /// Amazon refuses the application.
    pub refusals: u8,
    /// Amazon does not answer; it may have acted.
    pub silences: u8,
}

/// What an observer of the whole run knows and no program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ghost {
    /// Rules that a step broke: bits of `property::Broken`.
    pub broken: u8,
    /// Ticks since the present generation was first refused.
    pub refused: Option<u8>,
    /// It was refused again, late enough.
    pub refused_again: bool,
    /// The newest fence under which an answer was stored.
    pub committed: u8,
    /// The refresh token that replaces the stored one was lost with a reply or a worker.
    pub lost: bool,
    /// A grant of the seller was lost with its callback.
    pub lost_grant: bool,
}

/// Everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    /// The connection's row.
    pub connection: Connection,
    /// The access token's row.
    pub access: Access,
    /// Waiting messages, sorted, because a queue promises no order.
    pub queue: [Option<Message>; QUEUE],
    /// Refresh workers.
    pub workers: [Worker; WORKERS],
    /// Callbacks.
    pub callbacks: [Callback; CALLBACKS],
    /// States that were taken: bits.
    pub taken: u8,
    /// Amazon.
    pub amazon: Amazon,
    /// What may still happen.
    pub left: Budget,
    /// The observer.
    pub ghost: Ghost,
}

impl State {
    /// Sends a message. `false` if there is no room: that step is beyond the model's bounds.
    #[must_use]
    pub fn send(&mut self, message: Message) -> bool {
        let Some(place) = self.queue.iter_mut().find(|place| place.is_none()) else { return false };
        *place = Some(message);
        self.queue.sort_unstable_by_key(|place| (place.is_none(), *place));
        true
    }

    /// Receives a message.
    pub fn receive(&mut self, at: usize) -> Option<Message> {
        let message = self.queue.get_mut(at)?.take();
        self.queue.sort_unstable_by_key(|place| (place.is_none(), *place));
        message
    }

    /// Nobody works and no message waits.
    pub fn idle(&self) -> bool {
        self.workers.iter().all(|worker| worker.step == Step::Idle)
            && self.callbacks.iter().all(|callback| callback.leg == Leg::Idle)
            && self.queue.iter().all(Option::is_none)
    }

    /// One step of the clock.
    pub fn tick(&mut self) {
        let older = |age: &mut u8, most: u8| *age = most.min(*age + 1);
        older(&mut self.connection.age, SECOND_LOOK_TICKS);
        self.access.quiet = self.access.quiet.saturating_sub(1);
        for message in self.queue.iter_mut().flatten() {
            message.delay = message.delay.saturating_sub(1);
        }
        self.queue.sort_unstable_by_key(|place| (place.is_none(), *place));
        for worker in self.workers.iter_mut().filter(|worker| worker.step != Step::Idle) {
            older(&mut worker.age, TIMEOUT_TICKS);
        }
        if let Some(age) = &mut self.ghost.refused {
            older(age, SECOND_LOOK_TICKS);
        }
    }
}
