//! Writes what a report or a query tells as the bytes of its document: columns in the store's language, numbers as the
//! store writes them, its charset, and packed or not.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::charset::{self, PLAIN, Script};
use super::{headers, spoil};
use crate::faults::FaultKind;
use crate::marketplaces::{self, MARKETPLACES, Marketplace};
use crate::reported::{Content, Table};
use crate::reports::{Form, Kind, Report, SETTLEMENT};

/// Stores that write a settlement's amounts with a decimal comma: `95,00`.
const WITH_A_COMMA: [&str; 9] = ["DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL", "TR"];

/// A document as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) body: Vec<u8>,
    pub(crate) content_type: Option<String>,
    /// It is packed.
    pub(crate) packed: bool,
    /// The API says that it is packed.
    pub(crate) declared: bool,
}

/// Whether the document with this number is packed: three of four are, and of every four one has two gzip members.
pub(crate) fn is_packed(number: u64) -> bool {
    !number.is_multiple_of(4)
}

fn has_two_members(number: u64) -> bool {
    number % 4 == 2
}

/// A report's document.
pub(crate) fn write_report(content: Content, report: &Report, fault: Option<&FaultKind>) -> Option<Written> {
    let kind = Kind::named(&report.kind)?;
    let store = report.stores.first().and_then(|id| marketplaces::by_id(id)).unwrap_or(&MARKETPLACES[0]);
    let script = charset::script(kind, store);
    let (text, media) = match content {
        Content::Json(value) => (value.to_string(), "application/json"),
        Content::Table(table) => {
            let media = if kind.form == Form::Csv { "text/csv" } else { "text/plain" };
            (flat(table, kind, store, script, fault), media)
        }
    };
    Some(finish(&script.write(&text), (media, script), report.number, fault))
}

/// A query's rows: one JSON object a line.
pub(crate) fn write_lines(rows: &[Value], number: u64, fault: Option<&FaultKind>) -> Written {
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    finish(text.as_bytes(), ("application/jsonl", PLAIN), number, fault)
}

/// The document that says why there is no other.
pub(crate) fn write_failure(why: &str, number: u64, fault: Option<&FaultKind>) -> Written {
    let text = json!({ "errorDetails": why }).to_string();
    finish(text.as_bytes(), ("application/json", PLAIN), number, fault)
}

fn flat(table: Table, kind: &Kind, store: &Marketplace, script: Script, fault: Option<&FaultKind>) -> String {
    let comma = kind.name == SETTLEMENT && WITH_A_COMMA.contains(&store.country);
    let amounts: Vec<bool> = table.columns.iter().map(|column| comma && column.ends_with("amount")).collect();
    let mut columns: Vec<String> =
        table.columns.iter().map(|column| headers::name(kind.name, store, column)).collect();
    let mut rows = table.rows;
    for row in &mut rows {
        for (field, amount) in row.iter_mut().zip(&amounts) {
            if *amount {
                *field = field.replace('.', ",");
            }
        }
    }
    spoil::table(&mut columns, &mut rows, fault);
    let mut text = String::new();
    for line in std::iter::once(&columns).chain(&rows) {
        write_line(&mut text, line, kind.form);
        text.push_str(script.line_end);
    }
    text
}

fn write_line(text: &mut String, fields: &[String], form: Form) {
    for (place, field) in fields.iter().enumerate() {
        let quoted = form == Form::Csv && field.contains([',', '"', '\n']);
        match (place, form) {
            (0, _) => {}
            (_, Form::Csv) => text.push(','),
            _ => text.push('\t'),
        }
        if quoted {
            text.push_str(&format!("\"{}\"", field.replace('"', "\"\"")));
        } else {
            // A flat file has no way to write these within a field.
            text.extend(
                field.chars().map(|sign| if matches!(sign, '\t' | '\n' | '\r') { ' ' } else { sign }),
            );
        }
    }
}

fn finish(plain: &[u8], (media, script): (&str, Script), number: u64, fault: Option<&FaultKind>) -> Written {
    let declared = is_packed(number);
    let packed = declared && fault != Some(&FaultKind::FalseGzip);
    let body = match packed {
        true if has_two_members(number) => {
            let (first, second) = plain.split_at(plain.len() / 2);
            [pack(first), pack(second)].concat()
        }
        true => pack(plain),
        false => plain.to_vec(),
    };
    let content_type = match fault {
        Some(FaultKind::NoContentType) => None,
        Some(FaultKind::WrongCharset) => Some(format!("{media};charset={}", script.wrong_name())),
        _ => Some(format!("{media};charset={}", script.name)),
    };
    Written { body: spoil::bytes(body, packed, fault), content_type, packed, declared }
}

/// One gzip member.
fn pack(plain: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    packer.write_all(plain).and_then(|()| packer.finish()).unwrap_or_default()
}
