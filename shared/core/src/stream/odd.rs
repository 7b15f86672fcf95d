//! What was odd about a pass. Nothing of it was lost: it is told so that people can look.

use crate::document::Summary;
use crate::domains::Found;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names that are kept where a document or an answer has others than expected.
pub const NAMED_MAX: usize = 20;

/// Characters that are kept of a name that Amazon's documents made up.
const NAME_CHARS: usize = 64;

/// What was odd about a pass's answers and documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddities {
    /// Lines that are no rows; they lie beside the others as they came.
    #[serde(default)]
    pub rows: u64,
    /// Why they are none, and how many for each reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, u64>,
    /// Columns and fields that are not known, and known columns that are missing (`-` before the name). The first
    /// [`NAMED_MAX`] of them.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The character set of its documents.
    #[serde(default)]
    pub charset: String,
    /// How it was found out, a word of [`crate::document::Because`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// Lines that were no valid UTF-8 and were read in the store's character set, in a document of UTF-8.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub otherwise: u64,
    /// Columns with signs of lost characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damaged: Vec<Damaged>,
    /// Records without a key: each stands for itself.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub keyless: u64,
    /// Totals beyond [`super::SUMS_MAX`], which were not kept; at least so many.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unsummed: u64,
}

/// Signs of lost characters in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damaged {
    /// The column, or the list.
    pub column: String,
    /// Question marks: Amazon writes one for what it cannot write, and people write them too.
    pub question_marks: u64,
    /// U+FFFD, the sign for what could not be read.
    pub replacement_characters: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Oddities {
    /// Whether there was nothing odd.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The same after these records.
    pub(crate) fn after(mut self, found: &[Found]) -> Self {
        self.keyless += found.iter().filter(|one| one.key.is_none()).count() as u64;
        for name in found.iter().flat_map(|one| &one.strange) {
            self.name(name);
        }
        self
    }

    /// The same after a document, and the reasons for which lines of it were set aside.
    pub(crate) fn with(mut self, summary: Summary, reasons: BTreeMap<&'static str, u64>) -> Self {
        self.rows += summary.quarantined;
        for (reason, lines) in reasons {
            *self.reasons.entry(reason.to_owned()).or_default() += lines;
        }
        let missing = summary.missing.iter().map(|column| format!("-{column}"));
        for column in summary.unknown.into_iter().chain(missing) {
            self.name(&column);
        }
        summary.charset.clone_into(&mut self.charset);
        summary.because.as_str().clone_into(&mut self.because);
        self.otherwise += summary.otherwise;
        for one in summary.replaced {
            let (marks, lost) = (one.question_marks, one.replacement_characters);
            if let Some(known) = self.damaged.iter_mut().find(|known| known.column == one.column) {
                known.question_marks += marks;
                known.replacement_characters += lost;
            } else if marks + lost > 0 && self.damaged.len() < NAMED_MAX {
                let column = one.column.chars().take(NAME_CHARS).collect();
                self.damaged.push(Damaged { column, question_marks: marks, replacement_characters: lost });
            }
        }
        self
    }

    fn name(&mut self, name: &str) {
        if self.columns.len() < NAMED_MAX && !self.columns.iter().any(|known| known == name) {
            self.columns.push(name.chars().take(NAME_CHARS).collect());
        }
    }
}
