//! Reports 2021-06-30: asked for, made by the world's clock, listed, taken back, and their documents' addresses.

mod calls;
mod create;
mod kinds;
pub(crate) mod list;
mod make;
mod read;
mod report;
mod settlements;

pub(crate) use calls::{ReportCall, answer};
pub(crate) use kinds::{Form, Kind, SETTLEMENT};
pub(crate) use make::{content, make};
pub(crate) use report::Report;
pub use report::ReportTruth;
pub(crate) use report::account_id;
pub(crate) use settlements::made_by_then;
