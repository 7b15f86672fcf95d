//! The product's own code at work on files, or on a document that is never anywhere as a whole.

use crate::make;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use peak_alloc::PeakAlloc;
use sellerport_core::document::{Charset, Decoder, Delivered, Format, Layout, Line, Summary};
use sellerport_core::domains::{Ask, ORDERS, Source};
use sellerport_core::stream::{Way, Window};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write};

/// Bytes of a piece, as they come from the network.
const PIECE: usize = 16 * 1024;
/// What is said about each document.
const GZIP: Delivered<'_> = Delivered {
    compression: Some("GZIP"),
    content_type: Some("text/plain;charset=UTF-8"),
    content_encoding: None,
};
const LAYOUT: Layout = Layout { format: Format::Tabs, columns: make::COLUMNS, required: &["settlement-id"] };

fn decoder() -> io::Result<Decoder> {
    Decoder::new(LAYOUT, &GZIP, Charset::of_store("US")).map_err(io::Error::other)
}

/// Reads a report from a file and writes its rows.
pub(crate) fn report(file: &str) -> io::Result<Value> {
    let (mut file, mut decoder) = (File::open(file)?, decoder()?);
    let mut out = BufWriter::with_capacity(PIECE * 4, io::stdout().lock());
    let mut failed = None;
    let mut write = |line: Line| {
        if let Line::Row(row) = line {
            let written = out.write_all(row.payload.get().as_bytes()).and_then(|()| out.write_all(b"\n"));
            failed = failed.take().or(written.err());
        }
    };
    let mut piece = [0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            length => decoder.push(&piece[..length], &mut write).map_err(io::Error::other)?,
        }
    }
    let summary = decoder.finish(&mut write).map_err(io::Error::other)?;
    out.flush()?;
    failed.map_or_else(|| Ok(shown(&summary)), Err)
}

/// Reads pages of orders, one a line, and writes each order's payload.
pub(crate) fn pages(file: &str) -> io::Result<Value> {
    let mut out = BufWriter::with_capacity(PIECE * 4, io::stdout().lock());
    let (mut rows, mut bytes) = (0, 0);
    let Source::Pages(pages) = &ORDERS.source else { return Err(io::Error::other("orders come in pages")) };
    let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
    let ask = Ask { window, way: Way::Onward, stores: &[], seller: "" };
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        bytes += line.len() + 1;
        let page = pages.read(ask, line.as_bytes()).map_err(io::Error::other)?;
        for found in page.found {
            rows += u64::from(found.key.is_some());
            out.write_all(found.payload.get().as_bytes())?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(json!({ "rows": rows, "bytes": bytes }))
}

/// Reads a report of so many bytes that is made while it is read, a member of gzip for each mebibyte, and tells the
/// peak of memory beyond what was there before.
pub(crate) fn large(bytes: u64, memory: &PeakAlloc) -> io::Result<Value> {
    // Members are made beforehand and used again and again, so that only the reading is measured.
    let member = |from: u64, head: String| {
        let text = (from..from + 5_000).map(make::row).fold(head, |text, row| text + &row);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text.as_bytes())?;
        io::Result::Ok((text.len() as u64, gzip.finish()?))
    };
    let first = member(0, make::header())?;
    let members = (1..16).map(|n| member(n * 5_000, String::new())).collect::<io::Result<Vec<_>>>()?;
    let idle = memory.current_usage();
    memory.reset_peak_usage();
    let (mut decoder, mut payloads) = (decoder()?, 0);
    let mut count = |line: Line| {
        if let Line::Row(row) = line {
            payloads += row.payload.get().len() as u64;
        }
    };
    let mut unpacked = 0;
    for (length, member) in std::iter::once(&first).chain(members.iter().cycle()) {
        for piece in member.chunks(PIECE) {
            decoder.push(piece, &mut count).map_err(io::Error::other)?;
        }
        unpacked += length;
        if unpacked >= bytes {
            break;
        }
    }
    let summary = decoder.finish(&mut count).map_err(io::Error::other)?;
    let mut found = shown(&summary);
    found["peak_bytes"] = json!(memory.peak_usage() - idle);
    found["payload_bytes"] = json!(payloads);
    Ok(found)
}

fn shown(summary: &Summary) -> Value {
    json!({ "rows": summary.rows, "quarantined": summary.quarantined, "bytes": summary.unpacked, "packed": summary.packed })
}
