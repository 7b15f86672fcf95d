//! The documents of reports and queries: their addresses, which last five minutes, and their bytes as Amazon's
//! storage sends them. It is storage's way that is imitated here, not the API's.

mod address;
mod answer;
mod charset;
mod headers;
mod spoil;
mod storage;
mod write;

pub(crate) use address::{Address, Source, address};
pub(crate) use answer::{Visit, answer};
pub(crate) use write::is_packed;

/// The word for a download in the log and on the fault dial.
pub const DOWNLOAD: &str = "document";
/// The first segment of every document's path.
pub(crate) const FOLDER: &str = "documents";
