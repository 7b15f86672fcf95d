//! The end of a voyage: what must be true when the storms are over.

use super::deck::Deck;
use jiff::{SignedDuration, Timestamp};
use sellerport_simulator::World;

/// After the last storm everything is caught up within this (I13).
pub const RECOVERY: SignedDuration = SignedDuration::from_mins(15);

/// What shows up late is found by the daily look back, at the latest an hour after a day.
const SWEPT: SignedDuration = SignedDuration::from_hours(26);

/// How far each working stream is behind, and how far it may be: its seller, and the two times.
pub fn lags(deck: &Deck) -> Vec<(String, SignedDuration, SignedDuration)> {
    let (now, vessels) = (deck.time(), deck.watch.vessels.borrow());
    let courses = deck.watch.courses.borrow();
    let working = courses.values().filter_map(|course| Some((vessels.get(&course.connection)?, course)));
    working
        .filter(|(vessel, _)| vessel.status == "active")
        .map(|(vessel, course)| {
            let to = course.covered.map_or(Timestamp::UNIX_EPOCH, |covered| covered.to);
            (vessel.seller.clone(), now.duration_since(to), course.allowed)
        })
        .collect()
}

/// In the calm: everybody is active and caught up (I13). The worst lag, in seconds.
pub fn check_calm(deck: &Deck) -> i64 {
    let now = deck.time();
    for vessel in deck.watch.vessels.borrow().values() {
        let well = vessel.status == "active" || vessel.status == "disconnected";
        if !well && !already(deck, &vessel.seller) {
            deck.watch.broken("I13", now, &format!("{} is {}", vessel.seller, vessel.status));
        }
    }
    let mut worst = 0;
    for (seller, lag, allowed) in lags(deck) {
        worst = worst.max(lag.as_secs());
        if lag > allowed && !already(deck, &seller) {
            deck.watch.broken("I13", now, &format!("{seller} is {lag:#} behind, {allowed:#} is usual"));
        }
    }
    worst
}

fn already(deck: &Deck, seller: &str) -> bool {
    deck.watch.violations.borrow().iter().any(|(name, how)| *name == "I13" && how.contains(seller))
}

/// At the end: whatever Amazon shows of the time that a stream claims has landed in its newest state (I5).
pub fn check_end(deck: &Deck, world: &World, late: &[String]) {
    let (now, lake) = (deck.time(), deck.watch.lake.borrow());
    let vessels = deck.watch.vessels.borrow();
    for course in deck.watch.courses.borrow().values() {
        let Some(vessel) = vessels.get(&course.connection).filter(|vessel| vessel.status == "active") else {
            continue;
        };
        let Some(claim) = course.covered else { continue };
        if course.troubled {
            deck.watch.broken("I13", now, &format!("{} is in trouble in the calm", vessel.seller));
        }
        let seen_by = if late.contains(&vessel.seller) { now - SWEPT } else { now };
        let within = (claim.from, claim.to);
        let still = world.shown_orders(&vessel.seller, now, within);
        for order in world.shown_orders(&vessel.seller, seen_by, within) {
            let landed = lake.newest(&vessel.seller, &order.order_id);
            if still.contains(&order) && landed.is_none_or(|landed| landed < order.updated) {
                let how = format!("{} of {}, {}, is lost", order.order_id, vessel.seller, order.updated);
                deck.watch.broken("I5", now, &how);
            }
        }
    }
}
