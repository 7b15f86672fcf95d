//! What an answer means for the pass.

use super::step::COOLDOWN_MAX;
use crate::domains::{Ask, Found, Located, Lookup, Made, Page, Progress, Report, Source, Status, Unreadable};
use crate::stream::{Stage, Walk};
use jiff::{SignedDuration, Timestamp};

/// What an answer means.
pub(super) enum Answer {
    /// Records, and whether others follow.
    Page(Page),
    /// Things to look up, and whether others follow.
    Names { names: Vec<String>, page: Page },
    /// Records about the first of the names.
    About(Vec<Found>),
    /// The one thing that was named.
    One(Found),
    /// The next call follows at once.
    Ahead(Stage),
    /// The next call comes later.
    Later(Stage, SignedDuration),
    /// Ask anew.
    Anew,
    /// Documents of a list, and the token of the list's next page.
    Listed(Vec<String>, Option<String>),
    /// There is nothing to report.
    Nothing,
    /// It was asked too soon after that one.
    TooSoon(Timestamp),
    /// A document can be downloaded.
    Located(Located),
    /// Amazon could not make it, and says why there.
    Explained(Located),
    /// Amazon could not make it and gives no reason.
    Fatal,
    /// Amazon has been at it for too long.
    Stuck,
}

/// The first look at a report comes after this long: most are made within minutes, and a notification of Amazon's
/// makes it sooner.
pub(super) const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(2);
/// Each look comes this much later than the one before…
const LATER: SignedDuration = SignedDuration::from_mins(1);
/// …up to this.
const LOOK_MAX: SignedDuration = SignedDuration::from_mins(5);
/// A report that is not made after this long is asked for anew.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);

/// Reads an answer.
pub(super) fn read(
    source: &Source,
    ask: Ask<'_>,
    walk: &Walk,
    body: &[u8],
    now: Timestamp,
) -> Result<Answer, Unreadable> {
    match (source, &walk.stage) {
        (Source::Pages(pages), _) => pages.read(ask, body).map(Answer::Page),
        (Source::Lookup(lookup), Some(Stage::Names(_))) => lookup.read(ask, body).map(Answer::About),
        (Source::Lookup(lookup), _) => {
            let page = lookup.list.read(ask, body)?;
            Ok(Answer::Names { names: Lookup::names(&page), page })
        }
        (Source::Report(report), stage) => document(report, ask, stage.as_ref(), body, now),
        (Source::Single(single), _) => single.read(ask, body).map(Answer::One),
    }
}

fn document(
    report: &Report,
    ask: Ask<'_>,
    stage: Option<&Stage>,
    body: &[u8],
    now: Timestamp,
) -> Result<Answer, Unreadable> {
    match stage {
        Some(Stage::Asked(since)) => {
            let mut alive = report.equal(ask, body)?;
            alive.retain(|one| matches!(one.status, Status::UnderWay | Status::Done));
            alive.sort_by_key(|one| one.created);
            Ok(alive.pop().map_or(Answer::Anew, |one| follow(one, *since, 0, now)))
        }
        Some(Stage::Cancelled(since)) => {
            let mut done = report.equal(ask, body)?;
            done.retain(|one| one.status == Status::Done && one.document.is_some());
            if let Some(one) = done.pop() {
                return Ok(follow(one, *since, 0, now));
            }
            let (all, _) = report.listed(body)?;
            let earlier =
                all.into_iter().filter(|one| one.status == Status::Done).filter_map(|one| one.created);
            let earlier = earlier.filter(|_| report.may_come_too_soon());
            let near = earlier.filter(|at| *at < *since && *at > *since - COOLDOWN_MAX).max();
            Ok(near.map_or(Answer::Nothing, Answer::TooSoon))
        }
        Some(Stage::Waiting { since, looks, .. }) => Ok(follow(report.progress(body)?, *since, *looks, now)),
        Some(Stage::Documents { .. }) => report.located(body).map(Answer::Located),
        Some(Stage::Explained(_)) => report.located(body).map(Answer::Explained),
        None | Some(Stage::Names(_)) => match report.made {
            Made::ByAmazon => {
                let (list, next) = report.listed(body)?;
                Ok(Answer::Listed(list.into_iter().filter_map(|one| one.document).collect(), next))
            }
            Made::Asked | Made::Query(_) => {
                let waiting = Stage::Waiting { report: report.asked(body)?, since: now, looks: 0 };
                Ok(Answer::Later(waiting, FIRST_LOOK))
            }
        },
    }
}

fn follow(one: Progress, since: Timestamp, looks: u32, now: Timestamp) -> Answer {
    match one.status {
        Status::UnderWay if now > since + GIVE_UP => Answer::Stuck,
        Status::UnderWay => {
            let pause = (FIRST_LOOK + LATER * i32::try_from(looks).unwrap_or(i32::MAX).min(60)).min(LOOK_MAX);
            Answer::Later(Stage::Waiting { report: one.id, since, looks: looks + 1 }, pause)
        }
        Status::Cancelled => Answer::Ahead(Stage::Cancelled(since)),
        Status::Fatal => {
            one.explanation.map_or(Answer::Fatal, |document| Answer::Ahead(Stage::Explained(document)))
        }
        Status::Done => match one.document {
            Some(document) => {
                Answer::Ahead(Stage::Documents { left: vec![document], rows: 0, next: one.next })
            }
            None => Answer::Nothing,
        },
    }
}
