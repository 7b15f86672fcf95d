//! Documents that are not what they should be: the rows 13 to 39 of section 4.E, and those between.

use super::*;
use flate2::Crc;

const REPORT: &str = "sku\tprice\nA\t1\nB\t2\n";

#[test]
fn row_13_an_error_of_the_storage_is_never_a_report() {
    let error = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>";
    for (delivered, marks) in [(PLAIN, "\u{feff} \r\n"), (GZIP, "")] {
        for body in [error.to_owned(), format!("{marks}{error}"), "<html>busy</html>".to_owned()] {
            for layout in [TABS, COMMAS, of(Format::Lines), of(Format::Arrays(&["rows"]))] {
                let each_byte = read_in(layout, &delivered, "US", body.as_bytes().chunks(1));
                assert_eq!(code(each_byte), "E_DOC_NOT_A_REPORT");
            }
        }
    }
    assert_eq!(code(read_in(TABS, &GZIP, "US", [&gzip(error)[..]])), "E_DOC_NOT_A_REPORT");
}

#[test]
fn row_15_a_header_alone_is_a_report_about_nothing() {
    for document in ["sku\tprice\n", "sku\tprice", "sku\tprice\r\n\r\n"] {
        let (lines, summary) = read(TABS, document).unwrap();
        assert_eq!((lines.len(), summary.rows), (0, 0));
    }
}

#[test]
fn l25_a_document_without_a_header_proves_nothing() {
    for document in ["", "\n\n", "\u{feff}"] {
        assert_eq!(code(read(TABS, document)), "E_DOC_HEADER", "{document:?}");
    }
}

#[test]
fn row_19_a_plain_body_is_not_gzip() {
    for body in [REPORT.as_bytes(), b"\x1f\x8c", b"\x1f\x8b\x07", b"\x1f\x8b\x08\xff"] {
        let error = read_in(TABS, &GZIP, "US", [body]).unwrap_err();
        assert!(matches!(error, DocumentError::Gzip("not gzip")), "{error}");
    }
}

#[test]
fn row_21_an_unknown_compression_is_refused_before_a_byte_is_read() {
    for (compression, content_encoding) in [(Some("ZSTD"), None), (None, Some("br"))] {
        let delivered = Delivered { compression, content_encoding, ..PLAIN };
        let error = Decoder::new(TABS, &delivered, Charset::of_store("US")).unwrap_err();
        assert_eq!(error.code(), "E_DOC_COMPRESSION");
    }
}

#[test]
fn gzip_that_amazon_and_its_storage_both_name_is_unpacked_once() {
    let packed = gzip(REPORT);
    for (compression, content_encoding) in
        [(Some("GZIP"), Some("gzip")), (Some("gzip"), None), (None, Some("GZip")), (Some("GZIP"), Some(""))]
    {
        let delivered = Delivered { compression, content_encoding, ..PLAIN };
        let (_, summary) = read_in(TABS, &delivered, "US", [&packed[..]]).unwrap();
        assert_eq!((summary.rows, summary.compression), (2, Some("GZIP")));
        assert_eq!((summary.packed, summary.unpacked), (packed.len() as u64, REPORT.len() as u64));
    }
}

#[test]
fn row_23_a_wrong_checksum_or_size_is_noticed() {
    let whole = gzip(REPORT);
    for from_end in 1..=8 {
        let mut wrong = whole.clone();
        let at = wrong.len() - from_end;
        wrong[at] ^= 1;
        assert_eq!(code(read_in(TABS, &GZIP, "US", [&wrong[..]])), "E_DOC_CHECKSUM", "byte {from_end}");
    }
}

#[test]
fn row_25_nothing_may_follow_the_last_member() {
    let whole = gzip(REPORT);
    for tail in [&b"x"[..], b"\0\0\0\0", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0", b"<Error>"] {
        let document = [&whole[..], tail].concat();
        let error = read_in(TABS, &GZIP, "US", document.chunks(1)).unwrap_err();
        let expected = if tail.len() == 9 { "cut off" } else { "trailing bytes" };
        let gzip = matches!(error, DocumentError::Gzip(_));
        assert!(gzip && (error.to_string().contains(expected) || tail.starts_with(b"\x1f")), "{error}");
    }
}

#[test]
fn a_document_that_is_cut_off_is_never_taken_for_a_shorter_one() {
    let whole = [gzip(REPORT), gzip("C\t3\n")].concat();
    let first = gzip(REPORT).len();
    for end in 0..whole.len() {
        let result = read_in(TABS, &GZIP, "US", [&whole[..end]]);
        // Where a member ends nothing in gzip itself says that another should follow: there the length tells.
        if end == first {
            assert_eq!(result.unwrap().1.rows, 2);
        } else {
            assert_eq!(code(result), "E_DOC_GZIP", "cut at {end}");
        }
    }
    for end in 0..whole.len() - 1 {
        let mut damaged = whole.clone();
        damaged[end] ^= 0x10;
        // Names, times and the like in a header may be anything.
        let Ok((lines, _)) = read_in(TABS, &GZIP, "US", [&damaged[..]]) else { continue };
        assert_eq!(payloads(&lines), payloads(&read_in(TABS, &GZIP, "US", [&whole[..]]).unwrap().0), "{end}");
    }
}

#[test]
fn row_27_a_document_larger_than_the_limits_is_given_up() {
    let begin = |delivered| Decoder::new(TABS, delivered, Charset::of_store("US")).unwrap();
    // As if so much had come before: 20 GiB take minutes.
    let mut unpacked = begin(&GZIP);
    unpacked.gzip.as_mut().unwrap().skip(1 << 30, UNPACKED_MAX - 5);
    let mut packed = begin(&GZIP);
    packed.gzip.as_mut().unwrap().skip(PACKED_MAX - 20, 0);
    let mut plain = begin(&PLAIN);
    plain.text.unpacked = UNPACKED_MAX - 5;
    let document = gzip(REPORT);
    for (mut decoder, bytes, limit) in [
        (unpacked, &document[..], UNPACKED_MAX),
        (packed, &document[..], PACKED_MAX),
        (plain, REPORT.as_bytes(), UNPACKED_MAX),
    ] {
        let error = decoder.push(bytes, &mut |_| {}).unwrap_err();
        assert_eq!((error.code(), error.to_string().contains(&limit.to_string())), ("E_DOC_SIZE", true));
    }
}

#[test]
fn t32_a_bomb_is_given_up_after_a_mebibyte() {
    let bomb = gzip(vec![b'\n'; 16 << 20]);
    assert!(bomb.len() < 20_000);
    assert_eq!(code(read_in(TABS, &GZIP, "US", [&bomb[..]])), "E_DOC_RATIO");
    // Half a mebibyte of the same does no harm, and is what a small report may look like.
    let small = gzip(["a\n", &"\n".repeat(500_000)].concat());
    assert!(read_in(TABS, &GZIP, "US", [&small[..]]).is_ok());
}

#[test]
fn row_33_a_quote_that_nothing_closes_ends_the_reading_and_names_its_line() {
    let document = "sku,title\nA,\"one\ntwo\"\nB,\"open\nC,3\nD,4\n";
    let mut before = Vec::new();
    let mut decoder = Decoder::new(COMMAS, &PLAIN, Charset::of_store("US")).unwrap();
    decoder.push(document.as_bytes(), &mut |line| before.push(line)).unwrap();
    let error = decoder.finish(&mut |line| before.push(line)).unwrap_err();
    assert!(matches!(error, DocumentError::Row { line: 4, .. }), "{error}");
    assert_eq!(payloads(&before), [r#"{"sku":"A","title":"one\ntwo"}"#]);
}

#[test]
fn row_35_a_column_that_came_twice_or_a_needed_one_that_did_not_is_named() {
    let layout = Layout { columns: &["sku", "price"], required: &["sku"], ..TABS };
    for (header, column, what) in [
        ("sku\tprice\tsku", "sku", "twice"),
        ("x\tsku\tx", "3", "twice"),
        ("seller-name\tprice", "sku", "missing"),
    ] {
        match read(layout, format!("{header}\n")) {
            Err(DocumentError::Header { column: named, what: why }) => {
                assert_eq!((named.as_str(), why), (column, what), "{header}");
            }
            other => panic!("{header}: {other:?}"),
        }
    }
}

#[test]
fn row_37_a_line_beyond_the_limit_is_named_by_its_number() {
    let long = "x".repeat(2 << 20);
    for (layout, document) in [
        (TABS, format!("a\n1\n{long}\n2\n")),
        (TABS, format!("a\n1\n{long}")),
        (COMMAS, format!("a\n1\n\"{long}\"\n")),
        (of(Format::Lines), format!("1\n2\n\"{long}\"\n")),
        (of(Format::Arrays(&["rows"])), format!("{{\"rows\":[1,2,\"{long}\"]}}")),
    ] {
        let error = read(layout, document).unwrap_err();
        assert!(matches!(error, DocumentError::Line(3)), "{error}");
    }
    let just_fits = "x".repeat(LINE_MAX);
    assert_eq!(read(TABS, format!("a\n{just_fits}\n")).unwrap().1.rows, 1);
}

#[test]
fn row_39_a_formula_is_stored_as_it_came() {
    let (lines, _) = read(TABS, "title\n=cmd|' /C calc'!A0\n").unwrap();
    assert_eq!(payloads(&lines), [r#"{"title":"=cmd|' /C calc'!A0"}"#]);
}

#[test]
fn every_error_has_a_code_and_says_nothing_of_the_content() {
    let canary = "CANARY-buyer";
    let open = format!("a,b\n\"{canary}");
    for read in [
        read(COMMAS, open),
        read(TABS, format!("{canary}\t{canary}\n")),
        read(Layout { columns: &["sku"], ..TABS }, format!("{canary}\n")),
        read(of(Format::Arrays(&["rows"])), format!("{{\"{canary}\":")),
        read_in(TABS, &GZIP, "US", [canary.as_bytes()]),
    ] {
        let error = read.unwrap_err();
        assert!(error.code().starts_with("E_DOC_"));
        assert!(!format!("{error} {error:?}").contains("CANARY"), "{error:?}");
    }
    let (lines, summary) = read(TABS, format!("a\tb\n{canary}\n")).unwrap();
    assert_eq!(summary.quarantined, 1);
    assert!(!format!("{lines:?} {summary:?}").contains("CANARY"));
}

#[test]
fn the_checksum_is_the_one_of_the_standard() {
    let mut crc = Crc::new();
    crc.update(b"123456789");
    assert_eq!(crc.sum(), 0xcbf4_3926, "RFC 1952's CRC-32, so that row 23 checks the right thing");
}
