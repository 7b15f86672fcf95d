//! Talking to Amazon: Login with Amazon and the Selling Partner API.
//!
//! The only owner of the HTTP client. Requests are built and replies read by pure functions ([`token`],
//! [`request`]); [`http`] does the sending, with every limit that a hostile or broken server can be held to.

pub mod amazon;
pub mod http;
pub mod request;
pub mod token;

pub use amazon::Amazon;
