//! What the simulator was asked: one line per request, without any secret in it.

use jiff::Timestamp;
use serde::Serialize;

use crate::marketplaces::Region;

/// Longest query text that is kept, in characters.
const LONGEST_QUERY: usize = 2_000;
/// Query parameters whose value is left out: tokens are secrets of a kind.
const LEFT_OUT: [&str; 6] =
    ["paginationToken", "nextToken", "NextToken", "pageToken", "state", "spapi_oauth_code"];
/// Requests that are kept; the oldest go first.
pub(crate) const MOST_KEPT: usize = 100_000;

/// One request and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// When, by the world's clock.
    #[serde(serialize_with = "as_text")]
    pub time: Timestamp,
    /// The region asked, for calls of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// `lwa`, `consent`, an operation of the API, or `unknown`.
    pub operation: String,
    /// The account whose token it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// Status of the answer, before any fault of the network.
    pub status: u16,
    /// The query, or the grant type; without tokens.
    pub query: String,
    /// Requests left in the bucket after this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
    /// The fault that befell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// The identifier in the header `x-amzn-RequestId`.
    pub request_id: String,
}

fn as_text<S: serde::Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

/// The query as it may be shown: decoded, and without the values of tokens.
pub(crate) fn without_tokens(query: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in query {
        if !text.is_empty() {
            text.push('&');
        }
        let value = if LEFT_OUT.contains(&name.as_str()) { "…" } else { value };
        text.push_str(&format!("{name}={value}"));
    }
    text.chars().take(LONGEST_QUERY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_shown() {
        let query = [("maxResultsPerPage", "10"), ("paginationToken", "secret+/=")];
        let query: Vec<_> = query.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
        assert_eq!(without_tokens(&query), "maxResultsPerPage=10&paginationToken=…");
    }
}
