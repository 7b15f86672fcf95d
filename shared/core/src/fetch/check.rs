//! Holding the sums of a whole pass against those of a report.

use super::document::{Read, broken, follow, open};
use super::hold::Hold;
use crate::document::Line;
use crate::domains::{Domain, Found, Located, Report, Source, Totals, field};
use crate::ports::{Bus, Clock, Documents, Event, Lake, Table};
use crate::store::{Write, WriteError, load};
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
    if let Some(totals) = &hold.domain.totals {
        return statements(cloud, hold, totals, walk).await;
    }
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

/// Writes beside each statement of a window what its transactions come to, and tells where the two differ.
async fn statements<C: Bus + Clock + Table>(
    cloud: &C,
    hold: &mut Hold,
    totals: &Totals,
    walk: &Walk,
) -> Result<(), Failure> {
    let stream = &mut hold.stream.value;
    let Some(of) = stream.statements_of(totals, walk) else {
        stream.check.leave();
        return Ok(());
    };
    let mut differs = None;
    // They may be gone with the data they tell of.
    if let Some(mut held) = load::<Landed>(cloud, &Landed::key_at(stream, &of.place)).await? {
        differs = held.value.told(&walk.sums);
        match cloud.write(&[Write::replace(&held)?]).await {
            Ok(()) | Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    if let Some(says) = &differs {
        let detail = serde_json::json!({
            "id": of.place,
            "tenant": stream.tenant,
            "connection": stream.connection,
            "domain": stream.domain,
            "says": says,
        });
        cloud.publish(Event { name: "records.differ", detail }).await?;
    }
    stream.leave_statements(&of, differs.is_some());
    // Another one that differs is still told.
    let others = stream.check.statements.iter().any(|one| one.tries > 0);
    if differs.is_some() || !others {
        stream.check.says = differs;
    }
    Ok(())
}
