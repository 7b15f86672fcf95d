//! `createReport`: reads what is asked, and settles when the report will be made and, where that is clear already,
//! how it ends.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::kinds::{Kind, Made};
use super::report::Report;
use crate::chance::{Chance, of_text};
use crate::clock::after;
use crate::desk::{Course, Desk, Fate, Work};
use crate::faults::FaultKind;
use crate::marketplaces;
use crate::problem::Problem;
use crate::sellers::Seller;
use crate::world::Inside;

/// Stores in one report (model).
const MOST_STORES: usize = 25;
/// Seconds in the queue.
const QUEUE: (u64, u64) = (5, 90);
/// Seconds in the making.
const MAKING: (u64, u64) = (15, 240);
/// Seconds until a report that was asked for too soon is cancelled.
const REFUSAL: u64 = 20;
/// What Amazon puts into the document of a report that failed for no reason the caller could know.
const UNKNOWN: &str =
    "The report could not be generated because of an internal error. Submit the request again.";

/// Takes a report in.
pub(crate) fn create(
    inside: &mut Inside,
    seller: &Seller,
    body: Option<&Value>,
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Result<Value, Problem> {
    let asked = read(seller, body, now)?;
    let list = inside.book.desk.reports.entry(seller.id.clone()).or_default();
    Desk::forget(list, now, |report| report.course.created);
    let number = Desk::next_number(list);
    let too_soon = is_too_soon(list, &asked, now);
    let course = course(inside.seed, seller, &asked, (number, too_soon), fault, now);
    let report = Report { number, course, ..asked.report };
    let id = report.id();
    inside.file(seller, report);
    Ok(json!({ "reportId": id }))
}

/// What was asked, checked.
struct Asked {
    kind: &'static Kind,
    report: Report,
}

fn read(seller: &Seller, body: Option<&Value>, now: Timestamp) -> Result<Asked, Problem> {
    let body = body.ok_or_else(|| Problem::input("The request body is missing."))?;
    let name = body["reportType"].as_str().ok_or_else(|| Problem::input("reportType is missing."))?;
    let kind =
        Kind::named(name).ok_or_else(|| Problem::input(format!("Report type {name} is not supported.")))?;
    if kind.of != seller.kind {
        return Err(Problem::denied(""));
    }
    if kind.made != Made::OnRequest {
        return Err(Problem::input(format!("Report type {name} cannot be requested.")));
    }
    let stores = stores(seller, &body["marketplaceIds"])?;
    let time = |name: &str| match &body[name] {
        Value::Null => Ok(None),
        Value::String(text) => match text.parse::<Timestamp>() {
            Ok(time) if time <= now => Ok(Some(time)),
            Ok(_) => {
                Err(Problem::input(format!("{name} must be prior to or equal to the current date and time.")))
            }
            Err(_) => Err(Problem::input(format!("{name} must be a date-time in ISO 8601 format."))),
        },
        _ => Err(Problem::input(format!("{name} must be a text."))),
    };
    let (start, end) = (time("dataStartTime")?, time("dataEndTime")?);
    if start.unwrap_or(now) > end.unwrap_or(now) {
        return Err(Problem::input("dataStartTime must not be after dataEndTime."));
    }
    let course = Course { created: now, starts: now, ends: now, fate: Fate::Open };
    let options = options(&body["reportOptions"])?;
    let report = Report { number: 0, kind: name.to_owned(), stores, start, end, options, course };
    Ok(Asked { kind, report })
}

fn stores(seller: &Seller, given: &Value) -> Result<Vec<String>, Problem> {
    let given = given.as_array().ok_or_else(|| Problem::input("marketplaceIds is missing."))?;
    if !(1..=MOST_STORES).contains(&given.len()) {
        return Err(Problem::input("marketplaceIds must have 1 to 25 values."));
    }
    let mut stores = Vec::new();
    for id in given {
        let known = id.as_str().and_then(marketplaces::by_id);
        let store =
            known.ok_or_else(|| Problem::input(format!("marketplaceIds has an unknown value: {id}.")))?;
        if store.region != seller.region {
            return Err(Problem::denied("The marketplaces you provided are not valid for region."));
        }
        stores.push(store.id.to_owned());
    }
    Ok(stores)
}

fn options(given: &Value) -> Result<BTreeMap<String, String>, Problem> {
    let wrong = || Problem::input("reportOptions must be a map of texts.");
    match given {
        Value::Null => Ok(BTreeMap::new()),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| Ok((name.clone(), value.as_str().ok_or_else(wrong)?.to_owned())))
            .collect(),
        _ => Err(wrong()),
    }
}

/// Whether the last such report that was made, or is being made, is too young for another. The window does not matter.
fn is_too_soon(list: &BTreeMap<u64, Report>, asked: &Asked, now: Timestamp) -> bool {
    let Some(minutes) = asked.kind.again_after else { return false };
    let sorted = |stores: &[String]| {
        let mut stores = stores.to_vec();
        stores.sort();
        stores
    };
    let wanted = sorted(&asked.report.stores);
    let newest = list.values().rev().find(|known| {
        let counts = matches!(known.course.fate, Fate::Open | Fate::Done);
        counts && known.kind == asked.report.kind && sorted(&known.stores) == wanted
    });
    newest.is_some_and(|known| now < after(known.course.created, SignedDuration::from_mins(minutes.into())))
}

fn course(
    seed: u64,
    seller: &Seller,
    asked: &Asked,
    (number, too_soon): (u64, bool),
    fault: Option<&FaultKind>,
    now: Timestamp,
) -> Course {
    let chance = Chance::of(seed ^ of_text(&seller.id), number);
    let seconds = |question: &str, (least, most): (u64, u64)| {
        SignedDuration::from_secs((least + chance.below(question, most - least)).cast_signed())
    };
    let report = &asked.report;
    let span = report.end.unwrap_or(now).duration_since(report.start.unwrap_or(now));
    let too_long = asked.kind.longest.filter(|days| span > SignedDuration::from_hours(24 * i64::from(*days)));
    let fate = match fault {
        Some(FaultKind::Fatal { explained }) => Fate::Fatal(explained.then(|| UNKNOWN.to_owned())),
        Some(FaultKind::Cancelled) => Fate::Empty,
        _ if too_soon => Fate::TooSoon,
        _ => match too_long {
            Some(days) => Fate::Fatal(Some(format!("The requested date range is longer than {days} days."))),
            None => Fate::Open,
        },
    };
    let starts = match fault {
        Some(FaultKind::Stuck { minutes: None }) => Timestamp::MAX,
        Some(FaultKind::Stuck { minutes: Some(minutes) }) => {
            after(now, SignedDuration::from_mins(i64::from(*minutes)))
        }
        _ => after(now, seconds("queue", QUEUE)),
    };
    let making = if fate == Fate::TooSoon {
        SignedDuration::from_secs(REFUSAL.cast_signed())
    } else {
        seconds("making", MAKING)
    };
    Course { created: now, starts, ends: after(starts, making), fate }
}

impl Inside {
    /// Puts a report among its account's, and its end among what is due.
    pub(crate) fn file(&mut self, seller: &Seller, report: Report) {
        let desk = &mut self.book.desk;
        desk.due.insert((report.course.ends, seller.id.clone(), Work::Report, report.number));
        desk.reports.entry(seller.id.clone()).or_default().insert(report.number, report);
    }
}
