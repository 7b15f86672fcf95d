//! One connection and all of them: shown, fetched from at once, their marketplaces chosen.

use crate::caller::{Caller, require};
use crate::form::{Form, json};
use crate::{pages, respond, view};
use sellerport_core::application::Site;
use sellerport_core::audit;
use sellerport_core::connection::Connection;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ConnectionId;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Bus, Clock, Entropy, Event, Issuer, Table};
use sellerport_core::store::{Held, Span, TableName, Write, WriteError, decode, load};
use sellerport_core::stores;
use sellerport_core::stream::Stream;
use sellerport_core::token::partition_of;
use serde::Deserialize;

/// Streams of one connection that a button makes due.
const STREAMS_MAX: usize = 100;

/// The connection of this id, if it is the caller's. Another tenant's is answered as one that does not exist.
pub(crate) async fn own(table: &impl Table, by: &Caller, id: &str) -> Result<Connection, Refusal> {
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    let found: Option<Held<Connection>> = load(table, &Connection::key_of(&by.tenant, &id)).await?;
    found.map(|held| held.value).ok_or(Refusal::NotFound)
}

async fn shown(cloud: &(impl Table + Clock), by: &Caller, id: &str) -> Result<view::ConnectionView, Refusal> {
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    view::connection(cloud, &by.tenant, &id).await?.ok_or(Refusal::NotFound)
}

/// The page of one connection.
pub(crate) async fn page(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let view = shown(cloud, &by, id).await?;
    Ok(respond::html(200, pages::connection(&by, &view)))
}

/// A page of the list as JSON.
pub(crate) async fn list_json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let list = view::connections(cloud, &by.tenant, after(request).as_deref()).await?;
    Ok(respond::json(200, &list))
}

/// Where a list goes on: the id of the last connection of the page before.
pub(crate) fn after(request: &Request) -> Option<String> {
    let mut pairs = form_urlencoded::parse(request.query.as_bytes());
    pairs.find(|(name, _)| name == "after").map(|(_, value)| value.into_owned())
}

/// One connection as JSON.
pub(crate) async fn one_json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    Ok(respond::json(200, &shown(cloud, &by, id).await?))
}

/// The button Fetch now.
pub(crate) async fn fetch<C: Table + Bus + Clock>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = Caller::from(Form::read(cloud, request, &site.origin).await?.knowing(&[])?.by);
    let connection = own(cloud, &by, id).await?;
    make_due(cloud, &connection).await?;
    Ok(respond::see_other(format!("/connections/{}", connection.id)))
}

/// The same by JSON.
pub(crate) async fn fetch_json<C: Table + Bus + Clock + Issuer>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let connection = own(cloud, &by, id).await?;
    make_due(cloud, &connection).await?;
    Ok(respond::json(202, &serde_json::json!({ "connection": connection.id, "requested": true })))
}

/// Makes all streams of a connection due and tells the dispatcher, which would find them within a minute.
async fn make_due<C: Table + Bus + Clock>(cloud: &C, of: &Connection) -> Result<(), Refusal> {
    let partition = partition_of(&of.tenant, &of.id);
    let rows = cloud.list(TableName::Streams, &partition, Span::first(STREAMS_MAX)).await?;
    for row in rows.into_iter().filter(|row| row.key.sort.starts_with("S#")) {
        let mut held = decode::<Stream>(row)?;
        // A stream at work or at rest (no grant) is left alone.
        if held.value.lease.holder.is_some() || held.value.due_at.is_none() {
            continue;
        }
        held.value.due_at = Some(cloud.now());
        match cloud.write(&[Write::replace(&held)?]).await {
            Ok(()) | Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    let detail = serde_json::json!({ "tenant": of.tenant, "connection": of.id });
    Ok(cloud.publish(Event { name: "fetch.requested", detail }).await?)
}

/// The form with the marketplaces to tick.
pub(crate) async fn choose<C: Table + Clock + Entropy>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&["marketplaces"])?;
    let ids = form.all("marketplaces");
    let by = Caller::from(form.by);
    let connection = own(cloud, &by, id).await?;
    set_marketplaces(cloud, &by, &connection, &ids).await?;
    Ok(respond::see_other(format!("/connections/{}", connection.id)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    marketplaces: Vec<String>,
}

/// The same by JSON.
pub(crate) async fn choose_json<C: Table + Clock + Entropy + Issuer>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let choice: Choice = json(&request.body)?;
    let connection = own(cloud, &by, id).await?;
    let stores = set_marketplaces(cloud, &by, &connection, &choice.marketplaces).await?;
    Ok(respond::json(200, &serde_json::json!({ "marketplaces": stores.stores })))
}

async fn set_marketplaces(
    cloud: &(impl Table + Clock + Entropy),
    by: &Caller,
    connection: &Connection,
    ids: &[String],
) -> Result<stores::Stores, Refusal> {
    let stores = stores::choose(cloud, connection, ids).await?;
    let what = "connection.marketplaces_chosen";
    audit::note(cloud, &by.tenant, Some(&by.user), what, connection.id.as_str()).await?;
    Ok(stores)
}
