//! Everything that needs no token: sign-in, the connections, their state as pages and as JSON.

use crate::caller::{Caller, require, resolve};
use crate::cookies;
use crate::form::{Form, from_our_page};
use crate::oauth::post;
use crate::{oidc, pages, respond, view};
use sellerport_core::application::{Application, Site};
use sellerport_core::audit;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ConnectionId;
use sellerport_core::invocation::ApiCall;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Bus, Clock, Entropy, Event, Issuer, Table};
use sellerport_core::secret::Ticket;
use sellerport_core::session::{self, Identity, Session};
use sellerport_core::store::{Span, StoreError, TableName, Write, WriteError, decode};
use sellerport_core::stream::Stream;
use sellerport_core::token::partition_of;

/// Streams of one connection that a button makes due.
const STREAMS_MAX: usize = 100;

/// Answers one request.
pub async fn handle<C>(cloud: &C, site: &Site, request: &Request) -> Response
where
    C: Table + Bus + Clock + Entropy + Issuer,
{
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let result = match (request.method.as_str(), path.as_slice()) {
        ("GET", [""]) => home(cloud, site, request).await,
        ("GET", ["health"]) => Ok(respond::json(200, &serde_json::json!({ "ok": true }))),
        ("GET", ["assets", name]) => pages::asset(name).ok_or(Refusal::NotFound),
        ("GET", ["sign-in"]) => ask_to_sign_in(cloud, request).await,
        ("GET", ["sign-in", "oidc"]) => oidc::start(cloud, site).await,
        ("GET", ["sign-in", "oidc", "callback"]) => oidc::finish(cloud, site, request).await,
        ("POST", ["sign-in"]) => sign_in(cloud, site, request).await,
        ("GET", ["connections", id]) => one(cloud, request, id).await,
        ("GET", ["api", "connections"]) => list_json(cloud, request).await,
        ("GET", ["api", "connections", id]) => one_json(cloud, request, id).await,
        ("POST", ["api", "connections", id, "fetch"]) => fetch_json(cloud, site, request, id).await,
        (_, ["sign-out"]) => sign_out(cloud, site, request).await,
        (_, ["connections", id, "fetch"]) => fetch_now(cloud, site, request, id).await,
        (_, [""] | ["health"] | ["sign-in", ..] | ["connections", _] | ["assets" | "api", ..]) => {
            Err(Refusal::Method)
        }
        _ => Err(Refusal::NotFound),
    };
    respond::conclude(cloud, site, request, result)
}

/// Answers a program that was let in by IAM, as the gateway would have it answered.
pub async fn answer<C>(cloud: &C, site: &Site, call: ApiCall) -> Response
where
    C: Table + Bus + Clock + Entropy + Issuer,
{
    let request = Request {
        method: call.method,
        path: call.path,
        query: call.query,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        cookies: Vec::new(),
        body: call.body.into_bytes(),
        received_at: cloud.now(),
        invoker: Some(call.by),
    };
    handle(cloud, site, &request).await
}

/// Makes a one-time sign-in link. Whoever may invoke the function has proved who he is to AWS.
pub async fn sign_in_link(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    whom: Identity,
) -> Result<String, StoreError> {
    let ticket = session::invite(cloud, whom).await?;
    Ok(format!("{}/sign-in?ticket={}", site.origin, ticket.expose()))
}

async fn home(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let Some(by) = resolve(cloud, request).await? else {
        return Ok(respond::html(200, pages::welcome(cloud.settings().is_some())));
    };
    let views = view::connections(cloud, &by.tenant).await?;
    let applications = Application::all(cloud).await?;
    Ok(respond::html(200, pages::connections(&by, site, &applications, &views)))
}

fn link_of(request: &Request) -> Result<Ticket, Refusal> {
    let mut tickets = form_urlencoded::parse(request.query.as_bytes()).filter(|(name, _)| name == "ticket");
    tickets.next().and_then(|(_, text)| Ticket::parse(&text)).ok_or(Refusal::SignInLink)
}

/// Shows whom a link would sign in. Only a page: a link that somebody else sent signs nobody in unseen, and
/// a mail scanner that follows it does not use it up.
async fn ask_to_sign_in(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
) -> Result<Response, Refusal> {
    let now = resolve(cloud, request).await?;
    match session::invited(cloud, &link_of(request)?).await? {
        Some(whom) => Ok(respond::html(200, pages::sign_in(&request.query, &whom, now.as_ref()))),
        // The link was opened again in the browser that it signed in.
        None if now.is_some() => Ok(respond::see_other("/")),
        None => Err(Refusal::SignInLink),
    }
}

async fn sign_in(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    from_our_page(request, &site.origin)?;
    let signed_in = session::sign_in(cloud, &link_of(request)?).await?;
    arrive(cloud, request, signed_in.ok_or(Refusal::SignInLink)?, "link").await
}

/// Gives a browser its new session, and ends the one it had (T18).
pub(crate) async fn arrive(
    cloud: &(impl Table + Clock + Entropy),
    request: &Request,
    (cookie, session): (Ticket, Session),
    by: &str,
) -> Result<Response, Refusal> {
    if let Some(old) = cookies::read(request, cookies::SESSION) {
        session::sign_out(cloud, &old).await?;
    }
    audit::note(cloud, &session.tenant, Some(&session.user), "session.signed_in", by).await?;
    let mut response = respond::see_other("/");
    response.cookies.push(cookies::session(&cookie));
    Ok(response)
}

async fn sign_out(cloud: &(impl Table + Clock), site: &Site, request: &Request) -> Result<Response, Refusal> {
    post(request)?;
    let form = Form::read_of_anybody(cloud, request, &site.origin).await?;
    session::sign_out(cloud, &form.by.cookie).await?;
    let mut response = respond::see_other("/");
    response.cookies.push(cookies::clear(cookies::SESSION));
    Ok(response)
}

async fn found(cloud: &(impl Table + Clock), by: &Caller, id: &str) -> Result<view::ConnectionView, Refusal> {
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    let view = view::connection(cloud, &by.tenant, &id).await?;
    view.ok_or(Refusal::NotFound)
}

async fn one(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let view = found(cloud, &by, id).await?;
    Ok(respond::html(200, pages::connection(&by, &view)))
}

async fn list_json(cloud: &(impl Table + Clock + Issuer), request: &Request) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let views = view::connections(cloud, &by.tenant).await?;
    Ok(respond::json(200, &serde_json::json!({ "connections": views })))
}

async fn one_json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    Ok(respond::json(200, &found(cloud, &by, id).await?))
}

async fn fetch_now<C: Table + Bus + Clock>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    post(request)?;
    let by = Caller::from(Form::read(cloud, request, &site.origin).await?.by);
    let view = found(cloud, &by, id).await?;
    make_due(cloud, &view).await?;
    Ok(respond::see_other(format!("/connections/{}", view.id)))
}

async fn fetch_json<C: Table + Bus + Clock + Issuer>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let view = found(cloud, &by, id).await?;
    make_due(cloud, &view).await?;
    Ok(respond::json(202, &serde_json::json!({ "connection": view.id, "requested": true })))
}

/// Makes all streams of a connection due and tells the dispatcher, which would find them within a minute.
async fn make_due<C: Table + Bus + Clock>(cloud: &C, view: &view::ConnectionView) -> Result<(), Refusal> {
    let rows = cloud
        .list(TableName::Streams, &partition_of(&view.tenant, &view.id), Span::first(STREAMS_MAX))
        .await?;
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
    let detail = serde_json::json!({ "tenant": view.tenant, "connection": view.id });
    cloud.publish(Event { name: "fetch.requested", detail }).await?;
    Ok(())
}
