//! A document: downloaded, read row by row, and landed in parts, so that no size of it fills the memory.

use super::PAGE_TIME;
use super::batch::Called;
use super::hold::Hold;
use super::land::{CIRCLES, digest, onward, set_aside, unseen};
use crate::document::{
    Address, Charset, Decoder, Delivered, DocumentError, Download, Line, Remedy, Summary, Unfit,
};
use crate::domains::{Found, Located, Reader, Report, Source, without};
use crate::marketplaces;
use crate::ports::{Bus, Chunks, Clock, Documents, Lake, Meter, Queue, Table};
use crate::stream::{SUMS_MAX, Stage, Sum, Walk};
use crate::task::Failure;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Rows in one object, at most.
pub const PART_ROWS: usize = 20_000;
/// Bytes of rows in one object, about: with their compressed copy they fit beside a function's other needs.
pub const PART_BYTES: usize = 8 * 1024 * 1024;

/// How far a document was read.
pub(super) enum Read {
    /// To its end.
    Whole,
    /// As far as the time reached; the rest follows.
    Part,
    /// It cannot be used; why, and whether only a person can help.
    Broken(String, bool),
}

/// Rows that have not landed yet.
#[derive(Default)]
struct Part {
    found: Vec<Found>,
    unfit: Vec<Unfit>,
    bytes: usize,
}

impl Part {
    fn is_full(&self) -> bool {
        self.found.len() + self.unfit.len() >= PART_ROWS || self.bytes >= PART_BYTES
    }
}

/// Downloads the document and lands what has not landed of it. Parts land and are checkpointed one by one: a run that
/// dies goes on behind the last.
#[allow(clippy::too_many_arguments)]
pub(super) async fn read<C, A>(
    cloud: &C,
    amazon: &A,
    hold: &mut Hold,
    mut walk: Walk,
    source: &'static Source,
    located: Located,
    call: Called<'_>,
    deadline: Timestamp,
) -> Result<Read, Failure>
where
    C: Lake + Bus + Clock + Table + Queue + Meter,
    A: Documents,
{
    let (Source::Report(report), Some(Stage::Documents { left, rows: landed, next })) =
        (source, walk.stage.take())
    else {
        return Ok(Read::Broken("The document belongs to nothing.".to_owned(), true));
    };
    let ask = walk.ask(hold.domain, hold.connection.seller.as_str());
    let (store, mut reader) =
        (ask.stores.first().cloned(), Reader::of(ask).summing(hold.domain.totals.as_ref()));
    let (mut place, mut reasons) = (0_u64, BTreeMap::<&'static str, u64>::new());
    let stage = |rows| Some(Stage::Documents { left: left.clone(), rows, next: next.clone() });
    let mut part = Part::default();
    let mut opened = match open(amazon, report, &located, store.as_deref()).await {
        Ok(opened) => opened,
        Err(error) => return Ok(broken(&error)),
    };
    let summary = loop {
        let (lines, summary) = match opened.next().await {
            Ok(read) => read,
            Err(error) => return Ok(broken(&error)),
        };
        for line in lines {
            place += 1;
            // What landed in an earlier run is read again, for the sake of its keys, and left.
            let is_new = place > landed;
            match line {
                Line::Row(row) => {
                    let found = reader.read(&report.heads, without(row.payload, hold.domain.without));
                    if is_new {
                        part.bytes += found.payload.get().len();
                        part.found.push(found);
                    }
                }
                Line::Unfit(unfit) => {
                    *reasons.entry(unfit.what).or_default() += 1;
                    if is_new {
                        part.bytes += unfit.raw.len();
                        part.unfit.push(unfit);
                    }
                }
            }
            if part.is_full() {
                walk = land(cloud, hold, walk, std::mem::take(&mut part), call).await?;
                hold.stream.value.walk_on(Walk { stage: stage(place), ..walk.clone() });
                hold.checkpoint(cloud).await?;
                if cloud.now() + PAGE_TIME > deadline {
                    return Ok(Read::Part);
                }
            }
        }
        if let Some(summary) = summary {
            break summary;
        }
    };
    if !part.found.is_empty() || !part.unfit.is_empty() {
        walk = land(cloud, hold, walk, part, call).await?;
    }
    walk.odd = walk.odd.with(summary, reasons);
    walk.odd.unsummed += add(&mut walk.sums, reader.into_sums());
    follow(cloud, hold, report, walk, left, next).await
}

/// Moves a pass on whose first document was read: to the next one, or behind the last.
pub(super) async fn follow<C: Lake + Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    report: &Report,
    mut walk: Walk,
    left: Vec<String>,
    next: Option<String>,
) -> Result<Read, Failure> {
    let left: Vec<String> = left.into_iter().skip(1).collect();
    hold.dirty = true;
    if !left.is_empty() {
        hold.stream.value.walk_on(Walk { stage: Some(Stage::Documents { left, rows: 0, next }), ..walk });
        return Ok(Read::Whole);
    }
    // A query's next part is asked for like the first; a list's next page is under its own token already.
    let token = if report.is_query() { next } else { walk.token.take() };
    let Some(seen) = unseen(&walk, token.iter().map(|token| digest(token)).collect()) else {
        hold.stream.value.give_up(hold.domain, walk, false);
        return Ok(Read::Broken(CIRCLES.to_owned(), true));
    };
    onward(cloud, hold, Walk { token, seen, stage: None, ..walk }).await?;
    Ok(Read::Whole)
}

/// A download that has begun.
pub(super) struct Opened<B> {
    download: Download<B>,
    decoder: Option<Decoder>,
}

impl<B: Chunks> Opened<B> {
    /// The lines that the next bytes complete; a summary at the end.
    pub(super) async fn next(&mut self) -> Result<(Vec<Line>, Option<Summary>), DocumentError> {
        let mut lines = Vec::new();
        let mut take = |line: Line| lines.push(line);
        let summary = match (self.download.next().await?, self.decoder.as_mut()) {
            (Some(bytes), Some(decoder)) => decoder.push(&bytes, &mut take).map(|()| None)?,
            _ => self.decoder.take().map(|decoder| decoder.finish(&mut take)).transpose()?,
        };
        Ok((lines, summary))
    }
}

pub(super) async fn open<A: Documents>(
    amazon: &A,
    report: &Report,
    located: &Located,
    store: Option<&str>,
) -> Result<Opened<A::Body>, DocumentError> {
    // The address lives five minutes: it is used here and kept nowhere.
    let address = Address::parse(&located.url)?;
    let download = amazon.open(&address).await?;
    let country = store.and_then(marketplaces::by_id).map(|store| store.country);
    let delivered = Delivered {
        compression: located.compression.as_deref(),
        content_type: download.content_type.as_deref(),
        content_encoding: download.content_encoding.as_deref(),
    };
    let decoder =
        Some(Decoder::new(report.layout, &delivered, Charset::of_store(country.unwrap_or_default()))?);
    Ok(Opened { download, decoder })
}

async fn land<C: Lake + Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    walk: Walk,
    part: Part,
    call: Called<'_>,
) -> Result<Walk, Failure> {
    let (odd, found) = (walk.odd.clone().after(&part.found), walk.found + part.found.len() as u64);
    hold.take_in(cloud, &walk, part.found, call).await?;
    set_aside(cloud, hold, &walk, &part.unfit).await?;
    Ok(Walk { page: walk.page + 1, found, odd, ..walk })
}

pub(super) fn broken(error: &DocumentError) -> Read {
    let person = error.remedy() == Remedy::Never;
    let after = if person {
        "Nothing of it is lost: Amazon keeps it. Please report it."
    } else {
        "It is tried again."
    };
    Read::Broken(format!("{}: {error}. {after}", error.code()), person)
}

/// The totals of one more document; how many found no place. A statement that is listed twice counts once, as it was
/// read last.
fn add(sums: &mut Vec<Sum>, read: Vec<Sum>) -> u64 {
    let mut left_out = 0;
    for sum in read {
        match sums.iter().position(|known| known.of == sum.of) {
            Some(place) => sums[place] = sum,
            None if sums.len() < SUMS_MAX => sums.push(sum),
            None => left_out += 1,
        }
    }
    left_out
}
