//! The domains: a row of constants and two pure functions each.
//!
//! A new domain is one file here, one line in [`DOMAINS`], one word in the template and one event.

mod orders;

pub use orders::ORDERS;

use crate::catalogue::Operation;
use crate::marketplaces::Kind;
use crate::stream::Window;
use jiff::SignedDuration;
use serde_json::value::RawValue;

/// One area of data.
#[derive(Debug)]
pub struct Domain {
    /// Its name in queues, keys and pages.
    pub name: &'static str,
    /// Whose data it is: a seller's or a vendor's.
    pub kind: Kind,
    /// What one record is.
    pub entity: &'static str,
    /// The call that fetches a page.
    pub operation: &'static Operation,
    /// What is read, for people.
    pub reads: &'static str,
    /// How often it is fetched where much changes.
    pub cadence: SignedDuration,
    /// How often it is fetched where little changes.
    pub cadence_quiet: SignedDuration,
    /// How far a window begins before the cursor.
    pub overlap: SignedDuration,
    /// How late Amazon may show something and it is still found: once every [`Domain::sweep_every`] a window
    /// looks back that far behind the one before.
    pub sweep: SignedDuration,
    /// How often a window looks back.
    pub sweep_every: SignedDuration,
    /// How long before now a window ends.
    pub lag: SignedDuration,
    /// How far back the history reaches.
    pub lookback: SignedDuration,
    /// How long a page token can be used.
    pub token_life: SignedDuration,
    /// The parameters of a page's call.
    pub query: fn(Ask<'_>) -> Vec<(&'static str, String)>,
    /// Reads a page.
    pub read: fn(&[u8]) -> Result<Page, Unreadable>,
}

/// What a page's call is made from.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The window.
    pub window: Window,
    /// The ids of the stores in use.
    pub stores: &'a [String],
    /// Amazon's token for the page; none for the first.
    pub token: Option<&'a str>,
}

/// A page as read.
#[derive(Debug)]
pub struct Page {
    /// What was found, in Amazon's order.
    pub found: Vec<Found>,
    /// The token of the next page. The end is a missing token, never an empty page.
    pub next: Option<String>,
}

/// One thing found, with what the envelope needs. A field that Amazon left out stays empty: the payload
/// lands all the same.
#[derive(Debug)]
pub struct Found {
    /// Names the thing within its seller and entity.
    pub key: Option<String>,
    /// When it last changed, as Amazon wrote it.
    pub updated_at: Option<String>,
    /// The store it belongs to.
    pub marketplace: Option<String>,
    /// What Amazon sent, byte for byte.
    pub payload: Box<RawValue>,
}

/// A page that is not what the operation promises. It counts as no answer at all, never as an empty one.
#[derive(Debug, thiserror::Error)]
#[error("the page cannot be read as {entity}s")]
pub struct Unreadable {
    /// What it should have held.
    pub entity: &'static str,
}

/// All domains.
pub const DOMAINS: [&Domain; 1] = [&ORDERS];

/// The domain of this name.
pub fn by_name(name: &str) -> Option<&'static Domain> {
    DOMAINS.into_iter().find(|domain| domain.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::catalogue::request::build;
    use jiff::Timestamp;

    #[test]
    fn l31_a_page_token_goes_back_as_it_came() {
        let window = Window { after: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
        for domain in DOMAINS {
            for token in ["a+/=", "%2B%2F", "a b&c=d", "日本=="] {
                let query = (domain.query)(Ask { window, stores: &[], token: Some(token) });
                let sent = Call::get(domain.operation, query).target();
                let encoded = crate::call::encode(token);
                assert!(sent.contains(&format!("={encoded}")), "{}: {sent}", domain.name);
            }
        }
    }

    #[test]
    fn every_domain_asks_as_its_operation_wants_it() {
        let window = Window {
            after: "2026-01-01T00:00:00Z".parse().unwrap(),
            before: "2026-01-02T00:00:00Z".parse().unwrap(),
        };
        let stores = ["ATVPDKIKX0DER".to_owned(), "A2EUQ1WTGCTBG2".to_owned()];
        for domain in DOMAINS {
            let query = (domain.query)(Ask { window, stores: &stores, token: Some("a+/=") });
            let given: Vec<_> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let mut built = build(domain.operation, &given, None).unwrap();
            let mut asked = Call::get(domain.operation, query);
            for call in [&mut built, &mut asked] {
                call.query.sort();
            }
            assert_eq!(asked, built, "{}", domain.name);
        }
    }
}
