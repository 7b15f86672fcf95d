//! Why an operation was not called, or not answered: each with its code, and what to do next.

use crate::catalogue::Unfound;
use crate::catalogue::request::BadParameter;
use crate::message::Refusal;
use jiff::{Timestamp, Unit};

/// An operation that ended without an answer of Amazon's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The name leads to no operation, to several, or to one that Amazon removed.
    Unfound(Unfound),
    /// The connection has no grant that works; its next step, for people.
    Connection(&'static str),
    /// A parameter or the body cannot be sent.
    Parameter(BadParameter),
    /// A store that is not ticked; nothing where the stores are not known yet.
    Store(Option<String>),
    /// It may change something at Amazon, and the connection is closed to that.
    WritesClosed,
    /// It answers buyers' data, and the connection is closed to that.
    RestrictedClosed,
    /// It concerns the whole application, and its caller looks after one tenant only.
    Home,
    /// Its answer is a token, which nobody may see.
    Tokens,
    /// A new client secret would be sent to nobody.
    Rotation,
    /// Only Amazon's sandbox has it.
    Sandbox,
    /// No call is left before this moment.
    Quota(Timestamp),
    /// No token that works is at hand; a fresh one is on its way.
    Token,
    /// Amazon gave no restricted data token; its words.
    Restricted(String),
    /// A read without a complete answer; how, for the log.
    NoAnswer(&'static str),
    /// A write without a complete answer; how, for the log.
    Uncertain(&'static str),
    /// An answer larger than a function can hand on; whether it may have changed something.
    TooLarge {
        /// Whether the operation only asks.
        read: bool,
    },
}

impl Stop {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unfound(Unfound::NotFound { .. }) => "E_OP_UNKNOWN",
            Self::Unfound(Unfound::Ambiguous { .. }) => "E_OP_AMBIGUOUS",
            Self::Unfound(Unfound::Removed { .. }) => "E_OP_REMOVED",
            Self::Connection(_) => "E_OP_CONNECTION",
            Self::Parameter(_) => "E_OP_PARAMETER",
            Self::Store(_) => "E_OP_STORE",
            Self::WritesClosed => "E_OP_WRITES_CLOSED",
            Self::RestrictedClosed => "E_OP_RESTRICTED_CLOSED",
            Self::Home => "E_OP_HOME",
            Self::Tokens => "E_OP_TOKENS",
            Self::Rotation => "E_OP_ROTATION",
            Self::Sandbox => "E_OP_SANDBOX",
            Self::Quota(_) => "E_OP_QUOTA",
            Self::Token => "E_OP_TOKEN",
            Self::Restricted(_) => "E_OP_RESTRICTED",
            Self::NoAnswer(_) => "E_OP_NO_ANSWER",
            Self::Uncertain(_) => "E_OP_UNCERTAIN",
            Self::TooLarge { .. } => "E_OP_TOO_LARGE",
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unfound(Unfound::NotFound { .. }) => 404,
            Self::Unfound(Unfound::Ambiguous { .. }) | Self::Parameter(_) => 422,
            Self::Unfound(Unfound::Removed { .. }) => 410,
            Self::Connection(_) | Self::Rotation | Self::Sandbox => 409,
            Self::Store(_) | Self::WritesClosed | Self::RestrictedClosed | Self::Home | Self::Tokens => 403,
            Self::Quota(_) => 429,
            Self::Token => 503,
            Self::Restricted(_) | Self::NoAnswer(_) | Self::Uncertain(_) | Self::TooLarge { .. } => 502,
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        match self {
            Self::Unfound(unfound) => format!("{} Nothing was called.", sentence(unfound)),
            Self::Connection(next) => {
                format!("This connection has no grant that works. Nothing was called. Next step: {next}")
            }
            Self::Parameter(bad) => format!("{} Nothing was called.", sentence(bad)),
            Self::Store(Some(store)) => format!(
                "`{store}` is not a store that is ticked for this connection. Nothing was called. Tick it on the connection's page, or name another."
            ),
            Self::Quota(at) => {
                // Whole seconds, rounded up: a call at that moment fits.
                let at = (*at + jiff::SignedDuration::from_millis(999)).round(Unit::Second).unwrap_or(*at);
                format!(
                    "Amazon's quota for this operation has no call left before {at}. Nothing was called. Try again then."
                )
            }
            Self::Restricted(says) => {
                format!("Amazon gave no restricted data token ({says}). The operation was not called.")
            }
            _ => self.fixed_text().to_owned(),
        }
    }

    fn fixed_text(&self) -> &'static str {
        match self {
            Self::Store(None) => {
                "Amazon has not told the stores of this connection yet. Nothing was called. Try again in some minutes."
            }
            Self::WritesClosed => {
                "This operation may change something at Amazon, and this connection only reads. Nothing was called. An operator can open it on the connection's page."
            }
            Self::RestrictedClosed => {
                "This operation answers buyers' data, and this connection is closed to those. Nothing was called. An operator can open it on the connection's page."
            }
            Self::Home => {
                "This operation acts for the whole application, not for one seller. Nothing was called. Only an operator of the installation can call it."
            }
            Self::Tokens => {
                "This operation's answer is a token, which nobody gets to see. Nothing was called. Call the restricted operation itself: its token is made on the way."
            }
            Self::Rotation => {
                "Amazon sends a new client secret to a queue only, and none is registered for this application: the secret would be lost. Nothing was called. Register the queue first."
            }
            Self::Sandbox => {
                "Only Amazon's sandbox has this operation. Nothing was called. Use a connection of a sandbox application."
            }
            Self::Token => {
                "No access token that works is at hand; a fresh one is on its way. Nothing changed. Try again in some seconds."
            }
            Self::NoAnswer(_) => "Amazon did not answer completely. Nothing changed. Try again in a minute.",
            Self::Uncertain(_) => {
                "Amazon did not answer completely, so nobody knows whether it did what was asked. Look before you repeat it."
            }
            Self::TooLarge { read: true } => {
                "Amazon's answer is too large to be handed on (5 MB). Nothing changed. Ask for a smaller page or fewer fields."
            }
            Self::TooLarge { read: false } => {
                "Amazon did what was asked, but its answer is too large to be handed on (5 MB). Do not repeat it."
            }
            Self::Unfound(_)
            | Self::Connection(_)
            | Self::Parameter(_)
            | Self::Store(Some(_))
            | Self::Quota(_)
            | Self::Restricted(_) => "",
        }
    }

    /// The precise reason, for the log: never a value that was sent.
    pub fn reason(&self) -> &str {
        match self {
            // A name that nobody knows could be anything.
            Self::Parameter(bad) if plain(&bad.name) => &bad.name,
            Self::NoAnswer(why) | Self::Uncertain(why) => why,
            _ => "",
        }
    }
}

/// Whether a text looks like a parameter's name.
fn plain(name: &str) -> bool {
    name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Ends where it does not end by itself.
fn sentence(text: &impl ToString) -> String {
    let text = text.to_string();
    if text.ends_with('?') { text } else { text + "." }
}

impl From<Stop> for Refusal {
    fn from(stop: Stop) -> Self {
        Self::Operation(stop)
    }
}

impl From<Unfound> for Stop {
    fn from(unfound: Unfound) -> Self {
        Self::Unfound(unfound)
    }
}

impl From<BadParameter> for Stop {
    fn from(bad: BadParameter) -> Self {
        Self::Parameter(bad)
    }
}
