//! L60: a document of any size is read in the memory of a small function. One test, alone in its program, so that
//! nothing else is counted.
//!
//! The document is made while it is read and is nowhere as a whole. Here it has 42 MB, so that a test build reads it
//! within seconds; `make documents` reads 3 GB of the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // tests stop and tell

use flate2::Compression;
use flate2::write::GzEncoder;
use peak_alloc::PeakAlloc;
use sellerport_core::document::{Charset, Decoder, Delivered, Format, Layout, Line};
use std::io::Write as _;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What L60 allows, bytes.
const ALLOWED: usize = 64 << 20;
/// What it takes: the line, the parts before and behind the unpacking, the window of gzip, and a test's own.
const EXPECTED: usize = 1 << 20;

/// Reads `members` members of gzip, each of `rows` rows, delivered in chunks as they come from the network; the rows
/// and the bytes that came out, and the peak beyond what was there before.
fn read(layout: Layout, members: u64, member: &[u8]) -> (u64, u64, usize) {
    let delivered = Delivered { compression: Some("GZIP"), ..Delivered::default() };
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let mut decoder = Decoder::new(layout, &delivered, Charset::of_store("US")).unwrap();
    let mut bytes = 0;
    let mut sink = |line: Line| {
        if let Line::Row(row) = line {
            bytes += row.payload.get().len() as u64;
        }
    };
    for _ in 0..members {
        for chunk in member.chunks(16 * 1024) {
            decoder.push(&chunk.to_vec(), &mut sink).unwrap();
        }
    }
    let summary = decoder.finish(&mut sink).unwrap();
    assert!(bytes > summary.unpacked, "every byte of every row was handed on");
    (summary.rows, summary.unpacked, MEMORY.peak_usage() - before)
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

/// About a mebibyte of rows like those of a settlement.
fn rows(from: u64, line: impl Fn(u64) -> String) -> String {
    (from..from + 8_000).map(line).collect()
}

fn settlement(n: u64) -> String {
    // Amounts and ids that differ, so that it packs like a real one and not like a bomb.
    let noise = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!(
        "{n}\t{:016x}\tOrder\t112-{:07}-{:07}\t{:.2}\tUSD\tGröße “{n}”\t{:032x}\n",
        noise,
        noise % 9_999_991,
        noise % 9_999_973,
        noise as f64 / 1e17,
        u128::from(noise) * u128::from(noise)
    )
}

#[test]
fn l60_a_large_document_takes_no_more_memory_than_a_small_one() {
    let layout = Layout { format: Format::Tabs, columns: &[], required: &[] };
    let header = "id\thash\ttype\torder\tamount\tcurrency\ttitle\tfill\n";
    let first = gzip(&format!("{header}{}", rows(0, settlement)));
    let (_, small, little) = read(layout, 1, &first);
    // From the second member on the header is a row like others.
    let (count, large, much) = read(layout, 48, &first);
    println!("{small} bytes unpacked: peak {little}; {large} bytes, {count} rows: peak {much}");
    assert!(large >= 40 << 20, "{large}");
    assert!(much < EXPECTED && much < ALLOWED, "{much} bytes at the peak");
    assert!(much < little + (64 << 10), "{much} against {little}: it grows with the document");

    let lines = Layout { format: Format::Lines, ..layout };
    let json = gzip(&rows(0, |n| format!("{{\"row\":\"{}\"}}\n", settlement(n).trim().replace('\t', " "))));
    let (_, _, peak) = read(lines, 16, &json);
    println!("lines of JSON: peak {peak}");
    assert!(peak < EXPECTED, "{peak}");
}
