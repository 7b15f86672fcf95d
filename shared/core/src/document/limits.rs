//! How much of a document is taken. Amazon names no limits; these are far above what was ever seen, and keep a
//! broken or hostile document from filling memory, disk or the bill (T32).

/// Compressed bytes that are read, 2 GiB.
pub const PACKED_MAX: u64 = 2 << 30;
/// Bytes that are read once unpacked, 20 GiB. The largest report that users have told of has 3.45 GB.
pub const UNPACKED_MAX: u64 = 20 << 30;
/// How many times its size a document may unpack to; real ones are below 30 times.
pub const RATIO_MAX: u64 = 200;
/// Unpacked bytes from which on [`RATIO_MAX`] counts: little files are often full of repetitions.
pub const RATIO_FROM: u64 = 1 << 20;
/// Longest line, and longest element of a JSON document, 1 MiB.
pub const LINE_MAX: usize = 1 << 20;
/// Most columns of a header.
pub const COLUMNS_MAX: usize = 512;
