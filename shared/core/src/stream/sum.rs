//! A document's own total beside the sum of its rows: settlements say what they come to.

use serde::{Deserialize, Serialize};

/// Totals that are kept of one window: of 23 stores, several kinds of account and two fortnights there are fewer.
pub const SUMS_MAX: usize = 200;

/// A total and the sum of its rows, in ten-thousandths of the currency's unit, exact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// What it is the total of: a settlement's id.
    pub of: String,
    /// The currency as the document names it; empty where it does not.
    pub currency: String,
    /// Its own total; nothing where none came, or it cannot be read.
    pub total: Option<i64>,
    /// The sum of its rows' amounts that can be read.
    pub rows: i64,
    /// Rows with an amount.
    pub lines: u64,
    /// Amounts that cannot be read for sure, the total's included (`1,234`).
    #[serde(default)]
    pub unread: u64,
    /// Of the rows, what is kept back or was before: no transaction tells of it.
    #[serde(default)]
    pub reserves: i64,
    /// The transactions that name it, once they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
}

/// Transactions that name a total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What they come to, as the total.
    pub total: i64,
    /// How many they are.
    pub transactions: u64,
    /// Of these, those whose amount cannot be read.
    #[serde(default)]
    pub unread: u64,
}

/// What comes of comparing them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are equal.
    Agrees,
    /// The total is larger than its rows by so many ten-thousandths, or smaller where that is negative.
    Differs(i64),
    /// There is no total, or some amount cannot be read for sure.
    Unknown,
}

impl Sum {
    /// Whether total and rows agree.
    pub fn verdict(&self) -> Verdict {
        match self.total.and_then(|total| total.checked_sub(self.rows)) {
            Some(difference) if self.unread == 0 => match difference {
                0 => Verdict::Agrees,
                difference => Verdict::Differs(difference),
            },
            _ => Verdict::Unknown,
        }
    }

    /// Whether total and transactions agree; nothing where they were not counted yet.
    pub fn told_verdict(&self) -> Option<Verdict> {
        let told = self.told?;
        let paid = self.total.and_then(|total| total.checked_sub(self.reserves));
        let read = self.unread + told.unread == 0;
        Some(match paid.and_then(|paid| paid.checked_sub(told.total)).filter(|_| read) {
            Some(0) => Verdict::Agrees,
            // Where none names it, it is not known whether any would.
            Some(difference) if told.transactions > 0 => Verdict::Differs(difference),
            _ => Verdict::Unknown,
        })
    }

    /// Takes in a row's amount; nothing where it cannot be read.
    pub(crate) fn add(&mut self, amount: Option<i64>) {
        self.lines += 1;
        match amount.and_then(|amount| self.rows.checked_add(amount)) {
            Some(rows) => self.rows = rows,
            None => self.unread += 1,
        }
    }

    /// Takes in the total; nothing where it cannot be read.
    pub(crate) fn set(&mut self, total: Option<i64>) {
        match total {
            Some(total) => self.total = Some(total),
            None => self.unread += 1,
        }
    }

    /// In words, for people.
    pub fn says(&self) -> String {
        match self.verdict() {
            Verdict::Agrees => "agrees".to_owned(),
            Verdict::Differs(by) => {
                let more = if by > 0 { "more" } else { "less" };
                format!("its total is {} {} {more} than its rows", money(by.saturating_abs()), self.currency)
            }
            Verdict::Unknown if self.total.is_none() && self.unread == 0 => "it names no total".to_owned(),
            Verdict::Unknown => format!("{} of its amounts cannot be read for sure", self.unread),
        }
    }
}

/// An amount in ten-thousandths as people write it: two digits behind the point, or as many as it needs.
pub fn money(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) = (amount.unsigned_abs() / 10_000, amount.unsigned_abs() % 10_000);
    let digits = format!("{rest:04}");
    let digits = match digits.trim_end_matches('0') {
        short if short.len() > 2 => short.to_owned(),
        _ => digits.chars().take(2).collect(),
    };
    format!("{sign}{whole}.{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(total: Option<i64>, amounts: &[Option<i64>]) -> Sum {
        let mut sum = Sum { currency: "EUR".into(), ..Sum::default() };
        total.into_iter().for_each(|total| sum.set(Some(total)));
        amounts.iter().for_each(|amount| sum.add(*amount));
        sum
    }

    #[test]
    fn a_total_agrees_with_its_rows_to_the_last_digit_or_the_difference_is_told() {
        let agreeing = sum(Some(950_000), &[Some(1_000_000), Some(-50_001), Some(1)]);
        assert_eq!((agreeing.verdict(), agreeing.says().as_str()), (Verdict::Agrees, "agrees"));
        let more = sum(Some(950_000), &[Some(1_000_000), Some(-50_001)]);
        assert_eq!(more.verdict(), Verdict::Differs(1));
        assert_eq!(more.says(), "its total is 0.0001 EUR more than its rows");
        let less = sum(Some(-1), &[Some(5_099)]);
        assert_eq!(less.says(), "its total is 0.51 EUR less than its rows");
    }

    #[test]
    fn where_an_amount_cannot_be_read_nothing_is_claimed() {
        let unread = sum(Some(10_000), &[Some(10_000), None]);
        assert_eq!(unread.verdict(), Verdict::Unknown);
        assert_eq!(unread.says(), "1 of its amounts cannot be read for sure");
        assert_eq!(sum(None, &[Some(1)]).says(), "it names no total");
        let huge = sum(Some(1), &[Some(i64::MAX), Some(1)]);
        assert_eq!(huge.verdict(), Verdict::Unknown, "no sum is ever wrong silently");
    }

    #[test]
    fn transactions_agree_with_what_is_paid_out_less_what_is_kept_back() {
        let mut paid = sum(Some(700_000), &[Some(1_000_000), Some(-300_000)]);
        assert_eq!(paid.told_verdict(), None, "nothing is claimed before they are counted");
        paid.reserves = -300_000;
        let told = |total, unread| Some(Told { total, transactions: 3, unread });
        let nobody = Some(Told::default());
        for (told, verdict) in [
            (nobody, Verdict::Unknown),
            (told(1_000_000, 0), Verdict::Agrees),
            (told(999_900, 0), Verdict::Differs(100)),
            (told(1_000_000, 1), Verdict::Unknown),
        ] {
            assert_eq!(Sum { told, ..paid.clone() }.told_verdict(), Some(verdict));
        }
    }

    #[test]
    fn money_reads_as_people_write_it() {
        let amounts = [0, 950_000, -12_345_600, 1, -5_100, 12_345].map(money);
        assert_eq!(amounts, ["0.00", "95.00", "-1234.56", "0.0001", "-0.51", "1.2345"]);
    }
}
