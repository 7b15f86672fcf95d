//! Reading an import: a JSON list or a CSV file with a header, every fault found and named by its line. Pure.
//! No fault ever repeats what stood in a line: it could be a token.

use super::fault::Fault;
use crate::application::Application;
use crate::ids::SellerId;
use crate::marketplaces::{Kind, Region, by_country};
use crate::message::Refusal;
use crate::secret::RefreshToken;
use serde::Deserialize;
use std::collections::HashMap;

/// Lines of one import.
pub const LINES_MAX: usize = 10_000;

/// Bytes of one import: what a function's event may hold (AWS Lambda: 6 MB), less its wrapping.
pub const BYTES_MAX: usize = 4 * 1024 * 1024;

/// Longest refresh token that is taken for one. Amazon's have about 400 characters.
pub const TOKEN_MAX: usize = 2048;

/// What a spreadsheet cuts a long cell to.
const CUT: [usize; 2] = [255, 256];

/// The columns of a file and the fields of a JSON line.
const COLUMNS: [&str; 6] = ["seller_id", "region", "refresh_token", "kind", "country", "application"];

/// One account to import.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands, from 1; the header of a CSV file is line 1.
    pub number: u64,
    /// The application that the token is of.
    pub application: Application,
    /// Its region.
    pub region: Region,
    /// Seller or vendor.
    pub kind: Kind,
    /// Its store, for the consent page of a later reconnect.
    pub country: &'static str,
    /// Who it is said to be of.
    pub seller: SellerId,
    /// The token.
    pub token: RefreshToken,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    seller_id: Option<String>,
    region: Option<String>,
    refresh_token: Option<String>,
    kind: Option<String>,
    country: Option<String>,
    application: Option<String>,
}

/// Reads a file. Either every line of it is sound, or the refusal names all that are not.
pub fn read(body: &[u8], applications: &[Application]) -> Result<Vec<Line>, Refusal> {
    if body.len() > BYTES_MAX {
        return Err(Refusal::ImportSize);
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // A spreadsheet's own file is a zip; what is not text is neither of our forms.
    let text = std::str::from_utf8(body).ok().filter(|text| !text.starts_with("PK") && !text.contains('\0'));
    let text = text.ok_or(Refusal::ImportFormat)?.trim();
    let raw = match text.chars().next() {
        None => return Err(Refusal::ImportEmpty),
        Some('[') => json(text)?,
        Some('{') => {
            return Err(Refusal::ImportParse { line: 1, column: 1, what: "a list [...] is expected" });
        }
        Some(_) => csv(text)?,
    };
    match raw.len() {
        0 => return Err(Refusal::ImportEmpty),
        n if n > LINES_MAX => return Err(Refusal::ImportSize),
        _ => {}
    }
    let (mut lines, mut faults) = (Vec::with_capacity(raw.len()), Vec::new());
    let mut seen: HashMap<(Region, String), u64> = HashMap::new();
    for (number, raw) in raw {
        match line(number, raw, applications) {
            Err(why) => faults.push(Fault::field(number, why)),
            Ok(line) => match seen.insert((line.region, line.seller.to_string()), number) {
                Some(first) => faults.push(Fault::twice(number, first)),
                None => lines.push(line),
            },
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(Refusal::ImportLines(faults)) }
}

fn json(text: &str) -> Result<Vec<(u64, Raw)>, Refusal> {
    let raw: Vec<Raw> = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let what = match said.as_str() {
            // The name of a known field is the one thing of a file that is repeated.
            said if said.starts_with("duplicate field `refresh_token`") => "duplicate `refresh_token`",
            said if said.starts_with("duplicate field") => "a field is there twice",
            said if said.starts_with("unknown field") => "a field that is not one of ours",
            said if said.starts_with("invalid type") => "a value of another type; all values are texts",
            _ => "not JSON",
        };
        Refusal::ImportParse { line: error.line(), column: error.column(), what }
    })?;
    Ok((1..).zip(raw).collect())
}

fn csv(text: &str) -> Result<Vec<(u64, Raw)>, Refusal> {
    let refuse = |line: u64, column, what| Refusal::ImportParse {
        line: usize::try_from(line).unwrap_or(usize::MAX),
        column,
        what,
    };
    let separator = match text.lines().next() {
        Some(header) if header.contains(';') && !header.contains(',') => b';',
        Some(header) if header.contains('\t') => b'\t',
        _ => b',',
    };
    // The reader counts a line at its line feed, which of CRLF it sees one record late.
    let text = text.replace("\r\n", "\n");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| refuse(1, 1, "not a CSV header"))?.clone();
    let names: Vec<_> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    for (place, name) in names.iter().enumerate() {
        if matches!(name.as_str(), "client_id" | "client_secret") {
            return Err(refuse(1, place + 1, "client id and secret belong on the application's page"));
        }
        if !COLUMNS.contains(&name.as_str()) {
            return Err(refuse(1, place + 1, "a column that is not one of ours"));
        }
        if names.iter().filter(|other| *other == name).count() > 1 {
            return Err(refuse(1, place + 1, "a column is there twice"));
        }
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            refuse(error.position().map_or(0, csv::Position::line), 1, "not a line of CSV")
        })?;
        let number = record.position().map_or(0, csv::Position::line);
        if record.len() != names.len() {
            return Err(refuse(number, record.len(), "as many fields as the header has are expected"));
        }
        let field = |name: &str| {
            let place = names.iter().position(|known| known == name)?;
            record.get(place).filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let raw = Raw {
            seller_id: field("seller_id"),
            region: field("region"),
            refresh_token: field("refresh_token"),
            kind: field("kind"),
            country: field("country"),
            application: field("application"),
        };
        lines.push((number, raw));
    }
    Ok(lines)
}

fn line(number: u64, raw: Raw, applications: &[Application]) -> Result<Line, String> {
    let present = |value: Option<String>, name: &str| {
        value.filter(|value| !value.trim().is_empty()).ok_or_else(|| format!("{name} is missing"))
    };
    let token = refresh_token(&present(raw.refresh_token, "refresh_token")?)?;
    let region = present(raw.region, "region")?;
    let known = region.trim().to_ascii_lowercase();
    let region = Region::parse(&known).ok_or("region: NA, EU or FE")?;
    let kind = match raw.kind.as_deref().map(str::trim) {
        None | Some("") => Kind::Seller,
        Some(word) => Kind::parse(&word.to_ascii_lowercase()).ok_or("kind: seller or vendor")?,
    };
    let seller = account(present(raw.seller_id, "seller_id")?.trim(), kind)?;
    let country = match raw.country.as_deref().map(str::trim) {
        None | Some("") => match region {
            Region::Na => "US",
            Region::Eu => "GB",
            Region::Fe => "JP",
        },
        Some(code) => {
            let store =
                by_country(&code.to_ascii_uppercase()).ok_or("country: a two-letter code of a store")?;
            if store.region != region {
                return Err(format!("country: {} is in region {}", store.country, store.region));
            }
            store.country
        }
    };
    let application = match (raw.application.as_deref().map(str::trim), applications) {
        (None | Some(""), [only]) => only,
        (None | Some(""), _) => return Err("application is missing: there is more than one here".to_owned()),
        (Some(name), all) => all
            .iter()
            .find(|application| application.slug.as_str() == name)
            .ok_or("application: no application here has this name")?,
    };
    Ok(Line { number, application: application.clone(), region, kind, country, seller, token })
}

fn account(text: &str, kind: Kind) -> Result<SellerId, String> {
    let upper = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let (what, length) = match kind {
        Kind::Seller => ("seller_id: a seller id has 10 to 20 capital letters and digits", 10..=20),
        Kind::Vendor => ("seller_id: a vendor group code has 2 to 20 capital letters and digits", 2..=20),
    };
    match SellerId::parse(text) {
        Ok(id) if upper && length.contains(&text.len()) => Ok(id),
        _ => Err(what.to_owned()),
    }
}

/// Takes a text for a refresh token, or says what it is instead.
pub fn refresh_token(text: &str) -> Result<RefreshToken, String> {
    let quoted = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»'];
    let says = |why: &str| Err(format!("refresh_token: {why}"));
    if text.starts_with(quoted) || text.ends_with(quoted) {
        return says("quotes around the value");
    }
    let text = text.trim();
    if let Some((position, _)) = text.char_indices().find(|(_, c)| !c.is_ascii_graphic()) {
        return Err(format!("refresh_token: unexpected character at {}", position + 1));
    }
    match text {
        _ if text.starts_with("amzn.mws.") => says("this is an MWS token, and MWS is retired"),
        _ if text.starts_with("Atza|") => {
            says("this is an access token; the refresh token begins with Atzr|")
        }
        _ if is_client_secret(text) => says("this is a client secret; it belongs on the application's page"),
        _ if text.starts_with("amzn1.") => says("this is an id, not a token"),
        _ if text.contains("EXAMPLE") => says("example value"),
        _ if !text.starts_with("Atzr|") => says("a refresh token begins with Atzr|"),
        _ if CUT.contains(&text.len()) => says("looks cut off"),
        _ if text.len() > TOKEN_MAX => says("longer than any of Amazon's"),
        _ => Ok(RefreshToken::new(text.to_owned())),
    }
}

/// Whether a text is an application's secret (`amzn1.oa2-cs.v1.…`).
pub fn is_client_secret(text: &str) -> bool {
    text.starts_with("amzn1.oa2-cs.")
}

#[cfg(test)]
mod tests;
