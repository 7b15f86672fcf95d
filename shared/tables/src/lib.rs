//! From landed records to Parquet: [`shape_due`] takes the days that are over, reads their objects as a stream and
//! writes each table's rows as Parquet files under keys that a second run would use again.
//!
//! The tables themselves are data in `sellerport_core::tables`. This crate alone knows Parquet, and one function
//! links it.
#![allow(async_fn_in_trait)]

mod lines;
mod part;
mod seen;
mod shape;

pub use lines::{LINE_MAX, Lines};
pub use part::{PART_BYTES, Part, PartError, ROW_GROUP_BYTES};
pub use seen::Seen;
pub use shape::{Done, shape_due};
