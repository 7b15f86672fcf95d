//! The real code survives being stopped anywhere (H2; F05, F12, F29 to F32, F44, F45): at every fault point the
//! function dies, its message or the browser comes again, time passes, and the invariants hold. A failing
//! schedule names its flow and its points, and the same plan shows it again.

mod connecting;
mod control;
mod importing;
mod leaving;
mod notifying;
mod renewing;
mod rotating;

use jiff::SignedDuration;
use sellerport_core::announce::EVENTS;
use sellerport_core::connection::{Claim, Connection, Status};
use sellerport_core::domains::DOMAINS;
use sellerport_core::ports::Clock as _;
use sellerport_core::secret::Digest;
use sellerport_core::store::TableName;
use sellerport_core::stream::{ACCOUNT, Stream};
use sellerport_tests::hut::{FIRST_SECRET, Hut};
use sellerport_tests::stops::{Explored, How, Plan, Ran, explore};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const SELLER: &str = "A2SELLER01";

/// What no secret of these runs is without.
const SECRETS: [&str; 4] = ["Atzr|", "Atza|", FIRST_SECRET, rotating::SECOND_SECRET];

/// Every point, and with a depth of two every pair, is survived.
async fn survived(flow: &str, depth: usize, run: impl AsyncFn(Plan) -> Ran) {
    sound(&explore(flow, How::Killed, depth, run).await);
}

/// Every failure of an effect, once at each site, is survived.
async fn outlived(flow: &str, run: impl AsyncFn(Plan) -> Ran) {
    sound(&explore(flow, How::Failed, 1, &run).await);
    sound(&explore(flow, How::Outrun, 1, &run).await);
}

fn sound(explored: &Explored) {
    let first: Vec<_> = explored.failures.iter().take(10).map(String::as_str).collect();
    assert!(first.is_empty(), "{} of {}:\n{}", explored.failures.len(), explored.schedules, first.join("\n"));
    assert!(explored.points > 0, "nothing was tried");
}

fn that(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// What holds after every schedule, once everything has settled.
fn invariants(hut: &Hut) -> Result<(), String> {
    that(hut.cloud.dead.borrow().is_empty(), || "a message was given up".to_owned())?;
    no_secret(hut)?;
    no_event_lost(hut)?;
    let connections = hut.connections();
    let mut claims = 0;
    for row in hut.cloud.connections().into_iter().filter(|row| row.key.sort == "CLAIM") {
        let claim: Claim = sellerport_core::store::decode(row).unwrap().value;
        claims += 1;
        let held = connections.iter().any(|one| lives(one) && claim.held_by(&one.tenant, &one.id));
        that(held, || format!("the claim on {} belongs to no living connection", claim.seller))?;
    }
    let living = connections.iter().filter(|one| lives(one)).count();
    that(claims == living, || format!("{claims} claims, {living} living connections"))?;
    connections.iter().try_for_each(|connection| whole(hut, connection))
}

fn lives(connection: &Connection) -> bool {
    connection.generation > 0 && connection.status != Status::Disconnected
}

/// The rows of a connection agree with each other (I3), and one that ended has none that anybody works for.
fn whole(hut: &Hut, connection: &Connection) -> Result<(), String> {
    let (access, now) = (hut.access(connection), hut.cloud.now());
    let streams: Vec<Stream> = DOMAINS
        .into_iter()
        .filter_map(|one| hut.row(&Stream::key_of(&connection.tenant, &connection.id, one.name, ACCOUNT)))
        .collect();
    if lives(connection) {
        let generation = connection.generation;
        let access = access.ok_or("no token row")?;
        that(access.generation == generation, || format!("a token of generation {}", access.generation))?;
        that(!streams.is_empty() && streams.iter().all(|stream| stream.generation == generation), || {
            "a stream of another generation".to_owned()
        })?;
        return that(connection.sealed_refresh.is_some(), || "no refresh token".to_owned());
    }
    let none = access.is_none_or(|access| access.sealed.is_none() && access.refresh_at.is_none());
    that(none, || "a token without a living connection".to_owned())?;
    that(streams.iter().all(|stream| stream.due_at.is_none()), || "a stream is still due".to_owned())?;
    that(connection.sealed_refresh.is_none(), || "a refresh token is left".to_owned())?;
    let quiet = connection.status == Status::Disconnected || connection.exchange_overdue(now);
    that(quiet || connection.interrupted, || format!("{:?}, and nobody is told", connection.status))
}

/// I10: no secret in any row, message, event or parked body.
fn no_secret(hut: &Hut) -> Result<(), String> {
    let Hut { cloud, .. } = hut;
    let everything = format!(
        "{:?} {:?} {:?} {:?}",
        cloud.rows.borrow(),
        cloud.messages.borrow(),
        cloud.dead.borrow(),
        cloud.events.borrow()
    );
    match SECRETS.into_iter().find(|secret| everything.contains(secret)) {
        Some(secret) => Err(format!("{secret} lies open")),
        None => Ok(()),
    }
}

/// Each change of state wrote its audit row in the same write: there is an event for each, and none waits.
fn no_event_lost(hut: &Hut) -> Result<(), String> {
    let audit = hut.cloud.table(TableName::Audit);
    let published = hut.cloud.event_names();
    for name in EVENTS {
        let changes = audit.iter().filter(|row| row.document["what"] == name).count();
        let told = published.iter().filter(|event| **event == name).count();
        that(told >= changes, || format!("{changes} times {name}, told {told} times"))?;
    }
    let waiting = hut.cloud.table(TableName::Agenda).iter().any(|row| row.key.sort == "EVENT");
    that(!waiting, || "an event was never published".to_owned())
}

/// I1: of the grants that Amazon gave, the newest is stored, or the page asks for a new one.
fn no_grant_lost(hut: &Hut) -> Result<(), String> {
    let (connections, now) = (hut.connections(), hut.cloud.now());
    let Some(newest) = hut.amazon.given.borrow().last().map(|token| Digest::of(token)) else { return Ok(()) };
    let stored = connections.iter().any(|one| one.token_digest.as_ref() == Some(&newest));
    let told = connections.iter().map(|one| one.explain(now));
    let told = told.into_iter().any(|said| said.code == "exchange_interrupted" && said.reconnect);
    that(stored || told, || "a grant is lost, and nobody is told".to_owned())
}

/// The stored grant of a living connection works at Amazon.
async fn grants_work(hut: &Hut) -> Result<(), String> {
    for connection in hut.connections().iter().filter(|one| lives(one)) {
        let token = hut.grant(connection).await.ok_or("no refresh token")?;
        that(hut.amazon.alive.borrow().contains(&token), || "the stored grant is dead".to_owned())?;
    }
    Ok(())
}

/// Half an hour and more pass: the living are active and their tokens were renewed with the stored grant.
async fn goes_on(hut: &Hut) -> Result<(), String> {
    hut.watched.set(false);
    let before: Vec<_> = hut.connections();
    hut.pass(MINUTE * 40).await;
    for connection in before.iter().filter(|one| lives(one)) {
        let now = hut.connections().into_iter().find(|one| one.id == connection.id).unwrap();
        that(now.status == Status::Active, || format!("{:?} in the end", now.status))?;
        let access = hut.access(&now).ok_or("no token row")?;
        let usable = access.usable(now.generation, hut.cloud.now()) && access.refreshes > 0;
        that(usable, || format!("the token was not renewed: {access:?}"))?;
    }
    grants_work(hut).await?;
    invariants(hut)
}
