//! Walks the pages of an answer. The end is a missing token, never an empty page.

use super::{Filters, Operation, Pages, Via};
use crate::call::Call;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A body that is no answer of an operation with pages: its end would be guessed.
#[derive(Debug, thiserror::Error)]
#[error("the answer of {operation} cannot be read, so nobody knows whether pages follow")]
pub struct NoPage {
    /// Of which operation.
    pub operation: &'static str,
}

/// The token of the next page in an answer; none on the last page, and where the operation has no pages.
pub fn next(operation: &'static Operation, body: &[u8]) -> Result<Option<String>, NoPage> {
    let unreadable = |_| NoPage { operation: operation.name };
    let Some(Pages { find, .. }) = operation.pages.filter(|pages| !pages.find.is_empty()) else {
        return Ok(None);
    };
    let mut here: &RawValue = serde_json::from_slice(body).map_err(unreadable)?;
    let mut fields = find.split('.').peekable();
    while let Some(field) = fields.next() {
        let object: BTreeMap<String, &RawValue> = serde_json::from_str(here.get()).map_err(unreadable)?;
        match object.get(field) {
            Some(value) if value.get() != "null" => here = value,
            _ => return Ok(None),
        }
        if fields.peek().is_none() {
            let token: String = serde_json::from_str(here.get()).map_err(unreadable)?;
            return Ok(Some(token).filter(|token| !token.is_empty()));
        }
    }
    Ok(None)
}

/// The call of the next page, made from the call before it; none where the operation has no pages, or where
/// the token goes into a body and there is none.
pub fn follow(operation: &'static Operation, call: &Call, token: &str) -> Option<Call> {
    let pages = operation.pages?;
    let mut next = call.clone();
    let name = match pages.via {
        Via::Query(name) => name,
        Via::Body(field) => {
            let mut body: serde_json::Map<_, _> = serde_json::from_str(call.body.as_deref()?).ok()?;
            body.insert(field.to_owned(), token.into());
            next.body = Some(serde_json::Value::Object(body).to_string());
            return Some(next);
        }
    };
    let required = |wanted: &str| operation.parameters().any(|one| one.required && one.name == wanted);
    next.query.retain(|(known, _)| match pages.filters {
        Filters::Repeat => *known != name,
        Filters::Alone => false,
        Filters::QueryType => *known != QUERY_TYPE && required(known),
    });
    if pages.filters == Filters::QueryType {
        next.query.push((QUERY_TYPE, "NEXT_TOKEN".to_owned()));
    }
    next.query.push((name, token.to_owned()));
    Some(next)
}

/// Fulfillment Inbound v0 names its kind of question here.
const QUERY_TYPE: &str = "QueryType";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{
        CREATE_QUERY, GET_QUERY, GET_REPORTS, GET_SHIPMENTS_FULFILLMENT_INBOUND_V0, SEARCH_ORDERS,
    };
    use crate::catalogue::{operations::OPERATIONS, request::build};

    /// An answer that holds nothing but what lies on the way to the token.
    fn answer(find: &str, token: &str) -> String {
        find.rsplit('.')
            .fold(format!("{token:?}"), |inner, field| format!("{{\"items\":[],\"{field}\":{inner}}}"))
    }

    #[test]
    fn every_operation_with_pages_finds_its_token_on_an_empty_page_and_ends_without_one() {
        let mut styles = std::collections::BTreeSet::new();
        for operation in OPERATIONS.iter().filter(|one| one.pages.is_some_and(|pages| !pages.find.is_empty()))
        {
            let find = operation.pages.unwrap().find;
            styles.insert(find);
            let body = answer(find, "a+b/c==");
            assert_eq!(
                next(operation, body.as_bytes()).unwrap().as_deref(),
                Some("a+b/c=="),
                "{}",
                operation.name
            );
            for last in [answer(find, ""), "{}".into(), "{\"payload\":null,\"nextToken\":null}".into()] {
                assert_eq!(next(operation, last.as_bytes()).unwrap(), None, "{} {last}", operation.name);
            }
            for broken in ["", "[]", "<html>", "{\"payload\":7", "null"] {
                assert!(next(operation, broken.as_bytes()).is_err(), "{} {broken}", operation.name);
            }
        }
        assert_eq!(styles.len(), 8, "{styles:?}");
    }

    #[test]
    fn a_token_goes_with_the_filters_of_the_first_call() {
        let first = build(&SEARCH_ORDERS, &[("createdAfter", "2026-01-01T00:00:00Z")], None).unwrap();
        let second = follow(&SEARCH_ORDERS, &first, "one").unwrap();
        let third = follow(&SEARCH_ORDERS, &second, "two").unwrap();
        assert_eq!(
            third.target(),
            format!("{}&paginationToken=two", first.target()),
            "and replaces the last one"
        );
    }

    #[test]
    fn l33_a_token_goes_alone_where_amazon_refuses_company() {
        let given = [("reportTypes", "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"), ("pageSize", "100")];
        let first = build(&GET_REPORTS, &given, None).unwrap();
        assert_eq!(
            follow(&GET_REPORTS, &first, "t").unwrap().target(),
            "/reports/2021-06-30/reports?nextToken=t"
        );
    }

    #[test]
    fn a_token_changes_the_kind_of_question_where_amazon_wants_it_so() {
        let operation = &GET_SHIPMENTS_FULFILLMENT_INBOUND_V0;
        let given = [
            ("QueryType", "DATE_RANGE"),
            ("MarketplaceId", "M"),
            ("LastUpdatedAfter", "2026-01-01T00:00:00Z"),
        ];
        let first = build(operation, &given, None).unwrap();
        assert_eq!(
            follow(operation, &first, "t").unwrap().target(),
            "/fba/inbound/v0/shipments?MarketplaceId=M&QueryType=NEXT_TOKEN&NextToken=t"
        );
    }

    #[test]
    fn data_kiosks_token_is_answered_by_one_operation_and_taken_by_another() {
        let token = next(&GET_QUERY, br#"{"queryId":"q","pagination":{"nextToken":"t"}}"#).unwrap().unwrap();
        let first = build(&CREATE_QUERY, &[], Some(r#"{"query":"{ a }"}"#)).unwrap();
        let second = follow(&CREATE_QUERY, &first, &token).unwrap();
        assert_eq!(second.body.as_deref(), Some(r#"{"paginationToken":"t","query":"{ a }"}"#));
        assert_eq!(next(&CREATE_QUERY, br#"{"queryId":"q"}"#).unwrap(), None);
    }

    #[test]
    fn an_operation_without_pages_has_no_next_one() {
        let operation = &crate::catalogue::GET_MARKETPLACE_PARTICIPATIONS;
        assert_eq!(next(operation, b"anything").unwrap(), None);
        assert_eq!(follow(operation, &build(operation, &[], None).unwrap(), "t"), None);
    }
}
