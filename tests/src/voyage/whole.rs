//! Voyages with every domain of a seller and of a vendor: what may go wrong, and what must be true at the end. For each
//! domain what landed is what the simulator knows.

use super::covered::pace;
use super::deck::{Deck, SERVICES};
use super::dice::Dice;
use super::log::Log;
use super::weather::{OURS_CALM, Storm, Weather};
use crate::harvest::{Found, Harvest};
use crate::rows;
use jiff::SignedDuration;
use sellerport_core::catalogue::Operation;
use sellerport_core::connection::{Connection, Status};
use sellerport_core::domains::{self, DOMAINS, Source, Sweep};
use sellerport_core::store::{TableName, decode};
use sellerport_core::stream::Stream;
use sellerport_simulator::{DOWNLOAD, Fault, FaultKind, World};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Storms of a day.
const A_DAY: u64 = 14;
/// What shows up late, and by how many minutes at most: orders by a day, the others by less than windows overlap.
const LATE: [(&str, u64); 6] = [
    ("searchOrders", 23 * 60),
    ("getInventorySummaries", 25),
    ("getShipments", 50),
    ("getShipmentItems", 50),
    ("listAllFulfillmentOrders", 50),
    ("getPurchaseOrders", 25),
];
/// A report may take so long beyond a stream's own rest: two that were asked for too soon, and the looks.
const MADE: SignedDuration = SignedDuration::from_hours(10);
/// What is wrong with a domain is told so many times.
const TOLD: usize = 3;

/// The storms until `end`. Each fifth seed is quiet: nothing but doubled messages and killed functions.
pub(super) fn storms(dice: &Dice, seed: u64, sellers: &[String], end: SignedDuration) -> Vec<Storm> {
    let mut storms = Vec::new();
    for (operation, most) in LATE {
        let minutes = 1 + u32::try_from(dice.below(most)).unwrap_or(0);
        let kind = FaultKind::LateItems { minutes, every: 1 + dice.below(3) };
        if dice.happens(4_000) {
            let what = Weather::Amazon(Fault::always(operation, kind));
            storms.push(Storm { from: SignedDuration::ZERO, until: end, what });
        }
    }
    if seed.is_multiple_of(5) {
        return storms;
    }
    let days = u64::try_from(end.as_hours()).unwrap_or(0).div_ceil(24);
    storms.extend((0..days * A_DAY).map(|_| one(dice, sellers, end)));
    storms
}

/// The operations of all domains; with `paged` those that list.
fn operations(paged: bool) -> Vec<&'static str> {
    let of = |source: &Source| -> Vec<&'static Operation> {
        match source {
            Source::Report(_) if paged => Vec::new(),
            Source::Pages(_) | Source::Lookup(_) if paged => vec![source.operation()],
            _ => source.operations(),
        }
    };
    let all = DOMAINS.into_iter().filter(|domain| !domain.personal).flat_map(domains::Domain::sources);
    all.flat_map(of).map(|operation| operation.name).collect()
}

fn one(dice: &Dice, sellers: &[String], end: SignedDuration) -> Storm {
    let storm = |least, most, what| {
        let lasts = dice.span(MINUTE * least, MINUTE * most);
        let from = dice.span(MINUTE * 2, (end - OURS_CALM - lasts).max(MINUTE * 2));
        Storm { from, until: from + lasts, what }
    };
    let seller = &sellers[dice.place(sellers.len())];
    let always = |operation: &str, kind| Weather::Amazon(Fault::always(operation, kind));
    let some = |operation: &str, kind| {
        Weather::Amazon(Fault::next(1 + u32::try_from(dice.below(4)).unwrap_or(0), operation, kind))
    };
    let any = dice.pick(&operations(false));
    let list = dice.pick(&operations(true));
    let (ask, minutes) = ("createReport", 30 + u32::try_from(dice.below(600)).unwrap_or(0));
    let status = |all: &[u16]| FaultKind::Status { status: dice.pick(all) };
    let kind = |all: &[FaultKind]| all[dice.place(all.len())].clone();
    match dice.below(26) {
        0 => storm(5, 180, always(any, status(&[500, 503]))),
        1 => storm(5, 180, some("*", status(&[500, 503, 401]))),
        2 => storm(25, 120, always(any, status(&[403]))),
        3 => storm(20, 120, always("*", status(&[503]))),
        4 => storm(10, 40, always(any, FaultKind::Throttled { retry_after: "30".to_owned() })),
        5 => storm(10, 90, some(any, kind(&[FaultKind::Truncated, FaultKind::LengthTooShort]))),
        6 => storm(10, 90, some(any, kind(&[FaultKind::Html, FaultKind::Empty, FaultKind::InvalidJson]))),
        7 => storm(5, 60, always(any, FaultKind::Silence)),
        // What Amazon was asked to make, and what became of it.
        8 => storm(60, 600, some(ask, FaultKind::Fatal { explained: dice.happens(5_000) })),
        9 | 10 => storm(60, 900, some(ask, FaultKind::Stuck { minutes: Some(minutes) })),
        11 | 12 => {
            storm(60, 900, some(ask, kind(&[FaultKind::Silence, FaultKind::Truncated, FaultKind::Empty])))
        }
        // The documents' storage.
        13 | 14 => storm(10, 300, always(DOWNLOAD, kind(&[FaultKind::Truncated, FaultKind::LengthTooLong]))),
        15 => storm(10, 300, some(DOWNLOAD, FaultKind::ExpiredAddress)),
        16 => storm(10, 300, always(DOWNLOAD, status(&[500, 503, 403]))),
        17 => storm(10, 300, always(DOWNLOAD, FaultKind::SlowDrip { milliseconds: 500 + dice.below(4_000) })),
        18 => {
            storm(60, 600, some(DOWNLOAD, kind(&[FaultKind::Silence, FaultKind::FalseGzip, FaultKind::Html])))
        }
        19 => storm(
            60,
            600,
            always(list, kind(&[FaultKind::ReorderedPages, FaultKind::ShortPages { orders: 7 }])),
        ),
        20 => storm(
            60,
            600,
            some(list, kind(&[FaultKind::OldToken, FaultKind::OverlappingPages { orders: 3 }])),
        ),
        21 => storm(
            5,
            60,
            always(list, kind(&[FaultKind::RepeatedToken, FaultKind::CyclingTokens { pages: 2 }])),
        ),
        22 => storm(10, 120, always("lwa", status(&[503, 429]))),
        23 => {
            let refused = Fault::next(1, "lwa", FaultKind::InvalidGrant).of_seller(seller);
            storm(5, 60, Weather::Amazon(refused))
        }
        24 => match dice.happens(5_000) {
            true => storm(30, 60, Weather::NoSchedule),
            false => storm(1, 10, Weather::OldIndex),
        },
        _ => storm(10, 180, Weather::Service(dice.pick(&SERVICES), 300)),
    }
}

/// At the end of the calm: each domain's stream is well and at the present, and what it claims is what landed.
pub(super) fn check(deck: &Deck, world: &World, log: &mut Log) {
    let (now, tables, records) = (deck.time(), deck.memory.rows.borrow(), deck.memory.records());
    let connections = rows::of(&tables, TableName::Connections).filter(|row| row.key.sort.starts_with("C#"));
    for row in connections {
        let connection = decode::<Connection>(row.clone()).unwrap().value;
        if connection.status != Status::Active {
            continue;
        }
        let seller = connection.seller.as_str();
        let streams = rows::of(&tables, TableName::Streams).filter(|row| row.key.sort.starts_with("S#"));
        let streams = streams.map(|row| decode::<Stream>(row.clone()).unwrap().value);
        for stream in streams.filter(|stream| stream.connection == connection.id) {
            let domain = domains::by_name(&stream.domain).unwrap();
            let behind = now.duration_since(stream.cursor.unwrap_or_default());
            let day = if domain.by_day { DAY } else { SignedDuration::ZERO };
            let (_, allowed) = pace(&stream);
            if !stream.history.is_empty() || behind > allowed + day + MADE {
                let left = stream.history.len();
                let how =
                    format!("{seller}, {}: {behind:#} behind, {left} parts of its history left", domain.name);
                deck.watch.broken("I13", now, &how);
            }
            let unswept = matches!(domain.sweep, Sweep::Back(_) | Sweep::Whole(_));
            let swept = stream
                .swept_at
                .is_some_and(|at| at > now - stream.sweep_every(domain) - day - allowed - MADE);
            if unswept && !swept {
                deck.watch.broken(
                    "I13",
                    now,
                    &format!("{seller}, {}: swept {:?}", domain.name, stream.swept_at),
                );
            }
            let since = connection.created_at;
            let Found { landed, due, wrong } =
                Harvest { world, seller, since, stream: &stream, records: &records }.weigh();
            let sum = log.domains.entry(stream.domain.clone()).or_default();
            (sum.0, sum.1) = (sum.0 + due as u64, sum.1 + landed as u64);
            if !wrong.is_empty() {
                deck.watch.broken(
                    "I5",
                    now,
                    &format!("{seller}, {}: {} are wrong", domain.name, wrong.len()),
                );
            }
            wrong.iter().take(TOLD).for_each(|how| deck.watch.broken("I5", now, &format!("{seller}, {how}")));
        }
    }
}
