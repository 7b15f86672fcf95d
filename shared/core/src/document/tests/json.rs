//! Documents of JSON: Data Kiosk's lines, and lists inside one object.

use super::*;

const LISTS: Layout = of(Format::Arrays(&["byDate", "byAsin"]));

#[test]
fn l55_each_line_of_json_is_handed_on_byte_for_byte_and_a_bad_one_harms_no_other() {
    let document = "{\"a\": 1.50,\"é\":[ ]}\r\n\n  {\"b\":}\n{\"c\":\"\\u00e9\"}\n{\"d\":1} x\n\"text\"";
    let (lines, summary) = read(of(Format::Lines), document).unwrap();
    assert_eq!(
        shown(&lines),
        [
            "1 {\"a\": 1.50,\"é\":[ ]}",
            "3 not JSON:   {\"b\":}",
            "4 {\"c\":\"\\u00e9\"}",
            "5 not JSON: {\"d\":1} x",
            "6 \"text\""
        ]
    );
    assert_eq!((summary.rows, summary.quarantined, summary.blank), (3, 2, 1));
}

#[test]
fn no_lines_at_all_are_a_result_without_rows() {
    assert_eq!(read(of(Format::Lines), "").unwrap().1.rows, 0);
}

#[test]
fn elements_are_handed_on_one_by_one_with_the_list_they_stood_in() {
    let document = r#" { "spec": {"byDate":[1,{"x":"]}"}], "s":"\"]"}, "byDate" : [ {"d": "a,]}\"\\"} , 2.50,null ] ,
        "n":-1.5e3,"t":true, "byAsin":[ ], "new":[1,[2]], "last":"x" } "#;
    let (lines, summary) = read(LISTS, document).unwrap();
    assert_eq!(shown(&lines), [r#"1 byDate{"d": "a,]}\"\\"}"#, "2 byDate2.50", "3 byDatenull"]);
    assert_eq!((summary.rows, summary.unknown), (3, vec!["new".to_owned()]));
    assert!(summary.missing.is_empty());
}

#[test]
fn a_list_that_is_missing_or_null_is_reported() {
    for document in [r#"{"byAsin":[1]}"#, r#"{"byDate":null,"byAsin":[1]}"#] {
        let (_, summary) = read(LISTS, document).unwrap();
        assert_eq!((summary.rows, summary.missing), (1, vec!["byDate"]));
    }
}

#[test]
fn l25_an_object_without_its_lists_is_never_an_empty_report() {
    for (document, why) in [
        (r#"{"errorDetails":"The report could not be made"}"#, "none of its lists"),
        ("{}", "none of its lists"),
        (r#"{"byDate":null}"#, "none of its lists"),
        ("", "empty"),
        (" \n", "empty"),
        ("[]", "not an object"),
        ("null", "not an object"),
        (r#"{"byDate":{}}"#, "a list is no list"),
        (r#"{"byDate":"[]"}"#, "a list is no list"),
        (r#"{"byDate":[],"byDate":[]}"#, "a list came twice"),
        (r#"{"byDate":[1,]}"#, "not JSON"),
        (r#"{"byDate":[,1]}"#, "not JSON"),
        (r#"{"byDate":[1}]"#, "not JSON"),
        (r#"{"byDate":[],}"#, "not JSON"),
        (r#"{"byDate" []}"#, "not JSON"),
        (r#"{byDate:[]}"#, "not JSON"),
        (r#"{"byDate":[]} {}"#, "trailing bytes"),
        (r#"{"byDate":[{"a":"]}"#, "cut off"),
    ] {
        match read(LISTS, document) {
            Err(DocumentError::Json(said)) => assert_eq!(said, why, "{document}"),
            other => panic!("{document}: {other:?}"),
        }
    }
    assert_eq!(code(read(LISTS, format!(r#"{{"{}":1}}"#, "n".repeat(300)))), "E_DOC_JSON");
}

#[test]
fn a_document_of_json_cut_anywhere_is_never_a_shorter_one() {
    let document = r#"{"spec":{"a":[1,"]"]},"byDate":[{"d":"1"},{"d":"2"}],"byAsin":[3]}"#;
    for end in 0..document.len() {
        assert_eq!(code(read(LISTS, &document[..end])), "E_DOC_JSON", "cut at {end}");
    }
    assert_eq!(read(LISTS, document).unwrap().1.rows, 3);
}

#[test]
fn an_element_that_is_no_json_is_put_aside() {
    let (lines, summary) = read(LISTS, r#"{"byAsin":[{"a":1},{"a":},{a:1},{"a":2}]}"#).unwrap();
    assert_eq!(
        shown(&lines),
        [r#"1 byAsin{"a":1}"#, r#"2 not JSON: {"a":}"#, "3 not JSON: {a:1}", r#"4 byAsin{"a":2}"#]
    );
    assert_eq!((summary.rows, summary.quarantined), (2, 2));
}

#[test]
fn t32_brackets_beyond_the_depth_that_readers_take_are_put_aside() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let limit = usize::try_from(DEPTH_MAX).unwrap();
    let (lines, summary) =
        read(of(Format::Lines), format!("{}\n{}\n1\n", nested(limit), nested(100_000))).unwrap();
    assert_eq!((summary.rows, summary.quarantined), (2, 1));
    assert_eq!(summary.faults, [Fault { line: 2, what: "nested too deep" }]);
    let handed: Result<serde_json::Value, _> = serde_json::from_str(payloads(&lines)[0]);
    assert!(handed.is_err() || limit < 128, "at the limit itself it depends on the reader");
}

#[test]
fn l50_lost_characters_of_json_are_counted_by_list() {
    let (_, summary) = read(LISTS, "{\"byDate\":[1],\"byAsin\":[\"??\u{fffd}\"]}").unwrap();
    let expected = Replaced { column: "byAsin".into(), question_marks: 2, replacement_characters: 1 };
    assert_eq!(summary.replaced, [expected]);
}
