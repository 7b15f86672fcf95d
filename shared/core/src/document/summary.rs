//! What there is to tell about a document that was read: counts, decisions and drift, and no content.

use super::charset::Because;
use serde::Serialize;

/// Faults that are listed; the others are only counted.
pub const FAULTS_LISTED: usize = 20;
/// Names of unknown columns that are listed, and how many characters of each.
pub const UNKNOWN_LISTED: usize = 50;
const NAME_CHARS: usize = 64;

/// A document that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rows handed on.
    pub rows: u64,
    /// Lines that could not be made rows of.
    pub quarantined: u64,
    /// The first [`FAULTS_LISTED`] of them.
    pub faults: Vec<Fault>,
    /// Lines with nothing on them, which are passed over.
    pub blank: u64,
    /// Columns or lists that the layout does not know, by the name they came with.
    pub unknown: Vec<String>,
    /// Columns or lists of the layout that did not come.
    pub missing: Vec<&'static str>,
    /// The character set it was read in.
    pub charset: &'static str,
    /// Why in that one.
    pub because: Because,
    /// Lines that were not valid UTF-8 and were read in the store's character set, in a document of UTF-8.
    pub otherwise: u64,
    /// `GZIP`, or nothing.
    pub compression: Option<&'static str>,
    /// Bytes that came.
    pub packed: u64,
    /// Bytes after unpacking.
    pub unpacked: u64,
    /// Where characters may have been lost on the way to us; columns without a sign of it are left out.
    pub replaced: Vec<Replaced>,
}

/// A line that is no row: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// From 1.
    pub line: u64,
    /// Why.
    pub what: &'static str,
}

/// Signs of lost characters in one column (L50). Amazon itself writes `?` for what it cannot write; a `?` may also
/// be one that a person typed. Nothing is repaired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// The column's or list's name; empty for lines of JSON.
    pub column: String,
    /// `?`.
    pub question_marks: u64,
    /// U+FFFD, whether Amazon wrote it or our reading did.
    pub replacement_characters: u64,
}

/// Counts while a document is read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) quarantined: u64,
    pub(super) faults: Vec<Fault>,
    pub(super) blank: u64,
    pub(super) unknown: Vec<String>,
    pub(super) missing: Vec<&'static str>,
    pub(super) replaced: Vec<Replaced>,
}

impl Tally {
    pub(super) fn quarantine(&mut self, line: u64, what: &'static str) {
        self.quarantined += 1;
        if self.faults.len() < FAULTS_LISTED {
            self.faults.push(Fault { line, what });
        }
    }

    /// Takes the names of what replacements are counted for.
    pub(super) fn count_for(&mut self, columns: impl IntoIterator<Item = String>) {
        let zero = |column| Replaced { column, question_marks: 0, replacement_characters: 0 };
        self.replaced = columns.into_iter().map(zero).collect();
    }

    /// Counts the signs of lost characters in a column's text.
    pub(super) fn count(&mut self, column: usize, text: &str) {
        if let Some(counts) = self.replaced.get_mut(column) {
            counts.question_marks += memchr::memchr_iter(b'?', text.as_bytes()).count() as u64;
            if !text.is_ascii() {
                counts.replacement_characters += text.matches('\u{fffd}').count() as u64;
            }
        }
    }

    pub(super) fn unknown(&mut self, name: &str) {
        if self.unknown.len() < UNKNOWN_LISTED {
            self.unknown.push(name.chars().take(NAME_CHARS).collect());
        }
    }
}
