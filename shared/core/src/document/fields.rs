//! A line's fields.

use super::Format;
use std::borrow::Cow;

/// Why a line with quotes cannot be cut.
const BEHIND: &str = "text behind a closing quote";
const OPEN: &str = "a quote that nothing closes";

/// Cuts a line into its fields.
pub(super) fn split(line: &str, format: Format, enclosed: bool) -> Result<Vec<Cow<'_, str>>, &'static str> {
    match format {
        Format::Commas => quoted(line),
        _ if enclosed => Ok(line.split('\t').map(open).collect()),
        _ => Ok(line.split('\t').map(Cow::Borrowed).collect()),
    }
}

/// Whether quotes enclose a field.
pub(super) fn is_enclosed(field: &str) -> bool {
    field.len() >= 2 && field.starts_with('"') && field.ends_with('"')
}

/// A field without the quotes around it; one without quotes as it is.
fn open(field: &str) -> Cow<'_, str> {
    if is_enclosed(field) { once(&field[1..field.len() - 1]) } else { Cow::Borrowed(field) }
}

fn once(inner: &str) -> Cow<'_, str> {
    if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
}

/// Fields after RFC 4180. A quote inside a field that none opens is a character like others.
fn quoted(line: &str) -> Result<Vec<Cow<'_, str>>, &'static str> {
    let (mut fields, mut rest) = (Vec::new(), line);
    loop {
        let after = match rest.strip_prefix('"') {
            None => {
                let (field, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                fields.push(Cow::Borrowed(field));
                after
            }
            Some(inner) => {
                let end = closing(inner).ok_or(OPEN)?;
                fields.push(once(&inner[..end]));
                &inner[end + 1..]
            }
        };
        rest = match after.strip_prefix(',') {
            Some(rest) => rest,
            None if after.is_empty() => return Ok(fields),
            None => return Err(BEHIND),
        };
    }
}

/// Where the quote stands that closes a field: the first that is not doubled.
fn closing(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'"', &bytes[from..])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}
