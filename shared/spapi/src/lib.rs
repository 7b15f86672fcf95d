//! Talking to Amazon: Login with Amazon, the Selling Partner API and the storage of its documents.
//!
//! The only owner of the HTTP client. Requests are built and replies read by pure functions ([`token`],
//! [`request`]); [`http`] does the sending, with every limit that a hostile or broken server can be held to.

pub mod amazon;
pub mod documents;
pub mod http;
mod public;
pub mod request;
pub mod token;

pub use amazon::Amazon;
