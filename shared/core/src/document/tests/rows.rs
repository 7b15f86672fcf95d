//! L52, L54, L55: one line is one row, and one bad row harms no other.

use super::*;

#[test]
fn l52_a_bare_quote_swallows_no_rows() {
    let lines = ["15\" screen", "\"", "\"\"\"", "a\"b\"c", "\"open", "'", "close\"", "back\\slash\\"];
    let document = format!("title\tsku\n{}", lines.map(|title| format!("{title}\tx\n")).concat());
    let (rows, summary) = read(TABS, &document).unwrap();
    assert_eq!((summary.rows, summary.quarantined), (lines.len() as u64, 0));
    for (payload, title) in payloads(&rows).iter().zip(lines) {
        let value: serde_json::Value = serde_json::from_str(payload).unwrap();
        assert_eq!(value["title"], title);
    }
}

#[test]
fn l52_the_rows_are_the_lines_whatever_ends_them() {
    let rows: Vec<String> = (0..50).map(|n| format!("{n}\t\"{n}")).collect();
    for (end, last) in
        [("\n", ""), ("\r\n", ""), ("\n", "\n"), ("\r\n", "\r\n"), ("\r\n", "\n"), ("\n", "\n\n\r\n")]
    {
        let document = format!("a\tb{end}{}{last}", rows.join(end));
        let (lines, summary) = read(TABS, &document).unwrap();
        assert_eq!((summary.rows, summary.quarantined), (50, 0), "{end:?} {last:?}");
        assert_eq!(payloads(&lines)[49], r#"{"a":"49","b":"\"49"}"#);
        let Line::Row(last) = &lines[49] else { panic!() };
        assert_eq!(last.number, 51, "the header is line 1");
    }
}

#[test]
fn l55_a_row_with_too_few_or_too_many_fields_is_put_aside_and_harms_no_other() {
    let (lines, summary) = read(TABS, "a\tb\n1\t2\n3\n4\t5\t6\n\n7\t8\n").unwrap();
    assert_eq!(
        shown(&lines),
        [
            r#"2 {"a":"1","b":"2"}"#,
            "3 too few fields: 3",
            "4 too many fields: 4\t5\t6",
            r#"6 {"a":"7","b":"8"}"#
        ]
    );
    assert_eq!((summary.rows, summary.quarantined, summary.blank), (2, 2, 1));
    assert_eq!(
        summary.faults,
        [Fault { line: 3, what: "too few fields" }, Fault { line: 4, what: "too many fields" }]
    );
}

#[test]
fn the_first_faults_are_listed_and_the_others_counted() {
    let (_, summary) = read(TABS, format!("a\tb\n{}", "x\n".repeat(1000))).unwrap();
    assert_eq!((summary.quarantined, summary.faults.len()), (1000, FAULTS_LISTED));
}

#[test]
fn l54_l55_a_fields_text_is_kept_exactly_whatever_it_should_have_been() {
    let fields =
        ["", " 7 ", "true", "True", "95,00", "1.50", "NaN", "0x1F", "2026-13-45", "\u{0}\u{7f}", "null"];
    let header = (0..fields.len()).map(|n| format!("c{n}")).collect::<Vec<_>>().join("\t");
    let (lines, _) = read(TABS, format!("{header}\n{}\n", fields.join("\t"))).unwrap();
    let row: serde_json::Value = serde_json::from_str(payloads(&lines)[0]).unwrap();
    for (n, field) in fields.iter().enumerate() {
        assert_eq!(row[format!("c{n}")], **field);
    }
}

#[test]
fn columns_stay_in_the_documents_order() {
    let (lines, _) = read(TABS, "z\ta\tm\n1\t2\t3\n").unwrap();
    assert_eq!(payloads(&lines), [r#"{"z":"1","a":"2","m":"3"}"#]);
}

#[test]
fn quotes_around_every_field_are_taken_off_where_the_header_has_them() {
    let (lines, summary) =
        read(TABS, "\"Country\"\t\"SKU\"\n\"US\"\t\"15\"\" x\"\n\"CA\"\t\"a\nUS\tbare\n").unwrap();
    assert_eq!(
        payloads(&lines),
        [
            r#"{"Country":"US","SKU":"15\" x"}"#,
            r#"{"Country":"CA","SKU":"\"a"}"#,
            r#"{"Country":"US","SKU":"bare"}"#
        ]
    );
    assert_eq!(summary.rows, 3, "still one line, one row");
    // Not where only some have them.
    let (lines, _) = read(TABS, "\"a\"\tb\n\"1\"\t2\n").unwrap();
    assert_eq!(payloads(&lines), [r#"{"\"a\"":"\"1\"","b":"2"}"#]);
}

#[test]
fn commas_quotes_and_line_breaks_inside_quotes_belong_to_the_field() {
    let document = "a,b\r\n1,\"x, \"\"y\"\"\r\nz\"\r\n\"\",\"\"\r\nbare\"quote,2\r\n\"t\"x,3\r\n4\r\n5,\r\n";
    for size in [1, 7, document.len()] {
        let (lines, summary) = read_in(COMMAS, &PLAIN, "US", document.as_bytes().chunks(size)).unwrap();
        assert_eq!(
            shown(&lines),
            [
                r#"2 {"a":"1","b":"x, \"y\"\r\nz"}"#,
                r#"4 {"a":"","b":""}"#,
                r#"5 {"a":"bare\"quote","b":"2"}"#,
                "6 text behind a closing quote: \"t\"x,3",
                "7 too few fields: 4",
                r#"8 {"a":"5","b":""}"#,
            ]
        );
        assert_eq!((summary.rows, summary.quarantined), (4, 2));
    }
}
