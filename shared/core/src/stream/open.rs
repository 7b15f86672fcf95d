//! The streams of a connection: made when a grant comes in, and when a build brings a domain that the
//! connection does not have yet.

use super::{ACCOUNT, MEETING, Stream, meeting_before};
use crate::connection::Connection;
use crate::domains::{DOMAINS, Domain, ORDERS};
use crate::marketplaces::Realm;
use crate::notify;
use crate::ports::{Clock, Table};
use crate::secret::Digest;
use crate::store::{Held, StoreError, Write, load};
use jiff::{SignedDuration, Timestamp};

/// The domains of a connection.
pub(crate) fn domains_of(of: &Connection) -> impl Iterator<Item = &'static Domain> + use<'_> {
    DOMAINS.into_iter().filter(|domain| fetches(of, domain))
}

/// Whether a domain is fetched for a connection. Amazon's sandbox answers fixed samples: there is nothing to fetch
/// regularly. Buyers' data is fetched only where an operator opened it.
pub(crate) fn fetches(of: &Connection, domain: &Domain) -> bool {
    let wanted = of.fetches.is_empty() || of.fetches.iter().any(|name| name == domain.name);
    let open = !domain.personal || of.restricted_open;
    domain.kind == of.kind && of.realm == Realm::Production && wanted && open
}

/// Names the domains of a connection in a word: another build's differ if it knows others.
pub(crate) fn known_domains(of: &Connection) -> String {
    let names: String = domains_of(of).map(|domain| format!("{} ", domain.name)).collect();
    // A build that knows no notifications knew other connections.
    let names = names + "notifications";
    Digest::of(&names).as_str().chars().take(8).collect()
}

/// One stream for each domain, for a new grant. A reconnect keeps the cursors and goes on where they stopped.
pub(crate) async fn for_grant(
    cloud: &(impl Table + Clock),
    of: &Connection,
) -> Result<Vec<Write>, StoreError> {
    let now = cloud.now();
    let mut writes = Vec::new();
    for domain in domains_of(of) {
        writes.push(match find(cloud, of, domain).await? {
            None => fresh(of, domain, first_due(domain, now)),
            Some(mut held) => {
                held.value.generation = of.generation;
                held.value.due_at = Some(first_due(domain, now));
                held.value.trouble = None;
                // Whoever worked with the old grant is out.
                held.value.lease = held.value.lease.revoked();
                Write::replace(&held)
            }
        }?);
    }
    writes.extend(notify::for_grant(cloud, of, now).await?);
    Ok(writes)
}

/// A stream that begins.
fn fresh(of: &Connection, domain: &Domain, due: Timestamp) -> Result<Write, StoreError> {
    Write::insert(&Stream::new(&of.tenant, &of.id, domain, of.generation, due))
}

/// When a new grant's stream is first due: a run of the dispatcher sends a few of a connection, and people look for
/// orders first.
fn first_due(domain: &Domain, now: Timestamp) -> Timestamp {
    if domain.name == ORDERS.name { now } else { now + AFTER_ORDERS }
}

/// See [`first_due`].
const AFTER_ORDERS: SignedDuration = SignedDuration::from_secs(1);

/// A stream for each domain that has none yet, whose notifications are then looked at as well.
pub(crate) async fn missing(cloud: &(impl Table + Clock), of: &Connection) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::new();
    for domain in domains_of(of) {
        if find(cloud, of, domain).await?.is_none() {
            writes.push(fresh(of, domain, cloud.now())?);
        }
    }
    writes.extend(notify::for_grant(cloud, of, cloud.now()).await?);
    Ok(writes)
}

/// What a choice of domains means for the streams: those of chosen domains begin, or go on where they rest; the others
/// rest. One at work is left to its worker, whose next task finds what was chosen.
pub(crate) async fn set_going(
    cloud: &(impl Table + Clock),
    of: &Connection,
) -> Result<Vec<Write>, StoreError> {
    let mut writes = missing(cloud, of).await?;
    for domain in DOMAINS {
        let Some(mut held) = find(cloud, of, domain).await? else { continue };
        let (wanted, going) = (fetches(of, domain), held.value.due_at.is_some());
        if wanted == going || held.value.lease.holder.is_some() {
            continue;
        }
        held.value.due_at = wanted.then(|| cloud.now());
        held.value.generation = of.generation;
        writes.push(Write::replace(&held)?);
    }
    Ok(writes)
}

/// What opening or closing buyers' data means for the streams that hold it: opened, they begin or go on; closed, they rest
/// at once, and whoever works on one fails at its next write: the page under way is the last.
pub(crate) async fn turn_personal(
    cloud: &(impl Table + Clock),
    of: &Connection,
) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::new();
    for domain in DOMAINS.into_iter().filter(|domain| domain.personal) {
        let wanted = fetches(of, domain);
        let Some(mut held) = find(cloud, of, domain).await? else {
            if wanted {
                writes.push(fresh(of, domain, cloud.now())?);
            }
            continue;
        };
        held.value.due_at = wanted.then(|| cloud.now());
        held.value.generation = of.generation;
        held.value.lease = held.value.lease.revoked();
        writes.push(Write::replace(&held)?);
    }
    Ok(writes)
}

/// When a connection's streams will need a token, and how often after that: those that may be fast at their own
/// moments, the others where they meet. Nothing where a fast one is at work, in trouble or late, or where there is none
/// at all.
pub(crate) async fn at_rest(
    cloud: &(impl Table + Clock),
    of: &Connection,
) -> Result<Vec<(Timestamp, SignedDuration)>, StoreError> {
    let now = cloud.now();
    let mut rest = Vec::new();
    for domain in domains_of(of) {
        if domain.cadence >= MEETING {
            rest.push((meeting_before(now, &of.id) + MEETING, MEETING));
            continue;
        }
        let stream = find(cloud, of, domain).await?.map(|held| held.value);
        let Some(stream) = stream.filter(Stream::rests) else { return Ok(Vec::new()) };
        let Some(due) = stream.due_at.filter(|due| *due > now) else { return Ok(Vec::new()) };
        rest.push((due, stream.cadence(domain)));
    }
    Ok(rest)
}

async fn find(
    table: &impl Table,
    of: &Connection,
    domain: &Domain,
) -> Result<Option<Held<Stream>>, StoreError> {
    load(table, &Stream::key_of(&of.tenant, &of.id, domain.name, ACCOUNT)).await
}
