//! What a reply brings: records landed, and the pass moved on behind them.

use super::answer::Answer;
use super::batch::Called;
use super::check::{conclude, counted};
use super::hold::Hold;
use crate::deliver::Delivery;
use crate::document::Unfit;
use crate::domains::{DAY, Domain, Found, Page, Source, without};
use crate::ports::{Bus, Clock, Lake, Table};
use crate::secret::Digest;
use crate::stream::{STATEMENT_PAGES_MAX, Stage, Walk, Way, named};
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};

/// Pages of one walk; Amazon's largest answer is far below (F25).
const WALK_PAGES_MAX: u32 = 10_000;

/// Digests remembered to notice a walk in circles, two for each page: its token and its content.
const SEEN_KEPT: usize = 16;

pub(super) const UNREADABLE: &str = "Amazon's answer could not be read; it is asked again.";
pub(super) const CIRCLES: &str = "Amazon's pages go in circles; the window is read again from its beginning.";
const STUCK: &str = "Amazon has not made the report within a day.";
const WITHDRAWN: &str = "Somebody withdrew the query before Amazon answered it.";
const FATAL: &str = "Amazon could not make the report and gives no reason.";

/// What follows.
pub(super) enum Next {
    /// The pass goes on.
    On,
    /// It goes on later.
    At(Timestamp, &'static str),
    /// The answer cannot be used: nothing landed, and why.
    Unusable(&'static str),
    /// Amazon could not make what this pass asked for; and why, for people.
    Failed(Box<Walk>, &'static str),
}

/// Takes an answer in that is not a document. First the records land, then the place in memory moves; the caller
/// writes the row.
pub(super) async fn land<C: Lake + Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    walk: &Walk,
    answer: Answer,
    call: Called<'_>,
) -> Result<Next, Failure> {
    let (now, domain) = (cloud.now(), hold.domain);
    let walk = walk.clone();
    // What pages bring is checkpointed some at a time, everything else before the next call.
    hold.dirty |= !matches!(answer, Answer::Page(_) | Answer::Names { .. } | Answer::About(_));
    match answer {
        Answer::Page(page) => {
            let found = page.found.into_iter().map(|found| kept(found, domain)).collect();
            return self::page(cloud, hold, walk, Page { found, ..page }, call).await;
        }
        Answer::Names { names, page } => {
            let Some(seen) = seen(&walk, &page) else { return Ok(circled(hold, walk)) };
            let walk = Walk { seen, ..walk.before(page.next, call.at) };
            match names.is_empty() {
                true => onward(cloud, hold, walk).await?,
                false => hold.stream.value.walk_on(Walk { stage: Some(Stage::Names(names)), ..walk }),
            }
        }
        Answer::About(found) => {
            let at_once = match domain.source_of(walk.way, walk.bulk) {
                Source::Lookup(lookup) => lookup.at_once,
                Source::Pages(_) | Source::Report(_) | Source::Single(_) => usize::MAX,
            };
            let left: Vec<String> = match &walk.stage {
                Some(Stage::Names(names)) => names.iter().skip(at_once).cloned().collect(),
                _ => Vec::new(),
            };
            let odd = walk.odd.clone().after(&found);
            let all = walk.found + found.len() as u64;
            hold.take_in(cloud, &walk, found, call).await?;
            let walk = Walk { page: walk.page + 1, found: all, odd, ..walk };
            match left.is_empty() {
                true => onward(cloud, hold, Walk { stage: None, ..walk }).await?,
                false => hold.stream.value.walk_on(Walk { stage: Some(Stage::Names(left)), ..walk }),
            }
        }
        Answer::One(found) => {
            hold.take_in(cloud, &walk, vec![kept(found, domain)], call).await?;
            hold.stream.value.name_landed(&walk, now);
        }
        Answer::Ahead(stage, id) => hold.stream.value.walk_on(Walk { stage: Some(stage), ..walk.making(id) }),
        Answer::Anew => hold.stream.value.walk_on(Walk { stage: None, ..walk }),
        Answer::Later(stage, pause) => {
            if matches!(stage, Stage::Waiting { looks: 0, .. })
                && let Some((_, wanted)) = hold.stream.value.cooldown
            {
                hold.stream.value.cooldown = Some((now, wanted));
            }
            let walk = match &stage {
                Stage::Waiting { report, .. } => walk.making(report.clone()),
                _ => walk,
            };
            let hurried = walk.way == Way::History || domain.cadence < DAY;
            let pause = if hurried { pause } else { pause * UNHURRIED };
            let unmade = walk.unmade > 0;
            hold.stream.value.walk_on(Walk { stage: Some(stage), ..walk });
            // What could not be made before is told until something is.
            if !unmade {
                calm(hold);
            }
            return Ok(Next::At(now + pause, "Amazon makes the report"));
        }
        Answer::Listed(left, next) => {
            let walk = walk.before(next, call.at);
            match left.is_empty() {
                true => onward(cloud, hold, walk).await?,
                false => {
                    let stage = Some(Stage::Documents { left, rows: 0, next: None });
                    hold.stream.value.walk_on(Walk { stage, ..walk });
                }
            }
        }
        Answer::Nothing => onward(cloud, hold, Walk { stage: None, token: None, ..walk }).await?,
        Answer::TooSoon(after) => {
            let before = hold.stream.value.cooldown.map_or(0, |(_, wanted)| wanted);
            let wanted = (before * 2).clamp(COOLDOWN_FIRST.as_secs(), super::step::COOLDOWN_MAX.as_secs());
            hold.stream.value.cooldown = Some((after, wanted));
            hold.stream.value.walk_on(Walk { stage: None, ..walk });
        }
        Answer::Fatal | Answer::Stuck | Answer::Withdrawn => {
            let says = match answer {
                Answer::Fatal => FATAL,
                Answer::Stuck => STUCK,
                _ => WITHDRAWN,
            };
            return Ok(Next::Failed(Box::new(walk), says));
        }
        // A document is no matter of this file.
        Answer::Located(_) | Answer::Explained(_) => return Ok(Next::Unusable(UNREADABLE)),
    }
    calm(hold);
    Ok(Next::On)
}

/// The first guess of how long Amazon wants between two reports of a type: near-real-time FBA reports, "every 30
/// minutes" (developer-docs.amazon.com/sp-api, report-type-values-fba).
const COOLDOWN_FIRST: SignedDuration = SignedDuration::from_mins(30);

/// Nobody waits for the report of the day before as for the history of who has just connected: looks, which are paid for,
/// have so many times as much time between them. Most are made before the first.
const UNHURRIED: i32 = 5;

/// A record without what is never kept.
fn kept(found: Found, domain: &Domain) -> Found {
    Found { payload: without(found.payload, domain.without), ..found }
}

async fn page<C: Lake + Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    walk: Walk,
    page: Page,
    call: Called<'_>,
) -> Result<Next, Failure> {
    let Some(seen) = seen(&walk, &page) else { return Ok(circled(hold, walk)) };
    if page.too_many && walk.can_be_halved(hold.domain) {
        hold.dirty = true;
        hold.stream.value.give_up(hold.domain, walk, true);
        return Ok(Next::On);
    }
    if walk.way == Way::Check {
        return count(cloud, hold, Walk { seen, ..walk.before(page.next, call.at) }, &page.found).await;
    }
    let found = walk.found + page.found.len() as u64;
    let tally = counted(hold.domain, &walk, &page.found);
    let odd = walk.odd.clone().after(&page.found);
    hold.take_in(cloud, &walk, page.found, call).await?;
    let walk = walk.before(page.next, call.at);
    onward(cloud, hold, Walk { page: walk.page + 1, seen, found, odd, tally, ..walk }).await?;
    Ok(Next::On)
}

/// Takes a page in that is only counted.
async fn count<C: Lake + Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    walk: Walk,
    found: &[Found],
) -> Result<Next, Failure> {
    let sums = named(walk.sums.clone(), found);
    if walk.page >= STATEMENT_PAGES_MAX && walk.token.is_some() {
        hold.dirty = true;
        let stream = &mut hold.stream.value;
        let of = hold.domain.totals.as_ref().and_then(|totals| stream.statements_of(totals, &walk));
        of.iter().for_each(|of| stream.leave_statements(of, false));
        return Ok(Next::On);
    }
    onward(cloud, hold, Walk { page: walk.page + 1, sums, ..walk }).await?;
    Ok(Next::On)
}

/// Sets lines aside that are no rows, as they came and with the reason, under the pass's present page.
pub(super) async fn set_aside(
    cloud: &impl Lake,
    hold: &mut Hold,
    walk: &Walk,
    unfit: &[Unfit],
) -> Result<(), Failure> {
    let Hold { connection, domain, stream, .. } = &*hold;
    let put_out = stream.value.lease.put_out;
    Delivery { connection, domain, walk, put_out }.set_aside(cloud, unfit).await?;
    hold.dirty |= !unfit.is_empty();
    Ok(())
}

/// Moves a pass on whose present page has landed: to the next page, the next store, or its end.
pub(super) async fn onward<C: Lake + Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    walk: Walk,
) -> Result<(), Failure> {
    calm(hold);
    let (stream, domain) = (&mut hold.stream.value, hold.domain);
    if walk.token.is_some() {
        stream.overflows(domain, &walk);
        stream.walk_on(walk);
    } else if let Some(walk) = walk.next_store(domain) {
        stream.walk_on(walk);
    } else {
        hold.deliver(cloud).await?;
        hold.dirty = true;
        let (stream, domain) = (&mut hold.stream.value, hold.domain);
        // The number of the page after the last.
        let walk = Walk { page: walk.page.saturating_sub(1), ..walk };
        if walk.way == Way::Check {
            return conclude(cloud, hold, &walk).await;
        }
        for row in stream.account_for(&walk, cloud.now()) {
            row.note(cloud).await?;
            stream.hold_later(&row, walk.window);
        }
        stream.arrive(domain, &walk, cloud.now());
    }
    Ok(())
}

/// Amazon answers well: what troubled the stream is over.
pub(super) fn calm(hold: &mut Hold) {
    hold.stream.value.trouble = None;
    hold.stream.value.refused_serial = None;
}

fn circled(hold: &mut Hold, walk: Walk) -> Next {
    hold.dirty = true;
    // The cursor stays where it is, so that no record is passed over.
    hold.stream.value.give_up(hold.domain, walk, false);
    Next::Unusable(CIRCLES)
}

/// What to remember of the pages up to this one; nothing where it was here before, and the walk goes in circles.
fn seen(walk: &Walk, page: &Page) -> Option<Vec<String>> {
    if walk.page > WALK_PAGES_MAX {
        return None;
    }
    // A last page that comes again ends the walk all the same.
    if page.next.is_none() {
        return Some(Vec::new());
    }
    unseen(walk, digests(page))
}

/// What to remember with these; nothing where one of them was met before.
pub(super) fn unseen(walk: &Walk, digests: Vec<String>) -> Option<Vec<String>> {
    if digests.iter().any(|digest| walk.seen.contains(digest)) {
        return None;
    }
    let mut seen = walk.seen.clone();
    seen.extend(digests);
    let surplus = seen.len().saturating_sub(SEEN_KEPT);
    seen.drain(..surplus);
    Some(seen)
}

/// A token or a page, as it is remembered.
pub(super) fn digest(text: &str) -> String {
    Digest::of(text).as_str().chars().take(16).collect()
}

/// What tells that a page was here before: the token of the next one, and what it holds. An empty page is like
/// any other empty one.
fn digests(page: &Page) -> Vec<String> {
    let mut digests: Vec<String> = page.next.iter().map(|token| digest(token)).collect();
    if !page.found.is_empty() {
        let all: String = page.found.iter().map(|found| found.payload.get()).collect();
        digests.push(digest(&all));
    }
    digests
}
