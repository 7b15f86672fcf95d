//! The two programs behind `make utilization` and `make cost`. What they count is in `sellerport_tests::figures`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a figure that cannot be had stops the program
#![allow(clippy::print_stdout)] // the table is what they are for

pub mod cost;
pub mod month;
pub mod report;
pub mod table;
pub mod utilization;
