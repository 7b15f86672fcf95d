//! Amazon's notifications: hints that something changed, so that its stream is fetched sooner.
//!
//! Nothing of a message is trusted but which subscription it belongs to. Nothing of it is kept but the name of an order,
//! which is then read (`stream/names.rs`), if it has the form of one and little changes. The subscription names a connection, its type names domains, and their streams are made due, never sooner than a
//! gap after their last run ([`crate::stream::gap`]). So a forged, repeated, late or lost one costs at most a run
//! of ours that was due a little later anyway, and polling goes on without them.
//!
//! [`receive`] works a message off. [`tend`] makes the destination and the subscriptions at Amazon, looks at them
//! again every week, and removes them when a connection has ended.
//!
//! Source: Amazon's model notifications.json, and
//! developer-docs.amazon.com/sp-api/docs/notifications-api-v1-use-case-guide.

mod ask;
mod destination;
mod kinds;
mod leave;
mod read;
mod receive;
mod rows;
mod subscribe;
mod tend;

pub use kinds::{KINDS, Kind, Wakes, by_name};
pub use receive::{BODY_MAX, receive};
pub use rows::{Held as HeldSubscription, Refused, Subscriptions};
pub use tend::{AT_ONCE, LOOK_EVERY, RETRY, TENDED_MAX, Tended, tend};

pub(crate) use rows::{due_now, for_grant};
