//! Where a domain's records come from.

use super::{DAY, Domain, Lookup, Pages, Report, Single};
use crate::catalogue::Operation;
use jiff::SignedDuration;

/// Where records come from.
#[derive(Debug)]
pub enum Source {
    /// The pages of one operation.
    Pages(Pages),
    /// Pages of one operation that name things, and another that tells about them, some at a time.
    Lookup(Lookup),
    /// A document that is asked for, waited for and downloaded.
    Report(Report),
    /// A call about one thing.
    Single(Single),
}

impl Source {
    /// The operation of a pass's first call.
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Pages(pages) => pages.operation,
            Self::Lookup(lookup) => lookup.list.operation,
            Self::Report(report) => report.first(),
            Self::Single(single) => single.operation,
        }
    }

    /// What its records say they come from: an operation, or a report type.
    pub fn named(&self, operation: &'static Operation) -> &'static str {
        match self {
            Self::Pages(_) | Self::Lookup(_) | Self::Single(_) => operation.name,
            Self::Report(report) => report.kind,
        }
    }

    /// Every operation that it calls.
    pub fn operations(&self) -> Vec<&'static Operation> {
        match self {
            Self::Pages(pages) => vec![pages.operation],
            Self::Lookup(lookup) => vec![lookup.list.operation, lookup.operation],
            Self::Report(report) => report.operations(),
            Self::Single(single) => vec![single.operation],
        }
    }

    /// How long a page token lives.
    pub fn token_life(&self) -> SignedDuration {
        match self {
            Self::Pages(pages) => pages.token_life,
            Self::Lookup(lookup) => lookup.list.token_life,
            Self::Report(_) | Self::Single(_) => DAY,
        }
    }

    /// The length of a history's first piece.
    pub fn first_piece(&self, domain: &Domain) -> SignedDuration {
        match self {
            Self::Pages(_) | Self::Lookup(_) | Self::Single(_) => {
                domain.shortest.max(DAY).min(domain.longest)
            }
            // A document of a month is no more work for anybody than one of a day.
            Self::Report(_) => domain.longest,
        }
    }
}
