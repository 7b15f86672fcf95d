//! The elements of an object's lists, found as the bytes come. Nothing but the element being read is kept.

use super::{DocumentError, LINE_MAX};

/// Longest name of a member.
const NAME_MAX: usize = 256;

/// What the next byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    FirstMember,
    Member,
    Name,
    Colon,
    Value,
    /// A value that nobody wants.
    Passing,
    AfterValue,
    FirstElement,
    BeforeElement,
    Element,
    End,
}

/// An object on its way.
#[derive(Debug)]
pub(super) struct Elements {
    lists: &'static [&'static str],
    seen: Vec<bool>,
    unknown: Vec<String>,
    at: At,
    /// The member's name, then an element's beginning.
    carry: Vec<u8>,
    list: Option<(usize, &'static str)>,
    scan: Scan,
    number: u64,
}

impl Elements {
    pub(super) fn new(lists: &'static [&'static str]) -> Self {
        Self {
            lists,
            seen: vec![false; lists.len()],
            unknown: Vec::new(),
            at: At::Start,
            carry: Vec::new(),
            list: None,
            scan: Scan::default(),
            number: 0,
        }
    }

    /// Hands each element that ends in these bytes to `each`, with its number and its list.
    pub(super) fn push(
        &mut self,
        mut bytes: &[u8],
        each: &mut impl FnMut(u64, (usize, &'static str), &[u8]),
    ) -> Result<(), DocumentError> {
        while !bytes.is_empty() {
            let used = match self.at {
                At::Name => self.name(bytes)?,
                At::Passing => self.pass(bytes),
                At::Element => self.element(bytes, each)?,
                _ if bytes[0].is_ascii_whitespace() => 1,
                _ => self.mark(bytes[0])?,
            };
            bytes = &bytes[used..];
        }
        Ok(())
    }

    /// Which lists never came, and which came that nobody knows.
    pub(super) fn finish(&mut self) -> Result<(Vec<&'static str>, Vec<String>), DocumentError> {
        match self.at {
            At::End => {}
            At::Start => return Err(DocumentError::Json("empty")),
            _ => return Err(DocumentError::Json("cut off")),
        }
        // An object without any of its lists is an answer to something else, never an empty report (L25).
        if !self.seen.contains(&true) {
            return Err(DocumentError::Json("none of its lists"));
        }
        let missing = self.lists.iter().zip(&self.seen).filter(|(_, seen)| !**seen).map(|(list, _)| *list);
        Ok((missing.collect(), std::mem::take(&mut self.unknown)))
    }

    /// A byte between names and values; how many were used: 0 where the byte belongs to what begins.
    fn mark(&mut self, byte: u8) -> Result<usize, DocumentError> {
        let (next, used) = match (self.at, byte) {
            (At::Start, b'{') => (At::FirstMember, 1),
            (At::FirstMember | At::Member, b'"') => {
                self.carry.clear();
                self.scan = Scan { inside: true, ..Scan::default() };
                (At::Name, 1)
            }
            (At::FirstMember | At::AfterValue, b'}') => (At::End, 1),
            (At::Colon, b':') => (At::Value, 1),
            (At::Value, _) => return self.value(byte),
            (At::AfterValue, b',') => (At::Member, 1),
            (At::FirstElement, b']') => (At::AfterValue, 1),
            (At::FirstElement | At::BeforeElement, byte) if !matches!(byte, b',' | b']' | b'}') => {
                self.scan = Scan::default();
                (At::Element, 0)
            }
            (At::Start, _) => return Err(DocumentError::Json("not an object")),
            (At::End, _) => return Err(DocumentError::Json("trailing bytes")),
            _ => return Err(DocumentError::Json("not JSON")),
        };
        self.at = next;
        Ok(used)
    }

    fn name(&mut self, bytes: &[u8]) -> Result<usize, DocumentError> {
        let end = self.scan.end_of_string(bytes);
        let used = end.unwrap_or(bytes.len());
        if self.carry.len() + used > NAME_MAX {
            return Err(DocumentError::Json("a name is too long"));
        }
        self.carry.extend_from_slice(&bytes[..used]);
        let Some(_) = end else { return Ok(used) };
        // The closing quote is the last byte of the string.
        let name = &self.carry[..self.carry.len() - 1];
        self.list = self.lists.iter().copied().enumerate().find(|(_, list)| list.as_bytes() == name);
        self.at = At::Colon;
        Ok(used)
    }

    fn value(&mut self, byte: u8) -> Result<usize, DocumentError> {
        self.scan = Scan::default();
        let (next, used) = match (self.list, byte) {
            (Some((at, _)), b'[') => {
                if std::mem::replace(&mut self.seen[at], true) {
                    return Err(DocumentError::Json("a list came twice"));
                }
                self.carry.clear();
                (At::FirstElement, 1)
            }
            // A list that is `null` is one that did not come.
            (Some(_), b'n') | (None, _) => (At::Passing, 0),
            (Some(_), _) => return Err(DocumentError::Json("a list is no list")),
        };
        if (self.list, byte) == (None, b'[') {
            let name = &self.carry[..self.carry.len().saturating_sub(1)];
            self.unknown.push(String::from_utf8_lossy(name).into_owned());
        }
        self.at = next;
        Ok(used)
    }

    fn pass(&mut self, bytes: &[u8]) -> usize {
        let end = self.scan.end_of_value(bytes);
        if end.is_some() {
            self.at = At::AfterValue;
        }
        end.unwrap_or(bytes.len())
    }

    fn element(
        &mut self,
        bytes: &[u8],
        each: &mut impl FnMut(u64, (usize, &'static str), &[u8]),
    ) -> Result<usize, DocumentError> {
        let end = self.scan.end_of_value(bytes);
        let part = &bytes[..end.unwrap_or(bytes.len())];
        if self.carry.len() + part.len() > LINE_MAX {
            return Err(DocumentError::Line(self.number + 1));
        }
        let (Some(end), Some(list)) = (end, self.list) else {
            self.carry.extend_from_slice(part);
            return Ok(part.len());
        };
        self.number += 1;
        if self.carry.is_empty() {
            each(self.number, list, part);
        } else {
            self.carry.extend_from_slice(part);
            each(self.number, list, &self.carry);
            self.carry.clear();
        }
        self.at = match bytes[end] {
            b',' => At::BeforeElement,
            b']' => At::AfterValue,
            _ => return Err(DocumentError::Json("not JSON")),
        };
        Ok(end + 1)
    }
}

/// Finds where a value ends: at a comma or a closing bracket of what it stands in.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Scan {
    depth: u32,
    deepest: u32,
    inside: bool,
    escaped: bool,
}

impl Scan {
    /// How deep a text's brackets are nested.
    pub(super) fn depth(bytes: &[u8]) -> u32 {
        let mut scan = Self::default();
        let mut rest = bytes;
        while let Some(end) = scan.end_of_value(rest) {
            rest = &rest[end + 1..];
        }
        scan.deepest
    }

    /// Where the byte stands that no longer belongs to the value.
    fn end_of_value(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            if self.inside {
                at += self.end_of_string(&bytes[at..])?;
                continue;
            }
            match bytes[at] {
                b'"' => self.inside = true,
                b'{' | b'[' => {
                    self.depth += 1;
                    self.deepest = self.deepest.max(self.depth);
                }
                b'}' | b']' | b',' if self.depth == 0 => return Some(at),
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Behind a string's closing quote, if it has come.
    fn end_of_string(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            if std::mem::take(&mut self.escaped) {
                at += 1;
                continue;
            }
            at += memchr::memchr2(b'"', b'\\', &bytes[at..])?;
            match bytes[at] {
                b'"' => {
                    self.inside = false;
                    return Some(at + 1);
                }
                _ => self.escaped = true,
            }
            at += 1;
        }
        None
    }
}
