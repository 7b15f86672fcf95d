//! What can be wrong with a set-up, as data: each code with where it is seen, what it means and how to mend it.
//!
//! A finding of the doctor's takes its fix from here, and the page shows the whole list, so that nobody has to
//! search Amazon's documentation for a code that stands on a consent page (L62).
//!
//! Sources: Amazon's pages as named by each entry; for the two codes that Amazon does not list (`MD5100`, the
//! path that does not exist) what developers met and reported.

mod amazon;
mod setup;

pub use amazon::*;
pub use setup::*;

use serde::Serialize;

/// Whose code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Shown by Amazon's consent page. Amazon sends nobody back, so we never hear of it.
    Consent,
    /// Login with Amazon's answer.
    Lwa,
    /// A 403 of the Selling Partner API; Amazon's code is `Unauthorized` for all of them.
    SpApi,
    /// Found here.
    Setup,
}

impl Family {
    /// All of them, in the order of a set-up.
    pub const ALL: [Self; 4] = [Self::Consent, Self::Lwa, Self::SpApi, Self::Setup];

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Consent => "On Amazon's consent page",
            Self::Lwa => "From Login with Amazon",
            Self::SpApi => "From the Selling Partner API (403)",
            Self::Setup => "In this installation",
        }
    }
}

/// One fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Its code, Amazon's own where there is one: the anchor on the page.
    pub code: &'static str,
    /// Whose.
    pub family: Family,
    /// Where it is seen.
    pub seen: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// Amazon's page about it; nothing where it is our own affair.
    pub source: Option<&'static str>,
}

/// Everything, in the order of a set-up.
pub const KNOWN: [&Known; 39] = [
    &MD1000,
    &MD5100,
    &MD5101,
    &MD5110,
    &MD9100,
    &SPDC8143,
    &SPSA0404,
    &SPSA2043,
    &CONSENT_LIMIT_REACHED,
    &INVALID_CLIENT,
    &UNAUTHORIZED_CLIENT,
    &INVALID_GRANT,
    &INVALID_SCOPE,
    &LWA_SILENT,
    &TOKEN_EXPIRED,
    &ROLE_MISSING,
    &RESTRICTED,
    &WRONG_REGION,
    &UNKNOWN_PATH,
    &SECRET_EXPIRED,
    &ORIGIN,
    &HOST,
    &NO_APPLICATION,
    &AMAZON_ID,
    &SANDBOX,
    &SECRET_UNREADABLE,
    &SECRET_OTHER,
    &SECRET_ENDING,
    &ROTATION,
    &TABLES,
    &VAULT,
    &QUEUE,
    &BUS,
    &YEAR,
    &STREAM,
    &INCIDENT,
    &INCIDENT_LASTING,
    &STALLED,
    &ROW,
];

/// The faults whose code or words contain a text; all of them where it is empty. Case does not count.
pub fn search(text: &str) -> Vec<&'static Known> {
    let wanted = text.trim().to_lowercase();
    let fits = |known: &&Known| {
        let words = [known.code, known.means, known.fix, known.seen];
        words.into_iter().any(|words| words.to_lowercase().contains(&wanted))
    };
    KNOWN.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_says_everything() {
        for (place, known) in KNOWN.iter().enumerate() {
            assert!(KNOWN[..place].iter().all(|other| other.code != known.code), "{} twice", known.code);
            let plain = known.code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            assert!(!known.code.is_empty() && plain, "{:?} is no anchor", known.code);
            for text in [known.seen, known.means, known.fix] {
                assert!(text.ends_with('.') && text.len() > 20, "{}: {text:?}", known.code);
            }
            let official = "https://developer-docs.amazon.com/sp-api/docs/";
            let amazons = known.family != Family::Setup;
            assert!(known.source.map_or(!amazons, |page| page.starts_with(official)), "{}", known.code);
        }
    }

    #[test]
    fn a_search_finds_codes_and_words_whatever_their_case() {
        let codes = |text| search(text).into_iter().map(|known| known.code).collect::<Vec<_>>();
        assert_eq!(codes("md5101"), ["MD5101"]);
        assert_eq!(codes("primary user"), ["SPDC8143"]);
        assert_eq!(codes(" "), KNOWN.map(|known| known.code));
        assert!(codes("no such thing").is_empty());
    }
}
