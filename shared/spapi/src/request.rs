//! An SP-API call as a request, and a reply's headers as values. Pure.

use reqwest::Method;
use reqwest::header::HeaderMap;
use sellerport_core::application::Loopback;
use sellerport_core::call::Call;
use sellerport_core::catalogue;
use sellerport_core::marketplaces::{Endpoint, Realm};

/// The address of a call. Hosts are constants
/// (developer-docs.amazon.com/sp-api/docs/sp-api-endpoints); a simulator has each of them under a path.
pub fn address(simulator: Option<&Loopback>, to: Endpoint, call: &Call) -> String {
    let Endpoint { region, realm } = to;
    let base = match (simulator, realm) {
        (Some(simulator), Realm::Production) => format!("{}/sp-api/{region}", simulator.as_str()),
        (Some(simulator), Realm::Sandbox) => format!("{}/sp-api/sandbox-{region}", simulator.as_str()),
        (None, Realm::Production) => format!("https://sellingpartnerapi-{region}.amazon.com"),
        (None, Realm::Sandbox) => format!("https://sandbox.sellingpartnerapi-{region}.amazon.com"),
    };
    base + &call.target()
}

/// The method of a call, in the client's type.
pub fn method(call: &Call) -> Method {
    match call.method {
        catalogue::Method::Get => Method::GET,
        catalogue::Method::Post => Method::POST,
        catalogue::Method::Put => Method::PUT,
        catalogue::Method::Patch => Method::PATCH,
        catalogue::Method::Delete => Method::DELETE,
    }
}

/// Calls per second from `x-amzn-RateLimit-Limit`, where it is a positive number.
pub fn rate_limit(headers: &HeaderMap) -> Option<f64> {
    let rate: f64 = headers.get("x-amzn-ratelimit-limit")?.to_str().ok()?.trim().parse().ok()?;
    (rate.is_finite() && rate > 0.0).then_some(rate)
}

/// Amazon's id of a call; empty where it sent none. Cut short: it goes into every record.
pub fn request_id(headers: &HeaderMap) -> String {
    let id = headers.get("x-amzn-requestid").and_then(|id| id.to_str().ok()).unwrap_or_default();
    id.chars().take(REQUEST_ID_CHARS).collect()
}

const REQUEST_ID_CHARS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;
    use sellerport_core::catalogue::SEARCH_ORDERS;
    use sellerport_core::marketplaces::Region;

    #[test]
    fn a_call_goes_to_its_regions_host_with_every_value_encoded() {
        let query = vec![("marketplaceIds", "A,B".to_owned()), ("paginationToken", "a+b/c=&d 日".to_owned())];
        let call = Call::get(&SEARCH_ORDERS, query);
        assert_eq!(
            address(None, Endpoint { region: Region::Fe, realm: Realm::Production }, &call),
            "https://sellingpartnerapi-fe.amazon.com/orders/2026-01-01/orders?marketplaceIds=A%2CB&paginationToken=a%2Bb%2Fc%3D%26d%20%E6%97%A5"
        );
    }

    #[test]
    fn the_sandbox_has_hosts_of_its_own() {
        let call = Call { path: "/x".to_owned(), ..Call::get(&catalogue::SEARCH_ORDERS, Vec::new()) };
        let to = Endpoint { region: Region::Eu, realm: Realm::Sandbox };
        assert_eq!(address(None, to, &call), "https://sandbox.sellingpartnerapi-eu.amazon.com/x");
    }

    #[test]
    fn a_rate_that_is_no_rate_is_none() {
        let rate = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-amzn-RateLimit-Limit", HeaderValue::from_static(text));
            rate_limit(&headers)
        };
        assert_eq!(rate("0.0056"), Some(0.0056));
        for text in ["", "0", "0.0", "-1", "abc", "NaN", "inf", "1e999"] {
            assert_eq!(rate(text), None, "{text}");
        }
        assert_eq!(rate_limit(&HeaderMap::new()), None);
    }
}
