//! The whole flow in one process, for tests: the real code, ports in memory that behave like AWS's, the
//! simulator over real HTTP, and one clock for all of them that only moves when it is told to.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on stops
#![allow(async_fn_in_trait)]

pub mod browser;
pub mod direct;
pub mod documents;
pub mod emulator;
pub mod figures;
pub mod grants;
pub mod harvest;
pub mod house;
pub mod hut;
pub mod memory;
pub mod nowhere;
pub mod queues;
pub mod quick;
mod rows;
pub mod stops;
pub mod stub;
pub mod subscribed;
pub mod together;
pub mod voyage;
