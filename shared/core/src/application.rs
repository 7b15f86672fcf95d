//! The operator's application, and where Amazon is.

use crate::ids::ApplicationSlug;
use crate::marketplaces::{Kind, Marketplace, Region};
use form_urlencoded::Serializer;
use std::fmt;

/// The address of a simulator on this machine, in Amazon's place. No other override is accepted anywhere,
/// so that no configuration can send a client secret to a stranger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loopback(String);

/// An override that is not `http://127.0.0.1:<port>` or `http://localhost:<port>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Amazon's address can only be replaced by http://127.0.0.1:<port> or http://localhost:<port>")]
pub struct NotLoopback;

impl Loopback {
    /// Accepts exactly the two forms above.
    pub fn parse(text: &str) -> Result<Self, NotLoopback> {
        let rest = text.strip_prefix("http://").ok_or(NotLoopback)?;
        let (host, port) = rest.split_once(':').ok_or(NotLoopback)?;
        let digits = !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
        let local = matches!(host, "127.0.0.1" | "localhost");
        (local && digits && port.parse::<u16>().is_ok()).then(|| Self(text.to_owned())).ok_or(NotLoopback)
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a consent began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// On our page.
    Website,
    /// In Amazon's Appstore.
    Appstore,
}

impl Flow {
    /// The word in redirect URIs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::Appstore => "appstore",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Website, Self::Appstore].into_iter().find(|flow| flow.as_str() == text)
    }
}

impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One application of the operator's, as registered with Amazon.
#[derive(Debug, Clone)]
pub struct Application {
    /// Its short name here.
    pub slug: ApplicationSlug,
    /// Amazon's application id (`amzn1.sellerapps.app.…`). Public; treated as opaque.
    pub amazon_id: String,
    /// Still a draft at Amazon: consent pages then want `version=beta`, or they answer MD1000.
    pub draft: bool,
    /// Our public origin, `https://…` without a slash at its end.
    pub origin: String,
    /// The simulator, where one stands in for Amazon.
    pub simulator: Option<Loopback>,
}

impl Application {
    /// The redirect URI to register with Amazon. Each flow and region has its own, so that an answer meant
    /// for one cannot be used in another (RFC 9700, mix-up).
    pub fn redirect_uri(&self, flow: Flow, region: Region) -> String {
        format!("{}/oauth/{}/{flow}/{region}/callback", self.origin, self.slug)
    }

    /// The consent page for a store, or nothing where Amazon has none for this kind of account.
    ///
    /// Source: developer-docs.amazon.com/sp-api/docs/website-authorization-workflow.
    pub fn consent_url(
        &self,
        store: &Marketplace,
        kind: Kind,
        state: &str,
        redirect_uri: &str,
    ) -> Option<String> {
        let host = store.consent_host(kind)?;
        let base = match &self.simulator {
            Some(simulator) => {
                format!("{}/sellercentral/{}", simulator.as_str(), store.country.to_lowercase())
            }
            None => format!("https://{host}"),
        };
        let mut query = Serializer::new(String::new());
        query.append_pair("application_id", &self.amazon_id);
        query.append_pair("state", state);
        query.append_pair("redirect_uri", redirect_uri);
        if self.draft {
            query.append_pair("version", "beta");
        }
        Some(format!("{base}/apps/authorize/consent?{}", query.finish()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplaces::by_country;

    #[test]
    fn amazon_can_only_be_replaced_by_this_machine() {
        for good in ["http://127.0.0.1:4610", "http://localhost:80"] {
            assert_eq!(Loopback::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "https://api.amazon.com.evil.example",
            "http://127.0.0.1",
            "http://127.0.0.1:",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:80@evil.example",
            "http://127.0.0.1.evil.example:80",
            "http://localhost:80/path",
            "http://[::1]:80",
            "http://10.0.0.1:80",
            "http://169.254.169.254:80",
            "http://LOCALHOST:80",
            " http://localhost:80",
        ] {
            assert_eq!(Loopback::parse(bad), Err(NotLoopback), "{bad}");
        }
    }

    #[test]
    fn the_consent_page_gets_what_amazon_asks_for_and_nothing_else() {
        let app = Application {
            slug: ApplicationSlug::parse("main").unwrap(),
            amazon_id: "amzn1.sellerapps.app.1".into(),
            draft: true,
            origin: "https://x.example".into(),
            simulator: None,
        };
        let uri = app.redirect_uri(Flow::Website, Region::Eu);
        assert_eq!(uri, "https://x.example/oauth/main/website/eu/callback");
        let url = app.consent_url(by_country("DE").unwrap(), Kind::Seller, "st", &uri).unwrap();
        assert_eq!(
            url,
            "https://sellercentral-europe.amazon.com/apps/authorize/consent?application_id=amzn1.sellerapps.app.1\
             &state=st&redirect_uri=https%3A%2F%2Fx.example%2Foauth%2Fmain%2Fwebsite%2Feu%2Fcallback&version=beta"
        );
    }
}
