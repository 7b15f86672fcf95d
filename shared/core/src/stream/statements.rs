//! Statements that landed, held against the transactions that name them: kept in mind until all of these are told, counted
//! by a pass that lands nothing, and written beside the statement's own total.

use super::{Checking, Landed, SUMS_MAX, Stream, Sum, Told, Verdict, Walk, Way, Window, money};
use crate::domains::{DAY, Found, Totals};
use crate::tables::plain_amount;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Windows with statements that are kept in mind. What lands at once after an outage is fewer.
const KEPT: usize = 20;

/// A statement that differs is held against its transactions so often, for some are told late.
const TRIES: u32 = 3;

/// Between two of these.
const APART: SignedDuration = DAY.saturating_mul(3);

/// Pages of transactions, at most: 100,000 transactions of two months. Who has more asks the view `settlement_check`.
pub const STATEMENT_PAGES_MAX: u32 = 1_000;

/// A window whose statements are still to be held against their transactions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    /// The window.
    #[serde(flatten)]
    pub window: Window,
    /// The place of its row.
    pub place: String,
    /// When it had landed.
    pub at: Timestamp,
    /// How often it was tried.
    #[serde(default)]
    pub tries: u32,
}

/// What a transaction says of itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    transaction_type: Option<String>,
    transaction_status: Option<String>,
    #[serde(default)]
    related_identifiers: Vec<Related>,
    total_amount: Option<Amount>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Related {
    related_identifier_name: Option<String>,
    related_identifier_value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    currency_amount: Option<serde_json::Number>,
}

/// Takes transactions in: a sum for each statement that is named. Payouts are no part of what they pay, and what is
/// deferred counts when it is released.
pub(crate) fn named(mut sums: Vec<Sum>, found: &[Found]) -> Vec<Sum> {
    for one in found {
        let Ok(read) = serde_json::from_str::<Transaction>(one.payload.get()) else { continue };
        let counts = read.transaction_type.as_deref() != Some("Transfer")
            && read.transaction_status.as_deref() != Some("DEFERRED");
        let named = |one: Related| {
            one.related_identifier_value
                .filter(|_| one.related_identifier_name.as_deref() == Some("SETTLEMENT_ID"))
        };
        let Some(of) = read.related_identifiers.into_iter().find_map(named).filter(|_| counts) else {
            continue;
        };
        let amount = read.total_amount.and_then(|total| total.currency_amount);
        let amount = amount.and_then(|amount| plain_amount(&amount.to_string()));
        if sums.len() < SUMS_MAX && sums.iter().all(|sum| sum.of != of) {
            sums.push(Sum { of: of.clone(), ..Sum::default() });
        }
        if let Some(sum) = sums.iter_mut().find(|sum| sum.of == of) {
            sum.add(amount);
        }
    }
    sums
}

impl Stream {
    /// Keeps a window in mind that landed with statements; its row may speak for quiet ones before it as well.
    pub(crate) fn hold_later(&mut self, landed: &Landed, window: Window) {
        if landed.sums.is_empty() {
            return;
        }
        let statements = Statements { window, place: landed.place(), at: landed.at, tries: 0 };
        self.check.statements.retain(|known| known.place != statements.place);
        self.check.statements.push(statements);
        let surplus = self.check.statements.len().saturating_sub(KEPT);
        self.check.statements.drain(..surplus);
    }

    /// The pass through the transactions, where one is to be made.
    pub(super) fn next_statements(&self, totals: &Totals, now: Timestamp) -> Option<Walk> {
        if let Some(walk) = &self.check.walk {
            return Some(walk.clone());
        }
        let pause = |tries| APART.saturating_mul(i32::try_from(tries).unwrap_or(i32::MAX));
        let due =
            |one: &&Statements| now >= (one.window.before + totals.told_after).max(one.at + pause(one.tries));
        let Window { after, before } = self.check.statements.iter().find(due)?.window;
        let window = Window { after: after - totals.reach, before };
        Some(Walk::new(window, self.covered.clone(), Way::Check, now))
    }

    /// Which window a pass through the transactions is about.
    pub(crate) fn statements_of(&self, totals: &Totals, walk: &Walk) -> Option<Statements> {
        let (after, before) = (walk.window.after + totals.reach, walk.window.before);
        self.check.statements.iter().find(|one| one.window == Window { after, before }).cloned()
    }

    /// Leaves a window: it was held against its transactions, or is tried again later, a few times.
    pub(crate) fn leave_statements(&mut self, of: &Statements, again: bool) {
        self.check.walk = None;
        match again {
            true => self.check.put_off(of.window.before),
            false => self.check.statements.retain(|one| one.place != of.place),
        }
    }
}

impl Checking {
    /// The statements of the window that ends there are tried again later, a few times.
    pub(super) fn put_off(&mut self, before: Timestamp) {
        let of = |one: &Statements| one.window.before == before;
        self.statements.iter_mut().filter(|one| of(one)).for_each(|one| one.tries += 1);
        self.statements.retain(|one| !of(one) || one.tries < TRIES);
    }
}

impl Landed {
    /// Writes beside each statement what the transactions come to that name it; the first that differs, in words.
    pub(crate) fn told(&mut self, sums: &[Sum]) -> Option<String> {
        for sum in &mut self.sums {
            let told = sums.iter().find(|told| told.of == sum.of);
            let told =
                told.map(|told| Told { total: told.rows, transactions: told.lines, unread: told.unread });
            sum.told = Some(told.unwrap_or_default());
        }
        let differs = |sum: &&Sum| matches!(sum.told_verdict(), Some(Verdict::Differs(_)));
        let sum = self.sums.iter().find(differs)?;
        let (told, total) = (sum.told.unwrap_or_default(), sum.total.unwrap_or_default());
        Some(format!(
            "Settlement {} comes to {} {}, the {} transactions that name it to {}. Nothing needs to be done: they are held \
             against each other again in some days. If this stays, ask Amazon's support with the numbers.",
            sum.of,
            money(total.saturating_sub(sum.reserves)),
            sum.currency,
            told.transactions,
            money(told.total),
        ))
    }
}
