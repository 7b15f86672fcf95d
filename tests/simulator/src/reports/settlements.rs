//! Settlements: Amazon closes one for each store of a seller every fourteen days and makes a report of it, which
//! nobody can ask for.

use jiff::{SignedDuration, Timestamp};

use super::kinds::SETTLEMENT;
use super::report::Report;
use crate::chance::{Chance, of_text};
use crate::clock::after;
use crate::desk::{Course, Desk, Fate, KEPT};
use crate::generate::Orders;
use crate::sellers::{Seller, SellerKind};
use crate::world::Inside;

/// Length of a settlement; the first begins with the account's history.
const PERIOD: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Hours from a settlement's end to its report.
const HOURS_TO_REPORT: (u64, u64) = (1, 6);
/// Seconds in the making of one.
const MAKING: SignedDuration = SignedDuration::from_secs(60);

/// Makes the reports of every settlement that has one by `now`, as far back as reports are kept.
pub(crate) fn made_by_then(inside: &mut Inside, now: Timestamp) {
    if now < inside.next_settlement {
        return;
    }
    let mut next = Timestamp::MAX;
    let sellers: Vec<Seller> = inside.sellers.iter().filter(|seller| is_paid(seller)).cloned().collect();
    for seller in &sellers {
        for store in &seller.marketplaces {
            next = next.min(made_for(inside, seller, store, now));
        }
    }
    inside.next_settlement = next;
}

fn is_paid(seller: &Seller) -> bool {
    seller.kind == SellerKind::Seller && seller.history > 0 && !seller.examples
}

/// Makes those of one store; the answer is when the next one is made.
fn made_for(inside: &mut Inside, seller: &Seller, store: &str, now: Timestamp) -> Timestamp {
    let name = format!("{}/{store}", seller.id);
    let origin = Orders::of(seller, inside.seed, inside.book.opened).origin();
    let mut start = inside.book.desk.settled.get(&name).copied().unwrap_or(origin);
    loop {
        let end = after(start, PERIOD);
        let chance = Chance::of(inside.seed ^ of_text(&name), end.as_second().cast_unsigned());
        let (least, most) = HOURS_TO_REPORT;
        let wait = least * 3_600 + chance.below("settlement", (most - least) * 3_600);
        let created = after(end, SignedDuration::from_secs(wait.cast_signed()));
        if created > now {
            return created;
        }
        if created >= after(now, -KEPT) {
            file(inside, seller, store, (start, end), created);
        }
        inside.book.desk.settled.insert(name.clone(), end);
        start = end;
    }
}

fn file(
    inside: &mut Inside,
    seller: &Seller,
    store: &str,
    (start, end): (Timestamp, Timestamp),
    created: Timestamp,
) {
    let list = inside.book.desk.reports.entry(seller.id.clone()).or_default();
    Desk::forget(list, created, |report| report.course.created);
    let report = Report {
        number: Desk::next_number(list),
        kind: SETTLEMENT.to_owned(),
        stores: vec![store.to_owned()],
        start: Some(start),
        end: Some(end),
        options: std::collections::BTreeMap::new(),
        course: Course { created, starts: created, ends: after(created, MAKING), fate: Fate::Done },
    };
    inside.file(seller, report);
}
