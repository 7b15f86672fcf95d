//! Holding the sums of a whole pass against those of a report.

use super::document::{Read, broken, follow, open};
use super::hold::Hold;
use crate::document::Line;
use crate::domains::{Domain, Found, Located, Report, Source, field};
use crate::ports::{Bus, Clock, Documents, Event, Lake, Table};
use crate::stream::{Landed, Stage, Tally, Walk, Way};
use crate::task::Failure;
use std::collections::BTreeMap;

/// Counts a document's rows. They land nowhere and none is kept: a document of any size is two sums. One that cannot be
/// read to its end is counted from its beginning the next time.
pub(super) async fn count<C, A>(
    cloud: &C,
    amazon: &A,
    hold: &mut Hold,
    mut walk: Walk,
    source: &'static Source,
    located: Located,
) -> Result<Read, Failure>
where
    C: Lake + Bus + Clock + Table,
    A: Documents,
{
    let (Source::Report(report), Some(check), Some(Stage::Documents { left, next, .. })) =
        (source, &hold.domain.check, walk.stage.take())
    else {
        return Ok(Read::Broken("The document belongs to nothing.".to_owned(), true));
    };
    let store = walk.ask(hold.domain, hold.connection.seller.as_str()).stores.first().cloned();
    let mut tally = walk.tally;
    let summary = match sum(amazon, report, &located, store.as_deref(), check.counted, &mut tally).await {
        Ok(summary) => summary,
        Err(error) => return Ok(broken(&error)),
    };
    walk = Walk { tally, page: walk.page + 1, odd: walk.odd.with(summary, BTreeMap::new()), ..walk };
    follow(cloud, hold, report, walk, left, next).await
}

async fn sum<A: Documents>(
    amazon: &A,
    report: &Report,
    located: &Located,
    store: Option<&str>,
    counted: &str,
    tally: &mut Tally,
) -> Result<crate::document::Summary, crate::document::DocumentError> {
    let mut opened = open(amazon, report, located, store).await?;
    loop {
        let (lines, summary) = opened.next().await?;
        for line in lines {
            if let Line::Row(row) = line {
                tally.count(field(&row.payload, counted).as_deref());
            }
        }
        if let Some(summary) = summary {
            return Ok(summary);
        }
    }
}

/// A sweep's sums with those of one more page.
pub(super) fn counted(domain: &Domain, walk: &Walk, found: &[Found]) -> Tally {
    let mut tally = walk.tally;
    if let Some(check) = domain.check.as_ref().filter(|_| walk.way == Way::Sweep) {
        found.iter().for_each(|one| tally.count(field(&one.payload, check.units).as_deref()));
    }
    tally
}

/// Ends a check: writes down what was counted, and tells where it differs.
pub(super) async fn conclude<C: Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    walk: &Walk,
) -> Result<(), Failure> {
    let now = cloud.now();
    let stream = &mut hold.stream.value;
    let mut row = Landed::of(stream, walk, now);
    let against = stream.conclude(walk, now);
    row.against = against;
    if let Some((listed, true)) = against {
        let detail = serde_json::json!({
            "id": row.place(),
            "tenant": stream.tenant,
            "connection": stream.connection,
            "domain": stream.domain,
            "listed": { "things": listed.things, "units": listed.units },
            "reported": { "things": walk.tally.things, "units": walk.tally.units },
        });
        cloud.publish(Event { name: "records.differ", detail }).await?;
    }
    Ok(row.note(cloud).await?)
}
