//! Our own address.

use super::{Finding, known};
use crate::application::Site;

/// Whether Amazon would take our origin: https, a host and nothing behind it, and not this machine. A local
/// stack with a simulator may be any of these.
pub fn origin(site: &Site) -> Finding {
    let (check, about) = ("origin", site.origin.as_str());
    if site.simulator.is_some() && !site.origin.contains('#') {
        return Finding::ok(check, about, "Amazon is simulated on this machine, so any address will do.");
    }
    let Some(authority) = authority(site).filter(|_| site.origin.starts_with("https://")) else {
        return Finding::ok(check, about, "It does not begin with https://.").fails(&known::ORIGIN);
    };
    let host = authority.split(':').next().unwrap_or_default();
    let local = host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.");
    let why = match authority {
        "" => "It names no host.",
        _ if authority.contains('#') => "It has a fragment.",
        _ if authority.contains(['/', '?', '@']) => "There is more than a host.",
        _ if local || authority.starts_with('[') => "It is an address of one machine.",
        _ => return Finding::ok(check, about, "https, a host and nothing more."),
    };
    Finding::ok(check, about, why).fails(&known::ORIGIN)
}

/// Whether the browser came by that address. Only a warning: a proxy in front may pass another name on.
pub(super) fn host(site: &Site, host: &str) -> Finding {
    let same = authority(site).is_some_and(|authority| authority.eq_ignore_ascii_case(host));
    // A header is the caller's to choose: what does not look like a host is not repeated.
    let plain =
        host.len() <= HOST_MAX && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let about = if plain { host } else { "another host" };
    let finding = Finding::ok("origin.host", about, "The browser used the installation's own address.");
    if same {
        return finding;
    }
    let says = format!("The browser came by {about}; the installation is at {}.", site.origin);
    Finding { says, ..finding }.warns(&known::HOST)
}

/// Longest host name with a port (RFC 1035: 253 characters, and six).
const HOST_MAX: usize = 259;

fn authority(site: &Site) -> Option<&str> {
    site.origin.split_once("://").map(|(_, authority)| authority)
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;
    use crate::application::Loopback;
    use crate::ids::TenantId;

    fn site(origin: &str) -> Site {
        let home = TenantId::parse("main").unwrap();
        Site { origin: origin.to_owned(), simulator: None, home, return_origins: Vec::new() }
    }

    #[test]
    fn only_an_origin_that_amazon_would_register_passes() {
        for good in [
            "https://shop.example",
            "https://shop.example:8443",
            "https://a1.execute-api.eu-central-1.amazonaws.com",
        ] {
            assert_eq!(origin(&site(good)).state, State::Ok, "{good}");
        }
        for bad in [
            "http://shop.example",
            "shop.example",
            "",
            "https://",
            "https://shop.example#x",
            "https://shop.example/x",
            "https://user@shop.example",
            "https://localhost",
            "https://x.localhost:4566",
            "https://127.0.0.1",
            "https://[::1]",
        ] {
            let found = origin(&site(bad));
            assert_eq!((found.state, found.code), (State::Failed, Some("E_SETUP_ORIGIN")), "{bad}");
        }
        let local =
            Site { simulator: Loopback::parse("http://127.0.0.1:1").ok(), ..site("http://x.localhost:4566") };
        assert_eq!(origin(&local).state, State::Ok);
    }

    #[test]
    fn another_host_than_our_own_is_told_and_nonsense_is_not_repeated() {
        let site = site("https://shop.example");
        assert_eq!(host(&site, "Shop.example").state, State::Ok);
        let other = host(&site, "a1.execute-api.eu-central-1.amazonaws.com");
        assert_eq!((other.state, other.code), (State::Warning, Some("E_SETUP_HOST")));
        assert!(!host(&site, "<script>").says.contains("<script>"));
    }
}
