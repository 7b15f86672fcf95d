//! Unpacking gzip as it comes: any number of members, cut anywhere (RFC 1952), each against its checksum.
//!
//! The frame is read here rather than by the library, so that a wrong checksum, an early end and bytes behind the
//! end are told apart, and so that a second member is never taken for the end.

use super::{DocumentError, PACKED_MAX, RATIO_FROM, RATIO_MAX, UNPACKED_MAX};
use flate2::{Crc, Decompress, FlushDecompress, Status};

/// Unpacked bytes handed on at a time.
const OUT: usize = 64 * 1024;
/// Longest header of a member; Amazon's have 10 bytes.
const HEADER_MAX: usize = 4 * 1024;
const FIXED_HEADER: usize = 10;
const TRAILER: usize = 8;

/// Where in a member the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the header of the first member.
    First,
    /// In the packed data.
    Data,
    /// In checksum and size.
    Trailer,
    /// After a member: the end, or the header of another.
    Between,
}

/// A gzip document on its way.
#[derive(Debug)]
pub(super) struct Gzip {
    place: Place,
    /// Header or trailer, so far.
    frame: Vec<u8>,
    inflate: Decompress,
    crc: Crc,
    out: Vec<u8>,
    packed: u64,
    unpacked: u64,
}

impl Gzip {
    pub(super) fn new() -> Self {
        Self {
            place: Place::First,
            frame: Vec::new(),
            inflate: Decompress::new(false),
            crc: Crc::new(),
            out: vec![0; OUT],
            packed: 0,
            unpacked: 0,
        }
    }

    /// Unpacks the next bytes; `each` gets what comes out, a part at a time.
    pub(super) fn push(
        &mut self,
        mut bytes: &[u8],
        each: &mut impl FnMut(&[u8]) -> Result<(), DocumentError>,
    ) -> Result<(), DocumentError> {
        while !bytes.is_empty() {
            let used = match self.place {
                Place::First | Place::Between => self.header(bytes)?,
                Place::Data => self.data(bytes, each)?,
                Place::Trailer => self.trailer(bytes)?,
            };
            self.packed += used as u64;
            if self.packed > PACKED_MAX {
                return Err(DocumentError::Size(PACKED_MAX));
            }
            bytes = &bytes[used..];
        }
        Ok(())
    }

    /// Nothing more comes: right only after a whole member.
    pub(super) fn finish(&self) -> Result<(), DocumentError> {
        match self.place {
            Place::Between if self.frame.is_empty() => Ok(()),
            Place::Between => Err(self.no_member()),
            Place::First | Place::Data | Place::Trailer => Err(DocumentError::Gzip("cut off")),
        }
    }

    fn header(&mut self, bytes: &[u8]) -> Result<usize, DocumentError> {
        let before = self.frame.len();
        self.frame.extend_from_slice(&bytes[..bytes.len().min(HEADER_MAX)]);
        if !is_begun(&self.frame) {
            return Err(self.no_member());
        }
        match header_length(&self.frame) {
            Some(length) => {
                self.frame.clear();
                self.place = Place::Data;
                Ok(length - before)
            }
            None if self.frame.len() >= HEADER_MAX => Err(DocumentError::Gzip("header too long")),
            None => Ok(self.frame.len() - before),
        }
    }

    fn no_member(&self) -> DocumentError {
        match (self.place, self.frame.first()) {
            // The storage's own error page is not packed.
            (Place::First, Some(b'<')) => DocumentError::NotAReport,
            (Place::First, _) => DocumentError::Gzip("not gzip"),
            _ => DocumentError::Gzip("trailing bytes"),
        }
    }

    fn data(
        &mut self,
        bytes: &[u8],
        each: &mut impl FnMut(&[u8]) -> Result<(), DocumentError>,
    ) -> Result<usize, DocumentError> {
        let mut used = 0;
        loop {
            let (in_before, out_before) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(&bytes[used..], &mut self.out, FlushDecompress::None)
                .map_err(|_| DocumentError::Gzip("corrupt"))?;
            used += usize::try_from(self.inflate.total_in() - in_before).unwrap_or(bytes.len());
            let made = usize::try_from(self.inflate.total_out() - out_before).unwrap_or(OUT);
            let out = &self.out[..made];
            self.crc.update(out);
            self.unpacked += made as u64;
            within(self.packed + used as u64, self.unpacked)?;
            if made > 0 {
                each(out)?;
            }
            if status == Status::StreamEnd {
                self.place = Place::Trailer;
                return Ok(used);
            }
            // A full buffer may have left some behind.
            if made < OUT && (used == bytes.len() || made == 0) {
                return if used == 0 { Err(DocumentError::Gzip("corrupt")) } else { Ok(used) };
            }
        }
    }

    fn trailer(&mut self, bytes: &[u8]) -> Result<usize, DocumentError> {
        let used = bytes.len().min(TRAILER - self.frame.len());
        self.frame.extend_from_slice(&bytes[..used]);
        if self.frame.len() == TRAILER {
            let (sum, size) = self.frame.split_at(4);
            // Both count modulo 2^32.
            let right = sum == self.crc.sum().to_le_bytes() && size == self.crc.amount().to_le_bytes();
            if !right {
                return Err(DocumentError::Checksum);
            }
            self.frame.clear();
            self.crc.reset();
            self.inflate.reset(false);
            self.place = Place::Between;
        }
        Ok(used)
    }

    /// As if so much had come already.
    #[cfg(test)]
    pub(super) fn skip(&mut self, packed: u64, unpacked: u64) {
        (self.packed, self.unpacked) = (packed, unpacked);
    }

    /// Bytes that came, packed.
    pub(super) fn packed(&self) -> u64 {
        self.packed
    }
}

/// Whether so much may be unpacked from so little.
fn within(packed: u64, unpacked: u64) -> Result<(), DocumentError> {
    if unpacked > UNPACKED_MAX {
        return Err(DocumentError::Size(UNPACKED_MAX));
    }
    let ratio = unpacked > RATIO_FROM && unpacked > packed.saturating_mul(RATIO_MAX);
    if ratio { Err(DocumentError::Ratio) } else { Ok(()) }
}

/// Whether these can be the first bytes of a member: the two magic numbers, `deflate`, no reserved flag.
fn is_begun(frame: &[u8]) -> bool {
    let magic = [0x1f, 0x8b, 8];
    let same = frame.iter().zip(magic).all(|(byte, expected)| *byte == expected);
    same && frame.get(3).is_none_or(|flags| flags & 0b1110_0000 == 0)
}

/// The length of a member's header, once all of it is there (RFC 1952, 2.3).
fn header_length(frame: &[u8]) -> Option<usize> {
    let flags = *frame.get(3)?;
    let has = |bit: u8| flags & (1 << bit) != 0;
    let mut at = FIXED_HEADER;
    if has(2) {
        let length = [*frame.get(at)?, *frame.get(at + 1)?];
        at += 2 + usize::from(u16::from_le_bytes(length));
    }
    // A file's name, then a comment, each closed by a zero.
    for bit in [3, 4] {
        if has(bit) {
            at += frame.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    at += if has(1) { 2 } else { 0 };
    (frame.len() >= at).then_some(at)
}
