//! What can be wrong with a document, each with a stable code and what to do next. No text repeats what the
//! document or its address held.

use crate::ports::Cause;

/// A document was not read to its end. Nothing of it may count: the cursor stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Its address is none that Amazon gives: `https only`, `user info`, `host`, `port`, `form`, `too long`.
    #[error("the document's address is refused ({0})")]
    Url(&'static str),
    /// The name in its address leads to a machine that is not on the public internet.
    #[error("the document's host is not on the public internet")]
    Address,
    /// Storage no longer takes the address; Amazon's live five minutes.
    #[error("the document's address has ended")]
    Ended,
    /// Storage answered with another status than 200.
    #[error("the document's storage answered {0}")]
    Status(u16),
    /// The transport failed: `connect`, `timeout`, `cut off`.
    #[error("the document did not come whole ({why})")]
    Unreachable {
        /// In a word.
        why: &'static str,
        /// The transport's error, without the address.
        #[source]
        cause: Cause,
    },
    /// More or fewer bytes came than were promised.
    #[error("{received} bytes came where {promised} were promised")]
    Length {
        /// What `Content-Length` said, bytes.
        promised: u64,
        /// What came, or how much had come when it was too much.
        received: u64,
    },
    /// The storage's own error page came in the document's place.
    #[error("what came is an error of the storage, not a report")]
    NotAReport,
    /// A compression that is not known.
    #[error("the document's compression is unknown")]
    Compression,
    /// The compressed form is broken: `not gzip`, `trailing bytes`, `cut off`, `corrupt`, `header too long`.
    #[error("the document's gzip cannot be read ({0})")]
    Gzip(&'static str),
    /// What was unpacked is not what was packed (RFC 1952, CRC32 and ISIZE).
    #[error("the document's checksum is wrong")]
    Checksum,
    /// It unpacks to more than [`RATIO_MAX`](super::RATIO_MAX) times its size.
    #[error("the document unpacks to too many times its size")]
    Ratio,
    /// It is larger than a limit, given in bytes.
    #[error("the document is larger than {0} bytes")]
    Size(u64),
    /// It is in a character set that no report uses.
    #[error("the document is in {0}; UTF-8, Windows-1252 or Shift_JIS was expected")]
    Charset(&'static str),
    /// A line, or one element of a JSON document, is longer than [`LINE_MAX`](super::LINE_MAX).
    #[error("line {0} is too long")]
    Line(u64),
    /// A line cannot be read, and nor can what follows.
    #[error("line {line} cannot be read ({what})")]
    Row {
        /// Where, from 1.
        line: u64,
        /// Why.
        what: &'static str,
    },
    /// The header cannot be used: the name of the column where it is one that the catalogue knows, otherwise its
    /// number.
    #[error("the header cannot be used ({what}: column `{column}`)")]
    Header {
        /// Which.
        column: String,
        /// Why.
        what: &'static str,
    },
    /// It is not the JSON that was promised.
    #[error("the document is not the JSON that was promised ({0})")]
    Json(&'static str),
}

/// What helps after a [`DocumentError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Ask Amazon for a new address, then read from the beginning.
    FreshAddress,
    /// Try again later, with a new address: transport and storage have bad moments.
    Again,
    /// Nothing that can be repeated; a person has to look.
    Never,
}

impl DocumentError {
    /// The stable word for logs, alarms and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Url(_) => "E_DOC_URL",
            Self::Address => "E_DOC_ADDRESS",
            Self::Ended => "E_DOC_ENDED",
            Self::Status(_) => "E_DOC_STATUS",
            Self::Unreachable { .. } => "E_DOC_UNREACHABLE",
            Self::Length { .. } => "E_DOC_LENGTH",
            Self::NotAReport => "E_DOC_NOT_A_REPORT",
            Self::Compression => "E_DOC_COMPRESSION",
            Self::Gzip(_) => "E_DOC_GZIP",
            Self::Checksum => "E_DOC_CHECKSUM",
            Self::Ratio => "E_DOC_RATIO",
            Self::Size(_) => "E_DOC_SIZE",
            Self::Charset(_) => "E_DOC_CHARSET",
            Self::Line(_) => "E_DOC_LINE",
            Self::Row { .. } => "E_DOC_ROW",
            Self::Header { .. } => "E_DOC_HEADER",
            Self::Json(_) => "E_DOC_JSON",
        }
    }

    /// What helps.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Ended => Remedy::FreshAddress,
            Self::Status(429 | 500..=599)
            | Self::Unreachable { .. }
            | Self::Length { .. }
            | Self::NotAReport
            | Self::Checksum
            | Self::Gzip("cut off") => Remedy::Again,
            Self::Url(_)
            | Self::Address
            | Self::Status(_)
            | Self::Compression
            | Self::Gzip(_)
            | Self::Ratio
            | Self::Size(_)
            | Self::Charset(_)
            | Self::Line(_)
            | Self::Row { .. }
            | Self::Header { .. }
            | Self::Json(_) => Remedy::Never,
        }
    }
}
