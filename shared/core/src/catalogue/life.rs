//! What Amazon replaces and ends, and when to speak of it.

use super::Operation;
use jiff::civil::Date;
use std::fmt;

/// Whether Amazon replaces or ends an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// Neither.
    Current,
    /// Something newer exists; no removal is announced.
    Superseded {
        /// What to call instead.
        successor: &'static str,
    },
    /// It is to be removed. Amazon has moved such days before, so it can be called until it is gone.
    Ends {
        /// The announced day.
        on: Date,
        /// What to call instead.
        successor: &'static str,
    },
    /// It is gone.
    Removed {
        /// Since this day.
        on: Date,
        /// What to call instead.
        successor: &'static str,
    },
}

/// From this long before its removal on, each use of an operation carries a warning.
const WARN_DAYS: i32 = 90;

/// A removal that is near, or whose announced day has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// Of what.
    pub operation: &'static str,
    /// The announced day.
    pub on: Date,
    /// What to call instead.
    pub successor: &'static str,
}

impl Operation {
    /// Speaks where the removal is less than 90 days away.
    pub fn warning(&self, today: Date) -> Option<Warning> {
        let Life::Ends { on, successor } = self.life else { return None };
        let left = on.since(today).map_or(0, |span| span.get_days());
        (left <= WARN_DAYS).then_some(Warning { operation: self.name, on, successor })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amazon removes {} on {}; use {} instead", self.operation, self.on, self.successor)
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{GET_ORDERS_ORDERS_V0, LIST_ALL_FULFILLMENT_ORDERS, SEARCH_ORDERS};
    use jiff::civil::date;

    #[test]
    fn a_removal_is_spoken_of_from_90_days_before_it_on() {
        let says = |year, month, day| GET_ORDERS_ORDERS_V0.warning(date(year, month, day));
        assert_eq!(says(2026, 12, 26), None, "91 days before");
        assert_eq!(
            says(2026, 12, 27).unwrap().to_string(),
            "Amazon removes getOrders on 2027-03-27; use searchOrders orders/2026-01-01 instead"
        );
        assert!(says(2028, 1, 1).is_some(), "the announced day has passed");
    }

    #[test]
    fn what_is_current_or_only_has_a_newer_sibling_is_not_spoken_of() {
        for operation in [&SEARCH_ORDERS, &LIST_ALL_FULFILLMENT_ORDERS] {
            assert_eq!(operation.warning(date(2030, 1, 1)), None);
        }
    }
}
