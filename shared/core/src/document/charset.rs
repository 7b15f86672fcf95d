//! Which character set a document is in, decided for each document and recorded (L49): what the storage's
//! `Content-Type` says, else a byte order mark, else UTF-8 where it is valid, else what the store's reports have
//! always been in.
//!
//! ASCII is the same in all of them, so nothing is decided before the first other byte. From there on up to
//! [`PREFIX`] bytes are held back: if all of them are valid UTF-8 the document is. A later line that is not valid
//! UTF-8 is read in the store's character set, alone, and counted.

use super::DocumentError;
use encoding_rs::{
    BIG5, Encoding, GB18030, GBK, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1252, X_USER_DEFINED,
};
use serde::Serialize;
use std::borrow::Cow;

/// Bytes from the first one that is not ASCII on that decide whether a document is UTF-8.
pub const PREFIX: usize = 64 * 1024;
/// Bytes that tell byte order marks and UTF-16 apart.
const MARK: usize = 4;

/// A character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// What reports of a store are in where nothing else tells, by its country: CP932 in Japan, otherwise
    /// Windows-1252 (L49; users' reports, Amazon documents neither).
    pub fn of_store(country: &str) -> Self {
        Self(if country == "JP" { SHIFT_JIS } else { WINDOWS_1252 })
    }

    /// Its name in the WHATWG's standard; its `Shift_JIS` is CP932.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Why a character set was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The storage's `Content-Type` names it.
    Declared,
    /// The document begins with its byte order mark.
    Mark,
    /// It is valid UTF-8.
    Valid,
    /// It is not valid UTF-8, and the store's reports are usually in this one.
    Store,
    /// It holds nothing but ASCII, which is the same everywhere.
    Ascii,
}

impl Because {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Mark => "mark",
            Self::Valid => "valid",
            Self::Store => "store",
            Self::Ascii => "ascii",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Ascii,
    Holding,
    Decided,
}

/// Decides, and holds back what it has not decided about.
#[derive(Debug)]
pub(super) struct Decision {
    state: State,
    held: Vec<u8>,
    declared: Option<&'static Encoding>,
    /// What is taken where UTF-8 is not valid, and why.
    store: &'static Encoding,
    fallback: Because,
    encoding: &'static Encoding,
    because: Because,
    /// Lines that were not valid UTF-8 in a document that is.
    pub(super) otherwise: u64,
}

impl Decision {
    /// From a `Content-Type`, where there is one. A name that nobody knows counts as none; one of a set that no
    /// tabular file can be in is an error. JSON is UTF-8 (RFC 8259, 8.1), so there what is declared counts only
    /// where UTF-8 is not valid.
    pub(super) fn new(content_type: Option<&str>, store: Charset, json: bool) -> Result<Self, DocumentError> {
        let declared = content_type.and_then(charset_of);
        if let Some(no_report) = declared.filter(|encoding| {
            [UTF_16BE, UTF_16LE, ISO_2022_JP, REPLACEMENT, X_USER_DEFINED].contains(encoding)
        }) {
            return Err(DocumentError::Charset(no_report.name()));
        }
        let (store, fallback) = match declared {
            Some(declared) if json => (declared, Because::Declared),
            _ => (store.0, Because::Store),
        };
        let declared = declared.filter(|_| !json);
        Ok(Self {
            state: State::Start,
            held: Vec::new(),
            declared,
            store,
            fallback,
            encoding: declared.unwrap_or(UTF_8),
            because: if declared.is_some() { Because::Declared } else { Because::Ascii },
            otherwise: 0,
        })
    }

    /// Takes the next bytes; returns those that can be read now, without a byte order mark.
    pub(super) fn push<'a>(&mut self, bytes: &'a [u8]) -> Result<Cow<'a, [u8]>, DocumentError> {
        match self.state {
            State::Decided => return Ok(Cow::Borrowed(bytes)),
            State::Ascii => return Ok(Cow::Borrowed(&bytes[..self.undecided(bytes)])),
            State::Start | State::Holding => self.held.extend_from_slice(bytes),
        }
        if self.state == State::Start && self.held.len() >= MARK {
            self.begin()?;
            let mut begun = std::mem::take(&mut self.held);
            if self.state == State::Ascii {
                let ready = self.undecided(&begun);
                begun.truncate(ready);
            }
            return Ok(Cow::Owned(begun));
        }
        if self.state == State::Holding && self.held.len() >= PREFIX {
            let held = std::mem::take(&mut self.held);
            self.decide(&held, false);
            return Ok(Cow::Owned(held));
        }
        Ok(Cow::Borrowed(&[]))
    }

    /// How many of these bytes can be read now, where all before were ASCII; the others are held back.
    fn undecided(&mut self, bytes: &[u8]) -> usize {
        let (ready, rest) = bytes.split_at(Encoding::ascii_valid_up_to(bytes));
        if rest.len() >= PREFIX {
            self.decide(rest, false);
            return bytes.len();
        }
        if !rest.is_empty() {
            self.state = State::Holding;
            self.held.extend_from_slice(rest);
        }
        ready.len()
    }

    /// What is still held back, at the end.
    pub(super) fn finish(&mut self) -> Result<Vec<u8>, DocumentError> {
        if self.state == State::Start {
            self.begin()?;
        }
        let held = std::mem::take(&mut self.held);
        if matches!(self.state, State::Ascii | State::Holding) && !held.is_ascii() {
            self.decide(&held, true);
        }
        Ok(held)
    }

    /// Looks at the first bytes.
    fn begin(&mut self) -> Result<(), DocumentError> {
        let wide = match self.held.as_slice() {
            [0xff, 0xfe, ..] => Some("UTF-16LE"),
            [0xfe, 0xff, ..] => Some("UTF-16BE"),
            // No text of a report holds a zero; the first letters of a wide one do.
            [0, _, ..] => Some("UTF-16BE"),
            [_, 0, ..] => Some("UTF-16LE"),
            _ => None,
        };
        if let Some(wide) = wide {
            return Err(DocumentError::Charset(wide));
        }
        if self.held.starts_with(&[0xef, 0xbb, 0xbf]) {
            self.held.drain(..3);
            // Nothing in another character set begins with these three, so they outweigh what was declared.
            if self.encoding != UTF_8 || self.declared.is_none() {
                (self.encoding, self.because) = (UTF_8, Because::Mark);
            }
            self.state = State::Decided;
        } else if self.declared.is_some() {
            self.state = State::Decided;
        } else {
            self.state = State::Ascii;
        }
        Ok(())
    }

    /// Looks at the first [`PREFIX`] bytes of what is held, so that it does not matter how they came.
    fn decide(&mut self, held: &[u8], at_end: bool) {
        let prefix = &held[..held.len().min(PREFIX)];
        let at_end = at_end && prefix.len() == held.len();
        let valid = match std::str::from_utf8(prefix) {
            Ok(_) => true,
            // A character that the prefix cuts in two is none that is wrong.
            Err(error) => error.error_len().is_none() && !at_end,
        };
        (self.encoding, self.because) =
            if valid { (UTF_8, Because::Valid) } else { (self.store, self.fallback) };
        self.state = State::Decided;
    }

    /// A line as text. What cannot be read becomes U+FFFD, which is counted and never repaired.
    pub(super) fn text<'a>(&mut self, line: &'a [u8]) -> Cow<'a, str> {
        if self.encoding != UTF_8 {
            return self.encoding.decode_without_bom_handling(line).0;
        }
        std::str::from_utf8(line).map(Cow::Borrowed).unwrap_or_else(|_| {
            self.otherwise += 1;
            self.store.decode_without_bom_handling(line).0
        })
    }

    pub(super) fn taken(&self) -> (&'static str, Because) {
        (self.encoding.name(), self.because)
    }
}

/// The character set that a `Content-Type` names. The names Java and Windows use are known besides those of the
/// WHATWG's standard.
fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    let mut parts = content_type.split(';').skip(1);
    let name = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })?;
    match name.as_str() {
        "cp932" | "ms932" | "windows-932" | "x-ms932" => Some(SHIFT_JIS),
        "cp1252" => Some(WINDOWS_1252),
        "utf16" | "utf-16" | "utf-16le" | "utf-16be" | "utf-32" => Some(UTF_16LE),
        "cp936" => Some(GBK),
        "gb18030" => Some(GB18030),
        "cp950" => Some(BIG5),
        name => Encoding::for_label(name.as_bytes()),
    }
}
