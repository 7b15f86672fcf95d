//! Report and Data Kiosk documents: from the address that Amazon signed to rows, in bounded memory.
//!
//! [`Address`] says which addresses are gone to at all, [`Download`] counts what comes. No document is ever held
//! whole, and what cannot be read is an error with a code, never fewer rows.

mod address;
mod download;
mod error;
mod limits;

pub use address::{ADDRESS_MAX, Address};
pub use download::Download;
pub use error::{DocumentError, Remedy};
pub use limits::{COLUMNS_MAX, LINE_MAX, PACKED_MAX, RATIO_FROM, RATIO_MAX, UNPACKED_MAX};
