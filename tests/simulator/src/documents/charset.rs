//! In which charset a flat file is written: Amazon's depend on the store
//! (amzn/selling-partner-api-docs issue 21, selling-partner-api-models issue 2748).

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, WINDOWS_1252};

use crate::marketplaces::{Marketplace, Region};
use crate::reports::{Form, Kind};

/// European stores whose flat files are in UTF-8: their languages do not fit into Windows-1252, or they are younger.
const EUROPEAN_IN_UTF_8: [&str; 7] = ["PL", "TR", "AE", "SA", "EG", "IN", "SE"];
/// Stores that name their charset after the standard, though they write Windows-1252.
const NAMED_AFTER_THE_STANDARD: [&str; 3] = ["GB", "IE", "ZA"];

/// How a text becomes bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    encoding: &'static Encoding,
    /// The charset's name in the content type.
    pub(crate) name: &'static str,
    /// A byte order mark comes first.
    pub(crate) marked: bool,
    /// What ends a line.
    pub(crate) line_end: &'static str,
}

/// What JSON is written in, and everything that is not a flat file.
pub(crate) const PLAIN: Script = Script { encoding: UTF_8, name: "UTF-8", marked: false, line_end: "\n" };

/// The script of a report in a store.
pub(crate) fn script(kind: &Kind, store: &Marketplace) -> Script {
    if !matches!(kind.form, Form::Tsv | Form::Csv) {
        return PLAIN;
    }
    let old = |encoding, name| Script { encoding, name, marked: false, line_end: "\r\n" };
    match (store.region, store.country) {
        (_, "JP") => old(SHIFT_JIS, "Shift_JIS"),
        (Region::Eu, country) if EUROPEAN_IN_UTF_8.contains(&country) => PLAIN,
        (Region::Eu, country) if NAMED_AFTER_THE_STANDARD.contains(&country) => {
            old(WINDOWS_1252, "ISO-8859-1")
        }
        (Region::Eu, _) => old(WINDOWS_1252, "Cp1252"),
        _ => Script { marked: kind.marked, ..PLAIN },
    }
}

impl Script {
    /// The text as bytes. What the charset has no sign for becomes a question mark, as in Amazon's files.
    pub(crate) fn write(self, text: &str) -> Vec<u8> {
        let (bytes, _, lossy) = self.encoding.encode(text);
        let bytes = if lossy { self.write_one_by_one(text) } else { bytes.into_owned() };
        if self.marked { [b"\xEF\xBB\xBF".as_slice(), &bytes].concat() } else { bytes }
    }

    fn write_one_by_one(self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        for sign in text.chars() {
            let mut room = [0; 4];
            let (one, _, lossy) = self.encoding.encode(sign.encode_utf8(&mut room));
            if lossy { bytes.push(b'?') } else { bytes.extend_from_slice(&one) }
        }
        bytes
    }

    /// The name of a charset that this is not.
    pub(crate) fn wrong_name(self) -> &'static str {
        if self.encoding == UTF_8 { "Cp1252" } else { "UTF-8" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplaces::by_country;

    fn listings(country: &str) -> Script {
        script(Kind::named("GET_MERCHANT_LISTINGS_ALL_DATA").unwrap(), by_country(country).unwrap())
    }

    #[test]
    fn a_store_writes_in_its_own_charset() {
        assert_eq!(listings("DE").write("groß"), b"gro\xDF");
        assert_eq!(listings("JP").write("価格"), b"\x89\xBF\x8A\x69");
        assert_eq!(listings("US").write("groß"), "groß".as_bytes());
        assert_eq!(listings("DE").write("Ø テ €"), b"\xD8 ? \x80");
    }

    #[test]
    fn a_mark_comes_first_where_the_type_has_one() {
        let ledger = script(Kind::named("GET_LEDGER_DETAIL_VIEW_DATA").unwrap(), by_country("US").unwrap());
        assert_eq!(ledger.write("Date"), b"\xEF\xBB\xBFDate");
    }
}
