//! Sellerport's ports on AWS.
//!
//! The only owner of the SDK, of Lambda's events, of the clock, of randomness and of the environment.
//! [`Aws`] implements every port; a function uses those its flow names, and its role grants the same.

mod bus;
mod clients;
mod clock;
mod credentials;
mod dead_letters;
pub mod environment;
pub mod gateway;
mod issuer;
mod lake;
pub mod log;
mod meter;
mod queue;
pub mod records;
mod table;
mod vault;

pub use clients::Aws;
pub use environment::Environment;
pub use issuer::IdentityProvider;
pub use meter::log_line;
pub use queue::delay_seconds;
