//! A connection as pages and programs see it.

use jiff::Timestamp;
use sellerport_core::connection::{Connection, Explanation};
use sellerport_core::domains;
use sellerport_core::ids::{ConnectionId, TenantId};
use sellerport_core::marketplaces::{Kind, Region};
use sellerport_core::ports::{Clock, Table};
use sellerport_core::store::{Row, Span, StoreError, Stored, TableName, decode, load};
use sellerport_core::stores::{Store, Stores};
use sellerport_core::stream::Stream;
use sellerport_core::token::partition_of;
use serde::Serialize;

/// Connections on one page.
pub const CONNECTIONS_MAX: usize = 200;

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
    /// Whether operations that may change something at Amazon are open.
    pub writes_open: bool,
    /// Whether operations that answer buyers' data are open.
    pub restricted_open: bool,
    /// Its stores.
    pub marketplaces: Vec<Store>,
    /// Its streams.
    pub streams: Vec<StreamView>,
    /// The state in all its words.
    #[serde(skip)]
    pub explanation: Explanation,
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
    /// Records landed, repetitions counted.
    pub records: u64,
    /// Pages landed.
    pub pages: u64,
    /// Calls made.
    pub calls: u64,
    /// Of these, throttled.
    pub throttled: u64,
    /// Everything up to here has landed.
    pub complete_until: Option<Timestamp>,
    /// When records last landed.
    pub last_landed: Option<Timestamp>,
    /// When it is next due.
    pub due_at: Option<Timestamp>,
    /// What is read, for people.
    #[serde(skip)]
    pub reads: &'static str,
    /// The role the application needs for it.
    pub role: &'static str,
}

/// All connections of a tenant.
pub async fn connections(
    cloud: &(impl Table + Clock),
    tenant: &TenantId,
) -> Result<Vec<ConnectionView>, StoreError> {
    let rows =
        cloud.list(TableName::Connections, &format!("T#{tenant}"), Span::first(CONNECTIONS_MAX)).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(connection) = readable::<Connection>(row) else { continue };
        let view = view(cloud, connection).await?;
        // A consent that ended without a grant left nothing to show.
        if view.generation > 0 || view.explanation.reconnect {
            views.push(view);
        }
    }
    Ok(views)
}

/// One connection of a tenant; nothing where it is not his, just as where it does not exist.
pub async fn connection(
    cloud: &(impl Table + Clock),
    tenant: &TenantId,
    id: &ConnectionId,
) -> Result<Option<ConnectionView>, StoreError> {
    match load::<Connection>(cloud, &Connection::key_of(tenant, id)).await? {
        Some(held) => view(cloud, held.value).await.map(Some),
        None => Ok(None),
    }
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
    let (stores, streams): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.key.sort == "STORES");
    let stores = stores.into_iter().filter_map(readable::<Stores>);
    let marketplaces = stores.flat_map(|stores| stores.stores).collect();
    let now = cloud.now();
    let streams = streams.into_iter().filter_map(readable).map(|one| stream(one, now)).collect();
    let explanation = connection.explain(now);
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
        authorized_at: connection.authorized_at,
        writes_open: connection.writes_open,
        restricted_open: connection.restricted_open,
        marketplaces,
        streams,
        explanation,
    })
}

fn stream(stream: Stream, now: Timestamp) -> StreamView {
    let domain = domains::by_name(&stream.domain);
    let state = match (&stream.trouble, stream.due_at) {
        (Some(_), _) => "troubled",
        (None, None) => "resting",
        (None, Some(_)) if stream.walk.is_some() || stream.lease.holder.is_some() => "fetching",
        (None, Some(due)) if due <= now => "due",
        (None, Some(_)) => "up to date",
    };
    StreamView {
        state,
        trouble: stream.trouble.map(|trouble| trouble.says),
        records: stream.counters.records,
        pages: stream.counters.pages,
        calls: stream.counters.calls,
        throttled: stream.counters.throttled,
        complete_until: stream.cursor,
        last_landed: stream.last_landed,
        due_at: stream.due_at,
        reads: domain.map_or("", |domain| domain.reads),
        role: domain.map_or("", |domain| domain.operation.role()),
        domain: stream.domain,
        scope: stream.scope,
    }
}
