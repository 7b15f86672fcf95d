//! The operator's applications, and where we and Amazon are.

use crate::ids::{ApplicationSlug, TenantId};
use crate::marketplaces::{Kind, Marketplace, Realm, Region};
use crate::ports::Table;
use crate::secret::Digest;
use crate::store::{Key, Span, StoreError, Stored, TableName, decode, load};
use form_urlencoded::Serializer;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
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

/// Where this installation is, the same for all its applications.
#[derive(Debug, Clone)]
pub struct Site {
    /// Our public origin, `https://…` without a slash at its end.
    pub origin: String,
    /// The simulator, where one stands in for Amazon.
    pub simulator: Option<Loopback>,
    /// The tenant whose operators look after the applications and the whole installation.
    pub home: TenantId,
    /// Origins that a connect session may send its user back to.
    pub return_origins: Vec<String>,
}

impl Site {
    /// The Log-in URI to register with Amazon for the Appstore workflow.
    pub fn login_uri(&self, application: &ApplicationSlug) -> String {
        format!("{}/oauth/{application}/login", self.origin)
    }

    /// The redirect URI to register with Amazon. Each application, flow and region has its own, so that an
    /// answer meant for one cannot be used in another (RFC 9700, mix-up).
    pub fn redirect_uri(&self, application: &ApplicationSlug, flow: Flow, region: Region) -> String {
        format!("{}/oauth/{application}/{flow}/{region}/callback", self.origin)
    }

    /// All redirect URIs of an application.
    pub fn redirect_uris(&self, application: &ApplicationSlug) -> Vec<String> {
        let each = |flow| Region::ALL.into_iter().map(move |region| (flow, region));
        let all = each(Flow::Website).chain(each(Flow::Appstore));
        all.map(|(flow, region)| self.redirect_uri(application, flow, region)).collect()
    }
}

/// How far an application has come at Amazon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Not listed yet: consent pages want `version=beta`, or they answer MD1000.
    Draft,
    /// Listed, or approved as an unlisted one.
    Published,
    /// For the operator's own accounts: no consent page, tokens are made in Seller Central and imported.
    Private,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Private];

    /// The word of forms and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Private => "private",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }
}

/// One application of the operator's, as registered with Amazon. Its secret is elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its short name here.
    pub slug: ApplicationSlug,
    /// Amazon's application id (`amzn1.sellerapps.app.…`). Public; treated as opaque.
    pub amazon_id: String,
    /// How far it has come.
    pub stage: Stage,
    /// Whether its accounts are real ones or Amazon's sandbox.
    pub realm: Realm,
    /// Its client id at Login with Amazon. Public; a rotation's message is held against it.
    pub client_id: String,
    /// When its secret ends, as far as we know: 180 days after it was pasted, or as Amazon said.
    pub secret_expires_at: Timestamp,
    /// Which secret is in force, without showing it: a crash between the two stores is noticed by it.
    pub secret_digest: Digest,
    /// Whether Amazon knows our queue for new secrets. Only then is it asked for one.
    pub rotates: bool,
    /// When Amazon was last asked for a new secret.
    pub rotation_asked_at: Option<Timestamp>,
    /// The least number of days before the secret's end that was announced.
    pub announced_days: Option<i64>,
    /// The domains that are fetched for its new connections; empty: all. Each connection can choose its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fetches: Vec<String>,
    /// When it was added here.
    pub created_at: Timestamp,
}

/// Applications of one installation; a table of them is read whole.
pub const APPLICATIONS_MAX: usize = 50;

/// The partition of all applications.
const PARTITION: &str = "APPLICATIONS";

impl Application {
    /// Where an application is.
    pub fn key_of(slug: &ApplicationSlug) -> Key {
        Key::new(TableName::Connections, PARTITION, format!("A#{slug}"))
    }

    /// The application of this name.
    pub async fn find(table: &impl Table, slug: &ApplicationSlug) -> Result<Option<Self>, StoreError> {
        Ok(load::<Self>(table, &Self::key_of(slug)).await?.map(|held| held.value))
    }

    /// All applications, by name.
    pub async fn all(table: &impl Table) -> Result<Vec<Self>, StoreError> {
        let rows = table.list(TableName::Connections, PARTITION, Span::first(APPLICATIONS_MAX)).await?;
        rows.into_iter().map(|row| decode::<Self>(row).map(|held| held.value)).collect()
    }

    /// Whole days until its secret ends, never below nothing.
    pub fn secret_days_left(&self, now: Timestamp) -> i64 {
        (self.secret_expires_at.duration_since(now).as_hours().max(0) + 23) / 24
    }

    /// The consent page for a store, or nothing where Amazon has none for this kind of account.
    ///
    /// Source: developer-docs.amazon.com/sp-api/docs/website-authorization-workflow.
    pub fn consent_url(
        &self,
        site: &Site,
        store: &Marketplace,
        kind: Kind,
        state: &str,
        redirect_uri: &str,
    ) -> Option<String> {
        let host = store.consent_host(kind)?;
        let base = match &site.simulator {
            Some(simulator) => {
                let central = match kind {
                    Kind::Seller => "sellercentral",
                    Kind::Vendor => "vendorcentral",
                };
                format!("{}/{central}/{}", simulator.as_str(), store.country.to_lowercase())
            }
            None => format!("https://{host}"),
        };
        let mut query = Serializer::new(String::new());
        query.append_pair("application_id", &self.amazon_id);
        query.append_pair("state", state);
        query.append_pair("redirect_uri", redirect_uri);
        if self.stage == Stage::Draft {
            query.append_pair("version", "beta");
        }
        Some(format!("{base}/apps/authorize/consent?{}", query.finish()))
    }
}

impl Stored for Application {
    fn key(&self) -> Key {
        Self::key_of(&self.slug)
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
            stage: Stage::Draft,
            realm: Realm::Production,
            client_id: "amzn1.application-oa2-client.1".into(),
            secret_expires_at: Timestamp::UNIX_EPOCH,
            secret_digest: Digest::of("secret"),
            rotates: false,
            rotation_asked_at: None,
            announced_days: None,
            fetches: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
        };
        let site = Site {
            origin: "https://x.example".into(),
            simulator: None,
            home: TenantId::parse("main").unwrap(),
            return_origins: Vec::new(),
        };
        let uri = site.redirect_uri(&app.slug, Flow::Website, Region::Eu);
        assert_eq!(uri, "https://x.example/oauth/main/website/eu/callback");
        let url = app.consent_url(&site, by_country("DE").unwrap(), Kind::Seller, "st", &uri).unwrap();
        assert_eq!(
            url,
            "https://sellercentral-europe.amazon.com/apps/authorize/consent?application_id=amzn1.sellerapps.app.1\
             &state=st&redirect_uri=https%3A%2F%2Fx.example%2Foauth%2Fmain%2Fwebsite%2Feu%2Fcallback&version=beta"
        );
    }
}
