//! The connections, from what is stored: grants that need the seller, regions without a store, domains that
//! stand still. Amazon is not asked; the fetchers do that all the time and write down what they met.

use super::{Finding, known};
use crate::call::Denial;
use crate::connection::{Connection, REMINDERS, Status, YEAR_DAYS};
use crate::domains::DOMAINS;
use crate::ids::TenantId;
use crate::notify::{Refused, Subscriptions};
use crate::ports::{Clock, Table};
use crate::store::{Span, StoreError, TableName, decode, load};
use crate::stores::Stores;
use crate::stream::{ACCOUNT, Stream};
use jiff::{SignedDuration, Timestamp};

/// Connections that are looked at: two or three reads each, within a function's time.
const CONNECTIONS_MAX: usize = 200;

/// Work that has been due so long is done by nobody. Twice the longest delay of a message.
const STALLED_AFTER: SignedDuration = SignedDuration::from_mins(30);

const CHECK: &str = "connection";

/// The connections of a tenant: one finding for each that is well, and one for each fault.
pub(super) async fn examine(cloud: &(impl Table + Clock), tenant: &TenantId) -> Vec<Finding> {
    let listed =
        cloud.list(TableName::Connections, &format!("T#{tenant}"), Span::first(CONNECTIONS_MAX)).await;
    let rows = match listed {
        Ok(rows) => rows,
        Err(error) => return vec![Finding::broke(CHECK, "connections", &error, &known::TABLES)],
    };
    let mut found = Vec::new();
    if rows.len() == CONNECTIONS_MAX {
        found.push(Finding::ok(CHECK, "connections", format!("The first {CONNECTIONS_MAX} are looked at.")));
    }
    for row in rows.into_iter().filter(|row| row.key.sort.starts_with("C#")) {
        let about = row.key.sort.trim_start_matches("C#").to_owned();
        let connection = match decode::<Connection>(row) {
            Ok(held) => held.value,
            Err(error) => {
                found.push(Finding::broke(CHECK, about, &error, &known::ROW));
                continue;
            }
        };
        match one(cloud, &connection).await {
            Ok(more) => found.extend(more),
            Err(error @ StoreError::Corrupt { .. }) => {
                found.push(Finding::broke(CHECK, about, &error, &known::ROW));
            }
            Err(error) => {
                // The others would wait as long.
                found.push(Finding::broke(CHECK, about, &error, &known::TABLES));
                break;
            }
        }
    }
    found
}

async fn one(cloud: &(impl Table + Clock), connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let now = cloud.now();
    let mut found: Vec<_> = grant(connection, now).into_iter().collect();
    if connection.status != Status::Active || connection.generation == 0 {
        return Ok(found);
    }
    let stores: Option<Stores> =
        load(cloud, &Stores::key_of(&connection.tenant, &connection.id)).await?.map(|held| held.value);
    found.extend(region(connection, stores.as_ref()));
    for domain in DOMAINS.into_iter().filter(|domain| domain.kind == connection.kind) {
        let key = Stream::key_of(&connection.tenant, &connection.id, domain.name, ACCOUNT);
        if let Some(held) = load::<Stream>(cloud, &key).await? {
            found.extend(stream(connection, &held.value, now));
        }
    }
    let told =
        load::<Subscriptions>(cloud, &Subscriptions::key_of(&connection.tenant, &connection.id)).await?;
    found.extend(told.iter().flat_map(|held| &held.value.refused).filter_map(|one| untold(connection, one)));
    if found.is_empty() {
        let stores = stores.map_or(0, |stores| stores.in_use().len());
        found.push(Finding::ok(
            CHECK,
            about(connection),
            format!("Active, {stores} stores in use, no trouble."),
        ));
    }
    Ok(found)
}

/// Enough to recognise it.
fn about(connection: &Connection) -> String {
    format!("{} (seller ...{}, {})", connection.id, connection.seller.last4(), connection.region)
}

/// What only the seller can mend.
fn grant(connection: &Connection, now: Timestamp) -> Option<Finding> {
    let explained = connection.explain(now);
    let finding = Finding::ok("connection.grant", about(connection), explained.cause);
    match connection.status {
        Status::Disconnected => None,
        Status::Suspect => Some(finding.warns(&known::INVALID_GRANT)),
        _ if explained.reconnect => Some(finding.fails(&known::INVALID_GRANT)),
        _ => {
            let days = connection.authorized_days(now).filter(|days| *days >= REMINDERS[0])?;
            let says = format!("Its year ends in {} days.", (YEAR_DAYS - days).max(0));
            Some(Finding { says, ..finding }.warns(&known::YEAR))
        }
    }
}

/// An empty list of stores is how Amazon answers a grant of another region (L64).
fn region(connection: &Connection, stores: Option<&Stores>) -> Option<Finding> {
    let finding = |says: &str| Finding::ok("connection.stores", about(connection), says);
    let Some(stores) = stores else {
        return Some(finding("Amazon has not told its stores yet.").warns(&known::STALLED));
    };
    match stores.stores.iter().any(|store| store.in_region) {
        false => Some(finding("Amazon names no store of this region for it.").fails(&known::WRONG_REGION)),
        true if stores.in_use().is_empty() => Some(
            finding("It sells in none of its region's stores, or none is ticked.")
                .warns(&known::WRONG_REGION),
        ),
        true => None,
    }
}

/// Something that Amazon does not tell by itself for want of a role. Everything is fetched all the same.
fn untold(connection: &Connection, refused: &Refused) -> Option<Finding> {
    refused.role.as_ref()?;
    let says = format!("{}: {}", refused.kind, refused.says);
    Some(Finding::ok("connection.notifications", about(connection), says).warns(&known::ROLE_MISSING))
}

fn stream(connection: &Connection, stream: &Stream, now: Timestamp) -> Option<Finding> {
    let finding = |says: String| {
        Finding::ok("connection.domain", about(connection), format!("{}: {says}", stream.domain))
    };
    if let Some(trouble) = &stream.trouble {
        let finding = finding(trouble.says.clone());
        return Some(match trouble.denied {
            Some(Denial::Role) => finding.fails(&known::ROLE_MISSING),
            Some(Denial::Restricted) => finding.fails(&known::RESTRICTED),
            Some(Denial::Region) => finding.fails(&known::WRONG_REGION),
            Some(Denial::Unknown) => finding.fails(&known::UNKNOWN_PATH),
            None => finding.warns(&known::STREAM),
        });
    }
    let overdue = stream.due_at.filter(|due| now > *due + STALLED_AFTER)?;
    Some(finding(format!("due since {overdue}, and nobody has come.")).warns(&known::STALLED))
}
