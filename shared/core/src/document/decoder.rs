//! From bytes to rows: unpacked, checked, cut into lines, decoded. At any moment no more is held than one line, one
//! part of what was unpacked, and the beginning that decides about the character set.

use super::charset::{Charset, Decision};
use super::gzip::Gzip;
use super::json::{Arrays, JsonLines};
use super::summary::{Summary, Tally};
use super::table::Table;
use super::{DocumentError, Format, Layout, Line, UNPACKED_MAX};

/// What is said about a document beside its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Delivered<'a> {
    /// Amazon's `compressionAlgorithm`: `GZIP`, or nothing.
    pub compression: Option<&'a str>,
    /// The storage's `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The storage's `Content-Encoding`. Where both it and Amazon say gzip, they mean the same one.
    pub content_encoding: Option<&'a str>,
}

/// A document on its way.
#[derive(Debug)]
pub struct Decoder {
    pub(super) gzip: Option<Gzip>,
    pub(super) text: Text,
}

impl Decoder {
    /// Of this layout, delivered so; `store` is the character set where nothing else tells. Fails with
    /// [`DocumentError::Compression`] or [`DocumentError::Charset`] where the document cannot be read at all.
    pub fn new(layout: Layout, delivered: &Delivered<'_>, store: Charset) -> Result<Self, DocumentError> {
        let mut tally = Tally::default();
        let (reader, json) = match layout.format {
            Format::Tabs | Format::Commas => (Reader::Table(Table::new(layout)), false),
            Format::Lines => (Reader::Lines(JsonLines::new(&mut tally)), true),
            Format::Arrays(lists) => (Reader::Arrays(Arrays::new(lists, &mut tally)), true),
        };
        Ok(Self {
            gzip: is_gzip(delivered)?.then(Gzip::new),
            text: Text {
                opening: Opening::default(),
                decision: Decision::new(delivered.content_type, store, json)?,
                reader,
                tally,
                unpacked: 0,
            },
        })
    }

    /// Takes the next bytes; `sink` gets what they complete. After an error nothing of the document counts, and
    /// what `sink` has got so far is to be forgotten.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl FnMut(Line)) -> Result<(), DocumentError> {
        let Self { gzip, text } = self;
        match gzip {
            Some(gzip) => gzip.push(bytes, &mut |part| text.push(part, sink)),
            None => text.push(bytes, sink),
        }
    }

    /// Nothing more comes. Only now is it known that the document is whole.
    pub fn finish(mut self, sink: &mut impl FnMut(Line)) -> Result<Summary, DocumentError> {
        if let Some(gzip) = &self.gzip {
            gzip.finish()?;
        }
        self.text.finish(sink)?;
        let Text { decision, tally, unpacked, .. } = self.text;
        let (charset, because) = decision.taken();
        let lost = |of: &super::Replaced| of.question_marks + of.replacement_characters > 0;
        Ok(Summary {
            rows: tally.rows,
            quarantined: tally.quarantined,
            faults: tally.faults,
            blank: tally.blank,
            unknown: tally.unknown,
            missing: tally.missing,
            charset,
            because,
            otherwise: decision.otherwise,
            compression: self.gzip.is_some().then_some("GZIP"),
            packed: self.gzip.as_ref().map_or(unpacked, Gzip::packed),
            unpacked,
            replaced: tally.replaced.into_iter().filter(lost).collect(),
        })
    }
}

fn is_gzip(delivered: &Delivered<'_>) -> Result<bool, DocumentError> {
    let named = |name: Option<&str>, plain: &[&str]| match name.map(str::trim) {
        None | Some("") => Ok(false),
        Some(name) if name.eq_ignore_ascii_case("gzip") => Ok(true),
        Some(name) if plain.iter().any(|known| name.eq_ignore_ascii_case(known)) => Ok(false),
        Some(_) => Err(DocumentError::Compression),
    };
    // The last one is a character set; people write it there, and storage hands back what was written.
    let (amazon, storage) =
        (named(delivered.compression, &[])?, named(delivered.content_encoding, &["identity", "utf-8"])?);
    Ok(amazon || storage)
}

/// What is unpacked, on its way.
#[derive(Debug)]
pub(super) struct Text {
    opening: Opening,
    decision: Decision,
    reader: Reader,
    tally: Tally,
    pub(super) unpacked: u64,
}

#[derive(Debug)]
enum Reader {
    Table(Table),
    Lines(JsonLines),
    Arrays(Arrays),
}

impl Text {
    fn push(&mut self, bytes: &[u8], sink: &mut impl FnMut(Line)) -> Result<(), DocumentError> {
        self.opening.check(bytes)?;
        self.unpacked += bytes.len() as u64;
        if self.unpacked > UNPACKED_MAX {
            return Err(DocumentError::Size(UNPACKED_MAX));
        }
        let ready = self.decision.push(bytes)?;
        self.read(&ready, sink)
    }

    fn read(&mut self, ready: &[u8], sink: &mut impl FnMut(Line)) -> Result<(), DocumentError> {
        let Self { decision, reader, tally, .. } = self;
        match reader {
            Reader::Table(table) => table.push(ready, decision, tally, sink),
            Reader::Lines(lines) => lines.push(ready, decision, tally, sink),
            Reader::Arrays(arrays) => arrays.push(ready, decision, tally, sink),
        }
    }

    fn finish(&mut self, sink: &mut impl FnMut(Line)) -> Result<(), DocumentError> {
        let held = self.decision.finish()?;
        self.read(&held, sink)?;
        let Self { decision, reader, tally, .. } = self;
        match reader {
            Reader::Table(table) => table.finish(decision, tally, sink),
            Reader::Lines(lines) => lines.finish(decision, tally, sink),
            Reader::Arrays(arrays) => arrays.finish(tally),
        }
    }
}

/// Looks whether a document begins like an error page: S3 answers 200 with XML when it fails late
/// (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html), and no document here begins with `<`.
#[derive(Debug, Default)]
struct Opening {
    seen: bool,
}

impl Opening {
    fn check(&mut self, bytes: &[u8]) -> Result<(), DocumentError> {
        if self.seen {
            return Ok(());
        }
        let mark = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf);
        match bytes.iter().find(|byte| !mark(byte)) {
            Some(b'<') => Err(DocumentError::NotAReport),
            first => {
                self.seen = first.is_some();
                Ok(())
            }
        }
    }
}
