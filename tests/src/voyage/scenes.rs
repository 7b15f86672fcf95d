//! Voyages with a plan of their own: one seller in trouble beside others, and an outage of everything.

use super::chart::Chart;
use super::harbour::name;
use super::post::Rough;
use super::weather::{Storm, Weather};
use jiff::SignedDuration;
use sellerport_simulator::{Fault, FaultKind};

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

impl Chart {
    /// The same without a single fault.
    #[must_use]
    pub fn calmed(self) -> Self {
        Self { storms: Some(Vec::new()), rough: Some(Rough::default()), deeds: false, ..self }
    }

    /// One seller for whom everything goes wrong, one thing after the other; nobody else is touched (I8, F50).
    pub fn troubled_neighbour(seed: u64) -> Self {
        let search = "searchOrders";
        let kinds = [
            (search, FaultKind::Status { status: 503 }),
            (search, FaultKind::Silence),
            (search, FaultKind::Delay { milliseconds: 11_500 }),
            (search, FaultKind::Status { status: 403 }),
            (search, FaultKind::CyclingTokens { pages: 2 }),
            (search, FaultKind::ShortPages { orders: 1 }),
            ("lwa", FaultKind::Status { status: 503 }),
            (search, FaultKind::Throttled { retry_after: "5".to_owned() }),
        ];
        let storms = kinds.into_iter().zip(1..).map(|((operation, kind), nth)| {
            let fault = Fault::always(operation, kind).of_seller(&name(0));
            let from = hours(1) + hours(4) * nth;
            Storm { from, until: from + hours(4), what: Weather::Amazon(fault) }
        });
        let storms = Some(storms.collect());
        let stormy = Self { stormy: hours(37), sellers: 5, history: Some(200), ..Self::stormy(seed) };
        Self { storms, rough: Some(Rough::default()), deeds: false, ..stormy }
    }

    /// Each grant is refused once, then Login with Amazon is away for three hours, and nobody can tell whether it was
    /// right. Every third message comes several times (F37).
    pub fn doubted(seed: u64) -> Self {
        let sellers = 6;
        let of = |n, fault: Fault| {
            let fault = fault.of_seller(&name(n));
            Storm { from: hours(3), until: hours(6), what: Weather::Amazon(fault) }
        };
        let refused = (0..sellers).map(|n| of(n, Fault::next(1, "lwa", FaultKind::InvalidGrant)));
        let away = (0..sellers).map(|n| of(n, Fault::always("lwa", FaultKind::Status { status: 503 })));
        // Storms that begin together begin in the order of the last to the first.
        let storms = Some(away.chain(refused).collect());
        let rough = Some(Rough { doubled: 3_333, ..Rough::default() });
        let chart =
            Self { stormy: hours(6), calm: hours(2), sellers, history: Some(60), ..Self::stormy(seed) };
        Self { storms, rough, deeds: false, ..chart }
    }

    /// All domains of a seller and of a vendor: three days of everything, and five in which every sweep passes.
    pub fn whole_house(seed: u64) -> Self {
        let (stormy, calm) = (hours(3 * 24), hours(5 * 24));
        Self { stormy, calm, sellers: 2, whole: true, deeds: false, ..Self::stormy(seed) }
    }

    /// Six hours in which Amazon answers nobody (F49), from the sixth hour on.
    pub fn blackout(seed: u64, sellers: usize) -> Self {
        let fault = Fault::always("*", FaultKind::Status { status: 503 });
        let storm = Storm { from: hours(6), until: hours(12), what: Weather::Amazon(fault) };
        let chart =
            Self { stormy: hours(12), calm: hours(2), sellers, history: Some(60), ..Self::stormy(seed) };
        Self { storms: Some(vec![storm]), rough: Some(Rough::default()), deeds: false, ..chart }
    }
}
