//! Documents that say what they come to: the total beside the sum of their rows.

use super::Source;
use crate::stream::{SUMS_MAX, Sum};
use crate::tables::local_amount;
use jiff::SignedDuration;

/// The columns of a document's total and of its rows' amounts. The total stands in a line of its own, without an amount.
#[derive(Debug)]
pub struct Totals {
    /// What the total is of, in every row.
    pub of: &'static str,
    /// The total.
    pub total: &'static str,
    /// Its currency, beside it.
    pub currency: &'static str,
    /// A row's amount.
    pub amount: &'static str,
    /// What an amount is for. What is kept back, or was before (`reserve amount`), is no transaction.
    pub what: &'static str,
    /// Where transactions are told that name what the total is of. Nothing of it lands: the sums are held against each other.
    pub against: Source,
    /// A document's transactions were posted so long before it came, at most.
    pub reach: SignedDuration,
    /// All of them are told so long after it came.
    pub told_after: SignedDuration,
}

/// What stands in the description of money that is kept back, or was: `Current Reserve Amount`, `Previous Reserve Amount
/// Balance`.
const RESERVE: &str = "reserve amount";

impl Totals {
    /// Takes a row in. One total more than [`SUMS_MAX`] is kept, so that it is noticed that others are left out.
    pub(super) fn take(&self, field: impl Fn(&str) -> Option<String>, sums: &mut Vec<Sum>) {
        let filled = |column| field(column).filter(|text| !text.trim().is_empty());
        let Some(of) = filled(self.of) else { return };
        // The last one is the one that goes on, in all documents that Amazon writes.
        let place = sums.iter().rposition(|sum| sum.of == of);
        let place = match place {
            Some(place) => place,
            None if sums.len() <= SUMS_MAX => {
                sums.push(Sum { of, ..Sum::default() });
                sums.len() - 1
            }
            None => return,
        };
        let Some(sum) = sums.get_mut(place) else { return };
        if let Some(total) = filled(self.total) {
            sum.set(local_amount(&total));
            sum.currency = filled(self.currency).unwrap_or_default();
        }
        if let Some(amount) = filled(self.amount) {
            let read = local_amount(&amount);
            sum.add(read);
            if field(self.what).is_some_and(|what| what.to_lowercase().contains(RESERVE)) {
                sum.reserves = sum.reserves.saturating_add(read.unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domains::SETTLEMENTS;
    use crate::stream::{Sum, Verdict};

    /// The sums of rows of (settlement, total, amount).
    fn sums(rows: &[(&str, &str, &str)]) -> Vec<Sum> {
        let (mut sums, totals) = (Vec::new(), SETTLEMENTS.totals.as_ref().unwrap());
        for (of, total, amount) in rows {
            let field = |column: &str| {
                let text = match column {
                    "settlement-id" => *of,
                    "total-amount" => *total,
                    "amount" => *amount,
                    "currency" if !total.is_empty() => "EUR",
                    _ => "",
                };
                Some(text.to_owned())
            };
            totals.take(field, &mut sums);
        }
        sums
    }

    #[test]
    fn a_statement_is_held_against_its_own_rows_in_the_stores_own_format() {
        let found = sums(&[("77", "1.234,56", ""), ("77", "", "1.300,00"), ("77", "", "-65,44")]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].currency.as_str(), found[0].lines), ("EUR", 2), "the first line is no row");
        assert_eq!(found[0].verdict(), Verdict::Agrees);
    }

    #[test]
    fn an_amount_that_was_changed_or_lost_is_told_to_the_cent() {
        let found = sums(&[("77", "95,00", ""), ("77", "", "95,01"), ("78", "1,00", "")]);
        assert_eq!(found[0].verdict(), Verdict::Differs(-100));
        assert_eq!(found[1].verdict(), Verdict::Differs(10_000), "all its rows are gone");
    }

    #[test]
    fn an_amount_that_could_mean_two_things_is_no_amount() {
        let found = sums(&[("77", "1,234", ""), ("77", "", "12")]);
        assert_eq!((found[0].verdict(), found[0].unread), (Verdict::Unknown, 1));
    }
}
