//! What `build` refuses and in which words, and that an independent library reads what it sends.

use super::*;
use crate::catalogue::{
    CREATE_REPORT, CREATE_TRANSACTION, CREATE_UPLOAD_DESTINATION_FOR_RESOURCE, GET_FEATURE_INVENTORY,
    GET_INVENTORY_SUMMARIES, GET_LISTINGS_ITEM, GET_REPORTS, LIST_ITEM_COMPLIANCE_DETAILS, SEARCH_ORDERS,
};
use proptest::prelude::*;
use url::Url;

fn says(operation: &'static Operation, given: &[(&str, &str)]) -> String {
    build(operation, given, None).unwrap_err().to_string()
}

#[test]
fn an_unknown_parameter_is_answered_with_the_nearest_name() {
    assert_eq!(
        says(&SEARCH_ORDERS, &[("createdAftr", "x")]),
        "createdAftr: searchOrders has no such parameter; did you mean createdAfter?"
    );
    assert_eq!(
        says(&SEARCH_ORDERS, &[("CreatedAfter", "x")]),
        "CreatedAfter: searchOrders has no such parameter; did you mean createdAfter?"
    );
    assert_eq!(says(&SEARCH_ORDERS, &[("zzzz", "x")]), "zzzz: searchOrders has no such parameter");
}

#[test]
fn each_fault_is_named() {
    let item = ("sellerId", "S");
    for (operation, given, text) in [
        (&GET_LISTINGS_ITEM, vec![item], "sku: is required"),
        (&GET_REPORTS, vec![("pageSize", "many")], "pageSize: `many` is no whole number"),
        (&GET_REPORTS, vec![("pageSize", "101")], "pageSize: 101, at most 100"),
        (&GET_REPORTS, vec![("pageSize", "0")], "pageSize: 0, at least 1"),
        (&GET_REPORTS, vec![("pageSize", "1"), ("pageSize", "2")], "pageSize: takes one value, not 2"),
        (&GET_REPORTS, vec![("reportTypes", "A"); 11], "reportTypes: 11 values, at most 10"),
        (
            &GET_REPORTS,
            vec![("processingStatuses", "DONNE")],
            "processingStatuses: `DONNE` is none of CANCELLED, DONE, FATAL, IN_PROGRESS, IN_QUEUE; did you mean DONE?",
        ),
        (
            &GET_REPORTS,
            vec![("createdSince", "yesterday")],
            "createdSince: `yesterday` is no time as 2026-01-31T12:00:00Z",
        ),
        (
            &GET_INVENTORY_SUMMARIES,
            vec![
                ("granularityType", "Marketplace"),
                ("granularityId", "M"),
                ("marketplaceIds", "M"),
                ("details", "yes"),
            ],
            "details: is true or false",
        ),
        (
            &GET_INVENTORY_SUMMARIES,
            vec![
                ("granularityType", "Marketplace"),
                ("granularityId", "M"),
                ("marketplaceIds", "M"),
                ("sellerSkus", "a,b"),
                ("sellerSkus", "c"),
            ],
            "sellerSkus: a value with a comma must be asked for alone",
        ),
        (
            &GET_LISTINGS_ITEM,
            vec![item, ("sku", ".."), ("marketplaceIds", "M")],
            "sku: a part of a path cannot be a dot or two",
        ),
        (
            &GET_LISTINGS_ITEM,
            vec![item, ("sku", ""), ("marketplaceIds", "M")],
            "sku: a part of a path cannot be empty",
        ),
        (&CREATE_REPORT, vec![], "body: is required"),
    ] {
        assert_eq!(says(operation, &given), text);
    }
}

#[test]
fn a_body_is_json_where_there_is_one_and_refused_where_there_is_none() {
    let says = |operation, body| build(operation, &[], Some(body)).unwrap_err().to_string();
    assert!(says(&CREATE_REPORT, "{").starts_with("body: is no JSON"));
    assert_eq!(says(&SEARCH_ORDERS, "{}"), "body: searchOrders has none");
    let call = build(&CREATE_REPORT, &[], Some("{\"a\":1}")).unwrap();
    assert_eq!((call.method.as_str(), call.body.as_deref()), ("POST", Some("{\"a\":1}")));
}

#[test]
fn a_header_is_sent_as_one_and_cannot_break_the_request() {
    let given = |signature| {
        [("destAccountDigitalSignature", signature), ("amountDigitalSignature", "b"), ("marketplaceId", "M")]
    };
    let call = build(&CREATE_TRANSACTION, &given("a=="), Some("{}")).unwrap();
    assert_eq!(call.headers[0], ("destAccountDigitalSignature", "a==".to_owned()));
    assert_eq!(call.query, [("marketplaceId", "M".to_owned())]);
    let bad = build(&CREATE_TRANSACTION, &given("a\r\nx: y"), Some("{}")).unwrap_err();
    assert_eq!(bad.to_string(), "destAccountDigitalSignature: a header can hold plain characters only");
}

#[test]
fn a_list_is_one_value_with_commas() {
    let call = build(&SEARCH_ORDERS, &[("marketplaceIds", "A"), ("marketplaceIds", "B")], None).unwrap();
    assert_eq!(call.query, [("marketplaceIds", "A,B".to_owned())]);
    assert_eq!(build(&SEARCH_ORDERS, &[("marketplaceIds", "A,B")], None).unwrap(), call, "given at once");
}

#[test]
fn a_path_keeps_its_slashes_only_where_amazon_wants_them() {
    let given = [("resource", "messaging/v1/a b"), ("marketplaceIds", "M"), ("contentMD5", "x==")];
    let call = build(&CREATE_UPLOAD_DESTINATION_FOR_RESOURCE, &given, None).unwrap();
    assert_eq!(call.path, "/uploads/2020-11-01/uploadDestinations/messaging/v1/a%20b");
    let given = [("sellerId", "S"), ("sku", "a/b c+%日"), ("marketplaceIds", "M")];
    let call = build(&GET_LISTINGS_ITEM, &given, None).unwrap();
    assert_eq!(call.path, "/listings/2021-08-01/items/S/a%2Fb%20c%2B%25%E6%97%A5");
}

#[test]
fn l32_a_sku_with_any_sign_in_it_is_asked_for_alone_and_exactly() {
    for sku in ["a,b", "a+b", "a&b=c", "50%", "two words", "日本", "a/b", "a?b#c", "'\"<>", "ü"] {
        let given = [("sellerId", "S"), ("sku", sku), ("marketplaceIds", "M")];
        let call = build(&GET_LISTINGS_ITEM, &given, None).unwrap();
        let asked = call.path.strip_prefix("/listings/2021-08-01/items/S/").unwrap();
        assert!(asked.bytes().all(|b| b.is_ascii_alphanumeric() || b"%-._~".contains(&b)), "{asked}");
        let read = percent_encoding::percent_decode_str(asked).decode_utf8().unwrap();
        assert_eq!(read, sku, "what Amazon reads is what was asked for");
    }
}

#[test]
fn what_amazon_decodes_twice_is_encoded_twice() {
    let given = [("mskus", "test%msku"), ("mskus", "test,msku"), ("marketplaceId", "M")];
    let call = build(&LIST_ITEM_COMPLIANCE_DETAILS, &given, None).unwrap();
    // Amazon's own examples, in the operation's description.
    assert!(call.target().contains("mskus=test%2525msku&mskus=test%252Cmsku"), "{}", call.target());
}

#[test]
fn the_sandbox_gets_its_test_values() {
    assert!(build(&SEARCH_ORDERS, &[("createdAfter", "TEST_CASE_200")], None).is_ok());
}

/// Texts with everything that a careless encoder breaks.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[,+%&=?#/ ;:@.~日本é\u{1F600}a-z0-9]{1,20}", "\\PC{1,20}"]
}

proptest! {
    #[test]
    fn an_independent_library_reads_each_value_as_given(seller in text(), sku in text(), market in text()) {
        prop_assume!(![&seller, &sku].iter().any(|part| matches!(part.as_str(), "." | "..")));
        let given = [("sellerId", seller.as_str()), ("sku", &sku), ("marketplaceIds", &market)];
        let call = build(&GET_LISTINGS_ITEM, &given, None).unwrap();
        let url = Url::parse(&format!("https://sellingpartnerapi-na.amazon.com{}", call.target())).unwrap();
        let decode = |part| percent_encoding::percent_decode_str(part).decode_utf8().unwrap().into_owned();
        let path: Vec<String> = url.path_segments().unwrap().map(decode).collect();
        prop_assert_eq!(&path[3..], &[seller, sku]);
        let query: Vec<_> = url.query_pairs().collect();
        prop_assert_eq!(query, [("marketplaceIds".into(), market.into())]);
        prop_assert!(url.fragment().is_none());
    }

    #[test]
    fn every_item_of_a_list_arrives(items in prop::collection::vec("[+%&= 日a-z]{1,10}", 1..10)) {
        let given: Vec<_> = items.iter().map(|item| ("reportTypes", item.as_str())).collect();
        let call = build(&GET_REPORTS, &given, None).unwrap();
        let url = Url::parse(&format!("https://a.example{}", call.target())).unwrap();
        let (_, value) = url.query_pairs().next().unwrap();
        prop_assert_eq!(value.split(',').collect::<Vec<_>>(), items);
    }

    #[test]
    fn no_input_makes_it_panic(name in text(), value in "\\PC{0,40}", body in prop::option::of("\\PC{9}")) {
        for operation in [&GET_LISTINGS_ITEM, &GET_FEATURE_INVENTORY, &CREATE_REPORT] {
            if let Ok(call) = build(operation, &[("sku", &value), (&name, &value)], body.as_deref()) {
                let address = format!("https://a.example{}", call.target());
                prop_assert!(Url::parse(&address).is_ok());
            }
        }
    }
}
