//! Ways that a domain may go beside its usual one.

use super::Source;
use jiff::SignedDuration;

/// Another source for a domain whose pages cannot carry what changes.
#[derive(Debug)]
pub struct Bulk {
    /// From so many changes an hour.
    pub above: f64,
    /// The longest window that it takes.
    pub longest: SignedDuration,
    /// The source.
    pub source: Source,
}

/// How the stores in use go into calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stores {
    /// All in one call.
    Together,
    /// One after the other.
    Each,
    /// One of them stands for all: the answer is about the account's whole region.
    One,
}

/// How a domain finds what its onward windows cannot see, once every [`Domain::sweep_every`].
#[derive(Debug)]
pub enum Sweep {
    /// There is nothing of the kind.
    None,
    /// A window looks back so far behind the sweep before.
    Back(SignedDuration),
    /// A pass through everything there is, from this source.
    Whole(&'static Source),
    /// The whole history anew, beside the present.
    Again,
}

/// A report that counts what a whole pass finds. Nothing of it lands: the sums of both are held against each other.
#[derive(Debug)]
pub struct Check {
    /// The report, about one store at a time.
    pub source: Source,
    /// Its column that counts the units of a thing.
    pub counted: &'static str,
    /// The field of a pass's record that does.
    pub units: &'static str,
    /// How often, as long as the two agree; otherwise after each whole pass.
    pub every: SignedDuration,
}
