//! The next call of a pass.

use crate::call::Call;
use crate::catalogue::Operation;
use crate::catalogue::request::BadParameter;
use crate::domains::{Ask, Made, Report, Source};
use crate::stream::{Stage, Walk};
use jiff::SignedDuration;

/// Amazon's clock may be this much behind ours when it notes that something was asked for.
const CLOCKS: SignedDuration = SignedDuration::from_mins(2);

/// The longest that Amazon wants between two reports of a type: daily FBA reports, "once every four hours"
/// (developer-docs.amazon.com/sp-api, report-type-values-fba).
pub(super) const COOLDOWN_MAX: SignedDuration = SignedDuration::from_hours(4);

/// What to call next.
pub(super) fn step(
    source: &Source,
    ask: Ask<'_>,
    walk: &Walk,
) -> Result<(&'static Operation, Call), BadParameter> {
    let token = walk.token.as_deref();
    match (source, &walk.stage) {
        (Source::Pages(pages), _) => Ok((pages.operation, pages.call(ask, token)?)),
        (Source::Lookup(lookup), Some(Stage::Names(names))) => {
            Ok((lookup.operation, lookup.call(ask, names)?))
        }
        (Source::Lookup(lookup), _) => Ok((lookup.list.operation, lookup.list.call(ask, token)?)),
        (Source::Report(report), stage) => document(report, ask, token, stage.as_ref()),
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
) -> Result<(&'static Operation, Call), BadParameter> {
    match stage {
        Some(Stage::Asked(since)) => report.list(ask, *since - CLOCKS, None, None),
        Some(Stage::Cancelled(since)) => report.list(ask, *since - COOLDOWN_MAX, None, None),
        Some(Stage::Waiting { report: id, .. }) => report.look(id),
        Some(Stage::Documents { left, .. }) => report.locate(left.first().map_or("", String::as_str)),
        Some(Stage::Explained(id)) => report.locate(id),
        None | Some(Stage::Names(_)) => match report.made {
            Made::ByAmazon => report.list(ask, ask.window.after, Some(ask.window.before), token),
            Made::Asked | Made::Query(_) => report.ask(ask, token),
        },
    }
}

/// Whether the call asks Amazon to make something, which must not happen twice.
pub(super) fn orders_something(source: &Source, walk: &Walk) -> bool {
    let asks = matches!(source, Source::Report(Report { made: Made::Asked | Made::Query(_), .. }));
    asks && walk.stage.is_none()
}
