//! Amazon's regions and stores, as data.
//!
//! Source: developer-docs.amazon.com/sp-api/docs/marketplace-ids and …/sp-api-endpoints; the consent hosts
//! are those of Amazon's sample `use-cases/auth-lifecycle-management` (Ireland and South Africa: third-party
//! lists, and no Vendor Central known for either).

use serde::{Deserialize, Serialize};
use std::fmt;

/// One of the three parts of the world a grant is valid for. A seller in two regions connects twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// North America: the United States, Canada, Mexico and Brazil.
    Na,
    /// Europe with the Middle East, Africa and India.
    Eu,
    /// The Far East: Japan, Singapore and Australia.
    Fe,
}

impl Region {
    /// All regions.
    pub const ALL: [Self; 3] = [Self::Na, Self::Eu, Self::Fe];

    /// Lower case, as in host names, paths and keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Na => "na",
            Self::Eu => "eu",
            Self::Fe => "fe",
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Na => "North America",
            Self::Eu => "Europe",
            Self::Fe => "Far East",
        }
    }

    /// Reads the lower-case form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.as_str() == text)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Real accounts, or Amazon's sandbox, which answers fixed samples under hosts of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Realm {
    /// Real accounts.
    #[default]
    Production,
    /// The sandbox (developer-docs.amazon.com/sp-api/docs/the-selling-partner-api-sandbox).
    Sandbox,
}

impl Realm {
    /// The word of forms and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Production, Self::Sandbox].into_iter().find(|realm| realm.as_str() == text)
    }
}

/// Where a call goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The region.
    pub region: Region,
    /// Real or sandbox.
    pub realm: Realm,
}

/// Which kind of account a grant is for; it decides the consent page's host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A third-party seller, in Seller Central.
    Seller,
    /// A first-party vendor, in Vendor Central.
    Vendor,
}

impl Kind {
    /// The word of forms and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Vendor => "vendor",
        }
    }

    /// Reads `seller` or `vendor`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "seller" => Some(Self::Seller),
            "vendor" => Some(Self::Vendor),
            _ => None,
        }
    }
}

/// One Amazon store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marketplace {
    /// The region its grants belong to.
    pub region: Region,
    /// ISO 3166 country code.
    pub country: &'static str,
    /// For people.
    pub name: &'static str,
    /// Amazon's id, as calls want it.
    pub id: &'static str,
    seller_central: &'static str,
    vendor_central: &'static str,
}

impl Marketplace {
    /// The host of the consent page for this kind of account, where one is known.
    pub fn consent_host(&self, kind: Kind) -> Option<&'static str> {
        let host = match kind {
            Kind::Seller => self.seller_central,
            Kind::Vendor => self.vendor_central,
        };
        (!host.is_empty()).then_some(host)
    }
}

const fn row(
    region: Region,
    country: &'static str,
    name: &'static str,
    id: &'static str,
    seller_central: &'static str,
    vendor_central: &'static str,
) -> Marketplace {
    Marketplace { region, country, name, id, seller_central, vendor_central }
}

/// The 23 stores, by region.
#[rustfmt::skip]
pub const MARKETPLACES: [Marketplace; 23] = [
    row(Region::Na, "CA", "Canada", "A2EUQ1WTGCTBG2", "sellercentral.amazon.ca", "vendorcentral.amazon.ca"),
    row(Region::Na, "US", "United States", "ATVPDKIKX0DER", "sellercentral.amazon.com", "vendorcentral.amazon.com"),
    row(Region::Na, "MX", "Mexico", "A1AM78C64UM0Y8", "sellercentral.amazon.com.mx", "vendorcentral.amazon.com.mx"),
    row(Region::Na, "BR", "Brazil", "A2Q3Y263D00KWC", "sellercentral.amazon.com.br", "vendorcentral.amazon.com.br"),
    row(Region::Eu, "IE", "Ireland", "A28R8C7NBKEWEA", "sellercentral.amazon.ie", ""),
    row(Region::Eu, "ES", "Spain", "A1RKKUPIHCS9HS", "sellercentral-europe.amazon.com", "vendorcentral.amazon.es"),
    row(Region::Eu, "GB", "United Kingdom", "A1F83G8C2ARO7P", "sellercentral-europe.amazon.com", "vendorcentral.amazon.co.uk"),
    row(Region::Eu, "FR", "France", "A13V1IB3VIYZZH", "sellercentral-europe.amazon.com", "vendorcentral.amazon.fr"),
    row(Region::Eu, "BE", "Belgium", "AMEN7PMS3EDWL", "sellercentral.amazon.com.be", "vendorcentral.amazon.com.be"),
    row(Region::Eu, "NL", "Netherlands", "A1805IZSGTT6HS", "sellercentral.amazon.nl", "vendorcentral.amazon.nl"),
    row(Region::Eu, "DE", "Germany", "A1PA6795UKMFR9", "sellercentral-europe.amazon.com", "vendorcentral.amazon.de"),
    row(Region::Eu, "IT", "Italy", "APJ6JRA9NG5V4", "sellercentral-europe.amazon.com", "vendorcentral.amazon.it"),
    row(Region::Eu, "SE", "Sweden", "A2NODRKZP88ZB9", "sellercentral.amazon.se", "vendorcentral.amazon.se"),
    row(Region::Eu, "ZA", "South Africa", "AE08WJ6YKNBMC", "sellercentral.amazon.co.za", ""),
    row(Region::Eu, "PL", "Poland", "A1C3SOZRARQ6R3", "sellercentral.amazon.pl", "vendorcentral.amazon.pl"),
    row(Region::Eu, "EG", "Egypt", "ARBP9OOSHTCHU", "sellercentral.amazon.eg", "vendorcentral.amazon.me"),
    row(Region::Eu, "TR", "Turkey", "A33AVAJ2PDY3EV", "sellercentral.amazon.com.tr", "vendorcentral.amazon.com.tr"),
    row(Region::Eu, "SA", "Saudi Arabia", "A17E79C6D8DWNP", "sellercentral.amazon.sa", "vendorcentral.amazon.me"),
    row(Region::Eu, "AE", "United Arab Emirates", "A2VIGQ35RCS4UG", "sellercentral.amazon.ae", "vendorcentral.amazon.me"),
    row(Region::Eu, "IN", "India", "A21TJRUUN4KGV", "sellercentral.amazon.in", "www.vendorcentral.in"),
    row(Region::Fe, "SG", "Singapore", "A19VAU5U5O7RUS", "sellercentral.amazon.sg", "vendorcentral.amazon.com.sg"),
    row(Region::Fe, "AU", "Australia", "A39IBJ37TRP1C6", "sellercentral.amazon.com.au", "vendorcentral.amazon.com.au"),
    row(Region::Fe, "JP", "Japan", "A1VC38T7YXB528", "sellercentral.amazon.co.jp", "vendorcentral.amazon.co.jp"),
];

/// The store with this id.
pub fn by_id(id: &str) -> Option<&'static Marketplace> {
    MARKETPLACES.iter().find(|store| store.id == id)
}

/// The store of this country.
pub fn by_country(country: &str) -> Option<&'static Marketplace> {
    MARKETPLACES.iter().find(|store| store.country == country)
}

/// Every host that a consent page may have: the closed table that redirects and pages are held against.
pub fn consent_hosts() -> impl Iterator<Item = &'static str> {
    MARKETPLACES
        .iter()
        .flat_map(|store| [store.seller_central, store.vendor_central])
        .filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_store_is_named_once() {
        let ids: HashSet<_> = MARKETPLACES.iter().map(|store| store.id).collect();
        let countries: HashSet<_> = MARKETPLACES.iter().map(|store| store.country).collect();
        assert_eq!((ids.len(), countries.len()), (23, 23));
    }

    #[test]
    fn a_seller_consents_at_amazon_and_nowhere_else() {
        for host in consent_hosts() {
            let at_amazon = host.starts_with("sellercentral") || host.contains("vendorcentral.");
            assert!(at_amazon, "{host}");
        }
        assert_eq!(
            by_country("DE").unwrap().consent_host(Kind::Seller),
            Some("sellercentral-europe.amazon.com")
        );
        assert_eq!(by_country("ZA").unwrap().consent_host(Kind::Vendor), None);
    }
}
