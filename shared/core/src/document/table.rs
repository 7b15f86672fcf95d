//! Documents with columns: a header, then rows. A row that does not fit is put aside with its reason and harms no
//! other (L52, L55).

use super::charset::Decision;
use super::header::Header;
use super::lines::{Lines, Quotes};
use super::summary::Tally;
use super::{DocumentError, Format, Layout, Line, Row, Unfit, fields};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A table on its way.
#[derive(Debug)]
pub(super) struct Table {
    layout: Layout,
    lines: Lines,
    header: Option<Header>,
}

impl Table {
    pub(super) fn new(layout: Layout) -> Self {
        let quotes = if layout.format == Format::Commas { Quotes::Enclosing } else { Quotes::Plain };
        Self { layout, lines: Lines::new(quotes), header: None }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        let Self { layout, lines, header } = self;
        lines.push(bytes, &mut |number, line| take(layout, header, number, &decision.text(line), tally, sink))
    }

    pub(super) fn finish(
        &mut self,
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        let Self { layout, lines, header } = self;
        lines.finish(&mut |number, line| take(layout, header, number, &decision.text(line), tally, sink))?;
        match self.header {
            Some(_) => Ok(()),
            // Even a report about nothing has a header; without one it proves nothing (L25).
            None => Err(DocumentError::Header { column: "1".to_owned(), what: "no header" }),
        }
    }
}

fn take(
    layout: &Layout,
    header: &mut Option<Header>,
    number: u64,
    line: &str,
    tally: &mut Tally,
    sink: &mut impl FnMut(Line),
) -> Result<(), DocumentError> {
    if line.is_empty() {
        tally.blank += 1;
        return Ok(());
    }
    let Some(header) = header else {
        *header = Some(Header::read(line, layout, tally)?);
        return Ok(());
    };
    let row =
        fields::split(line, layout.format, header.enclosed, header.names.len()).and_then(
            |fields| match fields.len().cmp(&header.names.len()) {
                std::cmp::Ordering::Less => Err("too few fields"),
                std::cmp::Ordering::Greater => Err("too many fields"),
                std::cmp::Ordering::Equal => Ok(fields),
            },
        );
    match row {
        Ok(fields) => {
            if !line.is_ascii() || memchr::memchr(b'?', line.as_bytes()).is_some() {
                fields.iter().enumerate().for_each(|(column, text)| tally.count(column, text));
            }
            let payload = object(header, &fields)
                .map_err(|_| DocumentError::Row { line: number, what: "no JSON can hold it" })?;
            tally.rows += 1;
            sink(Line::Row(Row { number, list: None, payload }));
        }
        Err(what) => {
            tally.quarantine(number, what);
            sink(Line::Unfit(Unfit { number, what, raw: line.to_owned() }));
        }
    }
    Ok(())
}

/// A row as an object: each column's text, as it was decoded. Written by hand, with every name rendered once for the
/// document: a report is mostly this, and with a serialized map the whole reading took half as long again. `RawValue`
/// checks that it is JSON.
fn object(header: &Header, fields: &[Cow<'_, str>]) -> serde_json::Result<Box<RawValue>> {
    let names: usize = header.keys.iter().map(String::len).sum();
    let texts: usize = fields.iter().map(|field| field.len() + 2).sum();
    let mut text = String::with_capacity(names + texts + 1);
    for (key, field) in header.keys.iter().zip(fields) {
        text.push_str(key);
        text.push('"');
        escape(field, &mut text);
        text.push('"');
    }
    text.push('}');
    RawValue::from_string(text)
}

/// A text as it stands between quotes in JSON (RFC 8259, 7).
fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[from..at]);
        from = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            control => {
                out.push_str("\\u00");
                out.extend([control >> 4, control & 15].map(|digit| char::from(HEX[usize::from(digit)])));
            }
        }
    }
    out.push_str(&text[from..]);
}

const HEX: &[u8; 16] = b"0123456789abcdef";
