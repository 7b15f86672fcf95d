//! L49, L50, L51, and row 29 and 31 of section 4.E.

use super::*;

/// A Japanese listings report as CP932 has it, written byte by byte: `表`, `ソ` and `能` end with the byte of a
/// backslash, `①` and `髙` are in no JIS X 0208, `～` and `−` differ between the tables, `ｱｲ` are half as wide.
const JAPAN: &[u8] = b"\x8f\xa4\x95i\x96\xbc\t\x8fo\x95i\x8e\xd2SKU\t\x89\xbf\x8ai\r\n\x95\\\x8e\xa6\x87@\x81`\x81|\x83\\\x94\\\\\xee\xe0\xb1\xb2\tSKU-1\t1200\r\n\x83t\x83\x8b\x81[\x83c(\x91\xe5)\t\xb6\xc5-2\t980\r\n";
const JAPAN_TEXT: &str =
    "商品名\t出品者SKU\t価格\r\n表示①～－ソ能\\髙ｱｲ\tSKU-1\t1200\r\nフルーツ(大)\tｶﾅ-2\t980\r\n";

/// A French one as Windows-1252 has it.
const WEST: &[u8] = b"nom-produit\tsku-vendeur\tprix\r\nCaf\xe9 \x93\x9cuvre\x94 \x96 5\x80 \x99\tSKU-1\t9,99\r\n\xc0 l'\xe9t\xe9\t\xdc-2\t1,00\r\n";
const WEST_TEXT: &str =
    "nom-produit\tsku-vendeur\tprix\r\nCafé “œuvre” – 5€ ™\tSKU-1\t9,99\r\nÀ l'été\tÜ-2\t1,00\r\n";

/// What a document of this text is read as.
fn expected(text: &str) -> Vec<String> {
    let mut lines = text.lines().map(|line| line.split('\t'));
    let names: Vec<&str> = lines.next().unwrap().collect();
    let pair = |(name, field): (&&str, &str)| format!("{}:{}", json(name), json(field));
    lines
        .map(|line| format!("{{{}}}", names.iter().zip(line).map(pair).collect::<Vec<_>>().join(",")))
        .collect()
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn typed(content_type: &str) -> Delivered<'_> {
    Delivered { content_type: Some(content_type), ..PLAIN }
}

#[test]
fn l51_golden_documents_in_four_character_sets_are_read_exactly() {
    let marked = format!("\u{feff}{JAPAN_TEXT}");
    let japan = "text/plain;charset=Shift_JIS";
    let plain = "text/plain";
    for (bytes, text, content_type, country, charset, because) in [
        (JAPAN, JAPAN_TEXT, japan, "US", "Shift_JIS", Because::Declared),
        (
            JAPAN,
            JAPAN_TEXT,
            "text/tab-separated-values; charset=\"CP932\"",
            "US",
            "Shift_JIS",
            Because::Declared,
        ),
        (JAPAN, JAPAN_TEXT, plain, "JP", "Shift_JIS", Because::Store),
        (WEST, WEST_TEXT, "text/plain;charset=Cp1252", "JP", "windows-1252", Because::Declared),
        (WEST, WEST_TEXT, "text/plain; charset=ISO-8859-1", "JP", "windows-1252", Because::Declared),
        (WEST, WEST_TEXT, plain, "FR", "windows-1252", Because::Store),
        (JAPAN_TEXT.as_bytes(), JAPAN_TEXT, plain, "JP", "UTF-8", Because::Valid),
        (WEST_TEXT.as_bytes(), WEST_TEXT, "text/plain;charset=UTF-8", "FR", "UTF-8", Because::Declared),
        (marked.as_bytes(), JAPAN_TEXT, plain, "JP", "UTF-8", Because::Mark),
        (marked.as_bytes(), JAPAN_TEXT, "text/plain; charset=utf-8", "JP", "UTF-8", Because::Declared),
        // Nothing else begins with this mark, whatever the storage says.
        (marked.as_bytes(), JAPAN_TEXT, "text/plain; charset=Windows-1252", "JP", "UTF-8", Because::Mark),
        // A name nobody knows tells nothing.
        (WEST, WEST_TEXT, "text/plain; charset=klingon", "FR", "windows-1252", Because::Store),
    ] {
        for size in [1, 3, bytes.len()] {
            let delivered = typed(content_type);
            let (lines, summary) = read_in(TABS, &delivered, country, bytes.chunks(size)).unwrap();
            assert_eq!(payloads(&lines), expected(text), "{content_type} {country}");
            assert_eq!((summary.charset, summary.because), (charset, because), "{content_type} {country}");
            assert_eq!((summary.otherwise, summary.quarantined), (0, 0));
        }
    }
}

#[test]
fn l49_a_wrong_charset_in_the_header_is_believed_and_recorded() {
    let (_, summary) = read_in(TABS, &typed("text/plain;charset=Cp1252"), "JP", [JAPAN]).unwrap();
    assert_eq!((summary.charset, summary.because), ("windows-1252", Because::Declared));
}

#[test]
fn l49_ascii_decides_nothing_and_costs_no_waiting() {
    let mut lines = Vec::new();
    let mut decoder = Decoder::new(TABS, &PLAIN, Charset::of_store("DE")).unwrap();
    decoder.push(b"sku\ttitle\nA\tone\n", &mut |line| lines.push(line)).unwrap();
    assert_eq!(lines.len(), 1, "handed on at once");
    let summary = decoder.finish(&mut |_| {}).unwrap();
    assert_eq!((summary.charset, summary.because), ("UTF-8", Because::Ascii));
}

#[test]
fn l49_the_decision_waits_for_64_kib_and_no_longer() {
    let mut document = b"title\nascii\n".to_vec();
    let line = "Größe\n";
    while document.len() < 2 * PREFIX {
        document.extend_from_slice(line.as_bytes());
    }
    let mut handed = 0;
    let mut decoder = Decoder::new(TABS, &PLAIN, Charset::of_store("DE")).unwrap();
    for (at, piece) in document.chunks(1024).enumerate() {
        decoder.push(piece, &mut |_| handed += 1).unwrap();
        assert_eq!(handed > 1, (at + 1) * 1024 > PREFIX, "after {} KiB", at + 1);
    }
}

#[test]
fn l49_a_character_cut_by_the_end_of_the_prefix_is_no_wrong_one() {
    for shift in 0..4 {
        let mut document = format!("title\n{}é", "a".repeat(shift)).into_bytes();
        while document.len() < 2 * PREFIX {
            document.extend_from_slice("日".as_bytes());
        }
        let (_, summary) = read_in(TABS, &PLAIN, "JP", document.chunks(PREFIX)).unwrap();
        assert_eq!((summary.charset, summary.because, summary.otherwise), ("UTF-8", Because::Valid, 0));
    }
}

#[test]
fn l49_a_later_line_that_is_not_utf_8_is_read_alone_in_the_stores_character_set_and_counted() {
    let mut document = b"title\n".to_vec();
    while document.len() < 2 * PREFIX {
        document.extend_from_slice("Größe\n".as_bytes());
    }
    document.extend_from_slice(b"Gr\xf6\xdfe\n");
    document.extend_from_slice("Größe\n".as_bytes());
    let (lines, summary) = read_in(TABS, &PLAIN, "DE", [&document[..]]).unwrap();
    assert!(payloads(&lines).iter().all(|payload| *payload == r#"{"title":"Größe"}"#));
    assert_eq!((summary.charset, summary.because, summary.otherwise), ("UTF-8", Because::Valid, 1));
    assert!(summary.replaced.is_empty(), "nothing was lost");
}

#[test]
fn row_29_utf_16_is_refused_by_its_name() {
    let wide =
        |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for (document, name) in [
        (wide("\u{feff}sku\tprice\n", u16::to_le_bytes), "UTF-16LE"),
        (wide("\u{feff}sku\tprice\n", u16::to_be_bytes), "UTF-16BE"),
        (wide("sku\tprice\n", u16::to_le_bytes), "UTF-16LE"),
        (wide("sku\tprice\n", u16::to_be_bytes), "UTF-16BE"),
        (wide("{\"rows\":[]}", u16::to_le_bytes), "UTF-16LE"),
    ] {
        for layout in [TABS, COMMAS, of(Format::Lines), of(Format::Arrays(&["rows"]))] {
            match read_in(layout, &PLAIN, "US", document.chunks(1)) {
                Err(DocumentError::Charset(refused)) => assert_eq!(refused, name),
                other => panic!("{other:?}"),
            }
        }
    }
    let declared = read_in(TABS, &typed("text/plain; charset=UTF-16"), "US", [&b"a\n"[..]]).unwrap_err();
    assert_eq!(declared.code(), "E_DOC_CHARSET");
    assert!(declared.to_string().contains("UTF-8, Windows-1252 or Shift_JIS was expected"), "{declared}");
}

#[test]
fn l50_lost_characters_are_counted_by_column_and_never_repaired() {
    let document = "sku\ttitle\tnote\nA\t????\tok?\nB\tx\u{fffd}\u{fffd}y\tok\nC\tfine\tfine\n";
    let (lines, summary) = read(TABS, document).unwrap();
    assert_eq!(payloads(&lines)[0], r#"{"sku":"A","title":"????","note":"ok?"}"#);
    assert_eq!(payloads(&lines)[1], "{\"sku\":\"B\",\"title\":\"x\u{fffd}\u{fffd}y\",\"note\":\"ok\"}");
    let counted = |column: &str, question_marks, replacement_characters| Replaced {
        column: column.to_owned(),
        question_marks,
        replacement_characters,
    };
    assert_eq!(summary.replaced, [counted("title", 4, 2), counted("note", 1, 0)]);
    // A byte that CP932 does not have is lost in our reading, and counted just so.
    let (lines, summary) = read_in(TABS, &typed("a/b;charset=cp932"), "JP", [&b"t\nx\xffy\n"[..]]).unwrap();
    assert_eq!(payloads(&lines), ["{\"t\":\"x\u{fffd}y\"}"]);
    assert_eq!(summary.replaced, [counted("t", 0, 1)]);
}

#[test]
fn row_31_a_japanese_report_gets_amazons_own_column_names() {
    let layout = Layout { columns: &["item-name", "seller-sku", "price"], required: &["seller-sku"], ..TABS };
    let (lines, summary) = read_in(layout, &PLAIN, "JP", [JAPAN]).unwrap();
    assert_eq!(payloads(&lines)[1], r#"{"item-name":"フルーツ(大)","seller-sku":"ｶﾅ-2","price":"980"}"#);
    assert!(summary.unknown.is_empty() && summary.missing.is_empty());
}

#[test]
fn json_is_utf_8_whatever_the_storage_says() {
    let delivered = typed("application/json; charset=ISO-8859-1");
    let (lines, summary) = read_in(of(Format::Lines), &delivered, "DE", ["\"Größe\"\n".as_bytes()]).unwrap();
    assert_eq!((payloads(&lines), summary.because), (vec!["\"Größe\""], Because::Valid));
    let (lines, summary) = read_in(of(Format::Lines), &delivered, "JP", [&b"\"Gr\xf6\xdfe\"\n"[..]]).unwrap();
    assert_eq!((payloads(&lines), summary.because), (vec!["\"Größe\""], Because::Declared));
}
