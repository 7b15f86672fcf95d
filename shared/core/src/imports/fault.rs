//! What is wrong with a line of an import.

use serde::{Deserialize, Serialize};

/// Faults that are kept and shown of one import. More say nothing new.
pub const FAULTS_SHOWN: usize = 100;

/// A fault of one line. Never repeats a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// The stable code.
    pub code: String,
    /// What is wrong and what to do.
    pub why: String,
}

impl Fault {
    pub(super) fn field(line: u64, why: impl Into<String>) -> Self {
        Self { line, code: "E_IMP_FIELD".to_owned(), why: why.into() }
    }

    pub(super) fn twice(line: u64, first: u64) -> Self {
        let why = format!("the same account as in line {first}");
        Self { line, code: "E_IMP_DUP".to_owned(), why }
    }

    pub(super) fn application(line: u64) -> Self {
        let why = "Amazon refused the application's client id or secret; mend it on its page first";
        Self { line, code: "E_IMP_APP".to_owned(), why: why.to_owned() }
    }

    pub(super) fn unanswered() -> Self {
        let why = "Amazon did not answer for a day; import the file again";
        Self { line: 1, code: "E_IMP_UNANSWERED".to_owned(), why: why.to_owned() }
    }

    /// As a sentence.
    pub fn text(&self) -> String {
        format!("Line {}: {}.", self.line, self.why)
    }
}
