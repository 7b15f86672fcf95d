//! The next call of a pass.

use crate::call::Call;
use crate::catalogue::Operation;
use crate::catalogue::request::BadParameter;
use crate::domains::{Ask, LISTED_SINCE, Made, Report, Source};
use crate::stream::{CLOCKS, Stage, Walk};
use jiff::{SignedDuration, Timestamp};

/// The longest that Amazon wants between two reports of a type: daily FBA reports, "once every four hours"
/// (developer-docs.amazon.com/sp-api, report-type-values-fba).
pub(super) const COOLDOWN_MAX: SignedDuration = SignedDuration::from_hours(4);

/// A report that was made so long before one that Amazon withdrew may be why it did. Amazon tells whole seconds of a
/// clock of its own: one that was asked for just below the limit is taken for asked too soon, never for empty.
pub(super) const NEAR: SignedDuration = SignedDuration::from_secs(COOLDOWN_MAX.as_secs() + CLOCKS.as_secs());

/// What to call next.
pub(super) fn step(
    source: &Source,
    ask: Ask<'_>,
    walk: &Walk,
    now: Timestamp,
) -> Result<(&'static Operation, Call), BadParameter> {
    let token = walk.token.as_deref();
    match (source, &walk.stage) {
        (Source::Pages(pages), _) => Ok((pages.operation, pages.call(ask, token)?)),
        (Source::Lookup(lookup), Some(Stage::Names(names))) => {
            Ok((lookup.operation, lookup.call(ask, names)?))
        }
        (Source::Lookup(lookup), _) => Ok((lookup.list.operation, lookup.list.call(ask, token)?)),
        (Source::Report(report), stage) => document(report, ask, token, stage.as_ref(), now),
        (Source::Single(single), _) => {
            Ok((single.operation, single.call(walk.name.as_deref().unwrap_or_default())?))
        }
    }
}

fn document(
    report: &Report,
    ask: Ask<'_>,
    token: Option<&str>,
    stage: Option<&Stage>,
    now: Timestamp,
) -> Result<(&'static Operation, Call), BadParameter> {
    match stage {
        Some(Stage::Asked(since)) => report.list(ask, *since - CLOCKS, None, None),
        Some(Stage::Cancelled(since)) => report.list(ask, *since - NEAR, None, None),
        Some(Stage::Waiting { report: id, .. }) => report.look(id),
        Some(Stage::Documents { left, .. }) => report.locate(left.first().map_or("", String::as_str)),
        Some(Stage::Explained(id)) => report.locate(id),
        None | Some(Stage::Names(_)) => match report.made {
            Made::ByAmazon => {
                // A history that was held up reaches further back by now than Amazon lists, and it would refuse.
                let since = ask.window.after.max(now - LISTED_SINCE);
                report.list(ask, since, Some(ask.window.before), token)
            }
            Made::Asked | Made::Query(_) => report.ask(ask, token),
        },
    }
}

/// Whether the call asks Amazon to make something, which must not happen twice.
pub(super) fn orders_something(source: &Source, walk: &Walk) -> bool {
    let asks = matches!(source, Source::Report(Report { made: Made::Asked | Made::Query(_), .. }));
    asks && walk.stage.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::SETTLEMENTS;
    use crate::stream::{Way, Window};

    /// It was refused for good otherwise, and the stream never came on.
    #[test]
    fn a_history_that_was_held_up_asks_no_further_back_than_amazon_lists() {
        let begun: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let now = begun + SignedDuration::from_hours(30);
        let window =
            Window { after: begun - LISTED_SINCE, before: begun - SignedDuration::from_hours(24 * 60) };
        let stores = ["ATVPDKIKX0DER".to_owned()];
        let ask = Ask { window, way: Way::History, stores: &stores, seller: "A1" };
        let walk = Walk::new(window, stores.to_vec(), Way::History, begun);
        let since = |now| {
            let (_, call) = step(&SETTLEMENTS.source, ask, &walk, now).unwrap();
            let found = call.query.iter().find(|(name, _)| *name == "createdSince").unwrap();
            found.1.parse::<Timestamp>().unwrap()
        };
        assert_eq!(since(begun), window.after);
        assert_eq!(since(now), now - LISTED_SINCE);
    }
}
