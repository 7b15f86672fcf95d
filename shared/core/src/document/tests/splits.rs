//! L61: nothing depends on where the bytes are cut.

use super::*;

/// Lines of every kind: all widths of UTF-8, CRLF, empty fields, a row that does not fit.
const TABLE: &str = "sku\ttitle\r\nA\tGröße “x” 日本 🍜\r\nB\t\r\nC\n\nD\té?\u{fffd}";

fn same_however_cut(layout: Layout, delivered: &Delivered<'_>, country: &str, document: &[u8]) -> usize {
    let (lines, summary) = read_in(layout, delivered, country, [document]).unwrap();
    let whole = shown(&lines);
    let mut runs = 0;
    let mut same = |pieces: Vec<&[u8]>| {
        let (lines, cut) = read_in(layout, delivered, country, pieces).unwrap();
        assert_eq!((shown(&lines), &cut), (whole.clone(), &summary));
        runs += 1;
    };
    for at in 0..=document.len() {
        let (before, after) = document.split_at(at);
        same(vec![before, after]);
        // An empty piece and a single byte between the two.
        if let Some((one, after)) = after.split_first_chunk::<1>() {
            same(vec![before, &[], one, after]);
        }
    }
    for size in 1..=9 {
        same(document.chunks(size).collect());
    }
    runs
}

#[test]
fn l61_two_members_of_gzip_may_be_cut_at_every_byte() {
    let mut runs = 0;
    // The members' border is at every byte of the text too, in the middle of characters.
    for border in 0..=TABLE.len() {
        let (first, second) = TABLE.as_bytes().split_at(border);
        let document = [gzip(first), gzip(second)].concat();
        let whole = read_in(TABS, &GZIP, "US", [&document[..]]).unwrap();
        assert_eq!(shown(&whole.0), shown(&read(TABS, TABLE).unwrap().0), "border at {border}");
        if border % 8 == 3 {
            runs += same_however_cut(TABS, &GZIP, "US", &document);
        }
    }
    assert!(runs > 1000, "{runs}");
}

#[test]
fn l61_members_with_names_comments_and_empty_ones_are_read_too() {
    let packed = gzip("a\n1\n");
    let body = &packed[10..];
    // FEXTRA, FNAME, FCOMMENT and FHCRC, which nobody checks.
    let head = b"\x1f\x8b\x08\x1e\0\0\0\0\0\xff\x03\0abcreport.txt\0made by hand\0\x12\x34";
    let document = [head, body, &gzip(""), &gzip("2\n")].concat();
    same_however_cut(TABS, &GZIP, "US", &document);
    let (lines, _) = read_in(TABS, &GZIP, "US", [&document[..]]).unwrap();
    assert_eq!(payloads(&lines), [r#"{"a":"1"}"#, r#"{"a":"2"}"#]);
    let endless = [&head[..16], &[b'n'; 8192]].concat();
    assert_eq!(code(read_in(TABS, &GZIP, "US", [&endless[..]])), "E_DOC_GZIP");
}

#[test]
fn l61_characters_of_every_charset_may_be_cut_at_every_byte() {
    same_however_cut(TABS, &PLAIN, "US", TABLE.as_bytes());
    same_however_cut(TABS, &PLAIN, "US", format!("\u{feff}{TABLE}").as_bytes());
    same_however_cut(TABS, &PLAIN, "JP", b"\x8f\xa4\x95i\tb\r\n\x95\\\x94\\\t\xb1\xb2\r\n");
    same_however_cut(TABS, &PLAIN, "DE", b"Gr\xf6\xdfe\tb\n\xe4\t\xfc\n");
    same_however_cut(COMMAS, &PLAIN, "US", "a,b\n\"x\r\n\"\"é\"\"\",2\n\"\",\n".as_bytes());
}

#[test]
fn l61_json_may_be_cut_at_every_byte() {
    let lists = of(Format::Arrays(&["byDate", "byAsin"]));
    let document =
        r#"{ "s":{"a":["\\\"",1]} ,"byDate":[{"d":"é\"]},\\"},[1,[2]] , 3],"n":null,"byAsin":[ ]}"#;
    assert!(same_however_cut(lists, &PLAIN, "US", document.as_bytes()) > 150);
    same_however_cut(lists, &PLAIN, "US", format!("\u{feff}{document}\n").as_bytes());
    same_however_cut(lists, &GZIP, "US", &gzip(document));
    same_however_cut(of(Format::Lines), &PLAIN, "US", "{\"a\":\"日本\"}\r\n\n[1\n\"x\"".as_bytes());
}

#[test]
fn l61_a_document_of_many_parts_is_read_the_same_in_pieces_of_any_size() {
    let row = |n: u32| format!("{n}\tGröße {n}\t{}\n", "x".repeat((n % 300) as usize));
    let document = format!("n\ttitle\tfill\n{}", (0..2000).map(row).collect::<String>());
    let packed = gzip(&document);
    let whole = shown(&read(TABS, &document).unwrap().0);
    for size in [1, 97, 4096, 65_536, packed.len()] {
        let (lines, summary) = read_in(TABS, &GZIP, "US", packed.chunks(size)).unwrap();
        assert_eq!(shown(&lines), whole);
        assert_eq!((summary.rows, summary.unpacked), (2000, document.len() as u64));
    }
}
