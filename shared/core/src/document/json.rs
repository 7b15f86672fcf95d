//! Documents of JSON: one value a line, or the elements of some lists of one large object. What is handed on is
//! Amazon's own text (L55), so all that happens to it is finding its ends and checking that it is JSON.

use super::charset::Decision;
use super::elements::{Elements, Scan};
use super::lines::{Lines, Quotes};
use super::summary::Tally;
use super::{DocumentError, Line, Row, Unfit};
use serde_json::value::RawValue;

/// How deep brackets may be nested; `serde_json`, like most readers, stops at this depth.
pub const DEPTH_MAX: u32 = 128;

/// Lines of JSON on their way.
#[derive(Debug)]
pub(super) struct JsonLines(Lines);

impl JsonLines {
    pub(super) fn new(tally: &mut Tally) -> Self {
        tally.count_for([String::new()]);
        Self(Lines::new(Quotes::Plain))
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        self.0.push(bytes, &mut |number, line| {
            take(number, line, decision, tally, sink);
            Ok(())
        })
    }

    pub(super) fn finish(
        &mut self,
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        self.0.finish(&mut |number, line| {
            take(number, line, decision, tally, sink);
            Ok(())
        })
    }
}

fn take(number: u64, line: &[u8], decision: &mut Decision, tally: &mut Tally, sink: &mut impl FnMut(Line)) {
    if line.trim_ascii().is_empty() {
        tally.blank += 1;
    } else {
        value(number, None, line, decision, tally, sink);
    }
}

/// One object on its way, whose lists are read element by element.
#[derive(Debug)]
pub(super) struct Arrays(Elements);

impl Arrays {
    pub(super) fn new(lists: &'static [&'static str], tally: &mut Tally) -> Self {
        tally.count_for(lists.iter().map(|list| (*list).to_owned()));
        Self(Elements::new(lists))
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        decision: &mut Decision,
        tally: &mut Tally,
        sink: &mut impl FnMut(Line),
    ) -> Result<(), DocumentError> {
        self.0.push(bytes, &mut |number, list, element| {
            value(number, Some(list), element, decision, tally, sink);
        })
    }

    pub(super) fn finish(&mut self, tally: &mut Tally) -> Result<(), DocumentError> {
        let (missing, unknown) = self.0.finish()?;
        unknown.iter().for_each(|name| tally.unknown(name));
        tally.missing = missing;
        Ok(())
    }
}

/// Hands a value on, or puts it aside.
fn value(
    number: u64,
    list: Option<(usize, &'static str)>,
    bytes: &[u8],
    decision: &mut Decision,
    tally: &mut Tally,
    sink: &mut impl FnMut(Line),
) {
    let text = decision.text(bytes);
    match check(&text) {
        Ok(payload) => {
            tally.count(list.map_or(0, |(at, _)| at), payload.get());
            tally.rows += 1;
            sink(Line::Row(Row { number, list: list.map(|(_, name)| name), payload }));
        }
        Err(what) => {
            tally.quarantine(number, what);
            sink(Line::Unfit(Unfit { number, what, raw: text.into_owned() }));
        }
    }
}

fn check(text: &str) -> Result<Box<RawValue>, &'static str> {
    if Scan::depth(text.as_bytes()) > DEPTH_MAX {
        return Err("nested too deep");
    }
    serde_json::from_str(text).map_err(|_| "not JSON")
}
