//! A month with all domains: the small seller's is counted, a larger one's is worked out from it.
//!
//! A larger seller has as many times more changes as orders. Each of his streams runs as often as the core's own rule says
//! for so many changes; every run costs what one of the small seller's did, and beyond its first page each further one costs
//! what a further page costs.

use crate::cost::{Counted, Surroundings, mean};
use sellerport_core::domains::{self, Domain, Source};
use sellerport_core::fetch::PART_ROWS;
use sellerport_core::stream::Stream;
use sellerport_tests::figures::Tally;
use sellerport_tests::figures::life::{Kind, Ran};
use sellerport_tests::figures::month::{Household, count};
use std::collections::BTreeMap;

/// A counted month.
#[derive(Debug)]
pub struct Month {
    /// Its invocations, of more or fewer days than a month.
    pub ran: Vec<Ran>,
    /// Makes a month of them.
    pub scale: f64,
    /// Calls that Amazon refused with 429 in these days, and while the history landed before them.
    pub throttled: u32,
    /// The streams at its end.
    pub streams: Vec<Stream>,
}

/// What is no stream's alone.
pub const SHARED: [(&str, &[Kind]); 5] = [
    ("dispatch", &[Kind::Dispatch]),
    ("renewals", &[Kind::Renewals, Kind::Renewal]),
    ("tables", &[Kind::Tables]),
    ("subscriptions", &[Kind::Subscriptions]),
    ("notifications", &[Kind::Notification]),
];

/// Counts the first size's days, polled or told.
pub async fn month(around: &Surroundings, told: bool) -> Month {
    let small = &around.sizes[0];
    let (settling_days, days) = (around.settling_days, around.counted_days);
    let household =
        Household { orders_a_day: small.orders_a_day as u32, tail: small.skus, told, settling_days, days };
    let counted = count(household).await;
    assert!(counted.unsettled.is_empty(), "settling_days are too few: {:?}", counted.unsettled);
    let scale = around.days_a_month / days as f64;
    Month { ran: counted.ran, scale, throttled: counted.throttled, streams: counted.streams }
}

impl Month {
    /// A month of each domain, and of what is shared.
    pub fn parts(&self, counted: &Counted) -> BTreeMap<&'static str, Tally> {
        let mut parts: BTreeMap<&'static str, Tally> = BTreeMap::new();
        for ran in &self.ran {
            let shared = SHARED.iter().find(|(_, kinds)| kinds.contains(&ran.kind)).map(|(name, _)| *name);
            let Some(name) = ran.domain.or(shared) else { continue };
            let part = parts.entry(name).or_default();
            *part = part.plus(counted.own(ran).times(self.scale));
        }
        parts
    }

    /// Runs of streams.
    fn runs(&self) -> f64 {
        self.ran.iter().filter(|ran| ran.domain.is_some()).count() as f64 * self.scale
    }
}

/// A month of a size, by domain and by what is shared.
pub fn of_size(around: &Surroundings, counted: &Counted, size: usize) -> BTreeMap<&'static str, Tally> {
    let mut parts = counted.polled.parts(counted);
    if size == 0 {
        return parts;
    }
    let times = around.sizes[size].orders_a_day / around.sizes[0].orders_a_day;
    // Counted by themselves, with their dispatch and the renewals that serve everything.
    let (orders, renewals) = (counted.day(size).times(around.days_a_month), "renewals");
    let (dispatch, tables) = (parts["dispatch"].times(1.0 / counted.polled.runs()), parts["tables"]);
    let (mut runs, mut days, mut days_before) = (0.0, 0.0, 0.0);
    for stream in counted.polled.streams.iter().filter(|stream| stream.domain != "orders") {
        let domain = domains::by_name(&stream.domain).unwrap();
        let part = parts.get_mut(domain.name).unwrap();
        let (often, before) = (often(stream, domain, times), often(stream, domain, 1.0));
        // A run of the dispatcher began each pass.
        runs += often * around.days_a_month;
        days += often.min(1.0);
        days_before += before.min(1.0);
        let a_page = match domain.source {
            Source::Report(_) => PART_ROWS as f64,
            _ => around.records_a_page,
        };
        let pages = part.records * times / a_page;
        let more = (pages - part.puts * often / before).max(0.0);
        *part = part.times(often / before).plus(further(counted).times(more));
    }
    parts.insert("orders", orders);
    parts.insert(renewals, Tally::default());
    parts.insert("dispatch", dispatch.times(runs));
    // A file for each table and day; each object that landed is read once.
    let gets = parts.values().map(|part| part.puts).sum::<f64>() - tables.puts;
    let files = tables.times((days + 1.0) / (days_before + 1.0));
    parts.insert("tables", Tally { gets, ..files });
    parts
}

/// Passes a day of a stream where so many times as much changes.
fn often(stream: &Stream, domain: &Domain, times: f64) -> f64 {
    let changes = stream.changes_an_hour.map(|changes| changes * times);
    let stream = Stream { changes_an_hour: changes, ..stream.clone() };
    24.0 * 3600.0 / stream.cadence(domain).as_secs_f64()
}

/// A further page of a run: what the small seller's runs through all his stock cost beyond those of a page.
fn further(counted: &Counted) -> Tally {
    let of = |kind| -> Vec<Tally> {
        let month = counted.polled.ran.iter().filter(|ran| ran.domain == Some("inventory"));
        month.filter(|ran| ran.kind == kind).map(|ran| ran.tally).collect()
    };
    let (pages, page) = (mean(&of(Kind::Pages)), mean(&of(Kind::Page)));
    pages.minus(page).times(1.0 / (pages.calls - page.calls).max(1.0))
}
