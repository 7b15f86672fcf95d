//! Report and Data Kiosk documents: from the address that Amazon signed to rows, in bounded memory.
//!
//! In the order of the flow: [`Address`] says which addresses are gone to at all, [`Download`] counts what comes, and
//! a [`Decoder`] makes rows of it by a [`Layout`], wherever the bytes are cut. No document is ever held whole, and
//! what cannot be read is an error with a code or a line put aside with its reason, never fewer rows.

mod address;
mod aliases;
mod charset;
mod decoder;
mod download;
mod elements;
mod error;
mod fields;
mod gzip;
mod header;
mod json;
mod layout;
mod limits;
mod lines;
mod moment;
mod summary;
mod table;

pub use address::{ADDRESS_MAX, Address};
pub use charset::{Because, Charset, PREFIX};
pub use decoder::{Decoder, Delivered};
pub use download::Download;
pub use error::{DocumentError, Remedy};
pub use json::DEPTH_MAX;
pub use layout::{Format, Layout, Line, Row, Unfit};
pub use limits::{COLUMNS_MAX, LINE_MAX, PACKED_MAX, RATIO_FROM, RATIO_MAX, UNPACKED_MAX};
pub use moment::{AHEAD_MAX, By, Moment, moment, truth, zone_of};
pub use summary::{FAULTS_LISTED, Fault, Replaced, Summary, UNKNOWN_LISTED};

#[cfg(test)]
mod tests;
