//! The faults that last: what may happen, when, and to whom.

use super::deck::{Deck, SERVICES};
use super::dice::Dice;
use jiff::{SignedDuration, Timestamp};
use sellerport_simulator::{Fault, FaultKind, World};

/// What a storm does.
#[derive(Debug, Clone, PartialEq)]
pub enum Weather {
    /// Amazon does this.
    Amazon(Fault),
    /// A service of ours fails so often in ten thousand times.
    Service(&'static str, u64),
    /// No schedule fires (F42).
    NoSchedule,
    /// The index of what is due stands still (F33).
    OldIndex,
}

/// Something that lasts for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Storm {
    /// Since the voyage began.
    pub from: SignedDuration,
    /// Since the voyage began.
    pub until: SignedDuration,
    /// What it does.
    pub what: Weather,
}

/// All storms of a voyage.
#[derive(Debug)]
pub(super) struct Forecast {
    begun: Timestamp,
    coming: Vec<Storm>,
    raging: Vec<Storm>,
}

impl Forecast {
    /// For a voyage that begins now.
    pub(super) fn new(begun: Timestamp, storms: Vec<Storm>) -> Self {
        Self { begun, coming: storms, raging: Vec::new() }
    }

    /// Lets storms begin and end.
    pub(super) fn turn(&mut self, deck: &Deck, world: &World) {
        let since = deck.time().duration_since(self.begun);
        for at in (0..self.raging.len()).rev() {
            if self.raging[at].until <= since {
                let storm = self.raging.remove(at);
                deck.note("calms", &format!("{:?}", storm.what));
                self.end(deck, world, &storm.what);
            }
        }
        for at in (0..self.coming.len()).rev() {
            if self.coming[at].from <= since {
                let storm = self.coming.remove(at);
                deck.note("rages", &format!("{:?}", storm.what));
                begin(deck, world, &storm.what);
                self.raging.push(storm);
            }
        }
    }

    fn end(&self, deck: &Deck, world: &World, what: &Weather) {
        match what {
            Weather::Amazon(fault) => world.end_fault(fault),
            // Another storm may go on with it.
            Weather::Service(service, _) => {
                let still = self.raging.iter().find_map(|storm| match storm.what {
                    Weather::Service(other, often) if other == *service => Some(often),
                    _ => None,
                });
                deck.rough.borrow_mut().insert(service, still.unwrap_or(0));
            }
            Weather::NoSchedule => {}
            Weather::OldIndex => *deck.memory.lagging.borrow_mut() = None,
        }
    }

    /// Whether no schedule fires at present.
    pub(super) fn unscheduled(&self) -> bool {
        self.raging.iter().any(|storm| storm.what == Weather::NoSchedule)
    }

    /// When the weather changes next.
    pub(super) fn next(&self) -> Option<Timestamp> {
        let begins = self.coming.iter().map(|storm| storm.from);
        let ends = self.raging.iter().map(|storm| storm.until);
        begins.chain(ends).min().map(|at| self.begun + at)
    }
}

fn begin(deck: &Deck, world: &World, what: &Weather) {
    match what {
        Weather::Amazon(fault) => world.set_fault(fault.clone()),
        Weather::Service(service, often) => {
            deck.rough.borrow_mut().insert(service, *often);
        }
        Weather::NoSchedule => deck.watch.befell("F42 no schedule fires for a while"),
        Weather::OldIndex => {
            deck.watch.befell("F33 the index stands still");
            let rows = deck.memory.rows.borrow().clone();
            *deck.memory.lagging.borrow_mut() = Some(rows);
        }
    }
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Storms for a voyage: about `a_day` of them each day until `end`, and one that ends just then. Our own services
/// are calm a little earlier, see [`OURS_CALM`].
pub(super) fn draw(dice: &Dice, sellers: &[String], end: SignedDuration, a_day: u64) -> Vec<Storm> {
    let days = u64::try_from(end.as_hours()).unwrap_or(0).div_ceil(24);
    let mut storms: Vec<Storm> = (0..days * a_day).map(|_| one(dice, sellers, end)).collect();
    let last = dice
        .pick(
            &[
                Fault::always("*", FaultKind::Status { status: 503 }),
                Fault::always("searchOrders", FaultKind::Status { status: 403 }),
                Fault::always("searchOrders", FaultKind::Status { status: 500 }).of_seller(&sellers[0]),
                Fault::always("lwa", FaultKind::Status { status: 503 }),
                Fault::always("lwa", FaultKind::InvalidClient),
                Fault::always("searchOrders", FaultKind::Truncated),
            ]
            .each_ref(),
        )
        .clone();
    let lasts = dice.span(MINUTE * 10, MINUTE * 240);
    storms.push(Storm { from: end - lasts, until: end, what: Weather::Amazon(last) });
    storms
}

/// Our own services, queues and functions are well from this long before the end of the storms: a message that was
/// lost on its way into the queue is sent again by the schedule after up to half an hour.
pub(super) const OURS_CALM: SignedDuration = SignedDuration::from_mins(40);

fn one(dice: &Dice, sellers: &[String], end: SignedDuration) -> Storm {
    let storm = |least, most, what| {
        let lasts = dice.span(MINUTE * least, MINUTE * most);
        let from = dice.span(MINUTE * 30, (end - OURS_CALM - lasts).max(MINUTE * 30));
        Storm { from, until: (from + lasts).min(end - OURS_CALM), what }
    };
    let seller = &sellers[dice.place(sellers.len())];
    let amazon = |operation: &str, kind| {
        let fault = Fault::always(operation, kind);
        Weather::Amazon(if dice.happens(8_000) { fault.of_seller(seller) } else { fault })
    };
    let some = |operation: &str, kind| {
        let times = 1 + u32::try_from(dice.below(4)).unwrap_or(0);
        Weather::Amazon(Fault::next(times, operation, kind))
    };
    let of_one = |operation: &str, kind| Weather::Amazon(Fault::next(1, operation, kind).of_seller(seller));
    let search = "searchOrders";
    let pages = usize::try_from(1 + dice.below(5)).unwrap_or(1);
    match dice.below(30) {
        0 => storm(5, 180, amazon(search, FaultKind::Status { status: 503 })),
        1 => storm(5, 180, some("*", FaultKind::Status { status: 500 })),
        2 => storm(30, 360, Weather::Amazon(Fault::always("*", FaultKind::Status { status: 503 }))),
        3 => storm(25, 26, Weather::Amazon(Fault::always(search, FaultKind::Status { status: 403 }))),
        4 => storm(25, 180, amazon(search, FaultKind::Status { status: 403 })),
        5 => storm(5, 60, some(search, FaultKind::Status { status: 401 })),
        6 => storm(5, 60, some(search, FaultKind::Status { status: 429 })),
        7 => storm(10, 40, amazon(search, FaultKind::Throttled { retry_after: "30".to_owned() })),
        8 => storm(5, 120, some(search, FaultKind::Truncated)),
        9 => storm(5, 60, amazon(search, FaultKind::Silence)),
        10 => storm(5, 120, some("*", FaultKind::LengthTooShort)),
        11 => storm(
            5,
            120,
            some("*", dice.pick(&[&FaultKind::Html, &FaultKind::Empty, &FaultKind::InvalidJson]).clone()),
        ),
        12 => storm(60, 600, amazon(search, FaultKind::OverlappingPages { orders: 7 })),
        13 => storm(60, 600, amazon(search, FaultKind::ReorderedPages)),
        14 => storm(5, 60, amazon(search, FaultKind::RepeatedToken)),
        15 => storm(5, 60, amazon(search, FaultKind::CyclingTokens { pages })),
        16 => storm(5, 600, some(search, FaultKind::OldToken)),
        17 => storm(300, 1440, amazon(search, FaultKind::ShortPages { orders: 10 * pages })),
        18 => storm(10, 180, amazon("lwa", FaultKind::Status { status: 503 })),
        19 => storm(10, 180, Weather::Amazon(Fault::always("lwa", FaultKind::Status { status: 429 }))),
        20 => storm(10, 60, Weather::Amazon(Fault::always("lwa", FaultKind::Silence))),
        21 => storm(5, 60, of_one("lwa", FaultKind::InvalidGrant)),
        22 => storm(10, 90, Weather::Amazon(Fault::always("lwa", FaultKind::InvalidClient))),
        23 => storm(5, 600, of_one("lwa", FaultKind::NewRefreshToken { old_dies: false })),
        24 => storm(60, 300, amazon(search, FaultKind::Delay { milliseconds: 11_000 })),
        25 => storm(30, 60, Weather::NoSchedule),
        26 => storm(1, 10, Weather::OldIndex),
        27 => storm(1, 20, Weather::Service(dice.pick(&SERVICES), 10_000)),
        _ => storm(10, 180, Weather::Service(dice.pick(&SERVICES), 300)),
    }
}
