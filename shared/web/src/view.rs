//! A connection as pages and programs see it.

use crate::how::{How, how};
use crate::told::{NotificationView, told};
use jiff::{SignedDuration, Timestamp};
use sellerport_core::choose;
use sellerport_core::connection::{Claim, Connection, Explanation, Identity, Source};
use sellerport_core::domains::by_name;
use sellerport_core::ids::{ApplicationSlug, ConnectionId, TenantId};
use sellerport_core::marketplaces::{Kind, Realm, Region};
use sellerport_core::notify::Subscriptions;
use sellerport_core::ports::{Clock, Table};
use sellerport_core::quota::{self, Budget, Payer};
use sellerport_core::store::{Key, Row, Span, StoreError, Stored, TableName, decode, load};
use sellerport_core::stores::{Store, Stores};
use sellerport_core::stream::{CallNote, Hour, Stream};
use sellerport_core::token::partition_of;
use serde::Serialize;

/// Connections on one page of the list.
pub const CONNECTIONS_MAX: usize = 100;

/// Rows of one connection: its stores and its streams.
const ROWS_MAX: usize = 100;

/// A connection with its stores and streams.
#[derive(Debug, Serialize)]
pub struct ConnectionView {
    /// Its id.
    pub id: ConnectionId,
    /// Whose it is.
    pub tenant: TenantId,
    /// The region of the grant.
    pub region: Region,
    /// Seller or vendor.
    pub kind: Kind,
    /// The account.
    pub seller: String,
    /// Its state, a stable word.
    pub status: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// Why, in plain words.
    pub cause: &'static str,
    /// What it means for the data.
    pub affected: &'static str,
    /// What to do.
    pub next_step: &'static str,
    /// Counts its grants.
    pub generation: u64,
    /// When the seller last consented.
    pub authorized_at: Option<Timestamp>,
    /// When he has to have consented again; nothing where no year runs.
    pub renew_until: Option<Timestamp>,
    /// Whether Amazon's answers prove whose the grant is.
    pub identity: Identity,
    /// By a consent or by an import.
    pub source: Source,
    /// Real or sandbox.
    pub realm: Realm,
    /// The application it was granted to.
    pub application: ApplicationSlug,
    /// When what has landed will be erased, after Disconnect.
    pub erase_at: Option<Timestamp>,
    /// When it was erased.
    pub erased_at: Option<Timestamp>,
    /// Whether the account has no store in the grant's region.
    pub wrong_region: bool,
    /// When the stores were last read.
    pub marketplaces_read_at: Option<Timestamp>,
    /// Whether operations that may change something at Amazon are open.
    pub writes_open: bool,
    /// Whether operations that answer buyers' data are open.
    pub restricted_open: bool,
    /// Its stores.
    pub marketplaces: Vec<Store>,
    /// Its streams.
    pub streams: Vec<StreamView>,
    /// What Amazon tells of it by itself.
    pub notifications: Vec<NotificationView>,
    /// The domains that can be fetched for it. Only where one connection is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<DomainView>>,
    /// Amazon's token buckets that its calls use. Only where one connection is asked for: a list of many
    /// would cost a read each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Vec<Budget>>,
    /// The state in all its words.
    #[serde(skip)]
    pub explanation: Explanation,
}

/// A domain that can be fetched for a connection.
#[derive(Debug, Serialize)]
pub struct DomainView {
    /// Its name.
    pub name: &'static str,
    /// Whether it is fetched.
    pub fetched: bool,
    /// What is read, for people.
    pub reads: &'static str,
    /// The roles that the application needs for it.
    pub role: String,
}

/// The domains that can be fetched for a connection, and whether they are.
pub fn domains(of: &Connection) -> Vec<DomainView> {
    let chosen: Vec<_> = choose::chosen(of).map(|domain| domain.name).collect();
    choose::choices(of)
        .map(|domain| DomainView {
            name: domain.name,
            fetched: chosen.contains(&domain.name),
            reads: domain.reads,
            role: domain.role(),
        })
        .collect()
}

/// A stream.
#[derive(Debug, Serialize)]
pub struct StreamView {
    /// Its domain.
    pub domain: String,
    /// Its part of the account.
    pub scope: String,
    /// What it is doing, a stable word.
    pub state: &'static str,
    /// What keeps it from moving, in plain words.
    pub trouble: Option<String>,
    /// What Amazon counts otherwise in a report than in what landed, in plain words.
    pub differs: Option<String>,
    /// Records landed, repetitions counted.
    pub records: u64,
    /// Pages landed.
    pub pages: u64,
    /// Calls made.
    pub calls: u64,
    /// Of these, throttled.
    pub throttled: u64,
    /// Everything up to here has landed ...
    pub complete_until: Option<Timestamp>,
    /// ... from here on; nothing where all that Amazon keeps has.
    pub complete_from: Option<Timestamp>,
    /// The part of the history that has landed, percent.
    pub history_percent: u8,
    /// How far what has landed is behind the present, seconds.
    pub lag_s: i64,
    /// How it is fetched at present, and why.
    #[serde(flatten)]
    pub how: How,
    /// How often it is fetched at present, minutes.
    pub cadence_minutes: i64,
    /// Whether that is less often than it could be, because little changes.
    #[serde(skip)]
    pub quiet: bool,
    /// The last 24 hours, the newest last.
    pub hours: Vec<Hour>,
    /// When records last landed.
    pub last_landed: Option<Timestamp>,
    /// When it is next due.
    pub due_at: Option<Timestamp>,
    /// The last calls, the newest first.
    pub recent_calls: Vec<RecentCall>,
    /// The role the application needs for it.
    pub role: String,
}

/// A call to Amazon: nothing of what was asked or answered.
#[derive(Debug, Serialize)]
pub struct RecentCall {
    /// When it was made.
    pub at: Timestamp,
    /// As Amazon spells it.
    pub operation: String,
    /// HTTP status; nothing where no complete answer came.
    pub status: Option<u16>,
    /// Amazon's id of the call: its support asks for it.
    pub request_id: String,
    /// From the first byte sent to the last received, milliseconds.
    pub duration_ms: i64,
    /// Calls that could have been made at once after it.
    pub quota_left: u32,
}

/// A page of a tenant's connections.
#[derive(Debug, Serialize)]
pub struct Listing {
    /// In the order of their ids.
    pub connections: Vec<ConnectionView>,
    /// Ask for what comes after this id; nothing at the end.
    pub next: Option<String>,
}

/// A page of the connections of a tenant, those after this id.
pub async fn connections(
    cloud: &(impl Table + Clock),
    tenant: &TenantId,
    after: Option<&str>,
) -> Result<Listing, StoreError> {
    let after = after.map(|id| format!("C#{id}"));
    let span = Span { after: after.as_deref(), backwards: false, limit: CONNECTIONS_MAX };
    let rows = cloud.list(TableName::Connections, &format!("T#{tenant}"), span).await?;
    let full = rows.len() == CONNECTIONS_MAX;
    let last = rows.last().map(|row| row.key.sort.trim_start_matches("C#").to_owned());
    let mut connections = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(connection) = readable::<Connection>(row) else { continue };
        let view = view(cloud, connection).await?;
        // A consent that ended without a grant left nothing to show.
        if view.generation > 0 || view.explanation.reconnect {
            connections.push(view);
        }
    }
    Ok(Listing { connections, next: last.filter(|_| full) })
}

/// One connection of a tenant; nothing where it is not his, just as where it does not exist.
pub async fn connection(
    cloud: &(impl Table + Clock),
    tenant: &TenantId,
    id: &ConnectionId,
) -> Result<Option<ConnectionView>, StoreError> {
    let found = load::<Connection>(cloud, &Connection::key_of(tenant, id)).await?;
    let Some(connection) = found.map(|held| held.value) else { return Ok(None) };
    let (budget, domains) = (budget(cloud, &connection).await?, domains(&connection));
    let view = view(cloud, connection).await?;
    Ok(Some(ConnectionView { budget: Some(budget), domains: Some(domains), ..view }))
}

/// The buckets are the account's. Whoever held it once, and holds it no more, sees nothing of what is called for
/// it now.
async fn budget(cloud: &(impl Table + Clock), connection: &Connection) -> Result<Vec<Budget>, StoreError> {
    let key = Claim::key_of(connection.region, &connection.seller);
    let holds = |claim: &Claim| claim.held_by(&connection.tenant, &connection.id);
    if !load::<Claim>(cloud, &key).await?.is_some_and(|held| holds(&held.value)) {
        return Ok(Vec::new());
    }
    let payer = Payer {
        application: connection.application.clone(),
        seller: connection.seller.clone(),
        region: connection.region,
    };
    quota::budgets(cloud, &payer, cloud.now()).await
}

/// The row's value. One that cannot be read is told in the log and left out, so that the others are shown.
fn readable<T: Stored>(row: Row) -> Option<T> {
    match decode(row) {
        Ok(held) => Some(held.value),
        Err(error) => {
            tracing::error!(%error, "a row cannot be shown");
            None
        }
    }
}

async fn view(cloud: &(impl Table + Clock), connection: Connection) -> Result<ConnectionView, StoreError> {
    let partition = partition_of(&connection.tenant, &connection.id);
    let rows = cloud.list(TableName::Streams, &partition, Span::first(ROWS_MAX)).await?;
    let (streams, others): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.key.sort.starts_with("S#"));
    let of = |key: Key| others.iter().find(|row| row.key == key).cloned();
    let stores = of(Stores::key_of(&connection.tenant, &connection.id)).and_then(readable::<Stores>);
    let subscriptions = of(Subscriptions::key_of(&connection.tenant, &connection.id));
    let subscriptions = subscriptions.and_then(readable::<Subscriptions>);
    let marketplaces_read_at = stores.as_ref().map(|stores| stores.read_at);
    let marketplaces = stores.map(|stores| stores.stores).unwrap_or_default();
    let wrong_region = marketplaces_read_at.is_some() && !marketplaces.iter().any(Store::callable);
    let now = cloud.now();
    let notifications = subscriptions.map(|row| told(&row)).unwrap_or_default();
    let streams = streams.into_iter().filter_map(readable).map(|one| stream(one, now)).collect();
    let explanation = connection.explain(now);
    let renew_until = connection.renew_until();
    Ok(ConnectionView {
        status: explanation.code,
        since: connection.since,
        cause: explanation.cause,
        affected: explanation.affected,
        next_step: explanation.next_step,
        seller: connection.seller.to_string(),
        id: connection.id,
        tenant: connection.tenant,
        region: connection.region,
        kind: connection.kind,
        generation: connection.generation,
        renew_until,
        authorized_at: connection.authorized_at,
        identity: connection.identity,
        source: connection.source,
        realm: connection.realm,
        application: connection.application,
        erase_at: connection.erase_at,
        erased_at: connection.erased_at,
        wrong_region: wrong_region && connection.realm == Realm::Production,
        marketplaces_read_at,
        writes_open: connection.writes_open,
        restricted_open: connection.restricted_open,
        marketplaces,
        streams,
        notifications,
        domains: None,
        budget: None,
        explanation,
    })
}

fn stream(stream: Stream, now: Timestamp) -> StreamView {
    let domain = by_name(&stream.domain);
    let state = match (&stream.trouble, stream.due_at) {
        (Some(_), _) => "troubled",
        (None, None) => "resting",
        (None, Some(_)) if stream.walk.is_some() || stream.lease.holder.is_some() => "fetching",
        (None, Some(_)) if !stream.history.is_empty() => "history",
        // One whose first run is on its way has nothing yet.
        (None, Some(due)) if due <= now || stream.cursor.is_none() => "due",
        (None, Some(_)) => "up to date",
    };
    let (complete_from, history_percent) = history(&stream);
    let call = |note: CallNote| RecentCall {
        at: note.at,
        operation: note
            .operation
            .unwrap_or_else(|| domain.map_or(String::new(), |domain| domain.operation().name.to_owned())),
        status: note.status,
        request_id: note.request_id,
        duration_ms: note.duration_ms,
        quota_left: note.quota_left,
    };
    let lag = domain.map_or(SignedDuration::ZERO, |domain| domain.lag);
    let cadence = domain.map_or(SignedDuration::ZERO, |domain| stream.cadence(domain));
    StreamView {
        state,
        records: stream.counters.records,
        pages: stream.counters.pages,
        calls: stream.counters.calls,
        throttled: stream.counters.throttled,
        complete_until: stream.cursor,
        complete_from,
        history_percent,
        lag_s: stream.cursor.map_or(0, |cursor| (now - lag).duration_since(cursor).as_secs().max(0)),
        how: domain.map(|domain| how(&stream, domain, now)).unwrap_or_default(),
        cadence_minutes: cadence.as_mins(),
        quiet: domain.is_some_and(|domain| cadence > domain.cadence),
        hours: stream.hours.until(now),
        last_landed: stream.last_landed,
        due_at: stream.due_at,
        trouble: stream.trouble.map(|trouble| trouble.says),
        differs: stream.check.says,
        recent_calls: stream.recent.into_iter().rev().map(call).collect(),
        role: domain.map_or(String::new(), |domain| domain.role()),
        domain: stream.domain,
        scope: stream.scope,
    }
}

/// How far back the history has landed, and how much of it.
fn history(stream: &Stream) -> (Option<Timestamp>, u8) {
    let Some(part) = stream.history.iter().max_by_key(|part| part.reached) else {
        return (None, if stream.cursor.is_some() { 100 } else { 0 });
    };
    let whole = stream.cursor.unwrap_or(part.reached).duration_since(part.floor).as_secs_f64().max(1.0);
    let left = part.reached.duration_since(part.floor).as_secs_f64();
    (Some(part.reached), ((1.0 - left / whole) * 100.0).clamp(0.0, 99.0) as u8)
}
