//! Choosing the domains of a connection. What is ticked is fetched; what is not rests where it is, and goes on from there
//! once it is ticked again.

use crate::audit;
use crate::connection::{Connection, Status};
use crate::domains::{DOMAINS, Domain, by_name};
use crate::ids::ConnectionId;
use crate::marketplaces::Realm;
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Table};
use crate::session::{Identity, Role};
use crate::store::{Held, Write, WriteError, load};
use crate::stream::open::{fetches, known_domains, set_going};

/// The domains that can be fetched for a connection, whether they are or not: those of its kind, and of buyers' data
/// only where an operator opened it. Of Amazon's sandbox none.
pub fn choices(of: &Connection) -> impl Iterator<Item = &'static Domain> + use<> {
    let (kind, open, real) = (of.kind, of.restricted_open, of.realm == Realm::Production);
    DOMAINS.into_iter().filter(move |domain| real && domain.kind == kind && (open || !domain.personal))
}

/// The domains that are fetched for a connection.
pub fn chosen(of: &Connection) -> impl Iterator<Item = &'static Domain> + use<'_> {
    choices(of).filter(|domain| fetches(of, domain))
}

/// Ticks these domains and no others. One write has all of it: the connection, the streams that begin, go on or rest,
/// and the entry in the audit trail.
///
/// With all of them ticked, a domain that a later version brings is fetched too.
pub async fn choose(
    cloud: &(impl Table + Clock + Entropy),
    by: &Identity,
    id: &ConnectionId,
    names: &[String],
) -> Result<Connection, Refusal> {
    if by.role != Role::Operator {
        return Err(Refusal::Role);
    }
    let found: Option<Held<Connection>> = load(cloud, &Connection::key_of(&by.tenant, id)).await?;
    let mut held = found.ok_or(Refusal::NotFound)?;
    let wanted = checked(&held.value, names)?;
    if held.value.fetches == wanted {
        return Ok(held.value);
    }
    held.value.fetches = wanted;
    held.value.domains = known_domains(&held.value);
    let mut writes = Vec::new();
    // Where there is no grant, the next one sets its streams going.
    if matches!(held.value.status, Status::Active | Status::Suspect) {
        writes = set_going(cloud, &held.value).await?;
    }
    writes.push(Write::replace(&held)?);
    let what = "connection.domains_chosen";
    writes.push(Write::insert(&audit::entry(cloud, &by.tenant, Some(&by.user), what, id.as_str())?)?);
    match cloud.write(&writes).await {
        Ok(()) => Ok(held.value),
        Err(WriteError::Conflict) => Err(Refusal::Conflict),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// The names as a connection keeps them: in the order of the domains, and none where all are ticked.
fn checked(of: &Connection, names: &[String]) -> Result<Vec<String>, Refusal> {
    let bad = |why| Err(Refusal::FormField("domains", why));
    if of.realm != Realm::Production {
        return bad("Amazon's sandbox has nothing to fetch regularly");
    }
    for (place, name) in names.iter().enumerate() {
        if names.get(..place).is_some_and(|before| before.contains(name)) {
            return bad("listed twice");
        }
        match by_name(name) {
            None => return bad("names of domains, as \"What is read\" lists them"),
            Some(domain) if domain.kind != of.kind => return bad("belongs to the other kind of account"),
            Some(domain) if domain.personal && !of.restricted_open => {
                return bad("holds buyers' data; open that for the connection first");
            }
            Some(_) => {}
        }
    }
    if names.is_empty() {
        return bad("tick one at least, or disconnect");
    }
    let ticked = |domain: &&Domain| names.iter().any(|name| name == domain.name);
    match choices(of).all(|domain| ticked(&domain)) {
        true => Ok(Vec::new()),
        false => Ok(choices(of).filter(ticked).map(|domain| domain.name.to_owned()).collect()),
    }
}
