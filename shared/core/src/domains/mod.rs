//! The domains: what is fetched, and how.
//!
//! A domain is constants: where its records come from ([`Source`]), how often, how far back, and which fields name a
//! record ([`Heads`]). A new one is one file here, one line in [`DOMAINS`], one word in the template and one event.

// How records are found.
mod fields;
mod heads;
mod lookup;
mod pages;
pub mod reference;
mod report;
mod single;
mod source;
mod totals;
mod ways;
mod without;

// The domains.
mod account;
mod analytics;
mod awd;
mod buyers;
mod catalog;
mod economics;
mod fees;
mod finances;
mod inbound;
mod inventory;
mod ledger;
mod listings;
mod mfnreturns;
mod orders;
mod outbound;
mod payouts;
mod reimbursements;
mod returns;
mod sales;
mod settlements;
mod traffic;
mod vendororders;
mod vendorshipments;

pub use account::ACCOUNT;
pub use analytics::{VENDORSALES, VENDORSTOCK, VENDORTRAFFIC};
pub use awd::AWD;
pub use buyers::BUYERS;
pub use catalog::CATALOG;
pub use economics::ECONOMICS;
pub use fees::FEES;
pub use fields::known_fields;
pub use finances::FINANCES;
pub use heads::{Found, Heads, Key, STORE, WINDOW_DAY};
pub(crate) use heads::{Reader, field};
pub use inbound::{INBOUND, INBOUNDITEMS};
pub use inventory::INVENTORY;
pub use ledger::LEDGER;
pub use listings::LISTINGS;
pub use lookup::Lookup;
pub use mfnreturns::MFNRETURNS;
pub use orders::ORDERS;
pub use outbound::OUTBOUND;
pub use pages::{Page, Pages};
pub use payouts::PAYOUTS;
pub use reimbursements::REIMBURSEMENTS;
pub(crate) use report::LISTED_SINCE;
pub use report::{Located, Made, Progress, QUERY_MAX, Report, Status};
pub use returns::RETURNS;
pub use sales::SALES;
pub use settlements::SETTLEMENTS;
pub use single::Single;
pub use source::Source;
pub use totals::Totals;
pub use traffic::TRAFFIC;
pub use vendororders::VENDORORDERS;
pub use vendorshipments::VENDORSHIPMENTS;
pub use ways::{Bulk, Check, Stores, Sweep};
pub(crate) use without::without;

use crate::catalogue::{Operation, Role};
use crate::lease::MARGIN;
use crate::marketplaces::Kind;
use crate::stream::{Way, Window};
use jiff::SignedDuration;

/// One area of data.
#[derive(Debug)]
pub struct Domain {
    /// Its name in queues, keys and pages: lower-case letters.
    pub name: &'static str,
    /// Whose data it is: a seller's or a vendor's.
    pub kind: Kind,
    /// What one record is.
    pub entity: &'static str,
    /// The roles that open it, all of them.
    pub roles: &'static [Role],
    /// What is read, for people.
    pub reads: &'static str,
    /// Where records come from.
    pub source: Source,
    /// Where they come from instead while more changes than pages can carry.
    pub bulk: Option<Bulk>,
    /// Where a record comes from that a notification names, while little changes.
    pub single: Option<Source>,
    /// Fields of a record that are never kept: they tell about buyers, or about bank accounts.
    pub without: &'static [&'static str],
    /// How the stores go into a call.
    pub stores: Stores,
    /// How often it is fetched where much changes.
    pub cadence: SignedDuration,
    /// How often it is fetched where little changes.
    pub cadence_quiet: SignedDuration,
    /// Between the two it is fetched when about so many changes are expected.
    pub changes_wanted: f64,
    /// How long before now a window ends.
    pub lag: SignedDuration,
    /// Whether windows begin and end at midnight (UTC): Amazon sums up whole days there.
    pub by_day: bool,
    /// How far a window begins before the cursor.
    pub overlap: SignedDuration,
    /// The longest stretch of time that one window may add.
    pub longest: SignedDuration,
    /// The shortest that a window is cut to where Amazon fails over it or cannot show all of it.
    pub shortest: SignedDuration,
    /// How far back the history reaches. Zero: Amazon shows the present only, and a pass is a picture of it.
    pub lookback: SignedDuration,
    /// How what onward windows cannot see is found.
    pub sweep: Sweep,
    /// How often.
    pub sweep_every: SignedDuration,
    /// How often where so little changes that it is fetched as rarely as it ever is. Only a pass through everything may be
    /// rarer then: it costs as much as there is, not as much as changed.
    pub sweep_quiet: SignedDuration,
    /// Where Amazon counts once more what a whole pass finds.
    pub check: Option<Check>,
    /// Where its documents say what their rows come to, if they do.
    pub totals: Option<Totals>,
    /// Whether its records hold buyers' personal data: only where an operator opened them for the connection, and
    /// in a place of their own.
    pub personal: bool,
}

/// What most domains have in common.
pub(crate) const PLAIN: Domain = Domain {
    name: "",
    kind: Kind::Seller,
    entity: "",
    roles: &[Role::InventoryAndOrderTracking],
    reads: "",
    source: Source::Pages(pages::PLAIN),
    bulk: None,
    single: None,
    without: &[],
    stores: Stores::Together,
    cadence: DAY,
    cadence_quiet: DAY,
    changes_wanted: 10.0,
    // A minute or two of clocks that disagree.
    lag: SignedDuration::from_mins(2),
    by_day: false,
    overlap: SignedDuration::from_mins(5),
    longest: SignedDuration::from_hours(24 * 30),
    shortest: DAY,
    lookback: SignedDuration::ZERO,
    sweep: Sweep::None,
    sweep_every: DAY,
    sweep_quiet: DAY,
    check: None,
    totals: None,
    personal: false,
};

/// A day.
pub(crate) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// So many days.
pub(crate) const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// What a call is made from.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The window.
    pub window: Window,
    /// Which way the pass goes.
    pub way: Way,
    /// The ids of the stores to ask for.
    pub stores: &'a [String],
    /// The account.
    pub seller: &'a str,
}

/// A reply that is not what the operation promises. It counts as no answer at all, never as an empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer cannot be read")]
pub struct Unreadable;

/// The parameters of a call.
pub type Parameters = Vec<(&'static str, String)>;

/// All domains.
pub const DOMAINS: [&Domain; 26] = [
    &ACCOUNT,
    &AWD,
    &BUYERS,
    &CATALOG,
    &ECONOMICS,
    &FEES,
    &FINANCES,
    &INBOUND,
    &INBOUNDITEMS,
    &INVENTORY,
    &LEDGER,
    &LISTINGS,
    &MFNRETURNS,
    &ORDERS,
    &OUTBOUND,
    &PAYOUTS,
    &REIMBURSEMENTS,
    &RETURNS,
    &SALES,
    &SETTLEMENTS,
    &TRAFFIC,
    &VENDORORDERS,
    &VENDORSALES,
    &VENDORSHIPMENTS,
    &VENDORSTOCK,
    &VENDORTRAFFIC,
];

/// The domain of this name.
pub fn by_name(name: &str) -> Option<&'static Domain> {
    DOMAINS.into_iter().find(|domain| domain.name == name)
}

impl Domain {
    /// The source of a pass.
    pub fn source_of(&self, way: Way, bulk: bool) -> &Source {
        if let Some(checked) = self.checked_by().filter(|_| way == Way::Check) {
            return checked;
        }
        match (way, &self.sweep, &self.bulk, &self.single) {
            (Way::Named, .., Some(single)) => single,
            (Way::Sweep, Sweep::Whole(source), ..) => source,
            (_, _, Some(by), _) if bulk => &by.source,
            _ => &self.source,
        }
    }

    /// All its sources.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let swept = match &self.sweep {
            Sweep::Whole(source) => Some(*source),
            _ => None,
        };
        let bulk = self.bulk.as_ref().map(|bulk| &bulk.source);
        [Some(&self.source), bulk, swept, self.single.as_ref(), self.checked_by()].into_iter().flatten()
    }

    /// What is counted only, to be held against what landed.
    fn checked_by(&self) -> Option<&Source> {
        let against = self.totals.as_ref().map(|totals| &totals.against);
        self.check.as_ref().map(|check| &check.source).or(against)
    }

    /// How one thing is read that a notification names.
    pub fn single(&self) -> Option<&Single> {
        match &self.single {
            Some(Source::Single(single)) => Some(single),
            _ => None,
        }
    }

    /// Its roles as Amazon's developer console calls them.
    pub fn role(&self) -> String {
        self.roles.iter().map(Role::name).collect::<Vec<_>>().join(" and ")
    }

    /// The operation that its first call makes.
    pub fn operation(&self) -> &'static Operation {
        self.source.operation()
    }

    /// How long a run may take: the `Timeout` of its function in the template. A document is read from its beginning
    /// in each run, so a run has to be long enough for all of it: 3 GB at 256 MB of memory, a seventh of a core, which
    /// reads 20 MB and more a second. With the lease it stays within the delay that a message can have, 900 s.
    pub fn run_time(&self) -> SignedDuration {
        match self.source {
            Source::Pages(_) | Source::Lookup(_) | Source::Single(_) => SignedDuration::from_secs(60),
            Source::Report(_) => SignedDuration::from_mins(10),
        }
    }

    /// How long a worker's lease on a stream counts: longer than any run.
    pub fn lease(&self) -> SignedDuration {
        self.run_time() + SignedDuration::from_secs(MARGIN)
    }

    /// Whether a pass is a picture of the present.
    pub fn is_picture(&self) -> bool {
        self.lookback.is_zero()
    }
}

#[cfg(test)]
#[path = "domain_tests.rs"]
mod tests;
