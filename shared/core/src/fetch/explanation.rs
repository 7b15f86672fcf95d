//! Why Amazon could not make a report or answer a query: in a document of its own (L37).

use crate::document::{Address, DocumentError};
use crate::domains::Located;
use crate::ports::Documents;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use std::io::Read as _;

/// How what is packed by gzip begins (RFC 1952, 2.3.1). Of a report Amazon says that it is packed, of a query its
/// storage does; an explanation is read whichever it was.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// Bytes of an explanation that are read.
const LONGEST: usize = 16 * 1024;
/// Characters of it that are shown.
const SHOWN: usize = 300;

/// The form that Amazon gives most of them.
#[derive(Deserialize)]
struct Details {
    #[serde(rename = "errorDetails")]
    details: String,
}

/// Reads it, as a sentence for people.
pub(super) async fn explanation(amazon: &impl Documents, located: Located) -> String {
    let says = match bytes(amazon, &located).await {
        Ok(bytes) => words(bytes),
        Err(error) => format!("its explanation cannot be read ({}).", error.code()),
    };
    format!("Amazon could not make the report: {says}")
}

async fn bytes(amazon: &impl Documents, located: &Located) -> Result<Vec<u8>, DocumentError> {
    let mut download = amazon.open(&Address::parse(&located.url)?).await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = download.next().await? {
        bytes.extend(chunk);
        if bytes.len() > LONGEST {
            break;
        }
    }
    Ok(bytes)
}

/// Amazon's own words, short enough for a page.
fn words(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(&GZIP) {
        let mut plain = Vec::new();
        // What was cut off still says how it begins.
        drop(MultiGzDecoder::new(&bytes[..]).take(LONGEST as u64).read_to_end(&mut plain));
        bytes = plain;
    }
    let text = match serde_json::from_slice::<Details>(&bytes) {
        Ok(Details { details }) => details,
        Err(_) => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = plain.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    let end = if shown.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{shown}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;

    fn packed(text: &str) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap()
    }

    #[test]
    fn l37_amazons_words_are_read_however_they_come() {
        let json = r#"{"errorDetails":"The date range\n is too long"}"#;
        assert_eq!(words(json.into()), "The date range is too long.");
        assert_eq!(words(packed(json)), "The date range is too long.");
        let (first, second) = json.split_at(20);
        assert_eq!(
            words([packed(first), packed(second)].concat()),
            "The date range is too long.",
            "two members"
        );
        assert_eq!(words("Ask later!".into()), "Ask later!");
        assert_eq!(words(r#"[{"message":"no"}]"#.into()), r#"[{"message":"no"}]."#);
        let cut = packed(&"a".repeat(5000));
        assert!(words(cut[..cut.len() - 9].to_vec()).starts_with("aaaa"));
        assert_eq!(words("x".repeat(5000).into_bytes()).len(), SHOWN + 1);
    }
}
