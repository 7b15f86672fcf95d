//! What the reading of documents promises. Documents are made here, byte for byte; none is Amazon's.

mod bad_documents;
mod charsets;
mod headers;
mod json;
mod moments;
mod rows;
mod splits;

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// A layout whose columns nobody knows.
const fn of(format: Format) -> Layout {
    Layout { format, columns: &[], required: &[] }
}

const TABS: Layout = of(Format::Tabs);
const COMMAS: Layout = of(Format::Commas);

const PLAIN: Delivered<'_> = Delivered { compression: None, content_type: None, content_encoding: None };
const GZIP: Delivered<'_> = Delivered { compression: Some("GZIP"), ..PLAIN };

type Read = Result<(Vec<Line>, Summary), DocumentError>;

/// Reads a document that comes in these pieces, in a store of this country.
fn read_in<'a>(
    layout: Layout,
    delivered: &Delivered<'_>,
    country: &str,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Read {
    let mut lines = Vec::new();
    let mut sink = |line| lines.push(line);
    let mut decoder = Decoder::new(layout, delivered, Charset::of_store(country))?;
    for piece in pieces {
        decoder.push(piece, &mut sink)?;
    }
    let summary = decoder.finish(&mut sink)?;
    Ok((lines, summary))
}

/// Reads a plain document in one piece.
fn read(layout: Layout, document: impl AsRef<[u8]>) -> Read {
    read_in(layout, &PLAIN, "US", [document.as_ref()])
}

fn code(read: Read) -> &'static str {
    read.unwrap_err().code()
}

/// A document as one member of gzip.
fn gzip(document: impl AsRef<[u8]>) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(document.as_ref()).unwrap();
    gzip.finish().unwrap()
}

/// What was handed on, in a form that can be compared: payloads, and reasons.
fn shown(lines: &[Line]) -> Vec<String> {
    let show = |line: &Line| match line {
        Line::Row(row) => format!("{} {}{}", row.number, row.list.unwrap_or(""), row.payload.get()),
        Line::Unfit(unfit) => format!("{} {}: {}", unfit.number, unfit.what, unfit.raw),
    };
    lines.iter().map(show).collect()
}

fn payloads(lines: &[Line]) -> Vec<&str> {
    let rows = lines.iter().filter_map(|line| match line {
        Line::Row(row) => Some(row.payload.get()),
        Line::Unfit(_) => None,
    });
    rows.collect()
}
