//! Documents with columns: a header, then rows. A row that does not fit is put aside with its reason and harms no
//! other (L52, L55).

use super::charset::Decision;
use super::header::Header;
use super::lines::{Lines, Quotes};
use super::summary::Tally;
use super::{DocumentError, Format, Layout, Line, Row, Unfit, fields};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use std::borrow::Cow;

/// A table on its way.
#[derive(Debug)]
pub(super) struct Table {
    layout: Layout,
    lines: Lines,
    header: Option<Header>,
}

impl Table {
    pub(super) fn new(layout: Layout) -> Self {
        let quotes = if layout.format == Format::Commas { Quotes::Enclosing } else { Quotes::Plain };
        Self { layout, lines: Lines::new(quotes), header: None }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        let Self { layout, lines, header } = self;
        lines.push(bytes, &mut |number, line| take(layout, header, number, &decision.text(line), tally, sink))
    }

    pub(super) fn finish(
        &mut self,
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        let Self { layout, lines, header } = self;
        lines.finish(&mut |number, line| take(layout, header, number, &decision.text(line), tally, sink))?;
        match self.header {
            Some(_) => Ok(()),
            // Even a report about nothing has a header; without one it proves nothing (L25).
            None => Err(DocumentError::Header { column: "1".to_owned(), what: "no header" }),
        }
    }
}

fn take(
    layout: &Layout,
    header: &mut Option<Header>,
    number: u64,
    line: &str,
    tally: &mut Tally,
    sink: &mut impl FnMut(Line),
) -> Result<(), DocumentError> {
    if line.is_empty() {
        tally.blank += 1;
        return Ok(());
    }
    let Some(header) = header else {
        *header = Some(Header::read(line, layout, tally)?);
        return Ok(());
    };
    let row = fields::split(line, layout.format, header.enclosed).and_then(|fields| {
        match fields.len().cmp(&header.names.len()) {
            std::cmp::Ordering::Less => Err("too few fields"),
            std::cmp::Ordering::Greater => Err("too many fields"),
            std::cmp::Ordering::Equal => Ok(fields),
        }
    });
    match row {
        Ok(fields) => {
            if !line.is_ascii() || memchr::memchr(b'?', line.as_bytes()).is_some() {
                fields.iter().enumerate().for_each(|(column, text)| tally.count(column, text));
            }
            let record = Record { names: &header.names, fields: &fields };
            let payload = serde_json::value::to_raw_value(&record)
                .map_err(|_| DocumentError::Row { line: number, what: "no JSON can hold it" })?;
            tally.rows += 1;
            sink(Line::Row(Row { number, list: None, payload }));
        }
        Err(what) => {
            tally.quarantine(number, what);
            sink(Line::Unfit(Unfit { number, what, raw: line.to_owned() }));
        }
    }
    Ok(())
}

/// A row as an object: each column's text, as it was decoded.
struct Record<'a> {
    names: &'a [String],
    fields: &'a [Cow<'a, str>],
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.names.len()))?;
        for (name, field) in self.names.iter().zip(self.fields) {
            map.serialize_entry(name, field.as_ref())?;
        }
        map.end()
    }
}
