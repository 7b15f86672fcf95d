//! The end of a voyage: what must be true when the storms are over.

use super::deck::Deck;
use super::watch::unchanged;
use jiff::{SignedDuration, Timestamp};
use sellerport_simulator::World;

/// After the last storm everything is caught up within this (I13).
pub(super) const RECOVERY: SignedDuration = SignedDuration::from_mins(15);

/// What shows up late is found by the daily look back, at the latest an hour after a day.
const SWEPT: SignedDuration = SignedDuration::from_hours(26);

/// How far a stream is behind.
pub(super) struct Lag {
    /// Its seller.
    pub(super) seller: String,
    /// How far.
    pub(super) lag: SignedDuration,
    /// How far it may be.
    allowed: SignedDuration,
    /// How long it means to rest between two passes.
    rests: SignedDuration,
}

/// How far each working stream is behind.
pub(super) fn lags(deck: &Deck) -> Vec<Lag> {
    let (now, vessels) = (deck.time(), deck.watch.vessels.borrow());
    let courses = deck.watch.courses.borrow();
    let working = courses.values().filter_map(|course| Some((vessels.get(&course.connection)?, course)));
    working
        .filter(|(vessel, _)| vessel.status == "active")
        .map(|(vessel, course)| {
            let to = course.covered.map_or(Timestamp::UNIX_EPOCH, |covered| covered.to);
            let (seller, lag) = (vessel.seller.clone(), now.duration_since(to));
            Lag { seller, lag, allowed: course.allowed, rests: course.rests }
        })
        .collect()
}

/// In the calm: who is not active or not caught up, why, and how long after the storms that may be so.
pub(super) fn behind(deck: &Deck) -> Vec<(String, String, SignedDuration)> {
    let vessels = deck.watch.vessels.borrow();
    // A consent that was never finished leaves a connection that is pending for good.
    let fine = ["active", "disconnected", "pending"];
    let unwell = vessels.values().filter(|vessel| !fine.contains(&vessel.status.as_str()));
    let unwell =
        unwell.map(|vessel| (vessel.seller.clone(), format!("is {}", vessel.status), SignedDuration::ZERO));
    let late = lags(deck).into_iter().filter(|one| one.lag > one.allowed);
    let late = late.map(|one| {
        // All at once within a quarter of an hour would be many times the usual rate where streams rest for an hour:
        // such a stream has the time after which it is fetched anyway.
        (one.seller, format!("is {:#} behind, {:#} is usual", one.lag, one.allowed), one.rests)
    });
    unwell.chain(late).collect()
}

/// Writes down who is still behind so long after the storms, when he should have caught up (I13).
pub(super) fn check_calm(
    deck: &Deck,
    behind: &[(String, String, SignedDuration)],
    since: SignedDuration,
    recovery: SignedDuration,
) {
    for (seller, how, own) in behind {
        if since > recovery.max(*own) && !already(deck, seller) {
            deck.watch.broken("I13", deck.time(), &format!("{seller} {how}"));
        }
    }
}

fn already(deck: &Deck, seller: &str) -> bool {
    deck.watch.violations.borrow().iter().any(|(name, how)| *name == "I13" && how.contains(seller))
}

/// At the end: whatever Amazon shows of the time that a stream claims has landed in its newest state (I5).
pub(super) fn check_end(deck: &Deck, world: &World, late: &[String]) {
    let (now, lake) = (deck.time(), deck.watch.lake.borrow());
    let vessels = deck.watch.vessels.borrow();
    for course in deck.watch.courses.borrow().values() {
        let Some(vessel) = vessels.get(&course.connection).filter(|vessel| vessel.status == "active") else {
            continue;
        };
        if course.troubled {
            let how = format!("{} of {} is in trouble in the calm", course.domain, vessel.seller);
            deck.watch.broken("I13", now, &how);
        }
        let Some(claim) = course.covered.filter(|_| course.domain == "orders") else { continue };
        let seen_by = if late.contains(&vessel.seller) { now - SWEPT } else { now };
        let within = (claim.from, claim.to);
        let still = unchanged(&world.shown_orders(&vessel.seller, now, within));
        for order in world.shown_orders(&vessel.seller, seen_by, within) {
            let landed = lake.newest(&vessel.seller, &order.order_id);
            if still.get(&order.order_id) == Some(&order.updated)
                && landed.is_none_or(|landed| landed < order.updated)
            {
                let how = format!("{} of {}, {}, is lost", order.order_id, vessel.seller, order.updated);
                deck.watch.broken("I5", now, &how);
            }
        }
    }
}
