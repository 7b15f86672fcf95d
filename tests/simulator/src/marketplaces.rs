//! The 23 stores and the three regions of Selling Partner API
//! (developer-docs.amazon.com/sp-api/docs/marketplace-ids and …/sp-api-endpoints).

use serde::{Deserialize, Serialize};

/// One of the three regions; an authorization and an access token belong to exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// North and South America.
    Na,
    /// Europe, the Middle East, Africa and India.
    Eu,
    /// The Far East and Australia.
    Fe,
}

impl Region {
    /// Every region.
    pub const ALL: [Self; 3] = [Self::Na, Self::Eu, Self::Fe];

    /// The word in paths and host names: `na`, `eu`, `fe`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Na => "na",
            Self::Eu => "eu",
            Self::Fe => "fe",
        }
    }

    /// The region with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.word() == word)
    }

    /// The region whose API has this host name (production or sandbox).
    pub fn of_api_host(host: &str) -> Option<Self> {
        let host = host.strip_prefix("sandbox.").unwrap_or(host);
        let word = host.strip_prefix("sellingpartnerapi-")?.strip_suffix(".amazon.com")?;
        Self::of_word(word)
    }
}

/// One store.
#[derive(Debug)]
pub struct Marketplace {
    /// Amazon's identifier.
    pub id: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'static str,
    /// The region that it belongs to.
    pub region: Region,
    /// The end of its host names: `com`, `co.uk`.
    pub domain: &'static str,
    /// ISO 4217 code of its currency.
    pub currency: &'static str,
    /// Its first language, as `getMarketplaceParticipations` writes it.
    pub language: &'static str,
}

impl Marketplace {
    /// The name that Amazon shows: `Amazon.co.uk`.
    pub fn name(&self) -> String {
        format!("Amazon.{}", self.domain)
    }
}

/// Every store.
#[rustfmt::skip]
pub const MARKETPLACES: [Marketplace; 23] = {
    use Region::{Eu, Fe, Na};
    const fn store(region: Region, country: &'static str, id: &'static str, domain: &'static str, currency: &'static str, language: &'static str) -> Marketplace {
        Marketplace { id, country, region, domain, currency, language }
    }
    [
        store(Na, "CA", "A2EUQ1WTGCTBG2", "ca", "CAD", "en_CA"),
        store(Na, "US", "ATVPDKIKX0DER", "com", "USD", "en_US"),
        store(Na, "MX", "A1AM78C64UM0Y8", "com.mx", "MXN", "es_MX"),
        store(Na, "BR", "A2Q3Y263D00KWC", "com.br", "BRL", "pt_BR"),
        store(Eu, "IE", "A28R8C7NBKEWEA", "ie", "EUR", "en_IE"),
        store(Eu, "ES", "A1RKKUPIHCS9HS", "es", "EUR", "es_ES"),
        store(Eu, "GB", "A1F83G8C2ARO7P", "co.uk", "GBP", "en_GB"),
        store(Eu, "FR", "A13V1IB3VIYZZH", "fr", "EUR", "fr_FR"),
        store(Eu, "BE", "AMEN7PMS3EDWL", "com.be", "EUR", "fr_BE"),
        store(Eu, "NL", "A1805IZSGTT6HS", "nl", "EUR", "nl_NL"),
        store(Eu, "DE", "A1PA6795UKMFR9", "de", "EUR", "de_DE"),
        store(Eu, "IT", "APJ6JRA9NG5V4", "it", "EUR", "it_IT"),
        store(Eu, "SE", "A2NODRKZP88ZB9", "se", "SEK", "sv_SE"),
        store(Eu, "ZA", "AE08WJ6YKNBMC", "co.za", "ZAR", "en_ZA"),
        store(Eu, "PL", "A1C3SOZRARQ6R3", "pl", "PLN", "pl_PL"),
        store(Eu, "EG", "ARBP9OOSHTCHU", "eg", "EGP", "ar_EG"),
        store(Eu, "TR", "A33AVAJ2PDY3EV", "com.tr", "TRY", "tr_TR"),
        store(Eu, "SA", "A17E79C6D8DWNP", "sa", "SAR", "ar_SA"),
        store(Eu, "AE", "A2VIGQ35RCS4UG", "ae", "AED", "en_AE"),
        store(Eu, "IN", "A21TJRUUN4KGV", "in", "INR", "en_IN"),
        store(Fe, "SG", "A19VAU5U5O7RUS", "sg", "SGD", "en_SG"),
        store(Fe, "AU", "A39IBJ37TRP1C6", "com.au", "AUD", "en_AU"),
        store(Fe, "JP", "A1VC38T7YXB528", "co.jp", "JPY", "ja_JP"),
    ]
};

/// The store with this identifier.
pub fn by_id(id: &str) -> Option<&'static Marketplace> {
    MARKETPLACES.iter().find(|store| store.id == id)
}

/// The store of this country, in either case. `uk` is understood as well as `gb`.
pub fn by_country(country: &str) -> Option<&'static Marketplace> {
    let country = if country.eq_ignore_ascii_case("uk") { "GB" } else { country };
    MARKETPLACES.iter().find(|store| store.country.eq_ignore_ascii_case(country))
}

/// The region of a Seller Central or Vendor Central host name.
pub(crate) fn region_of_central_host(host: &str) -> Option<Region> {
    if host == "sellercentral-europe.amazon.com"
        || host == "vendorcentral.amazon.me"
        || host == "www.vendorcentral.in"
    {
        return Some(Region::Eu);
    }
    let domain =
        host.strip_prefix("sellercentral.amazon.").or_else(|| host.strip_prefix("vendorcentral.amazon."))?;
    // Singapore's Vendor Central alone has another ending than its store.
    let domain = if domain == "com.sg" { "sg" } else { domain };
    MARKETPLACES.iter().find(|store| store.domain == domain).map(|store| store.region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_of_amazon_leads_to_its_region() {
        assert_eq!(Region::of_api_host("sellingpartnerapi-eu.amazon.com"), Some(Region::Eu));
        assert_eq!(Region::of_api_host("sandbox.sellingpartnerapi-fe.amazon.com"), Some(Region::Fe));
        assert_eq!(Region::of_api_host("api.amazon.com"), None);
        assert_eq!(region_of_central_host("sellercentral.amazon.com"), Some(Region::Na));
        assert_eq!(region_of_central_host("sellercentral-europe.amazon.com"), Some(Region::Eu));
        assert_eq!(region_of_central_host("vendorcentral.amazon.com.sg"), Some(Region::Fe));
        assert_eq!(region_of_central_host("example.com"), None);
    }

    #[test]
    fn countries_are_found_in_either_case() {
        assert_eq!(by_country("uk").map(|store| store.id), Some("A1F83G8C2ARO7P"));
        assert_eq!(by_country("JP").map(|store| store.region), Some(Region::Fe));
    }
}
