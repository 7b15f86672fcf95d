//! Cutting a document into lines, however its bytes come. A line ends at LF; a CR before it is not part of it.
//! With quotes, a line may go on behind an LF inside them.

use super::{DocumentError, LINE_MAX};

/// Whether a line may hold line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// A quote is a character like others, so nothing can swallow a line (L52).
    Plain,
    /// A field that begins with a quote ends with one (RFC 4180).
    Enclosing,
}

/// Where the last byte stood, with [`Quotes::Enclosing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a field's first byte.
    Field,
    /// In a field that no quote encloses, or behind a closing quote.
    Bare,
    /// Between quotes.
    Inside,
}

/// The lines of a document.
#[derive(Debug)]
pub(super) struct Lines {
    quotes: Quotes,
    place: Place,
    /// The beginning of a line whose end has not come.
    carry: Vec<u8>,
    /// The number of the line that is being read, from 1, and of LFs inside it.
    number: u64,
    within: u64,
}

impl Lines {
    pub(super) fn new(quotes: Quotes) -> Self {
        Self { quotes, place: Place::Field, carry: Vec::new(), number: 1, within: 0 }
    }

    /// Hands each line that ends in these bytes to `each`, with its number.
    pub(super) fn push(
        &mut self,
        mut bytes: &[u8],
        each: &mut impl FnMut(u64, &[u8]) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        while let Some(end) = self.end_of_line(bytes) {
            let (line, rest) = (&bytes[..end], &bytes[end + 1..]);
            self.fits(line)?;
            if self.carry.is_empty() {
                each(self.number, trim(line))?;
            } else {
                self.carry.extend_from_slice(line);
                each(self.number, trim(&self.carry))?;
                self.carry.clear();
            }
            self.number += 1 + self.within;
            self.within = 0;
            self.place = Place::Field;
            bytes = rest;
        }
        self.fits(bytes)?;
        self.carry.extend_from_slice(bytes);
        Ok(())
    }

    /// Hands on the last line where no LF closes it.
    pub(super) fn finish(
        &mut self,
        each: &mut impl FnMut(u64, &[u8]) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        if self.quotes == Quotes::Enclosing && self.place == Place::Inside {
            return Err(DocumentError::Row { line: self.number, what: "a quote that nothing closes" });
        }
        let last = std::mem::take(&mut self.carry);
        if last.is_empty() { Ok(()) } else { each(self.number, trim(&last)) }
    }

    fn fits(&self, more: &[u8]) -> Result<(), DocumentError> {
        // The CR and nothing else may stand above the limit.
        if self.carry.len() + more.len() > LINE_MAX { Err(DocumentError::Line(self.number)) } else { Ok(()) }
    }

    /// Where the LF stands that ends the line, if it has come.
    fn end_of_line(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.quotes == Quotes::Plain {
            return memchr::memchr(b'\n', bytes);
        }
        for (at, byte) in bytes.iter().enumerate() {
            self.place = match (self.place, byte) {
                (Place::Field | Place::Bare, b'\n') => return Some(at),
                (Place::Field, b'"') => Place::Inside,
                // A second quote right behind it opens again: to find the end of a line, that is all one needs.
                (Place::Inside, b'"') => Place::Field,
                (Place::Inside, b'\n') => {
                    self.within += 1;
                    Place::Inside
                }
                (Place::Inside, _) => Place::Inside,
                (_, b',') => Place::Field,
                _ => Place::Bare,
            };
        }
        None
    }
}

fn trim(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
