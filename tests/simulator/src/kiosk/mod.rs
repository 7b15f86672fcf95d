//! Data Kiosk 2023-11-15: queries in GraphQL that are answered with a document of JSON lines, by the world's clock.

mod calls;
mod create;
mod datasets;
mod economics;
mod graphql;
mod list;
mod make;
mod query;
mod read;
mod sold;
mod sums;
mod traffic;
mod vendors;

pub(crate) use calls::{KioskCall, answer};
pub(crate) use economics::all as economics;
pub(crate) use make::{failure, make, rows};
pub(crate) use query::Query;
pub use query::QueryTruth;
